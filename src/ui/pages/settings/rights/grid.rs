//! The table of rights (picture 09), drawn as one control: arrows move, Space toggles, a press does both. What a change means is the model's.

use egui::accesskit::Role as AccessRole;
use egui::{Align2, EventFilter, Id, Key, Modifiers, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::i18n::{Lang, fill};
use crate::models::choice::{Module, Role};
use crate::models::matrix::{Cell, Matrix, Value};
use crate::models::rights::Verb;
use crate::ui::icons;
use crate::ui::theme::{self, palette, reach, size};
use crate::ui::widgets::{input, paint};

/// Width of the roles' column, wide and narrow.
const ROLES: (f32, f32) = (103.0, 94.0);
/// The English names of roles are longer: so much wider where there is room.
const ENGLISH: f32 = 26.0;
/// Relative widths of a tick and of a scope.
const TICK: f32 = 33.0;
const SCOPE: f32 = 53.0;
const HEAD: f32 = 60.0;
const MODULES: f32 = 36.0;
const ROW: f32 = 48.0;

/// What the table is drawn from.
pub struct Grid<'a> {
    pub matrix: &'a Matrix,
    pub stored: &'a Matrix,
    /// Active people by role.
    pub people: &'a [i64],
    pub lang: Lang,
    /// Why nothing can be changed.
    pub why_not: Option<&'a str>,
}

/// Where the keyboard is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub role: usize,
    pub cell: usize,
}

impl Default for Cursor {
    fn default() -> Self {
        Cursor { role: 1, cell: 0 }
    }
}

/// The table's control, to give it the keyboard.
pub fn grid_id() -> Id {
    Id::unique("rights grid")
}

/// The icon of a module.
fn module_icon(module: Module) -> &'static str {
    match module {
        Module::Customer => icons::USERS,
        Module::Sales => icons::RECEIPT,
        Module::Inventory => icons::PACKAGE,
        Module::Analytics => icons::CHART_BAR,
        Module::System => icons::GEAR_SIX,
        Module::Cost => icons::COINS,
    }
}

/// What a cell is called: 销售 · 修改, 分析 · 范围.
pub fn cell_name(lang: Lang, cell: Cell) -> String {
    match cell {
        Cell::May(module, verb) => format!("{} · {}", lang.module(module), lang.verb(verb)),
        Cell::Reach(module) => format!("{} · {}", lang.module(module), lang.texts().settings.reach),
    }
}

impl Grid<'_> {
    /// Draws the table; the cell that was toggled.
    pub fn ui(&self, ui: &mut Ui, cursor: &mut Cursor) -> Option<(Role, Cell)> {
        let p = palette(ui);
        let row = reach(ui, ROW);
        let height = HEAD + row * Role::ALL.len() as f32;
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height));
        let id = grid_id();
        let response = ui.interact(rect, id, Sense::focusable_noninteractive());
        let mut toggled = self.keys(ui, id, &response, cursor);
        ui.painter().rect(rect, size::RADIUS_LARGE, p.surface, Stroke::new(1.0, p.border), egui::StrokeKind::Inside);
        let slots = slots(rect, self.lang);
        let head = Rect::from_min_size(rect.min, vec2(rect.width(), HEAD)).shrink(1.0);
        ui.painter().rect_filled(head, size::RADIUS_LARGE - 1, p.sunken);
        self.head_ui(ui, rect, &slots);
        for (at, role) in Role::ALL.iter().enumerate() {
            let line = Rect::from_min_size(pos2(rect.left(), rect.top() + HEAD + row * at as f32), vec2(rect.width(), row));
            if *role == Role::Admin {
                ui.painter().rect_filled(line.shrink2(vec2(1.0, 0.0)), 0.0, p.sunken);
            }
            ui.painter().hline(line.x_range().shrink(1.0), line.top() + 0.5, Stroke::new(1.0, if at == 0 { p.border } else { p.border_weak }));
            self.role_ui(ui, line.with_max_x(slots[0].left()), at);
            for (column, cell) in Cell::ALL.into_iter().enumerate() {
                let square = Rect::from_x_y_ranges(slots[column].x_range(), line.y_range());
                let here = Cursor { role: at, cell: column };
                if self.cell_ui(ui, id, square, *role, cell, response.has_focus() && *cursor == here) {
                    *cursor = here;
                    ui.memory_mut(|memory| memory.request_focus(id));
                    toggled = Some((*role, cell));
                }
            }
        }
        for (column, cell) in Cell::ALL.into_iter().enumerate() {
            if column == 0 || Cell::ALL[column - 1].module() != cell.module() {
                ui.painter().vline(slots[column].left().round() + 0.5, rect.y_range().shrink(1.0), Stroke::new(1.0, p.border));
            }
        }
        response.widget_info(|| WidgetInfo::labeled(AccessRole::Table, true, self.lang.texts().settings.rights));
        toggled.filter(|(role, _)| *role != Role::Admin && self.why_not.is_none())
    }

    fn keys(&self, ui: &Ui, id: Id, response: &egui::Response, cursor: &mut Cursor) -> Option<(Role, Cell)> {
        if !response.has_focus() {
            return None;
        }
        ui.memory_mut(|memory| {
            memory.set_focus_lock_filter(id, EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() });
        });
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let (roles, cells) = (Role::ALL.len() - 1, Cell::ALL.len() - 1);
        if pressed(Key::ArrowUp) {
            cursor.role = cursor.role.saturating_sub(1);
        }
        if pressed(Key::ArrowDown) {
            cursor.role = (cursor.role + 1).min(roles);
        }
        if pressed(Key::ArrowLeft) {
            cursor.cell = cursor.cell.saturating_sub(1);
        }
        if pressed(Key::ArrowRight) {
            cursor.cell = (cursor.cell + 1).min(cells);
        }
        if pressed(Key::Home) {
            cursor.cell = 0;
        }
        if pressed(Key::End) {
            cursor.cell = cells;
        }
        pressed(Key::Space).then(|| (Role::ALL[cursor.role], Cell::ALL[cursor.cell]))
    }

    fn head_ui(&self, ui: &Ui, rect: Rect, slots: &[Rect]) {
        let p = palette(ui);
        let t = &self.lang.texts().settings;
        let small = theme::font(size::TEXT_SMALL);
        let corner = Rect::from_min_max(rect.min, pos2(slots[0].left(), rect.top() + HEAD));
        paint::text_left(ui, corner.with_min_x(rect.left() + size::CARD_PADDING), t.role, small.clone(), p.text_2);
        for module in Module::ALL {
            let of: Vec<&Rect> = Cell::ALL.iter().zip(slots).filter(|(cell, _)| cell.module() == *module).map(|(_, slot)| slot).collect();
            let (Some(first), Some(last)) = (of.first(), of.last()) else { continue };
            let group = Rect::from_min_max(pos2(first.left(), rect.top() + 1.0), pos2(last.right(), rect.top() + MODULES));
            let name = paint::line(ui, self.lang.module(*module), theme::font(size::TEXT_BODY), p.text, group.width() - 4.0);
            let with_icon = group.width() > name.size().x + 32.0;
            let width = name.size().x + if with_icon { 22.0 } else { 0.0 };
            let mut left = group.center().x - width / 2.0;
            if with_icon {
                paint::icon(ui.painter(), pos2(left + 8.0, group.center().y), module_icon(*module), size::ICON, p.text_2);
                left += 22.0;
            }
            paint::place(ui.painter(), group.with_min_x(left), Align2::LEFT_CENTER, name);
        }
        for (cell, slot) in Cell::ALL.into_iter().zip(slots) {
            let name = match cell {
                Cell::May(_, Verb::View) => t.short_view,
                Cell::May(_, Verb::Create) => t.short_create,
                Cell::May(_, Verb::Update) => t.short_update,
                Cell::May(_, Verb::Delete) => t.short_delete,
                Cell::Reach(_) => t.reach,
            };
            let place = Rect::from_min_max(pos2(slot.left(), rect.top() + MODULES), pos2(slot.right(), rect.top() + HEAD - 2.0));
            let galley = paint::line(ui, name, small.clone(), p.text_2, place.width());
            paint::place(ui.painter(), place, Align2::CENTER_CENTER, galley);
        }
    }

    fn role_ui(&self, ui: &Ui, rect: Rect, at: usize) {
        let p = palette(ui);
        let t = &self.lang.texts().settings;
        let role = Role::ALL[at];
        let narrow = rect.width() < ROLES.0 - 1.0;
        let (left, font) = if narrow { (size::BUTTON_GAP, size::TEXT_SMALL) } else { (size::CARD_PADDING, size::TEXT_BODY) };
        let room = rect.with_min_x(rect.left() + left);
        let name = Rect::from_min_size(pos2(room.left(), rect.center().y - 20.0), vec2(room.width(), 22.0));
        let placed = paint::text_left(ui, name, self.lang.role(role), theme::font(font), p.text);
        if role == Role::Admin && placed.right() + 20.0 < rect.right() {
            paint::icon(ui.painter(), pos2(placed.right() + 12.0, name.center().y), icons::LOCK_SIMPLE, size::ICON_SMALL, p.text_2);
        }
        let people = self.people.get(at).copied().unwrap_or_default();
        let count = fill(if role == Role::Admin { t.people_fixed } else { t.people }, &[&people]);
        let below = Rect::from_min_size(pos2(room.left(), rect.center().y + 2.0), vec2(room.width(), 16.0));
        paint::text_left(ui, below, &count, theme::font(size::TEXT_SMALL), p.text_2);
    }

    /// True where it was pressed.
    fn cell_ui(&self, ui: &Ui, id: Id, rect: Rect, role: Role, cell: Cell, focused: bool) -> bool {
        let p = palette(ui);
        let t = &self.lang.texts().settings;
        let fixed = role == Role::Admin;
        let able = !fixed && self.why_not.is_none();
        let response = ui.interact(rect, id.with((role, cell)), if able { Sense::CLICK } else { Sense::hover() });
        let value = self.matrix.value(role, cell);
        if value != self.stored.value(role, cell) {
            ui.painter().rect_filled(rect.shrink2(vec2(0.0, 1.0)), 0.0, p.warn.bg);
        }
        let square = Rect::from_center_size(rect.center(), vec2(size::CHECKBOX, size::CHECKBOX));
        let mut ring = square;
        let name = format!("{} · {}", self.lang.role(role), cell_name(self.lang, cell));
        match value {
            Value::Yes | Value::No => {
                input::paint_check(ui, square, Some(value == Value::Yes), able, response.hovered());
                response.widget_info(|| WidgetInfo::selected(AccessRole::CheckBox, able, value == Value::Yes, &name));
            }
            Value::Own | Value::All | Value::Nothing => {
                let text = reach_name(t, value);
                let color = if able && value != Value::Nothing { p.text } else { p.text_2 };
                let galley = paint::line(ui, text, theme::font(size::TEXT_SMALL), color, rect.width() - 14.0);
                let caret = able && value != Value::Nothing;
                let shift = if caret { 6.0 } else { 0.0 };
                let placed = paint::place(ui.painter(), rect.translate(vec2(-shift, 0.0)), Align2::CENTER_CENTER, galley);
                if caret {
                    paint::icon(ui.painter(), pos2(placed.right() + 8.0, rect.center().y), icons::CARET_DOWN, size::ICON_TINY, p.text_2);
                }
                ring = rect.shrink2(vec2(4.0, 10.0));
                response.widget_info(|| WidgetInfo::labeled(AccessRole::Button, able, format!("{name}：{text}")));
            }
        }
        if focused {
            paint::focus_ring(ui, ring, size::RADIUS_SMALL);
        }
        let clicked = response.clicked();
        let reason = if fixed { t.admin_fixed } else { self.why_not.unwrap_or_default() };
        paint::tooltip(response, reason);
        clicked
    }
}

/// What a scope is called.
pub fn reach_name(t: &'static crate::i18n::settings::Settings, value: Value) -> &'static str {
    match value {
        Value::Own => t.reach_own,
        Value::All => t.reach_all,
        Value::Yes => t.allowed,
        Value::No => t.forbidden,
        Value::Nothing => "–",
    }
}

/// Where each column stands.
fn slots(rect: Rect, lang: Lang) -> Vec<Rect> {
    let roles = match lang {
        _ if rect.width() < 840.0 => ROLES.1,
        Lang::ZhCn => ROLES.0,
        Lang::En => ROLES.0 + ENGLISH,
    };
    let share = |cell: Cell| match cell {
        Cell::Reach(_) | Cell::May(Module::Cost, _) => SCOPE,
        Cell::May(..) => TICK,
    };
    let wanted: f32 = Cell::ALL.into_iter().map(share).sum();
    let scale = (rect.width() - roles) / wanted;
    let mut left = rect.left() + roles;
    let slot = |cell: Cell| {
        let slot = Rect::from_min_max(pos2(left, rect.top()), pos2(left + share(cell) * scale, rect.bottom()));
        left = slot.right();
        slot
    };
    Cell::ALL.into_iter().map(slot).collect()
}
