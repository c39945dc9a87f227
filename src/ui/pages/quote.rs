//! One quote: its lines, its state and what can be done with it.

use egui::Ui;

use super::Hint;
use crate::i18n::Texts;
use crate::models::QuoteId;
use crate::ui::context::Context;
use crate::ui::widgets::page;

/// The page's state.
#[derive(Default)]
pub struct QuotePage {}

impl QuotePage {
    /// Prepares the page before its first frame.
    pub fn enter(&mut self) {}

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, _id: QuoteId, _neighbours: (Option<QuoteId>, Option<QuoteId>)) {
        page::head_ui(ui, cx.t.quotes.title, |_| {});
    }
}

/// The key hints of the page.
pub fn hints(_t: &'static Texts) -> Vec<Hint> {
    Vec::new()
}
