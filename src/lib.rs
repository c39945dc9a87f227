//! 掌柜 Zhanggui: a native CRM/ERP for small and medium businesses.
//!
//! The modules in reading order, from the ground floor up; each imports only what stands below it.

pub mod app;
pub mod cli;
pub mod database;
pub mod documents;
pub mod i18n;
pub mod jobs;
pub mod models;
pub mod repositories;
pub mod services;
pub mod ui;
