//! What the drawer of a customer, the follow-up page and the dashboard share of follow-ups: the form, the acts with their dialogs, words and tones.

mod acts;
mod form;

pub use acts::{FollowupActs, Happened};
pub use form::{FollowupForm, Look};

use crate::i18n::fill;
use crate::models::Timestamp;
use crate::models::config::results;
use crate::models::followup::FollowupRow;
use crate::ui::dense::Dense;
use crate::ui::theme::Tone;

/// The tone of a result's chip: known words have their own, any other is quiet.
pub fn result_tone(result: &str) -> Tone {
    match result {
        results::WON => Tone::Ok,
        results::WAITING => Tone::Info,
        _ => Tone::Mute,
    }
}

/// The row to stand on once the row at `at` is gone: the next, else the one before.
pub fn neighbour(rows: &[FollowupRow], at: usize) -> Option<i64> {
    rows.get(at + 1).or(at.checked_sub(1).and_then(|before| rows.get(before))).map(|row| row.followup.id.0)
}

/// When an open plan is due: `逾期 2 天`, `10:30` today, `02-04 10:30`; and whether its day is past.
pub fn due_text(dense: &Dense, next: Timestamp) -> (String, bool) {
    let day = next.day(dense.zone);
    let late = dense.today.days_since(day);
    match late {
        1.. => (fill(dense.t.followups.overdue_days, &[&late]), true),
        0 => (next.local(dense.zone).format("%H:%M").to_string(), false),
        _ => (dense.moment(next), false),
    }
}
