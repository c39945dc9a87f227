//! The lines of a count sheet: read a page at a time as they come into view, a cell to type into, the keys, scanned codes.

use std::collections::BTreeMap;

use egui::{Id, Ui};

use super::unsaved::Unsaved;
use crate::i18n::fill;
use crate::models::list::Page;
use crate::models::product::{ProductRow, parse_whole};
use crate::models::stocktake::{Count, LineFilter, LinePage, LineSort, LineView, MOST_COUNTED, StocktakeLine};
use crate::models::{Error, ProductId, Result, StocktakeId};
use crate::services::{Desk, products, stocktakes};
use crate::ui::context::{Cached, Context};
use crate::ui::theme::Tone;
use crate::ui::widgets::input::select_all;
use crate::ui::widgets::toast::Toast;

/// Lines read at once.
const PAGE: usize = 100;
/// So many pages stay in memory.
const KEPT: usize = 12;
/// A figure of more digits is looked up as a code first.
const DIGITS: usize = 7;
/// Lengths of barcodes; where a figure was typed and not entered before the scan, it stands before the code.
const CODES: [usize; 3] = [13, 12, 14];

type Query = (StocktakeId, LineFilter, LineSort, bool, usize);

/// The line with the cell that is typed into.
#[derive(Default)]
pub(super) struct At {
    pub line: usize,
    /// None until the line is read.
    pub product: Option<ProductId>,
    pub typed: String,
    /// What stands in the file, or waits to be saved.
    pub stored: Option<i64>,
    pub moved: bool,
    /// What was typed is not a count.
    pub wrong: bool,
}

/// A product to go to, as scanned.
struct Jump {
    product: ProductId,
    name: String,
    /// It was put on the sheet for this.
    added: bool,
}

/// What the lines keep between frames.
#[derive(Default)]
pub struct Sheet {
    pub filter: LineFilter,
    pub sort: LineSort,
    pub descending: bool,
    pages: BTreeMap<usize, Cached<Query, Page<StocktakeLine>>>,
    pub(super) total: usize,
    pub(super) at: At,
    pub unsaved: Unsaved,
    jump: Option<Jump>,
    /// Give the cell the keyboard on the next frame.
    pub focus: bool,
    /// Bring the line into view on the next frame.
    pub(super) reveal: bool,
    /// Why the lines could not be read.
    pub(super) failure: Option<Error>,
    /// Enter came in the same frame as the letters before it (a scanner): they are taken first.
    pub(super) enter_after_typing: bool,
    /// Lines that fit the room, as last drawn.
    pub(super) fits: usize,
}

/// The cell's id: it stays the same on every line, so that the keyboard stays on it.
pub fn cell_id() -> Id {
    Id::unique("stocktake count")
}

impl Sheet {
    /// Another sheet, from its first line on.
    pub fn enter(&mut self) {
        *self = Sheet { focus: true, reveal: true, ..Sheet::default() };
    }

    /// Reads again on the next frame: F5.
    pub fn forget(&mut self) {
        self.pages.values_mut().for_each(Cached::forget);
    }

    /// Other lines, or another order: from the first one on.
    pub fn restart(&mut self) {
        self.at = At::default();
        self.reveal = true;
    }

    /// Whether something is typed that is no count yet.
    pub fn is_dirty(&self) -> bool {
        self.at.product.is_some() && self.at.typed.trim() != shown(self.at.stored)
    }

    /// The line at a place, read where it was not.
    pub(super) fn line(&mut self, cx: &Context<'_>, id: StocktakeId, line: usize) -> Option<&StocktakeLine> {
        let number = line / PAGE;
        let query = (id, self.filter.clone(), self.sort, self.descending, number);
        let page = self.pages.entry(number).or_default();
        let result = page.get(cx, &query, |desk, (id, filter, sort, descending, number)| {
            let page = u32::try_from(*number + 1).unwrap_or(u32::MAX);
            stocktakes::lines(desk, *id, filter, &LinePage { page, page_size: PAGE as u32, sort: *sort, descending: *descending })
        });
        match result {
            Ok(page) => {
                self.total = usize::try_from(page.total).unwrap_or(usize::MAX);
                self.failure = None;
                page.rows.get(line % PAGE)
            }
            Err(error) => {
                self.failure = Some(error.clone());
                None
            }
        }
    }

    /// Forgets pages that are far from the lines in view.
    pub(super) fn tidy(&mut self, first: usize) {
        let near = first / PAGE;
        if self.pages.len() > KEPT {
            self.pages.retain(|number, _| number.abs_diff(near) < KEPT / 2);
        }
    }

    /// Puts the cell on its product where lines came and went, and takes the figure from the file where nothing is typed.
    pub fn settle(&mut self, ui: &Ui, cx: &mut Context<'_>, id: StocktakeId) {
        self.go_on_jump(cx, id);
        let wanted = self.at.product;
        let line = self.at.line;
        let mut found = self.line(cx, id, line).cloned().map(|row| (line, row));
        if let Some(wanted) = wanted
            && found.as_ref().is_none_or(|(_, row)| row.product != wanted)
        {
            for near in [line.checked_sub(1), line.checked_add(1)].into_iter().flatten() {
                if let Some(row) = self.line(cx, id, near).filter(|row| row.product == wanted) {
                    found = Some((near, row.clone()));
                    break;
                }
            }
        }
        if found.is_none() && line > 0 && self.total > 0 && self.failure.is_none() {
            let last = line.min(self.total - 1);
            found = self.line(cx, id, last).cloned().map(|row| (last, row));
        }
        let Some((line, row)) = found else { return };
        let stored = self.unsaved.of(row.product).unwrap_or(row.counted);
        self.at.moved = row.moved;
        self.at.line = line;
        if wanted != Some(row.product) {
            self.at = At { line, product: Some(row.product), typed: shown(stored), stored, moved: row.moved, wrong: false };
            select_all(ui, cell_id(), &self.at.typed);
        } else if stored != self.at.stored && !self.is_dirty() {
            self.at.typed = shown(stored);
            self.at.stored = stored;
        }
    }

    /// Takes what is typed as a count; false where it is none.
    pub fn commit(&mut self) -> bool {
        let Some(product) = self.at.product.filter(|_| self.is_dirty()) else { return true };
        let Some(counted) = parsed(&self.at.typed) else {
            self.at.wrong = true;
            return false;
        };
        self.at.wrong = false;
        let seen = std::mem::replace(&mut self.at.stored, counted);
        self.at.typed = shown(counted);
        self.unsaved.put(Count { product, counted, seen });
        true
    }

    /// What is typed goes back to what stands in the file.
    pub fn revert(&mut self, ui: &Ui) {
        self.at.typed = shown(self.at.stored);
        self.at.wrong = false;
        select_all(ui, cell_id(), &self.at.typed);
    }

    /// Enter: a scanned code goes to its product; a figure is taken, and the next line is due. A line whose stock moved is counted
    /// again by the same figure too.
    pub(super) fn submit(&mut self, ui: &Ui, cx: &mut Context<'_>, id: StocktakeId) {
        let text = self.at.typed.trim().to_owned();
        if self.is_dirty() && may_be_code(&text) && self.scanned(ui, cx, &text) {
            return;
        }
        if let Some(product) = self.at.product.filter(|_| self.at.moved && !self.is_dirty()) {
            self.unsaved.put(Count { product, counted: self.at.stored, seen: self.at.stored });
        } else if !self.commit() {
            return;
        }
        self.step(ui, cx, id, 1);
    }

    /// Goes so many lines on or back; what is typed is taken first.
    pub(super) fn step(&mut self, ui: &Ui, cx: &Context<'_>, id: StocktakeId, lines: isize) {
        if !self.commit() {
            return;
        }
        let to = self.at.line.saturating_add_signed(lines).min(self.total.saturating_sub(1));
        self.go(ui, cx, id, to);
    }

    /// Puts the cell on a line.
    pub(super) fn go(&mut self, ui: &Ui, cx: &Context<'_>, id: StocktakeId, to: usize) {
        self.reveal = true;
        let row = self.line(cx, id, to).map(|row| (row.product, row.counted, row.moved));
        let Some((product, counted, moved)) = row else { return };
        let stored = self.unsaved.of(product).unwrap_or(counted);
        self.at = At { line: to, product: Some(product), typed: shown(stored), stored, moved, wrong: false };
        select_all(ui, cell_id(), &self.at.typed);
    }

    /// Looks a code up; true where the text was one, or cannot be a count.
    fn scanned(&mut self, ui: &Ui, cx: &mut Context<'_>, text: &str) -> bool {
        match of_code(cx.desk, text) {
            Ok(Some(product)) => {
                self.revert(ui);
                self.jump_to(&product);
                return true;
            }
            Ok(None) => {}
            Err(error) => {
                cx.report(&error);
                return true;
            }
        }
        for (figure, code) in CODES.iter().filter_map(|length| split(text, *length)) {
            if let Ok(Some(product)) = products::scan(cx.desk, code) {
                figure.clone_into(&mut self.at.typed);
                if self.commit() {
                    self.jump_to(&product);
                }
                return true;
            }
        }
        if parsed(text).is_some() {
            return false;
        }
        self.at.wrong = true;
        cx.toasts.push(Toast::new(Tone::Warn, fill(cx.t.stocktakes.unknown_code, &[&text])));
        select_all(ui, cell_id(), &self.at.typed);
        true
    }

    /// Goes to a product's line, which is added where there is none.
    pub fn jump_to(&mut self, product: &ProductRow) {
        self.jump = Some(Jump { product: product.id, name: product.name.clone(), added: false });
    }

    fn go_on_jump(&mut self, cx: &mut Context<'_>, id: StocktakeId) {
        let Some(jump) = self.jump.as_ref().filter(|jump| self.unsaved.of(jump.product).is_none()) else { return };
        let product = jump.product;
        match stocktakes::place(cx.desk, id, product) {
            Ok(Some(line)) => {
                self.jump = None;
                self.filter = LineFilter::default();
                (self.sort, self.descending) = (LineSort::Sku, false);
                self.at = At { line: usize::try_from(line).unwrap_or(0), ..At::default() };
                (self.reveal, self.focus) = (true, true);
            }
            Ok(None) if !jump.added => {
                cx.toasts.push(Toast::new(Tone::Info, fill(cx.t.stocktakes.added, &[&jump.name])));
                self.unsaved.put(Count { product, counted: None, seen: None });
                self.jump = self.jump.take().map(|jump| Jump { added: true, ..jump });
            }
            Err(Error::Busy) => (cx.wake)(),
            Ok(None) => self.jump = None,
            Err(error) => {
                self.jump = None;
                cx.report(&error);
            }
        }
    }

    /// Shows the lines whose stock moved.
    pub fn show_moved(&mut self) {
        self.filter = LineFilter { view: LineView::Moved, ..LineFilter::default() };
        self.restart();
        self.focus = true;
    }
}

/// The product of a barcode or a SKU; typed by hand a SKU may be in small letters.
pub fn of_code(desk: &Desk, code: &str) -> Result<Option<ProductRow>> {
    if let Some(product) = products::scan(desk, code)? {
        return Ok(Some(product));
    }
    Ok(products::find(desk, code, 20)?.into_iter().find(|product| product.sku.eq_ignore_ascii_case(code)))
}

fn shown(counted: Option<i64>) -> String {
    counted.map(|counted| counted.to_string()).unwrap_or_default()
}

/// A count as typed: nothing takes it back.
fn parsed(text: &str) -> Option<Option<i64>> {
    if text.trim().is_empty() {
        return Some(None);
    }
    parse_whole(text).ok().filter(|counted| (0..=MOST_COUNTED).contains(counted)).map(Some)
}

fn may_be_code(text: &str) -> bool {
    !text.is_empty() && (parsed(text).is_none() || text.chars().count() > DIGITS)
}

/// A figure and the barcode of so many digits after it.
fn split(text: &str, length: usize) -> Option<(&str, &str)> {
    let digits = text.len().checked_sub(length).filter(|digits| (1..=DIGITS).contains(digits))?;
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.split_at(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_codes_are_told_apart() {
        assert_eq!(
            (parsed(" 1,280 "), parsed(""), parsed("-1"), parsed("2.5"), parsed("1000000001")),
            (Some(Some(1280)), Some(None), None, None, None)
        );
        let codes = ["WJ-LS-M8", "6901234567892", "96385074"].map(may_be_code);
        assert_eq!((codes, may_be_code("1280"), may_be_code("1,280"), may_be_code("")), ([true; 3], false, false, false));
        assert_eq!(split("126901234567892", 13), Some(("12", "6901234567892")));
        assert_eq!((split("6901234567892", 13), split("A26901234567892", 13), split("123456789", 13)), (None, None, None));
    }
}
