//! The customer list: head of the page, filters, columns, pager, and what stands where there are no rows.

use egui::{Align, Frame, Margin, Panel, Ui, vec2};

use super::{Customers, search_id, start_filter};
use crate::i18n::{Texts, fill};
use crate::models::choice::{CustomerLevel, Module, Status};
use crate::models::customer::{CustomerFilter, CustomerPage, CustomerRow, CustomerSort, OwnerFilter, shown_phone};
use crate::models::rights::Verb;
use crate::services::{customers, users};
use crate::ui::context::Context;
use crate::ui::dense::Dense;
use crate::ui::icons;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{Tone, size};
use crate::ui::widgets::banner::Banner;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::chip::{plain_chip, vip_chip};
use crate::ui::widgets::empty::{Empty, EmptyButton};
use crate::ui::widgets::input::{InputOptions, text_input_with_id};
use crate::ui::widgets::page;
use crate::ui::widgets::pager::{Pager, Turn, pager_ui};
use crate::ui::widgets::select::filter_chip;
use crate::ui::widgets::table::{Column, List, ListOptions, Phase, RowAction, Width};

const COLUMNS: &[Column<CustomerRow, CustomerSort, Dense>] = &[
    Column {
        title: |t| t.customers.name,
        width: Width::Fill(4.0, 140.0),
        align: Align::Min,
        sort: Some(CustomerSort::Name),
        narrow: false,
        cell: |row, ui, cx| {
            cx.name(ui, &row.name);
        },
    },
    Column {
        title: |t| t.customers.level,
        width: Width::Fixed(58.0),
        align: Align::Min,
        sort: Some(CustomerSort::Level),
        narrow: false,
        cell: |row, ui, cx| {
            level_chip(ui, cx.texts, row.level);
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
        title: |t| t.customers.last_order,
        width: Width::Fixed(74.0),
        align: Align::Min,
        sort: Some(CustomerSort::LastOrder),
        narrow: false,
        cell: |row, ui, cx| {
            let text = row.last_order_at.map_or_else(|| "—".to_owned(), |at| cx.data.date(at));
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
];

/// F4 by mouse.
const RECORD: RowAction = RowAction { icon: icons::NOTE_PENCIL, name: |t| t.followups.record };

/// What a level is called.
pub fn level_name(t: &'static Texts, level: CustomerLevel) -> &'static str {
    match level {
        CustomerLevel::Vip => t.customers.level_vip,
        CustomerLevel::Important => t.customers.level_important,
        CustomerLevel::Normal => t.customers.level_normal,
    }
}

/// The chip of a level.
pub fn level_chip(ui: &mut Ui, t: &'static Texts, level: CustomerLevel) {
    let name = level_name(t, level);
    match level {
        CustomerLevel::Vip => vip_chip(ui, name),
        CustomerLevel::Important => plain_chip(ui, name, Tone::AccentSoft),
        CustomerLevel::Normal => plain_chip(ui, name, Tone::Mute),
    };
}

impl Customers {
    fn query(&self) -> (CustomerFilter, CustomerPage) {
        let page = CustomerPage { page: self.page, descending: self.list.descending, ..CustomerPage::first(self.list.sort, true) };
        (self.filter.clone(), page)
    }

    /// Draws what is left of the drawer: head, filters, list, pager.
    pub(super) fn list_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let key = self.query();
        let result = self.rows.get(cx, &key, |desk, (filter, page)| customers::list(desk, filter, page));
        let (total, pages, first, shown) = match result {
            Ok(page) => (page.total, page.pages(), u64::try_from(key.1.offset()).unwrap_or_default(), page.rows.len() as u64),
            Err(_) => (0, 1, 0, 0),
        };
        if self.page > pages {
            self.page = pages;
            ui.request_repaint();
        }
        if total > 0 {
            let sentence = fill(cx.t.customers.shown, &[&(first + 1), &(first + shown), &total]);
            let panel = Panel::bottom("customers pager").exact_size(size::PAGER).resizable(false).show_separator_line(false).frame(Frame::NONE);
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
        Frame::new().inner_margin(margin).show(ui, |ui| self.filters_ui(ui, cx));
        if before != self.filter {
            self.page = 1;
            ui.request_repaint();
        }
        self.rows_ui(ui, cx, padding);
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.customers;
        page::head_ui(ui, t.title, |ui| {
            let why = cx.why_not(Module::Customer, Verb::Create);
            let button = Button::primary(t.new).icon(icons::PLUS).keys(Shortcut::New.keys()).reason(why.as_deref());
            if button.show(ui).clicked() {
                self.form = Some(super::form::CustomerForm::new(cx));
            }
        });
    }

    fn filters_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.customers;
        let colleagues = self.colleagues.get(cx, &(), |desk, ()| users::colleagues(desk)).as_deref().unwrap_or_default();
        let tags = self.tags.get(cx, &(), |desk, ()| customers::tags(desk)).as_deref().unwrap_or_default();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(size::BUTTON_GAP, size::LABEL_GAP);
            let width = if ui.available_width() < 600.0 { 200.0 } else { 256.0 };
            let options = InputOptions {
                hint: t.search_hint,
                icon: Some(icons::MAGNIFYING_GLASS),
                keys: Some(Shortcut::Find.keys()),
                width: Some(width),
                keep_arrows: true,
                ..Default::default()
            };
            let search = text_input_with_id(ui, search_id(), &mut self.filter.search, options);
            let down = search.has_focus() && ui.input(|input| input.key_pressed(egui::Key::ArrowDown));
            if down || (search.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))) {
                self.list.take_focus = true;
                let first = self.rows.last().and_then(|page| page.rows.first());
                if self.list.selected.is_none() {
                    self.list.selected = first.map(|row| row.id.0);
                }
            }
            let levels = CustomerLevel::ALL.iter().map(|level| (*level, level_name(cx.t, *level))).collect::<Vec<_>>();
            filter_chip(ui, cx.t, "level", t.level, &mut self.filter.level, &levels);
            let states = [(Status::Active, t.active), (Status::Inactive, t.inactive)];
            filter_chip(ui, cx.t, "status", t.status, &mut self.filter.status, &states);
            let mut owners = vec![(OwnerFilter::Unassigned, t.unassigned)];
            owners.extend(colleagues.iter().map(|colleague| (OwnerFilter::User(colleague.id), colleague.full_name.as_str())));
            filter_chip(ui, cx.t, "owner", t.owner, &mut self.filter.owner, &owners);
            let mut tag = self.filter.tag.as_ref().and_then(|tag| tags.iter().position(|known| known == tag));
            let known = tags.iter().enumerate().map(|(at, tag)| (at, tag.as_str())).collect::<Vec<_>>();
            filter_chip(ui, cx.t, "tag", t.tag, &mut tag, &known);
            self.filter.tag = tag.and_then(|at| tags.get(at)).cloned();
        });
        ui.add_space(size::CARD_GAP);
    }

    fn rows_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, padding: f32) {
        let t = &cx.t.customers;
        let may_create = cx.may(Module::Customer, Verb::Create);
        let untouched = self.filter == start_filter() || self.filter == CustomerFilter::default();
        let (mut title, mut body) = (String::new(), String::new());
        // The same query as above: nothing is read twice.
        let key = self.query();
        let result = self.rows.get(cx, &key, |desk, (filter, page)| customers::list(desk, filter, page));
        let rows = result.as_ref().map(|page| page.rows.as_slice()).unwrap_or_default();
        if let Err(error) = result {
            title = fill(t.list_failed, &[&(error.code() as i32)]);
            body = cx.lang.sentence(error);
        }
        let phase = match (result, rows.is_empty()) {
            (Err(_), _) => Phase::Failed(Banner::new(Tone::Danger, &title, &body).button(cx.t.common.retry, Some(icons::ARROW_CLOCKWISE))),
            (Ok(_), false) => Phase::Ready,
            (Ok(_), true) if untouched => Phase::Empty(Empty {
                icon: icons::USERS,
                headline: t.none_yet,
                sentence: t.none_yet_more,
                button: may_create.then_some(EmptyButton { text: t.new, icon: Some(icons::PLUS), keys: Some(Shortcut::New.keys()), primary: true }),
            }),
            (Ok(_), true) => Phase::Empty(Empty {
                icon: icons::FUNNEL_SIMPLE,
                headline: t.no_match,
                sentence: t.no_match_more,
                button: Some(EmptyButton { text: cx.t.common.clear_filters, ..Default::default() }),
            }),
        };
        let failed = matches!(phase, Phase::Failed(_));
        let data = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
        let list = List {
            columns: COLUMNS,
            rows,
            key: |row| row.id.0,
            label: |row| row.name.clone(),
            data: &data,
            phase,
            options: ListOptions { padding, action: may_create.then_some(RECORD), ..Default::default() },
        };
        let out = list.show(ui, cx.t, "customers", &mut self.list);
        let at = |index: Option<usize>| index.and_then(|index| rows.get(index)).map(|row| (row.id, row.name.clone()));
        let opened = at(out.opened.or(out.clicked)).map(|(id, _)| id);
        let followed = if out.selection_changed && self.drawer.is_some() { self.list.selected.map(crate::models::CustomerId) } else { None };
        let recording = at(out.acted).map(|(id, _)| id);
        let deleting = at(out.wants_delete);
        if out.sort_changed {
            self.page = 1;
            ui.request_repaint();
        }
        if out.action {
            if failed {
                self.refresh();
            } else if untouched {
                self.form = Some(super::form::CustomerForm::new(cx));
            } else {
                self.filter = start_filter();
                self.page = 1;
            }
            ui.request_repaint();
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
