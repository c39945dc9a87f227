//! Who works at the warehouse terminal (rulings §15): PINs, the quick switch by name and PIN, entering and leaving terminal mode.
//!
//! PINs are hashed and wait after failures as passwords do, each with its own count. Hashing takes its time: the window calls these from a job.

use super::auth::{self, Secret, book, check, hash, session_of};
use super::desk::Desk;
use crate::i18n::fill;
use crate::models::choice::{Entity, LogAction, Module};
use crate::models::error::{FieldErrors, Refusal};
use crate::models::log::Changes;
use crate::models::rights::{Command, Verb};
use crate::models::session::{Mode, Session};
use crate::models::user::{Operator, check_pin};
use crate::models::{Error, Field, Problem, Result, UserId};
use crate::repositories as repo;

/// The people who can work at the terminal, by name; anyone at the screen may see them.
pub fn list(desk: &Desk) -> Result<Vec<Operator>> {
    desk.database().read(repo::users::operators)
}

/// Sets or removes the own PIN, after the own password. 4000 by field; 4001 where the password is wrong (counted, with the same delays).
pub fn set_pin(desk: &mut Desk, password: &str, pin: Option<&str>) -> Result<()> {
    let mut errors = FieldErrors::default();
    if password.is_empty() {
        errors.add(Field::Password, Problem::Required);
    }
    if let Some(pin) = pin {
        check_pin(&mut errors, pin);
    }
    errors.into_result()?;
    let user = auth::current_user(desk)?;
    let checked = check(desk, user.id, Secret::Password, password)?;
    let pin_hash = pin.map(|pin| hash(desk, pin)).transpose()?;
    let set = desk.write(Command::SetPin, |act| {
        if !book(act.tx, act.host(), &user.username, &checked, act.actor.now)? {
            return Ok(false);
        }
        repo::users::set_pin(act.tx, user.id, pin_hash.as_deref(), act.actor.now)?;
        let texts = &act.actor.lang.texts().logs;
        let text = if pin.is_some() { texts.pin_set } else { texts.pin_removed };
        act.log(Entity::User, user.id.0, fill(text, &[&user.full_name]), &Changes::default())?;
        Ok(true)
    })?;
    if set { Ok(()) } else { Err(Error::BadCredentials) }
}

/// Signs an operator in at the terminal by his PIN, or by his password where he has none. Terminal mode: only stock and viewing orders.
/// 4001 where it does not fit (counted, with delays); 4000 for who has no right to stock.
pub fn switch(desk: &mut Desk, user: UserId, secret: &str) -> Result<Session> {
    sign_in(desk, user, secret, Mode::Terminal)
}

/// Full mode becomes terminal mode, for the person who is signed in. 4000 where he has no right to stock.
pub fn enter_terminal(desk: &mut Desk) -> Result<Session> {
    desk.write(Command::EnterTerminal, |act| {
        if !act.actor.rights.allows(Module::Inventory, Verb::View) {
            return Err(Refusal::NoOperator.into());
        }
        let description = fill(act.actor.lang.texts().logs.terminal_entered, &[&act.actor.full_name]);
        act.log(Entity::User, act.actor.user.0, description, &Changes::default())
    })?;
    let session = desk.session().cloned().ok_or(Error::NotSignedIn)?;
    let session = Session { mode: Mode::Terminal, ..session };
    desk.resume(Some(session.clone()));
    Ok(session)
}

/// Back to full mode, for the operator at the terminal, by his PIN or his password. 4001 where neither fits; 4002 where nobody is signed in.
pub fn leave_terminal(desk: &mut Desk, secret: &str) -> Result<Session> {
    let user = desk.session().map(|session| session.user).ok_or(Error::NotSignedIn)?;
    sign_in(desk, user, secret, Mode::Full)
}

fn sign_in(desk: &mut Desk, user: UserId, secret: &str, mode: Mode) -> Result<Session> {
    let has_pin = desk.database().read(|c| Ok(repo::users::pin_credentials(c, user)?.is_some()))?;
    let mut digits = FieldErrors::default();
    check_pin(&mut digits, secret);
    let kind = if has_pin && digits.is_empty() { Secret::Pin } else { Secret::Password };
    let checked = check(desk, user, kind, secret)?;
    let setup = desk.setup().clone();
    let now = setup.clock.now();
    let session = desk.database_mut().write(|tx| {
        let found = repo::users::get(tx, user)?.ok_or(Error::BadCredentials)?;
        if !book(tx, &setup.host, &found.username, &checked, now)? {
            return Ok(None);
        }
        if mode == Mode::Terminal && !repo::users::rights(tx, found.role)?.allows(Module::Inventory, Verb::View) {
            return Err(Refusal::NoOperator.into());
        }
        let session = Session { mode, ..session_of(tx, user)? };
        let texts = &repo::config::load(tx)?.lang.texts().logs;
        let text = if mode == Mode::Terminal { texts.operator_switched } else { texts.terminal_left };
        auth::log(tx, &setup.host, Some(user), LogAction::Login, fill(text, &[&session.full_name]), now)?;
        Ok(Some(session))
    })?;
    let session = session.ok_or(Error::BadCredentials)?;
    desk.resume(Some(session.clone()));
    Ok(session)
}
