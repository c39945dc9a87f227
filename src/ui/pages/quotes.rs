//! The quote list: state tabs with counts, search, filters, and the way to a quote and to the editor.

use egui::{Align, Ui};
use serde_json::{Value, json};

use super::Hint;
use crate::i18n::{Texts, fill};
use crate::models::choice::Module;
use crate::models::export::{Export, ExportKind};
use crate::models::quote::{QuoteCounts, QuoteFilter, QuoteRow, QuoteSort, QuoteState};
use crate::models::rights::Verb;
use crate::models::user::Colleague;
use crate::models::{Day, QuoteId, UserId};
use crate::services::{quotes, users};
use crate::ui::chips::quote_chip;
use crate::ui::context::{Cached, Context};
use crate::ui::export_dialog::{ExportDialog, export_button};
use crate::ui::filters::{ChosenCustomer, CustomerFilterField, Period};
use crate::ui::icons;
use crate::ui::list_page::{self, Kind, ListPage, NoRows};
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::select::filter_chip;
use crate::ui::widgets::table::{Column, ListOptions, Width};

/// So many days before its last one a quote is marked.
const SOON: i64 = 3;

/// What the list is filtered by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct View {
    search: String,
    state: Option<QuoteState>,
    customer: Option<ChosenCustomer>,
    person: Option<UserId>,
    period: Period,
}

impl View {
    fn filter(&self, today: Day) -> QuoteFilter {
        let (from, to) = self.period.days(today);
        let customer = self.customer.as_ref().map(|customer| customer.id);
        QuoteFilter { search: self.search.clone(), state: self.state, customer, person: self.person, from, to, open: false }
    }
}

fn keep(view: &View) -> Value {
    json!({ "state": view.state.map(QuoteState::as_str), "person": view.person.map(|person| person.0), "period": view.period.keep() })
}

fn restore(view: &mut View, kept: &Value) {
    view.state = kept["state"].as_str().and_then(QuoteState::parse);
    view.person = kept["person"].as_i64().map(UserId);
    view.period.restore(&kept["period"]);
}

static KIND: Kind<View, QuoteSort, QuoteRow> = Kind {
    name: "quotes",
    start: View::default,
    words: |view| &mut view.search,
    sort: (QuoteSort::Created, true),
    sorts: &[
        (QuoteSort::Created, "created"),
        (QuoteSort::Number, "number"),
        (QuoteSort::Customer, "customer"),
        (QuoteSort::ValidUntil, "valid_until"),
        (QuoteSort::Total, "total"),
    ],
    keep,
    restore,
    key: |row| row.id.0,
    label: |row| row.quote_no.clone(),
};

/// The list's state.
pub struct Quotes {
    list: ListPage<View, QuoteSort, QuoteRow, QuoteCounts>,
    customer: CustomerFilterField,
    people: Cached<(), Vec<Colleague>>,
    export: ExportDialog,
}

impl Default for Quotes {
    fn default() -> Self {
        Quotes { list: ListPage::new(&KIND), customer: CustomerFilterField::default(), people: Cached::default(), export: ExportDialog::default() }
    }
}

impl Quotes {
    /// Back on the list: the keyboard is on it again.
    pub fn enter(&mut self) {
        self.list.list.take_focus = true;
    }

    /// The quotes before and after one in the list as last shown.
    pub fn neighbours(&self, id: QuoteId) -> (Option<QuoteId>, Option<QuoteId>) {
        let (before, after) = self.list.neighbours(id.0);
        (before.map(|row| row.id), after.map(|row| row.id))
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.quotes;
        self.list.begin(ui, cx);
        let why = cx.why_not(Module::Sales, Verb::Create);
        let mut create = Shortcut::New.pressed(ui) && why.is_none();
        let mut export = false;
        list_page::head_ui(ui, t.title, |ui| {
            let new = Button::primary(t.new).icon(icons::PLUS).keys(Shortcut::New.keys()).reason(why.as_deref());
            create |= new.show(ui).clicked() && why.is_none();
            export = export_button(ui, cx, ExportKind::Quotes);
        });
        let people = self.people.get(cx, &(), |desk, ()| users::colleagues(desk)).as_deref().unwrap_or_default();
        let people: Vec<(UserId, &str)> = people.iter().map(|person| (person.id, person.full_name.as_str())).collect();
        let customer = &mut self.customer;
        self.list.filters_ui(ui, cx, t.search, |ui, cx, view, _| {
            if cx.may(Module::Customer, Verb::View) {
                customer.ui(ui, cx, "quotes", &mut view.customer);
            }
            view.period.ui(ui, cx, "quotes");
            filter_chip(ui, cx.t, "quote person", t.person, &mut view.person, &people);
        });
        self.list.read(ui, cx, |desk, view, page| {
            let today = desk.clock().now().day(desk.config()?.zone);
            quotes::list(desk, &view.filter(today), page)
        });
        let counts = self.list.beside().copied().unwrap_or_default();
        let count = |n: i64| Some(n.unsigned_abs());
        let mut tabs = vec![(None, cx.t.orders.all, count(counts.all()))];
        tabs.extend(QuoteState::ALL.iter().map(|state| (Some(*state), cx.lang.quote_state(*state), count(counts.of(*state)))));
        list_page::tabs_ui(ui, "quote states", &mut self.list.filter.state, &tabs);
        let no_rows = NoRows {
            icon: icons::FILE_TEXT,
            none_yet: (t.none_yet, t.none_yet_more),
            create: list_page::create_button(t.new, why.is_none()),
            no_match: (t.no_match, t.no_match_more),
            failed: t.list_failed,
            ..Default::default()
        };
        let hidden = self.list.rows().iter().any(|row| row.total.is_none());
        let columns = if hidden { COLUMNS_WITHOUT_AMOUNTS } else { COLUMNS };
        let data = Cells { today: cx.today, zone: cx.zone() };
        let happened = self.list.rows_ui(ui, cx, columns, &data, ListOptions::default(), &no_rows);
        self.list.pager_ui(ui, cx, t.shown, "");
        if let Some(row) = self.list.row(happened.opened.or(happened.clicked)) {
            cx.go = Some(Route::Quote(row.id));
        }
        if create || happened.create {
            cx.go = Some(Route::NewQuote(None));
        }
        if export {
            self.export.open(cx, Export::Quotes(self.list.filter.filter(cx.today), self.list.sorted()));
        }
        self.list.list.take_focus |= self.export.ui(ui, cx);
        if Shortcut::Main.pressed(ui)
            && cx.may(Module::Sales, Verb::Create)
            && let Some(row) = self.list.selected().filter(|row| row.order.is_none() && row.state != QuoteState::Rejected)
        {
            cx.go = Some(Route::NewOrderFromQuote(row.id));
        }
        if Shortcut::Refresh.pressed(ui) {
            self.list.forget();
            self.people.forget();
        }
    }
}

/// The key hints of the page.
pub fn hints(t: &'static Texts) -> Vec<Hint> {
    let s = &t.shell;
    vec![(&["↑", "↓"], s.key_choose), (&["Enter"], s.key_open), (&["F4"], t.quotes.key_turn), (&["Ctrl N"], s.key_new), (&["Ctrl F"], s.key_find)]
}

/// What cells need besides their row.
struct Cells {
    today: Day,
    zone: crate::models::Zone,
}

type QuoteColumn = Column<QuoteRow, QuoteSort, Cells>;

const NUMBER: QuoteColumn = Column {
    title: |t| t.quotes.number,
    width: Width::Fixed(128.0),
    align: Align::Min,
    sort: Some(QuoteSort::Number),
    narrow: false,
    cell: |row, ui, cell| {
        cell.styled(ui, &row.quote_no, theme::font(size::TEXT_BODY), cell.p.accent_text);
    },
};
const CUSTOMER: QuoteColumn = Column {
    title: |t| t.orders.customer,
    width: Width::Fill(1.0, 160.0),
    align: Align::Min,
    sort: Some(QuoteSort::Customer),
    narrow: false,
    cell: |row, ui, cell| {
        cell.text(ui, &row.customer_name);
    },
};
const DAY: QuoteColumn = Column {
    title: |t| t.quotes.day,
    width: Width::Fixed(88.0),
    align: Align::Min,
    sort: Some(QuoteSort::Created),
    narrow: false,
    cell: |row, ui, cell| {
        cell.muted(ui, &row.created_at.day(cell.data.zone).to_string());
    },
};
const VALID: QuoteColumn = Column {
    title: |t| t.quotes.valid_until,
    width: Width::Fixed(156.0),
    align: Align::Min,
    sort: Some(QuoteSort::ValidUntil),
    narrow: false,
    cell: |row, ui, cell| {
        cell.muted(ui, &row.valid_until.to_string());
        let left = row.valid_until.days_since(cell.data.today);
        if row.state == QuoteState::Sent && left <= SOON {
            let text = if left == 0 { cell.texts.quotes.last_day.to_owned() } else { fill(cell.texts.quotes.days_left, &[&left]) };
            cell.styled(ui, &text, theme::font(size::TEXT_SMALL), cell.p.tone(Tone::Warn).fg);
        }
    },
};
const TOTAL: QuoteColumn = Column {
    title: |t| t.orders.total,
    width: Width::Fixed(116.0),
    align: Align::Max,
    sort: Some(QuoteSort::Total),
    narrow: false,
    cell: |row, ui, cell| {
        cell.text(ui, &row.total.map(|total| total.yuan()).unwrap_or_default());
    },
};
const STATE: QuoteColumn = Column {
    title: |t| t.orders.status,
    width: Width::Fixed(84.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cell| {
        quote_chip(ui, cell.texts.lang, row.state);
    },
};
const ORDER: QuoteColumn = Column {
    title: |t| t.quotes.order,
    width: Width::Fixed(112.0),
    align: Align::Min,
    sort: None,
    narrow: true,
    cell: |row, ui, cell| {
        cell.muted(ui, row.order.as_ref().map_or("—", |(_, order_no)| order_no.as_str()));
    },
};
const PERSON: QuoteColumn = Column {
    title: |t| t.quotes.person,
    width: Width::Fixed(72.0),
    align: Align::Min,
    sort: None,
    narrow: true,
    cell: |row, ui, cell| {
        cell.muted(ui, &row.created_by_name);
    },
};

const COLUMNS: &[QuoteColumn] = &[NUMBER, CUSTOMER, DAY, VALID, TOTAL, STATE, ORDER, PERSON];
const COLUMNS_WITHOUT_AMOUNTS: &[QuoteColumn] = &[NUMBER, CUSTOMER, DAY, VALID, STATE, ORDER, PERSON];
