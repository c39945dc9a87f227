//! Reading the cells of an xlsx or xls file, after a look at how much it would become (reliability R8). Knows no field.
//!
//! A few kilobytes of zip can stand for gigabytes, and two cells at the corners of an old xls for a table of millions: both are measured first.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, DataType, Reader, SheetVisible, Xls, Xlsx};
use chrono::{NaiveDateTime, NaiveTime};

use super::sheet::{MOST_COLUMNS, MOST_ROWS};
use crate::models::import::{RowErrors, RowProblem};

/// The most bytes a workbook may unpack to, all its parts together, and those of its table of texts alone.
const MOST_UNPACKED: u64 = 192 << 20;
const MOST_TEXTS: u64 = 48 << 20;

/// The most bytes of text that are kept of a sheet.
const MOST_KEPT: usize = 96 << 20;

/// The most cells an old xls may span: they are all made, filled or not.
const MOST_SPANNED: u64 = 4_000_000;

/// One row as it stands in a sheet: its number (1 = the first) and its cells, `None` where a cell holds an error such as `#N/A`.
pub struct Row {
    pub number: usize,
    pub cells: Vec<Option<String>>,
}

/// What is told of the file, row by row; false stops the reading.
pub type Take<'a> = &'a mut dyn FnMut(Row) -> Result<bool, RowErrors>;

/// Reads one sheet of a workbook: the named one, else the first that is shown. The names of all sheets that are shown come back.
/// Refused: a damaged or locked file, one that unpacks to too much, a name it does not have.
pub fn read(bytes: &[u8], sheet: Option<&str>, take: Take<'_>) -> Result<Vec<String>, RowErrors> {
    // The reading crate is well kept, but it meets whatever people are sent: its panic is this file's fault, not the program's end.
    let guarded = catch_unwind(AssertUnwindSafe(|| if is_zip(bytes) { xlsx(bytes, sheet, take) } else { xls(bytes, sheet, take) }));
    guarded.unwrap_or_else(|_| Err(damaged()))
}

/// Whether the bytes are those of a workbook at all.
pub fn is_workbook(bytes: &[u8]) -> bool {
    is_zip(bytes) || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

fn damaged() -> RowErrors {
    RowErrors::one(1, "", RowProblem::Damaged)
}

fn too_big(most: u64) -> RowErrors {
    RowErrors::one(1, "", RowProblem::UnpacksTooBig(usize::try_from(most >> 20).unwrap_or(usize::MAX)))
}

fn xlsx(bytes: &[u8], sheet: Option<&str>, take: Take<'_>) -> Result<Vec<String>, RowErrors> {
    weigh_zip(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let (names, name) = choose(book.sheets_metadata(), sheet)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(|_| damaged())?;
    let mut rows = Rows::new(take);
    while let Some(cell) = cells.next_cell().map_err(|_| damaged())? {
        let (row, column) = cell.get_position();
        let text = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::SharedString(text) => Some((*text).to_owned()),
            DataRef::String(text) => Some(text.clone()),
            value => typed(value),
        };
        if !rows.add(row as usize, column as usize, text)? {
            return Ok(names);
        }
    }
    rows.finish()?;
    Ok(names)
}

/// Unpacks everything once and keeps nothing: what an entry says of its own size proves nothing.
fn weigh_zip(bytes: &[u8]) -> Result<(), RowErrors> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|_| damaged())?;
        let most = if entry.name().ends_with("sharedStrings.xml") { MOST_TEXTS.min(left) } else { left };
        let size = std::io::copy(&mut entry.take(most + 1), &mut std::io::sink()).map_err(|_| damaged())?;
        if size > most {
            return Err(too_big(most.min(MOST_UNPACKED)));
        }
        left -= size;
    }
    Ok(())
}

fn xls(bytes: &[u8], sheet: Option<&str>, take: Take<'_>) -> Result<Vec<String>, RowErrors> {
    weigh_xls(bytes)?;
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let (names, name) = choose(book.sheets_metadata(), sheet)?;
    let range = book.worksheet_range(&name).map_err(|_| damaged())?;
    let (top, left) = range.start().unwrap_or_default();
    let mut rows = Rows::new(take);
    for (row, column, value) in range.used_cells() {
        let text = match value {
            Data::String(text) => Some(text.clone()),
            value => typed(value),
        };
        if !rows.add(row + top as usize, column + left as usize, text)? {
            return Ok(names);
        }
    }
    rows.finish()?;
    Ok(names)
}

/// How many cells the sheets of an old xls span: read from the places its records name, before anything is made of them.
fn weigh_xls(bytes: &[u8]) -> Result<(), RowErrors> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged())?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name)).ok_or_else(damaged)?;
    let mut stream = Vec::new();
    file.open_stream(name).map_err(|_| damaged())?.take(MOST_UNPACKED).read_to_end(&mut stream).map_err(|_| damaged())?;
    let (mut spanned, mut corners) = (0u64, None::<(u64, u64, u64, u64)>);
    let mut rest = stream.as_slice();
    let area = |corners: Option<(u64, u64, u64, u64)>| corners.map_or(0, |(top, left, bottom, right)| (bottom - top + 1) * (right - left + 1));
    while let [kind_low, kind_high, length_low, length_high, after @ ..] = rest {
        let (kind, length) = (u16::from_le_bytes([*kind_low, *kind_high]), usize::from(u16::from_le_bytes([*length_low, *length_high])));
        let body = after.get(..length).unwrap_or(after);
        rest = after.get(length..).unwrap_or_default();
        match (kind, body) {
            // End of a sheet.
            (0x000A, _) => spanned += area(corners.take()),
            // Cells: formula, blank, number, label, error, several of a row, text of the table, rounded number.
            (
                0x0006 | 0x0201 | 0x0203 | 0x0204 | 0x0205 | 0x00BD | 0x00BE | 0x00D6 | 0x00FD | 0x027E,
                [row_low, row_high, first_low, first_high, ..],
            ) => {
                let row = u64::from(u16::from_le_bytes([*row_low, *row_high]));
                let first = u64::from(u16::from_le_bytes([*first_low, *first_high]));
                let last = match body {
                    [.., low, high] if matches!(kind, 0x00BD | 0x00BE) => u64::from(u16::from_le_bytes([*low, *high])).max(first),
                    _ => first,
                };
                let (top, left, bottom, right) = corners.unwrap_or((row, first, row, last));
                corners = Some((top.min(row), left.min(first), bottom.max(row), right.max(last)));
            }
            _ => {}
        }
        if spanned + area(corners) > MOST_SPANNED {
            return Err(too_big(MOST_UNPACKED));
        }
    }
    Ok(())
}

/// The sheets that are shown, and the one that is read.
fn choose(sheets: &[calamine::Sheet], wanted: Option<&str>) -> Result<(Vec<String>, String), RowErrors> {
    let shown = sheets.iter().filter(|sheet| sheet.visible == SheetVisible::Visible && sheet.typ == calamine::SheetType::WorkSheet);
    let names: Vec<String> = shown.map(|sheet| sheet.name.clone()).collect();
    let name = match wanted {
        Some(wanted) => names.iter().find(|name| *name == wanted).ok_or_else(|| RowErrors::one(1, "", RowProblem::NoSheet))?,
        None => names.first().ok_or_else(|| RowErrors::one(1, "", RowProblem::Empty))?,
    };
    Ok((names.clone(), name.clone()))
}

/// A cell that is no text, as one would type it: a day without a time where the time is midnight, a number without noise behind its 15 digits.
/// `None` for an error.
fn typed(value: &impl DataType) -> Option<String> {
    if value.is_error() {
        return None;
    }
    if value.is_datetime() || value.is_datetime_iso() {
        if let Some(moment) = value.as_datetime() {
            return Some(day_or_moment(moment));
        }
        return value.get_datetime_iso().map(str::to_owned).or_else(|| value.as_f64().map(number));
    }
    if let Some(yes) = value.get_bool() {
        return Some(yes.to_string());
    }
    if let Some(whole) = value.get_int() {
        return Some(whole.to_string());
    }
    Some(value.get_float().map(number).or_else(|| value.as_string()).unwrap_or_default())
}

fn day_or_moment(moment: NaiveDateTime) -> String {
    if moment.time() == NaiveTime::MIN { moment.format("%Y-%m-%d").to_string() } else { moment.format("%Y-%m-%d %H:%M:%S").to_string() }
}

/// As a spreadsheet shows it: 15 digits, so that 0.1 + 0.2 is 0.3.
fn number(value: f64) -> String {
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    format!("{rounded}")
}

/// Gathers cells into rows.
struct Rows<'a> {
    take: Take<'a>,
    row: Option<Row>,
    kept: usize,
    filled: usize,
}

impl<'a> Rows<'a> {
    fn new(take: Take<'a>) -> Rows<'a> {
        Rows { take, row: None, kept: 0, filled: 0 }
    }

    /// One more cell; false where the reading is to stop.
    fn add(&mut self, row: usize, column: usize, text: Option<String>) -> Result<bool, RowErrors> {
        let number = row + 1;
        if column >= MOST_COLUMNS {
            return Err(RowErrors::one(number, "", RowProblem::TooManyColumns(MOST_COLUMNS)));
        }
        self.kept += text.as_ref().map_or(0, String::len);
        if self.kept > MOST_KEPT {
            return Err(too_big(MOST_KEPT as u64));
        }
        let before = self.row.as_ref().map(|row| row.number);
        if before.is_some_and(|before| number < before) {
            return Err(damaged());
        }
        if before != Some(number) {
            if !self.finish()? {
                return Ok(false);
            }
            self.row = Some(Row { number, cells: Vec::new() });
        }
        if let Some(row) = &mut self.row {
            row.cells.resize(row.cells.len().max(column + 1), Some(String::new()));
            row.cells[column] = text;
        }
        Ok(true)
    }

    /// Hands over the row that is gathered.
    fn finish(&mut self) -> Result<bool, RowErrors> {
        let Some(row) = self.row.take() else { return Ok(true) };
        if row.cells.iter().all(|cell| cell.as_ref().is_some_and(|text| text.trim().is_empty())) {
            return Ok(true);
        }
        self.filled += 1;
        if self.filled > MOST_ROWS + 1 {
            return Err(RowErrors::one(row.number, "", RowProblem::TooManyRows(MOST_ROWS)));
        }
        (self.take)(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_a_spreadsheet_shows_them() {
        assert_eq!(number(0.1 + 0.2), "0.3");
        assert_eq!(number(13_800_000_000.0), "13800000000");
        assert_eq!(number(-1.5), "-1.5");
        assert_eq!(number(9_999_999_999.99), "9999999999.99");
    }
}
