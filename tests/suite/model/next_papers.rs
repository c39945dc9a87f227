//! Which step may come next with quotes and in picking.

use proptest::prelude::*;
use proptest::sample::select;
use zhanggui::models::choice::{MovementType, OrderStatus, QuoteStatus};
use zhanggui::models::quote::QuoteState;

use super::next::{Choices, Focus, buyers, cancelling, days, likely, pieces};
use super::offers::Quote;
use super::sales::Order;
use super::shop::Shop;
use super::steps::Step;

pub fn add(shop: &Shop, choices: &mut Choices) {
    add_quotes(shop, choices);
    choices.add_any(Focus::Shelves, if shop.orders.iter().any(Order::is_open) { 8 } else { 1 }, picking(shop));
}

fn add_quotes(shop: &Shop, choices: &mut Choices) {
    let until = select([0, 0, 0, 0, 1, 1, 10, 30, 30, -1].map(|days| shop.today().plus_days(days)).to_vec());
    let quote = (select(buyers(shop)), pieces(shop), until.clone());
    choices.add(Focus::Quotes, 4, quote.prop_map(|(customer, lines, until)| Step::Quote { customer, lines, until }).boxed());
    if shop.quotes.is_empty() {
        return;
    }
    let drafts = likely(&shop.quotes, |quote| !quote.gone && quote.status == QuoteStatus::Draft);
    let change = (select(drafts), prop::bool::weighted(0.15), select(buyers(shop)), pieces(shop), until);
    let change = change.prop_map(|(quote, stale, customer, lines, until)| Step::ChangeQuote { quote, stale, customer, lines, until });
    choices.add(Focus::Quotes, 2, change.boxed());
    let everything = 0..shop.quotes.len();
    choices.add_any(Focus::Quotes, 6, deciding(shop));
    let of_quotes = |step: &Step| matches!(step, Step::Cancel { order, .. } if shop.orders[*order].quote.is_some());
    choices.add_any(Focus::Quotes, 2, cancelling(shop).into_iter().filter(of_quotes).collect());
    choices.add_any(Focus::Quotes, 1, everything.clone().map(|quote| Step::CopyQuote { quote }).collect());
    choices.add_any(Focus::Quotes, 1, everything.map(|quote| Step::RemoveQuote { quote }).collect());
    choices.add_any(Focus::Quotes, 2, vec![Step::LookAtQuotes]);
    choices.add_any(Focus::Quotes, 4, expiring(shop));
    let bought = |product| Step::Stock { product, kind: MovementType::In, quantity: 30 };
    choices.add_any(Focus::Quotes, 2, (0..shop.products.len()).map(bought).collect());
    let turning = (select(turning(shop)), pieces(shop), select(days(shop)), 0..12_u8);
    let turning = turning.prop_map(|((quote, offer, other), edited, day, odd)| {
        // Mostly as it was offered; the lines may be edited, and a slip of the customer is refused.
        let customer = if odd == 0 { other } else { offer.customer };
        let lines = if odd == 1 { edited } else { offer.lines };
        Step::Order { customer, quote: Some(quote), lines, day }
    });
    choices.add(Focus::Quotes, 6, turning.boxed());
}

/// Quotes to be ordered: mostly those that may be, and most of all those whose order was cancelled, and expired ones.
/// With a customer that may be another one.
fn turning(shop: &Shop) -> Vec<(usize, Quote, usize)> {
    let made =
        |at: usize, cancelled: bool| shop.orders.iter().any(|order| order.quote == Some(at) && (order.status == OrderStatus::Cancelled) == cancelled);
    let places: Vec<usize> = (0..shop.quotes.len()).collect();
    let fits = |at: &usize| !shop.quotes[*at].gone && shop.quotes[*at].status != QuoteStatus::Rejected && !made(*at, false);
    let mut found = likely(&places, fits);
    let expired = |at: &usize| shop.quotes[*at].state(shop.today()) == QuoteState::Expired;
    found.extend(places.iter().filter(|at| fits(at) && (made(**at, true) || expired(at))).flat_map(|at| [*at; 24]));
    found.into_iter().map(|at| (at, shop.quotes[at].clone(), (shop.quotes[at].customer + 1) % shop.customers.len())).collect()
}

/// The clock at the last second of a sent quote's last day, and at the first of the next.
fn expiring(shop: &Shop) -> Vec<Step> {
    let soon = |quote: &&Quote| quote.state(shop.today()) == QuoteState::Sent && quote.until <= shop.today().plus_days(10);
    let over = shop.quotes.iter().filter(soon).map(|quote| quote.until.plus_days(1).start(shop.zone));
    over.flat_map(|over| [over, over, over, over.plus_seconds(-1)]).filter(|at| *at > shop.now).map(Step::Clock).collect()
}

fn deciding(shop: &Shop) -> Vec<Step> {
    let mut steps = Vec::new();
    for quote in likely(&shop.quotes, |quote| !quote.gone && matches!(quote.status, QuoteStatus::Draft | QuoteStatus::Sent)) {
        let step = |to| Step::DecideQuote { quote, stale: false, to };
        let usual = if shop.quotes[quote].status == QuoteStatus::Draft { QuoteStatus::Sent } else { QuoteStatus::Accepted };
        steps.extend(vec![step(usual); 6]);
        steps.extend([QuoteStatus::Sent, QuoteStatus::Accepted, QuoteStatus::Rejected].map(step));
        steps.push(Step::DecideQuote { quote, stale: true, to: usual });
    }
    steps
}

fn picking(shop: &Shop) -> Vec<Step> {
    let mut steps = Vec::new();
    for order in likely(&shop.orders, Order::is_open) {
        let lines = &shop.orders[order].lines;
        for (at, line) in lines.iter().enumerate() {
            let missing = line.quantity - line.picked;
            let pick = |pieces| Step::Pick { order, product: line.product, pieces };
            steps.extend(vec![pick(1); 4]);
            steps.extend([pick(missing.max(1)), pick(missing + 1)]);
            if line.picked > 0 {
                steps.extend([1, 1, 1, line.picked].map(|pieces| Step::PutBack { order, line: at, pieces }));
            }
            if at == 0 {
                steps.push(Step::PutBack { order, line: at, pieces: line.picked + 1 });
            }
        }
        let absent = (0..shop.products.len()).find(|product| lines.iter().all(|line| line.product != *product));
        steps.extend(absent.map(|product| Step::Pick { order, product, pieces: 1 }));
    }
    steps
}
