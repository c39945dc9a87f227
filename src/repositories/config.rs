//! Rows of `system_config`.

use std::collections::HashMap;

use crate::database::{Connection, Get, execute, maybe, params, rows};
use crate::models::config::{Config, ConfigKey};
use crate::models::{Result, Timestamp};

/// The whole configuration, decoded.
pub fn load(c: &Connection) -> Result<Config> {
    let found = rows(c, "SELECT config_key, config_value FROM system_config", [], |row| {
        Ok((row.col::<String>("config_key")?, row.col::<String>("config_value")?))
    })?;
    let map: HashMap<String, String> = found.into_iter().collect();
    Ok(Config::decode(|key| map.get(key.as_str()).cloned()))
}

/// The stored value of a key.
pub fn get(c: &Connection, key: ConfigKey) -> Result<Option<String>> {
    maybe(c, "SELECT config_value FROM system_config WHERE config_key = ?1", params![key.as_str()], |row| row.col("config_value"))
}

/// Stores the value of a key.
pub fn set(c: &Connection, key: ConfigKey, value: &str, now: Timestamp) -> Result<()> {
    let sql = "INSERT INTO system_config (config_key, config_value, updated_at) VALUES (?1, ?2, ?3)
               ON CONFLICT (config_key) DO UPDATE SET config_value = excluded.config_value, updated_at = excluded.updated_at";
    execute(c, sql, params![key.as_str(), value, now])?;
    Ok(())
}

/// A fact about the file itself.
pub fn file_state(c: &Connection, key: &str) -> Result<Option<String>> {
    maybe(c, "SELECT value FROM file_state WHERE key = ?1", params![key], |row| row.col("value"))
}

/// Stores a fact about the file itself.
pub fn set_file_state(c: &Connection, key: &str, value: &str) -> Result<()> {
    let sql = "INSERT INTO file_state (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    execute(c, sql, params![key, value])?;
    Ok(())
}
