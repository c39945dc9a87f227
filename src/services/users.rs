//! People and their accounts: names to choose from, one-time passwords.

use super::auth;
use super::desk::Desk;
use crate::i18n::fill;
use crate::models::choice::Entity;
use crate::models::log::Changes;
use crate::models::rights::Command;
use crate::models::user::Colleague;
use crate::models::{Error, Result, UserId};
use crate::repositories as repo;

/// Active people to choose as owner or person, by name.
pub fn colleagues(desk: &Desk) -> Result<Vec<Colleague>> {
    desk.read(Command::Colleagues, |c, _| repo::users::colleagues(c))
}

/// Gives a user a one-time password that must be changed at the next sign-in (rulings §9). 4004 for an unknown user.
pub fn reset_password(desk: &mut Desk, id: UserId) -> Result<String> {
    let password = one_time_password()?;
    let hash = auth::hash(desk, &password)?;
    desk.write(Command::ResetPassword, |act| {
        let user = repo::users::get(act.tx, id)?.ok_or(Error::NotFound(Entity::User))?;
        repo::users::set_password(act.tx, id, &hash, true, act.actor.now)?;
        let description = fill(act.actor.lang.texts().logs.password_reset, &[&user.full_name]);
        act.log(Entity::User, id.0, description, &Changes::default())
    })?;
    Ok(password)
}

/// Twelve characters that are not mistaken for one another when read out.
fn one_time_password() -> Result<String> {
    const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0u8; 12];
    getrandom::fill(&mut bytes).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(bytes.iter().map(|byte| ALPHABET[usize::from(byte % 32)] as char).collect())
}
