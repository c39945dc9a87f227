//! The columns of exported stock: products, what runs out, movements, stocktakes and their sheets.

use super::columns::{Column, Shown, column, moment, only, whole, yes};
use crate::models::Money;
use crate::models::choice::Status;
use crate::models::export::ProductFigures;
use crate::models::product::ProductRow;
use crate::models::stock::MovementRow;
use crate::models::stocktake::{Stocktake, StocktakeLine};
use crate::services::tables::Cell;

/// Stock at cost; a sum, so that it may be larger than one amount.
fn value<'a>(product: &ProductRow) -> Cell<'a> {
    let fen = product.cost_price.map(|cost| cost.fen().saturating_mul(product.stock));
    fen.map_or(Cell::Empty, |fen| Cell::Money(Money::sum_from_fen(fen)))
}

pub const PRODUCTS: &[Column<ProductFigures>] = &[
    column(|t| t.c_sku, 16.0, |r, _| Cell::text(&r.product.sku)),
    column(|t| t.c_barcode, 16.0, |r, _| Cell::maybe(r.product.barcode.as_deref())),
    column(|t| t.c_product, 28.0, |r, _| Cell::text(&r.product.name)),
    column(|t| t.c_category, 16.0, |r, _| Cell::maybe(r.product.category.as_deref())),
    column(|t| t.c_specification, 18.0, |r, _| Cell::maybe(r.product.specification.as_deref())),
    column(|t| t.c_unit, 8.0, |r, _| Cell::text(&r.product.unit)),
    column(|t| t.c_unit_price, 12.0, |r, _| Cell::Money(r.product.price)),
    only(Shown::Cost, |t| t.c_cost, 12.0, |r, _| r.product.cost_price.map_or(Cell::Empty, Cell::Money)),
    column(|t| t.c_stock, 10.0, |r, _| Cell::Whole(r.product.stock)),
    column(|t| t.c_reserved, 10.0, |r, _| Cell::Whole(r.product.reserved)),
    column(|t| t.c_available, 10.0, |r, _| Cell::Whole(r.product.available())),
    column(|t| t.c_threshold, 10.0, |r, _| Cell::Whole(r.product.threshold)),
    column(|t| t.c_stock_level, 10.0, |r, v| Cell::text(v.lang.stock_level(r.product.level()))),
    only(Shown::Cost, |t| t.c_value, 16.0, |r, _| value(&r.product)),
    column(|t| t.c_came, 10.0, |r, _| Cell::Whole(r.came)),
    column(|t| t.c_went, 10.0, |r, _| Cell::Whole(r.went)),
    column(
        |t| t.c_status,
        10.0,
        |r, v| {
            let t = &v.texts.products;
            Cell::text(if r.product.status == Status::Active { t.active } else { t.inactive })
        },
    ),
];

pub const WARNINGS: &[Column<ProductRow>] = &[
    column(|t| t.c_sku, 16.0, |r, _| Cell::text(&r.sku)),
    column(|t| t.c_product, 28.0, |r, _| Cell::text(&r.name)),
    column(|t| t.c_category, 16.0, |r, _| Cell::maybe(r.category.as_deref())),
    column(|t| t.c_specification, 18.0, |r, _| Cell::maybe(r.specification.as_deref())),
    column(|t| t.c_unit, 8.0, |r, _| Cell::text(&r.unit)),
    column(|t| t.c_stock, 10.0, |r, _| Cell::Whole(r.stock)),
    column(|t| t.c_available, 10.0, |r, _| Cell::Whole(r.available())),
    column(|t| t.c_threshold, 10.0, |r, _| Cell::Whole(r.threshold)),
    column(|t| t.c_stock_level, 10.0, |r, v| Cell::text(v.lang.stock_level(r.level()))),
    column(|t| t.c_suggested, 10.0, |r, _| Cell::Whole(r.suggested())),
    only(Shown::Cost, |t| t.c_cost, 12.0, |r, _| r.cost_price.map_or(Cell::Empty, Cell::Money)),
];

pub const MOVEMENTS: &[Column<MovementRow>] = &[
    column(|t| t.c_time, 18.0, |r, _| Cell::Time(r.created_at)),
    column(|t| t.c_sku, 16.0, |r, _| Cell::text(&r.sku)),
    column(|t| t.c_product, 28.0, |r, _| Cell::text(&r.product_name)),
    column(|t| t.c_specification, 18.0, |r, _| Cell::maybe(r.specification.as_deref())),
    column(|t| t.c_kind, 8.0, |r, v| Cell::text(v.lang.movement_kind(r.kind))),
    column(|t| t.c_change, 10.0, |r, _| Cell::Whole(r.quantity)),
    column(|t| t.c_balance, 10.0, |r, _| Cell::Whole(r.stock_after)),
    column(|t| t.c_source, 12.0, |r, v| Cell::text(v.lang.movement_source(r.reference))),
    column(|t| t.c_reference, 16.0, |r, _| Cell::maybe(r.reference_no.as_deref())),
    column(|t| t.c_notes, 28.0, |r, _| Cell::maybe(r.notes.as_deref())),
    column(|t| t.c_operator, 12.0, |r, _| Cell::text(&r.created_by_name)),
    column(|t| t.c_undone, 8.0, |r, v| yes(r.reversed, v)),
];

pub const STOCKTAKES: &[Column<Stocktake>] = &[
    column(|t| t.c_stocktake_no, 16.0, |r, _| Cell::text(&r.stocktake_no)),
    column(
        |t| t.c_scope,
        18.0,
        |r, v| match &r.category {
            Some(category) => Cell::text(category),
            None if r.is_list => Cell::text(v.texts.stocktakes.scope_list),
            None => Cell::text(v.texts.stocktakes.scope_all),
        },
    ),
    column(|t| t.c_status, 10.0, |r, v| Cell::text(v.lang.stocktake_status(r.status))),
    column(|t| t.c_blind, 8.0, |r, v| yes(r.blind, v)),
    column(|t| t.c_begun_by, 12.0, |r, _| Cell::text(&r.created_by_name)),
    column(|t| t.c_begun, 18.0, |r, _| Cell::Time(r.created_at)),
    column(|t| t.c_lines, 10.0, |r, _| Cell::Whole(r.lines)),
    column(|t| t.c_counted_lines, 10.0, |r, _| Cell::Whole(r.counted)),
    column(|t| t.c_differing, 10.0, |r, _| whole((!r.hides_figures()).then_some(r.differing))),
    column(|t| t.c_closed_by, 12.0, |r, _| Cell::maybe(r.closed_by_name.as_deref())),
    column(|t| t.c_closed, 18.0, |r, _| moment(r.closed_at)),
    column(|t| t.c_notes, 28.0, |r, _| Cell::maybe(r.notes.as_deref())),
];

pub const LINES: &[Column<StocktakeLine>] = &[
    column(|t| t.c_sku, 16.0, |r, _| Cell::text(&r.sku)),
    column(|t| t.c_product, 28.0, |r, _| Cell::text(&r.name)),
    column(|t| t.c_category, 16.0, |r, _| Cell::maybe(r.category.as_deref())),
    column(|t| t.c_specification, 18.0, |r, _| Cell::maybe(r.specification.as_deref())),
    column(|t| t.c_unit, 8.0, |r, _| Cell::text(&r.unit)),
    column(|t| t.c_system, 10.0, |r, _| whole(r.system)),
    column(|t| t.c_counted, 10.0, |r, _| whole(r.counted)),
    column(|t| t.c_difference, 10.0, |r, _| whole(r.difference)),
    only(Shown::Cost, |t| t.c_difference_value, 14.0, |r, _| r.value.map_or(Cell::Empty, Cell::Money)),
    column(|t| t.c_counted_by, 12.0, |r, _| Cell::maybe(r.counted_by_name.as_deref())),
    column(|t| t.c_counted_at, 18.0, |r, _| moment(r.counted_at)),
    column(|t| t.c_moved, 12.0, |r, v| yes(r.moved, v)),
];
