//! Backups: made, listed, made by the program itself and thinned out (rulings §11). `restore` brings them back.
//!
//! They take as long as the data are large: the window calls these from a job.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::auth;
use super::desk::Desk;
use crate::database::backup::{self, Step, Work};
use crate::database::{Connection, pictures};
use crate::i18n::{Lang, fill};
use crate::models::backup::*;
use crate::models::choice::{Entity, LogAction};
use crate::models::config::Config;
use crate::models::error::BackupProblem;
use crate::models::log::Changes;
use crate::models::rights::Command;
use crate::models::{Error, LogId, Result, Timestamp};
use crate::repositories as repo;
use crate::repositories::invariants;

/// Where the pictures of all backups of a folder lie, each once.
pub(super) const PICTURES: &str = "pictures";

/// Keys of `file_state`: the last automatic backup, the failure of the last attempt, who is at one right now.
const LAST: &str = "backup_last";
const FAILURE: &str = "backup_failure";
const CLAIM: &str = "backup_claim";
/// And when the file was restored the last time.
const RESTORED: &str = "restored_at";

/// So many seconds another process is believed to be at an automatic backup.
const CLAIMED: i64 = 60 * 60;

/// Makes a verified backup in a folder; `step` (done, of) is told how far it is and stops it by saying false, which leaves nothing.
/// 5001 where the data do not pass the check, 5002 where the folder cannot be written.
pub fn create(desk: &mut Desk, folder: &Path, mut step: impl FnMut(usize, usize) -> bool) -> Result<Backup> {
    desk.read(Command::Backup, |_, _| Ok(()))?;
    let made = make(desk, folder, BackupKind::Manual, &mut step)?;
    desk.write(Command::Backup, |act| {
        let description = fill(act.actor.lang.texts().logs.backup_made, &[&made.path.display()]);
        act.log(Entity::File, 0, description, &Changes::default())
    })?;
    Ok(made)
}

/// As [`create`], for the headless command: nobody is signed in, the system is who acts.
pub fn create_unattended(desk: &mut Desk, folder: &Path, mut step: impl FnMut(usize, usize) -> bool) -> Result<Backup> {
    let made = make(desk, folder, BackupKind::Manual, &mut step)?;
    log(desk, |lang| fill(lang.texts().logs.backup_made, &[&made.path.display()]))?;
    Ok(made)
}

/// The backups of the configured folder and the safety copies beside the data file, the newest first.
pub fn list(desk: &Desk) -> Result<Vec<BackupRow>> {
    let path = desk.database().path();
    let folder = desk.read(Command::ListBackups, |c, _| Ok(folder_of(&repo::config::load(c)?, path)))?;
    let mut rows = rows(&folder)?;
    let own = default_folder(path);
    if own != folder {
        rows.extend(self::rows(&own)?);
    }
    rows.sort_by(|a, b| {
        let key = |row: &BackupRow| (row.manifest.as_ref().map(|manifest| manifest.made_at), row.name.clone());
        key(b).cmp(&key(a))
    });
    Ok(rows)
}

/// How the automatic backup stands: a failure is to be shown until an attempt succeeds.
pub fn status(desk: &Desk) -> Result<BackupStatus> {
    desk.read(Command::BackupStatus, |c, _| {
        let config = repo::config::load(c)?;
        let failure = if config.backup_automatic { repo::config::file_state(c, FAILURE)?.as_deref().and_then(parse_failure) } else { None };
        Ok(BackupStatus { folder: folder_of(&config, desk.database().path()), last: moment(c, LAST)?, failure })
    })
}

/// Whether an automatic backup is due and no other process is at it.
pub fn is_due(desk: &Desk) -> Result<bool> {
    let now = desk.clock().now();
    desk.database().read(|c| is_due_at(c, now))
}

/// Makes the automatic backup where one is due and no other process is at it, then thins the old ones out; `None` where nothing was due.
/// Called at the start and every hour. A failure is returned, remembered for [`status`], and tried again the next time.
pub fn automatic(desk: &mut Desk, mut step: impl FnMut(usize, usize) -> bool) -> Result<Option<Backup>> {
    let now = desk.clock().now();
    if !desk.database().read(|c| is_due_at(c, now))? {
        return Ok(None);
    }
    let config = desk.config()?;
    let claimed = desk.database_mut().write(|tx| {
        // Asked again under the lock: another window may have been quicker.
        let due = is_due_at(tx, now)?;
        if due {
            repo::config::set_file_state(tx, CLAIM, &now.to_string())?;
        }
        Ok(due)
    })?;
    if !claimed {
        return Ok(None);
    }
    let folder = folder_of(&config, desk.database().path());
    match make(desk, &folder, BackupKind::Automatic, &mut step) {
        Ok(made) => {
            desk.database_mut().write(|tx| {
                repo::config::set_file_state(tx, LAST, &now.to_string())?;
                repo::config::set_file_state(tx, FAILURE, "")?;
                repo::config::set_file_state(tx, CLAIM, "")
            })?;
            log(desk, |lang| fill(lang.texts().logs.backup_made, &[&made.path.display()]))?;
            match thin_out(desk, &folder) {
                Ok(()) => Ok(Some(made)),
                Err(error) => Err(remember(desk, now, config.lang, error)?),
            }
        }
        Err(error) => Err(remember(desk, now, config.lang, error)?),
    }
}

/// The newest backup of this file whose log is not the beginning of the present one: the chain was rewritten since (rulings §10).
/// Backups of before a restore tell of another past and are left aside.
pub(super) fn contradicting(desk: &Desk) -> Result<Option<String>> {
    let path = desk.database().path();
    let (folder, restored) = desk.database().read(|c| Ok((folder_of(&repo::config::load(c)?, path), moment(c, RESTORED)?)))?;
    let own = source(path, &desk.setup().host);
    // A folder that is out of reach today says nothing.
    let rows = rows(&folder).unwrap_or_default();
    let ours = |manifest: &Manifest| manifest.source == own && restored.is_none_or(|restored| manifest.made_at > restored);
    let newest =
        rows.into_iter().filter_map(|row| Some((row.manifest.filter(ours)?, row.name))).max_by_key(|(manifest, _)| manifest.facts.log_head.0);
    let Some((manifest, name)) = newest else { return Ok(None) };
    let (id, hash) = manifest.facts.log_head;
    let stands = desk.database().read(|c| repo::logs::hash_of(c, LogId(id)))?;
    Ok((id > 0 && stands != Some(hash)).then_some(name))
}

/// Where backups go: what is configured, else `backups` beside the data file.
pub fn folder(desk: &Desk) -> Result<PathBuf> {
    Ok(folder_of(&desk.config()?, desk.database().path()))
}

fn folder_of(config: &Config, database: &Path) -> PathBuf {
    config.backup_folder.clone().unwrap_or_else(|| default_folder(database))
}

/// `backups` beside the data file: also where the safety copies of restores go.
pub fn default_folder(database: &Path) -> PathBuf {
    database.with_file_name("backups")
}

/// Copies, verifies, hashes and puts a backup under its name.
fn make(desk: &Desk, folder: &Path, kind: BackupKind, step: Step<'_>) -> Result<Backup> {
    let database = desk.database();
    let work = Work::begin(folder)?;
    let copy = work.copy();
    backup::copy(database, &copy, &mut part(step, 0, 40))?;
    let (facts, names) = {
        let copied = backup::open_copy(&copy)?;
        let unsound = |rule| Error::Backup { path: folder.display().to_string(), problem: BackupProblem::DataUnsound(rule) };
        if !backup::integrity_problems(&copied)?.is_empty() {
            return Err(unsound("integrity_check"));
        }
        if let Some(rule) = first_broken_rule(&copied, &mut part(step, 50, 85))? {
            return Err(unsound(rule));
        }
        (repo::backup::facts(&copied)?, repo::backup::pictures(&copied)?)
    };
    let missing = pictures::carry(&pictures::folder(database.path()), &folder.join(PICTURES), &names, &mut part(step, 85, 90))?;
    let (sha256, bytes) = backup::hash(&copy, &mut part(step, 90, 100))?;
    let made_at = desk.clock().now();
    let manifest = Manifest {
        kind,
        source: source(database.path(), &desk.setup().host),
        made_at,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        sha256,
        bytes,
        facts,
        pictures: names.len() - missing,
        pictures_missing: missing,
    };
    let stem = format!("crm_erp_{}", made_at.day(desk.config()?.zone).compact());
    let path = backup::publish(&work, folder, &stem, Some(&manifest.to_json()))?;
    Ok(Backup { path, manifest })
}

/// The first rule that does not hold, the log's chain and foreign keys included.
pub(super) fn first_broken_rule(c: &Connection, step: Step<'_>) -> Result<Option<&'static str>> {
    Ok(invariants::broken(c, step)?.first().map(|broken| broken.name))
}

/// A part of the way, from one hundredth to another.
pub(super) fn part<'a>(step: &'a mut dyn FnMut(usize, usize) -> bool, from: usize, to: usize) -> impl FnMut(usize, usize) -> bool + 'a {
    move |done, of| step(from + (to - from).saturating_mul(done.min(of)) / of.max(1), 100)
}

/// Which data file a backup is of.
pub(super) fn source(database: &Path, host: &str) -> String {
    let whole = std::fs::canonicalize(database);
    format!("{host}:{}", whole.as_deref().unwrap_or(database).display())
}

pub(super) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn rows(folder: &Path) -> Result<Vec<BackupRow>> {
    let row = |found: backup::Found| {
        let manifest = found.manifest.as_deref().and_then(Manifest::parse).filter(|manifest| manifest.bytes == found.bytes);
        BackupRow { name: file_name(&found.path), bytes: found.bytes, manifest, path: found.path }
    };
    Ok(backup::list(folder, Manifest::MOST_BYTES)?.into_iter().map(row).collect())
}

/// Removes automatic backups of this data file that are no longer kept. Those that people made stay.
fn thin_out(desk: &mut Desk, folder: &Path) -> Result<()> {
    let own = source(desk.database().path(), &desk.setup().host);
    let ours = |row: &BackupRow| row.manifest.as_ref().is_some_and(|m| m.kind == BackupKind::Automatic && m.source == own);
    let named: Vec<(BackupName, PathBuf)> =
        rows(folder)?.into_iter().filter(ours).filter_map(|row| Some((BackupName::parse(&row.name)?, row.path))).collect();
    let gone = surplus(&named.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    for (name, path) in &named {
        if gone.contains(name) {
            backup::remove(path)?;
        }
    }
    if gone.is_empty() {
        return Ok(());
    }
    log(desk, |lang| fill(lang.texts().logs.backups_removed, &[&gone.len()]))
}

/// Whether an automatic backup is to be begun: due, for a company that was set up, and nobody at it.
fn is_due_at(c: &Connection, now: Timestamp) -> Result<bool> {
    let claimed = moment(c, CLAIM)?.is_some_and(|at| (0..CLAIMED).contains(&now.seconds_since(at)));
    Ok(!claimed && due(moment(c, LAST)?, now, &repo::config::load(c)?) && repo::users::any(c)?)
}

fn moment(c: &Connection, key: &str) -> Result<Option<Timestamp>> {
    Ok(repo::config::file_state(c, key)?.as_deref().and_then(Timestamp::parse))
}

/// What is restored begins without anybody at a backup, and says when it came back.
pub(super) fn begin_anew(c: &Connection, now: Timestamp) -> Result<()> {
    repo::config::set_file_state(c, RESTORED, &now.to_string())?;
    repo::config::set_file_state(c, CLAIM, "")
}

/// Remembers why the automatic backup failed; the first failure of a row is logged too. Being stopped is no failure.
fn remember(desk: &mut Desk, now: Timestamp, lang: Lang, error: Error) -> Result<Error> {
    let sentence = lang.sentence(&error);
    let host = desk.setup().host.clone();
    desk.database_mut().write(|tx| {
        repo::config::set_file_state(tx, CLAIM, "")?;
        if error == Error::Cancelled {
            return Ok(());
        }
        let known = repo::config::file_state(tx, FAILURE)?.as_deref().and_then(parse_failure);
        repo::config::set_file_state(tx, FAILURE, &json!({ "at": now.to_string(), "sentence": sentence }).to_string())?;
        match known {
            Some(_) => Ok(()),
            None => auth::log(tx, &host, None, LogAction::Backup, fill(lang.texts().logs.backup_failed, &[&sentence]), now),
        }
    })?;
    Ok(error)
}

fn parse_failure(text: &str) -> Option<BackupFailure> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    Some(BackupFailure { at: Timestamp::parse(value["at"].as_str()?)?, sentence: value["sentence"].as_str()?.to_owned() })
}

/// Logs what the system itself did.
fn log(desk: &mut Desk, description: impl FnOnce(Lang) -> String) -> Result<()> {
    let (host, now) = (desk.setup().host.clone(), desk.clock().now());
    desk.database_mut().write(|tx| {
        let lang = repo::config::load(tx)?.lang;
        auth::log(tx, &host, None, LogAction::Backup, description(lang), now)
    })
}
