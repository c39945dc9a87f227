//! A date field: typed YYYY-MM-DD, or taken from a calendar below. It edits text; parsing for good is the draft's.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use egui::accesskit::Role;
use egui::{Align2, Key, Modifiers, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::i18n::{self, Texts};
use crate::ui::icons;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::button::{Button, mini_icon_button};
use crate::ui::widgets::input::{InputOptions, input_id, text_input_with_id};
use crate::ui::widgets::{options, paint};

const CELL: f32 = 32.0;
const MARGIN: f32 = 12.0;

/// Reads what a person types: `2026-01-31`, `2026/1/31`, `20260131`.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"].iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok())
}

/// The date field. `date_input(ui, t, "due", &mut draft.due, today, InputOptions::default()).changed()`.
/// ↓ opens the calendar; there ↑ ↓ move by a week, PgUp PgDn by a month, Enter closes.
pub fn date_input(
    ui: &mut Ui,
    texts: &'static Texts,
    salt: impl egui::AsIdSalt,
    text: &mut String,
    today: NaiveDate,
    opts: InputOptions<'_>,
) -> Response {
    let id = input_id(ui, salt);
    let open = options::is_open(ui, id);
    let moved = if open { key_move(ui, parse_date(text).unwrap_or(today)) } else { None };
    if open && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
        options::close(ui, id);
    }
    // A prefix says what is missing; beside it there is mostly no room for the form of a date.
    let hint = if opts.hint.is_empty() && opts.prefix.is_empty() { texts.widgets.date_hint } else { opts.hint };
    let opts = InputOptions { hint, suffix: "\u{3000}", keep_arrows: true, keep_escape: open, ..opts };
    let mut response = text_input_with_id(ui, id, text, opts);
    let area = response.rect.with_min_x(response.rect.right() - 32.0);
    let button = ui.interact(area, id.with("calendar"), Sense::CLICK);
    let color = if button.hovered() { palette(ui).text } else { palette(ui).text_3 };
    paint::icon(ui.painter(), area.center(), icons::CALENDAR_BLANK, size::ICON, color);
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, texts.widgets.calendar));
    let down = response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown));
    if button.clicked() && open {
        options::close(ui, id);
    } else if button.clicked() || (down && !open) {
        show_month(ui, id, parse_date(text).unwrap_or(today));
        options::open(ui, id, 0);
        response.request_focus();
    }
    let chosen =
        options::popup(ui, &response, 7.0 * CELL + 2.0 * MARGIN, texts.widgets.calendar, |ui| calendar_ui(ui, texts, id, parse_date(text), today));
    if let Some(date) = moved.or(chosen.flatten()) {
        if moved.is_none() {
            options::close(ui, id);
        }
        show_month(ui, id, date);
        *text = date.to_string();
        response.mark_changed();
    }
    response
}

fn key_move(ui: &Ui, from: NaiveDate) -> Option<NaiveDate> {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowDown) {
        from.checked_add_days(Days::new(7))
    } else if pressed(Key::ArrowUp) {
        from.checked_sub_days(Days::new(7))
    } else if pressed(Key::PageDown) {
        from.checked_add_months(Months::new(1))
    } else if pressed(Key::PageUp) {
        from.checked_sub_months(Months::new(1))
    } else {
        None
    }
}

/// The month on show, as year and month.
fn show_month(ui: &Ui, id: egui::Id, date: NaiveDate) {
    ui.data_mut(|data| data.insert_temp(id.with("month"), (date.year(), date.month())));
}

fn calendar_ui(ui: &mut Ui, texts: &'static Texts, id: egui::Id, value: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
    let p = palette(ui);
    let t = &texts.widgets;
    let shown: Option<(i32, u32)> = ui.data(|data| data.get_temp(id.with("month")));
    let first = shown.and_then(|(year, month)| NaiveDate::from_ymd_opt(year, month, 1)).or(today.with_day(1)).unwrap_or(today);
    let mut chosen = None;
    ui.set_width(7.0 * CELL + 2.0 * MARGIN);
    egui::Frame::new().inner_margin(MARGIN).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let (head, _) = ui.allocate_exact_size(vec2(7.0 * CELL, 28.0), Sense::hover());
        let step = |ui: &mut Ui, left: f32, icon: &str, name: &str, to: Option<NaiveDate>| {
            let rect = Rect::from_min_size(pos2(left, head.top() + 2.0), vec2(24.0, 24.0));
            let layout = egui::Layout::left_to_right(egui::Align::Center);
            let button = paint::inside(ui, rect, layout, name, |ui| mini_icon_button(ui, icon, name));
            if let (true, Some(to)) = (button.clicked(), to) {
                show_month(ui, id, to);
            }
        };
        step(ui, head.left(), icons::CARET_LEFT, t.previous_month, first.checked_sub_months(Months::new(1)));
        step(ui, head.right() - 24.0, icons::CARET_RIGHT, t.next_month, first.checked_add_months(Months::new(1)));
        let title = i18n::fill(t.month_title, &[&first.year(), &first.month()]);
        let galley = paint::line(ui, &title, theme::medium_font(size::TEXT_BODY), p.text, 7.0 * CELL - 56.0);
        paint::place(ui.painter(), head, Align2::CENTER_CENTER, galley);

        let (week, _) = ui.allocate_exact_size(vec2(7.0 * CELL, 24.0), Sense::hover());
        let names = [t.monday, t.tuesday, t.wednesday, t.thursday, t.friday, t.saturday, t.sunday];
        for (n, name) in names.iter().enumerate() {
            let cell = Rect::from_min_size(week.min + vec2(n as f32 * CELL, 0.0), vec2(CELL, 24.0));
            let galley = paint::line(ui, name, theme::font(size::TEXT_SMALL), p.text_3, CELL);
            paint::place(ui.painter(), cell, Align2::CENTER_CENTER, galley);
        }
        let start = first - Days::new(u64::from(first.weekday().num_days_from_monday()));
        let weeks = if (start + Days::new(35)).month() == first.month() { 6 } else { 5 };
        let (grid, _) = ui.allocate_exact_size(vec2(7.0 * CELL, weeks as f32 * CELL), Sense::hover());
        for n in 0..weeks * 7 {
            let day = start + Days::new(n);
            let at = vec2((n % 7) as f32 * CELL, (n / 7) as f32 * CELL);
            let cell = Rect::from_min_size(grid.min + at, vec2(CELL, CELL));
            if day_ui(ui, id, cell, day, first.month(), value, today) {
                chosen = Some(day);
            }
        }
        ui.add_space(8.0);
        paint::divider(ui);
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            for (name, date) in shortcuts(texts, today) {
                if Button::secondary(name).mini().show(ui).clicked() {
                    chosen = Some(date);
                }
            }
        });
    });
    chosen
}

/// The days one plans for most: today, tomorrow, next Monday, in a month.
pub fn shortcuts(texts: &'static Texts, today: NaiveDate) -> [(&'static str, NaiveDate); 4] {
    let t = &texts.widgets;
    let to_monday = 7 - u64::from(today.weekday().days_since(Weekday::Mon));
    [
        (t.today, today),
        (t.tomorrow, today + Days::new(1)),
        (t.next_monday, today + Days::new(to_monday)),
        (t.in_a_month, today.checked_add_months(Months::new(1)).unwrap_or(today)),
    ]
}

fn day_ui(ui: &Ui, id: egui::Id, cell: Rect, day: NaiveDate, month: u32, value: Option<NaiveDate>, today: NaiveDate) -> bool {
    let p = palette(ui);
    let response = ui.interact(cell, id.with(day), Sense::CLICK);
    let square = cell.shrink(2.0);
    let mut color = if day.month() == month { p.text } else { p.disabled_fg };
    let mut font = theme::font(size::TEXT_BODY);
    if value == Some(day) {
        ui.painter().rect_filled(square, size::RADIUS_SMALL, p.accent);
        color = p.on_accent;
        font = theme::medium_font(size::TEXT_BODY);
    } else if day == today {
        ui.painter().rect_stroke(square, size::RADIUS_SMALL, Stroke::new(1.0, p.accent_text), StrokeKind::Inside);
        color = p.accent_text;
        font = theme::medium_font(size::TEXT_BODY);
    } else if response.hovered() {
        ui.painter().rect_filled(square, size::RADIUS_SMALL, p.hover);
    }
    let galley = paint::line(ui, &day.day().to_string(), font, color, CELL);
    paint::place(ui.painter(), cell, Align2::CENTER_CENTER, galley);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, value == Some(day), day));
    response.clicked()
}
