//! Rows of `stocktakes` and `stocktake_lines`. The adjustments are posted by `posting`.

use rusqlite::Row;

use super::search::{self, Index, Test};
use crate::database::{Conditions, Connection, Get, each, execute, maybe, money_sum, one, params, rows};
use crate::models::export::{Sorted, Take};
use crate::models::stocktake::*;
use crate::models::{MovementId, ProductId, Result, StocktakeId, Timestamp, UserId};

const COLUMNS: &str = "s.id, s.stocktake_no, s.scope, s.category, s.blind, s.status, s.notes, s.created_at, s.closed_at, s.version,
    u.full_name AS created_by_name, k.full_name AS closed_by_name,
    (SELECT COUNT(*) FROM stocktake_lines l WHERE l.stocktake_id = s.id) AS lines,
    (SELECT COUNT(*) FROM stocktake_lines l WHERE l.stocktake_id = s.id AND l.counted_quantity IS NOT NULL) AS counted,
    (SELECT COUNT(*) FROM stocktake_lines l WHERE l.stocktake_id = s.id AND l.counted_quantity <> l.base_quantity) AS differing";
const FROM: &str = "FROM stocktakes s JOIN users u ON u.id = s.created_by LEFT JOIN users k ON k.id = s.closed_by";

fn stocktake(row: &Row<'_>) -> rusqlite::Result<Stocktake> {
    Ok(Stocktake {
        id: row.col("id")?,
        stocktake_no: row.col("stocktake_no")?,
        category: row.col("category")?,
        is_list: row.col::<String>("scope")? == "list",
        blind: row.col("blind")?,
        status: row.col("status")?,
        notes: row.col("notes")?,
        created_by_name: row.col("created_by_name")?,
        created_at: row.col("created_at")?,
        closed_by_name: row.col("closed_by_name")?,
        closed_at: row.col("closed_at")?,
        lines: row.col("lines")?,
        counted: row.col("counted")?,
        differing: row.col("differing")?,
        version: row.col("version")?,
    })
}

pub fn get(c: &Connection, id: StocktakeId) -> Result<Option<Stocktake>> {
    maybe(c, &format!("SELECT {COLUMNS} {FROM} WHERE s.id = ?1"), params![id], stocktake)
}

/// What a search asks of each of its words.
const SEARCHED: &str =
    "instr(lower(s.stocktake_no || ' ' || COALESCE(s.category, '') || ' ' || COALESCE(s.notes, '') || ' ' || u.full_name), lower(?)) > 0";

fn searched(search: &str) -> Conditions {
    let mut conditions = Conditions::default();
    for word in search.split_whitespace() {
        conditions.add(SEARCHED, [Box::new(word.to_owned())]);
    }
    conditions
}

fn conditions(filter: &StocktakeFilter) -> Conditions {
    let mut conditions = searched(&filter.search);
    conditions.add_some("s.status = ?", filter.status);
    conditions
}

fn select(conditions: &Conditions, descending: bool) -> String {
    let direction = if descending { "DESC" } else { "ASC" };
    format!("SELECT {COLUMNS} {FROM} {} ORDER BY s.id {direction}", conditions.to_sql())
}

/// Every stocktake of a filter.
pub fn each_stocktake(c: &Connection, filter: &StocktakeFilter, descending: bool, take: Take<'_, Stocktake>) -> Result<()> {
    let conditions = conditions(filter);
    each(c, &select(&conditions, descending), conditions.params(&[]), stocktake, take)
}

/// One page of stocktakes.
pub fn list(c: &Connection, filter: &StocktakeFilter, page: &StocktakePage) -> Result<Vec<Stocktake>> {
    let conditions = conditions(filter);
    let sql = format!("{} LIMIT ? OFFSET ?", select(&conditions, page.descending));
    rows(c, &sql, conditions.params(&[&page.limit(), &page.offset()]), stocktake)
}

/// How many stocktakes a search finds, by status.
pub fn counts(c: &Connection, search: &str) -> Result<StocktakeCounts> {
    let conditions = searched(search);
    let sql = format!("SELECT s.status, COUNT(*) AS n {FROM} {} GROUP BY s.status", conditions.to_sql());
    let mut counts = StocktakeCounts::default();
    for (status, n) in rows(c, &sql, conditions.params(&[]), |row| Ok((row.col::<StocktakeStatus>("status")?, row.col::<i64>("n")?)))? {
        let count = match status {
            StocktakeStatus::Open => &mut counts.open,
            StocktakeStatus::Posted => &mut counts.posted,
            StocktakeStatus::Discarded => &mut counts.discarded,
        };
        *count = n.unsigned_abs();
    }
    Ok(counts)
}

pub fn insert(c: &Connection, stocktake_no: &str, new: &NewStocktake, by: UserId, now: Timestamp) -> Result<StocktakeId> {
    let (scope, category) = match &new.scope {
        StocktakeScope::All => ("all", None),
        StocktakeScope::Category(category) => ("category", Some(category.trim())),
        StocktakeScope::Products(_) => ("list", None),
    };
    let sql = "INSERT INTO stocktakes (stocktake_no, scope, category, blind, notes, created_by, created_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id";
    let id: StocktakeId = one(c, sql, params![stocktake_no, scope, category, new.blind, new.notes, by, now], |row| row.get(0))?;
    match &new.scope {
        StocktakeScope::All => {
            let sql = "INSERT INTO stocktake_lines (stocktake_id, product_id) SELECT ?1, id FROM products WHERE status = 'active' ORDER BY sku";
            execute(c, sql, params![id])?;
        }
        StocktakeScope::Category(category) => {
            let sql = "INSERT INTO stocktake_lines (stocktake_id, product_id) SELECT ?1, id FROM products
                       WHERE status = 'active' AND (category = ?2 OR substr(category, 1, length(?2) + 1) = ?2 || '/') ORDER BY sku";
            execute(c, sql, params![id, category.trim()])?;
        }
        StocktakeScope::Products(products) => {
            for product in products {
                add_line(c, id, *product)?;
            }
        }
    }
    Ok(id)
}

/// Adds a product to a sheet; nothing where it stands there already.
pub fn add_line(c: &Connection, id: StocktakeId, product: ProductId) -> Result<()> {
    let sql = "INSERT INTO stocktake_lines (stocktake_id, product_id) VALUES (?1, ?2) ON CONFLICT (stocktake_id, product_id) DO NOTHING";
    execute(c, sql, params![id, product])?;
    Ok(())
}

/// The last movement of a product, none where it never moved.
pub fn last_movement(c: &Connection, product: ProductId) -> Result<Option<MovementId>> {
    maybe(c, "SELECT id FROM stock_movements WHERE product_id = ?1 ORDER BY id DESC LIMIT 1", params![product], |row| row.col("id"))
}

/// Stores a count with what it was based on.
pub fn count(c: &Connection, id: StocktakeId, product: ProductId, counted: i64, base: i64, by: UserId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE stocktake_lines SET counted_quantity = ?3, base_quantity = ?4, base_movement = ?5, counted_by = ?6, counted_at = ?7
               WHERE stocktake_id = ?1 AND product_id = ?2";
    execute(c, sql, params![id, product, counted, base, last_movement(c, product)?, by, now])?;
    Ok(())
}

/// What was counted of a product; `None` where nothing was.
pub fn counted_of(c: &Connection, id: StocktakeId, product: ProductId) -> Result<Option<i64>> {
    let sql = "SELECT counted_quantity FROM stocktake_lines WHERE stocktake_id = ?1 AND product_id = ?2";
    Ok(maybe(c, sql, params![id, product], |row| row.get(0))?.flatten())
}

/// Takes a count back.
pub fn uncount(c: &Connection, id: StocktakeId, product: ProductId) -> Result<()> {
    let sql = "UPDATE stocktake_lines SET counted_quantity = NULL, base_quantity = NULL, base_movement = NULL, counted_by = NULL, counted_at = NULL
               WHERE stocktake_id = ?1 AND product_id = ?2";
    execute(c, sql, params![id, product])?;
    Ok(())
}

/// Moves the version on, so that two people at one sheet are told apart.
pub fn touch(c: &Connection, id: StocktakeId) -> Result<()> {
    execute(c, "UPDATE stocktakes SET version = version + 1 WHERE id = ?1", params![id])?;
    Ok(())
}

pub fn close(c: &Connection, id: StocktakeId, status: StocktakeStatus, by: UserId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE stocktakes SET status = ?2, closed_by = ?3, closed_at = ?4, version = version + 1 WHERE id = ?1";
    execute(c, sql, params![id, status, by, now])?;
    Ok(())
}

const MOVED: &str =
    "(l.counted_quantity IS NOT NULL AND l.base_movement IS NOT (SELECT MAX(m.id) FROM stock_movements m WHERE m.product_id = l.product_id))";

fn line_conditions(id: StocktakeId, filter: &LineFilter, open: bool) -> Conditions {
    let mut conditions = Conditions::default();
    conditions.add("l.stocktake_id = ?", [Box::new(id)]);
    match filter.view {
        LineView::All => {}
        LineView::Uncounted => conditions.add("l.counted_quantity IS NULL", []),
        LineView::Differing => conditions.add("l.counted_quantity <> l.base_quantity", []),
        LineView::Moved if open => conditions.add(MOVED, []),
        LineView::Moved => conditions.add("0", []),
    }
    search::add_condition(&mut conditions, Index::Products, "l.product_id", &filter.search, Test::Listed);
    conditions
}

fn line_select(conditions: &Conditions, sort: LineSort, descending: bool, open: bool) -> String {
    let column = match sort {
        LineSort::Sku => "p.sku",
        LineSort::Name => "p.name",
        LineSort::Difference => "ABS(l.counted_quantity - l.base_quantity)",
    };
    let direction = if descending { "DESC" } else { "ASC" };
    let (system, moved) = if open { ("p.stock_quantity", MOVED) } else { ("l.base_quantity", "0") };
    format!(
        "SELECT l.product_id, p.sku, p.name, p.specification, p.unit, p.category, p.cost_price, l.counted_quantity, l.base_quantity, l.counted_at,
                {system} AS system, {moved} AS moved, u.full_name AS counted_by_name
         FROM stocktake_lines l JOIN products p ON p.id = l.product_id LEFT JOIN users u ON u.id = l.counted_by {}
         ORDER BY {column} {direction}, l.id {direction}",
        conditions.to_sql()
    )
}

fn line(row: &Row<'_>) -> rusqlite::Result<StocktakeLine> {
    let (counted, base): (Option<i64>, Option<i64>) = (row.col("counted_quantity")?, row.col("base_quantity")?);
    let difference = counted.zip(base).map(|(counted, base)| counted - base);
    let cost: crate::models::Money = row.col("cost_price")?;
    Ok(StocktakeLine {
        product: row.col("product_id")?,
        sku: row.col("sku")?,
        name: row.col("name")?,
        specification: row.col("specification")?,
        unit: row.col("unit")?,
        category: row.col("category")?,
        system: row.col("system")?,
        counted,
        difference,
        value: difference.and_then(|pieces| cost.checked_mul(pieces)),
        moved: row.col("moved")?,
        counted_by_name: row.col("counted_by_name")?,
        counted_at: row.col("counted_at")?,
    })
}

/// One page of a sheet's lines. `open`: the system's figure is today's, and what moved is told.
pub fn lines(c: &Connection, id: StocktakeId, filter: &LineFilter, page: &LinePage, open: bool) -> Result<Vec<StocktakeLine>> {
    let conditions = line_conditions(id, filter, open);
    let sql = format!("{} LIMIT ? OFFSET ?", line_select(&conditions, page.sort, page.descending, open));
    rows(c, &sql, conditions.params(&[&page.limit(), &page.offset()]), line)
}

/// Every line of a sheet that a filter leaves; `open` as in [`lines`].
pub fn each_line(
    c: &Connection,
    id: StocktakeId,
    filter: &LineFilter,
    sort: Sorted<LineSort>,
    open: bool,
    take: Take<'_, StocktakeLine>,
) -> Result<()> {
    let conditions = line_conditions(id, filter, open);
    each(c, &line_select(&conditions, sort.0, sort.1, open), conditions.params(&[]), line, take)
}

/// How many lines a filter leaves.
pub fn count_lines(c: &Connection, id: StocktakeId, filter: &LineFilter, open: bool) -> Result<u64> {
    let conditions = line_conditions(id, filter, open);
    let sql = format!("SELECT COUNT(*) FROM stocktake_lines l {}", conditions.to_sql());
    let count: i64 = one(c, &sql, conditions.params(&[]), |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// How many lines stand before a product's where they are listed by SKU; none where it is not on the sheet.
pub fn place(c: &Connection, id: StocktakeId, product: ProductId) -> Result<Option<u64>> {
    let sql =
        "SELECT (SELECT COUNT(*) FROM stocktake_lines b JOIN products q ON q.id = b.product_id WHERE b.stocktake_id = ?1 AND q.sku < p.sku) AS before
               FROM stocktake_lines l JOIN products p ON p.id = l.product_id WHERE l.stocktake_id = ?1 AND l.product_id = ?2";
    let before: Option<i64> = maybe(c, sql, params![id, product], |row| row.col("before"))?;
    Ok(before.map(i64::unsigned_abs))
}

/// What all lines of a sheet come to.
pub fn sums(c: &Connection, id: StocktakeId, open: bool) -> Result<StocktakeSums> {
    let moved = if open { MOVED } else { "0" };
    let sql = format!(
        "SELECT COUNT(*) AS lines, COUNT(l.counted_quantity) AS counted, COALESCE(SUM(l.counted_quantity <> l.base_quantity), 0) AS differing,
                COALESCE(SUM({moved}), 0) AS moved,
                COALESCE(SUM(MAX(l.counted_quantity - l.base_quantity, 0)), 0) AS more, COALESCE(SUM(MAX(l.base_quantity - l.counted_quantity, 0)), 0) AS less,
                SUM((l.counted_quantity - l.base_quantity) * CAST(ROUND(p.cost_price * 100) AS INTEGER)) AS value
         FROM stocktake_lines l JOIN products p ON p.id = l.product_id WHERE l.stocktake_id = ?1"
    );
    one(c, &sql, params![id], |row| {
        Ok(StocktakeSums {
            lines: row.col("lines")?,
            counted: row.col("counted")?,
            differing: row.col("differing")?,
            moved: row.col("moved")?,
            pieces: Some((row.col("more")?, row.col("less")?)),
            value: Some(money_sum(row, "value")?),
        })
    })
}

/// A counted line as posting needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub product: ProductId,
    pub counted: i64,
    pub base: i64,
    pub moved: bool,
}

/// The counted lines of an open sheet.
pub fn counted(c: &Connection, id: StocktakeId) -> Result<Vec<Counted>> {
    let sql = format!(
        "SELECT l.product_id, l.counted_quantity, l.base_quantity, {MOVED} AS moved FROM stocktake_lines l
         WHERE l.stocktake_id = ?1 AND l.counted_quantity IS NOT NULL ORDER BY l.id"
    );
    rows(c, &sql, params![id], |row| {
        Ok(Counted {
            product: row.col("product_id")?,
            counted: row.col("counted_quantity")?,
            base: row.col("base_quantity")?,
            moved: row.col("moved")?,
        })
    })
}
