//! Sign-in: first run, login with its delays, logout, the own password (spec 3.1, rulings §9).
//!
//! Hashing takes a third of a second on purpose: the window calls these from a job.

use super::desk::{Desk, epoch};
use crate::database::Connection;
use crate::i18n::fill;
use crate::models::choice::{Entity, LogAction, Module, Role, Status};
use crate::models::config::ConfigKey;
use crate::models::error::{FieldErrors, Refusal};
use crate::models::log::{Changes, NewLog};
use crate::models::rights::Command;
use crate::models::session::{Mode, Session};
use crate::models::user::{Credentials, FirstRun, User, check_password};
use crate::models::{Error, Field, Problem, Result, Timestamp, UserId};
use crate::repositories as repo;
use crate::repositories::users::NewUser;

/// Failures before the first delay (rulings §9).
const FREE_FAILURES: i64 = 5;
/// The longest delay in seconds.
const LONGEST_DELAY: i64 = 15 * 60;

/// Whether the file has no administrator yet.
pub fn is_first_run(desk: &Desk) -> Result<bool> {
    desk.database().read(|c| Ok(!repo::users::any(c)?))
}

/// Creates the company and its administrator, and signs him in. 4000 with field errors; 4000 where the file already has users.
pub fn first_run(desk: &mut Desk, new: &FirstRun) -> Result<Session> {
    new.check().into_result()?;
    let hash = hash(desk, &new.password)?;
    let setup = desk.setup().clone();
    let session = desk.database_mut().write(|tx| {
        if repo::users::any(tx)? {
            return Err(Refusal::AlreadyInitialised.into());
        }
        let now = setup.clock.now();
        let username = new.username.trim();
        let full_name = new.full_name.trim();
        let admin = NewUser { username, full_name, role: Role::Admin, password_hash: &hash, must_change_password: false };
        let user = repo::users::insert(tx, &admin, now)?;
        repo::config::set(tx, ConfigKey::CompanyName, new.company.trim(), now)?;
        repo::config::set(tx, ConfigKey::TimeZone, setup.zone.name(), now)?;
        repo::users::signed_in(tx, user, now)?;
        let lang = repo::config::load(tx)?.lang;
        let description = fill(lang.texts().logs.first_run, &[&full_name]);
        log(tx, &setup.host, Some(user), LogAction::Create, description, now)?;
        session_of(tx, user)
    })?;
    desk.resume(Some(session.clone()));
    Ok(session)
}

/// Signs in. 4001 for an unknown user, a wrong password and a disabled account alike, in the same time;
/// 4001 with the seconds to wait after too many failures.
pub fn login(desk: &mut Desk, username: &str, password: &str) -> Result<Session> {
    let username = username.trim();
    let Some(found) = desk.database().read(|c| repo::users::credentials(c, username))? else {
        return Err(unknown(desk, username, password)?);
    };
    let checked = compare(desk, found, Secret::Password, password)?;
    let setup = desk.setup().clone();
    let now = setup.clock.now();
    let outcome = desk.database_mut().write(|tx| {
        if !book(tx, &setup.host, username, &checked, now)? {
            return Ok(None);
        }
        let user = checked.credentials.id;
        repo::users::signed_in(tx, user, now)?;
        let session = session_of(tx, user)?;
        let lang = repo::config::load(tx)?.lang;
        log(tx, &setup.host, Some(user), LogAction::Login, fill(lang.texts().logs.login, &[&session.full_name]), now)?;
        Ok(Some(session))
    })?;
    let session = outcome.ok_or(Error::BadCredentials)?;
    desk.resume(Some(session.clone()));
    Ok(session)
}

/// The refusal of a user name that nobody has, after as long as one that somebody has.
fn unknown(desk: &mut Desk, username: &str, password: &str) -> Result<Error> {
    verify(desk, password, None)?;
    let setup = desk.setup().clone();
    desk.database_mut().write(|tx| {
        let description = fill(repo::config::load(tx)?.lang.texts().logs.login_failed, &[&shortened(username)]);
        log(tx, &setup.host, None, LogAction::LoginFailed, description, setup.clock.now())
    })?;
    Ok(Error::BadCredentials)
}

/// Opens a session without a password: for headless commands (the operating system already let the caller at the file) and the demo.
/// 4001 where there is no such active user.
pub fn act_as(desk: &mut Desk, username: &str) -> Result<Session> {
    let session = desk.database().read(|c| {
        let user = repo::users::by_name(c, username)?.filter(|user| user.status == Status::Active);
        session_of(c, user.ok_or(Error::BadCredentials)?.id)
    })?;
    desk.resume(Some(session.clone()));
    Ok(session)
}

/// Signs out. 4002 where nobody is signed in.
pub fn logout(desk: &mut Desk) -> Result<()> {
    desk.write(Command::Logout, |act| {
        let description = fill(act.actor.lang.texts().logs.logout, &[&act.actor.full_name]);
        act.log(Entity::User, act.actor.user.0, description, &Changes::default())
    })?;
    desk.resume(None);
    Ok(())
}

/// The signed-in person as the file says now. 4002 where nobody is.
pub fn current_user(desk: &Desk) -> Result<User> {
    desk.read(Command::CurrentUser, |c, actor| repo::users::get(c, actor.user)?.ok_or(Error::NotSignedIn))
}

/// Changes the own password; ends the wait for a new one after a one-time password.
/// 4000 by field, 4001 where the old one is wrong (counted as a failure, with the same delays).
pub fn change_password(desk: &mut Desk, old: &str, new: &str) -> Result<()> {
    let mut errors = FieldErrors::default();
    if old.is_empty() {
        errors.add(Field::OldPassword, Problem::Required);
    }
    check_password(&mut errors, Field::Password, new);
    errors.into_result()?;
    if old == new {
        return Err(Refusal::SamePassword.into());
    }
    let user = current_user(desk)?;
    let checked = check(desk, user.id, Secret::Password, old)?;
    let new_hash = hash(desk, new)?;
    let changed = desk.write(Command::ChangePassword, |act| {
        if !book(act.tx, act.host(), &user.username, &checked, act.actor.now)? {
            return Ok(false);
        }
        repo::users::set_password(act.tx, user.id, &new_hash, false, act.actor.now)?;
        let description = fill(act.actor.lang.texts().logs.password_changed, &[&act.actor.full_name]);
        act.log(Entity::User, user.id.0, description, &Changes::default())?;
        Ok(true)
    })?;
    if !changed {
        return Err(Error::BadCredentials);
    }
    if let Some(session) = desk.session().cloned() {
        desk.resume(Some(Session { must_change_password: false, ..session }));
    }
    Ok(())
}

/// Takes the own password once more, before users or rights are changed; for five minutes they are not asked for it again.
/// 4000 where it is empty, 4001 where it is wrong (counted as a failure, with the same delays).
pub fn confirm_password(desk: &mut Desk, password: &str) -> Result<Session> {
    confirm(desk, Command::ConfirmPassword, password)?;
    let session = desk.session().cloned().ok_or(Error::NotSignedIn)?;
    let session = Session { confirmed_at: Some(desk.clock().now()), ..session };
    desk.resume(Some(session.clone()));
    Ok(session)
}

/// The signed-in person's right to a command and, once more, his password: before what is hard to take back.
/// 4000 where it is empty, 4001 where it is wrong (counted as a failure, with the same delays), 4003 without the right.
pub(super) fn confirm(desk: &mut Desk, command: Command, password: &str) -> Result<()> {
    let (user, username) = desk.read(command, |_, actor| Ok((actor.user, actor.username.clone())))?;
    if password.is_empty() {
        return Err(Error::field(Field::Password, Problem::Required));
    }
    let checked = check(desk, user, Secret::Password, password)?;
    // A file that cannot be written is still to be restored: there is nothing to count or to forget.
    if checked.fits && checked.credentials.failures == 0 {
        return Ok(());
    }
    if desk.write(command, |act| book(act.tx, act.host(), &username, &checked, act.actor.now))? { Ok(()) } else { Err(Error::BadCredentials) }
}

/// What someone proves with that he is who he says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Secret {
    Pin,
    Password,
}

/// A secret that was compared, outside any transaction; its outcome is counted inside one.
pub(super) struct Checked {
    secret: Secret,
    credentials: Credentials,
    fits: bool,
}

fn credentials(c: &Connection, user: UserId, secret: Secret) -> Result<Option<Credentials>> {
    match secret {
        Secret::Pin => repo::users::pin_credentials(c, user),
        Secret::Password => match repo::users::get(c, user)? {
            Some(user) => repo::users::credentials(c, &user.username),
            None => Ok(None),
        },
    }
}

/// Compares what was typed for an account. 4001 where it waits after failures, or has no such secret.
pub(super) fn check(desk: &Desk, user: UserId, secret: Secret, typed: &str) -> Result<Checked> {
    let found = desk.database().read(|c| credentials(c, user, secret))?.ok_or(Error::BadCredentials)?;
    compare(desk, found, secret, typed)
}

fn compare(desk: &Desk, credentials: Credentials, secret: Secret, typed: &str) -> Result<Checked> {
    wait_over(&credentials, desk.clock().now())?;
    let fits = verify(desk, typed, Some(&credentials.password_hash))?;
    Ok(Checked { secret, credentials, fits })
}

/// Counts a failure, or forgets the earlier ones; whether it fitted.
pub(super) fn book(c: &Connection, host: &str, username: &str, checked: &Checked, now: Timestamp) -> Result<bool> {
    let id = checked.credentials.id;
    let current = credentials(c, id, checked.secret)?.ok_or(Error::BadCredentials)?;
    // Read again: another process may have counted failures, changed the secret or disabled the account meanwhile.
    wait_over(&current, now)?;
    let fits = checked.fits && current.status == Status::Active && current.password_hash == checked.credentials.password_hash;
    let failures = if fits { 0 } else { current.failures + 1 };
    let until = delay_after(failures).map(|seconds| now.plus_seconds(seconds));
    match checked.secret {
        Secret::Pin => repo::users::set_pin_failures(c, id, failures, until)?,
        Secret::Password => repo::users::set_failures(c, id, failures, until)?,
    }
    if !fits {
        let lang = repo::config::load(c)?.lang;
        log(c, host, Some(id), LogAction::LoginFailed, fill(lang.texts().logs.login_failed, &[&username]), now)?;
    }
    Ok(fits)
}

/// The most bytes bcrypt reads. Its `non_truncating` functions count a closing NUL and so refuse the 72nd byte; we refuse the 73rd ourselves.
const MOST_BYTES: usize = 72;

/// Hashes a password with the desk's cost; never truncates.
pub(super) fn hash(desk: &Desk, password: &str) -> Result<String> {
    if password.len() > MOST_BYTES {
        return Err(Error::field(Field::Password, Problem::TooLong(MOST_BYTES)));
    }
    bcrypt::hash(password, desk.setup().bcrypt_cost).map_err(|e| Error::Internal(e.to_string()))
}

/// Compares with a hash; where there is no account takes the same time over a stand-in (S3).
fn verify(desk: &Desk, password: &str, stored: Option<&str>) -> Result<bool> {
    verify_at_cost(desk.setup().bcrypt_cost, password, stored)
}

/// As [`verify`], for users of a backup. One whose hash would take minutes fits nobody.
pub(super) fn verify_at_cost(cost: u32, password: &str, stored: Option<&str>) -> Result<bool> {
    /// The highest cost that is tried: eight times the program's own.
    const MOST_COST: u32 = 15;
    /// Salt and digest of some well-formed hash. Who fits it is still refused: there is no account behind it.
    const STAND_IN: &str = "N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
    let stand_in = format!("$2b${cost:02}${STAND_IN}");
    // Longer than bcrypt reads: cannot be anyone's password, but takes its time.
    let stored = stored.filter(|hash| hash.get(4..6).and_then(|cost| cost.parse().ok()).is_some_and(|cost: u32| cost <= MOST_COST));
    let (password, possible) = if password.len() > MOST_BYTES || password.contains('\0') { ("", false) } else { (password, true) };
    let fits = bcrypt::verify(password, stored.unwrap_or(&stand_in)).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(fits && possible && stored.is_some())
}

/// Refuses while the account waits. A clock set back never makes the wait longer than its delay (S2).
pub(super) fn wait_over(credentials: &Credentials, now: Timestamp) -> Result<()> {
    let (Some(until), Some(delay)) = (credentials.locked_until, delay_after(credentials.failures)) else { return Ok(()) };
    let wait_seconds = until.seconds_since(now).min(delay);
    if wait_seconds > 0 { Err(Error::TooManyAttempts { wait_seconds }) } else { Ok(()) }
}

/// Seconds to wait after so many failures: none for five, then 1 s doubling to 15 min.
fn delay_after(failures: i64) -> Option<i64> {
    let beyond = failures - FREE_FAILURES;
    (beyond > 0).then(|| if beyond > 10 { LONGEST_DELAY } else { (1i64 << (beyond - 1)).min(LONGEST_DELAY) })
}

pub(super) fn session_of(c: &Connection, id: UserId) -> Result<Session> {
    let user = repo::users::get(c, id)?.ok_or(Error::NotSignedIn)?;
    Ok(Session {
        user: user.id,
        username: user.username,
        full_name: user.full_name,
        role: user.role,
        mode: Mode::Full,
        locked: false,
        epoch: epoch(c)?,
        must_change_password: user.must_change_password,
        confirmed_at: None,
    })
}

pub(super) fn log(c: &Connection, host: &str, user: Option<UserId>, action: LogAction, description: String, at: Timestamp) -> Result<()> {
    let row = NewLog {
        user,
        action,
        module: Module::System,
        description,
        host: host.to_owned(),
        entity: user.map(|_| Entity::User),
        entity_id: user.map(|user| user.0),
        changes: None,
        at,
    };
    repo::logs::append(c, &row)?;
    Ok(())
}

/// What someone typed as a user name may be a password: only its beginning goes into the log.
fn shortened(username: &str) -> String {
    let start: String = username.chars().take(2).collect();
    format!("{start}…")
}

/// The user name the last person asked to be remembered, if any.
pub fn remembered_username(desk: &Desk) -> Result<Option<String>> {
    Ok(desk.database().read(|c| repo::config::file_state(c, REMEMBERED))?.filter(|name| !name.is_empty()))
}

/// Remembers a user name for the next sign-in, or forgets it.
pub fn remember_username(desk: &mut Desk, username: Option<&str>) -> Result<()> {
    desk.database_mut().write(|tx| repo::config::set_file_state(tx, REMEMBERED, username.unwrap_or("")))
}

/// Where `file_state` keeps it.
const REMEMBERED: &str = "remembered_username";
