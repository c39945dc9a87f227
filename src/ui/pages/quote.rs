//! One quote: its steps, lines, customer and notes, and the acts on it: send, accept, reject, copy, make an order of it.

use egui::{Align, Key, Layout, Modifiers, Popup, ScrollArea, Ui, UiBuilder, vec2};

use super::Hint;
use crate::i18n::{Texts, fill};
use crate::models::choice::{Module, QuoteStatus};
use crate::models::money::quantity;
use crate::models::paper::Wanted;
use crate::models::quote::{QuoteDetail, QuoteItem, QuoteState};
use crate::models::rights::Verb;
use crate::models::{QuoteId, Result};
use crate::services::{Desk, quotes};
use crate::ui::chips::quote_chip;
use crate::ui::context::{Cached, Context};
use crate::ui::dense::Dense;
use crate::ui::documents;
use crate::ui::form::Act;
use crate::ui::icons;
use crate::ui::print_dialog::PrintDialog;
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::button::{Button, link};
use crate::ui::widgets::card::bare_card;
use crate::ui::widgets::dialog::{Choice, Confirm};
use crate::ui::widgets::page;
use crate::ui::widgets::stepper::{Step, StepState, stepper_ui};
use crate::ui::widgets::table::{Column, List, ListOptions, ListState, Phase, Width, end_of};
use crate::ui::widgets::toast::Toast;

/// Deletes a draft; the list's own key.
const DELETE_KEY: &str = "Del";

/// From this width of the window on the buttons carry their keys.
const ROOMY: f32 = 1000.0;

/// The page's state.
#[derive(Default)]
pub struct QuotePage {
    detail: Cached<QuoteId, QuoteDetail>,
    /// The question, what it is about, and the version it was asked over.
    asking: Option<(Confirm, Deed, i64)>,
    act: Act,
    /// Under way without a question: a copy.
    copying: Act,
    print: Option<PrintDialog>,
}

/// An act that asks first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Status(QuoteStatus),
    Delete,
}

/// Possible, or the reason why not.
type Reasoned = std::result::Result<(), String>;

/// What one may do with the quote now.
struct Possible {
    turn: Reasoned,
    send: Reasoned,
    accept: Reasoned,
    reject: Reasoned,
    copy: Reasoned,
    edit: Reasoned,
    delete: Reasoned,
}

impl Possible {
    fn of(cx: &Context<'_>, detail: &QuoteDetail) -> Possible {
        let t = &cx.t.quotes;
        let quote = &detail.quote;
        let right = |verb| cx.why_not(Module::Sales, verb).map_or(Ok(()), Err);
        let state = cx.lang.quote_state(quote.state(cx.today));
        let when = |possible: bool, act: &str| if possible { Ok(()) } else { Err(fill(t.why_state, &[&state, &act])) };
        let turned = quote.order.as_ref().map_or(Ok(()), |(_, order_no)| Err(fill(t.why_turned, &[order_no])));
        let rejected = if quote.status == QuoteStatus::Rejected { Err(t.why_rejected.to_owned()) } else { Ok(()) };
        let draft = quote.status == QuoteStatus::Draft;
        let holds = if draft && quote.valid_until < cx.today { Err(t.why_past.to_owned()) } else { Ok(()) };
        let sent = quote.status == QuoteStatus::Sent;
        Possible {
            turn: right(Verb::Create).and(turned).and(rejected),
            send: right(Verb::Update).and(when(draft, t.send)).and(holds),
            accept: right(Verb::Update).and(when(sent, t.accept)),
            reject: right(Verb::Update).and(when(sent, t.reject)),
            copy: right(Verb::Create),
            edit: right(Verb::Update).and(when(draft, t.edit)),
            delete: right(Verb::Delete).and(when(draft, t.delete)),
        }
    }
}

impl QuotePage {
    /// Another quote: nothing is asked.
    pub fn enter(&mut self) {
        self.asking = None;
        self.act = Act::default();
        self.copying = Act::default();
        self.print = None;
    }

    /// Draws the page; `neighbours` are the quotes before and after this one in the list.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, id: QuoteId, neighbours: (Option<QuoteId>, Option<QuoteId>)) {
        if Shortcut::Refresh.pressed(ui) {
            self.detail.forget();
        }
        let detail = match self.detail.get(cx, &id, |desk, id| quotes::get(desk, *id)) {
            Ok(detail) => detail.clone(),
            Err(error) => {
                let sentence = cx.lang.sentence(error);
                self.failed_ui(ui, cx, &sentence);
                return;
            }
        };
        let possible = Possible::of(cx, &detail);
        self.head_ui(ui, cx, &detail, &possible);
        let padding = page::padding(ui);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let room = ui.available_rect_before_wrap().shrink2(vec2(padding, 0.0));
            ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                steps_ui(ui, cx, &detail);
                ui.add_space(size::CARD_GAP);
                documents::columns_ui(
                    ui,
                    cx,
                    |ui, cx| lines_ui(ui, cx, &detail),
                    |ui, cx| {
                        documents::customer_ui(ui, cx, &detail.customer);
                        ui.add_space(size::CARD_GAP);
                        documents::notes_ui(ui, cx, detail.quote.notes.as_deref(), false);
                    },
                );
                ui.add_space(size::PAGE_PADDING);
            });
        });
        self.keys(ui, cx, &detail, &possible, neighbours);
        self.asking_ui(ui, cx, &detail);
        self.copying_ui(ui, cx, id);
        if self.print.as_mut().is_some_and(|print| print.ui(ui, cx)) {
            self.print = None;
            ui.request_repaint();
        }
    }

    fn failed_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, sentence: &str) {
        if documents::failed_ui(ui, cx, sentence) {
            self.detail.forget();
        }
        if page::escape(ui) {
            cx.go = Some(Route::Quotes);
        }
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, detail: &QuoteDetail, possible: &Possible) {
        let t = &cx.t.quotes;
        let quote = &detail.quote;
        ui.allocate_ui_with_layout(vec2(ui.available_width(), size::PAGE_HEAD), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_height(size::PAGE_HEAD);
            ui.add_space(page::padding(ui));
            ui.spacing_mut().item_spacing.x = 8.0;
            if link(ui, t.title).clicked() {
                cx.go = Some(Route::Quotes);
            }
            ui.label(theme::icon(icons::CARET_RIGHT, size::ICON_SMALL).color(palette(ui).text_3));
            ui.label(theme::title(&quote.quote_no));
            let state = quote.state(cx.today);
            quote_chip(ui, cx.lang, state);
            if ui.content_rect().width() >= size::NARROW {
                ui.label(theme::label(palette(ui), &quote.created_by_name));
            }
            if let Some((order, order_no)) = &quote.order {
                ui.label(theme::label(palette(ui), format!("·  {}", t.became)));
                if link(ui, order_no).clicked() {
                    cx.go = Some(Route::Order(*order));
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(page::padding(ui));
                ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
                self.buttons_ui(ui, cx, detail, possible);
            });
        });
    }

    /// The acts, the likeliest at the far right and primary.
    fn buttons_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, detail: &QuoteDetail, possible: &Possible) {
        let t = &cx.t.quotes;
        let mut asked = None;
        let reason = |possible: &Reasoned| possible.as_ref().err().cloned();
        let status = detail.quote.status;
        // Where there is little room the keys stand in the status bar alone.
        let roomy = ui.content_rect().width() >= ROOMY;
        let keyed = |button: Button<'static>, keys: &'static str| if roomy { button.keys(keys) } else { button };
        if status == QuoteStatus::Draft {
            let send = Button::primary(t.send).icon(icons::CHECK).reason(reason(&possible.send).as_deref()).show(ui);
            asked = asked.or((send.clicked() && possible.send.is_ok()).then_some(Deed::Status(QuoteStatus::Sent)));
        }
        if detail.quote.order.is_none() {
            let why = reason(&possible.turn);
            let turn = if status == QuoteStatus::Draft { Button::secondary(t.turn) } else { Button::primary(t.turn) };
            if keyed(turn.icon(icons::RECEIPT), Shortcut::Main.keys()).reason(why.as_deref()).show(ui).clicked() && why.is_none() {
                cx.go = Some(Route::NewOrderFromQuote(detail.quote.id));
            }
        }
        if status == QuoteStatus::Sent {
            let accept = Button::secondary(t.accept).icon(icons::CHECK_CIRCLE).reason(reason(&possible.accept).as_deref()).show(ui);
            asked = asked.or((accept.clicked() && possible.accept.is_ok()).then_some(Deed::Status(QuoteStatus::Accepted)));
            let reject = Button::secondary(t.reject).icon(icons::X_CIRCLE).danger_text().reason(reason(&possible.reject).as_deref()).show(ui);
            asked = asked.or((reject.clicked() && possible.reject.is_ok()).then_some(Deed::Status(QuoteStatus::Rejected)));
        }
        let why = reason(&possible.copy);
        let copy = Button::secondary(t.copy).icon(icons::COPY).reason(why.as_deref());
        if copy.busy(self.copying.is_running(), t.copy).show(ui).clicked() && possible.copy.is_ok() {
            self.copying.start(ui);
        }
        let why = reason(&possible.edit);
        let edit = keyed(Button::secondary(t.edit).icon(icons::PENCIL_SIMPLE), Shortcut::Edit.keys()).reason(why.as_deref()).show(ui);
        if edit.clicked() && why.is_none() {
            cx.go = Some(Route::EditQuote(detail.quote.id));
        }
        if status == QuoteStatus::Draft {
            let why = reason(&possible.delete);
            let delete = keyed(Button::secondary(t.delete).icon(icons::TRASH).danger_text(), DELETE_KEY).reason(why.as_deref()).show(ui);
            asked = asked.or((delete.clicked() && why.is_none()).then_some(Deed::Delete));
        }
        let pressed = detail.quote.total.is_some() && documents::print_button(ui, cx.t);
        let by_key = self.asking.is_none() && self.print.is_none() && detail.quote.total.is_some() && Shortcut::Print.pressed(ui);
        if pressed || by_key {
            let wanted = Wanted::Quote(detail.quote.id);
            self.print = PrintDialog::new(cx, &detail.quote.quote_no, vec![(cx.lang.paper_kind(wanted.kind()).to_owned(), wanted)]);
        }
        if let Some(deed) = asked {
            self.ask(cx, detail, deed);
        }
    }

    fn ask(&mut self, cx: &Context<'_>, detail: &QuoteDetail, deed: Deed) {
        let t = &cx.t.quotes;
        let number = &detail.quote.quote_no;
        let confirm = |icon, tone, title: &str, body: &str, act: &str| Confirm {
            icon,
            tone,
            title: fill(title, &[number]),
            body: body.to_owned(),
            facts: Vec::new(),
            way_out: cx.t.common.back.to_owned(),
            act: act.to_owned(),
            other: None,
            danger: false,
            careful: false,
        };
        let confirm = match deed {
            Deed::Status(QuoteStatus::Sent) => confirm(icons::FILE_TEXT, Tone::Info, t.send_title, t.send_body, t.send_act),
            Deed::Status(QuoteStatus::Rejected) => {
                Confirm { careful: true, ..confirm(icons::X_CIRCLE, Tone::Warn, t.reject_title, t.reject_body, t.reject_act) }
            }
            Deed::Status(_) => confirm(icons::CHECK_CIRCLE, Tone::Ok, t.accept_title, t.accept_body, t.accept_act),
            Deed::Delete => Confirm::delete(cx.t, fill(t.delete_title, &[number]), t.delete_body, t.delete_act),
        };
        self.asking = Some((confirm, deed, detail.quote.version));
        self.act = Act::default();
    }

    fn asking_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, detail: &QuoteDetail) {
        let Some((confirm, deed, version)) = &self.asking else { return };
        let (id, deed, version) = (detail.quote.id, *deed, *version);
        match confirm.show(ui, "quote deed") {
            Some(Choice::Act) => self.act.start(ui),
            Some(_) if !self.act.is_running() => {
                self.asking = None;
                return;
            }
            _ => {}
        }
        let Some(outcome) = self.act.attempt(ui, cx, |desk| run(desk, id, version, deed)) else { return };
        self.asking = None;
        match outcome {
            Ok(()) => {
                let t = &cx.t.quotes;
                let text = match deed {
                    Deed::Status(QuoteStatus::Sent) => t.sent_toast,
                    Deed::Status(QuoteStatus::Rejected) => t.rejected_toast,
                    Deed::Status(_) => t.accepted_toast,
                    Deed::Delete => t.deleted_toast,
                };
                cx.done(fill(text, &[&detail.quote.quote_no]), None);
                if deed == Deed::Delete {
                    cx.go = Some(Route::Quotes);
                }
            }
            Err(error) => cx.report(&error),
        }
        ui.request_repaint();
    }

    fn copying_ui(&mut self, ui: &Ui, cx: &mut Context<'_>, id: QuoteId) {
        match self.copying.attempt(ui, cx, |desk| quotes::copy(desk, id)) {
            Some(Ok(created)) => {
                cx.done(fill(cx.t.quotes.copied_toast, &[&created.quote_no]), None);
                cx.go = Some(Route::Quote(created.id));
            }
            Some(Err(error)) => cx.report(&error),
            None => {}
        }
    }

    fn keys(&mut self, ui: &Ui, cx: &mut Context<'_>, detail: &QuoteDetail, possible: &Possible, neighbours: (Option<QuoteId>, Option<QuoteId>)) {
        if self.asking.is_some() {
            return;
        }
        if Shortcut::Main.pressed(ui) && told(cx, &possible.turn) {
            cx.go = Some(Route::NewOrderFromQuote(detail.quote.id));
        }
        if Shortcut::Edit.pressed(ui) && told(cx, &possible.edit) {
            cx.go = Some(Route::EditQuote(detail.quote.id));
        }
        if delete_pressed(ui) && told(cx, &possible.delete) {
            self.ask(cx, detail, Deed::Delete);
        }
        if Shortcut::New.pressed(ui) && cx.may(Module::Sales, Verb::Create) {
            cx.go = Some(Route::NewQuote(None));
        }
        if Shortcut::Previous.pressed(ui) {
            cx.go = neighbours.0.map(Route::Quote).or(cx.go.take());
        }
        if Shortcut::Next.pressed(ui) {
            cx.go = neighbours.1.map(Route::Quote).or(cx.go.take());
        }
        if page::escape(ui) {
            cx.go = Some(Route::Quotes);
        }
    }
}

/// Whether it is possible; a key that does nothing says why.
fn told(cx: &mut Context<'_>, possible: &Reasoned) -> bool {
    if let Err(why) = possible {
        cx.toasts.push(Toast::new(Tone::Warn, why.clone()));
    }
    possible.is_ok()
}

/// Del, while neither a popup nor a dialog is open and nothing is typed into.
fn delete_pressed(ui: &Ui) -> bool {
    let free = !Popup::is_any_open(ui) && ui.memory(|memory| memory.top_modal_layer().is_none()) && !ui.egui_wants_keyboard_input();
    free && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Delete))
}

fn run(desk: &mut Desk, id: QuoteId, version: i64, deed: Deed) -> Result<()> {
    match deed {
        Deed::Status(status) => quotes::set_status(desk, id, version, status),
        Deed::Delete => quotes::delete(desk, id),
    }
}

/// Draft, sent, decided, ordered.
fn steps_ui(ui: &mut Ui, cx: &Context<'_>, detail: &QuoteDetail) {
    let t = &cx.t.quotes;
    let quote = &detail.quote;
    let dense = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
    let time = |at: Option<crate::models::Timestamp>| at.map_or("—".to_owned(), |at| dense.moment(at));
    let state = quote.state(cx.today);
    let validity = match state {
        QuoteState::Expired => fill(t.expired_on, &[&quote.valid_until]),
        _ => fill(t.valid_to, &[&quote.valid_until]),
    };
    let sent = quote.sent_at.map_or(validity.clone(), |at| format!("{}  ·  {validity}", dense.moment(at)));
    let decided = if state == QuoteState::Rejected { cx.t.errors.q_rejected } else { t.step_decided };
    let ordered = quote.order.as_ref().map_or("—", |(_, order_no)| order_no.as_str());
    let reached = match (quote.status, &quote.order) {
        (QuoteStatus::Draft, _) => 0,
        (QuoteStatus::Sent, _) => 1,
        (_, None) => 2,
        (_, Some(_)) => 3,
    };
    let notes = [dense.moment(quote.created_at), sent, time(quote.decided_at), ordered.to_owned()];
    let titles = [t.step_draft, t.step_sent, decided, t.step_ordered];
    let count = if state == QuoteState::Rejected { 3 } else { 4 };
    let steps: Vec<Step<'_>> = titles
        .iter()
        .zip(&notes)
        .enumerate()
        .take(count)
        .map(|(at, (title, note))| {
            let state = match at {
                _ if at < reached || (at == reached && at > 1) => StepState::Done,
                _ if at == reached => StepState::Current,
                _ => StepState::Later,
            };
            Step { title, note, state }
        })
        .collect();
    stepper_ui(ui, &steps);
}

/// Nothing to sort by: lines have one order.
#[derive(Clone, Copy, PartialEq)]
struct AsEntered;

fn lines_ui(ui: &mut Ui, cx: &Context<'_>, detail: &QuoteDetail) {
    let t = &cx.t.orders;
    bare_card(ui, |ui| {
        documents::title(ui, t.lines, &fill(t.line_count, &[&detail.items.len()]), |_| {});
        let columns = if detail.quote.total.is_some() { COLUMNS } else { COLUMNS_WITHOUT_AMOUNTS };
        let list = List {
            columns,
            rows: &detail.items,
            key: |item: &QuoteItem| item.id,
            label: |item| item.sku.clone(),
            data: &(),
            phase: Phase::Ready,
            options: ListOptions { row_height: size::ROW, ..ListOptions::secondary() },
        };
        list.show(ui, cx.t, "quote lines", &mut ListState::new(AsEntered, false));
        let ends = (end_of(columns, 3), end_of(columns, 5));
        documents::lines_sum_ui(ui, cx, detail.items.iter().map(|item| item.quantity).sum(), detail.quote.total, ends);
    });
}

type LineColumn = Column<QuoteItem, AsEntered>;

const NUMBER: LineColumn = Column {
    title: |_| "#",
    width: Width::Fixed(20.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |_, ui, cell| {
        cell.muted(ui, &(cell.index + 1).to_string());
    },
};
const SKU: LineColumn = Column {
    title: |t| t.orders.sku,
    width: Width::Fixed(104.0),
    align: Align::Min,
    sort: None,
    narrow: true,
    cell: |item, ui, cell| {
        cell.muted(ui, &item.sku);
    },
};
const PRODUCT: LineColumn = Column {
    title: |t| t.orders.product,
    width: Width::Fill(1.0, 140.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |item, ui, cell| {
        cell.text(ui, &item.name);
        cell.muted(ui, item.specification.as_deref().unwrap_or_default());
    },
};
const QUANTITY: LineColumn = Column {
    title: |t| t.orders.quantity,
    width: Width::Fixed(56.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |item, ui, cell| {
        cell.text(ui, &quantity(item.quantity));
    },
};
const UNIT: LineColumn = Column {
    title: |t| t.orders.unit,
    width: Width::Fixed(28.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |item, ui, cell| {
        cell.muted(ui, &item.unit);
    },
};
const PRICE: LineColumn = Column {
    title: |t| t.orders.unit_price,
    width: Width::Fixed(80.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |item, ui, cell| {
        cell.text(ui, &item.price.map(|(price, _)| price.to_string()).unwrap_or_default());
    },
};
const SUBTOTAL: LineColumn = Column {
    title: |t| t.orders.subtotal,
    width: Width::Fixed(104.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |item, ui, cell| {
        cell.text(ui, &item.price.map(|(_, subtotal)| subtotal.to_string()).unwrap_or_default());
    },
};

const COLUMNS: &[LineColumn] = &[NUMBER, SKU, PRODUCT, QUANTITY, UNIT, PRICE, SUBTOTAL];
const COLUMNS_WITHOUT_AMOUNTS: &[LineColumn] = &[NUMBER, SKU, PRODUCT, QUANTITY, UNIT];

/// The key hints of the page.
pub fn hints(t: &'static Texts) -> Vec<Hint> {
    vec![
        (&["F4"], t.quotes.key_turn),
        (&["F2"], t.shell.key_edit),
        (&[DELETE_KEY], t.common.delete),
        (&["Alt ↑", "Alt ↓"], t.shell.key_next),
        (&["Esc"], t.quotes.key_list),
    ]
}
