//! Every command as a deed on a small company, and the roles that may give it: the one table that the tests of rights walk.

use zhanggui::i18n::Lang;
use zhanggui::models::backup::WithoutManifest;
use zhanggui::models::choice::{MovementType, QuoteStatus, Role, Status};
use zhanggui::models::config::{ConfigChange, ConfigKey};
use zhanggui::models::customer::{CustomerFilter, CustomerInput, CustomerPage, CustomerSort};
use zhanggui::models::export::{Days, Export, ExportFormat, ExportKind, ExportRequest};
use zhanggui::models::followup::{FollowupFilter, FollowupPage, FollowupSort};
use zhanggui::models::import::{ImportKind, ImportOptions, RowErrors};
use zhanggui::models::log::{LogFilter, LogPage, LogSort};
use zhanggui::models::order::{CancelConfirmation, OrderEdit, OrderFilter, OrderPage, OrderSort, ShipConfirmation};
use zhanggui::models::paper::{PaperKind, Wanted};
use zhanggui::models::payment::{PaymentFilter, PaymentPage, PaymentSort, ReceivableFilter, ReceivablePage, ReceivableSort};
use zhanggui::models::product::{BulkChange, ProductFilter, ProductInput, ProductPage, ProductSort, SalePage, SaleSort};
use zhanggui::models::quote::{QuoteFilter, QuotePage, QuoteSort};
use zhanggui::models::returns::{NewReturn, ReturnLine};
use zhanggui::models::statement::{AgePage, AgeSort};
use zhanggui::models::statistics::{Dimension, Grouping};
use zhanggui::models::stock::{MovementFilter, MovementPage, MovementSort, StockChange, WarningFilter};
use zhanggui::models::stocktake::*;
use zhanggui::models::user::{Profile, UserFilter, UserInput, UserPage, UserSort};
use zhanggui::models::*;
use zhanggui::services::check::{Depth, run};
use zhanggui::services::{
    Desk, analytics, auth, backup, config, customers, followups, imports, logs, operators, orders, papers, payments, permissions, picking, pictures,
    preferences, products, quotes, reports, restore, returns, statements, stock, stocktakes, users,
};

use crate::analytics::sales_query;
use crate::fixture::{Fixture, PASSWORD, day, fen, followup, new_order, new_quote, payment};

/// What the commands of the matrix work on: two customers, two products, orders for each deed.
pub struct Company {
    pub f: Fixture,
    pub customer: CustomerId,
    pub product: ProductId,
    pub pending: OrderId,
    pub paid: OrderId,
    pub shipped: OrderId,
    pub movement: MovementId,
    pub quote: QuoteId,
    pub followup: FollowupId,
    pub stocktake: StocktakeId,
    /// A colleague whom accounts are changed on.
    pub spare: UserId,
}

pub fn company() -> Company {
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
    orders::ship(&mut f.desk, shipped, ShipConfirmation { unpaid: None, version: None }).unwrap();
    let movement = stock::update(&mut f.desk, &StockChange { product, kind: MovementType::In, quantity: 1, notes: None }).unwrap().movement;
    let quote = f.quote(customer, &[(product, 1, 1000)]);
    let followup = followups::create(&mut f.desk, customer, &followup("甲", Some("2026-01-31 02:00:00"))).unwrap();
    let stocktake = stocktakes::create(&mut f.desk, &NewStocktake { scope: StocktakeScope::All, blind: false, notes: None }).unwrap();
    stocktakes::count(&mut f.desk, stocktake, &[Count { product, counted: Some(98), seen: None }]).unwrap();
    let spare = f.user("spare", Role::Employee);
    Company { f, customer, product, pending, paid, shipped, movement, quote, followup, stocktake, spare }
}

pub type Deed = fn(&Company, &mut Desk) -> Result<()>;

const A: Role = Role::Admin;
const M: Role = Role::Manager;
const S: Role = Role::Sales;
const W: Role = Role::Warehouse;
const E: Role = Role::Employee;

/// The version of a record as it stands, 1 where it is gone.
fn version(c: &Company, table: &str, id: i64) -> i64 {
    c.f.figure(&format!("SELECT COALESCE((SELECT version FROM {table} WHERE id = {id}), 1)"))
}

/// Who sits at the desk; nobody is as good as the administrator where only a refusal is expected.
fn me(desk: &Desk) -> UserId {
    desk.session().map_or(UserId(1), |session| session.user)
}

fn account(role: Role) -> UserInput {
    UserInput { profile: Profile { full_name: "新人".into(), email: None, phone: None }, role, status: Status::Active }
}

fn but_missing<T>(outcome: Result<T>) -> Result<()> {
    match outcome {
        Err(Error::File { .. }) => Ok(()),
        other => other.map(drop),
    }
}

/// Counts the product anew, whatever stood there.
fn count(c: &Company, desk: &mut Desk, counted: i64) -> Result<()> {
    let stands = c.f.figure("SELECT COALESCE(MAX(counted_quantity), -1) FROM stocktake_lines");
    let seen = (stands >= 0).then_some(stands);
    stocktakes::count(desk, c.stocktake, &[Count { product: c.product, counted: Some(counted), seen }])
}

/// Every command and the roles that may give it, straight from the table of rulings §8; those that end something stand last.
pub const MATRIX: &[(&str, &[Role], Deed)] = &[
    ("get_customers", &[A, M, S, E], |_, d| {
        customers::list(d, &CustomerFilter::default(), &CustomerPage::first(CustomerSort::Name, false)).map(drop)
    }),
    ("get_customer", &[A, M, S, E], |c, d| customers::get(d, c.customer).map(drop)),
    ("find_customers", &[A, M, S, E], |_, d| customers::find(d, "甲", 5).map(drop)),
    ("get_preference", &[A, M, S, W, E], |_, d| preferences::get(d, "list.orders").map(drop)),
    ("set_preference", &[A, M, S, W, E], |_, d| preferences::set(d, "list.orders", &serde_json::json!({ "size": 50 }))),
    ("get_similar_customers", &[A, M, S, E], |_, d| customers::similar(d, "甲", None, None).map(drop)),
    ("get_customer_tags", &[A, M, S, E], |_, d| customers::tags(d).map(drop)),
    ("create_customer", &[A, M, S], |_, d| customers::create(d, &CustomerInput { name: "新".into(), ..Default::default() }).map(drop)),
    ("update_customer", &[A, M, S], |c, d| customers::update(d, c.customer, 1, &CustomerInput { name: "改".into(), ..Default::default() })),
    ("assign_customers", &[A, M, S], |c, d| customers::assign(d, &[c.customer], None).map(drop)),
    ("get_followups", &[A, M, S, E], |_, d| {
        followups::list(d, &FollowupFilter::default(), &FollowupPage::first(FollowupSort::Next, false)).map(drop)
    }),
    ("get_customer_followups", &[A, M, S, E], |c, d| followups::of_customer(d, c.customer, 5).map(drop)),
    ("get_reminders", &[A, M, S, W, E], |_, d| followups::reminders(d).map(drop)),
    ("mark_followup", &[A, M, S], |c, d| followups::mark(d, c.followup, true)),
    ("update_followup", &[A, M, S], |c, d| {
        let version = version(c, "customer_followups", c.followup.0);
        followups::update(d, c.followup, version, &followup("改", None))
    }),
    ("create_followup", &[A, M, S], |c, d| followups::create(d, c.customer, &followup("新", None)).map(drop)),
    ("get_quotes", &[A, M, S, W, E], |_, d| quotes::list(d, &QuoteFilter::default(), &QuotePage::first(QuoteSort::Created, true)).map(drop)),
    ("get_quote", &[A, M, S, W, E], |c, d| quotes::get(d, c.quote).map(drop)),
    ("create_quote", &[A, M, S], |c, d| quotes::create(d, &new_quote(c.customer, &[(c.product, 1, 1000)])).map(drop)),
    ("copy_quote", &[A, M, S], |c, d| quotes::copy(d, c.quote).map(drop)),
    ("update_quote", &[A, M, S], |c, d| {
        let version = version(c, "quotes", c.quote.0);
        quotes::update(d, c.quote, version, &new_quote(c.customer, &[(c.product, 2, 1000)]))
    }),
    ("get_products", &[A, M, S, W, E], |_, d| products::list(d, &ProductFilter::default(), &ProductPage::first(ProductSort::Sku, false)).map(drop)),
    ("get_product", &[A, M, S, W, E], |c, d| products::get(d, c.product).map(drop)),
    ("find_products", &[A, M, S, W, E], |_, d| products::find(d, "A", 5).map(drop)),
    ("get_product_categories", &[A, M, S, W, E], |_, d| products::categories(d).map(drop)),
    ("scan_product", &[A, M, S, W, E], |_, d| products::scan(d, "A").map(drop)),
    ("get_product_sales", &[A, M, S, W, E], |c, d| products::sales(d, c.product, &SalePage::first(SaleSort::Day, true)).map(drop)),
    ("get_stocktakes", &[A, M, S, W, E], |_, d| {
        stocktakes::list(d, &StocktakeFilter::default(), &StocktakePage::first(StocktakeSort::Begun, true)).map(drop)
    }),
    ("get_stocktake", &[A, M, S, W, E], |c, d| stocktakes::get(d, c.stocktake).map(drop)),
    ("get_stocktake_lines", &[A, M, S, W, E], |c, d| {
        stocktakes::lines(d, c.stocktake, &LineFilter::default(), &LinePage::first(LineSort::Sku, false)).map(drop)
    }),
    ("create_stocktake", &[A, M, W], |_, d| stocktakes::create(d, &NewStocktake { scope: StocktakeScope::All, blind: false, notes: None }).map(drop)),
    ("count_stocktake", &[A, M, W], |c, d| count(c, d, 7)),
    ("post_stocktake", &[A, M, W], |c, d| {
        // Counted again: stock may have moved since.
        if d.rights().is_ok_and(|rights| rights.allows(choice::Module::Inventory, zhanggui::models::rights::Verb::Update)) {
            count(c, d, 70)?;
        }
        let version = c.f.figure(&format!("SELECT version FROM stocktakes WHERE id = {}", c.stocktake));
        stocktakes::post(d, c.stocktake, version).map(drop)
    }),
    ("discard_stocktake", &[A, M, W], |c, d| {
        let open = c.f.figure("SELECT COALESCE(MAX(id), 1) FROM stocktakes WHERE status = 'open'");
        stocktakes::discard(d, StocktakeId(open))
    }),
    ("update_products", &[A, M, W], |c, d| {
        let change = BulkChange { threshold: Some(3), ..Default::default() };
        products::set_many(d, &[c.product], &change).map(drop)
    }),
    ("get_orders_to_pick", &[A, M, W], |_, d| picking::orders(d).map(drop)),
    ("find_order_to_pick", &[A, M, W], |_, d| picking::by_number(d, "O20260130001").map(drop)),
    ("get_pick_sheet", &[A, M, W], |c, d| picking::sheet(d, c.pending).map(drop)),
    ("pick_item", &[A, M, W], |c, d| picking::pick(d, c.pending, c.product, 1).map(drop)),
    ("put_back_item", &[A, M, W], |c, d| {
        let item = c.f.figure(&format!("SELECT id FROM order_items WHERE order_id = {}", c.pending));
        picking::put_back(d, c.pending, OrderItemId(item), 1).map(drop)
    }),
    ("create_product", &[A, M, W], |_, d| products::create(d, &ProductInput { sku: "N".into(), name: "新".into(), ..Default::default() }).map(drop)),
    ("update_product", &[A, M, W], |c, d| {
        let version = version(c, "products", c.product.0);
        products::update(d, c.product, version, &ProductInput { sku: "A".into(), name: "改".into(), ..Default::default() })
    }),
    ("update_product_stock", &[A, M, W], |c, d| {
        stock::update(d, &StockChange { product: c.product, kind: MovementType::In, quantity: 1, notes: None }).map(drop)
    }),
    ("reverse_movement", &[A, M, W], |c, d| stock::reverse(d, c.movement).map(drop)),
    ("get_stock_movements", &[A, M, S, W, E], |_, d| {
        stock::movements(d, &MovementFilter::default(), &MovementPage::first(MovementSort::Time, true)).map(drop)
    }),
    ("get_stock_warnings", &[A, M, S, W, E], |_, d| {
        stock::warnings(d, &WarningFilter::default(), &ProductPage::first(ProductSort::Fill, false)).map(drop)
    }),
    ("get_orders", &[A, M, S, W, E], |_, d| orders::list(d, &OrderFilter::default(), &OrderPage::first(OrderSort::Day, true)).map(drop)),
    ("get_order_sums", &[A, M, S, W, E], |_, d| orders::sums(d, &OrderFilter::default()).map(drop)),
    ("get_order", &[A, M, S, W, E], |c, d| orders::get(d, c.pending).map(drop)),
    ("get_payments", &[A, M, S, W, E], |c, d| payments::of_order(d, c.pending).map(drop)),
    ("get_order_history", &[A, M, S, W, E], |c, d| orders::history(d, c.pending).map(drop)),
    ("get_all_payments", &[A, M, S, W, E], |_, d| {
        payments::list(d, &PaymentFilter::default(), &PaymentPage::first(PaymentSort::Time, true)).map(drop)
    }),
    ("get_receivables", &[A, M, S, W, E], |_, d| {
        payments::receivables(d, &ReceivableFilter::default(), &ReceivablePage::first(ReceivableSort::Outstanding, true)).map(drop)
    }),
    ("create_order", &[A, M, S], |c, d| orders::create(d, &new_order(c.customer, &[(c.product, 1, 1000)])).map(drop)),
    ("update_order", &[A, M, S], |c, d| {
        let version = c.f.figure(&format!("SELECT version FROM orders WHERE id = {}", c.pending));
        orders::update(d, c.pending, version, &OrderEdit { lines: None, notes: Some("x".into()) })
    }),
    ("ship_order", &[A, M, W], |c, d| orders::ship(d, c.paid, ShipConfirmation { unpaid: None, version: None }).map(drop)),
    ("update_order_status", &[A, M, S], |c, d| orders::complete(d, c.shipped)),
    ("create_payment", &[A, M, S], |c, d| payments::create(d, &payment(c.pending, 100)).map(drop)),
    ("refund_payment", &[A, M, S], |c, d| payments::refund(d, &payment(c.pending, 100)).map(drop)),
    ("get_system_config", &[A, M], |_, d| config::get(d, ConfigKey::IdleMinutes).map(drop)),
    ("update_system_config", &[A], |_, d| config::update(d, ConfigKey::IdleMinutes, "5")),
    ("get_system_logs", &[A, M], |_, d| logs::list(d, &LogFilter::default(), &LogPage::first(LogSort::Time, true)).map(drop)),
    ("get_system_configs", &[A, M], |_, d| config::all(d).map(drop)),
    ("update_system_configs", &[A], |_, d| {
        let before = d.config()?.quote_validity_days.to_string();
        config::update_many(d, &[ConfigChange { key: ConfigKey::QuoteValidityDays, before, after: "31".into() }])
    }),
    ("get_permissions", &[A, M], |_, d| permissions::get(d).map(drop)),
    ("update_permissions", &[A], |c, d| permissions::update(d, rights_version(c), &matrix::Matrix::DEFAULT).map(drop)),
    ("reset_permissions", &[A], |c, d| permissions::reset(d, rights_version(c)).map(drop)),
    ("get_users", &[A, M], |_, d| users::list(d, &UserFilter::default(), &UserPage::first(UserSort::Username, false)).map(drop)),
    ("get_user", &[A, M], |_, d| users::get(d, UserId(1)).map(drop)),
    ("create_user", &[A], |c, d| {
        let count = c.f.figure("SELECT COUNT(*) FROM users");
        users::create(d, &format!("n{count}"), &account(Role::Sales)).map(drop)
    }),
    ("update_user", &[A], |c, d| users::update(d, c.spare, version(c, "users", c.spare.0), &account(Role::Employee))),
    ("import_customers", &[A, M, S], |_, d| imports::customers(d, "名称\n进口甲\n".as_bytes(), &ImportOptions::new("a.csv"), |_, _| true).map(drop)),
    ("import_products", &[A, M, W], |_, d| {
        imports::products(d, "产品编码,名称,单价\nIMP,进口,1\n".as_bytes(), &ImportOptions::new("a.csv"), |_, _| true).map(drop)
    }),
    // Scope own does not reach what history brings (rulings §8).
    ("import_orders", &[A, M], |_, d| {
        let file = "订单号,客户,产品编码,数量,单价,下单日期\nX-1,甲,A,1,1,2025-01-02\n";
        imports::orders(d, file.as_bytes(), &ImportOptions::new("a.csv"), |_, _| true).map(drop)
    }),
    // Of a file of customers: who may not import it does not look into it either.
    ("preview_import", &[A, M, S], |_, d| imports::preview(d, ImportKind::Customers, "名称\n甲\n".as_bytes(), None).map(drop)),
    ("get_import_errors", &[A, M, S], |_, d| {
        let file = "名称\n甲\n".as_bytes();
        imports::error_workbook(d, ImportKind::Customers, file, None, &RowErrors::default(), zhanggui::i18n::Lang::ZhCn).map(drop)
    }),
    ("get_dashboard", &[A, M, S, W, E], |_, d| analytics::dashboard(d).map(drop)),
    ("get_sales_statistics", &[A, M, S], |_, d| analytics::sales(d, &sales_query(Grouping::Day)).map(drop)),
    ("get_customer_distribution", &[A, M, S], |_, d| analytics::customers(d, Dimension::Level).map(drop)),
    ("get_stock_turnover", &[A, M, S], |_, d| analytics::turnover(d, sales_query(Grouping::Day).period).map(drop)),
    ("export_report", &[A, M, S], |c, d| {
        let export = Export::report(ExportKind::Inventory, Days::default()).unwrap();
        let path = c.f.folder.path().join("export.csv");
        reports::export(d, &ExportRequest { export, format: ExportFormat::Csv, path, lang: Lang::ZhCn }, |_, _| true).map(drop)
    }),
    ("count_export", &[A, M, S], |_, d| reports::count(d, &Export::report(ExportKind::Inventory, Days::default()).unwrap()).map(drop)),
    // What is about amounts is refused to the warehouse.
    ("get_statement", &[A, M, S, E], |c, d| statements::statement(d, c.customer, day("2026-01-01"), day("2026-01-31")).map(drop)),
    ("get_receivables_by_age", &[A, M, S, W, E], |_, d| {
        statements::by_age(d, &ReceivableFilter::default(), &AgePage::first(AgeSort::Outstanding, true)).map(drop)
    }),
    ("find_paper", &[A, M, S, W, E], |_, d| {
        papers::find(d, PaperKind::Delivery, "O20260130001", false, (day("2026-01-01"), day("2026-01-31"))).map(drop)
    }),
    ("print_paper", &[A, M, S, W, E], |c, d| papers::printed(d, Wanted::Delivery(c.pending, false), "O1")),
    ("check_data", &[A, M], |_, d| run(d, Depth::Quick, |_, _| true).map(drop)),
    ("get_colleagues", &[A, M, S, W, E], |_, d| users::colleagues(d).map(drop)),
    ("cancel_order", &[A, M, S], |c, d| orders::cancel(d, c.pending, CancelConfirmation { pieces: 1, refund: fen(300) })),
    ("create_return", &[A, M, S], |c, d| {
        let item = OrderItemId(c.f.figure(&format!("SELECT id FROM order_items WHERE order_id = {}", c.shipped)));
        let pieces = format!("SELECT quantity - returned_quantity FROM order_items WHERE id = {item}");
        let lines = vec![ReturnLine { item, quantity: 1, returnable: c.f.figure(&pieces) }];
        returns::create(d, &NewReturn { order: c.shipped, lines, method: Some("现金".into()), notes: None, refund: fen(1000) }).map(drop)
    }),
    ("delete_quote", &[A, M], |c, d| quotes::delete(d, c.quote)),
    ("update_quote_status", &[A, M, S], |c, d| {
        let last = QuoteId(c.f.figure("SELECT COALESCE(MAX(id), 1) FROM quotes WHERE status = 'draft'"));
        let version = version(c, "quotes", last.0);
        quotes::set_status(d, last, version, QuoteStatus::Sent)
    }),
    ("delete_followup", &[A, M], |c, d| followups::delete(d, c.followup)),
    ("delete_customer", &[A, M], |c, d| customers::delete(d, c.customer).map(drop)),
    ("delete_product", &[A, M], |c, d| products::delete(d, c.product).map(drop)),
    ("get_backups", &[A, M], |_, d| backup::list(d).map(drop)),
    ("get_backup_status", &[A, M], |_, d| backup::status(d).map(drop)),
    ("backup_database", &[A], |c, d| backup::create(d, &c.f.folder.path().join("backups"), |_, _| true).map(drop)),
    // No such file: who may comes as far as looking for it.
    ("describe_backup", &[A, M], |c, d| but_missing(restore::describe(d, &c.f.folder.path().join("none.db"), |_, _| true))),
    ("restore_database", &[A], |c, d| {
        but_missing(restore::run(d, &c.f.folder.path().join("none.db"), PASSWORD, WithoutManifest::Accept, |_, _| true))
    }),
    ("keep_logo", &[A], |c, d| {
        let path = c.f.folder.path().join("logo.png");
        image::RgbImage::new(4, 4).save(&path).unwrap();
        pictures::keep_logo(d, &path).map(drop)
    }),
    ("set_avatar_of", &[A], |c, d| {
        let version = c.f.figure("SELECT version FROM users WHERE id = 1");
        pictures::set_avatar_of(d, UserId(1), version, None)
    }),
    ("delete_user", &[A], |c, d| users::delete(d, c.spare).map(drop)),
    ("reset_password", &[A], |_, d| users::reset_password(d, UserId(1)).map(drop)),
];

fn rights_version(c: &Company) -> i64 {
    c.f.figure("SELECT COALESCE((SELECT CAST(value AS INTEGER) FROM file_state WHERE key = 'permissions_version'), 1)")
}

/// What every signed-in person may do for himself. Whatever ends the session gives it back.
pub const OWN: &[(&str, Deed)] = &[
    ("get_current_user", |_, d| auth::current_user(d).map(drop)),
    ("update_profile", |c, d| {
        let profile = Profile { full_name: "同事".into(), email: None, phone: None };
        users::update_profile(d, version(c, "users", me(d).0), &profile)
    }),
    ("keep_picture", |c, d| {
        let path = c.f.folder.path().join("face.png");
        image::RgbImage::new(4, 4).save(&path).unwrap();
        pictures::keep(d, &path).map(drop)
    }),
    ("get_first_steps", |_, d| analytics::first_steps(d).map(drop)),
    ("get_import_template", |_, d| imports::template(d, ImportKind::Orders, zhanggui::i18n::Lang::En).map(drop)),
    ("set_avatar", |_, d| pictures::set_avatar(d, None)),
    ("confirm_password", |_, d| auth::confirm_password(d, PASSWORD).map(drop)),
    ("set_pin", |_, d| operators::set_pin(d, PASSWORD, Some("1357"))),
    ("enter_terminal", |_, d| {
        let before = d.session().cloned();
        let entered = operators::enter_terminal(d).map(drop);
        d.resume(before);
        entered
    }),
    ("change_password", |_, d| {
        auth::change_password(d, PASSWORD, "another horse")?;
        auth::change_password(d, "another horse", PASSWORD)
    }),
    ("logout", |_, d| {
        let before = d.session().cloned();
        let out = auth::logout(d);
        d.resume(before);
        out
    }),
];

/// What works without a session: it is never refused for want of one.
pub const ANYONE: &[(&str, Deed)] = &[
    ("first_run", |_, d| {
        let new = user::FirstRun { company: "乙".into(), username: "b".into(), full_name: "乙".into(), password: PASSWORD.into() };
        auth::first_run(d, &new).map(drop)
    }),
    ("login", |c, _| auth::login(&mut c.f.another_desk(), "admin", PASSWORD).map(drop)),
    ("get_operators", |_, d| operators::list(d).map(drop)),
    ("switch_operator", |c, _| operators::switch(&mut c.f.another_desk(), UserId(1), PASSWORD).map(drop)),
    ("leave_terminal", |c, _| operators::leave_terminal(&mut c.f.signed_in("admin"), PASSWORD).map(drop)),
];
