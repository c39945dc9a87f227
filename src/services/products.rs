//! Products (spec 3.4): list, record, create, change, delete. Their stock changes in `stock` and `orders`.

use super::customers::conflict;
use super::desk::Desk;
use crate::i18n::fill;
use crate::models::choice::{Entity, Module, Status};
use crate::models::customer::Removal;
use crate::models::list::{Page, Total};
use crate::models::log::Changes;
use crate::models::product::*;
use crate::models::rights::Command;
use crate::models::session::Actor;
use crate::models::{CustomerId, Error, Field, FieldErrors, Money, Problem, ProductId, Result};
use crate::repositories as repo;

/// One page of products, and how many active ones are low and at zero.
pub fn list(desk: &Desk, filter: &ProductFilter, page: &ProductPage) -> Result<(Page<ProductRow>, StockCounts)> {
    desk.read(Command::ListProducts, |c, actor| {
        let total = repo::products::total(c, filter)?;
        let mut rows = repo::products::list(c, filter, page, Some(total))?;
        rows.iter_mut().for_each(|row| hide_cost(&mut row.cost_price, actor));
        Ok((Page::new(rows, total, page), repo::products::stock_counts(c)?))
    })
}

/// The first few active products that a search finds by SKU, name, pinyin or barcode, for choosing one. `limit` at most 50.
pub fn find(desk: &Desk, search: &str, limit: u32) -> Result<Vec<ProductRow>> {
    desk.read(Command::FindProducts, |c, actor| {
        let filter = ProductFilter { search: search.to_owned(), status: Some(Status::Active), ..Default::default() };
        let page = ProductPage { page: 1, page_size: limit.min(50), sort: ProductSort::Sku, descending: false };
        let mut rows = repo::products::list(c, &filter, &page, None)?;
        rows.iter_mut().for_each(|row| hide_cost(&mut row.cost_price, actor));
        Ok(rows)
    })
}

/// One product. 4004 where there is none.
pub fn get(desk: &Desk, id: ProductId) -> Result<Product> {
    desk.read(Command::GetProduct, |c, actor| {
        let mut product = repo::products::get(c, id)?.ok_or(Error::NotFound(Entity::Product))?;
        hide_cost(&mut product.input.cost_price, actor);
        Ok(product)
    })
}

/// The active product of a scanned code: barcode first, then SKU (rulings §15). `None` where there is none.
pub fn scan(desk: &Desk, code: &str) -> Result<Option<ProductRow>> {
    let code = code.trim();
    desk.read(Command::ScanProduct, |c, actor| {
        let id = match repo::products::by_barcode(c, code)? {
            Some(id) => Some(id),
            None => repo::products::by_sku(c, code)?,
        };
        let product = match id {
            Some(id) => repo::products::get(c, id)?.filter(|product| product.input.status == Status::Active),
            None => None,
        };
        let mut row = product.map(Product::into_row);
        if let Some(row) = &mut row {
            hide_cost(&mut row.cost_price, actor);
        }
        Ok(row)
    })
}

/// One page of the orders that contain a product, the newest or oldest first, with their prices (rulings §8: scope, amounts by right).
/// 4004 where there is no such product.
pub fn sales(desk: &Desk, id: ProductId, page: &SalePage) -> Result<Page<ProductSale>> {
    desk.read(Command::ProductSales, |c, actor| {
        repo::products::get(c, id)?.ok_or(Error::NotFound(Entity::Product))?;
        let (mut rows, total) = repo::products::sales(c, id, page, actor.owner_filter(Module::Sales))?;
        if !actor.sees_amounts() {
            rows.iter_mut().for_each(|row| row.unit_price = None);
        }
        Ok(Page::new(rows, Total::Exactly(total), page))
    })
}

/// Changes price or threshold of several products, all or nothing; how many really changed. One log row each.
/// 4000 by field, or where a price gets too large; 4004 for an unknown product.
pub fn set_many(desk: &mut Desk, ids: &[ProductId], change: &BulkChange) -> Result<usize> {
    change.check().into_result()?;
    desk.write(Command::SetManyProducts, |act| {
        let mut changed = 0;
        for &id in ids {
            let before = repo::products::get(act.tx, id)?.ok_or(Error::NotFound(Entity::Product))?.input;
            let price = match change.price {
                Some(change) => change.of(before.price).ok_or_else(|| Error::field(Field::Price, Problem::TooLarge))?,
                None => before.price,
            };
            let after = ProductInput { price, threshold: change.threshold.unwrap_or(before.threshold), ..before.clone() };
            if after == before {
                continue;
            }
            repo::products::set_price_and_threshold(act.tx, id, after.price, after.threshold, act.actor.now)?;
            let description = fill(act.actor.lang.texts().logs.product_updated, &[&after.name, &after.sku]);
            act.log(Entity::Product, id.0, description, &differences(&before, &after))?;
            changed += 1;
        }
        Ok(changed)
    })
}

/// All categories in use, by name.
pub fn categories(desk: &Desk) -> Result<Vec<String>> {
    desk.read(Command::ProductCategories, |c, _| repo::products::categories(c))
}

/// The unit price this customer paid last for a product; `None` where he never bought it or one may not see it.
pub fn last_price(desk: &Desk, customer: CustomerId, product: ProductId) -> Result<Option<Money>> {
    desk.read(Command::ListOrders, |c, actor| {
        let seen = actor.sees_amounts() && repo::customers::get(c, customer, actor.owner_filter(crate::models::choice::Module::Customer))?.is_some();
        if seen { repo::orders::last_price(c, customer, product) } else { Ok(None) }
    })
}

/// Creates a product with stock 0. 4000 by field; 4005 for a SKU or barcode that is taken.
pub fn create(desk: &mut Desk, input: &ProductInput) -> Result<ProductId> {
    let mut input = input.tidied();
    let errors = input.check();
    desk.write(Command::CreateProduct, |act| {
        check_with_file(act, &input, None, errors)?;
        hide_cost(&mut input.cost_price, act.actor);
        let id = repo::products::insert(act.tx, &input, act.actor.now)?;
        let description = fill(act.actor.lang.texts().logs.product_created, &[&input.name, &input.sku]);
        act.log(Entity::Product, id.0, description, &differences(&ProductInput { unit: String::new(), ..Default::default() }, &input))?;
        Ok(id)
    })
}

/// Changes a product that was read at `version`; who may not see cost leaves it as it is.
/// Errors as [`create`]; 4004 where there is none; a conflict where someone saved meanwhile.
pub fn update(desk: &mut Desk, id: ProductId, version: i64, input: &ProductInput) -> Result<()> {
    let mut input = input.tidied();
    let errors = input.check();
    desk.write(Command::UpdateProduct, |act| {
        let before = repo::products::get(act.tx, id)?.ok_or(Error::NotFound(Entity::Product))?;
        if before.version != version {
            return Err(conflict(act, Entity::Product, id.0, before.updated_at)?);
        }
        check_with_file(act, &input, Some(id), errors)?;
        hide_cost(&mut input.cost_price, act.actor);
        repo::products::update(act.tx, id, &input, act.actor.now)?;
        let description = fill(act.actor.lang.texts().logs.product_updated, &[&input.name, &input.sku]);
        act.log(Entity::Product, id.0, description, &differences(&before.input, &input))
    })
}

/// Deletes a product nothing refers to, else makes it inactive (rulings §7); says which.
pub fn delete(desk: &mut Desk, id: ProductId) -> Result<Removal> {
    desk.write(Command::DeleteProduct, |act| {
        let product = repo::products::get(act.tx, id)?.ok_or(Error::NotFound(Entity::Product))?;
        let (name, sku) = (&product.input.name, &product.input.sku);
        let texts = &act.actor.lang.texts().logs;
        let mut changes = Changes::default();
        if repo::products::is_referred_to(act.tx, id)? {
            repo::products::deactivate(act.tx, id, act.actor.now)?;
            changes.note("status", product.input.status.as_str(), "inactive");
            act.log(Entity::Product, id.0, fill(texts.product_deactivated, &[name, sku]), &changes)?;
            return Ok(Removal::Deactivated);
        }
        repo::products::delete(act.tx, id)?;
        changes.note("name", name, "");
        changes.note("sku", sku, "");
        act.log(Entity::Product, id.0, fill(texts.product_deleted, &[name, sku]), &changes)?;
        Ok(Removal::Deleted)
    })
}

/// Who may not see cost neither reads nor writes it (rulings §8).
pub(super) fn hide_cost(cost: &mut Option<Money>, actor: &Actor) {
    if !actor.rights.sees_cost() {
        *cost = None;
    }
}

/// Adds what only the file can tell: whether SKU and barcode are free.
fn check_with_file(act: &super::desk::Act<'_>, input: &ProductInput, id: Option<ProductId>, mut errors: FieldErrors) -> Result<()> {
    if repo::products::by_sku(act.tx, &input.sku)?.is_some_and(|other| Some(other) != id) {
        errors.add(Field::Sku, Problem::Taken);
    }
    if let Some(barcode) = &input.barcode
        && repo::products::by_barcode(act.tx, barcode)?.is_some_and(|other| Some(other) != id)
    {
        errors.add(Field::Barcode, Problem::Taken);
    }
    errors.into_result()
}

/// The cost's name among the changes of a log row.
pub(super) const COST: &str = "cost_price";

/// What changed. A cost that is not known to the person did not change; the log hides it from who may not see it.
fn differences(before: &ProductInput, after: &ProductInput) -> Changes {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut changes = Changes::default();
    changes.note("sku", &before.sku, &after.sku);
    changes.note("name", &before.name, &after.name);
    changes.note("barcode", text(&before.barcode), text(&after.barcode));
    changes.note("category", text(&before.category), text(&after.category));
    changes.note("specification", text(&before.specification), text(&after.specification));
    changes.note("unit", &before.unit, &after.unit);
    changes.note("price", before.price.plain(), after.price.plain());
    if let Some(cost) = after.cost_price {
        changes.note(COST, before.cost_price.map(Money::plain).unwrap_or_default(), cost.plain());
    }
    changes.note("stock_warning_threshold", before.threshold, after.threshold);
    changes.note("description", text(&before.description), text(&after.description));
    let picture = |input: &ProductInput| input.picture.as_ref().map(|picture| picture.as_str().to_owned()).unwrap_or_default();
    changes.note("image_path", picture(before), picture(after));
    changes.note("status", before.status.as_str(), after.status.as_str());
    changes
}
