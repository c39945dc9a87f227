//! Each state of an order against each command, as one table: what it allows, with which words it refuses, and that a refusal changes nothing.

use zhanggui::models::choice::OrderStatus;
use zhanggui::models::config::ConfigKey;
use zhanggui::models::error::Refusal;
use zhanggui::models::order::{OrderEdit, ShipConfirmation};
use zhanggui::models::returns::{NewReturn, ReturnEffect, ReturnLine};
use zhanggui::models::*;
use zhanggui::services::{orders, payments, products, returns};

use crate::fixture::{Fixture, fen, new_order, payment};
use crate::orders_rules::{cancel, order_in, outstanding, ship, status};
use crate::returns::untrack;

/// How an order stands. It is always 2 × ¥10.00.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Pending,
    PartPaid,
    Paid,
    ShippedUnpaid,
    ShippedPaid,
    Completed,
    Cancelled,
    /// Imported: it was completed elsewhere.
    History,
}

impl State {
    fn order(self, f: &mut Fixture, customer: CustomerId, product: ProductId) -> OrderId {
        match self {
            State::Pending => f.order(customer, &[(product, 2, 1000)]),
            State::PartPaid => order_in(f, OrderStatus::PendingPayment, customer, product),
            State::Paid => order_in(f, OrderStatus::Paid, customer, product),
            State::ShippedUnpaid => order_in(f, OrderStatus::Shipped, customer, product),
            State::ShippedPaid => {
                let order = order_in(f, OrderStatus::Paid, customer, product);
                ship(f, order).unwrap();
                order
            }
            State::Completed => order_in(f, OrderStatus::Completed, customer, product),
            State::Cancelled => order_in(f, OrderStatus::Cancelled, customer, product),
            State::History => {
                let order = order_in(f, OrderStatus::Completed, customer, product);
                untrack(f, order, product);
                order
            }
        }
    }
}

type Deed = fn(&mut Fixture, OrderId) -> Result<()>;

fn paid(f: &Fixture, order: OrderId) -> i64 {
    orders::get(&f.desk, order).unwrap().order.amounts.unwrap().paid.fen()
}

fn refund(f: &mut Fixture, order: OrderId, sum: i64) -> Result<()> {
    payments::refund(&mut f.desk, &payment(order, sum)).map(|_| ())
}

fn ship_where(f: &mut Fixture, order: OrderId, allowed: &str) -> Result<()> {
    f.configure(ConfigKey::AllowShipBeforePayment, allowed);
    let unpaid = Some(outstanding(f, order));
    let outcome = orders::ship(&mut f.desk, order, ShipConfirmation { unpaid, version: None }).map(|_| ());
    f.configure(ConfigKey::AllowShipBeforePayment, "true");
    outcome
}

fn edit(f: &mut Fixture, order: OrderId, lines: Option<i64>) -> Result<()> {
    let detail = orders::get(&f.desk, order)?;
    let lines = lines.map(|pieces| new_order(detail.order.customer, &[(detail.items[0].product, pieces, 1000)]).lines);
    orders::update(&mut f.desk, order, detail.order.version, &OrderEdit { lines, notes: Some("加急".into()) })
}

fn give_back(f: &mut Fixture, order: OrderId) -> Result<()> {
    let detail = orders::get(&f.desk, order)?;
    let refund = ReturnEffect::of(detail.order.amounts.unwrap(), 1, fen(1000)).refund;
    let lines = vec![ReturnLine { item: detail.items[0].id, quantity: 1, returnable: detail.items[0].returnable() }];
    let new = NewReturn { order, lines, method: (!refund.is_zero()).then(|| "现金".into()), notes: None, refund };
    returns::create(&mut f.desk, &new).map(|_| ())
}

/// The columns of the table.
const DEEDS: [(&str, Deed); 11] = [
    ("pay", |f, o| f.pay(o, 100).map(|_| ())),
    ("overpay", |f, o| {
        let due = outstanding(f, o).fen();
        f.pay(o, due + 1).map(|_| ())
    }),
    ("refund", |f, o| refund(f, o, 100)),
    ("over-refund", |f, o| {
        let paid = paid(f, o);
        refund(f, o, paid + 1)
    }),
    ("ship, unpaid allowed", |f, o| ship_where(f, o, "true")),
    ("ship, unpaid refused", |f, o| ship_where(f, o, "false")),
    ("complete", |f, o| orders::complete(&mut f.desk, o)),
    ("cancel", cancel),
    ("edit lines", |f, o| edit(f, o, Some(3))),
    ("edit notes", |f, o| edit(f, o, None)),
    ("return", give_back),
];

/// What each column says; `None` is allowed.
fn says(state: State, shipment_mode: bool) -> [Option<Refusal>; 11] {
    use OrderStatus as S;
    let step = |from, to| Some(Refusal::StatusChange { from, to });
    let over = |fits| Some(Refusal::Overpaid { fits: fen(fits) });
    let most = |paid| Some(Refusal::RefundTooLarge { paid: fen(paid) });
    let unpaid = |due| Some(Refusal::UnpaidShipment { outstanding: fen(due) });
    let due = |due| Some(Refusal::UnpaidCompletion { outstanding: fen(due) });
    let fixed = || Some(Refusal::LinesFixed);
    let lines = || if shipment_mode { None } else { fixed() };
    let kept = || Some(Refusal::RefundNeedsReturn);
    let stays = || Some(Refusal::NotShipped);
    let pending = S::PendingPayment;
    match state {
        State::Pending => [None, over(2000), most(0), most(0), None, unpaid(2000), step(pending, S::Completed), None, lines(), None, stays()],
        State::PartPaid => [None, over(1500), None, most(500), None, unpaid(1500), step(pending, S::Completed), None, lines(), None, stays()],
        State::Paid => [over(0), over(0), None, most(2000), None, None, step(S::Paid, S::Completed), None, fixed(), None, stays()],
        State::ShippedUnpaid => {
            let shipped = || step(S::Shipped, S::Shipped);
            [None, over(1500), None, most(500), shipped(), shipped(), due(1500), step(S::Shipped, S::Cancelled), fixed(), None, None]
        }
        State::ShippedPaid => {
            let shipped = || step(S::Shipped, S::Shipped);
            [over(0), over(0), None, most(2000), shipped(), shipped(), None, step(S::Shipped, S::Cancelled), fixed(), None, None]
        }
        State::Completed | State::History => {
            let to = |to| step(S::Completed, to);
            [over(0), over(0), kept(), kept(), to(S::Shipped), to(S::Shipped), to(S::Completed), to(S::Cancelled), fixed(), None, None]
        }
        State::Cancelled => {
            let to = |to| step(S::Cancelled, to);
            let money = || to(S::Paid);
            let again = to(S::Cancelled);
            [money(), money(), money(), money(), to(S::Shipped), to(S::Shipped), to(S::Completed), again, fixed(), None, stays()]
        }
    }
}

#[test]
fn each_state_allows_its_commands_and_refuses_the_others_in_its_words() {
    const STATES: [State; 8] =
        [State::Pending, State::PartPaid, State::Paid, State::ShippedUnpaid, State::ShippedPaid, State::Completed, State::Cancelled, State::History];
    for mode in ["order", "shipment"] {
        let mut f = Fixture::new();
        f.configure(ConfigKey::StockDeduction, mode);
        let (customer, product) = (f.customer("甲"), f.product("A", 1000, 1000));
        for state in STATES {
            for ((name, deed), expected) in DEEDS.iter().zip(says(state, mode == "shipment")) {
                let order = state.order(&mut f, customer, product);
                let look = |f: &Fixture| {
                    let counted = f.figure("SELECT SUM(last) FROM counters");
                    // The table's own switching of the setting is logged; nothing of the order may be.
                    let logged = f.figure("SELECT COUNT(*) FROM system_logs WHERE module <> 'system'");
                    (orders::get(&f.desk, order).unwrap(), products::get(&f.desk, product).unwrap(), counted, logged)
                };
                let before = look(&f);
                let outcome = deed(&mut f, order);
                assert_eq!(outcome, expected.clone().map_or(Ok(()), |refusal| Err(refusal.into())), "{name} of {state:?}, {mode}");
                let after = look(&f);
                assert_eq!(after == before, expected.is_some(), "{name} of {state:?}, {mode}");
                assert_eq!(after.3 - before.3, i64::from(expected.is_none()), "one log row: {name} of {state:?}, {mode}");
            }
        }
    }
}

#[test]
fn what_a_command_leaves_behind() {
    use OrderStatus::{Cancelled, Completed, Paid, PendingPayment, Shipped};
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 1000));
    let rows: [(State, &str, OrderStatus); 9] = [
        (State::Pending, "pay", PendingPayment),
        (State::Paid, "refund", PendingPayment),
        (State::Paid, "ship, unpaid refused", Shipped),
        (State::PartPaid, "cancel", Cancelled),
        (State::ShippedUnpaid, "pay", Shipped),
        (State::ShippedPaid, "refund", Shipped),
        (State::ShippedPaid, "complete", Completed),
        (State::ShippedPaid, "return", Shipped),
        (State::Completed, "return", Completed),
    ];
    for (state, name, left) in rows {
        let order = state.order(&mut f, customer, product);
        let deed = DEEDS.iter().find(|(known, _)| *known == name).unwrap().1;
        deed(&mut f, order).unwrap();
        assert_eq!(status(&f, order), left, "{name} of {state:?}");
    }
    let order = State::PartPaid.order(&mut f, customer, product);
    f.pay(order, 1500).unwrap();
    assert_eq!(status(&f, order), Paid);
}
