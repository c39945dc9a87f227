//! The rules of orders and payments: which command each status allows, reserving, confirmations, bounds, numbers.

use zhanggui::models::choice::{Entity, MovementType, OrderStatus, Role, Status, StockState};
use zhanggui::models::config::ConfigKey;
use zhanggui::models::error::{Code, Refusal};
use zhanggui::models::order::{CancelConfirmation, NewLine, NewOrder, OrderEdit, ShipConfirmation};
use zhanggui::models::payment::NewPayment;
use zhanggui::models::product::ProductInput;
use zhanggui::models::*;
use zhanggui::services::{Desk, customers, orders, payments, products};

use crate::fixture::{Fixture, day, fen, fields, new_order, payment};

/// The lines of an edit.
fn lines(lines: &[(ProductId, i64, i64)]) -> Vec<NewLine> {
    new_order(CustomerId(1), lines).lines
}

fn edit_lines(desk: &mut Desk, order: OrderId, new: &[(ProductId, i64, i64)]) -> Result<()> {
    let version = orders::get(desk, order)?.order.version;
    orders::update(desk, order, version, &OrderEdit { lines: Some(lines(new)), notes: None })
}

pub fn ship(f: &mut Fixture, order: OrderId) -> Result<()> {
    let unpaid = orders::get(&f.desk, order)?.order.amounts.unwrap().outstanding();
    orders::ship(&mut f.desk, order, ShipConfirmation { unpaid: Some(unpaid), version: None }).map(|_| ())
}

pub fn cancel(f: &mut Fixture, order: OrderId) -> Result<()> {
    let detail = orders::get(&f.desk, order)?;
    let deducted = detail.order.stock_state == StockState::Deducted;
    let pieces = if deducted { detail.items.iter().map(|item| item.quantity).sum() } else { 0 };
    orders::cancel(&mut f.desk, order, CancelConfirmation { pieces, refund: detail.order.amounts.unwrap().paid })
}

/// An order of 2 × ¥10.00 in this status; 5 of the 20 yuan are paid where it is not fully paid.
pub fn order_in(f: &mut Fixture, status: OrderStatus, customer: CustomerId, product: ProductId) -> OrderId {
    let order = f.order(customer, &[(product, 2, 1000)]);
    f.pay(order, if matches!(status, OrderStatus::Paid | OrderStatus::Completed) { 2000 } else { 500 }).unwrap();
    match status {
        OrderStatus::PendingPayment | OrderStatus::Paid => {}
        OrderStatus::Shipped => ship(f, order).unwrap(),
        OrderStatus::Completed => {
            ship(f, order).unwrap();
            orders::complete(&mut f.desk, order).unwrap();
        }
        OrderStatus::Cancelled => cancel(f, order).unwrap(),
    }
    assert_eq!(orders::get(&f.desk, order).unwrap().order.status, status);
    order
}

pub fn status(f: &Fixture, order: OrderId) -> OrderStatus {
    orders::get(&f.desk, order).unwrap().order.status
}

pub fn outstanding(f: &Fixture, order: OrderId) -> Money {
    orders::get(&f.desk, order).unwrap().order.amounts.unwrap().outstanding()
}

#[test]
fn completing_needs_shipping_and_full_payment() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let order = order_in(&mut f, OrderStatus::Shipped, customer, product);
    assert_eq!(orders::complete(&mut f.desk, order), Err(Refusal::UnpaidCompletion { outstanding: fen(1500) }.into()));
    f.pay(order, 1500).unwrap();
    assert_eq!(status(&f, order), OrderStatus::Shipped);
    orders::complete(&mut f.desk, order).unwrap();
    assert!(orders::get(&f.desk, order).unwrap().order.complete_date.is_some());
}

#[test]
fn a_reserved_order_takes_from_what_is_available_not_from_the_stock() {
    let mut f = Fixture::new();
    f.configure(ConfigKey::StockDeduction, "shipment");
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let order = f.order(customer, &[(product, 4, 1000), (product, 3, 1000)]);
    let seen = products::get(&f.desk, product).unwrap();
    assert_eq!((seen.stock, seen.reserved), (10, 7));
    let error = orders::create(&mut f.desk, &new_order(customer, &[(product, 4, 1000)])).unwrap_err();
    assert!(matches!(error, Error::Refused(Refusal::Shortage { wanted: 4, available: 3, .. })), "{error:?}");
    ship(&mut f, order).unwrap();
    let seen = products::get(&f.desk, product).unwrap();
    assert_eq!((seen.stock, seen.reserved), (3, 0));
    assert_eq!(orders::get(&f.desk, order).unwrap().order.stock_state, StockState::Deducted);
}

#[test]
fn cancelling_a_reserved_order_frees_what_it_held() {
    let mut f = Fixture::new();
    f.configure(ConfigKey::StockDeduction, "shipment");
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let order = f.order(customer, &[(product, 7, 1000)]);
    cancel(&mut f, order).unwrap();
    let seen = products::get(&f.desk, product).unwrap();
    assert_eq!((seen.stock, seen.reserved), (10, 0));
    assert!(orders::get(&f.desk, order).unwrap().movements.is_empty());
}

#[test]
fn switching_the_deduction_deducts_every_order_once() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let at_order = f.order(customer, &[(product, 1, 1000)]);
    f.configure(ConfigKey::StockDeduction, "shipment");
    let at_shipment = f.order(customer, &[(product, 2, 1000)]);
    ship(&mut f, at_order).unwrap();
    f.configure(ConfigKey::StockDeduction, "order");
    ship(&mut f, at_shipment).unwrap();
    assert_eq!(products::get(&f.desk, product).unwrap().stock, 7);
    assert_eq!(f.figure("SELECT COUNT(*) FROM stock_movements WHERE movement_type = 'out'"), 2);
}

#[test]
fn stock_taken_by_hand_leaves_a_reserved_order_unshippable_and_whole() {
    let mut f = Fixture::new();
    f.configure(ConfigKey::StockDeduction, "shipment");
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 5));
    let order = f.order(customer, &[(product, 4, 1000)]);
    f.stock(product, MovementType::Adjust, 3);
    assert!(matches!(ship(&mut f, order), Err(Error::Refused(Refusal::Shortage { wanted: 4, available: 3, .. }))));
    assert_eq!((status(&f, order), products::get(&f.desk, product).unwrap().reserved), (OrderStatus::PendingPayment, 4));
}

#[test]
fn shipping_unpaid_wants_the_exact_sum_confirmed() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let order = order_in(&mut f, OrderStatus::PendingPayment, customer, product);
    for unpaid in [None, Some(Money::ZERO), Some(fen(1499)), Some(fen(2000))] {
        assert_eq!(orders::ship(&mut f.desk, order, ShipConfirmation { unpaid, version: None }), Err(Refusal::ConfirmationStale.into()));
    }
    orders::ship(&mut f.desk, order, ShipConfirmation { unpaid: Some(fen(1500)), version: None }).unwrap();
    assert!(orders::get(&f.desk, order).unwrap().order.ship_date.is_some());
}

#[test]
fn shipping_unpaid_can_be_switched_off() {
    let mut f = Fixture::new();
    f.configure(ConfigKey::AllowShipBeforePayment, "false");
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let order = f.order(customer, &[(product, 2, 1000)]);
    assert_eq!(ship(&mut f, order), Err(Refusal::UnpaidShipment { outstanding: fen(2000) }.into()));
    f.pay(order, 2000).unwrap();
    ship(&mut f, order).unwrap();
}

#[test]
fn an_order_of_nothing_is_born_paid() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let order = f.order(customer, &[(product, 2, 0)]);
    assert_eq!(status(&f, order), OrderStatus::Paid);
    assert_eq!(f.pay(order, 1), Err(Refusal::Overpaid { fits: Money::ZERO }.into()));
    ship(&mut f, order).unwrap();
    orders::complete(&mut f.desk, order).unwrap();
}

#[test]
fn a_back_dated_order_keeps_its_day_and_has_a_number_of_today() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let new = NewOrder { order_day: day("2026-01-12"), ..new_order(customer, &[(product, 1, 1000)]) };
    let created = orders::create(&mut f.desk, &new).unwrap();
    assert_eq!(created.order_no, "O20260130001");
    let order = orders::get(&f.desk, created.id).unwrap().order;
    assert_eq!((order.order_day, order.order_date.day(Zone::SHANGHAI)), (day("2026-01-12"), day("2026-01-12")));
    // 30 days from the order, unless the customer has a term of his own.
    assert_eq!(order.due_day, day("2026-02-11"));
}

#[test]
fn the_business_day_is_the_local_one() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    f.set_time("2026-01-30 16:00:00");
    let new = NewOrder { order_day: day("2026-01-31"), ..new_order(customer, &[(product, 1, 1000)]) };
    assert_eq!(orders::create(&mut f.desk, &new).unwrap().order_no, "O20260131001");
}

#[test]
fn a_day_to_come_is_refused() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let new = NewOrder { order_day: day("2026-01-31"), ..new_order(customer, &[(product, 1, 1000)]) };
    assert_eq!(orders::create(&mut f.desk, &new), Err(Error::field(Field::OrderDay, Problem::InTheFuture)));
    let order = f.order(customer, &[(product, 1, 1000)]);
    let new = NewPayment { day: day("2026-01-31"), ..payment(order, 1000) };
    assert_eq!(payments::create(&mut f.desk, &new), Err(Error::field(Field::PaymentDay, Problem::InTheFuture)));
}

#[test]
fn unknown_customers_and_products_are_4004_by_field() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let error = orders::create(&mut f.desk, &new_order(CustomerId(99), &[(product, 1, 1000)])).unwrap_err();
    assert_eq!((error.code(), fields(error).of(Field::Customer)), (Code::NotFound, Some(Problem::NotFound)));
    let new = new_order(customer, &[(product, 1, 1000), (ProductId(99), 1, 1000)]);
    let error = orders::create(&mut f.desk, &new).unwrap_err();
    assert_eq!((error.code(), fields(error).of_line(1, Field::Product)), (Code::NotFound, Some(Problem::NotFound)));
    assert_eq!(orders::get(&f.desk, OrderId(99)).unwrap_err(), Error::NotFound(Entity::Order));
    assert_eq!(f.pay(OrderId(99), 100).unwrap_err().code(), Code::NotFound);
}

#[test]
fn nothing_inactive_is_sold_or_sold_to() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let quit =
        customers::create(&mut f.desk, &customer::CustomerInput { name: "乙".into(), status: Status::Inactive, ..Default::default() }).unwrap();
    let input = ProductInput { sku: "OLD".into(), name: "旧".into(), status: Status::Inactive, ..Default::default() };
    let old = products::create(&mut f.desk, &input).unwrap();
    let mut create = |customer, product| orders::create(&mut f.desk, &new_order(customer, &[(product, 1, 100)])).map(|_| ());
    assert_eq!(create(quit, product), Err(Refusal::Inactive(Entity::Customer).into()));
    assert_eq!(create(customer, old), Err(Refusal::Inactive(Entity::Product).into()));
    create(customer, product).unwrap();
}

#[test]
fn quantities_and_prices_have_bounds() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 1_000_000));
    let (range, most) = (Problem::OutOfRange(1, 1_000_000), Money::MAX.fen());
    let cases = [
        (0, 100, Field::Quantity, range),
        (-1, 100, Field::Quantity, range),
        (1_000_001, 100, Field::Quantity, range),
        (1, -1, Field::UnitPrice, Problem::Negative),
        (2, most, Field::UnitPrice, Problem::TooLarge),
    ];
    for (quantity, price, field, problem) in cases {
        let error = orders::create(&mut f.desk, &new_order(customer, &[(product, quantity, price)])).unwrap_err();
        assert_eq!((error.code(), fields(error).of_line(0, field)), (Code::BadRequest, Some(problem)));
    }
    let error = orders::create(&mut f.desk, &new_order(customer, &[])).unwrap_err();
    assert_eq!(fields(error).of(Field::Lines), Some(Problem::Required));
    let error = orders::create(&mut f.desk, &new_order(customer, &[(product, 1, most), (product, 1, 1)])).unwrap_err();
    assert_eq!(error.code(), Code::BadRequest);
    assert_eq!(f.figure("SELECT COUNT(*) FROM orders"), 0);
    let order = f.order(customer, &[(product, 1, most)]);
    f.pay(order, most).unwrap();
    assert_eq!(outstanding(&f, order), Money::ZERO);
}

#[test]
fn lines_are_fixed_in_the_file_once_stock_was_deducted() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    f.order(customer, &[(product, 2, 1000)]);
    for sql in [
        "UPDATE order_items SET quantity = 3, subtotal = 30",
        "UPDATE order_items SET cost_price = 0",
        "DELETE FROM order_items",
        "INSERT INTO order_items (order_id, product_id, quantity, unit_price, subtotal) VALUES (1, 1, 1, 1, 1)",
    ] {
        assert!(f.sql(sql).unwrap_err().to_string().contains("fixed"), "{sql}");
    }
}

#[test]
fn editing_a_reserved_order_moves_its_reservation_and_total() {
    let mut f = Fixture::new();
    f.configure(ConfigKey::StockDeduction, "shipment");
    let (customer, a, b) = (f.customer("甲"), f.product("A", 1000, 10), f.product("B", 1000, 10));
    let order = f.order(customer, &[(a, 8, 1000)]);
    f.pay(order, 3000).unwrap();
    edit_lines(&mut f.desk, order, &[(a, 10, 400), (b, 1, 500)]).unwrap();
    let reserved = |f: &Fixture, id| products::get(&f.desk, id).unwrap().reserved;
    assert_eq!((reserved(&f, a), reserved(&f, b), outstanding(&f, order)), (10, 1, fen(1500)));
    assert_eq!(customers::get(&f.desk, customer).unwrap().0.outstanding, Some(fen(1500)));
    let error = edit_lines(&mut f.desk, order, &[(a, 11, 1000)]).unwrap_err();
    assert!(matches!(error, Error::Refused(Refusal::Shortage { wanted: 11, available: 10, .. })), "{error:?}");
    // Never below what was paid.
    let error = edit_lines(&mut f.desk, order, &[(a, 1, 2999)]).unwrap_err();
    assert_eq!(error.code(), Code::BadRequest);
    assert_eq!((reserved(&f, a), outstanding(&f, order)), (10, fen(1500)));
    edit_lines(&mut f.desk, order, &[(a, 1, 3000)]).unwrap();
    assert_eq!((status(&f, order), reserved(&f, b)), (OrderStatus::Paid, 0));
}

#[test]
fn numbers_count_up_widen_and_are_never_given_twice() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 100));
    let number = |f: &mut Fixture| orders::create(&mut f.desk, &new_order(customer, &[(product, 1, 1000)])).unwrap();
    assert_eq!(number(&mut f).order_no, "O20260130001");
    let second = number(&mut f);
    assert_eq!(second.order_no, "O20260130002");
    cancel(&mut f, second.id).unwrap();
    assert_eq!(number(&mut f).order_no, "O20260130003");
    f.sql("UPDATE counters SET last = 998 WHERE kind = 'order'").unwrap();
    assert_eq!(number(&mut f).order_no, "O20260130999");
    assert_eq!(number(&mut f).order_no, "O202601301000");
    assert_eq!(number(&mut f).order_no, "O202601301001");
}

#[test]
fn a_cancelled_order_owes_nothing() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let order = order_in(&mut f, OrderStatus::Cancelled, customer, product);
    let (stored, sums) = customers::get(&f.desk, customer).unwrap();
    assert_eq!(
        (stored.outstanding, sums.amounts.map(|sums| sums.outstanding), sums.orders, stored.last_order_at),
        (Some(Money::ZERO), Some(Money::ZERO), 0, None)
    );
    let detail = orders::get(&f.desk, order).unwrap();
    assert!(!detail.order.unpaid);
    assert_eq!(detail.payments.iter().map(|p| p.amount).collect::<Vec<_>>(), [fen(500), fen(-500)]);
    let filter = zhanggui::models::order::OrderFilter { unpaid: true, ..Default::default() };
    assert_eq!(orders::list(&f.desk, &filter, &order::OrderPage::first(order::OrderSort::Day, true)).unwrap().0.total, 0);
}

#[test]
fn the_last_order_of_a_customer_is_the_latest_not_cancelled() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let last = |f: &Fixture| customers::get(&f.desk, customer).unwrap().0.last_order_at.map(|at| at.day(Zone::SHANGHAI).to_string());
    let today = f.order(customer, &[(product, 1, 1000)]);
    orders::create(&mut f.desk, &NewOrder { order_day: day("2026-01-12"), ..new_order(customer, &[(product, 1, 1000)]) }).unwrap();
    assert_eq!(last(&f).as_deref(), Some("2026-01-30"));
    cancel(&mut f, today).unwrap();
    assert_eq!(last(&f).as_deref(), Some("2026-01-12"));
}

#[test]
fn of_two_desks_on_one_file_the_second_save_is_a_conflict() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let order = f.order(customer, &[(product, 1, 1000)]);
    let mut manager = f.as_role(Role::Manager);
    let version = orders::get(&f.desk, order).unwrap().order.version;
    let edit = |notes: &str| OrderEdit { lines: None, notes: Some(notes.into()) };
    f.set_time("2026-01-30 02:05:00");
    orders::update(&mut manager, order, version, &edit("先")).unwrap();
    f.set_time("2026-01-30 02:30:00");
    let error = orders::update(&mut f.desk, order, version, &edit("后")).unwrap_err();
    let at = Timestamp::parse("2026-01-30 02:05:00").unwrap();
    assert_eq!(error, Error::Conflict { entity: Entity::Order, by: Some("同事 manager".into()), at });
    assert_eq!(orders::get(&f.desk, order).unwrap().order.notes.as_deref(), Some("先"));
}

#[test]
fn nobody_ships_lines_he_did_not_see() {
    let mut f = Fixture::new();
    f.configure(ConfigKey::StockDeduction, "shipment");
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let order = f.order(customer, &[(product, 2, 1000)]);
    let read = orders::get(&f.desk, order).unwrap().order.version;
    let lines = Some(vec![NewLine { product, quantity: 5, unit_price: fen(1000) }]);
    orders::update(&mut f.desk, order, read, &OrderEdit { lines, notes: None }).unwrap();
    let shipped = orders::ship(&mut f.desk, order, ShipConfirmation { unpaid: Some(fen(5000)), version: Some(read) });
    assert!(matches!(shipped, Err(Error::Conflict { .. })), "{shipped:?}");
    assert_eq!(status(&f, order), OrderStatus::PendingPayment);
    orders::ship(&mut f.desk, order, ShipConfirmation { unpaid: Some(fen(5000)), version: Some(read + 1) }).unwrap();
}
