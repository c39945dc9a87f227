//! 第一步: what is best set up on a new file, each with a tick once it is done and the way to its page; gone with the first order.

use egui::{Align, Rect, Sense, Ui, UiBuilder, vec2};

use super::Dashboard;
use super::lists::card;
use crate::i18n::{Texts, fill};
use crate::models::first_steps::{FirstStep, StepTaken};
use crate::services::analytics;
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::pages;
use crate::ui::route::{Route, Section};
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::paint;
use crate::ui::widgets::table::{Column, List, ListOptions, Phase, Width};

/// A title and a sentence below it.
const ROW: f32 = 56.0;
/// The line below the rows.
const FOOT: f32 = 44.0;

/// A step in words.
pub(super) struct Row {
    step: FirstStep,
    title: &'static str,
    what_for: &'static str,
    done: bool,
    /// What a screen reader is told.
    label: String,
}

impl Row {
    fn new(taken: StepTaken, t: &'static Texts) -> Row {
        let d = &t.dashboard;
        let (title, what_for) = match taken.step {
            FirstStep::Company => (d.step_company, d.step_company_more),
            FirstStep::Products => (d.step_products, d.step_products_more),
            FirstStep::Customers => (d.step_customers, d.step_customers_more),
            FirstStep::Order => (d.step_order, d.step_order_more),
            FirstStep::Backup => (d.step_backup, d.step_backup_more),
        };
        let label = if taken.done { fill(d.step_done, &[&title]) } else { title.to_owned() };
        Row { step: taken.step, title, what_for, done: taken.done, label }
    }

    fn route(&self) -> Route {
        match self.step {
            FirstStep::Company => Route::Settings(Section::Config),
            FirstStep::Products => Route::Products,
            FirstStep::Customers => Route::Customers,
            FirstStep::Order => Route::Orders,
            FirstStep::Backup => Route::Settings(Section::Backup),
        }
    }

    fn icon(&self, t: &'static Texts) -> &'static str {
        match self.step {
            FirstStep::Company => icons::BUILDINGS,
            FirstStep::Backup => icons::HARD_DRIVES,
            _ => pages::entry(self.route(), t).0,
        }
    }
}

const COLUMNS: &[Column<Row, ()>] = &[
    Column {
        title: |_| "",
        width: Width::Fixed(24.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cell| {
            let (rect, _) = ui.allocate_exact_size(vec2(24.0, ui.available_height()), Sense::hover());
            let (icon, color) = if row.done { (icons::CHECK_CIRCLE, cell.p.ok.fg) } else { (row.icon(cell.texts), cell.p.text_2) };
            paint::icon(ui.painter(), rect.center(), icon, size::ICON_EMPTY, color);
        },
    },
    Column {
        title: |_| "",
        width: Width::Fill(1.0, 160.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cell| {
            let room = ui.available_rect_before_wrap();
            let (upper, lower) = room.shrink2(vec2(0.0, 8.0)).split_top_bottom_at_fraction(0.5);
            let font = if row.done { theme::font(size::TEXT_BODY) } else { theme::medium_font(size::TEXT_BODY) };
            paint::text_left(ui, upper, row.title, font, if row.done { cell.p.text_2 } else { cell.p.text });
            let placed = paint::text_left(ui, lower, row.what_for, theme::font(size::TEXT_SMALL), cell.p.text_3);
            let sentence = ui.interact(placed, ui.unique_id().with("what for"), Sense::hover());
            sentence.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, row.what_for));
        },
    },
    Column {
        title: |_| "",
        width: Width::Fixed(size::ICON),
        align: Align::Max,
        sort: None,
        narrow: false,
        cell: |_, ui, cell| {
            ui.label(theme::icon(icons::CARET_RIGHT, size::ICON_SMALL).color(cell.p.text_3));
        },
    },
];

impl Dashboard {
    /// The steps, read once where the file changed; none once it has an order.
    pub(super) fn read_steps(&mut self, cx: &Context<'_>) {
        let before = self.steps.last().map_or(0, Vec::len);
        let steps = self.steps.get(cx, &cx.lang, |desk, _| {
            let steps = analytics::first_steps(desk)?;
            Ok(steps.into_iter().map(|taken| Row::new(taken, cx.t)).collect())
        });
        if before == 0
            && let Ok(steps) = steps
        {
            // Where to go on.
            self.step_list.selected = steps.iter().find(|row| !row.done).map(|row| row.step as i64);
        }
    }

    /// Whether there are steps to show.
    pub(super) fn has_steps(&self) -> bool {
        self.steps.last().is_some_and(|steps| !steps.is_empty())
    }

    /// How high the card is.
    pub(super) fn steps_height(&self) -> f32 {
        48.0 + self.steps.last().map_or(0, Vec::len) as f32 * ROW + FOOT
    }

    /// The card.
    pub(super) fn steps_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, room: Rect) {
        let t = &cx.t.dashboard;
        let Some(steps) = self.steps.last() else { return };
        let done = steps.iter().filter(|row| row.done).count();
        let list = List {
            columns: COLUMNS,
            rows: steps,
            key: |row| row.step as i64,
            label: |row| row.label.clone(),
            data: &(),
            phase: Phase::Ready,
            options: ListOptions { row_height: ROW, padding: size::CARD_PADDING, head: false, fit: true, ..Default::default() },
        };
        let caption = fill(t.steps_done, &[&done, &steps.len()]);
        let state = &mut self.step_list;
        let out = card(ui, room, t.first_steps, &caption, None, |ui| {
            let out = list.show(ui, cx.t, "first steps", state);
            foot_ui(ui, cx.t);
            out
        });
        if let Some(row) = out.1.opened.or(out.1.clicked).and_then(|index| steps.get(index)) {
            cx.go = Some(row.route());
        }
    }
}

/// What finds everything else.
fn foot_ui(ui: &mut Ui, t: &'static Texts) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), FOOT), Sense::hover());
    let row = UiBuilder::new().max_rect(rect.shrink2(vec2(size::CARD_PADDING, 0.0))).layout(egui::Layout::left_to_right(Align::Center));
    ui.scope_builder(row, |ui| {
        let sentence = fill(t.dashboard.finds_all, &[&Shortcut::Search.keys(), &Shortcut::Help.keys()]);
        ui.add(egui::Label::new(theme::secondary(palette(ui), sentence)).truncate());
    });
}
