//! The drawer of one customer: who he is, his figures, his last orders.

use egui::{Align, Layout, Popup, Sense, Ui, vec2};

use super::list::level_chip;
use crate::i18n::{Lang, fill};
use crate::models::choice::{Module, OrderStatus, Status};
use crate::models::customer::{Customer, CustomerAmounts, CustomerSums, shown_phone};
use crate::models::list::Page;
use crate::models::order::{OrderFilter, OrderPage, OrderRow, OrderSort};
use crate::models::rights::Verb;
use crate::models::{CustomerId, OrderId};
use crate::services::{customers, orders};
use crate::ui::context::{Cached, Context};
use crate::ui::dense::Dense;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::{Button, icon_button, mini_icon_button};
use crate::ui::widgets::card::{card_title, figures_ui};
use crate::ui::widgets::chip::{plain_chip, status_chip, tag_chip};
use crate::ui::widgets::drawer::{drawer_ui, gap, part_ui};
use crate::ui::widgets::paint;
use crate::ui::widgets::table::{Column, List, ListOptions, ListState, Phase, Width};

/// What the drawer asks of the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    Close,
    Edit,
    Delete(String),
}

/// The drawer's state.
pub struct Drawer {
    pub id: CustomerId,
    detail: Cached<CustomerId, (Customer, CustomerSums)>,
    orders: Cached<CustomerId, Page<OrderRow>>,
    list: ListState<OrderSort>,
}

type OrderColumn = Column<OrderRow, OrderSort, Dense>;

const NUMBER: OrderColumn = Column {
    title: |t| t.customers.order_no,
    width: Width::Fill(1.0, 96.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        cx.styled(ui, &row.order_no, theme::font(size::TEXT_BODY), cx.p.accent_text);
    },
};
const DAY: OrderColumn = Column {
    title: |t| t.customers.order_day,
    width: Width::Fixed(40.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        // Of other years only the year: the number carries the whole day.
        let day = cx.data.day(row.order_day);
        cx.muted(ui, if day.len() == 10 && day.is_ascii() { &day[..4] } else { &day });
    },
};
const TOTAL: OrderColumn = Column {
    title: |t| t.customers.order_total,
    width: Width::Fixed(84.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        let t = &cx.texts.customers;
        let hidden = if row.unpaid { t.not_settled } else { t.settled };
        cx.text(ui, &row.amounts.map_or_else(|| hidden.to_owned(), |amounts| amounts.net().yuan()));
    },
};
const STATUS: OrderColumn = Column {
    title: |t| t.customers.order_status,
    width: Width::Fixed(64.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        let e = &cx.texts.errors;
        let (name, tone) = match row.status {
            OrderStatus::PendingPayment => (e.s_pending_payment, Tone::Warn),
            OrderStatus::Paid => (e.s_paid, Tone::Info),
            OrderStatus::Shipped => (e.s_shipped, Tone::Violet),
            OrderStatus::Completed => (e.s_completed, Tone::Ok),
            OrderStatus::Cancelled => (e.s_cancelled, Tone::Mute),
        };
        status_chip(ui, name, tone);
    },
};

const COLUMNS: &[OrderColumn] = &[NUMBER, DAY, TOTAL, STATUS];
/// English states are longer than the room beside a day.
const COLUMNS_EN: &[OrderColumn] = &[NUMBER, TOTAL, Column { width: Width::Fixed(92.0), ..STATUS }];

impl Drawer {
    /// The drawer of this customer.
    pub fn new(id: CustomerId) -> Drawer {
        Drawer { id, detail: Cached::default(), orders: Cached::default(), list: ListState::new(OrderSort::Day, true) }
    }

    /// Reads again on the next frame.
    pub fn forget(&mut self) {
        self.detail.forget();
        self.orders.forget();
    }

    /// Draws the drawer at the right of the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> Option<Ask> {
        let (asked, open) = drawer_ui(ui, "customer drawer", |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            self.body_ui(ui, cx)
        });
        if open { asked } else { Some(Ask::Close) }
    }

    fn body_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> Option<Ask> {
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
        egui::ScrollArea::vertical().id_salt("customer").auto_shrink(false).show(ui, |ui| {
            part_ui(ui, |ui| {
                facts_ui(ui, cx, &customer);
                ui.add_space(10.0);
                let t = &cx.t.customers;
                let dense = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
                let last = customer.last_order_at.map_or_else(|| "—".to_owned(), |at| dense.moment(at));
                match sums.amounts {
                    Some(CustomerAmounts { ordered, outstanding: due, .. }) => {
                        let due_text = if due.is_zero() { "—".to_owned() } else { due.yuan() };
                        let due_tone = (!due.is_zero()).then_some(Tone::Warn);
                        figures_ui(ui, &[(t.ordered, &ordered.yuan(), None), (t.outstanding, &due_text, due_tone), (t.last_order, &last, None)]);
                    }
                    None => figures_ui(ui, &[(t.last_order, &last, None)]),
                }
            });
            if cx.may(Module::Sales, Verb::View) {
                self.orders_ui(ui, cx);
            }
        });
        asked
    }

    fn orders_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.customers;
        gap(ui);
        part_ui(ui, |ui| {
            card_title(ui, t.recent_orders, "", |ui| {
                let why = cx.why_not(Module::Sales, Verb::Create);
                let button = Button::secondary(t.new_order).icon(icons::PLUS).keys(Shortcut::Main.keys()).small().reason(why.as_deref());
                if button.show(ui).clicked() {
                    cx.go = Some(Route::NewOrder(Some(self.id)));
                }
            });
        });
        ui.add_space(8.0);
        let result = self.orders.get(cx, &self.id, |desk, id| {
            let filter = OrderFilter { customer: Some(*id), ..Default::default() };
            Ok(orders::list(desk, &filter, &OrderPage::first(OrderSort::Day, true))?.0)
        });
        match result {
            Err(error) => {
                let sentence = cx.lang.sentence(error);
                part_ui(ui, |ui| banner_ui(ui, &Banner::new(Tone::Danger, &sentence, "")));
            }
            Ok(page) if page.rows.is_empty() => {
                part_ui(ui, |ui| ui.label(theme::secondary(palette(ui), t.no_orders)));
            }
            Ok(page) => {
                let data = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
                let list = List {
                    columns: if cx.lang == Lang::En { COLUMNS_EN } else { COLUMNS },
                    rows: &page.rows,
                    key: |row| row.id.0,
                    label: |row| row.order_no.clone(),
                    data: &data,
                    phase: Phase::Ready,
                    options: ListOptions::secondary(),
                };
                let out = list.show(ui, cx.t, "customer orders", &mut self.list);
                let to: Option<OrderId> = out.clicked.or(out.opened).and_then(|index| page.rows.get(index)).map(|row| row.id);
                if let Some(id) = to {
                    cx.go = Some(Route::Order(id));
                }
            }
        }
    }
}

/// Name, level, and what can be done with the customer.
fn head_ui(ui: &mut Ui, cx: &Context<'_>, customer: &Customer) -> Option<Ask> {
    let t = &cx.t.customers;
    let mut asked = None;
    ui.allocate_ui_with_layout(vec2(ui.available_width(), 52.0), Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_height(52.0);
        ui.spacing_mut().item_spacing.x = 0.0;
        if icon_button(ui, icons::X, cx.t.widgets.close_drawer).clicked() {
            asked = Some(Ask::Close);
        }
        let more = icon_button(ui, icons::DOTS_THREE, cx.t.widgets.more);
        Popup::menu(&more).width(160.0).show(|ui| {
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
            level_chip(ui, cx.t, customer.input.level);
            if inactive {
                plain_chip(ui, t.inactive, Tone::Mute);
            }
        });
    });
    asked
}

fn facts_ui(ui: &mut Ui, cx: &mut Context<'_>, customer: &Customer) {
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
    if !input.tags.is_empty() {
        ui.add_space(3.0);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
            ui.spacing_mut().interact_size.y = size::CHIP;
            let (rect, _) = ui.allocate_exact_size(vec2(size::ICON + 2.0, size::CHIP), Sense::hover());
            paint::icon(ui.painter(), rect.left_center() + vec2(size::ICON / 2.0, 0.0), icons::TAG, size::ICON, palette(ui).text_3);
            for tag in &input.tags {
                tag_chip(ui, tag);
            }
        });
    }
    let copied = input.phone.clone().filter(|_| phone).or(input.email.clone().filter(|_| email));
    if let Some(copied) = copied {
        cx.done(fill(t.copied, &[&copied]), None);
        ui.copy_text(copied);
    }
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
