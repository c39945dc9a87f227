//! What the person sees: pages (one per panel), widgets, theme, icons. Calls services directly; never names SQL.

pub mod conflict;
pub mod context;
pub mod customer_field;
pub mod dense;
pub mod document_editor;
pub mod documents;
pub mod filters;
pub mod followup;
pub mod fonts;
pub mod form;
pub mod icons;
pub mod job_list;
pub mod lines;
pub mod list_page;
pub mod pages;
pub mod payment_dialog;
pub mod picture_field;
pub mod pictures;
pub mod product_field;
pub mod route;
pub mod shortcuts;
pub mod stock_dialog;
pub mod stock_records;
pub mod terminal;
pub mod theme;
pub mod widgets;
