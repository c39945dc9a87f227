//! Who works at the terminal: a name, then the PIN or the password, on the screen's own keys. Also unlocks it, and lets one out of it.

use egui::{Align2, Rect, Ui, pos2, vec2};

use super::keyboard::{Keyboard, Pressed, keypad_ui, typed_keys};
use super::scan::ScanCatcher;
use super::target::{Look, Target, text};
use crate::i18n::{Lang, Texts};
use crate::jobs::{Job, Wake};
use crate::models::session::{Mode, Session};
use crate::models::user::Operator;
use crate::models::{Error, Result, UserId};
use crate::services::{Desk, operators};
use crate::ui::context::Data;
use crate::ui::icons;
use crate::ui::theme::{palette, terminal};

/// Why the gate is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Someone is to sign in, or another one takes over.
    Switch,
    /// Locked: the operator himself, or another one.
    Locked,
    /// Out of terminal mode: the operator himself.
    Leave,
}

/// How the gate was passed.
pub enum Passed {
    In(Session),
    /// Out of terminal mode.
    Out(Session),
    /// 返回: nothing changed.
    Back,
}

/// The gate's state. What is typed is forgotten as soon as it is used.
pub struct Gate {
    pub purpose: Purpose,
    people: Result<Vec<Operator>>,
    chosen: Option<UserId>,
    typed: String,
    by_password: bool,
    catcher: ScanCatcher,
    keyboard: Keyboard,
    job: Option<Job<Session>>,
    failure: Option<Error>,
}

impl Gate {
    /// Closes the gate; `operator` is who was at the terminal.
    pub fn new(desk: &Desk, purpose: Purpose, operator: Option<UserId>) -> Gate {
        let people = operators::list(desk);
        let chosen = operator.filter(|_| purpose != Purpose::Switch);
        let by_password = people.as_ref().is_ok_and(|people| people.iter().any(|person| Some(person.id) == chosen && !person.has_pin));
        let (catcher, keyboard) = (ScanCatcher::default(), Keyboard::default());
        Gate { purpose, people, chosen, typed: String::new(), by_password, catcher, keyboard, job: None, failure: None }
    }

    /// Draws the gate over everything; `Some` once it is passed.
    pub fn ui(&mut self, ui: &Ui, desk: &Desk, t: &'static Texts, lang: Lang, wake: &Wake, data: Data) -> Option<Passed> {
        if let Some(outcome) = self.job.as_ref().and_then(Job::poll) {
            self.job = None;
            self.typed.clear();
            match outcome {
                Ok(session) if self.purpose == Purpose::Leave => return Some(Passed::Out(session)),
                Ok(session) => return Some(Passed::In(session)),
                Err(error) => self.failure = Some(error),
            }
        }
        // Who scans on at a terminal that locked meanwhile has not typed a wrong PIN.
        self.catcher.catch(ui);
        let p = palette(ui);
        let screen = ui.max_rect();
        ui.painter().rect_filled(screen, 0.0, p.bg);
        let header = screen.with_max_y(screen.top() + terminal::HEADER);
        ui.painter().rect_filled(header, 0.0, p.brand_deep);
        let title = match self.purpose {
            Purpose::Switch => t.terminal.choose_operator,
            Purpose::Locked => t.terminal.locked,
            Purpose::Leave => t.terminal.leave,
        };
        text(ui, header.shrink2(vec2(terminal::PADDING, 0.0)), title, terminal::TEXT_TITLE, p.on_accent, Align2::LEFT_CENTER);
        let room = screen.with_min_y(header.bottom()).shrink(terminal::PADDING);
        let split = room.left() + room.width() * 0.33;
        let mut passed = None;
        let cannot_go = self.purpose == Purpose::Locked || desk.session().is_none_or(|session| session.mode != Mode::Terminal);
        if !cannot_go {
            let back = Rect::from_min_size(pos2(header.right() - 136.0, header.top() + 8.0), vec2(120.0, terminal::TARGET));
            if Target::new(t.common.back).look(Look::Header).show(ui, back, "gate back").clicked() {
                passed = Some(Passed::Back);
            }
            if self.purpose == Purpose::Switch {
                let width = Target::new(t.terminal.leave).icon(icons::SIGN_OUT).width(ui);
                let leave = Rect::from_min_size(pos2(back.left() - terminal::GAP - width, back.top()), vec2(width, terminal::TARGET));
                if Target::new(t.terminal.leave).icon(icons::SIGN_OUT).look(Look::Header).show(ui, leave, "gate leave").clicked() {
                    let operator = desk.session().map(|session| session.user);
                    *self = Gate::new(desk, Purpose::Leave, operator);
                }
            }
        }
        self.people_ui(ui, t, lang, room.with_max_x(split - terminal::PADDING));
        let room = room.with_min_x(split);
        self.secret_ui(ui, desk, t, lang, wake, room);
        if data.is_demo() && self.chosen.is_some() && self.by_password && self.job.is_none() && self.failure.is_none() {
            text(ui, below_field(room), t.shell.demo_password, terminal::TEXT_SMALL, p.text_2, Align2::LEFT_CENTER);
        }
        passed
    }

    fn people_ui(&mut self, ui: &Ui, t: &'static Texts, lang: Lang, room: Rect) {
        let p = palette(ui);
        let people = match &self.people {
            Ok(people) => people.clone(),
            Err(error) => {
                text(ui, room.with_max_y(room.top() + 40.0), &lang.sentence(error), terminal::TEXT_SMALL, p.danger.fg, Align2::LEFT_CENTER);
                return;
            }
        };
        let only = self.chosen.filter(|_| self.purpose == Purpose::Leave);
        let step = terminal::TARGET + terminal::GAP;
        let most = ((room.height() + terminal::GAP) / step) as usize;
        for (at, person) in people.iter().filter(|person| only.is_none_or(|only| only == person.id)).take(most).enumerate() {
            let place = Rect::from_min_size(pos2(room.left(), room.top() + at as f32 * step), vec2(room.width(), terminal::TARGET));
            let look = if self.chosen == Some(person.id) { Look::Chosen } else { Look::Plain };
            if Target::new(&person.full_name).icon(icons::USER).look(look).show(ui, place, ("operator", person.id.0)).clicked() {
                self.chosen = Some(person.id);
                self.by_password = !person.has_pin;
                self.typed.clear();
                self.failure = None;
            }
        }
        if people.is_empty() {
            text(ui, room.with_max_y(room.top() + 40.0), t.terminal.no_operators, terminal::TEXT_SMALL, p.text_2, Align2::LEFT_CENTER);
        }
    }

    fn has_pin(&self) -> bool {
        self.people.as_ref().is_ok_and(|people| people.iter().any(|person| Some(person.id) == self.chosen && person.has_pin))
    }

    fn secret_ui(&mut self, ui: &Ui, desk: &Desk, t: &'static Texts, lang: Lang, wake: &Wake, room: Rect) {
        let p = palette(ui);
        if self.chosen.is_none() {
            text(ui, room.with_max_y(room.top() + terminal::SCAN), t.terminal.choose_first, terminal::TEXT, p.text_2, Align2::LEFT_CENTER);
            return;
        }
        let by_pin = self.has_pin() && !self.by_password;
        let field = room.with_max_y(room.top() + terminal::SCAN);
        ui.painter().rect(field, crate::ui::theme::size::RADIUS_LARGE, p.surface, egui::Stroke::new(2.0, p.focus), egui::StrokeKind::Inside);
        let label = if by_pin { t.terminal.enter_pin } else { t.terminal.enter_password };
        let shown = if self.typed.is_empty() { label.to_owned() } else { "●".repeat(self.typed.chars().count()) };
        let color = if self.typed.is_empty() { p.placeholder } else { p.text };
        text(ui, field.shrink2(vec2(20.0, 0.0)), &shown, terminal::TEXT_LARGE, color, Align2::LEFT_CENTER);
        let below = below_field(room);
        if self.job.is_some() {
            text(ui, below, t.shell.signing_in, terminal::TEXT_SMALL, p.text_2, Align2::LEFT_CENTER);
        } else if let Some(error) = &self.failure {
            text(ui, below, &lang.sentence(error), terminal::TEXT_SMALL, p.danger.fg, Align2::LEFT_CENTER);
        }
        let keys = room.with_min_y(below.bottom() + 4.0);
        let mut pressed = typed_keys(ui);
        if by_pin {
            let pad =
                Rect::from_min_max(keys.min, pos2(keys.left() + keys.width().min(420.0), keys.bottom() - 2.0 * (terminal::TARGET + terminal::GAP)));
            pressed.extend(keypad_ui(ui, t, pad));
            let row = |at: f32| {
                let top = pad.bottom() + terminal::GAP + at * (terminal::TARGET + terminal::GAP);
                Rect::from_min_size(pos2(pad.left(), top), vec2(pad.width(), terminal::TARGET))
            };
            if Target::new(t.terminal.go_in).look(Look::Filled(p.accent)).show(ui, row(0.0), "pin go").clicked() {
                pressed.push(Pressed::Enter);
            }
            if Target::new(t.terminal.use_password).show(ui, row(1.0), "use password").clicked() {
                self.by_password = true;
                self.typed.clear();
            }
        } else {
            let board = keys.with_max_y(keys.top() + (5.0 * (terminal::TARGET + 8.0)).min(keys.height() - terminal::TARGET - terminal::GAP));
            pressed.extend(self.keyboard.ui(ui, t, board, t.terminal.go_in));
            if self.has_pin() {
                let place = Rect::from_min_size(pos2(keys.left(), board.bottom() + terminal::GAP), vec2(keys.width() * 0.4, terminal::TARGET));
                if Target::new(t.terminal.use_pin).show(ui, place, "use pin").clicked() {
                    self.by_password = false;
                    self.typed.clear();
                }
            }
        }
        for key in pressed {
            match key {
                Pressed::Enter => self.submit(desk, wake),
                other if self.typed.chars().count() < 72 || other == Pressed::Backspace => other.apply(&mut self.typed),
                _ => {}
            }
        }
    }

    fn submit(&mut self, desk: &Desk, wake: &Wake) {
        let Some(user) = self.chosen.filter(|_| self.job.is_none() && !self.typed.is_empty()) else { return };
        let (key, secret, purpose) = (desk.key(), std::mem::take(&mut self.typed), self.purpose);
        self.failure = None;
        self.job = Some(Job::start("sign-in", wake.clone(), move || {
            let mut desk = key.open()?;
            match purpose {
                Purpose::Leave => operators::leave_terminal(&mut desk, &secret),
                Purpose::Switch | Purpose::Locked => operators::switch(&mut desk, user, &secret),
            }
        }));
    }
}

/// The line below the field, for what is to be said of it.
fn below_field(room: Rect) -> Rect {
    Rect::from_min_size(pos2(room.left(), room.top() + terminal::SCAN + 4.0), vec2(room.width(), 28.0))
}
