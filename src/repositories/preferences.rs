//! Rows of `user_preferences`.

use crate::database::{Connection, Get, execute, maybe, params};
use crate::models::{Result, UserId};

/// What a person keeps under a key, as stored.
pub fn get(c: &Connection, user: UserId, key: &str) -> Result<Option<String>> {
    maybe(c, "SELECT value FROM user_preferences WHERE user_id = ?1 AND key = ?2", params![user, key], |row| row.col("value"))
}

/// Keeps a value for a person.
pub fn set(c: &Connection, user: UserId, key: &str, value: &str) -> Result<()> {
    let sql = "INSERT INTO user_preferences (user_id, key, value) VALUES (?1, ?2, ?3)
               ON CONFLICT (user_id, key) DO UPDATE SET value = excluded.value";
    execute(c, sql, params![user, key, value])?;
    Ok(())
}
