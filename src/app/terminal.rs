//! The window as a warehouse terminal: who is at it, locked or not, and the way in and out (rulings §15).

use super::App;
use crate::models::Error;
use crate::models::session::{Mode, Session};
use crate::services::{Desk, operators};
use crate::ui::context::Context;
use crate::ui::terminal::gate::{Gate, Passed, Purpose};
use crate::ui::terminal::{Ask, Terminal};
use crate::ui::widgets::toast::Toasts;

/// The terminal and the gate before it.
pub struct Warehouse {
    terminal: Terminal,
    /// Closed where someone is to say who he is.
    gate: Option<Gate>,
}

impl Warehouse {
    /// For a window that starts as a terminal: the gate, where nobody is at it yet.
    pub fn new(desk: &Desk) -> Warehouse {
        let entered = desk.session().is_some_and(|session| session.mode == Mode::Terminal);
        Warehouse { terminal: Terminal::default(), gate: (!entered).then(|| Gate::new(desk, Purpose::Switch, None)) }
    }
}

impl App {
    /// From the desk to the terminal, for the same person.
    pub(super) fn enter_terminal(&mut self) {
        match operators::enter_terminal(&mut self.desk) {
            Ok(_) => {
                self.terminal = Some(Warehouse { terminal: Terminal::default(), gate: None });
                self.facts = None;
            }
            Err(error) => {
                let sentence = self.look.lang.sentence(&error);
                self.toasts.push(crate::ui::widgets::toast::Toast::error(sentence, ""));
            }
        }
    }

    pub(super) fn warehouse_ui(&mut self, ui: &mut egui::Ui) {
        let Some(mut warehouse) = self.terminal.take() else { return };
        if self.desk.session().is_none_or(|session| session.locked || session.mode != Mode::Terminal) && warehouse.gate.is_none() {
            warehouse.gate = Some(Gate::new(&self.desk, Purpose::Switch, None));
        }
        self.lock_when_idle(ui, &mut warehouse);
        let t = self.look.lang.texts();
        if let Some(gate) = &mut warehouse.gate {
            match gate.ui(ui, &self.desk, t, self.look.lang, &self.wake, self.data) {
                Some(Passed::In(session)) => {
                    let another = self.desk.session().is_none_or(|before| before.user != session.user);
                    self.desk.resume(Some(session));
                    self.facts = None;
                    self.used_at = None;
                    warehouse.gate = None;
                    if another {
                        // What one did is not the next one's to undo.
                        warehouse.terminal = Terminal::default();
                    }
                    ui.request_repaint();
                }
                Some(Passed::Out(session)) => {
                    self.out_of_terminal(session);
                    ui.request_repaint();
                    return;
                }
                Some(Passed::Back) => {
                    warehouse.gate = None;
                    ui.request_repaint();
                }
                None => {}
            }
            self.terminal = Some(warehouse);
            return;
        }
        match self.read_facts() {
            Ok(facts) => {
                let now = self.desk.clock().now();
                let App { desk, pictures, jobs, notices, plans, look, wake, data, .. } = self;
                // Notices have no place here: what happened stands in the strip.
                let mut toasts = Toasts::default();
                let mut cx = Context {
                    desk,
                    t,
                    lang: look.lang,
                    look,
                    session: &facts.session,
                    config: &facts.config,
                    rights: &facts.rights,
                    toasts: &mut toasts,
                    jobs,
                    notices,
                    revision: facts.revision,
                    now,
                    today: now.day(facts.config.zone),
                    wake,
                    pictures,
                    plans,
                    data: *data,
                    avatar: facts.avatar.as_ref(),
                    go: None,
                    asked: None,
                    wish: None,
                };
                let asked = warehouse.terminal.ui(ui, &mut cx);
                self.facts = Some(facts);
                match asked {
                    Some(Ask::Lock) => self.lock_terminal(ui, &mut warehouse),
                    Some(Ask::Switch) => {
                        warehouse.gate = Some(Gate::new(&self.desk, Purpose::Switch, None));
                        ui.request_repaint();
                    }
                    None => {}
                }
            }
            Err(Error::Busy) => ui.request_repaint_after_secs(0.05),
            Err(_) => {
                // Disabled, restored, or changed elsewhere: the next one says who he is.
                self.desk.resume(None);
                self.facts = None;
                warehouse.gate = Some(Gate::new(&self.desk, Purpose::Switch, None));
                ui.request_repaint();
            }
        }
        self.terminal = Some(warehouse);
    }

    /// Idle minutes lock the terminal as they do the desk (rulings §9), also where a gate stands open to go back through. What is still to be
    /// booked is booked first.
    fn lock_when_idle(&mut self, ctx: &egui::Context, warehouse: &mut Warehouse) {
        let at_work = self.desk.session().is_some_and(|session| session.mode == Mode::Terminal && !session.locked);
        let minutes = self.facts.as_ref().filter(|_| at_work).map(|facts| facts.config.idle_minutes);
        if minutes.is_some_and(|minutes| self.is_idle(ctx, minutes)) && !warehouse.terminal.is_waiting() {
            self.lock_terminal(ctx, warehouse);
        }
    }

    /// The gate closes; the operator, or another one, opens it with his PIN or password (rulings §15).
    fn lock_terminal(&mut self, ctx: &egui::Context, warehouse: &mut Warehouse) {
        let session = self.desk.session().cloned().map(|session| Session { locked: true, ..session });
        let operator = session.as_ref().map(|session| session.user);
        self.desk.resume(session);
        warehouse.gate = Some(Gate::new(&self.desk, Purpose::Locked, operator));
        ctx.request_repaint();
    }

    /// The terminal is a desk again.
    fn out_of_terminal(&mut self, session: Session) {
        let must_change = session.must_change_password;
        self.leave_desk();
        self.desk.resume(Some(session));
        self.entrance = must_change.then(|| crate::ui::pages::entrance::Entrance::new_password(&self.desk));
    }
}
