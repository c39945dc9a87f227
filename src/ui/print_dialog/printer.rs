//! Where the paper goes: a printer of the system with a number of copies, or the system's PDF viewer, which prints everywhere.

use egui::{Ui, vec2};

use crate::i18n::fill;
use crate::jobs::Job;
use crate::jobs::printing::{self, MOST_COPIES, Printers};
use crate::ui::context::Context;
use crate::ui::theme::size;
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, text_input};
use crate::ui::widgets::select::{SelectOptions, select_index};

/// Width of the number of copies.
const COPIES: f32 = 72.0;

/// The field's state.
pub struct PrinterField {
    looking: Option<Job<Printers>>,
    names: Vec<String>,
    /// Index of a name; none is the viewer.
    at: Option<usize>,
    /// What was chosen last: a name, or nothing for the viewer.
    kept: Option<String>,
    copies: String,
}

impl PrinterField {
    /// Begins to look for the printers; `kept` was chosen last.
    pub fn new(cx: &Context<'_>, kept: Option<&str>) -> PrinterField {
        let looking = Some(printing::printers(cx.wake.clone(), &cx.jobs.spooler));
        PrinterField { looking, names: Vec::new(), at: None, kept: kept.map(str::to_owned), copies: "1".to_owned() }
    }

    /// Takes the printers once they are there: the one that was chosen last, else the system's default.
    pub fn take_results(&mut self) {
        let Some(found) = self.looking.as_ref().and_then(Job::poll) else { return };
        self.looking = None;
        let Printers { names, default } = found.unwrap_or_default();
        let wanted = match &self.kept {
            Some(viewer) if viewer.is_empty() => None,
            Some(kept) if names.contains(kept) => Some(kept.clone()),
            _ => default,
        };
        self.at = wanted.and_then(|wanted| names.iter().position(|name| *name == wanted));
        self.names = names;
    }

    /// Whether the printers are known.
    pub fn is_known(&self) -> bool {
        self.looking.is_none()
    }

    /// The chosen printer; none for the viewer.
    pub fn chosen(&self) -> Option<String> {
        self.at.and_then(|at| self.names.get(at)).cloned()
    }

    /// How many copies the printer makes; the input's words where that is no number of copies.
    pub fn copies(&self) -> Result<u32, &str> {
        match self.copies.trim().parse() {
            Ok(copies) if (1..=MOST_COPIES).contains(&copies) => Ok(copies),
            _ => Err(&self.copies),
        }
    }

    /// What the person keeps: the choice where there was one.
    pub fn to_keep(&self) -> Option<String> {
        if self.names.is_empty() { self.kept.clone() } else { Some(self.chosen().unwrap_or_default()) }
    }

    /// The select, and the copies beside it where a printer is chosen.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Context<'_>) {
        let t = &cx.t.papers;
        let mut texts: Vec<&str> = self.names.iter().map(String::as_str).collect();
        texts.push(t.viewer);
        let viewer = texts.len() - 1;
        let hint = match (self.is_known(), self.names.is_empty()) {
            (false, _) => t.looking,
            (true, true) => t.no_printer,
            (true, false) => "",
        };
        let wrong = self.copies().is_err().then(|| fill(t.copies_wrong, &[&MOST_COPIES]));
        let room = ui.available_width();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing = vec2(size::BUTTON_GAP, 0.0);
            let width = if self.at.is_some() { room - COPIES - size::BUTTON_GAP } else { room };
            let mut at = Some(self.at.unwrap_or(viewer));
            FieldUi::new(t.printer).hint(hint).width(width).show(ui, |ui| {
                select_index(ui, "print printer", &mut at, &texts, "", SelectOptions::default());
            });
            self.at = at.filter(|at| *at < viewer);
            if self.at.is_some() {
                FieldUi::new(t.copies).error(wrong.as_deref()).width(COPIES).show(ui, |ui| {
                    text_input(ui, "print copies", &mut self.copies, InputOptions::default());
                });
            }
        });
    }
}
