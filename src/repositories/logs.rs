//! Rows of `system_logs` and their chain: each row's hash covers the row before it (rulings §10).

use rusqlite::Row;
use sha2::{Digest, Sha256};

use super::config::{file_state, set_file_state};
use super::paging::Slice;
use crate::database::{Conditions, Connection, Get, each, execute, maybe, one, params, rows};
use crate::models::choice::Entity;
use crate::models::export::Take;
use crate::models::list::Total;
use crate::models::log::{LogFilter, LogPage, LogRow, NewLog};
use crate::models::{LogId, Result, Timestamp, Zone};

/// What the first row's chain starts from.
const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Where `file_state` keeps `id:hash` of the last row, so that a cut-off tail is found.
const HEAD: &str = "log_head";

/// Appends a row to the chain.
pub fn append(c: &Connection, new: &NewLog) -> Result<LogId> {
    let (last_id, last_hash) = head(c)?;
    let id = last_id + 1;
    let at = new.at.to_string();
    let (user, entity_id) = (new.user.map(|user| user.0), new.entity_id);
    let stored = Stored {
        id,
        user,
        action: new.action.as_str(),
        module: new.module.as_str(),
        description: &new.description,
        host: Some(&new.host),
        at: &at,
        entity: new.entity.map(|entity| entity.as_str()),
        entity_id,
        changes: new.changes.as_deref(),
    };
    let hash = stored.hash(&last_hash);
    let sql = "INSERT INTO system_logs (id, user_id, action, module, description, ip_address, created_at, entity_type, entity_id, changes, hash)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    execute(
        c,
        sql,
        params![id, user, stored.action, stored.module, stored.description, stored.host, stored.at, stored.entity, entity_id, stored.changes, hash],
    )?;
    set_file_state(c, HEAD, &format!("{id}:{hash}"))?;
    Ok(LogId(id))
}

/// Id and hash of the last row as the file remembers it.
pub fn head(c: &Connection) -> Result<(i64, String)> {
    let stored = file_state(c, HEAD)?;
    let parsed = stored.as_deref().and_then(|text| text.split_once(':')).and_then(|(id, hash)| Some((id.parse().ok()?, hash.to_owned())));
    Ok(parsed.unwrap_or((0, START.to_owned())))
}

/// The hash of a row; `None` where there is no such row.
pub fn hash_of(c: &Connection, id: LogId) -> Result<Option<String>> {
    maybe(c, "SELECT hash FROM system_logs WHERE id = ?1", params![id], |row| row.get(0))
}

/// The first row where the chain does not hold, if any: edited, deleted, swapped, or a tail cut off.
pub fn first_break(c: &Connection) -> Result<Option<i64>> {
    let sql =
        "SELECT id, user_id, action, module, description, ip_address, created_at, entity_type, entity_id, changes, hash FROM system_logs ORDER BY id";
    let mut statement = c.prepare(sql)?;
    let mut found = statement.query([])?;
    let (mut id, mut hash) = (0, START.to_owned());
    while let Some(row) = found.next()? {
        let stored = Stored {
            id: row.get(0)?,
            user: row.get(1)?,
            action: row.get_ref(2)?.as_str().unwrap_or_default(),
            module: row.get_ref(3)?.as_str().unwrap_or_default(),
            description: row.get_ref(4)?.as_str().unwrap_or_default(),
            host: row.get_ref(5)?.as_str_or_null().unwrap_or_default(),
            at: row.get_ref(6)?.as_str().unwrap_or_default(),
            entity: row.get_ref(7)?.as_str_or_null().unwrap_or_default(),
            entity_id: row.get(8)?,
            changes: row.get_ref(9)?.as_str_or_null().unwrap_or_default(),
        };
        let expected = stored.hash(&hash);
        if stored.id != id + 1 || row.get_ref(10)?.as_str().unwrap_or_default() != expected {
            return Ok(Some(stored.id));
        }
        (id, hash) = (stored.id, expected);
    }
    Ok((head(c)? != (id, hash)).then_some(id + 1))
}

/// A row as the chain sees it.
struct Stored<'a> {
    id: i64,
    user: Option<i64>,
    action: &'a str,
    module: &'a str,
    description: &'a str,
    host: Option<&'a str>,
    at: &'a str,
    entity: Option<&'a str>,
    entity_id: Option<i64>,
    changes: Option<&'a str>,
}

impl Stored<'_> {
    /// SHA-256 over the hash before and every column, each with its length, so that no two rows read alike.
    fn hash(&self, before: &str) -> String {
        let number = |n: Option<i64>| n.map(|n| n.to_string());
        let id = Some(self.id.to_string());
        let (user, entity_id) = (number(self.user), number(self.entity_id));
        let columns = [
            Some(before),
            id.as_deref(),
            user.as_deref(),
            Some(self.action),
            Some(self.module),
            Some(self.description),
            self.host,
            Some(self.at),
            self.entity,
            entity_id.as_deref(),
            self.changes,
        ];
        let mut digest = Sha256::new();
        for column in columns {
            match column {
                Some(text) => {
                    digest.update((text.len() as u64 + 1).to_le_bytes());
                    digest.update(text);
                }
                None => digest.update(0u64.to_le_bytes()),
            }
        }
        digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn log_row(row: &Row<'_>) -> rusqlite::Result<LogRow> {
    Ok(LogRow {
        id: row.col("id")?,
        user_name: row.col("user_name")?,
        action: row.col("action")?,
        module: row.col("module")?,
        description: row.col("description")?,
        host: row.col("ip_address")?,
        entity: row.col("entity_type")?,
        entity_id: row.col("entity_id")?,
        changes: row.col("changes")?,
        at: row.col("created_at")?,
    })
}

/// A text is looked for in so many rows: no index serves a part of a text, and a page must not wait for all of a large log.
pub const SEARCHED: i64 = 50_000;

/// The rows a search for a text goes through: the last ones of the period, by id.
struct Reach {
    after: i64,
    up_to: i64,
}

/// `None` where no text is looked for.
fn reach(c: &Connection, filter: &LogFilter, zone: Zone) -> Result<Option<Reach>> {
    if filter.text.trim().is_empty() {
        return Ok(None);
    }
    // Times follow the ids but where the clock was set back: the latest of a thousand.
    let sql = "SELECT MAX(id) FROM (SELECT id FROM system_logs WHERE created_at < ?1 ORDER BY created_at DESC LIMIT 1000)";
    let last = match filter.to {
        Some(day) => one(c, sql, params![day.plus_days(1).start(zone)], |row| row.get::<_, Option<i64>>(0))?.unwrap_or(0),
        None => one(c, "SELECT COALESCE(MAX(id), 0) FROM system_logs", [], |row| row.get(0))?,
    };
    Ok(Some(Reach { after: (last - SEARCHED).max(0), up_to: last }))
}

/// When the first row was written that a search for a text went through; `None` where it left nothing of the period out.
pub fn searched_from(c: &Connection, filter: &LogFilter, zone: Zone) -> Result<Option<Timestamp>> {
    let Some(Reach { after, .. }) = reach(c, filter, zone)?.filter(|reach| reach.after > 0) else { return Ok(None) };
    let at: Option<Timestamp> =
        maybe(c, "SELECT created_at FROM system_logs WHERE id > ?1 ORDER BY id LIMIT 1", params![after], |row| row.col("created_at"))?;
    Ok(at.filter(|at| filter.from.is_none_or(|day| day.start(zone) < *at)))
}

/// Which rows a filter leaves: the table as it is gone through, and the conditions. Without `amounts` those rows are left out that name some.
fn left(c: &Connection, filter: &LogFilter, zone: Zone, amounts: bool) -> Result<(&'static str, Conditions)> {
    let mut conditions = Conditions::default();
    if !amounts {
        conditions.add("(l.entity_type IS NULL OR l.entity_type NOT IN ('order', 'quote', 'payment', 'return'))", []);
    }
    conditions.add_some("l.user_id = ?", filter.user);
    conditions.add_some("l.action = ?", filter.action);
    conditions.add_some("l.module = ?", filter.module);
    if let Some((entity, id)) = filter.entity {
        conditions.add("l.entity_type = ? AND l.entity_id = ?", [Box::new(entity), Box::new(id)]);
    }
    conditions.add_some("l.entity_type = ?", filter.kind);
    conditions.add_some("l.created_at >= ?", filter.from.map(|day| day.start(zone)));
    conditions.add_some("l.created_at < ?", filter.to.map(|day| day.plus_days(1).start(zone)));
    let Some(Reach { after, up_to }) = reach(c, filter, zone)? else { return Ok(("system_logs l", conditions)) };
    conditions.add("l.id > ? AND l.id <= ?", [Box::new(after), Box::new(up_to)]);
    conditions.add("instr(lower(l.description), ?) > 0", [Box::new(filter.text.trim().to_ascii_lowercase())]);
    // By the range of ids and nothing else: it is what bounds the time.
    Ok(("system_logs l NOT INDEXED", conditions))
}

/// The columns of [`log_row`].
const COLUMNS: &str = "l.*, u.full_name AS user_name";

fn direction(descending: bool) -> &'static str {
    if descending { "DESC" } else { "ASC" }
}

/// One page of rows and how many there are.
pub fn list(c: &Connection, filter: &LogFilter, page: &LogPage, zone: Zone, amounts: bool) -> Result<(Vec<LogRow>, u64)> {
    let (table, conditions) = left(c, filter, zone, amounts)?;
    let total = count(c, filter, zone, amounts)?;
    let Slice { length, before, reversed } = Slice::of(page, Some(Total::Exactly(total)));
    let descending = page.descending != reversed;
    let ids = format!("SELECT l.id FROM {table} {} ORDER BY l.id {} LIMIT ? OFFSET ?", conditions.to_sql(), direction(descending));
    let sql = format!(
        "SELECT {COLUMNS} FROM ({ids}) page JOIN system_logs l ON l.id = page.id LEFT JOIN users u ON u.id = l.user_id ORDER BY l.id {}",
        direction(page.descending)
    );
    Ok((rows(c, &sql, conditions.params(&[&length, &before]), log_row)?, total))
}

/// How many rows a filter leaves.
pub fn count(c: &Connection, filter: &LogFilter, zone: Zone, amounts: bool) -> Result<u64> {
    let (table, conditions) = left(c, filter, zone, amounts)?;
    let count: i64 = one(c, &format!("SELECT COUNT(*) FROM {table} {}", conditions.to_sql()), conditions.params(&[]), |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// Every row of a filter.
pub fn each_row(c: &Connection, filter: &LogFilter, descending: bool, zone: Zone, amounts: bool, take: Take<'_, LogRow>) -> Result<()> {
    let (table, conditions) = left(c, filter, zone, amounts)?;
    let sql = format!(
        "SELECT {COLUMNS} FROM {table} LEFT JOIN users u ON u.id = l.user_id {} ORDER BY l.id {}",
        conditions.to_sql(),
        direction(descending)
    );
    each(c, &sql, conditions.params(&[]), log_row, take)
}

/// Who changed the latest record of a kind, and when.
pub fn last_change(c: &Connection, entity: Entity) -> Result<Option<(Option<String>, Timestamp)>> {
    let sql = "SELECT u.full_name, l.created_at FROM system_logs l LEFT JOIN users u ON u.id = l.user_id WHERE l.entity_type = ?1
               ORDER BY l.id DESC LIMIT 1";
    maybe(c, sql, params![entity], |row| Ok((row.col("full_name")?, row.col("created_at")?)))
}

/// Who changed a record last, by name, and when.
pub fn last_person(c: &Connection, entity: Entity, id: i64) -> Result<Option<(String, Timestamp)>> {
    let sql = "SELECT u.full_name, l.created_at FROM system_logs l JOIN users u ON u.id = l.user_id WHERE l.entity_type = ?1 AND l.entity_id = ?2 ORDER BY l.id DESC LIMIT 1";
    maybe(c, sql, params![entity, id], |row| Ok((row.col("full_name")?, row.col("created_at")?)))
}
