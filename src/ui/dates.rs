//! How days and times are shown where room is short (tokens §7): 今天 10:02, 01-29 within this year, else the whole day.

use chrono::Datelike;

use crate::models::{Day, Timestamp};
use crate::ui::context::Context;

/// 今天, 01-29 or 2025-12-03.
pub fn dense_day(cx: &Context<'_>, day: Day) -> String {
    if day == cx.today {
        cx.t.widgets.today.to_owned()
    } else if day.0.year() == cx.today.0.year() {
        day.0.format("%m-%d").to_string()
    } else {
        day.to_string()
    }
}

/// As [`dense_day`], with the time of day.
pub fn dense_time(cx: &Context<'_>, at: Timestamp) -> String {
    format!("{} {}", dense_day(cx, at.day(cx.zone())), at.local(cx.zone()).format("%H:%M"))
}
