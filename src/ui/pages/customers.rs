//! The customers page.

use egui::Ui;

use super::Hint;
use crate::i18n::Texts;
use crate::models::CustomerId;
use crate::ui::context::Context;

/// The page's state.
#[derive(Default)]
pub struct Customers {
    opened: Option<CustomerId>,
}

impl Customers {
    /// Opens the page, with this record's drawer where one is given.
    pub fn enter(&mut self, record: Option<CustomerId>) {
        self.opened = record;
    }

    pub fn ui(&mut self, _ui: &mut Ui, _cx: &mut Context<'_>) {}

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
