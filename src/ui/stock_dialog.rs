//! 入库, 出库, 盘点 of one product: a quantity, and its outcome shown before it is booked. The product is given, or chosen first.

use egui::{Frame, Id, Margin, RichText, Stroke, Ui};

use crate::i18n::fill;
use crate::models::choice::MovementType;
use crate::models::error::text::tidy;
use crate::models::money::{quantity, signed};
use crate::models::order::Crossing;
use crate::models::product::{Product, ProductRow, parse_whole};
use crate::models::stock::{StockChange, StockOutcome};
use crate::models::{Error, Field, ProductId};
use crate::services::{products, stock};
use crate::ui::context::{Cached, Context};
use crate::ui::form::Form;
use crate::ui::icons;
use crate::ui::product_field::ProductField;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::definition_row;
use crate::ui::widgets::dialog::{Choice, Confirm, button_row, dialog_ui, just_opened, title_row};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, select_all, text_input_with_id};
use crate::ui::widgets::toast::Toast;

/// The side of the product's picture.
const PICTURE: f32 = 64.0;

/// What is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Draft {
    quantity: String,
    notes: String,
}

/// The product that is booked.
#[derive(Clone)]
struct Target {
    id: ProductId,
    name: String,
    specification: String,
    unit: String,
}

impl Target {
    fn of(row: &ProductRow) -> Target {
        let specification = row.specification.clone().unwrap_or_default();
        Target { id: row.id, name: row.name.clone(), specification, unit: row.unit.clone() }
    }
}

/// The dialog's state.
pub struct StockDialog {
    /// None until one is chosen.
    target: Option<Target>,
    chooser: ProductField,
    kind: MovementType,
    form: Form<Draft>,
    product: Cached<ProductId, Product>,
    /// The quantity takes the keyboard on the next frame, all of it selected.
    focus_quantity: bool,
    asking_to_close: bool,
}

/// How the dialog ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    Booked,
    Closed,
}

impl StockDialog {
    /// The dialog on a product of a list.
    pub fn new(row: &ProductRow, kind: MovementType) -> StockDialog {
        StockDialog { target: Some(Target::of(row)), ..StockDialog::choose(kind) }
    }

    /// 入库 of a product that runs out, with what is suggested filled in.
    pub fn refill(row: &ProductRow) -> StockDialog {
        let draft = Draft { quantity: row.suggested().to_string(), notes: String::new() };
        StockDialog { form: Form::new(draft), ..StockDialog::new(row, MovementType::In) }
    }

    /// The dialog that asks for the product first.
    pub fn choose(kind: MovementType) -> StockDialog {
        StockDialog {
            target: None,
            chooser: ProductField::default(),
            kind,
            form: Form::new(Draft::default()),
            product: Cached::default(),
            focus_quantity: true,
            asking_to_close: false,
        }
    }

    /// Whether anything was typed.
    pub fn is_dirty(&self) -> bool {
        self.form.is_dirty() || (self.target.is_none() && self.chooser.is_dirty())
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

    /// Draws the dialog; how it ended once it is over.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> Option<Over> {
        let kind = self.kind;
        if let Some(target) = self.target.clone() {
            let booked = self.form.attempt(ui, cx, |desk, draft| {
                let pieces = parse_whole(&draft.quantity).map_err(|problem| Error::field(Field::Quantity, problem))?;
                stock::update(desk, &StockChange { product: target.id, kind, quantity: pieces, notes: tidy(&draft.notes) })
            });
            if let Some(outcome) = booked {
                self.booked(cx, &target, &outcome);
                return Some(Over::Booked);
            }
        } else if self.is_saving() {
            // Nothing to book on yet.
            self.form.hold();
        }
        let mut over = false;
        let shown = dialog_ui(ui, "stock", size::DIALOG_WIDTH, |ui| match self.target.clone() {
            Some(target) => {
                let result = self.product.get(cx, &target.id, |desk, id| products::get(desk, *id)).clone();
                self.body_ui(ui, cx, &target, result.as_ref())
            }
            None => self.chooser_ui(ui, cx),
        });
        if (shown.inner || shown.closed) && !self.is_saving() {
            if self.form.is_dirty() {
                self.asking_to_close = true;
            } else {
                over = true;
            }
        }
        (over | (self.asking_to_close && self.asking_ui(ui, cx))).then_some(Over::Closed)
    }

    /// The product is asked for. True where ✕ or 取消 was pressed.
    fn chooser_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) -> bool {
        let t = &cx.t.products;
        let title = match self.kind {
            MovementType::In => t.stock_in,
            MovementType::Out => t.stock_out,
            MovementType::Adjust => t.count,
        };
        let opened = just_opened(ui, "stock product");
        let mut closed = title_row(ui, title, "", cx.t.common.close);
        let chosen = FieldUi::new(t.product).required(true).show(ui, |ui| self.chooser.ui(ui, cx, opened)).inner;
        if let Some(row) = chosen {
            self.target = Some(Target::of(&row));
            self.focus_quantity = true;
            ui.request_repaint();
        }
        button_row(ui, |ui| closed |= Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked());
        closed
    }

    fn booked(&self, cx: &mut Context<'_>, target: &Target, outcome: &StockOutcome) {
        let t = &cx.t.products;
        let change = outcome.after - outcome.before;
        let (text, pieces) = match self.kind {
            MovementType::In => (t.booked_in, quantity(change)),
            MovementType::Out => (t.booked_out, quantity(-change)),
            MovementType::Adjust => (t.booked_count, signed(change)),
        };
        let title = fill(text, &[&target.name, &pieces, &target.unit]);
        let body = fill(t.booked_more, &[&quantity(outcome.before), &quantity(outcome.after), &target.unit]);
        cx.toasts.push(Toast::success(title).body(body));
        if let Some(product) = self.product.last().filter(|_| outcome.crossed_threshold) {
            cx.warn_of_crossings(&[Crossing {
                product: target.id,
                name: target.name.clone(),
                unit: target.unit.clone(),
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
    fn body_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, target: &Target, product: Result<&Product, &Error>) -> bool {
        let t = &cx.t.products;
        let (title, act, quantity_label, example) = match self.kind {
            MovementType::In => (t.stock_in, t.confirm_in, t.in_quantity, t.in_notes_example),
            MovementType::Out => (t.stock_out, t.confirm_out, t.out_quantity, t.out_notes_example),
            MovementType::Adjust => (t.count, t.confirm_count, t.counted, t.count_notes_example),
        };
        let mut closed = title_row(ui, title, &format!("{} {}", target.name, target.specification), cx.t.common.close);
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
                    definition_row(ui, t.now, &format!("{} {}", quantity(now), target.unit));
                    if reserved > 0 {
                        ui.label(theme::caption(p, fill(t.reserved, &[&quantity(reserved), &target.unit])));
                    }
                });
            });
        });
        ui.add_space(size::FIELD_GAP);

        let error = self.form.error(cx, Field::Quantity);
        let opened = std::mem::take(&mut self.focus_quantity);
        let focus = self.form.takes_focus(Field::Quantity) || opened;
        let mut entered = false;
        FieldUi::new(quantity_label).required(true).error(error.as_deref()).show(ui, |ui| {
            let options = InputOptions { suffix: &target.unit, align_right: true, ..Default::default() };
            let input = text_input_with_id(ui, Id::unique("stock quantity"), &mut self.form.draft.quantity, options);
            entered |= input.lost_focus() && ui.input(|state| state.key_pressed(egui::Key::Enter));
            if focus {
                input.request_focus();
            }
            if opened {
                select_all(ui, input.id, &self.form.draft.quantity);
            }
        });
        let error = self.form.error(cx, Field::Notes);
        FieldUi::new(t.notes).error(error.as_deref()).show(ui, |ui| {
            let options = InputOptions { hint: example, ..Default::default() };
            let input = text_input_with_id(ui, Id::unique("stock notes"), &mut self.form.draft.notes, options);
            entered |= input.lost_focus() && ui.input(|state| state.key_pressed(egui::Key::Enter));
        });

        let (sentence, impossible) = self.outcome(cx, now, &target.unit);
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
    fn outcome(&self, cx: &Context<'_>, now: i64, unit: &str) -> (String, bool) {
        let t = &cx.t.products;
        let Ok(pieces) = parse_whole(&self.form.draft.quantity) else { return (String::new(), false) };
        let sum = |sign: &str, after: i64| fill(t.outcome, &[&quantity(now), &sign, &quantity(pieces), &quantity(after), &unit]);
        match self.kind {
            _ if pieces < 0 => (String::new(), false),
            MovementType::In => (sum("+", now.saturating_add(pieces)), false),
            MovementType::Out if pieces > now => (fill(t.only_so_many, &[&quantity(now), &unit]), true),
            MovementType::Out => (sum("−", now - pieces), false),
            MovementType::Adjust => (fill(t.outcome_count, &[&quantity(now), &quantity(pieces), &unit, &signed(pieces - now)]), false),
        }
    }
}
