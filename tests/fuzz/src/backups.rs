//! Backups for the restore: a good one, what the bytes of a run make of it, and what data files hold.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use sha2::{Digest, Sha256};
use zhanggui::models::customer::CustomerInput;
use zhanggui::services::demo::DemoSize;
use zhanggui::services::{auth, backup, customers};

use crate::shop;

/// A backup, its manifest, and the data file that it is brought back to: the same with one customer more.
pub struct Files {
    pub backup: Vec<u8>,
    pub manifest: String,
    pub present: Vec<u8>,
}

pub static GOOD: LazyLock<Files> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("crm_erp.db");
    let mut desk = shop(&path, DemoSize { customers: 4, products: 4, orders: 8 });
    let made = backup::create(&mut desk, &folder.path().join("backups"), |_, _| true).expect("a backup");
    auth::act_as(&mut desk, "admin").expect("the administrator");
    customers::create(&mut desk, &CustomerInput { name: "后来的客户".into(), ..Default::default() }).expect("a customer");
    drop(desk);
    let read = |path: &Path| fs::read(path).expect("a file");
    let manifest = String::from_utf8(read(&made.path.with_extension("db.json"))).expect("a text");
    Files { backup: read(&made.path), manifest, present: read(&path) }
});

/// Writes a changed backup and its manifest. The lowest bits of `how` choose the change: single bytes, a run of bytes at the start of a page,
/// SQL, the manifest's text, the file's length, or a write-ahead log beside it. The manifest fits the changed file, unless bit 6 is set.
pub fn write_changed(path: &Path, how: u8, bytes: &[u8]) {
    let Files { backup, manifest, .. } = &*GOOD;
    let (mut file, mut manifest) = (backup.clone(), manifest.clone());
    let number = |bytes: &[u8]| bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte));
    let (place, rest) = bytes.split_at(bytes.len().min(2));
    match how % 8 {
        0 => bytes.chunks_exact(4).for_each(|edit| file[number(&edit[..3]) % backup.len()] = edit[3]),
        1 => {
            let at = number(place) % (backup.len() / 4096) * 4096;
            let end = backup.len().min(at + rest.len());
            file[at..end].copy_from_slice(&rest[..end - at]);
        }
        2 | 3 => file = with_sql(path, bytes),
        4 => manifest = String::from_utf8_lossy(bytes).into_owned(),
        5 => {
            file.truncate(number(place) * 64);
            file.extend(rest);
        }
        6 => fs::write(path.with_extension("db-wal"), bytes).expect("a log"),
        _ => {}
    }
    if how & 64 == 0 {
        let hash = |file: &[u8]| Sha256::digest(file).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        manifest =
            manifest.replace(&hash(backup), &hash(&file)).replace(&format!("\"bytes\": {}", backup.len()), &format!("\"bytes\": {}", file.len()));
    }
    fs::write(path, file).expect("a backup");
    fs::write(path.with_extension("db.json"), manifest).expect("a manifest");
}

/// The backup after these statements; those that fail change nothing. None reaches another file, none runs for long.
fn with_sql(path: &Path, sql: &[u8]) -> Vec<u8> {
    fs::write(path, &GOOD.backup).expect("a file");
    let mut file = Connection::open(path).expect("a data file");
    file.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF").expect("pragmas");
    file.progress_handler(200_000, Some(|| true)).expect("a handler");
    let elsewhere = |context: AuthContext<'_>| match context.action {
        AuthAction::Attach { filename } if !filename.is_empty() => Authorization::Deny,
        _ => Authorization::Allow,
    };
    file.authorizer(Some(elsewhere)).expect("an authorizer");
    for statement in String::from_utf8_lossy(sql).split('\n') {
        let _ = file.execute_batch(statement);
    }
    let _ = file.execute_batch("ROLLBACK");
    let _ = file.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
    drop(file);
    for ending in ["db-wal", "db-shm", "db-journal"] {
        let _ = fs::remove_file(path.with_extension(ending));
    }
    let changed = fs::read(path).expect("a file");
    fs::remove_file(path).expect("a file");
    changed
}

/// Every row that a restore must bring, table by table: all but the log, the counters (they keep the larger number), what the file knows of itself,
/// and the search index. `None` where they cannot be read. The file itself is not opened: that alone may change it.
pub fn rows(path: &Path) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().ok()?;
    let copy = folder.path().join("copy.db");
    fs::copy(path, &copy).ok()?;
    if path.with_extension("db-wal").exists() {
        fs::copy(path.with_extension("db-wal"), copy.with_extension("db-wal")).ok()?;
    }
    let file = Connection::open(copy).ok()?;
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '*_search*'
               AND name NOT IN ('system_logs', 'counters', 'file_state', 'refinery_schema_history') ORDER BY name";
    let mut names = file.prepare(sql).ok()?;
    let names: Vec<String> = names.query_map([], |row| row.get(0)).ok()?.collect::<rusqlite::Result<_>>().ok()?;
    let mut all = Vec::new();
    for name in names {
        let mut statement = file.prepare(&format!("SELECT * FROM \"{name}\"")).ok()?;
        let columns = statement.column_count();
        let mut rows = statement.query([]).ok()?;
        while let Some(row) = rows.next().ok()? {
            let values = (0..columns).map(|at| Some(format!("{:?}", row.get_ref(at).ok()?)));
            all.push(format!("{name} {}", values.collect::<Option<Vec<_>>>()?.join(" ")));
        }
    }
    all.sort();
    Some(all)
}
