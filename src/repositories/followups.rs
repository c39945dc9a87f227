//! Rows of `customer_followups`. The customer's last follow-up is a rollup and written by `posting`.

use rusqlite::Row;

use super::search::{self, Index, Test};
use crate::database::{Conditions, Connection, Get, each, execute, maybe, one, params, rows};
use crate::models::export::{Sorted, Take};
use crate::models::followup::*;
use crate::models::{CustomerId, Day, FollowupId, Result, Timestamp, UserId, Zone};

const OPEN: &str = "f.next_followup_time IS NOT NULL AND f.next_done_at IS NULL";
const COLUMNS: &str = "f.id, f.customer_id, f.followup_time, f.content, f.result, f.next_followup_time, f.next_done_at, f.created_by, f.created_at,
    COALESCE(f.updated_at, f.created_at) AS updated_at, f.version, u.full_name AS created_by_name";

fn followup(row: &Row<'_>) -> rusqlite::Result<Followup> {
    Ok(Followup {
        id: row.col("id")?,
        customer: row.col("customer_id")?,
        input: FollowupInput {
            at: row.col("followup_time")?,
            content: row.col("content")?,
            result: row.col("result")?,
            next: row.col("next_followup_time")?,
        },
        next_done_at: row.col("next_done_at")?,
        created_by: row.col("created_by")?,
        created_by_name: row.col("created_by_name")?,
        created_at: row.col("created_at")?,
        updated_at: row.col("updated_at")?,
        version: row.col("version")?,
    })
}

/// The follow-up; with `own`, only of a customer this person reaches.
pub fn get(c: &Connection, id: FollowupId, own: Option<UserId>) -> Result<Option<Followup>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM customer_followups f JOIN users u ON u.id = f.created_by JOIN customers c ON c.id = f.customer_id
         WHERE f.id = ?1 AND (?2 IS NULL OR c.assigned_to = ?2 OR c.assigned_to IS NULL)"
    );
    maybe(c, &sql, params![id, own], followup)
}

/// The newest follow-ups of a customer.
pub fn of_customer(c: &Connection, customer: CustomerId, limit: u32) -> Result<Vec<Followup>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM customer_followups f JOIN users u ON u.id = f.created_by WHERE f.customer_id = ?1
         ORDER BY f.followup_time DESC, f.id DESC LIMIT ?2"
    );
    rows(c, &sql, params![customer, limit], followup)
}

/// How many follow-ups a customer has.
pub fn count_of_customer(c: &Connection, customer: CustomerId) -> Result<i64> {
    one(c, "SELECT COUNT(*) FROM customer_followups WHERE customer_id = ?1", params![customer], |row| row.get(0))
}

/// The moments that divide overdue, today and this week.
#[derive(Clone, Copy)]
pub struct Moments {
    today: Timestamp,
    tomorrow: Timestamp,
    next_week: Timestamp,
}

impl Moments {
    pub fn of(today: Day, zone: Zone) -> Moments {
        Moments { today: today.start(zone), tomorrow: today.plus_days(1).start(zone), next_week: end_of_week(today).plus_days(1).start(zone) }
    }
}

fn conditions(filter: &FollowupFilter, moments: Moments, own: Option<UserId>) -> Conditions {
    let mut conditions = Conditions::default();
    conditions.add_some("(c.assigned_to = ? OR c.assigned_to IS NULL)", own);
    conditions.add_some("COALESCE(c.assigned_to, f.created_by) = ?", filter.person);
    conditions.add_some("f.customer_id = ?", filter.customer);
    match filter.due {
        Due::All => {}
        Due::Overdue => conditions.add(&format!("{OPEN} AND f.next_followup_time < ?"), [Box::new(moments.today)]),
        Due::Today => between(&mut conditions, moments.today, moments.tomorrow),
        Due::Week => between(&mut conditions, moments.today, moments.next_week),
    }
    search::add_condition(&mut conditions, Index::Customers, "f.customer_id", &filter.search, Test::Listed);
    conditions
}

fn between(conditions: &mut Conditions, from: Timestamp, to: Timestamp) {
    conditions.add(&format!("{OPEN} AND f.next_followup_time >= ? AND f.next_followup_time < ?"), [Box::new(from), Box::new(to)]);
}

fn select(conditions: &Conditions, sort: FollowupSort, descending: bool) -> String {
    let column = match sort {
        FollowupSort::Next => "f.next_followup_time",
        FollowupSort::Time => "f.followup_time",
        FollowupSort::Customer => "c.name",
    };
    let direction = if descending { "DESC" } else { "ASC" };
    format!(
        "SELECT {COLUMNS}, c.name AS customer_name, c.customer_level, c.contact_person, c.phone, COALESCE(c.assigned_to, f.created_by) AS responsible,
                r.full_name AS responsible_name
         FROM customer_followups f JOIN customers c ON c.id = f.customer_id JOIN users u ON u.id = f.created_by
         JOIN users r ON r.id = COALESCE(c.assigned_to, f.created_by) {} ORDER BY {column} {direction}, f.id {direction}",
        conditions.to_sql()
    )
}

fn followup_row(row: &Row<'_>) -> rusqlite::Result<FollowupRow> {
    Ok(FollowupRow {
        followup: followup(row)?,
        customer_name: row.col("customer_name")?,
        level: row.col("customer_level")?,
        contact_person: row.col("contact_person")?,
        phone: row.col("phone")?,
        responsible: row.col("responsible")?,
        responsible_name: row.col("responsible_name")?,
    })
}

/// One page of follow-ups with their customers.
pub fn list(c: &Connection, filter: &FollowupFilter, page: &FollowupPage, moments: Moments, own: Option<UserId>) -> Result<Vec<FollowupRow>> {
    let conditions = conditions(filter, moments, own);
    let sql = format!("{} LIMIT ? OFFSET ?", select(&conditions, page.sort, page.descending));
    rows(c, &sql, conditions.params(&[&page.limit(), &page.offset()]), followup_row)
}

/// Every follow-up of a filter.
pub fn each_followup(
    c: &Connection,
    filter: &FollowupFilter,
    sort: Sorted<FollowupSort>,
    moments: Moments,
    own: Option<UserId>,
    take: Take<'_, FollowupRow>,
) -> Result<()> {
    let conditions = conditions(filter, moments, own);
    each(c, &select(&conditions, sort.0, sort.1), conditions.params(&[]), followup_row, take)
}

/// Counts by due under the filter's other conditions.
pub fn counts(c: &Connection, filter: &FollowupFilter, moments: Moments, own: Option<UserId>) -> Result<DueCounts> {
    let conditions = conditions(&FollowupFilter { due: Due::All, ..filter.clone() }, moments, own);
    let sql = format!(
        "SELECT COUNT(*) AS everything,
                COUNT(*) FILTER (WHERE {OPEN} AND f.next_followup_time < ?) AS overdue,
                COUNT(*) FILTER (WHERE {OPEN} AND f.next_followup_time >= ? AND f.next_followup_time < ?) AS today,
                COUNT(*) FILTER (WHERE {OPEN} AND f.next_followup_time >= ? AND f.next_followup_time < ?) AS week
         FROM customer_followups f JOIN customers c ON c.id = f.customer_id {}",
        conditions.to_sql()
    );
    let m = moments;
    one(c, &sql, conditions.params_between(&[&m.today, &m.today, &m.tomorrow, &m.today, &m.next_week], &[]), |row| {
        Ok(DueCounts { overdue: row.col("overdue")?, today: row.col("today")?, week: row.col("week")?, all: row.col("everything")? })
    })
}

/// How many open plans of a person lie before two moments: tomorrow's, and today's first.
pub fn count_due(c: &Connection, person: UserId, moments: Moments, own: Option<UserId>) -> Result<(i64, i64)> {
    let sql = format!(
        "SELECT COUNT(*) AS due, COUNT(*) FILTER (WHERE f.next_followup_time < ?3) AS overdue
         FROM customer_followups f JOIN customers c ON c.id = f.customer_id
         WHERE {OPEN} AND f.next_followup_time < ?2 AND COALESCE(c.assigned_to, f.created_by) = ?1
           AND (?4 IS NULL OR c.assigned_to = ?4 OR c.assigned_to IS NULL)"
    );
    one(c, &sql, params![person, moments.tomorrow, moments.today, own], |row| Ok((row.col("due")?, row.col("overdue")?)))
}

/// A person's open plans before tomorrow, the oldest first. Those of today are there however many are older: their time is still told.
pub fn due(c: &Connection, person: UserId, moments: Moments, own: Option<UserId>) -> Result<Vec<FollowupRow>> {
    let overdue = FollowupFilter { due: Due::Overdue, person: Some(person), ..Default::default() };
    let today = FollowupFilter { due: Due::Today, ..overdue.clone() };
    let page = FollowupPage { page_size: Reminders::MOST as u32, ..FollowupPage::first(FollowupSort::Next, false) };
    let mut found = list(c, &overdue, &page, moments, own)?;
    found.extend(list(c, &today, &page, moments, own)?);
    Ok(found)
}

pub fn insert(c: &Connection, customer: CustomerId, input: &FollowupInput, by: UserId, now: Timestamp) -> Result<FollowupId> {
    let sql = "INSERT INTO customer_followups (customer_id, followup_time, content, result, next_followup_time, created_by, created_at, updated_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7) RETURNING id";
    one(c, sql, params![customer, input.at, input.content, input.result, input.next, by, now], |row| row.get(0))
}

/// Overwrites a follow-up; `done_at` is the end of its plan, none while it is open.
pub fn update(c: &Connection, id: FollowupId, input: &FollowupInput, done_at: Option<Timestamp>, now: Timestamp) -> Result<()> {
    let sql = "UPDATE customer_followups SET followup_time = ?2, content = ?3, result = ?4, next_followup_time = ?5, next_done_at = ?6,
                   updated_at = ?7, version = version + 1 WHERE id = ?1";
    execute(c, sql, params![id, input.at, input.content, input.result, input.next, done_at, now])?;
    Ok(())
}

pub fn delete(c: &Connection, id: FollowupId) -> Result<()> {
    execute(c, "DELETE FROM customer_followups WHERE id = ?1", params![id])?;
    Ok(())
}

/// Ends what is still planned with a customer, `except` one follow-up.
pub fn close_plans(c: &Connection, customer: CustomerId, except: Option<FollowupId>, now: Timestamp) -> Result<()> {
    let sql = "UPDATE customer_followups SET next_done_at = ?3, version = version + 1
               WHERE customer_id = ?1 AND next_followup_time IS NOT NULL AND next_done_at IS NULL AND (?2 IS NULL OR id <> ?2)";
    execute(c, sql, params![customer, except, now])?;
    Ok(())
}

/// The customer's newest follow-up, by when it was recorded.
pub fn newest(c: &Connection, customer: CustomerId) -> Result<Option<FollowupId>> {
    maybe(c, "SELECT id FROM customer_followups WHERE customer_id = ?1 ORDER BY id DESC LIMIT 1", params![customer], |row| row.col("id"))
}
