//! The lines of quotes and orders under edit: the grid, and what the file says about their products, read again only where either changed.

mod grid;

use std::collections::{HashMap, HashSet};

use egui::Ui;

use crate::models::choice::Module;
use crate::models::error::FieldErrors;
use crate::models::line::LineDraft;
use crate::models::product::{Product, ProductRow};
use crate::models::rights::Verb;
use crate::models::{CustomerId, Error, Money, ProductId};
use crate::services::{Revision, products};
use crate::ui::context::Context;

pub use grid::{Cell, matched};
use grid::{Grid, Known};

/// By line: available and missing pieces.
pub type Shortages = HashMap<usize, (i64, i64)>;

/// The lines' state beside what is typed.
#[derive(Default)]
pub struct LineSheet {
    grid: Grid,
    shelves: HashMap<ProductId, ProductRow>,
    last_prices: HashMap<ProductId, Money>,
    /// What the products below were read for.
    read_for: Option<(Revision, Option<CustomerId>)>,
    /// Products whose shelf and price are of this revision and customer.
    current: HashSet<ProductId>,
}

impl LineSheet {
    /// Gives a cell the keyboard on the next frame.
    pub fn focus(&mut self, cell: Cell) {
        self.grid.focus = Some(cell);
    }

    /// Stock and last prices of the products in the lines. A line more reads one product; a frame without news reads nothing.
    pub fn read(&mut self, cx: &Context<'_>, customer: Option<CustomerId>, lines: &[LineDraft]) {
        let now = Some((cx.revision, customer));
        if self.read_for != now {
            self.read_for = now;
            self.current.clear();
        }
        let (stock, sales) = (cx.may(Module::Inventory, Verb::View), cx.may(Module::Sales, Verb::View));
        for product in lines.iter().filter_map(|line| line.product) {
            if self.current.contains(&product) {
                continue;
            }
            let shelf = if stock { products::get(cx.desk, product).map(Some) } else { Ok(None) };
            let price = customer.filter(|_| sales).map_or(Ok(None), |customer| products::last_price(cx.desk, customer, product));
            if shelf == Err(Error::Busy) || price == Err(Error::Busy) {
                // The old ones stay; asked again on the next frame.
                return (cx.wake)();
            }
            put(&mut self.shelves, product, shelf.ok().flatten().map(Product::into_row));
            put(&mut self.last_prices, product, price.ok().flatten());
            self.current.insert(product);
        }
    }

    /// What each line lacks, for the lines of a product after its stock is used up; `own` pieces count as available too.
    pub fn shortages(&self, lines: &[LineDraft], own: &HashMap<ProductId, i64>) -> Shortages {
        let mut left: HashMap<ProductId, i64> = HashMap::new();
        let mut found = HashMap::new();
        for (at, line) in lines.iter().enumerate() {
            let (Some(product), Some(wanted)) = (line.product, line.pieces()) else { continue };
            let Some(shelf) = self.shelves.get(&product) else { continue };
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
        let known = Known { shelves: &self.shelves, last_prices: &self.last_prices, shortages };
        self.grid.ui(ui, cx, lines, errors, &known);
    }
}

/// Puts a value, or takes the old one away.
fn put<T>(map: &mut HashMap<ProductId, T>, product: ProductId, value: Option<T>) {
    match value {
        Some(value) => map.insert(product, value),
        None => map.remove(&product),
    };
}
