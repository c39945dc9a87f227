//! The order list: state tabs with counts, search, filters, sums, and the way to an order's page and to the editor.

use egui::{Align, Ui};
use serde_json::{Value, json};

use super::Hint;
use crate::i18n::{Texts, fill};
use crate::models::choice::{Module, OrderStatus};
use crate::models::export::{Export, ExportKind};
use crate::models::import::ImportKind;
use crate::models::order::{Goods, OrderFilter, OrderRow, OrderSort, OrderSums, StatusCounts};
use crate::models::rights::Verb;
use crate::models::user::Colleague;
use crate::models::{Day, Money, OrderId, UserId};
use crate::services::{customers, orders, products, users};
use crate::ui::chips::order_chip;
use crate::ui::context::{Cached, Context};
use crate::ui::export_dialog::{ExportDialog, export_button};
use crate::ui::filters::{ChosenCustomer, CustomerFilterField, Period};
use crate::ui::icons;
use crate::ui::import_wizard::Import;
use crate::ui::list_page::{self, Kind, ListPage, NoRows};
use crate::ui::route::{OrdersAsked, Route};
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::select::{filter_chip, removable_chip, toggle_chip};
use crate::ui::widgets::table::{Column, ListOptions, Width};

/// What the list is filtered by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct View {
    search: String,
    status: Option<OrderStatus>,
    customer: Option<ChosenCustomer>,
    person: Option<UserId>,
    period: Period,
    unpaid: bool,
    /// With its name.
    goods: Option<(Goods, String)>,
}

impl View {
    fn filter(&self, today: Day) -> OrderFilter {
        let (from, to) = self.period.days(today);
        let customer = self.customer.as_ref().map(|customer| customer.id);
        OrderFilter {
            search: self.search.clone(),
            status: self.status,
            customer,
            person: self.person,
            from,
            to,
            unpaid: self.unpaid,
            goods: self.goods.as_ref().map(|(goods, _)| goods.clone()),
        }
    }
}

fn keep(view: &View) -> Value {
    let person = view.person.map(|person| person.0);
    json!({ "status": view.status.map(OrderStatus::as_str), "person": person, "period": view.period.keep(), "unpaid": view.unpaid })
}

fn restore(view: &mut View, kept: &Value) {
    view.status = kept["status"].as_str().and_then(OrderStatus::parse);
    view.person = kept["person"].as_i64().map(UserId);
    view.period.restore(&kept["period"]);
    view.unpaid = kept["unpaid"].as_bool().unwrap_or_default();
}

static KIND: Kind<View, OrderSort, OrderRow> = Kind {
    name: "orders",
    start: View::default,
    words: |view| &mut view.search,
    sort: (OrderSort::Day, true),
    sorts: &[
        (OrderSort::Day, "day"),
        (OrderSort::Number, "number"),
        (OrderSort::Customer, "customer"),
        (OrderSort::Total, "total"),
        (OrderSort::Outstanding, "outstanding"),
    ],
    keep,
    restore,
    key: |row| row.id.0,
    label: |row| row.order_no.clone(),
};

/// The list's state.
pub struct Orders {
    list: ListPage<View, OrderSort, OrderRow, Option<StatusCounts>>,
    sums: Cached<OrderFilter, Option<OrderSums>>,
    customer: CustomerFilterField,
    people: Cached<(), Vec<Colleague>>,
    import: Import,
    /// Filters that were asked for and are not set yet.
    asked: Option<OrdersAsked>,
    export: ExportDialog,
}

impl Default for Orders {
    fn default() -> Self {
        let mut list = ListPage::new(&KIND);
        list.list.take_focus = true;
        Orders {
            list,
            sums: Cached::default(),
            customer: CustomerFilterField::default(),
            people: Cached::default(),
            asked: None,
            export: ExportDialog::default(),
            import: Import::new(ImportKind::Orders),
        }
    }
}

impl Orders {
    /// Back on the list: the keyboard is on it again.
    pub fn enter(&mut self) {
        self.list.list.take_focus = true;
    }

    /// On the list with these filters and no others.
    pub fn enter_asked(&mut self, asked: OrdersAsked) {
        self.asked = Some(asked);
        self.enter();
    }

    /// Sets the filters that were asked for; names are read once.
    fn set_asked(&mut self, cx: &Context<'_>, asked: OrdersAsked) {
        let t = &cx.t.orders;
        self.list.reset();
        let view = &mut self.list.filter;
        if let (Some(from), Some(to)) = (asked.from, asked.to) {
            view.period = Period::between(from, to);
        }
        view.person = asked.person;
        view.customer = asked.customer.map(|id| {
            let known = if cx.may(Module::Customer, Verb::View) { customers::get(cx.desk, id).ok() } else { None };
            ChosenCustomer { id, name: known.map_or_else(|| "…".to_owned(), |(customer, _)| customer.input.name) }
        });
        let known = |id| if cx.may(Module::Inventory, Verb::View) { products::get(cx.desk, id).ok() } else { None };
        if let Some(id) = asked.product {
            view.goods = Some((Goods::Product(id), known(id).map_or_else(|| "…".to_owned(), |product| product.input.name)));
        } else if let Some(product) = asked.category_of.and_then(known) {
            let category = product.input.category.filter(|name| !name.trim().is_empty());
            let name = category.clone().unwrap_or_else(|| t.uncategorised.to_owned());
            view.goods = Some((Goods::Category(category), name));
        }
    }

    /// The orders before and after one in the list as last shown.
    pub fn neighbours(&self, id: OrderId) -> (Option<OrderId>, Option<OrderId>) {
        let (before, after) = self.list.neighbours(id.0);
        (before.map(|row| row.id), after.map(|row| row.id))
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.orders;
        self.list.begin(ui, cx);
        if let Some(asked) = self.asked.take() {
            self.set_asked(cx, asked);
        }
        let why = cx.why_not(Module::Sales, Verb::Create);
        let mut create = Shortcut::New.pressed(ui) && why.is_none();
        let mut export = false;
        list_page::head_ui(ui, t.title, |ui| {
            let new = Button::primary(t.new).icon(icons::PLUS).keys(Shortcut::New.keys()).reason(why.as_deref());
            create |= new.show(ui).clicked() && why.is_none();
            export = export_button(ui, cx, ExportKind::Orders);
            self.import.button_ui(ui, cx);
        });
        let people = self.people.get(cx, &(), |desk, ()| users::colleagues(desk)).as_deref().unwrap_or_default();
        let people: Vec<(UserId, &str)> = people.iter().map(|person| (person.id, person.full_name.as_str())).collect();
        let customer = &mut self.customer;
        self.list.filters_ui(ui, cx, t.search, |ui, cx, view, _| {
            if cx.may(Module::Customer, Verb::View) || view.customer.is_some() {
                customer.ui(ui, cx, "orders", &mut view.customer);
            }
            view.period.ui(ui, cx, "orders");
            filter_chip(ui, cx.t, "person", t.person, &mut view.person, &people);
            toggle_chip(ui, icons::COINS, t.unpaid_only, &mut view.unpaid);
            if let Some((goods, name)) = &view.goods {
                let kind = if matches!(goods, Goods::Product(_)) { t.goods_product } else { t.goods_category };
                if removable_chip(ui, cx.t, "orders goods", &fill(cx.t.widgets.filter_set, &[&kind, name])) {
                    view.goods = None;
                }
            }
        });
        self.list.read(ui, cx, |desk, view, page| {
            let today = desk.clock().now().day(desk.config()?.zone);
            orders::list(desk, &view.filter(today), page)
        });
        let counts = self.list.beside().copied().unwrap_or(Some(StatusCounts::default()));
        let count = |of: &dyn Fn(&StatusCounts) -> i64| counts.as_ref().map(|counts| of(counts).unsigned_abs());
        let mut tabs = vec![(None, t.all, count(&StatusCounts::all))];
        tabs.extend(OrderStatus::ALL.iter().map(|status| (Some(*status), cx.lang.order_status(*status), count(&|counts| counts.of(*status)))));
        list_page::tabs_ui(ui, "status", &mut self.list.filter.status, &tabs);
        let filter = self.list.filter.filter(cx.today);
        let sums = self.sums.get(cx, &filter, orders::sums).as_ref().ok().copied().flatten();
        let sums = sums.map(|sums| fill(t.sums, &[&sums.net.yuan(), &sums.paid.yuan(), &sums.outstanding.yuan()])).unwrap_or_default();
        let no_rows = NoRows {
            icon: icons::RECEIPT,
            none_yet: (t.none_yet, t.none_yet_more),
            create: list_page::create_button(t.new, why.is_none()),
            import: self.import.offer(cx),
            no_match: (t.no_match, t.no_match_more),
            failed: t.list_failed,
            ..Default::default()
        };
        let hidden = self.list.rows().iter().any(|row| row.amounts.is_none());
        let columns = if hidden { COLUMNS_WITHOUT_AMOUNTS } else { COLUMNS };
        let happened = self.list.rows_ui(ui, cx, columns, &(), ListOptions::default(), &no_rows);
        self.list.pager_ui(ui, cx, t.shown, &sums);
        if let Some(row) = self.list.row(happened.opened.or(happened.clicked)) {
            cx.go = Some(Route::Order(row.id));
        }
        if create || happened.create {
            cx.go = Some(Route::NewOrder(None));
        }
        if happened.import {
            self.import.begin(ui, cx);
        }
        if export {
            self.export.open(cx, Export::Orders(self.list.filter.filter(cx.today), self.list.sorted()));
        }
        self.list.list.take_focus |= self.export.ui(ui, cx);
        if Shortcut::Refresh.pressed(ui) {
            self.list.forget();
            self.sums.forget();
            self.people.forget();
        }
        if self.import.ui(ui, cx) {
            self.list.list.take_focus = true;
        }
    }
}

/// The key hints of the page.
pub fn hints(t: &'static Texts) -> Vec<Hint> {
    let s = &t.shell;
    vec![(&["↑", "↓"], s.key_choose), (&["Enter"], s.key_open), (&["Ctrl N"], s.key_new), (&["Ctrl F"], s.key_find), (&["Ctrl E"], t.exports.key)]
}

type OrderColumn = Column<OrderRow, OrderSort>;

const NUMBER: OrderColumn = Column {
    title: |t| t.orders.number,
    width: Width::Fixed(132.0),
    align: Align::Min,
    sort: Some(OrderSort::Number),
    narrow: false,
    cell: |row, ui, cell| {
        cell.styled(ui, &row.order_no, theme::font(size::TEXT_BODY), cell.p.accent_text);
    },
};
const CUSTOMER: OrderColumn = Column {
    title: |t| t.orders.customer,
    width: Width::Fill(1.0, 160.0),
    align: Align::Min,
    sort: Some(OrderSort::Customer),
    narrow: false,
    cell: |row, ui, cell| {
        cell.text(ui, &row.customer_name);
    },
};
const DAY: OrderColumn = Column {
    title: |t| t.orders.day,
    width: Width::Fixed(92.0),
    align: Align::Min,
    sort: Some(OrderSort::Day),
    narrow: false,
    cell: |row, ui, cell| {
        cell.muted(ui, &row.order_day.to_string());
    },
};
const PERSON: OrderColumn = Column {
    title: |t| t.orders.person,
    width: Width::Fixed(84.0),
    align: Align::Min,
    sort: None,
    narrow: true,
    cell: |row, ui, cell| {
        cell.muted(ui, &row.created_by_name);
    },
};
const TOTAL: OrderColumn = Column {
    title: |t| t.orders.total,
    width: Width::Fixed(124.0),
    align: Align::Max,
    sort: Some(OrderSort::Total),
    narrow: false,
    cell: |row, ui, cell| {
        cell.text(ui, &row.amounts.unwrap_or_default().total.yuan());
    },
};
const OUTSTANDING: OrderColumn = Column {
    title: |t| t.orders.outstanding,
    width: Width::Fixed(124.0),
    align: Align::Max,
    sort: Some(OrderSort::Outstanding),
    narrow: false,
    cell: |row, ui, cell| {
        let due = if row.unpaid { row.amounts.unwrap_or_default().outstanding() } else { Money::ZERO };
        if due.is_zero() {
            cell.muted(ui, "—");
        } else {
            cell.text(ui, &due.yuan());
        }
    },
};
const SETTLED: OrderColumn = Column {
    title: |t| t.orders.payments,
    width: Width::Fixed(110.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cell| {
        cell.muted(ui, if row.unpaid { cell.texts.orders.not_cleared } else { cell.texts.orders.cleared });
    },
};
const STATUS: OrderColumn = Column {
    title: |t| t.orders.status,
    width: Width::Fixed(104.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cell| {
        order_chip(ui, cell.texts.lang, row.status);
    },
};

const COLUMNS: &[OrderColumn] = &[NUMBER, CUSTOMER, DAY, PERSON, TOTAL, OUTSTANDING, STATUS];
const COLUMNS_WITHOUT_AMOUNTS: &[OrderColumn] = &[NUMBER, CUSTOMER, DAY, PERSON, SETTLED, STATUS];
