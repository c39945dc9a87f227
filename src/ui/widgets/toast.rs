//! Toasts: short notices at the bottom right. The shell owns one [`Toasts`]; banners of a page stand in `banner`.

use egui::{Align, Align2, Area, Context, Frame, Id, Label, Layout, Margin, Order, RichText, Stroke, Ui, vec2};

use crate::i18n::Texts;
use crate::ui::icons;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::tone_icon;
use crate::ui::widgets::button::{Button, link, mini_icon_button};
use crate::ui::widgets::paint;
use crate::ui::widgets::progress::progress_bar;

const SHORT: f64 = 4.0;
const WITH_ACTION: f64 = 8.0;
const MOST: usize = 3;

/// One notice. `A` is what its link asks for: a route, a command.
#[derive(Clone, Debug)]
pub struct Toast<A> {
    pub tone: Tone,
    /// Another icon than the tone's.
    pub icon: Option<&'static str>,
    pub title: String,
    pub body: String,
    /// Texts of the links and what they ask for: one stands beside the title, more of them below.
    pub actions: Vec<(String, A)>,
    /// A running job: share done, and what 取消 asks for.
    pub job: Option<(f32, Option<A>)>,
    /// Same key, same toast: a job replaces its own notice.
    pub key: Option<u64>,
}

impl<A> Toast<A> {
    /// Success: gone after 4 s, with an action after 8 s.
    pub fn success(title: impl Into<String>) -> Self {
        Toast::new(Tone::Ok, title)
    }

    /// An error: stays until closed.
    pub fn error(title: impl Into<String>, body: impl Into<String>) -> Self {
        Toast { body: body.into(), ..Toast::new(Tone::Danger, title) }
    }

    /// Any tone.
    pub fn new(tone: Tone, title: impl Into<String>) -> Self {
        Toast { tone, icon: None, title: title.into(), body: String::new(), actions: Vec::new(), job: None, key: None }
    }

    /// A second line.
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.body = body.into();
        self
    }

    /// A link and what it asks for.
    pub fn action(mut self, text: impl Into<String>, ask: impl Into<A>) -> Self {
        self.actions.push((text.into(), ask.into()));
        self
    }

    fn life(&self) -> Option<f64> {
        match (self.tone, &self.job, self.actions.is_empty()) {
            (Tone::Danger, ..) | (_, Some(_), _) => None,
            (_, None, false) => Some(WITH_ACTION),
            (_, None, true) => Some(SHORT),
        }
    }
}

struct Shown<A> {
    toast: Toast<A>,
    /// When it goes; unset until it is first drawn.
    until: Option<f64>,
    serial: u64,
}

/// All notices of a window.
pub struct Toasts<A> {
    shown: Vec<Shown<A>>,
    serial: u64,
}

impl<A> Default for Toasts<A> {
    fn default() -> Self {
        Toasts { shown: Vec::new(), serial: 0 }
    }
}

impl<A: Clone> Toasts<A> {
    /// Shows a notice; the oldest that would go by itself makes room.
    pub fn push(&mut self, toast: Toast<A>) {
        if let Some(key) = toast.key
            && let Some(old) = self.shown.iter_mut().find(|shown| shown.toast.key == Some(key))
        {
            old.toast = toast;
            old.until = None;
            return;
        }
        self.serial += 1;
        self.shown.push(Shown { toast, until: None, serial: self.serial });
        while self.shown.len() > MOST {
            let oldest = self.shown.iter().position(|shown| shown.toast.life().is_some()).unwrap_or(0);
            self.shown.remove(oldest);
        }
    }

    /// Takes a job's notice away.
    pub fn remove(&mut self, key: u64) {
        self.shown.retain(|shown| shown.toast.key != Some(key));
    }

    /// Nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// Draws them `above` points over the window's bottom; returns what a link asked for.
    pub fn show(&mut self, ctx: &Context, texts: &'static Texts, above: f32) -> Option<A> {
        let now = ctx.input(|input| input.time);
        let mut asked = None;
        let mut bottom = above + 12.0;
        let mut hovered = false;
        for shown in self.shown.iter_mut().rev() {
            let area = Area::new(Id::unique(("toast", shown.serial)))
                .order(Order::Tooltip)
                .anchor(Align2::RIGHT_BOTTOM, vec2(-16.0, -bottom))
                .interactable(true);
            let response = area.show(ctx, |ui| toast_ui(ui, texts, &shown.toast));
            bottom += response.response.rect.height() + 8.0;
            hovered |= response.response.contains_pointer();
            let (ask, close) = response.inner;
            if ask.is_some() || close {
                shown.until = Some(now);
            }
            asked = asked.or(ask);
        }
        for shown in &mut self.shown {
            if let Some(life) = shown.toast.life() {
                let until = shown.until.unwrap_or(now + life);
                // Hovering pauses all of them.
                let until = if hovered && until > now { until.max(now + 1.0) } else { until };
                shown.until = Some(until);
                ctx.request_repaint_after_secs((until - now).max(0.0) as f32 + 0.02);
            }
        }
        let before = self.shown.len();
        self.shown.retain(|shown| shown.until.is_none_or(|until| until > now));
        if self.shown.len() != before {
            ctx.request_repaint();
        }
        asked
    }
}

/// One notice; what its link asked for, and whether it was closed.
fn toast_ui<A: Clone>(ui: &mut Ui, texts: &Texts, toast: &Toast<A>) -> (Option<A>, bool) {
    let p = palette(ui);
    let colors = p.tone(toast.tone);
    let danger_in_dark = p.dark && toast.tone == Tone::Danger;
    let (fill, edge) = if danger_in_dark { (colors.bg, colors.line) } else { (p.popup, p.border) };
    let frame = Frame::new()
        .fill(fill)
        .stroke(Stroke::new(1.0, edge))
        .corner_radius(size::RADIUS_LARGE)
        .shadow(theme::shadow(p))
        .inner_margin(Margin { left: 13, right: 9, top: 9, bottom: 9 });
    let (mut asked, mut closed) = (None, false);
    frame.show(ui, |ui| {
        ui.set_width(size::TOAST_WIDTH - 24.0);
        ui.spacing_mut().item_spacing.y = 2.0;
        paint::row_ui(ui, size::CONTROL_MINI, |ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            let icon = toast.icon.unwrap_or_else(|| tone_icon(toast.tone));
            let (room, _) = ui.allocate_exact_size(vec2(size::ICON_NAV, size::ICON_NAV), egui::Sense::hover());
            paint::icon(ui.painter(), room.center(), icon, size::ICON_NAV, colors.fg);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                match &toast.job {
                    Some((_, Some(cancel))) => {
                        if Button::secondary(texts.common.cancel).mini().show(ui).clicked() {
                            asked = Some(cancel.clone());
                        }
                    }
                    Some((_, None)) => {}
                    None => closed = mini_icon_button(ui, icons::X, texts.widgets.close_toast).clicked(),
                }
                if let [(text, ask)] = toast.actions.as_slice()
                    && link(ui, text).clicked()
                {
                    asked = Some(ask.clone());
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let color = if danger_in_dark { colors.fg } else { p.text };
                    ui.add(Label::new(RichText::new(&toast.title).color(color)).truncate());
                });
            });
        });
        if !toast.body.is_empty() || toast.job.is_some() || toast.actions.len() > 1 {
            ui.horizontal_top(|ui| {
                ui.add_space(size::ICON_NAV + 10.0);
                ui.vertical(|ui| {
                    if !toast.body.is_empty() {
                        ui.label(theme::caption(p, &toast.body));
                    }
                    if let Some((done, _)) = toast.job {
                        ui.add_space(3.0);
                        progress_bar(ui, done, ui.available_width());
                        ui.add_space(3.0);
                    }
                    if toast.actions.len() > 1 {
                        ui.horizontal(|ui| {
                            ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
                            for (text, ask) in &toast.actions {
                                if link(ui, text).clicked() {
                                    asked = Some(ask.clone());
                                }
                            }
                        });
                    }
                });
            });
        }
    });
    (asked, closed)
}
