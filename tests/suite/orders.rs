//! Orders from creation to completion, and every way they are refused.

use zhanggui::models::choice::{OrderStatus, Role, StockState};
use zhanggui::models::customer::CustomerInput;
use zhanggui::models::error::{Code, Refusal};
use zhanggui::models::order::{CancelConfirmation, OrderAmounts, OrderFilter, OrderPage, OrderSort, OrderSums, ShipConfirmation};
use zhanggui::models::returns::{NewReturn, ReturnLine};
use zhanggui::models::*;
use zhanggui::services::{customers, orders, products, returns};

use crate::fixture::{Fixture, day, fen, new_order};

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
    orders::ship(&mut f.desk, order, ShipConfirmation { unpaid: None, version: None }).unwrap();
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

#[test]
fn sums_are_those_of_the_orders_listed_less_returns_without_the_cancelled() {
    let mut f = Fixture::new();
    let (sales, _) = (f.user("me", Role::Sales), f.user("other", Role::Sales));
    let mine = CustomerInput { name: "我的".into(), assigned_to: Some(sales), ..Default::default() };
    let mine = customers::create(&mut f.desk, &mine).unwrap();
    let theirs = CustomerInput { name: "别人的".into(), assigned_to: Some(UserId(1)), ..Default::default() };
    let theirs = customers::create(&mut f.desk, &theirs).unwrap();
    let product = f.product("A", 1000, 10_000);
    let mut seed = 7_u64;
    let mut random = |most: i64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as i64 % most
    };
    for at in 0..24 {
        let total = 1 + random(90_000);
        let order = f.order(if at % 3 == 0 { theirs } else { mine }, &[(product, 1, total), (product, 2, 1 + random(500))]);
        let detail = orders::get(&f.desk, order).unwrap();
        let due = detail.order.amounts.unwrap().outstanding();
        match at % 4 {
            0 => orders::cancel(&mut f.desk, order, CancelConfirmation { pieces: 3, refund: Money::ZERO }).unwrap(),
            1 => drop(f.pay(order, 1 + random(due.fen())).unwrap()),
            2 => {
                orders::ship(&mut f.desk, order, ShipConfirmation { unpaid: Some(due), version: None }).unwrap();
                let line = ReturnLine { item: detail.items[1].id, quantity: 1, returnable: detail.items[1].returnable() };
                let back = NewReturn { order, lines: vec![line], method: None, notes: None, refund: Money::ZERO };
                returns::create(&mut f.desk, &back).unwrap();
            }
            _ => {}
        }
    }
    let me = f.signed_in("me");
    let filters = [
        OrderFilter::default(),
        OrderFilter { customer: Some(theirs), ..Default::default() },
        OrderFilter { unpaid: true, ..Default::default() },
        OrderFilter { status: Some(OrderStatus::Shipped), ..Default::default() },
        OrderFilter { status: Some(OrderStatus::Cancelled), ..Default::default() },
        OrderFilter { to: Some(day("2026-01-29")), ..Default::default() },
        OrderFilter { search: "wd".into(), ..Default::default() },
    ];
    for desk in [&f.desk, &me] {
        for filter in &filters {
            let page = OrderPage { page_size: 500, ..OrderPage::first(OrderSort::Day, true) };
            let listed = orders::list(desk, filter, &page).unwrap().0.rows;
            let counted: Vec<OrderAmounts> =
                listed.iter().filter(|row| row.status != OrderStatus::Cancelled).map(|row| row.amounts.unwrap()).collect();
            let total = |of: fn(&OrderAmounts) -> Money| fen(counted.iter().map(|amounts| of(amounts).fen()).sum());
            let wanted = OrderSums { net: total(|a| a.net()), paid: total(|a| a.paid), outstanding: total(|a| a.outstanding()) };
            assert_eq!(orders::sums(desk, filter), Ok(Some(wanted)), "{filter:?}");
        }
    }
    let all = |desk| orders::sums(desk, &OrderFilter::default()).unwrap().unwrap();
    assert!(all(&me).net < all(&f.desk).net && all(&me).net > Money::ZERO);
    assert_eq!(orders::sums(&me, &filters[1]), Ok(Some(OrderSums::default())));
    assert_eq!(orders::sums(&f.as_role(Role::Warehouse), &OrderFilter::default()), Ok(None));
}

#[test]
fn orders_go_by_the_name_their_customer_has_now() {
    let mut f = Fixture::new();
    let (first, second, product) = (f.customer("甲"), f.customer("乙"), f.product("A", 100, 10));
    f.order(first, &[(product, 1, 100)]);
    f.order(second, &[(product, 1, 100)]);
    let names = |f: &Fixture| {
        let page = orders::list(&f.desk, &OrderFilter::default(), &OrderPage::first(OrderSort::Customer, false)).unwrap().0;
        page.rows.into_iter().map(|row| row.customer_name).collect::<Vec<_>>()
    };
    assert_eq!(names(&f), ["乙", "甲"]);
    let (mut customer, _) = customers::get(&f.desk, second).unwrap();
    customer.input.name = "龙门".into();
    customers::update(&mut f.desk, second, customer.version, &customer.input).unwrap();
    assert_eq!(names(&f), ["甲", "龙门"]);
}
