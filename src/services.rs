//! One module per area; every public function is a command: right → validate → transaction → rules → log.
//!
//! Nothing here draws, and nothing writes SQL. The window, the headless sub-commands and the tests call the same functions.

pub mod analytics;
pub mod auth;
pub mod backup;
pub mod check;
pub mod config;
mod credit;
pub mod customers;
pub mod demo;
mod desk;
pub mod followups;
pub mod imports;
pub mod logs;
pub mod operators;
pub mod orders;
pub mod papers;
pub mod payments;
pub mod permissions;
pub mod picking;
pub mod pictures;
mod posting;
pub mod preferences;
pub mod products;
pub mod quotes;
pub mod reports;
pub mod restore;
pub mod returns;
pub mod statements;
pub mod stock;
pub mod stocktakes;
pub mod tables;
pub mod users;

pub use crate::database::{Revision, Wait};
pub use desk::{Desk, DeskKey, Setup};
