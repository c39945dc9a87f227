//! The search in the top bar (Ctrl K): customers, orders, quotes and products by any of their texts, pages and actions by their name.

use egui::{Rect, Ui};

use super::Ask;
use crate::i18n::{Lang, Texts};
use crate::models::Result;
use crate::models::choice::Module;
use crate::models::customer::shown_phone;
use crate::models::order::{OrderFilter, OrderPage, OrderSort};
use crate::models::quote::{QuoteFilter, QuotePage, QuoteSort};
use crate::models::rights::Verb;
use crate::models::search::{lower, matches, words};
use crate::services::{Desk, customers, orders, products, quotes};
use crate::ui::context::{Cached, Context, Data};
use crate::ui::icons;
use crate::ui::lines::matched;
use crate::ui::pages;
use crate::ui::route::{Route, Section};
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::input::{InputOptions, input_id};
use crate::ui::widgets::paint;
use crate::ui::widgets::picker::{PickerOptions, PickerRows, highlight, paint_job, picker};

/// So many of each kind of record.
const MOST: u32 = 5;
const FIELD: &str = "global search";
const WIDTH: f32 = 380.0;
const POPUP_WIDTH: f32 = 560.0;
/// The kind of a row at its right, and its icon at its left.
const KIND: f32 = 64.0;
const ICON: f32 = 26.0;

/// The field, what is typed into it, and what it finds.
#[derive(Default)]
pub struct Search {
    query: String,
    found: Cached<(String, Lang), Vec<Row>>,
}

/// Something one can go to or do.
struct Row {
    icon: &'static str,
    name: String,
    /// What tells it from another of its name.
    more: String,
    kind: &'static str,
    ask: Ask,
}

impl Search {
    /// The field; what was chosen in it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Context<'_>) -> Option<Ask> {
        let t = cx.t;
        let query = self.query.trim().to_owned();
        let rows = self.found.get(cx, &(query.clone(), cx.lang), |desk, (query, _)| rows(desk, cx, query)).as_deref().unwrap_or_default();
        let words = words(&query);
        let options = PickerOptions {
            input: InputOptions {
                hint: t.shell.search_hint,
                icon: Some(icons::MAGNIFYING_GLASS),
                keys: Some(Shortcut::Search.keys()),
                width: Some(WIDTH.min(ui.available_width())),
                name: t.shell.key_search,
                ..Default::default()
            },
            popup_width: Some(POPUP_WIDTH),
            enter: t.shell.open,
            ..Default::default()
        };
        let list = PickerRows {
            count: rows.len(),
            head: None::<fn(&mut Ui, Rect)>,
            label: |at: usize| format!("{} {}", rows[at].kind, rows[at].name),
            draw: |ui: &mut Ui, rect: Rect, at: usize| {
                let p = palette(ui);
                let row = &rows[at];
                paint::icon(ui.painter(), rect.left_center() + egui::vec2(size::ICON / 2.0, 0.0), row.icon, size::ICON, p.text_2);
                let room = rect.with_min_x(rect.left() + ICON).with_max_x(rect.right() - KIND);
                let name = paint_job(ui, room, highlight(p, &row.name, &matched(&row.name, &words)));
                let rest = room.with_min_x((name.right() + 12.0).min(room.right()));
                paint_job(ui, rest, highlight_more(p, &row.more));
                paint::text_right(ui, rect, row.kind, theme::font(size::TEXT_SMALL), p.text_2);
            },
        };
        if Shortcut::Search.pressed(ui) {
            // Before the field is drawn: it opens where it sees the keyboard come.
            let id = input_id(ui, FIELD);
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let out = picker(ui, t, FIELD, &mut self.query, options, list);
        let chosen = out.taken.and_then(|at| rows.get(at)).map(|row| row.ask.clone())?;
        self.query.clear();
        out.input.surrender_focus();
        Some(chosen)
    }
}

fn highlight_more(p: &theme::Palette, text: &str) -> egui::text::LayoutJob {
    crate::ui::widgets::picker::highlight_in(text, &[], theme::font(size::TEXT_SMALL), p.text_2, p.text_2)
}

/// What a search finds: pages and actions that begin with it, then records, then what else is called so.
fn rows(desk: &Desk, cx: &Context<'_>, query: &str) -> Result<Vec<Row>> {
    let (mut rows, rest): (Vec<Row>, Vec<Row>) = places(cx, query).into_iter().partition(|row| lower(&row.name).starts_with(&lower(query)));
    rows.extend(records(desk, cx, query)?);
    rows.extend(rest);
    Ok(rows)
}

/// The records that a search finds, by what the person may see.
fn records(desk: &Desk, cx: &Context<'_>, query: &str) -> Result<Vec<Row>> {
    if words(query).is_empty() {
        return Ok(Vec::new());
    }
    let t = &cx.t.shell;
    let mut rows = Vec::new();
    if cx.may(Module::Customer, Verb::View) {
        for customer in customers::find(desk, query, MOST)? {
            let phone = customer.phone.as_deref().map(shown_phone).unwrap_or_default();
            let contact = customer.contact_person.clone().unwrap_or_default();
            let more = format!("{contact} {phone}").trim().to_owned();
            rows.push(Row { icon: icons::USERS, name: customer.name, more, kind: t.customers, ask: Ask::Go(Route::Customer(customer.id)) });
        }
    }
    if cx.may(Module::Sales, Verb::View) {
        let filter = OrderFilter { search: query.to_owned(), ..Default::default() };
        let page = OrderPage { page_size: MOST, ..OrderPage::first(OrderSort::Day, true) };
        for order in orders::list(desk, &filter, &page)?.0.rows {
            let more = format!("{} · {}", order.customer_name, cx.lang.order_status(order.status));
            rows.push(Row { icon: icons::RECEIPT, name: order.order_no, more, kind: t.orders, ask: Ask::Go(Route::Order(order.id)) });
        }
        let filter = QuoteFilter { search: query.to_owned(), ..Default::default() };
        let page = QuotePage { page_size: MOST, ..QuotePage::first(QuoteSort::Created, true) };
        for quote in quotes::list(desk, &filter, &page)?.0.rows {
            rows.push(Row {
                icon: icons::FILE_TEXT,
                name: quote.quote_no,
                more: quote.customer_name,
                kind: t.quotes,
                ask: Ask::Go(Route::Quote(quote.id)),
            });
        }
    }
    if cx.may(Module::Inventory, Verb::View) {
        for product in products::find(desk, query, MOST)? {
            let more = [Some(product.sku), product.specification].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            rows.push(Row { icon: icons::PACKAGE, name: product.name, more, kind: t.products, ask: Ask::Go(Route::Product(product.id)) });
        }
    }
    Ok(rows)
}

/// Pages and actions whose name a search finds; all of them where nothing is typed.
fn places(cx: &Context<'_>, query: &str) -> Vec<Row> {
    let t = cx.t;
    let (page, action) = (t.shell.kind_page, t.shell.kind_action);
    let mut rows = Vec::new();
    let mut add = |icon, name: &str, kind, ask| rows.push(Row { icon, name: name.to_owned(), more: String::new(), kind, ask });
    for (icon, name, may, route) in actions(cx, t) {
        if may {
            add(icon, name, action, Ask::Go(route));
        }
    }
    for route in Route::NAVIGATION.iter().copied().filter(|route| route.visible(cx.rights)) {
        let (icon, name, _) = pages::entry(route, t);
        add(icon, name, page, Ask::Go(route.landing(cx.rights)));
    }
    if cx.may(Module::Sales, Verb::View) {
        add(icons::HAND_COINS, t.exports.receivables, page, Ask::Go(Route::Receivables));
    }
    for section in Section::ALL.iter().copied().filter(|section| section.visible(cx.rights)) {
        let (icon, name) = pages::settings::look_of(section, t);
        add(icon, name, page, Ask::Go(Route::Settings(section)));
    }
    if cx.may(Module::Inventory, Verb::View) {
        add(icons::BARCODE, t.terminal.title, page, Ask::Terminal);
    }
    if cx.may(Module::System, Verb::View) {
        add(icons::SHIELD_CHECK, t.shell.check_data, action, Ask::CheckData);
    }
    add(icons::LOCK_KEY, t.shell.change_password, action, Ask::ChangePassword);
    add(icons::LOCK, t.shell.lock, action, Ask::Lock);
    if cx.data == Data::Visit {
        add(icons::ARROW_U_UP_LEFT, t.shell.end_demo, action, Ask::EndDemo);
    }
    add(icons::SIGN_OUT, t.shell.sign_out, action, Ask::SignOut);
    let words = words(query);
    rows.retain(|row| words.iter().all(|word| matches(&[row.name.as_str()], word)));
    rows
}

/// What can be begun from anywhere: icon, name, whether the person may, and where it begins.
fn actions(cx: &Context<'_>, t: &'static Texts) -> [(&'static str, &'static str, bool, Route); 3] {
    let may = |module| cx.may(module, Verb::Create);
    [
        (icons::RECEIPT, t.orders.new, may(Module::Sales), Route::NewOrder(None)),
        (icons::FILE_TEXT, t.quotes.new, may(Module::Sales), Route::NewQuote(None)),
        (icons::USERS, t.customers.new, may(Module::Customer), Route::NewCustomer),
    ]
}
