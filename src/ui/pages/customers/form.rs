//! The dialog in which a customer is entered or changed (picture 10, number 4).

use egui::{Align, Id, Layout, Ui, vec2};

use super::draft::{CustomerDraft, in_order};
use super::similar::Similar;
use crate::i18n::{Texts, fill};
use crate::models::choice::{CustomerLevel, Status};
use crate::models::customer::Customer;
use crate::models::user::Colleague;
use crate::models::{CustomerId, Field, Result, UserId};
use crate::services::customers;
use crate::ui::conflict::{Answer, Conflict, Difference};
use crate::ui::context::Context;
use crate::ui::form::{EnterChain, Form};
use crate::ui::icons;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::{Button, mini_icon_button};
use crate::ui::widgets::chip::removable_tag;
use crate::ui::widgets::dialog::{Choice, Confirm, button_row, dialog_ui, just_opened};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, text_input_with_id};
use crate::ui::widgets::paint;
use crate::ui::widgets::select::{SelectOptions, select};

/// Height of the dialog without its fields.
const AROUND: f32 = 172.0;

/// The form's state.
pub struct CustomerForm {
    form: Form<CustomerDraft>,
    /// The customer that is changed, at the version that was read; none for a new one.
    target: Option<(CustomerId, i64)>,
    /// His owner, who may be gone from the list of colleagues.
    owner: Option<(UserId, String)>,
    similar: Similar,
    asking_to_close: bool,
    conflict: Option<Clash>,
}

/// Someone saved first, and what he wrote once it was read.
struct Clash {
    conflict: Conflict,
    now: Option<Result<Customer>>,
}

/// How the dialog ended.
pub enum Outcome {
    Closed,
    Saved {
        id: CustomerId,
        name: String,
        created: bool,
    },
    /// Someone saved meanwhile, and the own changes are given up.
    Reload(CustomerId),
}

impl CustomerForm {
    /// A new customer, mine.
    pub fn new(cx: &Context<'_>) -> CustomerForm {
        CustomerForm {
            form: Form::new(CustomerDraft::new(cx.session.user)),
            target: None,
            owner: None,
            similar: Similar::default(),
            asking_to_close: false,
            conflict: None,
        }
    }

    /// A change of an existing one.
    pub fn edit(customer: Customer) -> CustomerForm {
        let owner = customer.input.assigned_to.zip(customer.owner_name);
        CustomerForm {
            form: Form::new(CustomerDraft::of(&customer.input)),
            target: Some((customer.id, customer.version)),
            owner,
            similar: Similar::of(&customer.input),
            asking_to_close: false,
            conflict: None,
        }
    }

    /// Whether anything was typed.
    pub fn is_dirty(&self) -> bool {
        self.form.is_dirty()
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        self.form.is_saving()
    }

    /// What is not saved, in words.
    pub fn called(&self, t: &'static Texts) -> &'static str {
        if self.target.is_some() { t.customers.unsaved_edit } else { t.customers.unsaved_new }
    }

    /// Begins to save.
    pub fn save(&mut self, ctx: &egui::Context) {
        self.form.save(ctx);
        ctx.request_repaint();
    }

    /// Draws the dialog; the outcome once it is over.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, colleagues: &[Colleague]) -> Option<Outcome> {
        let target = self.target;
        if self.form.is_saving()
            && let Ok(input) = self.form.draft.parse()
            && self.similar.must_ask(cx, &input, target.map(|(id, _)| id))
        {
            self.form.hold();
            ui.request_repaint();
        }
        let saved = self.form.attempt(ui, cx, |desk, draft| {
            let input = draft.parse()?;
            let id = in_order(match target {
                Some((id, version)) => customers::update(desk, id, version, &input).map(|()| id),
                None => customers::create(desk, &input),
            })?;
            Ok((id, input.name))
        });
        if let Some((id, name)) = saved {
            return Some(Outcome::Saved { id, name, created: target.is_none() });
        }
        let mut outcome = None;
        let shown = dialog_ui(ui, "customer form", size::FORM_WIDTH, |ui| self.body_ui(ui, cx, colleagues));
        if (shown.inner || shown.closed) && !self.is_saving() {
            if self.is_dirty() {
                self.asking_to_close = true;
            } else {
                outcome = Some(Outcome::Closed);
            }
        }
        if let Some(conflict) = Conflict::take(&mut self.form, cx) {
            self.conflict = Some(Clash { conflict, now: None });
        }
        if self.conflict.is_some() {
            outcome = self.conflict_ui(ui, cx, colleagues);
        } else if self.asking_to_close {
            outcome = outcome.or(self.asking_ui(ui, cx));
        } else if Shortcut::Save.pressed_in_dialog(ui) {
            self.save(ui);
        }
        outcome
    }

    /// Someone saved meanwhile: what he wrote is read once, when it is compared.
    fn conflict_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, colleagues: &[Colleague]) -> Option<Outcome> {
        let (id, _) = self.target?;
        let mut clash = self.conflict.take()?;
        let answer = clash.conflict.ui(ui, cx, || {
            let now = clash.now.get_or_insert_with(|| customers::get(cx.desk, id).map(|(customer, _)| customer));
            now.as_ref().map(|now| self.differences(cx, colleagues, now)).unwrap_or_default()
        });
        match answer {
            None => self.conflict = Some(clash),
            Some(Answer::Discard) => return Some(Outcome::Reload(id)),
            Some(Answer::Back) => {
                let name = Id::unique(("customer form", Field::Name));
                ui.memory_mut(|memory| memory.request_focus(name));
            }
        }
        None
    }

    /// Where the record as it stands now and the draft differ, in the form's order.
    fn differences(&self, cx: &Context<'_>, colleagues: &[Colleague], now: &Customer) -> Vec<Difference> {
        let t = &cx.t.customers;
        let mut mine = self.form.draft.clone();
        mine.take_tag();
        let theirs = CustomerDraft::of(&now.input);
        let mut owners = self.owners(t.unassigned, colleagues);
        owners.extend(now.input.assigned_to.zip(now.owner_name.clone()).map(|(id, name)| (Some(id), name)));
        let owner = |draft: &CustomerDraft| owners.iter().find(|(id, _)| *id == draft.owner).map(|(_, name)| name.clone()).unwrap_or_default();
        let level = |draft: &CustomerDraft| cx.lang.level(draft.level).to_owned();
        let status = |draft: &CustomerDraft| if draft.status == Status::Active { t.active } else { t.inactive }.to_owned();
        type Shown<'a> = &'a dyn Fn(&CustomerDraft) -> String;
        let fields: [(&'static str, Shown<'_>); 13] = [
            (t.full_name, &|draft| draft.name.clone()),
            (t.contact, &|draft| draft.contact_person.clone()),
            (t.phone, &|draft| draft.phone.clone()),
            (t.email, &|draft| draft.email.clone()),
            (t.level, &level),
            (t.owner, &owner),
            (t.industry, &|draft| draft.industry.clone()),
            (t.code, &|draft| draft.code.clone()),
            (t.address, &|draft| draft.address.clone()),
            (t.tags, &|draft| draft.tags.join("  ·  ")),
            (t.term, &|draft| draft.term.clone()),
            (t.credit, &|draft| draft.credit.clone()),
            (t.status, &status),
        ];
        fields.iter().filter_map(|(name, value)| Difference::of(*name, value(&theirs), value(&mine))).collect()
    }

    fn asking_ui(&mut self, ui: &Ui, cx: &Context<'_>) -> Option<Outcome> {
        let t = cx.t;
        let confirm = Confirm::unsaved(t, self.called(t), t.customers.unsaved_body, t.customers.save);
        let choice = confirm.show(ui, "leave customer form")?;
        self.asking_to_close = false;
        match choice {
            Choice::Act => self.save(ui),
            Choice::Other => return Some(Outcome::Closed),
            Choice::WayOut => {}
        }
        None
    }

    /// True where ✕ or 取消 was pressed.
    fn body_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, colleagues: &[Colleague]) -> bool {
        let t = &cx.t.customers;
        let p = palette(ui);
        let mut closed = false;
        paint::row_ui(ui, size::CONTROL_SMALL, |ui| {
            ui.label(theme::section(if self.target.is_some() { t.edit } else { t.new }));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                closed = mini_icon_button(ui, icons::X, cx.t.common.close).clicked();
                let wrong = self.form.errors.0.len();
                if wrong > 0 {
                    ui.label(theme::label(p, fill(t.wrong, &[&wrong])).color(p.danger.fg));
                }
            });
        });
        ui.add_space(size::FIELD_GAP);
        let top = ui.next_widget_position().y;
        if let Some(error) = self.form.failure.clone() {
            banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(&error), ""));
            ui.add_space(size::FIELD_GAP);
        }
        self.similar.ui(ui, cx, &self.form.draft);
        let banners = ui.next_widget_position().y - top;
        let mut chain = EnterChain::default();
        // The bar stands in the dialog's margin, beside the fields.
        ui.spacing_mut().scroll.bar_outer_margin = -size::FIELD_GAP;
        let room = ui.content_rect().height() - AROUND - banners;
        egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| self.fields_ui(ui, cx, colleagues, &mut chain));
        let saving = self.is_saving();
        button_row(ui, |ui| {
            let text = if self.similar.asking(&self.form.draft) { t.save_anyway } else { t.save };
            let save = Button::primary(text).keys(Shortcut::Save.keys()).busy(saving, t.saving).show(ui);
            if self.similar.takes_focus() {
                save.request_focus();
            }
            if save.clicked() {
                self.save(ui);
            }
            chain.stop(&save);
            closed |= Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
        });
        chain.finish(ui);
        closed
    }

    fn fields_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, colleagues: &[Colleague], chain: &mut EnterChain) {
        let t = &cx.t.customers;
        let opened = just_opened(ui, "customer form fields");
        let full = ui.available_width();
        let half = (full - size::FIELD_GAP) / 2.0;
        let row = |ui: &mut Ui, body: &mut dyn FnMut(&mut Ui)| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = size::FIELD_GAP;
                body(ui);
            });
        };
        row(ui, &mut |ui| {
            let name = self.line(ui, cx, chain, Line::new(Field::Name, t.full_name, t.name_example, half).required(), |draft| &mut draft.name);
            if opened {
                ui.memory_mut(|memory| memory.request_focus(name));
            }
            self.line(ui, cx, chain, Line::new(Field::ContactPerson, t.contact, "", half), |draft| &mut draft.contact_person);
        });
        row(ui, &mut |ui| {
            self.line(ui, cx, chain, Line::new(Field::Phone, t.phone, t.phone_example, half), |draft| &mut draft.phone);
            self.line(ui, cx, chain, Line::new(Field::Email, t.email, t.email_example, half), |draft| &mut draft.email);
        });
        row(ui, &mut |ui| {
            let levels: Vec<_> = CustomerLevel::ALL.iter().rev().map(|level| (*level, cx.lang.level(*level))).collect();
            self.choice(ui, cx, chain, (Field::Level, t.level, "", half), &levels, |draft| &mut draft.level);
            let owners = self.owners(t.unassigned, colleagues);
            let owners: Vec<(Option<UserId>, &str)> = owners.iter().map(|(id, name)| (*id, name.as_str())).collect();
            let hint = if self.target.is_none() { t.owner_is_you } else { "" };
            self.choice(ui, cx, chain, (Field::Owner, t.owner, hint, half), &owners, |draft| &mut draft.owner);
        });
        row(ui, &mut |ui| {
            self.line(ui, cx, chain, Line::new(Field::Industry, t.industry, t.industry_example, half), |draft| &mut draft.industry);
            self.line(ui, cx, chain, Line::new(Field::Code, t.code, t.code_example, half), |draft| &mut draft.code);
        });
        self.line(ui, cx, chain, Line::new(Field::Address, t.address, t.address_example, full), |draft| &mut draft.address);
        self.tags_ui(ui, cx, chain);
        row(ui, &mut |ui| {
            let hint = fill(t.term_hint, &[&cx.config.payment_term_days]);
            let line = Line { suffix: t.days, below: &hint, ..Line::new(Field::PaymentTerm, t.term, "", half) };
            self.line(ui, cx, chain, line, |draft| &mut draft.term);
            if cx.session.sees_amounts() {
                let line = Line { below: t.credit_hint, ..Line::new(Field::CreditLimit, t.credit, "", half) };
                self.line(ui, cx, chain, line, |draft| &mut draft.credit);
            }
        });
        row(ui, &mut |ui| {
            if self.target.is_some() {
                let states = [(Status::Active, t.active), (Status::Inactive, t.inactive)];
                self.choice(ui, cx, chain, (Field::Status, t.status, "", half), &states, |draft| &mut draft.status);
            }
        });
    }

    /// Everyone who can own a customer, and whoever owns this one.
    fn owners(&self, unassigned: &str, colleagues: &[Colleague]) -> Vec<(Option<UserId>, String)> {
        let mut owners = vec![(None, unassigned.to_owned())];
        owners.extend(colleagues.iter().map(|colleague| (Some(colleague.id), colleague.full_name.clone())));
        if let Some((id, name)) = &self.owner
            && !owners.iter().any(|(known, _)| *known == Some(*id))
        {
            owners.push((Some(*id), name.clone()));
        }
        owners
    }

    fn line(&mut self, ui: &mut Ui, cx: &Context<'_>, chain: &mut EnterChain, line: Line<'_>, value: fn(&mut CustomerDraft) -> &mut String) -> Id {
        let error = self.form.error(cx, line.field);
        let focus = self.form.takes_focus(line.field);
        let id = Id::unique(("customer form", line.field));
        let options = InputOptions { hint: line.hint, suffix: line.suffix, ..Default::default() };
        let field = FieldUi::new(line.label).required(line.required).error(error.as_deref()).hint(line.below).width(line.width);
        let input = field.show(ui, |ui| text_input_with_id(ui, id, value(&mut self.form.draft), options)).inner;
        chain.line(ui, &input);
        if focus {
            input.request_focus();
        }
        if input.lost_focus() && matches!(line.field, Field::Name | Field::Phone) {
            self.similar.look(cx, &self.form.draft, self.target.map(|(id, _)| id));
        }
        id
    }

    fn choice<T: Copy + PartialEq>(
        &mut self,
        ui: &mut Ui,
        cx: &Context<'_>,
        chain: &mut EnterChain,
        (field, label, hint, width): (Field, &str, &str, f32),
        choices: &[(T, &str)],
        value: fn(&mut CustomerDraft) -> &mut T,
    ) {
        let error = self.form.error(cx, field);
        let focus = self.form.takes_focus(field);
        let drawn = FieldUi::new(label).error(error.as_deref()).hint(hint).width(width);
        let response =
            drawn.show(ui, |ui| select(ui, ("customer form", field), value(&mut self.form.draft), choices, SelectOptions::default())).inner;
        chain.stop(&response);
        if focus {
            response.request_focus();
        }
    }

    /// Type and Enter adds a tag; Enter on nothing moves on.
    fn tags_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, chain: &mut EnterChain) {
        let t = &cx.t.customers;
        let error = self.form.error(cx, Field::Tags);
        let focus = self.form.takes_focus(Field::Tags);
        let id = Id::unique(("customer form", Field::Tags));
        let draft = &mut self.form.draft;
        let input = FieldUi::new(t.tags).error(error.as_deref()).show(ui, |ui| {
            let input = text_input_with_id(ui, id, &mut draft.tag, InputOptions { hint: t.tags_hint, ..Default::default() });
            if !draft.tags.is_empty() {
                ui.add_space(size::LABEL_GAP);
                let mut gone = None;
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
                    for (at, tag) in draft.tags.iter().enumerate() {
                        if removable_tag(ui, tag, &fill(t.remove_tag, &[tag])).1 {
                            gone = Some(at);
                        }
                    }
                });
                if let Some(at) = gone {
                    draft.tags.remove(at);
                }
            }
            input
        });
        let input = input.inner;
        let entered = input.lost_focus() && ui.input(|state| state.key_pressed(egui::Key::Enter));
        if (entered && draft.take_tag()) || focus {
            input.request_focus();
            chain.stop(&input);
        } else {
            chain.line(ui, &input);
        }
    }
}

/// One line of text in the form.
struct Line<'a> {
    field: Field,
    label: &'a str,
    hint: &'a str,
    below: &'a str,
    suffix: &'a str,
    width: f32,
    required: bool,
}

impl<'a> Line<'a> {
    fn new(field: Field, label: &'a str, hint: &'a str, width: f32) -> Self {
        Line { field, label, hint, below: "", suffix: "", width, required: false }
    }

    fn required(self) -> Self {
        Line { required: true, ..self }
    }
}
