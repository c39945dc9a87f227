//! A backup on its way back: a private copy that is examined as a stranger, and the one write into the live file.
//!
//! What the data say is judged in `services::restore`. A live file is never replaced: another process's write-ahead log would undo it.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::backup::StepResult;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use super::backup::{Step, WORK, clear_leftovers, copy_hashed, open_copy, with_ending};
use super::{APPLICATION_ID, Database, Wait, at_path, create_private_file, create_private_folder, file_error, folder_of, migrate, named, one};
use crate::models::error::{BackupProblem, FileProblem};
use crate::models::{Error, Result};

/// A private copy of a backup beside the live file; gone when dropped.
pub struct Staging {
    folder: TempDir,
    from: PathBuf,
    /// SHA-256 of the backup's bytes as they were copied.
    pub sha256: String,
    pub bytes: u64,
}

impl Staging {
    /// Copies a backup after a look at its header. A refusal says what is wrong with it; 5002 where it cannot be read or copied.
    pub fn begin(from: &Path, live: &Path, step: Step<'_>) -> Result<Staging> {
        // Reading what belongs to the live file plainly would take away SQLite's locks on it (reliability, trap 4).
        if ["", "-wal", "-shm", "-journal"].iter().any(|ending| is_same_file(from, &with_ending(live, ending))) {
            return Err(refused(from, BackupProblem::InUse));
        }
        let about = fs::metadata(from).map_err(|e| file_error(from, &e))?;
        // Opening a pipe would wait for its other end for ever.
        if !about.is_file() {
            return Err(refused(from, BackupProblem::Foreign));
        }
        let beside = with_ending(from, "-wal");
        let has_log = fs::metadata(&beside).is_ok_and(|about| about.is_file() && about.len() > 0);
        check_header(from, about.len(), has_log)?;
        let parent = folder_of(live);
        create_private_folder(parent)?;
        clear_leftovers(parent);
        let folder = tempfile::Builder::new().prefix(WORK).tempdir_in(parent).map_err(|e| file_error(parent, &e))?;
        let target = folder.path().join("staged.db");
        let (sha256, bytes) = copy_into(from, &target, step)?;
        // A file that was copied by hand may have its last transactions beside it.
        if has_log {
            copy_into(&beside, &with_ending(&target, "-wal"), step)?;
        }
        Ok(Staging { folder, from: from.to_owned(), sha256, bytes })
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("staged.db")
    }

    /// The schema's version, after everything that can be said without trusting the content: identity, history, schema, integrity.
    pub fn examine(&self) -> Result<i64> {
        let path = self.path();
        let outcome = self.open_unchecked().and_then(|staged| {
            let id: i64 = one(&staged, "PRAGMA application_id", [], |row| row.get(0))?;
            if id != APPLICATION_ID {
                return Err(refused(&self.from, BackupProblem::Foreign));
            }
            migrate::check_history(&staged, &path)?;
            let version = migrate::version(&staged)?;
            if version == 0 || !migrate::has_our_schema(&staged)? {
                return Err(refused(&self.from, BackupProblem::Foreign));
            }
            match super::backup::integrity_problems(&staged)?.is_empty() {
                true => Ok(version),
                false => Err(refused(&self.from, BackupProblem::Damaged)),
            }
        });
        outcome.map_err(|error| self.explain(error))
    }

    /// The copy as a data file of this version: older ones are migrated here.
    pub fn open(&self) -> Result<Database> {
        Database::open(&self.path(), Wait::Job).map_err(|error| self.explain(error))
    }

    /// What an error of the copy says of the backup.
    pub fn explain(&self, error: Error) -> Error {
        explain(&self.from, named(self.folder.path(), error))
    }

    /// For writing, since its own write-ahead log may have to be read in; nothing in its schema is trusted.
    fn open_unchecked(&self) -> Result<Connection> {
        let path = self.path();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&path, flags).map_err(|e| at_path(&path, e))?;
        connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;").map_err(|e| at_path(&path, e))?;
        Ok(connection)
    }
}

/// A backup that is refused.
pub fn refused(from: &Path, problem: BackupProblem) -> Error {
    Error::Backup { path: from.display().to_string(), problem }
}

fn explain(from: &Path, error: Error) -> Error {
    let problem = match error {
        Error::DataFile { problem: FileProblem::NotADatabase | FileProblem::Foreign, .. } => BackupProblem::Foreign,
        Error::DataFile { problem: FileProblem::Newer, .. } => BackupProblem::Newer,
        Error::DataFile { .. } | Error::Database(_) => BackupProblem::Damaged,
        other => return other,
    };
    refused(from, problem)
}

fn copy_into(from: &Path, target: &Path, step: Step<'_>) -> Result<(String, u64)> {
    create_private_file(target)?;
    let mut out = fs::OpenOptions::new().write(true).open(target).map_err(|e| file_error(target, &e))?;
    copy_hashed(from, &mut out, target.parent().and_then(Path::parent).unwrap_or(target), step)
}

/// Refuses what cannot be a whole file of ours before anything of it is copied.
fn check_header(from: &Path, length: u64, has_log: bool) -> Result<()> {
    let mut header = Vec::new();
    let unreadable = |e: std::io::Error| file_error(from, &e);
    fs::File::open(from).map_err(unreadable)?.take(100).read_to_end(&mut header).map_err(unreadable)?;
    let number = |at: usize| header.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_be_bytes);
    if header.len() < 100 || !header.starts_with(b"SQLite format 3\0") || i64::from(number(68)) != APPLICATION_ID {
        return Err(refused(from, BackupProblem::Foreign));
    }
    let page = match number(16) >> 16 {
        1 => 65_536,
        size => u64::from(size),
    };
    let fits = page.is_power_of_two() && page >= 512 && u64::from(number(28)) * page == length;
    if fits || has_log { Ok(()) } else { Err(refused(from, BackupProblem::Damaged)) }
}

/// Whether two paths lead to one file: links are followed, hard ones too.
fn is_same_file(one: &Path, other: &Path) -> bool {
    let (Ok(one), Ok(other)) = (fs::canonicalize(one), fs::canonicalize(other)) else { return false };
    #[cfg(unix)]
    if let (Ok(one), Ok(other)) = (fs::metadata(&one), fs::metadata(&other)) {
        use std::os::unix::fs::MetadataExt;
        return (one.dev(), one.ino()) == (other.dev(), other.ino());
    }
    one == other
}

/// Writes the staged data over the live file in one transaction, while other processes have it open: they see the old data or the new.
///
/// `last` runs when the live file is locked, so that nothing it reads there (`None` where nothing can be read) moves any more; what it writes into
/// the staged data comes along. `step` is told once the lock is held; from then on nothing stops it. `sound` = SQLite can read the live file.
pub fn write_over(
    staged: &mut Database,
    live: &Path,
    sound: bool,
    step: Step<'_>,
    last: impl FnOnce(&Connection, Option<&Connection>) -> Result<()>,
) -> Result<()> {
    if live.exists() {
        return write_over_existing(staged, live, sound, step, last).map_err(|e| named(live, e));
    }
    // Put together beside the staged data: under its name it is whole, whatever happens meanwhile.
    let fresh = staged.path().with_file_name("restored.db");
    create_private_file(&fresh)?;
    write_new(staged, &fresh, step, last).map_err(|e| named(live, e))?;
    let failed = |e: &std::io::Error| file_error(live, e);
    fs::File::open(&fresh).and_then(|file| file.sync_all()).map_err(|e| failed(&e))?;
    let fresh = tempfile::TempPath::try_from_path(fresh).map_err(|e| failed(&e))?;
    fresh.persist_noclobber(live).map_err(|e| failed(&e.error))?;
    super::backup::sync_folder(super::folder_of(live))
}

/// Writes the staged data into a file that nobody has yet.
fn write_new(staged: &mut Database, fresh: &Path, step: Step<'_>, last: impl FnOnce(&Connection, Option<&Connection>) -> Result<()>) -> Result<()> {
    let target = open_target(fresh)?;
    copy_staged(staged, target, None, step, last)
}

fn open_target(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let target = Connection::open_with_flags(path, flags).map_err(|e| at_path(path, e))?;
    target.busy_timeout(Duration::from_secs(5))?;
    Ok(target)
}

fn write_over_existing(
    staged: &mut Database,
    live: &Path,
    sound: bool,
    step: Step<'_>,
    last: impl FnOnce(&Connection, Option<&Connection>) -> Result<()>,
) -> Result<()> {
    let target = open_target(live)?;
    if !sound {
        empty(&target)?;
    }
    let present = if sound { Some(open_copy(live)?) } else { None };
    if sound {
        let page: i64 = one(&target, "PRAGMA page_size", [], |row| row.get(0))?;
        same_page_size(staged, page)?;
    }
    copy_staged(staged, target, present, step, last)
}

fn copy_staged(
    staged: &Database,
    mut target: Connection,
    present: Option<Connection>,
    step: Step<'_>,
    last: impl FnOnce(&Connection, Option<&Connection>) -> Result<()>,
) -> Result<()> {
    // Only now: of a damaged file not even this can be asked before it was emptied.
    target.pragma_update(None, "synchronous", "FULL")?;
    let backup = rusqlite::backup::Backup::new(&staged.connection, &mut target)?;
    let began = Instant::now();
    // No page yet, but the lock.
    while backup.step(0)? != StepResult::More {
        if began.elapsed() > Duration::from_secs(30) {
            return Err(Error::Busy);
        }
    }
    let transaction = staged.connection.unchecked_transaction()?;
    last(&transaction, present.as_ref())?;
    transaction.commit()?;
    if !step(0, 1) {
        return Err(Error::Cancelled);
    }
    // All pages in one step: the commit is inside it.
    match backup.step(-1)? {
        StepResult::Done => {}
        _ => return Err(Error::Busy),
    }
    drop(backup);
    drop(present);
    // The log is as long as the data now. Where others still read, they will shorten it.
    let _ = target.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    Ok(())
}

/// Makes a file that SQLite cannot read an empty database, under SQLite's own locks.
fn empty(target: &Connection) -> Result<()> {
    target.set_db_config(DbConfig::SQLITE_DBCONFIG_RESET_DATABASE, true)?;
    let emptied = target.execute_batch("VACUUM");
    target.set_db_config(DbConfig::SQLITE_DBCONFIG_RESET_DATABASE, false)?;
    Ok(emptied?)
}

/// A file in use keeps its page size: the staged one takes it.
fn same_page_size(staged: &Database, page: i64) -> Result<()> {
    let own: i64 = one(&staged.connection, "PRAGMA page_size", [], |row| row.get(0))?;
    if own != page {
        staged.connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
        staged.connection.pragma_update(None, "page_size", page)?;
        staged.connection.execute_batch("VACUUM")?;
    }
    Ok(())
}
