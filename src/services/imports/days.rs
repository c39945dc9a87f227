//! Days of foreign files: one order of day and month per column, never a guess where both would do. No time zones.

use chrono::{NaiveDate, NaiveTime};

use super::columns::Columns;
use super::sheet::Sheet;
use crate::models::import::{ImportField, RowErrors, RowProblem};
use crate::models::{Day, Problem};

/// A day with the time of day that stood beside it, else midnight.
pub type Moment = (Day, NaiveTime);

/// How a column writes `3/4/2020`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    MonthFirst,
    DayFirst,
}

/// The days of one column by row, `None` where the cell is empty or wrong; what is wrong goes by row and column.
pub fn column(sheet: &Sheet, columns: &Columns, field: ImportField, errors: &mut RowErrors) -> Vec<Option<Moment>> {
    let Some(at) = columns.at(field) else { return vec![None; sheet.len()] };
    let cells: Vec<&str> = sheet.rows().map(|row| row.cell(at).unwrap_or_default().trim()).collect();
    let style = style(&cells);
    let mut read = Vec::with_capacity(cells.len());
    for (cell, row) in cells.iter().zip(sheet.rows()) {
        let moment = if cell.is_empty() { None } else { parse(cell, style) };
        if moment.is_none() && !cell.is_empty() {
            let ambiguous = style.is_none() && (parse(cell, Some(Style::DayFirst)).is_some() || parse(cell, Some(Style::MonthFirst)).is_some());
            let problem = if ambiguous { RowProblem::AmbiguousDay } else { RowProblem::Field(field.field(), Problem::NotADay) };
            errors.add(row.number, columns.heading(field), problem);
        }
        read.push(moment);
    }
    read
}

/// The style that some cell proves and none disproves.
fn style(cells: &[&str]) -> Option<Style> {
    let (mut month_first, mut day_first) = (false, false);
    for cell in cells {
        if let Some((a, b, c)) = numbers(day_part(cell).0)
            && a <= 31
            && c > 31
        {
            month_first |= b > 12;
            day_first |= a > 12;
        }
    }
    match (month_first, day_first) {
        (true, false) => Some(Style::MonthFirst),
        (false, true) => Some(Style::DayFirst),
        _ => None,
    }
}

/// Day and time of a cell.
fn day_part(cell: &str) -> (&str, Option<&str>) {
    match cell.split_once(['T', ' ']) {
        Some((day, time)) => (day, Some(time.trim())),
        None => (cell, None),
    }
}

/// The three numbers of `2020-1-30`, `2020/1/30`, `2020.1.30`, `2020年1月30日`, `1/30/2020`.
fn numbers(day: &str) -> Option<(u32, u32, u32)> {
    let day = day.strip_suffix('日').unwrap_or(day);
    let mut parts = day.split(['-', '/', '.', '年', '月']).map(|part| {
        let plain = !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
        if plain { part.parse::<u32>().ok() } else { None }
    });
    let found = (parts.next()??, parts.next()??, parts.next()??);
    parts.next().is_none().then_some(found)
}

fn parse(cell: &str, style: Option<Style>) -> Option<Moment> {
    let (day, time) = day_part(cell);
    let (year, month, day) = match numbers(day)? {
        (year, month, day) if year > 31 => (year, month, day),
        (a, b, year) => match style? {
            Style::MonthFirst => (year, a, b),
            Style::DayFirst => (year, b, a),
        },
    };
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    let time = match time {
        None => NaiveTime::MIN,
        Some(text) => ["%H:%M:%S%.f", "%H:%M"].iter().find_map(|format| NaiveTime::parse_from_str(text, format).ok())?,
    };
    (1900..=9999).contains(&year).then_some((Day(date), time))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(cell: &str, others: &[&str]) -> Option<String> {
        let cells: Vec<&str> = [cell].into_iter().chain(others.iter().copied()).collect();
        parse(cell, style(&cells)).map(|(day, _)| day.to_string())
    }

    #[test]
    fn days_of_many_kinds() {
        for cell in ["2020-03-04", "2020/3/4", "2020.3.4", "2020年3月4日", "2020-03-04 00:00:00.000", "2020-03-04T13:05", "2020/3/4 8:05"] {
            assert_eq!(day(cell, &[]).as_deref(), Some("2020-03-04"), "{cell}");
        }
        assert_eq!(day("3/4/2020", &[]), None);
        assert_eq!(day("3/4/2020", &["1/30/2020"]).as_deref(), Some("2020-03-04"));
        assert_eq!(day("3/4/2020", &["30/1/2020"]).as_deref(), Some("2020-04-03"));
        assert_eq!(day("3/4/2020", &["30/1/2020", "1/30/2020"]), None);
        for cell in ["2020-02-30", "2020-13-01", "soon", "20200304", "2020-03-04 25:00", "1/2/3", "0020-01-01"] {
            assert_eq!(day(cell, &[]), None, "{cell}");
        }
    }
}
