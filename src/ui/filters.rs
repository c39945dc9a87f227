//! Filters that several lists share: a period by name or from day to day, a customer found by name, a category of the tree.

use chrono::Datelike;
use egui::{Rect, Ui};
use serde_json::{Value, json};

use crate::models::category::{Category, tree};
use crate::models::customer::CustomerRow;
use crate::models::{CustomerId, Day};
use crate::services::{customers, products};
use crate::ui::context::{Cached, Context};
use crate::ui::icons;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::date::{date_input, parse_date};
use crate::ui::widgets::input::InputOptions;
use crate::ui::widgets::paint;
use crate::ui::widgets::picker::{PickerOptions, PickerRows, picker};
use crate::ui::widgets::select::{filter_chip, named_filter_chip, removable_chip};

/// Before the name of a category, for each level above it.
const INDENT: &str = "\u{3000}";

/// A period by name; what it spans depends on today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    Today,
    Week,
    Month,
    Year,
    Custom,
}

impl Named {
    const ALL: [(Named, &'static str); 5] =
        [(Named::Today, "today"), (Named::Week, "week"), (Named::Month, "month"), (Named::Year, "year"), (Named::Custom, "custom")];
}

/// A period to filter by; days as typed where it is from day to day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Period {
    pub named: Option<Named>,
    from: String,
    to: String,
}

impl Period {
    /// From one day to another.
    pub fn between(from: Day, to: Day) -> Period {
        Period { named: Some(Named::Custom), from: from.to_string(), to: to.to_string() }
    }

    /// First and last day, both included; weeks start on Monday.
    pub fn days(&self, today: Day) -> (Option<Day>, Option<Day>) {
        let back = match self.named {
            None => return (None, None),
            Some(Named::Custom) => return (parse_date(&self.from).map(Day), parse_date(&self.to).map(Day)),
            Some(Named::Today) => 0,
            Some(Named::Week) => i64::from(today.0.weekday().num_days_from_monday()),
            Some(Named::Month) => i64::from(today.0.day0()),
            Some(Named::Year) => i64::from(today.0.ordinal0()),
        };
        (Some(today.plus_days(-back)), Some(today))
    }

    /// As it is kept for a person.
    pub fn keep(&self) -> Value {
        let word = self.named.and_then(|named| Named::ALL.iter().find(|(known, _)| *known == named)).map(|(_, word)| *word);
        json!({ "named": word, "from": self.from, "to": self.to })
    }

    /// Sets what was kept; what is unknown is passed over.
    pub fn restore(&mut self, kept: &Value) {
        let word = kept["named"].as_str().unwrap_or_default();
        self.named = Named::ALL.iter().find(|(_, known)| *known == word).map(|(named, _)| *named);
        kept["from"].as_str().unwrap_or_default().clone_into(&mut self.from);
        kept["to"].as_str().unwrap_or_default().clone_into(&mut self.to);
    }

    /// The chip, and two days beside it where they are typed.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Context<'_>, salt: &str) {
        let t = &cx.t.orders;
        let names = [
            (Named::Today, t.today),
            (Named::Week, t.this_week),
            (Named::Month, t.this_month),
            (Named::Year, t.this_year),
            (Named::Custom, t.custom_period),
        ];
        filter_chip(ui, cx.t, (salt, "period"), t.period, &mut self.named, &names);
        if self.named == Some(Named::Custom) {
            for (text, name) in [(&mut self.from, t.from_day), (&mut self.to, t.to_day)] {
                let options = InputOptions { hint: name, name, width: Some(136.0), small: true, ..Default::default() };
                date_input(ui, cx.t, (salt, name), text, cx.today.0, options);
            }
        }
    }
}

/// A customer to filter by, with his name for showing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenCustomer {
    pub id: CustomerId,
    pub name: String,
}

/// What the customer filter keeps between frames.
#[derive(Default)]
pub struct CustomerFilterField {
    query: String,
    found: Cached<String, Vec<CustomerRow>>,
}

impl CustomerFilterField {
    /// A search for the customer, or the chosen one with ✕.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Context<'_>, salt: &str, chosen: &mut Option<ChosenCustomer>) {
        let t = cx.t;
        if let Some(customer) = chosen {
            let label = crate::i18n::fill(t.widgets.filter_set, &[&t.orders.customer, &customer.name]);
            if removable_chip(ui, t, (salt, "customer set"), &label) {
                *chosen = None;
            }
            return;
        }
        let asked = self.query.trim().to_owned();
        let found = self.found.get(cx, &asked, |desk, query| customers::find(desk, query, 20)).as_deref().unwrap_or_default();
        let options = PickerOptions {
            input: InputOptions {
                hint: t.orders.customer,
                icon: Some(icons::USERS),
                name: t.orders.filter_customer,
                width: Some(152.0),
                small: true,
                ..Default::default()
            },
            popup_width: Some(320.0),
            ..Default::default()
        };
        let rows = PickerRows {
            count: found.len(),
            head: None::<fn(&mut Ui, Rect)>,
            label: |at: usize| found[at].name.clone(),
            draw: |ui: &mut Ui, rect: Rect, at: usize| {
                paint::text_left(ui, rect, &found[at].name, theme::font(size::TEXT_BODY), palette(ui).text);
            },
        };
        let out = picker(ui, t, (salt, "customer"), &mut self.query, options, rows);
        if let Some(row) = out.taken.and_then(|at| found.get(at)) {
            *chosen = Some(ChosenCustomer { id: row.id, name: row.name.clone() });
            self.query.clear();
            ui.request_repaint();
        }
    }
}

/// What the category filter keeps between frames.
#[derive(Default)]
pub struct CategoryFilterField {
    tree: Cached<(), Vec<Category>>,
}

impl CategoryFilterField {
    /// Reads again on the next frame.
    pub fn forget(&mut self) {
        self.tree.forget();
    }

    /// The chip: all categories, those below another one indented; choosing one takes what stands below it too.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Context<'_>, salt: &str, chosen: &mut Option<String>) {
        let tree = self.tree.get(cx, &(), |desk, ()| Ok(tree(&products::categories(desk)?)));
        // A category that is kept but no longer in use would find nothing: it is passed over.
        if let (Ok(known), Some(path)) = (tree, &*chosen)
            && !known.iter().any(|category| category.path == *path)
        {
            *chosen = None;
        }
        let tree = tree.as_deref().unwrap_or_default();
        let labels: Vec<String> = tree.iter().map(|category| format!("{}{}", INDENT.repeat(category.depth), category.name)).collect();
        let choices: Vec<(usize, &str)> = labels.iter().map(String::as_str).enumerate().collect();
        // While they cannot be read, the one that is set still shows, and can be taken away.
        let at = chosen.as_ref().map(|path| tree.iter().position(|category| category.path == *path).unwrap_or(usize::MAX));
        let mut value = at;
        if named_filter_chip(ui, cx.t, (salt, "category"), cx.t.products.category, &mut value, &choices, chosen.clone().as_deref()) {
            *chosen = value.and_then(|at| tree.get(at)).map(|category| category.path.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_end_today_and_come_back_as_they_were_kept() {
        let today = Day::parse("2026-01-30").unwrap();
        let day = |text| Day::parse(text);
        let mut period = Period { named: Some(Named::Week), ..Default::default() };
        assert_eq!(period.days(today), (day("2026-01-26"), day("2026-01-30")));
        period.named = Some(Named::Month);
        assert_eq!(period.days(today), (day("2026-01-01"), day("2026-01-30")));
        period = Period { named: Some(Named::Custom), from: "2025-12-01".into(), to: "x".into() };
        assert_eq!(period.days(today), (day("2025-12-01"), None));
        let mut again = Period::default();
        again.restore(&period.keep());
        assert_eq!(again, period);
        again.restore(&json!({ "named": "eternity" }));
        assert_eq!(again, Period::default());
    }
}
