//! The lines of quotes and orders under edit: the grid, and what the file says about their products, read again only where either changed.

mod grid;

use std::collections::HashMap;

use egui::Ui;

use crate::models::error::FieldErrors;
use crate::models::line::LineDraft;
use crate::models::product::ProductRow;
use crate::models::{CustomerId, Money, ProductId};
use crate::services::products;
use crate::ui::context::{Cached, Context};

pub use grid::{Cell, matched};
use grid::{Grid, Known};

/// By line: available and missing pieces.
pub type Shortages = HashMap<usize, (i64, i64)>;

/// The lines' state beside what is typed.
#[derive(Default)]
pub struct LineSheet {
    grid: Grid,
    shelves: Cached<Vec<ProductId>, HashMap<ProductId, ProductRow>>,
    last_prices: Cached<(Option<CustomerId>, Vec<ProductId>), HashMap<ProductId, Money>>,
}

impl LineSheet {
    /// Gives a cell the keyboard on the next frame.
    pub fn focus(&mut self, cell: Cell) {
        self.grid.focus = Some(cell);
    }

    /// Stock and last prices of the products in the lines.
    pub fn read(&mut self, cx: &Context<'_>, customer: Option<CustomerId>, lines: &[LineDraft]) {
        let mut ids: Vec<ProductId> = lines.iter().filter_map(|line| line.product).collect();
        ids.sort();
        ids.dedup();
        let _ = self.shelves.get(cx, &ids, |desk, ids| {
            let mut shelves = HashMap::new();
            for id in ids {
                shelves.insert(*id, products::get(desk, *id)?.into_row());
            }
            Ok(shelves)
        });
        let _ = self.last_prices.get(cx, &(customer, ids), |desk, (customer, ids)| {
            let mut prices = HashMap::new();
            let Some(customer) = customer else { return Ok(prices) };
            for id in ids {
                if let Some(price) = products::last_price(desk, *customer, *id)? {
                    prices.insert(*id, price);
                }
            }
            Ok(prices)
        });
    }

    /// What each line lacks, for the lines of a product after its stock is used up; `own` pieces count as available too.
    pub fn shortages(&self, lines: &[LineDraft], own: &HashMap<ProductId, i64>) -> Shortages {
        let mut left: HashMap<ProductId, i64> = HashMap::new();
        let mut found = HashMap::new();
        let Some(shelves) = self.shelves.last() else { return found };
        for (at, line) in lines.iter().enumerate() {
            let (Some(product), Some(wanted)) = (line.product, line.pieces()) else { continue };
            let Some(shelf) = shelves.get(&product) else { continue };
            let own = own.get(&product).copied().unwrap_or(0);
            let left = left.entry(product).or_insert((shelf.available() + own).max(0));
            if wanted > *left {
                found.insert(at, (*left, wanted - *left));
                *left = 0;
            } else {
                *left -= wanted;
            }
        }
        found
    }

    /// Draws the grid.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, lines: &mut Vec<LineDraft>, errors: &mut FieldErrors, shortages: &Shortages) {
        let (no_shelves, no_prices) = (HashMap::new(), HashMap::new());
        let known =
            Known { shelves: self.shelves.last().unwrap_or(&no_shelves), last_prices: self.last_prices.last().unwrap_or(&no_prices), shortages };
        self.grid.ui(ui, cx, lines, errors, &known);
    }
}
