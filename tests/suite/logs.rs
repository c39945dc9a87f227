//! The log: one row per changing command, none for a failed one, and a chain that tells of every tampering.

use rusqlite::Connection;
use zhanggui::i18n::Lang;
use zhanggui::models::choice::{LogAction, Module, MovementType};
use zhanggui::models::config::ConfigKey;
use zhanggui::models::customer::CustomerInput;
use zhanggui::models::export::{Export, ExportFormat, ExportRequest};
use zhanggui::models::log::{LogFilter, LogPage, LogSort};
use zhanggui::models::order::{CancelConfirmation, OrderEdit, ShipConfirmation};
use zhanggui::models::product::ProductInput;
use zhanggui::models::stock::StockChange;
use zhanggui::models::*;
use zhanggui::services::check::{Depth, run_unattended};
use zhanggui::services::{Desk, auth, config, customers, logs, orders, payments, products, reports, stock, users};

use crate::fixture::{Fixture, PASSWORD, day, fen, new_order, payment};

/// Runs a command and says how many rows it added.
fn rows(f: &mut Fixture, command: impl FnOnce(&mut Fixture)) -> i64 {
    let before = f.logged();
    command(f);
    f.logged() - before
}

#[test]
fn every_changing_command_writes_one_row() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 50));
    let (spare, gone) = (f.customer("乙"), f.product("B", 1000, 0));
    let other = f.user("mei", choice::Role::Sales);
    let order = f.order(customer, &[(product, 1, 1000)]);
    let cancelled = f.order(customer, &[(product, 1, 1000)]);
    let movement = stock::update(&mut f.desk, &StockChange { product, kind: MovementType::In, quantity: 1, notes: None }).unwrap().movement;
    type Deed<'a> = Box<dyn FnOnce(&mut Fixture) + 'a>;
    let deeds: Vec<(&str, Deed<'_>)> = vec![
        ("create customer", Box::new(|f| _ = f.customer("丙"))),
        (
            "update customer",
            Box::new(|f| customers::update(&mut f.desk, spare, 1, &CustomerInput { name: "丁".into(), ..Default::default() }).unwrap()),
        ),
        ("delete customer", Box::new(|f| _ = customers::delete(&mut f.desk, spare).unwrap())),
        ("deactivate customer", Box::new(|f| _ = customers::delete(&mut f.desk, customer).unwrap())),
        ("create product", Box::new(|f| _ = f.product("C", 100, 0))),
        (
            "update product",
            Box::new(|f| {
                products::update(&mut f.desk, gone, 1, &ProductInput { sku: "B2".into(), name: "乙".into(), ..Default::default() }).unwrap()
            }),
        ),
        ("delete product", Box::new(|f| _ = products::delete(&mut f.desk, gone).unwrap())),
        ("stock in", Box::new(|f| f.stock(product, MovementType::In, 5))),
        ("stock adjust", Box::new(|f| f.stock(product, MovementType::Adjust, 50))),
        ("reverse", Box::new(|f| _ = stock::reverse(&mut f.desk, movement).unwrap())),
        ("create payment", Box::new(|f| _ = f.pay(order, 1000).unwrap())),
        ("refund", Box::new(|f| _ = payments::refund(&mut f.desk, &payment(order, 400)).unwrap())),
        (
            "update order",
            Box::new(|f| {
                let version = orders::get(&f.desk, order).unwrap().order.version;
                orders::update(&mut f.desk, order, version, &OrderEdit { lines: None, notes: Some("x".into()) }).unwrap();
            }),
        ),
        ("ship", Box::new(|f| _ = orders::ship(&mut f.desk, order, ShipConfirmation { unpaid: Some(fen(400)), version: None }).unwrap())),
        ("pay the rest", Box::new(|f| _ = f.pay(order, 400).unwrap())),
        ("complete", Box::new(|f| orders::complete(&mut f.desk, order).unwrap())),
        ("cancel", Box::new(|f| orders::cancel(&mut f.desk, cancelled, CancelConfirmation { pieces: 1, refund: Money::ZERO }).unwrap())),
        ("configure", Box::new(|f| config::update(&mut f.desk, ConfigKey::IdleMinutes, "5").unwrap())),
        ("reset password", Box::new(|f| _ = users::reset_password(&mut f.desk, other).unwrap())),
        ("change password", Box::new(|f| auth::change_password(&mut f.desk, PASSWORD, "another horse").unwrap())),
        ("failed login", Box::new(|f| _ = auth::login(&mut f.another_desk(), "admin", "wrong").unwrap_err())),
        ("login", Box::new(|f| _ = auth::login(&mut f.another_desk(), "admin", "another horse").unwrap())),
        ("logout", Box::new(|f| auth::logout(&mut f.desk).unwrap())),
    ];
    for (name, deed) in deeds {
        assert_eq!(rows(&mut f, deed), 1, "{name}");
    }
}

#[test]
fn a_refused_command_writes_no_row() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 5));
    let order = f.order(customer, &[(product, 1, 1000)]);
    let added = rows(&mut f, |f| {
        customers::create(&mut f.desk, &CustomerInput::default()).unwrap_err();
        customers::update(&mut f.desk, customer, 9, &CustomerInput { name: "乙".into(), ..Default::default() }).unwrap_err();
        products::create(&mut f.desk, &ProductInput { sku: "A".into(), name: "重".into(), ..Default::default() }).unwrap_err();
        orders::create(&mut f.desk, &new_order(customer, &[(product, 6, 1000)])).unwrap_err();
        orders::complete(&mut f.desk, order).unwrap_err();
        f.pay(order, 9999).unwrap_err();
        stock::update(&mut f.desk, &StockChange { product, kind: MovementType::Out, quantity: 9, notes: None }).unwrap_err();
        config::update(&mut f.desk, ConfigKey::IdleMinutes, "often").unwrap_err();
    });
    assert_eq!(added, 0);
}

#[test]
fn the_log_is_listed_by_person_action_module_record_and_day() {
    let mut f = Fixture::new();
    let mei = f.user("mei", choice::Role::Sales);
    let mut desk = f.signed_in("mei");
    let customer = customers::create(&mut desk, &CustomerInput { name: "甲".into(), ..Default::default() }).unwrap();
    f.set_time("2026-01-30 16:00:00");
    f.product("A", 100, 0);
    let list = |filter: LogFilter| {
        let page = logs::list(&f.desk, &filter, &LogPage::first(LogSort::Time, true)).unwrap().0;
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows.into_iter().map(|row| row.entity.map_or("", |entity| entity.as_str())).collect::<Vec<_>>()
    };
    assert_eq!(list(LogFilter::default()), ["product", "customer", "user"]);
    assert_eq!(list(LogFilter { user: Some(mei), ..Default::default() }), ["customer"]);
    assert_eq!(list(LogFilter { module: Some(Module::Inventory), ..Default::default() }), ["product"]);
    assert_eq!(list(LogFilter { action: Some(LogAction::Delete), ..Default::default() }), [""; 0]);
    assert_eq!(list(LogFilter { entity: Some((choice::Entity::Customer, customer.0)), ..Default::default() }), ["customer"]);
    assert_eq!(list(LogFilter { to: Some(day("2026-01-30")), ..Default::default() }), ["customer", "user"]);
    assert_eq!(list(LogFilter { from: Some(day("2026-01-31")), ..Default::default() }), ["product"]);
}

#[test]
fn descriptions_are_in_the_language_of_the_configuration() {
    let mut f = Fixture::new();
    let last = "SELECT description FROM system_logs ORDER BY id DESC LIMIT 1";
    f.customer("Acme");
    assert!(!f.text(last).is_ascii());
    f.configure(ConfigKey::Language, "en");
    f.customer("Acme");
    assert!(f.text(last).is_ascii() && f.text(last).contains("Acme"), "{}", f.text(last));
}

/// Whether `check` finds the chain broken after this SQL, run with the triggers gone and put back, as a careful forger would.
fn is_found(tampering: &str) -> bool {
    let mut f = Fixture::new();
    for name in ["甲", "乙", "丙", "丁"] {
        f.customer(name);
    }
    f.expect_good = false;
    let connection = Connection::open(f.path()).unwrap();
    let sql = "SELECT group_concat(sql, ';') FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'system_logs'";
    let guards = f.text(sql);
    connection.execute_batch("DROP TRIGGER system_logs_no_update; DROP TRIGGER system_logs_no_delete").unwrap();
    let untouched = run_unattended(&f.desk, Depth::Quick, |_, _| true).unwrap();
    assert!(untouched.is_good(), "{untouched:?}");
    connection.execute_batch(tampering).unwrap();
    connection.execute_batch(&guards).unwrap();
    let findings = run_unattended(&f.another_desk(), Depth::Quick, |_, _| true).unwrap();
    findings.broken.iter().any(|broken| broken.name == "log_chain")
}

#[test]
fn every_tampering_with_the_log_is_found() {
    for tampering in [
        "UPDATE system_logs SET description = 'nothing' WHERE id = 3",
        "UPDATE system_logs SET user_id = NULL WHERE id = 3",
        "UPDATE system_logs SET created_at = '2026-01-30 02:00:01' WHERE id = 3",
        "UPDATE system_logs SET changes = NULL WHERE id = 3",
        "UPDATE system_logs SET ip_address = 'elsewhere' WHERE id = 5",
        "UPDATE system_logs SET entity_id = 9 WHERE id = 3",
        "DELETE FROM system_logs WHERE id = 1",
        "DELETE FROM system_logs WHERE id = 3",
        // the tail cut off
        "DELETE FROM system_logs WHERE id >= 4",
        "DELETE FROM system_logs",
        // two rows swapped
        "UPDATE system_logs SET id = 99 WHERE id = 3; UPDATE system_logs SET id = 3 WHERE id = 4; UPDATE system_logs SET id = 4 WHERE id = 99",
        // a row slipped in
        "INSERT INTO system_logs (action, module, description, hash) VALUES ('create', 'system', 'x', printf('%064d', 0))",
    ] {
        assert!(is_found(tampering), "{tampering}");
    }
}

#[test]
fn a_cost_is_logged_and_hidden_from_who_may_not_see_it() {
    let mut f = Fixture::new();
    let id = f.product("A", 98_765, 0);
    let mut input = zhanggui::services::products::get(&f.desk, id).unwrap().input;
    input.cost_price = zhanggui::models::Money::from_fen(43_210);
    zhanggui::services::products::update(&mut f.desk, id, 1, &input).unwrap();
    let listed = |desk: &zhanggui::services::Desk| {
        let page = zhanggui::models::log::LogPage::first(zhanggui::models::log::LogSort::Time, true);
        format!("{:?}", zhanggui::services::logs::list(desk, &zhanggui::models::log::LogFilter::default(), &page).unwrap())
    };
    assert!(listed(&f.desk).contains("432.10"));
    f.sql("UPDATE permissions SET can_view = 1 WHERE role = 'employee' AND module = 'system'").unwrap();
    let colleague = f.as_role(zhanggui::models::choice::Role::Employee);
    assert!(listed(&colleague).contains("A") && !listed(&colleague).contains("432.10"));
}

#[test]
fn who_may_not_see_amounts_reads_none_in_the_log() {
    let mut f = Fixture::new();
    let limit = CustomerInput { name: "杭州启明".into(), credit_limit: Money::from_fen(1_357_900), ..Default::default() };
    let customer = customers::create(&mut f.desk, &limit).unwrap();
    let product = f.product("A", 1000, 50);
    let order = f.order(customer, &[(product, 3, 24_680)]);
    f.pay(order, 74_040).unwrap();
    f.quote(customer, &[(product, 1, 97_531)]);
    let everything = LogFilter::default();
    let listed = |desk: &Desk, filter: &LogFilter| logs::list(desk, filter, &LogPage::first(LogSort::Time, true)).unwrap().0;
    let amounts = ["740.40", "13,579.00", "13579.00", "975.31", "246.80"];
    let told = |desk: &Desk| {
        let text = format!("{:?}", listed(desk, &everything));
        amounts.into_iter().filter(|amount| text.contains(amount)).collect::<Vec<_>>()
    };
    assert!(told(&f.desk).len() > 2);
    f.sql("UPDATE permissions SET can_view = 1 WHERE role = 'warehouse' AND module IN ('system', 'analytics')").unwrap();
    let warehouse = f.as_role(choice::Role::Warehouse);
    assert_eq!(told(&warehouse), [""; 0]);
    let page = listed(&warehouse, &everything);
    assert!(page.rows.iter().any(|row| row.description.contains("杭州启明")), "the customer's own row stays: {page:?}");
    assert_eq!(page.total, page.rows.len() as u64, "what is not shown is not counted");
    // A search for a sum finds nothing that would tell it.
    assert_eq!(listed(&warehouse, &LogFilter { text: "740.40".into(), ..Default::default() }).total, 0);
    let path = f.folder.path().join("log.csv");
    let export = Export::Logs(everything.clone(), (LogSort::Time, true));
    let request = ExportRequest { export, format: ExportFormat::Csv, path: path.clone(), lang: Lang::ZhCn };
    let mut warehouse = warehouse;
    reports::export(&mut warehouse, &request, |_, _| true).unwrap();
    let written = std::fs::read_to_string(path).unwrap();
    assert!(written.contains("杭州启明") && !amounts.iter().any(|amount| written.contains(amount)), "{written}");
}

/// So many rows behind the services' back, a minute apart; the chain does not hold any more.
fn with_rows(count: i64) -> Fixture {
    let mut f = Fixture::new();
    f.expect_good = false;
    let sql = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
         INSERT INTO system_logs (action, module, description, created_at, hash)
         SELECT CASE i % 3 WHEN 0 THEN 'create' ELSE 'update' END, 'sales', '第' || i || '行 Nr', datetime('2026-02-01', '+' || i || ' minutes'), printf('%064d', i) FROM n"
    );
    f.sql(&sql).unwrap();
    f
}

#[test]
fn every_page_is_the_same_from_whichever_end_it_is_reached() {
    let f = with_rows(50);
    for filter in [
        LogFilter::default(),
        LogFilter { action: Some(LogAction::Create), ..Default::default() },
        LogFilter { text: "nr".into(), ..Default::default() },
    ] {
        for descending in [true, false] {
            let page =
                |page, page_size| logs::list(&f.desk, &filter, &LogPage { page, page_size, ..LogPage::first(LogSort::Time, descending) }).unwrap().0;
            let ids = |page: list::Page<log::LogRow>| page.rows.into_iter().map(|row| row.id.0).collect::<Vec<_>>();
            let all = ids(page(1, 500));
            assert!(all.len() > 15 && all.is_sorted_by(|a, b| (a > b) == descending));
            let paged: Vec<i64> = (1..=all.len().div_ceil(7) as u32).flat_map(|at| ids(page(at, 7))).collect();
            assert_eq!(paged, all);
            assert!(ids(page(99, 7)).is_empty());
        }
    }
}

/// What bounds the time of a search in a large log, and that it says so.
#[test]
fn a_text_is_looked_for_in_the_last_rows_of_the_period() {
    let f = with_rows(60_000);
    let search = |text: &str, to: Option<Day>| {
        let filter = LogFilter { text: text.into(), to, ..Default::default() };
        let (page, since) = logs::list(&f.desk, &filter, &LogPage::first(LogSort::Time, true)).unwrap();
        (page.total, since.map(|since| since.to_string()))
    };
    // The first row of the fixture stands before them.
    let since = Some("2026-02-07 22:41:00".to_owned());
    assert_eq!(search("第10001行", None), (1, since.clone()));
    assert_eq!(search("第10000行", None), (0, since));
    assert_eq!(search("第10000行", Some(day("2026-02-10"))), (1, None));
    assert_eq!(search("第20行 nr", Some(day("2026-02-10"))), (1, None));
    // Without a text nothing is left out.
    assert_eq!(search("", None), (60_001, None));
    let period = LogFilter { text: "第".into(), from: Some(day("2026-03-01")), ..Default::default() };
    assert_eq!(logs::list(&f.desk, &period, &LogPage::first(LogSort::Time, true)).unwrap().1, None);
}
