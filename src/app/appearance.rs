//! Theme and language as each person chose them: read at sign-in, kept when they change. A busy file is tried again later.

use serde_json::{Map, Value, json};

use crate::i18n::Lang;
use crate::models::{Error, UserId};
use crate::services::{Desk, preferences};
use crate::ui::theme::ThemeChoice;

const KEY: &str = "window";

/// Seconds until a choice is written again that found the file busy.
const RETRY: f64 = 1.0;

/// What the signed-in person chose, and what of it is kept.
#[derive(Default)]
pub struct Appearance {
    /// Whose choice was read.
    of: Option<UserId>,
    stored: Map<String, Value>,
    theme: ThemeChoice,
    lang: Lang,
    /// Not to be written before this time.
    at: f64,
}

impl Appearance {
    /// Before a frame of a signed-in person: applies what he kept, once; writes what he changed. A language from the command line stays.
    pub fn frame(&mut self, ctx: &egui::Context, desk: &mut Desk, user: UserId, theme: &mut ThemeChoice, lang: &mut Lang, lang_given: bool) {
        if self.of != Some(user) {
            match preferences::get(desk, KEY) {
                Err(Error::Busy) => return ctx.request_repaint(),
                kept => self.stored = kept.ok().flatten().and_then(|kept| kept.as_object().cloned()).unwrap_or_default(),
            }
            self.of = Some(user);
            if let Some(kept) = self.word("theme").and_then(ThemeChoice::from_code) {
                *theme = kept;
                kept.apply(ctx);
            }
            if let Some(kept) = self.word("lang").and_then(Lang::from_code).filter(|_| !lang_given) {
                *lang = kept;
            }
            (self.theme, self.lang) = (*theme, *lang);
        }
        if (self.theme, self.lang) != (*theme, *lang) {
            self.keep(ctx, desk, *theme, *lang);
        }
    }

    /// The next person begins with what he kept.
    pub fn leave(&mut self) {
        *self = Appearance::default();
    }

    fn word(&self, name: &str) -> Option<&str> {
        self.stored.get(name).and_then(Value::as_str)
    }

    fn keep(&mut self, ctx: &egui::Context, desk: &mut Desk, theme: ThemeChoice, lang: Lang) {
        let time = ctx.input(|input| input.time);
        if time < self.at {
            return ctx.request_repaint_after_secs((self.at - time) as f32);
        }
        // Only what was changed here: a language of the command line is not his choice.
        if self.theme != theme {
            self.stored.insert("theme".to_owned(), json!(theme.code()));
        }
        if self.lang != lang {
            self.stored.insert("lang".to_owned(), json!(lang.code()));
        }
        if preferences::set(desk, KEY, &Value::Object(self.stored.clone())) == Err(Error::Busy) {
            self.at = time + RETRY;
            ctx.request_repaint_after_secs(RETRY as f32);
        } else {
            (self.theme, self.lang) = (theme, lang);
        }
    }
}
