//! 保存冲突 (picture 10, 12): someone saved the record first. Nothing was written, the draft is kept; what differs is the form's to say.

use egui::{Align, Label, Layout, ScrollArea, Ui, UiBuilder, vec2};

use crate::i18n::fill;
use crate::models::Error;
use crate::ui::context::Context;
use crate::ui::dense::Dense;
use crate::ui::form::Form;
use crate::ui::icons;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::dialog::{Choice, Confirm, button_row, dialog_ui, just_opened, title_row};
use crate::ui::widgets::paint;

/// Width of the names of fields.
const NAME: f32 = 112.0;
/// What is around the rows.
const AROUND: f32 = 260.0;

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub field: String,
    /// As it stands in the file.
    pub now: String,
    /// As it is typed.
    pub mine: String,
}

impl Difference {
    /// Where the two texts differ.
    pub fn of(field: impl Into<String>, now: impl Into<String>, mine: impl Into<String>) -> Option<Difference> {
        let (now, mine) = (now.into(), mine.into());
        (now.trim() != mine.trim()).then(|| Difference { field: field.into(), now, mine })
    }
}

/// What the person decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// 返回: to the form, with the draft as it is.
    Back,
    /// 放弃我的修改: the record as it stands now.
    Discard,
}

/// The dialog's state.
#[derive(Clone, Debug)]
pub struct Conflict {
    title: String,
    body: String,
    comparing: bool,
}

impl Conflict {
    /// The conflict a save just ran into, taken out of its form.
    pub fn take<D: Clone + PartialEq>(form: &mut Form<D>, cx: &Context<'_>) -> Option<Conflict> {
        let Some(Error::Conflict { entity, by, at }) = &form.failure else { return None };
        let t = &cx.t.widgets;
        let code = Error::Conflict { entity: *entity, by: None, at: *at }.code() as i32;
        let by = by.as_deref().unwrap_or(cx.t.errors.someone);
        let dense = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
        let title = fill(t.conflict_title, &[&by, &cx.lang.entity(*entity), &code]);
        let body = fill(t.conflict_body, &[&by, &dense.moment(*at)]);
        form.failure = None;
        Some(Conflict { title, body, comparing: false })
    }

    /// Draws the question, then what differs; the answer once there is one.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Context<'_>, differences: impl FnOnce() -> Vec<Difference>) -> Option<Answer> {
        if self.comparing {
            return compare_ui(ui, cx, &self.title, &differences());
        }
        let t = &cx.t.widgets;
        let confirm = Confirm {
            icon: icons::USERS,
            tone: Tone::Warn,
            title: self.title.clone(),
            body: self.body.clone(),
            facts: Vec::new(),
            way_out: cx.t.common.back.to_owned(),
            act: t.conflict_compare.to_owned(),
            other: Some(t.conflict_discard.to_owned()),
            danger: false,
            careful: true,
        };
        match confirm.show(ui, "conflict")? {
            Choice::Act => {
                self.comparing = true;
                ui.request_repaint();
                None
            }
            Choice::Other => Some(Answer::Discard),
            Choice::WayOut => Some(Answer::Back),
        }
    }
}

/// 字段 · 现在的值 · 我的修改.
fn compare_ui(ui: &mut Ui, cx: &Context<'_>, title: &str, differences: &[Difference]) -> Option<Answer> {
    let t = &cx.t.widgets;
    let p = palette(ui);
    let opened = just_opened(ui, "differences opened");
    let shown = dialog_ui(ui, "differences", size::WIZARD_WIDTH, |ui| {
        let closed = title_row(ui, title, "", cx.t.common.close);
        let mut answer = closed.then_some(Answer::Back);
        row_ui(ui, [t.conflict_field, t.conflict_now, t.conflict_mine].map(|text| theme::label(p, text)));
        paint::divider(ui);
        let room = (ui.content_rect().height() - AROUND).max(2.0 * size::ROW);
        ScrollArea::vertical().max_height(room).show(ui, |ui| {
            for difference in differences {
                let value = |text: &str| if text.trim().is_empty() { "—".to_owned() } else { text.to_owned() };
                let mine = theme::body_medium(value(&difference.mine));
                row_ui(ui, [theme::secondary(p, &difference.field), egui::RichText::new(value(&difference.now)), mine]);
                paint::divider(ui);
            }
            if differences.is_empty() {
                row_ui(ui, [theme::secondary(p, t.conflict_same), egui::RichText::new(""), egui::RichText::new("")]);
            }
        });
        button_row(ui, |ui| {
            let back = Button::primary(cx.t.common.back).keys("Esc").show(ui);
            if opened {
                back.request_focus();
            }
            if back.clicked() {
                answer = Some(Answer::Back);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if Button::ghost(t.conflict_discard).danger_text().show(ui).clicked() {
                    answer = Some(Answer::Discard);
                }
            });
        });
        answer
    });
    shown.inner.or(shown.closed.then_some(Answer::Back))
}

/// Three texts side by side, as high as the highest; long ones wrap.
fn row_ui(ui: &mut Ui, texts: [egui::RichText; 3]) {
    ui.add_space(6.0);
    let room = ui.available_rect_before_wrap();
    let half = (room.width() - NAME - 2.0 * size::FIELD_GAP) / 2.0;
    let mut left = room.left();
    let mut bottom = room.top();
    for (at, (text, width)) in texts.into_iter().zip([NAME, half, half]).enumerate() {
        let cell = egui::Rect::from_min_size(egui::pos2(left, room.top()), vec2(width, room.height()));
        let drawn = ui.scope_builder(UiBuilder::new().id_salt(at).max_rect(cell).layout(Layout::top_down(Align::Min)), |ui| {
            ui.add(Label::new(text).wrap());
        });
        bottom = bottom.max(drawn.response.rect.bottom());
        left += width + size::FIELD_GAP;
    }
    ui.advance_cursor_after_rect(egui::Rect::from_min_max(room.min, egui::pos2(room.right(), bottom)));
    ui.add_space(6.0);
}
