//! All integration tests in one binary (linking egui once). Each module is an area.

mod fixture;
mod orders;
mod ui_customers;
mod ui_products;
mod window;
