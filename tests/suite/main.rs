//! All integration tests in one binary (linking egui once). Each module is an area.

mod fixture;
mod orders;
mod readme;
mod ui_entrance;
mod ui_orders;
mod window;
