//! The newest movements below the product list: of all products or of the selected one.

use std::cell::Cell;

use egui::Ui;

use crate::i18n::fill;
use crate::models::ProductId;
use crate::models::choice::{Module, MovementType};
use crate::models::list::BothWays;
use crate::models::rights::Verb;
use crate::models::stock::{MovementFilter, MovementPage, MovementRow, MovementSort};
use crate::services::stock;
use crate::ui::context::{Cached, Context};
use crate::ui::dense::Dense;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::stock_records::*;
use crate::ui::theme::{Tone, size};
use crate::ui::widgets::banner::Banner;
use crate::ui::widgets::empty::Empty;
use crate::ui::widgets::page;
use crate::ui::widgets::table::{List, ListOptions, ListState, Phase};

/// So many are shown.
const NEWEST: u32 = 50;

/// What stays between frames.
pub struct Movements {
    pub only_selected: bool,
    pub kind: Option<MovementType>,
    rows: Cached<MovementFilter, BothWays<MovementRow>>,
    list: ListState<MovementSort>,
}

impl Default for Movements {
    fn default() -> Self {
        Movements { only_selected: false, kind: None, rows: Cached::default(), list: ListState::new(MovementSort::Time, true) }
    }
}

const COLUMNS: &[MovementColumn] = &[TIME, KIND, PRODUCT, CHANGE, STOCK_CHANGE, SOURCE_AND_NOTES, PERSON];

impl Movements {
    /// Reads again on the next frame.
    pub fn forget(&mut self) {
        self.rows.forget();
    }

    /// Draws the list into the room given.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, selected: Option<ProductId>) {
        let t = &cx.t.products;
        let product = if self.only_selected { selected } else { None };
        let filter = MovementFilter { product, kind: self.kind, ..Default::default() };
        let result = self.rows.get(cx, &filter, |desk, filter| {
            let page = MovementPage { page_size: NEWEST, ..MovementPage::first(MovementSort::Time, true) };
            Ok(BothWays::of(stock::movements(desk, filter, &page)?.rows))
        });
        let (mut title, mut body) = (String::new(), String::new());
        if let Err(error) = result {
            title = fill(t.movements_failed, &[&(error.code() as i32)]);
            body = cx.lang.sentence(error);
        }
        let rows = result.as_ref().map(|rows| rows.sorted(self.list.descending)).unwrap_or_default();
        let unchosen = self.only_selected && selected.is_none();
        let rows = if unchosen { &[] } else { rows };
        let phase = match result {
            Err(_) => Phase::Failed(Banner::new(Tone::Danger, &title, &body).button(cx.t.common.retry, Some(icons::ARROW_CLOCKWISE))),
            Ok(_) if rows.is_empty() => Phase::Empty(Empty {
                icon: icons::ARROWS_DOWN_UP,
                headline: if unchosen { t.choose_first } else { t.no_movements },
                sentence: if unchosen { "" } else { t.no_movements_more },
                ..Default::default()
            }),
            Ok(_) => Phase::Ready,
        };
        let dense = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
        let cells = Cells { dense, sees_orders: cx.may(Module::Sales, Verb::View), pressed: Cell::new(None) };
        let list = List {
            columns: COLUMNS,
            rows,
            key: |row| row.id.0,
            label,
            data: &cells,
            phase,
            options: ListOptions { padding: page::padding(ui), row_height: size::ROW_SECONDARY, ..Default::default() },
        };
        let out = list.show(ui, cx.t, "movements", &mut self.list);
        let opened = out.opened.and_then(|index| rows.get(index)).filter(|_| cells.sees_orders).and_then(MovementRow::order);
        if let Some(order) = cells.pressed.take().or(opened) {
            cx.go = Some(Route::Order(order));
        }
        if out.action {
            self.rows.forget();
        }
        if out.action || out.sort_changed {
            ui.request_repaint();
        }
    }
}
