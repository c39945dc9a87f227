//! The statistics page (picture 08): the period, what it is summed up by, sums against the period before, chart and table; customers and stock beside.

mod cards;
mod chart;
mod table;

use egui::{Align, Layout, Rect, Sense, Ui, vec2};
use serde_json::{Value, json};

use super::Hint;
use crate::i18n::Texts;
use crate::models::Day;
use crate::models::choice::Module;
use crate::models::export::{Export, ExportKind};
use crate::models::period::{Period, Span, Unit, last_of_month};
use crate::models::rights::Verb;
use crate::models::statistics::{GroupKey, Grouping, SalesQuery, SalesStatistics};
use crate::services::analytics;
use crate::ui::context::Context;
use crate::ui::export_dialog::{ExportDialog, export_button};
use crate::ui::fetched::Fetched;
use crate::ui::icons;
use crate::ui::kept::Kept;
use crate::ui::route::{OrdersAsked, Route};
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::button::mini_icon_button;
use crate::ui::widgets::date::{date_input, parse_date};
use crate::ui::widgets::empty::{Empty, empty_ui};
use crate::ui::widgets::input::InputOptions;
use crate::ui::widgets::segment::{form_segments, segments_width};
use crate::ui::widgets::select::{SelectOptions, select};
use crate::ui::widgets::{page, paint};

use cards::Cards;
use chart::Chart;
use table::Table;

/// The column of cards at the right.
const CARDS_WIDTH: f32 = 340.0;
/// Below this height the page scrolls.
const LEAST: f32 = 540.0;
/// Heights where everything stands in one column.
const TABLE_HEIGHT: f32 = 320.0;
const CARDS_HEIGHT: f32 = 300.0;

/// How the page stood last, for the person's next sitting; days from and to are not kept.
const KEPT: &str = "statistics";

/// What a preset spans: [`Span::Custom`] stands for 自定义.
#[derive(Clone, Copy, PartialEq)]
enum Preset {
    Calendar(Unit, u32),
    Custom,
}

/// The page's state.
pub struct Statistics {
    span: Span,
    grouping: Grouping,
    /// The two days as typed, and the period they were last written for.
    from: String,
    to: String,
    written: Option<Period>,
    read: Fetched<SalesQuery, SalesStatistics>,
    /// The arrival that chart and table show.
    shown: u64,
    chart: Chart,
    table: Table,
    cards: Cards,
    export: ExportDialog,
    kept: Kept,
}

impl Default for Statistics {
    fn default() -> Self {
        Statistics {
            span: Span::Calendar(Unit::Month, 0),
            grouping: Grouping::Day,
            from: String::new(),
            to: String::new(),
            written: None,
            read: Fetched::default(),
            shown: 0,
            chart: Chart::default(),
            table: Table::new(Grouping::Day),
            cards: Cards::default(),
            export: ExportDialog::default(),
            kept: Kept::default(),
        }
    }
}

impl Statistics {
    /// Prepares the page before its first frame.
    pub fn enter(&mut self) {
        self.table.list.take_focus = true;
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        self.keep(ui, cx);
        self.keys(ui, cx.today);
        let before = (self.span, self.grouping);
        let mut export = false;
        let ground = ui.max_rect();
        ui.painter().rect_filled(ground.with_min_y(ground.top() + 1.0), 0.0, palette(ui).bg);
        let padding = page::padding(ui);
        let inner = ground.shrink2(vec2(padding, 0.0)).with_max_y(ground.bottom() - padding);
        paint::inside(ui, inner, Layout::top_down(Align::Min), "statistics", |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let sees_sales = cx.may(Module::Sales, Verb::View);
            page::head_ui(ui, cx.t.statistics.title, |ui| {
                if sees_sales {
                    export = export_button(ui, cx, ExportKind::Statistics);
                    self.grouping_ui(ui, cx);
                }
            });
            if sees_sales {
                self.period_ui(ui, cx);
                ui.add_space(size::CARD_GAP);
                self.read_sales(ui, cx);
            }
            page::scroll_ui(ui, "statistics body", |ui| self.body_ui(ui, cx, sees_sales));
        });
        if (self.span, self.grouping) != before {
            self.kept.changed();
            ui.request_repaint();
        }
        if export {
            self.export.open(cx, Export::Statistics(self.query(cx.today)));
        }
        self.table.list.take_focus |= self.export.ui(ui, cx);
    }

    /// Takes over how the person left the page last; writes it where it changed.
    fn keep(&mut self, ui: &Ui, cx: &mut Context<'_>) {
        let mut kept = self.kept;
        if let Some(Some(read)) = kept.frame(ui, cx, KEPT, || self.to_keep()) {
            self.restore(&read);
        }
        self.kept = kept;
    }

    fn to_keep(&self) -> Value {
        let span = match self.span {
            Span::Calendar(unit, back) => json!([unit.as_str(), back]),
            Span::Custom(_) => Value::Null,
        };
        json!({ "grouping": self.grouping.as_str(), "span": span })
    }

    fn restore(&mut self, kept: &Value) {
        if let Some(grouping) = kept["grouping"].as_str().and_then(Grouping::parse).filter(|grouping| *grouping != self.grouping) {
            self.grouping = grouping;
            self.table = Table::new(grouping);
            self.enter();
        }
        // Only the presets: how many stretches back one had gone is of that day.
        let unit = kept["span"][0].as_str().and_then(Unit::parse);
        if let Some((unit, back)) = unit.zip(kept["span"][1].as_u64().filter(|back| *back <= 1)) {
            self.span = Span::Calendar(unit, back as u32);
        }
    }

    fn keys(&mut self, ui: &Ui, today: Day) {
        if Shortcut::PreviousPeriod.pressed(ui) {
            self.span = self.span.earlier(today);
        }
        if Shortcut::NextPeriod.pressed(ui) {
            self.span = self.span.later(today);
        }
        if Shortcut::Refresh.pressed(ui) {
            self.read.forget();
            self.cards.forget();
        }
    }

    /// 汇总方式.
    fn grouping_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) {
        let t = &cx.t.statistics;
        let choices = [
            (Grouping::Day, t.by_day),
            (Grouping::Month, t.by_month),
            (Grouping::Person, t.by_person),
            (Grouping::Product, t.by_product),
            (Grouping::Category, t.by_category),
            (Grouping::Customer, t.by_customer),
        ];
        let before = self.grouping;
        form_segments(ui, "statistics grouping", &mut self.grouping, &choices);
        ui.label(theme::caption(palette(ui), t.group_by));
        if self.grouping != before {
            self.table = Table::new(self.grouping);
            ui.request_repaint();
        }
    }

    /// Presets, and the two days.
    fn period_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) {
        let t = &cx.t.statistics;
        let presets = [
            (Preset::Calendar(Unit::Day, 0), t.today),
            (Preset::Calendar(Unit::Week, 0), t.this_week),
            (Preset::Calendar(Unit::Month, 0), t.this_month),
            (Preset::Calendar(Unit::Month, 1), t.last_month),
            (Preset::Calendar(Unit::NinetyDays, 0), t.ninety_days),
            (Preset::Calendar(Unit::Quarter, 0), t.this_quarter),
            (Preset::Calendar(Unit::Year, 0), t.this_year),
            (Preset::Calendar(Unit::Year, 1), t.last_year),
            (Preset::Custom, t.custom),
        ];
        let now = match self.span {
            Span::Calendar(unit, back) => Preset::Calendar(unit, back),
            Span::Custom(_) => Preset::Custom,
        };
        let (mut chosen, mut step) = (now, 0);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
            // Two fields and the arrows besides.
            if segments_width(ui, &presets) + 352.0 <= ui.available_width() {
                form_segments(ui, "statistics presets", &mut chosen, &presets);
            } else {
                let options = SelectOptions { width: Some(132.0), name: t.custom, ..Default::default() };
                select(ui, "statistics presets", &mut chosen, &presets, options);
            }
            if mini_icon_button(ui, icons::CARET_LEFT, t.previous_period).clicked() {
                step = -1;
            }
            self.days_ui(ui, cx);
            if mini_icon_button(ui, icons::CARET_RIGHT, t.next_period).clicked() {
                step = 1;
            }
        });
        if chosen != now {
            self.span = match chosen {
                Preset::Calendar(unit, back) => Span::Calendar(unit, back),
                Preset::Custom => Span::Custom(self.span.period(cx.today)),
            };
            ui.request_repaint();
        }
        if step != 0 {
            self.span = if step < 0 { self.span.earlier(cx.today) } else { self.span.later(cx.today) };
            ui.request_repaint();
        }
    }

    fn days_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) {
        let t = &cx.t.statistics;
        let period = self.span.period(cx.today);
        if self.written != Some(period) {
            (self.from, self.to) = (period.from.to_string(), period.to.to_string());
            self.written = Some(period);
        }
        let typed = |from: &str, to: &str| {
            let period = Period { from: Day(parse_date(from)?), to: Day(parse_date(to)?) };
            period.check().is_ok().then_some(period)
        };
        let wrong = typed(&self.from, &self.to).is_none();
        let options = |name| InputOptions { name, width: Some(132.0), error: wrong, ..Default::default() };
        let mut changed = date_input(ui, cx.t, "statistics from", &mut self.from, cx.today.0, options(t.from_day)).changed();
        ui.label(theme::caption(palette(ui), t.until));
        changed |= date_input(ui, cx.t, "statistics to", &mut self.to, cx.today.0, options(t.to_day)).changed();
        if let Some(period) = typed(&self.from, &self.to).filter(|typed| changed && *typed != period) {
            // What is typed stays as it is typed.
            self.written = Some(period);
            self.span = Span::Custom(period);
            ui.request_repaint();
        }
    }

    fn query(&self, today: Day) -> SalesQuery {
        SalesQuery { period: self.span.period(today), before: self.span.before(today), grouping: self.grouping }
    }

    /// Reads where query or file changed; chart and table are set up once for what was read.
    fn read_sales(&mut self, ui: &Ui, cx: &Context<'_>) {
        let query = self.query(cx.today);
        self.read.ask(ui, cx, &query, analytics::sales);
        let Some(Ok(read)) = self.read.result(&query) else { return };
        if self.shown != self.read.arrivals() || !self.table.is_of(cx.lang) {
            self.chart = Chart::of(cx.t, &query, read);
            self.table.fill(cx.t, read);
            self.shown = self.read.arrivals();
        }
    }

    fn body_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, sees_sales: bool) {
        let wide = ui.content_rect().width() >= size::NARROW;
        let cards = self.cards.any(cx);
        if !sees_sales && !cards {
            let t = &cx.t.dashboard;
            empty_ui(ui, &Empty { icon: icons::CHART_BAR, headline: t.nothing_here, sentence: t.nothing_here_more, ..Default::default() });
            return;
        }
        let width = ui.available_width();
        if wide || !sees_sales {
            let (room, _) = ui.allocate_exact_size(vec2(width, ui.available_height().max(LEAST)), Sense::hover());
            let left = if cards && sees_sales { room.with_max_x(room.right() - CARDS_WIDTH - size::CARD_GAP) } else { room };
            if sees_sales {
                self.sales_ui(ui, cx, left);
            }
            let right = if sees_sales { room.with_min_x(left.right() + size::CARD_GAP) } else { room.with_max_x(room.left() + CARDS_WIDTH) };
            if cards {
                self.cards.ui(ui, cx, right, false);
            }
        } else {
            let sales = chart::CARD + size::CARD_GAP + TABLE_HEIGHT;
            let height = sales + if cards { size::CARD_GAP + CARDS_HEIGHT } else { 0.0 };
            let (room, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
            self.sales_ui(ui, cx, room.with_max_y(room.top() + sales));
            if cards {
                self.cards.ui(ui, cx, room.with_min_y(room.top() + sales + size::CARD_GAP), true);
            }
        }
    }

    fn sales_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, room: Rect) {
        let query = self.query(cx.today);
        let chart = room.with_max_y(room.top() + chart::CARD);
        let read = self.read.last();
        let opened = self.chart.ui(ui, cx, chart, read.and_then(|read| read.as_ref().ok()));
        let out = self.table.ui(ui, cx, room.with_min_y(chart.bottom() + size::CARD_GAP), read, self.read.reading_since());
        if out.retry {
            self.read.forget();
            ui.request_repaint();
        }
        if let Some(to) = opened.or(out.opened).and_then(|key| orders_of(cx, key, query.period)) {
            cx.go = Some(to);
        }
    }
}

/// The orders behind a group.
fn orders_of(cx: &Context<'_>, key: GroupKey, period: Period) -> Option<Route> {
    let asked = OrdersAsked { from: Some(period.from), to: Some(period.to), ..OrdersAsked::default() };
    let asked = match key {
        GroupKey::Day(day) => OrdersAsked { from: Some(day), to: Some(day), ..asked },
        GroupKey::Month(first) => OrdersAsked { from: Some(first.max(period.from)), to: Some(last_of_month(first).min(period.to)), ..asked },
        GroupKey::Person(id) => OrdersAsked { person: Some(id), ..asked },
        GroupKey::Product(id) => OrdersAsked { product: Some(id), ..asked },
        GroupKey::Category(product) if cx.may(Module::Inventory, Verb::View) => OrdersAsked { category_of: Some(product), ..asked },
        GroupKey::Category(_) => return None,
        GroupKey::Customer(id) => OrdersAsked { customer: Some(id), ..asked },
    };
    Some(Route::OrdersOf(asked))
}

/// The key hints of the page.
pub fn hints(t: &'static Texts) -> Vec<Hint> {
    let s = &t.shell;
    vec![(&["Alt ←", "Alt →"], t.statistics.key_periods), (&["↑", "↓"], s.key_choose), (&["Enter"], t.orders.title), (&["F5"], s.key_refresh)]
}
