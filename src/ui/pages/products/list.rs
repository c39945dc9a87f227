//! The product list: head of the page, filters, columns, pager, and what stands where there are no rows.

use egui::{Align, Frame, Layout, Margin, Panel, Stroke, Ui, vec2};

use super::{Products, search_id, start_filter};
use crate::i18n::fill;
use crate::models::choice::{Module, MovementType, Status};
use crate::models::money::quantity;
use crate::models::product::{ProductFilter, ProductPage, ProductRow, ProductSort, StockCounts, StockLevel};
use crate::models::rights::Verb;
use crate::services::products;
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::pictures::Album;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::Banner;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::chip::{plain_chip, status_chip};
use crate::ui::widgets::empty::{Empty, EmptyButton};
use crate::ui::widgets::input::{InputOptions, text_input_with_id};
use crate::ui::widgets::page;
use crate::ui::widgets::pager::{Pager, Turn, pager_ui};
use crate::ui::widgets::progress::{stock_bar, stock_tone};
use crate::ui::widgets::select::{filter_chip, toggle_chip};
use crate::ui::widgets::table::{Column, List, ListOptions, Phase, Width};

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
    width: Width::Fixed(56.0),
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
    width: Width::Fixed(76.0),
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
    fn query(&self) -> (ProductFilter, ProductPage) {
        let page = ProductPage { page: self.page, descending: self.list.descending, ..ProductPage::first(self.list.sort, false) };
        (self.filter.clone(), page)
    }

    /// Draws what is left above the movements: head, filters, list, pager.
    pub(super) fn list_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let key = self.query();
        let result = self.rows.get(cx, &key, |desk, (filter, page)| products::list(desk, filter, page));
        let (total, pages, shown, counts) = match result {
            Ok((page, counts)) => (page.total, page.pages(), page.rows.len() as u64, *counts),
            Err(_) => (0, 1, 0, StockCounts::default()),
        };
        if self.page > pages {
            self.page = pages;
            ui.request_repaint();
        }
        if total > 0 {
            let first = u64::try_from(key.1.offset()).unwrap_or_default();
            let sentence = fill(cx.t.products.shown, &[&(first + 1), &(first + shown), &total]);
            let panel = Panel::bottom("products pager").exact_size(size::PAGER).resizable(false).show_separator_line(false).frame(Frame::NONE);
            let page = u64::from(self.page - 1);
            let pager = Pager { shown: &sentence, sums: "", page, pages: u64::from(pages), per_page: key.1.page_size, sizes: &[] };
            let to = panel.show(ui, |ui| pager_ui(ui, cx.t, &pager)).inner;
            if let Some(Turn::Page(to)) = to {
                self.page = u32::try_from(to + 1).unwrap_or(1);
                self.list.selected = None;
                ui.request_repaint();
            }
        }
        let padding = page::padding(ui);
        let margin = Margin::symmetric(padding as i8, 0);
        Frame::new().inner_margin(margin).show(ui, |ui| self.head_ui(ui, cx));
        let before = self.filter.clone();
        Frame::new().inner_margin(margin).show(ui, |ui| self.filters_ui(ui, cx, counts));
        if before != self.filter {
            self.page = 1;
            ui.request_repaint();
        }
        self.rows_ui(ui, cx, padding);
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.products;
        let no_stock = self.why_no_stock(cx);
        page::head_ui(ui, t.title, |ui| {
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
        });
    }

    fn filters_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, counts: StockCounts) {
        let t = &cx.t.products;
        let categories = self.categories.get(cx, &(), |desk, ()| products::categories(desk)).as_deref().unwrap_or_default();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(size::BUTTON_GAP, size::LABEL_GAP);
            let options = InputOptions {
                hint: t.search_hint,
                icon: Some(icons::MAGNIFYING_GLASS),
                keys: Some(Shortcut::Find.keys()),
                width: Some(284.0),
                keep_arrows: true,
                ..Default::default()
            };
            let search = text_input_with_id(ui, search_id(), &mut self.filter.search, options);
            let down = search.has_focus() && ui.input(|input| input.key_pressed(egui::Key::ArrowDown));
            if down || (search.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))) {
                self.list.take_focus = true;
                if self.list.selected.is_none() {
                    self.list.selected = self.rows.last().and_then(|(page, _)| page.rows.first()).map(|row| row.id.0);
                }
            }
            let mut category = self.filter.category.as_ref().and_then(|category| categories.iter().position(|known| known == category));
            let known = categories.iter().enumerate().map(|(at, category)| (at, category.as_str())).collect::<Vec<_>>();
            filter_chip(ui, cx.t, "category", t.category, &mut category, &known);
            self.filter.category = category.and_then(|at| categories.get(at)).cloned();
            filter_chip(ui, cx.t, "status", t.status, &mut self.filter.status, &[(Status::Active, t.active), (Status::Inactive, t.inactive)]);
            for (level, icon, text, count) in
                [(StockLevel::Low, icons::WARNING, t.low_count, counts.low), (StockLevel::Out, icons::PROHIBIT, t.out_count, counts.out)]
            {
                let mut on = self.filter.stock == Some(level);
                if toggle_chip(ui, icon, &fill(text, &[&count]), &mut on) {
                    self.filter.stock = on.then_some(level);
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
        ui.add_space(size::CARD_GAP);
    }

    fn rows_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, padding: f32) {
        let t = &cx.t.products;
        let may_create = cx.may(Module::Inventory, Verb::Create);
        let untouched = self.filter == start_filter() || self.filter == ProductFilter::default();
        let (mut title, mut body) = (String::new(), String::new());
        let key = self.query();
        let result = self.rows.get(cx, &key, |desk, (filter, page)| products::list(desk, filter, page));
        let rows = result.as_ref().map(|(page, _)| page.rows.as_slice()).unwrap_or_default();
        if let Err(error) = result {
            title = fill(t.list_failed, &[&(error.code() as i32)]);
            body = cx.lang.sentence(error);
        }
        let new = EmptyButton { text: t.new, icon: Some(icons::PLUS), keys: Some(Shortcut::New.keys()), primary: true };
        let clear = EmptyButton { text: cx.t.common.clear_filters, ..Default::default() };
        let phase = match (result, rows.is_empty()) {
            (Err(_), _) => Phase::Failed(Banner::new(Tone::Danger, &title, &body).button(cx.t.common.retry, Some(icons::ARROW_CLOCKWISE))),
            (Ok(_), false) => Phase::Ready,
            (Ok(_), true) if untouched => {
                Phase::Empty(Empty { icon: icons::PACKAGE, headline: t.none_yet, sentence: t.none_yet_more, button: may_create.then_some(new) })
            }
            (Ok(_), true) => Phase::Empty(Empty { icon: icons::FUNNEL_SIMPLE, headline: t.no_match, sentence: t.no_match_more, button: Some(clear) }),
        };
        let failed = matches!(phase, Phase::Failed(_));
        let pictures = ui.content_rect().width() >= size::NARROW && rows.iter().any(|row| row.picture.is_some());
        let cells = Cells { album: pictures.then(|| cx.album()) };
        let list = List {
            columns: if cx.rights.sees_cost() { COLUMNS_WITH_COST } else { COLUMNS },
            rows,
            key: |row| row.id.0,
            label: |row| row.name.clone(),
            data: &cells,
            phase,
            options: ListOptions { padding, ..Default::default() },
        };
        let out = list.show(ui, cx.t, "products", &mut self.list);
        let opened = out.opened.and_then(|index| rows.get(index)).map(|row| row.id);
        let deleting = out.wants_delete.and_then(|index| rows.get(index)).map(|row| (row.id, row.name.clone()));
        if out.sort_changed {
            self.page = 1;
        }
        if out.sort_changed || out.selection_changed {
            ui.request_repaint();
        }
        if out.action {
            if failed {
                self.refresh();
            } else if untouched {
                self.form = Some(super::form::ProductForm::new(cx));
            } else {
                self.filter = start_filter();
                self.page = 1;
            }
            ui.request_repaint();
        }
        if let Some(id) = opened {
            self.edit(cx, id);
        }
        if deleting.is_some() && cx.may(Module::Inventory, Verb::Delete) {
            self.deleting = deleting;
        }
    }
}
