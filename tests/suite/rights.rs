//! Who may do what (rulings §8), below the window: the matrix, the scopes, the hidden amounts, the ends of a session.

use zhanggui::models::choice::{MovementType, Role};
use zhanggui::models::config::ConfigKey;
use zhanggui::models::customer::{CustomerFilter, CustomerInput, CustomerPage, CustomerSort};
use zhanggui::models::error::Code;
use zhanggui::models::log::{LogFilter, LogPage, LogSort};
use zhanggui::models::order::{CancelConfirmation, OrderEdit, OrderFilter, OrderPage, OrderSort, ShipConfirmation};
use zhanggui::models::product::{ProductFilter, ProductInput, ProductPage, ProductSort};
use zhanggui::models::session::{Mode, Session};
use zhanggui::models::stock::{MovementFilter, MovementPage, MovementSort, StockChange};
use zhanggui::models::*;
use zhanggui::services::check::{Depth, run};
use zhanggui::services::{Desk, config, customers, logs, orders, payments, products, stock, users};

use crate::fixture::{Fixture, fen, new_order, payment};

/// What the commands of the matrix work on: two customers, two products, orders for each deed.
struct Company {
    f: Fixture,
    customer: CustomerId,
    product: ProductId,
    pending: OrderId,
    paid: OrderId,
    shipped: OrderId,
    movement: MovementId,
}

fn company() -> Company {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 100));
    let pending = f.order(customer, &[(product, 1, 1000)]);
    f.pay(pending, 300).unwrap();
    let mut paid = || {
        let order = f.order(customer, &[(product, 1, 1000)]);
        f.pay(order, 1000).unwrap();
        order
    };
    let (shipped, paid) = (paid(), paid());
    orders::ship(&mut f.desk, shipped, ShipConfirmation { unpaid: None }).unwrap();
    let movement = stock::update(&mut f.desk, &StockChange { product, kind: MovementType::In, quantity: 1, notes: None }).unwrap().movement;
    Company { f, customer, product, pending, paid, shipped, movement }
}

type Deed = fn(&Company, &mut Desk) -> Result<()>;

const A: Role = Role::Admin;
const M: Role = Role::Manager;
const S: Role = Role::Sales;
const W: Role = Role::Warehouse;
const E: Role = Role::Employee;

/// Every command and the roles that may give it, straight from the table of rulings §8.
const MATRIX: &[(&str, &[Role], Deed)] = &[
    ("get_customers", &[A, M, S, E], |_, d| {
        customers::list(d, &CustomerFilter::default(), &CustomerPage::first(CustomerSort::Name, false)).map(drop)
    }),
    ("get_customer", &[A, M, S, E], |c, d| customers::get(d, c.customer).map(drop)),
    ("find_customers", &[A, M, S, E], |_, d| customers::find(d, "甲", 5).map(drop)),
    ("get_customer_tags", &[A, M, S, E], |_, d| customers::tags(d).map(drop)),
    ("create_customer", &[A, M, S], |_, d| customers::create(d, &CustomerInput { name: "新".into(), ..Default::default() }).map(drop)),
    ("update_customer", &[A, M, S], |c, d| customers::update(d, c.customer, 1, &CustomerInput { name: "改".into(), ..Default::default() })),
    ("delete_customer", &[A, M], |c, d| customers::delete(d, c.customer).map(drop)),
    ("get_products", &[A, M, S, W, E], |_, d| {
        products::list(d, &ProductFilter::default(), &ProductPage::first(ProductSort::Sku, false)).map(drop)
    }),
    ("get_product", &[A, M, S, W, E], |c, d| products::get(d, c.product).map(drop)),
    ("find_products", &[A, M, S, W, E], |_, d| products::find(d, "A", 5).map(drop)),
    ("get_product_categories", &[A, M, S, W, E], |_, d| products::categories(d).map(drop)),
    ("create_product", &[A, M, W], |_, d| {
        products::create(d, &ProductInput { sku: "N".into(), name: "新".into(), ..Default::default() }).map(drop)
    }),
    ("update_product", &[A, M, W], |c, d| products::update(d, c.product, 1, &ProductInput { sku: "A".into(), name: "改".into(), ..Default::default() })),
    ("delete_product", &[A, M], |c, d| products::delete(d, c.product).map(drop)),
    ("update_product_stock", &[A, M, W], |c, d| {
        stock::update(d, &StockChange { product: c.product, kind: MovementType::In, quantity: 1, notes: None }).map(drop)
    }),
    ("reverse_movement", &[A, M, W], |c, d| stock::reverse(d, c.movement).map(drop)),
    ("get_stock_movements", &[A, M, S, W, E], |_, d| {
        stock::movements(d, &MovementFilter::default(), &MovementPage::first(MovementSort::Time, true)).map(drop)
    }),
    ("get_stock_warnings", &[A, M, S, W, E], |_, d| stock::warnings(d).map(drop)),
    ("get_orders", &[A, M, S, W, E], |_, d| orders::list(d, &OrderFilter::default(), &OrderPage::first(OrderSort::Day, true)).map(drop)),
    ("get_order", &[A, M, S, W, E], |c, d| orders::get(d, c.pending).map(drop)),
    ("get_payments", &[A, M, S, W, E], |c, d| payments::of_order(d, c.pending).map(drop)),
    ("create_order", &[A, M, S], |c, d| orders::create(d, &new_order(c.customer, &[(c.product, 1, 1000)])).map(drop)),
    ("update_order", &[A, M, S], |c, d| {
        let version = c.f.figure(&format!("SELECT version FROM orders WHERE id = {}", c.pending));
        orders::update(d, c.pending, version, &OrderEdit { lines: None, notes: Some("x".into()) })
    }),
    ("ship_order", &[A, M, W], |c, d| orders::ship(d, c.paid, ShipConfirmation { unpaid: None }).map(drop)),
    ("update_order_status", &[A, M, S], |c, d| orders::complete(d, c.shipped)),
    ("cancel_order", &[A, M, S], |c, d| orders::cancel(d, c.pending, CancelConfirmation { pieces: 1, refund: fen(300) })),
    ("create_payment", &[A, M, S], |c, d| payments::create(d, &payment(c.pending, 100)).map(drop)),
    ("refund_payment", &[A, M, S], |c, d| payments::refund(d, &payment(c.pending, 100)).map(drop)),
    ("get_system_config", &[A, M], |_, d| config::get(d, ConfigKey::IdleMinutes).map(drop)),
    ("update_system_config", &[A], |_, d| config::update(d, ConfigKey::IdleMinutes, "5")),
    ("get_system_logs", &[A, M], |_, d| logs::list(d, &LogFilter::default(), &LogPage::first(LogSort::Time, true)).map(drop)),
    ("check_data", &[A, M], |_, d| run(d, Depth::Quick, |_, _| false).map(drop)),
    ("reset_password", &[A], |_, d| users::reset_password(d, UserId(1)).map(drop)),
    ("get_colleagues", &[A, M, S, W, E], |_, d| users::colleagues(d).map(drop)),
];

/// All that a command could have changed, the log left out.
fn state(f: &Fixture) -> Vec<String> {
    let connection = rusqlite::Connection::open(f.path()).unwrap();
    let mut state = Vec::new();
    for table in ["users", "customers", "customer_tags", "products", "orders", "order_items", "payments", "stock_movements", "system_config", "counters"] {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            state.push((0..columns).map(|at| format!("{:?}", row.get_ref(at).unwrap())).collect::<Vec<_>>().join(" "));
        }
    }
    state
}

#[test]
fn every_role_may_what_the_matrix_says_and_nothing_else() {
    for &role in Role::ALL {
        for (name, allowed, deed) in MATRIX {
            let company = company_for(role, *name);
            let mut desk = company.f.as_role(role);
            let (before, logged) = (state(&company.f), company.f.logged());
            let outcome = deed(&company, &mut desk);
            if allowed.contains(&role) {
                assert_eq!(outcome, Ok(()), "{role:?} {name}");
            } else {
                assert_eq!(outcome.map_err(|e| e.code()), Err(Code::Denied), "{role:?} {name}");
                assert_eq!(state(&company.f), before, "{role:?} {name}");
                assert_eq!(company.f.logged(), logged + 1, "{role:?} {name}");
                let row = "SELECT l.action || ' ' || u.role FROM system_logs l JOIN users u ON u.id = l.user_id ORDER BY l.id DESC LIMIT 1";
                assert_eq!(company.f.text(row), format!("denied {}", role.as_str()), "{name}");
            }
        }
    }
}
