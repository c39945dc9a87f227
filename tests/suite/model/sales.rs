//! The model's orders with their payments and returns (rulings §5, §6).

use zhanggui::models::choice::{CreditCheck, Entity, Module, OrderStatus, QuoteStatus, Role, StockState};
use zhanggui::models::customer::OverLimit;
use zhanggui::models::error::Refusal;
use zhanggui::models::rights::Verb;
use zhanggui::models::*;

use super::shop::{Shop, Told, UNIT, conflict, name, shortage};
use super::steps::{Back, Piece};
use crate::fixture::fen;

#[derive(Clone, Debug)]
pub struct Line {
    pub product: usize,
    pub quantity: i64,
    pub price: i64,
    /// The product's at that moment, so that the margin stays true.
    pub cost: i64,
    pub returned: i64,
    /// Pieces picked in the warehouse until it ships.
    pub picked: i64,
}

impl Line {
    pub fn of(piece: Piece, cost: i64) -> Line {
        Line { product: piece.product, quantity: piece.quantity, price: piece.price, cost, returned: 0, picked: 0 }
    }
}

#[derive(Clone, Debug)]
pub struct Order {
    pub number: String,
    pub customer: usize,
    /// The quote it was made of.
    pub quote: Option<usize>,
    pub lines: Vec<Line>,
    pub status: OrderStatus,
    pub stock: StockState,
    pub paid: i64,
    pub annotated: bool,
    pub by: usize,
    pub day: Day,
    pub date: Timestamp,
}

impl Order {
    pub fn total(&self) -> i64 {
        self.lines.iter().map(|line| line.quantity * line.price).sum()
    }

    pub fn returned(&self) -> i64 {
        self.lines.iter().map(|line| line.returned * line.price).sum()
    }

    pub fn outstanding(&self) -> i64 {
        self.total() - self.returned() - self.paid
    }

    /// Pieces that cancelling would bring back.
    pub fn deducted(&self) -> i64 {
        if self.stock == StockState::Deducted { self.lines.iter().map(|line| line.quantity).sum() } else { 0 }
    }

    /// What is overpaid once goods of this value came back.
    pub fn refund_for(&self, value: i64) -> i64 {
        (value - self.outstanding()).max(0)
    }

    pub fn is_open(&self) -> bool {
        matches!(self.status, OrderStatus::PendingPayment | OrderStatus::Paid)
    }

    pub fn is_out(&self) -> bool {
        matches!(self.status, OrderStatus::Shipped | OrderStatus::Completed)
    }

    fn settle(&mut self) {
        if self.is_open() {
            self.status = if self.outstanding() == 0 { OrderStatus::Paid } else { OrderStatus::PendingPayment };
        }
    }
}

impl Shop {
    pub fn reached_order(&self, order: usize) -> Result<&Order> {
        let found = &self.orders[order];
        let reached = found.by == self.actor || self.reaches_customer(found.customer);
        reached.then_some(found).ok_or(Error::NotFound(Entity::Order))
    }

    /// The customer of a new document: within one's scope and active.
    pub fn check_customer(&self, customer: usize) -> Result<()> {
        if !self.reaches_customer(customer) {
            return Err(Error::field(Field::Customer, Problem::NotFound));
        }
        if self.customers[customer].active { Ok(()) } else { Err(Refusal::Inactive(Entity::Customer).into()) }
    }

    pub fn order(&mut self, customer: usize, quote: Option<usize>, pieces: &[Piece], day: Day) -> Result<Told> {
        self.need(Module::Sales, Verb::Create)?;
        self.check_customer(customer)?;
        if let Some(quote) = quote {
            self.check_quote(quote, customer)?;
        }
        self.check_products(pieces)?;
        self.check_available(pieces)?;
        if day > self.today() {
            return Err(Error::field(Field::OrderDay, Problem::InTheFuture));
        }
        let over = self.check_credit(customer, pieces.iter().map(|piece| piece.quantity * piece.price).sum())?;
        let number = self.number('O');
        let order = Order {
            number: number.clone(),
            customer,
            quote,
            lines: self.lines(pieces),
            status: OrderStatus::PendingPayment,
            stock: StockState::Reserved,
            paid: 0,
            annotated: false,
            by: self.actor,
            day,
            date: self.moment_on(day),
        };
        self.orders.push(order);
        self.orders.last_mut().unwrap().settle();
        if let Some(quote) = quote {
            self.quotes[quote].status = QuoteStatus::Accepted;
        }
        if !self.on_shipment {
            self.deduct(self.orders.len() - 1)?;
        }
        Ok(Told::Order { number, over })
    }

    fn lines(&self, pieces: &[Piece]) -> Vec<Line> {
        pieces.iter().map(|piece| Line::of(*piece, self.products[piece.product].cost)).collect()
    }

    pub fn check_products(&self, pieces: &[Piece]) -> Result<()> {
        let mut errors = FieldErrors::default();
        for (at, piece) in pieces.iter().enumerate() {
            match &self.products[piece.product] {
                product if product.gone => errors.add_in_line(at, Field::Product, Problem::NotFound),
                product if !product.active => return Err(Refusal::Inactive(Entity::Product).into()),
                _ => {}
            }
        }
        errors.into_result()
    }

    fn check_available(&self, pieces: &[Piece]) -> Result<()> {
        for piece in pieces {
            let wanted = pieces.iter().filter(|other| other.product == piece.product).map(|other| other.quantity).sum();
            let available = self.products[piece.product].stock - self.reserved(piece.product);
            if wanted > available {
                return Err(shortage(piece.product, wanted, available));
            }
        }
        Ok(())
    }

    fn check_credit(&self, customer: usize, added: i64) -> Result<Option<OverLimit>> {
        let due = self.outstanding(customer) + added;
        let limit = self.customers[customer].limit.filter(|limit| self.credit != CreditCheck::Off && added > 0 && due > *limit);
        let over = limit.map(|limit| OverLimit { limit: fen(limit), due: fen(due) });
        if over.is_some() && self.credit == CreditCheck::Refuse { Err(Refusal::OverCreditLimit(over).into()) } else { Ok(over) }
    }

    fn deduct(&mut self, order: usize) -> Result<()> {
        self.orders[order].stock = StockState::Deducted;
        for Line { product, quantity, .. } in self.orders[order].lines.clone() {
            self.move_stock(product, -quantity)?;
        }
        Ok(())
    }

    /// Other lines while its stock is not deducted; other notes at any time.
    pub fn change(&mut self, order: usize, stale: bool, pieces: Option<&[Piece]>) -> Result<()> {
        self.need(Module::Sales, Verb::Update)?;
        let Order { customer, status, stock, paid, .. } = *self.reached_order(order)?;
        if stale {
            return Err(conflict(Entity::Order));
        }
        let Some(pieces) = pieces else {
            self.orders[order].annotated = true;
            return Ok(());
        };
        if stock != StockState::Reserved || status != OrderStatus::PendingPayment {
            return Err(Refusal::LinesFixed.into());
        }
        let total: i64 = pieces.iter().map(|piece| piece.quantity * piece.price).sum();
        if total < paid {
            return Err(Refusal::RefundTooLarge { paid: fen(paid) }.into());
        }
        self.check_credit(customer, total - self.orders[order].total())?;
        self.check_products(pieces)?;
        self.forget_picks(order);
        self.orders[order].annotated = false;
        self.orders[order].lines.clear();
        self.check_available(pieces)?;
        self.orders[order].lines = self.lines(pieces);
        self.orders[order].settle();
        Ok(())
    }

    pub fn pay(&mut self, order: usize, amount: i64, day: Day, before: Option<i64>) -> Result<Told> {
        self.need(Module::Sales, Verb::Update)?;
        if day > self.today() {
            return Err(Error::field(Field::PaymentDay, Problem::InTheFuture));
        }
        let found = self.reached_order(order)?;
        if found.status == OrderStatus::Cancelled {
            return Err(Refusal::StatusChange { from: OrderStatus::Cancelled, to: OrderStatus::Paid }.into());
        }
        if amount < 0 && found.status == OrderStatus::Completed {
            return Err(Refusal::RefundNeedsReturn.into());
        }
        if before.is_some_and(|before| before != found.paid) {
            return Err(Refusal::ConfirmationStale.into());
        }
        if amount > found.outstanding() {
            return Err(Refusal::Overpaid { fits: fen(found.outstanding()) }.into());
        }
        if found.paid + amount < 0 {
            return Err(Refusal::RefundTooLarge { paid: fen(found.paid) }.into());
        }
        Ok(Told::Payment { number: self.post_payment(order, amount) })
    }

    fn post_payment(&mut self, order: usize, amount: i64) -> String {
        let number = self.number('R');
        self.payments.push((number.clone(), order, amount));
        self.orders[order].paid += amount;
        self.orders[order].settle();
        number
    }

    pub fn cancel(&mut self, order: usize, pieces: i64, refund: i64) -> Result<()> {
        self.need(Module::Sales, Verb::Update)?;
        let found = self.reached_order(order)?.clone();
        if !found.is_open() {
            return Err(Refusal::StatusChange { from: found.status, to: OrderStatus::Cancelled }.into());
        }
        if (pieces, refund) != (found.deducted(), found.paid) {
            return Err(Refusal::ConfirmationStale.into());
        }
        if found.stock == StockState::Deducted {
            for line in &found.lines {
                self.move_stock(line.product, line.quantity)?;
            }
        }
        if found.paid != 0 {
            self.post_payment(order, -found.paid);
        }
        self.forget_picks(order);
        if found.stock != StockState::Untracked {
            self.orders[order].stock = StockState::Returned;
        }
        self.orders[order].status = OrderStatus::Cancelled;
        Ok(())
    }

    pub fn ship(&mut self, order: usize, stale: bool, unpaid: Option<i64>) -> Result<()> {
        self.need(Module::Inventory, Verb::Update)?;
        self.need(Module::Sales, Verb::View)?;
        let sees_amounts = self.role() != Role::Warehouse;
        let found = self.reached_order(order)?;
        let outstanding = found.outstanding();
        if stale {
            return Err(conflict(Entity::Order));
        }
        match found.status {
            OrderStatus::Paid => {}
            OrderStatus::PendingPayment if !self.ship_unpaid => {
                return Err(Refusal::UnpaidShipment { outstanding: if sees_amounts { fen(outstanding) } else { Money::ZERO } }.into());
            }
            OrderStatus::PendingPayment if sees_amounts && unpaid != Some(outstanding) => return Err(Refusal::ConfirmationStale.into()),
            OrderStatus::PendingPayment => {}
            from => return Err(Refusal::StatusChange { from, to: OrderStatus::Shipped }.into()),
        }
        if found.stock == StockState::Reserved {
            self.deduct(order)?;
        }
        self.forget_picks(order);
        self.orders[order].status = OrderStatus::Shipped;
        Ok(())
    }

    pub fn complete(&mut self, order: usize) -> Result<()> {
        self.need(Module::Sales, Verb::Update)?;
        let found = self.reached_order(order)?;
        if found.status != OrderStatus::Shipped {
            return Err(Refusal::StatusChange { from: found.status, to: OrderStatus::Completed }.into());
        }
        if found.outstanding() != 0 {
            return Err(Refusal::UnpaidCompletion { outstanding: fen(found.outstanding()) }.into());
        }
        self.orders[order].status = OrderStatus::Completed;
        Ok(())
    }

    /// Lines come back, each named once; what is then overpaid is paid back. Imported history moves no stock.
    pub fn take_back(&mut self, order: usize, lines: &[Back], refund: i64) -> Result<Told> {
        let mut errors = FieldErrors::default();
        for at in (0..lines.len()).filter(|at| lines[..*at].iter().any(|earlier| earlier.line == lines[*at].line)) {
            errors.add_in_line(at, Field::Product, Problem::Taken);
        }
        self.need(Module::Sales, Verb::Update)?;
        errors.into_result()?;
        let found = self.reached_order(order)?;
        if !found.is_out() {
            return Err(Refusal::NotShipped.into());
        }
        for back in lines {
            let known = &found.lines[back.line];
            let fits = known.quantity - known.returned;
            if back.pieces > fits {
                return Err(Refusal::ReturnTooLarge { name: name(known.product), unit: UNIT.into(), fits }.into());
            }
            if back.returnable != fits {
                return Err(Refusal::ConfirmationStale.into());
            }
        }
        if refund != found.refund_for(lines.iter().map(|back| back.pieces * found.lines[back.line].price).sum()) {
            return Err(Refusal::ConfirmationStale.into());
        }
        let deducted = found.stock == StockState::Deducted;
        let number = self.number('T');
        self.returns.push(number.clone());
        for back in lines {
            let line = &mut self.orders[order].lines[back.line];
            line.returned += back.pieces;
            let product = line.product;
            if deducted {
                self.move_stock(product, back.pieces)?;
            }
        }
        if !deducted {
            self.note("history came back without a movement");
        }
        if refund != 0 {
            self.post_payment(order, -refund);
        }
        Ok(Told::Return { number, refunded: fen(refund) })
    }
}
