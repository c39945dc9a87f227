//! All integration tests in one binary (linking egui once). Each module is an area.

mod auth;
mod concurrency;
mod customers;
mod fixture;
mod logs;
mod orders;
mod orders_rules;
mod products;
mod stock;
