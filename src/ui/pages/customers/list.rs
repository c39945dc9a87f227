//! The customer list: head of the page, filters, columns, pager, and what stands where there are no rows.

use egui::{Align, Ui};
use serde_json::{Value, json};

use super::Customers;
use crate::i18n::Lang;
use crate::models::choice::{CustomerLevel, Module, Status};
use crate::models::customer::{CustomerFilter, CustomerRow, CustomerSort, OwnerFilter, shown_phone};
use crate::models::export::{Days, Export, ExportKind};
use crate::models::rights::Verb;
use crate::models::{CustomerId, UserId};
use crate::services::{customers, users};
use crate::ui::chips::level_chip;
use crate::ui::context::Context;
use crate::ui::dense::Dense;
use crate::ui::export_dialog::export_button;
use crate::ui::icons;
use crate::ui::list_page::{self, FurtherSort, Kind, NoRows};
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::size;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::select::filter_chip;
use crate::ui::widgets::table::{Column, ListOptions, RowAction, Width};

/// What the list shows at first: active customers.
fn start_filter() -> CustomerFilter {
    CustomerFilter { status: Some(Status::Active), ..Default::default() }
}

fn keep(filter: &CustomerFilter) -> Value {
    let owner = filter.owner.map(|owner| match owner {
        OwnerFilter::Unassigned => json!("nobody"),
        OwnerFilter::User(user) => json!(user.0),
    });
    json!({ "level": filter.level.map(CustomerLevel::as_str), "status": filter.status.map(Status::as_str), "owner": owner, "tag": filter.tag })
}

fn restore(filter: &mut CustomerFilter, kept: &Value) {
    filter.level = kept["level"].as_str().and_then(CustomerLevel::parse);
    filter.status = kept["status"].as_str().and_then(Status::parse);
    let nobody = kept["owner"].as_str().filter(|word| *word == "nobody").map(|_| OwnerFilter::Unassigned);
    filter.owner = nobody.or(kept["owner"].as_i64().map(|user| OwnerFilter::User(UserId(user))));
    filter.tag = kept["tag"].as_str().map(str::to_owned);
}

pub(super) static KIND: Kind<CustomerFilter, CustomerSort, CustomerRow> = Kind {
    name: "customers",
    start: start_filter,
    words: |filter| &mut filter.search,
    sort: (CustomerSort::LastFollowup, true),
    sorts: &[
        (CustomerSort::Created, "created"),
        (CustomerSort::Name, "name"),
        (CustomerSort::Level, "level"),
        (CustomerSort::LastFollowup, "last_followup"),
        (CustomerSort::LastOrder, "last_order"),
        (CustomerSort::Outstanding, "outstanding"),
    ],
    keep,
    restore,
    key: |row| row.id.0,
    label: |row| row.name.clone(),
};

/// Orders without a column.
pub(super) const FURTHER_SORTS: &[FurtherSort<CustomerSort>] =
    &[(CustomerSort::LastOrder, |t| t.customers.last_order), (CustomerSort::Created, |t| t.customers.created_at)];

type CustomerColumn = Column<CustomerRow, CustomerSort, Dense>;

/// The columns with the width of the level and the part of the room that the name takes.
const fn columns(level: f32, name: f32) -> [CustomerColumn; 7] {
    [
        Column {
            title: |t| t.customers.name,
            width: Width::Fill(name, 120.0),
            align: Align::Min,
            sort: Some(CustomerSort::Name),
            narrow: false,
            cell: |row, ui, cx| {
                cx.name(ui, &row.name);
            },
        },
        Column {
            title: |t| t.customers.level,
            width: Width::Fixed(level),
            align: Align::Min,
            sort: Some(CustomerSort::Level),
            narrow: false,
            cell: |row, ui, cx| {
                level_chip(ui, cx.texts.lang, row.level);
            },
        },
        Column {
            title: |t| t.customers.contact,
            width: Width::Fill(1.0, 42.0),
            align: Align::Min,
            sort: None,
            narrow: true,
            cell: |row, ui, cx| {
                cx.text(ui, row.contact_person.as_deref().unwrap_or_default());
            },
        },
        Column {
            title: |t| t.customers.phone,
            width: Width::Fixed(94.0),
            align: Align::Min,
            sort: None,
            narrow: false,
            cell: |row, ui, cx| {
                cx.text(ui, &row.phone.as_deref().map(shown_phone).unwrap_or_default());
            },
        },
        Column {
            title: |t| t.customers.owner,
            width: Width::Fill(1.0, 42.0),
            align: Align::Min,
            sort: None,
            narrow: true,
            cell: |row, ui, cx| {
                cx.text(ui, row.owner_name.as_deref().unwrap_or_default());
            },
        },
        Column {
            title: |t| t.customers.last_followup,
            width: Width::Fixed(74.0),
            align: Align::Min,
            sort: Some(CustomerSort::LastFollowup),
            narrow: false,
            cell: |row, ui, cx| {
                let text = row.last_followup_at.map_or_else(|| "—".to_owned(), |at| cx.data.date(at));
                cx.muted(ui, &text);
            },
        },
        Column {
            title: |t| t.customers.outstanding,
            width: Width::Fixed(82.0),
            align: Align::Max,
            sort: Some(CustomerSort::Outstanding),
            narrow: false,
            cell: |row, ui, cx| {
                match row.outstanding {
                    Some(due) if !due.is_zero() => cx.text(ui, &due.yuan()),
                    Some(_) => cx.muted(ui, "—"),
                    None => cx.muted(ui, ""),
                };
            },
        },
    ]
}

/// F4 by mouse.
const RECORD: RowAction = RowAction { icon: icons::NOTE_PENCIL, name: |t| t.followups.record };

impl Customers {
    /// Draws what is left of the drawer: head, filters, list, pager.
    pub(super) fn list_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.customers;
        let why = cx.why_not(Module::Customer, Verb::Create);
        let mut export = false;
        list_page::head_ui(ui, t.title, |ui| {
            let button = Button::primary(t.new).icon(icons::PLUS).keys(Shortcut::New.keys()).reason(why.as_deref());
            if button.show(ui).clicked() {
                self.form = Some(super::form::CustomerForm::new(cx));
            }
            export = export_button(ui, cx, ExportKind::Customers);
            self.import.button_ui(ui, cx);
        });
        if export {
            self.export.open(cx, Export::Customers(self.list.filter.clone(), self.list.sorted(), Days::default()));
        }
        self.filters_ui(ui, cx);
        self.list.read(ui, cx, |desk, filter, page| Ok((customers::list(desk, filter, page)?, ())));
        self.rows_ui(ui, cx, why.is_none());
        self.bulk_ui(ui, cx);
        self.list.pager_ui(ui, cx, t.shown, "");
    }

    fn filters_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.customers;
        let colleagues = self.colleagues.get(cx, &(), |desk, ()| users::colleagues(desk)).as_deref().unwrap_or_default();
        let tags = self.tags.get(cx, &(), |desk, ()| customers::tags(desk));
        // A tag that is kept but no longer in use would find nobody: it is passed over.
        let in_use = |tag: &String| tags.as_ref().ok().is_none_or(|tags| tags.contains(tag));
        if self.list.filter.tag.as_ref().is_some_and(|tag| !in_use(tag)) {
            self.list.filter.tag = None;
        }
        let tags = tags.as_deref().unwrap_or_default();
        self.list.filters_ui(ui, cx, t.search_hint, |ui, cx, filter, _| {
            let levels = CustomerLevel::ALL.iter().map(|level| (*level, cx.lang.level(*level))).collect::<Vec<_>>();
            filter_chip(ui, cx.t, "level", t.level, &mut filter.level, &levels);
            let states = [(Status::Active, t.active), (Status::Inactive, t.inactive)];
            filter_chip(ui, cx.t, "status", t.status, &mut filter.status, &states);
            let mut owners = vec![(OwnerFilter::Unassigned, t.unassigned)];
            owners.extend(colleagues.iter().map(|colleague| (OwnerFilter::User(colleague.id), colleague.full_name.as_str())));
            filter_chip(ui, cx.t, "owner", t.owner, &mut filter.owner, &owners);
            let mut tag = filter.tag.as_deref();
            let known = tags.iter().map(|tag| (tag.as_str(), tag.as_str())).collect::<Vec<_>>();
            if filter_chip(ui, cx.t, "tag", t.tag, &mut tag, &known) {
                filter.tag = tag.map(str::to_owned);
            }
        });
    }

    fn bulk_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.customers;
        let mut wanted = false;
        self.list.bulk_ui(ui, cx, t.ticked, |ui, cx| {
            let why = cx.why_not(Module::Customer, Verb::Update);
            let button = Button::secondary(t.hand_over).small().icon(icons::USER_SWITCH).keys(Shortcut::HandOver.keys());
            wanted = button.reason(why.as_deref()).show(ui).clicked();
        });
        if wanted {
            self.hand_over(cx);
        }
    }

    fn rows_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, may_create: bool) {
        let t = &cx.t.customers;
        let no_rows = NoRows {
            icon: icons::USERS,
            none_yet: (t.none_yet, t.none_yet_more),
            create: list_page::create_button(t.new, may_create),
            import: self.import.offer(cx),
            no_match: (t.no_match, t.no_match_more),
            failed: t.list_failed,
            ..Default::default()
        };
        let data = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
        let checks = cx.may(Module::Customer, Verb::Update);
        // Beside the drawer whole names come before ticks.
        let beside = self.drawer.is_some() && ui.content_rect().width() < size::WIDE;
        let ticks_away = beside && self.list.list.checked.is_empty();
        let options = ListOptions { checks, ticks_away, action: may_create.then_some(RECORD), ..Default::default() };
        // English names of the levels are longer.
        let columns = columns(if cx.lang == Lang::En { 80.0 } else { 58.0 }, if beside { 9.0 } else { 3.2 });
        let out = self.list.rows_ui(ui, cx, &columns, &data, options, &no_rows);
        let opened = self.list.row(out.opened.or(out.clicked)).map(|row| row.id);
        let followed = if out.selection_changed && self.drawer.is_some() { self.list.list.selected.map(CustomerId) } else { None };
        let recording = self.list.row(out.acted).map(|row| row.id);
        let deleting = self.list.row(out.wants_delete).map(|row| (row.id, row.name.clone()));
        if out.retry {
            self.refresh();
        }
        if out.create {
            self.form = Some(super::form::CustomerForm::new(cx));
        }
        if out.import {
            self.import.begin(ui, cx);
        }
        if let Some(id) = recording {
            self.record(cx, id);
            ui.request_repaint();
        } else if let Some(id) = opened.or(followed) {
            self.open(id);
            ui.request_repaint();
        }
        if deleting.is_some() && cx.may(Module::Customer, Verb::Delete) {
            self.deleting = deleting;
        }
    }
}
