//! Orders from creation to completion, and every way they are refused.

use zhanggui::models::choice::{OrderStatus, StockState};
use zhanggui::models::error::{Code, Refusal};
use zhanggui::models::order::{CancelConfirmation, ShipConfirmation};
use zhanggui::models::*;
use zhanggui::services::{orders, products};

use crate::fixture::{Fixture, fen, new_order};

#[test]
fn an_order_goes_from_empty_to_completed() {
    let mut f = Fixture::new();
    let customer = f.customer("杭州启明办公用品有限公司");
    let (bolts, drills) = (f.product("WJ-LS-M8", 3650, 1280), f.product("GJ-DZ-18V", 46800, 37));
    let order = f.order(customer, &[(bolts, 120, 3650), (drills, 10, 46800)]);

    let detail = orders::get(&f.desk, order).unwrap();
    assert_eq!(detail.order.order_no, "O20260130001");
    assert_eq!(detail.order.amounts.unwrap().total, fen(120 * 3650 + 10 * 46800));
    assert_eq!(detail.order.stock_state, StockState::Deducted);
    assert_eq!(products::get(&f.desk, bolts).unwrap().stock, 1160);
    assert_eq!(detail.movements.iter().map(|m| (m.quantity, m.stock_after)).collect::<Vec<_>>(), [(-120, 1160), (-10, 27)]);

    f.pay(order, 500_000).unwrap();
    assert_eq!(f.pay(order, 500_000), Err(Refusal::Overpaid { fits: fen(406_000) }.into()));
    f.pay(order, 406_000).unwrap();
    assert_eq!(orders::get(&f.desk, order).unwrap().order.status, OrderStatus::Paid);
    orders::ship(&mut f.desk, order, ShipConfirmation { unpaid: None }).unwrap();
    orders::complete(&mut f.desk, order).unwrap();

    let detail = orders::get(&f.desk, order).unwrap();
    assert_eq!(detail.order.status, OrderStatus::Completed);
    assert_eq!(detail.payments.iter().map(|p| p.payment_no.as_str()).collect::<Vec<_>>(), ["R20260130001", "R20260130002"]);
    assert_eq!(f.figure("SELECT COUNT(*) FROM system_logs WHERE entity_type = 'order'"), 5);
}

#[test]
fn more_than_the_stock_is_refused_with_the_missing_pieces() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("宁波海纳"), f.product("WJ-PZ-M6", 5800, 18));
    let error = orders::create(&mut f.desk, &new_order(customer, &[(product, 30, 5800), (product, 20, 5800)])).unwrap_err();
    assert_eq!(error.code(), Code::BadRequest);
    assert!(matches!(error, Error::Refused(Refusal::Shortage { wanted: 50, available: 18, .. })));
    assert_eq!(f.figure("SELECT COUNT(*) FROM orders"), 0);
    assert_eq!(f.figure("SELECT COUNT(*) FROM counters"), 0);
}

#[test]
fn cancelling_returns_stock_and_money() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("宁波海纳"), f.product("A", 1000, 50));
    let order = f.order(customer, &[(product, 20, 1000)]);
    f.pay(order, 5000).unwrap();
    let stale = CancelConfirmation { pieces: 20, refund: Money::ZERO };
    assert_eq!(orders::cancel(&mut f.desk, order, stale), Err(Refusal::ConfirmationStale.into()));
    orders::cancel(&mut f.desk, order, CancelConfirmation { pieces: 20, refund: fen(5000) }).unwrap();
    let detail = orders::get(&f.desk, order).unwrap();
    assert_eq!((detail.order.status, detail.order.stock_state), (OrderStatus::Cancelled, StockState::Returned));
    assert_eq!(detail.payments.last().unwrap().amount, fen(-5000));
    assert_eq!(products::get(&f.desk, product).unwrap().stock, 50);
}
