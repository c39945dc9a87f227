//! The dialog in which a product is entered, changed or, without the right to change it, read.

use egui::{Align, Id, Layout, Ui};

use crate::i18n::{Texts, fill};
use crate::models::choice::{Module, Status};
use crate::models::product::{Product, ProductDraft, ProductInput};
use crate::models::rights::Verb;
use crate::models::{Error, Field, ProductId, Result};
use crate::services::products;
use crate::ui::context::Context;
use crate::ui::form::{EnterChain, Form};
use crate::ui::icons;
use crate::ui::picture_field::PictureField;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::{Button, mini_icon_button};
use crate::ui::widgets::dialog::{Choice, Confirm, button_row, dialog_ui, just_opened};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, input_id, multiline_input, text_input_with_id};
use crate::ui::widgets::paint;
use crate::ui::widgets::select::{SelectOptions, select};

/// Height of the dialog without its fields.
const AROUND: f32 = 172.0;

/// The form's state.
pub struct ProductForm {
    form: Form<ProductDraft>,
    /// The product that is changed, at the version that was read; none for a new one.
    target: Option<(ProductId, i64)>,
    picture: PictureField,
    asking_to_close: bool,
}

/// How the dialog ended.
pub enum Outcome {
    Closed,
    Saved {
        id: ProductId,
        name: String,
        created: bool,
    },
    /// Someone saved meanwhile, and the own changes are given up.
    Reload(ProductId),
}

/// The fields in the order the form shows them: the first wrong one gets the focus.
const ORDER: &[Field] = &[
    Field::Sku,
    Field::Name,
    Field::Specification,
    Field::Unit,
    Field::Category,
    Field::Barcode,
    Field::Price,
    Field::CostPrice,
    Field::Threshold,
    Field::Status,
    Field::Description,
];

fn in_order<T>(result: Result<T>) -> Result<T> {
    result.map_err(|error| match error {
        Error::Fields(mut errors) => {
            errors.0.sort_by_key(|error| ORDER.iter().position(|field| *field == error.field));
            Error::Fields(errors)
        }
        error => error,
    })
}

impl ProductForm {
    /// A new product with the configuration's warning line.
    pub fn new(cx: &Context<'_>) -> ProductForm {
        let unit = cx.t.products.usual_unit.to_owned();
        let input = ProductInput { unit, threshold: cx.config.default_threshold, ..Default::default() };
        let draft = ProductDraft { price: String::new(), ..ProductDraft::of(&input, cx.rights.sees_cost()) };
        ProductForm { form: Form::new(draft), target: None, picture: PictureField::default(), asking_to_close: false }
    }

    /// An existing one.
    pub fn edit(cx: &Context<'_>, product: Product) -> ProductForm {
        let draft = ProductDraft::of(&product.input, cx.rights.sees_cost());
        ProductForm { form: Form::new(draft), target: Some((product.id, product.version)), picture: PictureField::default(), asking_to_close: false }
    }

    /// Whether anything was typed.
    pub fn is_dirty(&self) -> bool {
        self.form.is_dirty() || self.picture.is_dirty()
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        self.form.is_saving() || self.picture.is_saving()
    }

    /// What is not saved, in words.
    pub fn called(&self, t: &'static Texts) -> &'static str {
        if self.target.is_some() { t.products.unsaved_edit } else { t.products.unsaved_new }
    }

    /// Begins to save, once a picture that is typed or being checked is taken.
    pub fn save(&mut self, ctx: &egui::Context) {
        self.picture.before_save();
        ctx.request_repaint();
    }

    fn why_not(&self, cx: &Context<'_>) -> Option<String> {
        cx.why_not(Module::Inventory, if self.target.is_some() { Verb::Update } else { Verb::Create })
    }

    /// Draws the dialog; the outcome once it is over.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> Option<Outcome> {
        let target = self.target;
        if self.picture.lets_save(cx, &mut self.form.draft.picture) {
            self.form.save(ui);
        }
        let saved = self.form.attempt(ui, cx, |desk, draft| {
            let input = in_order(draft.parse().map_err(Error::Fields))?;
            let id = in_order(match target {
                Some((id, version)) => products::update(desk, id, version, &input).map(|()| id),
                None => products::create(desk, &input),
            })?;
            Ok((id, input.name))
        });
        if let Some((id, name)) = saved {
            return Some(Outcome::Saved { id, name, created: target.is_none() });
        }
        let why = self.why_not(cx);
        let mut outcome = None;
        let shown = dialog_ui(ui, "product form", size::FORM_WIDTH, |ui| self.body_ui(ui, cx, why.as_deref(), &mut outcome));
        if (shown.inner || shown.closed) && !self.is_saving() {
            if self.is_dirty() {
                self.asking_to_close = true;
            } else {
                outcome = Some(Outcome::Closed);
            }
        }
        if self.asking_to_close {
            outcome = outcome.or(self.asking_ui(ui, cx));
        } else if why.is_none() && Shortcut::Save.pressed_in_dialog(ui) {
            self.save(ui);
        }
        outcome
    }

    fn asking_ui(&mut self, ui: &Ui, cx: &Context<'_>) -> Option<Outcome> {
        let t = cx.t;
        let confirm = Confirm::unsaved(t, self.called(t), t.products.unsaved_body, t.products.save);
        let choice = confirm.show(ui, "leave product form")?;
        self.asking_to_close = false;
        match choice {
            Choice::Act => self.save(ui),
            Choice::Other => return Some(Outcome::Closed),
            Choice::WayOut => {}
        }
        None
    }

    /// True where ✕ or 取消 was pressed.
    fn body_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, why: Option<&str>, outcome: &mut Option<Outcome>) -> bool {
        let t = &cx.t.products;
        let p = palette(ui);
        let mut closed = false;
        let title = match (self.target, why) {
            (None, _) => t.new,
            (Some(_), None) => t.edit,
            (Some(_), Some(_)) => t.view,
        };
        paint::row_ui(ui, size::CONTROL_SMALL, |ui| {
            ui.label(theme::section(title));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                closed = mini_icon_button(ui, icons::X, cx.t.common.close).clicked();
                let wrong = self.form.errors.0.len();
                if wrong > 0 {
                    ui.label(theme::label(p, fill(t.wrong, &[&wrong])).color(p.danger.fg));
                }
            });
        });
        ui.add_space(size::FIELD_GAP);
        if let Some(error) = self.form.failure.clone() {
            let sentence = cx.lang.sentence(&error);
            let conflict = self.target.filter(|_| matches!(error, Error::Conflict { .. }));
            let banner = Banner::new(Tone::Danger, &sentence, "");
            let banner = if conflict.is_some() { banner.button(t.drop_changes, None) } else { banner };
            if banner_ui(ui, &banner).action {
                *outcome = conflict.map(|(id, _)| Outcome::Reload(id));
            }
            ui.add_space(size::FIELD_GAP);
        }
        let mut chain = EnterChain::default();
        // The bar stands in the dialog's margin, beside the fields.
        ui.spacing_mut().scroll.bar_outer_margin = -size::FIELD_GAP;
        let room = ui.content_rect().height() - AROUND;
        egui::ScrollArea::vertical()
            .max_height(room)
            .min_scrolled_height(room)
            .show(ui, |ui| ui.add_enabled_ui(why.is_none(), |ui| self.fields_ui(ui, cx, &mut chain)));
        let saving = self.is_saving();
        button_row(ui, |ui| {
            let save = Button::primary(t.save).keys(Shortcut::Save.keys()).reason(why).busy(saving, t.saving).show(ui);
            if save.clicked() && !saving {
                self.save(ui);
            }
            chain.stop(&save);
            closed |= Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
        });
        chain.finish(ui);
        closed
    }

    fn fields_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, chain: &mut EnterChain) {
        let t = &cx.t.products;
        ui.spacing_mut().item_spacing.y = 0.0;
        let opened = just_opened(ui, "product form fields");
        let half = (ui.available_width() - size::FIELD_GAP) / 2.0;
        let row = |ui: &mut Ui, body: &mut dyn FnMut(&mut Ui)| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = size::FIELD_GAP;
                body(ui);
            });
        };
        let line = |field, label, hint| Line { field, label, hint, below: "", width: half, required: false, number: false };
        row(ui, &mut |ui| {
            let sku = Line { required: true, ..line(Field::Sku, t.sku_long, t.sku_example) };
            let id = self.line(ui, cx, chain, sku, |draft| &mut draft.sku);
            if opened {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            self.line(ui, cx, chain, Line { required: true, ..line(Field::Name, t.name, t.name_example) }, |draft| &mut draft.name);
        });
        row(ui, &mut |ui| {
            let specification = line(Field::Specification, t.specification, t.specification_example);
            self.line(ui, cx, chain, specification, |draft| &mut draft.specification);
            self.line(ui, cx, chain, Line { required: true, ..line(Field::Unit, t.unit, t.unit_example) }, |draft| &mut draft.unit);
        });
        row(ui, &mut |ui| {
            self.line(ui, cx, chain, line(Field::Category, t.category, t.category_example), |draft| &mut draft.category);
            self.line(ui, cx, chain, line(Field::Barcode, t.barcode, t.barcode_example), |draft| &mut draft.barcode);
        });
        row(ui, &mut |ui| {
            self.line(ui, cx, chain, Line { required: true, number: true, ..line(Field::Price, t.price, "0.00") }, |draft| &mut draft.price);
            if self.form.draft.cost_price.is_some() {
                let cost = Line { number: true, ..line(Field::CostPrice, t.cost, "0.00") };
                self.line(ui, cx, chain, cost, |draft| draft.cost_price.get_or_insert_default());
            }
        });
        row(ui, &mut |ui| {
            let threshold = Line { required: true, number: true, below: t.threshold_hint, ..line(Field::Threshold, t.threshold, "") };
            self.line(ui, cx, chain, threshold, |draft| &mut draft.threshold);
            if self.target.is_some() {
                let states = [(Status::Active, t.active), (Status::Inactive, t.inactive)];
                let field = FieldUi::new(t.status).width(half);
                let status = &mut self.form.draft.status;
                let response = field.show(ui, |ui| select(ui, "product status", status, &states, SelectOptions::default())).inner;
                chain.stop(&response);
            }
        });
        FieldUi::new(t.picture).show(ui, |ui| self.picture.ui(ui, cx, t.picture, icons::PACKAGE, &mut self.form.draft.picture));
        let error = self.form.error(cx, Field::Description);
        let focus = self.form.takes_focus(Field::Description);
        FieldUi::new(t.description).error(error.as_deref()).show(ui, |ui| {
            let salt = "product description";
            let id = input_id(ui, salt);
            let input = multiline_input(ui, salt, &mut self.form.draft.description, 2, InputOptions::default());
            if focus {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            chain.stop(&input);
        });
    }

    fn line(&mut self, ui: &mut Ui, cx: &Context<'_>, chain: &mut EnterChain, line: Line<'_>, value: fn(&mut ProductDraft) -> &mut String) -> Id {
        let error = self.form.error(cx, line.field);
        let focus = self.form.takes_focus(line.field);
        let id = Id::unique(("product form", line.field));
        let options = InputOptions { hint: line.hint, align_right: line.number, ..Default::default() };
        let field = FieldUi::new(line.label).required(line.required).error(error.as_deref()).hint(line.below).width(line.width);
        let input = field.show(ui, |ui| text_input_with_id(ui, id, value(&mut self.form.draft), options)).inner;
        chain.line(ui, &input);
        if focus {
            input.request_focus();
        }
        id
    }
}

/// One line of text in the form.
struct Line<'a> {
    field: Field,
    label: &'a str,
    hint: &'a str,
    below: &'a str,
    width: f32,
    required: bool,
    number: bool,
}
