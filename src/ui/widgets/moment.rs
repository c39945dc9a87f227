//! A moment: a date field and a time of day (HH:MM) beside it. Both edit text; parsing for good is the draft's.

use chrono::{NaiveDate, NaiveTime, Timelike};
use egui::{Key, Modifiers, Response, Ui};

use crate::i18n::{Texts, fill};
use crate::models::time::parse_time;
use crate::ui::widgets::date::{date_input, parse_date};
use crate::ui::widgets::input::{InputOptions, input_id, text_input_with_id};

/// How wide the time of day is.
pub const TIME_WIDTH: f32 = 64.0;
const GAP: f32 = 6.0;
/// ↑ and ↓ move the time of day by so many minutes.
const STEP: i64 = 30;

/// What a moment may have besides its text.
#[derive(Clone, Copy, Debug, Default)]
pub struct MomentOptions<'a> {
    /// As wide as this, both fields together.
    pub width: f32,
    /// The accessible name; the time of day adds its own word.
    pub name: &'a str,
    /// A short text at the left of the date.
    pub prefix: &'a str,
    pub error: bool,
    /// The time of day that a date gets where there is none yet.
    pub first_time: &'a str,
}

/// The responses of both fields.
pub struct MomentResponse {
    pub day: Response,
    pub time: Response,
}

/// The moment. `moment_input(ui, t, "next", &mut draft.day, &mut draft.time, today, MomentOptions { … })`.
pub fn moment_input(
    ui: &mut Ui,
    texts: &'static Texts,
    salt: impl egui::AsIdSalt,
    day: &mut String,
    time: &mut String,
    today: NaiveDate,
    options: MomentOptions<'_>,
) -> MomentResponse {
    let id = input_id(ui, salt);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let common = InputOptions { error: options.error, keep_arrows: true, ..Default::default() };
        let width = Some(options.width - TIME_WIDTH - GAP);
        let date = date_input(ui, texts, (id, "day"), day, today, InputOptions { width, name: options.name, prefix: options.prefix, ..common });
        if date.changed() && time.trim().is_empty() && parse_date(day).is_some() {
            options.first_time.clone_into(time);
        }
        let time_id = id.with("time");
        if ui.memory(|memory| memory.has_focus(time_id)) {
            let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            let step = if pressed(Key::ArrowUp) {
                STEP
            } else if pressed(Key::ArrowDown) {
                -STEP
            } else {
                0
            };
            if let Some(at) = parse_time(time).filter(|_| step != 0) {
                *time = stepped(at, step).format("%H:%M").to_string();
            }
        }
        let name = fill(texts.widgets.time_of, &[&options.name]);
        let time = text_input_with_id(
            ui,
            time_id,
            time,
            InputOptions { width: Some(TIME_WIDTH), hint: texts.widgets.time_hint, name: &name, char_limit: Some(5), ..common },
        );
        MomentResponse { day: date, time }
    })
    .inner
}

/// The next full step up or down, within the day.
fn stepped(at: NaiveTime, step: i64) -> NaiveTime {
    let minutes = i64::from(at.hour() * 60 + at.minute());
    let to = if step > 0 { (minutes / STEP + 1) * STEP } else { (minutes - 1).div_euclid(STEP) * STEP };
    let to = u32::try_from(to.clamp(0, 24 * 60 - STEP)).unwrap_or(0);
    NaiveTime::from_hms_opt(to / 60, to % 60, 0).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stay_on_half_hours_and_within_the_day() {
        let steps = [("14:05", STEP, "14:30"), ("14:30", STEP, "15:00"), ("14:05", -STEP, "14:00"), ("14:00", -STEP, "13:30")];
        let ends = [("23:45", STEP, "23:30"), ("00:00", -STEP, "00:00")];
        for (from, step, to) in steps.into_iter().chain(ends) {
            assert_eq!(Some(stepped(parse_time(from).unwrap(), step)), parse_time(to), "{from} {step}");
        }
    }
}
