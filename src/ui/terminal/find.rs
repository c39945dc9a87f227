//! Finding a product without a scanner: what it is called, typed on the screen's own keys; a touch shows it.

use egui::{Align2, Key, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::keyboard::{Keyboard, Pressed, typed_keys};
use super::target::{Target, text};
use crate::models::product::ProductRow;
use crate::services::products;
use crate::ui::context::{Cached, Context};
use crate::ui::icons;
use crate::ui::theme::{palette, size, terminal};

/// The search's state.
#[derive(Default)]
pub struct Find {
    typed: String,
    keyboard: Keyboard,
    found: Cached<(String, u32), Vec<ProductRow>>,
}

/// How it ended.
pub enum Outcome {
    /// The SKU that was touched.
    Chosen(String),
    Closed,
}

impl Find {
    /// Opens on a code that nobody knows, or on nothing.
    pub fn of(typed: String) -> Find {
        Find { typed, ..Find::default() }
    }

    /// Draws it over everything below the header; `Some` once it is over.
    pub fn ui(&mut self, ui: &Ui, cx: &Context<'_>, room: Rect) -> Option<Outcome> {
        let (t, p) = (&cx.t.terminal, palette(ui));
        let mut outcome = None;
        let field = room.with_max_y(room.top() + terminal::SCAN);
        ui.painter().rect(field, size::RADIUS_LARGE, p.surface, Stroke::new(2.0, p.focus), StrokeKind::Inside);
        let (shown, color) = if self.typed.is_empty() { (t.find_hint, p.placeholder) } else { (self.typed.as_str(), p.text) };
        text(ui, field.shrink2(vec2(20.0, 0.0)), shown, terminal::TEXT_LARGE, color, Align2::LEFT_CENTER);
        let back = Rect::from_min_size(pos2(field.right() - 128.0, field.top() + 8.0), vec2(120.0, terminal::TARGET));
        if Target::new(cx.t.common.back).icon(icons::X).show(ui, back, "find back").clicked() {
            outcome = Some(Outcome::Closed);
        }
        let board = room.with_min_y(room.bottom() - 5.0 * (terminal::TARGET + 4.0) - 4.0 * terminal::GAP);
        let list = Rect::from_min_max(pos2(room.left(), field.bottom() + terminal::GAP), pos2(room.right(), board.top() - terminal::GAP));
        let step = terminal::TARGET + terminal::GAP;
        let most = (((list.height() + terminal::GAP) / step).max(1.0) as u32) * 2;
        let asked = (self.typed.trim().to_owned(), most);
        let found = self.found.get(cx, &asked, |desk, (query, most)| products::find(desk, query, *most));
        match found {
            Ok(rows) => {
                for (at, row) in rows.iter().enumerate() {
                    let width = (list.width() - terminal::GAP) / 2.0;
                    let corner = pos2(list.left() + (at % 2) as f32 * (width + terminal::GAP), list.top() + (at / 2) as f32 * step);
                    let place = Rect::from_min_size(corner, vec2(width, terminal::TARGET));
                    let name = super::named(&row.name, row.specification.as_deref());
                    let stock = format!("{} · {} {}", row.sku, row.stock, row.unit);
                    if Target::new(&name).more(&stock).show(ui, place, ("found", row.id.0)).clicked() {
                        outcome = Some(Outcome::Chosen(row.sku.clone()));
                    }
                }
                if rows.is_empty() {
                    text(ui, list.with_max_y(list.top() + terminal::TARGET), t.nothing_found, terminal::TEXT, p.text_2, Align2::LEFT_CENTER);
                }
            }
            Err(error) => {
                let sentence = cx.lang.sentence(error);
                text(ui, list.with_max_y(list.top() + terminal::TARGET), &sentence, terminal::TEXT, p.danger.fg, Align2::LEFT_CENTER);
            }
        }
        let first = self.found.last().and_then(|rows| rows.first()).map(|row| row.sku.clone());
        let mut pressed: Vec<Pressed> = self.keyboard.ui(ui, cx.t, board, t.find).into_iter().collect();
        pressed.extend(typed_keys(ui));
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            outcome = Some(Outcome::Closed);
        }
        for key in pressed {
            match key {
                Pressed::Enter => outcome = first.clone().map(Outcome::Chosen).or(outcome),
                other => {
                    other.apply(&mut self.typed);
                    ui.request_repaint();
                }
            }
        }
        outcome
    }
}
