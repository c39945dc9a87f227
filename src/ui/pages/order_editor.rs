//! The order editor.
use super::Hint;
use crate::i18n::Texts;
use crate::models::{CustomerId, OrderId};
use crate::ui::context::Context;
use egui::Ui;
#[derive(Default)]
pub struct OrderEditor {}
impl OrderEditor {
    pub fn enter_new(&mut self, _customer: Option<CustomerId>) {}
    pub fn enter_edit(&mut self, _id: OrderId) {}
    pub fn ui(&mut self, _ui: &mut Ui, _cx: &mut Context<'_>) {}
    pub fn unsaved(&self, _t: &'static Texts) -> Option<&'static str> {
        None
    }
    pub fn is_saving(&self) -> bool {
        false
    }
    pub fn save(&mut self, _ctx: &egui::Context) {}
    pub fn discard(&mut self) {}
}
pub fn hints(_t: &'static Texts) -> Vec<Hint> {
    Vec::new()
}
