//! Each state of an order against each command, as one table: what it allows, with which words it refuses, and that a refusal changes nothing.

use zhanggui::models::choice::{OrderStatus, StockState};
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
    /// Imported (rulings §13): paid elsewhere, and not shipped yet.
    PaidHistory,
    /// Imported: shipped elsewhere, 15 of the 20 yuan unpaid.
    ShippedHistory,
    /// Imported: completed elsewhere.
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
            State::PaidHistory => history(f, OrderStatus::Paid, customer, product),
            State::ShippedHistory => history(f, OrderStatus::Shipped, customer, product),
            State::History => history(f, OrderStatus::Completed, customer, product),
        }
    }
}

/// An order that moves no stock. It is made while orders are deducted, as `untrack` puts the pieces of such a one back.
fn history(f: &mut Fixture, status: OrderStatus, customer: CustomerId, product: ProductId) -> OrderId {
    let mode = f.text("SELECT COALESCE(MAX(config_value), 'order') FROM system_config WHERE config_key = 'stock_deduction'");
    f.configure(ConfigKey::StockDeduction, "order");
    let order = order_in(f, status, customer, product);
    untrack(f, order, product);
    f.configure(ConfigKey::StockDeduction, &mode);
    order
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
        State::Paid | State::PaidHistory => {
            [over(0), over(0), None, most(2000), None, None, step(S::Paid, S::Completed), None, fixed(), None, stays()]
        }
        State::ShippedUnpaid | State::ShippedHistory => {
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

const STATES: [State; 10] = [
    State::Pending,
    State::PartPaid,
    State::Paid,
    State::ShippedUnpaid,
    State::ShippedPaid,
    State::Completed,
    State::Cancelled,
    State::PaidHistory,
    State::ShippedHistory,
    State::History,
];

/// All that may not change by a refusal: every table, but for the setting that a column of the table above switches to and fro.
fn data(f: &Fixture) -> Vec<String> {
    f.state().into_iter().filter(|row| !row.starts_with("system_config ")).collect()
}

#[test]
fn each_state_allows_its_commands_and_refuses_the_others_in_its_words() {
    for mode in ["order", "shipment"] {
        let mut f = Fixture::new();
        f.configure(ConfigKey::StockDeduction, mode);
        let (customer, product) = (f.customer("甲"), f.product("A", 1000, 1000));
        for state in STATES {
            for ((name, deed), expected) in DEEDS.iter().zip(says(state, mode == "shipment")) {
                let order = state.order(&mut f, customer, product);
                // The table's own switching of the setting is logged; nothing of the order may be.
                let logged = |f: &Fixture| f.figure("SELECT COUNT(*) FROM system_logs WHERE module <> 'system'");
                let before = (data(&f), logged(&f));
                let outcome = deed(&mut f, order);
                assert_eq!(outcome, expected.clone().map_or(Ok(()), |refusal| Err(refusal.into())), "{name} of {state:?}, {mode}");
                assert_eq!(data(&f) == before.0, expected.is_some(), "{name} of {state:?}, {mode}");
                assert_eq!(logged(&f) - before.1, i64::from(expected.is_none()), "one log row: {name} of {state:?}, {mode}");
            }
        }
    }
}

#[test]
fn imported_history_moves_no_stock_whatever_is_done_to_it() {
    for mode in ["order", "shipment"] {
        let mut f = Fixture::new();
        f.configure(ConfigKey::StockDeduction, mode);
        let (customer, product) = (f.customer("甲"), f.product("A", 1000, 1000));
        for state in [State::PaidHistory, State::ShippedHistory, State::History] {
            for ((name, deed), expected) in DEEDS.iter().zip(says(state, mode == "shipment")) {
                let order = state.order(&mut f, customer, product);
                let look = |f: &Fixture| {
                    let shelf = products::get(&f.desk, product).unwrap();
                    (shelf.stock, shelf.reserved, f.figure("SELECT COUNT(*) FROM stock_movements"))
                };
                let before = look(&f);
                assert_eq!(deed(&mut f, order).is_ok(), expected.is_none(), "{name} of {state:?}");
                assert_eq!(look(&f), before, "{name} of {state:?}, {mode}");
                assert_eq!(orders::get(&f.desk, order).unwrap().order.stock_state, StockState::Untracked, "{name} of {state:?}");
            }
        }
    }
}

#[test]
fn what_a_command_leaves_behind() {
    use OrderStatus::{Cancelled, Completed, Paid, PendingPayment, Shipped};
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 1000));
    let rows: [(State, &str, OrderStatus); 12] = [
        (State::Pending, "pay", PendingPayment),
        (State::Paid, "refund", PendingPayment),
        (State::Paid, "ship, unpaid refused", Shipped),
        (State::PartPaid, "cancel", Cancelled),
        (State::ShippedUnpaid, "pay", Shipped),
        (State::ShippedPaid, "refund", Shipped),
        (State::ShippedPaid, "complete", Completed),
        (State::ShippedPaid, "return", Shipped),
        (State::Completed, "return", Completed),
        (State::PaidHistory, "ship, unpaid refused", Shipped),
        (State::PaidHistory, "cancel", Cancelled),
        (State::ShippedHistory, "return", Shipped),
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
