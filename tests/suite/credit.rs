//! The credit limit at order time: exactly met, one fen over, what lowers what is due, changed orders, two at once, and who sees it.

use zhanggui::models::choice::{QuoteStatus, Role};
use zhanggui::models::config::ConfigKey;
use zhanggui::models::customer::{CustomerInput, OverLimit};
use zhanggui::models::error::{Code, Refusal};
use zhanggui::models::order::{NewOrder, OrderEdit};
use zhanggui::models::quote::QuoteDetail;
use zhanggui::models::*;
use zhanggui::services::{auth, customers, orders, quotes, returns};

use crate::fixture::{Fixture, fen, new_order, payment};
use crate::orders_rules::{cancel, ship};
use crate::returns::back;

/// A customer with a limit of 100 yuan and a product of one fen, with the check as configured.
fn shop(check: &str) -> (Fixture, CustomerId, ProductId) {
    let mut f = Fixture::new();
    f.configure(ConfigKey::CreditCheck, check);
    let customer = limited(&mut f, "杭州启明", Some(10_000));
    let product = f.product("A", 1, 1_000_000);
    (f, customer, product)
}

fn limited(f: &mut Fixture, name: &str, limit: Option<i64>) -> CustomerId {
    let input = CustomerInput { name: name.into(), credit_limit: limit.map(fen), ..Default::default() };
    customers::create(&mut f.desk, &input).unwrap()
}

/// An order of so many fen.
fn of(customer: CustomerId, product: ProductId, fen: i64) -> NewOrder {
    new_order(customer, &[(product, fen, 1)])
}

fn over(due: i64) -> Error {
    Refusal::OverCreditLimit(Some(OverLimit { limit: fen(10_000), due: fen(due) })).into()
}

#[test]
fn the_limit_may_be_met_and_not_passed_by_a_fen() {
    let (mut f, customer, product) = shop("refuse");
    orders::create(&mut f.desk, &of(customer, product, 4_000)).unwrap();
    let before = (f.state(), f.logged());
    let refused = orders::create(&mut f.desk, &of(customer, product, 6_001)).unwrap_err();
    assert_eq!(refused, over(10_001));
    assert_eq!(refused.code(), Code::BadRequest);
    let sentence = zhanggui::i18n::Lang::ZhCn.sentence(&refused);
    assert!(sentence.contains("¥100.00") && sentence.contains("¥100.01") && sentence.contains("¥0.01"), "{sentence}");
    assert_eq!((f.state(), f.logged()), before, "nothing was written");
    let met = orders::create(&mut f.desk, &of(customer, product, 6_000)).unwrap();
    assert_eq!(met.over_limit, None);
    // At the limit nothing more, but what adds nothing.
    assert_eq!(orders::create(&mut f.desk, &of(customer, product, 1)).unwrap_err(), over(10_001));
    orders::create(&mut f.desk, &new_order(customer, &[(product, 1, 0)])).unwrap();
}

#[test]
fn payments_returns_and_cancelling_make_room_and_other_customers_are_their_own() {
    let (mut f, customer, product) = shop("refuse");
    let first = f.order(customer, &[(product, 6_000, 1)]);
    let second = f.order(customer, &[(product, 4_000, 1)]);
    let more = of(customer, product, 1_000);
    assert_eq!(orders::create(&mut f.desk, &more).unwrap_err(), over(11_000));
    // Another customer, and one without a limit.
    let (other, free) = (limited(&mut f, "宁波海纳", Some(10_000)), limited(&mut f, "上海宏图", None));
    orders::create(&mut f.desk, &of(other, product, 10_000)).unwrap();
    orders::create(&mut f.desk, &of(free, product, 500_000)).unwrap();
    assert_eq!(orders::create(&mut f.desk, &more).unwrap_err(), over(11_000));
    f.pay(first, 1_000).unwrap();
    orders::create(&mut f.desk, &more).unwrap();
    assert_eq!(orders::create(&mut f.desk, &more).unwrap_err(), over(11_000));
    ship(&mut f, first).unwrap();
    let new = back(&f.desk, first, &[(0, 1_000)], 0);
    returns::create(&mut f.desk, &new).unwrap();
    orders::create(&mut f.desk, &more).unwrap();
    assert_eq!(orders::create(&mut f.desk, &more).unwrap_err(), over(11_000));
    cancel(&mut f, second).unwrap();
    orders::create(&mut f.desk, &of(customer, product, 4_000)).unwrap();
    // A refund takes the room again.
    zhanggui::services::payments::refund(&mut f.desk, &payment(first, 500)).unwrap();
    assert_eq!(orders::create(&mut f.desk, &of(customer, product, 1)).unwrap_err(), over(10_501));
}

#[test]
fn a_changed_order_counts_by_what_it_adds() {
    let (mut f, customer, product) = shop("refuse");
    f.configure(ConfigKey::StockDeduction, "shipment");
    let order = f.order(customer, &[(product, 6_000, 1)]);
    f.order(customer, &[(product, 3_000, 1)]);
    let change = |f: &mut Fixture, fen: i64| {
        let version = orders::get(&f.desk, order).unwrap().order.version;
        orders::update(&mut f.desk, order, version, &OrderEdit { lines: Some(of(customer, product, fen).lines), notes: None })
    };
    let before = (f.state(), f.logged());
    assert_eq!(change(&mut f, 7_001).unwrap_err(), over(10_001));
    assert_eq!((f.state(), f.logged()), before);
    change(&mut f, 7_000).unwrap();
    // The limit was lowered since: what adds nothing is still taken.
    f.sql("UPDATE customers SET credit_limit = 50 WHERE id = 1").unwrap();
    change(&mut f, 7_000).unwrap();
    change(&mut f, 6_900).unwrap();
    let limit = |due| Error::from(Refusal::OverCreditLimit(Some(OverLimit { limit: fen(5_000), due: fen(due) })));
    assert_eq!(change(&mut f, 6_901).unwrap_err(), limit(9_901));
}

#[test]
fn a_warning_lets_it_through_with_its_figures_and_off_says_nothing() {
    let (mut f, customer, product) = shop("warn");
    assert_eq!(ConfigKey::CreditCheck.default_value(), "warn");
    let created = orders::create(&mut f.desk, &of(customer, product, 10_500)).unwrap();
    let limit = created.over_limit.unwrap();
    assert_eq!((limit.limit, limit.due, limit.excess()), (fen(10_000), fen(10_500), fen(500)));
    let changes = "SELECT changes FROM system_logs ORDER BY id DESC LIMIT 1";
    assert!(f.text(changes).contains("over_credit_limit"), "{}", f.text(changes));
    f.configure(ConfigKey::CreditCheck, "off");
    assert_eq!(orders::create(&mut f.desk, &of(customer, product, 10_500)).unwrap().over_limit, None);
    assert!(!f.text(changes).contains("over_credit_limit"));
}

#[test]
fn an_order_of_a_quote_is_held_against_it_and_the_quote_stays_as_it_is() {
    let (mut f, customer, product) = shop("refuse");
    let quote = f.quote(customer, &[(product, 10_001, 1)]);
    f.set_quote(quote, QuoteStatus::Sent).unwrap();
    let new = NewOrder { quote: Some(quote), ..of(customer, product, 10_001) };
    assert_eq!(orders::create(&mut f.desk, &new).unwrap_err(), over(10_001));
    let QuoteDetail { quote: stored, .. } = quotes::get(&f.desk, quote).unwrap();
    assert_eq!((stored.status, stored.order), (QuoteStatus::Sent, None));
}

#[test]
fn of_two_orders_at_once_one_is_refused() {
    let (f, customer, product) = shop("refuse");
    let refused: usize = std::thread::scope(|scope| {
        let desks: Vec<_> = (0..4)
            .map(|_| {
                let mut desk = f.another_desk();
                let new = of(customer, product, 2_001);
                scope.spawn(move || {
                    auth::act_as(&mut desk, "admin").unwrap();
                    let outcomes: Vec<_> = (0..5).map(|_| orders::create(&mut desk, &new)).collect();
                    let refusal = |error: &Error| matches!(error, Error::Refused(Refusal::OverCreditLimit(Some(_))));
                    assert!(outcomes.iter().all(|outcome| outcome.as_ref().err().is_none_or(refusal)), "{outcomes:?}");
                    outcomes.iter().filter(|outcome| outcome.is_err()).count()
                })
            })
            .collect();
        desks.into_iter().map(|desk| desk.join().unwrap()).sum()
    });
    assert_eq!(refused, 20 - 4);
    assert_eq!(f.figure("SELECT CAST(ROUND(outstanding * 100) AS INTEGER) FROM customers WHERE id = 1"), 4 * 2_001);
}

#[test]
fn who_sees_no_amounts_neither_sees_nor_changes_the_limit() {
    let (f, customer, product) = shop("refuse");
    f.sql("UPDATE permissions SET can_view = 1, can_create = 1, can_update = 1 WHERE role = 'warehouse' AND module IN ('customer', 'sales')")
        .unwrap();
    let mut desk = f.as_role(Role::Warehouse);
    let (seen, _) = customers::get(&desk, customer).unwrap();
    assert_eq!((seen.input.credit_limit, seen.credit()), (None, None));
    customers::update(&mut desk, customer, seen.version, &CustomerInput { name: "启明".into(), ..seen.input }).unwrap();
    assert_eq!(customers::get(&f.desk, customer).unwrap().0.input.credit_limit, Some(fen(10_000)));
    let new = customers::create(&mut desk, &CustomerInput { name: "乙".into(), credit_limit: Some(fen(1)), ..Default::default() }).unwrap();
    assert_eq!(customers::get(&f.desk, new).unwrap().0.input.credit_limit, None);
    // Held against it all the same, without the figures.
    assert_eq!(orders::create(&mut desk, &of(customer, product, 10_001)).unwrap_err(), Refusal::OverCreditLimit(None).into());
}
