//! 发起盘点: what is to be counted, whether blind, notes.

use egui::{Rect, ScrollArea, Ui};

use crate::i18n::fill;
use crate::models::product::ProductRow;
use crate::models::stocktake::{NewStocktake, StocktakeScope};
use crate::models::{Field, Problem, ProductId, StocktakeId};
use crate::services::{products, stocktakes};
use crate::ui::context::{Cached, Context};
use crate::ui::form::Form;
use crate::ui::icons;
use crate::ui::lines::matched;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::{Button, mini_icon_button};
use crate::ui::widgets::dialog::{button_row, dialog_ui, just_opened, title_row};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, checkbox, text_input};
use crate::ui::widgets::paint;
use crate::ui::widgets::picker::{PickerOptions, PickerRows, highlight_in, paint_job, picker};
use crate::ui::widgets::segment::form_segments;
use crate::ui::widgets::select::{SelectOptions, select_index};

/// So many chosen products are seen at once.
const CHOSEN_SEEN: f32 = 5.0;

/// Which of the scopes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Of {
    #[default]
    All,
    Category,
    Products,
}

/// What is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Draft {
    of: Of,
    category: String,
    products: Vec<(ProductId, String)>,
    blind: bool,
    notes: String,
}

impl Draft {
    fn to_new(&self) -> NewStocktake {
        let scope = match self.of {
            Of::All => StocktakeScope::All,
            Of::Category => StocktakeScope::Category(self.category.clone()),
            Of::Products => StocktakeScope::Products(self.products.iter().map(|(id, _)| *id).collect()),
        };
        let notes = self.notes.trim();
        NewStocktake { scope, blind: self.blind, notes: (!notes.is_empty()).then(|| notes.to_owned()) }
    }
}

/// How the dialog ended.
pub enum Outcome {
    Begun(StocktakeId),
    Closed,
}

/// The dialog's state.
pub struct BeginDialog {
    form: Form<Draft>,
    query: String,
    found: Cached<String, Vec<ProductRow>>,
    categories: Cached<(), Vec<String>>,
}

impl Default for BeginDialog {
    fn default() -> Self {
        BeginDialog { form: Form::new(Draft::default()), query: String::new(), found: Cached::default(), categories: Cached::default() }
    }
}

impl BeginDialog {
    pub fn is_dirty(&self) -> bool {
        self.form.is_dirty()
    }

    pub fn is_saving(&self) -> bool {
        self.form.is_saving()
    }

    pub fn save(&mut self, ctx: &egui::Context) {
        self.form.save(ctx);
    }

    /// Draws the dialog; `Some` once it is done with.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> Option<Outcome> {
        let shown = dialog_ui(ui, "begin stocktake", size::FORM_WIDTH, |ui| self.body_ui(ui, cx));
        if let Some(id) = self.form.attempt(ui, cx, |desk, draft| stocktakes::create(desk, &draft.to_new())) {
            return Some(Outcome::Begun(id));
        }
        ((shown.inner || shown.closed) && !self.form.is_saving()).then_some(Outcome::Closed)
    }

    /// True where ✕ or 取消 was pressed.
    fn body_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) -> bool {
        let t = &cx.t.stocktakes;
        let opened = just_opened(ui, "begin stocktake opened");
        let mut closed = title_row(ui, t.new, "", cx.t.common.close);
        if let Some(error) = &self.form.failure {
            banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
            ui.add_space(size::FIELD_GAP);
        }
        FieldUi::new(t.scope).hint(if self.form.draft.of == Of::All { t.scope_all_more } else { "" }).show(ui, |ui| {
            let choices = [(Of::All, t.scope_all), (Of::Category, t.by_category), (Of::Products, t.by_product)];
            let response = form_segments(ui, "scope", &mut self.form.draft.of, &choices);
            if opened {
                response.request_focus();
            }
        });
        match self.form.draft.of {
            Of::All => self.empty_ui(ui, cx),
            Of::Category => self.category_ui(ui, cx),
            Of::Products => self.products_ui(ui, cx),
        }
        checkbox(ui, &mut self.form.draft.blind, t.is_blind);
        ui.add_space(size::FIELD_GAP);
        let wrong = self.form.error(cx, Field::Notes);
        let focus = self.form.takes_focus(Field::Notes);
        FieldUi::new(t.notes).error(wrong.as_deref()).show(ui, |ui| {
            let input = text_input(ui, "notes", &mut self.form.draft.notes, InputOptions { hint: t.notes_hint, ..Default::default() });
            if focus {
                input.request_focus();
            }
        });
        let saving = self.form.is_saving();
        button_row(ui, |ui| {
            let begin = Button::primary(t.begin).keys(Shortcut::Save.keys()).busy(saving, cx.t.shell.waiting).show(ui);
            if begin.clicked() || Shortcut::Save.pressed_in_dialog(ui) {
                self.form.save(ui);
            }
            closed |= Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
        });
        closed
    }

    /// Nothing is chosen under 全部; a file without products is said here.
    fn empty_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) {
        if self.form.errors.of(Field::Product) == Some(Problem::Required) {
            ui.label(theme::label(palette(ui), cx.t.stocktakes.nothing_in_scope).color(palette(ui).danger.fg));
            ui.add_space(size::FIELD_GAP);
        }
    }

    fn category_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) {
        let t = &cx.t.stocktakes;
        let used = self.categories.get(cx, &(), |desk, ()| products::categories(desk)).as_deref().unwrap_or_default();
        let names = with_parents(used);
        let texts: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut chosen = texts.iter().position(|name| *name == self.form.draft.category);
        let nothing = (self.form.errors.of(Field::Product) == Some(Problem::Required)).then(|| t.nothing_in_scope.to_owned());
        let wrong = self.form.error(cx, Field::Category).or(nothing);
        let focus = self.form.takes_focus(Field::Category);
        FieldUi::new(t.category).required(true).hint(t.category_more).error(wrong.as_deref()).show(ui, |ui| {
            let response = select_index(ui, "category", &mut chosen, &texts, t.choose_category, SelectOptions::default());
            if response.changed()
                && let Some(name) = chosen.and_then(|at| texts.get(at))
            {
                (*name).clone_into(&mut self.form.draft.category);
            }
            if focus {
                response.request_focus();
            }
        });
    }

    /// The search, and the chosen ones with ✕.
    fn products_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) {
        let t = &cx.t.stocktakes;
        let asked = self.query.trim().to_owned();
        let found = self.found.get(cx, &asked, |desk, query| products::find(desk, query, 30)).as_deref().unwrap_or_default();
        let words = crate::models::search::words(&asked);
        let wrong = self.form.error(cx, Field::Product);
        let focus = self.form.takes_focus(Field::Product);
        let count = fill(t.chosen, &[&self.form.draft.products.len()]);
        let options = PickerOptions {
            input: InputOptions { hint: t.product_hint, icon: Some(icons::MAGNIFYING_GLASS), ..Default::default() },
            enter: t.take_product,
            open_on_focus: false,
            ..Default::default()
        };
        let chosen = &self.form.draft.products;
        let rows = PickerRows {
            count: found.len(),
            head: None::<fn(&mut Ui, Rect)>,
            label: |at: usize| format!("{} {}", found[at].sku, found[at].name),
            draw: |ui: &mut Ui, rect: Rect, at: usize| {
                let p = palette(ui);
                let (row, font) = (&found[at], || theme::font(size::TEXT_BODY));
                let split = rect.left() + rect.width() * 0.38;
                paint_job(ui, rect.with_max_x(split - 8.0), highlight_in(&row.sku, &matched(&row.sku, &words), font(), p.text_2, p.accent_text));
                let name = highlight_in(&row.name, &matched(&row.name, &words), font(), p.text, p.accent_text);
                let placed = paint_job(ui, rect.with_min_x(split).with_max_x(rect.right() - 24.0), name);
                let room = rect.with_min_x(placed.right() + 8.0).with_max_x((rect.right() - 24.0).max(placed.right() + 8.0));
                paint::text_left(ui, room, row.specification.as_deref().unwrap_or_default(), font(), p.text_2);
                if chosen.iter().any(|(id, _)| *id == row.id) {
                    paint::icon(ui.painter(), rect.right_center() - egui::vec2(8.0, 0.0), icons::CHECK, size::ICON_SMALL, p.accent_text);
                }
            },
        };
        let out = FieldUi::new(t.products)
            .required(true)
            .hint(&count)
            .error(wrong.as_deref())
            .show(ui, |ui| picker(ui, cx.t, "stocktake product", &mut self.query, options, rows))
            .inner;
        if focus {
            out.input.request_focus();
        }
        if let Some(row) = out.taken.and_then(|at| found.get(at)) {
            let draft = &mut self.form.draft;
            if !draft.products.iter().any(|(id, _)| *id == row.id) {
                let name = [row.sku.as_str(), &row.name, row.specification.as_deref().unwrap_or_default()].join("  ");
                draft.products.push((row.id, name.trim_end().to_owned()));
            }
            self.query.clear();
            ui.request_repaint();
        }
        let mut removed = None;
        let chosen = &self.form.draft.products;
        if chosen.is_empty() {
            return;
        }
        ScrollArea::vertical().max_height(CHOSEN_SEEN * size::CONTROL_SMALL).id_salt("chosen").show_rows(
            ui,
            size::CONTROL_SMALL,
            chosen.len(),
            |ui, seen| {
                for at in seen {
                    let Some((_, name)) = chosen.get(at) else { continue };
                    paint::row_ui(ui, size::CONTROL_SMALL, |ui| {
                        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                            if mini_icon_button(ui, icons::X, &fill(t.remove_product, &[name])).clicked() {
                                removed = Some(at);
                            }
                            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                                ui.add(egui::Label::new(name.as_str()).truncate());
                            });
                        });
                    });
                }
            },
        );
        ui.add_space(size::FIELD_GAP);
        if let Some(at) = removed {
            self.form.draft.products.remove(at);
        }
    }
}

/// The categories in use and those above them, by name.
fn with_parents(used: &[String]) -> Vec<String> {
    let mut names: Vec<String> = used.to_vec();
    for name in used {
        names.extend(name.match_indices('/').map(|(at, _)| name[..at].to_owned()).filter(|name| !name.is_empty()));
    }
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_above_those_in_use_can_be_chosen() {
        let used = ["五金/紧固件/螺栓".to_owned(), "办公".to_owned()];
        assert_eq!(with_parents(&used), ["五金", "五金/紧固件", "五金/紧固件/螺栓", "办公"]);
    }
}
