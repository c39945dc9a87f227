//! 掌柜 Zhanggui: a native CRM/ERP for small and medium businesses.

pub mod i18n;
pub mod ui;
