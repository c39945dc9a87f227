//! Dialogs: a frame over a scrim, and the confirmation. Which act follows is the caller's.

use egui::{Align, Color32, Context, Frame, Id, Layout, Margin, Modal, Response, RichText, Sense, Stroke, Ui, vec2};

use crate::i18n::{Texts, fill};
use crate::ui::icons;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::button::{Button, mini_icon_button};
use crate::ui::widgets::paint;

/// What a question's width leaves for the texts of three buttons, beside their edges and keys.
const THREE_TEXTS: f32 = 175.0;

/// What a dialog's body gave back, and whether it wants to close (Esc, ✕).
pub struct DialogResponse<R> {
    pub inner: R,
    pub closed: bool,
}

/// A dialog of any width. `dialog_ui(ctx, "payment", size::FORM_WIDTH, |ui| …)`. A click beside it does nothing: drafts.
pub fn dialog_ui<R>(ctx: &Context, salt: &str, width: f32, body: impl FnOnce(&mut Ui) -> R) -> DialogResponse<R> {
    let p = palette(ctx);
    let id = Id::unique(("dialog", salt));
    let over_another = Open::drawn(ctx, id);
    let frame = theme::popup_frame(p).inner_margin(Margin::same(20));
    // What is below is dark already: a second scrim only tells the two dialogs apart.
    let scrim = if over_another { p.scrim.gamma_multiply(SECOND_SCRIM) } else { p.scrim };
    let modal = Modal::new(id).backdrop_color(scrim).frame(frame);
    let shown = modal.show(ctx, |ui| {
        ui.set_width(width - 40.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        body(ui)
    });
    let escape = shown.is_top_modal && !shown.any_popup_open && ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
    Open::focus_seen(ctx, id);
    DialogResponse { closed: escape || shown.response.should_close(), inner: shown.inner }
}

/// The part of the scrim that a dialog over another one adds.
const SECOND_SCRIM: f32 = 0.4;

/// A dialog that is open, and where the keyboard was before it and is in it.
#[derive(Clone, Copy)]
struct Open {
    id: Id,
    pass: u64,
    before: Option<Id>,
    within: Option<Id>,
}

impl Open {
    fn all<R>(ctx: &Context, change: impl FnOnce(&mut Vec<Open>) -> R) -> R {
        ctx.data_mut(|data| change(data.get_temp_mut_or_default(Id::unique("open dialogs"))))
    }

    /// Notes that a dialog is drawn; whether another one was before it in this pass.
    fn drawn(ctx: &Context, id: Id) -> bool {
        let (pass, focused) = (ctx.cumulative_pass_nr(), ctx.memory(|memory| memory.focused()));
        Open::all(ctx, |open| {
            let over_another = open.iter().any(|other| other.id != id && other.pass == pass);
            match open.iter_mut().find(|other| other.id == id) {
                Some(known) => known.pass = pass,
                None => open.push(Open { id, pass, before: focused, within: None }),
            }
            over_another
        })
    }

    fn focus_seen(ctx: &Context, id: Id) {
        let focused = ctx.memory(|memory| memory.focused());
        Open::all(ctx, |open| {
            if let Some(known) = open.iter_mut().find(|other| other.id == id) {
                known.within = focused;
            }
        });
    }
}

/// Where the keyboard goes once this dialog, open in this frame, is gone: for a page whose controls let it go before the dialog opened.
pub fn return_to(ctx: &Context, salt: &str, before: Id) {
    let id = Id::unique(("dialog", salt));
    Open::all(ctx, |open| open.iter_mut().filter(|dialog| dialog.id == id).for_each(|dialog| dialog.before = Some(before)));
}

/// Last in a frame: the keyboard of a dialog that is gone goes back to where it was before, unless the page gave it away.
pub fn return_focus(ctx: &Context) {
    let pass = ctx.cumulative_pass_nr();
    let gone = Open::all(ctx, |open| open.extract_if(.., |dialog| dialog.pass != pass).collect::<Vec<_>>());
    for dialog in gone.into_iter().rev() {
        let focused = ctx.memory(|memory| memory.focused());
        if let Some(before) = dialog.before.filter(|_| focused.is_none() || focused == dialog.within) {
            ctx.memory_mut(|memory| memory.request_focus(before));
            ctx.request_repaint();
        }
    }
}

/// The title row of a form dialog: title, grey subject (the order's number), ✕ named `close`. True when ✕ was pressed.
pub fn title_row(ui: &mut Ui, title: &str, subject: &str, close: &str) -> bool {
    let p = palette(ui);
    let mut closed = false;
    paint::row_ui(ui, 28.0, |ui| {
        ui.label(theme::section(title));
        ui.label(theme::secondary(p, subject));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            closed = mini_icon_button(ui, icons::X, close).clicked();
        });
    });
    ui.add_space(12.0);
    closed
}

/// The buttons of a dialog, right-aligned: draw them from right to left.
pub fn button_row<R>(ui: &mut Ui, buttons: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(16.0);
    let wanted = vec2(ui.available_width(), size::CONTROL);
    ui.allocate_ui_with_layout(wanted, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
        buttons(ui)
    })
    .inner
}

/// A question before an act that cannot be undone. It says the effect in figures.
#[derive(Clone, Debug)]
pub struct Confirm {
    pub icon: &'static str,
    pub tone: Tone,
    pub title: String,
    pub body: String,
    /// Effects: 退回库存 / 5 种 480 件.
    pub facts: Vec<(String, String)>,
    /// The harmless button: 取消, 返回, 继续编辑.
    pub way_out: String,
    /// The button that acts: 删除客户.
    pub act: String,
    /// A third way at the left: 不保存, 放弃我的修改.
    pub other: Option<String>,
    /// The act destroys or refunds: filled red, and the focus starts on the way out.
    pub danger: bool,
    /// The focus starts on the way out although nothing is destroyed (欠款发货).
    pub careful: bool,
}

/// What was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Act,
    Other,
    WayOut,
}

impl Confirm {
    /// Before a record is deleted; the focus starts on 取消.
    pub fn delete(t: &'static Texts, title: String, body: &str, act: &str) -> Confirm {
        Confirm {
            icon: icons::TRASH,
            tone: Tone::Danger,
            title,
            body: body.to_owned(),
            facts: Vec::new(),
            way_out: t.common.cancel.to_owned(),
            act: act.to_owned(),
            other: None,
            danger: true,
            careful: false,
        }
    }

    /// Before something typed is left: save, keep editing, or discard.
    pub fn unsaved(t: &'static Texts, what: &str, body: &str, save: &str) -> Confirm {
        Confirm {
            icon: icons::WARNING,
            tone: Tone::Warn,
            title: fill(t.shell.unsaved_title, &[&what]),
            body: body.to_owned(),
            facts: Vec::new(),
            way_out: t.shell.keep_editing.to_owned(),
            act: save.to_owned(),
            other: Some(t.shell.discard.to_owned()),
            danger: false,
            careful: false,
        }
    }

    /// Draws the question; `Some` once it is answered. Esc is the way out.
    ///
    /// `match confirm.show(ctx, "delete") { Some(Choice::Act) => …, Some(_) => state.confirm = None, None => {} }`
    pub fn show(&self, ctx: &Context, salt: &str) -> Option<Choice> {
        let mut choice = None;
        let opened = just_opened(ctx, salt);
        let shown = dialog_ui(ctx, salt, self.width(ctx), |ui| {
            let p = palette(ui);
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 12.0;
                let (icon, _) = ui.allocate_exact_size(vec2(size::ICON_NAV, 22.0), Sense::hover());
                paint::icon(ui.painter(), icon.center(), self.icon, 20.0, p.tone(self.tone).fg);
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 8.0;
                    ui.label(theme::section(&self.title));
                    if !self.body.is_empty() {
                        ui.label(theme::secondary(p, &self.body));
                    }
                    if !self.facts.is_empty() {
                        self.facts_ui(ui);
                    }
                });
            });
            button_row(ui, |ui| {
                let act = if self.danger { Button::danger(&self.act) } else { Button::primary(&self.act) };
                let harmless_first = self.danger || self.careful;
                let act = if harmless_first { act } else { act.keys("Enter") }.show(ui);
                let out = Button::secondary(&self.way_out).keys("Esc").show(ui);
                if opened {
                    if harmless_first { out.request_focus() } else { act.request_focus() }
                }
                choice = pick(&act, Choice::Act).or(pick(&out, Choice::WayOut));
                if let Some(other) = &self.other {
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        ui.add_space(18.0);
                        let button = Button::ghost(other);
                        let button = if self.tone == Tone::Warn { button.danger_text() } else { button };
                        choice = choice.or(pick(&button.show(ui), Choice::Other));
                    });
                }
            });
        });
        choice.or(shown.closed.then_some(Choice::WayOut))
    }

    /// As wide as a form where three buttons want more than a question's width, as in English.
    fn width(&self, ctx: &Context) -> f32 {
        let Some(other) = &self.other else { return size::DIALOG_WIDTH };
        let wide =
            |text: &String| ctx.fonts_mut(|fonts| fonts.layout_no_wrap(text.clone(), theme::font(size::TEXT_BODY), Color32::PLACEHOLDER).size().x);
        let texts: f32 = [&self.act, &self.way_out, other].into_iter().map(wide).sum();
        if texts > THREE_TEXTS { size::FORM_WIDTH } else { size::DIALOG_WIDTH }
    }

    fn facts_ui(&self, ui: &mut Ui) {
        let p = palette(ui);
        let frame = Frame::new().fill(p.sunken).stroke(Stroke::new(1.0, p.border)).corner_radius(size::RADIUS);
        frame.inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (name, value) in &self.facts {
                paint::row_ui(ui, 24.0, |ui| {
                    ui.label(theme::secondary(p, name));
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        ui.label(RichText::new(value).font(theme::medium_font(size::TEXT_BODY)));
                    });
                });
            }
        });
    }
}

fn pick(response: &Response, choice: Choice) -> Option<Choice> {
    response.clicked().then_some(choice)
}

/// True on the first pass in which a dialog is drawn after one in which it was not.
fn opened_now(data: &mut egui::util::IdTypeMap, salt: &str, pass: u64) -> bool {
    let id = Id::unique(("dialog opened", salt));
    let last: Option<u64> = data.get_temp(id);
    data.insert_temp(id, pass);
    last.is_none_or(|last| last + 1 < pass)
}

/// True once when a dialog opens: give its first field the focus then.
pub fn just_opened(ctx: &Context, salt: &str) -> bool {
    let pass = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| opened_now(data, salt, pass))
}
