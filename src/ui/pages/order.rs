//! One order.
use super::Hint;
use crate::i18n::Texts;
use crate::models::OrderId;
use crate::ui::context::Context;
use egui::Ui;
#[derive(Default)]
pub struct OrderPage {}
impl OrderPage {
    pub fn enter(&mut self) {}
    pub fn ui(&mut self, _ui: &mut Ui, _cx: &mut Context<'_>, _id: OrderId, _neighbours: (Option<OrderId>, Option<OrderId>)) {}
}
pub fn hints(_t: &'static Texts) -> Vec<Hint> {
    Vec::new()
}
