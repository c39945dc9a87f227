//! Amounts, numbers, days, times, discounts: what is read is written so that it is read again as the same.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use zhanggui::models::import::{ImportField, ImportKind, RowErrors};
use zhanggui::models::money::{Decimal, quantity};
use zhanggui::models::product::{parse_money, parse_whole};
use zhanggui::models::time::parse_time;
use zhanggui::models::{Day, Money, Timestamp};
use zhanggui::services::imports::cells::Cells;
use zhanggui::services::imports::columns::Columns;
use zhanggui::services::imports::days;
use zhanggui::services::imports::sheet::Sheet;
use zhanggui::ui::widgets::date::parse_date;

fuzz_target!(|text: &str| {
    amounts(text);
    if let Ok(number) = parse_whole(text) {
        assert_eq!((parse_whole(&quantity(number)), parse_whole(&number.to_string())), (Ok(number), Ok(number)));
    }
    if let Some(day) = Day::parse(text) {
        assert_eq!((Day::parse(&day.to_string()), parse_date(text)), (Some(day), Some(day.0)));
    }
    if let Some(date) = parse_date(text) {
        assert_eq!(parse_date(&date.to_string()), Some(date));
    }
    if let Some(time) = parse_time(text) {
        assert_eq!(parse_time(&time.format("%H:%M").to_string()), Some(time));
    }
    if let Some(at) = Timestamp::parse(text) {
        assert_eq!(Timestamp::parse(&at.to_string()), Some(at));
    }
    cells(text);
});

fn amounts(text: &str) {
    let exact = Money::parse(text);
    let Ok(money) = Money::parse_rounding(text) else { return assert!(exact.is_err()) };
    assert!(exact.is_err() || exact == Ok(money));
    for written in [money.plain(), money.to_string(), money.yuan()] {
        assert_eq!(Money::parse(&written), Ok(money), "{written}");
    }
    assert_eq!(Money::from_real(money.to_real()), Some(money));
    assert_eq!(parse_money(text).ok(), exact.ok().filter(|money| !money.is_negative()));
    assert!(money.capitals().starts_with("人民币"));
}

/// The same text in each column of an order file.
fn cells(text: &str) {
    let cell = format!("\"{}\"", text.replace('"', "\"\""));
    let file = format!("discount,date,quantity,price\n{}\n", [cell.as_str(); 4].join(","));
    let Ok(sheet) = Sheet::read(file.as_bytes(), None, || Ok(())) else { return };
    static COLUMNS: OnceLock<Columns> = OnceLock::new();
    let columns = COLUMNS.get_or_init(|| Columns::guess(ImportKind::Orders, &sheet.headings));
    let mut errors = RowErrors::default();
    if let [Some((day, _))] = days::column(&sheet, columns, ImportField::OrderDate, &mut errors)[..] {
        assert_eq!(Day::parse(&day.to_string()), Some(day));
    }
    let mut cells = Cells { columns, row: sheet.row(0), errors: &mut errors };
    if let Some(amount) = cells.amount(ImportField::UnitPrice) {
        assert!(!amount.money.is_negative() && amount.decimal.shared_half_up(1) == Ok(amount.money));
    }
    if let Some(number) = cells.whole(ImportField::Quantity, -5, 1_000) {
        assert_eq!(parse_whole(&number.to_string()), Ok(number));
    }
    let shown = cells.text(ImportField::Discount).unwrap_or_default().to_owned();
    if let Some((taken, of)) = cells.discount() {
        assert!(0 <= taken && taken <= of && Money::MAX.less_discount(taken, of).is_some());
        assert!((taken as f64 / of as f64 - discount(&shown)).abs() < 1e-9, "{taken}/{of}");
    }
}

/// What a discount takes off, worked out in floating point.
fn discount(text: &str) -> f64 {
    let paid = text.strip_suffix('折');
    let figure = Decimal::parse(paid.unwrap_or(text.trim_end_matches(['%', '％']))).expect("a figure");
    let figure = figure.digits as f64 / 10f64.powi(figure.scale as i32);
    match paid {
        Some(_) => 1.0 - if figure <= 10.0 { figure / 10.0 } else { figure / 100.0 },
        None if text.ends_with(['%', '％']) => figure / 100.0,
        None => figure,
    }
}
