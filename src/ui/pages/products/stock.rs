//! 入库, 出库, 盘点 of one product: a quantity, and its outcome shown before it is booked.

use egui::{Frame, Id, Margin, RichText, Stroke, Ui};

use crate::i18n::fill;
use crate::models::choice::MovementType;
use crate::models::error::text::tidy;
use crate::models::money::quantity;
use crate::models::order::Crossing;
use crate::models::product::{Product, ProductRow, parse_whole};
use crate::models::stock::{StockChange, StockOutcome};
use crate::models::{Error, Field, ProductId};
use crate::services::{products, stock};
use crate::ui::context::{Cached, Context};
use crate::ui::form::Form;
use crate::ui::icons;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::definition_row;
use crate::ui::widgets::dialog::{Choice, Confirm, button_row, dialog_ui, just_opened, title_row};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, text_input_with_id};
use crate::ui::widgets::toast::Toast;

/// The side of the product's picture.
const PICTURE: f32 = 64.0;

/// What is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Draft {
    quantity: String,
    notes: String,
}

/// The dialog's state.
pub struct StockDialog {
    id: ProductId,
    name: String,
    specification: String,
    unit: String,
    kind: MovementType,
    form: Form<Draft>,
    product: Cached<ProductId, Product>,
    asking_to_close: bool,
}

impl StockDialog {
    /// The dialog on a product of the list.
    pub fn new(row: &ProductRow, kind: MovementType) -> StockDialog {
        StockDialog {
            id: row.id,
            name: row.name.clone(),
            specification: row.specification.clone().unwrap_or_default(),
            unit: row.unit.clone(),
            kind,
            form: Form::new(Draft::default()),
            product: Cached::default(),
            asking_to_close: false,
        }
    }

    /// Whether anything was typed.
    pub fn is_dirty(&self) -> bool {
        self.form.is_dirty()
    }

    /// Whether the booking waits for its turn.
    pub fn is_saving(&self) -> bool {
        self.form.is_saving()
    }

    /// Begins to book.
    pub fn save(&mut self, ctx: &egui::Context) {
        self.form.save(ctx);
        ctx.request_repaint();
    }

    /// Draws the dialog; true once it is over.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> bool {
        let (product, kind) = (self.id, self.kind);
        let booked = self.form.attempt(ui, cx, |desk, draft| {
            let pieces = parse_whole(&draft.quantity).map_err(|problem| Error::field(Field::Quantity, problem))?;
            stock::update(desk, &StockChange { product, kind, quantity: pieces, notes: tidy(&draft.notes) })
        });
        if let Some(outcome) = booked {
            self.booked(cx, &outcome);
            return true;
        }
        let result = self.product.get(cx, &self.id, |desk, id| products::get(desk, *id)).clone();
        let mut over = false;
        let shown = dialog_ui(ui, "stock", size::DIALOG_WIDTH, |ui| self.body_ui(ui, cx, result.as_ref()));
        if (shown.inner || shown.closed) && !self.is_saving() {
            if self.is_dirty() {
                self.asking_to_close = true;
            } else {
                over = true;
            }
        }
        over | (self.asking_to_close && self.asking_ui(ui, cx))
    }

    fn booked(&self, cx: &mut Context<'_>, outcome: &StockOutcome) {
        let t = &cx.t.products;
        let change = outcome.after - outcome.before;
        let (text, pieces) = match self.kind {
            MovementType::In => (t.booked_in, quantity(change)),
            MovementType::Out => (t.booked_out, quantity(-change)),
            MovementType::Adjust => (t.booked_count, signed(change)),
        };
        let title = fill(text, &[&self.name, &pieces, &self.unit]);
        let body = fill(t.booked_more, &[&quantity(outcome.before), &quantity(outcome.after), &self.unit]);
        cx.toasts.push(Toast::success(title).body(body));
        if let Some(product) = self.product.last().filter(|_| outcome.crossed_threshold) {
            cx.warn_of_crossings(&[Crossing {
                product: self.id,
                name: self.name.clone(),
                unit: self.unit.clone(),
                stock: outcome.after,
                threshold: product.input.threshold,
            }]);
        }
    }

    /// True where what is typed is given up.
    fn asking_ui(&mut self, ui: &Ui, cx: &Context<'_>) -> bool {
        let t = cx.t;
        let confirm = Confirm {
            icon: icons::WARNING,
            tone: Tone::Warn,
            title: fill(t.shell.unsaved_title, &[&t.products.unsaved_stock]),
            body: t.products.unsaved_body.to_owned(),
            facts: Vec::new(),
            way_out: t.shell.discard.to_owned(),
            act: t.shell.keep_editing.to_owned(),
            other: None,
            danger: false,
            careful: false,
        };
        let Some(choice) = confirm.show(ui, "leave stock") else { return false };
        self.asking_to_close = false;
        choice == Choice::WayOut
    }

    /// True where ✕ or 取消 was pressed.
    fn body_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, product: Result<&Product, &Error>) -> bool {
        let t = &cx.t.products;
        let (title, act, quantity_label, example) = match self.kind {
            MovementType::In => (t.stock_in, t.confirm_in, t.in_quantity, t.in_notes_example),
            MovementType::Out => (t.stock_out, t.confirm_out, t.out_quantity, t.out_notes_example),
            MovementType::Adjust => (t.count, t.confirm_count, t.counted, t.count_notes_example),
        };
        let mut closed = title_row(ui, title, &format!("{} {}", self.name, self.specification), cx.t.common.close);
        if let Some(error) = self.form.failure.as_ref().or(product.err()) {
            banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
            ui.add_space(size::FIELD_GAP);
        }
        let p = palette(ui);
        let (now, reserved) = product.map(|product| (product.stock, product.reserved)).unwrap_or_default();
        let frame = Frame::new().fill(p.sunken).stroke(Stroke::new(1.0, p.border)).corner_radius(size::RADIUS);
        frame.inner_margin(Margin::symmetric(12, 6)).show(ui, |ui| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = size::CARD_GAP;
                if let Some(picture) = product.ok().and_then(|product| product.input.picture.as_ref()) {
                    cx.album().square_ui(ui, Some(picture), PICTURE, icons::PACKAGE, t.picture);
                }
                ui.vertical(|ui| {
                    definition_row(ui, t.now, &format!("{} {}", quantity(now), self.unit));
                    if reserved > 0 {
                        ui.label(theme::caption(p, fill(t.reserved, &[&quantity(reserved), &self.unit])));
                    }
                });
            });
        });
        ui.add_space(size::FIELD_GAP);

        let opened = just_opened(ui, "stock fields");
        let error = self.form.error(cx, Field::Quantity);
        let focus = self.form.takes_focus(Field::Quantity) || opened;
        let mut entered = false;
        let unit = self.unit.clone();
        FieldUi::new(quantity_label).required(true).error(error.as_deref()).show(ui, |ui| {
            let options = InputOptions { suffix: &unit, align_right: true, ..Default::default() };
            let input = text_input_with_id(ui, Id::unique("stock quantity"), &mut self.form.draft.quantity, options);
            entered |= input.lost_focus() && ui.input(|state| state.key_pressed(egui::Key::Enter));
            if focus {
                input.request_focus();
            }
        });
        let error = self.form.error(cx, Field::Notes);
        FieldUi::new(t.notes).error(error.as_deref()).show(ui, |ui| {
            let options = InputOptions { hint: example, ..Default::default() };
            let input = text_input_with_id(ui, Id::unique("stock notes"), &mut self.form.draft.notes, options);
            entered |= input.lost_focus() && ui.input(|state| state.key_pressed(egui::Key::Enter));
        });

        let (sentence, impossible) = self.outcome(cx, now);
        let color = if impossible { p.danger.fg } else { p.text };
        ui.label(RichText::new(if sentence.is_empty() { "—" } else { &sentence }).font(theme::medium_font(size::TEXT_BODY)).color(color));
        let saving = self.is_saving();
        button_row(ui, |ui| {
            let reason = impossible.then_some(sentence.as_str());
            let button = Button::primary(act).keys("Enter").reason(reason).busy(saving, t.saving);
            let pressed = button.show(ui).clicked();
            let by_key = entered || Shortcut::Save.pressed_in_dialog(ui);
            if (pressed || by_key) && !impossible && !self.asking_to_close {
                self.save(ui);
            } else if entered {
                ui.memory_mut(|memory| memory.request_focus(Id::unique("stock quantity")));
            }
            closed |= Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
        });
        closed
    }

    /// What booking would do, and whether it cannot be done.
    fn outcome(&self, cx: &Context<'_>, now: i64) -> (String, bool) {
        let t = &cx.t.products;
        let Ok(pieces) = parse_whole(&self.form.draft.quantity) else { return (String::new(), false) };
        let unit = &self.unit;
        let sum = |sign: &str, after: i64| fill(t.outcome, &[&quantity(now), &sign, &quantity(pieces), &quantity(after), unit]);
        match self.kind {
            _ if pieces < 0 => (String::new(), false),
            MovementType::In => (sum("+", now.saturating_add(pieces)), false),
            MovementType::Out if pieces > now => (fill(t.only_so_many, &[&quantity(now), unit]), true),
            MovementType::Out => (sum("−", now - pieces), false),
            MovementType::Adjust => (fill(t.outcome_count, &[&quantity(now), &quantity(pieces), unit, &signed(pieces - now)]), false),
        }
    }
}

/// `+40`, `−2`, `0`.
fn signed(change: i64) -> String {
    if change > 0 { format!("+{}", quantity(change)) } else { quantity(change) }
}
