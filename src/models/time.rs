//! Points in time (UTC), business days (local), the business time zone, and the clock that services are given.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};

/// A point in time in whole UTC seconds; stored as `YYYY-MM-DD HH:MM:SS` (rulings §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

const STORED: &str = "%Y-%m-%d %H:%M:%S";

impl Timestamp {
    /// Seconds since 1970; clamped to the years 0001 … 9999, so that every value can be written.
    pub fn from_unix(seconds: i64) -> Timestamp {
        Timestamp(seconds.clamp(-62_135_596_800, 253_402_300_799))
    }

    pub fn unix(self) -> i64 {
        self.0
    }

    /// Reads the stored form.
    pub fn parse(text: &str) -> Option<Timestamp> {
        let naive = NaiveDateTime::parse_from_str(text, STORED).ok()?;
        Some(Timestamp::from_unix(naive.and_utc().timestamp()))
    }

    pub fn plus_seconds(self, seconds: i64) -> Timestamp {
        Timestamp::from_unix(self.0.saturating_add(seconds))
    }

    /// Seconds from `earlier` to this; negative where the clock went back.
    pub fn seconds_since(self, earlier: Timestamp) -> i64 {
        self.0 - earlier.0
    }

    /// The business day in `zone`.
    pub fn day(self, zone: Zone) -> Day {
        Day(self.local(zone).date())
    }

    /// Date and time of day in `zone`.
    pub fn local(self, zone: Zone) -> NaiveDateTime {
        self.utc().with_timezone(&zone.0).naive_local()
    }

    /// `2026-01-30 14:05` in `zone` (rulings §1).
    pub fn shown(self, zone: Zone) -> String {
        self.local(zone).format("%Y-%m-%d %H:%M").to_string()
    }

    fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0, 0).unwrap_or_default()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.utc().format(STORED).fmt(f)
    }
}

/// A calendar day of the business; stored and shown as `2026-01-30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub NaiveDate);

impl Day {
    /// Reads `2026-01-30`; a year from 1900 to 9999.
    pub fn parse(text: &str) -> Option<Day> {
        let text = text.trim();
        let plausible = text.len() == 10 && text.is_ascii();
        let date = plausible.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()?;
        (1900..=9999).contains(&date.year()).then_some(Day(date))
    }

    /// `20260130`, as numbers carry it.
    pub fn compact(self) -> String {
        self.0.format("%Y%m%d").to_string()
    }

    /// The day `days` later, or earlier where negative; the calendar's end where there is none.
    pub fn plus_days(self, days: i64) -> Day {
        let distance = Days::new(days.unsigned_abs());
        let moved = if days < 0 { self.0.checked_sub_days(distance) } else { self.0.checked_add_days(distance) };
        Day(moved.unwrap_or(if days < 0 { NaiveDate::MIN } else { NaiveDate::MAX }))
    }

    /// The first day of its month.
    pub fn month_start(self) -> Day {
        Day(self.0.with_day(1).unwrap_or(self.0))
    }

    /// The first day of its year.
    pub fn year_start(self) -> Day {
        Day(self.0.with_ordinal(1).unwrap_or(self.0))
    }

    /// Days from `earlier` to this one.
    pub fn days_since(self, earlier: Day) -> i64 {
        (self.0 - earlier.0).num_days()
    }

    /// This day at a time of day in `zone`, in UTC. A time that a clock change skips becomes the one an hour later.
    pub fn at(self, time: NaiveTime, zone: Zone) -> Timestamp {
        let naive = self.0.and_time(time);
        let mapped = zone.0.from_local_datetime(&naive).earliest();
        let mapped = mapped.or_else(|| zone.0.from_local_datetime(&(naive + chrono::Duration::hours(1))).earliest());
        Timestamp::from_unix(mapped.map_or(naive.and_utc().timestamp(), |at| at.timestamp()))
    }

    /// The first moment of this day in `zone`, in UTC.
    pub fn start(self, zone: Zone) -> Timestamp {
        self.at(NaiveTime::MIN, zone)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format("%Y-%m-%d").fmt(f)
    }
}

/// Reads a time of day as a person types it: `14:05`, `9:30`, `0930`; the full-width colon too.
pub fn parse_time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().replace('\u{ff1a}', ":");
    let (hours, minutes) = match text.split_once(':') {
        Some(parts) => parts,
        None if text.len() == 4 && text.is_ascii() => text.split_at(2),
        None => return None,
    };
    let number =
        |part: &str| (1..=2).contains(&part.len()).then(|| part.chars().all(|c| c.is_ascii_digit()).then(|| part.parse().ok())).flatten().flatten();
    NaiveTime::from_hms_opt(number(hours)?, number(minutes).filter(|_| minutes.len() == 2)?, 0)
}

/// The business time zone (rulings §16), by its IANA name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(chrono_tz::Tz);

impl Zone {
    pub const SHANGHAI: Zone = Zone(chrono_tz::Asia::Shanghai);

    /// The zone of an IANA name such as `Asia/Shanghai`.
    pub fn parse(name: &str) -> Option<Zone> {
        name.parse().ok().map(Zone)
    }

    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The zone this computer is set to, else Shanghai's.
    pub fn of_this_computer() -> Zone {
        let name = iana_time_zone::get_timezone().ok();
        name.filter(|name| name.contains('/')).and_then(|name| Zone::parse(&name)).unwrap_or(Zone::SHANGHAI)
    }
}

/// Where services take the time from (rulings §3).
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

/// The computer's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix(Utc::now().timestamp())
    }
}

/// A clock that stands still until it is set: for tests and for demo data.
pub struct FixedClock(AtomicI64);

impl FixedClock {
    pub fn new(now: Timestamp) -> FixedClock {
        FixedClock(AtomicI64::new(now.0))
    }

    pub fn set(&self, now: Timestamp) {
        self.0.store(now.0, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_business_day_is_local() {
        let late = Timestamp::parse("2026-01-29 16:00:00").unwrap();
        assert_eq!(late.day(Zone::SHANGHAI).to_string(), "2026-01-30");
        assert_eq!(late.to_string(), "2026-01-29 16:00:00");
        assert_eq!(late.day(Zone::SHANGHAI).start(Zone::SHANGHAI), late);
    }

    #[test]
    fn times_of_day_are_read_as_typed() {
        let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0);
        for (text, read) in [("14:05", time(14, 5)), ("9:30", time(9, 30)), (" 0930 ", time(9, 30)), ("9：30", time(9, 30)), ("0:00", time(0, 0))] {
            assert_eq!(parse_time(text), read, "{text}");
        }
        for text in ["", "9", "24:00", "9:3", "12:60", "+9:30", "9:30:00", "九点", "九点半了"] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_strict() {
        assert_eq!(Day::parse("2026-02-30"), None);
        assert_eq!(Day::parse("2026-2-3"), None);
        assert_eq!(Day::parse("20260203"), None);
        assert_eq!(Day::parse("2024-02-29").map(|d| d.plus_days(1).to_string()), Some("2024-03-01".into()));
    }

    #[test]
    fn a_skipped_hour_still_has_a_time() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let day = Day::parse("2026-03-29").unwrap();
        let time = NaiveTime::from_hms_opt(2, 30, 0).unwrap();
        assert_eq!(day.at(time, berlin).to_string(), "2026-03-29 01:30:00");
    }
}
