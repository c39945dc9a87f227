//! What the person sees: pages (one per panel), widgets, theme, icons. Calls services directly; never names SQL.

pub mod context;
pub mod dense;
pub mod fonts;
pub mod form;
pub mod icons;
pub mod pages;
pub mod payment_dialog;
pub mod picture_field;
pub mod pictures;
pub mod route;
pub mod shortcuts;
pub mod theme;
pub mod widgets;
