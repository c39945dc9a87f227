//! Brings a data file to this program's schema: append-only migrations, each all or nothing, a snapshot before any of an existing file.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

use refinery::{Migration, Runner, Target};
use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};

use super::backup::{WORK, clear_leftovers, sync_folder};
use super::{at_path, create_private_file, file_error, folder_of, problem, rows};
use crate::models::error::FileProblem;
use crate::models::{Error, Result};

mod embedded {
    refinery::embed_migrations!("migrations");
}

/// The schema version this program makes.
pub fn latest_version() -> i64 {
    version_of(&embedded::migrations::runner())
}

/// The schema version of a file; 0 where it has none yet.
pub fn version(connection: &Connection) -> Result<i64> {
    let known = rows(connection, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'refinery_schema_history'", [], |_| Ok(()))?;
    if known.is_empty() {
        return Ok(0);
    }
    super::one(connection, "SELECT COALESCE(MAX(version), 0) FROM refinery_schema_history", [], |row| row.get(0))
}

/// Refuses a file whose migration history is not one we wrote, or newer than this program.
/// refinery itself would panic on a hostile history (reliability, trap 1).
pub fn check_history(connection: &Connection, path: &Path) -> Result<()> {
    let foreign = || problem(path, FileProblem::Foreign);
    let tables: i64 = super::one(connection, "SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables == 0 {
        return Ok(());
    }
    let sql = "SELECT version, name, applied_on, checksum FROM refinery_schema_history ORDER BY version";
    let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?));
    let history = rows(connection, sql, [], read).map_err(|e| if e == Error::Busy { e } else { foreign() })?;
    let runner = embedded::migrations::runner();
    let ours = runner.get_migrations();
    let well_formed = history.iter().enumerate().all(|(at, (version, _, applied_on, checksum))| {
        // Migrations beyond ours are a newer program's.
        let known = ours.get(at).is_none_or(|migration| migration.checksum().to_string() == *checksum);
        *version == at as i64 + 1 && chrono::DateTime::parse_from_rfc3339(applied_on).is_ok() && checksum.parse::<u64>().is_ok() && known
    });
    if !well_formed {
        return Err(foreign());
    }
    if history.len() as i64 > latest_version() {
        return Err(problem(path, FileProblem::Newer));
    }
    Ok(())
}

/// Triggers and views with their text.
type Programs = Vec<(String, String)>;

fn programs(connection: &Connection) -> Result<Programs> {
    let sql = "SELECT name, COALESCE(sql, '') FROM sqlite_schema WHERE type IN ('trigger', 'view') ORDER BY name";
    rows(connection, sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// What our migrations make of an empty file.
static OURS: LazyLock<Result<Programs>> = LazyLock::new(|| {
    let mut fresh = Connection::open_in_memory()?;
    embedded::migrations::runner().run(&mut fresh).map_err(|error| Error::Database(error.to_string()))?;
    programs(&fresh)
});

/// Refuses a file of this version with triggers or views that are not ours (reliability R8).
pub fn check_programs(connection: &Connection, path: &Path) -> Result<()> {
    if version(connection)? == latest_version() && programs(connection)? != OURS.clone()? {
        return Err(problem(path, FileProblem::Foreign));
    }
    Ok(())
}

/// A file's whole schema: kind, name, table, text of each table, index, trigger and view.
type Schema = Vec<(String, String, String, String)>;

fn schema(connection: &Connection) -> Result<Schema> {
    // The tables inside a search index are made by SQLite, whose next version may word them otherwise; its statistics come and go.
    let sql = "SELECT type, name, tbl_name, CASE WHEN type = 'table' AND name GLOB '*_search_*' THEN '' ELSE COALESCE(sql, '') END
               FROM sqlite_schema WHERE name NOT GLOB 'sqlite_stat*' ORDER BY type, name";
    rows(connection, sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
}

/// Whether the schema is exactly what our migrations make of its version. The history must have been checked.
pub fn has_our_schema(connection: &Connection) -> Result<bool> {
    let Ok(version) = i32::try_from(version(connection)?) else { return Ok(false) };
    let mut fresh = Connection::open_in_memory()?;
    embedded::migrations::runner().set_target(Target::Version(version)).run(&mut fresh).map_err(|error| Error::Database(error.to_string()))?;
    // Counted first: a stranger may have millions.
    let count =
        |c: &Connection| super::one(c, "SELECT COUNT(*) FROM sqlite_schema WHERE name NOT GLOB 'sqlite_stat*'", [], |row| row.get::<_, i64>(0));
    Ok(count(connection)? == count(&fresh)? && schema(connection)? == schema(&fresh)?)
}

/// Runs the missing migrations in one transaction; foreign keys are off meanwhile and checked after.
pub fn run(connection: &mut Connection, path: &Path) -> Result<()> {
    run_all(connection, path, embedded::migrations::runner().get_migrations())
}

/// As [`run`], with the given migrations: the tests bring their own.
pub fn run_all(connection: &mut Connection, path: &Path, migrations: &[Migration]) -> Result<()> {
    let runner = Runner::new(migrations).set_grouped(true);
    let wanted = version_of(&runner);
    let present = version(connection).map_err(|e| named(path, e))?;
    if present >= wanted {
        return Ok(());
    }
    let mut snapshot = None;
    if present > 0 {
        snapshot = Some(keep_aside(connection, path, present)?);
    }
    connection.pragma_update(None, "foreign_keys", "OFF")?;
    let outcome = runner.run(connection);
    if let Err(error) = outcome {
        // Another process may have brought the file here meanwhile.
        if version(connection)? < wanted {
            // The file is as it was: a copy for each attempt would fill the disk.
            if let Some(copy) = &snapshot {
                let _ = std::fs::remove_file(copy);
            }
            return Err(of_refinery(error));
        }
    }
    let broken = rows(connection, "PRAGMA foreign_key_check", [], |row| row.get::<_, String>(0))?;
    if let Some(table) = broken.first() {
        // refinery has committed by now: the state before comes back from the snapshot.
        if let Some(copy) = &snapshot {
            put_back(connection, copy)?;
        }
        return Err(Error::Database(format!("foreign_key_check: {table}")));
    }
    connection.pragma_update(None, "foreign_keys", "ON")?;
    Ok(())
}

/// A snapshot of the file beside it. It is put together elsewhere: under its name it is whole, whatever happens meanwhile.
fn keep_aside(connection: &Connection, path: &Path, present: i64) -> Result<PathBuf> {
    let folder = folder_of(path);
    clear_leftovers(folder);
    let failed = |e: &std::io::Error| file_error(folder, e);
    let work = tempfile::Builder::new().prefix(WORK).tempdir_in(folder).map_err(|e| failed(&e))?;
    let copy = work.path().join("snapshot.db");
    // Empty and private first: SQLite fills it without changing who may read it.
    create_private_file(&copy)?;
    // SQLite takes names in UTF-8 alone; another one would be a different file.
    let name = copy.to_str().ok_or_else(|| file_error(folder, &std::io::ErrorKind::InvalidFilename.into()))?;
    connection.execute("VACUUM INTO ?1", [name]).map_err(|e| at_path(path, e))?;
    std::fs::File::open(&copy).and_then(|copy| copy.sync_all()).map_err(|e| failed(&e))?;
    let snapshot = snapshot_path(path, present);
    std::fs::rename(&copy, &snapshot).map_err(|e| failed(&e))?;
    match sync_folder(folder) {
        Ok(()) => Ok(snapshot),
        Err(error) => {
            let _ = std::fs::remove_file(&snapshot);
            Err(error)
        }
    }
}

/// Writes the snapshot's content into the file through the backup API, in one step.
fn put_back(connection: &mut Connection, copy: &Path) -> Result<()> {
    let source = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    Backup::new(&source, connection)?.run_to_completion(i32::MAX, Duration::ZERO, None)?;
    Ok(())
}

/// SQLite's own error inside refinery's, where there is one.
fn of_refinery(error: refinery::Error) -> Error {
    if let refinery::error::Kind::Connection(_, source) = error.kind()
        && let Some(rusqlite::Error::SqliteFailure(failure, text)) = source.downcast_ref::<rusqlite::Error>()
    {
        return rusqlite::Error::SqliteFailure(*failure, text.clone()).into();
    }
    Error::Database(error.to_string())
}

fn named(path: &Path, error: Error) -> Error {
    match error {
        Error::Database(_) => problem(path, FileProblem::Damaged),
        other => other,
    }
}

fn version_of(runner: &Runner) -> i64 {
    runner.get_migrations().iter().map(|migration| i64::from(migration.version())).max().unwrap_or(0)
}

/// `crm_erp.db.v1` and so on; a number is added where the name is taken.
fn snapshot_path(path: &Path, present: i64) -> PathBuf {
    let base = format!("{}.v{present}", path.display());
    let mut candidate = PathBuf::from(&base);
    let mut number = 2;
    while candidate.exists() {
        candidate = PathBuf::from(format!("{base}_{number}"));
        number += 1;
    }
    candidate
}
