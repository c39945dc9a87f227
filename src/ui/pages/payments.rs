//! The payments page: payments and refunds of all orders, what customers owe, and a payment taken for any unpaid order.

mod owed;
mod received;
mod register;

use egui::Ui;

use super::Hint;
use crate::i18n::Texts;
use crate::models::CustomerId;
use crate::models::choice::Module;
use crate::models::export::{Export, ExportKind};
use crate::models::rights::Verb;
use crate::models::user::Colleague;
use crate::services::users;
use crate::ui::context::{Cached, Context};
use crate::ui::export_dialog::{ExportDialog, export_button};
use crate::ui::icons;
use crate::ui::list_page;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::size;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::empty::{Empty, empty_ui};

use owed::Owed;
use received::Received;
use register::Register;

/// The two lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tab {
    #[default]
    Received,
    Owed,
}

/// The page's state.
#[derive(Default)]
pub struct Payments {
    tab: Tab,
    received: Received,
    owed: Owed,
    people: Cached<(), Vec<Colleague>>,
    registering: Option<Register>,
    export: ExportDialog,
}

/// What a list asks of the page.
#[derive(Default)]
struct Asked {
    /// 登记收款: for a customer where one is selected.
    register: Option<Option<CustomerId>>,
}

impl Payments {
    /// Prepares the page before its first frame.
    pub fn enter(&mut self) {
        self.registering = None;
        self.take_focus();
    }

    /// As [`Payments::enter`], on what customers owe.
    pub fn enter_owed(&mut self) {
        self.tab = Tab::Owed;
        self.owed.list.reset();
        self.enter();
    }

    fn take_focus(&mut self) {
        match self.tab {
            Tab::Received => self.received.list.list.take_focus = true,
            Tab::Owed => self.owed.list.list.take_focus = true,
        }
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.payments;
        if !cx.session.sees_amounts() {
            list_page::head_ui(ui, t.title, |_| {});
            empty_ui(ui, &Empty { icon: icons::LOCK_SIMPLE, headline: t.hidden, sentence: t.hidden_more, button: None });
            return;
        }
        match self.tab {
            Tab::Received => self.received.list.begin(ui, cx),
            Tab::Owed => self.owed.list.begin(ui, cx),
        }
        let why = cx.why_not(Module::Sales, Verb::Update);
        let mut asked = Asked::default();
        if Shortcut::New.pressed(ui) && why.is_none() {
            asked.register = Some(None);
        }
        let mut export = false;
        list_page::head_ui(ui, t.title, |ui| {
            let button = Button::primary(t.register).icon(icons::HAND_COINS).keys(Shortcut::New.keys()).reason(why.as_deref());
            if button.show(ui).clicked() && why.is_none() {
                asked.register = Some(None);
            }
            let kind = if self.tab == Tab::Received { ExportKind::Payments } else { ExportKind::Receivables };
            export = export_button(ui, cx, kind);
        });
        if export {
            let export = match self.tab {
                Tab::Received => Export::Payments(self.received.filter(cx), self.received.list.sorted()),
                Tab::Owed => Export::Receivables(self.owed.list.filter.clone(), self.owed.list.sorted()),
            };
            self.export.open(cx, export);
        }
        if list_page::tabs_ui(ui, "payment lists", &mut self.tab, &[(Tab::Received, t.tab_received, None), (Tab::Owed, t.tab_owed, None)]) {
            self.take_focus();
        }
        ui.add_space(size::CARD_GAP);
        let people = self.people.get(cx, &(), |desk, ()| users::colleagues(desk)).as_deref().unwrap_or_default();
        match self.tab {
            Tab::Received => self.received.ui(ui, cx, people, &mut asked),
            Tab::Owed => self.owed.ui(ui, cx, people, &mut asked),
        }
        if Shortcut::Refresh.pressed(ui) {
            self.people.forget();
            self.received.list.forget();
            self.owed.list.forget();
        }
        if let Some(customer) = asked.register.filter(|_| why.is_none()) {
            self.registering = Some(Register::new(customer));
        }
        if let Some(register) = &mut self.registering
            && register.ui(ui, cx)
        {
            self.registering = None;
            self.take_focus();
        }
        if self.export.ui(ui, cx) {
            self.take_focus();
        }
    }
}

/// The key hints of the page.
pub fn hints(t: &'static Texts) -> Vec<Hint> {
    let s = &t.shell;
    vec![(&["↑", "↓"], s.key_choose), (&["Enter"], s.key_open), (&["F4"], t.payments.register), (&["Ctrl F"], s.key_find), (&["F1"], s.key_help)]
}
