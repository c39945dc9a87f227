//! All integration tests in one binary (linking egui once). Each module is an area.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod auth;
mod concurrency;
mod customers;
mod fixture;
mod known_gaps;
mod logs;
mod migrations;
mod orders;
mod orders_rules;
mod payments;
mod products;
mod rights;
mod search;
mod stock;
mod texts;
mod tidy;
