//! Every keyboard shortcut, once (tokens §5): pages ask `Shortcut::New.pressed(ui)`, buttons show `Shortcut::New.keys()`.
//!
//! No single letters: an input method swallows them and a scanner types them.

use egui::{Context, Key, Modifiers};

use crate::i18n::Texts;

/// A shortcut by what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// Everything from the top bar.
    Search,
    New,
    /// A quote or an order for the record one is at.
    NewQuote,
    NewOrder,
    Find,
    Edit,
    /// The main action of a record.
    Main,
    Refresh,
    Ship,
    Return,
    StockIn,
    StockOut,
    Count,
    Save,
    DeleteLine,
    FromQuote,
    /// A file into the list.
    Import,
    /// In a line: the price this customer paid last.
    LastPrice,
    /// Onto paper.
    Print,
    /// Into a file.
    Export,
    HandOver,
    Previous,
    Next,
    Jobs,
    /// Of a report.
    PreviousPeriod,
    NextPeriod,
    Navigation,
    Settings,
    Lock,
    /// In the field of a password: what is typed there.
    ShowPassword,
    FullScreen,
    Help,
}

impl Shortcut {
    pub const ALL: &'static [Shortcut] = &[
        Shortcut::Search,
        Shortcut::New,
        Shortcut::NewOrder,
        Shortcut::NewQuote,
        Shortcut::Find,
        Shortcut::Edit,
        Shortcut::Main,
        Shortcut::Refresh,
        Shortcut::Ship,
        Shortcut::Return,
        Shortcut::StockIn,
        Shortcut::StockOut,
        Shortcut::Count,
        Shortcut::Save,
        Shortcut::DeleteLine,
        Shortcut::FromQuote,
        Shortcut::Import,
        Shortcut::LastPrice,
        Shortcut::Print,
        Shortcut::Export,
        Shortcut::HandOver,
        Shortcut::Previous,
        Shortcut::Next,
        Shortcut::Jobs,
        Shortcut::PreviousPeriod,
        Shortcut::NextPeriod,
        Shortcut::Navigation,
        Shortcut::Settings,
        Shortcut::Lock,
        Shortcut::ShowPassword,
        Shortcut::FullScreen,
        Shortcut::Help,
    ];

    /// Modifiers and key.
    pub fn combination(self) -> (Modifiers, Key) {
        match self {
            Shortcut::Search => (Modifiers::COMMAND, Key::K),
            Shortcut::New => (Modifiers::COMMAND, Key::N),
            Shortcut::NewOrder => (Modifiers::COMMAND, Key::O),
            Shortcut::NewQuote => (Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O),
            Shortcut::Find => (Modifiers::COMMAND, Key::F),
            Shortcut::Edit => (Modifiers::NONE, Key::F2),
            Shortcut::Main => (Modifiers::NONE, Key::F4),
            Shortcut::Refresh => (Modifiers::NONE, Key::F5),
            Shortcut::Ship => (Modifiers::NONE, Key::F6),
            Shortcut::Return => (Modifiers::COMMAND, Key::R),
            Shortcut::StockIn => (Modifiers::NONE, Key::F7),
            Shortcut::StockOut => (Modifiers::NONE, Key::F8),
            Shortcut::Count => (Modifiers::NONE, Key::F9),
            Shortcut::Save => (Modifiers::COMMAND, Key::S),
            Shortcut::DeleteLine => (Modifiers::COMMAND, Key::Delete),
            Shortcut::FromQuote => (Modifiers::COMMAND, Key::I),
            Shortcut::Import => (Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::I),
            Shortcut::LastPrice => (Modifiers::COMMAND, Key::U),
            Shortcut::Print => (Modifiers::COMMAND, Key::P),
            Shortcut::Export => (Modifiers::COMMAND, Key::E),
            Shortcut::HandOver => (Modifiers::COMMAND, Key::M),
            Shortcut::Previous => (Modifiers::ALT, Key::ArrowUp),
            Shortcut::Next => (Modifiers::ALT, Key::ArrowDown),
            Shortcut::Jobs => (Modifiers::COMMAND, Key::J),
            Shortcut::PreviousPeriod => (Modifiers::ALT, Key::ArrowLeft),
            Shortcut::NextPeriod => (Modifiers::ALT, Key::ArrowRight),
            Shortcut::Navigation => (Modifiers::COMMAND, Key::B),
            Shortcut::Settings => (Modifiers::COMMAND, Key::Comma),
            Shortcut::Lock => (Modifiers::COMMAND, Key::L),
            Shortcut::ShowPassword => (Modifiers::ALT, Key::F8),
            Shortcut::FullScreen => (Modifiers::NONE, Key::F11),
            Shortcut::Help => (Modifiers::NONE, Key::F1),
        }
    }

    /// As shown in key caps.
    pub fn keys(self) -> &'static str {
        match self {
            Shortcut::Search => "Ctrl K",
            Shortcut::New => "Ctrl N",
            Shortcut::NewOrder => "Ctrl O",
            Shortcut::NewQuote => "Ctrl Shift O",
            Shortcut::Find => "Ctrl F",
            Shortcut::Edit => "F2",
            Shortcut::Main => "F4",
            Shortcut::Refresh => "F5",
            Shortcut::Ship => "F6",
            Shortcut::Return => "Ctrl R",
            Shortcut::StockIn => "F7",
            Shortcut::StockOut => "F8",
            Shortcut::Count => "F9",
            Shortcut::Save => "Ctrl S",
            Shortcut::DeleteLine => "Ctrl Del",
            Shortcut::FromQuote => "Ctrl I",
            Shortcut::Import => "Ctrl Shift I",
            Shortcut::LastPrice => "Ctrl U",
            Shortcut::Print => "Ctrl P",
            Shortcut::Export => "Ctrl E",
            Shortcut::HandOver => "Ctrl M",
            Shortcut::Previous => "Alt ↑",
            Shortcut::Next => "Alt ↓",
            Shortcut::Jobs => "Ctrl J",
            Shortcut::PreviousPeriod => "Alt ←",
            Shortcut::NextPeriod => "Alt →",
            Shortcut::Navigation => "Ctrl B",
            Shortcut::Settings => "Ctrl ,",
            Shortcut::Lock => "Ctrl L",
            Shortcut::ShowPassword => "Alt F8",
            Shortcut::FullScreen => "F11",
            Shortcut::Help => "F1",
        }
    }

    /// What it does, in words.
    pub fn meaning(self, texts: &'static Texts) -> &'static str {
        let t = &texts.shell;
        match self {
            Shortcut::Search => t.key_search,
            Shortcut::New => t.key_new,
            Shortcut::NewOrder => t.key_new_order,
            Shortcut::NewQuote => t.key_new_quote,
            Shortcut::Find => t.key_find,
            Shortcut::Edit => t.key_edit,
            Shortcut::Main => t.key_main,
            Shortcut::Refresh => t.key_refresh,
            Shortcut::Ship => t.key_ship,
            Shortcut::Return => t.key_return,
            Shortcut::StockIn => t.key_stock_in,
            Shortcut::StockOut => t.key_stock_out,
            Shortcut::Count => t.key_count,
            Shortcut::Save => t.key_save,
            Shortcut::DeleteLine => t.key_delete_line,
            Shortcut::FromQuote => t.key_from_quote,
            Shortcut::Import => texts.imports.key,
            Shortcut::LastPrice => t.key_last_price,
            Shortcut::Print => t.key_print,
            Shortcut::Export => texts.exports.key,
            Shortcut::HandOver => t.key_hand_over,
            Shortcut::Previous => t.key_previous,
            Shortcut::Next => t.key_next,
            Shortcut::Jobs => texts.jobs.key,
            Shortcut::PreviousPeriod => t.key_previous_period,
            Shortcut::NextPeriod => t.key_next_period,
            Shortcut::Navigation => t.key_navigation,
            Shortcut::Settings => t.key_settings,
            Shortcut::Lock => t.key_lock,
            Shortcut::ShowPassword => texts.widgets.show_password,
            Shortcut::FullScreen => t.key_full_screen,
            Shortcut::Help => t.key_help,
        }
    }

    /// Whether it was pressed in this frame, while no dialog is open; takes the key press.
    pub fn pressed(self, ctx: &Context) -> bool {
        ctx.memory(|memory| memory.top_modal_layer().is_none()) && self.pressed_in_dialog(ctx)
    }

    /// As [`Shortcut::pressed`], for the dialog that is open.
    pub fn pressed_in_dialog(self, ctx: &Context) -> bool {
        let (modifiers, key) = self.combination();
        ctx.input_mut(|input| input.consume_key(modifiers, key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_shortcuts_clash() {
        for (at, a) in Shortcut::ALL.iter().enumerate() {
            for b in &Shortcut::ALL[at + 1..] {
                assert_ne!(a.combination(), b.combination(), "{a:?} {b:?}");
            }
        }
    }
}
