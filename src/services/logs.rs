//! Reading the system log (spec 3.6, rulings §10). Rows are written by the commands themselves.

use super::desk::Desk;
use super::products::COST;
use crate::models::Result;
use crate::models::list::Page;
use crate::models::log::{LogFilter, LogPage, LogRow};
use crate::models::rights::Command;
use crate::repositories as repo;

/// One page of the log.
pub fn list(desk: &Desk, filter: &LogFilter, page: &LogPage) -> Result<Page<LogRow>> {
    desk.read(Command::ListLogs, |c, actor| {
        let (mut rows, total) = repo::logs::list(c, filter, page, actor.zone)?;
        if !actor.rights.sees_cost() {
            rows.iter_mut().for_each(|row| row.changes = row.changes.take().and_then(|changes| without_cost(&changes)));
        }
        Ok(Page { rows, total, page: page.page, page_size: page.page_size })
    })
}

/// The changes of a row without the cost, which this person may not see (rulings §8).
fn without_cost(changes: &str) -> Option<String> {
    let mut map: serde_json::Map<String, serde_json::Value> = serde_json::from_str(changes).ok()?;
    map.shift_remove(COST);
    (!map.is_empty()).then(|| serde_json::Value::Object(map).to_string())
}
