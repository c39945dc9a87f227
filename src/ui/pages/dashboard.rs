//! The dashboard (picture 02): sales, receivables, stock and plans of today, the trend, what is due and the latest orders. Each card by its right.
//! On a file without orders the first steps stand in the place of what has nothing to show.

mod figures;
mod first_steps;
mod lists;
mod trend;

use egui::{Align, Layout, Rect, Sense, Ui, vec2};

use super::Hint;
use crate::i18n::{Lang, Texts, fill};
use crate::models::choice::Module;
use crate::models::rights::Verb;
use crate::models::{Day, statistics};
use crate::services::analytics;
use crate::ui::context::{Cached, Context};
use crate::ui::followup::{FollowupActs, Happened};
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::empty::{Empty, empty_ui};
use crate::ui::widgets::table::ListState;
use crate::ui::widgets::{page, paint};

/// The card of what is due is a little narrower than the one of orders.
const LEFT_SHARE: f32 = 0.45;
/// The trend beside the best-selling products.
const TREND_SHARE: f32 = 0.645;
/// What is due beside the first steps, and the width below which it stands under them.
const DUE_SHARE: f32 = 0.4;
const DUE_LEAST: f32 = 366.0;
const TREND: f32 = 240.0;
/// Below this height of the lists the page scrolls.
const LISTS: f32 = 236.0;

/// The page's state.
pub struct Dashboard {
    figures: Cached<Day, statistics::Dashboard>,
    trend: trend::Trend,
    due_list: ListState<()>,
    /// The row to stand on once a plan is done.
    after: Option<i64>,
    order_list: ListState<()>,
    acts: FollowupActs,
    steps: Cached<Lang, Vec<first_steps::Row>>,
    step_list: ListState<()>,
    entered: bool,
}

impl Default for Dashboard {
    fn default() -> Self {
        Dashboard {
            figures: Cached::default(),
            trend: trend::Trend::default(),
            due_list: ListState::new((), false),
            after: None,
            order_list: ListState::new((), true),
            acts: FollowupActs::default(),
            steps: Cached::default(),
            step_list: ListState::new((), false),
            entered: false,
        }
    }
}

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
        self.read(cx);
        if !std::mem::replace(&mut self.entered, true) {
            self.step_list.take_focus = self.has_steps();
            self.due_list.take_focus = sees_customers && !self.has_steps();
            self.order_list.take_focus = !sees_customers && !self.has_steps();
        }
        self.keys(ui, cx);
        let ground = ui.max_rect();
        ui.painter().rect_filled(ground.with_min_y(ground.top() + 1.0), 0.0, palette(ui).bg);
        let padding = page::padding(ui);
        let inner = ground.shrink2(vec2(padding, 0.0));
        paint::inside(ui, inner, Layout::top_down(Align::Min), "dashboard", |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            head_ui(ui, cx);
            if !sees_customers && !sees_orders && !cx.may(Module::Inventory, Verb::View) {
                let t = &cx.t.dashboard;
                empty_ui(ui, &Empty { icon: icons::SQUARES_FOUR, headline: t.nothing_here, sentence: t.nothing_here_more, ..Default::default() });
                return;
            }
            page::scroll_ui(ui, "dashboard body", |ui| {
                self.figures_ui(ui, cx);
                if self.has_steps() {
                    return self.begin_ui(ui, cx, sees_customers);
                }
                let trend = self.figures.last().is_some_and(|figures| figures.trend.is_some());
                if trend {
                    let (room, _) = ui.allocate_exact_size(vec2(ui.available_width(), TREND), Sense::hover());
                    let width = ((room.width() - size::CARD_GAP) * TREND_SHARE).round();
                    let left = room.with_max_x(room.left() + width);
                    self.trend_ui(ui, cx, left);
                    self.hot_ui(ui, cx, room.with_min_x(left.right() + size::CARD_GAP));
                    ui.add_space(size::CARD_GAP);
                }
                if !sees_customers && !sees_orders {
                    return;
                }
                let height = (ui.available_height() - size::PAGE_PADDING_NARROW).max(LISTS);
                let (room, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
                ui.add_space(size::PAGE_PADDING_NARROW);
                self.lists_ui(ui, cx, room, sees_customers, sees_orders);
            });
        });
        let happened = self.acts.ui(ui, cx);
        if matches!(happened, Some(Happened::Marked(_))) {
            self.due_list.selected = self.after.take();
        }
        self.due_list.take_focus |= happened.is_some() && !self.acts.is_open();
    }

    /// The first steps, and beside them what is due.
    fn begin_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, sees_customers: bool) {
        let width = ui.available_width();
        let beside = ((width - size::CARD_GAP) * DUE_SHARE).round();
        let below = beside < DUE_LEAST;
        let (room, _) = ui.allocate_exact_size(vec2(width, self.steps_height()), Sense::hover());
        ui.add_space(size::CARD_GAP);
        if !sees_customers || below {
            self.steps_ui(ui, cx, room.with_max_x(room.left() + width.min(size::READING_WIDTH)));
        } else {
            self.steps_ui(ui, cx, room.with_max_x(room.right() - beside - size::CARD_GAP));
            self.due_ui(ui, cx, room.with_min_x(room.right() - beside));
        }
        if sees_customers && below {
            let (room, _) = ui.allocate_exact_size(vec2(width.min(size::READING_WIDTH), LISTS), Sense::hover());
            self.due_ui(ui, cx, room);
            ui.add_space(size::CARD_GAP);
        }
    }

    fn lists_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, room: Rect, customers: bool, orders: bool) {
        if customers && orders {
            let width = ((room.width() - size::CARD_GAP) * LEFT_SHARE).round();
            let left = room.with_max_x(room.left() + width);
            self.due_ui(ui, cx, left);
            self.orders_ui(ui, cx, room.with_min_x(left.right() + size::CARD_GAP));
            return;
        }
        let room = room.with_max_x(room.left() + room.width().min(size::READING_WIDTH));
        if customers {
            self.due_ui(ui, cx, room);
        } else {
            self.orders_ui(ui, cx, room);
        }
    }

    /// Figures and first steps, each read once where the file or the day changed.
    fn read(&mut self, cx: &Context<'_>) {
        let known = self.figures.is_current(cx, &cx.today);
        if let Ok(figures) = self.figures.get(cx, &cx.today, |desk, _| analytics::dashboard(desk))
            && !known
        {
            self.trend = trend::Trend::of(figures);
        }
        self.read_steps(cx);
    }

    fn keys(&mut self, ui: &Ui, cx: &mut Context<'_>) {
        if Shortcut::New.pressed(ui) && cx.may(Module::Sales, Verb::Create) {
            cx.go = Some(Route::NewOrder(None));
        }
        if Shortcut::Refresh.pressed(ui) {
            cx.plans.forget();
            self.figures.forget();
            self.steps.forget();
        }
        let selected = self.due_list.selected;
        let row = cx.plans.known().and_then(|plans| plans.due.iter().find(|row| Some(row.followup.id.0) == selected));
        if let Some(row) = row.filter(|_| Shortcut::Main.pressed(ui)).cloned() {
            self.acts.record(cx, row.followup.customer, &row.customer_name);
        }
    }
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
        (&["Ctrl K"], s.key_search),
        (&["Ctrl N"], t.orders.new),
        (&["↑", "↓"], s.key_choose),
        (&["Space"], t.followups.key_done),
        (&["F4"], t.followups.record),
    ]
}
