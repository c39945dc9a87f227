//! What each person keeps for himself: sorting and filters of lists, appearance. No business data, so nothing is logged.

use serde_json::Value;

use super::desk::Desk;
use crate::models::rights::Command;
use crate::models::{Error, Result};
use crate::repositories as repo;

/// The longest key and value, in characters; the columns hold no more.
const LONGEST_KEY: usize = 50;
pub(super) const LONGEST_VALUE: usize = 4000;

/// What the signed-in person keeps under a key. Nothing where nothing is kept, or what is kept cannot be read.
pub fn get(desk: &Desk, key: &str) -> Result<Option<Value>> {
    desk.read(Command::GetPreference, |c, actor| {
        let stored = repo::preferences::get(c, actor.user, key)?;
        Ok(stored.and_then(|text| serde_json::from_str(&text).ok()))
    })
}

/// Keeps a value for the signed-in person, over what was kept before. 5000 for what is too long to keep.
pub fn set(desk: &mut Desk, key: &str, value: &Value) -> Result<()> {
    let text = value.to_string();
    if key.is_empty() || key.chars().count() > LONGEST_KEY || text.chars().count() > LONGEST_VALUE {
        return Err(Error::Internal(format!("preference {key} is too long")));
    }
    desk.write(Command::SetPreference, |act| repo::preferences::set(act.tx, act.actor.user, key, &text))
}
