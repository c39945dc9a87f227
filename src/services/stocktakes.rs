//! Stocktakes (spec 4.3, rulings §5): begin, count, go on later, post as `adjust`, or discard.
//!
//! A count remembers the stock it was based on; a line whose stock moved since does not post before it is counted again.

use super::desk::{Act, Desk};
use super::posting;
use super::products::hide_cost;
use crate::database::Connection;
use crate::i18n::fill;
use crate::models::choice::{Entity, MovementType, ReferenceType};
use crate::models::error::Refusal;
use crate::models::export::Sorted;
use crate::models::list::{Page, Total};
use crate::models::log::Changes;
use crate::models::money::quantity;
use crate::models::order::Crossing;
use crate::models::rights::Command;
use crate::models::session::Actor;
use crate::models::stocktake::*;
use crate::models::{Error, Field, FieldErrors, Problem, ProductId, Result, StocktakeId};
use crate::repositories as repo;
use crate::repositories::counters::Series;

/// One page of stocktakes, and how many the search finds by where they stand.
pub fn list(desk: &Desk, filter: &StocktakeFilter, page: &StocktakePage) -> Result<(Page<Stocktake>, StocktakeCounts)> {
    desk.read(Command::ListStocktakes, |c, _| {
        let mut rows = repo::stocktakes::list(c, filter, page)?;
        rows.iter_mut().filter(|row| row.hides_figures()).for_each(|row| row.differing = 0);
        let counts = repo::stocktakes::counts(c, &filter.search)?;
        let total = filter.status.map_or(counts.all(), |status| counts.of(status));
        Ok((Page::new(rows, Total::Exactly(total), page), counts))
    })
}

/// A stocktake and its sums. 4004 for an unknown one. What a blind count hides stays hidden while it is open; values by the right to cost.
pub fn get(desk: &Desk, id: StocktakeId) -> Result<(Stocktake, StocktakeSums)> {
    desk.read(Command::GetStocktake, |c, actor| {
        let mut stocktake = found(c, id)?;
        let mut sums = repo::stocktakes::sums(c, id, stocktake.status == StocktakeStatus::Open)?;
        hide_cost(&mut sums.value, actor);
        if stocktake.hides_figures() {
            (sums.pieces, sums.value, sums.differing, stocktake.differing) = (None, None, 0, 0);
        }
        Ok((stocktake, sums))
    })
}

/// One page of a sheet's lines.
pub fn lines(desk: &Desk, id: StocktakeId, filter: &LineFilter, page: &LinePage) -> Result<Page<StocktakeLine>> {
    desk.read(Command::StocktakeLines, |c, actor| {
        let stocktake = found(c, id)?;
        let open = stocktake.status == StocktakeStatus::Open;
        let mut page = *page;
        let (filter, (sort, _)) = without_hints(&stocktake, filter, (page.sort, page.descending));
        page.sort = sort;
        let mut rows = repo::stocktakes::lines(c, id, &filter, &page, open)?;
        rows.iter_mut().for_each(|line| hide(line, &stocktake, actor));
        let total = repo::stocktakes::count_lines(c, id, &filter, open)?;
        Ok(Page::new(rows, Total::Exactly(total), &page))
    })
}

/// How many lines of the sheet, by SKU, stand before a product's; `None` where it is not on the sheet.
pub fn place(desk: &Desk, id: StocktakeId, product: ProductId) -> Result<Option<u64>> {
    desk.read(Command::StocktakeLines, |c, _| repo::stocktakes::place(c, id, product))
}

/// Filter and order of a sheet's lines, without what would tell what a blind count hides.
pub(super) fn without_hints(stocktake: &Stocktake, filter: &LineFilter, sort: Sorted<LineSort>) -> (LineFilter, Sorted<LineSort>) {
    let (mut filter, mut sort) = (filter.clone(), sort);
    if stocktake.hides_figures() {
        filter.view = if filter.view == LineView::Differing { LineView::All } else { filter.view };
        sort.0 = if sort.0 == LineSort::Difference { LineSort::Sku } else { sort.0 };
    }
    (filter, sort)
}

pub(super) fn found(c: &Connection, id: StocktakeId) -> Result<Stocktake> {
    repo::stocktakes::get(c, id)?.ok_or(Error::NotFound(Entity::Stocktake))
}

pub(super) fn hide(line: &mut StocktakeLine, stocktake: &Stocktake, actor: &Actor) {
    hide_cost(&mut line.value, actor);
    if stocktake.hides_figures() {
        (line.system, line.difference, line.value) = (None, None, None);
    }
}

/// Begins a stocktake with its number and its sheet. 4000 by field, or where nothing is to be counted; 4004 for an unknown product.
pub fn create(desk: &mut Desk, new: &NewStocktake) -> Result<StocktakeId> {
    new.check().into_result()?;
    desk.write(Command::CreateStocktake, |act| {
        if let StocktakeScope::Products(products) = &new.scope {
            for product in products {
                posting::shelf(act, *product)?;
            }
        }
        let stocktake_no = repo::counters::next(act.tx, Series::Stocktake, &act.config.stocktake_prefix, act.actor.today)?;
        let id = repo::stocktakes::insert(act.tx, &stocktake_no, new, act.actor.user, act.actor.now)?;
        let lines = found(act.tx, id)?.lines;
        if lines == 0 {
            return Err(Error::field(Field::Product, Problem::Required));
        }
        let mut changes = Changes::default();
        changes.note("lines", "", lines);
        changes.note("blind", "", new.blind);
        log(act, id, fill(act.actor.lang.texts().logs.stocktake_created, &[&stocktake_no, &quantity(lines)]), &changes)?;
        Ok(id)
    })
}

fn open(act: &Act<'_>, id: StocktakeId) -> Result<Stocktake> {
    let stocktake = found(act.tx, id)?;
    if stocktake.status != StocktakeStatus::Open {
        return Err(Refusal::StocktakeClosed.into());
    }
    Ok(stocktake)
}

/// Stores counted figures, each with the stock it is based on; a product that is not on the sheet is added. All or nothing.
/// 4000 by line for a figure out of bounds, where the stocktake is closed, or where someone else counted
/// the line meanwhile; 4004 for unknown products.
pub fn count(desk: &mut Desk, id: StocktakeId, counts: &[Count]) -> Result<()> {
    let mut errors = FieldErrors::default();
    for (at, count) in counts.iter().enumerate() {
        if count.counted.is_some_and(|counted| !(0..=MOST_COUNTED).contains(&counted)) {
            errors.add_in_line(at, Field::Quantity, Problem::OutOfRange(0, MOST_COUNTED));
        }
    }
    errors.into_result()?;
    desk.write(Command::CountStocktake, |act| {
        let stocktake = open(act, id)?;
        let mut changes = Changes::default();
        for count in counts {
            let shelf = posting::shelf(act, count.product)?;
            repo::stocktakes::add_line(act.tx, id, count.product)?;
            let stands = repo::stocktakes::counted_of(act.tx, id, count.product)?;
            if stands != count.seen && stands != count.counted {
                return Err(Refusal::CountedMeanwhile { name: shelf.name, unit: shelf.unit, counted: stands }.into());
            }
            match count.counted {
                Some(counted) => repo::stocktakes::count(act.tx, id, count.product, counted, shelf.stock, act.actor.user, act.actor.now)?,
                None => repo::stocktakes::uncount(act.tx, id, count.product)?,
            }
        }
        repo::stocktakes::touch(act.tx, id)?;
        changes.note("counted", stocktake.counted, found(act.tx, id)?.counted);
        log(act, id, fill(act.actor.lang.texts().logs.stocktake_counted, &[&stocktake.stocktake_no, &quantity(counts.len() as i64)]), &changes)
    })
}

/// Books counted − system of every counted line as `adjust`; lines not counted stay as they are. The sheet was read at `version`.
/// 4000 where nothing was counted, it is closed, or stock of a line moved since its count (with the new figure);
/// a conflict where someone counted meanwhile.
pub fn post(desk: &mut Desk, id: StocktakeId, version: i64) -> Result<StocktakePosted> {
    desk.write(Command::PostStocktake, |act| {
        let stocktake = open(act, id)?;
        if stocktake.version != version {
            // Counting leaves no time on the sheet itself.
            let (by, at) = repo::logs::last_person(act.tx, Entity::Stocktake, id.0)?.unzip();
            return Err(Error::Conflict { entity: Entity::Stocktake, by, at: at.unwrap_or(act.actor.now) });
        }
        let counted = repo::stocktakes::counted(act.tx, id)?;
        if counted.is_empty() {
            return Err(Refusal::NothingCounted.into());
        }
        if let Some(moved) = counted.iter().find(|line| line.moved) {
            let shelf = posting::shelf(act, moved.product)?;
            let lines = counted.iter().filter(|line| line.moved).count();
            let (name, unit) = (shelf.name, shelf.unit);
            return Err(Refusal::StockMoved { name, unit, was: moved.base, now: shelf.stock, lines }.into());
        }
        let mut posted = StocktakePosted { adjusted: 0, crossings: Vec::new() };
        let mut pieces = (0, 0);
        for line in counted.iter().filter(|line| line.counted != line.base) {
            let shelf = posting::shelf(act, line.product)?;
            let difference = line.counted - line.base;
            let reference = Some((ReferenceType::Stocktake, id.0));
            let outcome = posting::move_stock(act, &shelf, MovementType::Adjust, difference, reference, Some(&stocktake.stocktake_no))?;
            if outcome.crossed_threshold {
                let (stock, threshold) = (outcome.after, shelf.threshold);
                posted.crossings.push(Crossing { product: line.product, name: shelf.name, unit: shelf.unit, stock, threshold });
            }
            posted.adjusted += 1;
            if difference > 0 { pieces.0 += difference } else { pieces.1 -= difference }
        }
        repo::stocktakes::close(act.tx, id, StocktakeStatus::Posted, act.actor.user, act.actor.now)?;
        let mut changes = Changes::default();
        changes.note("status", StocktakeStatus::Open.as_str(), StocktakeStatus::Posted.as_str());
        changes.note("adjusted_lines", "", posted.adjusted);
        changes.note("pieces_more", "", pieces.0);
        changes.note("pieces_less", "", pieces.1);
        let values: [&dyn std::fmt::Display; 4] = [&stocktake.stocktake_no, &quantity(posted.adjusted), &quantity(pieces.0), &quantity(pieces.1)];
        log(act, id, fill(act.actor.lang.texts().logs.stocktake_posted, &values), &changes)?;
        Ok(posted)
    })
}

/// Gives an open stocktake up; nothing is booked, the sheet is kept.
pub fn discard(desk: &mut Desk, id: StocktakeId) -> Result<()> {
    desk.write(Command::DiscardStocktake, |act| {
        let stocktake = open(act, id)?;
        repo::stocktakes::close(act.tx, id, StocktakeStatus::Discarded, act.actor.user, act.actor.now)?;
        let mut changes = Changes::default();
        changes.note("status", StocktakeStatus::Open.as_str(), StocktakeStatus::Discarded.as_str());
        log(act, id, fill(act.actor.lang.texts().logs.stocktake_discarded, &[&stocktake.stocktake_no]), &changes)
    })
}

fn log(act: &Act<'_>, id: StocktakeId, description: String, changes: &Changes) -> Result<()> {
    act.log(Entity::Stocktake, id.0, description, changes)
}
