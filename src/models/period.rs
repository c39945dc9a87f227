//! Periods of business days: by the calendar as far as today, or from day to day; the one before, for comparison.

use chrono::{Datelike, Months, NaiveDate};

use super::choice::choices;
use super::error::{Error, Field, Problem, Result};
use super::time::Day;

/// First and last business day, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    pub from: Day,
    pub to: Day,
}

impl Period {
    /// The longest period that is summed up: ten years.
    pub const MOST_DAYS: i64 = 3_660;

    /// How many days it has.
    pub fn days(self) -> i64 {
        self.to.days_since(self.from) + 1
    }

    /// 4000 where it ends before it begins, or is longer than [`Period::MOST_DAYS`].
    pub fn check(self) -> Result<()> {
        if (1..=Period::MOST_DAYS).contains(&self.days()) { Ok(()) } else { Err(Error::field(Field::To, Problem::OutOfRange(1, Period::MOST_DAYS))) }
    }

    /// The whole month of a day.
    pub fn month_of(day: Day) -> Period {
        let from = day.month_start();
        Period { from, to: months_on(from, 1).plus_days(-1) }
    }

    /// Begins on the first and ends on the last day of a month.
    fn whole_months(self) -> Option<u32> {
        let next = self.to.plus_days(1);
        let months = (next.0.year() - self.from.0.year()) * 12 + next.0.month() as i32 - self.from.0.month() as i32;
        (self.from.0.day() == 1 && next.0.day() == 1).then(|| u32::try_from(months).ok()).flatten()
    }

    /// As many days, or whole months, right before or behind it.
    fn moved(self, steps: i32) -> Period {
        match self.whole_months() {
            Some(months) => {
                let from = months_on(self.from, steps * months as i32);
                Period { from, to: months_on(from, months as i32).plus_days(-1) }
            }
            None => {
                let days = i64::from(steps) * self.days();
                Period { from: self.from.plus_days(days), to: self.to.plus_days(days) }
            }
        }
    }
}

choices! {
    /// A stretch of the calendar; weeks start on Monday.
    Unit {
        Day = "day",
        Week = "week",
        Month = "month",
        /// 90 days that end today.
        NinetyDays = "90 days",
        Quarter = "quarter",
        Year = "year",
    }
}

/// The period a report is about: the present stretch of the calendar as far as today, an earlier one as a whole, or from day to day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// So many stretches back; 0 is the present one.
    Calendar(Unit, u32),
    Custom(Period),
}

impl Span {
    /// What it spans.
    pub fn period(self, today: Day) -> Period {
        match self {
            Span::Custom(period) => period,
            Span::Calendar(unit, back) => {
                let whole = whole(unit, back, today);
                Period { from: whole.from, to: whole.to.min(today) }
            }
        }
    }

    /// What it is compared with (环比): the stretch before, as far as the present one has got; as many days, or whole months, before a custom one.
    pub fn before(self, today: Day) -> Period {
        match self {
            Span::Custom(period) => period.moved(-1),
            Span::Calendar(unit, back) => {
                let (present, before) = (self.period(today), whole(unit, back.saturating_add(1), today));
                if present.to == whole(unit, back, today).to {
                    return before;
                }
                let to = match unit {
                    Unit::Month => months_on(present.to, -1),
                    Unit::Quarter => months_on(present.to, -3),
                    Unit::Year => months_on(present.to, -12),
                    Unit::Day | Unit::Week | Unit::NinetyDays => before.from.plus_days(present.days() - 1),
                };
                Period { from: before.from, to: to.min(before.to) }
            }
        }
    }

    /// The one before it.
    pub fn earlier(self, today: Day) -> Span {
        let earlier = match self {
            Span::Calendar(unit, back) => Span::Calendar(unit, back.saturating_add(1)),
            Span::Custom(period) => Span::Custom(period.moved(-1)),
        };
        if earlier.period(today).from.0.year() < 1900 { self } else { earlier }
    }

    /// The one after it; itself where that has not begun.
    pub fn later(self, today: Day) -> Span {
        match self {
            Span::Calendar(unit, back) => Span::Calendar(unit, back.saturating_sub(1)),
            Span::Custom(period) => {
                let later = period.moved(1);
                if later.from > today { self } else { Span::Custom(later) }
            }
        }
    }
}

/// The whole stretch, also where it ends after today.
fn whole(unit: Unit, back: u32, today: Day) -> Period {
    let back = i32::try_from(back).unwrap_or(i32::MAX / 366);
    let date = today.0;
    let months = |from: Day, length: i32| {
        let from = months_on(from, -length * back);
        Period { from, to: months_on(from, length).plus_days(-1) }
    };
    let days = |from: Day, length: i64| {
        let from = from.plus_days(-length * i64::from(back));
        Period { from, to: from.plus_days(length - 1) }
    };
    let first = Day(date.with_day(1).unwrap_or(date));
    match unit {
        Unit::Day => days(today, 1),
        Unit::Week => days(today.plus_days(-i64::from(date.weekday().num_days_from_monday())), 7),
        Unit::NinetyDays => days(today.plus_days(-89), 90),
        Unit::Month => months(first, 1),
        Unit::Quarter => months(months_on(first, -(date.month0() as i32 % 3)), 3),
        Unit::Year => months(Day(NaiveDate::from_ymd_opt(date.year(), 1, 1).unwrap_or(date)), 12),
    }
}

/// The same day so many months later, or earlier where negative; the month's last day where there is none.
fn months_on(day: Day, months: i32) -> Day {
    let distance = Months::new(months.unsigned_abs());
    let moved = if months < 0 { day.0.checked_sub_months(distance) } else { day.0.checked_add_months(distance) };
    Day(moved.unwrap_or(day.0))
}

/// The last day of a month, by its first.
pub fn last_of_month(first: Day) -> Day {
    months_on(first, 1).plus_days(-1)
}

/// The same day of the month before; none where that month has no such day.
pub fn day_of_month_before(day: Day) -> Option<Day> {
    let before = months_on(day, -1);
    (before.0.day() == day.0.day()).then_some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn shown(period: Period) -> String {
        format!("{} {}", period.from, period.to)
    }

    #[test]
    fn the_present_stretch_ends_today_and_is_compared_with_as_much_of_the_one_before() {
        let today = day("2026-03-30");
        for (unit, back, period, before) in [
            (Unit::Day, 0, "2026-03-30 2026-03-30", "2026-03-29 2026-03-29"),
            (Unit::Week, 0, "2026-03-30 2026-03-30", "2026-03-23 2026-03-23"),
            (Unit::Month, 0, "2026-03-01 2026-03-30", "2026-02-01 2026-02-28"),
            (Unit::Month, 1, "2026-02-01 2026-02-28", "2026-01-01 2026-01-31"),
            (Unit::NinetyDays, 0, "2025-12-31 2026-03-30", "2025-10-02 2025-12-30"),
            (Unit::Quarter, 0, "2026-01-01 2026-03-30", "2025-10-01 2025-12-30"),
            (Unit::Quarter, 1, "2025-10-01 2025-12-31", "2025-07-01 2025-09-30"),
            (Unit::Year, 0, "2026-01-01 2026-03-30", "2025-01-01 2025-03-30"),
            (Unit::Year, 1, "2025-01-01 2025-12-31", "2024-01-01 2024-12-31"),
        ] {
            let span = Span::Calendar(unit, back);
            assert_eq!((shown(span.period(today)), shown(span.before(today))), (period.to_owned(), before.to_owned()), "{unit:?} {back}");
        }
        // On its last day a month is whole, whatever the length of the one before.
        assert_eq!(shown(Span::Calendar(Unit::Month, 0).before(day("2026-02-28"))), "2026-01-01 2026-01-31");
    }

    #[test]
    fn stepping_moves_by_the_calendar_or_by_the_length() {
        let today = day("2026-03-30");
        let month = Span::Calendar(Unit::Month, 0);
        assert_eq!(shown(month.earlier(today).period(today)), "2026-02-01 2026-02-28");
        assert_eq!(month.earlier(today).later(today), month);
        assert_eq!(month.later(today), month, "nothing after the present one");
        let custom = |from: &str, to: &str| Span::Custom(Period { from: day(from), to: day(to) });
        assert_eq!(custom("2026-02-03", "2026-02-05").earlier(today), custom("2026-01-31", "2026-02-02"));
        assert_eq!(custom("2026-01-01", "2026-02-28").earlier(today), custom("2025-11-01", "2025-12-31"), "whole months");
        assert_eq!(custom("2026-02-01", "2026-02-10").earlier(today), custom("2026-01-22", "2026-01-31"), "begins with a month, no whole one");
        assert_eq!(custom("2026-01-15", "2026-01-31").earlier(today), custom("2025-12-29", "2026-01-14"), "ends with a month, no whole one");
        assert_eq!(custom("2026-03-29", "2026-03-30").later(today), custom("2026-03-29", "2026-03-30"));
        assert!(Period { from: today, to: today.plus_days(-1) }.check().is_err());
    }

    #[test]
    fn a_day_the_month_before_does_not_have_is_compared_with_nothing() {
        assert_eq!(day_of_month_before(day("2026-03-28")), Some(day("2026-02-28")));
        assert_eq!(day_of_month_before(day("2026-03-29")), None);
        assert_eq!(day_of_month_before(day("2026-01-30")), Some(day("2025-12-30")));
    }
}
