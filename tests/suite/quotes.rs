//! Each state of a quote against each command, as one table: what it allows, with which words it refuses, and that a refusal changes nothing.

use zhanggui::models::choice::QuoteStatus;
use zhanggui::models::error::Refusal;
use zhanggui::models::order::NewOrder;
use zhanggui::models::quote::{NewQuote, QuoteDetail};
use zhanggui::models::*;
use zhanggui::services::{orders, quotes};

use crate::fixture::{Fixture, day, fen, new_order, new_quote};
use crate::orders_rules::cancel;

/// How a quote stands on 2026-01-30.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Draft,
    /// A draft whose last day is past.
    LateDraft,
    Sent,
    /// Sent, and its last day is past.
    Expired,
    Accepted,
    Rejected,
    /// An order was made of it.
    Turned,
    /// That order was cancelled.
    OrderCancelled,
}

const STATES: [State; 8] =
    [State::Draft, State::LateDraft, State::Sent, State::Expired, State::Accepted, State::Rejected, State::Turned, State::OrderCancelled];

impl State {
    fn quote(self, f: &mut Fixture, customer: CustomerId, product: ProductId) -> QuoteId {
        let late = matches!(self, State::LateDraft | State::Expired);
        if late {
            f.set_time("2026-01-20 02:00:00");
        }
        let valid_until = day(if late { "2026-01-25" } else { "2026-02-28" });
        let id = quotes::create(&mut f.desk, &NewQuote { valid_until, ..new_quote(customer, &[(product, 2, 900)]) }).unwrap().id;
        let mut steps = match self {
            State::Draft | State::LateDraft => vec![],
            State::Sent | State::Expired => vec![QuoteStatus::Sent],
            State::Rejected => vec![QuoteStatus::Sent, QuoteStatus::Rejected],
            State::Accepted | State::Turned | State::OrderCancelled => vec![QuoteStatus::Sent, QuoteStatus::Accepted],
        };
        steps.drain(..).for_each(|to| f.set_quote(id, to).unwrap());
        f.set_time(crate::fixture::NOW);
        if matches!(self, State::Turned | State::OrderCancelled) {
            let order = turn(f, id).unwrap();
            if self == State::OrderCancelled {
                cancel(f, order).unwrap();
            }
        }
        id
    }
}

/// An order of the quote's lines, as the editor makes it.
fn turn(f: &mut Fixture, id: QuoteId) -> Result<OrderId> {
    let QuoteDetail { quote, items, .. } = quotes::get(&f.desk, id)?;
    let lines: Vec<_> = items.iter().map(|item| (item.product, item.quantity, item.price.unwrap().0.fen())).collect();
    orders::create(&mut f.desk, &NewOrder { quote: Some(id), ..new_order(quote.customer, &lines) }).map(|created| created.id)
}

type Deed = fn(&mut Fixture, QuoteId) -> Result<()>;

/// The columns of the table.
const DEEDS: [(&str, Deed); 7] = [
    ("update", |f, id| {
        let QuoteDetail { quote, items, .. } = quotes::get(&f.desk, id)?;
        quotes::update(&mut f.desk, id, quote.version, &new_quote(quote.customer, &[(items[0].product, 3, 800)]))
    }),
    ("send", |f, id| f.set_quote(id, QuoteStatus::Sent)),
    ("accept", |f, id| f.set_quote(id, QuoteStatus::Accepted)),
    ("reject", |f, id| f.set_quote(id, QuoteStatus::Rejected)),
    ("copy", |f, id| quotes::copy(&mut f.desk, id).map(|_| ())),
    ("delete", |f, id| quotes::delete(&mut f.desk, id)),
    ("turn into an order", |f, id| turn(f, id).map(|_| ())),
];

/// What each column says; `None` is allowed.
fn says(state: State, order_no: &str) -> [Option<Error>; 7] {
    use QuoteStatus::{Accepted, Draft, Rejected, Sent};
    let step = |from, to| Some(Error::from(Refusal::QuoteStatusChange { from, to }));
    let fixed = || Some(Error::from(Refusal::QuoteFixed));
    let late = Some(Error::field(Field::ValidUntil, Problem::InThePast));
    let turned = Some(Error::from(Refusal::QuoteTurned { order_no: order_no.to_owned() }));
    match state {
        State::Draft => [None, None, step(Draft, Accepted), step(Draft, Rejected), None, None, None],
        State::LateDraft => [None, late, step(Draft, Accepted), step(Draft, Rejected), None, None, None],
        // A customer may still say yes after the last day; it is the seller who decides.
        State::Sent | State::Expired => [fixed(), step(Sent, Sent), None, None, None, fixed(), None],
        State::Accepted | State::OrderCancelled => {
            [fixed(), step(Accepted, Sent), step(Accepted, Accepted), step(Accepted, Rejected), None, fixed(), None]
        }
        State::Turned => [fixed(), step(Accepted, Sent), step(Accepted, Accepted), step(Accepted, Rejected), None, fixed(), turned],
        State::Rejected => {
            [fixed(), step(Rejected, Sent), step(Rejected, Accepted), step(Rejected, Rejected), None, fixed(), step(Rejected, Accepted)]
        }
    }
}

#[test]
fn each_state_allows_its_commands_and_refuses_the_others_in_its_words() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 1000));
    for state in STATES {
        for (at, (name, deed)) in DEEDS.iter().enumerate() {
            let id = state.quote(&mut f, customer, product);
            let order_no = quotes::get(&f.desk, id).unwrap().quote.order.map_or(String::new(), |(_, number)| number);
            let expected = says(state, &order_no)[at].clone();
            let before = (f.state(), f.logged());
            assert_eq!(deed(&mut f, id), expected.clone().map_or(Ok(()), Err), "{name} of {state:?}");
            assert_eq!(f.state() == before.0, expected.is_some(), "{name} of {state:?}");
            assert_eq!(f.logged() - before.1, i64::from(expected.is_none()), "one log row: {name} of {state:?}");
        }
    }
}

#[test]
fn an_order_of_a_quote_carries_its_prices_and_accepts_it() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 1000));
    for state in [State::Draft, State::Sent, State::Expired, State::Accepted, State::OrderCancelled] {
        let id = state.quote(&mut f, customer, product);
        let order = turn(&mut f, id).unwrap();
        let detail = orders::get(&f.desk, order).unwrap();
        assert_eq!(detail.items[0].price, Some((fen(900), fen(1800))));
        assert_eq!(detail.order.quote.as_ref().map(|(quote, _)| *quote), Some(id));
        let quote = quotes::get(&f.desk, id).unwrap().quote;
        assert_eq!((quote.status, quote.order.map(|(order, _)| order)), (QuoteStatus::Accepted, Some(order)), "{state:?}");
    }
}

#[test]
fn nobody_sends_figures_he_did_not_see() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let quote = f.quote(customer, &[(product, 1, 1000)]);
    let read = quotes::get(&f.desk, quote).unwrap().quote.version;
    quotes::update(&mut f.desk, quote, read, &new_quote(customer, &[(product, 1, 2000)])).unwrap();
    let sent = quotes::set_status(&mut f.desk, quote, read, QuoteStatus::Sent);
    assert!(matches!(sent, Err(Error::Conflict { .. })), "{sent:?}");
    assert_eq!(quotes::get(&f.desk, quote).unwrap().quote.status, QuoteStatus::Draft);
    f.set_quote(quote, QuoteStatus::Sent).unwrap();
}
