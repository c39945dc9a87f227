//! Stocktakes of the demo company: two that were posted while the days passed, and one of today that is half counted.

use super::{World, time};
use crate::database::Connection;
use crate::models::choice::ReferenceType;
use crate::models::stocktake::{NewStocktake, StocktakeScope, StocktakeStatus};
use crate::models::{Day, Result, StocktakeId, Timestamp};
use crate::repositories as repo;
use crate::repositories::counters::{Series, number};
use crate::repositories::demo::Moved;

/// Days before today on which a category was counted and posted.
const POSTED: [i64; 2] = [58, 27];
/// Every so many lines some pieces are missing, and some are found; the others agree.
const MISSING: usize = 7;
const FOUND: usize = 11;

impl World {
    /// Before anything else moves on the day: counts a category and posts it, where it is such a day.
    pub fn stocktake_of_the_day(&mut self, tx: &Connection) -> Result<()> {
        let Some(nth) = POSTED.iter().position(|days| self.today.plus_days(-days) == self.day) else { return Ok(()) };
        let at = self.day.at(time(0), self.zone);
        let (id, stocktake_no, lines) = self.begin_stocktake(tx, nth, self.day, at)?;
        let by = self.users[3];
        for (line, chosen) in lines.into_iter().enumerate() {
            let goods = &mut self.goods[chosen];
            let difference = match line {
                line if line % MISSING == 1 => -(1 + line as i64 % 3).min(goods.stock),
                line if line % FOUND == 5 => 2,
                _ => 0,
            };
            repo::stocktakes::count(tx, id, goods.id, goods.stock + difference, goods.stock, by, at)?;
            if difference != 0 {
                goods.stock += difference;
                let reference = Some((ReferenceType::Stocktake, id.0));
                let moved = Moved { product: goods.id, quantity: difference, stock_after: goods.stock, reference, by, at };
                repo::demo::adjustment(tx, &moved, &stocktake_no)?;
            }
        }
        repo::stocktakes::close(tx, id, StocktakeStatus::Posted, by, at)
    }

    /// The stocktake of today: the first half of it is counted.
    pub fn open_stocktake(&mut self, tx: &Connection) -> Result<()> {
        let at = self.today.at(time(0), self.zone).min(self.now);
        let (id, _, lines) = self.begin_stocktake(tx, POSTED.len(), self.today, at)?;
        for (line, chosen) in lines.iter().take(lines.len().div_ceil(2)).enumerate() {
            let goods = &self.goods[*chosen];
            let missing = if line % MISSING == 1 { 1.min(goods.stock) } else { 0 };
            repo::stocktakes::count(tx, id, goods.id, goods.stock - missing, goods.stock, self.users[3], self.now)?;
        }
        Ok(())
    }

    /// A sheet of the n-th category: its number, and the goods on it by their place.
    fn begin_stocktake(&self, tx: &Connection, nth: usize, day: Day, at: Timestamp) -> Result<(StocktakeId, String, Vec<usize>)> {
        let mut categories: Vec<&str> = Vec::new();
        for goods in &self.goods {
            if !categories.contains(&goods.category.as_str()) {
                categories.push(&goods.category);
            }
        }
        let category = categories.get(nth % categories.len().max(1)).copied().unwrap_or_default();
        repo::counters::take(tx, Series::Stocktake, day, 1)?;
        let stocktake_no = number(&repo::config::load(tx)?.stocktake_prefix, day, 1);
        let new = NewStocktake { scope: StocktakeScope::Category(category.to_owned()), blind: false, notes: None };
        let id = repo::stocktakes::insert(tx, &stocktake_no, &new, self.users[3], at)?;
        let lines: Vec<usize> = (0..self.goods.len()).filter(|chosen| self.goods[*chosen].category == category).collect();
        for chosen in &lines {
            repo::stocktakes::add_line(tx, id, self.goods[*chosen].id)?;
        }
        Ok((id, stocktake_no, lines))
    }
}
