//! Payments over all orders and what customers owe, against a computation of its own over random orders.

use std::collections::BTreeMap;

use zhanggui::models::choice::{CustomerLevel, Entity, OrderStatus, Role};
use zhanggui::models::config::ConfigKey;
use zhanggui::models::customer::CustomerInput;
use zhanggui::models::error::Refusal;
use zhanggui::models::order::{NewOrder, OrderFilter, OrderSums};
use zhanggui::models::payment::*;
use zhanggui::models::statement::*;
use zhanggui::models::*;
use zhanggui::services::{Desk, analytics, customers, orders, payments, returns, statements};

use crate::fixture::{Fixture, day, fen, new_order, payment};
use crate::orders_rules::{cancel, ship};
use crate::returns::back;

const TODAY: &str = "2026-01-30";
const METHODS: [&str; 3] = ["银行转账", "微信", "现金"];
/// Name, pinyin initials, owner, own days of credit.
const CUSTOMERS: [(&str, &str, Option<&str>, Option<i64>); 6] = [
    ("杭州启明办公用品有限公司", "hzqmbgypyxgs", Some("sales"), None),
    ("宁波海纳机电工程有限公司", "nbhnjdgcyxgs", Some("sales"), Some(10)),
    ("上海宏图科技有限公司", "shhtkjyxgs", Some("ta"), None),
    ("义乌重华纺织有限公司", "ywchfzyxgs", Some("ta"), Some(0)),
    ("衢州同济印刷厂", "qztjysc", None, None),
    ("温州越城建材经营部", "wzycjcjyb", None, Some(45)),
];

/// A payment as it stands in the file, joined by nothing but its ids.
#[derive(Clone, Debug)]
struct Paid {
    number: String,
    order_no: String,
    customer: usize,
    fen: i64,
    method: Option<String>,
    day: String,
    person: i64,
    order_by: i64,
}

/// An order that is not cancelled, in fen as its lines, payments and returns add up.
#[derive(Clone, Debug)]
struct Owed {
    number: String,
    status: OrderStatus,
    customer: usize,
    net: i64,
    paid: i64,
    due: i64,
    day: Day,
    by: i64,
}

struct Market {
    f: Fixture,
    customers: Vec<CustomerId>,
    owners: Vec<Option<i64>>,
    payments: Vec<Paid>,
    orders: Vec<Owed>,
}

/// Orders of two months by three people, paid, refunded, shipped, returned and cancelled as chance has it.
fn market(seed: u64) -> Market {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut f = Fixture::new();
    let (sales, ta) = (f.user("sales", Role::Sales), f.user("ta", Role::Sales));
    let owner = |name: Option<&str>| name.map(|name| if name == "sales" { sales } else { ta });
    let ids: Vec<CustomerId> = CUSTOMERS
        .iter()
        .map(|(name, _, owned, term)| {
            let input = CustomerInput {
                name: (*name).into(),
                level: CustomerLevel::Vip,
                assigned_to: owner(*owned),
                payment_term_days: *term,
                ..Default::default()
            };
            customers::create(&mut f.desk, &input).unwrap()
        })
        .collect();
    let product = f.product("A", 1000, 100_000);
    let mut desks = [f.signed_in("admin"), f.as_role(Role::Manager), f.signed_in("sales")];
    for _ in 0..60 {
        let who = random.usize(..3);
        let at = loop {
            let at = random.usize(..CUSTOMERS.len());
            // The salesman sells to whom he sees.
            if who != 2 || CUSTOMERS[at].2 != Some("ta") {
                break at;
            }
        };
        let placed = day(TODAY).plus_days(-random.i64(0..60));
        let total = random.i64(1..20) * 1000;
        let new = NewOrder { order_day: placed, ..new_order(ids[at], &[(product, total / 1000, 1000)]) };
        let order = orders::create(&mut desks[who], &new).unwrap().id;
        let mut booked = 0;
        for _ in 0..random.usize(..3) {
            let sum = random.i64(0..=total - booked);
            if sum > 0 {
                let on = placed.plus_days(random.i64(0..=day(TODAY).days_since(placed)));
                let method = METHODS[random.usize(..3)].to_owned();
                payments::create(&mut desks[random.usize(..2)], &NewPayment { day: on, method, ..payment(order, sum) }).unwrap();
                booked += sum;
            }
        }
        match random.u32(..6) {
            0 => cancel(&mut f, order).unwrap(),
            1 if booked > 0 => {
                payments::refund(&mut f.desk, &payment(order, random.i64(1..=booked))).unwrap();
            }
            2 | 3 => {
                ship(&mut f, order).unwrap();
                let pieces = random.i64(1..=total / 1000);
                let refund = (booked - (total - pieces * 1000)).max(0);
                let new = back(&f.desk, order, &[(0, pieces)], refund);
                returns::create(&mut f.desk, &new).unwrap();
            }
            _ => {}
        }
    }
    let file = rusqlite::Connection::open(f.path()).unwrap();
    let place = |id: i64| ids.iter().position(|known| known.0 == id).unwrap();
    let sql = "SELECT p.payment_no, o.order_no, o.customer_id, CAST(ROUND(p.amount * 100) AS INTEGER), p.payment_method,
                      date(p.payment_date, '+8 hours'), p.created_by, o.created_by FROM payments p, orders o WHERE o.id = p.order_id";
    let mut statement = file.prepare(sql).unwrap();
    let paid = statement.query_map([], |row| {
        Ok(Paid {
            number: row.get(0)?,
            order_no: row.get(1)?,
            customer: place(row.get(2)?),
            fen: row.get(3)?,
            method: row.get(4)?,
            day: row.get(5)?,
            person: row.get(6)?,
            order_by: row.get(7)?,
        })
    });
    let paid = paid.unwrap().collect::<std::result::Result<Vec<_>, _>>().unwrap();
    let fen_of = |sql: &str, id: i64| -> i64 { file.query_row(sql, [id], |row| row.get(0)).unwrap() };
    let orders = (1..=60)
        .map(|id| orders::get(&f.desk, OrderId(id)).unwrap().order)
        .filter(|order| order.status != OrderStatus::Cancelled)
        .map(|order| {
            let kept = "SELECT SUM((quantity - returned_quantity) * CAST(ROUND(unit_price * 100) AS INTEGER)) FROM order_items WHERE order_id = ?1";
            let paid = "SELECT COALESCE(SUM(CAST(ROUND(amount * 100) AS INTEGER)), 0) FROM payments WHERE order_id = ?1";
            let (net, paid) = (fen_of(kept, order.id.0), fen_of(paid, order.id.0));
            Owed {
                number: order.order_no,
                status: order.status,
                customer: place(order.customer.0),
                net,
                paid,
                due: net - paid,
                day: order.order_day,
                by: order.created_by.0,
            }
        })
        .collect();
    let owners = CUSTOMERS.iter().map(|(_, _, owned, _)| owner(*owned).map(|user| user.0)).collect();
    Market { f, customers: ids, owners, payments: paid, orders }
}

impl Market {
    /// Whether a person with this scope sees what hangs on a customer and was entered by someone.
    fn seen(&self, own: Option<i64>, customer: usize, by: i64) -> bool {
        own.is_none_or(|own| by == own || self.owners[customer].is_none_or(|owner| owner == own))
    }

    /// The desks to look from: one that sees all, one that sees its own.
    fn desks(&self) -> [(Desk, Option<i64>); 2] {
        let sales = self.f.signed_in("sales");
        let own = sales.session().unwrap().user.0;
        [(self.f.as_role(Role::Manager), None), (sales, Some(own))]
    }
}

/// All pages of a list, three rows at a time, in this order.
fn all_payments(desk: &Desk, filter: &PaymentFilter, sort: PaymentSort, descending: bool) -> (Vec<PaymentRow>, PaymentSums, u64) {
    let mut rows = Vec::new();
    for at in 1.. {
        let page = PaymentPage { page: at, page_size: 7, sort, descending };
        let (found, sums) = payments::list(desk, filter, &page).unwrap();
        let last = at >= found.pages();
        rows.extend(found.rows);
        if last {
            return (rows, sums, found.total);
        }
    }
    unreachable!()
}

#[test]
fn payments_and_their_sums_are_those_of_the_filter() {
    for seed in [3, 20_260_130] {
        let m = market(seed);
        assert!(m.payments.len() > 30 && m.payments.iter().any(|p| p.fen < 0));
        let some = m.payments[m.payments.len() / 2].clone();
        type Keeps<'a> = Box<dyn Fn(&Paid) -> bool + 'a>;
        let with = |change: &dyn Fn(&mut PaymentFilter)| {
            let mut filter = PaymentFilter::default();
            change(&mut filter);
            filter
        };
        let name = |p: &Paid| CUSTOMERS[p.customer].0;
        let (from, to) = (day("2026-01-05"), day("2026-01-20"));
        let within = move |p: &Paid| p.day >= from.to_string() && p.day <= to.to_string();
        let cases: Vec<(PaymentFilter, Keeps<'_>)> = vec![
            (with(&|_| {}), Box::new(|_| true)),
            (with(&|f| f.flow = Some(Flow::Received)), Box::new(|p| p.fen > 0)),
            (with(&|f| f.flow = Some(Flow::Refunded)), Box::new(|p| p.fen < 0)),
            (with(&|f| f.method = Some("微信".into())), Box::new(|p| p.method.as_deref() == Some("微信"))),
            (with(&|f| f.person = Some(UserId(1))), Box::new(|p| p.person == 1)),
            (with(&|f| f.customer = Some(m.customers[4])), Box::new(|p| p.customer == 4)),
            (with(&|f| (f.from, f.to) = (Some(from), Some(to))), Box::new(within)),
            (with(&|f| f.search = "启明".into()), Box::new(move |p| name(p).contains("启明"))),
            (with(&|f| f.search = "HNJD".into()), Box::new(|p| p.customer == 1)),
            (with(&|f| f.search = "quzhou yinshua".into()), Box::new(|p| p.customer == 4)),
            (with(&|f| f.search = some.number.clone()), Box::new(|p| p.number == some.number)),
            (with(&|f| f.search = some.order_no.clone()), Box::new(|p| p.order_no == some.order_no)),
            (with(&|f| f.search = "%".into()), Box::new(|_| false)),
            (
                with(&|f| {
                    (f.from, f.to, f.flow, f.search) = (Some(from), Some(to), Some(Flow::Received), "有限公司".into());
                }),
                Box::new(move |p| within(p) && p.fen > 0 && name(p).contains("有限公司")),
            ),
        ];
        for (desk, own) in m.desks() {
            for (filter, keeps) in &cases {
                let expected: Vec<&Paid> = m.payments.iter().filter(|p| m.seen(own, p.customer, p.order_by) && keeps(p)).collect();
                let (rows, sums, total) = all_payments(&desk, filter, PaymentSort::Number, false);
                let mut numbers: Vec<&str> = expected.iter().map(|p| p.number.as_str()).collect();
                numbers.sort_unstable();
                assert_eq!(rows.iter().map(|row| row.payment.payment_no.as_str()).collect::<Vec<_>>(), numbers, "{own:?} {filter:?}");
                assert_eq!(total as usize, expected.len());
                let sum = |keeps: fn(i64) -> bool| fen(expected.iter().map(|p| p.fen).filter(|fen| keeps(*fen)).map(i64::abs).sum());
                assert_eq!((sums.received, sums.refunded), (sum(|fen| fen > 0), sum(|fen| fen < 0)), "{own:?} {filter:?}");
            }
            let (rows, ..) = all_payments(&desk, &PaymentFilter::default(), PaymentSort::Amount, true);
            assert!(rows.windows(2).all(|two| two[0].payment.amount >= two[1].payment.amount));
            let (rows, ..) = all_payments(&desk, &PaymentFilter::default(), PaymentSort::Time, true);
            assert!(rows.windows(2).all(|two| two[0].payment.paid_at >= two[1].payment.paid_at));
        }
    }
}

#[test]
fn payments_of_days_are_summed_up_in_any_zone() {
    // Half past, a quarter to, and whole hours from Greenwich.
    for zone in ["Asia/Kolkata", "Asia/Kathmandu", "America/New_York", "Asia/Shanghai"] {
        let mut f = Fixture::new();
        let (customer, product) = (f.customer("甲"), f.product("A", 100, 10_000));
        let order = f.order(customer, &[(product, 9_000, 100)]);
        let mut paid = Vec::new();
        for n in 0..60 {
            f.set_time(&format!("2026-01-31 {:02}:{:02}:59", n % 24, n * 7 % 60));
            let amount: i64 = if n % 5 == 4 { -1 - n } else { 200 + n };
            let day = f.clock.now().day(Zone::SHANGHAI);
            let new = NewPayment { day, ..payment(order, amount.abs()) };
            if amount < 0 { payments::refund(&mut f.desk, &new) } else { payments::create(&mut f.desk, &new) }.unwrap();
            paid.push((Timestamp::parse(&f.text("SELECT payment_date FROM payments ORDER BY id DESC LIMIT 1")).unwrap(), amount));
        }
        f.configure(ConfigKey::TimeZone, zone);
        let zone = Zone::parse(zone).unwrap();
        for (from, to) in [(None, None), (Some("2026-01-31"), None), (None, Some("2026-01-31")), (Some("2026-02-01"), Some("2026-02-01"))] {
            for flow in [None, Some(Flow::Received), Some(Flow::Refunded)] {
                let filter = PaymentFilter { from: from.map(day), to: to.map(day), flow, ..PaymentFilter::default() };
                let kept = paid.iter().filter(|(at, amount)| {
                    let on = at.day(zone);
                    filter.from.is_none_or(|from| on >= from)
                        && filter.to.is_none_or(|to| on <= to)
                        && flow.is_none_or(|flow| (flow == Flow::Received) == (*amount > 0))
                });
                let kept: Vec<i64> = kept.map(|(_, amount)| *amount).collect();
                let (_, sums, total) = all_payments(&f.desk, &filter, PaymentSort::Time, false);
                let sum = |sign: i64| fen(kept.iter().filter(|amount| amount.signum() == sign).map(|amount| amount.abs()).sum());
                assert_eq!((total as usize, sums.received, sums.refunded), (kept.len(), sum(1), sum(-1)), "{zone:?} {filter:?}");
            }
        }
    }
}

#[test]
fn what_customers_owe_is_the_sum_of_their_orders_in_reach() {
    for seed in [3, 20_260_130] {
        let m = market(seed);
        let today = day(TODAY);
        let term = |customer: usize| CUSTOMERS[customer].3.unwrap_or(30);
        for (desk, own) in m.desks() {
            /// Orders, outstanding, overdue, oldest.
            type Group = (i64, i64, i64, Option<Day>);
            let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
            for order in m.orders.iter().filter(|order| order.due > 0 && m.seen(own, order.customer, order.by)) {
                let group = groups.entry(order.customer).or_default();
                group.0 += 1;
                group.1 += order.due;
                group.2 += if today.days_since(order.day) > term(order.customer) { order.due } else { 0 };
                group.3 = Some(group.3.map_or(order.day, |oldest| oldest.min(order.day)));
            }
            let filters: [(ReceivableFilter, &dyn Fn(usize, &Group) -> bool); 5] = [
                (ReceivableFilter::default(), &|_, _| true),
                (ReceivableFilter { overdue: true, ..Default::default() }, &|_, group| group.2 > 0),
                (ReceivableFilter { owner: m.owners[0].map(UserId), ..Default::default() }, &|at, _| m.owners[at] == m.owners[0]),
                (ReceivableFilter { search: "qm".into(), ..Default::default() }, &|at, _| CUSTOMERS[at].1.contains("qm")),
                (ReceivableFilter { search: "有限公司".into(), overdue: true, owner: None }, &|at, group| {
                    CUSTOMERS[at].0.contains("有限公司") && group.2 > 0
                }),
            ];
            for (filter, keeps) in filters {
                let expected: BTreeMap<&str, Group> =
                    groups.iter().filter(|(at, group)| keeps(**at, group)).map(|(at, group)| (CUSTOMERS[*at].0, *group)).collect();
                let page = ReceivablePage::first(ReceivableSort::Outstanding, true);
                let (found, sums) = payments::receivables(&desk, &filter, &page).unwrap();
                let rows: BTreeMap<&str, Group> =
                    found.rows.iter().map(|row| (row.name.as_str(), (row.orders, row.outstanding.fen(), row.overdue.fen(), row.oldest))).collect();
                assert_eq!(rows, expected, "{own:?} {filter:?}");
                assert_eq!(found.total as usize, expected.len());
                assert!(found.rows.windows(2).all(|two| two[0].outstanding >= two[1].outstanding));
                let sum = |part: fn(&Group) -> i64| fen(expected.values().map(part).sum());
                assert_eq!((sums.outstanding, sums.overdue), (sum(|group| group.1), sum(|group| group.2)), "{own:?} {filter:?}");
            }
        }
    }
}

#[test]
fn the_sums_of_orders_are_those_of_their_lines_payments_and_returns() {
    for seed in [3, 20_260_130] {
        let m = market(seed);
        assert!(m.orders.len() < 60 && m.orders.iter().any(|order| order.due == 0) && m.orders.iter().any(|order| order.paid == 0));
        let (from, to) = (day("2025-12-20"), day("2026-01-10"));
        let some = &m.orders[m.orders.len() / 2];
        type Keeps<'a> = Box<dyn Fn(&Owed) -> bool + 'a>;
        let with = |change: &dyn Fn(&mut OrderFilter)| {
            let mut filter = OrderFilter::default();
            change(&mut filter);
            filter
        };
        let name = |order: &Owed| CUSTOMERS[order.customer].0;
        let cases: Vec<(OrderFilter, Keeps<'_>)> = vec![
            (with(&|_| {}), Box::new(|_| true)),
            (with(&|f| f.unpaid = true), Box::new(|order| order.due > 0)),
            (with(&|f| f.status = Some(OrderStatus::Shipped)), Box::new(|order| order.status == OrderStatus::Shipped)),
            (with(&|f| f.status = Some(OrderStatus::Cancelled)), Box::new(|_| false)),
            (with(&|f| f.customer = Some(m.customers[1])), Box::new(|order| order.customer == 1)),
            (with(&|f| f.person = Some(UserId(1))), Box::new(|order| order.by == 1)),
            (with(&|f| (f.from, f.to) = (Some(from), Some(to))), Box::new(|order| order.day >= from && order.day <= to)),
            (with(&|f| f.search = "纺织".into()), Box::new(move |order| name(order).contains("纺织"))),
            (with(&|f| f.search = "SHHT".into()), Box::new(|order| order.customer == 2)),
            (with(&|f| f.search = some.number.clone()), Box::new(|order| order.number == some.number)),
            (with(&|f| f.search = "_".into()), Box::new(|_| false)),
            (
                with(&|f| (f.from, f.unpaid, f.search) = (Some(from), true, "有限公司".into())),
                Box::new(move |order| order.day >= from && order.due > 0 && name(order).contains("有限公司")),
            ),
        ];
        for (desk, own) in m.desks() {
            for (filter, keeps) in &cases {
                let sum = |part: fn(&Owed) -> i64| {
                    fen(m.orders.iter().filter(|order| m.seen(own, order.customer, order.by) && keeps(order)).map(part).sum())
                };
                let expected = OrderSums { net: sum(|order| order.net), paid: sum(|order| order.paid), outstanding: sum(|order| order.due) };
                assert_eq!(orders::sums(&desk, filter), Ok(Some(expected)), "{own:?} {filter:?}");
            }
        }
        // The rollup of each customer is what his orders leave, whoever looks.
        for (at, customer) in m.customers.iter().enumerate() {
            let due: i64 = m.orders.iter().filter(|order| order.customer == at).map(|order| order.due).sum();
            assert_eq!(customers::get(&m.f.desk, *customer).unwrap().0.outstanding, Some(fen(due)), "{at}");
        }
    }
}

#[test]
fn an_unpaid_sum_is_overdue_from_the_day_after_the_customers_own_term() {
    let mut f = Fixture::new();
    let product = f.product("A", 1000, 100);
    f.configure(ConfigKey::PaymentTermDays, "20");
    // Own term, days since the order, overdue.
    for (term, ago, overdue) in
        [(None, 20, false), (None, 21, true), (Some(0), 0, false), (Some(0), 1, true), (Some(45), 45, false), (Some(45), 46, true)]
    {
        let name = format!("{term:?} {ago}");
        let input = CustomerInput { name: name.clone(), payment_term_days: term, ..Default::default() };
        let customer = customers::create(&mut f.desk, &input).unwrap();
        let new = NewOrder { order_day: day(TODAY).plus_days(-ago), ..new_order(customer, &[(product, 1, 1000)]) };
        let order = orders::create(&mut f.desk, &new).unwrap().id;
        assert_eq!(orders::get(&f.desk, order).unwrap().order.due_day < day(TODAY), overdue, "{name}");
        let page = ReceivablePage { page_size: 100, ..ReceivablePage::first(ReceivableSort::Customer, false) };
        let (found, _) = payments::receivables(&f.desk, &ReceivableFilter::default(), &page).unwrap();
        let row = found.rows.iter().find(|row| row.customer == customer).unwrap();
        assert_eq!((row.outstanding, row.overdue), (fen(1000), if overdue { fen(1000) } else { Money::ZERO }), "{name}");
    }
}

#[test]
fn the_warehouse_sees_neither_payments_nor_what_is_owed() {
    let m = market(5);
    let warehouse = m.f.as_role(Role::Warehouse);
    let (rows, sums, total) = all_payments(&warehouse, &PaymentFilter::default(), PaymentSort::Amount, true);
    assert_eq!((rows, sums, total), (Vec::new(), PaymentSums::default(), 0));
    let (rows, sums) =
        payments::receivables(&warehouse, &ReceivableFilter::default(), &ReceivablePage::first(ReceivableSort::Outstanding, true)).unwrap();
    assert_eq!((rows.rows, rows.total, sums), (Vec::new(), 0, ReceivableSums::default()));
    let (rows, sums) = statements::by_age(&warehouse, &ReceivableFilter::default(), &AgePage::first(AgeSort::Oldest, true)).unwrap();
    assert_eq!((rows.rows, rows.total, sums), (Vec::new(), 0, AgeSums::default()));
}

#[test]
fn sums_may_be_larger_than_any_one_amount_and_what_one_customer_owes_may_not() {
    let mut f = Fixture::new();
    let (one, other, product) = (f.customer("甲"), f.customer("乙"), f.product("A", 1000, 1_000));
    let line = [(product, 6, 99_999_999_999)];
    let (first, second) = (f.order(one, &line), f.order(other, &line));
    let refused = orders::create(&mut f.desk, &new_order(one, &line)).map(drop);
    assert_eq!(refused, Err(Error::Refused(Refusal::TotalTooLarge)));
    let sum = 2 * 599_999_999_994;
    assert_eq!(orders::sums(&f.desk, &OrderFilter::default()).unwrap().unwrap().outstanding.fen(), sum);
    for order in [first, second] {
        f.pay(order, 599_999_999_994).unwrap();
    }
    let page = PaymentPage::first(PaymentSort::Time, true);
    assert_eq!(payments::list(&f.desk, &PaymentFilter::default(), &page).unwrap().1.received.fen(), sum);
}

#[test]
fn at_the_most_a_customer_may_owe_what_was_a_slip_is_taken_back() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 100));
    let paid = |f: &mut Fixture| {
        let order = f.order(customer, &[(product, 1, 500)]);
        f.pay(order, 500).unwrap();
        order
    };
    let (kept, shipped, refunded) = (paid(&mut f), paid(&mut f), paid(&mut f));
    ship(&mut f, shipped).unwrap();
    let slip = f.order(customer, &[(product, 1, Money::MAX.fen())]);
    let owed = |f: &Fixture| customers::get(&f.desk, customer).unwrap().0.outstanding;
    assert_eq!(owed(&f), Some(Money::MAX));
    // One fen more is refused, be it by an order or by a refund, and nothing is written.
    let before = (f.state(), f.logged());
    assert_eq!(orders::create(&mut f.desk, &new_order(customer, &[(product, 1, 1)])).map(drop), Err(Refusal::TotalTooLarge.into()));
    assert_eq!(payments::refund(&mut f.desk, &payment(refunded, 1)).map(drop), Err(Refusal::TotalTooLarge.into()));
    assert_eq!((f.state(), f.logged()), before);
    // What leaves him owing no more than before is not.
    cancel(&mut f, kept).unwrap();
    let new = back(&f.desk, shipped, &[(0, 1)], 500);
    returns::create(&mut f.desk, &new).unwrap();
    assert_eq!(owed(&f), Some(Money::MAX));
    cancel(&mut f, slip).unwrap();
    assert_eq!(owed(&f), Some(Money::ZERO));
}

#[test]
fn what_is_due_by_age_and_every_statement_equal_the_rows() {
    for seed in [3, 20_260_130] {
        let m = market(seed);
        let today = day(TODAY);
        let term = |customer: usize| CUSTOMERS[customer].3.unwrap_or(30);
        for (desk, own) in m.desks() {
            let mut expected: BTreeMap<&str, [i64; AGES]> = BTreeMap::new();
            for order in m.orders.iter().filter(|order| order.due > 0 && m.seen(own, order.customer, order.by)) {
                let past = today.days_since(order.day) - term(order.customer);
                let age = [0, 30, 60, 90, i64::MAX].iter().position(|most| past <= *most).unwrap();
                expected.entry(CUSTOMERS[order.customer].0).or_default()[age] += order.due;
            }
            let page = AgePage::first(AgeSort::Outstanding, true);
            let (found, sums) = statements::by_age(&desk, &ReceivableFilter::default(), &page).unwrap();
            let rows: BTreeMap<&str, [i64; AGES]> = found.rows.iter().map(|row| (row.name.as_str(), row.ages.map(Money::fen))).collect();
            assert_eq!(rows, expected, "{own:?}");
            assert!(found.rows.iter().all(|row| row.ages.iter().map(|age| age.fen()).sum::<i64>() == row.outstanding.fen()));
            let all = |at: usize| expected.values().map(|ages| ages[at]).sum::<i64>();
            assert_eq!(sums.ages.map(Money::fen), [all(0), all(1), all(2), all(3), all(4)]);
            // 待收款 is one figure wherever it stands.
            let (_, owed) =
                payments::receivables(&desk, &ReceivableFilter::default(), &ReceivablePage::first(ReceivableSort::Outstanding, true)).unwrap();
            assert_eq!(sums.outstanding, owed.outstanding);
            assert_eq!(analytics::dashboard(&desk).unwrap().receivable, Some(owed));
            assert_eq!(sums.overdue(), owed.overdue);
            // Every order of the rows, over pages of two, finds each customer once.
            type By = fn(&AgeRow) -> Money;
            let orders: [(AgeSort, By); 6] = [
                (AgeSort::Outstanding, |row| row.outstanding),
                (AgeSort::NotDue, |row| row.ages[0]),
                (AgeSort::To30, |row| row.ages[1]),
                (AgeSort::To60, |row| row.ages[2]),
                (AgeSort::To90, |row| row.ages[3]),
                (AgeSort::Oldest, |row| row.ages[4]),
            ];
            for (sort, by) in orders {
                let mut seen = Vec::new();
                for number in 1..=found.total.div_ceil(2) as u32 {
                    let page = AgePage { page: number, page_size: 2, ..AgePage::first(sort, true) };
                    seen.extend(statements::by_age(&desk, &ReceivableFilter::default(), &page).unwrap().0.rows);
                }
                assert_eq!(seen.len(), expected.len());
                assert!(seen.windows(2).all(|two| by(&two[0]) >= by(&two[1])), "{sort:?}");
            }
            let late = ReceivableFilter { overdue: true, search: "有限公司".into(), ..Default::default() };
            let (found, sums) = statements::by_age(&desk, &late, &page).unwrap();
            let kept = expected.iter().filter(|(name, ages)| name.contains("有限公司") && ages[1..].iter().sum::<i64>() > 0);
            assert_eq!(
                found.rows.iter().map(|row| row.name.as_str()).collect::<std::collections::BTreeSet<_>>(),
                kept.clone().map(|(name, _)| *name).collect()
            );
            assert_eq!(sums.outstanding.fen(), kept.map(|(_, ages)| ages.iter().sum::<i64>()).sum::<i64>());
        }
        let (desk, _) = m.desks().into_iter().next().unwrap();
        let file = rusqlite::Connection::open(m.f.path()).unwrap();
        let sum = |sql: &str, customer: CustomerId, from: &str, to: &str| -> i64 {
            file.query_row(sql, rusqlite::params![customer.0, from, to], |row| row.get(0)).unwrap()
        };
        let ordered = "SELECT COALESCE(SUM(CAST(ROUND(total_amount * 100) AS INTEGER)), 0) FROM orders
                       WHERE customer_id = ?1 AND status <> 'cancelled' AND order_day BETWEEN ?2 AND ?3";
        let returned = "SELECT COALESCE(SUM(CAST(ROUND(r.amount * 100) AS INTEGER)), 0) FROM order_returns r JOIN orders o ON o.id = r.order_id
                        WHERE o.customer_id = ?1 AND o.status <> 'cancelled' AND r.return_day BETWEEN ?2 AND ?3";
        let paid = "SELECT COALESCE(SUM(CAST(ROUND(p.amount * 100) AS INTEGER)), 0) FROM payments p JOIN orders o ON o.id = p.order_id
                    WHERE o.customer_id = ?1 AND o.status <> 'cancelled' AND date(p.payment_date, '+8 hours') BETWEEN ?2 AND ?3";
        for (at, customer) in m.customers.iter().enumerate() {
            for (from, to) in [("2025-01-01", TODAY), ("2026-01-01", "2026-01-15"), (TODAY, TODAY)] {
                let statement = statements::statement(&desk, *customer, day(from), day(to)).unwrap();
                let moved =
                    |from: &str, to: &str| [sum(ordered, *customer, from, to), sum(returned, *customer, from, to), sum(paid, *customer, from, to)];
                let before = day(from).plus_days(-1).to_string();
                let [o, r, p] = moved("0001-01-01", &before);
                assert_eq!(statement.opening.fen(), o - r - p);
                let [o, r, p] = moved(from, to);
                assert_eq!((statement.ordered.fen(), statement.returned.fen(), statement.paid.fen()), (o, r, p), "{from} {to}");
                assert_eq!(statement.closing.fen(), statement.opening.fen() + o - r - p);
                assert_eq!(statement.entries.last().map_or(statement.opening, |entry| entry.balance), statement.closing);
            }
            let whole = statements::statement(&desk, *customer, day("2025-01-01"), today).unwrap();
            assert_eq!(whole.closing.fen(), m.orders.iter().filter(|order| order.customer == at).map(|order| order.due).sum::<i64>());
        }
        // Not one's customer, and no amounts for the warehouse.
        let (sales, _) = m.desks().into_iter().nth(1).unwrap();
        assert_eq!(statements::statement(&sales, m.customers[2], today, today), Err(Error::NotFound(Entity::Customer)));
        assert!(matches!(statements::statement(&m.f.as_role(Role::Warehouse), m.customers[0], today, today), Err(Error::Denied { .. })));
    }
}

#[test]
fn ages_of_more_than_one_amount_may_hold_are_added_up_whole() {
    let mut f = Fixture::new();
    let product = f.product("A", 100, 10);
    for name in ["甲", "乙"] {
        let customer = f.customer(name);
        f.order(customer, &[(product, 1, 990_000_000_000)]);
    }
    let (_, sums) = statements::by_age(&f.desk, &ReceivableFilter::default(), &AgePage::first(AgeSort::Outstanding, true)).unwrap();
    assert_eq!((sums.ages[0].fen(), sums.outstanding.fen()), (1_980_000_000_000, 1_980_000_000_000));
}
