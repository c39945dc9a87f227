//! How long the program's reads and writes take as the data grow: `cargo bench --bench scale`, with `-- --scale 10k`, `100k` (the default) or `1m`.
//!
//! The file of a scale is made once and kept in the temporary folder (`--file PATH` takes another one); `--only WORD` measures the lines with that word. Each line stands beside its goal, and the
//! writes beside the same statements by the bare library. Ends with 1 where a line misses its goal.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use zhanggui::models::choice::MovementType;
use zhanggui::models::customer::{CustomerFilter, CustomerPage, CustomerSort};
use zhanggui::models::list::PageRequest;
use zhanggui::models::order::{NewLine, NewOrder, OrderFilter, OrderPage, OrderSort};
use zhanggui::models::payment::{NewPayment, PaymentFilter, PaymentPage, PaymentSort, ReceivableFilter, ReceivablePage, ReceivableSort};
use zhanggui::models::period::{Span, Unit};
use zhanggui::models::product::{ProductFilter, ProductPage, ProductSort};
use zhanggui::models::statistics::{Grouping, SalesQuery};
use zhanggui::models::stock::{MovementFilter, MovementPage, MovementSort, StockChange};
use zhanggui::models::{CustomerId, Day, Money, ProductId, SystemClock, Zone};
use zhanggui::services::check::{Depth, run_unattended};
use zhanggui::services::demo::{self, DemoSize};
use zhanggui::services::{Desk, Setup, Wait, analytics, auth, customers, orders, payments, products, stock};

type Outcome<T> = Result<T, Box<dyn Error>>;

#[derive(Clone, Copy, PartialEq)]
enum Scale {
    Small,
    Middle,
    Large,
}

impl Scale {
    fn size(self) -> DemoSize {
        match self {
            Scale::Small => DemoSize { customers: 10_000, products: 1_000, orders: 10_000 },
            Scale::Middle => DemoSize { customers: 100_000, products: 10_000, orders: 100_000 },
            Scale::Large => DemoSize { customers: 1_000_000, products: 100_000, orders: 1_000_000 },
        }
    }

    /// A page of a list, and a search.
    fn page_goal(self) -> f64 {
        if self == Scale::Large { 16.0 } else { 8.0 }
    }
}

fn failed(error: zhanggui::models::Error) -> Box<dyn Error> {
    format!("{error:?}").into()
}

fn setup() -> Setup {
    Setup { clock: Arc::new(SystemClock), bcrypt_cost: 4, host: "bench".into(), zone: Zone::SHANGHAI }
}

/// The file of a scale, as it was made today: figures of this month and the last 30 days are to have something in them.
fn file(scale: Scale, today: Day) -> Outcome<PathBuf> {
    let folder = std::env::temp_dir().join("zhanggui-bench");
    std::fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{}-{today}.db", scale.size().orders));
    if !path.exists() {
        let making = folder.join("making.db");
        let _ = std::fs::remove_file(&making);
        let start = Instant::now();
        let mut desk = Desk::create(&making, Wait::Job, setup()).map_err(failed)?;
        demo::create(&mut desk, scale.size(), 1, |_, _| true).map_err(failed)?;
        drop(desk);
        std::fs::rename(&making, &path)?;
        say(&format!("{} orders were made in {:.0} s", scale.size().orders, start.elapsed().as_secs_f64()))?;
    }
    Ok(path)
}

fn say(line: &str) -> Outcome<()> {
    // A benchmark's output is its table.
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

/// The table's lines; whether all goals are met.
struct Table {
    met: bool,
    /// Only lines whose name has this word.
    only: Option<String>,
}

impl Table {
    /// The slowest of some cases, each by its median of five.
    fn slowest<'a>(&mut self, name: &str, goal: f64, cases: impl IntoIterator<Item = (String, Box<dyn FnMut() -> Outcome<()> + 'a>)>) -> Outcome<()> {
        if self.only.as_ref().is_some_and(|only| !name.contains(only.as_str())) {
            return Ok(());
        }
        let mut slowest = (0.0, String::new());
        for (case, mut work) in cases {
            let mut times = Vec::new();
            while times.len() < 5 {
                let start = Instant::now();
                work()?;
                times.push(start.elapsed());
                // What takes long is not measured five times.
                if times[0] > Duration::from_secs(2) {
                    break;
                }
            }
            times.sort();
            let median = times[times.len() / 2].as_secs_f64() * 1000.0;
            if std::env::var_os("ZHANGGUI_BENCH_ALL").is_some() {
                say(&format!("    {case:<60} {median:9.2} ms"))?;
            }
            if median > slowest.0 {
                slowest = (median, case);
            }
        }
        let met = slowest.0 <= goal;
        self.met &= met;
        let verdict = if met { "met" } else { "MISSED" };
        say(&format!("{name:<44} {:9.2} ms  goal {goal:7.0} ms  {verdict:<6}  slowest: {}", slowest.0, slowest.1))
    }
}

/// First, next, last page, the one before it.
fn pages(total: u64) -> Vec<(&'static str, u32)> {
    let last = u32::try_from(total.div_ceil(u64::from(PageRequest::<()>::DEFAULT_SIZE))).unwrap_or(1).max(1);
    vec![("first", 1), ("next", 2), ("last", last), ("before last", last.saturating_sub(1).max(1))]
}

type Case<'a> = (String, Box<dyn FnMut() -> Outcome<()> + 'a>);

/// Cases of one list: every sort both ways × these pages.
fn lists<'a, S: Copy + std::fmt::Debug + 'a>(
    sorts: &[S],
    pages: &[(&'static str, u32)],
    read: impl Fn(PageRequest<S>) -> zhanggui::models::Result<()> + Copy + 'a,
) -> Vec<Case<'a>> {
    let mut cases: Vec<Case<'a>> = Vec::new();
    for &sort in sorts {
        for descending in [false, true] {
            for &(name, page) in pages {
                let request = PageRequest { page, page_size: PageRequest::<S>::DEFAULT_SIZE, sort, descending };
                let case = format!("{sort:?} {} {name}", if descending { "down" } else { "up" });
                cases.push((case, Box::new(move || read(request).map_err(failed))));
            }
        }
    }
    cases
}

const SEARCHES: [(&str, &str); 8] = [
    ("one character", "公"),
    ("two characters", "五金"),
    ("four characters", "有限公司"),
    ("three digits", "138"),
    ("initials", "hz"),
    ("pinyin", "hangzhou"),
    ("two words", "杭州 有限"),
    ("no hit", "狮虎豹"),
];

fn reads(desk: &Desk, scale: Scale, today: Day, table: &mut Table) -> Outcome<()> {
    let goal = scale.page_goal();
    let size = scale.size();
    let customer_sorts = [
        CustomerSort::Created,
        CustomerSort::Name,
        CustomerSort::Level,
        CustomerSort::LastFollowup,
        CustomerSort::LastOrder,
        CustomerSort::Outstanding,
    ];
    let product_sorts = [
        ProductSort::Sku,
        ProductSort::Name,
        ProductSort::Category,
        ProductSort::Fill,
        ProductSort::Stock,
        ProductSort::Threshold,
        ProductSort::Price,
    ];
    let order_sorts = [OrderSort::Day, OrderSort::Number, OrderSort::Customer, OrderSort::Total, OrderSort::Outstanding];
    let all_customers = |page: CustomerPage| customers::list(desk, &CustomerFilter::default(), &page).map(drop);
    let all_products = |page: ProductPage| products::list(desk, &ProductFilter::default(), &page).map(drop);
    let all_orders = |page: OrderPage| {
        orders::sums(desk, &OrderFilter::default())?;
        orders::list(desk, &OrderFilter::default(), &page).map(drop)
    };
    table.slowest("customers, a page", goal, lists(&customer_sorts, &pages(size.customers as u64), all_customers))?;
    table.slowest("products, a page", goal, lists(&product_sorts, &pages(size.products as u64), all_products))?;
    table.slowest("orders with counts and sums, a page", goal, lists(&order_sorts, &pages(size.orders), all_orders))?;
    let middle = |total: u64| [("middle", u32::try_from(total / 40).unwrap_or(1).max(1))];
    table.slowest("customers, a jump to the middle", 35.0, lists(&customer_sorts, &middle(size.customers as u64), all_customers))?;
    table.slowest("products, a jump to the middle", 35.0, lists(&product_sorts, &middle(size.products as u64), all_products))?;
    table.slowest("orders, a jump to the middle", 35.0, lists(&order_sorts, &middle(size.orders), all_orders))?;
    let payments_read = |page: PaymentPage| payments::list(desk, &PaymentFilter::default(), &page).map(drop);
    table.slowest("payments, a page", goal, lists(&[PaymentSort::Time], &[("first", 1), ("next", 2)], payments_read))?;
    let owed = |page: ReceivablePage| payments::receivables(desk, &ReceivableFilter::default(), &page).map(drop);
    table.slowest("receivables, a page", goal, lists(&[ReceivableSort::Outstanding], &[("first", 1), ("next", 2)], owed))?;
    let moved = |page: MovementPage| stock::movements(desk, &MovementFilter::default(), &page).map(drop);
    table.slowest("movements, a page", goal, lists(&[MovementSort::Time], &[("first", 1), ("next", 2)], moved))?;

    let mut searches: Vec<Case<'_>> = Vec::new();
    for (name, words) in SEARCHES {
        for sort in customer_sorts {
            let filter = CustomerFilter { search: words.into(), ..Default::default() };
            let page = CustomerPage::first(sort, true);
            searches.push((format!("customers {sort:?} {name}"), Box::new(move || customers::list(desk, &filter, &page).map(drop).map_err(failed))));
        }
        for sort in product_sorts {
            let filter = ProductFilter { search: words.into(), ..Default::default() };
            let page = ProductPage::first(sort, true);
            searches.push((format!("products {sort:?} {name}"), Box::new(move || products::list(desk, &filter, &page).map(drop).map_err(failed))));
        }
        for sort in order_sorts {
            let filter = OrderFilter { search: words.into(), ..Default::default() };
            let page = OrderPage::first(sort, true);
            searches.push((format!("orders {sort:?} {name}"), Box::new(move || orders::list(desk, &filter, &page).map(drop).map_err(failed))));
        }
    }
    table.slowest("searches, any sort", goal, searches)?;

    let dashboard: Case<'_> = ("all of it".into(), Box::new(|| analytics::dashboard(desk).map(drop).map_err(failed)));
    table.slowest("dashboard", 30.0, [dashboard])?;
    let year = Span::Custom(zhanggui::models::period::Period { from: today.plus_days(-364), to: today });
    let query = |grouping| SalesQuery { period: year.period(today), before: year.before(today), grouping };
    let statistics = |groupings: &[Grouping]| -> Vec<Case<'_>> {
        let case = |&grouping: &Grouping| -> Case<'_> {
            (format!("by {grouping:?}"), Box::new(move || analytics::sales(desk, &query(grouping)).map(drop).map_err(failed)))
        };
        groupings.iter().map(case).collect()
    };
    table.slowest("statistics, 12 months", 50.0, statistics(&[Grouping::Month, Grouping::Person, Grouping::Product]))?;
    table.slowest("statistics, 12 months, other groups", 300.0, statistics(&[Grouping::Day, Grouping::Category, Grouping::Customer]))?;
    let month = Span::Calendar(Unit::NinetyDays, 0).period(today);
    let turnover: Case<'_> = ("90 days".into(), Box::new(move || analytics::turnover(desk, month).map(drop).map_err(failed)));
    table.slowest("stock turnover", 300.0, [turnover])?;
    Ok(())
}

/// Durable writes a second, in so many rounds.
fn per_second(rounds: u32, mut work: impl FnMut(u32) -> Outcome<()>) -> Outcome<f64> {
    let start = Instant::now();
    (0..rounds).try_for_each(&mut work)?;
    Ok(f64::from(rounds) / start.elapsed().as_secs_f64())
}

/// The statements of an order of three lines, of a payment and of a movement, with nothing around them.
struct Bare(rusqlite::Connection);

impl Bare {
    fn open(path: &Path) -> Outcome<Bare> {
        let connection = rusqlite::Connection::open(path)?;
        connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;")?;
        Ok(Bare(connection))
    }

    fn write(&mut self, statements: &[String]) -> Outcome<()> {
        let tx = self.0.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for sql in statements {
            tx.prepare_cached(sql)?.execute([])?;
        }
        Ok(tx.commit()?)
    }
}

const ROUNDS: u32 = 300;

fn writes(desk: &mut Desk, path: &Path, today: Day, table: &mut Table) -> Outcome<()> {
    let price = Money::from_fen(1_250).ok_or("no price")?;
    for product in 1..=9 {
        let change = StockChange { product: ProductId(product), kind: MovementType::In, quantity: 900_000, notes: None };
        stock::update(desk, &change).map_err(failed)?;
    }
    let mut made = Vec::new();
    let order = per_second(ROUNDS, |at| {
        let line = |n: u32| NewLine { product: ProductId(i64::from((at + n) % 9 + 1)), quantity: 2, unit_price: price };
        let new = NewOrder {
            customer: CustomerId(i64::from(at % 900 + 1)),
            quote: None,
            order_day: today,
            lines: vec![line(0), line(1), line(2)],
            notes: None,
        };
        made.push(orders::create(desk, &new).map_err(failed)?.id);
        Ok(())
    })?;
    let payment = per_second(ROUNDS, |at| {
        let order = made[at as usize];
        let new = NewPayment {
            order,
            amount: Money::from_fen(7_500).ok_or("no amount")?,
            method: "现金".into(),
            day: today,
            notes: None,
            paid_before: None,
        };
        payments::create(desk, &new).map(drop).map_err(failed)
    })?;
    let movement = per_second(ROUNDS, |at| {
        let change = StockChange { product: ProductId(i64::from(at % 9 + 1)), kind: MovementType::In, quantity: 1, notes: None };
        stock::update(desk, &change).map(drop).map_err(failed)
    })?;
    let mut bare = Bare::open(path)?;
    let log = "INSERT INTO preferences_of_bench VALUES (NULL, 'x')";
    bare.0.execute_batch("CREATE TABLE IF NOT EXISTS preferences_of_bench (id INTEGER PRIMARY KEY, text TEXT) STRICT")?;
    let floor = per_second(ROUNDS, |at| {
        let mut statements = vec![format!(
            "INSERT INTO orders (order_no, customer_id, total_amount, status, order_date, order_day, stock_state, created_by)
             VALUES ('bench-{at}', {}, 75.0, 'pending_payment', '{today} 02:00:00', '{today}', 'reserved', 1)",
            at % 900 + 1
        )];
        for n in 0..3 {
            let product = (at + n) % 9 + 1;
            statements.push(format!(
                "INSERT INTO order_items (order_id, product_id, quantity, unit_price, subtotal, cost_price)
                 VALUES ((SELECT MAX(id) FROM orders), {product}, 2, 12.5, 25.0, 8.0)"
            ));
            statements.push(format!("UPDATE products SET reserved_quantity = reserved_quantity + 2 WHERE id = {product}"));
        }
        statements.push(format!("UPDATE customers SET outstanding = ROUND(outstanding * 100 + 7500) / 100.0 WHERE id = {}", at % 900 + 1));
        statements.push(log.to_owned());
        bare.write(&statements)
    })?;
    for (name, ours, floor) in [("order of 3 lines", order, floor), ("payment", payment, floor), ("stock in", movement, floor)] {
        let share = ours / floor * 100.0;
        let met = share >= 60.0;
        table.met &= met;
        let verdict = if met { "met" } else { "MISSED" };
        say(&format!("{name:<44} {ours:7.0} a second; a bare order {floor:7.0}; {share:4.0} % (goal 60)  {verdict}"))?;
    }
    Ok(())
}

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().collect();
    let after = |name: &str| words.iter().position(|word| word == name).and_then(|at| words.get(at + 1));
    let scale = match after("--scale").map(String::as_str) {
        Some("10k") => Scale::Small,
        Some("1m") => Scale::Large,
        _ => Scale::Middle,
    };
    let clock = SystemClock;
    let today = zhanggui::models::Clock::now(&clock).day(Zone::SHANGHAI);
    let kept = match after("--file") {
        Some(path) => PathBuf::from(path),
        None => file(scale, today)?,
    };
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("crm_erp.db");
    std::fs::copy(&kept, &path)?;
    let mut desk = Desk::open(&path, Wait::Window, setup()).map_err(failed)?;
    auth::act_as(&mut desk, "admin").map_err(failed)?;
    let mut table = Table { met: true, only: after("--only").cloned() };
    reads(&desk, scale, today, &mut table)?;
    for (depth, goal) in [(Depth::Quick, 15_000.0), (Depth::Full, 90_000.0)] {
        let desk = &desk;
        let case: Case<'_> = (format!("{depth:?}"), Box::new(move || run_unattended(desk, depth, |_, _| true).map(drop).map_err(failed)));
        table.slowest("check", goal, [case])?;
    }
    if table.only.is_none() {
        writes(&mut desk, &path, today, &mut table)?;
    }
    if table.met { Ok(()) } else { Err("a goal was missed".into()) }
}
