//! Products: what is taken, what is refused by field, whose eyes see the cost, lists and deleting.

use zhanggui::models::choice::{Entity, MovementType, Role, Status};
use zhanggui::models::customer::Removal;
use zhanggui::models::error::Code;
use zhanggui::models::order::CancelConfirmation;
use zhanggui::models::product::{BulkChange, PriceChange, ProductFilter, ProductInput, ProductPage, ProductSort, SalePage, SaleSort, StockLevel};
use zhanggui::models::stock::WarningFilter;
use zhanggui::models::*;
use zhanggui::services::{Desk, customers, orders, products, stock};

use crate::fixture::{Fixture, Wrong, fen, fields};

fn bolt() -> ProductInput {
    ProductInput {
        sku: "WJ-LS-M8".into(),
        name: "六角螺栓".into(),
        barcode: Some("6901234567892".into()),
        category: Some("五金".into()),
        specification: Some("M8×40".into()),
        unit: "盒".into(),
        price: fen(3650),
        cost_price: Some(fen(2417)),
        threshold: 20,
        picture: None,
        description: Some("镀锌".into()),
        status: Status::Active,
    }
}

fn sku(sku: &str) -> ProductInput {
    ProductInput { sku: sku.into(), name: format!("产品 {sku}"), ..Default::default() }
}

fn skus(f: &Fixture, filter: &ProductFilter, sort: ProductSort, descending: bool) -> Vec<String> {
    let (page, _) = products::list(&f.desk, filter, &ProductPage::first(sort, descending)).unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    page.rows.into_iter().map(|row| row.sku).collect()
}

#[test]
fn a_product_comes_back_as_entered_with_no_stock() {
    let mut f = Fixture::new();
    let id = products::create(&mut f.desk, &bolt()).unwrap();
    let product = products::get(&f.desk, id).unwrap();
    assert_eq!(product.input, bolt());
    assert_eq!((product.stock, product.reserved, product.version), (0, 0, 1));
}

#[test]
fn blanks_go() {
    let mut f = Fixture::new();
    let input = ProductInput { sku: " A-1 ".into(), name: " 螺母 ".into(), unit: " 件 ".into(), barcode: Some("  ".into()), ..Default::default() };
    let id = products::create(&mut f.desk, &input).unwrap();
    let stored = products::get(&f.desk, id).unwrap().input;
    assert_eq!((stored.sku.as_str(), stored.name.as_str(), stored.unit.as_str(), stored.barcode), ("A-1", "螺母", "件", None));
}

#[test]
fn every_wrong_field_is_named_and_nothing_is_written() {
    let mut f = Fixture::new();
    let cases: [Wrong<ProductInput>; 16] = [
        (|i| i.sku = " ".into(), Field::Sku, Problem::Required),
        (|i| i.sku = "1".repeat(51), Field::Sku, Problem::TooLong(50)),
        (|i| i.name = String::new(), Field::Name, Problem::Required),
        (|i| i.name = "名".repeat(201), Field::Name, Problem::TooLong(200)),
        (|i| i.name = "螺\u{0}栓".into(), Field::Name, Problem::NotText),
        (|i| i.barcode = Some("6".repeat(51)), Field::Barcode, Problem::TooLong(50)),
        (|i| i.category = Some("类".repeat(51)), Field::Category, Problem::TooLong(50)),
        (|i| i.specification = Some("格".repeat(101)), Field::Specification, Problem::TooLong(100)),
        (|i| i.unit = " ".into(), Field::Unit, Problem::Required),
        (|i| i.unit = "单".repeat(11), Field::Unit, Problem::TooLong(10)),
        (|i| i.price = fen(-1), Field::Price, Problem::Negative),
        (|i| i.cost_price = Some(fen(-1)), Field::CostPrice, Problem::Negative),
        (|i| i.threshold = -1, Field::Threshold, Problem::OutOfRange(0, 1_000_000)),
        (|i| i.threshold = 1_000_001, Field::Threshold, Problem::OutOfRange(0, 1_000_000)),
        (|i| i.description = Some("述".repeat(2001)), Field::Description, Problem::TooLong(2000)),
        (|i| i.sku = "A\u{1b}".into(), Field::Sku, Problem::NotText),
    ];
    let stored = products::create(&mut f.desk, &sku("S")).unwrap();
    let logged = f.logged();
    for (change, field, problem) in cases {
        let mut input = bolt();
        change(&mut input);
        let error = products::create(&mut f.desk, &input).unwrap_err();
        assert_eq!(error.code(), Code::BadRequest, "{field:?}");
        assert_eq!(fields(error).of(field), Some(problem));
        let error = products::update(&mut f.desk, stored, 1, &input).unwrap_err();
        assert_eq!(fields(error).of(field), Some(problem));
    }
    assert_eq!((f.figure("SELECT COUNT(*) FROM products"), f.logged()), (1, logged));
}

#[test]
fn sku_and_barcode_belong_to_one_product() {
    let mut f = Fixture::new();
    let first = products::create(&mut f.desk, &bolt()).unwrap();
    let second = products::create(&mut f.desk, &sku("B")).unwrap();
    let taken = [(Field::Sku, ProductInput { sku: bolt().sku, ..sku("X") }), (Field::Barcode, ProductInput { barcode: bolt().barcode, ..sku("X") })];
    for (field, input) in taken {
        for error in [products::create(&mut f.desk, &input).unwrap_err(), products::update(&mut f.desk, second, 1, &input).unwrap_err()] {
            assert_eq!(error.code(), Code::Exists);
            assert_eq!(fields(error).of(field), Some(Problem::Taken));
        }
    }
    products::update(&mut f.desk, first, 1, &ProductInput { threshold: 5, ..bolt() }).unwrap();
    products::create(&mut f.desk, &sku("C")).unwrap();
}

#[test]
fn who_lacks_the_right_never_sees_the_cost() {
    let mut f = Fixture::new();
    let (id, customer) = (products::create(&mut f.desk, &bolt()).unwrap(), f.customer("甲"));
    f.stock(id, MovementType::In, 5);
    let order = f.order(customer, &[(id, 1, 3650)]);
    for role in [Role::Sales, Role::Warehouse, Role::Employee] {
        let desk = f.as_role(role);
        assert_eq!(products::get(&desk, id).unwrap().input.cost_price, None, "{role:?}");
        let (page, _) = products::list(&desk, &ProductFilter::default(), &ProductPage::first(ProductSort::Sku, false)).unwrap();
        let found = products::find(&desk, "螺栓", 10).unwrap();
        let low = stock::warnings(&desk, &WarningFilter::default(), &ProductPage::first(ProductSort::Fill, false)).unwrap().rows;
        assert_eq!((page.rows.len(), found.len(), low.len()), (1, 1, 1));
        assert!(page.rows.iter().chain(&found).chain(&low).all(|row| row.cost_price.is_none()), "{role:?}");
        assert!(orders::get(&desk, order).unwrap().items.iter().all(|item| item.cost_price.is_none()), "{role:?}");
    }
    for desk in [f.as_role(Role::Admin), f.as_role(Role::Manager)] {
        assert_eq!(products::get(&desk, id).unwrap().input.cost_price, Some(fen(2417)));
        assert_eq!(orders::get(&desk, order).unwrap().items[0].cost_price, Some(fen(2417)));
    }
}

#[test]
fn who_lacks_the_right_leaves_the_cost_as_it_is() {
    let mut f = Fixture::new();
    let id = products::create(&mut f.desk, &bolt()).unwrap();
    let mut desk = f.as_role(Role::Warehouse);
    for (version, cost) in [(1, None), (2, Some(fen(1)))] {
        products::update(&mut desk, id, version, &ProductInput { cost_price: cost, threshold: 7, ..bolt() }).unwrap();
        let stored = products::get(&f.desk, id).unwrap().input;
        assert_eq!((stored.cost_price, stored.threshold), (Some(fen(2417)), 7));
    }
    products::update(&mut f.desk, id, 3, &ProductInput { cost_price: Some(fen(2500)), ..bolt() }).unwrap();
    assert_eq!(products::get(&f.desk, id).unwrap().input.cost_price, Some(fen(2500)));
}

#[test]
fn an_order_keeps_the_cost_of_its_moment() {
    let mut f = Fixture::new();
    let (id, customer) = (products::create(&mut f.desk, &bolt()).unwrap(), f.customer("甲"));
    f.stock(id, MovementType::In, 5);
    let order = f.order(customer, &[(id, 1, 3650)]);
    products::update(&mut f.desk, id, 1, &ProductInput { cost_price: Some(fen(9900)), ..bolt() }).unwrap();
    assert_eq!(orders::get(&f.desk, order).unwrap().items[0].cost_price, Some(fen(2417)));
}

#[test]
fn the_second_of_two_saves_is_a_conflict_that_names_the_first() {
    let mut f = Fixture::new();
    let id = products::create(&mut f.desk, &bolt()).unwrap();
    let mut warehouse = f.as_role(Role::Warehouse);
    f.set_time("2026-01-30 02:05:00");
    products::update(&mut warehouse, id, 1, &ProductInput { threshold: 9, ..bolt() }).unwrap();
    let error = products::update(&mut f.desk, id, 1, &bolt()).unwrap_err();
    let at = Timestamp::parse("2026-01-30 02:05:00").unwrap();
    assert_eq!(error, Error::Conflict { entity: Entity::Product, by: Some("同事 warehouse".into()), at });
    assert_eq!(products::get(&f.desk, id).unwrap().input.threshold, 9);
}

#[test]
fn stock_that_moved_meanwhile_is_no_conflict() {
    let mut f = Fixture::new();
    let id = products::create(&mut f.desk, &bolt()).unwrap();
    f.stock(id, MovementType::In, 5);
    products::update(&mut f.desk, id, 1, &ProductInput { threshold: 9, ..bolt() }).unwrap();
    assert_eq!(products::get(&f.desk, id).unwrap().stock, 5);
}

#[test]
fn unknown_products_are_4004() {
    let mut f = Fixture::new();
    assert_eq!(products::get(&f.desk, ProductId(99)).unwrap_err(), Error::NotFound(Entity::Product));
    assert_eq!(products::update(&mut f.desk, ProductId(99), 1, &bolt()).unwrap_err().code(), Code::NotFound);
    assert_eq!(products::delete(&mut f.desk, ProductId(99)).unwrap_err().code(), Code::NotFound);
}

#[test]
fn an_unused_product_is_deleted_and_a_used_one_becomes_inactive() {
    let mut f = Fixture::new();
    let (unused, used) = (products::create(&mut f.desk, &bolt()).unwrap(), f.product("B", 100, 1));
    assert_eq!(products::delete(&mut f.desk, unused), Ok(Removal::Deleted));
    assert_eq!(products::get(&f.desk, unused).unwrap_err().code(), Code::NotFound);
    assert_eq!(products::delete(&mut f.desk, used), Ok(Removal::Deactivated));
    assert_eq!(products::get(&f.desk, used).unwrap().input.status, Status::Inactive);
    assert!(products::find(&f.desk, "B", 10).unwrap().is_empty());
}

#[test]
fn filters_hold_together() {
    let mut f = Fixture::new();
    products::create(&mut f.desk, &bolt()).unwrap();
    f.product("EMPTY", 100, 0);
    f.product("LOW", 100, 10);
    f.product("FULL", 100, 11);
    products::create(&mut f.desk, &ProductInput { status: Status::Inactive, ..sku("OLD") }).unwrap();
    let find = |filter| skus(&f, &filter, ProductSort::Sku, false);
    let filter = ProductFilter::default;
    assert_eq!(find(ProductFilter { stock: Some(StockLevel::Low), status: Some(Status::Active), ..filter() }), ["EMPTY", "LOW", "WJ-LS-M8"]);
    assert_eq!(find(ProductFilter { stock: Some(StockLevel::Out), status: Some(Status::Active), ..filter() }), ["EMPTY", "WJ-LS-M8"]);
    assert_eq!(find(ProductFilter { status: Some(Status::Inactive), ..filter() }), ["OLD"]);
    assert_eq!(find(ProductFilter { category: Some("五金".into()), ..filter() }), ["WJ-LS-M8"]);
    for word in ["m8×40", "6901234", "ljls", "六角", "liujiao", "wj-ls"] {
        assert_eq!(find(ProductFilter { search: word.into(), ..filter() }), ["WJ-LS-M8"], "{word}");
    }
    let (_, counts) = products::list(&f.desk, &filter(), &ProductPage::first(ProductSort::Sku, false)).unwrap();
    assert_eq!((counts.low, counts.out), (3, 2));
    assert_eq!(products::categories(&f.desk).unwrap(), ["五金"]);
}

#[test]
fn every_column_sorts_both_ways() {
    let mut f = Fixture::new();
    // SKU, name, category, price, stock, threshold
    let rows = [("A", "丙", "z", 300, 30, 100), ("B", "乙", "x", 100, 20, 10), ("C", "甲", "y", 200, 10, 20)];
    for (code, name, category, price, pieces, threshold) in rows {
        let input = ProductInput { name: name.into(), category: Some(category.into()), price: fen(price), threshold, ..sku(code) };
        let id = products::create(&mut f.desk, &input).unwrap();
        f.stock(id, MovementType::In, pieces);
    }
    let cases = [
        (ProductSort::Sku, "ABC"),
        (ProductSort::Category, "BCA"),
        (ProductSort::Price, "BCA"),
        (ProductSort::Stock, "CBA"),
        (ProductSort::Threshold, "BCA"),
        // 0.3, 0.5, 2
        (ProductSort::Fill, "ACB"),
    ];
    for (sort, expected) in cases {
        assert_eq!(skus(&f, &ProductFilter::default(), sort, false).concat(), expected, "{sort:?}");
        let reversed: String = expected.chars().rev().collect();
        assert_eq!(skus(&f, &ProductFilter::default(), sort, true).concat(), reversed, "{sort:?}");
    }
    let by_name = skus(&f, &ProductFilter::default(), ProductSort::Name, false);
    let reversed: Vec<String> = by_name.iter().rev().cloned().collect();
    assert_eq!(skus(&f, &ProductFilter::default(), ProductSort::Name, true), reversed);
}

#[test]
fn each_change_is_logged_before_and_after() {
    let mut f = Fixture::new();
    let id = products::create(&mut f.desk, &bolt()).unwrap();
    products::update(&mut f.desk, id, 1, &ProductInput { price: fen(3700), category: None, ..bolt() }).unwrap();
    let row = "SELECT entity_type || entity_id || changes FROM system_logs ORDER BY id DESC LIMIT 1";
    assert_eq!(f.text(row), format!(r#"product{id}{{"category":["五金",null],"price":["36.50","37.00"]}}"#));
}

fn by_percent(percent: i64) -> BulkChange {
    BulkChange { price: Some(PriceChange::Percent(percent)), ..Default::default() }
}

#[test]
fn several_products_change_at_once_half_up_with_a_log_row_each() {
    let mut f = Fixture::new();
    let (a, b, c) = (f.product("A", 1010, 0), f.product("B", 990, 0), f.product("C", 0, 0));
    let version = products::get(&f.desk, a).unwrap().version;
    let logged = f.logged();
    // What stays as it is leaves no row: nothing by five percent is nothing.
    assert_eq!(products::set_many(&mut f.desk, &[a, b, c], &by_percent(5)), Ok(2));
    let price = |f: &Fixture, id| products::get(&f.desk, id).unwrap().input.price;
    assert_eq!([a, b, c].map(|id| price(&f, id)), [fen(1061), fen(1040), fen(0)]);
    assert_eq!(f.logged() - logged, 2);
    assert_eq!(f.text("SELECT changes FROM system_logs ORDER BY id DESC LIMIT 1"), r#"{"price":["9.90","10.40"]}"#);
    let product = products::get(&f.desk, a).unwrap();
    assert_eq!((product.version, product.input.cost_price, product.input.threshold), (version + 1, Some(fen(1010)), 10));

    let change = BulkChange { price: Some(PriceChange::To(fen(500))), threshold: Some(25) };
    assert_eq!(products::set_many(&mut f.desk, &[a, c], &change), Ok(2));
    for id in [a, c] {
        let input = products::get(&f.desk, id).unwrap().input;
        assert_eq!((input.price, input.threshold), (fen(500), 25));
    }
    assert_eq!(products::set_many(&mut f.desk, &[a, c], &change), Ok(0));
}

#[test]
fn a_dear_product_takes_percents_up_to_the_largest_amount() {
    let mut f = Fixture::new();
    let dear = f.product("A", 9_500_000_000, 0);
    assert_eq!(products::set_many(&mut f.desk, &[dear], &by_percent(1000)), Ok(1));
    assert_eq!(products::get(&f.desk, dear).unwrap().input.price, fen(104_500_000_000));
    assert_eq!(products::set_many(&mut f.desk, &[dear], &by_percent(-99)), Ok(1));
    assert_eq!(products::get(&f.desk, dear).unwrap().input.price, fen(1_045_000_000));
}

#[test]
fn several_products_change_all_or_not_at_all() {
    let mut f = Fixture::new();
    let (a, dear) = (f.product("A", 1000, 0), f.product("B", 999_999_999_999, 0));
    let logged = f.logged();
    let error = products::set_many(&mut f.desk, &[a, dear], &by_percent(1)).unwrap_err();
    assert_eq!(fields(error).of(Field::Price), Some(Problem::TooLarge));
    assert_eq!(products::set_many(&mut f.desk, &[a, ProductId(99)], &by_percent(1)), Err(Error::NotFound(Entity::Product)));
    for (change, field) in [
        (BulkChange::default(), Field::Price),
        (by_percent(-100), Field::Price),
        (BulkChange { threshold: Some(-1), ..Default::default() }, Field::Threshold),
    ] {
        assert!(fields(products::set_many(&mut f.desk, &[a], &change).unwrap_err()).of(field).is_some(), "{change:?}");
    }
    assert_eq!((products::get(&f.desk, a).unwrap().input.price, f.logged()), (fen(1000), logged));
}

#[test]
fn who_changes_prices_without_seeing_cost_leaves_it_alone() {
    let mut f = Fixture::new();
    let a = f.product("A", 1000, 0);
    let mut warehouse = f.as_role(Role::Warehouse);
    assert_eq!(products::set_many(&mut warehouse, &[a], &by_percent(10)), Ok(1));
    assert_eq!(products::get(&f.desk, a).unwrap().input.cost_price, Some(fen(1000)));
    let mut sales = f.as_role(Role::Sales);
    assert!(matches!(products::set_many(&mut sales, &[a], &by_percent(10)), Err(Error::Denied { .. })));
    assert_eq!(products::get(&f.desk, a).unwrap().input.price, fen(1100));
}

/// Pieces, pieces that came back and price in fen of each sale, as this desk sees them.
fn sold(desk: &Desk, id: ProductId) -> Vec<(i64, i64, Option<i64>)> {
    let page = products::sales(desk, id, &SalePage::first(SaleSort::Day, true)).unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    page.rows.iter().map(|sale| (sale.quantity, sale.returned_quantity, sale.unit_price.map(Money::fen))).collect()
}

#[test]
fn the_sales_of_a_product_are_its_lines_in_orders_one_reaches() {
    let mut f = Fixture::new();
    let (a, b) = (f.product("A", 1000, 100), f.product("B", 1000, 100));
    let (mine, other) = (f.customer("无主"), f.customer("别人的"));
    let manager = f.as_role(Role::Manager).session().unwrap().user;
    customers::assign(&mut f.desk, &[other], Some(manager)).unwrap();
    f.order(mine, &[(a, 3, 900), (b, 1, 1000), (a, 2, 950)]);
    f.set_time("2026-01-30 03:00:00");
    f.order(other, &[(a, 5, 800)]);
    let cancelled = f.order(mine, &[(a, 9, 100)]);
    orders::cancel(&mut f.desk, cancelled, CancelConfirmation { pieces: 9, refund: Money::ZERO }).unwrap();

    let all = [(5, 0, Some(800)), (2, 0, Some(950)), (3, 0, Some(900))];
    assert_eq!(sold(&f.desk, a), all);
    assert_eq!(sold(&f.as_role(Role::Sales), a), all[1..]);
    assert_eq!(sold(&f.as_role(Role::Warehouse), a), [(5, 0, None), (2, 0, None), (3, 0, None)]);
    let page = SalePage { page: 2, page_size: 2, sort: SaleSort::Day, descending: false };
    let page = products::sales(&f.desk, a, &page).unwrap();
    assert_eq!((page.total, page.rows.iter().map(|sale| sale.quantity).collect::<Vec<_>>()), (3, vec![5]));
    assert_eq!(products::sales(&f.desk, ProductId(99), &SalePage::first(SaleSort::Day, true)), Err(Error::NotFound(Entity::Product)));
}
