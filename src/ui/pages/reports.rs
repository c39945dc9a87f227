//! 报表导出: the three reports of the spec, what they are filtered by, and the file they go to. The rows are written by a job.

use egui::{Frame, Margin, ScrollArea, Ui, vec2};

use super::Hint;
use crate::i18n::{Lang, Texts, fill};
use crate::models::choice::{CustomerLevel, Module, OrderStatus, Status};
use crate::models::customer::{CustomerFilter, CustomerSort, OwnerFilter};
use crate::models::export::{Days, Export, ExportKind};
use crate::models::money::grouped;
use crate::models::order::{OrderFilter, OrderSort};
use crate::models::product::{ProductFilter, ProductSort, StockLevel};
use crate::models::rights::Verb;
use crate::models::user::Colleague;
use crate::models::{Day, UserId};
use crate::services::{reports, users};
use crate::ui::context::{Cached, Context};
use crate::ui::export_target::{ExportTarget, why_not};
use crate::ui::filters::{CategoryFilterField, ChosenCustomer, CustomerFilterField, Period};
use crate::ui::icons;
use crate::ui::list_page;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::card_ui;
use crate::ui::widgets::empty::{Empty, empty_ui};
use crate::ui::widgets::field::Field;
use crate::ui::widgets::segment::form_segments;
use crate::ui::widgets::select::{filter_chip, toggle_chip};
use crate::ui::widgets::{page, paint};

/// How wide the form is at most.
const WIDEST: f32 = 720.0;

/// What the reports are filtered by; each takes what it has a use for.
#[derive(Default)]
struct Filters {
    period: Period,
    level: Option<CustomerLevel>,
    customer_status: Option<Status>,
    /// The customer's owner, or who entered the order.
    person: Option<UserId>,
    order_status: Option<OrderStatus>,
    customer: Option<ChosenCustomer>,
    unpaid: bool,
    category: Option<String>,
    product_status: Option<Status>,
    stock: Option<StockLevel>,
}

impl Filters {
    fn export(&self, kind: ExportKind, today: Day) -> Export {
        let (from, to) = self.period.days(today);
        let days = Days { from, to };
        match kind {
            ExportKind::Sales => {
                let (customer, person) = (self.customer.as_ref().map(|customer| customer.id), self.person);
                let filter = OrderFilter { status: self.order_status, customer, person, from, to, unpaid: self.unpaid, ..Default::default() };
                Export::Sales(filter, (OrderSort::Day, false))
            }
            ExportKind::Inventory => {
                let (category, status, stock) = (self.category.clone(), self.product_status, self.stock);
                Export::Inventory(ProductFilter { category, status, stock, ..Default::default() }, (ProductSort::Sku, false), days)
            }
            _ => {
                let owner = self.person.map(OwnerFilter::User);
                let filter = CustomerFilter { level: self.level, status: self.customer_status, owner, ..Default::default() };
                Export::Customers(filter, (CustomerSort::Created, false), days)
            }
        }
    }
}

/// The page's state.
pub struct Reports {
    kind: ExportKind,
    filters: Filters,
    /// Made anew whenever the page is entered: the day and the free name may be others.
    target: Option<ExportTarget>,
    rows: Cached<Export, u64>,
    people: Cached<(), Vec<Colleague>>,
    customer: CustomerFilterField,
    category: CategoryFilterField,
}

impl Default for Reports {
    fn default() -> Self {
        Reports {
            kind: ExportKind::Customers,
            filters: Filters::default(),
            target: None,
            rows: Cached::default(),
            people: Cached::default(),
            customer: CustomerFilterField::default(),
            category: CategoryFilterField::default(),
        }
    }
}

impl Reports {
    /// Opens the page.
    pub fn enter(&mut self) {
        self.target = None;
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.exports;
        list_page::head_ui(ui, t.reports, |_| {});
        let kinds: Vec<ExportKind> = ExportKind::REPORTS.into_iter().filter(|kind| why_not(cx, *kind).is_none()).collect();
        let Some(first) = kinds.first() else {
            empty_ui(ui, &Empty { icon: icons::FILE_XLS, headline: t.no_report, sentence: t.no_report_more, ..Default::default() });
            return;
        };
        if !kinds.contains(&self.kind) {
            self.kind = *first;
        }
        let margin = Margin::symmetric(page::padding(ui) as i8, 0);
        ScrollArea::vertical().show(ui, |ui| {
            Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.set_max_width(WIDEST);
                card_ui(ui, |ui| self.form_ui(ui, cx, &kinds));
                ui.add_space(size::PAGE_PADDING);
            });
        });
        if Shortcut::Refresh.pressed(ui) {
            self.rows.forget();
            self.people.forget();
            self.category.forget();
        }
    }

    fn form_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, kinds: &[ExportKind]) {
        let t = &cx.t.exports;
        let before = self.kind;
        let more = match self.kind {
            ExportKind::Sales => t.sales_more,
            ExportKind::Inventory if cx.rights.sees_cost() => t.inventory_cost_more,
            ExportKind::Inventory => t.inventory_more,
            _ => t.customers_more,
        };
        Field::new(t.report).hint(more).show(ui, |ui| {
            let choices: Vec<(ExportKind, &str)> = kinds.iter().map(|kind| (*kind, cx.lang.export_kind(*kind))).collect();
            form_segments(ui, "report", &mut self.kind, &choices);
        });
        ui.label(theme::label(palette(ui), t.filters));
        ui.add_space(size::LABEL_GAP);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(size::BUTTON_GAP, size::LABEL_GAP);
            self.filters_ui(ui, cx);
        });
        ui.add_space(size::FIELD_GAP);
        let target = self.target.get_or_insert_with(|| ExportTarget::new(cx, self.kind));
        if before != self.kind {
            target.propose(cx, self.kind);
            ui.request_repaint();
        }
        let mut wanted = target.ui(ui, cx, "report", false);
        let export = self.filters.export(self.kind, cx.today);
        let rows = self.rows.get(cx, &export, reports::count);
        let (rows, failed) = match rows {
            Ok(0) => (t.no_rows.to_owned(), false),
            Ok(rows) => (fill(t.rows, &[&grouped(*rows)]), false),
            Err(error) => (cx.lang.sentence(error), true),
        };
        paint::row_ui(ui, size::CONTROL, |ui| {
            ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
            let button = Button::primary(target.act(cx)).icon(icons::DOWNLOAD_SIMPLE).keys(Shortcut::Export.keys()).enabled(!failed);
            wanted |= button.show(ui).clicked();
            target.browse_ui(ui, cx);
            ui.label(theme::secondary(palette(ui), rows));
        });
        wanted |= Shortcut::Export.pressed(ui);
        if wanted && !failed && target.start(cx, export) {
            // The next one does not go over this one.
            self.target = None;
        }
    }

    fn filters_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) {
        let t = cx.t;
        let Filters { period, level, customer_status, person, order_status, customer, unpaid, category, product_status, stock } = &mut self.filters;
        period.ui(ui, cx, "reports");
        let people = self.people.get(cx, &(), |desk, ()| users::colleagues(desk)).as_deref().unwrap_or_default();
        let people: Vec<(UserId, &str)> = people.iter().map(|person| (person.id, person.full_name.as_str())).collect();
        match self.kind {
            ExportKind::Sales => {
                filter_chip(ui, t, "report order status", t.orders.status, order_status, &order_statuses(cx.lang));
                if cx.may(Module::Customer, Verb::View) {
                    self.customer.ui(ui, cx, "reports", customer);
                }
                filter_chip(ui, t, "report person", t.orders.person, person, &people);
                toggle_chip(ui, icons::COINS, t.orders.unpaid_only, unpaid);
            }
            ExportKind::Inventory => {
                self.category.ui(ui, cx, "reports", category);
                let statuses = [(Status::Active, t.products.active), (Status::Inactive, t.products.inactive)];
                filter_chip(ui, t, "report product status", t.products.status, product_status, &statuses);
                let levels = [StockLevel::Enough, StockLevel::Low, StockLevel::Out].map(|level| (level, cx.lang.stock_level(level)));
                filter_chip(ui, t, "report stock", t.products.stock, stock, &levels);
            }
            _ => {
                let levels: Vec<(CustomerLevel, &str)> = CustomerLevel::ALL.iter().map(|level| (*level, cx.lang.level(*level))).collect();
                filter_chip(ui, t, "report level", t.exports.c_level, level, &levels);
                let statuses = [(Status::Active, t.customers.active), (Status::Inactive, t.customers.inactive)];
                filter_chip(ui, t, "report status", t.exports.c_status, customer_status, &statuses);
                filter_chip(ui, t, "report owner", t.exports.c_owner, person, &people);
            }
        }
    }
}

fn order_statuses(lang: Lang) -> Vec<(OrderStatus, &'static str)> {
    OrderStatus::ALL.iter().map(|status| (*status, lang.order_status(*status))).collect()
}

/// The key hints of the page.
pub fn hints(t: &'static Texts) -> Vec<Hint> {
    vec![(&["Ctrl E"], t.exports.key), (&["F5"], t.shell.key_refresh), (&["F1"], t.shell.key_help)]
}
