//! A searchable popup under an input: customers, products, the global search. The caller queries and draws the rows.

use std::ops::Range;

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Key, Modifiers, Rect, Response, ScrollArea, Sense, Stroke, Ui, vec2};

use crate::i18n::Texts;
use crate::ui::theme::{self, Palette, palette, size};
use crate::ui::widgets::input::{InputOptions, input_id, text_input_with_id};
use crate::ui::widgets::{keyhint, options, paint};

/// Heights above and below the rows.
const HEAD: f32 = 28.0;
const FOOT: f32 = 32.0;
/// The most rows that are seen at once, and the fewest below the field.
const MOST_ROWS: f32 = 8.0;
const LEAST_ROWS: f32 = 3.0;

/// The look and the habits of a picker.
#[derive(Clone, Copy, Debug)]
pub struct PickerOptions<'a> {
    pub input: InputOptions<'a>,
    /// As wide as this; otherwise as wide as the input.
    pub popup_width: Option<f32>,
    pub row_height: f32,
    /// What Enter does, beside its key cap (填入并跳到数量).
    pub enter: &'a str,
    /// At the right of the footer (4 个结果 · 可输 SKU…).
    pub footer: &'a str,
    /// Opens as soon as the input has the focus.
    pub open_on_focus: bool,
}

impl Default for PickerOptions<'_> {
    fn default() -> Self {
        let input = InputOptions::default();
        PickerOptions { input, popup_width: None, row_height: size::ROW, enter: "", footer: "", open_on_focus: true }
    }
}

/// What happened.
pub struct PickerResponse {
    pub input: Response,
    /// The query's text changed: ask again.
    pub changed: bool,
    /// The row that Enter or a click took.
    pub taken: Option<usize>,
}

/// The rows of a picker.
pub struct PickerRows<H, L, D> {
    pub count: usize,
    /// Draws the heads above the rows into a line of 28; `None` for none.
    pub head: Option<H>,
    /// The row's accessible name.
    pub label: L,
    /// Draws a row into its rectangle.
    pub draw: D,
}

/// The picker. ↑ ↓ choose, Enter takes, Esc closes, Alt ↓ and typing open.
///
/// ```text
/// let rows = PickerRows { count: found.len(), head: None::<fn(&mut Ui, Rect)>, label: |i| found[i].name.clone(),
///     draw: |ui: &mut Ui, rect, i| … };
/// let out = picker(ui, t, "product", &mut query, options, rows);
/// ```
pub fn picker<H, L, D>(
    ui: &mut Ui,
    texts: &'static Texts,
    salt: impl egui::AsIdSalt,
    query: &mut String,
    opts: PickerOptions<'_>,
    mut rows: PickerRows<H, L, D>,
) -> PickerResponse
where
    H: FnOnce(&mut Ui, Rect),
    L: Fn(usize) -> String,
    D: FnMut(&mut Ui, Rect, usize),
{
    let id = input_id(ui, salt);
    let mut taken = options::take_by_key(ui, id, rows.count, false);
    let open = options::is_open(ui, id);
    let input_options = InputOptions { keep_arrows: true, keep_escape: open, ..opts.input };
    let input = text_input_with_id(ui, id, query, input_options);
    let changed = input.changed();
    let wants_open = input.has_focus()
        && !open
        && taken.is_none()
        && (changed
            || (opts.open_on_focus && input.gained_focus())
            || ui.input_mut(|input| input.consume_key(Modifiers::ALT, Key::ArrowDown) || input.consume_key(Modifiers::NONE, Key::ArrowDown)));
    if wants_open || changed {
        options::open(ui, id, 0);
    }
    if open && input.lost_focus() && ui.input(|input| input.key_pressed(Key::Tab)) {
        options::close(ui, id);
    }
    let width = opts.popup_width.unwrap_or(input.rect.width());
    // As many rows as there is room for below the field, which the popup must not cover; above it where there is hardly any.
    let below = ui.content_rect().bottom() - input.rect.bottom() - HEAD - FOOT - 2.0 * size::FIELD_GAP;
    let fitting = if below < LEAST_ROWS * opts.row_height { MOST_ROWS } else { (below / opts.row_height).floor().min(MOST_ROWS) };
    let clicked = options::popup(ui, &input, width, opts.input.hint, |ui| {
        ui.set_width(width);
        body_ui(ui, texts, id, &opts, &mut rows, fitting)
    });
    if let Some(row) = clicked.flatten() {
        options::close(ui, id);
        taken = Some(row);
    }
    if input.clicked() && !options::is_open(ui, id) {
        options::open(ui, id, 0);
    }
    PickerResponse { input, changed, taken }
}

fn body_ui<H, L, D>(
    ui: &mut Ui,
    texts: &'static Texts,
    id: egui::Id,
    opts: &PickerOptions<'_>,
    rows: &mut PickerRows<H, L, D>,
    most: f32,
) -> Option<usize>
where
    H: FnOnce(&mut Ui, Rect),
    L: Fn(usize) -> String,
    D: FnMut(&mut Ui, Rect, usize),
{
    let p = palette(ui);
    let mut clicked = None;
    if let Some(head) = rows.head.take() {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, p.border));
        head(ui, rect.shrink2(vec2(12.0, 0.0)));
    }
    if rows.count == 0 {
        paint::row_ui(ui, opts.row_height, |ui| {
            ui.add_space(12.0);
            ui.label(theme::secondary(p, texts.widgets.no_results));
        });
    }
    ScrollArea::vertical().max_height(most * opts.row_height).show(ui, |ui| {
        for index in 0..rows.count {
            let label = (rows.label)(index);
            let draw = |ui: &mut Ui, rect: Rect| (rows.draw)(ui, rect.shrink2(vec2(12.0, 0.0)), index);
            if options::row(ui, id, index, opts.row_height, &label, draw) {
                clicked = Some(index);
            }
        }
    });
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), FOOT), Sense::hover());
    let mut radius = egui::CornerRadius::same(size::RADIUS_LARGE);
    (radius.nw, radius.ne) = (0, 0);
    ui.painter().rect_filled(rect, radius, p.sunken);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, p.border));
    let room = rect.shrink2(vec2(12.0, 0.0));
    paint::inside(ui, room, egui::Layout::left_to_right(egui::Align::Center), "footer", |ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        keyhint::key_hint(ui, &["↑", "↓"], texts.widgets.key_choose);
        keyhint::key_hint(ui, &["Enter"], if opts.enter.is_empty() { texts.widgets.key_take } else { opts.enter });
        keyhint::key_hint(ui, &["Esc"], texts.widgets.key_close);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add(egui::Label::new(theme::label(p, opts.footer)).truncate());
        });
    });
    clicked
}

/// A text whose matches stand out in accent and medium; `matches` are byte ranges.
pub fn highlight(p: &Palette, text: &str, matches: &[Range<usize>]) -> LayoutJob {
    highlight_in(text, matches, theme::font(size::TEXT_BODY), p.text, p.accent_text)
}

/// Like [`highlight`], in another colour for what does not match.
pub fn highlight_in(text: &str, matches: &[Range<usize>], font: FontId, rest: Color32, hit: Color32) -> LayoutJob {
    let mut job = LayoutJob::default();
    let medium = theme::medium_font(font.size);
    let mut at = 0;
    let mut push = |part: Option<&str>, hit_part: bool| {
        if let Some(part) = part.filter(|part| !part.is_empty()) {
            let (font, color) = if hit_part { (medium.clone(), hit) } else { (font.clone(), rest) };
            job.append(part, 0.0, TextFormat::simple(font, color));
        }
    };
    for range in matches {
        if range.start < at || text.get(range.clone()).is_none() {
            continue;
        }
        push(text.get(at..range.start), false);
        push(text.get(range.clone()), true);
        at = range.end;
    }
    push(text.get(at..), false);
    job
}

/// Paints a highlighted text at the left of a rectangle; returns where it stands.
pub fn paint_job(ui: &Ui, rect: Rect, mut job: LayoutJob) -> Rect {
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width());
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    paint::place(ui.painter(), rect, egui::Align2::LEFT_CENTER, galley)
}
