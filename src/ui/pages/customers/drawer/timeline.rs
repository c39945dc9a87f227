//! The follow-ups of a customer as a line through time, the newest above. One stop for Tab: ↑ ↓ choose, Enter opens the menu, Space is done, Del deletes.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Align2, EventFilter, Galley, Id, Key, Modifiers, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::i18n::fill;
use crate::models::choice::Module;
use crate::models::customer::Customer;
use crate::models::followup::Followup;
use crate::models::rights::Verb;
use crate::models::{CustomerId, FollowupId};
use crate::services::followups;
use crate::ui::context::{Cached, Context};
use crate::ui::dense::Dense;
use crate::ui::followup::{FollowupActs, result_tone};
use crate::ui::icons;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::chip::{chip_size, plain_chip};
use crate::ui::widgets::drawer::part_ui;
use crate::ui::widgets::{options, paint};

/// How many are shown.
const MOST: u32 = 100;
const HEAD: f32 = 24.0;
const NEXT: f32 = 20.0;
const BELOW: f32 = 14.0;
/// Where the texts begin, right of the line.
const INDENT: f32 = 18.0;

/// What stays between frames.
#[derive(Default)]
pub struct Timeline {
    rows: Cached<CustomerId, (Vec<Followup>, i64)>,
    marked: Option<FollowupId>,
    take_focus: bool,
}

/// What the menu of a follow-up offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Mark,
    Reopen,
    Edit,
    Delete,
}

impl Timeline {
    /// Reads again on the next frame.
    pub fn forget(&mut self) {
        self.rows.forget();
    }

    /// Gives it the keyboard on the next frame.
    pub fn take_focus(&mut self) {
        self.take_focus = true;
    }

    /// How many follow-ups there are.
    pub fn count(&mut self, cx: &Context<'_>, customer: CustomerId) -> Option<u64> {
        let read = self.rows.get(cx, &customer, |desk, id| followups::of_customer(desk, *id, MOST));
        read.as_ref().ok().map(|(_, count)| count.unsigned_abs())
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &Context<'_>, customer: &Customer, acts: &mut FollowupActs) {
        ui.add_space(10.0);
        let (rows, count) = match self.rows.get(cx, &customer.id, |desk, id| followups::of_customer(desk, *id, MOST)) {
            Ok((rows, count)) => (rows.as_slice(), *count),
            Err(error) => {
                let sentence = cx.lang.sentence(error);
                part_ui(ui, |ui| banner_ui(ui, &Banner::new(Tone::Danger, &sentence, "")));
                return;
            }
        };
        if rows.is_empty() {
            part_ui(ui, |ui| ui.label(theme::secondary(palette(ui), cx.t.customers.no_followups)));
            return;
        }
        let id = ui.make_persistent_id("timeline");
        let menu = id.with("menu");
        let at = rows.iter().position(|row| Some(row.id) == self.marked);
        let actions = at.map(|at| actions(cx, &rows[at], at == 0)).unwrap_or_default();
        let mut taken = options::take_by_key(ui, menu, actions.len(), true).and_then(|at| actions.get(at).map(|(action, _)| *action));
        let focused = ui.memory(|memory| memory.has_focus(id));
        let mut reveal = false;
        if focused {
            let filter = EventFilter { vertical_arrows: true, escape: options::is_open(ui, menu), ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
            let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            let last = rows.len() - 1;
            let to = if pressed(Key::ArrowDown) {
                Some(at.map_or(0, |at| (at + 1).min(last)))
            } else if pressed(Key::ArrowUp) {
                Some(at.map_or(last, |at| at.saturating_sub(1)))
            } else if at.is_none() {
                Some(0)
            } else {
                None
            };
            reveal = to.is_some();
            if let Some(to) = to {
                self.marked = Some(rows[to].id);
            }
            if taken.is_none() && pressed(Key::Enter) && !actions.is_empty() {
                options::open(ui, menu, 0);
            }
            for (key, wanted) in [(Key::Space, Action::Mark), (Key::Space, Action::Reopen), (Key::Delete, Action::Delete)] {
                if actions.iter().any(|(action, _)| *action == wanted) && pressed(key) {
                    taken = Some(wanted);
                }
            }
        }
        let mut opened = None;
        let marked = self.marked;
        let area = part_ui(ui, |ui| {
            let top = ui.next_widget_position();
            for (index, row) in rows.iter().enumerate() {
                let is_marked = marked == Some(row.id);
                let last = index + 1 == rows.len();
                let item = Item { row, newest: index == 0, last, marked: is_marked, focused };
                let (rect, clicked) = item.ui(ui, cx);
                if clicked {
                    opened = opened.or(Some((row.id, false)));
                }
                if is_marked && reveal {
                    ui.scroll_to_rect(rect, None);
                }
                let dots = Rect::from_min_size(pos2(rect.right() - size::CONTROL_MINI, rect.bottom() - BELOW - NEXT), vec2(size::CONTROL_MINI, NEXT));
                let response = ui.interact(dots, if is_marked { menu } else { id.with(row.id) }, Sense::CLICK);
                if is_marked || ui.rect_contains_pointer(rect) {
                    let color = if response.hovered() { palette(ui).text } else { palette(ui).text_3 };
                    paint::icon(ui.painter(), dots.center(), icons::DOTS_THREE, size::ICON, color);
                }
                let name = fill(cx.t.followups.actions, &[&row.input.at.shown(cx.zone())]);
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
                if response.clicked() {
                    opened = Some((row.id, true));
                }
                if is_marked {
                    let texts: Vec<&str> = actions.iter().map(|(_, text)| *text).collect();
                    let chosen = options::text_popup(ui, &response, &name, &texts, None);
                    taken = taken.or(chosen.and_then(|at| actions.get(at).map(|(action, _)| *action)));
                }
            }
            Rect::from_min_max(top, pos2(ui.max_rect().right(), ui.next_widget_position().y))
        });
        let stop = ui.interact(area, id, Sense::focusable_noninteractive());
        stop.widget_info(|| WidgetInfo::labeled(Role::List, true, cx.t.customers.tab_followups));
        if std::mem::take(&mut self.take_focus) {
            stop.request_focus();
        }
        if count > i64::from(MOST) {
            part_ui(ui, |ui| ui.label(theme::caption(palette(ui), fill(cx.t.customers.newest_followups, &[&MOST, &count]))));
        }
        if let (Some(action), Some(row)) = (taken, at.and_then(|at| rows.get(at))) {
            let name = &customer.input.name;
            match action {
                Action::Mark | Action::Reopen => acts.toggle(ui, cx, row, name),
                Action::Edit => acts.edit(cx, row, name),
                Action::Delete => acts.delete(cx, row, name),
            }
        }
        if let Some((row, with_menu)) = opened {
            self.marked = Some(row);
            ui.memory_mut(|memory| memory.request_focus(id));
            if with_menu && !options::is_open(ui, menu) {
                options::open(ui, menu, 0);
            }
            ui.request_repaint();
        }
    }
}

/// What the person may do with a follow-up; only the newest can be open again.
fn actions(cx: &Context<'_>, row: &Followup, newest: bool) -> Vec<(Action, &'static str)> {
    let t = &cx.t.followups;
    let mut actions = Vec::new();
    if cx.may(Module::Customer, Verb::Update) {
        if row.is_open() {
            actions.push((Action::Mark, t.mark));
        } else if newest && row.input.next.is_some() {
            actions.push((Action::Reopen, t.reopen));
        }
        actions.push((Action::Edit, t.edit_title));
    }
    if cx.may(Module::Customer, Verb::Delete) {
        actions.push((Action::Delete, t.delete));
    }
    actions
}

/// One follow-up on the line.
struct Item<'a> {
    row: &'a Followup,
    newest: bool,
    last: bool,
    marked: bool,
    focused: bool,
}

impl Item<'_> {
    /// Draws it; where it stands, and whether it was pressed.
    fn ui(&self, ui: &mut Ui, cx: &Context<'_>) -> (Rect, bool) {
        let p = palette(ui);
        let input = &self.row.input;
        let content = self.content(ui);
        let next = if input.next.is_some() { NEXT } else { 0.0 };
        let height = HEAD + content.size().y + next + BELOW;
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::CLICK);
        if self.marked && self.focused {
            paint::inner_ring(ui, rect.expand2(vec2(6.0, 0.0)).with_max_y(rect.bottom() - BELOW + 4.0), size::RADIUS);
        }
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, self.marked, &input.content));
        let clicked = response.clicked();
        if !ui.is_rect_visible(rect) {
            return (rect, clicked);
        }
        let dot = pos2(rect.left() + 4.0, rect.top() + HEAD / 2.0);
        if !self.last {
            ui.painter().vline(dot.x, dot.y + 8.0..=rect.bottom() + 4.0, Stroke::new(1.0, p.border));
        }
        ui.painter().circle_filled(dot, 3.5, if self.newest { p.accent } else { p.border_ctl });
        let dense = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
        let mut head = rect.with_min_x(rect.left() + INDENT).with_max_y(rect.top() + HEAD);
        if let Some(result) = &input.result {
            let shown = cx.lang.word(result);
            let chip = chip_size(ui, shown, false);
            let room = Rect::from_min_size(pos2(rect.right() - chip.x, rect.top() + 1.0), chip);
            let layout = egui::Layout::left_to_right(egui::Align::Center);
            paint::inside(ui, room, layout, &format!("result {}", self.row.id), |ui| plain_chip(ui, shown, result_tone(result)));
            head.max.x = room.left() - size::BUTTON_GAP;
        }
        let time = paint::text_left(ui, head, &dense.moment(input.at), theme::medium_font(size::TEXT_SMALL), p.text);
        head.min.x = time.right() + size::BUTTON_GAP;
        paint::text_left(ui, head, &self.row.created_by_name, theme::font(size::TEXT_SMALL), p.text_3);
        let below = rect.top() + HEAD + content.size().y;
        ui.painter().galley(pos2(rect.left() + INDENT, rect.top() + HEAD), content, p.text);
        self.next_ui(ui, &dense, rect.with_min_y(below).with_max_y(below + next));
        (rect, clicked)
    }

    fn content(&self, ui: &Ui) -> Arc<Galley> {
        let width = ui.available_width() - INDENT;
        let color = palette(ui).text;
        ui.fonts_mut(|fonts| fonts.layout(self.row.input.content.clone(), theme::font(size::TEXT_BODY), color, width))
    }

    /// When the next one is planned, and whether that is done.
    fn next_ui(&self, ui: &Ui, dense: &Dense, rect: Rect) {
        let Some(next) = self.row.input.next else { return };
        let p = palette(ui);
        let t = &dense.t.followups;
        let late = dense.today.days_since(next.day(dense.zone));
        let mut text = fill(t.due_at, &[&dense.moment(next)]);
        let (icon, color) = match (self.row.is_open(), late > 0) {
            (true, true) => (icons::CALENDAR_CHECK, p.danger.fg),
            (true, false) => (icons::CALENDAR_CHECK, p.text_2),
            (false, _) => (icons::CHECK_CIRCLE, p.text_3),
        };
        if self.row.is_open() && late > 0 {
            text = format!("{text} · {}", fill(t.overdue_days, &[&late]));
        } else if !self.row.is_open() {
            text = format!("{text} · {}", t.done);
        }
        let left = rect.left() + INDENT;
        paint::icon(ui.painter(), pos2(left + size::ICON_SMALL / 2.0, rect.center().y), icon, size::ICON_SMALL, color);
        let room = rect.with_min_x(left + size::ICON_SMALL + 6.0).with_max_x(rect.right() - size::CONTROL_MINI);
        let galley = paint::line(ui, &text, theme::font(size::TEXT_SMALL), color, room.width());
        paint::place(ui.painter(), room, Align2::LEFT_CENTER, galley);
        let response = ui.interact(room, Id::unique(("followup next", self.row.id)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    }
}
