//! The configuration, in groups, saved together. What each key takes is the model's; unknown keys of the file are not touched.

use egui::{Id, Response, Ui};

use super::edited::Edited;
use super::save_bar::rooms;
use super::{form_ui, padded_ui};
use crate::i18n::{Lang, Texts, fill};
use crate::models::choice::{CreditCheck, Module, StockDeduction};
use crate::models::config::{ConfigChange, ConfigKey, PAGE_SIZES, short_name, words};
use crate::models::picture::PictureName;
use crate::models::rights::Verb;
use crate::models::{Error, Field};
use crate::services::config;
use crate::ui::conflict::Difference;
use crate::ui::context::{Cached, Context};
use crate::ui::form::EnterChain;
use crate::ui::icons;
use crate::ui::picture_field::PictureField;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, multiline_input_with_id, text_input_with_id};
use crate::ui::widgets::segment::form_segments;
use crate::ui::widgets::select::{SelectOptions, select};

type Name = fn(&'static Texts) -> &'static str;

/// Groups of keys, two side by side.
const GROUPS: &[(Name, &[ConfigKey])] = &[
    (
        |t| t.config.group_company,
        &[
            ConfigKey::CompanyName,
            ConfigKey::CompanyPhone,
            ConfigKey::CompanyAddress,
            ConfigKey::CompanyTaxNumber,
            ConfigKey::CompanyBank,
            ConfigKey::CompanyBankAccount,
            ConfigKey::CompanyLogo,
            ConfigKey::DocumentFooter,
        ],
    ),
    (
        |t| t.config.group_sales,
        &[
            ConfigKey::StockDeduction,
            ConfigKey::AllowShipBeforePayment,
            ConfigKey::PaymentTermDays,
            ConfigKey::CreditCheck,
            ConfigKey::PaymentMethods,
            ConfigKey::FollowupResults,
            ConfigKey::QuoteValidityDays,
        ],
    ),
    (
        |t| t.config.group_numbers,
        &[
            ConfigKey::OrderPrefix,
            ConfigKey::QuotePrefix,
            ConfigKey::PaymentPrefix,
            ConfigKey::ReturnPrefix,
            ConfigKey::StocktakePrefix,
            ConfigKey::DefaultThreshold,
        ],
    ),
    (|t| t.config.group_window, &[ConfigKey::IdleMinutes, ConfigKey::PageSize, ConfigKey::Language, ConfigKey::TimeZone]),
    (|t| t.config.group_backup, &[ConfigKey::BackupAutomatic, ConfigKey::BackupHours, ConfigKey::BackupFolder]),
];

/// The values as they were read, in the order of the keys.
type Values = Vec<(ConfigKey, String)>;

/// The values as they are typed, by key; lists have a word a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Draft(Vec<String>);

/// The value of a list as it is typed.
fn shown(key: ConfigKey, value: &str) -> String {
    if is_list(key) { words(value).unwrap_or_default().join("\n") } else { value.to_owned() }
}

/// The typed value as it is stored.
fn stored(key: ConfigKey, shown: &str) -> String {
    if !is_list(key) {
        return shown.trim().to_owned();
    }
    let mut list: Vec<&str> = Vec::new();
    for word in shown.lines().map(str::trim).filter(|word| !word.is_empty()) {
        if !list.contains(&word) {
            list.push(word);
        }
    }
    serde_json::json!(list).to_string()
}

fn is_list(key: ConfigKey) -> bool {
    matches!(key, ConfigKey::PaymentMethods | ConfigKey::FollowupResults)
}

impl Draft {
    fn of(values: &[(ConfigKey, String)]) -> Draft {
        Draft(values.iter().map(|(key, value)| shown(*key, value)).collect())
    }

    fn value(&self, key: ConfigKey) -> &str {
        self.0.get(key as usize).map(String::as_str).unwrap_or_default()
    }

    /// What differs from what was read.
    fn changes(&self, read: &[(ConfigKey, String)]) -> Vec<ConfigChange> {
        let change = |(key, before): &(ConfigKey, String)| ConfigChange { key: *key, before: before.clone(), after: stored(*key, self.value(*key)) };
        // A list that reads the same is the same, however it is spaced in the file.
        read.iter().map(change).filter(|change| shown(change.key, &change.before) != shown(change.key, &change.after)).collect()
    }
}

/// The part's state.
pub struct ConfigPage {
    read: Cached<(), Values>,
    values: Edited<Draft, Values>,
    /// The key whose control takes the keyboard.
    focus: Option<ConfigKey>,
    logo: PictureField,
}

impl Default for ConfigPage {
    fn default() -> Self {
        ConfigPage { read: Cached::default(), values: Edited::default(), focus: None, logo: PictureField::of_logo() }
    }
}

impl ConfigPage {
    /// The keyboard is in the first field.
    pub fn enter(&mut self) {
        self.focus = Some(ConfigKey::CompanyName);
    }

    /// What is not saved, in words.
    pub fn unsaved(&self, t: &'static Texts) -> Option<&'static str> {
        (self.values.is_dirty() || self.logo.is_dirty()).then_some(t.config.unsaved)
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        self.values.is_saving() || self.logo.is_saving()
    }

    /// Begins to save, once a logo that is typed or being checked is taken.
    pub fn save(&mut self, ctx: &egui::Context) {
        self.values.save(ctx);
    }

    /// Throws away what is typed.
    pub fn discard(&mut self) {
        self.values.discard();
        self.logo = PictureField::of_logo();
    }

    /// Draws the part.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let now = match self.read.get(cx, &(), |desk, ()| config::all(desk)) {
            Ok(values) => values.clone(),
            Err(Error::Busy) => return,
            Err(error) => {
                let sentence = cx.lang.sentence(error);
                return padded_ui(ui, |ui| _ = banner_ui(ui, &Banner::new(Tone::Danger, &sentence, "")));
            }
        };
        self.values.follow(&now, || Draft::of(&now));
        self.saving(ui, cx);
        let why = cx.why_not(Module::System, Verb::Update);
        let mut chain = EnterChain::default();
        let changes = self.values.form().zip(self.values.read()).map_or(0, |(form, read)| form.draft.changes(read).len());
        // A blank more or less is a change of the form that changes nothing in the file.
        let unsaved = fill(cx.t.settings.unsaved_count, &[&changes.max(1)]);
        // A path that is only typed is no change of the form yet.
        if self.logo.is_dirty() && !self.values.is_dirty() && why.is_none() && Shortcut::Save.pressed(ui) {
            self.save(ui);
        }
        let (part, bar) = rooms(ui);
        form_ui(ui, part, cx.t.settings.config, |ui| {
            ui.label(theme::secondary(palette(ui), cx.t.config.more));
            ui.add_enabled_ui(why.is_none(), |ui| {
                for (name, keys) in GROUPS {
                    ui.add_space(size::CARD_PADDING);
                    ui.label(theme::section(name(cx.t)));
                    ui.add_space(size::BUTTON_GAP);
                    self.group_ui(ui, cx, keys, &mut chain);
                }
            });
        });
        self.values.bar_ui(ui, bar, cx, &unsaved, why.as_deref());
        chain.finish(ui);
        if Shortcut::Refresh.pressed(ui) {
            self.read.forget();
        }
        self.values.questions_ui(ui, cx, cx.t.config.unsaved, |mine| {
            let line = |text: &str| text.replace('\n', cx.t.settings.and);
            let differs = |(key, value): &(ConfigKey, String)| {
                let (name, now, mine) = (cx.lang.config_key(*key).0, line(&shown(*key, value)), line(mine.value(*key)));
                if *key == ConfigKey::CompanyLogo {
                    Difference::of(name, short_name(&now), short_name(&mine))
                } else {
                    Difference::of(name, now, mine)
                }
            };
            now.iter().filter_map(differs).collect()
        });
    }

    /// A logo that is typed or being checked is taken before the rest is saved.
    fn take_logo(&mut self, ui: &Ui, cx: &Context<'_>) {
        let Some(form) = self.values.form_mut() else { return };
        if form.is_saving() && self.logo.is_dirty() {
            form.hold();
            self.logo.before_save();
        }
        let Some(value) = form.draft.0.get_mut(ConfigKey::CompanyLogo as usize) else { return };
        let mut logo = PictureName::parse(value);
        let may = self.logo.lets_save(cx, &mut logo);
        *value = logo.map(|logo| logo.as_str().to_owned()).unwrap_or_default();
        if may {
            form.save(ui);
        }
    }

    fn saving(&mut self, ui: &Ui, cx: &mut Context<'_>) {
        self.take_logo(ui, cx);
        let saved = self.values.attempt(ui, cx, |desk, draft, read| {
            let changes = draft.changes(read);
            config::update_many(desk, &changes).map(|()| changes.len()).map_err(|error| match error {
                // From the place among the changes to the key.
                Error::Fields(mut errors) => {
                    for error in &mut errors.0 {
                        error.line = error.line.and_then(|line| changes.get(line)).map(|change| change.key as usize);
                    }
                    Error::Fields(errors)
                }
                other => other,
            })
        });
        if let Some(count) = saved {
            cx.done(fill(cx.t.config.saved, &[&count]), None);
        }
        self.values.report(cx);
        let Some(form) = self.values.form_mut() else { return };
        if std::mem::take(&mut form.focus_error) {
            let wrong = |key: &&ConfigKey| form.errors.of_line(**key as usize, Field::ConfigValue).is_some();
            self.focus = GROUPS.iter().flat_map(|(_, keys)| keys.iter()).find(wrong).copied();
        }
    }

    fn group_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, keys: &[ConfigKey], chain: &mut EnterChain) {
        let half = (ui.available_width() - size::FIELD_GAP) / 2.0;
        for pair in keys.chunks(2) {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = size::FIELD_GAP;
                for key in pair {
                    self.key_ui(ui, cx, *key, half, chain);
                }
            });
        }
    }

    fn key_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, key: ConfigKey, width: f32, chain: &mut EnterChain) {
        let Some(form) = self.values.form_mut() else { return };
        let (name, more) = cx.lang.config_key(key);
        let problem = form.errors.of_line(key as usize, Field::ConfigValue).map(|problem| cx.lang.problem_of(name, problem));
        let Some(value) = form.draft.0.get_mut(key as usize) else { return };
        let hint = fill(more, &[value]);
        if key == ConfigKey::CompanyLogo {
            let mut logo = PictureName::parse(value);
            let field = FieldUi::new(name).error(problem.as_deref()).hint(&hint).width(width);
            field.show(ui, |ui| self.logo.ui(ui, cx, name, icons::BUILDINGS, &mut logo));
            *value = logo.map(|logo| logo.as_str().to_owned()).unwrap_or_default();
            return;
        }
        let field = FieldUi::new(name).error(problem.as_deref()).hint(&hint).width(width);
        let control = field.show(ui, |ui| control_ui(ui, cx, key, value)).inner;
        match control {
            Control::Line(input) => {
                chain.line(ui, &input);
                if self.focus == Some(key) {
                    input.request_focus();
                    self.focus = None;
                }
            }
            Control::Stop(response) => {
                chain.stop(&response);
                if self.focus == Some(key) {
                    response.request_focus();
                    self.focus = None;
                }
            }
        }
    }
}

/// What stands for a value.
enum Control {
    /// One line of text: Enter goes on.
    Line(Response),
    Stop(Response),
}

fn control_ui(ui: &mut Ui, cx: &Context<'_>, key: ConfigKey, value: &mut String) -> Control {
    let t = &cx.t.config;
    let id = Id::unique(("config", key));
    match key {
        ConfigKey::StockDeduction => {
            let names = [(StockDeduction::Order, t.deduct_order), (StockDeduction::Shipment, t.deduct_shipment)];
            let mut chosen = StockDeduction::parse(value).unwrap_or(StockDeduction::Order);
            Control::Stop(words_ui(ui, key, value, &mut chosen, &names, |chosen| chosen.as_str().to_owned()))
        }
        ConfigKey::CreditCheck => {
            let names = CreditCheck::ALL.iter().map(|check| (*check, cx.lang.credit_check(*check))).collect::<Vec<_>>();
            let mut chosen = CreditCheck::parse(value).unwrap_or(CreditCheck::Warn);
            Control::Stop(words_ui(ui, key, value, &mut chosen, &names, |chosen| chosen.as_str().to_owned()))
        }
        ConfigKey::AllowShipBeforePayment | ConfigKey::BackupAutomatic => {
            let mut chosen = value == "true";
            let (yes, no) = if key == ConfigKey::BackupAutomatic { (t.on, t.off) } else { (t.yes, t.no) };
            Control::Stop(words_ui(ui, key, value, &mut chosen, &[(true, yes), (false, no)], |chosen| chosen.to_string()))
        }
        ConfigKey::PaymentMethods | ConfigKey::FollowupResults => Control::Stop(multiline_input_with_id(ui, id, value, 6, InputOptions::default())),
        ConfigKey::Language => {
            let mut chosen = Lang::from_code(value).unwrap_or_default();
            let names = Lang::ALL.map(|lang| (lang, lang.own_name()));
            Control::Stop(words_ui(ui, key, value, &mut chosen, &names, |chosen| chosen.code().to_owned()))
        }
        ConfigKey::PageSize => {
            let names: Vec<(String, String)> = PAGE_SIZES.iter().map(|rows| (rows.to_string(), fill(t.rows, &[rows]))).collect();
            let choices: Vec<(usize, &str)> = names.iter().enumerate().map(|(at, (_, name))| (at, name.as_str())).collect();
            let mut at = names.iter().position(|(word, _)| word == value).unwrap_or(0);
            let response = select(ui, "page size", &mut at, &choices, SelectOptions::default());
            if response.changed() {
                value.clone_from(&names[at].0);
            }
            Control::Stop(response)
        }
        ConfigKey::PaymentTermDays | ConfigKey::QuoteValidityDays => number_ui(ui, id, value, t.days),
        ConfigKey::IdleMinutes => number_ui(ui, id, value, t.minutes),
        _ => Control::Line(text_input_with_id(ui, id, value, InputOptions::default())),
    }
}

fn number_ui(ui: &mut Ui, id: Id, value: &mut String, suffix: &str) -> Control {
    Control::Line(text_input_with_id(ui, id, value, InputOptions { suffix, ..Default::default() }))
}

/// Segments over the words a key takes.
fn words_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    key: ConfigKey,
    value: &mut String,
    chosen: &mut T,
    names: &[(T, &str)],
    word: impl Fn(&T) -> String,
) -> Response {
    let response = form_segments(ui, ("config", key), chosen, names);
    if response.changed() {
        *value = word(chosen);
    }
    response
}
