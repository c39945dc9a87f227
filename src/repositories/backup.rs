//! What backup and restore read of a data file as a whole: its figures, the pictures it names, its counters.

use super::{config, logs};
use crate::database::{Connection, execute, maybe, migrate, one, params, rows};
use crate::models::backup::Facts;
use crate::models::config::ConfigKey;
use crate::models::picture::PictureName;
use crate::models::{Day, Result};

/// The figures of a data file.
pub fn facts(c: &Connection) -> Result<Facts> {
    let count = |table: &str| one(c, &format!("SELECT COUNT(*) FROM {table}"), [], |row| row.get::<_, i64>(0));
    Ok(Facts {
        company: config::get(c, ConfigKey::CompanyName)?.unwrap_or_default(),
        schema_version: migrate::version(c)?,
        users: count("users")?,
        customers: count("customers")?,
        products: count("products")?,
        quotes: count("quotes")?,
        orders: count("orders")?,
        payments: count("payments")?,
        movements: count("stock_movements")?,
        last_order_day: maybe(c, "SELECT MAX(order_day) FROM orders", [], |row| row.get::<_, Option<Day>>(0))?.flatten(),
        log_head: logs::head(c)?,
    })
}

/// The pictures that products, people and papers show, each once.
pub fn pictures(c: &Connection) -> Result<Vec<PictureName>> {
    let sql = "SELECT image_path FROM products WHERE image_path IS NOT NULL UNION SELECT avatar_path FROM users WHERE avatar_path IS NOT NULL
               UNION SELECT config_value FROM system_config WHERE config_key = ?1 ORDER BY 1";
    let names = rows(c, sql, params![ConfigKey::CompanyLogo.as_str()], |row| row.get::<_, String>(0))?;
    Ok(names.iter().filter_map(|name| PictureName::parse(name)).collect())
}

/// A counter of document numbers: kind, day, last number.
pub type Counter = (String, Day, i64);

pub fn counters(c: &Connection) -> Result<Vec<Counter>> {
    rows(c, "SELECT kind, day, last FROM counters", [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

/// Raises counters to at least these, so that no number is given twice (rulings §11).
pub fn raise_counters(c: &Connection, counters: &[Counter]) -> Result<()> {
    let sql = "INSERT INTO counters (kind, day, last) VALUES (?1, ?2, ?3) ON CONFLICT (kind, day) DO UPDATE SET last = MAX(last, excluded.last)";
    for (kind, day, last) in counters {
        execute(c, sql, params![kind, day, last])?;
    }
    Ok(())
}
