//! 退货: which pieces of which lines come back, and what that does to stock and money, as it is typed.

use egui::accesskit::Role;
use egui::{Frame, Id, Margin, Rect, ScrollArea, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::i18n::fill;
use crate::models::choice::StockState;
use crate::models::money::quantity;
use crate::models::order::{OrderAmounts, OrderDetail, OrderItem};
use crate::models::returns::{ReturnDraft, ReturnEffect};
use crate::models::{Field, Problem};
use crate::services::returns;
use crate::ui::context::Context;
use crate::ui::form::{EnterChain, Form};
use crate::ui::payment_dialog::{first_method, method_ui};
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::dialog::{button_row, dialog_ui, just_opened, title_row};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, number_input, text_input};
use crate::ui::widgets::paint;

/// Height of the dialog without its lines.
const AROUND: f32 = 470.0;
/// Widths of the columns of figures, and of the field.
const FIGURE: f32 = 72.0;
const TYPED: f32 = 104.0;
const LINE: f32 = 40.0;
const ERROR: f32 = 18.0;

/// The dialog's state.
pub struct ReturnDialog {
    form: Form<ReturnDraft>,
    /// The order as it was when the dialog opened, or when it last said that something moved.
    seen: (Vec<OrderItem>, OrderAmounts),
}

impl ReturnDialog {
    /// Nothing chosen yet.
    pub fn new(cx: &Context<'_>, detail: &OrderDetail) -> ReturnDialog {
        ReturnDialog { form: Form::new(ReturnDraft::new(&detail.items, first_method(cx))), seen: seen(detail) }
    }

    /// Draws the dialog over the order as it stands now; true once it is done with.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, detail: &OrderDetail) -> bool {
        let id = detail.order.id;
        let amounts = detail.order.amounts.unwrap_or_default();
        let effect = self.form.draft.effect(&detail.items, amounts);
        let shown = dialog_ui(ui, "return", size::WIZARD_WIDTH, |ui| self.body_ui(ui, cx, detail, effect));
        // Figures that moved meanwhile are refused; the dialog stays, and shows the new ones.
        let (items, amounts) = &self.seen;
        let booked = self.form.attempt(ui, cx, |desk, draft| returns::create(desk, &draft.parse(id, items, *amounts)?));
        if self.form.failure.is_some() && !self.form.is_saving() {
            // It said so: what is shown now counts from here on.
            self.seen = seen(detail);
        }
        if let Some(booked) = booked {
            let t = &cx.t.orders;
            let number = &detail.order.order_no;
            let pieces = quantity(effect.pieces);
            cx.done(
                match booked.refunded.is_zero() {
                    true => fill(t.returned_toast, &[number, &pieces]),
                    false => fill(t.returned_refunded_toast, &[number, &pieces, &booked.refunded.yuan()]),
                },
                None,
            );
            return true;
        }
        (shown.inner || shown.closed) && !self.form.is_saving()
    }

    /// True where ✕ or 取消 was pressed.
    fn body_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, detail: &OrderDetail, effect: ReturnEffect) -> bool {
        let t = &cx.t.orders;
        let opened = just_opened(ui, "return opened");
        let refunds = !effect.refund.is_zero();
        let mut closed = title_row(ui, t.return_title, &detail.order.order_no, cx.t.common.close);
        if let Some(error) = &self.form.failure {
            banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
            ui.add_space(size::FIELD_GAP);
        }
        let mut chain = EnterChain::default();
        self.lines_ui(ui, cx, &detail.items, &mut chain, opened);
        ui.add_space(size::FIELD_GAP);
        effect_ui(ui, cx, detail, effect);
        ui.add_space(size::FIELD_GAP);
        let half = (ui.available_width() - size::FIELD_GAP) / 2.0;
        let (method_error, notes_error) = (self.form.error(cx, Field::Method), self.form.error(cx, Field::Notes));
        let (focus_method, focus_notes) = (self.form.takes_focus(Field::Method), self.form.takes_focus(Field::Notes));
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = size::FIELD_GAP;
            if refunds {
                FieldUi::new(t.refund_method).width(half).error(method_error.as_deref()).show(ui, |ui| {
                    let response = method_ui(ui, cx, &mut self.form.draft.method);
                    if focus_method {
                        response.request_focus();
                    }
                });
            }
            let width = if refunds { half } else { ui.available_width() };
            FieldUi::new(t.notes).width(width).error(notes_error.as_deref()).show(ui, |ui| {
                let input = text_input(ui, "notes", &mut self.form.draft.notes, InputOptions { hint: t.return_notes_hint, ..Default::default() });
                chain.line(ui, &input);
                if focus_notes {
                    input.request_focus();
                }
            });
        });
        let pieces = quantity(effect.pieces);
        let text = match (effect.pieces, refunds) {
            (0, _) => t.give_back.to_owned(),
            (_, false) => fill(t.confirm_return, &[&pieces]),
            (_, true) => fill(t.confirm_return_refund, &[&pieces, &effect.refund.yuan()]),
        };
        let saving = self.form.is_saving();
        button_row(ui, |ui| {
            let button = if refunds { Button::danger(&text) } else { Button::primary(&text) };
            let act = button.keys(Shortcut::Save.keys()).busy(saving, cx.t.shell.waiting).show(ui);
            if act.clicked() || Shortcut::Save.pressed_in_dialog(ui) {
                self.form.save(ui);
            }
            let out = Button::secondary(cx.t.common.back).keys("Esc").show(ui);
            closed |= out.clicked();
            // Money out: Enter after the last field comes to the harmless button.
            chain.stop(if refunds { &out } else { &act });
        });
        chain.finish(ui);
        closed
    }

    /// Each line with what was shipped, what came back, what can come back, and a field for what comes back now.
    fn lines_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, items: &[OrderItem], chain: &mut EnterChain, opened: bool) {
        let t = &cx.t.orders;
        let p = palette(ui);
        let (head, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::TABLE_HEAD), Sense::hover());
        ui.painter().rect_filled(head, size::RADIUS_SMALL, p.sunken);
        let font = || theme::font(size::TEXT_SMALL);
        let slots = Slots::of(head);
        paint::text_left(ui, slots.product, t.product, font(), p.text_2);
        paint::text_right(ui, slots.shipped, t.pieces_shipped, font(), p.text_2);
        paint::text_right(ui, slots.returned, t.pieces_returned, font(), p.text_2);
        paint::text_right(ui, slots.returnable, t.pieces_returnable, font(), p.text_2);
        paint::text_right(ui, slots.typed, t.return_quantity, font(), p.text_2);
        let wrong = self.form.errors.0.iter().filter(|error| error.line.is_some()).count();
        let wanted = items.len() as f32 * LINE + wrong as f32 * ERROR;
        let room = (ui.content_rect().height() - AROUND).max(2.0 * LINE).min(wanted);
        // The bar stands in the dialog's margin, beside the fields.
        ui.spacing_mut().scroll.bar_outer_margin = -size::FIELD_GAP;
        let first = items.iter().position(|item| item.returnable() > 0);
        ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
            for (at, item) in items.iter().enumerate() {
                self.line_ui(ui, cx, at, item, chain, opened && first == Some(at));
            }
        });
        ui.add_space(size::LABEL_GAP);
        paint::row_ui(ui, size::CONTROL_SMALL, |ui| {
            if Button::secondary(t.return_all).small().show(ui).clicked() {
                for (item, typed) in items.iter().zip(&mut self.form.draft.quantities) {
                    *typed = if item.returnable() > 0 { item.returnable().to_string() } else { String::new() };
                }
            }
            if self.form.errors.of(Field::Lines) == Some(Problem::Required) {
                ui.add_space(size::BUTTON_GAP);
                ui.label(theme::label(p, t.return_nothing).color(p.danger.fg));
            }
        });
    }

    fn line_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, at: usize, item: &OrderItem, chain: &mut EnterChain, focus: bool) {
        let t = &cx.t.orders;
        let p = palette(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
        let slots = Slots::of(rect);
        let font = || theme::font(size::TEXT_BODY);
        let name = paint::text_left(ui, slots.product, &item.name, font(), p.text);
        if let Some(specification) = &item.specification {
            paint::text_left(ui, slots.product.with_min_x(name.right() + 8.0), specification, font(), p.text_2);
        }
        let shown = |pieces: i64| if pieces == 0 { "—".to_owned() } else { format!("{} {}", quantity(pieces), item.unit) };
        paint::text_right(ui, slots.shipped, &shown(item.quantity), font(), p.text_2);
        paint::text_right(ui, slots.returned, &shown(item.returned_quantity), font(), p.text_2);
        paint::text_right(ui, slots.returnable, &shown(item.returnable()), font(), p.text);
        let spoken = fill(t.return_line_spoken, &[&item.name, &shown(item.quantity), &shown(item.returned_quantity), &shown(item.returnable())]);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
        let wrong = self.form.line_error(cx, at, Field::Quantity);
        if item.returnable() > 0
            && let Some(typed) = self.form.draft.quantities.get_mut(at)
        {
            let first_wrong = self.form.focus_error && self.form.errors.0.first().is_some_and(|error| error.line == Some(at));
            let label = fill(t.return_line, &[&(at + 1)]);
            let field = slots.typed.shrink2(vec2(0.0, 4.0));
            let options = InputOptions { name: &label, error: wrong.is_some(), hint: "0", ..Default::default() };
            let salt = Id::unique(("return line", item.id.0));
            let layout = egui::Layout::left_to_right(egui::Align::Center);
            let input = ui
                .scope_builder(egui::UiBuilder::new().id_salt(salt).max_rect(field).layout(layout), |ui| number_input(ui, "typed", typed, options))
                .inner;
            chain.line(ui, &input);
            if focus || first_wrong {
                input.request_focus();
                self.form.focus_error = false;
            }
        }
        if let Some(wrong) = wrong {
            let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), ERROR), Sense::hover());
            paint::text_right(ui, line, &wrong, theme::font(size::TEXT_SMALL), p.danger.fg);
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &wrong));
        }
    }
}

/// Where the cells of a line stand.
struct Slots {
    product: Rect,
    shipped: Rect,
    returned: Rect,
    returnable: Rect,
    typed: Rect,
}

impl Slots {
    fn of(line: Rect) -> Slots {
        let cell = |right: f32, width: f32| line.with_min_x(right - width).with_max_x(right);
        let typed = cell(line.right(), TYPED);
        let returnable = cell(typed.left() - size::FIELD_GAP, FIGURE);
        let returned = cell(returnable.left() - size::FIELD_GAP, FIGURE);
        let shipped = cell(returned.left() - size::FIELD_GAP, FIGURE);
        let product = line.with_min_x(line.left() + size::BUTTON_GAP).with_max_x(shipped.left() - size::FIELD_GAP);
        Slots { product, shipped, returned, returnable, typed }
    }
}

/// What the typed pieces would do.
fn effect_ui(ui: &mut Ui, cx: &Context<'_>, detail: &OrderDetail, effect: ReturnEffect) {
    let t = &cx.t.orders;
    let p = palette(ui);
    let amounts = detail.order.amounts.unwrap_or_default();
    let stock = match detail.order.stock_state {
        StockState::Untracked => t.return_untracked.to_owned(),
        _ => fill(t.pieces, &[&quantity(effect.pieces)]),
    };
    let due = amounts.outstanding().checked_sub(effect.amount).and_then(|due| due.checked_add(effect.refund)).unwrap_or_default();
    let refund = if effect.refund.is_zero() { t.return_no_refund.to_owned() } else { effect.refund.yuan() };
    let facts = [
        (t.cancel_stock, stock, p.text),
        (t.return_amount, effect.amount.yuan(), p.text),
        (t.refund, refund, if effect.refund.is_zero() { p.text } else { p.danger.fg }),
        (t.return_due, if due.is_zero() { "—".to_owned() } else { due.yuan() }, p.text),
    ];
    let frame = Frame::new().fill(p.sunken).stroke(Stroke::new(1.0, p.border)).corner_radius(size::RADIUS);
    frame.inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (name, value, color) in facts {
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
            paint::text_left(ui, rect, name, theme::font(size::TEXT_BODY), p.text_2);
            paint::text_right(ui, rect, &value, theme::medium_font(size::TEXT_BODY), color);
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name} {value}")));
        }
    });
}

fn seen(detail: &OrderDetail) -> (Vec<OrderItem>, OrderAmounts) {
    (detail.items.clone(), detail.order.amounts.unwrap_or_default())
}
