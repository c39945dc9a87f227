//! Telling a scanner from a person: a burst of characters ended by Enter is a scan, whatever has the keyboard (rulings §15).
//!
//! Typed characters are held back for a moment, then given on to whatever has the keyboard. A scan never gets there.

use egui::{Context, Event, Key, Modifiers};

/// The fewest characters of a scan.
const LEAST: usize = 4;
/// The slowest average of a scan, in seconds a character.
const PACE: f64 = 0.035;
/// After so long without a further character it was a person.
const PATIENCE: f64 = 0.1;

/// Catches bursts from the events of each frame.
#[derive(Debug, Default)]
pub struct ScanCatcher {
    held: String,
    first: f64,
    last: f64,
}

impl ScanCatcher {
    /// Takes the scans out of this frame's events; call it before anything is drawn.
    pub fn catch(&mut self, ctx: &Context) -> Vec<String> {
        let mut scans = Vec::new();
        ctx.input_mut(|input| {
            let time = input.time;
            let mut through = Vec::with_capacity(input.events.len());
            if !self.held.is_empty() && time - self.last > PATIENCE {
                through.push(Event::Text(std::mem::take(&mut self.held)));
            }
            for event in input.events.drain(..) {
                match event {
                    Event::Text(text) => {
                        if self.held.is_empty() {
                            self.first = time;
                        }
                        self.held.push_str(&text);
                        self.last = time;
                    }
                    Event::Key { key: Key::Enter, pressed: true, modifiers: Modifiers::NONE, .. } if self.is_scan() => {
                        scans.push(std::mem::take(&mut self.held));
                    }
                    Event::Key { key: Key::Enter, pressed: true, .. } => {
                        self.let_through(&mut through);
                        through.push(event);
                    }
                    // A blank in a burst must not press the button that has the keyboard.
                    Event::Key { key: Key::Space, modifiers: Modifiers::NONE, .. } => {}
                    other => through.push(other),
                }
            }
            input.events = through;
        });
        if !self.held.is_empty() {
            ctx.request_repaint_after_secs(PATIENCE as f32 + 0.01);
        }
        scans
    }

    fn is_scan(&self) -> bool {
        let characters = self.held.chars().count();
        characters >= LEAST && (self.last - self.first) / (characters - 1) as f64 <= PACE
    }

    fn let_through(&mut self, through: &mut Vec<Event>) {
        if !self.held.is_empty() {
            through.push(Event::Text(std::mem::take(&mut self.held)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds events at times; the scans, and the text that got through.
    fn feed(events: &[(f64, Event)]) -> (Vec<String>, String) {
        let ctx = Context::default();
        let mut catcher = ScanCatcher::default();
        let (mut scans, mut typed) = (Vec::new(), String::new());
        let end = events.last().map_or(0.0, |(time, _)| time + 1.0);
        for (time, events) in events.iter().map(|(time, event)| (*time, vec![event.clone()])).chain([(end, Vec::new())]) {
            let input = egui::RawInput { time: Some(time), events, ..Default::default() };
            let mut output = ctx.run_ui(input, |ui| {
                scans.extend(catcher.catch(ui));
                ui.input(|input| {
                    for event in &input.events {
                        if let Event::Text(text) = event {
                            typed.push_str(text);
                        }
                    }
                });
            });
            // Nothing is painted here.
            output.textures_delta.clear();
        }
        (scans, typed)
    }

    fn burst(text: &str, start: f64, pace: f64) -> Vec<(f64, Event)> {
        let mut events: Vec<_> = text.chars().enumerate().map(|(at, c)| (start + at as f64 * pace, Event::Text(c.to_string()))).collect();
        let enter = Event::Key { key: Key::Enter, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
        events.push((start + text.chars().count() as f64 * pace, enter));
        events
    }

    #[test]
    fn a_burst_is_a_scan_and_nothing_of_it_is_typed() {
        assert_eq!(feed(&burst("6901088040156", 1.0, 0.02)), (vec!["6901088040156".into()], String::new()));
        assert_eq!(feed(&burst("WJ-1", 1.0, 0.034)), (vec!["WJ-1".into()], String::new()));
    }

    #[test]
    fn a_person_types_and_gets_every_character() {
        assert_eq!(feed(&burst("690108", 1.0, 0.15)), (vec![], "690108".into()));
        assert_eq!(feed(&burst("abcdef", 1.0, 0.06)), (vec![], "abcdef".into()));
    }

    #[test]
    fn three_characters_are_no_scan() {
        assert_eq!(feed(&burst("690", 1.0, 0.02)), (vec![], "690".into()));
    }

    #[test]
    fn two_scans_in_a_row_are_two() {
        let mut events = burst("6901088040156", 1.0, 0.02);
        events.extend(burst("WJ-LS-M8", 1.3, 0.02));
        assert_eq!(feed(&events).0, ["6901088040156", "WJ-LS-M8"]);
    }
}
