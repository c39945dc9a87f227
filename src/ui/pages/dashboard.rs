//! The dashboard (picture 02): what is due today and the latest orders. Each card by its right.

use egui::{Align, Layout, Rect, Ui, vec2};

use super::Hint;
use crate::i18n::{Texts, fill};
use crate::models::choice::{Module, OrderStatus};
use crate::models::followup::{FollowupRow, Reminders};
use crate::models::list::Page;
use crate::models::order::{OrderFilter, OrderPage, OrderRow, OrderSort};
use crate::models::rights::Verb;
use crate::models::{Day, UserId};
use crate::services::{followups, orders};
use crate::ui::context::{Cached, Context};
use crate::ui::dense::Dense;
use crate::ui::followup::{FollowupActs, Happened, due_text, neighbour};
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::Banner;
use crate::ui::widgets::button::{Button, link};
use crate::ui::widgets::card::{bare_card, card_title};
use crate::ui::widgets::chip::status_chip;
use crate::ui::widgets::empty::{Empty, empty_ui};
use crate::ui::widgets::page;
use crate::ui::widgets::paint;
use crate::ui::widgets::table::{Column, List, ListOptions, ListState, Phase, Width};

/// How many orders the card shows.
const LATEST: u32 = 20;
/// The card of what is due is a little narrower than the one of orders.
const LEFT_SHARE: f32 = 0.45;

/// The page's state.
pub struct Dashboard {
    due: Cached<(UserId, Day), Reminders>,
    due_list: ListState<()>,
    /// The row to stand on once a plan is done.
    after: Option<i64>,
    orders: Cached<(), Page<OrderRow>>,
    order_list: ListState<()>,
    acts: FollowupActs,
    entered: bool,
}

impl Default for Dashboard {
    fn default() -> Self {
        Dashboard {
            due: Cached::default(),
            due_list: ListState::new((), false),
            after: None,
            orders: Cached::default(),
            order_list: ListState::new((), true),
            acts: FollowupActs::default(),
            entered: false,
        }
    }
}

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

const ORDERS: &[OrderColumn] = &[
    Column {
        title: |t| t.orders.number,
        width: Width::Fixed(104.0),
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
        width: Width::Fixed(92.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cell| {
            let e = &cell.texts.errors;
            let (name, tone) = match row.status {
                OrderStatus::PendingPayment => (e.s_pending_payment, Tone::Warn),
                OrderStatus::Paid => (e.s_paid, Tone::Info),
                OrderStatus::Shipped => (e.s_shipped, Tone::Violet),
                OrderStatus::Completed => (e.s_completed, Tone::Ok),
                OrderStatus::Cancelled => (e.s_cancelled, Tone::Mute),
            };
            status_chip(ui, name, tone);
        },
    },
    Column {
        title: |t| t.orders.day,
        width: Width::Fixed(44.0),
        align: Align::Max,
        sort: None,
        narrow: true,
        cell: |row, ui, cell| {
            cell.muted(ui, &cell.data.day(row.order_day));
        },
    },
];

impl Dashboard {
    /// Prepares the page before its first frame.
    pub fn enter(&mut self) {
        self.entered = false;
    }

    /// What is typed and not saved, in words.
    pub fn unsaved(&self, t: &'static Texts) -> Option<&'static str> {
        self.acts.unsaved(t)
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        self.acts.is_saving()
    }

    /// Begins to save what is typed.
    pub fn save(&mut self, ctx: &egui::Context) {
        self.acts.save(ctx);
    }

    /// Throws away what is typed.
    pub fn discard(&mut self) {
        self.acts.discard();
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let (sees_customers, sees_orders) = (cx.may(Module::Customer, Verb::View), cx.may(Module::Sales, Verb::View));
        if !std::mem::replace(&mut self.entered, true) {
            self.due_list.take_focus = sees_customers;
            self.order_list.take_focus = !sees_customers;
        }
        self.keys(ui, cx);
        let ground = ui.max_rect();
        ui.painter().rect_filled(ground.with_min_y(ground.top() + 1.0), 0.0, palette(ui).bg);
        let padding = page::padding(ui);
        let inner = ground.shrink2(vec2(padding, 0.0)).with_max_y(ground.bottom() - padding);
        paint::inside(ui, inner, Layout::top_down(Align::Min), "dashboard", |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            head_ui(ui, cx);
            let room = ui.available_rect_before_wrap();
            match (sees_customers, sees_orders) {
                (true, true) => {
                    let width = ((room.width() - size::CARD_GAP) * LEFT_SHARE).round();
                    let left = Rect::from_min_size(room.min, vec2(width, room.height()));
                    let right = room.with_min_x(left.right() + size::CARD_GAP);
                    self.due_ui(ui, cx, left);
                    self.orders_ui(ui, cx, right);
                }
                (true, false) => self.due_ui(ui, cx, room.with_max_x(room.left() + room.width().min(size::READING_WIDTH))),
                (false, true) => self.orders_ui(ui, cx, room.with_max_x(room.left() + room.width().min(size::READING_WIDTH))),
                (false, false) => {
                    let t = &cx.t.dashboard;
                    empty_ui(ui, &Empty { icon: icons::SQUARES_FOUR, headline: t.nothing_here, sentence: t.nothing_here_more, ..Default::default() });
                }
            }
        });
        let happened = self.acts.ui(ui, cx);
        if matches!(happened, Some(Happened::Marked(_))) {
            self.due_list.selected = self.after.take();
        }
        self.due_list.take_focus |= happened.is_some() && !self.acts.is_open();
    }

    fn keys(&mut self, ui: &Ui, cx: &mut Context<'_>) {
        if Shortcut::New.pressed(ui) && cx.may(Module::Sales, Verb::Create) {
            cx.go = Some(Route::NewOrder(None));
        }
        if Shortcut::Refresh.pressed(ui) {
            self.due.forget();
            self.orders.forget();
        }
        let selected = self.due_list.selected;
        if let Some(row) = self.due.last().and_then(|due| due.due.iter().find(|row| Some(row.followup.id.0) == selected))
            && Shortcut::Main.pressed(ui)
        {
            self.acts.record(cx, row.followup.customer, &row.customer_name);
        }
    }

    /// 今日待办.
    fn due_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, room: Rect) {
        let t = &cx.t.dashboard;
        let read = self.due.get(cx, &(cx.session.user, cx.today), |desk, _| followups::reminders(desk));
        let sentence = read.as_ref().err().map(|error| cx.lang.sentence(error));
        let none = Reminders::default();
        let reminders = read.as_ref().unwrap_or(&none);
        let phase = match &sentence {
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
        let (all, out) = card(ui, room, t.todo, &caption, t.all_followups, |ui| list.show(ui, cx.t, "due", &mut self.due_list));
        let at = |index: Option<usize>| index.and_then(|index| reminders.due.get(index));
        if let Some(row) = at(out.opened.or(out.clicked)) {
            cx.go = Some(Route::Customer(row.followup.customer));
        }
        if let (Some(index), Some(row)) = (out.ticked, at(out.ticked)) {
            self.after = neighbour(&reminders.due, index);
            self.acts.toggle(ui, cx, &row.followup, &row.customer_name);
        }
        if all {
            cx.go = Some(Route::Followups);
        }
        if out.action {
            self.due.forget();
        }
    }

    /// 最近订单.
    fn orders_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, room: Rect) {
        let t = &cx.t.dashboard;
        let read = self.orders.get(cx, &(), |desk, ()| {
            let page = OrderPage { page_size: LATEST, ..OrderPage::first(OrderSort::Day, true) };
            Ok(orders::list(desk, &OrderFilter::default(), &page)?.0)
        });
        let sentence = read.as_ref().err().map(|error| cx.lang.sentence(error));
        let rows = read.as_ref().map_or(&[][..], |page| &page.rows);
        let phase = match &sentence {
            Some(sentence) => Phase::Failed(Banner::new(Tone::Danger, sentence, "").button(cx.t.common.retry, Some(icons::ARROW_CLOCKWISE))),
            None if rows.is_empty() => {
                Phase::Empty(Empty { icon: icons::RECEIPT, headline: t.no_orders, sentence: t.no_orders_more, ..Default::default() })
            }
            None => Phase::Ready,
        };
        let dense = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
        let list = List {
            columns: ORDERS,
            rows,
            key: |row| row.id.0,
            label: |row| row.order_no.clone(),
            data: &dense,
            phase,
            options: ListOptions { padding: size::CARD_PADDING, ..Default::default() },
        };
        let (all, out) = card(ui, room, t.recent_orders, "", t.all_orders, |ui| list.show(ui, cx.t, "latest orders", &mut self.order_list));
        if let Some(row) = out.opened.or(out.clicked).and_then(|index| rows.get(index)) {
            cx.go = Some(Route::Order(row.id));
        }
        if all {
            cx.go = Some(Route::Orders);
        }
        if out.action {
            self.orders.forget();
        }
    }
}

/// A card as high as its room, with a title, a link and a list; whether the link was pressed, and what the list gave.
fn card<R>(ui: &mut Ui, room: Rect, title: &str, caption: &str, all: &str, list: impl FnOnce(&mut Ui) -> R) -> (bool, R) {
    paint::inside(ui, room, Layout::top_down(Align::Min), title, |ui| {
        bare_card(ui, |ui| {
            ui.set_min_height(room.height() - 2.0);
            ui.set_max_height(room.height() - 2.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(10.0);
            let pressed = egui::Frame::new()
                .inner_margin(egui::Margin::symmetric(size::CARD_PADDING as i8, 0))
                .show(ui, |ui| card_title(ui, title, caption, |ui| link(ui, all).clicked()))
                .inner;
            ui.add_space(10.0);
            paint::divider(ui);
            (pressed, list(ui))
        })
    })
}

fn head_ui(ui: &mut Ui, cx: &mut Context<'_>) {
    let t = &cx.t.dashboard;
    let date = fill(t.date, &[&cx.today, &weekday(cx.today, cx.t)]);
    let customers = cx.why_not(Module::Customer, Verb::Create);
    let orders = cx.why_not(Module::Sales, Verb::Create);
    let mut to = None;
    ui.allocate_ui_with_layout(vec2(ui.available_width(), size::PAGE_HEAD), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(size::PAGE_HEAD);
        ui.spacing_mut().item_spacing.x = size::FIELD_GAP;
        ui.label(theme::title(t.title));
        ui.label(theme::label(palette(ui), date));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
            let new = Button::primary(cx.t.orders.new).icon(icons::PLUS).keys(Shortcut::New.keys()).reason(orders.as_deref());
            if new.show(ui).clicked() {
                to = Some(Route::NewOrder(None));
            }
            let new = Button::secondary(cx.t.customers.new).icon(icons::USER_PLUS).reason(customers.as_deref());
            if new.show(ui).clicked() {
                to = Some(Route::NewCustomer);
            }
        });
    });
    cx.go = to.or(cx.go);
}

fn weekday(day: Day, t: &'static Texts) -> &'static str {
    use chrono::{Datelike, Weekday};
    let t = &t.dashboard;
    match day.0.weekday() {
        Weekday::Mon => t.monday,
        Weekday::Tue => t.tuesday,
        Weekday::Wed => t.wednesday,
        Weekday::Thu => t.thursday,
        Weekday::Fri => t.friday,
        Weekday::Sat => t.saturday,
        Weekday::Sun => t.sunday,
    }
}

/// The key hints of the page.
pub fn hints(t: &'static Texts) -> Vec<Hint> {
    let s = &t.shell;
    vec![
        (&["↑", "↓"], s.key_choose),
        (&["Enter"], s.key_open),
        (&["Space"], t.followups.key_done),
        (&["F4"], t.followups.record),
        (&["Ctrl N"], t.orders.new),
    ]
}
