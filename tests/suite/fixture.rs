//! A data file for one test: fixed clock, quick hashes, a company with one person per role. When it goes, `check` must hold.

use std::sync::{Arc, LazyLock};

use zhanggui::database::Wait;
use zhanggui::models::choice::{CustomerLevel, MovementType, QuoteStatus, Role};
use zhanggui::models::config::ConfigKey;
use zhanggui::models::customer::CustomerInput;
use zhanggui::models::followup::FollowupInput;
use zhanggui::models::order::{NewLine, NewOrder};
use zhanggui::models::payment::NewPayment;
use zhanggui::models::product::ProductInput;
use zhanggui::models::quote::NewQuote;
use zhanggui::models::session::Session;
use zhanggui::models::stock::StockChange;
use zhanggui::models::user::FirstRun;
use zhanggui::models::*;
use zhanggui::services::check::{Depth, run_unattended};
use zhanggui::services::{Desk, Setup, auth, config, customers, orders, payments, products, quotes, stock};

/// Friday, 2026-01-30, 10:00 in Shanghai.
pub const NOW: &str = "2026-01-30 02:00:00";
pub const PASSWORD: &str = "correct horse";

pub struct Fixture {
    pub folder: tempfile::TempDir,
    pub clock: Arc<FixedClock>,
    pub desk: Desk,
    /// Tests that break the file on purpose switch the last check off.
    pub expect_good: bool,
}

impl Fixture {
    /// A fresh file with its administrator `admin` signed in.
    pub fn new() -> Fixture {
        Fixture::new_in(tempfile::tempdir().unwrap())
    }

    /// As [`Fixture::new`], in this folder.
    pub fn new_in(folder: tempfile::TempDir) -> Fixture {
        let clock = Arc::new(FixedClock::new(Timestamp::parse(NOW).unwrap()));
        let mut desk = Desk::create(&folder.path().join("crm_erp.db"), Wait::Job, setup(&clock)).unwrap();
        let new = FirstRun {
            company: "恒达五金办公批发".into(), username: "admin".into(), full_name: "陈志远".into(), password: PASSWORD.into()
        };
        auth::first_run(&mut desk, &new).unwrap();
        confirmed(&mut desk);
        Fixture { folder, clock, desk, expect_good: true }
    }

    /// Closes the file, so that nobody has it open; the folder stays.
    pub fn close(mut self) -> tempfile::TempDir {
        self.expect_good = false;
        std::mem::replace(&mut self.folder, tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("crm_erp.db")
    }

    /// Another desk on the same file, nobody signed in.
    pub fn another_desk(&self) -> Desk {
        Desk::open(&self.path(), Wait::Job, setup(&self.clock)).unwrap()
    }

    pub fn set_time(&self, at: &str) {
        self.clock.set(Timestamp::parse(at).unwrap());
    }

    /// SQL on the file behind the services' back.
    pub fn sql(&self, sql: &str) -> rusqlite::Result<usize> {
        rusqlite::Connection::open(self.path()).unwrap().execute(sql, [])
    }

    /// One figure from the file.
    pub fn figure(&self, sql: &str) -> i64 {
        rusqlite::Connection::open(self.path()).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    pub fn text(&self, sql: &str) -> String {
        rusqlite::Connection::open(self.path()).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// A further active user with [`PASSWORD`].
    pub fn user(&self, username: &str, role: Role) -> UserId {
        static HASH: LazyLock<String> = LazyLock::new(|| bcrypt::hash(PASSWORD, 4).unwrap());
        let connection = rusqlite::Connection::open(self.path()).unwrap();
        let sql = "INSERT INTO users (username, password_hash, full_name, role) VALUES (?1, ?2, ?3, ?4) RETURNING id";
        let values = rusqlite::params![username, *HASH, format!("同事 {username}"), role.as_str()];
        UserId(connection.query_row(sql, values, |row| row.get(0)).unwrap())
    }

    /// A desk of a person of this role, whose name is the role's; he is created where there is none yet.
    pub fn as_role(&self, role: Role) -> Desk {
        if self.figure(&format!("SELECT COUNT(*) FROM users WHERE username = '{}'", role.as_str())) == 0 {
            self.user(role.as_str(), role);
        }
        self.signed_in(role.as_str())
    }

    /// A desk of this user.
    pub fn signed_in(&self, username: &str) -> Desk {
        let mut desk = self.another_desk();
        auth::act_as(&mut desk, username).unwrap();
        confirmed(&mut desk);
        desk
    }

    /// Every row of every table that a command could have changed: all but the log with its head and the search index,
    /// each row with its table's name.
    pub fn state(&self) -> Vec<String> {
        assert!(tables(&rusqlite::Connection::open(self.path()).unwrap()).iter().any(|table| table == "order_return_items"));
        state(&self.path())
    }

    /// How many rows the log has.
    pub fn logged(&self) -> i64 {
        self.figure("SELECT COUNT(*) FROM system_logs")
    }

    /// Sets a configuration value.
    pub fn configure(&mut self, key: ConfigKey, value: &str) {
        config::update(&mut self.desk, key, value).unwrap();
    }

    pub fn customer(&mut self, name: &str) -> CustomerId {
        let input = CustomerInput { name: name.into(), level: CustomerLevel::Vip, ..Default::default() };
        customers::create(&mut self.desk, &input).unwrap()
    }

    /// A product with a price in fen and so many pieces in stock.
    pub fn product(&mut self, sku: &str, fen: i64, stock: i64) -> ProductId {
        let price = Money::from_fen(fen).unwrap();
        let input =
            ProductInput { sku: sku.into(), name: format!("产品 {sku}"), unit: "盒".into(), price, cost_price: Some(price), ..Default::default() };
        let id = products::create(&mut self.desk, &input).unwrap();
        if stock > 0 {
            self.stock(id, MovementType::In, stock);
        }
        id
    }

    pub fn stock(&mut self, product: ProductId, kind: MovementType, quantity: i64) {
        stock::update(&mut self.desk, &StockChange { product, kind, quantity, notes: None }).unwrap();
    }

    /// An order of today; lines are (product, quantity, price in fen).
    pub fn order(&mut self, customer: CustomerId, lines: &[(ProductId, i64, i64)]) -> OrderId {
        orders::create(&mut self.desk, &new_order(customer, lines)).unwrap().id
    }

    /// A draft of a quote; lines as in [`Fixture::order`].
    pub fn quote(&mut self, customer: CustomerId, lines: &[(ProductId, i64, i64)]) -> QuoteId {
        quotes::create(&mut self.desk, &new_quote(customer, lines)).unwrap().id
    }

    /// The next state of a quote as it stands.
    pub fn set_quote(&mut self, quote: QuoteId, to: QuoteStatus) -> Result<()> {
        let version = quotes::get(&self.desk, quote)?.quote.version;
        quotes::set_status(&mut self.desk, quote, version, to)
    }

    pub fn pay(&mut self, order: OrderId, fen: i64) -> Result<PaymentId> {
        payments::create(&mut self.desk, &payment(order, fen))
    }
}

/// As if the own password had been given again a moment ago.
fn confirmed(desk: &mut Desk) {
    let session = desk.session().cloned().unwrap();
    let confirmed_at = Some(desk.clock().now());
    desk.resume(Some(Session { confirmed_at, ..session }));
}

/// A change that makes an input wrong, the field it spoils, and what is said about it.
pub type Wrong<I> = (fn(&mut I), Field, Problem);

/// So many fen.
pub fn fen(fen: i64) -> Money {
    Money::from_fen(fen).unwrap()
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// The field errors of a refusal.
pub fn fields(error: Error) -> FieldErrors {
    match error {
        Error::Fields(fields) => fields,
        other => panic!("no field errors: {other:?}"),
    }
}

/// The tables that a command could change.
fn tables(file: &rusqlite::Connection) -> Vec<String> {
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '*_search*'
               AND name NOT IN ('system_logs', 'refinery_schema_history') ORDER BY name";
    let mut tables = file.prepare(sql).unwrap();
    let tables = tables.query_map([], |row| row.get(0)).unwrap();
    tables.collect::<rusqlite::Result<_>>().unwrap()
}

/// As [`Fixture::state`], of a file of any version.
pub fn state(path: &std::path::Path) -> Vec<String> {
    let file = rusqlite::Connection::open(path).unwrap();
    let mut state = Vec::new();
    for table in tables(&file) {
        let kept = if table == "file_state" { "WHERE key <> 'log_head'" } else { "" };
        let mut statement = file.prepare(&format!("SELECT * FROM {table} {kept}")).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<String> = (0..columns).map(|at| format!("{:?}", row.get_ref(at).unwrap())).collect();
            state.push(format!("{table} {}", values.join(" ")));
        }
    }
    state
}

/// What is opened at the time of all tests.
pub fn at_now<T>(open: impl FnOnce(Setup) -> T) -> T {
    open(setup(&Arc::new(FixedClock::new(Timestamp::parse(NOW).unwrap()))))
}

/// A desk on this file at the time of all tests, nobody signed in.
pub fn open(path: &std::path::Path) -> Desk {
    at_now(|setup| Desk::open(path, Wait::Job, setup)).unwrap()
}

/// Quick hashes, the given clock, Shanghai.
pub fn setup(clock: &Arc<FixedClock>) -> Setup {
    Setup { clock: clock.clone(), bcrypt_cost: 4, host: "test-host".into(), zone: Zone::SHANGHAI }
}

pub fn new_order(customer: CustomerId, lines: &[(ProductId, i64, i64)]) -> NewOrder {
    let line = |&(product, quantity, fen): &(ProductId, i64, i64)| NewLine { product, quantity, unit_price: Money::from_fen(fen).unwrap() };
    NewOrder { customer, quote: None, order_day: day("2026-01-30"), lines: lines.iter().map(line).collect(), notes: None }
}

/// A quote that holds to the end of February; lines are (product, quantity, price in fen).
pub fn new_quote(customer: CustomerId, lines: &[(ProductId, i64, i64)]) -> NewQuote {
    NewQuote { customer, valid_until: day("2026-02-28"), lines: new_order(customer, lines).lines, notes: None }
}

/// A follow-up of now, with the next one at a UTC time where one is given.
pub fn followup(content: &str, next: Option<&str>) -> FollowupInput {
    FollowupInput { at: Timestamp::parse(NOW).unwrap(), content: content.into(), result: None, next: next.map(|at| Timestamp::parse(at).unwrap()) }
}

pub fn payment(order: OrderId, fen: i64) -> NewPayment {
    NewPayment {
        order,
        amount: Money::from_fen(fen).unwrap(),
        method: "银行转账".into(),
        day: Day::parse("2026-01-30").unwrap(),
        notes: None,
        paid_before: None,
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        if self.expect_good && !std::thread::panicking() {
            let findings = run_unattended(&self.another_desk(), Depth::Full, |_, _| true).unwrap();
            assert!(findings.is_good(), "{findings:?}");
        }
    }
}
