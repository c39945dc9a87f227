//! Reading the cells of one row as texts, amounts, numbers and choices; what is wrong goes by row and column. Knows no kind of record.

use super::columns::Columns;
use super::sheet::SheetRow;
use crate::models::choice::{CustomerLevel, Status};
use crate::models::error::FieldErrors;
use crate::models::import::{ImportField, RowErrors, RowProblem};
use crate::models::money::{Decimal, MoneyError};
use crate::models::product::parse_whole;
use crate::models::{Field, Money, Problem};
use crate::services::tables::undone;

use ImportField as F;

/// One row with its columns; collects what is wrong.
pub struct Cells<'s, 'e> {
    pub columns: &'s Columns,
    pub row: SheetRow<'s>,
    pub errors: &'e mut RowErrors,
}

/// An amount of a file: rounded to the fen, and whether it had to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    pub decimal: Decimal,
    pub money: Money,
    pub exact: bool,
}

impl<'s> Cells<'s, '_> {
    /// The cell without blanks around it, and without the apostrophe that our own files put before a formula; `None` where it is empty or there
    /// is no such column.
    pub fn text(&self, field: ImportField) -> Option<&'s str> {
        let cell = undone(self.row.cell(self.columns.at(field)?)?.trim()).trim();
        (!cell.is_empty()).then_some(cell)
    }

    pub fn owned(&self, field: ImportField) -> Option<String> {
        self.text(field).map(str::to_owned)
    }

    /// Notes what is wrong with the cell of a field.
    pub fn wrong(&mut self, field: ImportField, problem: Problem) {
        self.errors.add(self.row.number, self.columns.heading(field), RowProblem::Field(field.field(), problem));
    }

    /// The cell, which must not be empty.
    pub fn required(&mut self, field: ImportField) -> Option<&'s str> {
        let text = self.text(field);
        if text.is_none() {
            self.wrong(field, Problem::Required);
        }
        text
    }

    /// An amount of at least zero, where the cell has one.
    pub fn amount(&mut self, field: ImportField) -> Option<Amount> {
        let text = self.text(field)?;
        let read = Decimal::parse(text).and_then(|decimal| {
            let money = Money::parse_rounding(text)?;
            Ok(Amount { decimal, money, exact: Money::parse(text).is_ok() })
        });
        match read {
            Ok(amount) if amount.decimal.digits < 0 => self.wrong(field, Problem::Negative),
            Ok(amount) => return Some(amount),
            Err(MoneyError::TooLarge) => self.wrong(field, Problem::TooLarge),
            Err(_) => self.wrong(field, Problem::NotANumber),
        }
        None
    }

    /// A whole number within bounds, where the cell has one.
    pub fn whole(&mut self, field: ImportField, least: i64, most: i64) -> Option<i64> {
        match parse_whole(self.text(field)?) {
            Ok(number) if (least..=most).contains(&number) => return Some(number),
            Ok(number) if number < 0 && least == 0 => self.wrong(field, Problem::Negative),
            Ok(_) => self.wrong(field, Problem::OutOfRange(least, most)),
            Err(problem) => self.wrong(field, problem),
        }
        None
    }

    /// A discount as the fraction that is taken off: `0.15`, `15%`, `8.5折` (what is paid).
    pub fn discount(&mut self) -> Option<(i128, i128)> {
        let text = self.text(F::Discount)?;
        let kept = text.strip_suffix('折');
        let percent = text.strip_suffix(['%', '％']);
        let Ok(decimal) = Decimal::parse(kept.or(percent).unwrap_or(text)) else {
            self.wrong(F::Discount, Problem::NotANumber);
            return None;
        };
        // At most 31 digits, 18 of them behind the point: nothing here leaves 128 bits.
        let (numerator, mut denominator) = (decimal.digits, 10i128.pow(decimal.scale));
        let scale = match (kept, percent) {
            // 8.5折 and 85折 both mean that 85 % are paid.
            (Some(_), _) if numerator <= denominator * 10 => 10,
            (Some(_), _) | (_, Some(_)) => 100,
            _ => 1,
        };
        denominator *= scale;
        let taken = if kept.is_some() { denominator - numerator } else { numerator };
        if numerator < 0 || !(0..=denominator).contains(&taken) {
            self.wrong(F::Discount, Problem::OutOfRange(0, 1));
            return None;
        }
        Some((taken, denominator))
    }

    pub fn level(&mut self) -> Option<CustomerLevel> {
        let level = match self.text(F::Level)?.to_lowercase().as_str() {
            "vip" | "vip客户" | "贵宾" | "大客户" => CustomerLevel::Vip,
            "important" | "重要" | "重要客户" => CustomerLevel::Important,
            "normal" | "普通" | "一般" | "普通客户" => CustomerLevel::Normal,
            _ => {
                self.wrong(F::Level, Problem::UnknownChoice);
                return None;
            }
        };
        Some(level)
    }

    pub fn status(&mut self) -> Option<Status> {
        let yes =
            |text: &str| matches!(text.to_lowercase().as_str(), "1" | "1.0" | "yes" | "true" | "y" | "是" | "停用" | "已停产" | "停产" | "停售");
        if self.text(F::Discontinued).is_some_and(yes) {
            return Some(Status::Inactive);
        }
        let status = match self.text(F::Status)?.to_lowercase().as_str() {
            "active" | "启用" | "在售" | "正常" | "1" => Status::Active,
            "inactive" | "停用" | "停售" | "下架" | "0" => Status::Inactive,
            _ => {
                self.wrong(F::Status, Problem::UnknownChoice);
                return None;
            }
        };
        Some(status)
    }

    /// Street, city, region, postal code and country as one address.
    pub fn address(&self) -> Option<String> {
        let (street, city, region, postal, country) =
            (self.text(F::Address), self.text(F::City), self.text(F::Region), self.text(F::PostalCode), self.text(F::Country));
        let chinese = [street, city, region].into_iter().flatten().any(|part| part.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)));
        if chinese {
            // 直辖市: province and city have one name; and a street is often written in full.
            let mut whole = String::new();
            for part in [country, region, city, street].into_iter().flatten() {
                if !whole.is_empty() && part.starts_with(&whole) {
                    whole.clear();
                }
                if !whole.ends_with(part) {
                    whole.push_str(part);
                }
            }
            return Some(whole);
        }
        let town = [postal, city].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let parts: Vec<&str> = [street, Some(town.as_str()).filter(|town| !town.is_empty()), region, country].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// Takes over what a record's own check found; `name` is the column of its name.
    pub fn take_over(&mut self, found: FieldErrors, name: ImportField) {
        for error in found.0 {
            let heading = if error.field == Field::Name { self.columns.heading(name) } else { self.columns.heading_of(error.field) };
            self.errors.add(self.row.number, heading, RowProblem::Field(error.field, error.problem));
        }
    }
}
