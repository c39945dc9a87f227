//! Plain data: ids, money, days, drafts, rows, filters, errors. No SQL, no window, no clock of its own.

pub mod category;
pub mod choice;
pub mod config;
pub mod customer;
pub mod error;
pub mod export;
pub mod followup;
pub mod ids;
pub mod import;
pub mod line;
pub mod list;
pub mod log;
pub mod money;
pub mod order;
pub mod paper;
pub mod payment;
pub mod period;
pub mod picking;
pub mod picture;
pub mod price_history;
pub mod product;
pub mod quote;
pub mod returns;
pub mod rights;
pub mod search;
pub mod session;
pub mod statement;
pub mod statistics;
pub mod stock;
pub mod stocktake;
pub mod time;
pub mod user;

pub use error::{Error, Field, FieldErrors, Problem, Refusal, Result};
pub use ids::*;
pub use money::Money;
pub use time::{Clock, Day, FixedClock, SystemClock, Timestamp, Zone};
