//! The payments page: payments and refunds of all orders, and what customers owe.

use egui::Ui;

use super::Hint;
use crate::i18n::Texts;
use crate::ui::context::Context;
use crate::ui::widgets::page;

/// The page's state.
#[derive(Default)]
pub struct Payments {}

impl Payments {
    /// Prepares the page before its first frame.
    pub fn enter(&mut self) {}

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        page::head_ui(ui, cx.t.payments.title, |_| {});
    }
}

/// The key hints of the page.
pub fn hints(_t: &'static Texts) -> Vec<Hint> {
    Vec::new()
}
