//! The desk: one signed-in person at one data file. Every command passes through [`Desk::read`] or [`Desk::write`]:
//! the right is checked against the file as it is at that moment, and a refusal is logged.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::database::{Connection, Database, Revision, WINDOW_MIB, Wait};
use crate::i18n::fill;
use crate::models::choice::{Entity, LogAction, Module, Status};
use crate::models::config::Config;
use crate::models::log::{Changes, NewLog};
use crate::models::rights::{Command, Need, Rights, Verb};
use crate::models::session::{Actor, Mode, Session};
use crate::models::{Clock, Error, Result, SystemClock, Zone};
use crate::repositories as repo;

/// What differs between the program and the tests.
#[derive(Clone)]
pub struct Setup {
    pub clock: Arc<dyn Clock>,
    /// 12 in the program, 4 in tests (rulings §16).
    pub bcrypt_cost: u32,
    /// Name of this computer, for the log.
    pub host: String,
    /// The business time zone a new file gets.
    pub zone: Zone,
}

impl Setup {
    /// The program's own: the computer's clock, bcrypt cost 12.
    pub fn program() -> Setup {
        let host = gethostname::gethostname().to_string_lossy().into_owned();
        Setup { clock: Arc::new(SystemClock), bcrypt_cost: 12, host, zone: Zone::of_this_computer() }
    }
}

/// What a job needs to open a desk of its own for the same session.
#[derive(Clone)]
pub struct DeskKey {
    path: PathBuf,
    session: Option<Session>,
    setup: Setup,
}

impl DeskKey {
    /// Opens the desk; waits for locks as a job does.
    pub fn open(self) -> Result<Desk> {
        let database = Database::open(&self.path, Wait::Job)?;
        Ok(Desk { database, session: self.session, setup: self.setup })
    }

    /// As [`DeskKey::open`], for one read beside the window: it keeps no more in memory than the window does.
    pub fn open_to_read(self) -> Result<Desk> {
        let desk = self.open()?;
        desk.database.keep_in_memory(WINDOW_MIB)?;
        Ok(desk)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// One signed-in person (or nobody yet) at one data file.
pub struct Desk {
    database: Database,
    session: Option<Session>,
    setup: Setup,
}

/// A command under way inside its transaction: who acts, and what the log will say.
pub(super) struct Act<'a> {
    pub tx: &'a Connection,
    pub actor: &'a Actor,
    pub config: &'a Config,
    command: Command,
    host: &'a str,
}

impl Act<'_> {
    /// Name of this computer, for log rows beside the command's own.
    pub fn host(&self) -> &str {
        self.host
    }

    /// Writes this command's log row.
    pub fn log(&self, entity: Entity, id: i64, description: String, changes: &Changes) -> Result<()> {
        let info = self.command.info();
        let row = NewLog {
            user: Some(self.actor.user),
            action: info.action.unwrap_or(LogAction::Update),
            module: info.module,
            description,
            host: self.host.to_owned(),
            entity: Some(entity),
            entity_id: Some(id),
            changes: changes.to_json(),
            at: self.actor.now,
        };
        repo::logs::append(self.tx, &row)?;
        Ok(())
    }
}

impl Desk {
    /// Opens the data file with nobody signed in; errors as [`Database::open`].
    pub fn open(path: &Path, wait: Wait, setup: Setup) -> Result<Desk> {
        Ok(Desk { database: Database::open(path, wait)?, session: None, setup })
    }

    /// As [`Desk::open`], creating the file where there is none.
    pub fn open_or_create(path: &Path, wait: Wait, setup: Setup) -> Result<Desk> {
        Ok(Desk { database: Database::open_or_create(path, wait)?, session: None, setup })
    }

    /// Creates a new data file; an existing one is refused.
    pub fn create(path: &Path, wait: Wait, setup: Setup) -> Result<Desk> {
        Ok(Desk { database: Database::create(path, wait)?, session: None, setup })
    }

    /// For a job that acts for the same session.
    pub fn key(&self) -> DeskKey {
        DeskKey { path: self.database.path().to_owned(), session: self.session.clone(), setup: self.setup.clone() }
    }

    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// Takes over a session that `auth::login` on another desk of the same file gave.
    pub fn resume(&mut self, session: Option<Session>) {
        self.session = session;
    }

    pub fn clock(&self) -> &dyn Clock {
        self.setup.clock.as_ref()
    }

    /// When this moves, what was read may be old.
    pub fn revision(&self) -> Revision {
        self.database.revision()
    }

    /// The configuration; everyone may know it (the company's name, formats).
    pub fn config(&self) -> Result<Config> {
        self.database.read(repo::config::load)
    }

    /// The rights of the signed-in person as they are now, for showing and greying; commands check again.
    pub fn rights(&self) -> Result<Rights> {
        self.database.read(|c| Ok(self.actor(c, &repo::config::load(c)?, false)?.rights))
    }

    /// What differs between the program and the tests.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    pub(super) fn database(&self) -> &Database {
        &self.database
    }

    pub(super) fn database_mut(&mut self) -> &mut Database {
        &mut self.database
    }

    /// A reading command: the right, then `work` on one consistent state of the file.
    pub(super) fn read<T>(&self, command: Command, work: impl FnOnce(&Connection, &Actor) -> Result<T>) -> Result<T> {
        let outcome = self.database.read(|c| {
            let config = repo::config::load(c)?;
            let actor = self.authorize(c, command, &config)?;
            work(c, &actor)
        });
        if let Err(Error::Denied { module, verb }) = &outcome {
            self.log_denied(command, (*module, *verb));
        }
        outcome
    }

    /// A changing command: lock, right, then `work`, commit. A refusal leaves nothing but its log row.
    pub(super) fn write<T>(&mut self, command: Command, work: impl FnOnce(&Act<'_>) -> Result<T>) -> Result<T> {
        let Desk { database, session, setup } = self;
        let outcome = database.write(|tx| {
            let config = repo::config::load(tx)?;
            let actor = authorize(tx, session.as_ref(), setup, command, &config)?;
            work(&Act { tx, actor: &actor, config: &config, command, host: &setup.host })
        });
        if let Err(Error::Denied { module, verb }) = &outcome {
            self.log_denied(command, (*module, *verb));
        }
        outcome
    }

    fn authorize(&self, c: &Connection, command: Command, config: &Config) -> Result<Actor> {
        authorize(c, self.session.as_ref(), &self.setup, command, config)
    }

    fn actor(&self, c: &Connection, config: &Config, password_change: bool) -> Result<Actor> {
        actor(c, self.session.as_ref(), &self.setup, config, password_change)
    }

    /// Logs a refused command with the right it lacked, in a transaction of its own. Where that cannot be written, the command is refused all
    /// the same.
    fn log_denied(&self, command: Command, (module, verb): (Module, Verb)) {
        let Some(session) = &self.session else { return };
        let _ = self.database.note(|tx| {
            let lang = repo::config::load(tx)?.lang;
            let row = NewLog {
                user: Some(session.user),
                action: LogAction::Denied,
                module: command.info().module,
                description: fill(lang.texts().logs.denied, &[&lang.module(module), &lang.verb(verb), &command.info().name]),
                host: self.setup.host.clone(),
                entity: None,
                entity_id: None,
                changes: None,
                at: self.setup.clock.now(),
            };
            repo::logs::append(tx, &row)
        });
    }
}

/// The person behind a command, if the command is his to give.
fn authorize(c: &Connection, session: Option<&Session>, setup: &Setup, command: Command, config: &Config) -> Result<Actor> {
    let actor = actor(c, session, setup, config, matches!(command, Command::ChangePassword | Command::CurrentUser | Command::Logout))?;
    let Need::Rights(needed) = command.info().need else { return Ok(actor) };
    for &(module, verb) in needed {
        actor.need(module, verb)?;
    }
    if command.asks_password() && !session.is_some_and(|session| session.is_confirmed(actor.now)) {
        return Err(Error::PasswordAgain);
    }
    Ok(actor)
}

/// Re-reads user, status and rights (rulings §8). 4002 where nobody is signed in, the session ended, is locked, or waits for a new password.
fn actor(c: &Connection, session: Option<&Session>, setup: &Setup, config: &Config, password_change: bool) -> Result<Actor> {
    let session = session.filter(|session| !session.locked).ok_or(Error::NotSignedIn)?;
    let user = repo::users::get(c, session.user)?.filter(|user| user.status == Status::Active).ok_or(Error::NotSignedIn)?;
    if epoch(c)? != session.epoch || (user.must_change_password && !password_change) {
        return Err(Error::NotSignedIn);
    }
    let mut rights = repo::users::rights(c, user.role)?;
    if session.mode == Mode::Terminal {
        rights = terminal_rights(rights);
    }
    let now = setup.clock.now();
    Ok(Actor {
        user: user.id,
        username: user.username,
        full_name: user.full_name,
        role: user.role,
        rights,
        lang: config.lang,
        now,
        today: now.day(config.zone),
        zone: config.zone,
    })
}

/// In terminal mode only inventory and viewing sales remain (rulings §15).
fn terminal_rights(full: Rights) -> Rights {
    use crate::models::rights::ModuleRights;
    let mut rights = Rights::NONE;
    rights.set(Module::Inventory, full.on(Module::Inventory));
    let sales = full.on(Module::Sales);
    rights.set(Module::Sales, ModuleRights { view: sales.allows(Verb::View), scope: sales.scope, ..ModuleRights::NONE });
    rights
}

/// The file's session epoch (rulings §11).
pub(super) fn epoch(c: &Connection) -> Result<i64> {
    Ok(repo::config::file_state(c, "session_epoch")?.and_then(|text| text.parse().ok()).unwrap_or(1))
}
