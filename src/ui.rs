//! What the person sees: pages (one per panel), widgets, theme, icons. Calls services directly; never names SQL.

pub mod fonts;
pub mod icons;
pub mod theme;
pub mod widgets;
