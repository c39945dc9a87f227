//! Rows of `customers` and `customer_tags`.

use rusqlite::Row;

use super::paging::Slice;
use super::search::{self, Index, Test};
use crate::database::{Conditions, Connection, Get, each, execute, maybe, money_sum, one, params, rows};
use crate::models::customer::*;
use crate::models::export::{CustomerFigures, Days, Sorted, Take};
use crate::models::list::Total;
use crate::models::{CustomerId, Result, Timestamp, UserId};

const COLUMNS: &str = "c.id, c.code, c.name, c.contact_person, c.phone, c.email, c.address, c.industry, c.customer_level, c.assigned_to, c.tags,
    c.status, c.payment_term_days, c.credit_limit, c.outstanding, c.last_order_at, c.last_followup_at, c.created_at, c.updated_at, c.version,
    u.full_name AS owner_name";

fn customer(row: &Row<'_>) -> rusqlite::Result<Customer> {
    let tags: Option<String> = row.col("tags")?;
    Ok(Customer {
        id: row.col("id")?,
        input: CustomerInput {
            code: row.col("code")?,
            name: row.col("name")?,
            contact_person: row.col("contact_person")?,
            phone: row.col("phone")?,
            email: row.col("email")?,
            address: row.col("address")?,
            industry: row.col("industry")?,
            level: row.col("customer_level")?,
            assigned_to: row.col("assigned_to")?,
            tags: tags.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default(),
            status: row.col("status")?,
            payment_term_days: row.col("payment_term_days")?,
            credit_limit: row.col("credit_limit")?,
        },
        owner_name: row.col("owner_name")?,
        outstanding: Some(row.col("outstanding")?),
        last_order_at: row.col("last_order_at")?,
        last_followup_at: row.col("last_followup_at")?,
        created_at: row.col("created_at")?,
        updated_at: row.col("updated_at")?,
        version: row.col("version")?,
    })
}

fn customer_row(row: &Row<'_>) -> rusqlite::Result<CustomerRow> {
    Ok(CustomerRow {
        id: row.col("id")?,
        code: row.col("code")?,
        name: row.col("name")?,
        level: row.col("customer_level")?,
        contact_person: row.col("contact_person")?,
        phone: row.col("phone")?,
        owner_name: row.col("owner_name")?,
        status: row.col("status")?,
        last_followup_at: row.col("last_followup_at")?,
        last_order_at: row.col("last_order_at")?,
        outstanding: Some(row.col("outstanding")?),
    })
}

/// The customer; with `own`, only where it is this person's or nobody's.
pub fn get(c: &Connection, id: CustomerId, own: Option<UserId>) -> Result<Option<Customer>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM customers c LEFT JOIN users u ON u.id = c.assigned_to
         WHERE c.id = ?1 AND (?2 IS NULL OR c.assigned_to = ?2 OR c.assigned_to IS NULL)"
    );
    maybe(c, &sql, params![id, own], customer)
}

fn conditions(filter: &CustomerFilter, own: Option<UserId>, test: Test) -> Conditions {
    let mut conditions = Conditions::default();
    conditions.add_some("(c.assigned_to = ? OR c.assigned_to IS NULL)", own);
    conditions.add_some("c.customer_level = ?", filter.level);
    conditions.add_some("c.status = ?", filter.status);
    match filter.owner {
        Some(OwnerFilter::User(user)) => conditions.add_some("c.assigned_to = ?", Some(user)),
        Some(OwnerFilter::Unassigned) => conditions.add("c.assigned_to IS NULL", []),
        None => {}
    }
    conditions.add_some("c.id IN (SELECT customer_id FROM customer_tags WHERE tag = ?)", filter.tag.clone());
    search::add_condition(&mut conditions, Index::Customers, "c.id", &filter.search, test);
    conditions
}

fn order_by(sort: CustomerSort, descending: bool) -> String {
    let column = match sort {
        CustomerSort::Created => "c.created_at",
        CustomerSort::Name => "c.name",
        CustomerSort::Level => "CASE c.customer_level WHEN 'vip' THEN 2 WHEN 'important' THEN 1 ELSE 0 END",
        CustomerSort::LastFollowup => "c.last_followup_at",
        CustomerSort::LastOrder => "c.last_order_at",
        CustomerSort::Outstanding => "c.outstanding",
    };
    let direction = if descending { "DESC" } else { "ASC" };
    format!("ORDER BY {column} {direction}, c.id {direction}")
}

/// One page of customers; `total` is how many there are, where it is known.
pub fn list(c: &Connection, filter: &CustomerFilter, page: &CustomerPage, own: Option<UserId>, total: Option<Total>) -> Result<Vec<CustomerRow>> {
    let slice = Slice::of(page, total);
    search::page(Test::of_page(c, Index::Customers, &filter.search, slice, total)?, slice, |test| {
        let conditions = conditions(filter, own, test);
        let ids = test.ids("customers c", "c.id", &conditions, &order_by(page.sort, page.descending != slice.reversed));
        let sql = format!(
            "SELECT {COLUMNS} FROM ({ids}) page JOIN customers c ON c.id = page.id LEFT JOIN users u ON u.id = c.assigned_to {}",
            order_by(page.sort, page.descending)
        );
        rows(c, &sql, conditions.params(&[&slice.length, &slice.before]), customer_row)
    })
}

/// Every customer of a filter with the sums of his orders of these days that are not cancelled.
pub fn each_with_figures(
    c: &Connection,
    filter: &CustomerFilter,
    sort: Sorted<CustomerSort>,
    days: Days,
    own: Option<UserId>,
    take: Take<'_, CustomerFigures>,
) -> Result<()> {
    let conditions = conditions(filter, own, Test::Listed);
    let sql = format!(
        "SELECT {COLUMNS}, COALESCE(s.orders, 0) AS orders, s.ordered AS ordered, s.paid AS paid
         FROM customers c LEFT JOIN users u ON u.id = c.assigned_to
         LEFT JOIN (SELECT customer_id, COUNT(*) AS orders, SUM(CAST(ROUND(paid_amount * 100) AS INTEGER)) AS paid,
                        SUM(CAST(ROUND(total_amount * 100) AS INTEGER) - CAST(ROUND(returned_amount * 100) AS INTEGER)) AS ordered
                    FROM orders WHERE status <> 'cancelled' AND order_day >= ? AND order_day <= ? GROUP BY customer_id) s ON s.customer_id = c.id
         {} {}",
        conditions.to_sql(),
        order_by(sort.0, sort.1)
    );
    let read = |row: &Row<'_>| {
        let (ordered, paid) = (money_sum(row, "ordered")?, money_sum(row, "paid")?);
        Ok(CustomerFigures { customer: customer(row)?, orders: row.col("orders")?, amounts: (ordered, paid) })
    };
    each(c, &sql, conditions.params_between(&[&days.first(), &days.last()], &[]), read, take)
}

/// How many customers a filter leaves; see [`Total`].
pub fn total(c: &Connection, filter: &CustomerFilter, own: Option<UserId>) -> Result<Total> {
    let nothing_else = own.is_none() && *filter == CustomerFilter { search: filter.search.clone(), ..Default::default() };
    if nothing_else && let Some(found) = search::total(c, Index::Customers, &filter.search)? {
        return Ok(found);
    }
    count(c, filter, own).map(Total::Exactly)
}

/// How many customers a filter leaves, counted to the end.
pub fn count(c: &Connection, filter: &CustomerFilter, own: Option<UserId>) -> Result<u64> {
    let conditions = conditions(filter, own, Test::Listed);
    let count: i64 = one(c, &format!("SELECT COUNT(*) FROM customers c {}", conditions.to_sql()), conditions.params(&[]), |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// All tags in use among the customers one sees, by name.
pub fn tags(c: &Connection, own: Option<UserId>) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT t.tag FROM customer_tags t
               WHERE ?1 IS NULL OR t.customer_id IN (SELECT id FROM customers WHERE assigned_to = ?1 OR assigned_to IS NULL) ORDER BY t.tag";
    rows(c, sql, params![own], |row| row.col("tag"))
}

/// The customer with this external number.
pub fn by_code(c: &Connection, code: &str) -> Result<Option<CustomerId>> {
    maybe(c, "SELECT id FROM customers WHERE code = ?1", params![code], |row| row.col("id"))
}

/// The customer with this code, else the first with this name, an active one before the others; with `own`, only where this person reaches him.
pub fn find(c: &Connection, name: &str, own: Option<UserId>) -> Result<Option<CustomerId>> {
    // SQLite folds ASCII alone: the other letters are given in both cases.
    let sql = "SELECT id FROM customers WHERE (code = ?1 OR lower(name) IN (lower(?1), lower(?2), lower(?3)))
                   AND (?4 IS NULL OR assigned_to = ?4 OR assigned_to IS NULL)
               ORDER BY code IS ?1 DESC, status = 'inactive', id LIMIT 1";
    maybe(c, sql, params![name, name.to_lowercase(), name.to_uppercase(), own], |row| row.col("id"))
}

/// The first customer with this name and phone (either phone missing counts as equal only to missing).
pub fn by_name_and_phone(c: &Connection, name: &str, phone: Option<&str>) -> Result<Option<CustomerId>> {
    maybe(c, "SELECT id FROM customers WHERE name = ?1 AND phone IS ?2 ORDER BY id LIMIT 1", params![name, phone], |row| row.col("id"))
}

/// The first two customers with this name: one is sure, two are not.
pub fn by_name(c: &Connection, name: &str) -> Result<Vec<CustomerId>> {
    rows(c, "SELECT id FROM customers WHERE name = ?1 ORDER BY id LIMIT 2", params![name], |row| row.col("id"))
}

/// The first customers with this name, letter case aside, or this phone.
pub fn similar(
    c: &Connection,
    name: &str,
    phone: Option<&str>,
    except: Option<CustomerId>,
    limit: u32,
    own: Option<UserId>,
) -> Result<Vec<CustomerRow>> {
    // SQLite folds ASCII alone: the other letters are given in both cases.
    let sql = format!(
        "SELECT {COLUMNS} FROM customers c LEFT JOIN users u ON u.id = c.assigned_to
         WHERE ((?1 <> '' AND lower(c.name) IN (lower(?1), lower(?2), lower(?3))) OR c.phone = ?4)
             AND c.id IS NOT ?5 AND (?6 IS NULL OR c.assigned_to = ?6 OR c.assigned_to IS NULL)
         ORDER BY c.status = 'inactive', c.id LIMIT ?7"
    );
    rows(c, &sql, params![name, name.to_lowercase(), name.to_uppercase(), phone, except, own, limit], customer_row)
}

fn tags_json(tags: &[String]) -> Option<String> {
    (!tags.is_empty()).then(|| serde_json::json!(tags).to_string())
}

pub fn insert(c: &Connection, input: &CustomerInput, by: UserId, now: Timestamp) -> Result<CustomerId> {
    let id = insert_row(c, input, by, now)?;
    search::put(c, Index::Customers, id.0, &search_texts(input))?;
    Ok(id)
}

/// As [`insert`], without the row of the search index: a [`search::Batch`] writes it.
pub fn insert_row(c: &Connection, input: &CustomerInput, by: UserId, now: Timestamp) -> Result<CustomerId> {
    let sql = "INSERT INTO customers (code, name, contact_person, phone, email, address, industry, customer_level, assigned_to, tags, status,
                   payment_term_days, credit_limit, created_by, created_at, updated_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?15) RETURNING id";
    let i = input;
    let id = one(
        c,
        sql,
        params![
            i.code,
            i.name,
            i.contact_person,
            i.phone,
            i.email,
            i.address,
            i.industry,
            i.level,
            i.assigned_to,
            tags_json(&i.tags),
            i.status,
            i.payment_term_days,
            i.credit_limit,
            by,
            now
        ],
        |row| row.get(0),
    )?;
    write_tags(c, id, input)?;
    Ok(id)
}

pub fn update(c: &Connection, id: CustomerId, input: &CustomerInput, now: Timestamp) -> Result<()> {
    update_row(c, id, input, now)?;
    search::put(c, Index::Customers, id.0, &search_texts(input))
}

/// As [`update`], without the row of the search index.
pub fn update_row(c: &Connection, id: CustomerId, input: &CustomerInput, now: Timestamp) -> Result<()> {
    let sql = "UPDATE customers SET code = ?2, name = ?3, contact_person = ?4, phone = ?5, email = ?6, address = ?7, industry = ?8,
                   customer_level = ?9, assigned_to = ?10, tags = ?11, status = ?12, payment_term_days = ?13, credit_limit = ?14,
                   updated_at = ?15, version = version + 1 WHERE id = ?1";
    let i = input;
    execute(
        c,
        sql,
        params![
            id,
            i.code,
            i.name,
            i.contact_person,
            i.phone,
            i.email,
            i.address,
            i.industry,
            i.level,
            i.assigned_to,
            tags_json(&i.tags),
            i.status,
            i.payment_term_days,
            i.credit_limit,
            now
        ],
    )?;
    execute(c, "DELETE FROM customer_tags WHERE customer_id = ?1", params![id])?;
    write_tags(c, id, input)
}

fn write_tags(c: &Connection, id: CustomerId, input: &CustomerInput) -> Result<()> {
    for tag in &input.tags {
        execute(c, "INSERT INTO customer_tags (customer_id, tag) VALUES (?1, ?2)", params![id, tag])?;
    }
    Ok(())
}

/// What a customer is found by.
pub fn search_texts(input: &CustomerInput) -> Vec<&str> {
    let texts = [Some(&input.name), input.contact_person.as_ref(), input.phone.as_ref(), input.email.as_ref(), input.code.as_ref()];
    texts.into_iter().flatten().map(String::as_str).collect()
}

/// Whether anything refers to the customer.
pub fn is_referred_to(c: &Connection, id: CustomerId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM orders WHERE customer_id = ?1) OR EXISTS (SELECT 1 FROM quotes WHERE customer_id = ?1)
               OR EXISTS (SELECT 1 FROM customer_followups WHERE customer_id = ?1)";
    one(c, sql, params![id], |row| row.get(0))
}

/// Gives a customer another owner, or none.
pub fn assign(c: &Connection, id: CustomerId, owner: Option<UserId>, now: Timestamp) -> Result<()> {
    execute(c, "UPDATE customers SET assigned_to = ?2, updated_at = ?3, version = version + 1 WHERE id = ?1", params![id, owner, now])?;
    Ok(())
}

pub fn deactivate(c: &Connection, id: CustomerId, now: Timestamp) -> Result<()> {
    execute(c, "UPDATE customers SET status = 'inactive', updated_at = ?2, version = version + 1 WHERE id = ?1", params![id, now])?;
    Ok(())
}

pub fn delete(c: &Connection, id: CustomerId) -> Result<()> {
    execute(c, "DELETE FROM customers WHERE id = ?1", params![id])?;
    search::remove(c, Index::Customers, id.0)
}

/// Sums over the customer's orders that are not cancelled.
pub fn sums(c: &Connection, id: CustomerId) -> Result<CustomerSums> {
    let sql = "SELECT SUM(CAST(ROUND(total_amount * 100) AS INTEGER) - CAST(ROUND(returned_amount * 100) AS INTEGER)) AS ordered,
                      SUM(CAST(ROUND(paid_amount * 100) AS INTEGER)) AS paid, COUNT(*) AS orders
               FROM orders WHERE customer_id = ?1 AND status <> 'cancelled'";
    one(c, sql, params![id], |row| {
        let (ordered, paid) = (money_sum(row, "ordered")?, money_sum(row, "paid")?);
        let outstanding = ordered.sum_less(paid);
        Ok(CustomerSums { orders: row.col("orders")?, amounts: Some(CustomerAmounts { ordered, paid, outstanding }) })
    })
}
