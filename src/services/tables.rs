//! Tables as files (rulings §13): xlsx and csv, written row by row beside their place and renamed once they are whole.
//!
//! Knows neither data file nor rights: whoever has rows writes them here, the exports as well as the list of an import's errors.
//! No text of a cell becomes a formula, in no program and however often the file is saved again (reliability S4).

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use csv::{Terminator, Writer, WriterBuilder};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use tempfile::NamedTempFile;

use crate::models::error::{FileReason, Refusal};
use crate::models::export::{ExportFormat, Exported};
use crate::models::{Day, Error, Money, Result, Timestamp, Zone};

/// Rows under the heading that a sheet holds.
pub const MOST_ROWS: usize = 1_048_575;

/// UTF-16 units that a cell of a workbook holds.
const LONGEST: usize = 32_767;

/// How often `step` is asked.
const STEP: usize = 256;

/// One column: its heading, and its width in characters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heading<'a> {
    pub text: &'a str,
    pub width: f64,
}

/// One cell, by what it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Money(Money),
    Whole(i64),
    Day(Day),
    Time(Timestamp),
    /// Hundredths of a percent: 1234 is 12.34 %.
    Percent(i64),
}

impl<'a> Cell<'a> {
    pub fn text(text: &'a str) -> Cell<'a> {
        Cell::Text(Cow::Borrowed(text))
    }

    /// A text that may be missing.
    pub fn maybe(text: Option<&'a str>) -> Cell<'a> {
        text.map_or(Cell::Empty, Cell::text)
    }
}

/// What stands around the rows.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    pub format: ExportFormat,
    /// The sheet's name and the document's title.
    pub title: &'a str,
    /// Whose it is, for the document's properties.
    pub company: &'a str,
    /// When it was made.
    pub now: Timestamp,
    /// The zone that points in time are shown in.
    pub zone: Zone,
    pub headings: &'a [Heading<'a>],
    /// How many rows are to come, for the progress; 0 where it is not known.
    pub rows: usize,
}

/// A whole table beside its place; gone where it is not kept.
pub struct Finished {
    file: NamedTempFile,
    path: PathBuf,
    rows: usize,
}

impl Finished {
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Puts the file in its place, over what stood there. 5002 where that cannot be.
    pub fn keep(self) -> Result<Exported> {
        let Finished { file, path, rows } = self;
        file.persist(&path).map_err(|error| Error::file(&path, &error.error))?;
        Ok(Exported { rows, file: path })
    }
}

/// Writes a table beside its place: `fill` gives the rows. `step` (done, of) is told how far it is and stops the work by saying false.
/// 5002 with the path where it cannot be written, 4000 where it was stopped or a sheet holds no so many rows; nothing stays then.
pub fn prepare(
    path: &Path,
    table: &Table<'_>,
    step: &mut dyn FnMut(usize, usize) -> bool,
    fill: impl FnOnce(&mut Rows<'_>) -> Result<()>,
) -> Result<Finished> {
    if table.format == ExportFormat::Excel && table.rows > MOST_ROWS {
        return Err(Refusal::TooManyRows { most: MOST_ROWS }.into());
    }
    let folder = folder_of(path);
    let file = tempfile::Builder::new().prefix(".zhanggui-").tempfile_in(folder).map_err(|error| Error::file(path, &error))?;
    let sink = match table.format {
        ExportFormat::Excel => Sink::Excel(Box::new(of_sheet(path, || Sheet::begin(folder, table))?)),
        ExportFormat::Csv => Sink::Csv(Box::new(begin_csv(&file, table).map_err(|error| csv_failed(path, &error))?)),
    };
    let mut rows = Rows { sink, path, zone: table.zone, done: 0, of: table.rows, step };
    rows.tell()?;
    fill(&mut rows)?;
    rows.tell()?;
    let Rows { sink, done, .. } = rows;
    match sink {
        Sink::Excel(sheet) => of_sheet(path, || sheet.finish(&file, table, done))?,
        Sink::Csv(writer) => finish_csv(*writer).map_err(|error| Error::file(path, &error))?,
    }
    file.as_file().sync_all().map_err(|error| Error::file(path, &error))?;
    Ok(Finished { file, path: path.to_owned(), rows: done })
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// One step of a sheet. The library panics where the file for its finished rows cannot be written: that is the disk, full or failing.
fn of_sheet<T>(path: &Path, step: impl FnOnce() -> std::result::Result<T, XlsxError>) -> Result<T> {
    let outcome = catch_unwind(AssertUnwindSafe(step));
    outcome.map_err(|_| Error::file(path, why_unwritable(folder_of(path))))?.map_err(|error| xlsx_failed(path, error))
}

/// What the system says where something is written into the folder.
fn why_unwritable(folder: &Path) -> FileReason {
    let tried = tempfile::tempfile_in(folder).and_then(|mut file| file.write_all(&[0; 1 << 16]).and_then(|()| file.sync_all()));
    tried.err().map_or(FileReason::Unknown, |error| (&error).into())
}

fn xlsx_failed(path: &Path, error: XlsxError) -> Error {
    match error {
        XlsxError::RowColumnLimitError => Refusal::TooManyRows { most: MOST_ROWS }.into(),
        XlsxError::IoError(error) => Error::file(path, &error),
        error => match std::error::Error::source(&error).and_then(|cause| cause.downcast_ref::<std::io::Error>()) {
            Some(cause) => Error::file(path, cause),
            None => Error::file(path, FileReason::Other(error.to_string())),
        },
    }
}

fn csv_failed(path: &Path, error: &csv::Error) -> Error {
    match error.kind() {
        csv::ErrorKind::Io(error) => Error::file(path, error),
        _ => Error::file(path, FileReason::Other(error.to_string())),
    }
}

enum Sink {
    Excel(Box<Sheet>),
    Csv(Box<Writer<BufWriter<File>>>),
}

/// Takes the rows of a table.
pub struct Rows<'a> {
    sink: Sink,
    path: &'a Path,
    zone: Zone,
    done: usize,
    of: usize,
    step: &'a mut dyn FnMut(usize, usize) -> bool,
}

impl Rows<'_> {
    /// The next row, a cell for each heading. [`Error::Cancelled`] where the person stopped; 5002 where it cannot be written.
    pub fn row<'c>(&mut self, cells: impl IntoIterator<Item = Cell<'c>>) -> Result<()> {
        if self.done > 0 && self.done.is_multiple_of(STEP) {
            self.tell()?;
        }
        match &mut self.sink {
            Sink::Excel(sheet) => of_sheet(self.path, || sheet.row(self.done, cells, self.zone))?,
            Sink::Csv(writer) => csv_row(writer, cells, self.zone).map_err(|error| csv_failed(self.path, &error))?,
        }
        self.done += 1;
        Ok(())
    }

    fn tell(&mut self) -> Result<()> {
        if (self.step)(self.done, self.of.max(self.done)) { Ok(()) } else { Err(Error::Cancelled) }
    }
}

/// The sheet under way: finished rows lie in a file of their own beside the target, not in memory.
struct Sheet {
    workbook: Workbook,
    sheet: Worksheet,
    money: Format,
    day: Format,
    time: Format,
    percent: Format,
}

impl Sheet {
    fn begin(folder: &Path, table: &Table<'_>) -> std::result::Result<Sheet, XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder)?;
        workbook.set_properties(&properties(table));
        let mut sheet = workbook.new_worksheet_with_constant_memory()?;
        sheet.set_name(sheet_name(table.title))?;
        sheet.set_freeze_panes(1, 0)?;
        let header = Format::new()
            .set_bold()
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(Color::RGB(0x00E9_EEF2))
            .set_border_bottom(FormatBorder::Thin);
        sheet.set_row_height(0, 22)?;
        for (column, heading) in table.headings.iter().enumerate() {
            sheet.set_column_width(column as u16, heading.width)?;
        }
        for (column, heading) in table.headings.iter().enumerate() {
            sheet.write_string_with_format(0, column as u16, dead(heading.text), &header)?;
        }
        let number = |format: &str| Format::new().set_num_format(format);
        Ok(Sheet { workbook, sheet, money: number("#,##0.00"), day: number("yyyy-mm-dd"), time: number("yyyy-mm-dd hh:mm"), percent: number("0.0%") })
    }

    fn row<'c>(&mut self, done: usize, cells: impl IntoIterator<Item = Cell<'c>>, zone: Zone) -> std::result::Result<(), XlsxError> {
        let Sheet { sheet, money, day, time, percent, .. } = self;
        let row = u32::try_from(done + 1).map_err(|_| XlsxError::RowColumnLimitError)?;
        for (column, cell) in cells.into_iter().enumerate() {
            let column = column as u16;
            match cell {
                Cell::Empty => continue,
                Cell::Text(text) => sheet.write_string(row, column, fitting(&dead(&text)))?,
                Cell::Money(amount) => sheet.write_number_with_format(row, column, amount.to_real(), money)?,
                Cell::Whole(number) => sheet.write_number(row, column, number as f64)?,
                Cell::Percent(hundredths) => sheet.write_number_with_format(row, column, hundredths as f64 / 10_000.0, percent)?,
                Cell::Day(date) => match serial(date) {
                    Some(serial) => sheet.write_number_with_format(row, column, serial, day)?,
                    None => sheet.write_string(row, column, date.to_string())?,
                },
                Cell::Time(at) => match serial(at.day(zone)) {
                    Some(serial) => sheet.write_number_with_format(row, column, serial + of_day(at, zone), time)?,
                    None => sheet.write_string(row, column, at.shown(zone))?,
                },
            };
        }
        Ok(())
    }

    fn finish(self, file: &NamedTempFile, table: &Table<'_>, rows: usize) -> std::result::Result<(), XlsxError> {
        let Sheet { mut workbook, mut sheet, .. } = self;
        if let Some(last) = table.headings.len().checked_sub(1) {
            sheet.autofilter(0, 0, u32::try_from(rows).map_err(|_| XlsxError::RowColumnLimitError)?, last as u16)?;
        }
        workbook.push_worksheet(sheet);
        let mut out = BufWriter::new(file.as_file().try_clone()?);
        workbook.save_to_writer(&mut out)?;
        out.flush()?;
        Ok(())
    }
}

fn properties(table: &Table<'_>) -> DocProperties {
    let properties = DocProperties::new().set_title(table.title).set_company(table.company);
    match ExcelDateTime::from_timestamp(table.now.unix()) {
        Ok(now) => properties.set_creation_datetime(&now),
        Err(_) => properties,
    }
}

/// A title without what the name of a sheet may not have, at most 31 characters.
fn sheet_name(title: &str) -> String {
    let name: String = title.chars().map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c }).take(31).collect();
    if name.trim().is_empty() { "1".to_owned() } else { name }
}

/// A workbook's number of a day; `None` before 1 March 1900, which workbooks count wrongly.
fn serial(day: Day) -> Option<f64> {
    let days = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).map(|first| day.days_since(Day(first)))?;
    (days > 60).then_some(days as f64)
}

/// The part of its day that a moment lies at.
fn of_day(at: Timestamp, zone: Zone) -> f64 {
    use chrono::Timelike;
    f64::from(at.local(zone).num_seconds_from_midnight()) / 86_400.0
}

/// UTF-8 with its mark, so that spreadsheets open Chinese.
fn begin_csv(file: &NamedTempFile, table: &Table<'_>) -> csv::Result<Writer<BufWriter<File>>> {
    let mut out = BufWriter::new(file.as_file().try_clone()?);
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    writer.write_record(table.headings.iter().map(|heading| dead(heading.text).into_owned()))?;
    Ok(writer)
}

fn csv_row<'c>(writer: &mut Writer<BufWriter<File>>, cells: impl IntoIterator<Item = Cell<'c>>, zone: Zone) -> csv::Result<()> {
    for cell in cells {
        match cell {
            Cell::Empty => writer.write_field("")?,
            Cell::Text(text) => writer.write_field(dead(&text).as_bytes())?,
            Cell::Money(amount) => writer.write_field(amount.plain())?,
            Cell::Whole(number) => writer.write_field(number.to_string())?,
            Cell::Percent(hundredths) => writer.write_field(format!("{:.1}%", hundredths as f64 / 100.0))?,
            Cell::Day(day) => writer.write_field(day.to_string())?,
            Cell::Time(at) => writer.write_field(at.shown(zone))?,
        }
    }
    writer.write_record(None::<&[u8]>)
}

fn finish_csv(mut writer: Writer<BufWriter<File>>) -> std::io::Result<()> {
    writer.flush()
}

/// A text that no program takes for a formula: an apostrophe stands before `= + - @` at its beginning, blanks before them aside, and before
/// a tab or a line's end there. Control characters that no file can carry become blanks.
pub fn dead(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let alive = is_alive(text);
    let unfit = |c: char| c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{fffe}' | '\u{ffff}');
    if !text.contains(unfit) {
        return if alive { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) };
    }
    let clean = text.replace("\r\n", "\n").replace(unfit, " ");
    Cow::Owned(if alive { format!("'{clean}") } else { clean })
}

/// The text that [`dead`] made this of: without the apostrophe before what could be a formula. Any other text as it is.
pub fn undone(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_alive(rest) => rest,
        _ => text,
    }
}

/// Whether some program would take the text for a formula.
fn is_alive(text: &str) -> bool {
    let starts = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let unseen = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}');
    text.starts_with(['\t', '\r', '\n']) || text.trim_start_matches(unseen).starts_with(starts)
}

/// Whether nothing in the text can need a change, told by its bytes alone: most cells of a large export.
fn is_plain(text: &str) -> bool {
    // A letter, a digit, or a character from U+4000 on: neither a sign nor unseen. 0xc2 begins the control characters above 0x7f,
    // 0xef what is no character, and the full-width signs.
    let first = text.bytes().next().is_none_or(|byte| byte.is_ascii_alphanumeric() || (0xe4..0xef).contains(&byte));
    first && !text.bytes().any(|byte| matches!(byte, 0..0x20 | 0x7f | 0xc2 | 0xef))
}

/// The text as far as a cell of a workbook holds it, with … where something is left off.
pub(super) fn fitting(text: &str) -> Cow<'_, str> {
    // A character has at least as many bytes as UTF-16 units.
    if text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let mut room = LONGEST - 1;
    let kept = text.chars().take_while(|c| match room.checked_sub(c.len_utf16()) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    });
    Cow::Owned(kept.chain(['…']).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_a_formula_is_dead_and_everything_else_as_it_is() {
        for text in ["=1+1", "+86 138", "-", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u{feff}=1", "＝1", "\u{0}=1", "\tx"] {
            let shown = dead(text);
            assert!(shown.starts_with('\''), "{text:?} {shown:?}");
            assert!(!shown.contains(['\r', '\0']), "{text:?}");
            // Once more changes nothing.
            assert_eq!(dead(&shown), shown);
        }
        for text in ["", "恒达五金", "a=b", "1-2", "'", "第一行\n第二行", "138 0000 6620", "　恒达", "。=1"] {
            assert_eq!(dead(text), text);
        }
        // Whatever their first character is, a sign behind what is not seen is found.
        for unseen in ["\u{3000}", "\u{2003}", "\u{a0}", "\u{200b}", "\u{1680}", "\u{feff}"] {
            assert_eq!(dead(&format!("{unseen}=1")), format!("'{unseen}=1"));
        }
        assert_eq!(dead("a\r\nb\u{1}c"), "a\nb c");
    }

    #[test]
    fn what_was_made_dead_comes_back_as_it_was() {
        for text in ["=1+1", "+86 138", "-", "@SUM(A1)", "\t=1", " =1", "＝1", "恒达", "'", "'恒达", "a\nb", ""] {
            assert_eq!(undone(&dead(text)), text);
        }
    }

    #[test]
    fn a_cell_is_no_longer_than_it_may_be() {
        assert_eq!(fitting("甲"), "甲");
        let long = fitting(&"😀".repeat(20_000)).into_owned();
        assert!(long.encode_utf16().count() <= LONGEST && long.ends_with('…'), "{}", long.len());
        assert_eq!(fitting(&"a".repeat(LONGEST)).len(), LONGEST);
    }

    #[test]
    fn days_are_the_numbers_of_workbooks() {
        let of = |text: &str| Day::parse(text).and_then(serial);
        assert_eq!((of("2026-01-30"), of("1900-03-01"), of("1900-02-28")), (Some(46_052.0), Some(61.0), None));
    }

    #[test]
    fn a_sheets_name_is_one_that_workbooks_take() {
        assert_eq!(sheet_name("盘点 [PD/1]"), "盘点  PD 1 ");
        assert_eq!((sheet_name("'").as_str(), sheet_name(&"长".repeat(40)).chars().count()), ("1", 31));
    }
}
