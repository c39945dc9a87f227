//! Cards that the pages of quotes and orders share: a card's title over a list, the sum of its lines, customer, notes; a quote's tone.

use egui::accesskit::Role;
use egui::{Align, Label, Layout, Ui, UiBuilder, WidgetInfo, vec2};

use crate::i18n::Texts;
use crate::models::Money;
use crate::models::choice::{CustomerLevel, Module};
use crate::models::customer::shown_phone;
use crate::models::money::quantity;
use crate::models::order::OrderCustomer;
use crate::models::rights::Verb;
use crate::ui::chips::level_chip;
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::{Button, icon_button, link, mini_icon_button};
use crate::ui::widgets::card::{card_title, fact_row, titled_card};
use crate::ui::widgets::{page, paint};

/// The title of a card that holds a list.
pub fn title(ui: &mut Ui, title: &str, caption: &str, right: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(ui.available_width(), 44.0), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(44.0);
        ui.add_space(size::CARD_PADDING);
        let room = vec2(ui.available_width() - size::CARD_PADDING, 28.0);
        ui.allocate_ui(room, |ui| card_title(ui, title, caption, right));
    });
}

/// The line under a document's lines: the amount in capitals, pieces, the total where it may be seen. `ends` tells how far the right edges
/// of quantity and price are from that of the subtotal: the sums stand below them.
pub fn lines_sum_ui(ui: &mut Ui, cx: &Context<'_>, pieces: i64, total: Option<Money>, ends: (f32, f32)) {
    let t = &cx.t.orders;
    let p = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 40.0), egui::Sense::hover());
    let room = rect.shrink2(vec2(size::CARD_PADDING, 0.0));
    let Some(total) = total else {
        let below = room.with_max_x(room.right() - ends.0);
        let sum = paint::text_right(ui, below, &quantity(pieces), theme::medium_font(size::TEXT_BODY), p.text);
        paint::text_right(ui, below.with_max_x(sum.left() - 24.0), t.sum, theme::font(size::TEXT_BODY), p.text_2);
        return;
    };
    let shown = total.yuan();
    let sum = paint::text_right(ui, room, &shown, theme::medium_font(size::TEXT_BODY), p.text);
    let price = (room.right() - ends.1).min(sum.left() - 12.0);
    paint::text_right(ui, room.with_max_x(price), t.sum, theme::font(size::TEXT_BODY), p.text_2);
    let below = room.with_max_x(room.right() - ends.0);
    let count = paint::text_right(ui, below, &quantity(pieces), theme::medium_font(size::TEXT_BODY), p.text);
    if let Some(capitals) = cx.lang.capitals(total) {
        paint::text_left(ui, room.with_max_x(count.left() - 16.0), &capitals, theme::font(size::TEXT_BODY), p.text_2);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &shown));
}

/// 打印; an icon alone where the head of the page has no more room. True where it was pressed.
pub fn print_button(ui: &mut Ui, t: &'static Texts) -> bool {
    const HEAD: f32 = 110.0;
    if ui.available_width() < HEAD {
        return icon_button(ui, icons::PRINTER, t.papers.title).clicked();
    }
    Button::secondary(t.papers.title).icon(icons::PRINTER).show(ui).clicked()
}

/// The customer's card; 打开 where one may see customers.
pub fn customer_ui(ui: &mut Ui, cx: &mut Context<'_>, customer: &OrderCustomer) {
    titled_card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let visible = cx.may(Module::Customer, Verb::View);
        let open = card_title(ui, cx.t.orders.customer_card, "", |ui| visible && link(ui, cx.t.orders.open_customer).clicked());
        if open {
            cx.go = Some(Route::Customer(customer.id));
        }
        paint::row_ui(ui, 28.0, |ui| {
            let chip = if customer.level == CustomerLevel::Normal { 0.0 } else { 72.0 };
            ui.scope(|ui| {
                ui.set_max_width((ui.available_width() - chip).max(80.0));
                ui.add(Label::new(theme::body_medium(&customer.name)).truncate());
            });
            if customer.level != CustomerLevel::Normal {
                level_chip(ui, cx.lang, customer.level);
            }
        });
        for (icon, text) in [
            (icons::USER, customer.contact_person.clone()),
            (icons::PHONE, customer.phone.as_deref().map(shown_phone)),
            (icons::MAP_PIN, customer.address.clone()),
        ] {
            if let Some(text) = text {
                fact_row(ui, icon, &text);
            }
        }
    });
}

/// The notes; true when their pencil was pressed.
pub fn notes_ui(ui: &mut Ui, cx: &Context<'_>, notes: Option<&str>, editable: bool) -> bool {
    let t = &cx.t.orders;
    titled_card(ui, |ui| {
        let edit = card_title(ui, t.notes, "", |ui| editable && mini_icon_button(ui, icons::PENCIL_SIMPLE, t.edit_notes).clicked());
        match notes {
            Some(notes) => ui.add(Label::new(theme::secondary(palette(ui), notes)).wrap()),
            None => ui.label(theme::caption(palette(ui), t.no_notes)),
        };
        edit
    })
}

/// A wide part and a narrow one beside it, or below it where there is no room.
pub fn columns_ui(ui: &mut Ui, cx: &mut Context<'_>, left: impl FnOnce(&mut Ui, &mut Context<'_>), right: impl FnOnce(&mut Ui, &mut Context<'_>)) {
    const BESIDE: f32 = 820.0;
    const RIGHT: f32 = 312.0;
    let room = ui.available_rect_before_wrap();
    if room.width() < BESIDE {
        left(ui, cx);
        ui.add_space(size::CARD_GAP);
        right(ui, cx);
        return;
    }
    let split = room.right() - RIGHT - size::CARD_GAP;
    let left_room = UiBuilder::new().id_salt("left").max_rect(room.with_max_x(split));
    let left = ui.scope_builder(left_room, |ui| left(ui, cx)).response.rect;
    let right_room = egui::Rect::from_min_max(egui::pos2(split + size::CARD_GAP, room.top()), room.max);
    let right = ui.scope_builder(UiBuilder::new().id_salt("right").max_rect(right_room), |ui| right(ui, cx)).response.rect;
    ui.advance_cursor_after_rect(left.union(right));
}

/// What stands where a record could not be read; true where it is to be tried again.
pub fn failed_ui(ui: &mut Ui, cx: &Context<'_>, sentence: &str) -> bool {
    ui.add_space(size::CARD_PADDING);
    ui.horizontal(|ui| {
        ui.add_space(page::padding(ui));
        ui.vertical(|ui| {
            ui.set_width(560.0);
            banner_ui(ui, &Banner::new(Tone::Danger, sentence, "").button(cx.t.common.retry, Some(icons::ARROW_CLOCKWISE))).action
        })
        .inner
    })
    .inner
}
