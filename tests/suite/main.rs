//! All integration tests in one binary (linking egui once). Each module is an area.

mod demo;
mod fixture;
mod headless;
mod imports;
mod orders;
mod ui_entrance;
mod ui_orders;
mod window;
