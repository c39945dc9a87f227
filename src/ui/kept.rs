//! What a page keeps for its person between two sittings, such as an order of rows: read once, written where it changed.

use egui::Ui;
use serde_json::Value;

use crate::models::Error;
use crate::services::preferences;
use crate::ui::context::Context;

/// How long to wait before a busy file is tried again, in seconds.
const RETRY: f64 = 1.0;

/// Where a person's preference stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Kept {
    #[default]
    NotRead,
    Same,
    /// To be written, not before this time.
    Changed {
        at: f64,
    },
}

impl Kept {
    /// The person changed what is kept: it is written on the next frame.
    pub fn changed(&mut self) {
        *self = Kept::Changed { at: 0.0 };
    }

    /// Reads what was kept when the page is first shown (the outer `Some` is given once); writes it where it changed. A busy file is tried
    /// again later. A preference that cannot be kept is not worth a message: the page itself is as the person wants it.
    pub fn frame(&mut self, ui: &Ui, cx: &mut Context<'_>, key: &str, now: impl FnOnce() -> Value) -> Option<Option<Value>> {
        let time = ui.input(|input| input.time);
        match *self {
            Kept::Same => {}
            Kept::NotRead => match preferences::get(cx.desk, key) {
                Err(Error::Busy) => ui.request_repaint(),
                kept => {
                    *self = Kept::Same;
                    return Some(kept.ok().flatten());
                }
            },
            Kept::Changed { at } if time >= at => match preferences::set(cx.desk, key, &now()) {
                Err(Error::Busy) => {
                    *self = Kept::Changed { at: time + RETRY };
                    ui.request_repaint_after_secs(RETRY as f32);
                }
                _ => {
                    *self = Kept::Same;
                    ui.request_repaint();
                }
            },
            Kept::Changed { at } => ui.request_repaint_after_secs((at - time) as f32),
        }
        None
    }
}
