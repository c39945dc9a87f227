//! The follow-up page: what is overdue, due today, this week, and every record.

use egui::Ui;

use super::Hint;
use crate::i18n::Texts;
use crate::ui::context::Context;
use crate::ui::followup::FollowupActs;
use crate::ui::widgets::page;

/// The page's state.
#[derive(Default)]
pub struct Followups {
    acts: FollowupActs,
}

impl Followups {
    /// What is typed and not saved, in words.
    pub fn unsaved(&self, t: &'static Texts) -> Option<&'static str> {
        self.acts.unsaved(t)
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        self.acts.is_saving()
    }

    /// Begins to save what is typed.
    pub fn save(&mut self, ctx: &egui::Context) {
        self.acts.save(ctx);
    }

    /// Throws away what is typed.
    pub fn discard(&mut self) {
        self.acts.discard();
    }

    /// Prepares the page before its first frame.
    pub fn enter(&mut self) {}

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        page::head_ui(ui, cx.t.followups.title, |_| {});
    }
}

/// The key hints of the page.
pub fn hints(_t: &'static Texts) -> Vec<Hint> {
    Vec::new()
}
