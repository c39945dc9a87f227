//! What stands below the product list: the newest movements, and of the selected product its orders and what it was sold for.

use egui::{Align, Frame, Layout, Margin, Rect, Stroke, Ui, pos2};

use super::movements::Movements;
use super::sales::Sales;
use crate::models::ProductId;
use crate::models::choice::{Module, MovementType};
use crate::models::rights::Verb;
use crate::ui::context::Context;
use crate::ui::route::Route;
use crate::ui::theme::{palette, size};
use crate::ui::widgets::button::link;
use crate::ui::widgets::segment::segments;
use crate::ui::widgets::tabs::tabs;
use crate::ui::widgets::{page, paint};

/// Room for the tabs at the left of the line.
const TABS: f32 = 330.0;

/// One of the tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Movements,
    Orders,
    Prices,
}

/// What stays between frames.
#[derive(Default)]
pub struct Below {
    part: Part,
    movements: Movements,
    sales: Sales,
}

impl Below {
    /// Reads again on the next frame.
    pub fn forget(&mut self) {
        self.movements.forget();
        self.sales.forget();
    }

    /// Draws tabs and list into the room given.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, selected: Option<ProductId>) {
        let t = &cx.t.products;
        let top = ui.max_rect();
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.painter().hline(top.x_range(), top.top() + 0.5, Stroke::new(1.0, palette(ui).border));
        let padding = page::padding(ui);
        let sees_orders = cx.may(Module::Sales, Verb::View);
        let mut parts = vec![(Part::Movements, t.movements, None)];
        if sees_orders {
            parts.push((Part::Orders, t.related_orders, None));
        }
        if sees_orders && cx.session.sees_amounts() {
            parts.push((Part::Prices, t.price_history, None));
        }
        if !parts.iter().any(|(part, ..)| *part == self.part) {
            self.part = Part::Movements;
        }
        Frame::new().inner_margin(Margin { left: padding as i8, top: 4, ..Margin::ZERO }).show(ui, |ui| {
            let line = Rect::from_min_max(ui.max_rect().min, pos2(top.right() - padding, ui.max_rect().top() + size::TAB));
            if tabs(ui, "below", &mut self.part, &parts).changed() {
                ui.request_repaint();
            }
            let right = line.with_min_x(line.left() + TABS);
            paint::inside(ui, right, Layout::right_to_left(Align::Center), "below right", |ui| {
                ui.spacing_mut().item_spacing.x = size::CARD_GAP;
                if self.part == Part::Movements {
                    self.movement_filters_ui(ui, cx);
                }
            });
        });
        ui.add_space(6.0);
        match self.part {
            Part::Movements => self.movements.ui(ui, cx, selected),
            Part::Orders => self.sales.orders_ui(ui, cx, selected),
            Part::Prices => self.sales.prices_ui(ui, cx, selected),
        }
    }

    /// From right to left: the way to all records, the types, whose.
    fn movement_filters_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.products;
        if link(ui, t.all_movements).clicked() {
            cx.go = Some(Route::Movements);
        }
        let kinds =
            [(None, t.all), (Some(MovementType::In), t.stock_in), (Some(MovementType::Out), t.stock_out), (Some(MovementType::Adjust), t.count)];
        segments(ui, "kind", &mut self.movements.kind, &kinds);
        segments(ui, "whose", &mut self.movements.only_selected, &[(false, t.all_products), (true, t.only_selected)]);
    }
}
