//! What runs out: products at or below their warning line, the emptiest first, each with what to buy. F7 books it in.

use egui::{Align, Ui};
use serde_json::{Value, json};

use super::Hint;
use crate::i18n::Texts;
use crate::models::choice::Module;
use crate::models::export::{Export, ExportKind};
use crate::models::money::quantity;
use crate::models::product::{ProductRow, ProductSort, StockLevel};
use crate::models::rights::Verb;
use crate::models::stock::WarningFilter;
use crate::services::stock;
use crate::ui::context::Context;
use crate::ui::export_dialog::{ExportDialog, export_button};
use crate::ui::filters::CategoryFilterField;
use crate::ui::icons;
use crate::ui::list_page::{self, Kind, ListPage, NoRows};
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::stock_dialog::{Over, StockDialog};
use crate::ui::theme::Tone;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::chip::status_chip;
use crate::ui::widgets::progress::{stock_bar, stock_tone};
use crate::ui::widgets::table::{Column, ListOptions, Width};

fn keep(filter: &WarningFilter) -> Value {
    json!({ "category": filter.category })
}

fn restore(filter: &mut WarningFilter, kept: &Value) {
    filter.category = kept["category"].as_str().map(str::to_owned);
}

static KIND: Kind<WarningFilter, ProductSort, ProductRow> = Kind {
    name: "warnings",
    start: WarningFilter::default,
    words: |filter| &mut filter.search,
    sort: (ProductSort::Fill, false),
    sorts: &[
        (ProductSort::Fill, "fill"),
        (ProductSort::Sku, "sku"),
        (ProductSort::Name, "name"),
        (ProductSort::Category, "category"),
        (ProductSort::Stock, "stock"),
        (ProductSort::Threshold, "threshold"),
    ],
    keep,
    restore,
    key: |row| row.id.0,
    label: |row| row.name.clone(),
};

/// The page's state.
pub struct Warnings {
    list: ListPage<WarningFilter, ProductSort, ProductRow>,
    categories: CategoryFilterField,
    dialog: Option<StockDialog>,
    export: ExportDialog,
}

impl Default for Warnings {
    fn default() -> Self {
        Warnings { list: ListPage::new(&KIND), categories: CategoryFilterField::default(), dialog: None, export: ExportDialog::default() }
    }
}

impl Warnings {
    /// Back on the list: the keyboard is on it again.
    pub fn enter(&mut self) {
        self.dialog = None;
        self.list.list.take_focus = true;
    }

    /// What is typed and not saved, in words.
    pub fn unsaved(&self, t: &'static Texts) -> Option<&'static str> {
        self.dialog.as_ref().filter(|dialog| dialog.is_dirty()).map(|_| t.products.unsaved_stock)
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        self.dialog.as_ref().is_some_and(StockDialog::is_saving)
    }

    /// Begins to save what is typed.
    pub fn save(&mut self, ctx: &egui::Context) {
        if let Some(dialog) = &mut self.dialog {
            dialog.save(ctx);
        }
    }

    /// Throws away what is typed.
    pub fn discard(&mut self) {
        self.dialog = None;
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.stock;
        self.list.begin(ui, cx);
        let nothing = self.list.selected().is_none().then(|| cx.t.products.choose_first.to_owned());
        let why = cx.why_not(Module::Inventory, Verb::Update).or(nothing);
        let mut refill = Shortcut::StockIn.pressed(ui);
        let mut export = false;
        list_page::head_ui(ui, t.warnings, |ui| {
            let button = Button::primary(t.refill).icon(icons::TRAY_ARROW_DOWN).keys(Shortcut::StockIn.keys()).reason(why.as_deref());
            refill |= button.show(ui).clicked();
            export = export_button(ui, cx, ExportKind::Warnings);
        });
        let categories = &mut self.categories;
        self.list.filters_ui(ui, cx, t.search, |ui, cx, filter, _| categories.ui(ui, cx, "warnings", &mut filter.category));
        self.list.read(ui, cx, |desk, filter, page| Ok((stock::warnings(desk, filter, page)?, ())));
        let no_rows = NoRows {
            icon: icons::CHECK_CIRCLE,
            none_yet: (t.all_enough, t.all_enough_more),
            no_match: (t.no_match_low, t.no_match_more),
            failed: t.warnings_failed,
            ..Default::default()
        };
        let happened = self.list.rows_ui(ui, cx, COLUMNS, &(), ListOptions::default(), &no_rows);
        self.list.pager_ui(ui, cx, t.warnings_shown, "");
        if let Some(row) = self.list.row(happened.opened) {
            cx.go = Some(Route::Product(row.id));
        }
        if refill && why.is_none() {
            self.dialog = self.list.selected().map(StockDialog::refill);
        }
        if Shortcut::Refresh.pressed(ui) || happened.retry {
            self.list.forget();
            self.categories.forget();
        }
        self.dialog_ui(ui, cx);
        if export {
            self.export.open(cx, Export::Warnings(self.list.filter.clone(), self.list.sorted()));
        }
        self.list.list.take_focus |= self.export.ui(ui, cx);
    }

    fn dialog_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let Some(dialog) = &mut self.dialog else { return };
        let Some(over) = dialog.ui(ui, cx) else { return };
        self.dialog = None;
        // What was filled up leaves the list: the next one is at hand.
        if over == Over::Booked
            && let Some(selected) = self.list.list.selected
        {
            let (before, after) = self.list.neighbours(selected);
            if let Some(row) = after.or(before) {
                let next = row.id.0;
                self.list.list.select(next);
            }
        }
        self.list.list.take_focus = true;
        ui.request_repaint();
    }
}

/// The key hints of the page.
pub fn hints(t: &'static Texts) -> Vec<Hint> {
    let s = &t.shell;
    vec![(&["↑", "↓"], s.key_choose), (&["F7"], t.stock.refill), (&["Enter"], s.key_open), (&["Ctrl F"], s.key_find), (&["F5"], s.key_refresh)]
}

type WarningColumn = Column<ProductRow, ProductSort>;

const SKU: WarningColumn = Column {
    title: |t| t.products.sku,
    width: Width::Fixed(104.0),
    align: Align::Min,
    sort: Some(ProductSort::Sku),
    narrow: false,
    cell: |row, ui, cx| {
        cx.muted(ui, &row.sku);
    },
};
const NAME: WarningColumn = Column {
    title: |t| t.products.product,
    width: Width::Fill(1.0, 160.0),
    align: Align::Min,
    sort: Some(ProductSort::Name),
    narrow: false,
    cell: |row, ui, cx| {
        cx.name(ui, &row.name);
        cx.muted(ui, row.specification.as_deref().unwrap_or_default());
    },
};
const CATEGORY: WarningColumn = Column {
    title: |t| t.products.category,
    width: Width::Fixed(88.0),
    align: Align::Min,
    sort: Some(ProductSort::Category),
    narrow: true,
    cell: |row, ui, cx| {
        cx.muted(ui, row.category.as_deref().unwrap_or_default());
    },
};
const BAR: WarningColumn = Column {
    title: |t| t.products.bar,
    width: Width::Fixed(112.0),
    align: Align::Min,
    sort: Some(ProductSort::Fill),
    narrow: false,
    cell: |row, ui, _| {
        stock_bar(ui, row.stock, row.threshold);
    },
};
const IN_STOCK: WarningColumn = Column {
    title: |t| t.stock.in_stock,
    width: Width::Fixed(64.0),
    align: Align::Max,
    sort: Some(ProductSort::Stock),
    narrow: false,
    cell: |row, ui, cx| {
        let color = stock_tone(row.stock, row.threshold).map_or(cx.p.text, |tone| cx.p.tone(tone).fg);
        cx.strong(ui, &quantity(row.stock), color);
    },
};
const AVAILABLE: WarningColumn = Column {
    title: |t| t.stock.available,
    width: Width::Fixed(64.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        cx.muted(ui, &quantity(row.available()));
    },
};
const THRESHOLD: WarningColumn = Column {
    title: |t| t.products.threshold,
    width: Width::Fixed(76.0),
    align: Align::Max,
    sort: Some(ProductSort::Threshold),
    narrow: false,
    cell: |row, ui, cx| {
        cx.muted(ui, &quantity(row.threshold));
    },
};
const SUGGESTED: WarningColumn = Column {
    title: |t| t.stock.suggested,
    width: Width::Fixed(72.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        cx.strong(ui, &quantity(row.suggested()), cx.p.text);
    },
};
const UNIT: WarningColumn = Column {
    title: |t| t.products.unit,
    width: Width::Fixed(36.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        cx.muted(ui, &row.unit);
    },
};
const STATUS: WarningColumn = Column {
    title: |t| t.products.status,
    width: Width::Fixed(100.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        let t = &cx.texts.products;
        match row.level() {
            StockLevel::Out => status_chip(ui, t.out, Tone::Danger),
            _ => status_chip(ui, t.low, Tone::Orange),
        };
    },
};

const COLUMNS: &[WarningColumn] = &[SKU, NAME, CATEGORY, BAR, IN_STOCK, AVAILABLE, THRESHOLD, SUGGESTED, UNIT, STATUS];
