//! The orders that contain the selected product, and the prices it was sold for day by day. Both are read once.

use chrono::Datelike;
use egui::{Align, Ui};

use crate::i18n::fill;
use crate::models::list::{BothWays, Page};
use crate::models::money::quantity;
use crate::models::price_history::{PricesOfDay, by_day};
use crate::models::product::{ProductSale, SalePage, SaleSort};
use crate::models::{Error, ProductId, Result};
use crate::services::products;
use crate::ui::chips::order_chip;
use crate::ui::context::{Cached, Context};
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{self, Tone, size};
use crate::ui::widgets::banner::Banner;
use crate::ui::widgets::empty::Empty;
use crate::ui::widgets::page;
use crate::ui::widgets::table::{Column, List, ListOptions, ListState, Phase, Width};

/// So many sales are read.
const NEWEST: u32 = 200;

/// What was read: the orders, and their prices by day.
type Read = (BothWays<ProductSale>, BothWays<PricesOfDay>);

/// The newest sales of a product, read again where it or the file changed; none where no product is chosen.
fn read<'a>(cached: &'a mut Cached<Option<ProductId>, Read>, cx: &Context<'_>, id: Option<ProductId>) -> &'a Result<Read> {
    cached.get(cx, &id, |desk, id| {
        let Some(id) = id else { return Ok((BothWays::of(Vec::new()), BothWays::of(Vec::new()))) };
        let page = SalePage { page_size: NEWEST, ..SalePage::first(SaleSort::Day, true) };
        let sales = products::sales(desk, *id, &page)?;
        let prices = by_day(whole_days(&sales));
        Ok((BothWays::of(sales.rows), BothWays::of(prices)))
    })
}

/// The sales without those of a last day that the page cut in two, where there is another one.
fn whole_days(sales: &Page<ProductSale>) -> &[ProductSale] {
    let rows = sales.rows.as_slice();
    let cut = rows.last().filter(|_| sales.total > rows.len() as u64).map(|last| last.order_day);
    let whole = rows.iter().take_while(|sale| Some(sale.order_day) != cut).count();
    if whole == 0 { rows } else { &rows[..whole] }
}

/// What stays between frames.
pub struct Sales {
    read: Cached<Option<ProductId>, Read>,
    orders: ListState<SaleSort>,
    prices: ListState<SaleSort>,
}

impl Default for Sales {
    fn default() -> Self {
        Sales { read: Cached::default(), orders: ListState::new(SaleSort::Day, true), prices: ListState::new(SaleSort::Day, true) }
    }
}

impl Sales {
    /// Reads again on the next frame.
    pub fn forget(&mut self) {
        self.read.forget();
    }

    /// The orders; Enter or a double click opens one.
    pub fn orders_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, selected: Option<ProductId>) {
        let result = read(&mut self.read, cx, selected);
        let texts = FailedTexts::of(cx, result.as_ref().err());
        let rows = result.as_ref().map(|(orders, _)| orders.sorted(self.orders.descending)).unwrap_or_default();
        let list = List {
            columns: if cx.session.sees_amounts() { ORDERS } else { ORDERS_WITHOUT_AMOUNTS },
            rows,
            key: |row| row.line.0,
            label: |row| row.order_no.clone(),
            data: &(),
            phase: texts.phase(cx, selected, rows.is_empty()),
            options: ListOptions { padding: page::padding(ui), row_height: size::ROW_SECONDARY, ..Default::default() },
        };
        let out = list.show(ui, cx.t, "product orders", &mut self.orders);
        if let Some(row) = out.opened.and_then(|index| rows.get(index)) {
            cx.go = Some(Route::Order(row.order));
        }
        self.after(ui, out.action, out.sort_changed);
    }

    /// The prices by day.
    pub fn prices_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, selected: Option<ProductId>) {
        let result = read(&mut self.read, cx, selected);
        let texts = FailedTexts::of(cx, result.as_ref().err());
        let rows = result.as_ref().map(|(_, days)| days.sorted(self.prices.descending)).unwrap_or_default();
        let list = List {
            columns: PRICES,
            rows,
            key: |row| i64::from(row.day.0.num_days_from_ce()),
            label: |row| row.day.to_string(),
            data: &(),
            phase: texts.phase(cx, selected, rows.is_empty()),
            options: ListOptions { padding: page::padding(ui), row_height: size::ROW_SECONDARY, ..Default::default() },
        };
        let out = list.show(ui, cx.t, "product prices", &mut self.prices);
        self.after(ui, out.action, out.sort_changed);
    }

    fn after(&mut self, ui: &Ui, retry: bool, sorted: bool) {
        if retry {
            self.forget();
        }
        if retry || sorted {
            ui.request_repaint();
        }
    }
}

/// What a failure says.
struct FailedTexts {
    title: String,
    body: String,
    failed: bool,
}

impl FailedTexts {
    fn of(cx: &Context<'_>, error: Option<&Error>) -> FailedTexts {
        let code = error.map_or(0, |error| error.code() as i32);
        let body = error.map(|error| cx.lang.sentence(error)).unwrap_or_default();
        FailedTexts { title: fill(cx.t.products.sales_failed, &[&code]), body, failed: error.is_some() }
    }

    fn phase<'a>(&'a self, cx: &Context<'_>, selected: Option<ProductId>, empty: bool) -> Phase<'a> {
        let t = &cx.t.products;
        if selected.is_none() {
            return Phase::Empty(Empty { icon: icons::PACKAGE, headline: t.choose_first, sentence: "", ..Default::default() });
        }
        if self.failed {
            return Phase::Failed(Banner::new(Tone::Danger, &self.title, &self.body).button(cx.t.common.retry, Some(icons::ARROW_CLOCKWISE)));
        }
        if empty {
            return Phase::Empty(Empty { icon: icons::RECEIPT, headline: t.no_sales, sentence: t.no_sales_more, ..Default::default() });
        }
        Phase::Ready
    }
}

type SaleColumn = Column<ProductSale, SaleSort>;

const NUMBER: SaleColumn = Column {
    title: |t| t.products.order_no,
    width: Width::Fixed(120.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        cx.styled(ui, &row.order_no, theme::font(size::TEXT_BODY), cx.p.accent_text);
    },
};
const DAY: SaleColumn = Column {
    title: |t| t.products.day,
    width: Width::Fixed(88.0),
    align: Align::Min,
    sort: Some(SaleSort::Day),
    narrow: false,
    cell: |row, ui, cx| {
        cx.muted(ui, &row.order_day.to_string());
    },
};
const CUSTOMER: SaleColumn = Column {
    title: |t| t.products.customer,
    width: Width::Fill(1.0, 140.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        cx.text(ui, &row.customer_name);
    },
};
const PIECES: SaleColumn = Column {
    title: |t| t.products.pieces,
    width: Width::Fixed(72.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        cx.text(ui, &quantity(row.quantity));
    },
};
const RETURNED: SaleColumn = Column {
    title: |t| t.products.returned,
    width: Width::Fixed(72.0),
    align: Align::Max,
    sort: None,
    narrow: true,
    cell: |row, ui, cx| {
        let text = if row.returned_quantity > 0 { quantity(row.returned_quantity) } else { "—".to_owned() };
        cx.muted(ui, &text);
    },
};
const PRICE: SaleColumn = Column {
    title: |t| t.products.price,
    width: Width::Fixed(96.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        cx.text(ui, &row.unit_price.map(|price| price.to_string()).unwrap_or_default());
    },
};
const STATUS: SaleColumn = Column {
    title: |t| t.products.status,
    width: Width::Fixed(100.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        order_chip(ui, cx.texts.lang, row.status);
    },
};

const ORDERS: &[SaleColumn] = &[NUMBER, DAY, CUSTOMER, PIECES, RETURNED, PRICE, STATUS];
const ORDERS_WITHOUT_AMOUNTS: &[SaleColumn] = &[NUMBER, DAY, CUSTOMER, PIECES, RETURNED, STATUS];

type PriceColumn = Column<PricesOfDay, SaleSort>;

const PRICES: &[PriceColumn] = &[
    Column {
        title: |t| t.products.day,
        width: Width::Fixed(120.0),
        align: Align::Min,
        sort: Some(SaleSort::Day),
        narrow: false,
        cell: |row, ui, cx| {
            cx.text(ui, &row.day.to_string());
        },
    },
    Column {
        title: |t| t.products.price,
        width: Width::Fixed(168.0),
        align: Align::Max,
        sort: None,
        narrow: false,
        cell: |row, ui, cx| {
            let text = if row.lowest == row.highest { row.lowest.to_string() } else { format!("{} – {}", row.lowest, row.highest) };
            cx.text(ui, &text);
        },
    },
    Column {
        title: |t| t.products.price_change,
        width: Width::Fixed(96.0),
        align: Align::Max,
        sort: None,
        narrow: false,
        cell: |row, ui, cx| {
            let text = match row.change {
                None | Some(0) => "—".to_owned(),
                Some(change) => format!("{}{}.{}%", if change > 0 { "+" } else { "−" }, change.abs() / 10, change.abs() % 10),
            };
            cx.muted(ui, &text);
        },
    },
    Column {
        title: |t| t.products.pieces,
        width: Width::Fixed(96.0),
        align: Align::Max,
        sort: None,
        narrow: false,
        cell: |row, ui, cx| {
            cx.text(ui, &quantity(row.pieces));
        },
    },
    Column {
        title: |t| t.products.orders,
        width: Width::Fixed(96.0),
        align: Align::Max,
        sort: None,
        narrow: false,
        cell: |row, ui, cx| {
            cx.muted(ui, &quantity(row.orders));
        },
    },
];
