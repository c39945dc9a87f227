//! Building blocks of the pages. Each draws and answers; none knows a service, a page or a route.

pub mod button;
pub mod chip;
pub mod field;
pub mod input;
pub mod keyhint;
pub mod options;
pub mod paint;
pub mod segment;
pub mod select;
pub mod tabs;
pub mod banner;
pub mod empty;
pub mod table;
