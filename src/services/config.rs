//! The configuration (spec 3.6): one value or several at once, stored after its key says that it takes them.

use super::desk::{Act, Desk};
use crate::i18n::fill;
use crate::models::choice::Entity;
use crate::models::config::{ConfigChange, ConfigKey};
use crate::models::error::Refusal;
use crate::models::log::Changes;
use crate::models::rights::Command;
use crate::models::{Error, Field, FieldErrors, Result};
use crate::repositories as repo;

/// The value of a key, or its default.
pub fn get(desk: &Desk, key: ConfigKey) -> Result<String> {
    desk.read(Command::GetConfig, |c, _| Ok(repo::config::get(c, key)?.unwrap_or_else(|| key.default_value().to_owned())))
}

/// The values of all keys, in the order of [`ConfigKey::ALL`].
pub fn all(desk: &Desk) -> Result<Vec<(ConfigKey, String)>> {
    desk.read(Command::GetConfigs, |c, _| {
        ConfigKey::ALL.iter().map(|key| Ok((*key, repo::config::get(c, *key)?.unwrap_or_else(|| key.default_value().to_owned())))).collect()
    })
}

/// Stores the value of a key; takes effect with the next command. 4000 where the key does not take the value.
pub fn update(desk: &mut Desk, key: ConfigKey, value: &str) -> Result<()> {
    let value = value.trim();
    if !key.takes(value) {
        return Err(Refusal::ConfigValue.into());
    }
    desk.write(Command::UpdateConfig, |act| store(act, key, value))
}

/// Stores several values or none, with a log row each; they take effect with the next command.
/// 4000 where keys do not take their values: errors of line n are those of the n-th change. A conflict where a value is not what it was `before`.
pub fn update_many(desk: &mut Desk, changes: &[ConfigChange]) -> Result<()> {
    let mut errors = FieldErrors::default();
    for (line, change) in changes.iter().enumerate() {
        if let Some(problem) = change.key.problem(change.after.trim()) {
            errors.add_in_line(line, Field::ConfigValue, problem);
        }
    }
    desk.write(Command::UpdateConfigs, |act| {
        errors.into_result()?;
        for change in changes {
            if value(act, change.key)? != change.before {
                let (by, at) = repo::logs::last_change(act.tx, Entity::Config)?.unwrap_or((None, act.actor.now));
                return Err(Error::Conflict { entity: Entity::Config, by, at });
            }
            store(act, change.key, change.after.trim())?;
        }
        Ok(())
    })
}

fn value(act: &Act<'_>, key: ConfigKey) -> Result<String> {
    Ok(repo::config::get(act.tx, key)?.unwrap_or_else(|| key.default_value().to_owned()))
}

fn store(act: &Act<'_>, key: ConfigKey, value_after: &str) -> Result<()> {
    let before = value(act, key)?;
    repo::config::set(act.tx, key, value_after, act.actor.now)?;
    let mut changes = Changes::default();
    changes.note(key.as_str(), &before, value_after);
    let description = fill(act.actor.lang.texts().logs.config_updated, &[&key.as_str()]);
    act.log(Entity::Config, key as i64, description, &changes)
}
