//! Who may do what (rulings §8), below the window: the matrix, the scopes, the hidden amounts, the ends of a session.

use zhanggui::models::choice::Role;
use zhanggui::models::config::ConfigKey;
use zhanggui::models::customer::{CustomerFilter, CustomerInput, CustomerPage, CustomerSort};
use zhanggui::models::error::Code;
use zhanggui::models::order::{CancelConfirmation, OrderEdit, OrderFilter, OrderPage, OrderSort, ShipConfirmation};
use zhanggui::models::payment::{ReceivableFilter, ReceivablePage, ReceivableSort};
use zhanggui::models::session::{Mode, Session};
use zhanggui::models::*;
use zhanggui::services::{Desk, Wait, customers, orders, payments, products};

use crate::commands::{MATRIX, company};
use crate::fixture::{Fixture, fen, new_order, payment, setup};

#[test]
fn every_role_may_what_the_matrix_says_and_nothing_else() {
    for &role in Role::ALL {
        let company = company();
        let mut desk = company.f.as_role(role);
        for (name, allowed, deed) in MATRIX {
            let (before, logged) = (company.f.state(), company.f.logged());
            let outcome = deed(&company, &mut desk);
            if allowed.contains(&role) {
                assert_eq!(outcome, Ok(()), "{role:?} {name}");
                continue;
            }
            assert_eq!(outcome.map_err(|e| e.code()), Err(Code::Denied), "{role:?} {name}");
            assert_eq!(company.f.state(), before, "{role:?} {name}");
            assert_eq!(company.f.logged(), logged + 1, "{role:?} {name}");
            let row = "SELECT l.action || ' ' || u.role FROM system_logs l JOIN users u ON u.id = l.user_id ORDER BY l.id DESC LIMIT 1";
            assert_eq!(company.f.text(row), format!("denied {}", role.as_str()), "{name}");
            let told = company.f.text("SELECT description FROM system_logs ORDER BY id DESC LIMIT 1");
            assert!(told.starts_with("没有权限：") && told.contains(" · ") && told.ends_with('）'), "{name}: {told}");
        }
    }
}

#[test]
fn a_refusal_is_told_where_its_log_row_cannot_be_written() {
    let f = Fixture::new();
    let mut desk = Desk::open(&f.path(), Wait::Window, setup(&f.clock)).unwrap();
    desk.resume(f.as_role(Role::Warehouse).session().cloned());
    let busy = rusqlite::Connection::open(f.path()).unwrap();
    busy.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(customers::tags(&desk).map_err(|e| e.code()), Err(Code::Denied));
    let logged = f.logged();
    busy.execute_batch("COMMIT").unwrap();
    customers::tags(&desk).unwrap_err();
    assert_eq!(f.logged(), logged + 1);
}

#[test]
fn a_session_of_before_a_restore_is_over() {
    let f = Fixture::new();
    let desk = f.as_role(Role::Manager);
    f.sql("UPDATE file_state SET value = '2' WHERE key = 'session_epoch'").unwrap();
    assert_eq!(customers::tags(&desk), Err(Error::NotSignedIn));
    customers::tags(&f.as_role(Role::Manager)).unwrap();
}

#[test]
fn each_view_cell_guards_its_module() {
    for (module, names) in [
        ("customer", &["get_customers", "get_customer", "find_customers", "get_customer_tags"][..]),
        ("inventory", &["get_products", "get_product", "find_products", "get_product_categories", "get_stock_movements", "get_stock_warnings"]),
        ("sales", &["get_orders", "get_order", "get_payments", "ship_order"]),
        ("system", &["get_system_config", "get_system_logs", "check_data"]),
    ] {
        let company = company();
        let mut desk = company.f.as_role(Role::Manager);
        company
            .f
            .sql(&format!(
                "UPDATE permissions SET can_view = 0, can_create = 0, can_update = 0, can_delete = 0 WHERE role = 'manager' AND module = '{module}'"
            ))
            .unwrap();
        for (name, _, deed) in MATRIX.iter().filter(|(name, ..)| names.contains(name)) {
            assert_eq!(deed(&company, &mut desk).map_err(|e| e.code()), Err(Code::Denied), "{name} without {module}");
        }
    }
}

#[test]
fn the_terminal_keeps_stock_and_the_view_of_orders_only() {
    let company = company();
    let mut desk = company.f.as_role(Role::Admin);
    let session = desk.session().unwrap().clone();
    desk.resume(Some(Session { mode: Mode::Terminal, ..session }));
    let kept = [
        "product",
        "stock",
        "movement",
        "get_order",
        "get_quote",
        "get_payments",
        "get_all_payments",
        "get_receivables",
        "ship_order",
        "get_colleagues",
        "get_dashboard",
        "find_paper",
        "print_paper",
        "get_reminders",
        "preference",
        "pick",
        "put_back",
    ];
    for (name, _, deed) in MATRIX {
        let outcome = deed(&company, &mut desk).map_err(|e| e.code());
        let expected = if kept.iter().any(|part| name.contains(part)) && *name != "get_stock_turnover" { Ok(()) } else { Err(Code::Denied) };
        assert_eq!(outcome, expected, "{name}");
    }
    assert_eq!(products::get(&desk, company.product).unwrap().input.cost_price, None);
}

/// Two sales people; customers of mine, of hers and of nobody; an order on each by the administrator, and one by me on hers.
struct Scopes {
    f: Fixture,
    me: Desk,
    product: ProductId,
    mine: CustomerId,
    hers: CustomerId,
    hers_by_admin: OrderId,
}

fn scopes() -> Scopes {
    let mut f = Fixture::new();
    let (me, her) = (f.user("wo", Role::Sales), f.user("ta", Role::Sales));
    let product = f.product("A", 1000, 100);
    let add = |f: &mut Fixture, name: &str, owner| {
        let input = CustomerInput { name: name.into(), assigned_to: owner, tags: vec![format!("签{name}")], ..Default::default() };
        customers::create(&mut f.desk, &input).unwrap()
    };
    let (mine, nobodys, hers) = (add(&mut f, "我的", Some(me)), add(&mut f, "无主", None), add(&mut f, "她的", Some(her)));
    f.order(mine, &[(product, 1, 1100)]);
    f.order(nobodys, &[(product, 1, 1200)]);
    let hers_by_admin = f.order(hers, &[(product, 1, 1300)]);
    let me = f.signed_in("wo");
    Scopes { f, me, product, mine, hers, hers_by_admin }
}

fn own_customers(desk: &Desk, search: &str) -> (Vec<String>, u64) {
    let filter = CustomerFilter { search: search.into(), ..Default::default() };
    let page = customers::list(desk, &filter, &CustomerPage::first(CustomerSort::Created, false)).unwrap();
    (page.rows.into_iter().map(|row| row.name).collect(), page.total)
}

#[test]
fn own_scope_holds_wherever_a_customer_could_leak() {
    let Scopes { mut me, hers, mut f, .. } = scopes();
    assert_eq!(own_customers(&me, ""), (vec!["我的".to_owned(), "无主".into()], 2));
    assert_eq!(own_customers(&me, "她"), (vec![], 0));
    assert!(customers::find(&me, "她", 10).unwrap().is_empty());
    assert_eq!(customers::find(&me, "", 10).unwrap().len(), 2);
    let mut tags = customers::tags(&me).unwrap();
    tags.sort();
    assert_eq!(tags, ["签我的", "签无主"]);
    assert_eq!(customers::get(&me, hers).unwrap_err().code(), Code::NotFound);
    let taken = CustomerInput { name: "抢来".into(), ..Default::default() };
    assert_eq!(customers::update(&mut me, hers, 1, &taken).unwrap_err().code(), Code::NotFound);
    assert_eq!(customers::get(&f.desk, hers).unwrap().0.input.name, "她的");
    // Scope holds for deleting as soon as the right is given.
    f.sql("UPDATE permissions SET can_delete = 1 WHERE role = 'sales' AND module = 'customer'").unwrap();
    assert_eq!(customers::delete(&mut me, hers).unwrap_err().code(), Code::NotFound);
    f.sql("UPDATE permissions SET scope = 'all' WHERE role = 'sales' AND module = 'customer'").unwrap();
    assert_eq!(own_customers(&me, "").1, 3);
    f.customer("又一");
    assert_eq!(own_customers(&me, "").1, 4);
}

#[test]
fn own_scope_holds_wherever_an_order_could_leak() {
    let Scopes { f, mut me, product, mine, hers, hers_by_admin } = scopes();
    let list = |desk: &Desk, search: &str| {
        let filter = OrderFilter { search: search.into(), ..Default::default() };
        let (page, counts) = orders::list(desk, &filter, &OrderPage::first(OrderSort::Number, false)).unwrap();
        assert_eq!(page.total, counts.unwrap().all().unsigned_abs());
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows.into_iter().map(|row| row.customer_name).collect::<Vec<_>>()
    };
    assert_eq!(list(&me, ""), ["我的", "无主"]);
    assert_eq!(list(&me, "她"), [""; 0]);
    assert_eq!(list(&me, "O20260130003"), [""; 0]);
    assert_eq!(orders::get(&me, hers_by_admin).unwrap_err().code(), Code::NotFound);
    assert_eq!(payments::of_order(&me, hers_by_admin).unwrap_err().code(), Code::NotFound);
    assert_eq!(payments::create(&mut me, &payment(hers_by_admin, 100)).unwrap_err().code(), Code::NotFound);
    assert_eq!(payments::refund(&mut me, &payment(hers_by_admin, 100)).unwrap_err().code(), Code::NotFound);
    assert_eq!(orders::complete(&mut me, hers_by_admin).unwrap_err().code(), Code::NotFound);
    let confirmed = CancelConfirmation { pieces: 1, refund: Money::ZERO };
    assert_eq!(orders::cancel(&mut me, hers_by_admin, confirmed).unwrap_err().code(), Code::NotFound);
    assert_eq!(orders::update(&mut me, hers_by_admin, 1, &OrderEdit { lines: None, notes: None }).unwrap_err().code(), Code::NotFound);
    assert_eq!(orders::create(&mut me, &new_order(hers, &[(product, 1, 1000)])).unwrap_err().code(), Code::NotFound);
    assert_eq!(products::last_price(&me, hers, product), Ok(None));
    assert_eq!(products::last_price(&me, mine, product), Ok(Some(fen(1100))));
    assert_eq!(list(&f.desk, "").len(), 3);
}

#[test]
fn a_customer_handed_over_is_gone_but_my_orders_stay() {
    let Scopes { mut f, mut me, product, mine, .. } = scopes();
    let order = orders::create(&mut me, &new_order(mine, &[(product, 1, 1000)])).unwrap().id;
    let mut input = customers::get(&f.desk, mine).unwrap().0.input;
    input.assigned_to = customers::get(&f.desk, CustomerId(3)).unwrap().0.input.assigned_to;
    (input.contact_person, input.phone, input.address) = (Some("新人".into()), Some("13800006620".into()), Some("新址".into()));
    customers::update(&mut f.desk, mine, 1, &input).unwrap();
    assert_eq!(customers::get(&me, mine).unwrap_err().code(), Code::NotFound);
    assert_eq!(own_customers(&me, "我").1, 0);
    let detail = orders::get(&me, order).unwrap();
    assert_eq!((detail.order.id, detail.order.customer_name.as_str()), (order, "我的"));
    // What the customer's new owner writes down is not to be read on the way over an old order.
    assert_eq!((detail.customer.contact_person, detail.customer.phone, detail.customer.address), (None, None, None));
    // Nor to be found out by asking for its digits; the name stands on the order and finds it.
    let found = |search: &str| {
        let (search, first) = (search.to_owned(), OrderPage::first(OrderSort::Number, false));
        let orders = orders::list(&me, &OrderFilter { search: search.clone(), ..Default::default() }, &first).unwrap().0.total;
        let owing = ReceivableFilter { search, ..Default::default() };
        (orders, payments::receivables(&me, &owing, &ReceivablePage::first(ReceivableSort::Customer, false)).unwrap().0.total)
    };
    assert_eq!((found("6620"), found("新址"), found("我的")), ((0, 0), (0, 0), (1, 1)));
    let page = ReceivablePage::first(ReceivableSort::Customer, false);
    let owing = payments::receivables(&me, &ReceivableFilter::default(), &page).unwrap().0.rows;
    let row = owing.iter().find(|row| row.customer == mine).expect("my order is still due");
    assert_eq!(row.phone, None);
    let (page, _) = orders::list(&me, &OrderFilter::default(), &OrderPage::first(OrderSort::Number, false)).unwrap();
    // The administrator's order of the customer went with him.
    assert_eq!(page.rows.iter().map(|row| row.customer_name.as_str()).collect::<Vec<_>>(), ["无主", "我的"]);
}

#[test]
fn the_warehouse_sees_no_amount_of_an_order() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 100, 100));
    let order = f.order(customer, &[(product, 3, 12_347)]);
    f.pay(order, 10_009).unwrap();
    let paid = f.order(customer, &[(product, 1, 20_011)]);
    f.pay(paid, 20_011).unwrap();
    let desk = f.as_role(Role::Warehouse);
    let detail = orders::get(&desk, order).unwrap();
    let (page, _) = orders::list(&desk, &OrderFilter::default(), &OrderPage::first(OrderSort::Total, false)).unwrap();
    assert_eq!(page.rows.iter().map(|row| (row.id, row.unpaid)).collect::<Vec<_>>(), [(order, true), (paid, false)]);
    assert!(detail.order.unpaid && detail.payments.is_empty());
    assert_eq!(detail.items[0].quantity, 3);
    let shown = format!("{detail:?} {:?} {page:?} {:?}", orders::get(&desk, paid).unwrap(), payments::of_order(&desk, order).unwrap());
    // prices, subtotals, totals, paid and unpaid sums, in fen and in yuan
    for figure in [12_347, 37_041, 10_009, 27_032, 20_011] {
        assert!(!shown.contains(&figure.to_string()), "{figure} in {shown}");
        assert!(!shown.contains(&fen(figure).plain()) && !shown.contains(&fen(figure).yuan()), "{figure} in {shown}");
    }
    assert_eq!(products::last_price(&desk, customer, product), Ok(None));
    let mut desk = desk;
    let error = orders::ship(&mut desk, order, ShipConfirmation { unpaid: Some(Money::ZERO), version: None });
    assert!(!format!("{error:?}").contains("27032"));
}

#[test]
fn a_refused_shipment_does_not_tell_the_warehouse_the_sum() {
    let mut f = Fixture::new();
    f.configure(ConfigKey::AllowShipBeforePayment, "false");
    let (customer, product) = (f.customer("甲"), f.product("A", 100, 100));
    let order = f.order(customer, &[(product, 3, 12_347)]);
    let error = orders::ship(&mut f.as_role(Role::Warehouse), order, ShipConfirmation { unpaid: None, version: None }).unwrap_err();
    assert_eq!(error.code(), Code::BadRequest);
    assert!(!format!("{error:?}").contains("37041"));
}

#[test]
fn the_orders_of_the_warehouse_are_not_sorted_by_what_it_may_not_see() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 100, 100));
    for price in [300, 100, 200] {
        f.order(customer, &[(product, 1, price)]);
    }
    let desk = f.as_role(Role::Warehouse);
    let numbers = |sort| {
        let (page, _) = orders::list(&desk, &OrderFilter::default(), &OrderPage::first(sort, false)).unwrap();
        page.rows.into_iter().map(|row| row.order_no).collect::<Vec<_>>()
    };
    assert_eq!(numbers(OrderSort::Total), numbers(OrderSort::Number));
    assert_eq!(numbers(OrderSort::Outstanding), numbers(OrderSort::Number));
}
