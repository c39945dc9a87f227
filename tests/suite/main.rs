//! All integration tests in one binary (linking egui once). Each module is an area.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::type_complexity, reason = "a test that cannot go on has failed")]

mod auth;
mod concurrency;
mod customers;
mod demo;
mod fixture;
mod followups;
mod headless;
mod imports;
mod logs;
mod migrations;
mod order_states;
mod orders;
mod orders_rules;
mod payments;
mod pictures;
mod planted;
mod preferences;
mod processes;
mod products;
mod quotes;
mod quotes_rules;
mod readme;
mod receivables;
mod returns;
mod rights;
mod scope;
mod search;
mod stock;
mod stocktakes;
mod texts;
mod tidy;
mod ui_customers;
mod ui_entrance;
mod ui_followups;
mod ui_lists;
mod ui_northwind;
mod ui_orders;
mod ui_payments;
mod ui_products;
mod ui_quotes;
mod ui_stock;
mod ui_stocktake;
mod ui_terminal;
mod window;
