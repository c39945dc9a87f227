//! Payments and refunds: numbers, statuses, bounds, methods.

use zhanggui::models::choice::OrderStatus;
use zhanggui::models::config::ConfigKey;
use zhanggui::models::error::{Code, Refusal};
use zhanggui::models::payment::NewPayment;
use zhanggui::models::*;
use zhanggui::services::{orders, payments};

use crate::fixture::{Fixture, fen, fields, payment};
use crate::orders_rules::{order_in, outstanding, status};

#[test]
fn an_overpayment_names_the_sum_that_fits() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let order = order_in(&mut f, OrderStatus::PendingPayment, customer, product);
    assert_eq!(f.pay(order, 1501), Err(Refusal::Overpaid { fits: fen(1500) }.into()));
    assert_eq!(f.figure("SELECT COUNT(*) FROM payments"), 1);
    f.pay(order, 1500).unwrap();
    assert_eq!((status(&f, order), outstanding(&f, order)), (OrderStatus::Paid, Money::ZERO));
    let numbers: Vec<String> = orders::get(&f.desk, order).unwrap().payments.into_iter().map(|p| p.payment_no).collect();
    assert_eq!(numbers, ["R20260130001", "R20260130002"]);
}

#[test]
fn a_refund_takes_a_paid_order_back_to_pending() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let order = order_in(&mut f, OrderStatus::Paid, customer, product);
    let error = payments::refund(&mut f.desk, &payment(order, 2001)).unwrap_err();
    assert_eq!(error, Refusal::RefundTooLarge { paid: fen(2000) }.into());
    payments::refund(&mut f.desk, &payment(order, 500)).unwrap();
    assert_eq!((status(&f, order), outstanding(&f, order)), (OrderStatus::PendingPayment, fen(500)));
    let booked = payments::of_order(&f.desk, order).unwrap();
    assert_eq!(
        booked.iter().map(|p| (p.payment_no.as_str(), p.amount)).collect::<Vec<_>>(),
        [("R20260130001", fen(2000)), ("R20260130002", fen(-500))]
    );
}

#[test]
fn a_refund_leaves_a_shipped_order_shipped_and_a_completed_one_wants_a_return() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let shipped = order_in(&mut f, OrderStatus::Shipped, customer, product);
    payments::refund(&mut f.desk, &payment(shipped, 500)).unwrap();
    assert_eq!((status(&f, shipped), outstanding(&f, shipped)), (OrderStatus::Shipped, fen(2000)));
    let completed = order_in(&mut f, OrderStatus::Completed, customer, product);
    assert_eq!(payments::refund(&mut f.desk, &payment(completed, 1)), Err(Refusal::RefundNeedsReturn.into()));
}

#[test]
fn a_payment_names_its_wrong_fields() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let order = f.order(customer, &[(product, 1, 1000)]);
    let with = |amount, method: &str| NewPayment { method: method.into(), ..payment(order, amount) };
    let cases = [
        (with(0, "现金"), Field::Amount, Problem::Required),
        (with(-5, "现金"), Field::Amount, Problem::Negative),
        (with(5, " "), Field::Method, Problem::Required),
        (with(5, "贝壳"), Field::Method, Problem::UnknownChoice),
    ];
    for (new, field, problem) in cases {
        for error in [payments::create(&mut f.desk, &new).unwrap_err(), payments::refund(&mut f.desk, &new).unwrap_err()] {
            assert_eq!((error.code(), fields(error).of(field)), (Code::BadRequest, Some(problem)));
        }
    }
    f.configure(ConfigKey::PaymentMethods, r#"["贝壳"]"#);
    payments::create(&mut f.desk, &with(5, "贝壳")).unwrap();
    assert_eq!(fields(payments::create(&mut f.desk, &with(5, "现金")).unwrap_err()).of(Field::Method), Some(Problem::UnknownChoice));
}
