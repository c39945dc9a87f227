//! Rows of `products`. The stock itself is written by `posting`.

use rusqlite::Row;

use super::paging::Slice;
use super::search::{self, Index, Test};
use crate::database::{Conditions, Connection, Get, each as each_row, execute, maybe, one, params, picture, rows};
use crate::models::export::{Days, ProductFigures, Sorted, Take};
use crate::models::list::Total;
use crate::models::product::*;
use crate::models::{Money, ProductId, Result, Timestamp, UserId, Zone};

const COLUMNS: &str = "p.id, p.sku, p.name, p.barcode, p.category, p.specification, p.unit, p.price, p.cost_price, p.stock_quantity,
    p.reserved_quantity, p.stock_warning_threshold, p.description, p.image_path, p.status, p.created_at, p.updated_at, p.version";

fn product(row: &Row<'_>) -> rusqlite::Result<Product> {
    Ok(Product {
        id: row.col("id")?,
        input: ProductInput {
            sku: row.col("sku")?,
            name: row.col("name")?,
            barcode: row.col("barcode")?,
            category: row.col("category")?,
            specification: row.col("specification")?,
            unit: row.col("unit")?,
            price: row.col("price")?,
            cost_price: Some(row.col("cost_price")?),
            threshold: row.col("stock_warning_threshold")?,
            description: row.col("description")?,
            picture: picture(row, "image_path")?,
            status: row.col("status")?,
        },
        stock: row.col("stock_quantity")?,
        reserved: row.col("reserved_quantity")?,
        created_at: row.col("created_at")?,
        updated_at: row.col("updated_at")?,
        version: row.col("version")?,
    })
}

fn product_row(row: &Row<'_>) -> rusqlite::Result<ProductRow> {
    Ok(ProductRow {
        id: row.col("id")?,
        sku: row.col("sku")?,
        name: row.col("name")?,
        barcode: row.col("barcode")?,
        category: row.col("category")?,
        specification: row.col("specification")?,
        unit: row.col("unit")?,
        price: row.col("price")?,
        cost_price: Some(row.col("cost_price")?),
        stock: row.col("stock_quantity")?,
        reserved: row.col("reserved_quantity")?,
        threshold: row.col("stock_warning_threshold")?,
        picture: picture(row, "image_path")?,
        status: row.col("status")?,
    })
}

pub fn get(c: &Connection, id: ProductId) -> Result<Option<Product>> {
    maybe(c, &format!("SELECT {COLUMNS} FROM products p WHERE p.id = ?1"), params![id], product)
}

/// The product with this SKU.
pub fn by_sku(c: &Connection, sku: &str) -> Result<Option<ProductId>> {
    maybe(c, "SELECT id FROM products WHERE sku = ?1", params![sku], |row| row.col("id"))
}

/// The product with this barcode.
pub fn by_barcode(c: &Connection, barcode: &str) -> Result<Option<ProductId>> {
    maybe(c, "SELECT id FROM products WHERE barcode = ?1", params![barcode], |row| row.col("id"))
}

/// The first two products with this name: one is sure, two are not.
pub fn by_name(c: &Connection, name: &str) -> Result<Vec<ProductId>> {
    rows(c, "SELECT id FROM products WHERE name = ?1 ORDER BY id LIMIT 2", params![name], |row| row.col("id"))
}

fn conditions(filter: &ProductFilter, test: Test) -> Conditions {
    let mut conditions = Conditions::default();
    if let Some(category) = &filter.category {
        let below = format!("{category}/");
        let clause = "(p.category = ? OR substr(p.category, 1, ?) = ?)";
        conditions.add(clause, [Box::new(category.clone()), Box::new(below.chars().count() as i64), Box::new(below)]);
    }
    conditions.add_some("p.status = ?", filter.status);
    match filter.stock {
        Some(StockLevel::Low) => conditions.add("p.stock_quantity <= p.stock_warning_threshold", []),
        Some(StockLevel::Out) => conditions.add("p.stock_quantity = 0", []),
        Some(StockLevel::Enough) => conditions.add("p.stock_quantity > p.stock_warning_threshold", []),
        None => {}
    }
    search::add_condition(&mut conditions, Index::Products, "p.id", &filter.search, test);
    conditions
}

fn order_by(sort: ProductSort, descending: bool) -> String {
    let column = match sort {
        ProductSort::Sku => "p.sku",
        ProductSort::Name => "p.name",
        ProductSort::Category => "p.category",
        ProductSort::Fill => "p.stock_quantity * 1000 / MAX(p.stock_warning_threshold, 1)",
        ProductSort::Stock => "p.stock_quantity",
        ProductSort::Threshold => "p.stock_warning_threshold",
        ProductSort::Price => "p.price",
    };
    let direction = if descending { "DESC" } else { "ASC" };
    format!("ORDER BY {column} {direction}, p.id {direction}")
}

/// One page of products; `total` is how many there are, where it is known.
pub fn list(c: &Connection, filter: &ProductFilter, page: &ProductPage, total: Option<Total>) -> Result<Vec<ProductRow>> {
    let slice = Slice::of(page, total);
    search::page(Test::of_page(c, Index::Products, &filter.search, slice, total)?, slice, |test| {
        let conditions = conditions(filter, test);
        let ids = test.ids("products p", "p.id", &conditions, &order_by(page.sort, page.descending != slice.reversed));
        let sql = format!("SELECT {COLUMNS} FROM ({ids}) page JOIN products p ON p.id = page.id {}", order_by(page.sort, page.descending));
        rows(c, &sql, conditions.params(&[&slice.length, &slice.before]), product_row)
    })
}

/// Every product of a filter.
pub fn each(c: &Connection, filter: &ProductFilter, sort: Sorted<ProductSort>, take: Take<'_, ProductRow>) -> Result<()> {
    let conditions = conditions(filter, Test::Listed);
    let sql = format!("SELECT {COLUMNS} FROM products p {} {}", conditions.to_sql(), order_by(sort.0, sort.1));
    each_row(c, &sql, conditions.params(&[]), product_row, take)
}

/// Every product of a filter with the pieces that came in and went out on these days.
pub fn each_with_figures(
    c: &Connection,
    filter: &ProductFilter,
    sort: Sorted<ProductSort>,
    days: Days,
    zone: Zone,
    take: Take<'_, ProductFigures>,
) -> Result<()> {
    let conditions = conditions(filter, Test::Listed);
    let sql = format!(
        "SELECT {COLUMNS}, COALESCE(m.came, 0) AS came, COALESCE(m.went, 0) AS went FROM products p
         LEFT JOIN (SELECT product_id, SUM(quantity) FILTER (WHERE quantity > 0) AS came, -SUM(quantity) FILTER (WHERE quantity < 0) AS went
                    FROM stock_movements WHERE created_at >= ? AND created_at < ? GROUP BY product_id) m ON m.product_id = p.id
         {} {}",
        conditions.to_sql(),
        order_by(sort.0, sort.1)
    );
    let read = |row: &Row<'_>| Ok(ProductFigures { product: product_row(row)?, came: row.col("came")?, went: row.col("went")? });
    let (from, to) = (days.first().start(zone), days.last().plus_days(1).start(zone));
    each_row(c, &sql, conditions.params_between(&[&from, &to], &[]), read, take)
}

/// How many products a filter leaves; see [`Total`].
pub fn total(c: &Connection, filter: &ProductFilter) -> Result<Total> {
    let nothing_else = *filter == ProductFilter { search: filter.search.clone(), ..Default::default() };
    if nothing_else && let Some(found) = search::total(c, Index::Products, &filter.search)? {
        return Ok(found);
    }
    count(c, filter).map(Total::Exactly)
}

/// How many products a filter leaves, counted to the end.
pub fn count(c: &Connection, filter: &ProductFilter) -> Result<u64> {
    let conditions = conditions(filter, Test::Listed);
    let count: i64 = one(c, &format!("SELECT COUNT(*) FROM products p {}", conditions.to_sql()), conditions.params(&[]), |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// How many active products are low (zero included) and at zero.
pub fn stock_counts(c: &Connection) -> Result<StockCounts> {
    let sql = "SELECT COUNT(*) AS low, COALESCE(SUM(stock_quantity = 0), 0) AS gone
               FROM products WHERE status = 'active' AND stock_quantity <= stock_warning_threshold";
    one(c, sql, [], |row| Ok(StockCounts { low: row.col("low")?, out: row.col("gone")? }))
}

/// All categories in use, by name.
pub fn categories(c: &Connection) -> Result<Vec<String>> {
    rows(c, "SELECT DISTINCT category FROM products WHERE category IS NOT NULL ORDER BY category", [], |row| row.col("category"))
}

pub fn insert(c: &Connection, input: &ProductInput, now: Timestamp) -> Result<ProductId> {
    let id = insert_row(c, input, now)?;
    search::put(c, Index::Products, id.0, &search_texts(input))?;
    Ok(id)
}

/// As [`insert`], without the row of the search index: a [`search::Batch`] writes it.
pub fn insert_row(c: &Connection, input: &ProductInput, now: Timestamp) -> Result<ProductId> {
    let sql = "INSERT INTO products (sku, name, barcode, category, specification, unit, price, cost_price, stock_warning_threshold, description,
                   status, created_at, updated_at, image_path)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12, ?13) RETURNING id";
    let i = input;
    let cost = i.cost_price.unwrap_or_default();
    let values =
        params![i.sku, i.name, i.barcode, i.category, i.specification, i.unit, i.price, cost, i.threshold, i.description, i.status, now, i.picture];
    one(c, sql, values, |row| row.get(0))
}

/// Overwrites the product; a `None` cost stays as it is.
pub fn update(c: &Connection, id: ProductId, input: &ProductInput, now: Timestamp) -> Result<()> {
    update_row(c, id, input, now)?;
    search::put(c, Index::Products, id.0, &search_texts(input))
}

/// As [`update`], without the row of the search index.
pub fn update_row(c: &Connection, id: ProductId, input: &ProductInput, now: Timestamp) -> Result<()> {
    let sql = "UPDATE products SET sku = ?2, name = ?3, barcode = ?4, category = ?5, specification = ?6, unit = ?7, price = ?8,
                   cost_price = COALESCE(?9, cost_price), stock_warning_threshold = ?10, description = ?11, status = ?12,
                   updated_at = ?13, image_path = ?14, version = version + 1 WHERE id = ?1";
    let i = input;
    execute(
        c,
        sql,
        params![
            id,
            i.sku,
            i.name,
            i.barcode,
            i.category,
            i.specification,
            i.unit,
            i.price,
            i.cost_price,
            i.threshold,
            i.description,
            i.status,
            now,
            i.picture
        ],
    )?;
    Ok(())
}

/// Overwrites price and threshold.
pub fn set_price_and_threshold(c: &Connection, id: ProductId, price: Money, threshold: i64, now: Timestamp) -> Result<()> {
    let sql = "UPDATE products SET price = ?2, stock_warning_threshold = ?3, updated_at = ?4, version = version + 1 WHERE id = ?1";
    execute(c, sql, params![id, price, threshold, now])?;
    Ok(())
}

/// One page of a product's sales and how many there are; with `own`, only those whose order this person reaches.
pub fn sales(c: &Connection, id: ProductId, page: &SalePage, own: Option<UserId>) -> Result<(Vec<ProductSale>, u64)> {
    let direction = if page.descending { "DESC" } else { "ASC" };
    let from = "FROM order_items i JOIN orders o ON o.id = i.order_id JOIN customers c ON c.id = o.customer_id
                WHERE i.product_id = ?1 AND o.status <> 'cancelled' AND (?2 IS NULL OR o.created_by = ?2 OR c.assigned_to = ?2 OR c.assigned_to IS NULL)";
    let sql = format!(
        "SELECT i.id AS line, o.id, o.order_no, o.order_day, o.status, c.name, i.quantity, i.returned_quantity, i.unit_price
         {from} ORDER BY o.order_date {direction}, i.id {direction} LIMIT ?3 OFFSET ?4"
    );
    let found = rows(c, &sql, params![id, own, page.limit(), page.offset()], |row| {
        Ok(ProductSale {
            line: row.col("line")?,
            order: row.col("id")?,
            order_no: row.col("order_no")?,
            order_day: row.col("order_day")?,
            status: row.col("status")?,
            customer_name: row.col("name")?,
            quantity: row.col("quantity")?,
            returned_quantity: row.col("returned_quantity")?,
            unit_price: Some(row.col("unit_price")?),
        })
    })?;
    let total: i64 = one(c, &format!("SELECT COUNT(*) {from}"), params![id, own], |row| row.get(0))?;
    Ok((found, total.unsigned_abs()))
}

/// What a product is found by.
pub fn search_texts(input: &ProductInput) -> Vec<&str> {
    let texts = [Some(&input.sku), Some(&input.name), input.specification.as_ref(), input.barcode.as_ref()];
    texts.into_iter().flatten().map(String::as_str).collect()
}

/// Whether anything refers to the product.
pub fn is_referred_to(c: &Connection, id: ProductId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM order_items WHERE product_id = ?1) OR EXISTS (SELECT 1 FROM quote_items WHERE product_id = ?1)
               OR EXISTS (SELECT 1 FROM stock_movements WHERE product_id = ?1)
               OR EXISTS (SELECT 1 FROM stocktake_lines WHERE product_id = ?1)";
    one(c, sql, params![id], |row| row.get(0))
}

pub fn deactivate(c: &Connection, id: ProductId, now: Timestamp) -> Result<()> {
    execute(c, "UPDATE products SET status = 'inactive', updated_at = ?2, version = version + 1 WHERE id = ?1", params![id, now])?;
    Ok(())
}

pub fn delete(c: &Connection, id: ProductId) -> Result<()> {
    execute(c, "DELETE FROM products WHERE id = ?1", params![id])?;
    search::remove(c, Index::Products, id.0)
}
