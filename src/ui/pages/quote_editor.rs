//! The quote editor: customer, last day of validity, line grid by keyboard, notes.

use egui::Ui;

use super::Hint;
use crate::i18n::Texts;
use crate::models::{CustomerId, QuoteId};
use crate::ui::context::Context;
use crate::ui::widgets::page;

/// The editor's state.
#[derive(Default)]
pub struct QuoteEditor {}

impl QuoteEditor {
    /// An empty draft, for a customer where one was chosen.
    pub fn enter_new(&mut self, _customer: Option<CustomerId>) {}

    /// A draft to be changed.
    pub fn enter_edit(&mut self, _id: QuoteId) {}

    /// Draws the editor.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        page::head_ui(ui, cx.t.quotes.title, |_| {});
    }

    /// What is typed and not saved, in words.
    pub fn unsaved(&self, _t: &'static Texts) -> Option<&'static str> {
        None
    }

    pub fn is_saving(&self) -> bool {
        false
    }

    /// Begins to save what is typed.
    pub fn save(&mut self, _ctx: &egui::Context) {}

    /// Throws away what is typed.
    pub fn discard(&mut self) {}
}

/// The key hints of the page.
pub fn hints(_t: &'static Texts) -> Vec<Hint> {
    Vec::new()
}
