//! The command line (rulings §14): which window or which headless command, and their answers. No rule of the business.

use std::ffi::OsString;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use lexopt::{Arg, Parser, ValueExt};
use serde_json::{Value, json};

use crate::documents::paperwork::Paper;
use crate::documents::{self, request};
use crate::i18n::{Lang, Texts, fill};
use crate::models::backup::{Facts, Manifest, WithoutManifest};
use crate::models::error::Code;
use crate::models::export::{Days, Export, ExportFormat, ExportKind, ExportRequest};
use crate::models::import::{Existing, ImportField, ImportKind, ImportOptions, ImportReport, RowError};
use crate::models::paper::PaperKind;
use crate::models::user::FirstRun;
use crate::models::{Day, Error, Result};
use crate::services::check::{Depth, Findings, run_unattended};
use crate::services::demo::{self, DemoSize};
use crate::services::{Desk, Setup, Wait, auth, backup, imports, papers, reports, restore};

/// What the command line asks for.
#[derive(Clone, Debug)]
pub enum Request {
    Window { db: Option<PathBuf>, lang: Option<Lang>, demo: bool, terminal: bool },
    Help,
    Init { db: PathBuf, admin: String, company: String },
    Demo { db: PathBuf, size: DemoSize, seed: u64 },
    Import { db: PathBuf, user: String, kind: ImportKind, file: PathBuf, options: ImportOptions },
    Export { db: PathBuf, user: String, request: ExportRequest },
    Print { db: PathBuf, user: String, paper: PrintRequest },
    Check { db: PathBuf, depth: Depth },
    Backup { db: PathBuf, to: PathBuf },
    Restore { db: PathBuf, from: PathBuf, user: String },
}

/// Which paper of which record, and the file it goes to.
#[derive(Clone, Debug)]
pub struct PrintRequest {
    kind: PaperKind,
    /// The record's number, or the customer's number or name.
    number: String,
    paper: Paper,
    prices: bool,
    from: Option<Day>,
    to: Option<Day>,
    lang: Lang,
    out: PathBuf,
}

/// A command line that cannot be understood: what is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Usage(pub String);

/// All options, as written.
#[derive(Default)]
struct Given {
    words: Vec<OsString>,
    db: Option<PathBuf>,
    lang: Option<String>,
    admin: Option<String>,
    company: Option<String>,
    user: Option<String>,
    existing: Option<String>,
    sheet: Option<String>,
    format: Option<String>,
    out: Option<PathBuf>,
    /// A day of an export, or a backup's file.
    from: Option<OsString>,
    /// A day of an export, or a folder of backups.
    to: Option<OsString>,
    map: Vec<String>,
    dry_run: bool,
    no_prices: bool,
    paper: Option<String>,
    demo: bool,
    terminal: bool,
    full: bool,
    help: bool,
    numbers: Vec<(String, String)>,
}

impl Given {
    fn read(parser: &mut Parser) -> std::result::Result<Given, lexopt::Error> {
        let mut given = Given::default();
        while let Some(arg) = parser.next()? {
            match arg {
                Arg::Value(word) => given.words.push(word),
                Arg::Long("db") => given.db = Some(parser.value()?.into()),
                Arg::Long("lang") => given.lang = Some(parser.value()?.string()?),
                Arg::Long("admin") => given.admin = Some(parser.value()?.string()?),
                Arg::Long("company") => given.company = Some(parser.value()?.string()?),
                Arg::Long("user") => given.user = Some(parser.value()?.string()?),
                Arg::Long("to") => given.to = Some(parser.value()?),
                Arg::Long("from") => given.from = Some(parser.value()?),
                Arg::Long("existing") => given.existing = Some(parser.value()?.string()?),
                Arg::Long("sheet") => given.sheet = Some(parser.value()?.string()?),
                Arg::Long("format") => given.format = Some(parser.value()?.string()?),
                Arg::Long("out") => given.out = Some(parser.value()?.into()),
                Arg::Long("map") => given.map.push(parser.value()?.string()?),
                Arg::Long("dry-run") => given.dry_run = true,
                Arg::Long("no-prices") => given.no_prices = true,
                Arg::Long("paper") => given.paper = Some(parser.value()?.string()?),
                Arg::Long("demo") => given.demo = true,
                Arg::Long("terminal") => given.terminal = true,
                Arg::Long("full") => given.full = true,
                Arg::Long("help") | Arg::Short('h') => given.help = true,
                Arg::Long(name @ ("customers" | "products" | "orders" | "seed")) => {
                    let name = name.to_owned();
                    let value = parser.value()?.string()?;
                    given.numbers.push((name, value));
                }
                other => return Err(other.unexpected()),
            }
        }
        Ok(given)
    }

    fn number(&self, t: &Texts, name: &str, default: u64) -> std::result::Result<u64, Usage> {
        match self.numbers.iter().rev().find(|(given, _)| given == name) {
            Some((_, value)) => value.parse().map_err(|_| Usage(fill(t.cli.bad_number, &[&format!("--{name}")]))),
            None => Ok(default),
        }
    }

    fn db(&self, t: &Texts) -> std::result::Result<PathBuf, Usage> {
        self.db.clone().ok_or_else(|| Usage(fill(t.cli.missing, &[&"--db"])))
    }
}

/// Reads the command line, without the program's name. The language of messages comes with it.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> (Lang, std::result::Result<Request, Usage>) {
    let mut parser = Parser::from_args(args);
    match Given::read(&mut parser) {
        Ok(given) => {
            let lang = given.lang.as_deref().and_then(Lang::from_code);
            (lang.unwrap_or_default(), request(&given, lang))
        }
        Err(error) => (Lang::default(), Err(Usage(error.to_string()))),
    }
}

fn request(given: &Given, lang: Option<Lang>) -> std::result::Result<Request, Usage> {
    let t = lang.unwrap_or_default().texts();
    let unknown = |option: &str, value: &str| Usage(fill(t.cli.bad_choice, &[&option, &value]));
    if let (Some(code), None) = (&given.lang, lang) {
        return Err(unknown("--lang", code));
    }
    if given.help {
        return Ok(Request::Help);
    }
    let words: Vec<&str> = given.words.iter().map(|word| word.to_str().unwrap_or_default()).collect();
    match words.as_slice() {
        [] => Ok(Request::Window { db: given.db.clone(), lang, demo: given.demo, terminal: given.terminal }),
        ["init"] => {
            let admin = given.admin.clone().ok_or_else(|| Usage(fill(t.cli.missing, &[&"--admin"])))?;
            Ok(Request::Init { db: given.db(t)?, company: given.company.clone().unwrap_or_else(|| t.common.app_name.to_owned()), admin })
        }
        ["demo"] => {
            let count = |name, default: usize| given.number(t, name, default as u64).map(|n| usize::try_from(n).unwrap_or(usize::MAX));
            let window = DemoSize::WINDOW;
            let (customers, products) = (count("customers", window.customers)?, count("products", window.products)?);
            let size = DemoSize { customers, products, orders: given.number(t, "orders", window.orders)? };
            Ok(Request::Demo { db: given.db(t)?, size, seed: given.number(t, "seed", 1)? })
        }
        ["import", kind, _] => {
            let kind = ImportKind::parse(kind).ok_or_else(|| unknown("import", kind))?;
            let file = PathBuf::from(&given.words[2]);
            let user = given.user.clone().ok_or_else(|| Usage(fill(t.cli.missing, &[&"--user"])))?;
            let mut options = ImportOptions::new(&file.file_name().unwrap_or_default().to_string_lossy());
            options.dry_run = given.dry_run;
            options.sheet.clone_from(&given.sheet);
            if let Some(existing) = &given.existing {
                options.existing = Existing::parse(existing).ok_or_else(|| unknown("--existing", existing))?;
            }
            for pair in &given.map {
                options.map.push(mapping(pair).ok_or_else(|| unknown("--map", pair))?);
            }
            Ok(Request::Import { db: given.db(t)?, user, kind, file, options })
        }
        ["export", kind] => export_request(given, lang.unwrap_or_default(), kind),
        ["print", kind, number] => print_request(given, lang.unwrap_or_default(), kind, number),
        ["backup"] => {
            let to = given.to.clone().ok_or_else(|| Usage(fill(t.cli.missing, &[&"--to"])))?;
            Ok(Request::Backup { db: given.db(t)?, to: to.into() })
        }
        ["restore"] => {
            let from = given.from.clone().ok_or_else(|| Usage(fill(t.cli.missing, &[&"--from"])))?;
            let user = given.user.clone().ok_or_else(|| Usage(fill(t.cli.missing, &[&"--user"])))?;
            Ok(Request::Restore { db: given.db(t)?, from: from.into(), user })
        }
        ["check"] => Ok(Request::Check { db: given.db(t)?, depth: if given.full { Depth::Full } else { Depth::Quick } }),
        [other, ..] => Err(unknown("zhanggui", other)),
    }
}

/// The day of an option, where it is given.
fn day(t: &Texts, option: &str, text: Option<&OsString>) -> std::result::Result<Option<Day>, Usage> {
    let Some(text) = text.map(|text| text.to_string_lossy()) else { return Ok(None) };
    Day::parse(&text).map(Some).ok_or_else(|| Usage(fill(t.cli.bad_choice, &[&option, &text])))
}

fn export_request(given: &Given, lang: Lang, kind: &str) -> std::result::Result<Request, Usage> {
    let t = lang.texts();
    let unknown = |option: &str, value: &str| Usage(fill(t.cli.bad_choice, &[&option, &value]));
    let missing = |option: &str| Usage(fill(t.cli.missing, &[&option]));
    let days = Days { from: day(t, "--from", given.from.as_ref())?, to: day(t, "--to", given.to.as_ref())? };
    let export = ExportKind::parse(kind).and_then(|kind| Export::report(kind, days)).ok_or_else(|| unknown("export", kind))?;
    let format = given.format.as_deref().ok_or_else(|| missing("--format"))?;
    let format = ExportFormat::parse(format).ok_or_else(|| unknown("--format", format))?;
    let path = given.out.clone().ok_or_else(|| missing("--out"))?;
    let user = given.user.clone().ok_or_else(|| missing("--user"))?;
    Ok(Request::Export { db: given.db(t)?, user, request: ExportRequest { export, format, path, lang } })
}

fn print_request(given: &Given, lang: Lang, kind: &str, number: &str) -> std::result::Result<Request, Usage> {
    let t = lang.texts();
    let unknown = |option: &str, value: &str| Usage(fill(t.cli.bad_choice, &[&option, &value]));
    let missing = |option: &str| Usage(fill(t.cli.missing, &[&option]));
    let paper = given.paper.as_deref().map_or(Ok(Paper::A4), |name| Paper::parse(name).ok_or_else(|| unknown("--paper", name)))?;
    let paper = PrintRequest {
        kind: PaperKind::parse(kind).ok_or_else(|| unknown("print", kind))?,
        number: number.to_owned(),
        paper,
        prices: !given.no_prices,
        from: day(t, "--from", given.from.as_ref())?,
        to: day(t, "--to", given.to.as_ref())?,
        lang,
        out: given.out.clone().ok_or_else(|| missing("--out"))?,
    };
    Ok(Request::Print { db: given.db(t)?, user: given.user.clone().ok_or_else(|| missing("--user"))?, paper })
}

/// `COLUMN=FIELD`; `COLUMN=-` leaves the column out.
fn mapping(pair: &str) -> Option<(String, Option<ImportField>)> {
    let (column, field) = pair.rsplit_once('=')?;
    let field = if field == "-" { None } else { Some(ImportField::parse(field)?) };
    Some((column.to_owned(), field))
}

/// Where the data file is when none is named.
pub fn default_db(lang: Lang) -> std::result::Result<PathBuf, Usage> {
    let dirs = directories::ProjectDirs::from("", "", "zhanggui").ok_or_else(|| Usage(lang.texts().cli.no_data_folder.to_owned()))?;
    Ok(dirs.data_dir().join("crm_erp.db"))
}

/// Runs a headless command; the exit code.
pub fn run(lang: Lang, request: Request) -> u8 {
    let t = lang.texts();
    let outcome = match request {
        Request::Help | Request::Window { .. } => {
            say(t.cli.usage);
            return 0;
        }
        Request::Init { db, admin, company } => match password() {
            Some(password) => init(t, &db, &FirstRun { company, full_name: admin.clone(), username: admin, password }),
            None => {
                complain(t.cli.no_password);
                return 1;
            }
        },
        Request::Demo { db, size, seed } => make_demo(t, &db, size, seed),
        Request::Import { db, user, kind, file, options } => return import(lang, &db, &user, kind, &file, &options),
        Request::Print { db, user, paper } => return print(lang, &db, &user, &paper),
        Request::Export { db, user, request } => return export(lang, &db, &user, &request),
        Request::Check { db, depth } => return check(lang, &db, depth),
        Request::Backup { db, to } => return backup(lang, &db, &to),
        Request::Restore { db, from, user } => return restore(lang, &db, &from, &user),
    };
    match outcome {
        Ok(()) => 0,
        Err(error) => {
            complain(&lang.sentence(&error));
            1
        }
    }
}

/// Says what is wrong with the command line, and how it goes; the exit code.
pub fn refuse(lang: Lang, usage: &Usage) -> u8 {
    complain(&usage.0);
    complain(lang.texts().cli.usage);
    2
}

fn init(t: &Texts, db: &Path, new: &FirstRun) -> Result<()> {
    // Looked at before the file is made: a refused name or password leaves no file behind.
    new.check().into_result()?;
    let mut desk = Desk::create(db, Wait::Job, Setup::program())?;
    auth::first_run(&mut desk, new)?;
    say(&fill(t.cli.created, &[&db.display(), &new.username]));
    Ok(())
}

fn make_demo(t: &Texts, db: &Path, size: DemoSize, seed: u64) -> Result<()> {
    let mut desk = Desk::create(db, Wait::Job, Setup::program())?;
    demo::create(&mut desk, size, seed, |done, of| {
        if of > 50_000 {
            complain(&fill(t.cli.progress, &[&done, &of]));
        }
        true
    })?;
    say(&fill(t.cli.demo_done, &[&db.display(), &size.customers, &size.products, &size.orders]));
    Ok(())
}

fn import(lang: Lang, db: &Path, user: &str, kind: ImportKind, file: &Path, options: &ImportOptions) -> u8 {
    let outcome = imports::sheet::read_file(file).and_then(|bytes| {
        let mut desk = Desk::open(db, Wait::Job, Setup::program())?;
        auth::act_as(&mut desk, user)?;
        imports::import(&mut desk, kind, &bytes, options, |_, _| true)
    });
    match outcome {
        Ok(report) => {
            say(&report_json(&report).to_string());
            0
        }
        Err(error) => fail(lang, &error),
    }
}

fn export(lang: Lang, db: &Path, user: &str, request: &ExportRequest) -> u8 {
    let outcome = Desk::open(db, Wait::Job, Setup::program()).and_then(|mut desk| {
        auth::act_as(&mut desk, user)?;
        reports::export(&mut desk, request, |_, _| true)
    });
    match outcome {
        Ok(exported) => {
            say(&json!({"ok": true, "rows": exported.rows, "file": exported.file.display().to_string()}).to_string());
            0
        }
        Err(error) => fail(lang, &error),
    }
}

fn print(lang: Lang, db: &Path, user: &str, wanted: &PrintRequest) -> u8 {
    let outcome = Desk::open(db, Wait::Job, Setup::program()).and_then(|mut desk| {
        auth::act_as(&mut desk, user)?;
        let today = desk.clock().now().day(desk.config()?.zone);
        let to = wanted.to.unwrap_or(today);
        let period = (wanted.from.unwrap_or(to.month_start()), to);
        let record = papers::find(&desk, wanted.kind, &wanted.number, wanted.prices, period)?;
        let sheets = request::pages(&desk, record, wanted.lang, wanted.paper)?;
        documents::write(&wanted.out, &documents::pdf::write(&sheets)?)?;
        papers::printed(&mut desk, record, &wanted.number)?;
        Ok(sheets.len())
    });
    match outcome {
        Ok(pages) => {
            say(&json!({"ok": true, "pages": pages, "file": wanted.out.display().to_string()}).to_string());
            0
        }
        Err(error) => fail(lang, &error),
    }
}

fn report_json(report: &ImportReport) -> Value {
    let warnings: serde_json::Map<String, Value> =
        report.warnings.0.iter().map(|warning| (warning.kind.as_str().to_owned(), json!(warning.count))).collect();
    json!({
        "ok": true,
        "dry_run": report.dry_run,
        "created": report.created,
        "updated": report.updated,
        "skipped": report.skipped,
        "warnings": report.warnings.total(),
        "warnings_by_kind": warnings,
        "customers_created": report.customers_created,
        "products_created": report.products_created,
        "orders_created": report.orders_created,
        "lines": report.lines,
        "payments": report.payments,
        "ignored_columns": report.ignored,
    })
}

fn check(lang: Lang, db: &Path, depth: Depth) -> u8 {
    let found = Desk::open(db, Wait::Job, Setup::program()).and_then(|desk| run_unattended(&desk, depth, |_, _| true));
    match found {
        Ok(findings) if findings.is_good() => {
            say(&json!({"ok": true, "rules": crate::services::check::rules()}).to_string());
            0
        }
        Ok(findings) => {
            say(&findings_json(&findings).to_string());
            complain(&fill(lang.texts().cli.broken, &[&(findings.broken.len() + findings.integrity.len())]));
            1
        }
        Err(error) => fail(lang, &error),
    }
}

fn findings_json(findings: &Findings) -> Value {
    let broken: Vec<Value> =
        findings.broken.iter().map(|broken| json!({"rule": broken.name, "count": broken.count, "examples": broken.examples})).collect();
    json!({"ok": false, "code": 5001, "broken": broken, "integrity": findings.integrity})
}

fn backup(lang: Lang, db: &Path, to: &Path) -> u8 {
    let made = Desk::open(db, Wait::Job, Setup::program()).and_then(|mut desk| backup::create_unattended(&mut desk, to, |_, _| true));
    match made {
        Ok(made) => {
            let Manifest { sha256, bytes, facts, pictures, pictures_missing, .. } = made.manifest;
            let json = json!({
                "ok": true,
                "file": made.path.display().to_string(),
                "bytes": bytes,
                "sha256": sha256,
                "counts": counts_json(&facts),
                "pictures": pictures,
                "pictures_missing": pictures_missing,
            });
            say(&json.to_string());
            0
        }
        Err(error) => fail(lang, &error),
    }
}

fn restore(lang: Lang, db: &Path, from: &Path, user: &str) -> u8 {
    let Some(password) = password() else {
        let message = lang.texts().cli.no_password;
        return failed(Code::BadRequest, 1, vec![json!({"message": message})], message);
    };
    match restore::run_at(db, &Setup::program(), from, (user, &password), WithoutManifest::Refuse, |_, _| true) {
        Ok(restored) => {
            let json = json!({
                "ok": true,
                "file": db.display().to_string(),
                "safety_copy": restored.safety_copy.map(|path| path.display().to_string()),
                "counts": counts_json(&restored.facts),
                "pictures_missing": restored.pictures_missing,
            });
            say(&json.to_string());
            0
        }
        Err(error) => fail(lang, &error),
    }
}

fn counts_json(facts: &Facts) -> Value {
    facts.counts().into_iter().map(|(name, count)| (name.to_owned(), json!(count))).collect::<serde_json::Map<_, _>>().into()
}

/// The JSON line and the message of an error; the exit code.
fn fail(lang: Lang, error: &Error) -> u8 {
    let message = lang.sentence(error);
    let count = if let Error::Rows(rows) = error { rows.total } else { 1 };
    let errors = match error {
        Error::Rows(rows) => {
            let row = |error: &RowError| json!({"row": error.row, "column": error.column, "message": lang.row_problem(error.problem)});
            rows.errors.iter().map(row).collect()
        }
        _ => vec![json!({"message": message})],
    };
    failed(error.code(), count, errors, &message)
}

fn failed(code: Code, count: usize, errors: Vec<Value>, message: &str) -> u8 {
    say(&json!({"ok": false, "code": code as i32, "error_count": count, "errors": errors}).to_string());
    complain(message);
    1
}

/// ZHANGGUI_PASSWORD, else one line of standard input; `None` where neither holds one.
fn password() -> Option<String> {
    if let Ok(password) = std::env::var("ZHANGGUI_PASSWORD") {
        return Some(password);
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).ok()?;
    Some(line.trim_end_matches(['\r', '\n']).to_owned()).filter(|password| !password.is_empty())
}

/// A line on standard output. A closed pipe is nobody's error.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// A line on standard error.
pub fn complain(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
