//! Reading the system log (spec 3.6, rulings §10). Rows are written by the commands themselves.

use super::customers::CREDIT_LIMIT;
use super::desk::Desk;
use super::products::COST;
use crate::models::list::{Page, Total};
use crate::models::log::{LogFilter, LogPage, LogRow};
use crate::models::rights::Command;
use crate::models::session::Actor;
use crate::models::{Result, Timestamp};
use crate::repositories as repo;

/// One page of the log, without the rows of orders, quotes and payments for who may not see amounts. A text is looked for in the last rows of the period only; since when, where that leaves older ones out.
pub fn list(desk: &Desk, filter: &LogFilter, page: &LogPage) -> Result<(Page<LogRow>, Option<Timestamp>)> {
    desk.read(Command::ListLogs, |c, actor| {
        let (mut rows, total) = repo::logs::list(c, filter, page, actor.zone, actor.sees_amounts())?;
        rows.iter_mut().for_each(|row| hide(row, actor));
        let since = repo::logs::searched_from(c, filter, actor.zone)?;
        Ok((Page::new(rows, Total::Exactly(total), page), since))
    })
}

/// Takes out of a row's changes what this person may not see (rulings §8): the cost, the credit limit. Rows that name amounts in their
/// description are not read for who may not see them.
pub(super) fn hide(row: &mut LogRow, actor: &Actor) {
    if !actor.rights.sees_cost() {
        row.changes = row.changes.take().and_then(|changes| without(&changes, COST));
    }
    if !actor.sees_amounts() {
        row.changes = row.changes.take().and_then(|changes| without(&changes, CREDIT_LIMIT));
    }
}

/// The changes of a row without one field.
fn without(changes: &str, field: &str) -> Option<String> {
    let mut map: serde_json::Map<String, serde_json::Value> = serde_json::from_str(changes).ok()?;
    map.shift_remove(field);
    (!map.is_empty()).then(|| serde_json::Value::Object(map).to_string())
}
