//! SQL, and nothing else: free functions on a connection (a transaction is one). No rights, no rules, no transactions begun.

pub mod analytics;
pub mod backup;
pub mod config;
pub mod counters;
pub mod customers;
pub mod demo;
pub mod followups;
pub mod invariants;
pub mod logs;
pub mod orders;
pub mod paging;
pub mod payments;
pub mod permissions;
pub mod picking;
pub mod posting;
pub mod preferences;
pub mod products;
pub mod quotes;
pub mod returns;
pub mod search;
pub mod statements;
pub mod stock;
pub mod stocktakes;
pub mod users;
