//! Import: the two sample businesses whole, repeated imports, errors by row and column, rules of amounts and payments.

use std::collections::HashMap;

use zhanggui::models::choice::{OrderStatus, Role};
use zhanggui::models::error::Code;
use zhanggui::models::import::*;
use zhanggui::models::order::{OrderFilter, OrderPage, OrderSort};
use zhanggui::models::*;
use zhanggui::services::check::{self, Depth};
use zhanggui::services::{auth, imports, orders};

use crate::fixture::Fixture;

fn data(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn options() -> ImportOptions {
    ImportOptions::new("test.csv")
}

fn import(fixture: &mut Fixture, kind: ImportKind, file: &[u8]) -> ImportReport {
    imports::import(&mut fixture.desk, kind, file, &options(), |_, _| true).unwrap()
}

fn refused(fixture: &mut Fixture, kind: ImportKind, file: &str, options: &ImportOptions) -> Vec<(usize, String, RowProblem)> {
    match imports::import(&mut fixture.desk, kind, file.as_bytes(), options, |_, _| true) {
        Err(Error::Rows(rows)) => rows.errors.into_iter().map(|error| (error.row, error.column, error.problem)).collect(),
        other => panic!("{other:?}"),
    }
}

fn wrong(row: usize, column: &str, field: Field, problem: Problem) -> (usize, String, RowProblem) {
    (row, column.to_owned(), RowProblem::Field(field, problem))
}

/// Everything but the log.
fn contents(fixture: &Fixture) -> Vec<String> {
    let mut all = Vec::new();
    for table in ["customers", "products", "orders", "order_items", "payments", "stock_movements", "counters"] {
        let connection = rusqlite::Connection::open(fixture.path()).unwrap();
        let mut statement = connection.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| Ok((0..columns).map(|at| format!("{:?}", row.get_ref(at).unwrap())).collect::<String>()));
        all.extend(rows.unwrap().map(std::result::Result::unwrap));
    }
    all
}

/// Hundredths of a figure with at most two decimals.
fn hundredths(text: &str) -> i64 {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{:0<2}", decimals).parse().unwrap()
}

const TOTAL: &str = "SELECT SUM(CAST(ROUND(total_amount * 100) AS INTEGER)) FROM orders";

#[test]
fn northwind_whole_and_again() {
    let mut fixture = Fixture::new();
    let files = [(ImportKind::Customers, "customers"), (ImportKind::Products, "products"), (ImportKind::Orders, "order_lines")];
    let mut created = Vec::new();
    for (kind, file) in files {
        let report = import(&mut fixture, kind, &data(&format!("northwind/{file}.csv")));
        assert_eq!((report.updated, report.skipped), (0, 0));
        created.push((report.created, report.lines));
    }
    assert_eq!(created, [(93, 0), (77, 0), (830, 2155)]);
    assert_eq!(fixture.figure("SELECT COUNT(*) FROM order_items"), 2155);

    let mut wanted = 0;
    for row in csv::Reader::from_reader(data("northwind/order_lines.csv").as_slice()).records().map(std::result::Result::unwrap) {
        let (price, quantity, discount) = (hundredths(&row[5]), row[6].parse::<i64>().unwrap(), hundredths(&row[7]));
        wanted += (price * (100 - discount) + 50) / 100 * quantity;
    }
    assert_eq!(fixture.figure(TOTAL), wanted);
    assert_eq!(fixture.text("SELECT code || '|' || name FROM customers WHERE code = 'Val2'"), "Val2|IT");
    assert_eq!(fixture.text("SELECT specification || '|' || status || '|' || stock_quantity FROM products WHERE sku = '5'"), "36 boxes|inactive|0");
    assert_eq!(fixture.figure("SELECT stock_warning_threshold FROM products WHERE sku = '2'"), 25);
    assert_eq!(fixture.figure("SELECT COUNT(*) FROM stock_movements WHERE reference_type <> 'opening'"), 0);
    assert_eq!(fixture.figure("SELECT COUNT(*) FROM orders WHERE stock_state <> 'untracked' OR order_no <> external_no"), 0);
    assert_eq!(fixture.figure("SELECT COUNT(*) FROM orders WHERE (status = 'paid') = (ship_date IS NOT NULL)"), 0);
    // A day is local: midnight in Shanghai.
    assert_eq!(
        fixture.text("SELECT order_day || '|' || order_date || '|' || status FROM orders WHERE order_no = '10248'"),
        "1996-07-04|1996-07-03 16:00:00|completed"
    );

    let before = contents(&fixture);
    for (kind, file) in files {
        let report = import(&mut fixture, kind, &data(&format!("northwind/{file}.csv")));
        assert_eq!((report.created, report.updated, report.skipped), (0, 0, created[kind as usize].0));
        assert_eq!(report.warnings.total(), 0);
    }
    assert_eq!(contents(&fixture), before);
    assert_eq!(fixture.figure("SELECT COUNT(*) FROM system_logs WHERE action = 'import'"), 6);
}

#[test]
fn superstore_from_one_flat_file_and_again() {
    let mut fixture = Fixture::new();
    let file = data("superstore/superstore.csv");
    let report = import(&mut fixture, ImportKind::Orders, &file);
    assert_eq!((report.customers_created, report.products_created, report.orders_created, report.lines), (793, 1862, 5009, 9994));
    assert_eq!(report.warnings.of(WarningKind::SecondName), 32);
    assert_eq!(report.warnings.of(WarningKind::DerivedPrice), 9994);
    assert_eq!(report.warnings.of(WarningKind::DerivedProductPrice), 1862);
    assert_eq!(report.warnings.of(WarningKind::AssumedPayment), 5009);
    assert!(report.warnings.of(WarningKind::RoundedAmount) > 0);
    assert!(report.ignored.contains(&"Profit".to_owned()) && report.ignored.contains(&"Row ID".to_owned()));
    assert_eq!(fixture.text("SELECT code || '|' || industry FROM customers WHERE name = 'Claire Gute'"), "CG-12520|Consumer");

    let before = contents(&fixture);
    let again = import(&mut fixture, ImportKind::Orders, &file);
    assert_eq!((again.created, again.skipped, again.warnings.total()), (0, 5009, 0));
    for (kind, count) in [(ImportKind::Customers, 793), (ImportKind::Products, 1862)] {
        let report = import(&mut fixture, kind, &file);
        assert_eq!((report.created, report.updated), (0, 0), "{kind:?}");
        assert_eq!(report.skipped, 9994, "{kind:?}");
        let mut other = Fixture::new();
        assert_eq!(import(&mut other, kind, &file).created, count, "{kind:?}");
    }
    assert_eq!(contents(&fixture), before);
}

#[test]
fn one_bad_row_imports_nothing_and_is_named() {
    let mut fixture = Fixture::new();
    let text = String::from_utf8(data("northwind/products.csv")).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let price = csv::Reader::from_reader(text.as_bytes()).records().nth(38).unwrap().unwrap()[5].to_owned();
    lines[39] = lines[39].replacen(&format!(",{price},"), ",cheap,", 1);
    let before = contents(&fixture);
    let found = refused(&mut fixture, ImportKind::Products, &lines.join("\n"), &options());
    assert_eq!(found, [wrong(40, "UnitPrice", Field::Price, Problem::NotANumber)]);
    assert_eq!(contents(&fixture), before);
    let found = refused(&mut fixture, ImportKind::Orders, &String::from_utf8(data("northwind/order_lines.csv")).unwrap(), &options());
    assert!(found.iter().any(|error| *error == wrong(2, "CustomerID", Field::Customer, Problem::NotFound)));
    assert!(found.iter().any(|error| *error == wrong(2, "ProductID", Field::Product, Problem::NotFound)));
    assert_eq!(contents(&fixture), before);
}

#[test]
fn existing_records_are_skipped_updated_or_refused() {
    let mut fixture = Fixture::new();
    import(&mut fixture, ImportKind::Customers, "客户编号,名称,电话,等级,标签\nA1,启明办公,13800006620,VIP,月结、连锁\n".as_bytes());
    let file = "客户编号,名称,电话,等级,标签\nA1,启明办公用品,,,\nB2,海纳机电,,重要,\n";
    let dry = ImportOptions { existing: Existing::Update, dry_run: true, ..options() };
    let before = contents(&fixture);
    let report = imports::customers(&mut fixture.desk, file.as_bytes(), &dry, |_, _| true).unwrap();
    assert_eq!((report.created, report.updated, report.skipped), (1, 1, 0));
    assert_eq!(contents(&fixture), before);
    let refuse = ImportOptions { existing: Existing::Refuse, ..options() };
    assert_eq!(refused(&mut fixture, ImportKind::Customers, file, &refuse), [wrong(2, "客户编号", Field::Code, Problem::Taken)]);
    let update = ImportOptions { existing: Existing::Update, ..options() };
    let report = imports::customers(&mut fixture.desk, file.as_bytes(), &update, |_, _| true).unwrap();
    assert_eq!((report.created, report.updated, report.skipped), (1, 1, 0));
    let logged = "SELECT changes FROM system_logs WHERE action = 'import' ORDER BY id DESC LIMIT 1";
    assert_eq!(fixture.text(logged), r#"{"created":[null,"1"],"updated":[null,"1"],"customers":[null,"1"]}"#);
    // Blank cells change nothing.
    let kept = "SELECT name || phone || customer_level || tags || version FROM customers WHERE code = 'A1'";
    assert_eq!(fixture.text(kept), "启明办公用品13800006620vip[\"月结\",\"连锁\"]2");
    let report = imports::customers(&mut fixture.desk, file.as_bytes(), &update, |_, _| true).unwrap();
    assert_eq!((report.created, report.updated, report.skipped), (0, 0, 2));

    import(&mut fixture, ImportKind::Products, "SKU,产品名称,售价,库存\nP1,螺栓,36.5,100\n".as_bytes());
    for (updated, skipped) in [(1, 0), (0, 1)] {
        let report = imports::products(&mut fixture.desk, "SKU,产品名称,售价,库存\nP1,螺栓,38,90\n".as_bytes(), &update, |_, _| true).unwrap();
        assert_eq!((report.updated, report.skipped, report.warnings.of(WarningKind::StockKept)), (updated, skipped, 1));
    }
    assert_eq!(fixture.text("SELECT price || ' ' || stock_quantity FROM products WHERE sku = 'P1'"), "38.0 100");
}

const ORDERS: &str = "订单号,客户名称,下单日期,发货日期,SKU,产品名称,数量,单价,折扣,已付\n";

#[test]
fn payments_and_status_as_the_file_says() {
    let mut fixture = Fixture::new();
    let rows = "A-1,启明,2026-01-05,,P1,螺栓,10,36.50,,100\n\
                A-2,启明,2026/1/6,2026/1/7,P1,螺栓,1,10.50,5%,\n\
                A-3,海纳,2026-01-08 14:30,2026-01-09,P1,螺栓,2,8,0.5,8\n\
                A-4,海纳,2026-01-08,,P2,样品,1,0,,\n\
                A-3,海纳,2026-01-08 14:30,2026-01-09,P1,螺栓,2,0,8.5折,8\n";
    let report = import(&mut fixture, ImportKind::Orders, format!("{ORDERS}{rows}").as_bytes());
    assert_eq!((report.orders_created, report.lines, report.payments, report.customers_created, report.products_created), (4, 5, 2, 2, 2));
    assert_eq!(report.warnings.of(WarningKind::AssumedPayment), 0);
    let rows: HashMap<String, String> = rusqlite::Connection::open(fixture.path())
        .unwrap()
        .prepare("SELECT order_no, total_amount || ' ' || paid_amount || ' ' || status FROM orders")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(std::result::Result::unwrap)
        .collect();
    let of = |status: OrderStatus, sums: &str| format!("{sums} {}", status.as_str());
    assert_eq!(rows["A-1"], of(OrderStatus::PendingPayment, "365.0 100.0"));
    assert_eq!(rows["A-2"], of(OrderStatus::Shipped, "9.98 0.0"));
    assert_eq!(rows["A-3"], of(OrderStatus::Completed, "8.0 8.0"));
    assert_eq!(rows["A-4"], of(OrderStatus::Paid, "0.0 0.0"));
    assert_eq!(fixture.text("SELECT outstanding || ' ' || last_order_at FROM customers WHERE name = '启明'"), "274.98 2026-01-05 16:00:00");
    assert_eq!(fixture.text("SELECT order_date FROM orders WHERE order_no = 'A-3'"), "2026-01-08 06:30:00");
    assert_eq!(fixture.text("SELECT MAX(payment_no) FROM payments"), "R20260130002");
}

#[test]
fn orders_are_checked_by_row_and_column() {
    let mut fixture = Fixture::new();
    let mut check = |rows: &str, wanted: &[(usize, String, RowProblem)]| {
        assert_eq!(refused(&mut fixture, ImportKind::Orders, &format!("{ORDERS}{rows}"), &options()), wanted, "{rows}");
    };
    check("O20260105001,启明,2026-01-05,,P1,螺栓,1,1,,\n", &[wrong(2, "订单号", Field::OrderNo, Problem::OwnPattern)]);
    check("A,启明,2026-01-31,,P1,螺栓,1,1,,\n", &[wrong(2, "下单日期", Field::OrderDay, Problem::InTheFuture)]);
    check(
        "A,启明,2026-01-05,,P1,螺栓,1,1,,\nA,海纳,2026-01-06,,P1,螺栓,1,1,,1\n",
        &[
            wrong(3, "客户名称", Field::Customer, Problem::Contradicts),
            wrong(3, "下单日期", Field::OrderDay, Problem::Contradicts),
            wrong(3, "已付", Field::Amount, Problem::Contradicts),
        ],
    );
    check("A,启明,2026-01-05,,P1,螺栓,1.5,1,,\n", &[wrong(2, "数量", Field::Quantity, Problem::NotWhole)]);
    check(
        "A,启明,2026-01-05,,P1,螺栓,0,1,15,\n",
        &[wrong(2, "数量", Field::Quantity, Problem::OutOfRange(1, 1_000_000)), wrong(2, "折扣", Field::Discount, Problem::OutOfRange(0, 1))],
    );
    check("A,启明,2026-01-05,,P1,螺栓,1,\"1,5\",,\n", &[wrong(2, "单价", Field::UnitPrice, Problem::NotANumber)]);
    check("A,启明,2026-01-05,,P1,螺栓,1,1,,2\n", &[wrong(2, "已付", Field::Amount, Problem::TooLarge)]);
    check(
        "A,,2026-01-05,,,,1,,,\n",
        &[
            wrong(2, "客户名称", Field::Customer, Problem::Required),
            wrong(2, "SKU", Field::Sku, Problem::Required),
            wrong(2, "单价", Field::UnitPrice, Problem::Required),
        ],
    );
    check("A,启明,5/1/2026,,P1,螺栓,1,1,,\n", &[(2, "下单日期".into(), RowProblem::AmbiguousDay)]);
    let found = refused(&mut fixture, ImportKind::Orders, "订单号,数量\nA,1\n", &options());
    assert_eq!(found.len(), 4);
    assert!(found.contains(&(1, String::new(), RowProblem::MissingColumn(ImportField::OrderDate))));
}

/// With 17 and more decimals the denominator did not fit 64 bits: another discount was taken, or none.
#[test]
fn a_discount_of_many_decimals_is_taken_as_it_stands() {
    let mut fixture = Fixture::new();
    let rows = "A-1,启明,2026-01-05,,P1,螺栓,1,1000,8.500000000000000000折,\n\
                A-2,启明,2026-01-05,,P1,螺栓,1,1000,5.00000000000000000%,\n\
                A-3,启明,2026-01-05,,P1,螺栓,1,1000,15.000000000000000000%,\n\
                A-4,启明,2026-01-05,,P1,螺栓,1,1000,0.050000000000000000,\n";
    import(&mut fixture, ImportKind::Orders, format!("{ORDERS}{rows}").as_bytes());
    assert_eq!(fixture.text("SELECT group_concat(total_amount, ' ') FROM (SELECT * FROM orders ORDER BY order_no)"), "850.0 950.0 850.0 950.0");
    let negative = format!("{ORDERS}A-5,启明,2026-01-05,,P1,螺栓,1,1000,-9.000000000000000000折,\n");
    let found = refused(&mut fixture, ImportKind::Orders, &negative, &options());
    assert_eq!(found, [wrong(2, "折扣", Field::Discount, Problem::OutOfRange(0, 1))]);
}

#[test]
fn a_line_amount_is_final() {
    let mut fixture = Fixture::new();
    let file = "单号,客户,日期,SKU,产品,数量,单价,折扣,金额\n\
                A,启明,2026-01-05,P1,螺栓,3,9.00,0.5,27.00\n\
                A,启明,2026-01-05,P1,螺栓,3,9.00,0.5,10.00\n\
                A,启明,2026-01-05,P1,螺栓,5,,0.5,957.5775\n";
    let report = import(&mut fixture, ImportKind::Orders, file.as_bytes());
    assert_eq!((report.warnings.of(WarningKind::DerivedPrice), report.warnings.of(WarningKind::RoundedAmount)), (2, 2));
    assert_eq!(fixture.text("SELECT group_concat(unit_price, ' ') FROM order_items"), "9.0 3.33 191.52");
    assert_eq!(fixture.figure("SELECT COUNT(*) FROM order_items"), 3);
    assert_eq!(fixture.text("SELECT price || ' ' || name FROM products"), "9.0 螺栓", "of the first row");
}

#[test]
fn the_person_can_stop_and_map() {
    let mut fixture = Fixture::new();
    let before = contents(&fixture);
    let file = data("northwind/customers.csv");
    for stop_at in [0, 1] {
        let mut asked = 0;
        let stopped = imports::customers(&mut fixture.desk, &file, &options(), |_, _| {
            asked += 1;
            asked <= stop_at
        });
        if stop_at == 0 {
            assert_eq!(stopped.unwrap_err(), Error::Cancelled);
            assert_eq!(contents(&fixture), before);
        }
    }
    let map = vec![("Fax".to_owned(), Some(ImportField::Phone)), ("Phone".to_owned(), None)];
    let mut other = Fixture::new();
    let report = imports::customers(&mut other.desk, &file, &ImportOptions { map, ..options() }, |_, _| true).unwrap();
    assert_eq!(report.created, 93);
    assert_eq!(other.text("SELECT phone FROM customers WHERE code = 'ALFKI'"), "030-0076545");
}

#[test]
fn rights_hold() {
    let fixture = Fixture::new();
    for (role, kind, allowed) in [
        (Role::Sales, ImportKind::Customers, true),
        (Role::Sales, ImportKind::Orders, false),
        (Role::Sales, ImportKind::Products, false),
        (Role::Warehouse, ImportKind::Products, true),
        (Role::Warehouse, ImportKind::Customers, false),
        (Role::Manager, ImportKind::Orders, true),
    ] {
        let file = match kind {
            ImportKind::Customers => "名称\n启明\n",
            ImportKind::Products => "SKU,名称,成本价\nP9,螺栓,3\n",
            ImportKind::Orders => "单号,客户,日期,SKU,产品,数量,单价\nA,启明,2026-01-05,P1,螺栓,1,1\n",
        };
        let name = role.as_str();
        let sql = format!("INSERT OR IGNORE INTO users (username, full_name, role, password_hash) VALUES ('{name}', '{name}', '{name}', '-')");
        fixture.sql(&sql).unwrap();
        let mut desk = fixture.another_desk();
        auth::act_as(&mut desk, name).unwrap();
        let outcome = imports::import(&mut desk, kind, file.as_bytes(), &options(), |_, _| true);
        match outcome {
            Ok(_) => assert!(allowed, "{role:?} {kind:?}"),
            Err(error) => assert!(!allowed && error.code() == Code::Denied, "{role:?} {kind:?} {error:?}"),
        }
    }
    // The warehouse may not see cost, so it does not write it.
    assert_eq!(fixture.text("SELECT CAST(cost_price AS TEXT) FROM products WHERE sku = 'P9'"), "0.0");
}

#[test]
fn every_record_of_a_long_file_is_found_also_after_it_was_changed() {
    let mut f = Fixture::new();
    let rows = 4_100;
    let file = |name: &str| {
        let mut file = String::from("SKU,name\n");
        (1..=rows).for_each(|at| file.push_str(&format!("P{at},{name}{at}\n")));
        file.into_bytes()
    };
    assert_eq!(import(&mut f, ImportKind::Products, &file("螺栓")).created, rows);
    let changed = ImportOptions { existing: Existing::Update, ..options() };
    assert_eq!(imports::import(&mut f.desk, ImportKind::Products, &file("螺母"), &changed, |_, _| true).unwrap().updated, rows);
    let mut customers = String::from("code,name\n");
    let mut lines = String::from("order no,order date,customer,sku,quantity,unit price\n");
    for at in 1..=rows {
        customers.push_str(&format!("C{at},启明{at}\n"));
        lines.push_str(&format!("A-{at},2025-12-03,启明{at},P{at},1,1\n"));
    }
    assert_eq!(import(&mut f, ImportKind::Customers, customers.as_bytes()).created, rows);
    assert_eq!(import(&mut f, ImportKind::Orders, lines.as_bytes()).created, rows);
    assert_eq!(check::run(&f.desk, Depth::Quick, |_, _| true).unwrap().broken, []);
    let found = |index: &str, grams: &str| f.figure(&format!("SELECT COUNT(*) FROM {index}_search WHERE {index}_search MATCH '{grams}'"));
    assert_eq!((found("product", "螺栓"), found("product", "螺母"), found("customer", "启明")), (0, rows as i64, rows as i64));
    for at in ["1000", "4000", "4001", "4100"] {
        let filter = OrderFilter { search: format!("A-{at}"), ..Default::default() };
        let found = orders::list(&f.desk, &filter, &OrderPage::first(OrderSort::Day, true)).unwrap().0;
        assert!(found.rows.iter().any(|row| row.order_no == format!("A-{at}")), "{at}");
    }
}

#[test]
fn of_the_rows_of_one_record_the_first_counts_and_what_differs_is_told() {
    let mut fixture = Fixture::new();
    let files = [
        (ImportKind::Customers, "客户编号,客户名称,电话\nK1,甲,0571-1\nK1,甲,0571-1\nK1,乙,0571-1\nK1,甲,0571-2\n"),
        (ImportKind::Products, "SKU,产品名称,单位\nA,甲,盒\nA,甲,盒\nA,乙,盒\nA,甲,箱\n"),
    ];
    for (kind, file) in files {
        let report = import(&mut fixture, kind, file.as_bytes());
        assert_eq!((report.created, report.skipped), (1, 3));
        let told: Vec<_> = report.warnings.0.iter().map(|warning| (warning.kind, warning.count, warning.rows.as_slice())).collect();
        assert_eq!(told, [(WarningKind::SecondName, 1, [4].as_slice()), (WarningKind::OtherData, 1, [5].as_slice())]);
    }
    assert_eq!(fixture.text("SELECT name || phone FROM customers"), "甲0571-1");
    assert_eq!(fixture.text("SELECT name || unit FROM products"), "甲盒");
}

#[test]
fn a_refused_file_has_the_code_of_what_all_its_errors_are() {
    let mut fixture = Fixture::new();
    import(&mut fixture, ImportKind::Customers, "客户编号,名称\nK1,甲\n".as_bytes());
    let mut code = |kind, file: &str| {
        let options = ImportOptions { existing: Existing::Refuse, ..options() };
        imports::import(&mut fixture.desk, kind, file.as_bytes(), &options, |_, _| true).unwrap_err().code()
    };
    assert_eq!(code(ImportKind::Orders, "单号,客户编号,日期,SKU,数量,单价\nA,K9,2026-01-05,P9,1,1\n"), Code::NotFound);
    assert_eq!(code(ImportKind::Customers, "客户编号,名称\nK1,甲\n"), Code::Exists);
    assert_eq!(code(ImportKind::Customers, "客户编号,名称,账期\nK1,甲,\nK2,乙,很长\n"), Code::BadRequest);
}

#[test]
fn the_parts_of_an_address_become_one() {
    let mut fixture = Fixture::new();
    let file = "客户编号,名称,国家,省份,城市,地址,邮编\n\
                K1,甲,,浙江省,杭州市,文三路 1 号,310000\n\
                K2,乙,,北京市,北京市,北京市朝阳区 1 号,\n\
                K3,丙,Germany,,Berlin,Obere Str. 57,12209\n\
                K4,丁,,,,,\n";
    import(&mut fixture, ImportKind::Customers, file.as_bytes());
    let addresses = fixture.text("SELECT group_concat(code || ' ' || coalesce(address, '-'), '; ') FROM (SELECT * FROM customers ORDER BY code)");
    assert_eq!(addresses, "K1 浙江省杭州市文三路 1 号; K2 北京市朝阳区 1 号; K3 Obere Str. 57, 12209 Berlin, Germany; K4 -");
}

#[test]
fn by_name_alone_an_order_finds_the_only_product_and_customer_of_that_name() {
    let mut fixture = Fixture::new();
    import(&mut fixture, ImportKind::Customers, "客户编号,名称\nK1,甲\nK2,乙\nK3,乙\n".as_bytes());
    import(&mut fixture, ImportKind::Products, "SKU,产品名称\nP1,螺栓\nP2,螺母\nP3,螺母\n".as_bytes());
    let head = "单号,客户,日期,产品,数量,单价\n";
    let report = import(&mut fixture, ImportKind::Orders, format!("{head}A,甲,2026-01-05,螺栓,2,1\n").as_bytes());
    assert_eq!((report.orders_created, report.customers_created, report.products_created), (1, 0, 0));
    let mut refused = |row: &str| refused(&mut fixture, ImportKind::Orders, &format!("{head}{row}"), &options());
    let two = |column: &str, field| (2, column.to_owned(), RowProblem::Ambiguous(field));
    assert_eq!(refused("B,乙,2026-01-05,螺栓,2,1\n"), [two("客户", Field::Customer)]);
    assert_eq!(refused("B,甲,2026-01-05,螺母,2,1\n"), [two("产品", Field::Product)]);
    assert_eq!(refused("B,甲,2026-01-05,垫圈,2,1\n"), [wrong(2, "产品", Field::Product, Problem::NotFound)]);
}
