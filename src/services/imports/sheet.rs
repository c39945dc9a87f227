//! Reading the bytes of a file into headings and rows: encoding, separator, limits (reliability R8). Knows no field; workbooks are opened in `workbook`.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use csv::StringRecord;

use super::workbook;
use crate::models::import::{RowErrors, RowProblem};
use crate::models::{Error, Result};

/// The largest file in bytes, the most rows and the most columns.
pub const MOST_BYTES: usize = 64 << 20;
pub const MOST_ROWS: usize = 1_000_000;
pub const MOST_COLUMNS: usize = 1_000;
/// The most cells of all rows together: a few bytes of a file can stand for a row of a thousand empty ones.
pub const MOST_CELLS: usize = 40_000_000;

/// A file's bytes, but no more of them than an import takes: what is larger is refused by [`Sheet::read`]. 5002 where it cannot be read.
pub fn read_file(path: &Path) -> Result<Vec<u8>> {
    let failed = |error: std::io::Error| Error::file(path, &error);
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)).map_err(failed)?;
    Ok(bytes)
}

/// A file's table. The cells of all rows lie one behind the other in one text: a million rows are a few large pieces of memory, not millions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The sheets of a workbook that can be read instead; none of a csv file.
    pub names: Vec<String>,
    pub headings: Vec<String>,
    text: String,
    /// Where each cell ends in the text; a row has as many cells as there are headings.
    ends: Vec<u32>,
    /// The number of each row in the spreadsheet.
    numbers: Vec<u32>,
}

/// One row of a sheet.
#[derive(Clone, Copy, Debug)]
pub struct SheetRow<'s> {
    /// As in the spreadsheet: the heading is 1.
    pub number: usize,
    sheet: &'s Sheet,
    at: usize,
}

impl<'s> SheetRow<'s> {
    /// The cell under a heading, by its place.
    pub fn cell(self, column: usize) -> Option<&'s str> {
        let Sheet { headings, text, ends, .. } = self.sheet;
        let at = (column < headings.len()).then_some(self.at * headings.len() + column)?;
        let from = if at == 0 { 0 } else { ends[at - 1] };
        text.get(from as usize..ends[at] as usize)
    }

    pub fn cells(self) -> impl Iterator<Item = &'s str> {
        (0..self.sheet.headings.len()).filter_map(move |column| self.cell(column))
    }
}

impl Sheet {
    /// Reads a table: xlsx or xls (`sheet` names one of its sheets, else the first), else csv: UTF-8 with or without a byte order mark, UTF-16
    /// with one, else GB18030; separated by comma, semicolon or tab. Blank rows count but are left out; `tick` is told of each row.
    /// Refused with row and column: NUL bytes, error cells, ragged rows, more than the limits, files that are no table.
    pub fn read(bytes: &[u8], sheet: Option<&str>, mut tick: impl FnMut() -> Result<()>) -> Result<Sheet> {
        if bytes.len() > MOST_BYTES {
            return Err(RowErrors::one(1, "", RowProblem::TooBig(MOST_BYTES >> 20)).into());
        }
        let sheet = if workbook::is_workbook(bytes) { Sheet::of_workbook(bytes, sheet, &mut tick)? } else { Sheet::of_csv(bytes, &mut tick)? };
        if sheet.is_empty() {
            return Err(RowErrors::one(1, "", RowProblem::Empty).into());
        }
        Ok(sheet)
    }

    /// How many rows there are under the headings.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    pub fn rows(&self) -> impl Iterator<Item = SheetRow<'_>> {
        (0..self.len()).map(|at| self.row(at))
    }

    /// A row by its place; there are [`Sheet::len`].
    pub fn row(&self, at: usize) -> SheetRow<'_> {
        SheetRow { number: self.numbers[at] as usize, sheet: self, at }
    }

    /// One more row, a cell for each heading.
    fn push<'c>(&mut self, number: usize, cells: impl Iterator<Item = &'c str>) -> std::result::Result<(), RowErrors> {
        let too_many = || RowErrors::one(number, "", RowProblem::TooManyCells(MOST_CELLS));
        if self.ends.len() + self.headings.len() > MOST_CELLS {
            return Err(too_many());
        }
        for cell in cells {
            self.text.push_str(cell);
            self.ends.push(u32::try_from(self.text.len()).map_err(|_| too_many())?);
        }
        self.numbers.push(u32::try_from(number).map_err(|_| too_many())?);
        Ok(())
    }

    fn of_workbook(bytes: &[u8], name: Option<&str>, tick: &mut dyn FnMut() -> Result<()>) -> Result<Sheet> {
        let mut sheet = Sheet::default();
        let mut errors = RowErrors::default();
        let mut stopped = None;
        let names = workbook::read(bytes, name, &mut |row| {
            if let Err(error) = tick() {
                stopped = Some(error);
                return Ok(false);
            }
            sheet.take(row, &mut errors)?;
            Ok(true)
        })?;
        if let Some(error) = stopped {
            return Err(error);
        }
        errors.into_result()?;
        sheet.names = names;
        Ok(sheet)
    }

    /// The first row is the heading; the others are as wide as it, blank cells at their ends aside.
    fn take(&mut self, row: workbook::Row, errors: &mut RowErrors) -> std::result::Result<(), RowErrors> {
        if self.headings.is_empty() {
            self.headings = row.cells.into_iter().map(|cell| cell.unwrap_or_default().trim().to_owned()).collect();
            return Ok(());
        }
        for (heading, cell) in self.headings.iter().zip(&row.cells) {
            match cell {
                Some(text) if text.contains('\0') => errors.add(row.number, heading, RowProblem::NotText),
                Some(_) => {}
                None => errors.add(row.number, heading, RowProblem::CellError),
            }
        }
        let beyond = row.cells.iter().skip(self.headings.len()).any(|cell| cell.as_ref().is_none_or(|text| !text.trim().is_empty()));
        if beyond {
            errors.add(row.number, "", RowProblem::Ragged { cells: row.cells.len(), headings: self.headings.len() });
        }
        let cells = (0..self.headings.len()).map(|at| row.cells.get(at).and_then(Option::as_deref).unwrap_or_default());
        self.push(row.number, cells)
    }

    fn of_csv(bytes: &[u8], tick: &mut dyn FnMut() -> Result<()>) -> Result<Sheet> {
        let text = lines(decode(bytes)?);
        let first = text.trim_start_matches('\n').lines().next().unwrap_or_default();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator(first)).from_reader(text.as_bytes());
        let mut sheet = Sheet::default();
        let mut errors = RowErrors::default();
        let mut record = StringRecord::new();
        let (mut number, mut at) = (0, 0usize);
        // The text is UTF-8 and read from memory: nothing but its end stops the reader.
        while let Ok(true) = reader.read_record(&mut record) {
            tick()?;
            let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(text.len());
            // The reader passes over empty lines, a spreadsheet does not.
            number += 1 + text.as_bytes()[at..end].iter().take_while(|byte| **byte == b'\n').count();
            at = end;
            if record.len() > MOST_COLUMNS {
                return Err(RowErrors::one(number, "", RowProblem::TooManyColumns(MOST_COLUMNS)).into());
            }
            if let Some(column) = record.iter().position(|cell| cell.contains('\0')) {
                errors.add(number, sheet.headings.get(column).map_or("", String::as_str), RowProblem::NotText);
                continue;
            }
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if sheet.headings.is_empty() {
                sheet.headings = record.iter().map(|heading| heading.trim().to_owned()).collect();
                continue;
            }
            if record.len() != sheet.headings.len() {
                let column = sheet.headings.get(record.len()).map_or("", String::as_str);
                errors.add(number, column, RowProblem::Ragged { cells: record.len(), headings: sheet.headings.len() });
                continue;
            }
            if sheet.len() >= MOST_ROWS {
                return Err(RowErrors::one(number, "", RowProblem::TooManyRows(MOST_ROWS)).into());
            }
            sheet.push(number, record.iter())?;
        }
        errors.into_result()?;
        Ok(sheet)
    }
}

fn decode(bytes: &[u8]) -> std::result::Result<Cow<'_, str>, RowErrors> {
    if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(bytes) {
        return whole(encoding, &bytes[length..]);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(_) => whole(encoding_rs::GB18030, bytes),
    }
}

fn whole<'b>(encoding: &'static encoding_rs::Encoding, bytes: &'b [u8]) -> std::result::Result<Cow<'b, str>, RowErrors> {
    let (text, wrong) = encoding.decode_without_bom_handling(bytes);
    if !wrong {
        return Ok(text);
    }
    let before = text.split('\u{fffd}').next().unwrap_or_default();
    Err(RowErrors::one(1 + before.matches('\n').count(), "", RowProblem::NotText))
}

/// Line ends as `\n` alone, so that empty lines can be counted.
fn lines(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text }
}

/// The separator that the heading has most of, outside quotes.
fn separator(heading: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in heading.bytes() {
        quoted ^= byte == b'"';
        for (separator, count) in &mut counts {
            *count += i32::from(!quoted && byte == *separator);
        }
    }
    // The first of equals wins: comma, where there is only one column.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| *separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Sheet> {
        Sheet::read(bytes, None, || Ok(()))
    }

    fn problem(bytes: &[u8]) -> (usize, String, RowProblem) {
        let Err(crate::models::Error::Rows(mut rows)) = read(bytes) else { panic!("it was read") };
        let error = rows.errors.remove(0);
        (error.row, error.column, error.problem)
    }

    #[test]
    fn encodings_and_separators() {
        let utf8 = "名称;电话\r\n启明;1\r\n";
        let wanted = read(utf8.as_bytes()).unwrap();
        assert_eq!(wanted.headings, ["名称", "电话"]);
        let bom = [b"\xef\xbb\xbf", utf8.as_bytes()].concat();
        assert_eq!(read(&bom).unwrap(), wanted);
        let gb = encoding_rs::GB18030.encode(utf8).0;
        assert_eq!(read(&gb).unwrap(), wanted);
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf8.replace(';', "\t").encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(read(&utf16).unwrap(), wanted);
        assert_eq!(read(b"name\nx\n").unwrap().len(), 1);
    }

    #[test]
    fn rows_are_numbered_as_in_the_spreadsheet() {
        let sheet = read(b"\"a\",b\r\n1,\"two\nlines\"\r\n\r\n,\r\n\r\n2,3\n").unwrap();
        let numbers: Vec<usize> = sheet.rows().map(|row| row.number).collect();
        assert_eq!(numbers, [2, 6]);
        let cells: Vec<Vec<&str>> = sheet.rows().map(|row| row.cells().collect()).collect();
        assert_eq!(cells, [["1", "two\nlines"], ["2", "3"]]);
        assert_eq!((sheet.row(1).cell(1), sheet.row(0).cell(2)), (Some("3"), None));
    }

    #[test]
    fn hostile_files_are_refused_by_row_and_column() {
        assert_eq!(problem(b"a,b\n1,x\n2,y\0\n"), (3, "b".into(), RowProblem::NotText));
        assert_eq!(problem(b"a,b\n1\n"), (2, "b".into(), RowProblem::Ragged { cells: 1, headings: 2 }));
        assert_eq!(problem(",".repeat(1_000_000).as_bytes()).2, RowProblem::TooManyColumns(MOST_COLUMNS));
        let wide = ["a".into(), ",".repeat(999), "\n".into(), format!("x{}\n", ",".repeat(999)).repeat(MOST_CELLS / 1000 + 1)].concat();
        assert_eq!(problem(wide.as_bytes()), (MOST_CELLS / 1000 + 2, String::new(), RowProblem::TooManyCells(MOST_CELLS)));
        assert_eq!(problem(b"").2, RowProblem::Empty);
        assert_eq!(problem(b"a,b\n").2, RowProblem::Empty);
        assert_eq!(problem(b"PK\x03\x04rest").2, RowProblem::Damaged);
        assert_eq!(problem(b"\xd0\xcf\x11\xe0rest").2, RowProblem::Damaged);
        assert_eq!(problem(b"a\nb\xff\xff\n"), (2, String::new(), RowProblem::NotText));
    }
}
