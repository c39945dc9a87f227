//! The look each person chose: read at sign-in, kept when it changes. A busy file is tried again later.

use serde_json::{Map, Value};

use crate::models::{Error, UserId};
use crate::services::{Desk, preferences};
use crate::ui::theme::Look;

const KEY: &str = "window";

/// Seconds until a choice is written again that found the file busy.
const RETRY: f64 = 1.0;

/// What the signed-in person chose, and what of it is kept.
#[derive(Default)]
pub struct Appearance {
    /// Whose choice was read.
    of: Option<UserId>,
    stored: Map<String, Value>,
    known: Look,
    /// Not to be written before this time.
    at: f64,
}

impl Appearance {
    /// Before a frame of a signed-in person: takes what he kept, once; writes what he changed. A language from the command line stays.
    pub fn frame(&mut self, ctx: &egui::Context, desk: &mut Desk, user: UserId, look: &mut Look, lang_given: bool) {
        if self.of != Some(user) {
            match preferences::get(desk, KEY) {
                Err(Error::Busy) => return ctx.request_repaint(),
                kept => self.stored = kept.ok().flatten().and_then(|kept| kept.as_object().cloned()).unwrap_or_default(),
            }
            self.of = Some(user);
            let restored = look.restored(&self.stored);
            *look = if lang_given { Look { lang: look.lang, ..restored } } else { restored };
            self.known = *look;
        }
        if self.known != *look {
            self.keep(ctx, desk, *look);
        }
    }

    /// The next person begins with what he kept.
    pub fn leave(&mut self) {
        *self = Appearance::default();
    }

    fn keep(&mut self, ctx: &egui::Context, desk: &mut Desk, look: Look) {
        let time = ctx.input(|input| input.time);
        if time < self.at {
            return ctx.request_repaint_after_secs((self.at - time) as f32);
        }
        // Only what was changed here: a language of the command line is not his choice.
        look.keep(self.known, &mut self.stored);
        if preferences::set(desk, KEY, &Value::Object(self.stored.clone())) == Err(Error::Busy) {
            self.at = time + RETRY;
            ctx.request_repaint_after_secs(RETRY as f32);
        } else {
            self.known = look;
        }
    }
}
