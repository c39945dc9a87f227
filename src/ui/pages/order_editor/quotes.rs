//! 从报价单导入: the quote an order is made of. Its lines and prices are filled in; saving the order accepts it.

use egui::{Align, Align2, Layout, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::i18n::fill;
use crate::models::line::LineDraft;
use crate::models::list::Page;
use crate::models::order::OrderDraft;
use crate::models::quote::{QuoteDetail, QuoteFilter, QuotePage, QuoteRow, QuoteSort, QuoteState};
use crate::models::{CustomerId, Field};
use crate::services::quotes;
use crate::ui::context::{Cached, Context};
use crate::ui::form::Form;
use crate::ui::icons;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::mini_icon_button;
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::InputOptions;
use crate::ui::widgets::picker::{PickerOptions, PickerRows, picker};
use crate::ui::widgets::{options, page, paint};

/// The field's state; the quote's id is the draft's.
#[derive(Default)]
pub struct QuoteImport {
    taken: Option<Taken>,
    query: String,
    found: Cached<(Option<CustomerId>, String), Page<QuoteRow>>,
    focus: bool,
}

/// The quote that was filled in.
struct Taken {
    quote: QuoteDetail,
    lines: usize,
}

impl QuoteImport {
    /// Gives the field the keyboard and opens it: Ctrl I.
    pub fn open(&mut self, ui: &Ui) {
        self.focus = self.taken.is_none();
        ui.request_repaint();
    }

    /// Fills a quote's lines in, behind those that are there.
    pub fn take(&mut self, draft: &mut OrderDraft, quote: QuoteDetail) {
        draft.quote = Some(quote.quote.id);
        draft.lines.retain(|line| !line.is_blank());
        for item in &quote.items {
            let price = item.price.map(|(price, _)| price).unwrap_or_default();
            draft.lines.push(LineDraft { product: Some(item.product), quantity: item.quantity.to_string(), unit_price: price.plain() });
        }
        if draft.notes.trim().is_empty() {
            draft.notes = quote.quote.notes.clone().unwrap_or_default();
        }
        self.query.clear();
        self.taken = Some(Taken { lines: quote.items.len(), quote });
    }

    /// Another customer was chosen: his order is not made of this quote. The lines stay.
    pub fn customer_chosen(&mut self, draft: &mut OrderDraft) {
        if self.taken.as_ref().is_some_and(|taken| Some(taken.quote.quote.customer) != draft.customer) {
            self.detach(draft);
        }
    }

    fn detach(&mut self, draft: &mut OrderDraft) {
        self.taken = None;
        draft.quote = None;
    }

    /// Draws the field; a customer where the quote just taken brings one.
    pub fn field_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, form: &mut Form<OrderDraft>) -> Option<CustomerId> {
        let error = form.error(cx, Field::Quote);
        let label = cx.t.orders.from_quote;
        FieldUi::new(label).width(248.0).error(error.as_deref()).show(ui, |ui| self.control_ui(ui, cx, &mut form.draft)).inner
    }

    fn control_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, draft: &mut OrderDraft) -> Option<CustomerId> {
        if self.taken.is_some() {
            if self.taken_ui(ui, cx) {
                self.detach(draft);
            }
            return None;
        }
        let t = cx.t;
        let asked = (draft.customer, self.query.trim().to_owned());
        let found = self.found.get(cx, &asked, |desk, (customer, search)| {
            let filter = QuoteFilter { search: search.clone(), customer: *customer, open: true, ..Default::default() };
            Ok(quotes::list(desk, &filter, &QuotePage::first(QuoteSort::Created, true))?.0)
        });
        let rows = found.as_ref().map(|page| page.rows.as_slice()).unwrap_or_default();
        let habits = PickerOptions {
            input: InputOptions { hint: t.orders.quote_hint, icon: Some(icons::FILE_TEXT), name: t.orders.from_quote, ..Default::default() },
            popup_width: Some(520.0),
            ..Default::default()
        };
        let lang = cx.lang;
        let list = PickerRows {
            count: rows.len(),
            head: None::<fn(&mut Ui, Rect)>,
            label: |at: usize| rows[at].quote_no.clone(),
            draw: |ui: &mut Ui, rect: Rect, at: usize| row_ui(ui, rect, &rows[at], lang),
        };
        let out = picker(ui, t, "order quote", &mut self.query, habits, list);
        if std::mem::take(&mut self.focus) {
            out.input.request_focus();
            options::open(ui, out.input.id, 0);
        }
        let id = out.taken.and_then(|at| rows.get(at)).map(|row| row.id)?;
        match quotes::get(cx.desk, id) {
            Ok(quote) => {
                let customer = quote.quote.customer;
                let brings = draft.customer.is_none().then_some(customer);
                draft.customer = Some(customer);
                self.take(draft, quote);
                ui.request_repaint();
                brings
            }
            Err(error) => {
                cx.report(&error);
                None
            }
        }
    }

    /// The number and how many lines came; true where ✕ was pressed.
    fn taken_ui(&self, ui: &mut Ui, cx: &Context<'_>) -> bool {
        let Some(taken) = &self.taken else { return false };
        let p = palette(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::CONTROL), Sense::hover());
        ui.painter().rect(rect, size::RADIUS, p.surface, Stroke::new(1.0, p.border_strong), StrokeKind::Inside);
        paint::icon(ui.painter(), pos2(rect.left() + 18.0, rect.center().y), icons::FILE_TEXT, size::ICON, p.text_3);
        let room = rect.with_min_x(rect.left() + 34.0).with_max_x(rect.right() - 32.0);
        let number = paint::text_left(ui, room, &taken.quote.quote.quote_no, theme::font(size::TEXT_BODY), p.text);
        let came = fill(cx.t.orders.quote_lines, &[&taken.lines]);
        let galley = paint::line(ui, &came, theme::font(size::TEXT_SMALL), p.tone(Tone::Ok).fg, (room.right() - number.right() - 8.0).max(0.0));
        paint::place(ui.painter(), room.with_min_x(number.right() + 8.0), Align2::LEFT_CENTER, galley);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, format!("{} {came}", taken.quote.quote.quote_no)));
        let cross = Rect::from_center_size(pos2(rect.right() - 18.0, rect.center().y), vec2(24.0, 24.0));
        paint::inside(ui, cross, Layout::left_to_right(Align::Center), "detach", |ui| {
            mini_icon_button(ui, icons::X, cx.t.orders.detach_quote).clicked()
        })
    }

    /// Says that the quote's prices held no longer than to a day before today.
    pub fn banner_ui(&self, ui: &mut Ui, cx: &Context<'_>) {
        let Some(quote) = self.taken.as_ref().map(|taken| &taken.quote.quote) else { return };
        if quote.state(cx.today) != QuoteState::Expired {
            return;
        }
        let sentence = fill(cx.t.orders.quote_expired, &[&quote.quote_no, &quote.valid_until]);
        let padding = page::padding(ui);
        ui.horizontal(|ui| {
            ui.add_space(padding);
            ui.allocate_ui(vec2(ui.available_width() - padding, 40.0), |ui| banner_ui(ui, &Banner::new(Tone::Warn, &sentence, "")));
        });
        ui.add_space(8.0);
    }
}

fn row_ui(ui: &mut Ui, rect: Rect, row: &QuoteRow, lang: crate::i18n::Lang) {
    let p = palette(ui);
    let body = theme::font(size::TEXT_BODY);
    paint::text_left(ui, rect.with_max_x(rect.left() + 130.0), &row.quote_no, body.clone(), p.accent_text);
    paint::text_left(ui, rect.with_min_x(rect.left() + 138.0).with_max_x(rect.right() - 180.0), &row.customer_name, body.clone(), p.text);
    let state = rect.with_min_x(rect.right() - 172.0).with_max_x(rect.right() - 104.0);
    paint::text_left(ui, state, lang.quote_state(row.state), theme::font(size::TEXT_SMALL), p.text_2);
    let total = row.total.map(|total| total.yuan()).unwrap_or_default();
    paint::text_right(ui, rect, &total, body, p.text);
}
