//! Import from xlsx and xls: typed cells, sheets, what comes back to correct, and hostile files (reliability R8).

use std::io::{Cursor, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use zhanggui::i18n::Lang;
use zhanggui::models::import::*;
use zhanggui::models::product::{ProductFilter, ProductPage, ProductSort};
use zhanggui::models::*;
use zhanggui::services::{imports, products};

use crate::fixture::Fixture;

fn options() -> ImportOptions {
    ImportOptions::new("test.xlsx")
}

fn import(fixture: &mut Fixture, kind: ImportKind, file: &[u8], options: &ImportOptions) -> Result<ImportReport> {
    imports::import(&mut fixture.desk, kind, file, options, |_, _| true)
}

fn first_problem(outcome: Result<ImportReport>) -> (usize, String, RowProblem) {
    match outcome {
        Err(Error::Rows(mut rows)) => {
            let error = rows.errors.remove(0);
            (error.row, error.column, error.problem)
        }
        other => panic!("{other:?}"),
    }
}

/// One sheet of texts.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (line, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            sheet.write_string(line, column, *text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn product_names(f: &Fixture) -> Vec<String> {
    let page = products::list(&f.desk, &ProductFilter::default(), &ProductPage::first(ProductSort::Sku, false)).unwrap();
    page.0.rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn numbers_days_and_texts_of_a_workbook_are_read_as_they_are_shown() {
    let mut f = Fixture::new();
    let mut book = Workbook::new();
    let cover = book.add_worksheet();
    cover.write_string(0, 0, "SKU").unwrap();
    cover.write_string(0, 1, "产品名称").unwrap();
    cover.write_number(2, 0, 6_901_234_567_892.0).unwrap();
    cover.write_string(2, 1, "打印纸").unwrap();
    let orders = book.add_worksheet();
    orders.set_name("订单").unwrap();
    for (column, heading) in (0..).zip(["订单号", "下单日期", "客户名称", "SKU", "产品名称", "数量", "单价"]) {
        orders.write_string(0, column, heading).unwrap();
    }
    let day = ExcelDateTime::from_ymd(2025, 12, 3).unwrap();
    orders.write_string(1, 0, "A-1").unwrap();
    orders.write_datetime_with_format(1, 1, day, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
    orders.write_string(1, 2, "启明").unwrap();
    orders.write_number(1, 3, 6_901_234_567_892.0).unwrap();
    orders.write_string(1, 4, "打印纸").unwrap();
    orders.write_number(1, 5, 3.0).unwrap();
    orders.write_number(1, 6, 0.1 + 0.2).unwrap();
    let hidden = book.add_worksheet();
    hidden.set_name("内部").unwrap().set_hidden(true);
    let file = book.save_to_buffer().unwrap();

    let preview = imports::preview(&f.desk, ImportKind::Orders, &file, Some("订单")).unwrap();
    assert_eq!(preview.sheets, ["Sheet1", "订单"]);
    assert_eq!(preview.rows, [(2, ["A-1", "2025-12-03", "启明", "6901234567892", "打印纸", "3", "0.3"].map(String::from).to_vec())]);
    assert_eq!(preview.fields[1], Some(ImportField::OrderDate));

    // The first sheet; its blank second row counts.
    let report = import(&mut f, ImportKind::Products, &file, &options()).unwrap();
    assert_eq!((report.created, product_names(&f)), (1, vec!["打印纸".to_owned()]));
    let named = ImportOptions { sheet: Some("订单".into()), ..options() };
    let report = import(&mut f, ImportKind::Orders, &file, &named).unwrap();
    assert_eq!((report.orders_created, report.lines), (1, 1));
    assert_eq!(f.text("SELECT CAST(CAST(ROUND(total_amount * 100) AS INTEGER) AS TEXT) FROM orders"), "90");
    assert_eq!(f.text("SELECT order_day FROM orders"), "2025-12-03");
    let missing = ImportOptions { sheet: Some("内部".into()), ..options() };
    assert_eq!(first_problem(import(&mut f, ImportKind::Orders, &file, &missing)).2, RowProblem::NoSheet);
}

#[test]
fn an_old_xls_is_read_too() {
    let mut f = Fixture::new();
    let file = xls(&[(0, 0, "SKU"), (0, 1, "name"), (1, 0, "P1"), (1, 1, "bolt"), (3, 0, "P2"), (3, 1, "nut")]);
    let report = import(&mut f, ImportKind::Products, &file, &options()).unwrap();
    assert_eq!((report.created, product_names(&f)), (2, vec!["bolt".to_owned(), "nut".to_owned()]));
}

#[test]
fn what_is_wrong_comes_back_to_correct_and_import_again() {
    let mut f = Fixture::new();
    let rows: &[&[&str]] = &[&["SKU", "产品名称", "售价"], &["P1", "螺栓", "3.80"], &["P2", "螺母", "三块"], &["P3", "", "1"]];
    let file = workbook(rows);
    let Err(Error::Rows(errors)) = import(&mut f, ImportKind::Products, &file, &options()) else { panic!("it was taken") };
    assert_eq!(errors.errors.iter().map(|error| (error.row, error.column.as_str())).collect::<Vec<_>>(), [(3, "售价"), (4, "产品名称")]);
    let back = imports::error_workbook(&f.desk, ImportKind::Products, &file, None, &errors, Lang::ZhCn).unwrap();
    let preview = imports::preview(&f.desk, ImportKind::Products, &back, None).unwrap();
    assert_eq!(preview.sheets, ["待更正", "错误"]);
    assert_eq!(preview.headings, ["SKU", "产品名称", "售价", "问题"]);
    assert_eq!(preview.fields[3], None, "the column of problems is not imported");
    let cells: Vec<&str> = preview.rows.iter().flat_map(|(_, cells)| cells.iter().take(3).map(String::as_str)).collect();
    assert_eq!(cells, ["P2", "螺母", "三块", "P3", "", "1"]);
    assert!(preview.rows[0].1[3].starts_with("售价: "));
    let list = imports::preview(&f.desk, ImportKind::Products, &back, Some("错误")).unwrap();
    assert_eq!(list.rows[0].1[..2], ["3", "售价"]);
}

/// Found by fuzzing: the first sheet was the headings alone.
#[test]
fn where_only_a_heading_is_missing_the_list_comes_back_alone() {
    let mut f = Fixture::new();
    let file = workbook(&[&["电话"], &["13800006620"]]);
    let Err(Error::Rows(errors)) = import(&mut f, ImportKind::Customers, &file, &options()) else { panic!("it was taken") };
    let back = imports::error_workbook(&f.desk, ImportKind::Customers, &file, None, &errors, Lang::ZhCn).unwrap();
    assert_eq!(imports::preview(&f.desk, ImportKind::Customers, &back, None).unwrap().sheets, ["错误"]);
}

/// A csv cell may be longer than one of a workbook.
#[test]
fn a_cell_too_long_for_a_workbook_is_cut_in_that_of_errors() {
    let mut f = Fixture::new();
    let file = format!("客户名称,地址\n启明,{}\n", "长".repeat(40_000));
    let Err(Error::Rows(errors)) = import(&mut f, ImportKind::Customers, file.as_bytes(), &options()) else { panic!("it was taken") };
    let back = imports::error_workbook(&f.desk, ImportKind::Customers, file.as_bytes(), None, &errors, Lang::ZhCn).unwrap();
    let preview = imports::preview(&f.desk, ImportKind::Customers, &back, None).unwrap();
    assert!(preview.rows[0].1[1].ends_with('…'));
}

#[test]
fn the_workbook_of_errors_has_no_live_formula_and_comes_back_as_it_was() {
    let mut f = Fixture::new();
    let rows: &[&[&str]] = &[&["SKU", "产品名称", "规格", "售价"], &["+P1", "=HYPERLINK(\"http://x\")", "-2 mm", "三块"]];
    let Err(Error::Rows(errors)) = import(&mut f, ImportKind::Products, &workbook(rows), &options()) else { panic!("it was taken") };
    let back = imports::error_workbook(&f.desk, ImportKind::Products, &workbook(rows), None, &errors, Lang::ZhCn).unwrap();
    let preview = imports::preview(&f.desk, ImportKind::Products, &back, None).unwrap();
    assert_eq!(preview.rows[0].1[..4], ["'+P1", "'=HYPERLINK(\"http://x\")", "'-2 mm", "三块"]);
    let cells: Vec<String> = preview.rows[0].1.iter().take(3).cloned().chain(["3".to_owned()]).collect();
    let corrected: Vec<&str> = cells.iter().map(String::as_str).collect();
    import(&mut f, ImportKind::Products, &workbook(&[rows[0], &corrected]), &options()).unwrap();
    let (page, _) = products::list(&f.desk, &ProductFilter::default(), &ProductPage::first(ProductSort::Sku, false)).unwrap();
    let row = &page.rows[0];
    assert_eq!((row.sku.as_str(), row.name.as_str(), row.specification.as_deref()), ("+P1", "=HYPERLINK(\"http://x\")", Some("-2 mm")));
}

#[test]
fn damaged_locked_and_swollen_workbooks_are_refused() {
    let mut f = Fixture::new();
    let good = workbook(&[&["SKU", "产品名称"], &["P1", "螺栓"]]);
    let mut problem = |file: &[u8]| first_problem(import(&mut f, ImportKind::Products, file, &options()));
    assert_eq!(problem(&good[..good.len() / 2]).2, RowProblem::Damaged);
    assert_eq!(problem(b"PK\x03\x04").2, RowProblem::Damaged);
    // As a password makes it: the workbook is inside another container.
    let mut locked = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    locked.create_stream("/EncryptedPackage").unwrap().write_all(&[7; 5000]).unwrap();
    assert_eq!(problem(&locked.into_inner().into_inner()).2, RowProblem::Damaged);
    // A bomb: 300 MB of blanks in 300 kB.
    assert!(matches!(problem(&with_part(&good, "xl/worksheets/sheet1.xml", 300 << 20)).2, RowProblem::UnpacksTooBig(_)));
    assert!(matches!(problem(&with_part(&good, "xl/sharedStrings.xml", 60 << 20)).2, RowProblem::UnpacksTooBig(_)));
    // Two cells in far corners of an old xls are a table of 16 million.
    assert!(matches!(problem(&xls(&[(0, 0, "SKU"), (65_535, 255, "x")])).2, RowProblem::UnpacksTooBig(_)));
    let mut torn = xls(&[(0, 0, "SKU"), (1, 0, "x")]);
    torn.truncate(1024);
    assert_eq!(problem(&torn).2, RowProblem::Damaged);
    assert_eq!(problem(&workbook(&[&["SKU", "产品名称"]])).2, RowProblem::Empty);
    assert_eq!(
        problem(&workbook(&[&["SKU", "产品名称"], &["P1", "螺栓", "更多"]])),
        (2, String::new(), RowProblem::Ragged { cells: 3, headings: 2 })
    );
    assert!(product_names(&f).is_empty());
}

#[test]
fn the_sheets_of_an_old_xls_are_weighed_together_each_by_its_own_corners() {
    let mut f = Fixture::new();
    let mut problem = |sheets: &[&[(u16, u16, &str)]]| first_problem(import(&mut f, ImportKind::Products, &xls_of(sheets), &options())).2;
    // A row and a column are little, though their corners are those of 16 million cells.
    assert_eq!(problem(&[&[(0, 0, "SKU"), (0, 255, "name")], &[(0, 0, "x"), (65_535, 0, "x")]]), RowProblem::Empty);
    // Two halves of what is too much.
    let half: &[(u16, u16, &str)] = &[(0, 0, "SKU"), (65_535, 40, "x")];
    assert!(matches!(problem(&[half, half]), RowProblem::UnpacksTooBig(_)));
}

#[test]
fn error_cells_and_far_columns_are_refused_by_row_and_column() {
    let mut f = Fixture::new();
    let sheet = |cells: &str| {
        format!(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>"#)
    };
    let text = |at: &str, text: &str| format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let good = workbook(&[&["x"]]);
    let mut problem = |cells: String| first_problem(import(&mut f, ImportKind::Products, &replaced(&good, sheet(&cells).as_bytes()), &options()));
    let head = format!("<row r=\"1\">{}{}</row>", text("A1", "SKU"), text("B1", "产品名称"));
    let wrong = format!("{head}<row r=\"5\">{}<c r=\"B5\" t=\"e\"><v>#N/A</v></c></row>", text("A5", "P1"));
    assert_eq!(problem(wrong), (5, "产品名称".into(), RowProblem::CellError));
    let far = format!("{head}<row r=\"2\">{}</row>", text("XFD2", "x"));
    assert_eq!(problem(far), (2, String::new(), RowProblem::TooManyColumns(1000)));
    let backwards = format!("<row r=\"9\">{}</row><row r=\"2\">{}</row>", text("A9", "x"), text("A2", "x"));
    assert_eq!(problem(backwards).2, RowProblem::Damaged);
    assert_eq!(problem("<row r=\"1\"><c r=\"A1\"".into()).2, RowProblem::Damaged);
}

/// The workbook with one of its parts replaced.
fn parts(book: &[u8], name: &str, content: impl FnOnce(&mut dyn Write)) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for at in 0..old.len() {
        let entry = old.by_index_raw(at).unwrap();
        if entry.name() != name {
            new.raw_copy_file(entry).unwrap();
        }
    }
    new.start_file(name, options).unwrap();
    content(&mut new);
    new.finish().unwrap().into_inner()
}

fn with_part(book: &[u8], name: &str, blanks: usize) -> Vec<u8> {
    parts(book, name, |part| {
        let block = vec![b' '; 1 << 20];
        (0..blanks >> 20).for_each(|_| part.write_all(&block).unwrap());
    })
}

fn replaced(book: &[u8], sheet: &[u8]) -> Vec<u8> {
    parts(book, "xl/worksheets/sheet1.xml", |part| part.write_all(sheet).unwrap())
}

/// A workbook in the format of 1997 with one sheet of short ASCII texts.
fn xls(cells: &[(u16, u16, &str)]) -> Vec<u8> {
    xls_of(&[cells])
}

/// As [`xls`], with several sheets.
fn xls_of(sheets: &[&[(u16, u16, &str)]]) -> Vec<u8> {
    let record = |kind: u16, body: &[u8]| [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat();
    let begin = |what: u16| record(0x0809, &[&0x0600u16.to_le_bytes()[..], &what.to_le_bytes(), &[0; 12]].concat());
    let end = record(0x000A, &[]);
    let bound = |at: usize, nth: usize| record(0x0085, &[&(at as u32).to_le_bytes()[..], &[0, 0, 6, 0], format!("Sheet{nth}").as_bytes()].concat());
    let cell = |(row, column, text): &(u16, u16, &str)| {
        let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0], (text.len() as u16).to_le_bytes()].concat();
        record(0x0204, &[&place[..], &[0], text.as_bytes()].concat())
    };
    let sheets = sheets.iter().map(|cells| [begin(0x0010), cells.iter().flat_map(cell).collect(), end.clone()].concat());
    let sheets: Vec<Vec<u8>> = sheets.collect();
    let mut at = begin(0x0005).len() + bound(0, 1).len() * sheets.len() + end.len();
    let mut stream = begin(0x0005);
    for (nth, sheet) in sheets.iter().enumerate() {
        stream.extend(bound(at, nth + 1));
        at += sheet.len();
    }
    stream.extend(end);
    stream.extend(sheets.concat());
    stream.resize(stream.len().max(4096), 0);
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    file.into_inner().into_inner()
}
