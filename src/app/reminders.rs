//! One's own plans: read for all who show them when the file or the day changes, told when their time comes, counted beside 跟进 and behind the bell.
//!
//! Nothing is polled: the window sleeps until the next plan falls due, or the day ends.

use std::time::Duration;

use crate::models::followup::FollowupRow;
use crate::models::rights::Verb;
use crate::models::{Timestamp, choice::Module};
use crate::services::followups;
use crate::ui::context::{Context, Follow, Plans};
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::Tone;
use crate::ui::widgets::toast::Toast;

/// Seconds the window sleeps at most: a computer that slept meanwhile does not miss a plan for long.
const LONGEST: i64 = 3600;

/// How much of one's plans was told and seen.
#[derive(Default)]
pub struct Watch {
    /// Whatever was due by then was told, or was due before the window opened.
    told: Option<Timestamp>,
    /// Whatever was due by then was seen behind the bell.
    seen: Option<Timestamp>,
}

impl Watch {
    /// Once per frame: tells what fell due since the last one, and sees to it that there is a frame when the next one does.
    pub fn frame(&mut self, ctx: &egui::Context, cx: &mut Context<'_>) {
        if !cx.may(Module::Customer, Verb::View) {
            *self = Watch::default();
            *cx.plans = Plans::default();
            return;
        }
        let mut plans = std::mem::take(cx.plans);
        plans.ask(ctx, cx, &(cx.session.user, cx.today), |desk, _| followups::reminders(desk));
        *cx.plans = plans;
        let since = *self.told.get_or_insert(cx.now);
        let Some(reminders) = cx.plans.known() else { return };
        let fallen: Vec<Toast<Follow>> =
            reminders.due.iter().filter(|row| planned(row).is_some_and(|at| since < at && at <= cx.now)).map(|row| toast(cx, row)).collect();
        fallen.into_iter().for_each(|toast| cx.toasts.push(toast));
        self.told = Some(since.max(cx.now));
        let next = reminders.due.iter().filter_map(planned).filter(|at| *at > cx.now).min();
        let midnight = cx.today.plus_days(1).start(cx.zone());
        let sleep = next.unwrap_or(midnight).seconds_since(cx.now).clamp(1, LONGEST);
        ctx.request_repaint_after(Duration::from_secs(sleep.unsigned_abs()));
    }

    /// How many plans whose time has come were not seen behind the bell.
    pub fn unseen(&self, cx: &Context<'_>) -> usize {
        fallen(cx).filter(|row| planned(row) > self.seen).count()
    }

    /// The bell was opened.
    pub fn see(&mut self, now: Timestamp) {
        self.seen = Some(now);
    }
}

/// How many plans there are up to the end of today.
pub fn count(cx: &Context<'_>) -> u64 {
    cx.plans.known().map_or(0, |reminders| reminders.count.unsigned_abs())
}

/// Plans whose time has come, the oldest first.
pub fn fallen<'a>(cx: &'a Context<'_>) -> impl Iterator<Item = &'a FollowupRow> {
    let now = cx.now;
    cx.plans.known().into_iter().flat_map(|reminders| &reminders.due).filter(move |row| planned(row).is_some_and(|at| at <= now))
}

fn planned(row: &FollowupRow) -> Option<Timestamp> {
    row.followup.input.next
}

fn toast(cx: &Context<'_>, row: &FollowupRow) -> Toast<Follow> {
    let toast = Toast::new(Tone::Info, &row.customer_name).body(&row.followup.input.content);
    let mut toast = toast.action(cx.t.shell.key_open, Route::Customer(row.followup.customer));
    toast.icon = Some(icons::CALENDAR_CHECK);
    toast
}
