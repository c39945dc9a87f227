//! Import of customers, products and order history from csv, xlsx and xls (rulings §13): read and checked first, then written all or nothing.
//!
//! `sheet` reads the table (`workbook` where it is one), `columns` says what each column means, `customers`, `products`, `orders` check the rows,
//! and they or `history` write what the rows say.

pub mod cells;
pub mod columns;
mod customers;
pub mod days;
mod history;
mod orders;
mod products;
pub mod sheet;
mod workbook;
mod workbook_of_errors;

use sha2::{Digest, Sha256};

use self::columns::Columns;
use self::sheet::{Sheet, SheetRow};
use super::desk::{Act, Desk};
use super::preferences::LONGEST_VALUE;
use crate::i18n::{Lang, fill};
use crate::models::choice::{Entity, Module, Scope};
use crate::models::import::{ImportField, ImportKind, ImportOptions, ImportReport, Preview, RowErrors};
use crate::models::log::Changes;
use crate::models::rights::{Command, Verb};
use crate::models::session::Actor;
use crate::models::{Error, Result};
use crate::repositories as repo;

/// Imports a file of this kind; see [`customers()`], [`products()`], [`orders()`].
pub fn import(
    desk: &mut Desk,
    kind: ImportKind,
    file: &[u8],
    options: &ImportOptions,
    step: impl FnMut(usize, usize) -> bool,
) -> Result<ImportReport> {
    match kind {
        ImportKind::Customers => customers(desk, file, options, step),
        ImportKind::Products => products(desk, file, options, step),
        ImportKind::Orders => orders(desk, file, options, step),
    }
}

/// Imports customers. `step` (done, of; of is 0 while the file is read) is told of the rows and stops the import by saying false; then nothing
/// is kept. 4000, 4004 or 4005 with what is wrong by row and column; nothing is kept then either.
pub fn customers(desk: &mut Desk, file: &[u8], options: &ImportOptions, mut step: impl FnMut(usize, usize) -> bool) -> Result<ImportReport> {
    let command = Command::ImportCustomers;
    desk.read(command, |_, _| Ok(()))?;
    let mut progress = Progress::new(&mut step);
    let (sheet, columns, mut report) = open(ImportKind::Customers, file, options, &mut progress)?;
    let (firsts, repeated) = customers::check(&sheet, &columns, &mut report.warnings, &mut progress)?;
    report.skipped += repeated;
    let table = (&sheet, &columns);
    commit(desk, command, options, report, |act, report| customers::write(act, table, &firsts, options.existing, report, &mut progress))
}

/// Imports products, with their stock as opening movements. As [`customers()`].
pub fn products(desk: &mut Desk, file: &[u8], options: &ImportOptions, mut step: impl FnMut(usize, usize) -> bool) -> Result<ImportReport> {
    let command = Command::ImportProducts;
    desk.read(command, |_, _| Ok(()))?;
    let mut progress = Progress::new(&mut step);
    let (sheet, columns, mut report) = open(ImportKind::Products, file, options, &mut progress)?;
    let (firsts, repeated) = products::check(&sheet, &columns, &mut report.warnings, &mut progress)?;
    report.skipped += repeated;
    let table = (&sheet, &columns);
    commit(desk, command, options, report, |act, report| products::write(act, table, &firsts, options.existing, report, &mut progress))
}

/// Imports order history, one line a row, and the customers and products that it names and the file does not have. As [`customers()`];
/// 4003 without scope `all` on sales (rulings §8), or without the right to create the customers or products that are missing.
pub fn orders(desk: &mut Desk, file: &[u8], options: &ImportOptions, mut step: impl FnMut(usize, usize) -> bool) -> Result<ImportReport> {
    let command = Command::ImportOrders;
    desk.read(command, |_, actor| reaches_all(actor))?;
    let mut progress = Progress::new(&mut step);
    let (sheet, columns, report) = open(ImportKind::Orders, file, options, &mut progress)?;
    let book = orders::parse(&sheet, &columns, &mut progress)?;
    commit(desk, command, options, report, |act, report| {
        reaches_all(act.actor)?;
        history::write(act, &book, options.existing, report, &mut progress)
    })
}

/// What a file holds and how its columns would be read, before anything is imported. The rights of the import itself; errors as there.
pub fn preview(desk: &Desk, kind: ImportKind, file: &[u8], sheet: Option<&str>) -> Result<Preview> {
    desk.read(Command::PreviewImport, |_, _| Ok(()))?;
    may(desk, kind)?;
    let table = Sheet::read(file, sheet, || Ok(()))?;
    let guessed = Columns::guess(kind, &table.headings);
    let remembered = remembered(desk, kind, &table.headings)?.filter(|columns| *columns != guessed);
    let from_memory = remembered.is_some();
    let fields = remembered.unwrap_or(guessed).fields().to_vec();
    let first = |row: SheetRow<'_>| (row.number, row.cells().map(str::to_owned).collect());
    let (rows, total) = (table.rows().take(Preview::ROWS).map(first).collect(), table.len());
    Ok(Preview { sheets: table.names, headings: table.headings, rows, total, fields, from_memory })
}

/// The file's rows with what is wrong in each, as an xlsx workbook to correct and import again; and a list of the errors. In the language given.
/// The rights of the import itself.
pub fn error_workbook(desk: &Desk, kind: ImportKind, file: &[u8], sheet: Option<&str>, errors: &RowErrors, lang: Lang) -> Result<Vec<u8>> {
    desk.read(Command::ImportErrors, |_, _| Ok(()))?;
    may(desk, kind)?;
    // A table that cannot be read has its errors listed all the same.
    workbook_of_errors::write(Sheet::read(file, sheet, || Ok(())).ok().as_ref(), errors, lang)
}

/// An empty xlsx workbook with the headings of a kind of file, as they are recognised. In the language given.
pub fn template(desk: &Desk, kind: ImportKind, lang: Lang) -> Result<Vec<u8>> {
    desk.read(Command::ImportTemplate, |_, _| Ok(()))?;
    workbook_of_errors::template(kind, lang)
}

/// What the person made of a file with these headings when he last imported one; nothing where he never said otherwise than the guess.
fn remembered(desk: &Desk, kind: ImportKind, headings: &[String]) -> Result<Option<Columns>> {
    let key = memory_key(kind, headings);
    let kept = desk.read(Command::PreviewImport, |c, actor| repo::preferences::get(c, actor.user, &key))?;
    let kept: Option<serde_json::Map<String, serde_json::Value>> = kept.and_then(|text| serde_json::from_str(&text).ok());
    let field = |value: &serde_json::Value| value.as_str().and_then(ImportField::parse);
    let map: Option<Vec<_>> = kept.map(|kept| kept.iter().map(|(heading, value)| (heading.clone(), field(value))).collect());
    Ok(map.and_then(|map| Columns::of(kind, headings, &map).ok()))
}

/// Keeps the columns as the person gave them, for the next file with these headings.
fn remember(act: &Act<'_>, report: &ImportReport, map: &[(String, Option<ImportField>)]) -> Result<()> {
    let headings: Vec<String> = report.mapping.iter().map(|(heading, _)| heading).chain(&report.ignored).cloned().collect();
    let text = |field: &Option<ImportField>| field.map_or(serde_json::Value::Null, |field| field.as_str().into());
    let kept: serde_json::Map<String, serde_json::Value> = map.iter().map(|(heading, field)| (heading.clone(), text(field))).collect();
    let value = serde_json::Value::Object(kept).to_string();
    if value.chars().count() > LONGEST_VALUE {
        // Hundreds of columns are not worth a memory.
        return Ok(());
    }
    repo::preferences::set(act.tx, act.actor.user, &memory_key(report.kind, &headings), &value)
}

/// One key for a set of headings, in whatever order they stand.
fn memory_key(kind: ImportKind, headings: &[String]) -> String {
    let mut names: Vec<String> = headings.iter().map(|heading| columns::normal(heading)).collect();
    names.sort();
    let digest = Sha256::digest(names.join("\n").as_bytes());
    let short: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("import {} {short}", kind.as_str())
}

/// The right to import this kind of file.
fn may(desk: &Desk, kind: ImportKind) -> Result<()> {
    match kind {
        ImportKind::Customers => desk.read(Command::ImportCustomers, |_, _| Ok(())),
        ImportKind::Products => desk.read(Command::ImportProducts, |_, _| Ok(())),
        ImportKind::Orders => desk.read(Command::ImportOrders, |_, actor| reaches_all(actor)),
    }
}

fn reaches_all(actor: &Actor) -> Result<()> {
    let all = actor.rights.scope(Module::Sales) == Scope::All;
    if all { Ok(()) } else { Err(Error::Denied { module: Module::Sales, verb: Verb::Create }) }
}

/// Tells how far the work is, every few rows.
struct Progress<'a> {
    step: &'a mut dyn FnMut(usize, usize) -> bool,
    done: usize,
    of: usize,
}

impl<'a> Progress<'a> {
    fn new(step: &'a mut dyn FnMut(usize, usize) -> bool) -> Progress<'a> {
        Progress { step, done: 0, of: 0 }
    }

    /// The file is read: each of so many rows comes up twice more, to be checked and to be written.
    fn begin(&mut self, rows: usize) {
        (self.done, self.of) = (0, rows * 2);
    }

    /// One more row; [`Error::Cancelled`] where the person stopped.
    fn tick(&mut self) -> Result<()> {
        let asked = self.done.is_multiple_of(256);
        self.done += 1;
        if asked && !(self.step)(self.done - 1, self.of) { Err(Error::Cancelled) } else { Ok(()) }
    }
}

/// Reads the table and settles its columns.
fn open(kind: ImportKind, file: &[u8], options: &ImportOptions, progress: &mut Progress<'_>) -> Result<(Sheet, Columns, ImportReport)> {
    let sheet = Sheet::read(file, options.sheet.as_deref(), || progress.tick())?;
    progress.begin(sheet.len());
    let columns = Columns::of(kind, &sheet.headings, &options.map)?;
    let mut report = ImportReport::new(kind, options.dry_run);
    (report.mapping, report.ignored) = columns.described();
    Ok((sheet, columns, report))
}

/// One transaction with one log row; a dry run does the same and keeps nothing.
fn commit(
    desk: &mut Desk,
    command: Command,
    options: &ImportOptions,
    mut report: ImportReport,
    work: impl FnOnce(&Act<'_>, &mut ImportReport) -> Result<()>,
) -> Result<ImportReport> {
    let mut done = false;
    let outcome = desk.write(command, |act| {
        work(act, &mut report)?;
        log(act, options, &report)?;
        if !options.map.is_empty() {
            remember(act, &report, &options.map)?;
        }
        done = true;
        // An error is what undoes a transaction.
        if options.dry_run { Err(Error::Cancelled) } else { Ok(()) }
    });
    match outcome {
        Err(Error::Cancelled) if done && options.dry_run => Ok(report),
        outcome => outcome.map(|()| report),
    }
}

fn log(act: &Act<'_>, options: &ImportOptions, report: &ImportReport) -> Result<()> {
    let mut changes = Changes::default();
    let counts = [
        ("created", report.created),
        ("updated", report.updated),
        ("skipped", report.skipped),
        ("customers", report.customers_created),
        ("products", report.products_created),
        ("orders", report.orders_created),
        ("lines", report.lines),
        ("warnings", report.warnings.total()),
    ];
    for (name, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
        changes.note(name, "", count);
    }
    let kind = act.actor.lang.import_kind(report.kind);
    let values: [&dyn std::fmt::Display; 5] = [&kind, &options.file, &report.created, &report.updated, &report.skipped];
    act.log(Entity::File, 0, fill(act.actor.lang.texts().logs.imported, &values), &changes)
}
