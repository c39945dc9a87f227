//! The headless commands as a person or cron runs them: exit codes, JSON, messages, and passwords that are never arguments.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    /// A file with its administrator.
    fn with_admin() -> Folder {
        let folder = Folder::new();
        let done = run(&["init", "--db", &folder.db(), "--admin", "admin"], "correct horse\n");
        assert_eq!(done.status.code(), Some(0), "{done:?}");
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn db(&self) -> String {
        self.path("crm.db").display().to_string()
    }

    fn write(&self, name: &str, text: &str) -> String {
        std::fs::write(self.path(name), text).unwrap();
        self.path(name).display().to_string()
    }
}

fn run(arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhanggui"));
    command.args(arguments).env_remove("ZHANGGUI_PASSWORD");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A command that asks for nothing may be gone before it is written to.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// Exit code, and the one line of standard output as JSON.
fn answer(arguments: &[&str]) -> (Option<i32>, Value) {
    let output = run(arguments, "");
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    (output.status.code(), serde_json::from_str(&text).unwrap())
}

fn data(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name).display().to_string()
}

#[test]
fn init_makes_a_file_once() {
    let folder = Folder::with_admin();
    let again = run(&["init", "--db", &folder.db(), "--admin", "admin", "--lang", "en"], "correct horse\n");
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("5001"));
    let other = folder.path("other.db");
    let short = run(&["init", "--db", &other.display().to_string(), "--admin", "admin"], "short\n");
    assert_eq!(short.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&short.stderr).contains("4000"));
    assert!(!other.exists());
    let argument = run(&["init", "--db", &other.display().to_string(), "--admin", "admin", "--password", "correct horse"], "");
    assert_eq!((argument.status.code(), other.exists()), (Some(2), false));
}

#[test]
fn a_missing_password_is_said_as_it_is() {
    let folder = Folder::new();
    let made = run(&["init", "--db", &folder.db(), "--admin", "admin"], "");
    assert_eq!((made.status.code(), Path::new(&folder.db()).exists()), (Some(1), false));
    let said = String::from_utf8(made.stderr).unwrap();
    assert!(said.starts_with("没有收到密码。") && said.contains("ZHANGGUI_PASSWORD") && !said.contains("stdin"), "{said}");
    let (code, json) = answer(&["restore", "--db", &folder.db(), "--from", "none.db", "--user", "admin", "--lang", "en"]);
    assert_eq!((code, &json["ok"], &json["code"]), (Some(1), &Value::Bool(false), &4000.into()));
    assert!(json["errors"][0]["message"].as_str().unwrap().starts_with("No password was given."), "{json}");
}

#[test]
fn the_password_may_stand_in_the_environment() {
    let folder = Folder::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhanggui"));
    command.args(["init", "--db", &folder.db(), "--admin", "admin"]).env("ZHANGGUI_PASSWORD", "correct horse").stdin(Stdio::null());
    assert_eq!(command.output().unwrap().status.code(), Some(0));
    let (code, json) = answer(&["check", "--full", "--db", &folder.db()]);
    assert_eq!((code, &json["ok"]), (Some(0), &Value::Bool(true)));
}

#[test]
fn imports_answer_in_json() {
    let folder = Folder::with_admin();
    let db = folder.db();
    let customers = ["import", "customers", &data("northwind/customers.csv"), "--db", &db, "--user", "admin"];
    let dry: Vec<&str> = customers.iter().copied().chain(["--dry-run"]).collect();
    assert_eq!(answer(&dry).1["created"], 93);
    let (code, json) = answer(&customers);
    assert_eq!(
        (code, &json["ok"], &json["created"], &json["updated"], &json["skipped"]),
        (Some(0), &Value::Bool(true), &93.into(), &0.into(), &0.into())
    );
    assert_eq!(answer(&customers).1["skipped"], 93);
    assert_eq!(answer(&["import", "products", &data("northwind/products.csv"), "--db", &db, "--user", "admin"]).1["created"], 77);
    let (_, json) = answer(&["import", "orders", &data("northwind/order_lines.csv"), "--db", &db, "--user", "admin"]);
    assert_eq!((&json["orders_created"], &json["lines"], &json["warnings_by_kind"]["assumed_payment"]), (&830.into(), &2155.into(), &830.into()));
    assert_eq!(answer(&["check", "--db", &db]).0, Some(0));
}

#[test]
fn a_bad_file_is_refused_by_row_and_column() {
    let folder = Folder::with_admin();
    let file = folder.write("bad.csv", "SKU,Name,Price\nA,Bolt,1\nB,Nut,cheap\n");
    let (code, json) = answer(&["import", "products", &file, "--db", &folder.db(), "--user", "admin", "--lang", "en"]);
    assert_eq!((code, &json["ok"], &json["code"]), (Some(1), &Value::Bool(false), &4000.into()));
    assert_eq!((&json["errors"][0]["row"], &json["errors"][0]["column"]), (&3.into(), &"Price".into()));
    let mapped = ["import", "products", &file, "--db", &folder.db(), "--user", "admin", "--map", "Price=-"];
    assert_eq!(answer(&mapped).1["created"], 2);
    assert_eq!(answer(&["import", "products", "/nonexistent/x.csv", "--db", &folder.db(), "--user", "admin"]).1["code"], 5002);
    assert_eq!(answer(&["import", "products", &file, "--db", &folder.db(), "--user", "nobody"]).1["code"], 4001);
    assert_eq!(answer(&["import", "products", &file, "--db", &folder.path("no.db").display().to_string(), "--user", "admin"]).1["code"], 5001);
}

#[test]
fn an_import_that_is_killed_in_the_middle_leaves_nothing() {
    let folder = Folder::with_admin();
    let rows: String = (0..60_000).map(|n| format!("P{n},螺栓 {n},3.80,90\n")).collect();
    let file = folder.write("products.csv", &format!("SKU,产品名称,售价,库存\n{rows}"));
    let arguments = ["import", "products", &file, "--db", &folder.db(), "--user", "admin"];
    let mut child = Command::new(env!("CARGO_BIN_EXE_zhanggui")).args(arguments).stdout(Stdio::null()).spawn().unwrap();
    // The transaction is under way once it spills into the write-ahead log.
    let log = folder.path("crm.db-wal");
    while std::fs::metadata(&log).map_or(0, |file| file.len()) < 1 << 20 {
        assert!(child.try_wait().unwrap().is_none(), "the import ended too soon to be killed");
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let connection = rusqlite::Connection::open(folder.db()).unwrap();
    let count: i64 =
        connection.query_row("SELECT (SELECT COUNT(*) FROM products) + (SELECT COUNT(*) FROM stock_movements)", [], |row| row.get(0)).unwrap();
    assert_eq!(count, 0);
    drop(connection);
    assert_eq!(answer(&["check", "--full", "--db", &folder.db()]).0, Some(0));
}

#[test]
fn exports_answer_in_json() {
    let folder = Folder::new();
    let db = folder.db();
    let made = run(&["demo", "--db", &db, "--customers", "5", "--products", "20", "--orders", "30", "--seed", "2"], "");
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    for (kind, rows, format, name) in
        [("customer", 5, "excel", "c.xlsx"), ("inventory", 20, "csv", "i.csv"), ("sales", 30, "csv", "s.csv"), ("sales", 30, "excel", "s.xlsx")]
    {
        let out = folder.path(name).display().to_string();
        let (code, json) = answer(&["export", kind, "--format", format, "--out", &out, "--db", &db, "--user", "manager", "--lang", "en"]);
        assert_eq!((code, &json["ok"], &json["file"]), (Some(0), &Value::Bool(true), &Value::from(out.as_str())), "{kind}");
        let found = json["rows"].as_i64().unwrap();
        assert!(if kind == "sales" { found >= rows } else { found == rows }, "{kind} {found}");
        assert!(folder.path(name).is_file());
    }
    assert!(std::fs::read_to_string(folder.path("i.csv")).unwrap().contains("Stock value"));
    let out = folder.path("n.csv").display().to_string();
    let sales = ["export", "sales", "--format", "csv", "--out", &out, "--db", &db];
    let with = |more: &[&'static str]| [&sales[..], more].concat();
    assert_eq!(answer(&with(&["--user", "manager", "--from", "1999-01-01", "--to", "1999-12-31"])).1["rows"], 0);
    std::fs::remove_file(folder.path("n.csv")).unwrap();
    assert_eq!(answer(&with(&["--user", "warehouse"])).1["code"], 4003);
    assert_eq!(run(&with(&["--user", "manager", "--from", "yesterday"]), "").status.code(), Some(2));
    assert_eq!(run(&with(&[]), "").status.code(), Some(2));
    assert_eq!(run(&["export", "orders", "--format", "csv", "--out", &out, "--db", &db, "--user", "manager"], "").status.code(), Some(2));
    assert!(!folder.path("n.csv").exists());
    let nowhere = folder.path("no/n.csv").display().to_string();
    let (code, json) = answer(&["export", "sales", "--format", "excel", "--out", &nowhere, "--db", &db, "--user", "manager"]);
    assert_eq!((code, &json["code"]), (Some(1), &5002.into()));
}

#[test]
fn rights_apply_to_the_named_user() {
    let folder = Folder::new();
    let db = folder.db();
    let made = run(&["demo", "--db", &db, "--customers", "5", "--products", "20", "--orders", "30", "--seed", "2"], "");
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    assert_eq!(run(&["demo", "--db", &db], "").status.code(), Some(1));
    assert_eq!(answer(&["check", "--full", "--db", &db]).0, Some(0));
    let file = folder.write("orders.csv", "单号,客户,日期,SKU,产品,数量,单价\nX-1,启明,2020-01-05,P1,螺栓,1,1\n");
    let (code, json) = answer(&["import", "orders", &file, "--db", &db, "--user", "sales"]);
    assert_eq!((code, &json["code"]), (Some(1), &4003.into()));
    assert_eq!(answer(&["import", "orders", &file, "--db", &db, "--user", "manager"]).1["orders_created"], 1);
}

#[test]
fn a_damaged_file_fails_the_check() {
    let folder = Folder::with_admin();
    let db = folder.db();
    rusqlite::Connection::open(&db).unwrap().execute("INSERT INTO products (name, sku, stock_quantity) VALUES ('x', 'x', 5)", []).unwrap();
    let (code, json) = answer(&["check", "--db", &db]);
    assert_eq!((code, &json["ok"]), (Some(1), &Value::Bool(false)));
    assert_eq!(answer(&["check", "--db", &folder.write("text.db", "no database, a longish text that fills a header")]).0, Some(1));
}

#[test]
fn wrong_usage_is_two() {
    for arguments in [
        &["fly"][..],
        &["--fly"],
        &["import", "dogs", "f", "--db", "x", "--user", "a"],
        &["import", "orders"],
        &["init", "--db", "x"],
        &["check", "--db"],
    ] {
        let output = run(arguments, "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
    }
    assert_eq!(run(&["--help"], "").status.code(), Some(0));
}

#[test]
fn a_backup_is_made_and_restored() {
    let folder = Folder::with_admin();
    let (db, to) = (folder.db(), folder.path("to").display().to_string());
    answer(&["import", "customers", &data("northwind/customers.csv"), "--db", &db, "--user", "admin"]);
    let (code, made) = answer(&["backup", "--db", &db, "--to", &to]);
    assert_eq!((code, &made["ok"], &made["counts"]["customers"]), (Some(0), &Value::Bool(true), &93.into()));
    let from = made["file"].as_str().unwrap().to_owned();
    answer(&["import", "products", &data("northwind/products.csv"), "--db", &db, "--user", "admin"]);
    let restore = ["restore", "--db", &db, "--from", &from, "--user", "admin"];
    let restored = |input: &str| {
        let output = run(&restore, input);
        (output.status.code(), serde_json::from_slice::<Value>(&output.stdout).unwrap())
    };
    let (code, json) = restored("wrong horse\n");
    assert_eq!((code, &json["code"]), (Some(1), &4001.into()));
    let (code, json) = restored("correct horse\n");
    assert_eq!((code, &json["ok"], &json["counts"]["products"]), (Some(0), &Value::Bool(true), &0.into()));
    assert!(Path::new(json["safety_copy"].as_str().unwrap()).is_file());
    assert_eq!(answer(&["check", "--full", "--db", &db]).0, Some(0));
    // Without the manifest it cannot be told whether the backup is whole.
    std::fs::remove_file(format!("{from}.json")).unwrap();
    let (code, json) = restored("correct horse\n");
    assert_eq!((code, &json["code"]), (Some(1), &5001.into()));
    assert_eq!(run(&["restore", "--db", &db, "--from", &from], "").status.code(), Some(2));
    assert_eq!(run(&["backup", "--db", &db], "").status.code(), Some(2));
}

/// A full disk as a limit on the length of files that a shell can set.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing_half() {
    let folder = Folder::new();
    let (db, to) = (folder.db(), folder.path("to"));
    run(&["demo", "--db", &db, "--customers", "50", "--products", "50", "--orders", "300"], "");
    let script = r#"trap '' XFSZ; ulimit -f 400; exec "$0" backup --db "$1" --to "$2""#;
    let limited = || Command::new("sh").args(["-c", script, env!("CARGO_BIN_EXE_zhanggui"), &db]).arg(&to).output().unwrap();
    assert!(std::fs::metadata(&db).unwrap().len() > 400 * 1024);
    let output = limited();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &json["code"]), (Some(1), &5002.into()), "{json}");
    assert!(json["errors"][0]["message"].as_str().unwrap().contains(&*to.display().to_string()), "{json}");
    assert_eq!(std::fs::read_dir(&to).unwrap().count(), 0);
    assert_eq!(answer(&["backup", "--db", &db, "--to", &to.display().to_string()]).0, Some(0));
}

#[test]
fn papers_are_printed_by_their_number() {
    let folder = Folder::with_admin();
    let file = folder.write("orders.csv", "订单号,客户,产品编码,产品名称,数量,单价,下单日期\nX-1,启明,A,螺栓,2,12.34,2025-01-02\n");
    assert_eq!(answer(&["import", "orders", &file, "--db", &folder.db(), "--user", "admin"]).0, Some(0));
    let out = folder.path("order.pdf").display().to_string();
    let print = |kind: &str, number: &str, more: &[&str]| {
        let mut arguments = vec!["print", kind, number, "--out", &out, "--db", "", "--user", "admin"];
        let db = folder.db();
        arguments[6] = &db;
        arguments.extend(more);
        answer(&arguments)
    };
    let (code, said) = print("order", "X-1", &[]);
    assert_eq!((code, said["ok"].as_bool(), said["pages"].as_u64()), (Some(0), Some(true), Some(1)));
    assert!(std::fs::read(&out).unwrap().starts_with(b"%PDF-"));
    assert_eq!(print("delivery", "X-1", &["--no-prices", "--paper", "three_part"]).0, Some(0));
    assert_eq!(print("statement", "启明", &["--from", "2025-01-01", "--to", "2025-12-31"]).0, Some(0));
    let (code, said) = print("quote", "Q1", &[]);
    assert_eq!((code, said["code"].as_i64()), (Some(1), Some(4004)));
    assert_eq!(run(&["print", "poster", "X-1"], "").status.code(), Some(2));
}
