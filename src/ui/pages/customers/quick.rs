//! The forms at the foot of the drawers: one per customer, kept while something is typed in it.

use std::collections::BTreeMap;

use crate::models::CustomerId;
use crate::ui::context::Context;
use crate::ui::followup::FollowupForm;

/// The forms by customer, each with the customer's name.
#[derive(Default)]
pub struct QuickForms {
    forms: BTreeMap<CustomerId, (FollowupForm, String)>,
}

/// What became of a form that was being saved.
pub enum Attempted {
    Saved(String),
    /// Its errors are to be shown: this customer's drawer.
    Refused(CustomerId),
}

impl QuickForms {
    /// The form of a customer.
    pub fn of(&mut self, cx: &Context<'_>, customer: CustomerId, name: &str) -> &mut FollowupForm {
        &mut self.forms.entry(customer).or_insert_with(|| (FollowupForm::record(cx, customer), name.to_owned())).0
    }

    /// Forgets forms in which nothing is typed, but the one of the open drawer.
    pub fn keep(&mut self, open: Option<CustomerId>) {
        self.forms.retain(|customer, (form, _)| form.is_dirty() || form.is_saving() || Some(*customer) == open);
    }

    pub fn is_dirty(&self) -> bool {
        self.forms.values().any(|(form, _)| form.is_dirty())
    }

    pub fn is_saving(&self) -> bool {
        self.forms.values().any(|(form, _)| form.is_saving())
    }

    /// Whether the keyboard was in this customer's form before this frame.
    pub fn had_focus(&self, customer: CustomerId) -> bool {
        self.forms.get(&customer).is_some_and(|(form, _)| form.had_focus())
    }

    /// Begins to save all that is typed.
    pub fn save(&mut self, ctx: &egui::Context) {
        self.forms.values_mut().filter(|(form, _)| form.is_dirty()).for_each(|(form, _)| form.save(ctx));
    }

    /// Throws away all that is typed.
    pub fn discard(&mut self) {
        self.forms.clear();
    }

    /// Tries what is being saved; the first that was decided.
    pub fn attempt(&mut self, ctx: &egui::Context, cx: &mut Context<'_>) -> Option<Attempted> {
        let saving = self.forms.iter().find(|(_, (form, _))| form.is_saving()).map(|(customer, _)| *customer)?;
        let (form, name) = self.forms.get_mut(&saving)?;
        if form.attempt(ctx, cx).is_some() {
            let name = std::mem::take(name);
            self.forms.remove(&saving);
            return Some(Attempted::Saved(name));
        }
        (!form.is_saving()).then_some(Attempted::Refused(saving))
    }
}
