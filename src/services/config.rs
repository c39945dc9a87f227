//! The configuration (spec 3.6, rulings §6, §13).

use super::desk::Desk;
use crate::i18n::fill;
use crate::models::Result;
use crate::models::choice::Entity;
use crate::models::config::ConfigKey;
use crate::models::error::Refusal;
use crate::models::log::Changes;
use crate::models::rights::Command;
use crate::repositories as repo;

/// The value of a key, or its default.
pub fn get(desk: &Desk, key: ConfigKey) -> Result<String> {
    desk.read(Command::GetConfig, |c, _| Ok(repo::config::get(c, key)?.unwrap_or_else(|| key.default_value().to_owned())))
}

/// Stores the value of a key; takes effect with the next command. 4000 where the key does not take the value.
pub fn update(desk: &mut Desk, key: ConfigKey, value: &str) -> Result<()> {
    let value = value.trim();
    if !key.takes(value) {
        return Err(Refusal::ConfigValue.into());
    }
    desk.write(Command::UpdateConfig, |act| {
        let before = repo::config::get(act.tx, key)?.unwrap_or_else(|| key.default_value().to_owned());
        repo::config::set(act.tx, key, value, act.actor.now)?;
        let mut changes = Changes::default();
        changes.note(key.as_str(), &before, value);
        let description = fill(act.actor.lang.texts().logs.config_updated, &[&key.as_str()]);
        act.log(Entity::Config, key as i64, description, &changes)
    })
}
