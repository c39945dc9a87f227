//! All integration tests in one binary (linking egui once). Each module is an area.

mod auth;
mod customers;
mod fixture;
mod orders;
mod products;
mod stock;
