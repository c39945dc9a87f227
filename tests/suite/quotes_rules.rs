//! The rules of quotes beside their states: numbers, prices, days, conflicts, who sees which, how they are found, what is logged.

use zhanggui::models::choice::{Entity, OrderStatus, QuoteStatus, Role, Status};
use zhanggui::models::config::ConfigKey;
use zhanggui::models::customer::CustomerInput;
use zhanggui::models::error::{Code, Refusal};
use zhanggui::models::order::NewOrder;
use zhanggui::models::quote::{NewQuote, QuoteCounts, QuoteFilter, QuotePage, QuoteRow, QuoteSort, QuoteState};
use zhanggui::models::*;
use zhanggui::services::{Desk, customers, orders, products, quotes};

use crate::fixture::{Fixture, NOW, Wrong, day, fen, fields, new_order, new_quote};
use crate::orders_rules::cancel;

fn listed(desk: &Desk, filter: &QuoteFilter, sort: QuoteSort, descending: bool) -> (Vec<QuoteRow>, QuoteCounts, u64) {
    let page = QuotePage { page_size: 100, ..QuotePage::first(sort, descending) };
    let (found, counts) = quotes::list(desk, filter, &page).unwrap();
    (found.rows, counts, found.total)
}

fn numbers(desk: &Desk, filter: &QuoteFilter) -> Vec<String> {
    listed(desk, filter, QuoteSort::Number, false).0.into_iter().map(|row| row.quote_no).collect()
}

fn customer_of(f: &mut Fixture, name: &str, owner: Option<UserId>) -> CustomerId {
    customers::create(&mut f.desk, &CustomerInput { name: name.into(), assigned_to: owner, ..Default::default() }).unwrap()
}

#[test]
fn numbers_are_of_the_business_day_widen_and_are_never_given_twice() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 10));
    let new = new_quote(customer, &[(product, 1, 900)]);
    let number = |f: &mut Fixture| quotes::create(&mut f.desk, &new).unwrap();
    assert_eq!(number(&mut f).quote_no, "Q20260130001");
    let second = number(&mut f);
    quotes::delete(&mut f.desk, second.id).unwrap();
    assert_eq!(number(&mut f).quote_no, "Q20260130003");
    assert_eq!(quotes::copy(&mut f.desk, QuoteId(1)).unwrap().quote_no, "Q20260130004");
    f.sql("UPDATE counters SET last = 998 WHERE kind = 'quote'").unwrap();
    assert_eq!([number(&mut f).quote_no, number(&mut f).quote_no], ["Q20260130999", "Q202601301000"]);
    // Midnight in Shanghai; orders count by themselves, and a refused quote takes no number.
    f.set_time("2026-01-30 16:00:00");
    let nothing = new_quote(customer, &[]);
    quotes::create(&mut f.desk, &nothing).unwrap_err();
    quotes::create(&mut f.desk, &new_quote(CustomerId(99), &[(product, 1, 900)])).unwrap_err();
    assert_eq!(number(&mut f).quote_no, "Q20260131001");
    let order = NewOrder { order_day: day("2026-01-31"), ..new_order(customer, &[(product, 1, 900)]) };
    assert_eq!(orders::create(&mut f.desk, &order).unwrap().order_no, "O20260131001");
}

#[test]
fn a_quote_moves_no_stock_and_asks_for_none() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 5));
    let id = f.quote(customer, &[(product, 500, 900), (product, 1, 0)]);
    f.set_quote(id, QuoteStatus::Sent).unwrap();
    let shelf = products::get(&f.desk, product).unwrap();
    assert_eq!((shelf.stock, shelf.reserved), (5, 0));
    let stored = customers::get(&f.desk, customer).unwrap().0;
    assert_eq!((stored.outstanding, stored.last_order_at), (Some(Money::ZERO), None));
    // The order that is made of it does.
    let before = (quotes::get(&f.desk, id).unwrap(), f.logged());
    let order = NewOrder { quote: Some(id), ..new_order(customer, &[(product, 500, 900)]) };
    let error = orders::create(&mut f.desk, &order).unwrap_err();
    assert!(matches!(error, Error::Refused(Refusal::Shortage { wanted: 500, available: 5, .. })), "{error:?}");
    assert_eq!((quotes::get(&f.desk, id).unwrap(), f.logged()), before, "the quote is not accepted by an order that failed");
}

#[test]
fn prices_stay_those_of_the_quote_whatever_the_product_costs_by_then() {
    let mut f = Fixture::new();
    let (customer, a, b) = (f.customer("甲"), f.product("A", 1000, 50), f.product("B", 500, 50));
    let id = f.quote(customer, &[(a, 3, 955), (b, 2, 333), (a, 1, 0)]);
    let mut dearer = products::get(&f.desk, a).unwrap();
    dearer.input.price = fen(5000);
    products::update(&mut f.desk, a, dearer.version, &dearer.input).unwrap();
    let prices = |f: &Fixture, id| -> Vec<_> { quotes::get(&f.desk, id).unwrap().items.iter().map(|item| (item.product, item.price)).collect() };
    let quoted = [(a, Some((fen(955), fen(2865)))), (b, Some((fen(333), fen(666)))), (a, Some((fen(0), fen(0))))];
    assert_eq!(prices(&f, id), quoted);
    f.configure(ConfigKey::QuoteValidityDays, "45");
    let copy = quotes::copy(&mut f.desk, id).unwrap().id;
    assert_eq!(prices(&f, copy), quoted);
    let copied = quotes::get(&f.desk, copy).unwrap().quote;
    assert_eq!((copied.total, copied.status, copied.valid_until), (Some(fen(3531)), QuoteStatus::Draft, day("2026-03-16")));
    let order = NewOrder { quote: Some(copy), ..new_order(customer, &[(a, 3, 955), (b, 2, 333), (a, 1, 0)]) };
    let order = orders::create(&mut f.desk, &order).unwrap().id;
    let detail = orders::get(&f.desk, order).unwrap();
    assert_eq!(detail.items.iter().map(|item| (item.product, item.price)).collect::<Vec<_>>(), quoted);
    assert_eq!((detail.order.amounts.unwrap().total, detail.order.status), (fen(3531), OrderStatus::PendingPayment));
    // The original is another quote: nothing became of it.
    assert_eq!(quotes::get(&f.desk, id).unwrap().quote.order, None);
}

#[test]
fn a_quote_becomes_one_order_at_a_time_and_only_of_its_customer() {
    let mut f = Fixture::new();
    let (customer, other, product) = (f.customer("甲"), f.customer("乙"), f.product("A", 1000, 50));
    let id = f.quote(customer, &[(product, 1, 900)]);
    let turn =
        |f: &mut Fixture, customer, quote| orders::create(&mut f.desk, &NewOrder { quote: Some(quote), ..new_order(customer, &[(product, 1, 900)]) });
    let refused = fields(turn(&mut f, other, id).unwrap_err());
    assert_eq!(refused.of(Field::Quote), Some(Problem::Contradicts));
    let missing = turn(&mut f, customer, QuoteId(99)).unwrap_err();
    assert_eq!((missing.code(), fields(missing).of(Field::Quote)), (Code::NotFound, Some(Problem::NotFound)));
    assert_eq!(f.figure("SELECT COUNT(*) FROM orders"), 0);
    let first = turn(&mut f, customer, id).unwrap();
    assert_eq!(turn(&mut f, customer, id), Err(Refusal::QuoteTurned { order_no: first.order_no.clone() }.into()));
    let row = "SELECT description FROM system_logs ORDER BY id DESC LIMIT 1";
    assert!(f.text(row).contains("Q20260130001"), "{}", f.text(row));
    cancel(&mut f, first.id).unwrap();
    assert_eq!(quotes::get(&f.desk, id).unwrap().quote.order, None);
    let second = turn(&mut f, customer, id).unwrap();
    assert_eq!(quotes::get(&f.desk, id).unwrap().quote.order, Some((second.id, second.order_no)));
    // The list says so once, not once for every order that was ever made of it.
    let (rows, counts, total) = listed(&f.desk, &QuoteFilter::default(), QuoteSort::Created, true);
    assert_eq!((rows.len(), counts.of(QuoteState::Accepted), total), (1, 1, 1));
}

#[test]
fn expiry_is_the_business_days_and_nothing_is_written_for_it() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 50));
    let until = |day| NewQuote { valid_until: day, ..new_quote(customer, &[(product, 1, 900)]) };
    let [draft, sent, accepted] = [0; 3].map(|_| quotes::create(&mut f.desk, &until(day("2026-01-31"))).unwrap().id);
    f.set_quote(sent, QuoteStatus::Sent).unwrap();
    f.set_quote(accepted, QuoteStatus::Sent).unwrap();
    f.set_quote(accepted, QuoteStatus::Accepted).unwrap();
    let states = |f: &Fixture| -> Vec<QuoteState> {
        let (rows, counts, _) = listed(&f.desk, &QuoteFilter::default(), QuoteSort::Number, false);
        for state in QuoteState::ALL {
            let of_state = QuoteFilter { state: Some(*state), ..Default::default() };
            let (found, again, total) = listed(&f.desk, &of_state, QuoteSort::Number, false);
            assert!(found.iter().all(|row| row.state == *state), "{state:?}");
            assert_eq!((found.len() as i64, total as i64, again), (counts.of(*state), counts.of(*state), counts), "{state:?}");
        }
        rows.iter().map(|row| row.state).collect()
    };
    let written = f.text("SELECT group_concat(status || version) FROM quotes");
    use QuoteState::{Accepted, Draft, Expired, Sent};
    // The last second of the last day in Shanghai, and the first of the next.
    f.set_time("2026-01-31 15:59:59");
    assert_eq!(states(&f), [Draft, Sent, Accepted]);
    f.set_time("2026-01-31 16:00:00");
    assert_eq!(states(&f), [Draft, Expired, Accepted]);
    assert_eq!(f.text("SELECT group_concat(status || version) FROM quotes"), written);
    assert_eq!(quotes::get(&f.desk, draft).unwrap().quote.valid_until, day("2026-01-31"));
    let late = Error::field(Field::ValidUntil, Problem::InThePast);
    assert_eq!(quotes::create(&mut f.desk, &until(day("2026-01-31"))), Err(late.clone()));
    assert_eq!(quotes::update(&mut f.desk, draft, 1, &until(day("2026-01-31"))), Err(late.clone()));
    assert_eq!(f.set_quote(draft, QuoteStatus::Sent), Err(late));
    quotes::update(&mut f.desk, draft, 1, &until(day("2026-02-01"))).unwrap();
    f.set_quote(draft, QuoteStatus::Sent).unwrap();
    assert_eq!(states(&f), [Sent, Expired, Accepted]);
}

#[test]
fn of_two_desks_on_one_draft_the_second_save_is_a_conflict() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 50));
    let id = f.quote(customer, &[(product, 1, 900)]);
    let mut manager = f.as_role(Role::Manager);
    let with = |pieces| new_quote(customer, &[(product, pieces, 800)]);
    f.set_time("2026-01-30 02:05:00");
    quotes::update(&mut manager, id, 1, &with(2)).unwrap();
    f.set_time("2026-01-30 02:30:00");
    let conflict =
        || Error::Conflict { entity: Entity::Quote, by: Some("同事 manager".into()), at: Timestamp::parse("2026-01-30 02:05:00").unwrap() };
    let logged = f.logged();
    assert_eq!(quotes::update(&mut f.desk, id, 1, &with(3)), Err(conflict()));
    let stored = quotes::get(&f.desk, id).unwrap();
    assert_eq!((stored.quote.total, stored.quote.version, stored.items[0].quantity, f.logged()), (Some(fen(1600)), 2, 2, logged));
    // Sent meanwhile: whoever still edits the draft hears of the change first.
    quotes::set_status(&mut manager, id, 2, QuoteStatus::Sent).unwrap();
    let error = quotes::update(&mut f.desk, id, 2, &with(3)).unwrap_err();
    assert!(matches!(error, Error::Conflict { .. }), "{error:?}");
    assert_eq!(quotes::update(&mut f.desk, id, 3, &with(3)), Err(Refusal::QuoteFixed.into()));
}

#[test]
fn every_wrong_part_is_named_and_nothing_is_written() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 50));
    let id = f.quote(customer, &[(product, 1, 900)]);
    let before = (quotes::get(&f.desk, id).unwrap(), f.figure("SELECT SUM(last) FROM counters"), f.logged());
    let range = Problem::OutOfRange(1, 1_000_000);
    let head: [Wrong<NewQuote>; 4] = [
        (|new| new.lines.clear(), Field::Lines, Problem::Required),
        (|new| new.notes = Some("长".repeat(2001)), Field::Notes, Problem::TooLong(2000)),
        (|new| new.valid_until = day("2026-01-29"), Field::ValidUntil, Problem::InThePast),
        (|new| new.customer = CustomerId(99), Field::Customer, Problem::NotFound),
    ];
    let line: [Wrong<NewQuote>; 5] = [
        (|new| new.lines[0].quantity = 0, Field::Quantity, range),
        (|new| new.lines[0].quantity = 1_000_001, Field::Quantity, range),
        (|new| new.lines[0].unit_price = fen(-1), Field::UnitPrice, Problem::Negative),
        (|new| (new.lines[0].quantity, new.lines[0].unit_price) = (2, Money::MAX), Field::UnitPrice, Problem::TooLarge),
        (|new| new.lines[0].product = ProductId(99), Field::Product, Problem::NotFound),
    ];
    let cases = head.iter().map(|case| (case, None)).chain(line.iter().map(|case| (case, Some(0))));
    for ((change, field, problem), at) in cases {
        let mut new = new_quote(customer, &[(product, 1, 900)]);
        change(&mut new);
        for refused in [quotes::create(&mut f.desk, &new).map(drop), quotes::update(&mut f.desk, id, 1, &new)] {
            let errors = fields(refused.unwrap_err());
            assert_eq!(at.map_or_else(|| errors.of(*field), |at| errors.of_line(at, *field)), Some(*problem), "{new:?}: {errors:?}");
        }
    }
    let most = new_quote(customer, &[(product, 1, Money::MAX.fen()), (product, 1, 1)]);
    assert_eq!(quotes::create(&mut f.desk, &most).map(drop).unwrap_err().code(), Code::BadRequest);
    // Who or what became inactive is neither quoted nor copied.
    customers::update(&mut f.desk, customer, 1, &CustomerInput { name: "甲".into(), status: Status::Inactive, ..Default::default() }).unwrap();
    let inactive = || Err(Refusal::Inactive(Entity::Customer).into());
    assert_eq!(quotes::create(&mut f.desk, &new_quote(customer, &[(product, 1, 900)])).map(drop), inactive());
    assert_eq!(quotes::update(&mut f.desk, id, 1, &new_quote(customer, &[(product, 1, 900)])), inactive());
    assert_eq!(quotes::copy(&mut f.desk, id).map(drop), inactive());
    customers::update(&mut f.desk, customer, 2, &CustomerInput { name: "甲".into(), ..Default::default() }).unwrap();
    f.sql("UPDATE products SET status = 'inactive'").unwrap();
    assert_eq!(quotes::copy(&mut f.desk, id).map(drop), Err(Refusal::Inactive(Entity::Product).into()));
    let mut after = quotes::get(&f.desk, id).unwrap();
    after.customer = before.0.customer.clone();
    assert_eq!((after, f.figure("SELECT SUM(last) FROM counters"), f.logged()), (before.0, before.1, before.2 + 2));
    for missing in [quotes::get(&f.desk, QuoteId(99)).map(drop), quotes::delete(&mut f.desk, QuoteId(99))] {
        assert_eq!(missing, Err(Error::NotFound(Entity::Quote)));
    }
}

#[test]
fn the_sales_person_reaches_quotes_of_own_customers_and_those_entered_himself() {
    let mut f = Fixture::new();
    let (me, other) = (f.user("me", Role::Sales), f.user("other", Role::Sales));
    let product = f.product("A", 1000, 100);
    let [mine, theirs, free] = [("我的", Some(me)), ("别人的", Some(other)), ("无人的", None)].map(|(name, owner)| customer_of(&mut f, name, owner));
    let lines = [(product, 1, 900)];
    let [of_mine, of_theirs, of_free] = [mine, theirs, free].map(|customer| f.quote(customer, &lines));
    let mut desk = f.signed_in("me");
    let entered = quotes::create(&mut desk, &new_quote(mine, &lines)).unwrap().id;
    let refused = fields(quotes::create(&mut desk, &new_quote(theirs, &lines)).unwrap_err());
    assert_eq!(refused.of(Field::Customer), Some(Problem::NotFound));
    customers::assign(&mut f.desk, &[mine], Some(other)).unwrap();
    // What he entered himself stays in reach when the customer is handed over; the customer's other quotes go.
    let own = ["Q20260130003", "Q20260130004"];
    assert_eq!(numbers(&desk, &QuoteFilter::default()), own);
    let (rows, counts, total) = listed(&desk, &QuoteFilter::default(), QuoteSort::Total, true);
    assert_eq!((rows.len(), counts.all(), total), (2, 2, 2));
    for hidden in [QuoteFilter { customer: Some(theirs), ..Default::default() }, QuoteFilter { search: "别人".into(), ..Default::default() }] {
        let (rows, counts, total) = listed(&desk, &hidden, QuoteSort::Created, true);
        assert_eq!((rows.len(), counts.all(), total), (0, 0, 0), "{hidden:?}");
    }
    let logged = f.logged();
    for hidden in [of_mine, of_theirs] {
        let missing = Err(Error::NotFound(Entity::Quote));
        assert_eq!(quotes::get(&desk, hidden).map(drop), missing);
        assert_eq!(quotes::update(&mut desk, hidden, 1, &new_quote(free, &lines)), missing);
        assert_eq!(quotes::set_status(&mut desk, hidden, 1, QuoteStatus::Sent), missing);
        assert_eq!(quotes::copy(&mut desk, hidden).map(drop), missing);
        let order = NewOrder { quote: Some(hidden), ..new_order(free, &lines) };
        assert_eq!(fields(orders::create(&mut desk, &order).unwrap_err()).of(Field::Quote), Some(Problem::NotFound));
    }
    assert_eq!(f.logged(), logged, "nothing was done, and nothing was told");
    quotes::set_status(&mut desk, of_free, 1, QuoteStatus::Sent).unwrap();
    quotes::get(&desk, entered).unwrap();
    assert_eq!(quotes::delete(&mut desk, entered).unwrap_err().code(), Code::Denied, "sales may not delete");
}

#[test]
fn the_warehouse_sees_quotes_without_amounts_and_cannot_sort_by_them() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 100));
    for price in [700, 900, 500, 800] {
        f.quote(customer, &[(product, 7, price)]);
    }
    let desk = f.as_role(Role::Warehouse);
    let order_by = |desk: &Desk, sort| -> Vec<i64> { listed(desk, &QuoteFilter::default(), sort, false).0.iter().map(|row| row.id.0).collect() };
    assert_eq!(order_by(&f.desk, QuoteSort::Total), [3, 1, 4, 2]);
    assert_eq!(order_by(&desk, QuoteSort::Total), order_by(&desk, QuoteSort::Created));
    assert!(listed(&desk, &QuoteFilter::default(), QuoteSort::Total, true).0.iter().all(|row| row.total.is_none()));
    let detail = quotes::get(&desk, QuoteId(1)).unwrap();
    assert_eq!((detail.quote.total, detail.items[0].price, detail.items[0].quantity), (None, None, 7));
    // Customers are not its business either: their names find nothing.
    assert_eq!(numbers(&desk, &QuoteFilter { search: "甲".into(), ..Default::default() }), [""; 0]);
    assert_eq!(numbers(&desk, &QuoteFilter { search: "0130002".into(), ..Default::default() }), ["Q20260130002"]);
    let employee = quotes::get(&f.as_role(Role::Employee), QuoteId(1)).unwrap();
    assert_eq!(employee.quote.total, Some(fen(4900)), "the employee sees sales whole");
}

#[test]
fn quotes_are_found_by_number_customer_and_pinyin_and_filters_hold_together() {
    let mut f = Fixture::new();
    let (qiming, haina) = (f.customer("杭州启明办公用品有限公司"), f.customer("宁波海纳机电工程有限公司"));
    let product = f.product("A", 1000, 100);
    let manager = f.as_role(Role::Manager).session().unwrap().user;
    // One of the 29th, two of the 30th in Shanghai, which is the 29th by UTC still.
    for (at, customer, valid_until) in
        [("2026-01-29 15:59:59", qiming, "2026-02-10"), ("2026-01-29 16:00:00", haina, "2026-02-05"), ("2026-01-30 15:59:59", qiming, "2026-02-20")]
    {
        f.set_time(at);
        quotes::create(&mut f.desk, &NewQuote { valid_until: day(valid_until), ..new_quote(customer, &[(product, 1, 900)]) }).unwrap();
    }
    f.set_time(NOW);
    quotes::create(&mut f.signed_in("manager"), &new_quote(haina, &[(product, 2, 900)])).unwrap();
    let (a, b, c, d) = ("Q20260129001", "Q20260130001", "Q20260130002", "Q20260130003");
    let search = |text: &str| QuoteFilter { search: text.into(), ..Default::default() };
    let none: &[&str] = &[];
    for (text, expected) in [
        ("", &[a, b, c, d][..]),
        ("启明", &[a, c]),
        ("hzqm", &[a, c]),
        ("HAINA", &[b, d]),
        ("ningbo jidian", &[b, d]),
        ("q20260130", &[b, c, d]),
        ("0129", &[a]),
        ("qm 0130", &[c]),
        ("0130 海纳 003", &[d]),
        ("启明 海纳", none),
        ("%", none),
        ("Q2026_130", none),
    ] {
        let found = numbers(&f.desk, &search(text));
        assert_eq!(found, expected, "{text}");
        let (_, counts, total) = listed(&f.desk, &search(text), QuoteSort::Created, true);
        assert_eq!((counts.all(), total as usize), (expected.len() as i64, expected.len()), "{text}");
    }
    let with = |change: &dyn Fn(&mut QuoteFilter)| {
        let mut filter = QuoteFilter::default();
        change(&mut filter);
        numbers(&f.desk, &filter)
    };
    assert_eq!(with(&|q| q.customer = Some(haina)), [b, d]);
    assert_eq!(with(&|q| q.person = Some(manager)), [d]);
    assert_eq!(with(&|q| (q.from, q.to) = (Some(day("2026-01-30")), Some(day("2026-01-30")))), [b, c, d]);
    assert_eq!(with(&|q| q.to = Some(day("2026-01-29"))), [a]);
    assert_eq!(with(&|q| (q.from, q.search) = (Some(day("2026-01-30")), "启明".into())), [c]);
    assert_eq!(with(&|q| (q.state, q.search) = (Some(QuoteState::Sent), "启明".into())), none);
    let by =
        |sort, descending| -> String { listed(&f.desk, &QuoteFilter::default(), sort, descending).0.iter().map(|row| row.id.to_string()).collect() };
    for (sort, expected) in [(QuoteSort::Created, "1234"), (QuoteSort::Number, "1234"), (QuoteSort::ValidUntil, "2134"), (QuoteSort::Total, "1234")] {
        assert_eq!((by(sort, false), by(sort, true)), (expected.into(), expected.chars().rev().collect()), "{sort:?}");
    }
}

#[test]
fn only_what_may_still_become_an_order_is_open() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 100));
    let [draft, rejected, turned, again] = [0; 4].map(|_| f.quote(customer, &[(product, 1, 900)]));
    f.set_quote(rejected, QuoteStatus::Sent).unwrap();
    f.set_quote(rejected, QuoteStatus::Rejected).unwrap();
    let turn = |f: &mut Fixture, quote| {
        orders::create(&mut f.desk, &NewOrder { quote: Some(quote), ..new_order(customer, &[(product, 1, 900)]) }).unwrap().id
    };
    turn(&mut f, turned);
    let order = turn(&mut f, again);
    cancel(&mut f, order).unwrap();
    let (rows, counts, _) = listed(&f.desk, &QuoteFilter { open: true, ..Default::default() }, QuoteSort::Number, false);
    assert_eq!((rows.iter().map(|row| row.id).collect::<Vec<_>>(), counts.all()), (vec![draft, again], 2));
}

#[test]
fn each_change_of_a_quote_is_logged_with_its_number() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 100));
    let last = |f: &Fixture| {
        let row = "SELECT action || ' ' || module || ' ' || entity_type || ' ' || entity_id || ' ' || description FROM system_logs ORDER BY id DESC LIMIT 1";
        f.text(row)
    };
    let id = f.quote(customer, &[(product, 1, 900)]);
    assert!(last(&f).starts_with("create sales quote 1 ") && last(&f).contains("Q20260130001") && last(&f).contains("¥9.00"), "{}", last(&f));
    quotes::update(&mut f.desk, id, 1, &NewQuote { notes: Some("含税".into()), ..new_quote(customer, &[(product, 2, 900)]) }).unwrap();
    let changes = f.text("SELECT changes FROM system_logs ORDER BY id DESC LIMIT 1");
    let changes: serde_json::Value = serde_json::from_str(&changes).unwrap();
    assert_eq!(changes, serde_json::json!({ "total_amount": ["9.00", "18.00"], "notes": [null, "含税"] }));
    f.set_quote(id, QuoteStatus::Sent).unwrap();
    assert!(last(&f).starts_with("update sales quote 1 "), "{}", last(&f));
    let sent = quotes::get(&f.desk, id).unwrap().quote;
    assert_eq!((sent.sent_at.is_some(), sent.decided_at), (true, None));
    f.set_quote(id, QuoteStatus::Accepted).unwrap();
    assert!(quotes::get(&f.desk, id).unwrap().quote.decided_at.is_some());
    let copy = quotes::copy(&mut f.desk, id).unwrap().id;
    assert!(last(&f).starts_with("create sales quote 2 ") && last(&f).contains("Q20260130001"), "{}", last(&f));
    quotes::delete(&mut f.desk, copy).unwrap();
    assert!(last(&f).starts_with("delete sales quote 2 ") && last(&f).contains("Q20260130002"), "{}", last(&f));
    assert_eq!(f.figure("SELECT COUNT(*) FROM quote_items WHERE quote_id = 2"), 0);
}
