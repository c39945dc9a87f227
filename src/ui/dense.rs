//! Dates as dense lists show them (tokens §7): 今天, 01-29 within this year, else 2025-12-03.

use crate::i18n::Texts;
use crate::models::{Day, Timestamp, Zone};

/// What a date is shown against.
#[derive(Clone, Copy)]
pub struct Dense {
    pub today: Day,
    pub zone: Zone,
    pub t: &'static Texts,
}

impl Dense {
    /// `今天`, `01-29`, `2025-12-03`.
    pub fn day(&self, day: Day) -> String {
        if day == self.today {
            return self.t.widgets.today.to_owned();
        }
        let text = day.to_string();
        match text.get(..5) == self.today.to_string().get(..5) {
            true => text.get(5..).unwrap_or(&text).to_owned(),
            false => text,
        }
    }

    /// The business day of a moment.
    pub fn date(&self, at: Timestamp) -> String {
        self.day(at.day(self.zone))
    }

    /// `今天 10:02`, `01-29 15:20`; without the time of day in earlier years.
    pub fn moment(&self, at: Timestamp) -> String {
        let day = self.date(at);
        if day.len() == 10 && day.is_ascii() { day } else { format!("{day} {}", at.local(self.zone).format("%H:%M")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn days_are_short_within_this_year() {
        let today = Day::parse("2026-01-30").unwrap();
        let dense = Dense { today, zone: Zone::SHANGHAI, t: Lang::ZhCn.texts() };
        assert_eq!(dense.moment(Timestamp::parse("2026-01-30 02:02:00").unwrap()), "今天 10:02");
        assert_eq!(dense.moment(Timestamp::parse("2026-01-29 02:02:00").unwrap()), "01-29 10:02");
        assert_eq!(dense.moment(Timestamp::parse("2025-12-03 02:02:00").unwrap()), "2025-12-03");
    }
}
