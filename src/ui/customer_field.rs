//! The customer of a quote or an order: searched by name, phone or pinyin, then shown with level, contact and what is due.

use egui::{Align, Layout, Rect, Ui, pos2};

use crate::models::choice::{CustomerLevel, Module};
use crate::models::customer::{CustomerRow, shown_phone};
use crate::models::rights::Verb;
use crate::models::{CustomerId, Result};
use crate::services::{Desk, customers};
use crate::ui::chips::level_chip;
use crate::ui::context::{Cached, Context};
use crate::ui::icons;
use crate::ui::lines::matched;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::input::{InputOptions, text_input};
use crate::ui::widgets::paint;
use crate::ui::widgets::picker::{PickerOptions, PickerRows, highlight, paint_job, picker};

/// The field's state; the chosen customer's id is the draft's.
#[derive(Default)]
pub struct CustomerField {
    query: String,
    customer: Option<CustomerRow>,
    found: Cached<String, Vec<CustomerRow>>,
    /// Give it the keyboard on the next frame.
    pub focus: bool,
}

impl CustomerField {
    /// Fills in a customer, as read from the file.
    pub fn take(&mut self, desk: &Desk, id: CustomerId) -> Result<()> {
        let (customer, _) = customers::get(desk, id)?;
        self.put(customer.into_row());
        Ok(())
    }

    /// Fills in a name where the customer himself may not be seen.
    pub fn name(&mut self, name: &str) {
        name.clone_into(&mut self.query);
    }

    fn put(&mut self, customer: CustomerRow) {
        self.query.clone_from(&customer.name);
        self.customer = Some(customer);
    }

    /// The field, for reading only.
    pub fn fixed_ui(&mut self, ui: &mut Ui) {
        let options = InputOptions { icon: Some(icons::USERS), readonly: true, ..Default::default() };
        text_input(ui, "customer", &mut self.query, options);
    }

    /// The field; true where a customer was just chosen. `wrong`: it takes the keyboard.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Context<'_>, chosen: &mut Option<CustomerId>, wrong: bool) -> bool {
        let t = cx.t;
        let query = if chosen.is_some() { String::new() } else { self.query.clone() };
        let found = match cx.may(Module::Customer, Verb::View) {
            true => self.found.get(cx, &query, |desk, query| customers::find(desk, query, 20)).as_deref().unwrap_or_default(),
            false => &[],
        };
        let options = PickerOptions {
            input: InputOptions { hint: t.orders.customer_hint, icon: Some(icons::USERS), ..Default::default() },
            popup_width: Some(420.0),
            ..Default::default()
        };
        let words = crate::models::search::words(&query);
        let rows = PickerRows {
            count: found.len(),
            head: None::<fn(&mut Ui, Rect)>,
            label: |at: usize| found[at].name.clone(),
            draw: |ui: &mut Ui, rect: Rect, at: usize| {
                let p = palette(ui);
                let row = &found[at];
                let name = matched(&row.name, &words);
                paint_job(ui, rect.with_max_x(rect.right() - 150.0), highlight(p, &row.name, &name));
                let phone = row.phone.as_deref().map(shown_phone).unwrap_or_default();
                paint::text_right(ui, rect, &phone, theme::font(size::TEXT_BODY), p.text_2);
            },
        };
        let out = picker(ui, t, "customer", &mut self.query, options, rows);
        let taken = out.taken.and_then(|at| found.get(at)).cloned();
        if out.changed {
            *chosen = None;
            self.customer = None;
        }
        if std::mem::take(&mut self.focus) || wrong {
            out.input.request_focus();
        }
        if let Some(customer) = self.customer.as_ref().filter(|customer| customer.level != CustomerLevel::Normal) {
            let chip = Rect::from_min_max(pos2(out.input.rect.right() - 78.0, out.input.rect.top()), out.input.rect.max);
            paint::inside(ui, chip, Layout::left_to_right(Align::Center), "level", |ui| level_chip(ui, cx.lang, customer.level));
        }
        let Some(customer) = taken else { return false };
        *chosen = Some(customer.id);
        self.put(customer);
        ui.request_repaint();
        true
    }

    /// What is due and whom to call, in one line.
    pub fn about(&self, cx: &Context<'_>) -> Option<String> {
        let customer = self.customer.as_ref()?;
        let phone = customer.phone.as_deref().map(shown_phone).unwrap_or_default();
        let contact = customer.contact_person.clone().unwrap_or_default();
        let due = customer.outstanding.map(|due| format!("{} {}", cx.t.orders.outstanding, due.yuan())).unwrap_or_default();
        let parts: Vec<String> = [due, format!("{contact} {phone}").trim().to_owned()].into_iter().filter(|part| !part.is_empty()).collect();
        Some(parts.join("  ·  "))
    }
}
