//! The chips of states, levels and kinds: each has one name and one tone, wherever it is shown.

use egui::{Response, Ui};

use crate::i18n::Lang;
use crate::models::choice::{CustomerLevel, MovementType, OrderStatus};
use crate::models::quote::QuoteState;
use crate::models::stocktake::StocktakeStatus;
use crate::ui::theme::Tone;
use crate::ui::widgets::chip::{plain_chip, status_chip, vip_chip};

/// An order's status.
pub fn order_chip(ui: &mut Ui, lang: Lang, status: OrderStatus) -> Response {
    let tone = match status {
        OrderStatus::PendingPayment => Tone::Warn,
        OrderStatus::Paid => Tone::Info,
        OrderStatus::Shipped => Tone::Violet,
        OrderStatus::Completed => Tone::Ok,
        OrderStatus::Cancelled => Tone::Mute,
    };
    status_chip(ui, lang.order_status(status), tone)
}

/// A quote's state.
pub fn quote_chip(ui: &mut Ui, lang: Lang, state: QuoteState) -> Response {
    let tone = match state {
        QuoteState::Draft | QuoteState::Rejected | QuoteState::Expired => Tone::Mute,
        QuoteState::Sent => Tone::Info,
        QuoteState::Accepted => Tone::Ok,
    };
    status_chip(ui, lang.quote_state(state), tone)
}

/// A customer's level.
pub fn level_chip(ui: &mut Ui, lang: Lang, level: CustomerLevel) -> Response {
    let name = lang.level(level);
    match level {
        CustomerLevel::Vip => vip_chip(ui, name),
        CustomerLevel::Important => plain_chip(ui, name, Tone::AccentSoft),
        CustomerLevel::Normal => plain_chip(ui, name, Tone::Mute),
    }
}

/// What a movement did.
pub fn movement_chip(ui: &mut Ui, lang: Lang, kind: MovementType) -> Response {
    let tone = match kind {
        MovementType::In => Tone::Ok,
        MovementType::Out => Tone::Info,
        MovementType::Adjust => Tone::Violet,
    };
    status_chip(ui, lang.movement_kind(kind), tone)
}

/// How far a stocktake is.
pub fn stocktake_chip(ui: &mut Ui, lang: Lang, status: StocktakeStatus) -> Response {
    let tone = match status {
        StocktakeStatus::Open => Tone::Info,
        StocktakeStatus::Posted => Tone::Ok,
        StocktakeStatus::Discarded => Tone::Mute,
    };
    status_chip(ui, lang.stocktake_status(status), tone)
}
