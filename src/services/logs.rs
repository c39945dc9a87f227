//! Reading the system log (spec 3.6, rulings §10). Rows are written by the commands themselves.

use super::desk::Desk;
use super::products::COST;
use crate::models::list::{Page, Total};
use crate::models::log::{LogFilter, LogPage, LogRow};
use crate::models::rights::Command;
use crate::models::session::Actor;
use crate::models::{Result, Timestamp};
use crate::repositories as repo;

/// One page of the log. A text is looked for in the last rows of the period only; since when, where that leaves older ones out.
pub fn list(desk: &Desk, filter: &LogFilter, page: &LogPage) -> Result<(Page<LogRow>, Option<Timestamp>)> {
    desk.read(Command::ListLogs, |c, actor| {
        let (mut rows, total) = repo::logs::list(c, filter, page, actor.zone)?;
        rows.iter_mut().for_each(|row| hide(row, actor));
        let since = repo::logs::searched_from(c, filter, actor.zone)?;
        Ok((Page::new(rows, Total::Exactly(total), page), since))
    })
}

/// Takes the cost out of a row's changes where this person may not see it (rulings §8).
pub(super) fn hide(row: &mut LogRow, actor: &Actor) {
    if !actor.rights.sees_cost() {
        row.changes = row.changes.take().and_then(|changes| without_cost(&changes));
    }
}

/// The changes of a row without the cost.
fn without_cost(changes: &str) -> Option<String> {
    let mut map: serde_json::Map<String, serde_json::Value> = serde_json::from_str(changes).ok()?;
    map.shift_remove(COST);
    (!map.is_empty()).then(|| serde_json::Value::Object(map).to_string())
}
