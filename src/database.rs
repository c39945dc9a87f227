//! The data file: opening, pragmas, migration, the write transaction, the revision, and the few words repositories speak.
//!
//! Knows nothing of customers or orders. Everything that is SQLite's own way stands here or in `search`.

pub mod backup;
pub mod finding;
pub mod migrate;
pub mod pictures;
pub mod restore;
pub mod shares;
mod values;

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{OpenFlags, Row, ToSql, Transaction, TransactionBehavior};

use crate::models::error::{FileProblem, FileReason};
use crate::models::{Error, Result};

pub use rusqlite::Connection;
pub use rusqlite::params;
pub use values::{Get, InOrder, money_sum, picture};

/// `ZGUI` in ASCII, the file's `application_id` (rulings §2).
pub const APPLICATION_ID: i64 = 0x5A47_5549;

/// MiB of pages that the window keeps in memory, and each read beside it.
pub const WINDOW_MIB: u32 = 8;

/// How long to wait for another process's write lock (rulings §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// 50 ms: the window tries again on a later frame.
    Window,
    /// 30 s: jobs and headless commands.
    Job,
}

impl Wait {
    fn duration(self) -> Duration {
        match self {
            Wait::Window => Duration::from_millis(50),
            Wait::Job => Duration::from_secs(30),
        }
    }

    /// Pages kept in memory, as `PRAGMA cache_size` takes it: negative is KiB. An import writes tens of megabytes in one transaction; what does
    /// not fit goes to the disk and comes back again and again.
    fn cache_size(self) -> i64 {
        match self {
            Wait::Window => -i64::from(WINDOW_MIB) << 10,
            Wait::Job => -64 << 10,
        }
    }
}

/// When this moves, what was read may be old: own commits and those of other processes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    own: u64,
    others: i64,
}

/// One connection to the data file.
#[derive(Debug)]
pub struct Database {
    connection: Connection,
    path: PathBuf,
    commits: Cell<u64>,
}

impl Database {
    /// Opens an existing data file and brings it to this version's schema.
    /// 5001 with the problem where the file is missing, foreign, damaged, newer or read-only; it is left as it is.
    /// 5002 where the disk fails.
    pub fn open(path: &Path, wait: Wait) -> Result<Database> {
        if !path.is_file() {
            return Err(problem(path, FileProblem::Missing));
        }
        refuse_share(path)?;
        Database::open_existing(path, wait).map_err(|e| named(path, e))
    }

    fn open_existing(path: &Path, wait: Wait) -> Result<Database> {
        let mut database = Database::connect(path, wait)?;
        database.check_identity()?;
        if database.connection.is_readonly(rusqlite::MAIN_DB).map_err(|e| at_path(path, e))? {
            return Err(problem(path, FileProblem::ReadOnly));
        }
        migrate::run(&mut database.connection, path)?;
        database.set_pragmas()?;
        Ok(database)
    }

    /// Creates a new data file (0600) with this version's schema; 5001 where there already is a file, 5002 where the disk fails.
    /// It is put together elsewhere: under its name it is whole, whatever happens meanwhile.
    pub fn create(path: &Path, wait: Wait) -> Result<Database> {
        refuse_share(path)?;
        if path.exists() {
            return Err(problem(path, FileProblem::AlreadyThere));
        }
        let folder = folder_of(path);
        let failed = |e: &std::io::Error| file_error(folder, e);
        std::fs::create_dir_all(folder).map_err(|e| failed(&e))?;
        backup::clear_leftovers(folder);
        let work = tempfile::Builder::new().prefix(backup::WORK).tempdir_in(folder).map_err(|e| failed(&e))?;
        let fresh = work.path().join("new.db");
        create_private_file(&fresh)?;
        // Closed, it is one file.
        drop(Database::fill_new(&fresh, wait).map_err(|e| named(path, e))?);
        std::fs::File::open(&fresh).and_then(|file| file.sync_all()).map_err(|e| failed(&e))?;
        let fresh = tempfile::TempPath::try_from_path(fresh).map_err(|e| failed(&e))?;
        match fresh.persist_noclobber(path) {
            Ok(()) => {}
            Err(e) if e.error.kind() == std::io::ErrorKind::AlreadyExists => return Err(problem(path, FileProblem::AlreadyThere)),
            Err(e) => return Err(failed(&e.error)),
        }
        backup::sync_folder(folder)?;
        Database::open(path, wait)
    }

    fn fill_new(path: &Path, wait: Wait) -> Result<Database> {
        let mut database = Database::connect(path, wait)?;
        database.connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        migrate::run(&mut database.connection, path)?;
        database.set_pragmas()?;
        Ok(database)
    }

    /// Opens the data file, or creates it where there is none.
    pub fn open_or_create(path: &Path, wait: Wait) -> Result<Database> {
        if path.exists() { Database::open(path, wait) } else { Database::create(path, wait) }
    }

    fn connect(path: &Path, wait: Wait) -> Result<Database> {
        // No URI flag: a path that starts with `file:` is a plain name (reliability, trap 9).
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|e| at_path(path, e))?;
        connection.busy_timeout(wait.duration())?;
        connection.set_prepared_statement_cache_capacity(256);
        finding::install(&connection)?;
        let database = Database { connection, path: path.to_owned(), commits: Cell::new(0) };
        for (pragma, value) in [("trusted_schema", 0), ("cell_size_check", 1), ("mmap_size", 0), ("cache_size", wait.cache_size())] {
            database.connection.pragma_update(None, pragma, value).map_err(|e| at_path(path, e))?;
        }
        Ok(database)
    }

    /// Refuses what is not ours before anything is written or any of its schema is run.
    fn check_identity(&self) -> Result<()> {
        let id: i64 = self.connection.query_row("PRAGMA application_id", [], |row| row.get(0)).map_err(|e| at_path(&self.path, e))?;
        let tables: i64 =
            self.connection.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(|e| at_path(&self.path, e))?;
        match (id, tables) {
            (APPLICATION_ID, 0) => Ok(()),
            (APPLICATION_ID, _) => {
                migrate::check_history(&self.connection, &self.path)?;
                migrate::check_programs(&self.connection, &self.path)
            }
            (0, 0) => Err(problem(&self.path, FileProblem::NotADatabase)),
            _ => Err(problem(&self.path, FileProblem::Foreign)),
        }
    }

    fn set_pragmas(&self) -> Result<()> {
        let set = |pragma: &str, value: &str| self.connection.pragma_update(None, pragma, value);
        self.connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).map_err(|e| at_path(&self.path, e))?;
        set("synchronous", "FULL")?;
        set("foreign_keys", "ON")?;
        set("secure_delete", "ON")?;
        Ok(())
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps up to this many MiB of pages in memory from now on, for work that writes all over the file.
    /// 5002 where the file cannot be read.
    pub fn keep_in_memory(&self, mib: u32) -> Result<()> {
        self.connection.pragma_update(None, "cache_size", -i64::from(mib) << 10).map_err(|e| at_path(&self.path, e))
    }

    /// Runs `work` in one IMMEDIATE transaction and commits it; on an error nothing is kept.
    /// [`Error::Busy`] where another process held the lock for the whole wait, 5002 where the disk fails.
    pub fn write<T>(&mut self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.note(work)
    }

    /// As [`Database::write`], for who else only reads and leaves a row about that. Not inside a [`Database::read`].
    pub fn note<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let out = in_transaction(&self.connection, work).map_err(|e| named(&self.path, e))?;
        self.commits.set(self.commits.get() + 1);
        Ok(out)
    }

    /// Runs `work` on one consistent state of the file.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let transaction = self.connection.unchecked_transaction().map_err(|e| named(&self.path, e.into()))?;
        work(&transaction).map_err(|e| named(&self.path, e))
    }

    /// Counts own commits and other processes' (`PRAGMA data_version`).
    pub fn revision(&self) -> Revision {
        let others = self.connection.prepare_cached("PRAGMA data_version").and_then(|mut s| s.query_row([], |row| row.get(0)));
        Revision { own: self.commits.get(), others: others.unwrap_or(0) }
    }

    /// What `PRAGMA integrity_check` says, empty where it says ok. 5002 where the file cannot be read at all.
    pub fn integrity_problems(&self) -> Result<Vec<String>> {
        backup::integrity_problems(&self.connection)
    }
}

fn refuse_share(path: &Path) -> Result<()> {
    if shares::is_remote(path) { Err(problem(path, FileProblem::NetworkShare)) } else { Ok(()) }
}

fn in_transaction<T>(connection: &Connection, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let out = work(&transaction)?;
    transaction.commit()?;
    Ok(out)
}

/// A new file only its owner may read; it must not exist.
fn create_private_file(path: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| file_error(folder, &e))?;
    }
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Err(problem(path, FileProblem::AlreadyThere)),
        Err(e) => Err(file_error(path, &e)),
    }
}

/// A folder only its owner may read, and those it stands in.
fn create_private_folder(folder: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|e| file_error(folder, &e))
}

/// The folder a file stands in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn file_error(path: &Path, error: &std::io::Error) -> Error {
    Error::file(path, error)
}

/// Why SQLite did not read or write a file.
fn file_reason(error: &rusqlite::Error) -> FileReason {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => FileReason::Full,
        Some(ErrorCode::ReadOnly) => FileReason::ReadOnly,
        Some(ErrorCode::PermissionDenied) => FileReason::Denied,
        _ => FileReason::Other(error.to_string()),
    }
}

fn problem(path: &Path, problem: FileProblem) -> Error {
    Error::DataFile { path: path.display().to_string(), problem }
}

/// As `From<rusqlite::Error>`, but names the file where the file itself is the problem.
fn at_path(path: &Path, error: rusqlite::Error) -> Error {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => problem(path, FileProblem::NotADatabase),
        Some(ErrorCode::DatabaseCorrupt) => problem(path, FileProblem::Damaged),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => problem(path, FileProblem::ReadOnly),
        // SQLite keeps a log beside the file, so its folder must be writable too.
        Some(ErrorCode::CannotOpen) if is_read_only(folder_of(path)) => problem(path, FileProblem::ReadOnly),
        Some(ErrorCode::CannotOpen) => Error::file(path, file_reason(&error)),
        _ => error.into(),
    }
}

/// Whether nothing may be written into a folder.
fn is_read_only(folder: &Path) -> bool {
    use std::io::ErrorKind;
    tempfile::tempfile_in(folder).is_err_and(|e| matches!(e.kind(), ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied))
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        use rusqlite::ErrorCode;
        let read = [rusqlite::ffi::SQLITE_IOERR_READ, rusqlite::ffi::SQLITE_IOERR_SHORT_READ];
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy,
            Some(ErrorCode::ReadOnly) => Error::DataFile { path: String::new(), problem: FileProblem::ReadOnly },
            // What cannot be read may be damage; what cannot be written is the disk, full or failing. `named` says of which file.
            Some(ErrorCode::DiskFull) => Error::File { path: String::new(), reason: file_reason(&error) },
            Some(ErrorCode::SystemIoFailure) if error.sqlite_error().is_some_and(|error| !read.contains(&error.extended_code)) => {
                Error::File { path: String::new(), reason: file_reason(&error) }
            }
            _ => Error::Database(error.to_string()),
        }
    }
}

/// Names the file that could not be written, where the error does not.
fn named(path: &Path, error: Error) -> Error {
    match error {
        Error::File { path: unnamed, reason } if unnamed.is_empty() => Error::file(path, reason),
        Error::DataFile { path: unnamed, problem } if unnamed.is_empty() => self::problem(path, problem),
        named => named,
    }
}

/// All rows of a query.
pub fn rows<T>(c: &Connection, sql: &str, params: impl rusqlite::Params, read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>> {
    let mut statement = c.prepare_cached(sql)?;
    let found = statement.query_map(params, read)?.collect::<rusqlite::Result<Vec<T>>>()?;
    Ok(found)
}

/// Every row of a query, one after the other, without keeping them; `take` ends it by an error.
pub fn each<T>(
    c: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    take: &mut dyn FnMut(T) -> Result<()>,
) -> Result<()> {
    let mut statement = c.prepare_cached(sql)?;
    let mut found = statement.query(params)?;
    while let Some(row) = found.next()? {
        take(read(row)?)?;
    }
    Ok(())
}

/// The one row of a query; an error where there is none.
pub fn one<T>(c: &Connection, sql: &str, params: impl rusqlite::Params, read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>) -> Result<T> {
    Ok(c.prepare_cached(sql)?.query_row(params, read)?)
}

/// The first row of a query, if any.
pub fn maybe<T>(c: &Connection, sql: &str, params: impl rusqlite::Params, read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>) -> Result<Option<T>> {
    match c.prepare_cached(sql)?.query_row(params, read) {
        Ok(found) => Ok(Some(found)),
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Runs a statement; how many rows it changed.
pub fn execute(c: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<usize> {
    Ok(c.prepare_cached(sql)?.execute(params)?)
}

/// Parameters of a query whose conditions are put together at run time; every value is bound, never written into the text.
#[derive(Default)]
pub struct Conditions {
    clauses: Vec<String>,
    values: Vec<Box<dyn ToSql>>,
}

impl Conditions {
    /// Adds a condition whose `?` stand for the values in order.
    pub fn add<const N: usize>(&mut self, clause: &str, values: [Box<dyn ToSql>; N]) {
        self.clauses.push(clause.to_owned());
        self.values.extend(values);
    }

    /// As [`Conditions::add`], with as many values as there are.
    pub fn add_all(&mut self, clause: &str, values: Vec<Box<dyn ToSql>>) {
        self.clauses.push(clause.to_owned());
        self.values.extend(values);
    }

    /// Adds a condition with one value, where there is a value.
    pub fn add_some<V: ToSql + 'static>(&mut self, clause: &str, value: Option<V>) {
        if let Some(value) = value {
            self.add(clause, [Box::new(value)]);
        }
    }

    /// `WHERE …`, or nothing.
    pub fn to_sql(&self) -> String {
        if self.clauses.is_empty() { String::new() } else { format!("WHERE {}", self.clauses.join(" AND ")) }
    }

    /// The bound values, and further ones behind them.
    pub fn params<'a>(&'a self, further: &'a [&'a dyn ToSql]) -> impl rusqlite::Params + 'a {
        self.params_between(&[], further)
    }

    /// The bound values between others that stand before and behind them in the text.
    pub fn params_between<'a>(&'a self, before: &'a [&'a dyn ToSql], behind: &'a [&'a dyn ToSql]) -> impl rusqlite::Params + 'a {
        let own = self.values.iter().map(|value| &**value as &dyn ToSql);
        rusqlite::params_from_iter(before.iter().copied().chain(own).chain(behind.iter().copied()))
    }
}
