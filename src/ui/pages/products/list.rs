//! The product list: head of the page, filters, columns, ticks, pager, and what stands where there are no rows.

use egui::{Align, Layout, Stroke, Ui, vec2};
use serde_json::{Value, json};

use super::Products;
use crate::i18n::fill;
use crate::models::ProductId;
use crate::models::choice::{Module, MovementType, Status};
use crate::models::export::{Days, Export, ExportKind};
use crate::models::money::quantity;
use crate::models::product::{ProductFilter, ProductRow, ProductSort, StockLevel};
use crate::models::rights::Verb;
use crate::services::products;
use crate::ui::context::Context;
use crate::ui::export_dialog::export_button;
use crate::ui::icons;
use crate::ui::list_page::{self, Kind, NoRows};
use crate::ui::pictures::Album;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::chip::{plain_chip, status_chip};
use crate::ui::widgets::progress::{stock_bar, stock_tone};
use crate::ui::widgets::select::{filter_chip, toggle_chip};
use crate::ui::widgets::table::{Column, ListOptions, Width};

/// What the list shows at first: products on sale.
fn start_filter() -> ProductFilter {
    ProductFilter { status: Some(Status::Active), ..Default::default() }
}

/// The levels one filters by and the words they are kept by.
const LEVELS: [(StockLevel, &str); 2] = [(StockLevel::Low, "low"), (StockLevel::Out, "out")];

fn keep(filter: &ProductFilter) -> Value {
    let level = LEVELS.iter().find(|(level, _)| Some(*level) == filter.stock).map(|(_, word)| *word);
    json!({ "category": filter.category, "status": filter.status.map(Status::as_str), "stock": level })
}

fn restore(filter: &mut ProductFilter, kept: &Value) {
    filter.category = kept["category"].as_str().map(str::to_owned);
    filter.status = kept["status"].as_str().and_then(Status::parse);
    filter.stock = LEVELS.iter().find(|(_, word)| kept["stock"].as_str() == Some(word)).map(|(level, _)| *level);
}

pub(super) static KIND: Kind<ProductFilter, ProductSort, ProductRow> = Kind {
    name: "products",
    start: start_filter,
    words: |filter| &mut filter.search,
    sort: (ProductSort::Fill, false),
    sorts: &[
        (ProductSort::Fill, "fill"),
        (ProductSort::Sku, "sku"),
        (ProductSort::Name, "name"),
        (ProductSort::Category, "category"),
        (ProductSort::Stock, "stock"),
        (ProductSort::Threshold, "threshold"),
        (ProductSort::Price, "price"),
    ],
    keep,
    restore,
    key: |row| row.id.0,
    label: |row| row.name.clone(),
};

type ProductColumn = Column<ProductRow, ProductSort, Cells>;

/// What cells need besides their row.
struct Cells {
    /// Before each name, where there is room and at least one picture.
    album: Option<Album>,
}

/// The side of a picture in a row.
const THUMBNAIL: f32 = 24.0;

const SKU: ProductColumn = Column {
    title: |t| t.products.sku,
    width: Width::Fixed(104.0),
    align: Align::Min,
    sort: Some(ProductSort::Sku),
    narrow: false,
    cell: |row, ui, cx| {
        cx.muted(ui, &row.sku);
    },
};
const NAME: ProductColumn = Column {
    title: |t| t.products.product,
    width: Width::Fill(1.0, 160.0),
    align: Align::Min,
    sort: Some(ProductSort::Name),
    narrow: false,
    cell: |row, ui, cx| {
        if let Some(album) = &cx.data.album {
            album.plain_ui(ui, row.picture.as_ref(), THUMBNAIL, icons::PACKAGE);
        }
        cx.name(ui, &row.name);
        cx.muted(ui, row.specification.as_deref().unwrap_or_default());
    },
};
const CATEGORY: ProductColumn = Column {
    title: |t| t.products.category,
    width: Width::Fixed(76.0),
    align: Align::Min,
    sort: Some(ProductSort::Category),
    narrow: true,
    cell: |row, ui, cx| {
        cx.muted(ui, row.category.as_deref().unwrap_or_default());
    },
};
const BAR: ProductColumn = Column {
    title: |t| t.products.bar,
    width: Width::Fixed(112.0),
    align: Align::Min,
    sort: Some(ProductSort::Fill),
    narrow: false,
    cell: |row, ui, _| {
        stock_bar(ui, row.stock, row.threshold);
    },
};
const STOCK: ProductColumn = Column {
    title: |t| t.products.stock,
    width: Width::Fixed(60.0),
    align: Align::Max,
    sort: Some(ProductSort::Stock),
    narrow: false,
    cell: |row, ui, cx| match stock_tone(row.stock, row.threshold) {
        Some(tone) => {
            cx.strong(ui, &quantity(row.stock), cx.p.tone(tone).fg);
        }
        None => {
            cx.text(ui, &quantity(row.stock));
        }
    },
};
const THRESHOLD: ProductColumn = Column {
    title: |t| t.products.threshold,
    width: Width::Fixed(76.0),
    align: Align::Max,
    sort: Some(ProductSort::Threshold),
    narrow: false,
    cell: |row, ui, cx| {
        cx.muted(ui, &quantity(row.threshold));
    },
};
const PRICE: ProductColumn = Column {
    title: |t| t.products.price,
    width: Width::Fixed(76.0),
    align: Align::Max,
    sort: Some(ProductSort::Price),
    narrow: false,
    cell: |row, ui, cx| {
        cx.text(ui, &row.price.to_string());
    },
};
const COST: ProductColumn = Column {
    title: |t| t.products.cost,
    width: Width::Fixed(76.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        cx.muted(ui, &row.cost_price.map(|cost| cost.to_string()).unwrap_or_default());
    },
};
const STATUS: ProductColumn = Column {
    title: |t| t.products.status,
    width: Width::Fixed(100.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        let t = &cx.texts.products;
        match (row.status, row.level()) {
            (Status::Inactive, _) => plain_chip(ui, t.inactive, Tone::Mute),
            (Status::Active, StockLevel::Out) => status_chip(ui, t.out, Tone::Danger),
            (Status::Active, StockLevel::Low) => status_chip(ui, t.low, Tone::Orange),
            (Status::Active, StockLevel::Enough) => cx.muted(ui, t.enough),
        };
    },
};

/// The columns for everyone, and for who may see what a product costs.
const COLUMNS: &[ProductColumn] = &[SKU, NAME, CATEGORY, BAR, STOCK, THRESHOLD, PRICE, STATUS];
const COLUMNS_WITH_COST: &[ProductColumn] = &[SKU, NAME, CATEGORY, BAR, STOCK, THRESHOLD, PRICE, COST, STATUS];

impl Products {
    /// Draws what is left above the panel: head, filters, list, pager.
    pub(super) fn list_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        self.head_ui(ui, cx);
        self.filters_ui(ui, cx);
        self.list.read(ui, cx, products::list);
        self.rows_ui(ui, cx);
        self.bulk_bar_ui(ui, cx);
        self.list.pager_ui(ui, cx, cx.t.products.shown, "");
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.products;
        let no_stock = self.why_no_stock(cx);
        let mut export = false;
        list_page::head_ui(ui, t.title, |ui| {
            let why = cx.why_not(Module::Inventory, Verb::Create);
            let button = Button::primary(t.new).icon(icons::PLUS).keys(Shortcut::New.keys()).reason(why.as_deref());
            if button.show(ui).clicked() {
                self.form = Some(super::form::ProductForm::new(cx));
            }
            for (kind, text, icon, shortcut) in [
                (MovementType::Adjust, t.count, icons::CLIPBOARD_TEXT, Shortcut::Count),
                (MovementType::Out, t.stock_out, icons::TRAY_ARROW_UP, Shortcut::StockOut),
                (MovementType::In, t.stock_in, icons::TRAY_ARROW_DOWN, Shortcut::StockIn),
            ] {
                if Button::secondary(text).icon(icon).keys(shortcut.keys()).reason(no_stock.as_deref()).show(ui).clicked() {
                    self.move_stock(cx, kind);
                }
            }
            export = export_button(ui, cx, ExportKind::Inventory);
            self.import.button_ui(ui, cx);
        });
        if export {
            self.export.open(cx, Export::Inventory(self.list.filter.clone(), self.list.sorted(), Days::default()));
        }
    }

    fn filters_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.products;
        let categories = &mut self.categories;
        self.list.filters_ui(ui, cx, t.search_hint, |ui, cx, filter, counts| {
            let counts = counts.copied().unwrap_or_default();
            categories.ui(ui, cx, "products", &mut filter.category);
            filter_chip(ui, cx.t, "status", t.status, &mut filter.status, &[(Status::Active, t.active), (Status::Inactive, t.inactive)]);
            for (level, icon, text, count) in
                [(StockLevel::Low, icons::WARNING, t.low_count, counts.low), (StockLevel::Out, icons::PROHIBIT, t.out_count, counts.out)]
            {
                let mut on = filter.stock == Some(level);
                if toggle_chip(ui, icon, &fill(text, &[&count]), &mut on) {
                    filter.stock = on.then_some(level);
                }
            }
            let p = palette(ui);
            if ui.available_width() > 120.0 {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.spacing_mut().item_spacing.x = 6.0;
                    ui.label(theme::label(p, t.tick_caption));
                    let (rect, _) = ui.allocate_exact_size(vec2(2.0, 12.0), egui::Sense::hover());
                    ui.painter().vline(rect.left() + 0.5, rect.y_range(), Stroke::new(1.0, p.text));
                });
            }
        });
    }

    fn bulk_bar_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.products;
        let (mut wanted, mut print) = (false, false);
        self.list.bulk_ui(ui, cx, t.ticked, |ui, cx| {
            let why = cx.why_not(Module::Inventory, Verb::Update);
            let button = Button::secondary(t.bulk).small().icon(icons::SLIDERS_HORIZONTAL).keys(Shortcut::Edit.keys());
            wanted = button.reason(why.as_deref()).show(ui).clicked();
            print = Button::secondary(t.labels).small().icon(icons::PRINTER).keys(Shortcut::Print.keys()).show(ui).clicked();
        });
        if wanted {
            self.change_ticked(cx);
        }
        if print {
            self.print_labels(cx);
        }
    }

    fn rows_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.products;
        let no_rows = NoRows {
            icon: icons::PACKAGE,
            none_yet: (t.none_yet, t.none_yet_more),
            create: list_page::create_button(t.new, cx.may(Module::Inventory, Verb::Create)),
            import: self.import.offer(cx),
            no_match: (t.no_match, t.no_match_more),
            failed: t.list_failed,
            ..Default::default()
        };
        let pictures = ui.content_rect().width() >= size::NARROW && self.list.rows().iter().any(|row| row.picture.is_some());
        let cells = Cells { album: pictures.then(|| cx.album()) };
        let columns = if cx.rights.sees_cost() { COLUMNS_WITH_COST } else { COLUMNS };
        let options = ListOptions { checks: cx.may(Module::Inventory, Verb::Update), ..Default::default() };
        let out = self.list.rows_ui(ui, cx, columns, &cells, options, &no_rows);
        let opened = self.list.row(out.opened).map(|row| row.id);
        let deleting = self.list.row(out.wants_delete).map(|row| (row.id, row.name.clone()));
        if out.retry {
            self.refresh();
        }
        if out.create {
            self.form = Some(super::form::ProductForm::new(cx));
        }
        if out.import {
            self.import.begin(ui, cx);
        }
        if let Some(id) = opened {
            self.edit(cx, id);
        }
        if deleting.is_some() && cx.may(Module::Inventory, Verb::Delete) {
            self.deleting = deleting;
        }
    }

    /// The products with a tick, in the order they were created.
    pub(super) fn ticked(&self) -> Vec<ProductId> {
        self.list.list.checked.iter().copied().map(ProductId).collect()
    }
}
