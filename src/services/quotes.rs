//! Quotes (spec 3.3; rulings §6): draft, sent, accepted or rejected; copy. An order is made of one by `orders::create`.

use super::customers::conflict;
use super::desk::{Act, Desk};
use super::orders::{check_customer, check_products};
use crate::i18n::fill;
use crate::models::choice::{Entity, Module, QuoteStatus};
use crate::models::error::Refusal;
use crate::models::line::{NewLine, total_of};
use crate::models::list::{Page, Total};
use crate::models::log::Changes;
use crate::models::quote::*;
use crate::models::rights::{Command, Verb};
use crate::models::session::Actor;
use crate::models::{Error, Field, Money, Problem, QuoteId, Result};
use crate::repositories as repo;
use crate::repositories::counters::Series;
use crate::repositories::quotes::{NewHead, Scope};

pub(super) fn scope(actor: &Actor) -> Scope {
    Scope {
        today: actor.today,
        zone: actor.zone,
        own: actor.owner_filter(Module::Sales),
        search_customers: actor.rights.allows(Module::Customer, Verb::View),
    }
}

/// One page of the quotes within one's scope, and the counts by state for the tabs.
pub fn list(desk: &Desk, filter: &QuoteFilter, page: &QuotePage) -> Result<(Page<QuoteRow>, QuoteCounts)> {
    desk.read(Command::ListQuotes, |c, actor| {
        let mut page = *page;
        // An order by amounts would tell them.
        if !actor.sees_amounts() && page.sort == QuoteSort::Total {
            page.sort = QuoteSort::Created;
        }
        let mut rows = repo::quotes::list(c, filter, &page, scope(actor))?;
        if !actor.sees_amounts() {
            rows.iter_mut().for_each(|row| row.total = None);
        }
        let counts = repo::quotes::counts(c, filter, scope(actor))?;
        let total = filter.state.map_or_else(|| counts.all(), |state| counts.of(state)).unsigned_abs();
        Ok((Page::new(rows, Total::Exactly(total), &page), counts))
    })
}

/// A quote with all its page shows. 4004 where there is none within one's scope. Amounts by right (rulings §8).
pub fn get(desk: &Desk, id: QuoteId) -> Result<QuoteDetail> {
    desk.read(Command::GetQuote, |c, actor| {
        let mut quote = find(c, actor, id)?;
        let mut items = repo::quotes::items(c, id)?;
        if !actor.sees_amounts() {
            quote.total = None;
            items.iter_mut().for_each(|item| item.price = None);
        }
        let customer = super::orders::card(c, actor, quote.customer)?;
        Ok(QuoteDetail { quote, items, customer })
    })
}

fn find(c: &crate::database::Connection, actor: &Actor, id: QuoteId) -> Result<Quote> {
    repo::quotes::get(c, id, actor.owner_filter(Module::Sales))?.ok_or(Error::NotFound(Entity::Quote))
}

/// Creates a draft with its number (rulings §4). 4000 by field, for a last day before today, for an inactive customer or product;
/// 4004 for unknown ids.
pub fn create(desk: &mut Desk, new: &NewQuote) -> Result<QuoteCreated> {
    new.check().into_result()?;
    desk.write(Command::CreateQuote, |act| {
        let created = store(act, new)?;
        let customer = check_customer(act, new.customer)?;
        let total = new.total().unwrap_or_default();
        let description = fill(act.actor.lang.texts().logs.quote_created, &[&created.quote_no, &customer.input.name, &total.yuan()]);
        act.log(Entity::Quote, created.id.0, description, &first_changes(&created.quote_no, &customer.input.name, total, new.lines.len()))?;
        Ok(created)
    })
}

/// Checks and writes a new draft.
fn store(act: &Act<'_>, new: &NewQuote) -> Result<QuoteCreated> {
    check_customer(act, new.customer)?;
    check_products(act, &new.lines)?;
    check_day(act, new)?;
    let total = new.total().ok_or(Error::Refused(Refusal::TotalTooLarge))?;
    let quote_no = repo::counters::next(act.tx, Series::Quote, &act.config.quote_prefix, act.actor.today)?;
    let head = NewHead {
        quote_no: &quote_no,
        customer: new.customer,
        total,
        valid_until: new.valid_until,
        notes: new.notes.as_deref(),
        by: act.actor.user,
        now: act.actor.now,
    };
    let id = repo::quotes::insert(act.tx, &head)?;
    insert_lines(act, id, &new.lines)?;
    Ok(QuoteCreated { id, quote_no })
}

fn check_day(act: &Act<'_>, new: &NewQuote) -> Result<()> {
    if new.valid_until < act.actor.today { Err(Error::field(Field::ValidUntil, Problem::InThePast)) } else { Ok(()) }
}

fn insert_lines(act: &Act<'_>, quote: QuoteId, lines: &[NewLine]) -> Result<()> {
    for line in lines {
        let subtotal = line.unit_price.checked_mul(line.quantity).ok_or(Error::Refused(Refusal::TotalTooLarge))?;
        repo::quotes::insert_item(act.tx, quote, line, subtotal)?;
    }
    Ok(())
}

fn first_changes(quote_no: &str, customer: &str, total: Money, lines: usize) -> Changes {
    let mut changes = Changes::default();
    changes.note("quote_no", "", quote_no);
    changes.note("customer", "", customer);
    changes.note("total_amount", "", total.plain());
    changes.note("lines", "", lines);
    changes
}

/// Changes a draft that was read at `version`. 4000 by field or where it is no draft any more; a conflict where someone saved meanwhile.
pub fn update(desk: &mut Desk, id: QuoteId, version: i64, new: &NewQuote) -> Result<()> {
    new.check().into_result()?;
    desk.write(Command::UpdateQuote, |act| {
        let before = find(act.tx, act.actor, id)?;
        if before.version != version {
            return Err(conflict(act, Entity::Quote, id.0, before.updated_at)?);
        }
        if before.status != QuoteStatus::Draft {
            return Err(Refusal::QuoteFixed.into());
        }
        let customer = check_customer(act, new.customer)?;
        check_products(act, &new.lines)?;
        check_day(act, new)?;
        let total = new.total().ok_or(Error::Refused(Refusal::TotalTooLarge))?;
        repo::quotes::delete_items(act.tx, id)?;
        insert_lines(act, id, &new.lines)?;
        repo::quotes::update_head(act.tx, id, new, total, act.actor.now)?;
        let mut changes = Changes::default();
        changes.note("customer", &before.customer_name, &customer.input.name);
        changes.note("total_amount", before.total.unwrap_or_default().plain(), total.plain());
        changes.note("valid_until", before.valid_until, new.valid_until);
        changes.note("notes", before.notes.as_deref().unwrap_or(""), new.notes.as_deref().unwrap_or(""));
        act.log(Entity::Quote, id.0, fill(act.actor.lang.texts().logs.quote_updated, &[&before.quote_no]), &changes)
    })
}

/// Sends a draft, or marks a sent quote accepted or rejected (rulings §6), as it was read at `version`.
/// 4000 for any other step, and for sending a quote whose last day is past; a conflict where someone saved meanwhile.
pub fn set_status(desk: &mut Desk, id: QuoteId, version: i64, to: QuoteStatus) -> Result<()> {
    desk.write(Command::UpdateQuoteStatus, |act| {
        let quote = find(act.tx, act.actor, id)?;
        let texts = &act.actor.lang.texts().logs;
        let text = match (quote.status, to) {
            (QuoteStatus::Draft, QuoteStatus::Sent) => texts.quote_sent,
            (QuoteStatus::Sent, QuoteStatus::Accepted) => texts.quote_accepted,
            (QuoteStatus::Sent, QuoteStatus::Rejected) => texts.quote_rejected,
            (from, to) => return Err(Refusal::QuoteStatusChange { from, to }.into()),
        };
        if quote.version != version {
            return Err(conflict(act, Entity::Quote, id.0, quote.updated_at)?);
        }
        if to == QuoteStatus::Sent && quote.valid_until < act.actor.today {
            return Err(Error::field(Field::ValidUntil, Problem::InThePast));
        }
        repo::quotes::set_status(act.tx, id, to, act.actor.now)?;
        let mut changes = Changes::default();
        changes.note("status", quote.status.as_str(), to.as_str());
        act.log(Entity::Quote, id.0, fill(text, &[&quote.quote_no]), &changes)
    })
}

/// A new draft with the lines and prices of a quote, holding for the configured days from today.
/// 4000 where its customer or a product is inactive by now; 4004 outside one's scope.
pub fn copy(desk: &mut Desk, id: QuoteId) -> Result<QuoteCreated> {
    desk.write(Command::CopyQuote, |act| {
        let quote = find(act.tx, act.actor, id)?;
        let items = repo::quotes::items(act.tx, id)?;
        let line = |item: &QuoteItem| NewLine {
            product: item.product,
            quantity: item.quantity,
            unit_price: item.price.map_or(Money::ZERO, |(price, _)| price),
        };
        let lines: Vec<NewLine> = items.iter().map(line).collect();
        let valid_until = act.actor.today.plus_days(act.config.quote_validity_days);
        let new = NewQuote { customer: quote.customer, valid_until, lines, notes: quote.notes.clone() };
        let created = store(act, &new)?;
        let total = total_of(&new.lines).unwrap_or_default();
        let description = fill(act.actor.lang.texts().logs.quote_copied, &[&created.quote_no, &quote.quote_no]);
        act.log(Entity::Quote, created.id.0, description, &first_changes(&created.quote_no, &quote.customer_name, total, new.lines.len()))?;
        Ok(created)
    })
}

/// Deletes a draft nothing was made of; any other quote is refused with 4000 and stays.
pub fn delete(desk: &mut Desk, id: QuoteId) -> Result<()> {
    desk.write(Command::DeleteQuote, |act| {
        let quote = find(act.tx, act.actor, id)?;
        if quote.status != QuoteStatus::Draft || repo::quotes::is_referred_to(act.tx, id)? {
            return Err(Refusal::QuoteFixed.into());
        }
        repo::quotes::delete(act.tx, id)?;
        let mut changes = Changes::default();
        changes.note("customer", &quote.customer_name, "");
        changes.note("total_amount", quote.total.unwrap_or_default().plain(), "");
        act.log(Entity::Quote, id.0, fill(act.actor.lang.texts().logs.quote_deleted, &[&quote.quote_no]), &changes)
    })
}
