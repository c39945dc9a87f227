//! The payments page: payments and refunds of all orders, what customers owe and how old it is, a payment taken for any unpaid order, and the
//! papers of all that: receipts and statements.

mod aged;
mod owed;
mod received;
mod register;

use egui::Ui;

use super::Hint;
use crate::i18n::Texts;
use crate::models::CustomerId;
use crate::models::choice::Module;
use crate::models::export::{Export, ExportKind};
use crate::models::paper::Wanted;
use crate::models::payment::Payment;
use crate::models::rights::Verb;
use crate::models::user::Colleague;
use crate::services::users;
use crate::ui::context::{Cached, Context};
use crate::ui::export_dialog::{ExportDialog, export_button};
use crate::ui::icons;
use crate::ui::list_page;
use crate::ui::print_dialog::PrintDialog;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::size;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::empty::{Empty, empty_ui};

use aged::Aged;
use owed::Owed;
use received::Received;
use register::Register;

/// The lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tab {
    #[default]
    Received,
    Owed,
    Aged,
}

/// The page's state.
#[derive(Default)]
pub struct Payments {
    tab: Tab,
    received: Received,
    owed: Owed,
    aged: Aged,
    people: Cached<(), Vec<Colleague>>,
    registering: Option<Register>,
    export: ExportDialog,
    print: Option<PrintDialog>,
}

/// What a list asks of the page.
#[derive(Default)]
struct Asked {
    /// 登记收款: for a customer where one is selected.
    register: Option<Option<CustomerId>>,
    print: Option<Printing>,
}

/// A paper that is asked for.
enum Printing {
    Statement(CustomerId, String),
    Receipt(Wanted, String),
}

impl Asked {
    fn statement(&mut self, customer: CustomerId, name: &str) {
        self.print = Some(Printing::Statement(customer, name.to_owned()));
    }

    fn receipt(&mut self, payment: &Payment) {
        self.print = Some(Printing::Receipt(Wanted::Receipt(payment.order, payment.id), payment.payment_no.clone()));
    }
}

impl Payments {
    /// Prepares the page before its first frame.
    pub fn enter(&mut self) {
        self.registering = None;
        self.print = None;
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
            Tab::Aged => self.aged.list.list.take_focus = true,
        }
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.payments;
        if !cx.session.sees_amounts() {
            list_page::head_ui(ui, t.title, |_| {});
            empty_ui(ui, &Empty { icon: icons::LOCK_SIMPLE, headline: t.hidden, sentence: t.hidden_more, ..Default::default() });
            return;
        }
        match self.tab {
            Tab::Received => self.received.list.begin(ui, cx),
            Tab::Owed => self.owed.list.begin(ui, cx),
            Tab::Aged => self.aged.list.begin(ui, cx),
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
            let kind = match self.tab {
                Tab::Received => ExportKind::Payments,
                Tab::Owed => ExportKind::Receivables,
                Tab::Aged => ExportKind::Ageing,
            };
            export = export_button(ui, cx, kind);
        });
        if export {
            let export = match self.tab {
                Tab::Received => Export::Payments(self.received.filter(cx), self.received.list.sorted()),
                Tab::Owed => Export::Receivables(self.owed.list.filter.clone(), self.owed.list.sorted()),
                Tab::Aged => Export::Ageing(self.aged.list.filter.clone(), self.aged.list.sorted()),
            };
            self.export.open(cx, export);
        }
        let tabs = [(Tab::Received, t.tab_received, None), (Tab::Owed, t.tab_owed, None), (Tab::Aged, t.tab_aged, None)];
        if list_page::tabs_ui(ui, "payment lists", &mut self.tab, &tabs) {
            self.take_focus();
        }
        ui.add_space(size::CARD_GAP);
        let people = self.people.get(cx, &(), |desk, ()| users::colleagues(desk)).as_deref().unwrap_or_default();
        match self.tab {
            Tab::Received => self.received.ui(ui, cx, people, &mut asked),
            Tab::Owed => self.owed.ui(ui, cx, people, &mut asked),
            Tab::Aged => self.aged.ui(ui, cx, people, &mut asked),
        }
        if Shortcut::Refresh.pressed(ui) {
            self.people.forget();
            self.received.list.forget();
            self.owed.list.forget();
            self.aged.list.forget();
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
        if let Some(printing) = asked.print {
            self.print = match printing {
                Printing::Statement(customer, name) => PrintDialog::statement(cx, customer, &name),
                Printing::Receipt(wanted, number) => PrintDialog::new(cx, &number, vec![(cx.lang.paper_kind(wanted.kind()).to_owned(), wanted)]),
            };
        }
        if let Some(print) = &mut self.print
            && print.ui(ui, cx)
        {
            self.print = None;
            self.take_focus();
        }
    }
}

/// The key hints of the page.
pub fn hints(t: &'static Texts) -> Vec<Hint> {
    let s = &t.shell;
    vec![
        (&["↑", "↓"], s.key_choose),
        (&["Enter"], s.key_open),
        (&["F4"], t.payments.register),
        (&["Ctrl P"], t.papers.title),
        (&["Ctrl F"], s.key_find),
        (&["F1"], s.key_help),
    ]
}
