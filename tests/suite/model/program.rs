//! The program beside the model: each step as the command it stands for, on a file of its own.

use std::sync::{Arc, LazyLock};

use proptest_state_machine::StateMachineTest;
use zhanggui::database::Wait;
use zhanggui::models::choice::{CreditCheck, Status, StockDeduction};
use zhanggui::models::config::ConfigKey;
use zhanggui::models::customer::CustomerInput;
use zhanggui::models::followup::FollowupInput;
use zhanggui::models::import::{Existing, ImportKind, ImportOptions, ImportReport};
use zhanggui::models::order::{CancelConfirmation, NewLine, NewOrder, OrderEdit, ShipConfirmation};
use zhanggui::models::payment::NewPayment;
use zhanggui::models::picking::Picked;
use zhanggui::models::product::{BulkChange, PriceChange, ProductInput};
use zhanggui::models::quote::{NewQuote, QuoteFilter, QuotePage, QuoteSort};
use zhanggui::models::returns::{NewReturn, ReturnLine};
use zhanggui::models::stock::{StockChange, StockOutcome};
use zhanggui::models::stocktake::{Count, NewStocktake, StocktakeScope};
use zhanggui::models::*;
use zhanggui::services::{
    Desk, auth, config, customers, followups, imports, orders, payments, picking, products, quotes, returns, stock, stocktakes,
};

use super::files::{Imported, customers_csv, orders_csv, products_csv};
use super::shop::{PEOPLE, PRICE, Shop, Told, UNIT, conflict, name};
use super::steps::{Back, CustomerData, Piece, ProductData, Setting, Step};
use super::{CUSTOMERS, STOCK, count};
use crate::fixture::{Fixture, NOW, fen, setup};

const METHOD: &str = "现金";
pub const NOTES: &str = "送到后门";

/// The program on a file of its own, with the ids of what the model names by its place.
pub struct Program {
    f: Fixture,
    pub file: rusqlite::Connection,
    people: Vec<UserId>,
    products: Vec<ProductId>,
    customers: Vec<CustomerId>,
    orders: Vec<OrderId>,
    quotes: Vec<QuoteId>,
    followups: Vec<FollowupId>,
    movements: Vec<MovementId>,
    sheets: Vec<StocktakeId>,
    /// All so far, for the message of a failure.
    taken: Vec<Step>,
}

impl StateMachineTest for Program {
    type SystemUnderTest = Program;
    type Reference = Shop;

    fn init_test(shop: &Shop) -> Program {
        let mut program = Program::new();
        for setting in [Setting::DeductOnShipment(shop.on_shipment), Setting::ShipUnpaid(shop.ship_unpaid), Setting::Credit(shop.credit)] {
            program.configure(setting).unwrap();
        }
        program
    }

    fn apply(mut program: Program, shop: &Shop, step: Step) -> Program {
        let said = program.take(&step).map_err(without_name);
        count(&step, &said, &shop.notes);
        program.taken.push(step);
        assert_eq!(said, shop.said, "by the last of {:?}", program.taken);
        program
    }

    fn check_invariants(program: &Program, shop: &Shop) {
        assert_eq!(program.figures(), shop.figures(), "after {:?}", program.taken);
    }

    fn teardown(program: Program, shop: Shop) {
        let numbers = "SELECT p.payment_no || ' ' || o.order_no || ' ' || CAST(ROUND(p.amount * 100) AS INTEGER)
                       FROM payments p JOIN orders o ON o.id = p.order_id ORDER BY p.id";
        let told: Vec<_> = shop.payments.iter().map(|(number, order, fen)| format!("{number} {} {fen}", shop.orders[*order].number)).collect();
        assert_eq!(program.rows(numbers), told);
        assert_eq!(program.rows("SELECT return_no FROM order_returns ORDER BY id"), shop.returns);
        let mut all: Vec<_> = shop.payments.into_iter().map(|(number, ..)| number).chain(shop.returns).collect();
        all.extend(shop.orders.into_iter().map(|order| order.number));
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count, "a number twice");
        // The fixture's end is the check of the whole file.
        drop(program);
    }
}

/// What the model says of a conflict.
fn without_name(error: Error) -> Error {
    if let Error::Conflict { entity, .. } = error { conflict(entity) } else { error }
}

/// A file with people, products and customers: made once, copied for each sequence.
static PREPARED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut f = Fixture::new();
    let mut people = vec![UserId(1)];
    people.extend(PEOPLE[1..].iter().map(|&(name, role)| f.user(name, role)));
    for (at, stock) in STOCK.into_iter().enumerate() {
        f.product(&format!("P{at}"), PRICE, stock);
    }
    for (at, (owner, limit)) in CUSTOMERS.into_iter().enumerate() {
        customers::create(&mut f.desk, &customer(at, owner.map(|owner| people[owner]), limit)).unwrap();
    }
    let path = f.path();
    let folder = f.close();
    assert!(!folder.path().join("crm_erp.db-wal").exists(), "the file is whole");
    std::fs::read(path).unwrap()
});

fn customer(at: usize, assigned_to: Option<UserId>, limit: Option<i64>) -> CustomerInput {
    CustomerInput { name: format!("客户 K{at}"), assigned_to, credit_limit: limit.map(fen), ..Default::default() }
}

fn product(at: usize, data: ProductInput) -> ProductInput {
    ProductInput { sku: format!("P{at}"), name: name(at), unit: UNIT.into(), ..data }
}

fn status(active: bool) -> Status {
    if active { Status::Active } else { Status::Inactive }
}

fn followup(at: Timestamp, next: Option<Timestamp>) -> FollowupInput {
    FollowupInput { at, content: "电话".into(), result: None, next }
}

fn picked(picked: Picked) -> Told {
    Told::Picked { picked: picked.line.picked, pieces: picked.pieces }
}

fn told(report: &ImportReport) -> Imported {
    Imported {
        created: report.created,
        updated: report.updated,
        skipped: report.skipped,
        customers: report.customers_created,
        products: report.products_created,
        orders: report.orders_created,
        lines: report.lines,
        payments: report.payments,
        warnings: report.warnings.total(),
    }
}

impl Program {
    fn new() -> Program {
        // In memory where the system can: what a power cut takes is not asked here, and waiting for the disk is most of the time.
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let path = folder.path().join("crm_erp.db");
        std::fs::write(&path, &*PREPARED).unwrap();
        let clock = Arc::new(FixedClock::new(Timestamp::parse(NOW).unwrap()));
        let mut f = Fixture { desk: Desk::open(&path, Wait::Job, setup(&clock)).unwrap(), folder, clock, expect_good: true };
        auth::act_as(&mut f.desk, "admin").unwrap();
        let file = rusqlite::Connection::open(&path).unwrap();
        let ids = |count: usize| 1..=count as i64;
        Program {
            file,
            people: ids(PEOPLE.len()).map(UserId).collect(),
            products: ids(STOCK.len()).map(ProductId).collect(),
            customers: ids(CUSTOMERS.len()).map(CustomerId).collect(),
            orders: Vec::new(),
            quotes: Vec::new(),
            followups: Vec::new(),
            sheets: Vec::new(),
            taken: Vec::new(),
            movements: ids(STOCK.iter().filter(|stock| **stock > 0).count()).map(MovementId).collect(),
            f,
        }
    }

    fn take(&mut self, step: &Step) -> Result<Told> {
        match step {
            Step::Order { customer, quote, lines, day } => {
                let (lines, quote) = (self.lines(lines), quote.map(|quote| self.quotes[quote]));
                let new = NewOrder { customer: self.customers[*customer], quote, order_day: *day, lines, notes: None };
                let created = orders::create(&mut self.f.desk, &new)?;
                self.orders.push(created.id);
                return Ok(Told::Order { number: created.order_no, over: created.over_limit });
            }
            Step::Change { order, stale, lines } => {
                let edit = match lines {
                    Some(lines) => OrderEdit { lines: Some(self.lines(lines)), notes: None },
                    None => OrderEdit { lines: None, notes: Some(NOTES.into()) },
                };
                let version = self.version("orders", self.orders[*order].0, *stale);
                orders::update(&mut self.f.desk, self.orders[*order], version, &edit)?;
            }
            Step::Pay { order, fen, day, before } => {
                let new = self.payment(*order, *fen, *day, *before);
                let paid = payments::create(&mut self.f.desk, &new)?;
                return Ok(self.numbered(paid));
            }
            Step::Refund { order, fen, day, before } => {
                let new = self.payment(*order, *fen, *day, *before);
                let paid = payments::refund(&mut self.f.desk, &new)?;
                return Ok(self.numbered(paid));
            }
            Step::Cancel { order, pieces, refund } => {
                orders::cancel(&mut self.f.desk, self.orders[*order], CancelConfirmation { pieces: *pieces, refund: fen(*refund) })?;
            }
            Step::Ship { order, stale, unpaid } => {
                let confirmed = ShipConfirmation { unpaid: unpaid.map(fen), version: Some(self.version("orders", self.orders[*order].0, *stale)) };
                orders::ship(&mut self.f.desk, self.orders[*order], confirmed)?;
            }
            Step::Complete { order } => orders::complete(&mut self.f.desk, self.orders[*order])?,
            Step::Return { order, lines, refund } => {
                let line = |back: &Back| ReturnLine { item: self.item(*order, back.line), quantity: back.pieces, returnable: back.returnable };
                let lines = lines.iter().map(line).collect();
                let new = NewReturn { order: self.orders[*order], lines, method: Some(METHOD.into()), notes: None, refund: fen(*refund) };
                let created = returns::create(&mut self.f.desk, &new)?;
                return Ok(Told::Return { number: created.return_no, refunded: created.refunded });
            }
            Step::Pick { order, product, pieces } => {
                return picking::pick(&mut self.f.desk, self.orders[*order], self.products[*product], *pieces).map(picked);
            }
            Step::PutBack { order, line, pieces } => {
                let item = self.item(*order, *line);
                return picking::put_back(&mut self.f.desk, self.orders[*order], item, *pieces).map(picked);
            }
            Step::Quote { customer, lines, until } => {
                let new = self.new_quote(*customer, lines, *until);
                let created = quotes::create(&mut self.f.desk, &new)?;
                self.quotes.push(created.id);
                return Ok(Told::Quote { number: created.quote_no });
            }
            Step::ChangeQuote { quote, stale, customer, lines, until } => {
                let new = self.new_quote(*customer, lines, *until);
                let version = self.version("quotes", self.quotes[*quote].0, *stale);
                quotes::update(&mut self.f.desk, self.quotes[*quote], version, &new)?;
            }
            Step::DecideQuote { quote, stale, to } => {
                let version = self.version("quotes", self.quotes[*quote].0, *stale);
                quotes::set_status(&mut self.f.desk, self.quotes[*quote], version, *to)?;
            }
            Step::CopyQuote { quote } => {
                let created = quotes::copy(&mut self.f.desk, self.quotes[*quote])?;
                self.quotes.push(created.id);
                return Ok(Told::Quote { number: created.quote_no });
            }
            Step::RemoveQuote { quote } => quotes::delete(&mut self.f.desk, self.quotes[*quote])?,
            Step::LookAtQuotes => {
                let page = QuotePage::first(QuoteSort::Number, false);
                return quotes::list(&self.f.desk, &QuoteFilter::default(), &page).map(|(_, counts)| Told::Quotes(counts.0));
            }
            Step::FollowUp { customer, at, next } => {
                self.followups.push(followups::create(&mut self.f.desk, self.customers[*customer], &followup(*at, *next))?);
            }
            Step::CorrectFollowup { followup: which, stale, at, next } => {
                let version = self.version("customer_followups", self.followups[*which].0, *stale);
                followups::update(&mut self.f.desk, self.followups[*which], version, &followup(*at, *next))?;
            }
            Step::MarkFollowup { followup, done } => followups::mark(&mut self.f.desk, self.followups[*followup], *done)?,
            Step::RemoveFollowup { followup } => followups::delete(&mut self.f.desk, self.followups[*followup])?,
            Step::Stock { product, kind, quantity } => {
                let change = StockChange { product: self.products[*product], kind: *kind, quantity: *quantity, notes: None };
                let outcome = stock::update(&mut self.f.desk, &change)?;
                return Ok(self.moved(outcome));
            }
            Step::Reverse { movement } => {
                let outcome = stock::reverse(&mut self.f.desk, self.movements[*movement])?;
                return Ok(self.moved(outcome));
            }
            Step::Begin { only } => {
                let scope = only.map_or(StocktakeScope::All, |product| StocktakeScope::Products(vec![self.products[product]]));
                let new = NewStocktake { scope, blind: false, notes: None };
                self.sheets.push(stocktakes::create(&mut self.f.desk, &new)?);
            }
            Step::Count { sheet, product, counted, seen } => {
                let count = Count { product: self.products[*product], counted: *counted, seen: *seen };
                stocktakes::count(&mut self.f.desk, self.sheets[*sheet], &[count])?;
            }
            Step::Post { sheet, stale } => {
                let sheet = self.sheets[*sheet];
                let version = self.version("stocktakes", sheet.0, *stale);
                return stocktakes::post(&mut self.f.desk, sheet, version).map(|posted| Told::Posted(posted.adjusted));
            }
            Step::Discard { sheet } => stocktakes::discard(&mut self.f.desk, self.sheets[*sheet])?,
            Step::NewProduct => {
                let input = product(self.products.len(), ProductInput::default());
                self.products.push(products::create(&mut self.f.desk, &input)?);
            }
            Step::ChangeProduct { product: at, stale, data } => {
                let ProductData { price, cost, threshold, active } = *data;
                let data = ProductInput { price: fen(price), cost_price: cost.map(fen), threshold, status: status(active), ..Default::default() };
                let version = self.version("products", self.products[*at].0, *stale);
                products::update(&mut self.f.desk, self.products[*at], version, &product(*at, data))?;
            }
            Step::ChangeMany { products, percent, threshold } => {
                let ids: Vec<_> = products.iter().map(|at| self.products[*at]).collect();
                let change = BulkChange { price: percent.map(PriceChange::Percent), threshold: *threshold };
                return products::set_many(&mut self.f.desk, &ids, &change).map(Told::Changed);
            }
            Step::RemoveProduct { product } => return products::delete(&mut self.f.desk, self.products[*product]).map(Told::Removed),
            Step::NewCustomer { owner, limit } => {
                let input = customer(self.customers.len(), owner.map(|owner| self.people[owner]), *limit);
                self.customers.push(customers::create(&mut self.f.desk, &input)?);
            }
            Step::ChangeCustomer { customer: at, stale, data } => {
                let CustomerData { owner, limit, term, active } = *data;
                let input = customer(*at, owner.map(|owner| self.people[owner]), limit);
                let input = CustomerInput { payment_term_days: term, status: status(active), ..input };
                let version = self.version("customers", self.customers[*at].0, *stale);
                customers::update(&mut self.f.desk, self.customers[*at], version, &input)?;
            }
            Step::RemoveCustomer { customer } => return customers::delete(&mut self.f.desk, self.customers[*customer]).map(Told::Removed),
            Step::HandOver { customers: which, owner } => {
                let owner = owner.map(|owner| self.people[owner]);
                let ids: Vec<_> = which.iter().map(|at| self.customers[*at]).collect();
                return customers::assign(&mut self.f.desk, &ids, owner).map(Told::HandedOver);
            }
            Step::ImportProducts { rows, existing, dry } => return self.import(ImportKind::Products, &products_csv(rows), *existing, *dry),
            Step::ImportCustomers { rows, existing, dry } => return self.import(ImportKind::Customers, &customers_csv(rows), *existing, *dry),
            Step::ImportOrders { orders, existing, dry } => return self.import(ImportKind::Orders, &orders_csv(orders), *existing, *dry),
            Step::Configure(setting) => self.configure(*setting)?,
            Step::Clock(now) => self.f.clock.set(*now),
            Step::Restart => {
                let session = self.f.desk.session().cloned();
                self.f.desk = self.f.another_desk();
                self.f.desk.resume(session);
            }
            Step::Become(person) => {
                auth::act_as(&mut self.f.desk, PEOPLE[*person].0).unwrap();
            }
        }
        Ok(Told::Done)
    }

    fn configure(&mut self, setting: Setting) -> Result<()> {
        let on_shipment = |on| if on { StockDeduction::Shipment } else { StockDeduction::Order };
        let (key, value) = match setting {
            Setting::DeductOnShipment(on) => (ConfigKey::StockDeduction, on_shipment(on).as_str()),
            Setting::ShipUnpaid(on) => (ConfigKey::AllowShipBeforePayment, if on { "true" } else { "false" }),
            Setting::Credit(check) => (ConfigKey::CreditCheck, CreditCheck::as_str(check)),
            Setting::Zone(zone) => (ConfigKey::TimeZone, zone.name()),
        };
        config::update(&mut self.f.desk, key, value)
    }

    fn import(&mut self, kind: ImportKind, file: &str, existing: Existing, dry_run: bool) -> Result<Told> {
        let options = ImportOptions { file: "文件.csv".into(), existing, dry_run, sheet: None, map: Vec::new() };
        let report = imports::import(&mut self.f.desk, kind, file.as_bytes(), &options, |_, _| true)?;
        // What the file brought has ids by now.
        while let Some(id) = self.numbers(&format!("SELECT id FROM products WHERE sku = 'P{}'", self.products.len())).first() {
            self.products.push(ProductId(*id));
        }
        while let Some(id) = self.numbers(&format!("SELECT id FROM customers WHERE name = '客户 K{}'", self.customers.len())).first() {
            self.customers.push(CustomerId(*id));
        }
        let last = self.orders.last().map_or(0, |order| order.0);
        let new = self.numbers(&format!("SELECT id FROM orders WHERE id > {last} ORDER BY id"));
        self.orders.extend(new.into_iter().map(OrderId));
        Ok(Told::Imported(told(&report)))
    }

    fn numbers(&self, sql: &str) -> Vec<i64> {
        let mut statement = self.file.prepare_cached(sql).unwrap();
        let ids = statement.query_map([], |row| row.get(0)).unwrap();
        ids.collect::<rusqlite::Result<_>>().unwrap()
    }

    /// A line of an order by its place.
    fn item(&self, order: usize, line: usize) -> OrderItemId {
        let order = self.orders[order];
        OrderItemId(self.figure(&format!("SELECT id FROM order_items WHERE order_id = {order} ORDER BY id LIMIT 1 OFFSET {line}")))
    }

    fn new_quote(&self, customer: usize, lines: &[Piece], valid_until: Day) -> NewQuote {
        NewQuote { customer: self.customers[customer], valid_until, lines: self.lines(lines), notes: None }
    }

    fn lines(&self, pieces: &[Piece]) -> Vec<NewLine> {
        let line = |piece: &Piece| NewLine { product: self.products[piece.product], quantity: piece.quantity, unit_price: fen(piece.price) };
        pieces.iter().map(line).collect()
    }

    fn payment(&self, order: usize, amount: i64, day: Day, before: Option<i64>) -> NewPayment {
        let order = self.orders[order];
        NewPayment { order, amount: fen(amount), method: METHOD.into(), day, notes: None, paid_before: before.map(fen) }
    }

    /// The version as it is, or as someone read it before the last save; any of a record that is gone.
    fn version(&self, table: &str, id: i64, stale: bool) -> i64 {
        let stored = self.numbers(&format!("SELECT version FROM {table} WHERE id = {id}"));
        stored.first().copied().unwrap_or(1) - i64::from(stale)
    }

    fn numbered(&self, payment: PaymentId) -> Told {
        Told::Payment { number: self.rows(&format!("SELECT payment_no FROM payments WHERE id = {payment}")).remove(0) }
    }

    fn moved(&mut self, outcome: StockOutcome) -> Told {
        self.movements.push(outcome.movement);
        Told::Stock { before: outcome.before, after: outcome.after, crossed: outcome.crossed_threshold }
    }

    fn figure(&self, sql: &str) -> i64 {
        self.file.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    pub fn rows(&self, sql: &str) -> Vec<String> {
        let mut statement = self.file.prepare_cached(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<rusqlite::Result<_>>().unwrap()
    }
}
