//! The model's picking in the warehouse (rulings §15): what was picked of an open order's lines, never more than was ordered.

use zhanggui::models::choice::{Entity, Module, OrderStatus};
use zhanggui::models::error::Refusal;
use zhanggui::models::rights::Verb;
use zhanggui::models::*;

use super::sales::{Line, Order};
use super::shop::{Shop, Told, UNIT, name};

impl Shop {
    /// An order that can be picked.
    fn to_pick(&self, order: usize) -> Result<&Order> {
        self.need(Module::Inventory, Verb::Update)?;
        self.need(Module::Sales, Verb::View)?;
        let found = self.reached_order(order)?;
        if found.is_open() { Ok(found) } else { Err(Refusal::StatusChange { from: found.status, to: OrderStatus::Shipped }.into()) }
    }

    /// Pieces of a product, for the first line that lacks some.
    pub fn pick(&mut self, order: usize, product: usize, pieces: i64) -> Result<Told> {
        let lines = &self.to_pick(order)?.lines;
        let of_product = lines.iter().enumerate().filter(|(_, line)| line.product == product);
        let lacking = of_product.clone().find(|(_, line)| line.picked < line.quantity);
        let Some((at, line)) = lacking.or(of_product.clone().next()) else {
            let gone = self.products[product].gone;
            return Err(Refusal::NotInOrder { name: if gone { String::new() } else { name(product) } }.into());
        };
        if pieces > line.quantity - line.picked {
            return Err(refused(line));
        }
        Ok(self.put(order, at, pieces))
    }

    pub fn put_back(&mut self, order: usize, line: usize, pieces: i64) -> Result<Told> {
        let found = self.to_pick(order)?.lines.get(line).ok_or(Error::NotFound(Entity::Order))?;
        if pieces > found.picked {
            return Err(refused(found));
        }
        Ok(self.put(order, line, -pieces))
    }

    fn put(&mut self, order: usize, line: usize, pieces: i64) -> Told {
        let line = &mut self.orders[order].lines[line];
        line.picked += pieces;
        Told::Picked { picked: line.picked, pieces }
    }

    /// The order left the shelves, or never will.
    pub fn forget_picks(&mut self, order: usize) {
        let lines = &mut self.orders[order].lines;
        let picked: i64 = lines.iter().map(|line| line.picked).sum();
        lines.iter_mut().for_each(|line| line.picked = 0);
        if picked > 0 {
            self.note("what was picked is forgotten");
        }
    }
}

fn refused(line: &Line) -> Error {
    Refusal::PickedEnough { name: name(line.product), unit: UNIT.into(), ordered: line.quantity, picked: line.picked }.into()
}
