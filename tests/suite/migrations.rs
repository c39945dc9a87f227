//! The data file: its schema as the specification names it, and files that are not ours, damaged, newer or hostile.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use zhanggui::database::{APPLICATION_ID, Database, Wait, migrate};
use zhanggui::models::Error;
use zhanggui::models::error::FileProblem;

use crate::fixture::Fixture;

/// The specification's tables with their columns (spec §2).
const TABLES: &[(&str, &[&str])] = &[
    (
        "users",
        &[
            "id",
            "username",
            "password_hash",
            "full_name",
            "email",
            "phone",
            "role",
            "avatar_path",
            "status",
            "created_at",
            "updated_at",
            "last_login_at",
        ],
    ),
    ("permissions", &["id", "role", "module", "can_view", "can_create", "can_update", "can_delete"]),
    (
        "customers",
        &[
            "id",
            "name",
            "contact_person",
            "phone",
            "email",
            "address",
            "industry",
            "customer_level",
            "assigned_to",
            "tags",
            "status",
            "created_by",
            "created_at",
            "updated_at",
        ],
    ),
    ("customer_followups", &["id", "customer_id", "followup_time", "content", "result", "next_followup_time", "created_by", "created_at"]),
    (
        "products",
        &[
            "id",
            "name",
            "sku",
            "category",
            "specification",
            "unit",
            "price",
            "cost_price",
            "stock_quantity",
            "stock_warning_threshold",
            "image_path",
            "description",
            "status",
            "created_at",
            "updated_at",
        ],
    ),
    ("quotes", &["id", "quote_no", "customer_id", "total_amount", "valid_until", "status", "notes", "created_by", "created_at", "updated_at"]),
    ("quote_items", &["id", "quote_id", "product_id", "quantity", "unit_price", "subtotal"]),
    (
        "orders",
        &[
            "id",
            "order_no",
            "customer_id",
            "quote_id",
            "total_amount",
            "paid_amount",
            "status",
            "order_date",
            "ship_date",
            "complete_date",
            "notes",
            "created_by",
            "created_at",
            "updated_at",
        ],
    ),
    ("order_items", &["id", "order_id", "product_id", "quantity", "unit_price", "subtotal"]),
    ("payments", &["id", "order_id", "amount", "payment_date", "payment_method", "notes", "created_by", "created_at"]),
    ("stock_movements", &["id", "product_id", "movement_type", "quantity", "reference_type", "reference_id", "notes", "created_by", "created_at"]),
    ("system_config", &["id", "config_key", "config_value", "description", "updated_at"]),
    ("system_logs", &["id", "user_id", "action", "module", "description", "ip_address", "created_at"]),
];

/// The specification's indexes: name, table, columns.
const INDEXES: &[(&str, &str)] = &[
    ("idx_users_username", "users(username)"),
    ("idx_users_role", "users(role)"),
    ("idx_permissions_role_module", "permissions(role,module)"),
    ("idx_customers_name", "customers(name)"),
    ("idx_customers_assigned_to", "customers(assigned_to)"),
    ("idx_customers_level", "customers(customer_level)"),
    ("idx_followups_customer", "customer_followups(customer_id)"),
    ("idx_followups_time", "customer_followups(followup_time)"),
    ("idx_products_sku", "products(sku)"),
    ("idx_products_category", "products(category)"),
    ("idx_products_name", "products(name)"),
    ("idx_quotes_no", "quotes(quote_no)"),
    ("idx_quotes_customer", "quotes(customer_id)"),
    ("idx_quotes_status", "quotes(status)"),
    ("idx_quote_items_quote", "quote_items(quote_id)"),
    ("idx_orders_no", "orders(order_no)"),
    ("idx_orders_customer", "orders(customer_id)"),
    ("idx_orders_status", "orders(status)"),
    ("idx_orders_date", "orders(order_date)"),
    ("idx_order_items_order", "order_items(order_id)"),
    ("idx_payments_order", "payments(order_id)"),
    ("idx_payments_date", "payments(payment_date)"),
    ("idx_stock_movements_product", "stock_movements(product_id)"),
    ("idx_stock_movements_type", "stock_movements(movement_type)"),
    ("idx_stock_movements_date", "stock_movements(created_at)"),
    ("idx_logs_user", "system_logs(user_id)"),
    ("idx_logs_action", "system_logs(action)"),
    ("idx_logs_date", "system_logs(created_at)"),
];

fn names(c: &Connection, sql: &str) -> Vec<String> {
    let mut statement = c.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn a_fresh_file_has_every_table_column_and_index_of_the_specification() {
    let f = Fixture::new();
    let c = Connection::open(f.path()).unwrap();
    for (table, columns) in TABLES {
        let present = names(&c, &format!("SELECT name FROM pragma_table_info('{table}')"));
        for column in *columns {
            assert!(present.iter().any(|name| name == column), "{table}.{column}");
        }
        let strict: i64 = c.query_row("SELECT strict FROM pragma_table_list WHERE name = ?1", [table], |row| row.get(0)).unwrap();
        assert_eq!(strict, 1, "{table} is not STRICT");
    }
    for (index, on) in INDEXES {
        let table: String = c.query_row("SELECT tbl_name FROM sqlite_schema WHERE type = 'index' AND name = ?1", [index], |row| row.get(0)).unwrap();
        let columns = names(&c, &format!("SELECT name FROM pragma_index_info('{index}') ORDER BY seqno"));
        assert_eq!(format!("{table}({})", columns.join(",")), *on);
    }
}

#[test]
fn the_file_is_private_and_says_what_it_is() {
    let f = Fixture::new();
    let c = Connection::open(f.path()).unwrap();
    let id: i64 = c.query_row("PRAGMA application_id", [], |row| row.get(0)).unwrap();
    let journal: String = c.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!((id, journal.as_str()), (APPLICATION_ID, "wal"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(f.path()).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn an_existing_file_is_never_created_over() {
    let f = Fixture::new();
    assert!(matches!(Database::create(&f.path(), Wait::Job), Err(Error::DataFile { problem: FileProblem::AlreadyThere, .. })));
    assert_eq!(f.figure("SELECT COUNT(*) FROM users"), 1);
}

/// Opens a file and gives the problem; the file must be as it was.
fn problem_of(path: &Path) -> FileProblem {
    let before = fs::read(path).unwrap();
    let error = Database::open(path, Wait::Job).map(|_| ()).unwrap_err();
    assert_eq!(fs::read(path).unwrap(), before, "the file was changed");
    match error {
        Error::DataFile { problem, .. } => problem,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_no_data_file_of_ours_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    assert!(matches!(Database::open(&path("none"), Wait::Job), Err(Error::DataFile { problem: FileProblem::Missing, .. })));
    assert!(!path("none").exists());

    fs::write(path("empty"), b"").unwrap();
    assert_eq!(problem_of(&path("empty")), FileProblem::NotADatabase);
    fs::write(path("text"), "no database at all, but longer than a header of one hundred bytes ".repeat(10)).unwrap();
    assert_eq!(problem_of(&path("text")), FileProblem::NotADatabase);

    let other = Connection::open(path("other")).unwrap();
    other.execute_batch("CREATE TABLE notes (text TEXT)").unwrap();
    drop(other);
    assert_eq!(problem_of(&path("other")), FileProblem::Foreign);

    let claims = Connection::open(path("claims")).unwrap();
    claims.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
    claims.execute_batch("CREATE TABLE notes (text TEXT)").unwrap();
    drop(claims);
    assert_eq!(problem_of(&path("claims")), FileProblem::Foreign);
}

/// A closed file of ours, changed by SQL.
fn changed(sql: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    drop(Database::create(&path, Wait::Job).unwrap());
    let c = Connection::open(&path).unwrap();
    c.execute_batch(sql).unwrap();
    c.pragma_update(None, "journal_mode", "DELETE").unwrap();
    drop(c);
    (folder, path)
}

#[test]
fn a_newer_file_and_a_hostile_history_are_refused() {
    let (_folder, path) =
        changed("INSERT INTO refinery_schema_history SELECT version + 1, 'next', applied_on, checksum FROM refinery_schema_history");
    assert_eq!(problem_of(&path), FileProblem::Newer);
    for sql in [
        "UPDATE refinery_schema_history SET applied_on = 'yesterday'",
        "UPDATE refinery_schema_history SET checksum = 'x'",
        "UPDATE refinery_schema_history SET version = 7",
        "DROP TABLE refinery_schema_history",
    ] {
        let (_folder, path) = changed(sql);
        assert_eq!(problem_of(&path), FileProblem::Foreign, "{sql}");
    }
}

fn migrations_with(second: &str) -> Vec<refinery::Migration> {
    let first = fs::read_to_string("migrations/V1__first.sql").unwrap();
    vec![refinery::Migration::unapplied("V1__first", &first).unwrap(), refinery::Migration::unapplied("V2__second", second).unwrap()]
}

#[test]
fn a_migration_keeps_the_data_and_a_copy_of_the_file_before() {
    let f = Fixture::new();
    let mut c = Connection::open(f.path()).unwrap();
    let all = migrations_with("CREATE TABLE visits (id INTEGER PRIMARY KEY) STRICT;");
    migrate::run_all(&mut c, &f.path(), &all).unwrap();
    assert_eq!(f.figure("SELECT COUNT(*) FROM users"), 1);
    assert_eq!(f.figure("SELECT COUNT(*) FROM visits"), 0);
    let copy = Connection::open(f.folder.path().join("crm_erp.db.v1")).unwrap();
    let users: i64 = copy.query_row("SELECT COUNT(*) FROM users", [], |row| row.get(0)).unwrap();
    assert_eq!(users, 1);
    // Made by a newer program now.
    let mut f = f;
    f.expect_good = false;
}

#[test]
fn a_migration_that_fails_leaves_everything_as_it_was() {
    let f = Fixture::new();
    let mut c = Connection::open(f.path()).unwrap();
    let all = migrations_with("CREATE TABLE visits (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1);");
    assert!(migrate::run_all(&mut c, &f.path(), &all).is_err());
    assert_eq!(migrate::version(&c).unwrap(), 1);
    assert_eq!(f.figure("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'visits'"), 0);
}
