//! The on-screen keyboard and keypad: letters and digits for search and passwords, digits for quantities and PINs.

use egui::{Event, Key, Rect, Ui, pos2, vec2};

use super::target::Target;
use crate::i18n::Texts;
use crate::ui::icons;
use crate::ui::theme::terminal;

/// What was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    Character(char),
    Backspace,
    Clear,
    Enter,
}

impl Pressed {
    /// Changes a text as the key says; Enter changes nothing.
    pub fn apply(self, text: &mut String) {
        match self {
            Pressed::Character(c) => text.push(c),
            Pressed::Backspace => {
                text.pop();
            }
            Pressed::Clear => text.clear(),
            Pressed::Enter => {}
        }
    }
}

/// A keypad of digits: 789 / 456 / 123 / clear 0 ⌫.
pub fn keypad_ui(ui: &Ui, t: &'static Texts, rect: Rect) -> Option<Pressed> {
    let mut pressed = None;
    let keys: [&[char]; 3] = [&['7', '8', '9'], &['4', '5', '6'], &['1', '2', '3']];
    let cell = |row: usize, column: usize| {
        let size = vec2((rect.width() - 2.0 * terminal::GAP) / 3.0, (rect.height() - 3.0 * terminal::GAP) / 4.0);
        let at = vec2(column as f32 * (size.x + terminal::GAP), row as f32 * (size.y + terminal::GAP));
        Rect::from_min_size(rect.min + at, size)
    };
    for (row, digits) in keys.iter().enumerate() {
        for (column, digit) in digits.iter().enumerate() {
            if Target::new(&digit.to_string()).large().show(ui, cell(row, column), ("digit", *digit)).clicked() {
                pressed = Some(Pressed::Character(*digit));
            }
        }
    }
    if Target::new(t.terminal.clear).show(ui, cell(3, 0), "clear").clicked() {
        pressed = Some(Pressed::Clear);
    }
    if Target::new("0").large().show(ui, cell(3, 1), ("digit", '0')).clicked() {
        pressed = Some(Pressed::Character('0'));
    }
    let back = Target::new("").icon(icons::BACKSPACE).large().show(ui, cell(3, 2), "backspace");
    back.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, t.terminal.backspace));
    if back.clicked() {
        pressed = Some(Pressed::Backspace);
    }
    pressed
}

/// What an on-screen keyboard remembers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keyboard {
    capitals: bool,
}

impl Keyboard {
    /// Four rows of letters and digits, then capitals, blank, ⌫ and Enter.
    pub fn ui(&mut self, ui: &Ui, t: &'static Texts, rect: Rect, enter: &str) -> Option<Pressed> {
        const ROWS: [&str; 4] = ["1234567890", "qwertyuiop", "asdfghjkl-", "zxcvbnm._@"];
        let mut pressed = None;
        let height = (rect.height() - 4.0 * terminal::GAP) / 5.0;
        let width = (rect.width() - 9.0 * terminal::GAP) / 10.0;
        let top = |row: usize| rect.top() + row as f32 * (height + terminal::GAP);
        for (row, keys) in ROWS.iter().enumerate() {
            for (column, key) in keys.chars().enumerate() {
                let shown = if self.capitals { key.to_ascii_uppercase() } else { key };
                let left = rect.left() + column as f32 * (width + terminal::GAP);
                let place = Rect::from_min_size(pos2(left, top(row)), vec2(width, height));
                if Target::new(&shown.to_string()).show(ui, place, ("key", key)).clicked() {
                    pressed = Some(Pressed::Character(shown));
                }
            }
        }
        let part = |from: f32, to: f32| {
            let whole = rect.width() + terminal::GAP;
            Rect::from_min_max(pos2(rect.left() + whole * from, top(4)), pos2(rect.left() + whole * to - terminal::GAP, top(4) + height))
        };
        let capitals = Target::new("").icon(icons::ARROW_FAT_LINE_UP).show(ui, part(0.0, 0.2), "capitals");
        capitals.widget_info(|| egui::WidgetInfo::selected(egui::accesskit::Role::Button, true, self.capitals, t.terminal.capitals));
        if capitals.clicked() {
            self.capitals = !self.capitals;
        }
        if Target::new(t.terminal.blank).show(ui, part(0.2, 0.5), "blank").clicked() {
            pressed = Some(Pressed::Character(' '));
        }
        let back = Target::new("").icon(icons::BACKSPACE).show(ui, part(0.5, 0.7), "backspace");
        back.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, t.terminal.backspace));
        if back.clicked() {
            pressed = Some(Pressed::Backspace);
        }
        if Target::new(enter).show(ui, part(0.7, 1.0), "enter").clicked() {
            pressed = Some(Pressed::Enter);
        }
        pressed
    }
}

/// What a real keyboard typed in this frame.
pub fn typed_keys(ui: &Ui) -> Vec<Pressed> {
    ui.input(|input| {
        let mut pressed = Vec::new();
        for event in &input.events {
            match event {
                Event::Text(text) => pressed.extend(text.chars().map(Pressed::Character)),
                Event::Key { key: Key::Backspace, pressed: true, .. } => pressed.push(Pressed::Backspace),
                Event::Key { key: Key::Enter, pressed: true, .. } => pressed.push(Pressed::Enter),
                _ => {}
            }
        }
        pressed
    })
}
