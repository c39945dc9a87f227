//! The two lists of the dashboard: what is due today, and the latest orders.

use egui::{Align, Layout, Rect, Ui};

use super::Dashboard;
use crate::i18n::{Lang, fill};
use crate::models::followup::{FollowupRow, Reminders};
use crate::models::order::OrderRow;
use crate::ui::chips::order_chip;
use crate::ui::context::Context;
use crate::ui::dense::Dense;
use crate::ui::followup::{due_text, neighbour};
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{self, Tone, size};
use crate::ui::widgets::banner::Banner;
use crate::ui::widgets::button::link;
use crate::ui::widgets::card::{bare_card, card_title};
use crate::ui::widgets::empty::Empty;
use crate::ui::widgets::paint;
use crate::ui::widgets::table::{Column, List, ListOptions, Phase, Width};

type DueColumn = Column<FollowupRow, (), Dense>;
type OrderColumn = Column<OrderRow, (), Dense>;

const fn due_column(width: Width, cell: fn(&FollowupRow, &mut Ui, &crate::ui::widgets::table::CellContext<'_, Dense>)) -> DueColumn {
    Column { title: |_| "", width, align: Align::Min, sort: None, narrow: false, cell }
}

const DUE: &[DueColumn] = &[
    due_column(Width::Fixed(76.0), |row, ui, cell| {
        let Some(next) = row.followup.input.next else { return };
        let (text, late) = due_text(cell.data, next);
        let color = if late { cell.p.danger.fg } else { cell.p.text_2 };
        cell.styled(ui, &text, theme::font(size::TEXT_SMALL), color);
    }),
    due_column(Width::Fill(1.0, 96.0), |row, ui, cell| {
        cell.name(ui, &row.customer_name);
    }),
    due_column(Width::Fill(1.2, 96.0), |row, ui, cell| {
        cell.muted(ui, &row.followup.input.content);
    }),
];

/// The latest orders; the states are longer words in English.
static ORDERS: [OrderColumn; 5] = orders(64.0);
static ORDERS_EN: [OrderColumn; 5] = orders(100.0);

const fn orders(status: f32) -> [OrderColumn; 5] {
    [
        Column {
            title: |t| t.orders.number,
            width: Width::Fixed(98.0),
            align: Align::Min,
            sort: None,
            narrow: false,
            cell: |row, ui, cell| {
                cell.styled(ui, &row.order_no, theme::font(size::TEXT_BODY), cell.p.accent_text);
            },
        },
        Column {
            title: |t| t.orders.customer,
            width: Width::Fill(1.0, 80.0),
            align: Align::Min,
            sort: None,
            narrow: false,
            cell: |row, ui, cell| {
                cell.text(ui, &row.customer_name);
            },
        },
        Column {
            title: |t| t.orders.total,
            width: Width::Fixed(92.0),
            align: Align::Max,
            sort: None,
            narrow: false,
            cell: |row, ui, cell| {
                let t = &cell.texts.customers;
                let hidden = if row.unpaid { t.not_settled } else { t.settled };
                cell.text(ui, &row.amounts.map_or_else(|| hidden.to_owned(), |amounts| amounts.net().yuan()));
            },
        },
        Column {
            title: |t| t.orders.status,
            width: Width::Fixed(status),
            align: Align::Min,
            sort: None,
            narrow: false,
            cell: |row, ui, cell| {
                order_chip(ui, cell.texts.lang, row.status);
            },
        },
        Column {
            title: |t| t.orders.day,
            width: Width::Fixed(40.0),
            align: Align::Max,
            sort: None,
            narrow: true,
            cell: |row, ui, cell| {
                cell.muted(ui, &cell.data.day(row.order_day));
            },
        },
    ]
}

impl Dashboard {
    /// 今日待办.
    pub(super) fn due_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, room: Rect) {
        let t = &cx.t.dashboard;
        let read = cx.plans.last();
        let sentence = read.and_then(|read| read.as_ref().err()).map(|error| cx.lang.sentence(error));
        let none = Reminders::default();
        let reminders = cx.plans.known().unwrap_or(&none);
        let reading = cx.plans.reading_since().filter(|_| reminders.due.is_empty());
        let phase = match &sentence {
            _ if let Some(since) = reading => Phase::Loading { since },
            Some(sentence) => Phase::Failed(Banner::new(Tone::Danger, sentence, "").button(cx.t.common.retry, Some(icons::ARROW_CLOCKWISE))),
            None if reminders.due.is_empty() => {
                Phase::Empty(Empty { icon: icons::CALENDAR_CHECK, headline: t.nothing_due, sentence: t.nothing_due_more, ..Default::default() })
            }
            None => Phase::Ready,
        };
        let dense = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
        let list = List {
            columns: DUE,
            rows: &reminders.due,
            key: |row| row.followup.id.0,
            label: |row| row.customer_name.clone(),
            data: &dense,
            phase,
            options: ListOptions { padding: size::CARD_PADDING, checks: true, done_ticks: true, head: false, ..Default::default() },
        };
        let caption = if reminders.count > 0 { fill(t.todo_count, &[&reminders.count]) } else { String::new() };
        let (all, out) = card(ui, room, t.todo, &caption, Some(t.all_followups), |ui| list.show(ui, cx.t, "due", &mut self.due_list));
        let at = |index: Option<usize>| index.and_then(|index| reminders.due.get(index));
        if let Some(row) = at(out.opened.or(out.clicked)) {
            cx.go = Some(Route::Customer(row.followup.customer));
        }
        if let (Some(index), Some(row)) = (out.ticked, at(out.ticked).cloned()) {
            self.after = neighbour(&reminders.due, index);
            self.acts.toggle(ui, cx, &row.followup, &row.customer_name);
        }
        if all {
            cx.go = Some(Route::Followups);
        }
        if out.action {
            cx.plans.forget();
        }
    }

    /// 最近订单.
    pub(super) fn orders_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, room: Rect) {
        let t = &cx.t.dashboard;
        let read = self.figures.result();
        let sentence = read.and_then(|read| read.as_ref().err()).map(|error| cx.lang.sentence(error));
        let rows = self.figures.last().and_then(|figures| figures.recent.as_deref()).unwrap_or_default();
        let phase = match &sentence {
            Some(sentence) => Phase::Failed(Banner::new(Tone::Danger, sentence, "").button(cx.t.common.retry, Some(icons::ARROW_CLOCKWISE))),
            None if rows.is_empty() => {
                Phase::Empty(Empty { icon: icons::RECEIPT, headline: t.no_orders, sentence: t.no_orders_more, ..Default::default() })
            }
            None => Phase::Ready,
        };
        let dense = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
        let list = List {
            columns: if cx.lang == Lang::En { &ORDERS_EN } else { &ORDERS },
            rows,
            key: |row| row.id.0,
            label: |row| row.order_no.clone(),
            data: &dense,
            phase,
            options: ListOptions { padding: size::CARD_PADDING, ..Default::default() },
        };
        let (all, out) = card(ui, room, t.recent_orders, "", Some(t.all_orders), |ui| list.show(ui, cx.t, "latest orders", &mut self.order_list));
        if let Some(row) = out.opened.or(out.clicked).and_then(|index| rows.get(index)) {
            cx.go = Some(Route::Order(row.id));
        }
        if all {
            cx.go = Some(Route::Orders);
        }
        if out.action {
            self.figures.forget();
        }
    }
}

/// A card as high as its room, with a title, a link where there is one, and a list; whether the link was pressed, and what the list gave.
pub(super) fn card<R>(ui: &mut Ui, room: Rect, title: &str, caption: &str, all: Option<&str>, list: impl FnOnce(&mut Ui) -> R) -> (bool, R) {
    paint::inside(ui, room, Layout::top_down(Align::Min), title, |ui| {
        bare_card(ui, |ui| {
            ui.set_min_height(room.height() - 2.0);
            ui.set_max_height(room.height() - 2.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(8.0);
            let pressed = egui::Frame::new()
                .inner_margin(egui::Margin::symmetric(size::CARD_PADDING as i8, 0))
                .show(ui, |ui| card_title(ui, title, caption, |ui| all.is_some_and(|all| link(ui, all).clicked())))
                .inner;
            ui.add_space(8.0);
            paint::divider(ui);
            (pressed, list(ui))
        })
    })
}
