//! Files of a backup: a consistent copy of a live data file, its hash, putting it under its name, listing and removing.
//!
//! Knows neither rules nor manifests' content; `services::backup` verifies and says what stands in the manifest.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::backup::StepResult;
use rusqlite::{Connection, ErrorCode, OpenFlags, ffi};
use sha2::{Digest, Sha256};
use tempfile::{NamedTempFile, TempDir, TempPath};

use super::{Database, Wait, at_path, create_private_file, create_private_folder, file_error, file_reason, one, rows};
use crate::models::{Error, Result};

/// Told how much is done of how much; says whether to go on.
pub type Step<'a> = &'a mut dyn FnMut(usize, usize) -> bool;

/// Pages copied between two steps: 16 MB of pages of 4 KB.
const PAGES: i32 = 4096;

/// How a working folder's name begins; what a killed process left is removed a day later.
pub(super) const WORK: &str = ".zhanggui-";
const LEFT_BEHIND: Duration = Duration::from_secs(24 * 60 * 60);

/// A private folder inside the folder of backups, gone with everything in it when dropped: half files are never seen.
pub struct Work(TempDir);

impl Work {
    /// Makes the folder where it is missing; 5002 where nothing can be written there.
    pub fn begin(folder: &Path) -> Result<Work> {
        create_private_folder(folder)?;
        clear_leftovers(folder);
        let made = tempfile::Builder::new().prefix(WORK).tempdir_in(folder);
        made.map(Work).map_err(|e| file_error(folder, &e))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Where the copy of a data file is put together.
    pub fn copy(&self) -> PathBuf {
        self.0.path().join("copy.db")
    }
}

pub(super) fn clear_leftovers(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(WORK)) {
        let age = entry.metadata().and_then(|about| about.modified()).ok().and_then(|at| at.elapsed().ok());
        if age.is_some_and(|age| age > LEFT_BEHIND) {
            // What cannot be removed today is tried again tomorrow.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Copies one consistent state of a live file, whatever other processes write meanwhile; `target` must not exist (0600, durable, one file).
/// [`Error::Cancelled`] where `step` says so; 5002 where the target cannot be written.
pub fn copy(source: &Database, target: &Path, step: Step<'_>) -> Result<()> {
    // A state that is held cannot restart the copy under writes (reliability, trap 10).
    source.read(|held| {
        one(held, "SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
        copy_pages(held, target, PAGES, step)
    })
}

/// Copies a live file with whatever damage it has; where SQLite cannot read it at all, byte by byte.
pub fn copy_as_it_is(live: &Path, target: &Path, step: Step<'_>) -> Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let source = Connection::open_with_flags(live, flags).map_err(|e| at_path(live, e))?;
    source.busy_timeout(Duration::from_secs(30))?;
    // In one step: nothing is held that a damaged schema could refuse.
    match copy_pages(&source, target, i32::MAX, step) {
        Err(error @ (Error::Cancelled | Error::Busy | Error::File { .. })) => return Err(error),
        Err(_) => {}
        Ok(()) => return Ok(()),
    }
    drop(source);
    let _ = fs::remove_file(target);
    // Nobody holds a lock on what SQLite cannot open: reading it plainly takes none away (reliability, trap 4).
    let mut of = fs::File::open(live).map_err(|e| file_error(live, &e))?;
    create_private_file(target)?;
    let mut to = fs::OpenOptions::new().write(true).open(target).map_err(|e| file_error(target, &e))?;
    std::io::copy(&mut of, &mut to).and_then(|_| to.sync_all()).map_err(|e| file_error(target, &e))?;
    // The last transactions may stand in its log, which is worth keeping beside it.
    let log = with_ending(live, "-wal");
    if log.exists() {
        fs::copy(&log, with_ending(target, "-wal")).map_err(|e| file_error(&log, &e))?;
    }
    Ok(())
}

pub(super) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn copy_pages(source: &Connection, target: &Path, pages: i32, step: Step<'_>) -> Result<()> {
    create_private_file(target)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let written = |e: rusqlite::Error| target_error(target, e);
    let mut out = Connection::open_with_flags(target, flags).map_err(written)?;
    // The copy is thrown away as a whole where it does not come to its end.
    out.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;").map_err(written)?;
    let began = Instant::now();
    let unsynced = |e: std::io::Error| file_error(target, &e);
    let file = fs::File::open(target).map_err(unsynced)?;
    {
        let backup = rusqlite::backup::Backup::new(source, &mut out).map_err(written)?;
        loop {
            match backup.step(pages).map_err(written)? {
                StepResult::Done => break,
                // Piece by piece: a gigabyte that waits for the disk would keep everyone's commits waiting with it.
                StepResult::More => file.sync_data().map_err(unsynced)?,
                _ if began.elapsed() > Duration::from_secs(30) => return Err(Error::Busy),
                _ => {}
            }
            let progress = backup.progress();
            let of = usize::try_from(progress.pagecount).unwrap_or(0);
            if !step(of.saturating_sub(usize::try_from(progress.remaining).unwrap_or(0)), of) {
                return Err(Error::Cancelled);
            }
        }
    }
    drop(out);
    settle(target).map_err(written)?;
    file.sync_all().map_err(unsynced)
}

/// Makes a copied file one file: the live one's write-ahead log has nothing to do with it.
fn settle(target: &Path) -> rusqlite::Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let copy = Connection::open_with_flags(target, flags)?;
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))
}

/// Errors of writing speak of the target; those of reading, of the data file.
fn target_error(target: &Path, error: rusqlite::Error) -> Error {
    let read = [ffi::SQLITE_IOERR_READ, ffi::SQLITE_IOERR_SHORT_READ];
    let extended = error.sqlite_error().map_or(0, |error| error.extended_code);
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull | ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {}
        Some(ErrorCode::SystemIoFailure) if !read.contains(&extended) => {}
        _ => return error.into(),
    }
    // The working folder says nothing to a person: the folder of backups does.
    let folder = target.parent().and_then(Path::parent).unwrap_or(target);
    Error::file(folder, file_reason(&error))
}

/// Opens a copy for reading only; nothing in its schema is trusted.
pub fn open_copy(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|e| at_path(path, e))?;
    connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;").map_err(|e| at_path(path, e))?;
    Ok(connection)
}

/// What `PRAGMA integrity_check` says of a copy; empty where it says ok.
pub fn integrity_problems(connection: &Connection) -> Result<Vec<String>> {
    let found = rows(connection, "PRAGMA integrity_check(100)", [], |row| row.get::<_, String>(0))?;
    Ok(found.into_iter().filter(|line| line != "ok").collect())
}

/// SHA-256 of a file in hexadecimal digits, and its length.
pub fn hash(path: &Path, step: Step<'_>) -> Result<(String, u64)> {
    copy_hashed(path, &mut std::io::sink(), path, step)
}

/// Copies bytes and hashes them on the way; `target` names where they go in an error.
pub(super) fn copy_hashed(path: &Path, out: &mut dyn Write, target: &Path, step: Step<'_>) -> Result<(String, u64)> {
    let unreadable = |e: std::io::Error| file_error(path, &e);
    let mut file = fs::File::open(path).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    let mut digest = Sha256::new();
    let mut part = vec![0; 1 << 20];
    let (mut done, mut reads) = (0, 0_usize);
    loop {
        let read = file.read(&mut part).map_err(unreadable)?;
        if read == 0 {
            break;
        }
        let bytes = part.get(..read).unwrap_or_default();
        digest.update(bytes);
        out.write_all(bytes).map_err(|e| file_error(target, &e))?;
        done += read as u64;
        reads += 1;
        if reads.is_multiple_of(16) && !step(usize::try_from(done).unwrap_or(usize::MAX), usize::try_from(length).unwrap_or(usize::MAX)) {
            return Err(Error::Cancelled);
        }
    }
    Ok((hexadecimal(&digest.finalize()), done))
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `crm_erp_20260130.db.json` beside `crm_erp_20260130.db`.
pub fn manifest_path(backup: &Path) -> PathBuf {
    with_ending(backup, ".json")
}

/// Puts a finished copy and its manifest under the first free name `stem.db`, `stem_2.db` …; durable when it returns. Nothing is overwritten.
pub fn publish(work: &Work, folder: &Path, stem: &str, manifest: Option<&str>) -> Result<PathBuf> {
    let failed = |e: &std::io::Error| file_error(folder, e);
    let mut copy = TempPath::try_from_path(work.copy()).map_err(|e| failed(&e))?;
    let mut number = 1_u32;
    loop {
        let name = if number == 1 { format!("{stem}.db") } else { format!("{stem}_{number}.db") };
        let target = folder.join(name);
        let beside = manifest_path(&target);
        number += 1;
        if target.exists() || beside.exists() {
            continue;
        }
        // The manifest first: without its backup it is nothing, while a backup without it is one that cannot be trusted.
        if let Some(text) = manifest {
            let mut file = NamedTempFile::new_in(work.path()).map_err(|e| failed(&e))?;
            file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(|e| failed(&e))?;
            match file.persist_noclobber(&beside) {
                Ok(_) => {}
                Err(e) if e.error.kind() == std::io::ErrorKind::AlreadyExists => continue,
                Err(e) => return Err(failed(&e.error)),
            }
        }
        match copy.persist_noclobber(&target) {
            Ok(()) => {
                let log = with_ending(&work.copy(), "-wal");
                if log.exists() {
                    fs::rename(&log, with_ending(&target, "-wal")).map_err(|e| failed(&e))?;
                }
                sync_folder(folder)?;
                return Ok(target);
            }
            Err(e) => {
                if manifest.is_some() {
                    let _ = fs::remove_file(&beside);
                }
                if e.error.kind() != std::io::ErrorKind::AlreadyExists {
                    return Err(failed(&e.error));
                }
                copy = e.path;
            }
        }
    }
}

/// Makes names in a folder durable.
pub(super) fn sync_folder(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(|e| file_error(folder, &e))?;
    Ok(())
}

/// A file of a backup folder: path, length, and the text of its manifest where there is one.
pub struct Found {
    pub path: PathBuf,
    pub bytes: u64,
    pub manifest: Option<String>,
}

/// The `crm_erp_….db` files of a folder; none where there is no such folder yet.
pub fn list(folder: &Path, longest_manifest: u64) -> Result<Vec<Found>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(file_error(folder, &e)),
    };
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Ok(about) = entry.metadata() else { continue };
        if about.is_file() && name.starts_with("crm_erp_") && name.ends_with(".db") {
            let path = entry.path();
            found.push(Found { manifest: manifest(&path, longest_manifest), bytes: about.len(), path });
        }
    }
    Ok(found)
}

/// The text of a backup's manifest; `None` where there is none, or what is there is no text of this length.
pub fn manifest(backup: &Path, longest: u64) -> Option<String> {
    let path = manifest_path(backup);
    let about = fs::metadata(&path).ok()?;
    if !about.is_file() || about.len() > longest {
        return None;
    }
    let mut text = String::new();
    fs::File::open(&path).ok()?.take(longest).read_to_string(&mut text).ok()?;
    Some(text)
}

/// Removes a backup and its manifest.
pub fn remove(backup: &Path) -> Result<()> {
    for path in [backup.to_owned(), manifest_path(backup)] {
        match fs::remove_file(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(file_error(&path, &e)),
            _ => {}
        }
    }
    sync_folder(backup.parent().unwrap_or(Path::new(".")))
}

/// Whether a live file that is refused is nevertheless ours by its mark: damaged or planted, not another program's.
pub fn is_ours(live: &Path) -> bool {
    let id = Database::connect(live, Wait::Job).and_then(|live| one(&live.connection, "PRAGMA application_id", [], |row| row.get::<_, i64>(0)));
    id.is_ok_and(|id| id == super::APPLICATION_ID)
}
