//! A process that gives random commands from a seed and tells each outcome once it is confirmed: what `crash` kills and `history` compares.

#![expect(clippy::print_stdout, reason = "the worker speaks over its standard output")]

use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use zhanggui::models::choice::{MovementType, OrderStatus, StockState};
use zhanggui::models::import::{ImportKind, ImportOptions};
use zhanggui::models::order::{CancelConfirmation, NewLine, NewOrder, OrderDetail, ShipConfirmation};
use zhanggui::models::payment::NewPayment;
use zhanggui::models::returns::{NewReturn, ReturnEffect, ReturnLine};
use zhanggui::models::stock::StockChange;
use zhanggui::models::stocktake::*;
use zhanggui::models::*;
use zhanggui::services::{Desk, auth, imports, orders, payments, quotes, returns, stock, stocktakes};

use crate::fixture::{Fixture, fen, new_order, new_quote, open, payment};
use crate::told::by_product;

/// Tells a process which file it works on; without it the worker does nothing.
const FILE: &str = "ZHANGGUI_TEST_FILE";
const SEED: &str = "ZHANGGUI_TEST_SEED";
/// It ends by itself after so many orders of its own; never where it is not given.
const ORDERS: &str = "ZHANGGUI_TEST_ORDERS";

pub const CUSTOMERS: i64 = 3;
pub const PRODUCTS: i64 = 4;

/// Customers and products for the hands.
pub fn shop() -> Fixture {
    let mut f = Fixture::new();
    for name in ["甲", "乙", "丙"] {
        f.customer(name);
    }
    for (sku, price) in [("A", 100), ("B", 250), ("C", 999), ("D", 12_345)] {
        f.product(sku, price, 200);
    }
    f
}

/// One person at one desk who does now this, now that.
struct Hand {
    desk: Desk,
    random: fastrand::Rng,
    seed: u64,
    /// The newest order known here, and how many are its own.
    last: i64,
    orders: usize,
    imports: usize,
    quote: Option<(QuoteId, Vec<NewLine>)>,
    stocktake: Option<(StocktakeId, bool)>,
}

impl Hand {
    fn deed(&mut self) -> Result<String> {
        match self.random.u32(0..100) {
            0..34 => self.order(),
            34..50 => self.pay(),
            50..56 => self.cancel(),
            56..74 => self.ship(),
            74..80 => self.give_back(),
            80..88 => self.move_stock(),
            88..94 => self.stocktake(),
            94..97 => self.import(),
            _ => self.quote(),
        }
    }

    fn lines(&mut self) -> Vec<NewLine> {
        let count = self.random.usize(1..=3);
        let line = |random: &mut fastrand::Rng| (ProductId(random.i64(1..=PRODUCTS)), random.i64(1..=4), random.i64(1..=20_000));
        let lines: Vec<_> = (0..count).map(|_| line(&mut self.random)).collect();
        new_order(CustomerId(1), &lines).lines
    }

    fn order(&mut self) -> Result<String> {
        let lines = self.lines();
        let customer = CustomerId(self.random.i64(1..=CUSTOMERS));
        self.create(NewOrder { lines, ..new_order(customer, &[]) })
    }

    fn create(&mut self, new: NewOrder) -> Result<String> {
        let created = orders::create(&mut self.desk, &new)?;
        self.last = created.id.0;
        self.orders += 1;
        let quote = new.quote.map_or(0, |quote| quote.0);
        let out = by_product(new.lines.iter().map(|line| (line.product.0, line.quantity)));
        let (total, lines) = described(&new.lines);
        Ok(format!("order {} id {} quote {quote} total {total} lines {lines} out {out}", created.order_no, created.id))
    }

    fn some_order(&mut self) -> Result<OrderDetail> {
        let id = OrderId(self.random.i64(self.last.saturating_sub(20).max(1)..=self.last.max(1)));
        orders::get(&self.desk, id)
    }

    fn pay(&mut self) -> Result<String> {
        let OrderDetail { order, .. } = self.some_order()?;
        let amounts = order.amounts.unwrap();
        let due = amounts.outstanding().fen().max(1);
        let part = if self.random.bool() { due } else { self.random.i64(1..=due) };
        let id = payments::create(&mut self.desk, &NewPayment { paid_before: Some(amounts.paid), ..payment(order.id, part) })?;
        Ok(format!("payment {id} of {} fen {part}", order.id))
    }

    fn cancel(&mut self) -> Result<String> {
        let OrderDetail { order, items, .. } = self.some_order()?;
        let deducted = order.stock_state == StockState::Deducted;
        let pieces = if deducted { items.iter().map(|item| item.quantity).sum() } else { 0 };
        let refund = order.amounts.unwrap().paid;
        orders::cancel(&mut self.desk, order.id, CancelConfirmation { pieces, refund })?;
        let back = by_product(items.iter().map(|item| (item.product.0, item.quantity)));
        Ok(format!("cancelled {} refund {} in {back}", order.id, refund.fen()))
    }

    /// The next step of an order: shipped, paid in whole, completed.
    fn ship(&mut self) -> Result<String> {
        let OrderDetail { order, .. } = self.some_order()?;
        if order.status == OrderStatus::Shipped {
            let due = order.amounts.unwrap().outstanding();
            if !due.is_zero() {
                let id = payments::create(&mut self.desk, &payment(order.id, due.fen()))?;
                return Ok(format!("payment {id} of {} fen {}", order.id, due.fen()));
            }
            orders::complete(&mut self.desk, order.id)?;
            return Ok(format!("completed {}", order.id));
        }
        let confirmed = ShipConfirmation { unpaid: Some(order.amounts.unwrap().outstanding()), version: Some(order.version) };
        orders::ship(&mut self.desk, order.id, confirmed)?;
        Ok(format!("shipped {}", order.id))
    }

    fn give_back(&mut self) -> Result<String> {
        let OrderDetail { order, items, .. } = self.some_order()?;
        let taken: Vec<_> = items.iter().filter(|item| item.returnable() > 0).map(|item| (item, self.random.i64(1..=item.returnable()))).collect();
        let lines = taken.iter().map(|(item, quantity)| ReturnLine { item: item.id, quantity: *quantity, returnable: item.returnable() }).collect();
        let amount = taken.iter().map(|(item, quantity)| item.price.unwrap().0.fen() * quantity).sum();
        let refund = ReturnEffect::of(order.amounts.unwrap(), 1, fen(amount)).refund;
        let method = (!refund.is_zero()).then(|| "现金".to_owned());
        let created = returns::create(&mut self.desk, &NewReturn { order: order.id, lines, method, notes: None, refund })?;
        let back: Vec<_> = taken.iter().map(|(item, quantity)| format!("{}:{quantity}", item.product)).collect();
        Ok(format!("return {} of {} refund {} in {}", created.return_no, order.id, refund.fen(), back.join(" ")))
    }

    fn move_stock(&mut self) -> Result<String> {
        let goes = self.random.u32(0..4) == 0;
        let (kind, quantity) = if goes { (MovementType::Out, self.random.i64(1..=20)) } else { (MovementType::In, self.random.i64(1..=60)) };
        let product = ProductId(self.random.i64(1..=PRODUCTS));
        let outcome = stock::update(&mut self.desk, &StockChange { product, kind, quantity, notes: None })?;
        let by = if goes { -quantity } else { quantity };
        Ok(format!("moved {} to {} by {product}:{by}", outcome.movement, outcome.after))
    }

    /// One step of a stocktake of two products: begin, count, post.
    fn stocktake(&mut self) -> Result<String> {
        let Some((id, counted)) = self.stocktake.take() else {
            let scope = StocktakeScope::Products(vec![ProductId(1), ProductId(3)]);
            let id = stocktakes::create(&mut self.desk, &NewStocktake { scope, blind: false, notes: None })?;
            self.stocktake = Some((id, false));
            return Ok(format!("begun {id} lines 2"));
        };
        if !counted {
            let counts: Vec<_> = [1, 3].map(|product| (product, self.random.i64(50..=400))).to_vec();
            let given: Vec<_> =
                counts.iter().map(|(product, counted)| Count { product: ProductId(*product), counted: Some(*counted), seen: None }).collect();
            stocktakes::count(&mut self.desk, id, &given)?;
            self.stocktake = Some((id, true));
            return Ok(format!("counted {id} as {}", by_product(counts)));
        }
        let version = stocktakes::get(&self.desk, id)?.0.version;
        let lines = stocktakes::lines(&self.desk, id, &LineFilter::default(), &LinePage::first(LineSort::Sku, false))?.rows;
        stocktakes::post(&mut self.desk, id, version)?;
        let differing = lines.iter().map(|line| (line.product.0, line.difference.unwrap())).filter(|(_, difference)| *difference != 0);
        Ok(format!("posted {id} by {}", by_product(differing)))
    }

    fn import(&mut self) -> Result<String> {
        self.imports += 1;
        let mark = format!("M{}x{}", self.seed, self.imports);
        let rows = self.random.i64(5..=30);
        let (mut file, mut pieces) = ("sku,name,price,opening stock\n".to_owned(), 0);
        for row in 1..=rows {
            let opening = self.random.i64(1..=50);
            pieces += opening;
            file += &format!("{mark}-{row},导入 {row},1.50,{opening}\n");
        }
        imports::import(&mut self.desk, ImportKind::Products, file.as_bytes(), &ImportOptions::new("goods.csv"), |_, _| true)?;
        Ok(format!("imported {mark} rows {rows} pieces {pieces}"))
    }

    /// A quote, and the next time an order of it.
    fn quote(&mut self) -> Result<String> {
        if let Some((quote, lines)) = self.quote.take() {
            return self.create(NewOrder { quote: Some(quote), lines, ..new_order(CustomerId(2), &[]) });
        }
        let lines = self.lines();
        let created = quotes::create(&mut self.desk, &quote::NewQuote { lines: lines.clone(), ..new_quote(CustomerId(2), &[]) })?;
        let (total, told) = described(&lines);
        self.quote = Some((created.id, lines));
        Ok(format!("quote {} id {} total {total} lines {told}", created.quote_no, created.id))
    }
}

/// Total in fen and lines of a document, summed up here and not by the program.
fn described(lines: &[NewLine]) -> (i64, String) {
    let total = lines.iter().map(|line| line.quantity * line.unit_price.fen()).sum();
    let each = |line: &NewLine| format!("{}x{}@{}", line.product, line.quantity, line.unit_price.fen());
    (total, lines.iter().map(each).collect::<Vec<_>>().join(" "))
}

/// Runs in a process of its own.
#[test]
#[ignore = "a worker: started by the tests of crash and history"]
fn worker() {
    let Ok(path) = std::env::var(FILE) else { return };
    let seed: u64 = std::env::var(SEED).unwrap().parse().unwrap();
    let orders: usize = std::env::var(ORDERS).map_or(usize::MAX, |orders| orders.parse().unwrap());
    let mut desk = open(path.as_ref());
    auth::act_as(&mut desk, "admin").unwrap();
    let random = fastrand::Rng::with_seed(seed);
    let mut hand = Hand { desk, random, seed, last: 1, orders: 0, imports: 0, quote: None, stocktake: None };
    while hand.orders < orders {
        match hand.deed() {
            Ok(fact) => println!("told {fact}"),
            Err(error) => println!("refused {} {error:?}", error.code() as i32),
        }
    }
}

/// What a process has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Told(String),
    Refused { code: i32, text: String },
}

/// A running process, and what it says.
pub struct Running {
    pub child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Running {
    pub fn start(path: &Path, seed: u64, orders: Option<usize>) -> Running {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "hands::worker", "--ignored", "--nocapture", "--test-threads=1"]);
        command.env(FILE, path).env(SEED, seed.to_string()).env_remove(ORDERS).stdout(Stdio::piped()).stderr(Stdio::null());
        if let Some(orders) = orders {
            command.env(ORDERS, orders.to_string());
        }
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Running { child, lines }
    }
}

impl Iterator for Running {
    type Item = Said;

    /// The next thing it says, once it says it; what was in the pipe of a killed one too.
    fn next(&mut self) -> Option<Said> {
        loop {
            let line = self.lines.next()?.unwrap();
            if let Some((_, fact)) = line.split_once("told ") {
                return Some(Said::Told(fact.to_owned()));
            }
            if let Some((code, text)) = line.split_once("refused ").and_then(|(_, said)| said.split_once(' ')) {
                return Some(Said::Refused { code: code.parse().unwrap(), text: text.to_owned() });
            }
        }
    }
}
