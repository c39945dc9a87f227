//! The drawer of one customer (picture 03): who he is, his figures, and in tabs what was done with him: follow-ups, quotes, orders, payments.

mod records;
mod timeline;

use egui::{Align, Layout, Popup, ScrollArea, Sense, Ui, vec2};

use super::quick::QuickForms;
use crate::i18n::fill;
use crate::models::CustomerId;
use crate::models::choice::{Module, Status};
use crate::models::customer::{Credit, Customer, CustomerAmounts, CustomerSums, shown_phone};
use crate::models::rights::Verb;
use crate::services::customers;
use crate::ui::chips::level_chip;
use crate::ui::context::{Cached, Context};
use crate::ui::dense::Dense;
use crate::ui::followup::{FollowupActs, Look};
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::{Button, icon_button, mini_icon_button, small_link};
use crate::ui::widgets::card::figures_ui;
use crate::ui::widgets::chip::{plain_chip, tag_chip};
use crate::ui::widgets::drawer::{drawer_ui, gap, part_ui};
use crate::ui::widgets::paint;
use crate::ui::widgets::tabs::tabs;

/// Where four figures stand side by side.
const ROOMY: f32 = 440.0;
/// Below this height the whole drawer scrolls, and not its list alone.
const LOW: f32 = 520.0;

/// What the drawer asks of the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    Close,
    Edit,
    /// 对账单 of the customer with this name.
    Statement(String),
    Delete(String),
}

/// The parts below the figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Followups,
    Quotes,
    Orders,
    Payments,
}

/// The drawer's state.
pub struct Drawer {
    pub id: CustomerId,
    detail: Cached<CustomerId, (Customer, CustomerSums)>,
    part: Part,
    timeline: timeline::Timeline,
    records: records::Records,
    /// How high the form at the foot was last.
    form_height: f32,
}

impl Drawer {
    /// The drawer of this customer.
    pub fn new(id: CustomerId) -> Drawer {
        Drawer {
            id,
            detail: Cached::default(),
            part: Part::default(),
            timeline: timeline::Timeline::default(),
            records: records::Records::default(),
            form_height: 160.0,
        }
    }

    /// The same part for another customer.
    pub fn turn_to(&mut self, id: CustomerId) {
        *self = Drawer { part: self.part, form_height: self.form_height, ..Drawer::new(id) };
    }

    /// Shows the follow-ups with their form.
    pub fn show_followups(&mut self) {
        self.part = Part::Followups;
    }

    /// Gives the keyboard back to the follow-ups, after a dialog over them.
    pub fn take_focus(&mut self) {
        self.timeline.take_focus();
    }

    /// Reads again on the next frame.
    pub fn forget(&mut self) {
        self.detail.forget();
        self.timeline.forget();
        self.records.forget();
    }

    /// Draws the drawer at the right of the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, forms: &mut QuickForms, acts: &mut FollowupActs) -> Option<Ask> {
        let (asked, open) = drawer_ui(ui, "customer drawer", |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            self.body_ui(ui, cx, forms, acts)
        });
        if open { asked } else { Some(Ask::Close) }
    }

    fn body_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, forms: &mut QuickForms, acts: &mut FollowupActs) -> Option<Ask> {
        let detail = match self.detail.get(cx, &self.id, |desk, id| customers::get(desk, *id)) {
            Ok(detail) => detail.clone(),
            Err(error) => {
                let (title, body) = (fill(cx.t.customers.one_failed, &[&(error.code() as i32)]), cx.lang.sentence(error));
                let mut asked = None;
                gap(ui);
                part_ui(ui, |ui| {
                    let out = banner_ui(ui, &Banner::new(Tone::Danger, &title, &body).close(cx.t.widgets.close_drawer));
                    asked = out.closed.then_some(Ask::Close);
                });
                return asked;
            }
        };
        let (customer, sums) = detail;
        let asked = part_ui(ui, |ui| head_ui(ui, cx, &customer));
        let more = if ui.available_height() < LOW {
            ScrollArea::vertical()
                .id_salt("customer")
                .auto_shrink(false)
                .show(ui, |ui| {
                    let asked = self.about_ui(ui, cx, &customer, &sums);
                    self.part_ui(ui, cx, &customer, acts);
                    self.form_ui(ui, cx, &customer, forms);
                    asked
                })
                .inner
        } else {
            let asked = self.about_ui(ui, cx, &customer, &sums);
            let below = if self.part == Part::Followups { self.form_height } else { 0.0 };
            let room = (ui.available_height() - below).max(0.0);
            let area = ScrollArea::vertical().id_salt(("customer", self.id, self.part as u8)).auto_shrink(false).max_height(room);
            area.show(ui, |ui| self.part_ui(ui, cx, &customer, acts));
            self.form_ui(ui, cx, &customer, forms);
            asked
        };
        asked.or(more)
    }

    /// Facts, figures and tabs.
    fn about_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, customer: &Customer, sums: &CustomerSums) -> Option<Ask> {
        let t = &cx.t.customers;
        let asked = part_ui(ui, |ui| {
            let asked = facts_ui(ui, cx, customer);
            ui.add_space(10.0);
            figures(ui, cx, customer, sums);
            credit_ui(ui, cx, customer);
            asked
        });
        ui.add_space(4.0);
        let sales = cx.may(Module::Sales, Verb::View);
        let mut parts = vec![(Part::Followups, t.tab_followups, self.timeline.count(cx, self.id))];
        if sales {
            parts.push((Part::Quotes, t.tab_quotes, self.records.quotes(cx, self.id)));
            parts.push((Part::Orders, t.tab_orders, self.records.orders(cx, self.id)));
        }
        if sales && sums.amounts.is_some() {
            parts.push((Part::Payments, t.tab_payments, self.records.payments(cx, self.id)));
        }
        if !parts.iter().any(|(part, ..)| *part == self.part) {
            self.part = Part::Followups;
        }
        part_ui(ui, |ui| tabs(ui, "customer parts", &mut self.part, &parts));
        asked
    }

    fn part_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, customer: &Customer, acts: &mut FollowupActs) {
        match self.part {
            Part::Followups => self.timeline.ui(ui, cx, customer, acts),
            Part::Quotes => self.records.quotes_ui(ui, cx, self.id),
            Part::Orders => self.records.orders_ui(ui, cx, self.id),
            Part::Payments => self.records.payments_ui(ui, cx, self.id),
        }
    }

    /// The form at the foot of the follow-ups.
    fn form_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, customer: &Customer, forms: &mut QuickForms) {
        if self.part != Part::Followups {
            return;
        }
        let top = ui.next_widget_position().y;
        let t = &cx.t.followups;
        paint::divider(ui);
        ui.add_space(size::LABEL_GAP);
        match cx.why_not(Module::Customer, Verb::Create) {
            Some(why) => part_ui(ui, |ui| {
                ui.label(theme::caption(palette(ui), why));
            }),
            None => part_ui(ui, |ui| {
                let form = forms.of(cx, customer.id, &customer.input.name);
                form.ui(ui, cx, Look { title: t.record_title, subject: "", lines: 2, closable: false });
            }),
        }
        ui.add_space(size::CARD_GAP);
        let height = ui.next_widget_position().y - top;
        if (height - self.form_height).abs() > 0.5 {
            self.form_height = height;
            ui.request_repaint();
        }
    }
}

fn figures(ui: &mut Ui, cx: &Context<'_>, customer: &Customer, sums: &CustomerSums) {
    let t = &cx.t.customers;
    let dense = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
    let last = customer.last_order_at.map_or_else(|| "—".to_owned(), |at| dense.moment(at));
    let Some(CustomerAmounts { ordered, paid, outstanding: due }) = sums.amounts else {
        figures_ui(ui, &[(t.last_order, &last, None)]);
        return;
    };
    let due_text = if due.is_zero() { "—".to_owned() } else { due.yuan() };
    let due_tone = (!due.is_zero()).then_some(Tone::Warn);
    let (ordered, paid) = (ordered.yuan(), paid.yuan());
    let mut shown: Vec<(&str, &str, Option<Tone>)> = vec![(t.ordered, &ordered, None)];
    if ui.available_width() >= ROOMY {
        shown.push((t.paid, &paid, None));
    }
    shown.extend([(t.outstanding, due_text.as_str(), due_tone), (t.last_order, last.as_str(), None)]);
    figures_ui(ui, &shown);
}

/// How much of the credit limit is used, where there is one.
fn credit_ui(ui: &mut Ui, cx: &Context<'_>, customer: &Customer) {
    let Some(Credit { limit, outstanding }) = customer.credit() else { return };
    let (t, p) = (&cx.t.customers, palette(ui));
    ui.add_space(size::LABEL_GAP);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::CONTROL_MINI), Sense::hover());
    let over = outstanding > limit;
    let used = fill(t.credit_used, &[&outstanding.yuan(), &limit.yuan()]);
    let name = paint::text_left(ui, rect, t.credit, theme::font(size::TEXT_SMALL), p.text_3);
    let color = if over { p.tone(Tone::Danger).fg } else { p.text };
    paint::text_right(ui, rect.with_min_x(name.right() + size::BUTTON_GAP), &used, theme::font(size::TEXT_BODY), color);
    let mut said = format!("{} {used}", t.credit);
    if over {
        // On a line of its own: large sums do not fit beside each other.
        let beyond = fill(t.over_credit, &[&outstanding.sum_less(limit).yuan()]);
        let (below, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::TEXT_SMALL + size::LABEL_GAP), Sense::hover());
        paint::text_right(ui, below, &beyond, theme::font(size::TEXT_SMALL), color);
        said = format!("{said}  ·  {beyond}");
    }
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, &said));
}

/// Name, level, and what can be done with the customer.
fn head_ui(ui: &mut Ui, cx: &mut Context<'_>, customer: &Customer) -> Option<Ask> {
    let t = &cx.t.customers;
    let mut asked = None;
    ui.allocate_ui_with_layout(vec2(ui.available_width(), 52.0), Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_height(52.0);
        ui.spacing_mut().item_spacing.x = 0.0;
        if icon_button(ui, icons::X, cx.t.widgets.close_drawer).clicked() {
            asked = Some(Ask::Close);
        }
        let more = icon_button(ui, icons::DOTS_THREE, cx.t.widgets.more);
        Popup::menu(&more).width(220.0).show(|ui| {
            for (text, icon, keys, route) in [
                (t.new_order, icons::RECEIPT, Shortcut::NewOrder.keys(), Route::NewOrder(Some(customer.id))),
                (t.new_quote, icons::FILE_TEXT, Shortcut::NewQuote.keys(), Route::NewQuote(Some(customer.id))),
            ] {
                let why = cx.why_not(Module::Sales, Verb::Create);
                if Button::ghost(text).icon(icon).keys(keys).reason(why.as_deref()).show(ui).clicked() {
                    cx.go = Some(route);
                    ui.close();
                }
            }
            let why = super::why_no_statement(cx);
            let statement = Button::ghost(cx.t.papers.statement).icon(icons::PRINTER).keys(Shortcut::Print.keys()).reason(why.as_deref());
            if statement.show(ui).clicked() && why.is_none() {
                asked = Some(Ask::Statement(customer.input.name.clone()));
                ui.close();
            }
            let why = cx.why_not(Module::Customer, Verb::Delete);
            if Button::ghost(t.delete).icon(icons::TRASH).danger_text().reason(why.as_deref()).show(ui).clicked() {
                asked = Some(Ask::Delete(customer.input.name.clone()));
                ui.close();
            }
        });
        let why = cx.why_not(Module::Customer, Verb::Update);
        let edit = ui.add_enabled_ui(why.is_none(), |ui| icon_button(ui, icons::PENCIL_SIMPLE, t.edit)).inner;
        let edit = edit.on_disabled_hover_text(why.unwrap_or_default());
        if edit.clicked() {
            asked = Some(Ask::Edit);
        }
        ui.add_space(size::BUTTON_GAP);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
            let inactive = customer.input.status == Status::Inactive;
            let chips = if inactive { 112.0 } else { 60.0 };
            let name = paint::line(ui, &customer.input.name, theme::medium_font(size::TEXT_SECTION), palette(ui).text, ui.available_width() - chips);
            let cut = name.elided;
            let (rect, response) = ui.allocate_exact_size(name.size(), Sense::hover());
            paint::place(ui.painter(), rect, egui::Align2::LEFT_CENTER, name);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Heading, true, &customer.input.name));
            if cut {
                paint::tooltip(response, &customer.input.name);
            }
            level_chip(ui, cx.lang, customer.input.level);
            if inactive {
                plain_chip(ui, t.inactive, Tone::Mute);
            }
        });
    });
    asked
}

fn facts_ui(ui: &mut Ui, cx: &mut Context<'_>, customer: &Customer) -> Option<Ask> {
    let t = &cx.t.customers;
    let input = &customer.input;
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".to_owned());
    let width = (ui.available_width() - size::BUTTON_GAP) / 2.0;
    let (mut phone, mut email) = (false, false);
    paint::row_ui(ui, size::CONTROL_MINI, |ui| {
        ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
        fact(ui, icons::USER, &text(&input.contact_person), width, None);
        let shown = input.phone.as_deref().map_or_else(|| "—".to_owned(), shown_phone);
        phone = fact(ui, icons::PHONE, &shown, width, input.phone.as_ref().map(|_| t.copy_phone));
    });
    paint::row_ui(ui, size::CONTROL_MINI, |ui| {
        ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
        fact(ui, icons::BUILDINGS, &text(&input.industry), width, None);
        email = fact(ui, icons::ENVELOPE, &text(&input.email), width, input.email.as_ref().map(|_| t.copy_email));
    });
    fact(ui, icons::MAP_PIN, &text(&input.address), ui.available_width(), None);
    let mut asked = None;
    let may_tag = cx.may(Module::Customer, Verb::Update);
    if may_tag || !input.tags.is_empty() {
        ui.add_space(3.0);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
            ui.spacing_mut().interact_size.y = size::CHIP;
            let (rect, _) = ui.allocate_exact_size(vec2(size::ICON + 2.0, size::CHIP), Sense::hover());
            paint::icon(ui.painter(), rect.left_center() + vec2(size::ICON / 2.0, 0.0), icons::TAG, size::ICON, palette(ui).text_3);
            for tag in &input.tags {
                tag_chip(ui, tag);
            }
            if may_tag && small_link(ui, t.add_tag).clicked() {
                asked = Some(Ask::Edit);
            }
        });
    }
    let copied = input.phone.clone().filter(|_| phone).or(input.email.clone().filter(|_| email));
    if let Some(copied) = copied {
        cx.done(fill(t.copied, &[&copied]), None);
        ui.copy_text(copied);
    }
    asked
}

/// Icon and text, with a button that copies where it is named; true when that was pressed.
fn fact(ui: &mut Ui, icon: &str, text: &str, width: f32, copy: Option<&str>) -> bool {
    let p = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, size::CONTROL_MINI), Sense::hover());
    let center = rect.left_center() + vec2(size::ICON / 2.0, 0.0);
    paint::icon(ui.painter(), center, icon, size::ICON, p.text_3);
    let room = rect.with_min_x(rect.left() + size::ICON + 8.0);
    let room = room.with_max_x(room.right() - if copy.is_some() { size::CONTROL_MINI } else { 0.0 });
    let galley = paint::line(ui, text, theme::font(size::TEXT_BODY), p.text, room.width());
    let cut = galley.elided;
    let placed = paint::place(ui.painter(), room, egui::Align2::LEFT_CENTER, galley);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, text));
    if cut {
        paint::tooltip(response, text);
    }
    copy.is_some_and(|name| {
        let square = egui::Rect::from_min_size(egui::pos2(placed.right() + 2.0, rect.top()), vec2(size::CONTROL_MINI, size::CONTROL_MINI));
        paint::inside(ui, square, Layout::left_to_right(Align::Center), name, |ui| mini_icon_button(ui, icons::COPY, name).clicked())
    })
}
