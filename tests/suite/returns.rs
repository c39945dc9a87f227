//! Returns: pieces back to stock, what is then overpaid paid back, and every sum that follows.

use zhanggui::models::choice::{OrderStatus, Role, StockState};
use zhanggui::models::error::{Code, Refusal};
use zhanggui::models::order::{NewOrder, OrderDetail};
use zhanggui::models::payment::NewPayment;
use zhanggui::models::returns::{NewReturn, ReturnCreated, ReturnDraft, ReturnEffect, ReturnLine};
use zhanggui::models::*;
use zhanggui::services::{Desk, customers, orders, payments, products, returns};

use crate::fixture::{Fixture, day, fen, fields, new_order, payment};
use crate::orders_rules::{order_in, outstanding, ship, status};

/// So many pieces of the lines of an order, by their place, with this refund in cash.
pub fn back(desk: &Desk, order: OrderId, pieces: &[(usize, i64)], refund: i64) -> NewReturn {
    let items = orders::get(desk, order).unwrap().items;
    let lines =
        pieces.iter().map(|(at, quantity)| ReturnLine { item: items[*at].id, quantity: *quantity, returnable: items[*at].returnable() }).collect();
    NewReturn { order, lines, method: (refund > 0).then(|| "现金".to_owned()), notes: None, refund: fen(refund) }
}

fn give_back(f: &mut Fixture, order: OrderId, pieces: &[(usize, i64)], refund: i64) -> Result<ReturnCreated> {
    let new = back(&f.desk, order, pieces, refund);
    returns::create(&mut f.desk, &new)
}

fn detail(f: &Fixture, order: OrderId) -> OrderDetail {
    orders::get(&f.desk, order).unwrap()
}

/// Returned, paid, outstanding, in fen.
fn sums(f: &Fixture, order: OrderId) -> (i64, i64, i64) {
    let amounts = detail(f, order).order.amounts.unwrap();
    (amounts.returned.fen(), amounts.paid.fen(), amounts.outstanding().fen())
}

/// What the customer owes by its own record, and over its orders.
fn owed(f: &Fixture, customer: CustomerId) -> (Option<Money>, Option<Money>) {
    let (stored, sums) = customers::get(&f.desk, customer).unwrap();
    (stored.outstanding, sums.amounts.map(|sums| sums.outstanding))
}

#[test]
fn a_return_refunds_what_is_then_overpaid_and_no_more() {
    // An order of 10 × ¥10.00: paid so much, pieces back in steps, the refund of each step, what is left outstanding at the end.
    let cases: [(i64, &[(i64, i64)], i64); 7] = [
        (0, &[(4, 0)], 6000),
        (0, &[(4, 0), (6, 0)], 0),
        (3000, &[(5, 0)], 2000),
        (3000, &[(7, 0)], 0),
        (3000, &[(8, 1000), (2, 2000)], 0),
        (10_000, &[(1, 1000), (4, 4000)], 0),
        (10_000, &[(10, 10_000)], 0),
    ];
    for (paid, steps, due) in cases {
        let mut f = Fixture::new();
        let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
        let order = f.order(customer, &[(product, 10, 1000)]);
        if paid > 0 {
            f.pay(order, paid).unwrap();
        }
        ship(&mut f, order).unwrap();
        let completed = paid == 10_000;
        if completed {
            orders::complete(&mut f.desk, order).unwrap();
        }
        let (mut pieces, mut refunded) = (0, 0);
        for (at, (quantity, refund)) in steps.iter().enumerate() {
            let created = give_back(&mut f, order, &[(0, *quantity)], *refund).unwrap();
            assert_eq!((created.return_no, created.refunded), (format!("T20260130{:03}", at + 1), fen(*refund)));
            pieces += quantity;
            refunded += refund;
        }
        assert_eq!(sums(&f, order), (pieces * 1000, paid - refunded, due), "{paid} {steps:?}");
        assert_eq!(status(&f, order), if completed { OrderStatus::Completed } else { OrderStatus::Shipped });
        assert_eq!(products::get(&f.desk, product).unwrap().stock, pieces);
        assert_eq!(owed(&f, customer), (Some(fen(due)), Some(fen(due))));
        let detail = detail(&f, order);
        assert_eq!(detail.order.amounts.unwrap().total, fen(10_000), "the total never changes");
        assert_eq!((detail.items[0].returned_quantity, detail.returns.len()), (pieces, steps.len()));
        // What is left can be settled and completed.
        if due > 0 {
            assert_eq!(f.pay(order, due + 1), Err(Refusal::Overpaid { fits: fen(due) }.into()));
            f.pay(order, due).unwrap();
        }
        if !completed {
            orders::complete(&mut f.desk, order).unwrap();
        }
    }
}

#[test]
fn each_movement_payment_and_log_row_names_the_return() {
    let mut f = Fixture::new();
    let (customer, a, b) = (f.customer("甲"), f.product("A", 1000, 10), f.product("B", 500, 10));
    let order = f.order(customer, &[(a, 4, 1000), (b, 6, 500), (a, 2, 900)]);
    f.pay(order, 8800).unwrap();
    ship(&mut f, order).unwrap();
    let logged = f.logged();
    let mut new = back(&f.desk, order, &[(0, 1), (2, 2), (1, 3)], 4300);
    new.notes = Some("运输压坏".into());
    returns::create(&mut f.desk, &new).unwrap();
    let detail = detail(&f, order);
    let back: Vec<_> = detail.movements.iter().filter(|m| m.quantity > 0).map(|m| (m.product, m.quantity)).collect();
    assert_eq!(back, [(a, 1), (a, 2), (b, 3)]);
    assert_eq!(f.figure("SELECT COUNT(*) FROM stock_movements WHERE reference_type = 'return' AND reference_id = 1 AND movement_type = 'in'"), 3);
    let refund = detail.payments.last().unwrap();
    assert_eq!((refund.amount, refund.method.as_deref(), refund.payment_no.as_str()), (fen(-4300), Some("现金"), "R20260130002"));
    let booked = &detail.returns[0];
    assert_eq!((booked.amounts, booked.pieces, booked.notes.as_deref()), (Some((fen(4300), fen(4300))), 6, Some("运输压坏")));
    assert_eq!(
        booked.items.iter().map(|item| (item.name.as_str(), item.quantity)).collect::<Vec<_>>(),
        [("产品 A", 1), ("产品 A", 2), ("产品 B", 3)]
    );
    assert_eq!(f.logged(), logged + 1);
    let history = orders::history(&f.desk, order).unwrap();
    assert_eq!(history[0].description, "订单 O20260130001 退货 T20260130001：6 件，金额 ¥43.00，退款 ¥43.00");
    assert!(history.iter().any(|row| row.description.contains("新建订单")) && history.len() == 4);
}

#[test]
fn what_cannot_come_back_is_refused_and_nothing_moves() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 100));
    let order = order_in(&mut f, OrderStatus::Completed, customer, product);
    let other = order_in(&mut f, OrderStatus::Completed, customer, product);
    give_back(&mut f, order, &[(0, 1)], 1000).unwrap();
    let before = (detail(&f, order), f.logged());
    let foreign = orders::get(&f.desk, other).unwrap().items[0].id;
    let good = back(&f.desk, order, &[(0, 1)], 1000);
    let line = good.lines[0];
    let with = |change: fn(&mut NewReturn)| {
        let mut new = good.clone();
        change(&mut new);
        new
    };
    let too_many = Refusal::ReturnTooLarge { name: "产品 A".into(), unit: "盒".into(), fits: 1 };
    for new in [with(|new| new.lines[0].quantity = 2), with(|new| new.lines[0].quantity = 1_000_000)] {
        assert_eq!(returns::create(&mut f.desk, &new), Err(too_many.clone().into()));
    }
    for refund in [0, 999, 1001, 2000] {
        let new = NewReturn { refund: fen(refund), ..good.clone() };
        assert_eq!(returns::create(&mut f.desk, &new), Err(Refusal::ConfirmationStale.into()), "{refund}");
    }
    let range = Problem::OutOfRange(1, 1_000_000);
    let wrong = [
        (with(|new| new.lines[0].quantity = 0), Some(0), Field::Quantity, range),
        (with(|new| new.lines[0].quantity = -1), Some(0), Field::Quantity, range),
        (with(|new| new.lines[0].quantity = 1_000_001), Some(0), Field::Quantity, range),
        (with(|new| new.lines.clear()), None, Field::Lines, Problem::Required),
        (NewReturn { lines: vec![line, line], ..good.clone() }, Some(1), Field::Product, Problem::Taken),
        (NewReturn { lines: vec![ReturnLine { item: foreign, ..line }], ..good.clone() }, Some(0), Field::Product, Problem::NotFound),
        (with(|new| new.method = None), None, Field::Method, Problem::Required),
        (with(|new| new.method = Some("贝壳".into())), None, Field::Method, Problem::UnknownChoice),
        (with(|new| new.notes = Some("长".repeat(501))), None, Field::Notes, Problem::TooLong(500)),
    ];
    for (new, at, field, problem) in wrong {
        let errors = fields(returns::create(&mut f.desk, &new).unwrap_err());
        let found = at.map_or_else(|| errors.of(field), |at| errors.of_line(at, field));
        assert_eq!(found, Some(problem), "{new:?}: {errors:?}");
    }
    assert_eq!((detail(&f, order), f.logged()), before);
    returns::create(&mut f.desk, &good).unwrap();
}

#[test]
fn only_what_was_shipped_comes_back() {
    for mode in ["order", "shipment"] {
        let mut f = Fixture::new();
        f.configure(config::ConfigKey::StockDeduction, mode);
        let (customer, product) = (f.customer("甲"), f.product("A", 1000, 100));
        for at in [OrderStatus::PendingPayment, OrderStatus::Paid, OrderStatus::Cancelled] {
            let order = order_in(&mut f, at, customer, product);
            let before = (detail(&f, order), f.logged());
            assert_eq!(give_back(&mut f, order, &[(0, 1)], 0), Err(Refusal::NotShipped.into()));
            assert_eq!((detail(&f, order), f.logged()), before);
        }
        for at in [OrderStatus::Shipped, OrderStatus::Completed] {
            let order = order_in(&mut f, at, customer, product);
            let stock = products::get(&f.desk, product).unwrap().stock;
            give_back(&mut f, order, &[(0, 1)], if at == OrderStatus::Completed { 1000 } else { 0 }).unwrap();
            assert_eq!(products::get(&f.desk, product).unwrap().stock, stock + 1, "{mode} {at:?}");
        }
    }
    let mut f = Fixture::new();
    let missing = NewReturn {
        order: OrderId(9),
        lines: vec![ReturnLine { item: OrderItemId(1), quantity: 1, returnable: 1 }],
        method: None,
        notes: None,
        refund: fen(0),
    };
    assert_eq!(returns::create(&mut f.desk, &missing).unwrap_err().code(), Code::NotFound);
}

#[test]
fn imported_history_comes_back_without_a_movement() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 100));
    let order = order_in(&mut f, OrderStatus::Completed, customer, product);
    untrack(&f, order, product);
    assert_eq!(detail(&f, order).order.stock_state, StockState::Untracked);
    give_back(&mut f, order, &[(0, 2)], 2000).unwrap();
    assert_eq!(products::get(&f.desk, product).unwrap().stock, 100);
    assert_eq!(f.figure("SELECT COUNT(*) FROM stock_movements WHERE reference_type = 'return'"), 0);
    assert_eq!((sums(&f, order), detail(&f, order).returns.len()), ((2000, 0, 0), 1));
}

/// Makes history of an order of two pieces that was deducted: its pieces are on the shelf again, and no movement of its own is left.
pub fn untrack(f: &Fixture, order: OrderId, product: ProductId) {
    let file = rusqlite::Connection::open(f.path()).unwrap();
    let sql = format!(
        "INSERT INTO stock_movements (product_id, movement_type, quantity, stock_after, reference_type, reference_id, created_by)
         SELECT id, 'in', 2, stock_quantity + 2, 'order', {order}, 1 FROM products WHERE id = {product};
         UPDATE products SET stock_quantity = stock_quantity + 2 WHERE id = {product};
         UPDATE orders SET stock_state = 'untracked' WHERE id = {order};",
        order = order.0,
        product = product.0
    );
    file.execute_batch(&sql).unwrap();
}

#[test]
fn a_refund_confirmed_before_a_payment_came_in_is_stale() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let order = order_in(&mut f, OrderStatus::Shipped, customer, product);
    let seen = back(&f.desk, order, &[(0, 2)], 500);
    f.pay(order, 1500).unwrap();
    assert_eq!(returns::create(&mut f.desk, &seen), Err(Refusal::ConfirmationStale.into()));
    assert_eq!(outstanding(&f, order), Money::ZERO);
    give_back(&mut f, order, &[(0, 2)], 2000).unwrap();
}

#[test]
fn the_sales_person_takes_back_what_is_in_reach_and_the_warehouse_sees_no_amounts() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 100));
    let order = order_in(&mut f, OrderStatus::Completed, customer, product);
    let new = back(&f.desk, order, &[(0, 1)], 1000);
    let mut sales = f.as_role(Role::Sales);
    for role in [Role::Warehouse, Role::Employee] {
        assert_eq!(returns::create(&mut f.as_role(role), &new).unwrap_err().code(), Code::Denied);
    }
    // Another person's customer from here on.
    f.sql(&format!("UPDATE customers SET assigned_to = 1 WHERE id = {}", customer.0)).unwrap();
    assert_eq!(returns::create(&mut sales, &new).unwrap_err().code(), Code::NotFound);
    f.sql(&format!("UPDATE customers SET assigned_to = {} WHERE id = {}", sales.session().unwrap().user.0, customer.0)).unwrap();
    returns::create(&mut sales, &new).unwrap();
    let seen = orders::get(&f.as_role(Role::Warehouse), order).unwrap();
    assert_eq!((seen.returns[0].amounts, seen.returns[0].pieces, seen.payments.len()), (None, 1, 0));
    assert!(orders::history(&f.as_role(Role::Warehouse), order).unwrap().is_empty(), "its descriptions name amounts");
}

#[test]
fn sales_of_the_customer_and_the_net_total_fall_by_what_came_back() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 100));
    let early = NewOrder { order_day: day("2026-01-10"), ..new_order(customer, &[(product, 5, 1000)]) };
    let order = orders::create(&mut f.desk, &early).unwrap().id;
    payments::create(&mut f.desk, &NewPayment { day: day("2026-01-12"), ..payment(order, 2000) }).unwrap();
    ship(&mut f, order).unwrap();
    give_back(&mut f, order, &[(0, 2)], 0).unwrap();
    assert_eq!((sums(&f, order), owed(&f, customer).0), ((2000, 2000, 1000), Some(fen(1000))));
    assert_eq!(f.text("SELECT return_day FROM order_returns"), "2026-01-30", "counted on the day it came back");
}

#[test]
fn the_typed_effect_is_what_the_service_does() {
    let mut f = Fixture::new();
    let (customer, a, b) = (f.customer("甲"), f.product("A", 1000, 100), f.product("B", 333, 100));
    let order = f.order(customer, &[(a, 5, 1000), (b, 7, 333)]);
    f.pay(order, 6000).unwrap();
    ship(&mut f, order).unwrap();
    let seen = detail(&f, order);
    let (amounts, items) = (seen.order.amounts.unwrap(), &seen.items);
    let typed = |quantities: [&str; 2]| ReturnDraft { quantities: quantities.map(str::to_owned).to_vec(), ..ReturnDraft::new(items, "微信") };
    assert_eq!(typed(["", "x"]).effect(items, amounts), ReturnEffect { pieces: 0, amount: fen(0), refund: fen(0) });
    assert_eq!(fields(typed(["", "0"]).parse(order, items, amounts).unwrap_err().into()).of(Field::Lines), Some(Problem::Required));
    let errors = typed(["6", "x"]).parse(order, items, amounts).unwrap_err();
    assert_eq!(errors.of_line(0, Field::Quantity), Some(Problem::OutOfRange(0, 5)));
    assert_eq!(errors.of_line(1, Field::Quantity), Some(Problem::NotANumber));
    let draft = typed(["2", "3"]);
    let effect = draft.effect(items, amounts);
    assert_eq!(effect, ReturnEffect { pieces: 5, amount: fen(2999), refund: fen(6000 - (7331 - 2999)) });
    let created = returns::create(&mut f.desk, &draft.parse(order, items, amounts).unwrap()).unwrap();
    assert_eq!(created.refunded, effect.refund);
}

#[test]
fn two_persons_do_not_take_back_or_pay_back_the_same() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 20));
    let order = f.order(customer, &[(product, 5, 1000)]);
    f.pay(order, 5000).unwrap();
    ship(&mut f, order).unwrap();
    let shown = back(&f.desk, order, &[(0, 2)], 2000);
    returns::create(&mut f.desk, &shown).unwrap();
    // The second one saw what the first one saw: 5 of 5, and ¥20.00 to pay back.
    let again = returns::create(&mut f.desk, &shown);
    assert_eq!(again, Err(Error::Refused(Refusal::ConfirmationStale)));
    assert_eq!(products::get(&f.desk, product).unwrap().stock, 17);
    assert_eq!(f.figure("SELECT COUNT(*) FROM order_returns"), 1);

    let shown = NewPayment { paid_before: Some(fen(3000)), ..payment(order, 1000) };
    payments::refund(&mut f.desk, &shown).unwrap();
    assert_eq!(payments::refund(&mut f.desk, &shown), Err(Error::Refused(Refusal::ConfirmationStale)));
    assert_eq!(payments::create(&mut f.desk, &shown), Err(Error::Refused(Refusal::ConfirmationStale)));
    assert_eq!(orders::get(&f.desk, order).unwrap().order.amounts.unwrap().paid, fen(2000));
}
