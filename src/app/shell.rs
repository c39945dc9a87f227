//! The frame around a page: navigation, top bar with notices and account, status line, the list of shortcuts.

mod avatar;
mod pin;
mod search;

use egui::accesskit::Role as AccessRole;
use egui::{Align, Frame, Key, Layout, Margin, Modifiers, Popup, RichText, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::reminders::{self, Watch};
use crate::i18n::{Lang, fill};
use crate::models::Result;
use crate::models::choice::Module;
use crate::models::product::{ProductPage, ProductSort};
use crate::models::rights::Verb;
use crate::models::stock::WarningFilter;
use crate::services::{Desk, stock};
use crate::ui::context::{Cached, Context, Data, Follow, Wish};
use crate::ui::dense::Dense;
use crate::ui::followup::due_text;
use crate::ui::icons;
use crate::ui::job_list;
use crate::ui::pages;
use crate::ui::route::{Route, Section};
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, ThemeChoice, Tone, palette, reach, size};
use crate::ui::widgets::abacus::mark_ui;
use crate::ui::widgets::button::{Button, icon_button, small_link};
use crate::ui::widgets::card::avatar as initials;
use crate::ui::widgets::chip::{count_badge, paint_alarm};
use crate::ui::widgets::dialog::{button_row, dialog_ui, just_opened, title_row};
use crate::ui::widgets::keyhint::{cap_size, key_hint, paint_cap, plain};
use crate::ui::widgets::paint;

/// How many of a kind the bell shows.
const MOST_NOTICES: usize = 10;

/// What was asked for in the frame.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    Go(Route),
    Follow(Follow),
    SignOut,
    ChangePassword,
    ChangeAvatar,
    CheckData,
    Terminal,
    SetPin,
    Lock,
    EndDemo,
}

impl From<Wish> for Ask {
    fn from(wish: Wish) -> Ask {
        match wish {
            Wish::ChangePassword => Ask::ChangePassword,
            Wish::ChangeAvatar => Ask::ChangeAvatar,
            Wish::SetPin => Ask::SetPin,
            Wish::Lock => Ask::Lock,
        }
    }
}

/// What of the frame stays between frames.
#[derive(Default)]
pub struct Shell {
    collapsed: bool,
    help_open: bool,
    seen_notices: usize,
    avatar: Option<avatar::AvatarDialog>,
    pin: Option<pin::PinDialog>,
    search: search::Search,
    /// How many products run out.
    low: Cached<(), u64>,
}

impl Shell {
    /// Draws the frame and the page in it.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Context<'_>,
        route: Route,
        reminders: &mut Watch,
        page: impl FnOnce(&mut Ui, &mut Context<'_>),
    ) -> Option<Ask> {
        if Shortcut::Navigation.pressed(ui) {
            self.collapsed = !self.collapsed;
        }
        let lock = Shortcut::Lock.pressed_in_dialog(ui);
        if Shortcut::Help.pressed(ui) {
            self.help_open = true;
        }
        let mut asked = page_keys(ui, cx).map(Ask::Go);
        let p = palette(ui);
        let rail = self.collapsed || ui.content_rect().width() < size::NARROW;
        let width = if rail { size::RAIL_WIDTH } else { size::NAV_WIDTH };
        let ground = Frame::new().fill(p.bg);
        let panel = egui::Panel::left("navigation").exact_size(width).resizable(false).show_separator_line(false).frame(ground);
        let navigation = panel.show(ui, |ui| self.navigation_ui(ui, cx, route, rail, self::reminders::count(cx))).inner;
        asked = asked.or(navigation);
        let status = egui::Panel::bottom("status").exact_size(size::STATUS_BAR).resizable(false).show_separator_line(false).frame(ground);
        let from_status = status.show(ui, |ui| status_ui(ui, cx, route)).inner;
        asked = asked.or(from_status);
        let top = Frame::new().fill(p.surface).inner_margin(Margin::symmetric(size::PAGE_PADDING as i8, 0));
        let bar = egui::Panel::top("top").exact_size(size::TOP_BAR).resizable(false).show_separator_line(false).frame(top);
        let from_bar = bar.show(ui, |ui| self.top_ui(ui, cx, reminders)).inner;
        asked = asked.or(from_bar);
        egui::CentralPanel::default().frame(Frame::new().fill(p.surface)).show(ui, |ui| {
            let rect = ui.max_rect();
            ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, p.border));
            ui.painter().vline(rect.left() - 0.5, ui.content_rect().y_range(), Stroke::new(1.0, p.border));
            ui.spacing_mut().item_spacing.y = 0.0;
            page(ui, cx);
        });
        asked = asked.or(cx.wish.take().map(Ask::from));
        if lock {
            asked = Some(Ask::Lock);
        }
        if self.help_open {
            self.help_ui(ui, cx);
        }
        if asked == Some(Ask::ChangeAvatar) {
            self.avatar = Some(avatar::AvatarDialog::new(cx));
        }
        if self.avatar.as_mut().is_some_and(|dialog| dialog.ui(ui, cx)) {
            self.avatar = None;
        }
        if asked == Some(Ask::SetPin) {
            self.pin = Some(pin::PinDialog::default());
        }
        if self.pin.as_mut().is_some_and(|dialog| dialog.ui(ui, cx)) {
            self.pin = None;
        }
        asked
    }

    /// Forgets what belongs to the person who left.
    pub fn leave(&mut self) {
        *self = Shell { collapsed: self.collapsed, ..Shell::default() };
    }

    fn navigation_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, route: Route, rail: bool, due: u64) -> Option<Ask> {
        let p = palette(ui);
        let t = &cx.t.shell;
        let mut to = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            ui.add_space(if rail { 14.0 } else { 16.0 });
            ui.spacing_mut().item_spacing.x = 10.0;
            mark_ui(ui, 28.0);
            if !rail {
                ui.vertical(|ui| {
                    ui.label(RichText::new(cx.t.common.app_name).font(theme::medium_font(size::TEXT_SECTION)));
                    ui.add(egui::Label::new(theme::label(p, &cx.config.company_name)).truncate());
                });
            }
        });
        ui.add_space(10.0);
        // A large zoom on a small screen leaves less room than the entries take.
        let room = ui.max_rect().bottom() - 40.0 - ui.cursor().top();
        egui::ScrollArea::vertical().max_height(room).auto_shrink([false, true]).show(ui, |ui| {
            let mut group = "";
            for entry in Route::NAVIGATION.iter().copied().filter(|entry| entry.visible(cx.rights)) {
                let (icon, name, of) = pages::entry(entry, cx.t);
                if of != group && !rail {
                    ui.add_space(8.0);
                    ui.horizontal(|ui| {
                        ui.set_height(24.0);
                        ui.add_space(20.0);
                        ui.label(theme::caption(p, of));
                    });
                }
                group = of;
                let response = entry_ui(ui, icon, name, route.entry() == entry, rail);
                if entry == Route::Followups && due > 0 {
                    badge_ui(ui, response.rect, due, &fill(cx.t.followups.reminder_due, &[&due]), Tone::Mute, rail);
                }
                if entry == Route::Warnings {
                    let low = *self.low.get(cx, &(), |desk, ()| low_products(desk)).as_ref().unwrap_or(&0);
                    if low > 0 {
                        badge_ui(ui, response.rect, low, &fill(cx.t.stock.low_products, &[&low]), Tone::Orange, rail);
                    }
                }
                if response.clicked() {
                    to = Some(Ask::Go(entry.landing(cx.rights)));
                }
            }
            if cx.may(Module::Inventory, Verb::View) && entry_ui(ui, icons::BARCODE, cx.t.terminal.title, false, rail).clicked() {
                to = Some(Ask::Terminal);
            }
        });
        let bottom = ui.max_rect().with_min_y(ui.max_rect().bottom() - 40.0);
        ui.scope_builder(UiBuilder::new().max_rect(bottom), |ui| {
            let name = if rail { t.expand } else { t.collapse };
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 32.0), Sense::click());
            if response.hovered() {
                ui.painter().rect_filled(rect.shrink2(vec2(8.0, 0.0)), size::RADIUS, p.hover);
            }
            let x = if rail { rect.center().x } else { rect.left() + 28.0 };
            paint::icon(ui.painter(), pos2(x, rect.center().y), icons::SIDEBAR_SIMPLE, size::ICON, p.text_2);
            if !rail {
                paint::text_left(ui, rect.with_min_x(rect.left() + 46.0), name, theme::font(size::TEXT_SMALL), p.text_2);
                let cap = cap_size(ui, Shortcut::Navigation.keys());
                paint_cap(ui, rect.right() - 18.0 - cap.x, rect.center().y, Shortcut::Navigation.keys(), plain(ui));
            }
            if response.has_focus() {
                paint::focus_ring(ui, rect.shrink2(vec2(8.0, 0.0)), size::RADIUS);
            }
            response.widget_info(|| WidgetInfo::labeled(AccessRole::Button, true, name));
            if response.clicked() {
                self.collapsed = !self.collapsed;
            }
        });
        to
    }

    fn top_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, reminders: &mut Watch) -> Option<Ask> {
        let t = &cx.t.shell;
        let mut asked = None;
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let account = account_button(ui, cx);
            Popup::menu(&account).width(220.0).show(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                asked = account_menu(ui, cx);
            });
            let (line, _) = ui.allocate_exact_size(vec2(9.0, 20.0), Sense::hover());
            ui.painter().vline(line.center().x.round() + 0.5, line.y_range(), Stroke::new(1.0, palette(ui).border));
            let bell = icon_button(ui, icons::BELL, t.notices);
            let unseen = cx.notices.len().saturating_sub(self.seen_notices) + reminders.unseen(cx);
            if unseen > 0 {
                paint_alarm(ui, bell.rect.center() + vec2(8.0, -7.0), unseen as u64);
            }
            let name = fill(t.unseen_notices, &[&unseen]);
            bell.widget_info(|| WidgetInfo::labeled(AccessRole::Button, true, if unseen > 0 { &name } else { t.notices }));
            if bell.clicked() {
                self.seen_notices = cx.notices.len();
                reminders.see(cx.now);
            }
            Popup::menu(&bell).width(360.0).show(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                asked = notices_ui(ui, cx);
            });
            if let Some(follow) = self.jobs_ui(ui, cx) {
                asked = Some(Ask::Follow(follow));
            }
            if icon_button(ui, icons::QUESTION, t.help).clicked() {
                self.help_open = true;
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if let Some(found) = self.search.ui(ui, cx) {
                    asked = Some(found);
                }
            });
        });
        asked
    }

    /// The list of jobs behind its icon, once there is one (Ctrl J).
    fn jobs_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) -> Option<Follow> {
        let user = cx.session.user;
        cx.jobs.of(user).next()?;
        let running = cx.jobs.of(user).filter(|record| record.is_running()).count();
        let button = icon_button(ui, icons::CIRCLE_NOTCH, cx.t.jobs.title);
        if running > 0 {
            paint_alarm(ui, button.rect.center() + vec2(8.0, -7.0), running as u64);
        }
        let name = fill(cx.t.jobs.running_count, &[&running]);
        button.widget_info(|| WidgetInfo::labeled(AccessRole::Button, true, if running > 0 { &name } else { cx.t.jobs.title }));
        let popup = Popup::menu(&button).width(360.0).close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
        if Shortcut::Jobs.pressed(ui) {
            Popup::toggle_id(ui, popup.get_id());
        }
        popup.show(|ui| job_list::list_ui(ui, cx.lang, cx.jobs, user, cx.zone())).and_then(|shown| shown.inner)
    }

    /// F1: every shortcut.
    fn help_ui(&mut self, ui: &Ui, cx: &Context<'_>) {
        let opened = just_opened(ui, "help button");
        let shown = dialog_ui(ui, "help", size::WIZARD_WIDTH, |ui| {
            let mut closed = title_row(ui, cx.t.shell.all_shortcuts, "", cx.t.common.close);
            let all: Vec<(&str, &str)> = std::iter::once(("Ctrl 1–0", cx.t.shell.key_pages))
                .chain(Shortcut::ALL.iter().map(|shortcut| (shortcut.keys(), shortcut.meaning(cx.t))))
                .collect();
            let column = (ui.available_width() - size::PAGE_PADDING) / 2.0;
            let room = (ui.content_rect().height() - HELP_AROUND).max(HELP_LINE);
            ui.spacing_mut().scroll.bar_outer_margin = -size::FIELD_GAP;
            let lines = egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room.min(HELP_LINE * HELP_LINES));
            lines.auto_shrink([false, true]).show(ui, |ui| {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing = vec2(size::PAGE_PADDING, 0.0);
                    for half in all.chunks(all.len().div_ceil(2)) {
                        ui.vertical(|ui| {
                            ui.set_width(column);
                            half.iter().for_each(|(keys, meaning)| help_line(ui, keys, meaning));
                        });
                    }
                });
            });
            button_row(ui, |ui| {
                let close = Button::secondary(cx.t.common.close).keys("Esc").show(ui);
                if opened {
                    close.request_focus();
                }
                closed |= close.clicked();
            });
            closed
        });
        if shown.inner || shown.closed {
            self.help_open = false;
        }
    }
}

/// Height of a line of F1, and of the dialog without its lines.
const HELP_LINE: f32 = 26.0;
const HELP_AROUND: f32 = 170.0;
/// At least so many are seen where there is room.
const HELP_LINES: f32 = 16.0;

/// What a shortcut does at the left, its keys at the right.
fn help_line(ui: &mut Ui, keys: &str, meaning: &str) {
    paint::row_ui(ui, HELP_LINE, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            crate::ui::widgets::keyhint::key_cap(ui, keys);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(egui::Label::new(theme::secondary(palette(ui), meaning)).truncate());
            });
        });
    });
}

/// Ctrl 1 … 9 and 0: the n-th entry one sees.
fn page_keys(ui: &Ui, cx: &Context<'_>) -> Option<Route> {
    const DIGITS: [Key; 10] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9, Key::Num0];
    if ui.memory(|memory| memory.top_modal_layer().is_some()) {
        return None;
    }
    let seen = Route::NAVIGATION.iter().copied().filter(|entry| entry.visible(cx.rights));
    if Shortcut::Settings.pressed(ui) {
        return Some(Route::Settings(Section::Appearance).landing(cx.rights));
    }
    seen.zip(DIGITS).find_map(|(entry, key)| ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, key)).then(|| entry.landing(cx.rights)))
}

/// How many active products are at or below their warning line.
fn low_products(desk: &Desk) -> Result<u64> {
    let page = ProductPage { page_size: 1, ..ProductPage::first(ProductSort::Fill, false) };
    Ok(stock::warnings(desk, &WarningFilter::default(), &page)?.total)
}

/// A count at the right of an entry; on the rail a dot.
fn badge_ui(ui: &mut Ui, entry: egui::Rect, count: u64, meaning: &str, tone: Tone, rail: bool) {
    let badge = if rail {
        let center = entry.center() + vec2(10.0, -8.0);
        let p = palette(ui);
        ui.painter().circle_filled(center, 4.0, if tone == Tone::Mute { p.accent } else { p.tone(tone).fg });
        ui.interact(egui::Rect::from_center_size(center, vec2(8.0, 8.0)), ui.scope_id().with(("due", meaning)), Sense::hover())
    } else {
        let room = entry.with_max_x(entry.right() - 18.0);
        paint::inside(ui, room, Layout::right_to_left(Align::Center), meaning, |ui| count_badge(ui, count, tone))
    };
    badge.widget_info(|| WidgetInfo::labeled(AccessRole::Label, true, meaning));
    paint::tooltip(badge, meaning);
}

fn entry_ui(ui: &mut Ui, icon: &str, name: &str, current: bool, rail: bool) -> egui::Response {
    let p = palette(ui);
    let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), reach(ui, size::NAV_ITEM) + 1.0), Sense::click());
    let rect = line.shrink2(vec2(8.0, 0.0)).with_max_y(line.bottom() - 1.0);
    if current {
        ui.painter().rect_filled(rect, size::RADIUS, p.selected);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, size::RADIUS, p.hover);
    }
    let color = if current { p.accent_text } else { p.text_2 };
    let x = if rail { rect.center().x } else { rect.left() + 21.0 };
    paint::icon(ui.painter(), pos2(x, rect.center().y), icon, size::ICON_NAV, color);
    if !rail {
        let font = if current { theme::medium_font(size::TEXT_BODY) } else { theme::font(size::TEXT_BODY) };
        paint::text_left(ui, rect.with_min_x(rect.left() + 40.0), name, font, color);
    }
    if response.has_focus() {
        paint::focus_ring(ui, rect, size::RADIUS);
    }
    response.widget_info(|| WidgetInfo::selected(AccessRole::Button, true, current, name));
    if rail { paint::tooltip(response, name) } else { response }
}

/// Behind the bell: follow-ups whose time has come, then what else was told.
fn notices_ui(ui: &mut Ui, cx: &Context<'_>) -> Option<Ask> {
    let t = cx.t;
    let mut asked = None;
    let mut line = |ui: &mut Ui, text: &str, route: Route| {
        if ui.add(egui::Button::new(text).truncate().min_size(vec2(ui.available_width(), size::CONTROL))).clicked() {
            asked = Some(Ask::Go(route));
            ui.close();
        }
    };
    let dense = Dense { today: cx.today, zone: cx.zone(), t };
    for row in reminders::fallen(cx).take(MOST_NOTICES) {
        let when = row.followup.input.next.map(|next| due_text(&dense, next).0).unwrap_or_default();
        line(ui, &format!("{when} · {} · {}", row.customer_name, row.followup.input.content), Route::Customer(row.followup.customer));
    }
    if reminders::fallen(cx).next().is_some() {
        line(ui, t.followups.reminder_all, Route::Followups);
    } else if cx.notices.is_empty() {
        ui.label(theme::secondary(palette(ui), t.shell.no_notices));
    }
    for notice in cx.notices.iter().take(MOST_NOTICES) {
        line(ui, &format!("{}  {}", notice.at.shown(cx.config.zone), notice.text), notice.route);
    }
    asked
}

fn account_button(ui: &mut Ui, cx: &Context<'_>) -> egui::Response {
    let p = palette(ui);
    let name = paint::line(ui, &cx.session.full_name, theme::font(size::TEXT_BODY), p.text, 160.0);
    let role = paint::line(ui, cx.lang.role(cx.session.role), theme::font(size::TEXT_SMALL), p.text_2, 120.0);
    let width = 24.0 + 8.0 + name.size().x + 8.0 + role.size().x + 8.0 + 12.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width + 8.0, size::CONTROL), Sense::click());
    if response.hovered() {
        ui.painter().rect_filled(rect.expand2(vec2(4.0, 0.0)), size::RADIUS, p.hover);
    }
    let circle = egui::Rect::from_center_size(pos2(rect.left() + 12.0, rect.center().y), vec2(24.0, 24.0));
    if !cx.avatar.is_some_and(|picture| cx.album().paint_round(ui, circle, picture)) {
        ui.scope_builder(UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center)), |ui| {
            initials(ui, &cx.session.full_name, 24.0)
        });
    }
    let mut left = rect.left() + 32.0;
    left += paint::place(ui.painter(), rect.with_min_x(left), egui::Align2::LEFT_CENTER, name).width() + 8.0;
    left += paint::place(ui.painter(), rect.with_min_x(left), egui::Align2::LEFT_CENTER, role).width() + 8.0;
    paint::icon(ui.painter(), pos2(left + 6.0, rect.center().y), icons::CARET_DOWN, size::ICON_TINY, p.text_2);
    paint::ring_if_focused(ui, &response, size::RADIUS);
    response.widget_info(|| WidgetInfo::labeled(AccessRole::Button, true, cx.t.shell.account));
    response
}

fn account_menu(ui: &mut Ui, cx: &mut Context<'_>) -> Option<Ask> {
    let t = &cx.t.shell;
    let mut asked = None;
    let item = |ui: &mut Ui, icon: &str, text: &str| {
        let chosen = Button::ghost(text).icon(icon).show(ui).clicked();
        if chosen {
            ui.close();
        }
        chosen
    };
    for (choice, icon, name) in [
        (ThemeChoice::Light, icons::SUN, t.theme_light),
        (ThemeChoice::Dark, icons::MOON, t.theme_dark),
        (ThemeChoice::System, icons::DESKTOP, t.theme_system),
    ] {
        if cx.look.theme != choice && item(ui, icon, name) {
            cx.look.theme = choice;
        }
    }
    let other = if cx.lang == Lang::ZhCn { Lang::En } else { Lang::ZhCn };
    if item(ui, icons::TRANSLATE, other.own_name()) {
        cx.look.lang = other;
    }
    if cx.may(Module::System, Verb::View) && item(ui, icons::SHIELD_CHECK, t.check_data) {
        asked = Some(Ask::CheckData);
    }
    if item(ui, icons::USER, cx.t.pictures.change_avatar) {
        asked = Some(Ask::ChangeAvatar);
    }
    if item(ui, icons::LOCK_KEY, t.change_password) {
        asked = Some(Ask::ChangePassword);
    }
    if cx.may(Module::Inventory, Verb::View) && item(ui, icons::NUMPAD, cx.t.terminal.set_pin) {
        asked = Some(Ask::SetPin);
    }
    if item(ui, icons::LOCK, t.lock) {
        asked = Some(Ask::Lock);
    }
    if cx.data == Data::Visit && item(ui, icons::ARROW_U_UP_LEFT, t.end_demo) {
        asked = Some(Ask::EndDemo);
    }
    if item(ui, icons::SIGN_OUT, t.sign_out) {
        asked = Some(Ask::SignOut);
    }
    asked
}

fn status_ui(ui: &mut Ui, cx: &Context<'_>, route: Route) -> Option<Ask> {
    let p = palette(ui);
    let rect = ui.max_rect();
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, p.border));
    let row = UiBuilder::new().max_rect(rect.shrink2(vec2(size::PAGE_PADDING, 0.0))).layout(Layout::left_to_right(Align::Center));
    let ended = ui.scope_builder(row, |ui| {
        ui.spacing_mut().item_spacing.x = 18.0;
        let most = if ui.content_rect().width() < size::NARROW { 3 } else { 5 };
        for (keys, action) in pages::hints(route, cx.t).iter().take(most) {
            key_hint(ui, keys, action);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let ended = cx.data == Data::Visit && small_link(ui, cx.t.shell.end_demo).clicked();
            let (text, color) = match cx.data {
                Data::Own => (cx.t.shell.file_ok, p.text_2),
                Data::Demo => (cx.t.shell.demo_file, p.warn.fg),
                Data::Visit => (cx.t.shell.demo_visit, p.warn.fg),
            };
            ui.label(RichText::new(text).size(size::TEXT_SMALL).color(color));
            ended
        })
        .inner
    });
    ended.inner.then_some(Ask::EndDemo)
}
