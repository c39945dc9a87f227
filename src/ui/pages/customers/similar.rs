//! The warning before a customer is entered twice: who has the same name or phone, and that saving asks once more.

use egui::{Frame, Margin, Stroke, Ui, vec2};

use super::draft::CustomerDraft;
use crate::models::customer::{CustomerInput, CustomerRow, shown_phone, stored_phone};
use crate::models::{CustomerId, Error};
use crate::services::customers;
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::button::small_link;

/// Name and phone, as they are compared.
type Typed = (String, String);

/// What is known of others like the customer in the form.
#[derive(Default)]
pub struct Similar {
    /// Name and phone of the customer that is changed: he may stay as he is.
    given: Option<Typed>,
    /// What was looked for, and who was found.
    found: Option<(Typed, Vec<CustomerRow>)>,
    /// What saving was asked for once; the second time it is done.
    asked: Option<Typed>,
    focus_wanted: bool,
}

fn typed(draft: &CustomerDraft) -> Typed {
    (draft.name.trim().to_owned(), stored_phone(&draft.phone))
}

impl Similar {
    /// For a customer that exists.
    pub fn of(input: &CustomerInput) -> Similar {
        Similar { given: Some((input.name.clone(), input.phone.clone().unwrap_or_default())), ..Similar::default() }
    }

    /// Looks for others, where name or phone changed since.
    pub fn look(&mut self, cx: &Context<'_>, draft: &CustomerDraft, except: Option<CustomerId>) {
        // Where it cannot be read now, saving looks again.
        let _ = self.search(cx, typed(draft), except, false);
    }

    /// Whether saving has to wait: there are others, and that was not said before. Where the file is busy it waits as a save does.
    pub fn must_ask(&mut self, cx: &Context<'_>, input: &CustomerInput, except: Option<CustomerId>) -> bool {
        let typed = (input.name.clone(), input.phone.clone().unwrap_or_default());
        if self.asked.as_ref() == Some(&typed) {
            return false;
        }
        match self.search(cx, typed.clone(), except, true) {
            Ok(true) => {
                self.asked = Some(typed);
                self.focus_wanted = true;
                true
            }
            // What cannot be read now cannot be written either: the save says so.
            Ok(false) | Err(_) => false,
        }
    }

    /// Reads anew where asked to; true where someone is like it.
    fn search(&mut self, cx: &Context<'_>, typed: Typed, except: Option<CustomerId>, anew: bool) -> Result<bool, Error> {
        if self.given.as_ref() == Some(&typed) || (typed.0.is_empty() && typed.1.is_empty()) {
            self.found = None;
            return Ok(false);
        }
        if anew || self.found.as_ref().is_none_or(|(looked, _)| *looked != typed) {
            let found = customers::similar(cx.desk, &typed.0, Some(&typed.1), except)?;
            self.found = Some((typed, found));
        }
        Ok(self.found.as_ref().is_some_and(|(_, found)| !found.is_empty()))
    }

    /// Whether the next save is the second one.
    pub fn asking(&self, draft: &CustomerDraft) -> bool {
        self.asked.as_ref().is_some_and(|asked| *asked == typed(draft))
    }

    /// Once after saving asked: the button that saves anyway takes the keyboard.
    pub fn takes_focus(&mut self) -> bool {
        std::mem::take(&mut self.focus_wanted)
    }

    /// The warning, with a link to each of them; nothing while other words are typed.
    pub fn ui(&self, ui: &mut Ui, cx: &mut Context<'_>, draft: &CustomerDraft) {
        let Some((looked, found)) = &self.found else { return };
        if found.is_empty() || *looked != typed(draft) {
            return;
        }
        let (t, p) = (&cx.t.customers, palette(ui));
        let frame = Frame::new().fill(p.warn.bg).stroke(Stroke::new(1.0, p.warn.line)).corner_radius(size::RADIUS);
        frame.inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(size::BUTTON_GAP, size::LABEL_GAP);
                ui.label(theme::icon(icons::WARNING, size::ICON).color(p.warn.fg));
                ui.label(theme::body_medium(t.similar).color(p.warn.fg));
                for row in found {
                    let more = [row.phone.as_deref().map(shown_phone), row.owner_name.clone()];
                    let more: Vec<String> = more.into_iter().flatten().collect();
                    let text = [row.name.clone()].into_iter().chain(more).collect::<Vec<_>>().join(" · ");
                    if small_link(ui, &text).clicked() {
                        cx.go = Some(Route::Customer(row.id));
                    }
                }
            });
            ui.label(theme::label(p, t.similar_hint));
        });
        ui.add_space(size::FIELD_GAP);
    }
}
