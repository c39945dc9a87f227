//! The workbooks an import gives back: the rows with what is wrong in them, to correct and import again, and an empty one to fill. Reads nothing.
//! A cell that could be a formula is dead in them (reliability S4); the import reads it back as it was.

use std::collections::HashMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::columns::normal;
use super::sheet::Sheet;
use crate::i18n::Lang;
use crate::models::import::{ImportField, ImportKind, RowError, RowErrors};
use crate::models::{Error, Result};
use crate::services::tables::{dead, fitting};

use ImportField as F;

/// The fields of an empty workbook, in the order one fills them in.
const TEMPLATES: &[(ImportKind, &[ImportField])] = &[
    (
        ImportKind::Customers,
        &[
            F::CustomerCode,
            F::CustomerName,
            F::ContactPerson,
            F::Phone,
            F::Email,
            F::Address,
            F::Industry,
            F::Level,
            F::Tags,
            F::Owner,
            F::PaymentTerm,
            F::CreditLimit,
        ],
    ),
    (
        ImportKind::Products,
        &[F::Sku, F::ProductName, F::Barcode, F::Category, F::Specification, F::Unit, F::Price, F::CostPrice, F::Stock, F::Threshold, F::Description],
    ),
    (
        ImportKind::Orders,
        &[
            F::OrderNo,
            F::OrderDate,
            F::CustomerName,
            F::Sku,
            F::ProductName,
            F::Quantity,
            F::UnitPrice,
            F::Discount,
            F::Amount,
            F::ShipDate,
            F::Paid,
            F::Method,
            F::Notes,
        ],
    ),
];

fn failed(error: XlsxError) -> Error {
    Error::Internal(error.to_string())
}

fn head() -> Format {
    Format::new().set_bold().set_background_color(Color::RGB(HEAD)).set_border_bottom(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter)
}

/// Light grey and light red, as spreadsheets show them.
const HEAD: u32 = 0x00EE_F2F3;
const WRONG: u32 = 0x00FB_E3E1;

/// The rows that have something wrong (of `sheet`, where it could be read), each wrong cell coloured and said in a last column; then the list.
/// The list alone where nothing but the headings is wrong.
pub fn write(sheet: Option<&Sheet>, errors: &RowErrors, lang: Lang) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let t = &lang.texts().imports;
    if let Some(sheet) = sheet.filter(|_| errors.errors.iter().any(|error| error.row > 1)) {
        let page = book.add_worksheet();
        page.set_name(t.sheet_rows).map_err(failed)?;
        rows(page, sheet, errors, lang).map_err(failed)?;
    }
    let page = book.add_worksheet();
    page.set_name(t.sheet_errors).map_err(failed)?;
    list(page, errors, lang).map_err(failed)?;
    book.save_to_buffer().map_err(failed)
}

fn rows(page: &mut Worksheet, sheet: &Sheet, errors: &RowErrors, lang: Lang) -> std::result::Result<(), XlsxError> {
    let (bold, wrong) = (head(), Format::new().set_background_color(Color::RGB(WRONG)));
    let mut by_row: HashMap<usize, Vec<&RowError>> = HashMap::new();
    for error in &errors.errors {
        by_row.entry(error.row).or_default().push(error);
    }
    for (column, heading) in sheet.headings.iter().enumerate() {
        page.write_string_with_format(0, column_at(column), cell(heading), &bold)?;
    }
    let last = column_at(sheet.headings.len());
    page.write_string_with_format(0, last, lang.texts().imports.problem, &bold)?;
    page.set_column_width(last, 60)?;
    let wrong_rows = sheet.rows().filter_map(|row| Some((row, by_row.get(&row.number)?)));
    for (line, (row, found)) in (1..).zip(wrong_rows) {
        for (column, text) in row.cells().enumerate() {
            let is_wrong = found.iter().any(|error| !error.column.is_empty() && sheet.headings.get(column).is_some_and(|name| *name == error.column));
            if is_wrong {
                page.write_string_with_format(line, column_at(column), cell(text), &wrong)?;
            } else if !text.is_empty() {
                page.write_string(line, column_at(column), cell(text))?;
            }
        }
        let problems: Vec<String> = found.iter().map(|error| said(error, lang)).collect();
        page.write_string(line, last, cell(&problems.join("; ")))?;
    }
    page.set_freeze_panes(1, 0)?;
    Ok(())
}

/// A text that is no formula and that a cell can hold.
fn cell(text: &str) -> String {
    fitting(&dead(text)).into_owned()
}

fn said(error: &RowError, lang: Lang) -> String {
    let problem = lang.row_problem(error.problem);
    if error.column.is_empty() { problem } else { format!("{}: {problem}", error.column) }
}

fn list(page: &mut Worksheet, errors: &RowErrors, lang: Lang) -> std::result::Result<(), XlsxError> {
    let t = &lang.texts().imports;
    let bold = head();
    for (column, (heading, width)) in [(t.row, 8), (t.column, 20), (t.problem, 80)].into_iter().enumerate() {
        page.write_string_with_format(0, column_at(column), heading, &bold)?;
        page.set_column_width(column_at(column), width)?;
    }
    for (line, error) in (1..).zip(&errors.errors) {
        page.write_number(line, 0, error.row as f64)?;
        page.write_string(line, 1, cell(&error.column))?;
        page.write_string(line, 2, lang.row_problem(error.problem))?;
    }
    page.set_freeze_panes(1, 0)?;
    Ok(())
}

fn column_at(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// The headings alone.
pub fn template(kind: ImportKind, lang: Lang) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    let bold = head();
    for (column, heading) in headings(kind, lang).iter().enumerate() {
        page.write_string_with_format(0, column_at(column), heading, &bold).map_err(failed)?;
        page.set_column_width(column_at(column), 16).map_err(failed)?;
    }
    page.set_freeze_panes(1, 0).map_err(failed)?;
    book.save_to_buffer().map_err(failed)
}

/// The headings of a kind of file: words that are recognised for their field.
fn headings(kind: ImportKind, lang: Lang) -> Vec<String> {
    let fields = TEMPLATES.iter().find(|(of, _)| *of == kind).map(|(_, fields)| *fields).unwrap_or_default();
    fields.iter().map(|field| heading(kind, *field, lang)).collect()
}

/// The field's own name where it is recognised, else the word that is.
fn heading(kind: ImportKind, field: ImportField, lang: Lang) -> String {
    let name = lang.import_field(field);
    if super::columns::recognised(kind, field, &normal(name)) { capital(name) } else { super::columns::first_heading(kind, field, lang) }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::columns::Columns;
    use super::*;

    #[test]
    fn every_heading_of_a_template_is_recognised() {
        for kind in ImportKind::ALL {
            for lang in Lang::ALL {
                let headings = headings(*kind, lang);
                let wanted = TEMPLATES.iter().find(|(of, _)| of == kind).unwrap().1;
                let got: Vec<Option<ImportField>> = Columns::guess(*kind, &headings).fields().to_vec();
                assert_eq!(got, wanted.iter().copied().map(Some).collect::<Vec<_>>(), "{kind:?} {lang:?} {headings:?}");
            }
        }
    }
}
