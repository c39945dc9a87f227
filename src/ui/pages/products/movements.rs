//! The newest movements below the product list: of all products or of the selected one.

use std::cell::Cell;

use egui::{Align, Frame, Margin, Stroke, Ui};

use crate::i18n::fill;
use crate::models::choice::{Module, MovementType, ReferenceType};
use crate::models::list::Page;
use crate::models::money::quantity;
use crate::models::rights::Verb;
use crate::models::stock::{MovementFilter, MovementPage, MovementRow, MovementSort};
use crate::models::{OrderId, ProductId};
use crate::services::stock;
use crate::ui::context::{Cached, Context};
use crate::ui::dense::Dense;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::Banner;
use crate::ui::widgets::button::link;
use crate::ui::widgets::chip::status_chip;
use crate::ui::widgets::empty::Empty;
use crate::ui::widgets::paint;
use crate::ui::widgets::segment::segments;
use crate::ui::widgets::table::{Column, List, ListOptions, ListState, Phase, Width};

/// So many are shown.
const NEWEST: u32 = 50;

/// What stays between frames.
pub struct Movements {
    only_selected: bool,
    kind: Option<MovementType>,
    rows: Cached<MovementFilter, Page<MovementRow>>,
    list: ListState<MovementSort>,
}

impl Default for Movements {
    fn default() -> Self {
        Movements { only_selected: false, kind: None, rows: Cached::default(), list: ListState::new(MovementSort::Time, true) }
    }
}

/// What cells need besides their row, and the order that was pressed.
struct Cells {
    dense: Dense,
    sees_orders: bool,
    pressed: Cell<Option<OrderId>>,
}

const COLUMNS: &[Column<MovementRow, MovementSort, Cells>] = &[
    Column {
        title: |t| t.products.time,
        width: Width::Fixed(92.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cx| {
            cx.text(ui, &cx.data.dense.moment(row.created_at));
        },
    },
    Column {
        title: |t| t.products.kind,
        width: Width::Fixed(72.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cx| {
            let t = &cx.texts.products;
            match row.kind {
                MovementType::In => status_chip(ui, t.kind_in, Tone::Ok),
                MovementType::Out => status_chip(ui, t.kind_out, Tone::Info),
                MovementType::Adjust => status_chip(ui, t.kind_count, Tone::Violet),
            };
        },
    },
    Column {
        title: |t| t.products.product,
        width: Width::Fill(1.4, 140.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cx| {
            cx.text(ui, &row.product_name);
            cx.muted(ui, row.specification.as_deref().unwrap_or_default());
        },
    },
    Column {
        title: |t| t.products.change,
        width: Width::Fixed(64.0),
        align: Align::Max,
        sort: None,
        narrow: false,
        cell: |row, ui, cx| {
            if row.quantity > 0 {
                let color = cx.p.tone(Tone::Ok).fg;
                cx.styled(ui, &format!("+{}", quantity(row.quantity)), theme::font(size::TEXT_BODY), color);
            } else {
                cx.text(ui, &quantity(row.quantity));
            }
        },
    },
    Column {
        title: |t| t.products.stock_change,
        width: Width::Fixed(112.0),
        align: Align::Max,
        sort: None,
        narrow: false,
        cell: |row, ui, cx| {
            ui.spacing_mut().item_spacing.x = 4.0;
            cx.text(ui, &quantity(row.stock_after));
            cx.muted(ui, "→");
            cx.muted(ui, &quantity(row.stock_after - row.quantity));
        },
    },
    Column {
        title: |t| t.products.source,
        width: Width::Fill(1.0, 140.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cx| source_ui(row, ui, cx),
    },
    Column {
        title: |t| t.products.person,
        width: Width::Fixed(60.0),
        align: Align::Min,
        sort: None,
        narrow: true,
        cell: |row, ui, cx| {
            cx.muted(ui, &row.created_by_name);
        },
    },
];

/// Where a movement comes from; an order's number leads to it.
fn source_ui(row: &MovementRow, ui: &mut Ui, cx: &crate::ui::widgets::table::CellContext<'_, Cells>) {
    let t = &cx.texts.products;
    let kind = match row.reference {
        None => "",
        Some(ReferenceType::Order) => t.from_order,
        Some(ReferenceType::Return) => t.from_return,
        Some(ReferenceType::Adjust) => t.from_count,
        Some(ReferenceType::Opening) => t.from_opening,
        Some(ReferenceType::Stocktake) => t.from_stocktake,
        Some(ReferenceType::Reversal) => t.from_reversal,
        Some(ReferenceType::Purchase) => t.from_purchase,
    };
    ui.spacing_mut().item_spacing.x = 4.0;
    let order = row.reference_no.as_deref().zip(row.reference_id);
    if let Some((number, id)) = order {
        cx.muted(ui, kind);
        if !cx.data.sees_orders {
            cx.text(ui, number);
        } else if paint::tooltip(link(ui, number), &fill(t.open_order, &[&number])).clicked() {
            cx.data.pressed.set(Some(OrderId(id)));
        }
        return;
    }
    let text = match (kind, row.notes.as_deref()) {
        ("", notes) => notes.unwrap_or("—").to_owned(),
        (kind, None) => kind.to_owned(),
        (kind, Some(notes)) => fill(cx.texts.widgets.filter_set, &[&kind, &notes]),
    };
    cx.muted(ui, &text);
}

impl Movements {
    /// Reads again on the next frame.
    pub fn forget(&mut self) {
        self.rows.forget();
    }

    /// Draws head and list into the room given.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, selected: Option<ProductId>) {
        let t = &cx.t.products;
        let p = palette(ui);
        let top = ui.max_rect();
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.painter().hline(top.x_range(), top.top() + 0.5, Stroke::new(1.0, p.border));
        let padding = if ui.content_rect().width() < size::NARROW { size::PAGE_PADDING_NARROW } else { size::PAGE_PADDING };
        Frame::new().inner_margin(Margin::symmetric(padding as i8, 6)).show(ui, |ui| {
            paint::row_ui(ui, size::CONTROL, |ui| {
                ui.spacing_mut().item_spacing.x = size::CARD_GAP;
                ui.label(theme::section(t.movements));
                segments(ui, "whose", &mut self.only_selected, &[(false, t.all_products), (true, t.only_selected)]);
                let kinds = [
                    (None, t.all),
                    (Some(MovementType::In), t.stock_in),
                    (Some(MovementType::Out), t.stock_out),
                    (Some(MovementType::Adjust), t.count),
                ];
                segments(ui, "kind", &mut self.kind, &kinds);
            });
        });
        let product = if self.only_selected { selected } else { None };
        let filter = MovementFilter { product, kind: self.kind, ..Default::default() };
        let result = self.rows.get(cx, &filter, |desk, filter| {
            let page = MovementPage { page_size: NEWEST, ..MovementPage::first(MovementSort::Time, true) };
            stock::movements(desk, filter, &page)
        });
        let (mut title, mut body) = (String::new(), String::new());
        if let Err(error) = result {
            title = fill(t.movements_failed, &[&(error.code() as i32)]);
            body = cx.lang.sentence(error);
        }
        let rows = result.as_ref().map(|page| page.rows.as_slice()).unwrap_or_default();
        let unchosen = self.only_selected && selected.is_none();
        let rows = if unchosen { &[] } else { rows };
        let phase = match result {
            Err(_) => Phase::Failed(Banner::new(Tone::Danger, &title, &body).button(cx.t.common.retry, Some(icons::ARROW_CLOCKWISE))),
            Ok(_) if rows.is_empty() => Phase::Empty(Empty {
                icon: icons::ARROWS_DOWN_UP,
                headline: if unchosen { t.choose_first } else { t.no_movements },
                sentence: if unchosen { "" } else { t.no_movements_more },
                button: None,
            }),
            Ok(_) => Phase::Ready,
        };
        let dense = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
        let cells = Cells { dense, sees_orders: cx.may(Module::Sales, Verb::View), pressed: Cell::new(None) };
        let list = List {
            columns: COLUMNS,
            rows,
            key: |row| row.id.0,
            // The same product stands on many rows.
            label: |row| format!("{} {} → {}", row.product_name, quantity(row.stock_after - row.quantity), quantity(row.stock_after)),
            data: &cells,
            phase,
            options: ListOptions { padding, row_height: size::ROW_SECONDARY, ..Default::default() },
        };
        let out = list.show(ui, cx.t, "movements", &mut self.list);
        let opened = out.opened.and_then(|index| rows.get(index)).filter(|row| cells.sees_orders && row.reference_no.is_some());
        let opened = opened.and_then(|row| row.reference_id).map(OrderId);
        if let Some(order) = cells.pressed.take().or(opened) {
            cx.go = Some(Route::Order(order));
        }
        if out.action {
            self.rows.forget();
            ui.request_repaint();
        }
    }
}
