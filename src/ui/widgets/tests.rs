//! The widgets by role and name, as a screen reader meets them. Pixels are looked at, not tested.

use chrono::NaiveDate;
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::button::Button;
use super::field::field_ui;
use super::input::{InputOptions, checkbox, text_input};
use super::select::{SelectOptions, filter_chip, select};
use super::table::{Column, List, ListOptions, ListResponse, ListState, Phase, Width};
use super::{abacus, chip, date, dialog, picker, progress};
use crate::i18n::Lang;
use crate::ui::theme::{self, LIGHT, Tone};

struct Row(i64, &'static str);

const COLUMNS: &[Column<Row, u8>] = &[Column {
    title: |t| t.common.search,
    width: Width::Fill(1.0, 80.0),
    align: egui::Align::Min,
    sort: Some(0),
    narrow: false,
    cell: |row, ui, cx| {
        cx.name(ui, row.1);
    },
}];

struct Page {
    list: ListState<u8>,
    last: ListResponse,
    opened: Vec<usize>,
    deleted: Vec<usize>,
}

fn list_page() -> Harness<'static, Page> {
    let state = Page { list: ListState::new(0, false), last: ListResponse::default(), opened: vec![], deleted: vec![] };
    let mut ready = false;
    Harness::builder().with_size([1280.0, 400.0]).build_ui_state(
        move |ui, page: &mut Page| {
            if !std::mem::replace(&mut ready, true) {
                theme::install(ui);
            }
            let list = List {
                columns: COLUMNS,
                rows: &[Row(7, "甲"), Row(8, "乙"), Row(9, "丙")],
                key: |row| row.0,
                label: |row| row.1.to_owned(),
                data: &(),
                phase: Phase::Ready,
                options: ListOptions { checks: true, ..ListOptions::default() },
            };
            let out = list.show(ui, Lang::ZhCn.texts(), "list", &mut page.list);
            // Something below that could take the keyboard.
            let below = egui::Rect::from_min_size(egui::pos2(600.0, 360.0), egui::vec2(80.0, 24.0));
            super::paint::inside(ui, below, egui::Layout::top_down(egui::Align::Min), "below", |ui| Button::secondary("下面").mini().show(ui));
            page.opened.extend(out.opened);
            page.deleted.extend(out.wants_delete);
            page.last = out;
        },
        state,
    )
}

#[test]
fn a_list_is_worked_by_name_and_by_keys() {
    let mut harness = list_page();
    harness.run();
    harness.get_by_label("乙").click();
    harness.run();
    assert_eq!(harness.state().list.selected, Some(8));
    harness.key_press(Key::ArrowDown);
    harness.run();
    assert_eq!(harness.state().list.selected, Some(9));
    harness.key_press(Key::Home);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().opened, vec![0]);
    harness.key_press(Key::Space);
    harness.run();
    assert!(harness.state().list.checked.contains(&7));
    harness.key_press(Key::Delete);
    harness.run();
    assert_eq!(harness.state().deleted, vec![0]);
    harness.get_by_role_and_label(Role::ColumnHeader, "搜索").click();
    harness.run();
    assert!(harness.state().list.descending);
}

#[test]
fn columns_at_their_least_leave_the_rest_to_the_others() {
    const fn column(width: Width) -> Column<Row, u8> {
        Column { title: |t| t.common.search, width, align: egui::Align::Min, sort: None, narrow: false, cell: |row, ui, cx| _ = cx.text(ui, row.1) }
    }
    static NARROW: [Column<Row, u8>; 3] = [column(Width::Fill(9.0, 120.0)), column(Width::Fill(1.0, 60.0)), column(Width::Fixed(80.0))];
    let mut ready = false;
    let mut harness = Harness::builder().with_size([420.0, 200.0]).build_ui(move |ui| {
        if !std::mem::replace(&mut ready, true) {
            theme::install(ui);
        }
        let list = List {
            columns: &NARROW,
            rows: &[Row(7, "甲")],
            key: |row| row.0,
            label: |row| row.1.to_owned(),
            data: &(),
            phase: Phase::Ready,
            options: ListOptions::default(),
        };
        list.show(ui, Lang::ZhCn.texts(), "list", &mut ListState::new(0, false));
    });
    harness.run();
    let right = harness.query_all_by_role(Role::ColumnHeader).map(|head| head.rect().right()).fold(0.0, f32::max);
    assert!((right - (420.0 - 8.0 - theme::size::PAGE_PADDING)).abs() <= 9.0, "{right}");
}

#[test]
fn an_arrow_right_after_the_list_took_the_keyboard_is_the_lists() {
    let mut harness = list_page();
    harness.run();
    harness.state_mut().list.take_focus = true;
    harness.step();
    for wanted in [8, 9] {
        harness.key_press(Key::ArrowDown);
        harness.step();
        assert_eq!(harness.state().list.selected, Some(wanted));
    }
}

#[test]
fn a_chip_of_the_selections_colour_is_seen_on_it() {
    let ground = |selected: bool| {
        let mut ready = false;
        let mut harness = Harness::builder().with_size([200.0, 60.0]).build_ui(move |ui| {
            if !std::mem::replace(&mut ready, true) {
                theme::install(ui);
            }
            theme::ThemeChoice::Light.apply(ui);
            let info = egui::UiStackInfo::default();
            let info = if selected { info.with_tag(chip::ON_SELECTED) } else { info };
            ui.scope_builder(egui::UiBuilder::new().ui_stack_info(info), |ui| chip::plain_chip(ui, "重要", Tone::AccentSoft));
        });
        harness.run();
        let fills: Vec<egui::Color32> = harness
            .output()
            .shapes
            .iter()
            .filter_map(|shape| match &shape.shape {
                egui::Shape::Rect(rect) if rect.rect.height() == theme::size::CHIP => Some(rect.fill),
                _ => None,
            })
            .collect();
        fills.last().copied().unwrap_or_default()
    };
    assert_eq!(ground(false), LIGHT.accent_soft.bg);
    assert_ne!(ground(true), LIGHT.selected, "gone on the selection");
}

#[derive(Default)]
struct Form {
    name: String,
    level: u8,
    filter: Option<u8>,
    on: bool,
    answer: Option<dialog::Choice>,
    pressed: bool,
    ask: bool,
}

fn form_page() -> Harness<'static, Form> {
    let mut ready = false;
    Harness::builder().with_size([800.0, 600.0]).build_ui_state(
        move |ui, form: &mut Form| {
            if !std::mem::replace(&mut ready, true) {
                theme::install(ui);
            }
            let texts = Lang::ZhCn.texts();
            field_ui(ui, "名称", true, Some("请填写名称"), |ui| text_input(ui, "name", &mut form.name, InputOptions::default()));
            field_ui(ui, "等级", false, None, |ui| select(ui, "level", &mut form.level, &[(0, "普通"), (1, "重要")], SelectOptions::default()));
            filter_chip(ui, texts, "state", "状态", &mut form.filter, &[(1, "启用"), (2, "停用")]);
            checkbox(ui, &mut form.on, "记住");
            form.pressed |= Button::primary("保存").disabled_because("没有权限").show(ui).clicked();
            if form.ask {
                let question = dialog::Confirm {
                    icon: crate::ui::icons::TRASH,
                    tone: Tone::Danger,
                    title: "删除？".to_owned(),
                    body: String::new(),
                    facts: vec![("记录".to_owned(), "3".to_owned())],
                    way_out: "取消".to_owned(),
                    act: "删除".to_owned(),
                    other: None,
                    danger: true,
                    careful: false,
                };
                if let Some(answer) = question.show(ui, "delete") {
                    form.answer = Some(answer);
                    form.ask = false;
                }
            }
        },
        Form::default(),
    )
}

#[test]
fn controls_answer_to_their_labels() {
    let mut harness = form_page();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "名称").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "名称").type_text("甲");
    harness.run();
    assert_eq!(harness.state().name, "甲");
    harness.get_by_label("请填写名称");
    harness.get_by_role_and_label(Role::ComboBox, "等级").click();
    harness.run();
    harness.get_by_role_and_label(Role::ListBoxOption, "重要").click();
    harness.run();
    assert_eq!(harness.state().level, 1);
    harness.get_by_role_and_label(Role::ComboBox, "状态").click();
    harness.run();
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().filter, Some(2));
    harness.get_by_role_and_label(Role::Button, "清除 状态：停用").click();
    harness.run();
    assert_eq!(harness.state().filter, None);
    harness.get_by_label("记住").click();
    harness.run();
    assert!(harness.state().on);
    harness.get_by_label("保存").click();
    harness.run();
    assert!(!harness.state().pressed, "a disabled button does nothing");
}

#[test]
fn a_destructive_question_starts_on_its_harmless_button() {
    let mut harness = form_page();
    harness.run();
    harness.state_mut().ask = true;
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().answer, Some(dialog::Choice::WayOut));
    harness.state_mut().ask = true;
    harness.run();
    harness.get_by_role_and_label(Role::Button, "删除").click();
    harness.run();
    assert_eq!(harness.state().answer, Some(dialog::Choice::Act));
    harness.state_mut().ask = true;
    harness.state_mut().answer = None;
    harness.run();
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(harness.state().answer, Some(dialog::Choice::WayOut));
}

#[test]
fn dates_are_read_as_people_type_them() {
    let day = NaiveDate::from_ymd_opt(2026, 1, 31);
    for text in ["2026-01-31", "2026/1/31", "2026.1.31", "20260131", " 2026-1-31 "] {
        assert_eq!(date::parse_date(text), day, "{text}");
    }
    assert_eq!(date::parse_date("2026-02-30"), None);
    assert_eq!(abacus::date_digits(2026, 1, 30), [2, 0, 2, 6, 0, 1, 3, 0]);
}

#[test]
fn matches_are_marked_and_broken_ranges_ignored() {
    let job = picker::highlight(&LIGHT, "外六角螺栓", &[9..12, 4..5]);
    assert_eq!(job.text, "外六角螺栓");
    assert_eq!(job.sections.len(), 3);
    assert_eq!(progress::stock_tone(0, 10), Some(Tone::Danger));
    assert_eq!(progress::stock_tone(10, 10), Some(Tone::Orange));
    assert_eq!(progress::stock_tone(11, 10), None);
}

fn contrast(a: egui::Color32, b: egui::Color32) -> f32 {
    let light = |color: egui::Color32| {
        let part = |value: u8| {
            let value = f32::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(color.r()) + 0.7152 * part(color.g()) + 0.0722 * part(color.b())
    };
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_text_can_be_read_on_its_ground() {
    let palettes = theme::Accent::ALL.into_iter().flat_map(|accent| [accent.palette(false), accent.palette(true)]);
    for p in palettes {
        use Tone::*;
        for tone in [Warn, Info, Violet, Ok, Mute, Orange, Danger, Gold, AccentSoft] {
            let colors = p.tone(tone);
            assert!(contrast(colors.fg, colors.bg) >= 4.5, "{tone:?}, dark: {}", p.dark);
        }
        for text in [p.text, p.text_2, p.text_3, p.accent_text] {
            assert!(contrast(text, p.surface) >= 4.5 && contrast(text, p.bg) >= 4.5);
        }
        assert!(contrast(p.focus, p.surface) >= 3.0 && contrast(p.on_accent, p.accent) >= 4.5);
    }
}

#[test]
fn a_tag_keeps_its_tone_and_tags_differ() {
    use crate::ui::widgets::chip::tag_tone;
    let tags = ["月结", "老客户", "连锁门店", "复印纸", "月结 30 天", "retail", "export", "VIP 推荐", "新客户", "待开发", "长期", "批发"];
    let tones: std::collections::HashSet<_> = tags.iter().map(|tag| tag_tone(tag)).collect();
    assert!(tones.len() >= 4, "{tones:?}");
    assert!(!tones.contains(&Tone::Danger) && !tones.contains(&Tone::Warn));
    assert_eq!(tag_tone("月结"), Tone::Gold, "the same in every run");
}
