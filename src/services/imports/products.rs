//! Importing products with opening stock: the rows are checked, then read again and written with their movements. A product's key is the SKU
//! (rulings §13). Only the rows' places are kept between: the drafts of a million products would not fit.

use std::collections::{HashMap, HashSet};

use super::Progress;
use super::cells::Cells;
use super::columns::Columns;
use super::sheet::Sheet;
use crate::models::choice::{MovementType, ReferenceType, Status};
use crate::models::import::{Existing, ImportField, ImportReport, RowErrors, RowProblem, WarningKind, Warnings};
use crate::models::product::{MOST_PIECES, Product, ProductInput};
use crate::models::{Money, Problem, Result};
use crate::repositories as repo;
use crate::repositories::search::{Batch, Index};
use crate::services::desk::Act;
use crate::services::{posting, products};

use ImportField as F;

/// One product of a file. What a blank cell leaves open is `None`.
#[derive(Clone, Debug)]
pub struct Draft {
    row: usize,
    pub input: ProductInput,
    unit: Option<String>,
    price: Option<Money>,
    threshold: Option<i64>,
    status: Option<Status>,
    stock: Option<i64>,
}

/// The rows that give a product, each once, by their places, and how many rows repeat one. All rows are checked.
pub fn check(sheet: &Sheet, columns: &Columns, warnings: &mut Warnings, progress: &mut Progress<'_>) -> Result<(Vec<usize>, u64)> {
    let mut errors = RowErrors::default();
    for needed in [F::Sku, F::ProductName] {
        if !columns.has(needed) {
            errors.add(1, "", RowProblem::MissingColumn(needed));
        }
    }
    errors.into_result()?;
    let mut errors = RowErrors::default();
    let mut firsts: Vec<usize> = Vec::new();
    let mut known: HashMap<Box<str>, usize> = HashMap::new();
    let mut names: HashSet<(usize, String)> = HashSet::new();
    let mut repeated = 0;
    let from_sales = from_sales(columns);
    for (at, row) in sheet.rows().enumerate() {
        progress.tick()?;
        let mut cells = Cells { columns, row, errors: &mut errors };
        let mut draft = draft(&mut cells);
        if !from_sales && let Some(price) = cells.amount(F::Price) {
            draft.set_price(price.money);
            if !price.exact {
                warnings.add(WarningKind::RoundedAmount, row.number);
            }
        }
        cells.take_over(draft.input.check(), F::ProductName);
        match known.get(draft.input.sku.as_str()) {
            None => {
                if from_sales && price_of_line(&mut cells).is_some() {
                    warnings.add(WarningKind::DerivedProductPrice, row.number);
                }
                known.insert(draft.input.sku.into(), at);
                firsts.push(at);
            }
            Some(first) => {
                repeated += 1;
                note_differences(*first, &read(sheet, columns, *first), &draft, from_sales, &mut names, warnings);
            }
        }
    }
    errors.into_result()?;
    Ok((firsts, repeated))
}

/// The product of a row that was checked before.
fn read(sheet: &Sheet, columns: &Columns, at: usize) -> Draft {
    let mut cells = Cells { columns, row: sheet.row(at), errors: &mut RowErrors::default() };
    let mut draft = draft(&mut cells);
    let price = if from_sales(columns) { price_of_line(&mut cells) } else { cells.amount(F::Price).map(|price| price.money) };
    if let Some(price) = price {
        draft.set_price(price);
    }
    draft
}

/// Whether the file is one of sales, whose products' price is the first line's amount by its quantity.
fn from_sales(columns: &Columns) -> bool {
    !columns.has(F::Price) && columns.has(F::Amount) && columns.has(F::Quantity)
}
impl Draft {
    fn set_price(&mut self, price: Money) {
        self.price = Some(price);
        self.input.price = price;
    }
}

/// The product of a row without its price, unchecked.
pub fn draft(cells: &mut Cells<'_, '_>) -> Draft {
    let cost_price = cells.amount(F::CostPrice).map(|cost| cost.money);
    let threshold = cells.whole(F::Threshold, 0, MOST_PIECES);
    let stock = cells.whole(F::Stock, 0, MOST_PIECES);
    let (unit, status) = (cells.owned(F::Unit), cells.status());
    let defaults = ProductInput::default();
    let input = ProductInput {
        sku: cells.owned(F::Sku).unwrap_or_default(),
        name: cells.owned(F::ProductName).unwrap_or_default(),
        barcode: cells.owned(F::Barcode),
        category: cells.owned(F::Category),
        specification: cells.owned(F::Specification),
        unit: unit.clone().unwrap_or(defaults.unit),
        price: Money::ZERO,
        cost_price,
        threshold: threshold.unwrap_or(defaults.threshold),
        description: cells.owned(F::Description),
        picture: None,
        status: status.unwrap_or(Status::Active),
    };
    Draft { row: cells.row.number, input: input.tidied(), unit, price: None, threshold, status, stock }
}

fn price_of_line(cells: &mut Cells<'_, '_>) -> Option<Money> {
    let quantity = cells.whole(F::Quantity, 1, MOST_PIECES)?;
    cells.amount(F::Amount)?.decimal.shared_half_up(quantity).ok()
}

/// The first row counts: a further name (told once each) or other data of the same product is told.
fn note_differences(at: usize, first: &Draft, other: &Draft, from_sales: bool, names: &mut HashSet<(usize, String)>, warnings: &mut Warnings) {
    let name = &other.input.name;
    if *name != first.input.name && names.insert((at, name.clone())) {
        warnings.add(WarningKind::SecondName, other.row);
    }
    let price = if from_sales { first.input.price } else { other.input.price };
    let same = ProductInput { name: first.input.name.clone(), price, ..other.input.clone() } == first.input && other.stock == first.stock;
    if !same {
        warnings.add(WarningKind::OtherData, other.row);
    }
}

/// Writes the products and the movements of their opening stock; nothing is kept where one is wrong.
pub fn write(
    act: &Act<'_>,
    (sheet, columns): (&Sheet, &Columns),
    firsts: &[usize],
    existing: Existing,
    report: &mut ImportReport,
    progress: &mut Progress<'_>,
) -> Result<()> {
    let mut errors = RowErrors::default();
    let mut search = Batch::new(Index::Products);
    for &at in firsts {
        progress.tick()?;
        let draft = read(sheet, columns, at);
        let mut wrong = |field: ImportField| errors.add(draft.row, columns.heading(field), RowProblem::Field(field.field(), Problem::Taken));
        let stored = repo::products::by_sku(act.tx, &draft.input.sku)?;
        if stored.is_some() && existing == Existing::Skip {
            report.skipped += 1;
            continue;
        }
        if stored.is_some() && existing == Existing::Refuse {
            wrong(F::Sku);
            continue;
        }
        if let Some(barcode) = &draft.input.barcode
            && repo::products::by_barcode(act.tx, barcode)?.is_some_and(|other| Some(other) != stored)
        {
            wrong(F::Barcode);
            continue;
        }
        match stored {
            None => {
                create(act, &draft, &mut search)?;
                report.created += 1;
                report.products_created += 1;
            }
            Some(id) => {
                let Some(product) = repo::products::get(act.tx, id)? else { continue };
                if draft.stock.is_some_and(|stock| stock != product.stock) {
                    report.warnings.add(WarningKind::StockKept, draft.row);
                }
                if update(act, &product, &draft, &mut search)? {
                    report.updated += 1;
                } else {
                    report.skipped += 1;
                }
            }
        }
    }
    errors.into_result()?;
    search.finish(act.tx)
}

fn create(act: &Act<'_>, draft: &Draft, search: &mut Batch) -> Result<()> {
    let mut input = ProductInput { threshold: draft.threshold.unwrap_or(act.config.default_threshold), ..draft.input.clone() };
    products::hide_cost(&mut input.cost_price, act.actor);
    let id = repo::products::insert_row(act.tx, &input, act.actor.now)?;
    search.add(act.tx, id.0, &repo::products::search_texts(&input))?;
    if let Some(stock) = draft.stock.filter(|stock| *stock > 0) {
        let shelf = posting::shelf(act, id)?;
        posting::move_stock(act, &shelf, MovementType::In, stock, Some((ReferenceType::Opening, id.0)), None)?;
    }
    Ok(())
}

/// Writes what the file gives over the stored record; whether anything changed. The stock stays.
fn update(act: &Act<'_>, stored: &Product, draft: &Draft, search: &mut Batch) -> Result<bool> {
    let (old, new) = (&stored.input, &draft.input);
    let or = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    let mut merged = ProductInput {
        sku: old.sku.clone(),
        name: new.name.clone(),
        barcode: or(&new.barcode, &old.barcode),
        category: or(&new.category, &old.category),
        specification: or(&new.specification, &old.specification),
        unit: draft.unit.clone().unwrap_or_else(|| old.unit.clone()),
        price: draft.price.unwrap_or(old.price),
        cost_price: new.cost_price.or(old.cost_price),
        threshold: draft.threshold.unwrap_or(old.threshold),
        description: or(&new.description, &old.description),
        picture: old.picture.clone(),
        status: draft.status.unwrap_or(old.status),
    };
    if !act.actor.rights.sees_cost() {
        merged.cost_price = old.cost_price;
    }
    let changed = merged != *old;
    if changed {
        products::hide_cost(&mut merged.cost_price, act.actor);
        repo::products::update_row(act.tx, stored.id, &merged, act.actor.now)?;
        search.add(act.tx, stored.id.0, &repo::products::search_texts(&merged))?;
    }
    Ok(changed)
}
