//! Counts that were entered and are not in the file yet: tried again while another terminal holds the lock, never dropped for it.

use egui::Ui;

use crate::models::error::Refusal;
use crate::models::stocktake::Count;
use crate::models::{Error, ProductId, StocktakeId};
use crate::services::stocktakes;
use crate::ui::context::Context;

/// Seconds until a save is tried again that found the file busy, and one that failed for another reason.
const BUSY: f64 = 0.2;
const FAILED: f64 = 3.0;

/// The counts in the order they were entered, one for each product.
#[derive(Default)]
pub struct Unsaved {
    counts: Vec<Count>,
    /// Not tried before this time.
    not_before: f64,
    /// Why the last try failed, where the file was not just busy.
    pub failure: Option<Error>,
}

impl Unsaved {
    /// Takes a count; one of the same product that still waits is replaced.
    pub fn put(&mut self, count: Count) {
        // What the file says was seen before the one that still waits.
        let seen = self.counts.iter().find(|waiting| waiting.product == count.product).map_or(count.seen, |waiting| waiting.seen);
        let count = Count { seen, ..count };
        self.counts.retain(|waiting| waiting.product != count.product);
        self.counts.push(count);
    }

    /// The figure that waits for a product; the inner `None` takes a count back.
    pub fn of(&self, product: ProductId) -> Option<Option<i64>> {
        self.counts.iter().find(|count| count.product == product).map(|count| count.counted)
    }

    pub fn len(&self) -> usize {
        self.counts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Saves what waits, one count after the other; a later frame goes on where the file is busy.
    pub fn save(&mut self, ui: &Ui, cx: &mut Context<'_>, id: StocktakeId) {
        let now = ui.input(|input| input.time);
        if self.counts.is_empty() {
            return;
        }
        if now < self.not_before {
            ui.request_repaint_after_secs((self.not_before - now) as f32);
            return;
        }
        while let Some(count) = self.counts.first() {
            match stocktakes::count(cx.desk, id, &[*count]) {
                Ok(()) => {
                    self.failure = None;
                    self.counts.remove(0);
                }
                Err(Error::Busy) => {
                    self.not_before = now + BUSY;
                    break;
                }
                // These will not be otherwise later.
                Err(
                    error @ (Error::Refused(Refusal::StocktakeClosed | Refusal::CountedMeanwhile { .. })
                    | Error::NotFound(_)
                    | Error::Fields(_)
                    | Error::Denied { .. }),
                ) => {
                    cx.report(&error);
                    self.counts.remove(0);
                }
                Err(error) => {
                    self.failure = Some(error);
                    self.not_before = now + FAILED;
                    break;
                }
            }
        }
        ui.request_repaint_after_secs((self.not_before - now).max(0.0) as f32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_figure_of_a_product_waits() {
        let mut unsaved = Unsaved::default();
        let count = |product, counted| Count { product: ProductId(product), counted, seen: None };
        for entered in [count(1, Some(5)), count(2, Some(7)), count(1, None)] {
            unsaved.put(entered);
        }
        assert_eq!(unsaved.len(), 2);
        assert_eq!((unsaved.of(ProductId(1)), unsaved.of(ProductId(2)), unsaved.of(ProductId(3))), (Some(None), Some(Some(7)), None));
    }
}
