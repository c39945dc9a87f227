//! Statistics and the dashboard's figures against a computation of its own over the rows of the file.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use zhanggui::models::choice::{CustomerLevel, MovementType, Role};
use zhanggui::models::customer::CustomerInput;
use zhanggui::models::error::Code;
use zhanggui::models::order::NewOrder;
use zhanggui::models::payment::NewPayment;
use zhanggui::models::period::{Period, Span, Unit, day_of_month_before};
use zhanggui::models::product::ProductInput;
use zhanggui::models::statistics::*;
use zhanggui::models::*;
use zhanggui::services::{Desk, analytics, customers, orders, payments, products, returns};

use crate::fixture::{Fixture, day, fen, new_order, payment};
use crate::orders_rules::{cancel, ship};
use crate::returns::back;

/// One thing that happens, so many seconds after the one before.
#[derive(Clone, Debug)]
struct Step {
    wait: i64,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    /// Person, customer, lines of product, pieces and price in fen.
    Order(usize, usize, Vec<(usize, i64, i64)>),
    /// Per mille of what is due, on some order.
    Pay(usize, i64),
    Refund(usize, i64),
    Ship(usize),
    /// So many pieces of a line at most.
    Return(usize, usize, i64),
    Cancel(usize),
    Cost(usize, i64),
    HandOver(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let line = (0..PRODUCTS.len(), 1..9_i64, 1..5_000_i64);
    let order = (0..3_usize, 0..OWNERS.len(), prop::collection::vec(line, 1..4)).prop_map(|(who, at, lines)| What::Order(who, at, lines));
    let what = prop_oneof![
        5 => order,
        3 => (0..99_usize, 1..=1000_i64).prop_map(|(at, share)| What::Pay(at, share)),
        1 => (0..99_usize, 1..=1000_i64).prop_map(|(at, share)| What::Refund(at, share)),
        3 => (0..99_usize).prop_map(What::Ship),
        3 => (0..99_usize, 0..3_usize, 1..4_i64).prop_map(|(at, line, pieces)| What::Return(at, line, pieces)),
        1 => (0..99_usize).prop_map(What::Cancel),
        1 => (0..PRODUCTS.len(), 0..3_000_i64).prop_map(|(at, cost)| What::Cost(at, cost)),
        1 => (0..OWNERS.len()).prop_map(What::HandOver),
    ];
    // A day at most, often to the second before or at midnight in Shanghai.
    let wait = prop_oneof![Just(-1), Just(-2), 0..200_000_i64];
    prop::collection::vec((wait, what).prop_map(|(wait, what)| Step { wait, what }), 25..45)
}

const PRODUCTS: [(&str, Option<&str>); 4] = [("A", Some("办公/纸张")), ("B", Some("办公/纸张")), ("C", Some("工具")), ("D", None)];
const OWNERS: [Option<&str>; 4] = [Some("sales"), Some("ta"), None, Some("sales")];
const START: &str = "2025-11-27 03:00:00";

/// The next moment: -1 is the last second of the day in Shanghai, -2 the first of the next.
fn later(now: Timestamp, wait: i64) -> Timestamp {
    let midnight = now.day(Zone::SHANGHAI).plus_days(1).start(Zone::SHANGHAI);
    match wait {
        -1 => midnight.plus_seconds(-1),
        -2 => midnight,
        wait => now.plus_seconds(wait),
    }
}

/// Lets it happen through the services; what the rules refuse is passed over.
fn play(steps: &[Step]) -> Fixture {
    let mut f = Fixture::new();
    f.set_time(START);
    let (sales, ta) = (f.user("sales", Role::Sales), f.user("ta", Role::Sales));
    let owner = |name: Option<&str>| name.map(|name| if name == "sales" { sales } else { ta });
    for (at, owned) in OWNERS.iter().enumerate() {
        let input = CustomerInput { name: format!("客户 {at}"), assigned_to: owner(*owned), ..Default::default() };
        customers::create(&mut f.desk, &input).unwrap();
    }
    for (sku, category) in PRODUCTS {
        let input = ProductInput {
            sku: sku.into(),
            name: format!("产品 {sku}"),
            category: category.map(str::to_owned),
            price: fen(1000),
            cost_price: Some(fen(700)),
            ..Default::default()
        };
        let id = products::create(&mut f.desk, &input).unwrap();
        f.stock(id, MovementType::In, 10_000);
    }
    let mut desks = [f.signed_in("admin"), f.as_role(Role::Manager), f.signed_in("sales")];
    let mut now = Timestamp::parse(START).unwrap();
    for step in steps {
        now = later(now, step.wait);
        f.set_time(&now.to_string());
        let today = now.day(Zone::SHANGHAI);
        let count = f.figure("SELECT COUNT(*) FROM orders");
        let some = |at: usize| (count > 0).then(|| OrderId(1 + at as i64 % count));
        let amounts = |f: &Fixture, id: OrderId| orders::get(&f.desk, id).unwrap().order.amounts.unwrap();
        match &step.what {
            What::Order(who, customer, lines) => {
                let lines: Vec<_> = lines.iter().map(|(product, pieces, price)| (ProductId(1 + *product as i64), *pieces, *price)).collect();
                let new = NewOrder { order_day: today, ..new_order(CustomerId(1 + *customer as i64), &lines) };
                let _ = orders::create(&mut desks[*who], &new);
            }
            What::Pay(at, share) | What::Refund(at, share) => {
                let Some(order) = some(*at) else { continue };
                let paying = matches!(step.what, What::Pay(..));
                let base = if paying { amounts(&f, order).outstanding() } else { amounts(&f, order).paid };
                let sum = (base.fen() * share / 1000).max(1);
                let new = NewPayment { day: today, ..payment(order, sum) };
                let _ = if paying { payments::create(&mut f.desk, &new) } else { payments::refund(&mut f.desk, &new) };
            }
            What::Ship(at) => drop(some(*at).map(|order| ship(&mut f, order))),
            What::Return(at, line, pieces) => {
                let Some(order) = some(*at) else { continue };
                let detail = orders::get(&f.desk, order).unwrap();
                let line = line % detail.items.len();
                let pieces = (*pieces).min(detail.items[line].returnable());
                if pieces > 0 {
                    let worth = detail.items[line].price.unwrap().0.fen() * pieces;
                    let all = detail.order.amounts.unwrap();
                    let refund = (all.paid.fen() - (all.net().fen() - worth)).max(0);
                    let new = back(&f.desk, order, &[(line, pieces)], refund);
                    let _ = returns::create(&mut f.desk, &new);
                }
            }
            What::Cancel(at) => drop(some(*at).map(|order| cancel(&mut f, order))),
            What::Cost(at, cost) => {
                let id = ProductId(1 + *at as i64);
                let product = products::get(&f.desk, id).unwrap();
                let input = ProductInput { cost_price: Some(fen(*cost)), ..product.input };
                products::update(&mut f.desk, id, product.version, &input).unwrap();
            }
            What::HandOver(at) => {
                let id = CustomerId(1 + *at as i64);
                let has = customers::get(&f.desk, id).unwrap().0.input.assigned_to;
                let next = if has == Some(sales) { Some(ta) } else { Some(sales) };
                customers::assign(&mut f.desk, &[id], next).unwrap();
            }
        }
    }
    f
}

/// A line as the file has it, with what came back: day and pieces.
#[derive(Clone, Debug)]
struct Line {
    product: i64,
    pieces: i64,
    price: i64,
    cost: i64,
    back: Vec<(Day, i64)>,
}

#[derive(Clone, Debug)]
struct Order {
    id: i64,
    day: Day,
    by: i64,
    customer: i64,
    owner: Option<i64>,
    lines: Vec<Line>,
    paid: i64,
}

impl Order {
    fn net(&self) -> i64 {
        self.lines.iter().map(Line::net).sum()
    }
}

impl Line {
    fn net(&self) -> i64 {
        (self.pieces - self.back.iter().map(|(_, pieces)| pieces).sum::<i64>()) * self.price
    }
}

/// The orders that are not cancelled, put together from the tables' rows; days are cut from the stored moments.
fn raw(f: &Fixture) -> Vec<Order> {
    let file = rusqlite::Connection::open(f.path()).unwrap();
    let local = |text: String| Timestamp::parse(&text).unwrap().day(Zone::SHANGHAI);
    let cents = |value: f64| (value * 100.0).round() as i64;
    let mut found = Vec::new();
    let mut statement = file.prepare("SELECT id, order_date, created_by, customer_id FROM orders WHERE status <> 'cancelled' ORDER BY id").unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let (id, customer): (i64, i64) = (row.get(0).unwrap(), row.get(3).unwrap());
        let owner = file.query_row("SELECT assigned_to FROM customers WHERE id = ?1", [customer], |row| row.get(0)).unwrap();
        let mut lines = Vec::new();
        let mut items =
            file.prepare("SELECT id, product_id, quantity, unit_price, cost_price FROM order_items WHERE order_id = ?1 ORDER BY id").unwrap();
        let mut items = items.query([id]).unwrap();
        while let Some(item) = items.next().unwrap() {
            let mut back = Vec::new();
            let sql = "SELECT r.created_at, t.quantity FROM order_return_items t, order_returns r WHERE r.id = t.return_id AND t.order_item_id = ?1";
            let mut came = file.prepare(sql).unwrap();
            let mut came = came.query([item.get::<_, i64>(0).unwrap()]).unwrap();
            while let Some(row) = came.next().unwrap() {
                back.push((local(row.get(0).unwrap()), row.get(1).unwrap()));
            }
            let (price, cost) = (cents(item.get(3).unwrap()), cents(item.get(4).unwrap()));
            lines.push(Line { product: item.get(1).unwrap(), pieces: item.get(2).unwrap(), price, cost, back });
        }
        let mut sums = file.prepare("SELECT amount FROM payments WHERE order_id = ?1").unwrap();
        let paid = sums.query_map([id], |row| row.get::<_, f64>(0)).unwrap().map(|sum| cents(sum.unwrap())).sum();
        found.push(Order { id, day: local(row.get(1).unwrap()), by: row.get(2).unwrap(), customer, owner, lines, paid });
    }
    found
}

/// Figures in fen; orders by id, so that each counts once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Expected {
    orders: BTreeSet<i64>,
    pieces: i64,
    net: i64,
    returned: i64,
    paid: i64,
    due: i64,
    margin: i64,
}

type Keyed = BTreeMap<String, Expected>;

/// A group's key as text: of an order's line and a day.
fn key(grouping: Option<Grouping>, order: &Order, line: &Line, on: Day) -> String {
    match grouping {
        None => String::new(),
        Some(Grouping::Day) => on.to_string(),
        Some(Grouping::Month) => on.to_string()[..7].to_owned(),
        Some(Grouping::Person) => order.by.to_string(),
        Some(Grouping::Customer) => order.customer.to_string(),
        Some(Grouping::Product) => line.product.to_string(),
        Some(Grouping::Category) => PRODUCTS[line.product as usize - 1].1.unwrap_or_default().to_owned(),
    }
}

fn expect(orders: &[Order], own: Option<i64>, period: Period, grouping: Option<Grouping>) -> Keyed {
    let mut found = Keyed::new();
    let within = |day: Day| (period.from..=period.to).contains(&day);
    match grouping {
        Some(Grouping::Day | Grouping::Month) => {
            let days = (0..period.days()).map(|n| period.from.plus_days(n).to_string());
            let keys = days.map(|day| if grouping == Some(Grouping::Month) { day[..7].to_owned() } else { day });
            found.extend(keys.map(|key| (key, Expected::default())));
        }
        None => drop(found.insert(String::new(), Expected::default())),
        _ => {}
    }
    for order in orders.iter().filter(|order| own.is_none_or(|me| order.by == me || order.owner.is_none_or(|owner| owner == me))) {
        let (net, mut up_to, mut shared) = (order.net(), 0_i128, 0_i64);
        for line in &order.lines {
            up_to += i128::from(line.net());
            let share = if net == 0 { 0 } else { (2 * i128::from(order.paid) * up_to + i128::from(net)) / (2 * i128::from(net)) };
            let paid = share as i64 - shared;
            shared = share as i64;
            if within(order.day) {
                let group = found.entry(key(grouping, order, line, order.day)).or_default();
                group.orders.insert(order.id);
                group.pieces += line.pieces;
                group.net += line.pieces * line.price;
                group.margin += line.pieces * (line.price - line.cost);
                group.paid += paid;
                group.due += line.net() - paid;
            }
            for (on, pieces) in line.back.iter().filter(|(on, _)| within(*on)) {
                let group = found.entry(key(grouping, order, line, *on)).or_default();
                group.pieces -= pieces;
                group.net -= pieces * line.price;
                group.returned += pieces * line.price;
                group.margin -= pieces * (line.price - line.cost);
            }
        }
    }
    found
}

fn assert_same(figures: &Figures, expected: &Expected, cost: bool, what: &str) {
    let amounts = figures.amounts.unwrap();
    let seen = (figures.orders, figures.pieces, amounts.net.fen(), amounts.returned.fen(), amounts.paid.fen(), amounts.outstanding.fen());
    let e = expected;
    assert_eq!(seen, (e.orders.len() as i64, e.pieces, e.net, e.returned, e.paid, e.due), "{what}");
    assert_eq!(figures.margin.map(Money::fen), cost.then_some(e.margin), "{what}");
}

fn key_of(group: &SalesGroup) -> String {
    match group.key {
        GroupKey::Day(day) => day.to_string(),
        GroupKey::Month(_) | GroupKey::Category(_) => group.name.clone().unwrap_or_default(),
        GroupKey::Person(id) => id.to_string(),
        GroupKey::Product(id) => id.to_string(),
        GroupKey::Customer(id) => id.to_string(),
    }
}

fn check_sales(desk: &Desk, orders: &[Order], own: Option<i64>, period: Period, before: Period) {
    let cost = own.is_none();
    let mut totals = Vec::new();
    for &grouping in Grouping::ALL {
        let found = analytics::sales(desk, &SalesQuery { period, before, grouping }).unwrap();
        let expected = expect(orders, own, period, Some(grouping));
        let seen: BTreeSet<String> = found.groups.iter().map(key_of).collect();
        assert_eq!(seen, expected.keys().cloned().collect(), "{grouping:?} {period:?} {own:?}");
        for group in &found.groups {
            assert_same(&group.figures, &expected[&key_of(group)], cost, &format!("{grouping:?} {} {period:?} {own:?}", key_of(group)));
        }
        assert_same(&found.total, &expect(orders, own, period, None)[""], cost, &format!("{grouping:?} total"));
        assert_same(&found.before, &expect(orders, own, before, None)[""], cost, &format!("{grouping:?} before"));
        totals.push(found.total);
    }
    assert!(totals.iter().all(|total| *total == totals[0]), "every grouping adds up to the same: {totals:?}");
}

fn check_dashboard(desk: &Desk, orders: &[Order], own: Option<i64>, today: Day) {
    let figures = analytics::dashboard(desk).unwrap();
    let of = |period: Period| expect(orders, own, period, None).remove("").unwrap();
    let card = |period: Period| (of(period).orders.len() as i64, Some(of(period).net));
    let shown = |card: Option<SalesCard>| card.map(|card| (card.orders, card.net.map(Money::fen))).unwrap();
    let month = Span::Calendar(Unit::Month, 0);
    assert_eq!(shown(figures.today), card(Period { from: today, to: today }));
    assert_eq!(shown(figures.month), card(month.period(today)));
    assert_eq!(figures.month_before.map(Money::fen), Some(of(month.before(today)).net));
    let trend = figures.trend.unwrap();
    assert_eq!((trend.len(), trend[29].day), (30, today));
    for day in &trend {
        assert_eq!(day.net.fen(), of(Period { from: day.day, to: day.day }).net, "{day:?}");
        let before = day_of_month_before(day.day).map(|before| of(Period { from: before, to: before }).net);
        assert_eq!(day.before.map(Money::fen), before, "{day:?}");
    }
    let due = |late: bool| -> i64 {
        let mine = orders.iter().filter(|order| own.is_none_or(|me| order.by == me || order.owner.is_none_or(|owner| owner == me)));
        mine.filter(|order| !late || order.day < today.plus_days(-30)).map(|order| order.net() - order.paid).sum()
    };
    let receivable = figures.receivable.unwrap();
    assert_eq!((receivable.outstanding.fen(), receivable.overdue.fen()), (due(false), due(true)));
    let mut best: Vec<(i64, i64, i64)> = expect(orders, own, month.period(today), Some(Grouping::Product))
        .into_iter()
        .filter(|(_, product)| product.net > 0)
        .map(|(id, product)| (-product.net, id.parse().unwrap(), product.pieces))
        .collect();
    best.sort_unstable();
    let hot: Vec<_> = figures.hot.unwrap().iter().map(|hot| (-hot.net.fen(), hot.id.0, hot.pieces)).collect();
    assert_eq!(hot, best[..best.len().min(5)]);
}

#[test]
fn every_figure_is_what_the_rows_add_up_to_and_every_grouping_adds_up_to_the_same() {
    let config = Config { cases: 6, failure_persistence: None, max_shrink_iters: 60, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, proptest::test_runner::TestRng::deterministic_rng(Default::default()));
    let periods = (0..40_i64, 1..50_i64);
    let outcome = runner.run(&(steps(), periods), |(steps, (back, length))| {
        let f = play(&steps);
        let orders = raw(&f);
        let today = f.clock.now().day(Zone::SHANGHAI);
        let sales = f.signed_in("sales");
        let me = f.figure("SELECT id FROM users WHERE username = 'sales'");
        let to = today.plus_days(-back);
        let random = Span::Custom(Period { from: to.plus_days(1 - length), to });
        for span in [random, Span::Calendar(Unit::Month, 0), Span::Calendar(Unit::NinetyDays, 0), Span::Calendar(Unit::Day, 0)] {
            let (period, before) = (span.period(today), span.before(today));
            check_sales(&f.desk, &orders, None, period, before);
            check_sales(&sales, &orders, Some(me), period, before);
        }
        check_dashboard(&f.desk, &orders, None, today);
        check_dashboard(&sales, &orders, Some(me), today);
        Ok(())
    });
    outcome.unwrap();
}

/// This month of the fixture's clock, by day or whatever.
pub fn sales_query(grouping: Grouping) -> SalesQuery {
    let (month, today) = (Span::Calendar(Unit::Month, 0), day("2026-01-30"));
    SalesQuery { period: month.period(today), before: month.before(today), grouping }
}

fn sales_of(desk: &Desk, grouping: Grouping) -> Result<SalesStatistics> {
    analytics::sales(desk, &sales_query(grouping))
}

#[test]
fn a_paid_sum_is_shared_out_over_the_lines_to_the_fen() {
    let mut f = Fixture::new();
    let (customer, a, b, c) = (f.customer("甲"), f.product("A", 100, 100), f.product("B", 100, 100), f.product("C", 100, 100));
    let order = f.order(customer, &[(a, 1, 100), (b, 1, 100), (c, 1, 100)]);
    f.pay(order, 100).unwrap();
    let found = sales_of(&f.desk, Grouping::Product).unwrap();
    let mut paid: Vec<i64> = found.groups.iter().map(|group| group.figures.amounts.unwrap().paid.fen()).collect();
    paid.sort_unstable();
    assert_eq!((paid, found.total.amounts.unwrap().paid, found.total.orders), (vec![33, 33, 34], fen(100), 1));
}

#[test]
fn a_return_counts_on_its_own_day_and_a_day_without_sales_is_there() {
    let mut f = Fixture::new();
    let (customer, a) = (f.customer("甲"), f.product("A", 1000, 100));
    let order = f.order(customer, &[(a, 10, 1000)]);
    ship(&mut f, order).unwrap();
    f.set_time("2026-02-02 16:30:00");
    let new = back(&f.desk, order, &[(0, 3)], 0);
    returns::create(&mut f.desk, &new).unwrap();
    let period = Period { from: day("2026-01-30"), to: day("2026-02-03") };
    let query = SalesQuery { period, before: Period { from: day("2026-01-25"), to: day("2026-01-29") }, grouping: Grouping::Day };
    let found = analytics::sales(&f.desk, &query).unwrap();
    let nets: Vec<i64> = found.groups.iter().map(|group| group.figures.net().fen()).collect();
    assert_eq!(nets, [10_000, 0, 0, 0, -3000], "half past midnight in Shanghai is the third");
    assert_eq!(found.groups[0].figures.amounts.unwrap().outstanding, fen(7000));
    assert_eq!((found.before.orders, found.total.pieces), (0, 7));
}

#[test]
fn too_long_a_period_is_refused() {
    let f = Fixture::new();
    let period = Period { from: day("1990-01-01"), to: day("2026-01-30") };
    let query = SalesQuery { period, before: period, grouping: Grouping::Day };
    assert_eq!(analytics::sales(&f.desk, &query).unwrap_err().code(), Code::BadRequest);
    let backwards = Period { from: day("2026-01-30"), to: day("2026-01-29") };
    assert_eq!(analytics::turnover(&f.desk, backwards).unwrap_err().code(), Code::BadRequest);
}

#[test]
fn each_role_sees_its_own_cards_and_the_warehouse_no_amount() {
    let mut f = Fixture::new();
    let (customer, a) = (f.customer("甲"), f.product("A", 1000, 100));
    let order = f.order(customer, &[(a, 10, 123_457)]);
    f.pay(order, 700_001).unwrap();
    for (role, sales, amounts, trend, cost) in [
        (Role::Admin, true, true, true, true),
        (Role::Manager, true, true, true, true),
        (Role::Sales, true, true, true, false),
        (Role::Warehouse, true, false, false, false),
        (Role::Employee, true, true, false, false),
    ] {
        let desk = f.as_role(role);
        let found = analytics::dashboard(&desk).unwrap();
        let shown = (found.today.is_some(), found.receivable.is_some(), found.trend.is_some() && found.hot.is_some());
        assert_eq!(shown, (sales, amounts, trend), "{role:?}");
        assert_eq!(found.today.unwrap().net.is_some(), amounts, "{role:?}");
        assert_eq!((found.month.unwrap().orders, found.stock.is_some()), (1, true), "{role:?}");
        if let Ok(found) = sales_of(&desk, Grouping::Person) {
            assert_eq!(found.total.margin.is_some(), cost, "{role:?}");
        }
    }
    // Even where the warehouse is given the right to statistics.
    f.sql("UPDATE permissions SET can_view = 1 WHERE role = 'warehouse' AND module IN ('analytics', 'cost', 'customer')").unwrap();
    let desk = f.as_role(Role::Warehouse);
    let mut shown = format!("{:?}", analytics::dashboard(&desk).unwrap());
    for &grouping in Grouping::ALL {
        let found = sales_of(&desk, grouping).unwrap();
        assert_eq!((found.total.orders, found.total.pieces, found.total.amounts, found.total.margin), (1, 10, None, None));
        shown += &format!("{found:?}");
    }
    for figure in [1_234_570, 123_457, 700_001, 534_569] {
        assert!(!shown.contains(&figure.to_string()), "{figure} in {shown}");
    }
}

#[test]
fn customers_are_counted_by_kind_within_the_scope() {
    let mut f = Fixture::new();
    let (sales, ta) = (f.user("sales", Role::Sales), f.user("ta", Role::Sales));
    let mut add = |name: &str, level, industry: Option<&str>, assigned_to| {
        let input = CustomerInput { name: name.into(), level, industry: industry.map(str::to_owned), assigned_to, ..Default::default() };
        customers::create(&mut f.desk, &input).unwrap()
    };
    add("甲", CustomerLevel::Vip, Some("学校"), Some(sales));
    add("乙", CustomerLevel::Normal, Some("五金"), Some(ta));
    add("丙", CustomerLevel::Normal, Some("五金"), None);
    let gone = add("丁", CustomerLevel::Normal, None, Some(ta));
    add("戊", CustomerLevel::Important, None, Some(ta));
    f.sql(&format!("UPDATE customers SET status = 'inactive' WHERE id = {gone}")).unwrap();
    let of = |desk: &Desk, dimension| {
        let found = analytics::customers(desk, dimension).unwrap();
        let text = |kind: &CustomerKind| match kind {
            CustomerKind::Level(level) => level.as_str().to_owned(),
            CustomerKind::Industry(name) | CustomerKind::Owner(_, name) => name.clone(),
            CustomerKind::None => "—".to_owned(),
        };
        assert_eq!(found.total, found.groups.iter().map(|(_, count)| count).sum::<i64>());
        found.groups.iter().map(|(kind, count)| format!("{} {count}", text(kind))).collect::<Vec<_>>()
    };
    assert_eq!(of(&f.desk, Dimension::Level), ["vip 1", "important 1", "normal 2"]);
    assert_eq!(of(&f.desk, Dimension::Industry), ["五金 2", "学校 1", "— 1"]);
    assert_eq!(of(&f.desk, Dimension::Owner), ["同事 ta 2", "同事 sales 1", "— 1"]);
    let mine = f.signed_in("sales");
    assert_eq!(of(&mine, Dimension::Industry), ["五金 1", "学校 1"]);
    assert_eq!(of(&mine, Dimension::Owner), ["同事 sales 1", "— 1"]);
}

#[test]
fn stock_turns_over_by_cost_or_by_pieces_and_what_lies_is_named() {
    let mut f = Fixture::new();
    f.set_time("2025-10-01 02:00:00");
    let mut add = |sku: &str, category: &str, cost: i64, stock: i64| {
        let input = ProductInput {
            sku: sku.into(),
            name: format!("产品 {sku}"),
            category: Some(category.into()),
            price: fen(1000),
            cost_price: Some(fen(cost)),
            ..Default::default()
        };
        let id = products::create(&mut f.desk, &input).unwrap();
        f.stock(id, MovementType::In, stock);
        id
    };
    let (fast, slow, lying) = (add("F", "纸张", 100, 130), add("S", "纸张", 900, 100), add("L", "工具", 500, 40));
    let customer = f.customer("甲");
    f.set_time(crate::fixture::NOW);
    f.order(customer, &[(fast, 60, 1000), (slow, 1, 1000)]);
    let period = Span::Calendar(Unit::NinetyDays, 0).period(day("2026-01-30"));
    let found = analytics::turnover(&f.desk, period).unwrap();
    assert!(!found.by_pieces);
    // Fast 130 → 70, slow 100 → 99, lying 40, at cost.
    let stock = (130 * 100 + 100 * 900 + 40 * 500, 70 * 100 + 99 * 900 + 40 * 500);
    assert_eq!(found.total, Turnover { sold: 60 * 100 + 900, stock_before: stock.0, stock_after: stock.1, days: 90 });
    assert_eq!(found.value, Some(fen(stock.1)));
    let names: Vec<_> = found.categories.iter().map(|(name, turnover)| (name.as_deref().unwrap(), turnover.days_on_hand())).collect();
    // (103,000 + 96,100) ÷ 2 ÷ (6,900 ÷ 90) = 1298.5
    assert_eq!(names, [("纸张", Some(1298)), ("工具", None)]);
    let lies: Vec<_> = found.slow.iter().map(|product| (product.id, product.days)).collect();
    assert_eq!((lies, found.slow_count), (vec![(lying, None), (slow, Some(8910))], 2));
    let desk = f.as_role(Role::Sales);
    let pieces = analytics::turnover(&desk, period).unwrap();
    assert!(pieces.by_pieces && pieces.value.is_none() && pieces.slow.iter().all(|product| product.value.is_none()));
    assert_eq!(pieces.total, Turnover { sold: 61, stock_before: 270, stock_after: 209, days: 90 });
}
