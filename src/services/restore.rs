//! Bringing a backup back (rulings §11): examined as a stranger in a private copy, the present data kept aside, then all or nothing.
//!
//! It takes as long as the data are large: the window calls these from a job.

use std::path::{Path, PathBuf};

use super::auth;
use super::backup::{PICTURES, begin_anew, default_folder, file_name, first_broken_rule, part, source};
use super::desk::{Desk, Setup, epoch};
use crate::database::backup::{self, Step, Work};
use crate::database::restore::{Staging, refused, write_over};
use crate::database::{Connection, Database, Wait, pictures};
use crate::i18n::fill;
use crate::models::backup::*;
use crate::models::choice::{LogAction, Module, Status};
use crate::models::error::{BackupProblem, FileProblem};
use crate::models::picture::PictureName;
use crate::models::rights::{Command, Verb};
use crate::models::{Error, Result, Timestamp, Zone};
use crate::repositories as repo;

/// Puts a backup in the place of the present data, after the own password. All sessions end, this one too; the present data are kept in a
/// safety copy; counters of numbers keep the larger of both. 4001 for a wrong password (counted), 5001 with what is wrong with the backup,
/// 5002 by file. `step` (done, of) stops it by saying false, until the last step.
pub fn run(desk: &mut Desk, from: &Path, password: &str, without: WithoutManifest, mut step: impl FnMut(usize, usize) -> bool) -> Result<Restored> {
    auth::confirm(desk, Command::Restore, password)?;
    let by = desk.session().map(|session| Person { username: session.username.clone(), full_name: session.full_name.clone() });
    let by = by.ok_or(Error::NotSignedIn)?;
    let place = Place { path: desk.database().path().to_owned(), setup: desk.setup().clone(), sound: true };
    let staged = Staged::take(from, &place.path, without, &mut step)?;
    staged.put_back(&place, &by, &mut step)
}

/// As [`run`], for the headless command and for a window without a session: where the present data cannot be read, are missing or have no users
/// yet, name and password are held against the backup's own users.
pub fn run_at(
    path: &Path,
    setup: &Setup,
    from: &Path,
    (username, password): (&str, &str),
    without: WithoutManifest,
    mut step: impl FnMut(usize, usize) -> bool,
) -> Result<Restored> {
    let mut present = Present::of(path, setup)?;
    let by = match &mut present {
        Present::Readable(desk) => match sign_in(desk, username, password) {
            Ok(person) => Some(person),
            // The users themselves cannot be read.
            Err(Error::Database(_) | Error::DataFile { .. }) => None,
            Err(error) => return Err(error),
        },
        _ => None,
    };
    let place = Place { path: path.to_owned(), setup: setup.clone(), sound: !matches!(present, Present::Unreadable) };
    let staged = Staged::take(from, path, without, &mut step)?;
    let by = match by {
        Some(person) => person,
        None => staged.administrator(setup, username, password)?,
    };
    staged.put_back(&place, &by, &mut step)
}

/// A backup beside what is there now: from its manifest, else from the backup itself once it was examined.
pub fn describe(desk: &Desk, from: &Path, step: impl FnMut(usize, usize) -> bool) -> Result<Description> {
    let present = desk.read(Command::DescribeBackup, |c, _| repo::backup::facts(c))?;
    Ok(Description { present: Some(present), ..describe_at(desk.database().path(), from, step)? })
}

/// As [`describe`], for a window without a session: of what is there now it says nothing.
pub fn describe_at(path: &Path, from: &Path, mut step: impl FnMut(usize, usize) -> bool) -> Result<Description> {
    if let Some(manifest) = backup::manifest(from, Manifest::MOST_BYTES).as_deref().and_then(Manifest::parse) {
        return Ok(Description { backup: manifest.facts, made_at: Some(manifest.made_at), present: None });
    }
    let staged = Staged::take(from, path, WithoutManifest::Accept, &mut step)?;
    Ok(Description { backup: staged.facts, made_at: None, present: None })
}

/// Whether [`run_at`] puts a backup in the place of a data file with this problem: missing, damaged, or with something planted in it.
pub fn mends(path: &Path, problem: &Error) -> bool {
    match problem {
        Error::DataFile { problem: FileProblem::Damaged | FileProblem::NotADatabase | FileProblem::Missing, .. } | Error::Database(_) => true,
        Error::DataFile { problem: FileProblem::Foreign, .. } => backup::is_ours(path),
        _ => false,
    }
}

/// Who restores.
struct Person {
    username: String,
    full_name: String,
}

/// Where to.
struct Place {
    path: PathBuf,
    setup: Setup,
    /// SQLite can read what is there.
    sound: bool,
}

/// What stands where the backup is to go.
enum Present {
    Readable(Box<Desk>),
    /// No file, or one without users.
    Nobody,
    /// Damaged, or with something planted in it.
    Unreadable,
}

impl Present {
    /// 5001 where it is another program's file, a newer program's, or read-only: no damage that a restore would mend.
    fn of(path: &Path, setup: &Setup) -> Result<Present> {
        if !path.exists() {
            return Ok(Present::Nobody);
        }
        let outcome = Desk::open(path, Wait::Job, setup.clone()).and_then(|desk| Ok((auth::is_first_run(&desk)?, desk)));
        match outcome {
            Ok((true, _)) => Ok(Present::Nobody),
            Ok((false, desk)) => Ok(Present::Readable(Box::new(desk))),
            Err(error) if mends(path, &error) => Ok(Present::Unreadable),
            Err(error) => Err(error),
        }
    }
}

/// The person at the present data, with the right to restore.
fn sign_in(desk: &mut Desk, username: &str, password: &str) -> Result<Person> {
    let session = auth::login(desk, username, password)?;
    desk.read(Command::Restore, |_, _| Ok(()))?;
    Ok(Person { username: session.username, full_name: session.full_name })
}

/// A backup that passed every examination, as a private copy of this version's schema.
struct Staged {
    // Dropped in this order: the connection before its folder.
    database: Database,
    staging: Staging,
    from: PathBuf,
    made_at: Option<Timestamp>,
    facts: Facts,
    pictures: Vec<PictureName>,
}

impl Staged {
    fn take(from: &Path, live: &Path, without: WithoutManifest, step: Step<'_>) -> Result<Staged> {
        let text = backup::manifest(from, Manifest::MOST_BYTES);
        let manifest = text.as_deref().and_then(Manifest::parse);
        let staging = Staging::begin(from, live, &mut part(step, 0, 25))?;
        match &manifest {
            None if text.is_some() => return Err(refused(from, BackupProblem::Altered)),
            None if without == WithoutManifest::Refuse => return Err(refused(from, BackupProblem::NoManifest)),
            Some(manifest) if manifest.sha256 != staging.sha256 || manifest.bytes != staging.bytes => {
                return Err(refused(from, BackupProblem::Altered));
            }
            _ => {}
        }
        let version = staging.examine()?;
        let database = staging.open()?;
        let read = database.read(|c| {
            if let Some(rule) = first_broken_rule(c, &mut part(step, 40, 80))? {
                return Err(refused(from, BackupProblem::Unsound(rule)));
            }
            Ok((repo::backup::facts(c)?, repo::backup::pictures(c)?))
        });
        let (facts, pictures) = read.map_err(|error| staging.explain(error))?;
        if let Some(manifest) = &manifest
            && (manifest.facts.schema_version != version || manifest.facts.log_head != facts.log_head)
        {
            return Err(refused(from, BackupProblem::Altered));
        }
        Ok(Staged { database, staging, from: from.to_owned(), made_at: manifest.map(|manifest| manifest.made_at), facts, pictures })
    }

    /// The person among the backup's own users, with the right to restore. 4001 and 4003 as for the present data.
    fn administrator(&self, setup: &Setup, username: &str, password: &str) -> Result<Person> {
        let found = self.database.read(|c| {
            let Some(user) = repo::users::by_name(c, username.trim())? else { return Ok(None) };
            let credentials = repo::users::credentials(c, &user.username)?;
            Ok(credentials.map(|credentials| (repo::users::rights(c, user.role), user, credentials)))
        })?;
        let stored = found.as_ref().map(|(_, _, credentials)| credentials.password_hash.as_str());
        if let Some((_, _, credentials)) = &found {
            auth::wait_over(credentials, setup.clock.now())?;
        }
        let fits = auth::verify_at_cost(setup.bcrypt_cost, password, stored)?;
        let Some((rights, user, _)) = found.filter(|(_, user, _)| fits && user.status == Status::Active) else {
            return Err(Error::BadCredentials);
        };
        if !rights?.allows(Module::System, Verb::Update) {
            return Err(Error::Denied { module: Module::System, verb: Verb::Update });
        }
        Ok(Person { username: user.username, full_name: user.full_name })
    }

    /// Pictures first, then the safety copy, then the data in one go.
    fn put_back(mut self, place: &Place, by: &Person, step: Step<'_>) -> Result<Restored> {
        let Place { path, setup, sound } = place;
        let now = setup.clock.now();
        let zone = self.database.read(repo::config::load)?.zone;
        let beside = self.from.with_file_name(PICTURES);
        let pictures_missing = pictures::carry(&beside, &pictures::folder(path), &self.pictures, &mut part(step, 80, 85))?;
        let safety_copy = if path.exists() { Some(keep_aside(place, now, zone, &mut part(step, 85, 95))?) } else { None };
        let came_from = file_name(&self.from);
        let made_at = self.made_at;
        let mut facts = None;
        write_over(&mut self.database, path, *sound, &mut part(step, 95, 100), |staged, present| {
            merge(staged, present, now)?;
            let texts = &repo::config::load(staged)?.lang.texts().logs;
            let from = made_at.map_or(came_from.clone(), |at| format!("{came_from} ({})", at.shown(zone)));
            let description = match safety_copy.as_deref() {
                Some(kept) => fill(texts.restored, &[&by.full_name, &from, &file_name(kept)]),
                None => fill(texts.restored_new, &[&by.full_name, &from]),
            };
            // By name only where the restored data do not know the person.
            let user = repo::users::by_name(staged, &by.username)?.map(|user| user.id);
            auth::log(staged, &setup.host, user, LogAction::Restore, description, now)?;
            facts = Some(repo::backup::facts(staged)?);
            Ok(())
        })?;
        drop(self.database);
        drop(self.staging);
        Ok(Restored { safety_copy, facts: facts.unwrap_or(self.facts), pictures_missing })
    }
}

/// Numbers never go back, and every session of before ends (rulings §11). Damage in the present data leaves the backup's own figures.
fn merge(staged: &Connection, present: Option<&Connection>, now: Timestamp) -> Result<()> {
    let read = present.map(|present| Ok((repo::backup::counters(present)?, epoch(present)?)));
    let (counters, before) = match read {
        Some(Ok((counters, epoch))) => (counters, Some(epoch)),
        Some(Err(Error::Busy)) => return Err(Error::Busy),
        _ => (Vec::new(), None),
    };
    repo::backup::raise_counters(staged, &counters)?;
    // Where the epoch of before is not known: one that no count of restores reaches.
    let after = epoch(staged)?.max(before.unwrap_or(now.unix())).saturating_add(1);
    repo::config::set_file_state(staged, "session_epoch", &after.to_string())?;
    begin_anew(staged, now)
}

/// A safety copy of the present data as they are, beside the data file; with a manifest where they can be read.
fn keep_aside(place: &Place, now: Timestamp, zone: Zone, step: Step<'_>) -> Result<PathBuf> {
    let path = &place.path;
    let folder = default_folder(path);
    let work = Work::begin(&folder)?;
    backup::copy_as_it_is(path, &work.copy(), &mut part(step, 0, 70))?;
    let read = backup::open_copy(&work.copy()).and_then(|c| Ok((repo::backup::facts(&c)?, repo::backup::pictures(&c)?.len())));
    let manifest = match read {
        Ok((facts, pictures)) => {
            let (sha256, bytes) = backup::hash(&work.copy(), &mut part(step, 70, 100))?;
            let program = env!("CARGO_PKG_VERSION").to_owned();
            let source = source(path, &place.setup.host);
            // Its pictures stay where they are: a restore takes none away.
            Some(Manifest { kind: BackupKind::Safety, source, made_at: now, program, sha256, bytes, facts, pictures, pictures_missing: 0 })
        }
        Err(_) => None,
    };
    let stem = format!("crm_erp_before_restore_{}", now.day(zone).compact());
    backup::publish(&work, &folder, &stem, manifest.map(|manifest| manifest.to_json()).as_deref())
}
