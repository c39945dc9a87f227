//! How long the program's reads and writes take as the data grow: `cargo bench --bench scale`, with `-- --scale 10k`, `100k` (the default) or `1m`.
//!
//! Each line stands beside its goal, and the writes beside the same statements by the bare library. Ends with 1 where a line misses its goal.

mod bare;
mod scaled;
mod table;

use std::path::Path;
use std::time::{Duration, Instant};

use zhanggui::models::choice::MovementType;
use zhanggui::models::customer::{CustomerFilter, CustomerPage, CustomerSort};
use zhanggui::models::list::PageRequest;
use zhanggui::models::order::{NewLine, NewOrder, OrderFilter, OrderPage, OrderSort, ShipConfirmation};
use zhanggui::models::payment::{NewPayment, PaymentFilter, PaymentPage, PaymentSort, ReceivableFilter, ReceivablePage, ReceivableSort};
use zhanggui::models::period::{Period, Span, Unit};
use zhanggui::models::product::{ProductFilter, ProductPage, ProductSort};
use zhanggui::models::statistics::{Grouping, SalesQuery};
use zhanggui::models::stock::{MovementFilter, MovementPage, MovementSort, StockChange};
use zhanggui::models::{CustomerId, Day, Money, ProductId};
use zhanggui::services::check::{Depth, run_unattended};
use zhanggui::services::{Desk, Wait, analytics, customers, orders, payments, products, stock};

use bare::Bare;
use scaled::{Scale, failed};
use table::{Goal, Outcome, Table, say};

impl Scale {
    /// A page of a list, and a search.
    fn page_goal(self) -> f64 {
        if self == Scale::Large { 16.0 } else { 8.0 }
    }
}

/// Prints the slowest of some cases, each by its median of five.
fn slowest<'a>(table: &mut Table, name: &str, goal: f64, cases: impl IntoIterator<Item = Case<'a>>) -> Outcome<()> {
    if !table.wants(name) {
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
    table.line(name, slowest.0, "ms", Goal::AtMost(goal), &format!("slowest: {}", slowest.1))
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

/// `own`: the file with a person signed in who sees only his own orders.
fn reads(desk: &Desk, own: &Desk, scale: Scale, today: Day, table: &mut Table) -> Outcome<()> {
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
    slowest(table, "customers, a page", goal, lists(&customer_sorts, &pages(size.customers as u64), all_customers))?;
    slowest(table, "products, a page", goal, lists(&product_sorts, &pages(size.products as u64), all_products))?;
    slowest(table, "orders with counts and sums, a page", goal, lists(&order_sorts, &pages(size.orders), all_orders))?;
    let middle = |total: u64| [("middle", u32::try_from(total / 40).unwrap_or(1).max(1))];
    slowest(table, "customers, a jump to the middle", 35.0, lists(&customer_sorts, &middle(size.customers as u64), all_customers))?;
    slowest(table, "products, a jump to the middle", 35.0, lists(&product_sorts, &middle(size.products as u64), all_products))?;
    slowest(table, "orders, a jump to the middle", 35.0, lists(&order_sorts, &middle(size.orders), all_orders))?;
    let payments_read = |page: PaymentPage| payments::list(desk, &PaymentFilter::default(), &page).map(drop);
    slowest(table, "payments, a page", goal, lists(&[PaymentSort::Time], &[("first", 1), ("next", 2)], payments_read))?;
    let owed = |page: ReceivablePage| payments::receivables(desk, &ReceivableFilter::default(), &page).map(drop);
    slowest(table, "receivables, a page", goal, lists(&[ReceivableSort::Outstanding], &[("first", 1), ("next", 2)], owed))?;
    let moved = |page: MovementPage| stock::movements(desk, &MovementFilter::default(), &page).map(drop);
    slowest(table, "movements, a page", goal, lists(&[MovementSort::Time], &[("first", 1), ("next", 2)], moved))?;

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
    slowest(table, "searches, any sort", goal, searches)?;

    let dashboard: Case<'_> = ("all of it".into(), Box::new(|| analytics::dashboard(desk).map(drop).map_err(failed)));
    slowest(table, "dashboard", 30.0, [dashboard])?;
    // Twelve months, this one the last.
    let year = Span::Custom(Period { from: Period::month_of(today.month_start().plus_days(-330)).from, to: today });
    let query = |grouping| SalesQuery { period: year.period(today), before: year.before(today), grouping };
    let statistics = |desk, groupings: &[Grouping]| -> Vec<Case<'_>> {
        let case = |&grouping: &Grouping| -> Case<'_> {
            (format!("by {grouping:?}"), Box::new(move || analytics::sales(desk, &query(grouping)).map(drop).map_err(failed)))
        };
        groupings.iter().map(case).collect()
    };
    for (whose, desk, goal) in [("", desk, 50.0), (", own", own, 300.0)] {
        slowest(table, &format!("statistics, 12 months{whose}"), goal, statistics(desk, &[Grouping::Month, Grouping::Person]))?;
        slowest(table, &format!("statistics, 12 months{whose}, by product"), goal, statistics(desk, &[Grouping::Product]))?;
    }
    slowest(table, "statistics, 12 months, other groups", 300.0, statistics(desk, &[Grouping::Day, Grouping::Category, Grouping::Customer]))?;
    let month = Span::Calendar(Unit::NinetyDays, 0).period(today);
    let turnover: Case<'_> = ("90 days".into(), Box::new(move || analytics::turnover(desk, month).map(drop).map_err(failed)));
    slowest(table, "stock turnover", 300.0, [turnover])?;
    Ok(())
}

/// Durable writes a second, in so many rounds.
fn per_second(rounds: u32, mut work: impl FnMut(u32) -> Outcome<()>) -> Outcome<f64> {
    let start = Instant::now();
    (0..rounds).try_for_each(&mut work)?;
    Ok(f64::from(rounds) / start.elapsed().as_secs_f64())
}

const ROUNDS: u32 = 300;

fn writes(desk: &mut Desk, path: &Path, today: Day, table: &mut Table) -> Outcome<()> {
    let price = Money::from_fen(1_250).ok_or("no price")?;
    for product in 1..=9 {
        let change = StockChange { product: ProductId(product), kind: MovementType::In, quantity: 900_000, notes: None };
        stock::update(desk, &change).map_err(failed)?;
    }
    let mut create = |at: u32| {
        let line = |n: u32| NewLine { product: ProductId(i64::from((at + n) % 9 + 1)), quantity: 2, unit_price: price };
        let new = NewOrder {
            customer: CustomerId(i64::from(at % 900 + 1)),
            quote: None,
            order_day: today,
            lines: vec![line(0), line(1), line(2)],
            notes: None,
        };
        Ok::<_, Box<dyn std::error::Error>>(orders::create(desk, &new).map_err(failed)?.id)
    };
    // The first ones find a file that was just copied, and that nobody has read yet.
    (0..ROUNDS).try_for_each(|at| create(at).map(drop))?;
    let mut made = Vec::new();
    let order = per_second(ROUNDS, |at| {
        made.push(create(at)?);
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
    let shipped = per_second(ROUNDS, |at| {
        let confirmed = ShipConfirmation { unpaid: Some(Money::ZERO), version: None };
        orders::ship(desk, made[at as usize], confirmed).map(drop).map_err(failed)
    })?;
    let mut bare = Bare::open(path, today)?;
    let first = bare.last_order()? + 1;
    let floors = [
        per_second(ROUNDS, |at| bare.order(i64::from(at)))?,
        per_second(ROUNDS, |at| bare.payment(first + i64::from(at), i64::from(at)))?,
        per_second(ROUNDS, |at| bare.stock_in(i64::from(at % 9 + 1)))?,
        per_second(ROUNDS, |at| bare.ship(first + i64::from(at)))?,
    ];
    let ours = [("order of 3 lines", order), ("payment", payment), ("stock in", movement), ("ship", shipped)];
    for ((name, ours), floor) in ours.into_iter().zip(floors) {
        table.line(
            name,
            ours / floor * 100.0,
            "%",
            Goal::AtLeast(60.0),
            &format!("of the same statements bare: {ours:.0} of {floor:.0} a second"),
        )?;
    }
    Ok(())
}

fn main() -> Outcome<()> {
    let scale = Scale::asked();
    let today = scaled::today();
    let folder = tempfile::tempdir()?;
    let path = scaled::copy(scale, folder.path())?;
    let mut desk = scaled::desk(&path, "admin")?;
    let own = scaled::desk(&path, "sales")?;
    let mut table = Table::new(scale.name());
    reads(&desk, &own, scale, today, &mut table)?;
    drop(own);
    // As the job has the file open.
    let job = Desk::open(&path, Wait::Job, desk.setup().clone()).map_err(failed)?;
    for (name, depth, goal) in [("check, quick", Depth::Quick, 15_000.0), ("check, full", Depth::Full, 90_000.0)] {
        let desk = &job;
        let case: Case<'_> = (format!("{depth:?}"), Box::new(move || run_unattended(desk, depth, |_, _| true).map(drop).map_err(failed)));
        slowest(&mut table, name, goal, [case])?;
    }
    if table.wants("writes") {
        writes(&mut desk, &path, today, &mut table)?;
    }
    table.end()
}
