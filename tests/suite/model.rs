//! R5: random sequences of commands, clock jumps and restarts included, against a model in memory. After each one the answer is the model's, refusal
//! and figures included, and so is every figure in the file; after each sequence `check` holds.

#![expect(clippy::print_stdout, reason = "the test says what it did")]

mod counts;
mod sales;
mod shop;
mod steps;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRng, TestRunner};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};
use zhanggui::database::Wait;
use zhanggui::models::choice::{CreditCheck, StockDeduction};
use zhanggui::models::config::ConfigKey;
use zhanggui::models::customer::CustomerInput;
use zhanggui::models::order::{CancelConfirmation, NewLine, NewOrder, OrderEdit, ShipConfirmation};
use zhanggui::models::payment::NewPayment;
use zhanggui::models::product::ProductInput;
use zhanggui::models::returns::{NewReturn, ReturnLine};
use zhanggui::models::stock::{StockChange, StockOutcome};
use zhanggui::models::stocktake::{Count, NewStocktake, StocktakeScope};
use zhanggui::models::*;
use zhanggui::services::{Desk, auth, config, customers, orders, payments, products, returns, stock, stocktakes};

use self::shop::{PEOPLE, Shop, Told};
use self::steps::{Piece, Setting, Step};
use crate::fixture::{Fixture, NOW, fen, setup};
use crate::scale::{is_long, scaled};

/// Pieces on the shelves of the prepared file.
const STOCK: [i64; 4] = [60, 25, 8, 0];
/// Owner and credit limit in fen of its customers.
const CUSTOMERS: [(Option<usize>, Option<i64>); 4] = [(None, None), (Some(2), Some(3000)), (Some(3), Some(500)), (Some(2), None)];
const METHOD: &str = "现金";

#[test]
fn any_sequence_of_commands_does_what_the_model_says() {
    let (cases, length) = scaled((256, 30), (2000, 50));
    let settings = Config { cases, failure_persistence: None, max_shrink_iters: 2000, max_local_rejects: 1_000_000, ..Config::default() };
    // The plain run is the same each time; the long one looks further.
    let same = || TestRunner::new_with_rng(settings.clone(), TestRng::deterministic_rng(settings.rng_algorithm));
    let mut runner = if is_long() { TestRunner::new(settings.clone()) } else { same() };
    let outcome = runner.run(&Shop::sequential_strategy(length), |(shop, steps, seen)| {
        Program::test_sequential(settings.clone(), shop, steps, seen);
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    SAID.with_borrow(|said| {
        for ((step, answer), count) in said {
            println!("{step} {answer} {count}");
        }
        for kind in [
            "Order",
            "Change",
            "Pay",
            "Refund",
            "Cancel",
            "Ship",
            "Complete",
            "Return",
            "Stock",
            "Reverse",
            "Count",
            "Post",
            "RemoveProduct",
            "HandOver",
        ] {
            let of_kind = said.iter().filter(|((step, _), _)| step == kind);
            let done: usize = of_kind.clone().filter(|((_, answer), _)| answer == "done").map(|(_, count)| count).sum();
            let refused: usize = of_kind.filter(|((_, answer), _)| answer != "done").map(|(_, count)| count).sum();
            assert!(done >= 10 && refused >= 5, "{kind} done {done} times, refused {refused}: the test would say little of it");
        }
        for refusal in [
            "Shortage",
            "Overpaid",
            "RefundTooLarge",
            "OverCreditLimit",
            "UnpaidShipment",
            "LinesFixed",
            "Denied",
            "NotFound",
            "Conflict",
            "StockMoved",
            "CountedMeanwhile",
        ] {
            assert!(said.keys().any(|(_, answer)| answer == refusal), "nothing was refused as {refusal}");
        }
    });
}

thread_local! {
    /// How often which kind of step was answered how.
    static SAID: RefCell<BTreeMap<(String, String), usize>> = const { RefCell::new(BTreeMap::new()) };
}

fn count(step: &Step, said: &Result<Told>) {
    let word = |text: String| text.split([' ', '(', '{']).next().unwrap_or_default().to_owned();
    let answer = match said {
        Ok(_) => "done".to_owned(),
        Err(Error::Refused(refusal)) => word(format!("{refusal:?}")),
        Err(error) => word(format!("{error:?}")),
    };
    SAID.with_borrow_mut(|said| *said.entry((word(format!("{step:?}")), answer)).or_default() += 1);
}

impl ReferenceStateMachine for Shop {
    type State = Shop;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Shop> {
        let settings = (any::<bool>(), any::<bool>(), select(CreditCheck::ALL));
        settings.prop_map(|settings| Shop::prepared(&STOCK, &CUSTOMERS, settings)).boxed()
    }

    fn transitions(shop: &Shop) -> BoxedStrategy<Step> {
        steps::next(shop)
    }

    fn preconditions(shop: &Shop, step: &Step) -> bool {
        step.is_possible(shop)
    }

    fn apply(shop: Shop, step: &Step) -> Shop {
        shop.after(step)
    }
}

/// The program on a file of its own, with the ids of what the model names by its place.
struct Program {
    f: Fixture,
    file: rusqlite::Connection,
    people: Vec<UserId>,
    products: Vec<ProductId>,
    customers: Vec<CustomerId>,
    orders: Vec<OrderId>,
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
        count(&step, &said);
        program.taken.push(step);
        assert_eq!(said, shop.said, "by the last of {:?}", program.taken);
        program
    }

    fn check_invariants(program: &Program, shop: &Shop) {
        assert_eq!(program.figures(), figures(shop), "after {:?}", program.taken);
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
    if let Error::Conflict { entity, .. } = error { shop::conflict(entity) } else { error }
}

/// A file with people, products and customers: made once, copied for each sequence.
static PREPARED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut f = Fixture::new();
    let mut people = vec![UserId(1)];
    people.extend(PEOPLE[1..].iter().map(|&(name, role)| f.user(name, role)));
    for (at, stock) in STOCK.into_iter().enumerate() {
        f.product(&format!("P{at}"), 100, stock);
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
            sheets: Vec::new(),
            taken: Vec::new(),
            movements: ids(STOCK.iter().filter(|stock| **stock > 0).count()).map(MovementId).collect(),
            f,
        }
    }

    fn take(&mut self, step: &Step) -> Result<Told> {
        match step {
            Step::Order { customer, lines, day } => {
                let lines = self.lines(lines);
                let new = NewOrder { customer: self.customers[*customer], quote: None, order_day: *day, lines, notes: None };
                let created = orders::create(&mut self.f.desk, &new)?;
                self.orders.push(created.id);
                return Ok(Told::Order { number: created.order_no, over: created.over_limit });
            }
            Step::Change { order, stale, lines } => {
                let edit = OrderEdit { lines: Some(self.lines(lines)), notes: None };
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
            Step::Return { order, line, pieces, returnable, refund } => {
                let order = self.orders[*order];
                let sql = format!("SELECT id FROM order_items WHERE order_id = {order} ORDER BY id LIMIT 1 OFFSET {line}");
                let line = ReturnLine { item: OrderItemId(self.figure(&sql)), quantity: *pieces, returnable: *returnable };
                let new = NewReturn { order, lines: vec![line], method: Some(METHOD.into()), notes: None, refund: fen(*refund) };
                let created = returns::create(&mut self.f.desk, &new)?;
                return Ok(Told::Return { number: created.return_no, refunded: created.refunded });
            }
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
                let at = self.products.len();
                let input = ProductInput { sku: format!("P{at}"), name: shop::name(at), unit: shop::UNIT.into(), ..Default::default() };
                self.products.push(products::create(&mut self.f.desk, &input)?);
            }
            Step::RemoveProduct { product } => return products::delete(&mut self.f.desk, self.products[*product]).map(Told::Removed),
            Step::NewCustomer { owner, limit } => {
                let input = customer(self.customers.len(), owner.map(|owner| self.people[owner]), *limit);
                self.customers.push(customers::create(&mut self.f.desk, &input)?);
            }
            Step::RemoveCustomer { customer } => return customers::delete(&mut self.f.desk, self.customers[*customer]).map(Told::Removed),
            Step::HandOver { customer, owner } => {
                let owner = owner.map(|owner| self.people[owner]);
                return customers::assign(&mut self.f.desk, &[self.customers[*customer]], owner).map(Told::HandedOver);
            }
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

    fn lines(&self, pieces: &[Piece]) -> Vec<NewLine> {
        let line = |piece: &Piece| NewLine { product: self.products[piece.product], quantity: piece.quantity, unit_price: fen(piece.price) };
        pieces.iter().map(line).collect()
    }

    fn payment(&self, order: usize, amount: i64, day: Day, before: Option<i64>) -> NewPayment {
        let order = self.orders[order];
        NewPayment { order, amount: fen(amount), method: METHOD.into(), day, notes: None, paid_before: before.map(fen) }
    }

    /// The version as it is, or as someone read it before the last save.
    fn version(&self, table: &str, id: i64, stale: bool) -> i64 {
        self.figure(&format!("SELECT version FROM {table} WHERE id = {id}")) - i64::from(stale)
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

    fn rows(&self, sql: &str) -> Vec<String> {
        let mut statement = self.file.prepare_cached(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<rusqlite::Result<_>>().unwrap()
    }

    /// What stands in the file, in the words of [`figures`].
    fn figures(&self) -> Vec<String> {
        self.rows(
            "SELECT text FROM (
                 SELECT 1 AS part, 0 AS head, id, printf('%s %d reserved %d %s', sku, stock_quantity, reserved_quantity, status) AS text FROM products
                 UNION ALL
                 SELECT 2, 0, c.id, printf('%s of %s owes %d %s %s', name, COALESCE(u.username, '-'), CAST(ROUND(outstanding * 100) AS INTEGER),
                     COALESCE(last_order_at, '-'), c.status) FROM customers c LEFT JOIN users u ON u.id = c.assigned_to
                 UNION ALL
                 SELECT 3, 0, o.id, printf('%s %s of %s total %d paid %d returned %d %s %s %s', order_no, order_day, c.name,
                     CAST(ROUND(total_amount * 100) AS INTEGER), CAST(ROUND(paid_amount * 100) AS INTEGER),
                     CAST(ROUND(returned_amount * 100) AS INTEGER), o.status, stock_state, order_date) FROM orders o JOIN customers c ON c.id = o.customer_id
                 UNION ALL
                 SELECT 4, i.order_id, i.id, printf('%s %d × %d back %d', p.sku, i.quantity, CAST(ROUND(i.unit_price * 100) AS INTEGER), i.returned_quantity)
                     FROM order_items i JOIN products p ON p.id = i.product_id
                 UNION ALL
                 SELECT 5, 0, id, printf('%s %s', stocktake_no, status) FROM stocktakes
                 UNION ALL
                 SELECT 6, l.stocktake_id, l.id, printf('%s counted %s of %s', p.sku, COALESCE(l.counted_quantity, '-'), COALESCE(l.base_quantity, '-'))
                     FROM stocktake_lines l JOIN products p ON p.id = l.product_id)
             ORDER BY part, head, id",
        )
    }
}

/// The figures of every record as the model has them.
fn figures(shop: &Shop) -> Vec<String> {
    let mut figures = Vec::new();
    for (at, product) in shop.products.iter().enumerate().filter(|(_, product)| !product.gone) {
        figures.push(format!("P{at} {} reserved {} {}", product.stock, shop.reserved(at), shop::status(product.active)));
    }
    for (at, customer) in shop.customers.iter().enumerate().filter(|(_, customer)| !customer.gone) {
        let owner = customer.owner.map_or("-", |owner| PEOPLE[owner].0);
        let last = shop.last_order(at).map_or("-".to_owned(), |at| at.to_string());
        figures.push(format!("客户 K{at} of {owner} owes {} {last} {}", shop.outstanding(at), shop::status(customer.active)));
    }
    for order in &shop.orders {
        let (total, returned) = (order.total(), order.returned());
        let states = format!("{} {} {}", order.status.as_str(), order.stock.as_str(), order.date);
        let head = format!("{} {} of 客户 K{}", order.number, order.day, order.customer);
        figures.push(format!("{head} total {total} paid {} returned {returned} {states}", order.paid));
    }
    for line in shop.orders.iter().flat_map(|order| &order.lines) {
        figures.push(format!("P{} {} × {} back {}", line.product, line.quantity, line.price, line.returned));
    }
    figures.extend(shop.sheets.iter().map(|sheet| format!("{} {}", sheet.number, sheet.status.as_str())));
    for line in shop.sheets.iter().flat_map(|sheet| &sheet.lines) {
        let (counted, base) = line.count.map_or(("-".to_owned(), "-".to_owned()), |(counted, base)| (counted.to_string(), base.to_string()));
        figures.push(format!("P{} counted {counted} of {base}", line.product));
    }
    figures
}
