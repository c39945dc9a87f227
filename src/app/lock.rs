//! The covered screen (picture 10, 17): after idle minutes or by Ctrl L. The same person goes on where he was; another one signs in beside him.
//!
//! What the first one had not saved waits for him, out of the other's reach, until the window closes.

use egui::text_edit::TextEditState;
use egui::{Align, CentralPanel, Frame, Id, Layout, Ui, UiBuilder, vec2};

use super::{App, Leaving};
use crate::i18n::fill;
use crate::jobs::Job;
use crate::models::session::{Mode, Session};
use crate::models::{Error, UserId};
use crate::services::auth;
use crate::ui::icons;
use crate::ui::pages::Pages;
use crate::ui::pages::entrance::Entrance;
use crate::ui::route::Route;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::abacus::mark_ui;
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::{Button, link};
use crate::ui::widgets::card::avatar;
use crate::ui::widgets::dialog::{Choice, Confirm};
use crate::ui::widgets::input::{InputOptions, text_input_with_id};

/// Width of what stands in the middle.
const WIDTH: f32 = 340.0;

/// The screen is covered.
pub struct Lock {
    of: UserId,
    username: String,
    full_name: String,
    /// Minutes without use that covered it; none where the person did.
    idle: Option<i64>,
    /// Someone else signs in.
    another: bool,
    other_name: String,
    password: String,
    failure: Option<Error>,
    job: Option<Job<Session>>,
    wants_focus: bool,
    /// Closing was refused: something is not saved.
    refused_to_close: bool,
}

/// What one person had open while another works.
pub struct Kept {
    full_name: String,
    pages: Pages,
    route: Option<Route>,
}

fn field_id(name: &str) -> Id {
    Id::unique(("lock", name))
}

/// What was typed anywhere is not to be brought back by the next one's Ctrl Z.
pub(super) fn forget_typing(ctx: &egui::Context) {
    ctx.data_mut(|data| data.remove_by_type::<TextEditState>());
    egui::Popup::close_all(ctx);
    if let Some(focused) = ctx.memory(|memory| memory.focused()) {
        ctx.memory_mut(|memory| memory.surrender_focus(focused));
    }
}

impl App {
    /// Covers the screen for the signed-in person; his session answers nothing until it is opened again (rulings §9, §16).
    pub(super) fn lock_now(&mut self, ctx: &egui::Context, idle: Option<i64>) {
        let Some(session) = self.desk.session().cloned().filter(|session| session.mode == Mode::Full) else { return };
        forget_typing(ctx);
        self.lock = Some(Lock {
            of: session.user,
            username: session.username.clone(),
            full_name: session.full_name.clone(),
            idle,
            another: false,
            other_name: String::new(),
            password: String::new(),
            failure: None,
            job: None,
            wants_focus: true,
            refused_to_close: false,
        });
        self.leaving = None;
        self.saving_to_leave = false;
        self.desk.resume(Some(Session { locked: true, ..session }));
        self.facts = None;
        ctx.request_repaint();
    }

    /// Covers the screen once nobody used it for so many minutes; wakes the window when that is.
    pub(super) fn watch_idle(&mut self, ctx: &egui::Context, minutes: i64) {
        if self.is_idle(ctx, minutes) {
            self.lock_now(ctx, Some(minutes));
        }
    }

    /// Whether nobody used the window for so many minutes, which 0 never is; wakes the window when that will be.
    pub(super) fn is_idle(&mut self, ctx: &egui::Context, minutes: i64) -> bool {
        let now = self.desk.clock().now();
        let used = ctx.input(|input| !input.raw.events.is_empty() || input.pointer.is_moving());
        let since = *self.used_at.get_or_insert(now);
        // A clock set back begins anew, rather than never.
        if used || now.seconds_since(since) < 0 {
            self.used_at = Some(now);
            self.wake_when_idle(ctx, minutes * 60);
            return false;
        }
        let left = minutes * 60 - now.seconds_since(since);
        self.wake_when_idle(ctx, left);
        minutes > 0 && left <= 0
    }

    fn wake_when_idle(&self, ctx: &egui::Context, seconds: i64) {
        if seconds > 0 {
            ctx.request_repaint_after(std::time::Duration::from_secs(seconds.unsigned_abs()));
        }
    }

    /// Draws the covered screen.
    pub(super) fn lock_ui(&mut self, ui: &mut Ui) {
        let t = self.look.lang.texts();
        let unsaved = self.route.is_some_and(|route| self.pages.unsaved(route, t).is_some());
        let others = self.others_unsaved();
        if ui.input(|input| input.viewport().close_requested()) && (unsaved || others.is_some()) {
            ui.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            if let Some(lock) = &mut self.lock {
                lock.refused_to_close = true;
            }
        }
        let Some(lock) = &mut self.lock else { return };
        if let Some(outcome) = lock.job.as_ref().and_then(Job::poll) {
            lock.job = None;
            lock.password.clear();
            match outcome {
                Ok(session) => return self.open_lock(ui, session),
                Err(error) => {
                    lock.failure = Some(error);
                    lock.wants_focus = true;
                }
            }
        }
        let p = palette(ui);
        CentralPanel::default().frame(Frame::new().fill(p.bg)).show(ui, |ui| {
            let room = ui.max_rect();
            let middle = egui::Rect::from_center_size(room.center(), vec2(WIDTH.min(room.width()), 400.0_f32.min(room.height())));
            ui.scope_builder(UiBuilder::new().max_rect(middle).layout(Layout::top_down(Align::Center)), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                mark_ui(ui, 48.0);
                ui.add_space(size::CARD_PADDING);
                ui.label(theme::section(t.shell.locked));
                ui.add_space(size::LABEL_GAP);
                let why = match lock.idle {
                    Some(minutes) if unsaved => fill(t.shell.locked_idle_unsaved, &[&minutes]),
                    Some(minutes) => fill(t.shell.locked_idle, &[&minutes]),
                    None if unsaved => t.shell.locked_unsaved.to_owned(),
                    None => t.shell.locked_more.to_owned(),
                };
                ui.label(theme::secondary(p, why));
                ui.add_space(size::PAGE_PADDING);
                if lock.refused_to_close {
                    let who = others.as_deref().unwrap_or(&lock.full_name);
                    banner_ui(ui, &Banner::new(Tone::Warn, &fill(t.shell.not_closed, &[&who]), ""));
                    ui.add_space(size::FIELD_GAP);
                }
            });
        });
        self.lock_form_ui(ui);
    }

    fn lock_form_ui(&mut self, ui: &mut Ui) {
        let t = self.look.lang.texts();
        let (lang, is_demo, wake) = (self.look.lang, self.data.is_demo(), self.wake.clone());
        let key = self.desk.key();
        let Some(lock) = &mut self.lock else { return };
        let p = palette(ui);
        let room = ui.content_rect();
        let top = room.center().y - 60.0 + if lock.refused_to_close { 56.0 } else { 0.0 };
        let form = egui::Rect::from_min_size(egui::pos2(room.center().x - WIDTH / 2.0, top), vec2(WIDTH, 240.0));
        ui.scope_builder(UiBuilder::new().max_rect(form).layout(Layout::top_down(Align::Min)), |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let busy = lock.job.is_some();
            ui.allocate_ui_with_layout(vec2(WIDTH, 44.0), Layout::left_to_right(Align::Center), |ui| {
                if lock.another {
                    let options = InputOptions { icon: Some(icons::USER), name: t.shell.username, hint: t.shell.username, ..Default::default() };
                    let width = WIDTH - 100.0;
                    let options = InputOptions { width: Some(width), ..options };
                    let name = text_input_with_id(ui, field_id("name"), &mut lock.other_name, options);
                    if std::mem::take(&mut lock.wants_focus) {
                        name.request_focus();
                    }
                } else {
                    avatar(ui, &lock.full_name, 32.0);
                    ui.label(theme::body_medium(&lock.full_name));
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let text = if lock.another { t.common.back } else { t.shell.switch_user };
                    if link(ui, text).clicked() && !busy {
                        lock.another = !lock.another;
                        lock.failure = None;
                        lock.password.clear();
                        lock.wants_focus = true;
                        ui.request_repaint();
                    }
                });
            });
            ui.add_space(size::BUTTON_GAP);
            let wrong = lock.failure.is_some();
            let options = InputOptions {
                icon: Some(icons::LOCK_KEY),
                hint: t.shell.unlock_hint,
                name: t.shell.password,
                password: true,
                error: wrong,
                height: Some(size::CONTROL_LARGE),
                ..Default::default()
            };
            let password = text_input_with_id(ui, field_id("password"), &mut lock.password, options);
            if std::mem::take(&mut lock.wants_focus) {
                password.request_focus();
            }
            ui.add_space(size::BUTTON_GAP);
            let text = if lock.another { t.shell.sign_in } else { t.shell.unlock };
            let button = Button::primary(text).keys("Enter").large().full_width().busy(busy, t.shell.signing_in).show(ui);
            let entered = ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Enter));
            if (button.clicked() || entered) && !busy && !lock.password.is_empty() {
                let username = if lock.another { lock.other_name.clone() } else { lock.username.clone() };
                let password = std::mem::take(&mut lock.password);
                lock.failure = None;
                lock.job = Some(Job::start("unlock", wake, move || auth::login(&mut key.open()?, &username, &password)));
                ui.request_repaint();
            }
            ui.add_space(size::BUTTON_GAP);
            if let Some(error) = &lock.failure {
                ui.label(theme::label(p, lang.sentence(error)).color(p.danger.fg));
            } else if is_demo {
                ui.label(theme::caption(p, t.shell.demo_password));
            }
        });
    }

    /// The same person goes on; another one gets the window, and the first one's pages wait.
    fn open_lock(&mut self, ctx: &egui::Context, session: Session) {
        let Some(lock) = self.lock.take() else { return };
        forget_typing(ctx);
        self.used_at = None;
        if session.user != lock.of {
            let pages = std::mem::take(&mut self.pages);
            let left = Kept { full_name: lock.full_name, pages, route: self.route.take() };
            self.toasts = Default::default();
            self.leave_desk();
            self.kept.insert(lock.of, left);
            if let Some(back) = self.kept.remove(&session.user) {
                (self.pages, self.route) = (back.pages, back.route);
            }
            self.entrance = None;
        }
        if session.must_change_password {
            self.entrance = Some(Entrance::new_password(&self.desk));
        }
        self.desk.resume(Some(session));
        self.facts = None;
        ctx.request_repaint();
    }

    /// Whoever else left something unsaved behind a lock.
    pub(super) fn others_unsaved(&mut self) -> Option<String> {
        let t = self.look.lang.texts();
        let left = |kept: &mut Kept| kept.route.is_some_and(|route| kept.pages.unsaved(route, t).is_some());
        self.kept.values_mut().find_map(|kept| left(kept).then(|| kept.full_name.clone()))
    }

    /// Before the window closes over what someone else left unsaved.
    pub(super) fn closing_over_others_ui(&mut self, ui: &Ui) {
        let Some(name) = self.closing_over.clone() else { return };
        let t = self.look.lang.texts();
        let mut confirm = Confirm::unsaved(t, &fill(t.shell.work_of, &[&name]), t.shell.close_over_body, t.shell.close_anyway);
        confirm.danger = true;
        confirm.other = None;
        match confirm.show(ui, "close over others") {
            Some(Choice::Act) => {
                self.kept.clear();
                self.closing_over = None;
                self.left(Leaving::Close, ui);
            }
            Some(_) => {
                self.closing_over = None;
                ui.request_repaint();
            }
            None => {}
        }
    }
}
