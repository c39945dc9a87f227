//! The last step of the first run: how one would like to begin, with one's own data, with demo data or from nothing.

use egui::accesskit::Role;
use egui::{Align, EventFilter, FocusDirection, Id, Key, Layout, Modifiers, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::i18n::Texts;
use crate::ui::icons;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::keyhint::{cap_size, paint_cap, plain};
use crate::ui::widgets::paint;

/// For fingers too.
const HEIGHT: f32 = 80.0;
/// The square behind the icon.
const SQUARE: f32 = 40.0;

/// How one begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beginning {
    Import,
    Demo,
    Empty,
}

impl Beginning {
    /// In their order, with the key of each.
    const ALL: [(Beginning, Key, &str); 3] =
        [(Beginning::Import, Key::Num1, "1"), (Beginning::Demo, Key::Num2, "2"), (Beginning::Empty, Key::Num3, "3")];

    fn id(self) -> Id {
        Id::unique(("beginning", self as u8))
    }
}

/// The choices' state: the one that has the keyboard, and whether it is to get it.
#[derive(Default)]
pub(super) struct Choices {
    at: usize,
    has_focus: bool,
}

impl Choices {
    /// The chosen one gets the keyboard on the next frame.
    pub(super) fn take_focus(&mut self) {
        self.has_focus = false;
    }

    /// Draws them: 1 2 3, arrows and Enter, mouse and touch.
    pub(super) fn ui(&mut self, ui: &mut Ui, t: &Texts, making_demo: bool) -> Option<Beginning> {
        self.arrows(ui);
        let mut chosen = None;
        for (at, (beginning, key, cap)) in Beginning::ALL.into_iter().enumerate() {
            let response = choice_ui(ui, t, beginning, cap, making_demo && beginning == Beginning::Demo);
            if response.has_focus() {
                self.at = at;
            }
            if response.clicked() || ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                chosen = Some(beginning);
            }
            ui.add_space(size::CARD_GAP);
        }
        chosen.filter(|_| !making_demo)
    }

    /// Moves the keyboard from one to the next; at first the first has it.
    fn arrows(&mut self, ui: &Ui) {
        let last = Beginning::ALL.len() - 1;
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let among = ui.memory(|memory| memory.focused()).is_none_or(|focused| Beginning::ALL.iter().any(|(beginning, ..)| beginning.id() == focused));
        let to = if among && pressed(Key::ArrowDown) {
            Some((self.at + 1).min(last))
        } else if among && pressed(Key::ArrowUp) {
            Some(self.at.saturating_sub(1))
        } else {
            (!std::mem::replace(&mut self.has_focus, true)).then_some(self.at)
        };
        let Some((beginning, ..)) = to.and_then(|to| Beginning::ALL.get(to)) else { return };
        ui.memory_mut(|memory| {
            memory.move_focus(FocusDirection::None);
            memory.request_focus(beginning.id());
        });
        // Its ring is drawn where it was asked for only.
        ui.request_repaint();
    }
}

/// Icon, title and a sentence, with its key at the right.
fn choice_ui(ui: &mut Ui, t: &Texts, beginning: Beginning, cap: &str, busy: bool) -> Response {
    let p = palette(ui);
    let t = &t.shell;
    let (icon, title, more) = match beginning {
        Beginning::Import => (icons::UPLOAD_SIMPLE, t.begin_import, t.begin_import_more),
        Beginning::Demo if busy => (icons::CIRCLE_NOTCH, t.begin_demo, t.making_demo),
        Beginning::Demo => (icons::CHART_LINE_UP, t.begin_demo, t.begin_demo_more),
        Beginning::Empty => (icons::PLUS, t.begin_empty, t.begin_empty_more),
    };
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
    let response = ui.interact(rect, beginning.id(), Sense::click());
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
    let fill = match (response.is_pointer_button_down_on(), response.hovered()) {
        (true, _) => p.pressed,
        (false, true) => p.hover,
        (false, false) => p.surface,
    };
    ui.painter().rect(rect, size::RADIUS_LARGE, fill, Stroke::new(1.0, p.border_strong), StrokeKind::Inside);
    let inner = rect.shrink(size::CARD_PADDING);
    let square = Rect::from_center_size(pos2(inner.left() + SQUARE / 2.0, rect.center().y), vec2(SQUARE, SQUARE));
    ui.painter().rect_filled(square, size::RADIUS_LARGE, p.selected);
    paint::icon(ui.painter(), square.center(), icon, size::ICON_EMPTY, p.accent_text);
    let key = cap_size(ui, cap);
    paint_cap(ui, inner.right() - key.x, rect.center().y, cap, plain(ui));
    let text = Rect::from_min_max(pos2(square.right() + 12.0, rect.top() + 10.0), pos2(inner.right() - key.x - 8.0, rect.bottom() - 6.0));
    paint::inside(ui, text, Layout::top_down(Align::Min), title, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.add(egui::Label::new(theme::section(title)).selectable(false));
        ui.add(egui::Label::new(theme::label(p, more)).wrap().selectable(false));
    });
    paint::ring_if_focused(ui, &response, size::RADIUS_LARGE);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, !busy, title));
    response
}
