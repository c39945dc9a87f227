//! The window on a test's file, worked by keys.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use zhanggui::app::{App, Start};
use zhanggui::i18n::Lang;
use zhanggui::ui::theme::ThemeChoice;

use crate::fixture::Fixture;

/// The window of the fixture's administrator, 1280 × 800, in Chinese.
pub fn window(f: &Fixture) -> Harness<'static, Option<App>> {
    let mut desk = f.another_desk();
    desk.resume(f.desk.session().cloned());
    let mut start = Some(Start { desk, lang: Some(Lang::ZhCn), theme: ThemeChoice::Light, demo: None });
    let mut harness = Harness::builder().with_size([1280.0, 800.0]).with_max_steps(12).build_ui_state(
        move |ui, app: &mut Option<App>| {
            if let Some(start) = start.take() {
                *app = Some(App::new(ui, start));
            } else if let Some(app) = app {
                app.frame(ui);
            }
        },
        None,
    );
    harness.run();
    harness
}

/// Presses and lets go of a key.
pub fn press(window: &mut Harness<'_, Option<App>>, key: Key) {
    window.key_press(key);
    window.run();
}

/// A key with modifiers.
pub fn shortcut(window: &mut Harness<'_, Option<App>>, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run();
}

/// Types into whatever has the focus.
pub fn type_text(window: &mut Harness<'_, Option<App>>, text: &str) {
    window.event(egui::Event::Text(text.to_owned()));
    window.run();
}
