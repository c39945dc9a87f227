//! The customers page (picture 03): list, drawer, form. A customer's sums and orders come from the services; nothing is computed here.

mod draft;
mod drawer;
mod form;
mod handover;
mod list;
mod quick;
mod similar;

use egui::{Align, Layout, Ui};

use super::Hint;
use crate::i18n::{Texts, fill};
use crate::models::choice::Module;
use crate::models::customer::{CustomerFilter, CustomerRow, CustomerSort, Removal};
use crate::models::import::ImportKind;
use crate::models::rights::Verb;
use crate::models::user::Colleague;
use crate::models::{CustomerId, Result};
use crate::services::customers;
use crate::ui::context::{Cached, Context};
use crate::ui::export_dialog::ExportDialog;
use crate::ui::followup::{FollowupActs, FollowupForm};
use crate::ui::form::Act;
use crate::ui::icons;
use crate::ui::import_wizard::Import;
use crate::ui::list_page::ListPage;
use crate::ui::print_dialog::PrintDialog;
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::Tone;
use crate::ui::widgets::dialog::{Choice, Confirm};
use crate::ui::widgets::toast::Toast;
use crate::ui::widgets::{drawer as panel, page, paint};

/// The page's state.
pub struct Customers {
    list: ListPage<CustomerFilter, CustomerSort, CustomerRow>,
    colleagues: Cached<(), Vec<Colleague>>,
    tags: Cached<(), Vec<String>>,
    drawer: Option<drawer::Drawer>,
    /// What is typed at the foot of the drawers.
    quick: quick::QuickForms,
    followup: FollowupActs,
    form: Option<form::CustomerForm>,
    /// A new customer was asked for from another page.
    new_wanted: bool,
    /// The first import of all was asked for.
    import_wanted: bool,
    deleting: Option<(CustomerId, String)>,
    deletion: Act,
    handover: Option<handover::Handover>,
    import: Import,
    export: ExportDialog,
    print: Option<PrintDialog>,
}

impl Default for Customers {
    fn default() -> Self {
        Customers {
            list: ListPage::new(&list::KIND).with_sorts(list::FURTHER_SORTS),
            colleagues: Cached::default(),
            tags: Cached::default(),
            drawer: None,
            quick: quick::QuickForms::default(),
            followup: FollowupActs::default(),
            form: None,
            new_wanted: false,
            import_wanted: false,
            deleting: None,
            deletion: Act::default(),
            handover: None,
            import: Import::new(ImportKind::Customers),
            export: ExportDialog::default(),
            print: None,
        }
    }
}

impl Customers {
    /// Opens the page, with this record's drawer where one is given.
    pub fn enter(&mut self, record: Option<CustomerId>) {
        self.list.focus_search();
        self.form = None;
        self.deleting = None;
        self.handover = None;
        self.print = None;
        if let Some(id) = record {
            self.open(id);
        }
    }

    /// Opens the page with the form for a new customer.
    pub fn enter_new(&mut self) {
        self.enter(None);
        self.new_wanted = true;
    }

    /// Opens the page with the wizard for the first import of all.
    pub fn enter_import(&mut self) {
        self.enter(None);
        self.import_wanted = true;
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        self.keys(ui, cx);
        let beside = panel::beside(ui, self.drawer.is_some());
        paint::inside(ui, beside, Layout::top_down(Align::Min), "customers beside", |ui| self.list_ui(ui, cx));
        self.drawer_ui(ui, cx);
        self.form_ui(ui, cx);
        self.deleting_ui(ui, cx);
        self.handover_ui(ui, cx);
        self.list.list.take_focus |= self.export.ui(ui, cx);
        self.print_ui(ui, cx);
        self.quick_ui(ui, cx);
        if self.import.ui(ui, cx) {
            self.list.list.take_focus = true;
        }
        if self.followup.ui(ui, cx).is_some()
            && !self.followup.is_open()
            && let Some(drawer) = &mut self.drawer
        {
            drawer.take_focus();
        }
    }

    /// What is typed and not saved, in words.
    pub fn unsaved(&self, t: &'static Texts) -> Option<&'static str> {
        let form = self.form.as_ref().filter(|form| form.is_dirty()).map(|form| form.called(t));
        form.or_else(|| self.followup.unsaved(t)).or_else(|| self.quick.is_dirty().then(|| FollowupForm::called(t)))
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        self.form.as_ref().is_some_and(form::CustomerForm::is_saving) || self.followup.is_saving() || self.quick.is_saving()
    }

    /// Begins to save what is typed.
    pub fn save(&mut self, ctx: &egui::Context) {
        if let Some(form) = &mut self.form {
            form.save(ctx);
        }
        self.followup.save(ctx);
        self.quick.save(ctx);
    }

    /// Throws away what is typed.
    pub fn discard(&mut self) {
        self.form = None;
        self.followup.discard();
        self.quick.discard();
    }

    fn open(&mut self, id: CustomerId) {
        self.list.list.select(id.0);
        match &mut self.drawer {
            Some(drawer) if drawer.id == id => {}
            Some(drawer) => drawer.turn_to(id),
            None => self.drawer = Some(drawer::Drawer::new(id)),
        }
    }

    /// The drawer with the keyboard in its form.
    fn record(&mut self, cx: &Context<'_>, id: CustomerId) {
        self.open(id);
        if let Some(drawer) = &mut self.drawer {
            drawer.show_followups();
        }
        // Where he cannot be read, the drawer says why.
        if let Ok((customer, _)) = customers::get(cx.desk, id) {
            self.quick.of(cx, id, &customer.input.name).take_focus();
        }
    }

    fn selected(&self) -> Option<CustomerId> {
        self.drawer.as_ref().map(|drawer| drawer.id).or(self.list.list.selected.map(CustomerId))
    }

    fn keys(&mut self, ui: &Ui, cx: &mut Context<'_>) {
        self.list.begin(ui, cx);
        if (std::mem::take(&mut self.new_wanted) || Shortcut::New.pressed(ui)) && cx.may(Module::Customer, Verb::Create) {
            self.form = Some(form::CustomerForm::new(cx));
        }
        if std::mem::take(&mut self.import_wanted) {
            self.import.begin_first(ui, cx);
        }
        if Shortcut::Edit.pressed(ui)
            && cx.may(Module::Customer, Verb::Update)
            && let Some(id) = self.selected()
        {
            self.edit(cx, id);
        }
        // From the form back to the list: the drawer stays open, and what is typed too.
        if self.drawer.as_ref().is_some_and(|drawer| self.quick.had_focus(drawer.id)) && page::escape(ui) {
            self.list.list.take_focus = true;
        }
        if Shortcut::Main.pressed(ui)
            && cx.may(Module::Customer, Verb::Create)
            && let Some(id) = self.selected()
        {
            self.record(cx, id);
        }
        for (shortcut, route) in [(Shortcut::NewQuote, Route::NewQuote as fn(_) -> _), (Shortcut::NewOrder, Route::NewOrder)] {
            if shortcut.pressed(ui)
                && cx.may(Module::Sales, Verb::Create)
                && let Some(id) = self.selected()
            {
                cx.go = Some(route(Some(id)));
            }
        }
        if Shortcut::Print.pressed(ui)
            && why_no_statement(cx).is_none()
            && let Some(id) = self.selected()
        {
            match customers::get(cx.desk, id) {
                Ok((customer, _)) => self.print = PrintDialog::statement(cx, id, &customer.input.name),
                Err(error) => cx.report(&error),
            }
        }
        if Shortcut::HandOver.pressed(ui) {
            self.hand_over(cx);
        }
        if Shortcut::Refresh.pressed(ui) {
            self.refresh();
        }
        for (shortcut, step) in [(Shortcut::Previous, -1), (Shortcut::Next, 1)] {
            if self.drawer.is_some() && shortcut.pressed(ui) {
                self.step(step);
            }
        }
    }

    fn refresh(&mut self) {
        self.list.forget();
        self.colleagues.forget();
        self.tags.forget();
        if let Some(drawer) = &mut self.drawer {
            drawer.forget();
        }
    }

    /// The drawer of the row before or after.
    fn step(&mut self, step: i64) {
        let Some(at) = self.list.list.selected else { return };
        let (before, after) = self.list.neighbours(at);
        let to = if step < 0 { before } else { after }.map(|row| row.id);
        if let Some(id) = to {
            self.open(id);
        }
    }

    /// Opens the form on a customer as he is now.
    fn edit(&mut self, cx: &mut Context<'_>, id: CustomerId) {
        match customers::get(cx.desk, id) {
            Ok((customer, _)) => self.form = Some(form::CustomerForm::edit(customer)),
            Err(error) => cx.report(&error),
        }
    }

    fn drawer_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let Some(drawer) = &mut self.drawer else { return };
        let id = drawer.id;
        match drawer.ui(ui, cx, &mut self.quick, &mut self.followup) {
            Some(drawer::Ask::Close) => {
                self.drawer = None;
                self.list.list.take_focus = true;
            }
            Some(drawer::Ask::Edit) => self.edit(cx, id),
            Some(drawer::Ask::Statement(name)) => self.print = PrintDialog::statement(cx, id, &name),
            Some(drawer::Ask::Delete(name)) => self.deleting = Some((id, name)),
            None => {}
        }
    }

    fn print_ui(&mut self, ui: &Ui, cx: &mut Context<'_>) {
        if let Some(print) = &mut self.print
            && print.ui(ui, cx)
        {
            self.print = None;
            self.list.list.take_focus = true;
            ui.request_repaint();
        }
    }

    /// Saves what was submitted at the foot of a drawer.
    fn quick_ui(&mut self, ui: &Ui, cx: &mut Context<'_>) {
        match self.quick.attempt(ui, cx) {
            Some(quick::Attempted::Saved(name)) => {
                cx.done(fill(cx.t.followups.recorded, &[&name]), None);
                self.list.list.take_focus = true;
                ui.request_repaint();
            }
            Some(quick::Attempted::Refused(customer)) => {
                self.open(customer);
                if let Some(drawer) = &mut self.drawer {
                    drawer.show_followups();
                }
                ui.request_repaint();
            }
            None => {}
        }
        self.quick.keep(self.drawer.as_ref().map(|drawer| drawer.id));
    }

    fn form_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let Some(form) = &mut self.form else { return };
        let colleagues = self.colleagues.get(cx, &(), |desk, ()| crate::services::users::colleagues(desk));
        let colleagues = colleagues.as_deref().unwrap_or_default();
        match form.ui(ui, cx, colleagues) {
            Some(form::Outcome::Closed) => {
                self.form = None;
                self.list.list.take_focus = true;
            }
            Some(form::Outcome::Saved { id, name, created }) => {
                self.form = None;
                let t = &cx.t.customers;
                cx.done(fill(if created { t.created } else { t.updated }, &[&name]), None);
                if created {
                    // The new customer stands at the top, whatever was looked at before.
                    self.list.reset();
                    self.list.list.sort = CustomerSort::Created;
                    self.list.list.descending = true;
                }
                self.open(id);
                self.list.list.take_focus = true;
                ui.request_repaint();
            }
            Some(form::Outcome::Reload(id)) => {
                self.form = None;
                self.edit(cx, id);
                ui.request_repaint();
            }
            None => {}
        }
    }

    /// Asks to whom the ticked customers go, or the selected one where none is ticked.
    fn hand_over(&mut self, cx: &Context<'_>) {
        let ticked: Vec<CustomerId> = self.list.list.checked.iter().copied().map(CustomerId).collect();
        let chosen = if ticked.is_empty() { self.selected().into_iter().collect() } else { ticked };
        if !chosen.is_empty() && cx.may(Module::Customer, Verb::Update) {
            self.handover = Some(handover::Handover::new(chosen));
        }
    }

    fn handover_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let Some(handover) = &mut self.handover else { return };
        let colleagues = self.colleagues.get(cx, &(), |desk, ()| crate::services::users::colleagues(desk));
        let colleagues = colleagues.as_deref().unwrap_or_default();
        match handover.ui(ui, cx, colleagues) {
            Some(handover::Outcome::Closed) => {
                self.handover = None;
                self.list.list.take_focus = true;
            }
            Some(handover::Outcome::Done(sentence)) => {
                self.handover = None;
                cx.done(sentence, None);
                self.list.untick();
                ui.request_repaint();
            }
            None => {}
        }
    }

    fn deleting_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let Some((id, name)) = self.deleting.clone() else { return };
        let t = &cx.t.customers;
        if self.deletion.is_running() {
            if let Some(outcome) = self.deletion.attempt(ui, cx, |desk| customers::delete(desk, id)) {
                self.deleting = None;
                self.deleted(cx, id, &name, outcome);
                ui.request_repaint();
            }
            return;
        }
        let confirm = Confirm::delete(cx.t, fill(t.delete_title, &[&name]), t.delete_body, t.delete);
        match confirm.show(ui, "delete customer") {
            Some(Choice::Act) => {
                self.deletion.start(ui);
                ui.request_repaint();
            }
            Some(_) => {
                self.deleting = None;
                self.list.list.take_focus = true;
            }
            None => {}
        }
    }

    fn deleted(&mut self, cx: &mut Context<'_>, id: CustomerId, name: &str, outcome: Result<Removal>) {
        let t = &cx.t.customers;
        match outcome {
            Ok(Removal::Deleted) => {
                cx.done(fill(t.deleted, &[&name]), None);
                self.list.list.selected = None;
                self.drawer = None;
            }
            Ok(Removal::Deactivated) => {
                let mut toast =
                    Toast::new(Tone::Mute, fill(t.deactivated, &[&name])).body(t.deactivated_more).action(cx.t.shell.open, Route::Customer(id));
                toast.icon = Some(icons::PROHIBIT);
                cx.toasts.push(toast);
            }
            Err(error) => cx.report(&error),
        }
        self.list.list.take_focus = true;
    }
}

/// Why a person gets no statement of a customer, or nothing where he does.
fn why_no_statement(cx: &Context<'_>) -> Option<String> {
    let hidden = (!cx.session.sees_amounts()).then(|| cx.t.payments.hidden.to_owned());
    cx.why_not(Module::Sales, Verb::View).or(hidden)
}

/// The key hints of the page.
pub fn hints(t: &'static Texts) -> Vec<Hint> {
    let s = &t.shell;
    vec![(&["↑", "↓"], s.key_choose), (&["Enter"], s.key_open), (&["F4"], t.followups.record), (&["Ctrl N"], s.key_new), (&["Esc"], s.key_close)]
}
