//! Who sits at the program: the session, and the person with the rights re-read for one command.

use super::choice::{Module, Role, Scope};
use super::error::{Error, Result};
use super::ids::UserId;
use super::rights::{Rights, Verb};
use super::time::{Day, Timestamp, Zone};
use crate::i18n::Lang;

/// Full program, or the warehouse terminal with its reduced rights (rulings §15, §16).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Full,
    Terminal,
}

/// A signed-in person. Names are for showing; rights are re-read at every command (rulings §8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub user: UserId,
    pub username: String,
    pub full_name: String,
    pub role: Role,
    pub mode: Mode,
    pub locked: bool,
    /// The file's epoch at sign-in; a restore moves it on and ends all sessions (rulings §11).
    pub epoch: i64,
    /// The password is a one-time one: nothing else works until it is changed (rulings §9).
    pub must_change_password: bool,
    /// When the own password was last given again, before what asks for it.
    pub confirmed_at: Option<Timestamp>,
}

/// For so many seconds a password that was given again need not be given once more.
const CONFIRMED: i64 = 5 * 60;

impl Session {
    /// Whether the own password was given again just now. A clock set back asks anew.
    pub fn is_confirmed(&self, now: Timestamp) -> bool {
        self.confirmed_at.is_some_and(|at| (0..CONFIRMED).contains(&now.seconds_since(at)))
    }

    /// As [`Actor::sees_amounts`], for what the window says beforehand.
    pub fn sees_amounts(&self) -> bool {
        self.role.sees_amounts()
    }
}

impl Role {
    /// May see what an order is worth; the warehouse may not (rulings §8).
    pub fn sees_amounts(self) -> bool {
        self != Role::Warehouse
    }
}

/// The person behind one command, as the data file says at this moment, with the command's time.
#[derive(Clone, Debug)]
pub struct Actor {
    pub user: UserId,
    pub username: String,
    pub full_name: String,
    pub role: Role,
    pub rights: Rights,
    /// Language of the log's descriptions.
    pub lang: Lang,
    pub now: Timestamp,
    pub today: Day,
    pub zone: Zone,
}

impl Actor {
    /// `Some(me)` where only one's own records are reached.
    pub fn owner_filter(&self, module: Module) -> Option<UserId> {
        (self.rights.scope(module) == Scope::Own).then_some(self.user)
    }

    /// Refuses with 4003 where a further right is missing.
    pub fn need(&self, module: Module, verb: Verb) -> Result<()> {
        if self.rights.allows(module, verb) { Ok(()) } else { Err(Error::Denied { module, verb }) }
    }

    /// As [`Role::sees_amounts`].
    pub fn sees_amounts(&self) -> bool {
        self.role.sees_amounts()
    }
}
