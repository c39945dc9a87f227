//! Orders (spec 3.3, 4.2; rulings §5, §6): list, page, create, change, ship, complete, cancel.

use super::credit;
use super::customers::conflict;
use super::desk::{Act, Desk};
use super::posting::{self, Posting};
use super::products::hide_cost;
use crate::i18n::fill;
use crate::models::choice::{Entity, Module, OrderStatus, QuoteStatus, Role, Status, StockState};
use crate::models::customer::{Customer, OverLimit};
use crate::models::error::Refusal;
use crate::models::list::Page;
use crate::models::log::{Changes, LogFilter, LogPage, LogRow, LogSort};
use crate::models::money::quantity;
use crate::models::order::*;
use crate::models::quote::Quote;
use crate::models::rights::{Command, Verb};
use crate::models::session::Actor;
use crate::models::{CustomerId, Day, Error, Field, FieldErrors, Money, OrderId, Problem, Result, Timestamp, Zone};
use crate::repositories as repo;
use crate::repositories::counters::Series;
use crate::repositories::orders::{NewHead, Sold, StoredOrder};

/// One page of the orders within one's scope, and the counts by status for the tabs; none where a search finds too many to be counted.
pub fn list(desk: &Desk, filter: &OrderFilter, page: &OrderPage) -> Result<(Page<OrderRow>, Option<StatusCounts>)> {
    desk.read(Command::ListOrders, |c, actor| {
        let own = actor.owner_filter(Module::Sales);
        let search_customers = actor.rights.allows(Module::Customer, Verb::View);
        let mut page = *page;
        // An order by amounts would tell them.
        if !actor.sees_amounts() && matches!(page.sort, OrderSort::Total | OrderSort::Outstanding) {
            page.sort = OrderSort::Day;
        }
        let (total, counts) = repo::orders::count(c, filter, own, search_customers)?;
        let mut rows = repo::orders::list(c, filter, &page, own, search_customers, Some(total))?;
        if !actor.sees_amounts() {
            rows.iter_mut().for_each(|row| row.amounts = None);
        }
        Ok((Page::new(rows, total, &page), counts))
    })
}

/// Sums of the orders a filter leaves within one's scope: net of returns, paid, and what is due; cancelled ones not counted (rulings §6).
/// Nothing for who may not see amounts, and where a search finds too many to be counted.
pub fn sums(desk: &Desk, filter: &OrderFilter) -> Result<Option<OrderSums>> {
    desk.read(Command::OrderSums, |c, actor| {
        if !actor.sees_amounts() {
            return Ok(None);
        }
        let (own, search_customers) = (actor.owner_filter(Module::Sales), actor.rights.allows(Module::Customer, Verb::View));
        if repo::orders::is_many(c, filter, own, search_customers)? {
            return Ok(None);
        }
        repo::orders::sums(c, filter, own, search_customers).map(Some)
    })
}

/// An order with all its page shows. 4004 where there is none within one's scope. Amounts and cost by right (rulings §8).
pub fn get(desk: &Desk, id: OrderId) -> Result<OrderDetail> {
    let term = desk.config()?.payment_term_days;
    desk.read(Command::GetOrder, |c, actor| {
        let StoredOrder { mut order, customer_term_days, .. } = find(c, actor, id)?;
        order.due_day = order.order_day.plus_days(customer_term_days.unwrap_or(term));
        let mut items = repo::orders::items(c, id)?;
        items.iter_mut().for_each(|item| hide_cost(&mut item.cost_price, actor));
        let mut payments = repo::payments::of_order(c, id)?;
        let mut returns = repo::returns::of_order(c, id)?;
        if !actor.sees_amounts() {
            order.amounts = None;
            items.iter_mut().for_each(|item| item.price = None);
            payments.clear();
            returns.iter_mut().for_each(|each| each.amounts = None);
        }
        let customer = card(c, actor, order.customer)?;
        Ok(OrderDetail { order, items, payments, returns, movements: repo::stock::of_order(c, id)?, customer })
    })
}

/// The customer of a document. Who ships needs the address; who may not see customers, or whose customer it is no more, sees the name
/// alone (rulings §8: the scope holds everywhere).
pub(super) fn card(c: &crate::database::Connection, actor: &Actor, id: CustomerId) -> Result<OrderCustomer> {
    let mut card = repo::orders::customer_card(c, id)?;
    if actor.role != Role::Warehouse && !reaches(c, actor, id)? {
        (card.contact_person, card.phone, card.address) = (None, None, None);
    }
    Ok(card)
}

/// Whether the person may see this customer at all.
pub(super) fn reaches(c: &crate::database::Connection, actor: &Actor, id: CustomerId) -> Result<bool> {
    let allowed = actor.rights.allows(Module::Customer, Verb::View);
    Ok(allowed && repo::customers::get(c, id, actor.owner_filter(Module::Customer))?.is_some())
}

/// What happened to an order, the newest first: creation, payments, shipping, returns, changes of its notes. At most 200 rows.
/// Empty for who may not see amounts, which the descriptions name. 4004 outside one's scope.
pub fn history(desk: &Desk, id: OrderId) -> Result<Vec<LogRow>> {
    desk.read(Command::OrderHistory, |c, actor| {
        find(c, actor, id)?;
        if !actor.sees_amounts() {
            return Ok(Vec::new());
        }
        let filter = LogFilter { entity: Some((Entity::Order, id.0)), ..Default::default() };
        let page = LogPage { page_size: 200, ..LogPage::first(LogSort::Time, true) };
        Ok(repo::logs::list(c, &filter, &page, actor.zone, true)?.0)
    })
}

fn find(c: &crate::database::Connection, actor: &Actor, id: OrderId) -> Result<StoredOrder> {
    repo::orders::get(c, id, actor.owner_filter(Module::Sales))?.ok_or(Error::NotFound(Entity::Order))
}

/// Creates an order (spec 4.2 steps 7–16): number, lines, stock deducted or reserved, log, in one transaction.
/// 4000 by field, for a day in the future, for an inactive customer or product, with the missing pieces, or over the credit limit where the
/// configuration refuses that; 4004 for unknown ids.
pub fn create(desk: &mut Desk, new: &NewOrder) -> Result<OrderCreated> {
    new.check().into_result()?;
    desk.write(Command::CreateOrder, |act| {
        let customer = check_customer(act, new.customer)?;
        let quote = check_quote(act, new)?;
        let costs = check_products(act, &new.lines)?;
        posting::check_available(act, &new.lines)?;
        let (now, today, zone) = (act.actor.now, act.actor.today, act.actor.zone);
        if new.order_day > today {
            return Err(Error::field(Field::OrderDay, Problem::InTheFuture));
        }
        let total = new.total().ok_or(Error::Refused(Refusal::TotalTooLarge))?;
        let over_limit = credit::check(act, &customer, total)?;
        let order_no = repo::counters::next(act.tx, Series::Order, &act.config.order_prefix, today)?;
        let order_date = moment_on(new.order_day, today, now, zone);
        let head = NewHead {
            order_no: &order_no,
            external_no: None,
            quote: new.quote,
            customer: new.customer,
            total,
            status: if total.is_zero() { OrderStatus::Paid } else { OrderStatus::PendingPayment },
            order_date,
            order_day: new.order_day,
            ship_date: None,
            complete_date: None,
            stock_state: StockState::Reserved,
            notes: new.notes.as_deref(),
            sold: Sold::of(new.lines.iter().zip(costs.iter().copied())),
            by: act.actor.user,
            now,
        };
        let id = repo::orders::insert(act.tx, &head)?;
        insert_lines(act, id, &new.lines, &costs)?;
        let crossings = posting::take_stock(act, id, &new.lines)?;
        repo::posting::add_outstanding(act.tx, new.customer, total)?;
        repo::posting::note_order(act.tx, new.customer, order_date)?;
        let mut changes = Changes::default();
        changes.note("order_no", "", &order_no);
        changes.note("customer", "", &customer.input.name);
        changes.note("total_amount", "", total.plain());
        changes.note("lines", "", new.lines.len());
        note_over(&mut changes, over_limit);
        let texts = &act.actor.lang.texts().logs;
        let description = match &quote {
            None => fill(texts.order_created, &[&order_no, &customer.input.name, &total.yuan()]),
            Some(quote) => {
                changes.note("quote", "", &quote.quote_no);
                if quote.status != QuoteStatus::Accepted {
                    repo::quotes::set_status(act.tx, quote.id, QuoteStatus::Accepted, now)?;
                }
                fill(texts.order_from_quote, &[&order_no, &customer.input.name, &total.yuan(), &quote.quote_no])
            }
        };
        act.log(Entity::Order, id.0, description, &changes)?;
        Ok(OrderCreated { id, order_no, crossings, over_limit: over_limit.filter(|_| act.actor.sees_amounts()) })
    })
}

/// What is over the credit limit stands in the log.
fn note_over(changes: &mut Changes, over: Option<OverLimit>) {
    if let Some(over) = over {
        changes.note("over_credit_limit", "", over.excess().plain());
    }
}

/// The quote an order is made of: of the same customer, neither rejected nor an order already (rulings §6).
fn check_quote(act: &Act<'_>, new: &NewOrder) -> Result<Option<Quote>> {
    let Some(id) = new.quote else { return Ok(None) };
    let quote = repo::quotes::get(act.tx, id, act.actor.owner_filter(Module::Sales))?;
    let quote = quote.ok_or_else(|| Error::field(Field::Quote, Problem::NotFound))?;
    if quote.customer != new.customer {
        return Err(Error::field(Field::Quote, Problem::Contradicts));
    }
    if let Some((_, order_no)) = &quote.order {
        return Err(Refusal::QuoteTurned { order_no: order_no.clone() }.into());
    }
    if quote.status == QuoteStatus::Rejected {
        return Err(Refusal::QuoteStatusChange { from: quote.status, to: QuoteStatus::Accepted }.into());
    }
    Ok(Some(quote))
}

/// The customer of a new document: within one's scope and active.
pub(super) fn check_customer(act: &Act<'_>, customer: CustomerId) -> Result<Customer> {
    let customer = repo::customers::get(act.tx, customer, act.actor.owner_filter(Module::Sales))?;
    let customer = customer.ok_or_else(|| Error::field(Field::Customer, Problem::NotFound))?;
    if customer.input.status == Status::Inactive {
        return Err(Refusal::Inactive(Entity::Customer).into());
    }
    Ok(customer)
}

/// Every line's product exists and is active; their present costs.
pub(super) fn check_products(act: &Act<'_>, lines: &[NewLine]) -> Result<Vec<Money>> {
    let mut errors = FieldErrors::default();
    let mut costs = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        match repo::posting::shelf(act.tx, line.product)? {
            Some(shelf) if shelf.active => costs.push(shelf.cost_price),
            Some(_) => return Err(Refusal::Inactive(Entity::Product).into()),
            None => errors.add_in_line(at, Field::Product, Problem::NotFound),
        }
    }
    errors.into_result()?;
    Ok(costs)
}

fn insert_lines(act: &Act<'_>, order: OrderId, lines: &[NewLine], costs: &[Money]) -> Result<()> {
    for (line, cost) in lines.iter().zip(costs) {
        let subtotal = line.unit_price.checked_mul(line.quantity).ok_or(Error::Refused(Refusal::TotalTooLarge))?;
        repo::orders::insert_item(act.tx, order, line, subtotal, *cost)?;
    }
    Ok(())
}

/// The time for something that happened on `day`: now if that is today, else noon there.
pub(super) fn moment_on(day: Day, today: Day, now: Timestamp, zone: Zone) -> Timestamp {
    if day == today { now } else { day.at(chrono::NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default(), zone) }
}

/// Changes notes, and lines while the order is pending and its stock not deducted (rulings §6). The order was read at `version`.
/// 4000 by field, with missing pieces, over the credit limit as [`create`], or where the lines are fixed; a conflict where someone saved meanwhile.
pub fn update(desk: &mut Desk, id: OrderId, version: i64, edit: &OrderEdit) -> Result<()> {
    let mut errors = FieldErrors::default();
    crate::models::error::text::check_optional(&mut errors, Field::Notes, edit.notes.as_deref(), 2000);
    errors.into_result()?;
    desk.write(Command::UpdateOrder, |act| {
        let StoredOrder { order, amounts, updated_at, .. } = find(act.tx, act.actor, id)?;
        if order.version != version {
            return Err(conflict(act, Entity::Order, id.0, updated_at)?);
        }
        let mut changes = Changes::default();
        changes.note("notes", order.notes.as_deref().unwrap_or(""), edit.notes.as_deref().unwrap_or(""));
        let mut total = amounts.total;
        if let Some(lines) = &edit.lines {
            let over_limit;
            (total, over_limit) = replace_lines(act, &order, amounts, lines)?;
            changes.note("total_amount", amounts.total.plain(), total.plain());
            note_over(&mut changes, over_limit);
        }
        repo::orders::update_head(act.tx, id, edit.notes.as_deref(), act.actor.now)?;
        let settled = OrderAmounts { total, ..amounts }.outstanding().is_zero();
        let status = if settled { OrderStatus::Paid } else { OrderStatus::PendingPayment };
        if edit.lines.is_some() && status != order.status {
            repo::orders::set_status(act.tx, id, status, act.actor.now)?;
        }
        act.log(Entity::Order, id.0, fill(act.actor.lang.texts().logs.order_updated, &[&order.order_no]), &changes)
    })
}

/// Puts new lines in the place of the old ones; the new total, and the credit limit where it is over that.
fn replace_lines(act: &Act<'_>, order: &Order, amounts: OrderAmounts, lines: &[NewLine]) -> Result<(Money, Option<OverLimit>)> {
    let editable = order.stock_state == StockState::Reserved && order.status == OrderStatus::PendingPayment;
    if !editable {
        return Err(Refusal::LinesFixed.into());
    }
    let new = NewOrder { customer: order.customer, quote: None, order_day: order.order_day, lines: lines.to_vec(), notes: None };
    new.check().into_result()?;
    let total = new.total().ok_or(Error::Refused(Refusal::TotalTooLarge))?;
    if total < amounts.paid {
        return Err(Refusal::RefundTooLarge { paid: amounts.paid }.into());
    }
    let change = total.checked_sub(amounts.total).unwrap_or_default();
    let customer = repo::customers::get(act.tx, order.customer, None)?.ok_or(Error::NotFound(Entity::Customer))?;
    let over_limit = credit::check(act, &customer, change)?;
    let costs = check_products(act, lines)?;
    posting::unreserve(act, order.id)?;
    posting::check_available(act, lines)?;
    repo::orders::delete_items(act.tx, order.id)?;
    insert_lines(act, order.id, lines, &costs)?;
    repo::orders::set_total(act.tx, order.id, total, Sold::of(lines.iter().zip(costs.iter().copied())))?;
    for line in lines {
        repo::posting::reserve(act.tx, line.product, line.quantity)?;
    }
    repo::posting::add_outstanding(act.tx, order.customer, change)?;
    Ok((total, over_limit))
}

/// Ships an order: paid ones, and unpaid ones where the configuration allows it and the unpaid sum was confirmed (rulings §6).
/// Deducts its stock where that was not done. 4000 for another status, an unconfirmed or changed sum, or missing pieces; a conflict where someone
/// changed the order since it was read.
pub fn ship(desk: &mut Desk, id: OrderId, confirmed: ShipConfirmation) -> Result<Vec<Crossing>> {
    desk.write(Command::ShipOrder, |act| {
        let StoredOrder { order, amounts, updated_at, .. } = find(act.tx, act.actor, id)?;
        if confirmed.version.is_some_and(|version| version != order.version) {
            return Err(conflict(act, Entity::Order, id.0, updated_at)?);
        }
        let outstanding = amounts.outstanding();
        match order.status {
            OrderStatus::Paid => {}
            OrderStatus::PendingPayment if !act.config.allow_ship_before_payment => {
                return Err(Refusal::UnpaidShipment { outstanding: if act.actor.sees_amounts() { outstanding } else { Money::ZERO } }.into());
            }
            OrderStatus::PendingPayment => {
                if act.actor.sees_amounts() && confirmed.unpaid != Some(outstanding) {
                    return Err(Refusal::ConfirmationStale.into());
                }
            }
            from => return Err(Refusal::StatusChange { from, to: OrderStatus::Shipped }.into()),
        }
        let crossings = if order.stock_state == StockState::Reserved { posting::deduct(act, id)? } else { Vec::new() };
        repo::picking::clear(act.tx, id)?;
        repo::orders::set_status(act.tx, id, OrderStatus::Shipped, act.actor.now)?;
        log_status(act, &order, OrderStatus::Shipped, act.actor.lang.texts().logs.order_shipped)?;
        Ok(crossings)
    })
}

/// Completes a shipped order that is fully paid. 4000 with the outstanding sum, or for another status.
pub fn complete(desk: &mut Desk, id: OrderId) -> Result<()> {
    desk.write(Command::UpdateOrderStatus, |act| {
        let StoredOrder { order, amounts, .. } = find(act.tx, act.actor, id)?;
        if order.status != OrderStatus::Shipped {
            return Err(Refusal::StatusChange { from: order.status, to: OrderStatus::Completed }.into());
        }
        let outstanding = amounts.outstanding();
        if !outstanding.is_zero() {
            return Err(Refusal::UnpaidCompletion { outstanding }.into());
        }
        repo::orders::set_status(act.tx, id, OrderStatus::Completed, act.actor.now)?;
        log_status(act, &order, OrderStatus::Completed, act.actor.lang.texts().logs.order_completed)
    })
}

/// Cancels a pending or paid order: its stock comes back and what was paid is refunded, in the same transaction (rulings §6).
/// 4000 for another status, or where pieces or refund are not what was confirmed.
pub fn cancel(desk: &mut Desk, id: OrderId, confirmed: CancelConfirmation) -> Result<()> {
    desk.write(Command::CancelOrder, |act| {
        let StoredOrder { order, amounts, .. } = find(act.tx, act.actor, id)?;
        if !matches!(order.status, OrderStatus::PendingPayment | OrderStatus::Paid) {
            return Err(Refusal::StatusChange { from: order.status, to: OrderStatus::Cancelled }.into());
        }
        let returning = if order.stock_state == StockState::Deducted { repo::posting::order_pieces(act.tx, id)? } else { Vec::new() };
        let pieces: i64 = returning.iter().map(|(_, pieces)| pieces).sum();
        if confirmed != (CancelConfirmation { pieces, refund: amounts.paid }) {
            return Err(Refusal::ConfirmationStale.into());
        }
        let texts = &act.actor.lang.texts().logs;
        posting::give_back(act, id, order.stock_state, texts.cancelled_note)?;
        // Before the refund, which would take who owes the most he may beyond it for a moment.
        repo::posting::add_outstanding(act.tx, order.customer, amounts.net().negated())?;
        if !amounts.paid.is_zero() {
            let refund = Posting {
                order: id,
                customer: order.customer,
                status: order.status,
                amounts,
                amount: amounts.paid.negated(),
                paid_at: act.actor.now,
                method: None,
                notes: Some(texts.cancelled_note),
            };
            posting::pay(act, &refund)?;
        }
        repo::picking::clear(act.tx, id)?;
        repo::orders::set_status(act.tx, id, OrderStatus::Cancelled, act.actor.now)?;
        repo::posting::refresh_last_order(act.tx, order.customer)?;
        let mut changes = Changes::default();
        changes.note("status", order.status.as_str(), OrderStatus::Cancelled.as_str());
        changes.note("returned_pieces", "", pieces);
        changes.note("refund", "", amounts.paid.plain());
        let description = fill(texts.order_cancelled, &[&order.order_no, &quantity(pieces), &amounts.paid.yuan()]);
        act.log(Entity::Order, id.0, description, &changes)
    })
}

fn log_status(act: &Act<'_>, order: &Order, to: OrderStatus, text: &str) -> Result<()> {
    let mut changes = Changes::default();
    changes.note("status", order.status.as_str(), to.as_str());
    act.log(Entity::Order, order.id.0, fill(text, &[&order.order_no]), &changes)
}
