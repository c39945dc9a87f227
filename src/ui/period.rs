//! The periods a list can be filtered by: today, this week, month, year.

use chrono::Datelike;

use crate::i18n::Texts;
use crate::models::Day;

/// Periods to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    Today,
    Week,
    Month,
    Year,
}

impl Period {
    /// The first day of the period that `today` is in; weeks start on Monday.
    pub fn start(self, today: Day) -> Day {
        let back = match self {
            Period::Today => 0,
            Period::Week => i64::from(today.0.weekday().num_days_from_monday()),
            Period::Month => i64::from(today.0.day0()),
            Period::Year => i64::from(today.0.ordinal0()),
        };
        today.plus_days(-back)
    }

    /// The choices of a filter chip.
    pub fn choices(t: &'static Texts) -> [(Period, &'static str); 4] {
        let t = &t.orders;
        [(Period::Today, t.today), (Period::Week, t.this_week), (Period::Month, t.this_month), (Period::Year, t.this_year)]
    }
}
