//! The period of a statement: a month or a year by name, or from day to day.

use egui::{Ui, vec2};

use crate::i18n::fill;
use crate::models::Day;
use crate::ui::context::Context;
use crate::ui::theme::size;
use crate::ui::widgets::date::{date_input, parse_date};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::InputOptions;
use crate::ui::widgets::select::{SelectOptions, select};

/// A period by name; what it spans depends on today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Named {
    #[default]
    ThisMonth,
    LastMonth,
    ThisYear,
    Custom,
}

/// The period as it is chosen; days as typed where it is from day to day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    named: Named,
    from: String,
    to: String,
}

impl Span {
    /// First and last day, both included; nothing while they are not typed whole or the wrong way round.
    pub fn days(&self, today: Day) -> Option<(Day, Day)> {
        let month = today.month_start();
        match self.named {
            Named::ThisMonth => Some((month, today)),
            Named::LastMonth => {
                let last = month.plus_days(-1);
                Some((last.month_start(), last))
            }
            Named::ThisYear => Some((today.year_start(), today)),
            Named::Custom => {
                let (from, to) = (parse_date(&self.from).map(Day)?, parse_date(&self.to).map(Day)?);
                (from <= to).then_some((from, to))
            }
        }
    }

    /// The select, and the two days where they are typed.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Context<'_>) {
        let t = &cx.t.papers;
        let names = [(Named::ThisMonth, t.this_month), (Named::LastMonth, t.last_month), (Named::ThisYear, t.this_year), (Named::Custom, t.custom)];
        let shown = self.days(cx.today);
        let hint = shown.map(|(from, to)| fill(t.period_value, &[&from, &to])).unwrap_or_default();
        let chosen =
            FieldUi::new(t.span).hint(&hint).show(ui, |ui| select(ui, "print span", &mut self.named, &names, SelectOptions::default())).inner;
        if chosen.changed()
            && self.named == Named::Custom
            && let Some((from, to)) = shown
        {
            // The days begin as what was chosen before.
            (self.from, self.to) = (from.to_string(), to.to_string());
        }
        if self.named != Named::Custom {
            return;
        }
        let half = (ui.available_width() - size::BUTTON_GAP) / 2.0;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing = vec2(size::BUTTON_GAP, 0.0);
            for (name, text) in [(t.from_day, &mut self.from), (t.to_day, &mut self.to)] {
                FieldUi::new(name).width(half).show(ui, |ui| date_input(ui, cx.t, ("print span", name), text, cx.today.0, InputOptions::default()));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_by_name_are_whole_days_up_to_today() {
        let day = |text| Day::parse(text).unwrap();
        let span = |named| Span { named, from: "2026-02-01".into(), to: "2026-01-31".into() };
        let today = day("2026-01-30");
        assert_eq!(span(Named::ThisMonth).days(today), Some((day("2026-01-01"), today)));
        assert_eq!(span(Named::LastMonth).days(today), Some((day("2025-12-01"), day("2025-12-31"))));
        assert_eq!(span(Named::ThisYear).days(today), Some((day("2026-01-01"), today)));
        assert_eq!(span(Named::Custom).days(today), None, "the wrong way round");
        let custom = Span { named: Named::Custom, from: "20251201".into(), to: "2025-12-01".into() };
        assert_eq!(custom.days(today), Some((day("2025-12-01"), day("2025-12-01"))));
    }
}
