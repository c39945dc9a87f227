//! People and their accounts: created with a one-time password, changed, disabled, deleted; the own profile; names to choose from.
//!
//! Hashing takes a third of a second on purpose: the window calls `create` and `reset_password` from a job.

use super::auth;
use super::customers::conflict;
use super::desk::{Act, Desk};
use crate::i18n::fill;
use crate::models::choice::{Entity, Role, Status};
use crate::models::customer::Removal;
use crate::models::error::Refusal;
use crate::models::list::{Page, Total};
use crate::models::log::Changes;
use crate::models::rights::Command;
use crate::models::user::{Colleague, Profile, User, UserFilter, UserInput, UserPage, check_username};
use crate::models::{Error, Field, FieldErrors, Problem, Result, UserId};
use crate::repositories as repo;
use crate::repositories::users::NewUser;

/// Active people to choose as owner or person, by name.
pub fn colleagues(desk: &Desk) -> Result<Vec<Colleague>> {
    desk.read(Command::Colleagues, |c, _| repo::users::colleagues(c))
}

/// One page of accounts; 4003 without the right to see the system.
pub fn list(desk: &Desk, filter: &UserFilter, page: &UserPage) -> Result<Page<User>> {
    desk.read(Command::ListUsers, |c, _| {
        let (rows, total) = repo::users::list(c, filter, page)?;
        Ok(Page::new(rows, Total::Exactly(total), page))
    })
}

/// One account. 4004 for an unknown one.
pub fn get(desk: &Desk, id: UserId) -> Result<User> {
    desk.read(Command::GetUser, |c, _| repo::users::get(c, id)?.ok_or(Error::NotFound(Entity::User)))
}

/// Creates an account with a one-time password, which is given back this once and must be changed at the first sign-in (rulings §9).
/// 4000 by field; 4005 for a user name that is taken.
pub fn create(desk: &mut Desk, username: &str, input: &UserInput) -> Result<(UserId, String)> {
    let username = username.trim();
    let input = UserInput { profile: input.profile.tidied(), ..input.clone() };
    let mut errors = FieldErrors::default();
    check_username(&mut errors, username);
    errors.0.extend(input.profile.check().0);
    let password = one_time_password()?;
    // Only who may create one makes the computer hash.
    desk.read(Command::CreateUser, |_, _| Ok(()))?;
    let hash = auth::hash(desk, &password)?;
    let id = desk.write(Command::CreateUser, |act| {
        if input.role == Role::Admin {
            need_admin(act)?;
        }
        let mut errors = errors;
        if repo::users::by_name(act.tx, username)?.is_some() {
            errors.add(Field::Username, Problem::Taken);
        }
        errors.into_result()?;
        let new = NewUser { username, full_name: &input.profile.full_name, role: input.role, password_hash: &hash, must_change_password: true };
        let id = repo::users::insert(act.tx, &new, act.actor.now)?;
        repo::users::update(act.tx, id, &input, act.actor.now)?;
        let none = UserInput { profile: Profile::default(), role: input.role, status: input.status };
        let mut changes = differences(&none, &input);
        changes.note("role", "", input.role.as_str());
        act.log(Entity::User, id.0, fill(act.actor.lang.texts().logs.user_created, &[&input.profile.full_name, &username]), &changes)?;
        Ok(id)
    })?;
    Ok((id, password))
}

/// Changes an account that was read at `version`; disabling ends its sessions at their next command.
/// 4000 by field, and where no active administrator would be left; a conflict where someone saved meanwhile.
pub fn update(desk: &mut Desk, id: UserId, version: i64, input: &UserInput) -> Result<()> {
    let input = UserInput { profile: input.profile.tidied(), ..input.clone() };
    let errors = input.profile.check();
    desk.write(Command::UpdateUser, |act| {
        let before = stored(act, id)?;
        if before.version != version {
            return Err(conflict(act, Entity::User, id.0, before.updated_at)?);
        }
        if before.role == Role::Admin || input.role == Role::Admin {
            need_admin(act)?;
        }
        errors.into_result()?;
        if input.role != Role::Admin || input.status != Status::Active {
            keep_an_admin(act, &before)?;
        }
        repo::users::update(act.tx, id, &input, act.actor.now)?;
        let description = fill(act.actor.lang.texts().logs.user_updated, &[&input.profile.full_name, &before.username]);
        act.log(Entity::User, id.0, description, &differences(&before.input(), &input))
    })
}

/// Deletes an account that nothing refers to, else makes it inactive (rulings §7); says which. 4000 for the last active administrator.
pub fn delete(desk: &mut Desk, id: UserId) -> Result<Removal> {
    desk.write(Command::DeleteUser, |act| {
        let user = stored(act, id)?;
        if user.role == Role::Admin {
            need_admin(act)?;
        }
        keep_an_admin(act, &user)?;
        let texts = &act.actor.lang.texts().logs;
        let names: [&dyn std::fmt::Display; 2] = [&user.full_name, &user.username];
        if repo::users::is_referred_to(act.tx, id)? {
            let after = UserInput { status: Status::Inactive, ..user.input() };
            repo::users::update(act.tx, id, &after, act.actor.now)?;
            act.log(Entity::User, id.0, fill(texts.user_deactivated, &names), &differences(&user.input(), &after))?;
            return Ok(Removal::Deactivated);
        }
        repo::users::delete(act.tx, id)?;
        act.log(Entity::User, id.0, fill(texts.user_deleted, &names), &Changes::default())?;
        Ok(Removal::Deleted)
    })
}

/// Changes the own name, e-mail and phone, read at `version`. 4000 by field; a conflict where someone saved meanwhile.
pub fn update_profile(desk: &mut Desk, version: i64, profile: &Profile) -> Result<()> {
    let profile = profile.tidied();
    let errors = profile.check();
    desk.write(Command::UpdateProfile, |act| {
        let before = repo::users::get(act.tx, act.actor.user)?.ok_or(Error::NotSignedIn)?;
        if before.version != version {
            return Err(conflict(act, Entity::User, before.id.0, before.updated_at)?);
        }
        errors.into_result()?;
        let after = UserInput { profile, ..before.input() };
        repo::users::update(act.tx, before.id, &after, act.actor.now)?;
        let description = fill(act.actor.lang.texts().logs.profile_updated, &[&after.profile.full_name]);
        act.log(Entity::User, before.id.0, description, &differences(&before.input(), &after))
    })
}

/// Gives a user a one-time password that must be changed at the next sign-in (rulings §9). 4004 for an unknown user.
pub fn reset_password(desk: &mut Desk, id: UserId) -> Result<String> {
    desk.read(Command::ResetPassword, |_, _| Ok(()))?;
    let password = one_time_password()?;
    let hash = auth::hash(desk, &password)?;
    desk.write(Command::ResetPassword, |act| {
        let user = stored(act, id)?;
        if user.role == Role::Admin {
            need_admin(act)?;
        }
        repo::users::set_password(act.tx, id, &hash, true, act.actor.now)?;
        let description = fill(act.actor.lang.texts().logs.password_reset, &[&user.full_name]);
        act.log(Entity::User, id.0, description, &Changes::default())
    })?;
    Ok(password)
}

fn stored(act: &Act<'_>, id: UserId) -> Result<User> {
    repo::users::get(act.tx, id)?.ok_or(Error::NotFound(Entity::User))
}

/// Whoever else was given the right to change users does not make himself an administrator with it.
fn need_admin(act: &Act<'_>) -> Result<()> {
    if act.actor.role == Role::Admin { Ok(()) } else { Err(Refusal::AdminsOnly.into()) }
}

/// Refuses what would leave no active administrator (rulings §9). Read under the write lock, so two at once cannot both pass.
fn keep_an_admin(act: &Act<'_>, user: &User) -> Result<()> {
    let counts = user.role == Role::Admin && user.status == Status::Active;
    if counts && !repo::users::another_admin(act.tx, user.id)? { Err(Refusal::LastAdmin.into()) } else { Ok(()) }
}

fn differences(before: &UserInput, after: &UserInput) -> Changes {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut changes = Changes::default();
    changes.note("full_name", &before.profile.full_name, &after.profile.full_name);
    changes.note("email", text(&before.profile.email), text(&after.profile.email));
    changes.note("phone", text(&before.profile.phone), text(&after.profile.phone));
    changes.note("role", before.role.as_str(), after.role.as_str());
    changes.note("status", before.status.as_str(), after.status.as_str());
    changes
}

/// Twelve characters that are not mistaken for one another when read out.
fn one_time_password() -> Result<String> {
    const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0u8; 12];
    getrandom::fill(&mut bytes).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(bytes.iter().map(|byte| ALPHABET[usize::from(byte % 32)] as char).collect())
}
