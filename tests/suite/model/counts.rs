//! The model's stocktakes (rulings §5): a count is void once its product moved.

use zhanggui::models::choice::{Entity, Module};
use zhanggui::models::error::Refusal;
use zhanggui::models::rights::Verb;
use zhanggui::models::stocktake::StocktakeStatus;
use zhanggui::models::*;

use super::shop::{Shop, Told, UNIT, conflict, name};

#[derive(Clone, Debug)]
pub struct Sheet {
    pub number: String,
    pub status: StocktakeStatus,
    pub lines: Vec<SheetLine>,
}

#[derive(Clone, Debug)]
pub struct SheetLine {
    pub product: usize,
    /// What was counted, and the stock at that moment.
    pub count: Option<(i64, i64)>,
    pub moved: bool,
}

impl SheetLine {
    fn new(product: usize) -> SheetLine {
        SheetLine { product, count: None, moved: false }
    }
}

impl Sheet {
    pub fn is_open(&self) -> bool {
        self.status == StocktakeStatus::Open
    }

    pub fn counted(&self, product: usize) -> Option<i64> {
        self.lines.iter().find(|line| line.product == product).and_then(|line| line.count).map(|(counted, _)| counted)
    }
}

impl Shop {
    /// A sheet of one product, or of all active ones.
    pub fn begin(&mut self, only: Option<usize>) -> Result<Told> {
        self.need(Module::Inventory, Verb::Update)?;
        let mut products: Vec<usize> = match only {
            Some(product) if self.products[product].gone => return Err(Error::NotFound(Entity::Product)),
            Some(product) => vec![product],
            None => (0..self.products.len()).filter(|at| self.products[*at].active).collect(),
        };
        if products.is_empty() {
            return Err(Error::field(Field::Product, Problem::Required));
        }
        products.sort_by_key(|product| format!("P{product}"));
        let number = self.number('S');
        let lines = products.into_iter().map(SheetLine::new).collect();
        self.sheets.push(Sheet { number, status: StocktakeStatus::Open, lines });
        Ok(Told::Done)
    }

    fn open(&mut self, sheet: usize) -> Result<&mut Sheet> {
        self.need(Module::Inventory, Verb::Update)?;
        let sheet = &mut self.sheets[sheet];
        if sheet.is_open() { Ok(sheet) } else { Err(Refusal::StocktakeClosed.into()) }
    }

    pub fn count(&mut self, sheet: usize, product: usize, counted: Option<i64>, seen: Option<i64>) -> Result<Told> {
        let (stock, gone) = (self.products[product].stock, self.products[product].gone);
        let sheet = self.open(sheet)?;
        if gone {
            return Err(Error::NotFound(Entity::Product));
        }
        let stands = sheet.counted(product);
        if stands != seen && stands != counted {
            return Err(Refusal::CountedMeanwhile { name: name(product), unit: UNIT.into(), counted: stands }.into());
        }
        if !sheet.lines.iter().any(|line| line.product == product) {
            sheet.lines.push(SheetLine::new(product));
        }
        for line in sheet.lines.iter_mut().filter(|line| line.product == product) {
            line.count = counted.map(|counted| (counted, stock));
            line.moved = false;
        }
        Ok(Told::Done)
    }

    pub fn post(&mut self, sheet: usize, stale: bool) -> Result<Told> {
        let lines = self.open(sheet)?.lines.clone();
        if stale {
            return Err(conflict(Entity::Stocktake));
        }
        let counted: Vec<_> = lines.iter().filter_map(|line| Some((line, line.count?))).collect();
        if counted.is_empty() {
            return Err(Refusal::NothingCounted.into());
        }
        let mut moved = counted.iter().filter(|(line, _)| line.moved);
        if let Some((SheetLine { product, .. }, (_, was))) = moved.next() {
            let (name, now, lines) = (name(*product), self.products[*product].stock, 1 + moved.count());
            return Err(Refusal::StockMoved { name, unit: UNIT.into(), was: *was, now, lines }.into());
        }
        self.sheets[sheet].status = StocktakeStatus::Posted;
        let off: Vec<_> = counted.into_iter().filter(|(_, (counted, base))| counted != base).collect();
        for (line, (counted, base)) in &off {
            self.move_stock(line.product, counted - base)?;
        }
        Ok(Told::Posted(off.len() as i64))
    }

    pub fn discard(&mut self, sheet: usize) -> Result<Told> {
        self.open(sheet)?.status = StocktakeStatus::Discarded;
        Ok(Told::Done)
    }

    /// Stock of a product moved: what was counted of it on open sheets is void.
    pub fn void_counts(&mut self, product: usize) {
        let open = self.sheets.iter_mut().filter(|sheet| sheet.is_open());
        for line in open.flat_map(|sheet| &mut sheet.lines).filter(|line| line.product == product && line.count.is_some()) {
            line.moved = true;
        }
    }

    pub fn is_on_a_sheet(&self, product: usize) -> bool {
        self.sheets.iter().any(|sheet| sheet.lines.iter().any(|line| line.product == product))
    }
}
