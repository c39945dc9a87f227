//! The order list.
use crate::models::OrderId;
use crate::ui::context::Context;
use egui::Ui;
#[derive(Default)]
pub struct Orders {}
impl Orders {
    pub fn enter(&mut self) {}
    pub fn ui(&mut self, _ui: &mut Ui, _cx: &mut Context<'_>) {}
    pub fn neighbours(&self, _id: OrderId) -> (Option<OrderId>, Option<OrderId>) {
        (None, None)
    }
}
