//! What a cell may draw: text that is cut with a tooltip, in the colours of the list. Chips come from `chip`.

use egui::accesskit::Role;
use egui::{Align2, Color32, FontId, Response, Sense, Ui, WidgetInfo, vec2};

use crate::i18n::Texts;
use crate::ui::theme::{self, Palette, size};
use crate::ui::widgets::paint;

/// What a cell knows besides its row.
pub struct CellContext<'a, C = ()> {
    pub texts: &'static Texts,
    pub p: &'static Palette,
    pub selected: bool,
    /// Index of the row.
    pub index: usize,
    /// The row's accessible name.
    pub label: &'a str,
    /// The page's own data.
    pub data: &'a C,
}

impl<C> CellContext<'_, C> {
    /// Body text.
    pub fn text(&self, ui: &mut Ui, text: &str) -> Response {
        self.styled(ui, text, theme::font(size::TEXT_BODY), self.p.text)
    }

    /// The record's name: body text, medium while selected.
    pub fn name(&self, ui: &mut Ui, text: &str) -> Response {
        let font = if self.selected { theme::medium_font(size::TEXT_BODY) } else { theme::font(size::TEXT_BODY) };
        self.styled(ui, text, font, self.p.text)
    }

    /// Body text in the second colour.
    pub fn muted(&self, ui: &mut Ui, text: &str) -> Response {
        self.styled(ui, text, theme::font(size::TEXT_BODY), self.p.text_2)
    }

    /// Medium text in a colour: a stock below its threshold, an overdue sum.
    pub fn strong(&self, ui: &mut Ui, text: &str, color: Color32) -> Response {
        self.styled(ui, text, theme::medium_font(size::TEXT_BODY), color)
    }

    /// 12-point text in the third colour.
    pub fn caption(&self, ui: &mut Ui, text: &str) -> Response {
        self.styled(ui, text, theme::font(size::TEXT_SMALL), self.p.text_3)
    }

    /// Any font and colour.
    pub fn styled(&self, ui: &mut Ui, text: &str, font: FontId, color: Color32) -> Response {
        let response = paint_cell_text(ui, text, font, color);
        // The row carries this text as its own name already.
        if text != self.label && !text.is_empty() {
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
        }
        response
    }
}

/// Text cut to the room that is left (a number is set smaller), with the whole of it as tooltip where it was cut.
pub fn paint_cell_text(ui: &mut Ui, text: &str, font: FontId, color: Color32) -> Response {
    let galley = paint::fitted(ui, text, font, color, ui.available_width());
    let cut = galley.elided;
    let wanted = vec2(galley.size().x, ui.available_height().min(galley.size().y));
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    paint::place(ui.painter(), rect, Align2::LEFT_CENTER, galley);
    if cut { paint::tooltip(response, text) } else { response }
}
