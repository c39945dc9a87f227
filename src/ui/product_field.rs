//! A product chosen by SKU, name, pinyin or a scanned code, with its stock beside it: for dialogs that begin without one.

use egui::{Key, Rect, Ui};

use crate::models::money::quantity;
use crate::models::product::ProductRow;
use crate::models::search::words;
use crate::services::products;
use crate::ui::context::{Cached, Context};
use crate::ui::icons;
use crate::ui::lines::matched;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::input::InputOptions;
use crate::ui::widgets::paint;
use crate::ui::widgets::picker::{PickerOptions, PickerRows, highlight, paint_job, picker};

/// Room for the stock at the right of a row.
const STOCK: f32 = 96.0;

/// The field's state.
#[derive(Default)]
pub struct ProductField {
    query: String,
    found: Cached<String, Vec<ProductRow>>,
    /// Enter came in the same frame as the last letters (a scanner): the first match is taken once it is found.
    take_first: bool,
}

impl ProductField {
    /// Whether anything was typed.
    pub fn is_dirty(&self) -> bool {
        !self.query.trim().is_empty()
    }

    /// The field; the product that was just chosen. `focus`: it takes the keyboard.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Context<'_>, focus: bool) -> Option<ProductRow> {
        let asked = self.query.trim().to_owned();
        let found = self.found.get(cx, &asked, |desk, query| products::find(desk, query, 20)).as_deref().unwrap_or_default();
        let words = words(&asked);
        let options = PickerOptions {
            input: InputOptions { hint: cx.t.products.search_hint, icon: Some(icons::MAGNIFYING_GLASS), ..Default::default() },
            ..Default::default()
        };
        let rows = PickerRows {
            count: found.len(),
            head: None::<fn(&mut Ui, Rect)>,
            label: |at: usize| format!("{} {}", found[at].sku, found[at].name),
            draw: |ui: &mut Ui, rect: Rect, at: usize| {
                let (p, row) = (palette(ui), &found[at]);
                let text = match &row.specification {
                    Some(specification) => format!("{}  {specification}", row.name),
                    None => row.name.clone(),
                };
                paint_job(ui, rect.with_max_x(rect.right() - STOCK), highlight(p, &text, &matched(&text, &words)));
                paint::text_right(ui, rect, &format!("{} {}", quantity(row.stock), row.unit), theme::font(size::TEXT_BODY), p.text_2);
            },
        };
        let out = picker(ui, cx.t, "product", &mut self.query, options, rows);
        if focus {
            out.input.request_focus();
        }
        let mut taken = out.taken;
        if self.take_first && !out.changed {
            self.take_first = false;
            let code = asked.to_lowercase();
            let is = |text: Option<&str>| text.is_some_and(|text| text.to_lowercase() == code);
            let exact = found.iter().position(|row| is(row.barcode.as_deref()) || is(Some(&row.sku)));
            taken = exact.or((!found.is_empty()).then_some(0));
        } else if taken.is_none() && out.changed && ui.input(|input| input.key_pressed(Key::Enter)) {
            self.take_first = true;
            ui.request_repaint();
        }
        taken.and_then(|at| found.get(at)).cloned()
    }
}
