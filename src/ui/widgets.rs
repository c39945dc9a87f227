//! Building blocks of the pages. Each draws and answers; none knows a service, a page or a route.

pub mod abacus;
pub mod banner;
pub mod button;
pub mod card;
pub mod chip;
pub mod date;
pub mod dialog;
pub mod drawer;
pub mod empty;
pub mod field;
pub mod input;
pub mod keyhint;
pub mod moment;
pub mod options;
pub mod page;
pub mod pager;
pub mod paint;
pub mod picker;
pub mod progress;
pub mod segment;
pub mod select;
pub mod stepper;
pub mod table;
pub mod tabs;
pub mod toast;

#[cfg(test)]
mod tests;
