//! One row of the log in the drawer: who, when, where, and each changed field before → after in words.

use egui::{Align, Label, Layout, RichText, ScrollArea, Ui, vec2};

use super::{action_tone, module_name};
use crate::i18n::fill;
use crate::models::log::LogRow;
use crate::models::user::User;
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::card::definition_row;
use crate::ui::widgets::chip::plain_chip;
use crate::ui::widgets::drawer::part_ui;
use crate::ui::widgets::paint;

/// Draws the row.
pub fn ui(ui: &mut Ui, cx: &Context<'_>, row: &LogRow, people: &[User]) {
    let t = &cx.t.log_words;
    let p = palette(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    part_ui(ui, |ui| {
        ui.allocate_ui_with_layout(vec2(ui.available_width(), size::PAGE_HEAD), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_height(size::PAGE_HEAD);
            ui.label(theme::section(fill(t.detail, &[&row.id])));
            plain_chip(ui, cx.lang.log_action(row.action), action_tone(row.action));
        });
    });
    ScrollArea::vertical().show(ui, |ui| {
        part_ui(ui, |ui| {
            ui.add(Label::new(RichText::new(&row.description)).wrap());
            ui.add_space(size::FIELD_GAP);
            definition_row(ui, t.time, &row.at.shown(cx.zone()));
            definition_row(ui, t.person, row.user_name.as_deref().unwrap_or(t.system));
            definition_row(ui, t.module, &module_name(cx.lang, &row.module));
            if let Some(kind) = row.entity {
                let number = row.entity_id.map(|id| id.to_string()).unwrap_or_default();
                definition_row(ui, t.entity, &format!("{} {number}", cx.lang.entity(kind)));
            }
            definition_row(ui, t.host, row.host.as_deref().unwrap_or("—"));
            ui.add_space(size::CARD_PADDING);
            ui.label(theme::section(t.changes));
            ui.add_space(size::BUTTON_GAP);
            let changes = row.field_changes();
            if changes.is_empty() {
                ui.label(theme::secondary(p, t.no_changes));
            }
            for change in changes {
                paint::divider(ui);
                ui.add_space(6.0);
                ui.label(theme::label(p, cx.lang.log_field(&change.field)));
                ui.horizontal_wrapped(|ui| {
                    let value = |value: &Option<String>| shown(cx, &change.field, value.as_deref(), people);
                    if let Some(before) = value(&change.before) {
                        ui.label(RichText::new(before).color(p.text_2).strikethrough());
                    } else {
                        ui.label(theme::secondary(p, t.nothing));
                    }
                    ui.label(theme::icon(icons::ARROW_RIGHT, size::ICON_SMALL).color(p.text_3));
                    ui.label(value(&change.after).map_or_else(|| theme::secondary(p, t.nothing), RichText::new));
                });
                ui.add_space(6.0);
            }
            ui.add_space(size::PAGE_PADDING);
        });
    });
}

/// A value in words; an owner by name.
fn shown(cx: &Context<'_>, field: &str, value: Option<&str>, people: &[User]) -> Option<String> {
    let value = value?;
    if field == "assigned_to"
        && let Some(user) = people.iter().find(|user| user.id.0.to_string() == value)
    {
        return Some(user.full_name.clone());
    }
    Some(cx.lang.log_value(field, value, cx.zone()))
}
