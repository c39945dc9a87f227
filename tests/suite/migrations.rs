//! The data file: the schema of a fresh one against the spec, what is refused at opening, migrations that are all or nothing.

use std::path::{Path, PathBuf};

use refinery::Migration;
use rusqlite::Connection;
use zhanggui::database::{APPLICATION_ID, Database, Wait, migrate};
use zhanggui::models::error::{Code, FileProblem};
use zhanggui::models::{Error, OrderId};
use zhanggui::services::check::{self, Depth};
use zhanggui::services::returns;

use crate::fixture::Fixture;
use crate::orders_rules::{cancel, ship};
use crate::returns::back;

/// The tables and columns of spec §2: name, type, `!` where NOT NULL, `unique`, `=` default.
const TABLES: &[(&str, &str)] = &[
    (
        "users",
        "id INTEGER; username TEXT ! unique; password_hash TEXT !; full_name TEXT !; email TEXT; phone TEXT; role TEXT ! ='employee'; avatar_path TEXT; status TEXT ! ='active'; created_at TEXT ! =CURRENT_TIMESTAMP; updated_at TEXT ! =CURRENT_TIMESTAMP; last_login_at TEXT",
    ),
    (
        "permissions",
        "id INTEGER; role TEXT !; module TEXT !; can_view INTEGER ! =0; can_create INTEGER ! =0; can_update INTEGER ! =0; can_delete INTEGER ! =0",
    ),
    (
        "customers",
        "id INTEGER; name TEXT !; contact_person TEXT; phone TEXT; email TEXT; address TEXT; industry TEXT; customer_level TEXT ! ='normal'; assigned_to INTEGER; tags TEXT; status TEXT ! ='active'; created_by INTEGER !; created_at TEXT ! =CURRENT_TIMESTAMP; updated_at TEXT ! =CURRENT_TIMESTAMP",
    ),
    (
        "customer_followups",
        "id INTEGER; customer_id INTEGER !; followup_time TEXT !; content TEXT !; result TEXT; next_followup_time TEXT; created_by INTEGER !; created_at TEXT ! =CURRENT_TIMESTAMP",
    ),
    (
        "products",
        "id INTEGER; name TEXT !; sku TEXT ! unique; category TEXT; specification TEXT; unit TEXT ! ='件'; price REAL ! =0; cost_price REAL ! =0; stock_quantity INTEGER ! =0; stock_warning_threshold INTEGER ! =10; image_path TEXT; description TEXT; status TEXT ! ='active'; created_at TEXT ! =CURRENT_TIMESTAMP; updated_at TEXT ! =CURRENT_TIMESTAMP",
    ),
    (
        "quotes",
        "id INTEGER; quote_no TEXT ! unique; customer_id INTEGER !; total_amount REAL ! =0; valid_until TEXT !; status TEXT ! ='draft'; notes TEXT; created_by INTEGER !; created_at TEXT ! =CURRENT_TIMESTAMP; updated_at TEXT ! =CURRENT_TIMESTAMP",
    ),
    ("quote_items", "id INTEGER; quote_id INTEGER !; product_id INTEGER !; quantity INTEGER ! =1; unit_price REAL ! =0; subtotal REAL ! =0"),
    (
        "orders",
        "id INTEGER; order_no TEXT ! unique; customer_id INTEGER !; quote_id INTEGER; total_amount REAL ! =0; paid_amount REAL ! =0; status TEXT ! ='pending_payment'; order_date TEXT ! =CURRENT_TIMESTAMP; ship_date TEXT; complete_date TEXT; notes TEXT; created_by INTEGER !; created_at TEXT ! =CURRENT_TIMESTAMP; updated_at TEXT ! =CURRENT_TIMESTAMP",
    ),
    ("order_items", "id INTEGER; order_id INTEGER !; product_id INTEGER !; quantity INTEGER ! =1; unit_price REAL ! =0; subtotal REAL ! =0"),
    (
        "payments",
        "id INTEGER; order_id INTEGER !; amount REAL ! =0; payment_date TEXT ! =CURRENT_TIMESTAMP; payment_method TEXT; notes TEXT; created_by INTEGER !; created_at TEXT ! =CURRENT_TIMESTAMP",
    ),
    (
        "stock_movements",
        "id INTEGER; product_id INTEGER !; movement_type TEXT !; quantity INTEGER ! =0; reference_type TEXT; reference_id INTEGER; notes TEXT; created_by INTEGER !; created_at TEXT ! =CURRENT_TIMESTAMP",
    ),
    ("system_config", "id INTEGER; config_key TEXT ! unique; config_value TEXT !; description TEXT; updated_at TEXT ! =CURRENT_TIMESTAMP"),
    (
        "system_logs",
        "id INTEGER; user_id INTEGER; action TEXT !; module TEXT !; description TEXT !; ip_address TEXT; created_at TEXT ! =CURRENT_TIMESTAMP",
    ),
];

/// The indexes of spec §2: name, table, columns.
const INDEXES: &[&str] = &[
    "idx_users_username users username",
    "idx_users_role users role",
    "idx_permissions_role_module permissions role,module unique",
    "idx_customers_name customers name",
    "idx_customers_assigned_to customers assigned_to",
    "idx_customers_level customers customer_level",
    "idx_followups_customer customer_followups customer_id",
    "idx_followups_time customer_followups followup_time",
    "idx_products_sku products sku",
    "idx_products_category products category",
    "idx_products_name products name",
    "idx_quotes_no quotes quote_no",
    "idx_quotes_customer quotes customer_id",
    "idx_quotes_status quotes status",
    "idx_quote_items_quote quote_items quote_id",
    "idx_orders_no orders order_no",
    "idx_orders_customer orders customer_id",
    "idx_orders_status orders status",
    "idx_orders_date orders order_date",
    "idx_order_items_order order_items order_id",
    "idx_payments_order payments order_id",
    "idx_payments_date payments payment_date",
    "idx_stock_movements_product stock_movements product_id",
    "idx_stock_movements_type stock_movements movement_type",
    "idx_stock_movements_date stock_movements created_at",
    "idx_logs_user system_logs user_id",
    "idx_logs_action system_logs action",
    "idx_logs_date system_logs created_at",
];

/// The foreign keys of spec §2, and who made a record.
const REFERENCES: &[&str] = &[
    "customers.assigned_to users",
    "customers.created_by users",
    "customer_followups.customer_id customers",
    "customer_followups.created_by users",
    "quotes.customer_id customers",
    "quotes.created_by users",
    "quote_items.quote_id quotes",
    "quote_items.product_id products",
    "orders.customer_id customers",
    "orders.quote_id quotes",
    "orders.created_by users",
    "order_items.order_id orders",
    "order_items.product_id products",
    "payments.order_id orders",
    "payments.created_by users",
    "stock_movements.product_id products",
    "stock_movements.created_by users",
    "system_logs.user_id users",
];

const V1: &str = include_str!("../../migrations/V1__first.sql");
const V7: &str = include_str!("../../migrations/V7__product_sums.sql");

fn strings(c: &Connection, sql: &str) -> Vec<String> {
    let mut statement = c.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

fn figure(c: &Connection, sql: &str) -> i64 {
    c.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_fresh_file_has_every_column_of_the_spec() {
    let f = Fixture::new();
    let c = Connection::open(f.path()).unwrap();
    for (table, columns) in TABLES {
        let declared = strings(&c, &format!("SELECT sql FROM sqlite_schema WHERE name = '{table}'")).concat();
        assert!(declared.contains("id INTEGER PRIMARY KEY AUTOINCREMENT"), "{table}");
        assert_eq!(figure(&c, &format!("SELECT strict FROM pragma_table_list WHERE name = '{table}'")), 1, "{table} is STRICT");
        for column in columns.split("; ") {
            let mut parts = column.split(' ');
            let (name, kind) = (parts.next().unwrap(), parts.next().unwrap());
            let rest: Vec<&str> = parts.collect();
            let found = strings(
                &c,
                &format!(
                    "SELECT type || ' ' || \"notnull\" || ' ' || COALESCE(dflt_value, '') FROM pragma_table_info('{table}') WHERE name = '{name}'"
                ),
            );
            let default = rest.iter().find_map(|part| part.strip_prefix('=')).unwrap_or("");
            assert_eq!(found, [format!("{kind} {} {default}", i64::from(rest.contains(&"!")))], "{table}.{name}");
            let unique = format!(
                "SELECT COUNT(*) FROM pragma_index_list('{table}') l WHERE l.\"unique\" AND NOT l.partial
                 AND (SELECT group_concat(name) FROM pragma_index_info(l.name)) = '{name}'"
            );
            assert_eq!(figure(&c, &unique), i64::from(rest.contains(&"unique")), "unique {table}.{name}");
        }
    }
}

#[test]
fn a_fresh_file_has_every_index_of_the_spec() {
    let f = Fixture::new();
    let c = Connection::open(f.path()).unwrap();
    let found = strings(
        &c,
        "SELECT s.name || ' ' || s.tbl_name || ' ' || (SELECT group_concat(COALESCE(name, 'expression')) FROM (SELECT name FROM pragma_index_info(s.name) ORDER BY seqno))
             || CASE WHEN l.\"unique\" THEN ' unique' ELSE '' END
         FROM sqlite_schema s JOIN pragma_index_list(s.tbl_name) l ON l.name = s.name WHERE s.type = 'index' AND l.origin = 'c'",
    );
    for index in INDEXES {
        assert!(found.iter().any(|other| other == index), "{index} in {found:?}");
    }
}

#[test]
fn a_fresh_file_has_the_foreign_keys_of_the_spec() {
    let f = Fixture::new();
    let c = Connection::open(f.path()).unwrap();
    for reference in REFERENCES {
        let (column, target) = reference.split_once(' ').unwrap();
        let (table, column) = column.split_once('.').unwrap();
        let sql = format!(
            "SELECT COUNT(*) FROM pragma_foreign_key_list('{table}') WHERE \"from\" = '{column}' AND \"table\" = '{target}' AND \"to\" = 'id'"
        );
        assert_eq!(figure(&c, &sql), 1, "{reference}");
    }
}

#[test]
fn a_fresh_file_is_ours_private_and_in_wal_mode() {
    let f = Fixture::new();
    let c = Connection::open(f.path()).unwrap();
    assert_eq!(figure(&c, "PRAGMA application_id"), APPLICATION_ID);
    assert_eq!(strings(&c, "PRAGMA journal_mode"), ["wal"]);
    assert_eq!(migrate::version(&c).unwrap(), migrate::latest_version());
    #[cfg(unix)]
    for entry in std::fs::read_dir(f.folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = std::os::unix::fs::PermissionsExt::mode(&entry.metadata().unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600, "{:?}", entry.path());
    }
}

#[test]
fn every_connection_is_set_as_the_rulings_say() {
    let f = Fixture::new();
    let database = Database::open(&f.path(), Wait::Window).unwrap();
    let pragma = |name: &str| database.read(|c| Ok(figure(c, &format!("PRAGMA {name}")))).unwrap();
    let wanted = [("synchronous", 2), ("foreign_keys", 1), ("trusted_schema", 0), ("cell_size_check", 1), ("secure_delete", 1)];
    for (name, value) in wanted {
        assert_eq!(pragma(name), value, "{name}");
    }
    let mapped = database.read(|c| Ok(c.query_row("PRAGMA mmap_size", [], |row| row.get(0)).unwrap_or(0))).unwrap();
    assert_eq!(mapped, 0i64);
}

#[test]
fn an_existing_file_is_never_created_over() {
    let f = Fixture::new();
    let error = Database::create(&f.path(), Wait::Window).unwrap_err();
    assert!(matches!(error, Error::DataFile { problem: FileProblem::AlreadyThere, .. }), "{error:?}");
}

#[test]
fn a_path_that_looks_like_a_uri_is_a_plain_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file:x?mode=memory");
    drop(Database::create(&path, Wait::Window).unwrap());
    assert!(path.is_file());
    Database::open(&path, Wait::Window).unwrap();
}

/// Opens a file that must be refused; its bytes stay, and nothing appears beside it.
fn refused(path: &Path) -> FileProblem {
    let bytes = std::fs::read(path).ok();
    let error = Database::open(path, Wait::Window).unwrap_err();
    assert_eq!(error.code(), Code::Database);
    assert_eq!(std::fs::read(path).ok(), bytes, "the file was changed");
    match error {
        Error::DataFile { problem, .. } => problem,
        other => panic!("{other:?}"),
    }
}

/// A good file as one set of bytes, changed by `sql`.
fn good_file_with(folder: &Path, sql: &str) -> PathBuf {
    let path = folder.join("x.db");
    drop(Database::create(&path, Wait::Window).unwrap());
    let c = Connection::open(&path).unwrap();
    c.execute_batch(sql).unwrap();
    c.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;").unwrap();
    drop(c);
    path
}

#[test]
fn what_is_no_database_is_refused_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    assert_eq!(refused(&path("missing.db")), FileProblem::Missing);
    assert!(!path("missing.db").exists());
    std::fs::write(path("empty.db"), b"").unwrap();
    assert_eq!(refused(&path("empty.db")), FileProblem::NotADatabase);
    std::fs::write(path("garbage.db"), "没有数据库".repeat(1000)).unwrap();
    assert_eq!(refused(&path("garbage.db")), FileProblem::NotADatabase);
}

#[test]
fn another_programs_database_is_refused_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.db");
    let other = Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('x')").unwrap();
    drop(other);
    assert_eq!(refused(&path), FileProblem::Foreign);
    // Also where it has our refinery table.
    let other = Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE refinery_schema_history (version INTEGER, name TEXT, applied_on TEXT, checksum TEXT)").unwrap();
    drop(other);
    assert_eq!(refused(&path), FileProblem::Foreign);
}

#[test]
fn a_truncated_file_is_refused_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = good_file_with(folder.path(), "SELECT 1");
    let bytes = std::fs::read(&path).unwrap();
    for length in [bytes.len() / 2, 4096, 512] {
        let path = folder.path().join(format!("{length}.db"));
        std::fs::write(&path, &bytes[..length]).unwrap();
        let problem = refused(&path);
        assert!(matches!(problem, FileProblem::Damaged | FileProblem::NotADatabase), "{length}: {problem:?}");
    }
}

#[test]
fn a_newer_file_is_refused_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let sql = "INSERT INTO refinery_schema_history SELECT MAX(version) + 1, 'later', MAX(applied_on), '1' FROM refinery_schema_history";
    assert_eq!(refused(&good_file_with(folder.path(), sql)), FileProblem::Newer);
}

#[test]
fn a_hostile_history_is_refused_as_it_is() {
    for sql in [
        "UPDATE refinery_schema_history SET applied_on = 'yesterday'",
        "UPDATE refinery_schema_history SET checksum = 'none'",
        "UPDATE refinery_schema_history SET version = -version",
        "UPDATE refinery_schema_history SET version = 99999999999 + version",
        "UPDATE refinery_schema_history SET name = NULL",
        "DROP TABLE refinery_schema_history",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let problem = refused(&good_file_with(folder.path(), sql));
        assert!(matches!(problem, FileProblem::Foreign | FileProblem::Newer), "{sql}: {problem:?}");
    }
}

/// The real migrations in their order.
fn real() -> Vec<Migration> {
    let mut files: Vec<_> = std::fs::read_dir("migrations").unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: &PathBuf| Migration::unapplied(path.file_stem().unwrap().to_str().unwrap(), &std::fs::read_to_string(path).unwrap()).unwrap();
    files.iter().map(read).collect()
}

/// The real migrations and a further one.
fn with_further(sql: &str) -> Vec<Migration> {
    let mut all = real();
    all.push(Migration::unapplied(&format!("V{}__further", all.len() + 1), sql).unwrap());
    all
}

/// The files of a folder, without what SQLite keeps beside an open one.
fn entries(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm")).collect();
    names.sort();
    names
}

#[test]
fn a_migration_keeps_the_data_and_leaves_a_snapshot() {
    let mut f = Fixture::new();
    f.expect_good = false;
    f.customer("甲");
    let mut c = Connection::open(f.path()).unwrap();
    let before = entries(f.folder.path());
    migrate::run_all(&mut c, &f.path(), &with_further("ALTER TABLE customers ADD COLUMN nickname TEXT; UPDATE customers SET nickname = 'x';"))
        .unwrap();
    assert_eq!(migrate::version(&c).unwrap(), migrate::latest_version() + 1);
    assert_eq!(strings(&c, "SELECT name || nickname FROM customers"), ["甲x"]);
    assert_eq!(figure(&c, "PRAGMA foreign_keys"), 1);
    let added: Vec<String> = entries(f.folder.path()).into_iter().filter(|name| !before.contains(name)).collect();
    assert_eq!(added.len(), 1, "{added:?}");
    let snapshot = Database::open(&f.folder.path().join(&added[0]), Wait::Window).unwrap();
    let kept = snapshot.read(|c| Ok((migrate::version(c)?, strings(c, "SELECT name FROM customers")))).unwrap();
    assert_eq!(kept, (migrate::latest_version(), vec!["甲".to_owned()]));
    // Running again does nothing.
    migrate::run_all(&mut c, &f.path(), &with_further("ALTER TABLE customers ADD COLUMN nickname TEXT; UPDATE customers SET nickname = 'x';"))
        .unwrap();
    assert_eq!(entries(f.folder.path()).len(), before.len() + 1);
}

#[test]
fn the_snapshot_is_as_private_as_the_file() {
    let mut f = Fixture::new();
    f.expect_good = false;
    let before = entries(f.folder.path());
    let mut c = Connection::open(f.path()).unwrap();
    migrate::run_all(&mut c, &f.path(), &with_further("CREATE TABLE second (id INTEGER) STRICT;")).unwrap();
    let added = entries(f.folder.path()).into_iter().find(|name| !before.contains(name)).unwrap();
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(f.folder.path().join(added)).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_whose_name_is_no_text_is_named_when_its_snapshot_cannot_be() {
    let prefix: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(b"\xff");
    let f = Fixture::new_in(tempfile::Builder::new().prefix(prefix).tempdir().unwrap());
    let mut c = Connection::open(f.path()).unwrap();
    let error = migrate::run_all(&mut c, &f.path(), &with_further("CREATE TABLE second (id INTEGER) STRICT;")).unwrap_err();
    assert!(matches!(&error, Error::File { path, .. } if *path == f.folder.path().display().to_string()), "{error:?}");
    assert_eq!(migrate::version(&c).unwrap(), migrate::latest_version());
}

#[test]
fn a_failing_migration_leaves_the_file_as_it_was() {
    let mut f = Fixture::new();
    f.customer("甲");
    let mut c = Connection::open(f.path()).unwrap();
    let schema = strings(&c, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name");
    for broken in ["CREATE TABLE half (id INTEGER); INSERT INTO nowhere VALUES (1);", "CREATE TABLE half (id INTEGER); nonsense;"] {
        let error = migrate::run_all(&mut c, &f.path(), &with_further(broken)).unwrap_err();
        assert_eq!(error.code(), Code::Database);
        assert_eq!(migrate::version(&c).unwrap(), migrate::latest_version());
        assert_eq!(strings(&c, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"), schema);
        assert_eq!(strings(&c, "SELECT name FROM customers"), ["甲"]);
    }
    Database::open(&f.path(), Wait::Window).unwrap();
}

#[test]
fn a_migration_that_breaks_foreign_keys_is_not_kept() {
    let mut f = Fixture::new();
    f.customer("甲");
    let mut c = Connection::open(f.path()).unwrap();
    let orphaning = with_further("UPDATE customers SET created_by = 99;");
    assert_eq!(migrate::run_all(&mut c, &f.path(), &orphaning).unwrap_err().code(), Code::Database);
    assert_eq!((migrate::version(&c).unwrap(), figure(&c, "SELECT created_by FROM customers")), (migrate::latest_version(), 1));
}

#[test]
fn the_second_migration_keeps_counters_and_leaves_one_open_plan_a_customer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    let mut c = Connection::open(&path).unwrap();
    c.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
    migrate::run_all(&mut c, &path, &[Migration::unapplied("V1__first", V1).unwrap()]).unwrap();
    c.execute_batch(
        "INSERT INTO users (username, password_hash, full_name, role) VALUES ('admin', 'x', '甲', 'admin');
         INSERT INTO customers (name, created_by) VALUES ('甲', 1), ('乙', 1);
         INSERT INTO counters (kind, day, last) VALUES ('order', '2026-01-30', 7), ('payment', '2026-01-30', 3);
         INSERT INTO customer_followups (customer_id, followup_time, content, next_followup_time, created_by) VALUES
             (1, '2026-01-01 02:00:00', '一', '2026-01-05 02:00:00', 1), (1, '2026-01-05 02:00:00', '二', '2026-01-09 02:00:00', 1),
             (2, '2026-01-01 02:00:00', '三', '2026-01-05 02:00:00', 1), (1, '2026-01-06 02:00:00', '四', NULL, 1);",
    )
    .unwrap();
    migrate::run(&mut c, &path).unwrap();
    assert_eq!(migrate::version(&c).unwrap(), migrate::latest_version());
    assert_eq!(strings(&c, "SELECT kind || ' ' || last FROM counters ORDER BY kind"), ["order 7", "payment 3"]);
    let open = "SELECT content FROM customer_followups WHERE next_followup_time IS NOT NULL AND next_done_at IS NULL ORDER BY id";
    assert_eq!(strings(&c, open), ["二", "三"]);
    assert!(c.execute("INSERT INTO counters (kind, day, last) VALUES ('nonsense', '2026-01-30', 1)", []).is_err());
}

#[test]
fn sums_of_a_file_from_before_they_were_kept_are_made_of_its_rows() {
    let mut f = Fixture::new();
    let (first, second) = (f.customer("甲"), f.customer("乙"));
    let (a, b) = (f.product("A", 1_000, 100), f.product("B", 333, 100));
    for (customer, pieces) in [(first, 3), (second, 4), (first, 5)] {
        let order = f.order(customer, &[(a, pieces, 1_000), (b, 7, 333), (a, 1, 900)]);
        f.pay(order, 1_500).unwrap();
    }
    ship(&mut f, OrderId(1)).unwrap();
    let returned = back(&f.desk, OrderId(1), &[(0, 2)], 0);
    returns::create(&mut f.desk, &returned).unwrap();
    cancel(&mut f, OrderId(2)).unwrap();
    let kept = |f: &Fixture| {
        f.text("SELECT json_group_array(concat_ws(' ', month, product_id, orders, pieces, sold, returned, cost, kept)) FROM product_sums")
    };
    let (before, path) = (kept(&f), f.path());
    let c = Connection::open(&path).unwrap();
    let made: Vec<String> =
        V7.lines().filter_map(|line| line.strip_prefix("CREATE ")).map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    // Tables last: their indexes and triggers go before them.
    for kind in ["TRIGGER", "INDEX", "TABLE"] {
        for name in made.iter().filter(|name| name.starts_with(kind)) {
            c.execute_batch(&format!("DROP {name}")).unwrap();
        }
    }
    c.execute_batch(
        "ALTER TABLE orders DROP COLUMN customer_name; ALTER TABLE order_returns DROP COLUMN pieces; ALTER TABLE order_returns DROP COLUMN cost_fen;
         CREATE TRIGGER order_returns_no_update BEFORE UPDATE ON order_returns BEGIN SELECT RAISE(ABORT, 'order_returns is append-only'); END;
         DELETE FROM refinery_schema_history WHERE version = 7",
    )
    .unwrap();
    drop(c);
    let desk = f.another_desk();
    assert_eq!(kept(&f), before);
    assert_eq!(check::run_unattended(&desk, Depth::Quick, |_, _| true).unwrap().broken, []);
}
