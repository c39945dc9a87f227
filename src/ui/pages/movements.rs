//! The stock records: every movement with its source, filtered by product, type, period, source and person; undoing one that was entered by hand.

use std::cell::Cell;

use egui::Ui;
use serde_json::{Value, json};

use super::Hint;
use crate::i18n::{Texts, fill};
use crate::models::choice::{Module, MovementType, ReferenceType};
use crate::models::export::{Export, ExportKind};
use crate::models::money::{quantity, signed};
use crate::models::order::Crossing;
use crate::models::product::Product;
use crate::models::rights::Verb;
use crate::models::stock::{MovementFilter, MovementRow, MovementSort, StockOutcome};
use crate::models::user::Colleague;
use crate::models::{Day, MovementId, Result, UserId};
use crate::services::{products, stock, users};
use crate::ui::context::{Cached, Context};
use crate::ui::dense::Dense;
use crate::ui::export_dialog::{ExportDialog, export_button};
use crate::ui::filters::Period;
use crate::ui::form::Act;
use crate::ui::icons;
use crate::ui::list_page::{self, Kind, ListPage, NoRows};
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::stock_dialog::StockDialog;
use crate::ui::stock_records::{self, *};
use crate::ui::theme::Tone;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::dialog::{Choice, Confirm};
use crate::ui::widgets::empty::EmptyButton;
use crate::ui::widgets::select::filter_chip;
use crate::ui::widgets::table::ListOptions;
use crate::ui::widgets::toast::Toast;

/// What the list is filtered by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct View {
    search: String,
    kind: Option<MovementType>,
    reference: Option<ReferenceType>,
    person: Option<UserId>,
    period: Period,
}

impl View {
    fn filter(&self, today: Day) -> MovementFilter {
        let (from, to) = self.period.days(today);
        MovementFilter { search: self.search.clone(), product: None, kind: self.kind, person: self.person, reference: self.reference, from, to }
    }
}

fn keep(view: &View) -> Value {
    json!({ "kind": view.kind.map(MovementType::as_str), "reference": view.reference.map(ReferenceType::as_str),
        "person": view.person.map(|person| person.0), "period": view.period.keep() })
}

fn restore(view: &mut View, kept: &Value) {
    view.kind = kept["kind"].as_str().and_then(MovementType::parse);
    view.reference = kept["reference"].as_str().and_then(ReferenceType::parse);
    view.person = kept["person"].as_i64().map(UserId);
    view.period.restore(&kept["period"]);
}

static KIND_OF_LIST: Kind<View, MovementSort, MovementRow> = Kind {
    name: "movements",
    start: View::default,
    words: |view| &mut view.search,
    sort: (MovementSort::Time, true),
    sorts: &[(MovementSort::Time, "time")],
    keep,
    restore,
    key: |row| row.id.0,
    label: stock_records::label,
};

const COLUMNS: &[MovementColumn] = &[TIME, KIND, PRODUCT, CHANGE, BALANCE, SOURCE, NOTES, PERSON];

/// A movement to be undone, with its product as it stood when that was asked.
struct Undoing {
    id: MovementId,
    pieces: i64,
    product: Product,
}

/// The page's state.
pub struct Movements {
    list: ListPage<View, MovementSort, MovementRow>,
    people: Cached<(), Vec<Colleague>>,
    dialog: Option<StockDialog>,
    undoing: Option<Undoing>,
    act: Act,
    export: ExportDialog,
}

impl Default for Movements {
    fn default() -> Self {
        Movements {
            list: ListPage::new(&KIND_OF_LIST),
            people: Cached::default(),
            dialog: None,
            undoing: None,
            act: Act::default(),
            export: ExportDialog::default(),
        }
    }
}

impl Movements {
    /// Back on the list: the keyboard is on it again.
    pub fn enter(&mut self) {
        self.dialog = None;
        self.undoing = None;
        self.list.list.take_focus = true;
    }

    /// What is typed and not saved, in words.
    pub fn unsaved(&self, t: &'static Texts) -> Option<&'static str> {
        self.dialog.as_ref().filter(|dialog| dialog.is_dirty()).map(|_| t.products.unsaved_stock)
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        self.dialog.as_ref().is_some_and(StockDialog::is_saving)
    }

    /// Begins to save what is typed.
    pub fn save(&mut self, ctx: &egui::Context) {
        if let Some(dialog) = &mut self.dialog {
            dialog.save(ctx);
        }
    }

    /// Throws away what is typed.
    pub fn discard(&mut self) {
        self.dialog = None;
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        self.list.begin(ui, cx);
        self.head_ui(ui, cx);
        self.filters_ui(ui, cx);
        self.list.read(ui, cx, |desk, view, page| {
            let today = desk.clock().now().day(desk.config()?.zone);
            Ok((stock::movements(desk, &view.filter(today), page)?, ()))
        });
        self.rows_ui(ui, cx);
        self.list.pager_ui(ui, cx, cx.t.stock.shown, "");
        if Shortcut::Refresh.pressed(ui) {
            self.list.forget();
            self.people.forget();
        }
        if let Some(dialog) = &mut self.dialog
            && dialog.ui(ui, cx).is_some()
        {
            self.dialog = None;
            self.list.list.take_focus = true;
            ui.request_repaint();
        }
        self.undoing_ui(ui, cx);
        self.list.list.take_focus |= self.export.ui(ui, cx);
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let why = cx.why_not(Module::Inventory, Verb::Update);
        let no_undo = self.why_no_undo(cx);
        let mut booking = None;
        let kinds = [
            (MovementType::Out, cx.t.products.stock_out, icons::TRAY_ARROW_UP, Shortcut::StockOut),
            (MovementType::In, cx.t.products.stock_in, icons::TRAY_ARROW_DOWN, Shortcut::StockIn),
        ];
        let (mut undo, mut export) = (false, false);
        list_page::head_ui(ui, cx.t.stock.movements, |ui| {
            for (kind, text, icon, shortcut) in kinds {
                let pressed = Button::secondary(text).icon(icon).keys(shortcut.keys()).reason(why.as_deref()).show(ui).clicked();
                if (pressed || shortcut.pressed(ui)) && why.is_none() {
                    booking = Some(kind);
                }
            }
            let button = Button::secondary(cx.t.stock.undo).icon(icons::ARROW_COUNTER_CLOCKWISE).keys("Del").reason(no_undo.as_deref());
            undo = button.show(ui).clicked() && no_undo.is_none();
            export = export_button(ui, cx, ExportKind::Movements);
        });
        if export {
            self.export.open(cx, Export::Movements(self.list.filter.filter(cx.today), self.list.sorted()));
        }
        if let Some(kind) = booking {
            self.dialog = Some(StockDialog::choose(kind));
        }
        if undo {
            self.ask_to_undo(cx);
        }
    }

    fn filters_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.stock;
        let people = self.people.get(cx, &(), |desk, ()| users::colleagues(desk)).as_deref().unwrap_or_default();
        let people: Vec<(UserId, &str)> = people.iter().map(|person| (person.id, person.full_name.as_str())).collect();
        let kinds: Vec<(MovementType, &str)> = MovementType::ALL.iter().map(|kind| (*kind, cx.lang.movement_kind(*kind))).collect();
        let sources: Vec<(ReferenceType, &str)> = ReferenceType::ALL.iter().map(|source| (*source, cx.lang.movement_source(Some(*source)))).collect();
        self.list.filters_ui(ui, cx, t.search, |ui, cx, view, _| {
            filter_chip(ui, cx.t, "movement kind", cx.t.products.kind, &mut view.kind, &kinds);
            view.period.ui(ui, cx, "movements");
            filter_chip(ui, cx.t, "movement source", t.source, &mut view.reference, &sources);
            filter_chip(ui, cx.t, "movement person", cx.t.products.person, &mut view.person, &people);
        });
    }

    fn rows_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.stock;
        let keys = Some(Shortcut::StockIn.keys());
        let book = EmptyButton { text: cx.t.products.stock_in, icon: Some(icons::TRAY_ARROW_DOWN), keys, primary: true };
        let no_rows = NoRows {
            icon: icons::ARROWS_DOWN_UP,
            none_yet: (t.none_yet, t.none_yet_more),
            create: cx.may(Module::Inventory, Verb::Update).then_some(book),
            no_match: (t.no_match, t.no_match_more),
            failed: t.list_failed,
            ..Default::default()
        };
        let dense = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
        let cells = Cells { dense, sees_orders: cx.may(Module::Sales, Verb::View), pressed: Cell::new(None) };
        let happened = self.list.rows_ui(ui, cx, COLUMNS, &cells, ListOptions::default(), &no_rows);
        if happened.create {
            self.dialog = Some(StockDialog::choose(MovementType::In));
        }
        if let Some(order) = cells.pressed.take() {
            cx.go = Some(Route::Order(order));
        } else if let Some(row) = self.list.row(happened.opened) {
            cx.go = Some(row.order().filter(|_| cells.sees_orders).map_or(Route::Product(row.product), Route::Order));
        }
        if happened.wants_delete.is_some() {
            match self.why_no_undo(cx) {
                None => self.ask_to_undo(cx),
                Some(why) => cx.toasts.push(Toast::new(Tone::Warn, why)),
            }
        }
    }

    /// Why the selected movement cannot be undone, or nothing where it can.
    fn why_no_undo(&self, cx: &Context<'_>) -> Option<String> {
        let t = &cx.t.stock;
        cx.why_not(Module::Inventory, Verb::Update).or_else(|| {
            let reason = match self.list.selected() {
                None => t.choose_record,
                Some(row) if row.reversed => t.undone_before,
                Some(row) if !row.is_by_hand() => t.not_by_hand,
                Some(_) => return None,
            };
            Some(reason.to_owned())
        })
    }

    fn ask_to_undo(&mut self, cx: &mut Context<'_>) {
        let Some(row) = self.list.selected() else { return };
        match products::get(cx.desk, row.product) {
            Ok(product) => self.undoing = Some(Undoing { id: row.id, pieces: -row.quantity, product }),
            Err(error) => cx.report(&error),
        }
    }

    fn undoing_ui(&mut self, ui: &Ui, cx: &mut Context<'_>) {
        let Some(undoing) = &self.undoing else { return };
        let t = &cx.t.stock;
        if self.act.is_running() {
            let id = undoing.id;
            if let Some(outcome) = self.act.attempt(ui, cx, |desk| stock::reverse(desk, id)) {
                if let Some(undoing) = self.undoing.take() {
                    undone(cx, &undoing, outcome);
                }
                self.list.list.take_focus = true;
                ui.request_repaint();
            }
            return;
        }
        let (input, now) = (&undoing.product.input, undoing.product.stock);
        let after = now + undoing.pieces;
        let confirm = Confirm {
            icon: icons::ARROW_COUNTER_CLOCKWISE,
            tone: Tone::Warn,
            title: fill(t.undo_title, &[&input.name]),
            body: t.undo_body.to_owned(),
            facts: vec![
                (t.undo_change.to_owned(), format!("{} {}", signed(undoing.pieces), input.unit)),
                (t.undo_stock.to_owned(), format!("{} → {} {}", quantity(now), quantity(after), input.unit)),
            ],
            way_out: cx.t.common.cancel.to_owned(),
            act: t.undo_act.to_owned(),
            other: None,
            danger: false,
            careful: false,
        };
        match confirm.show(ui, "undo movement") {
            Some(Choice::Act) => {
                self.act.start(ui);
                ui.request_repaint();
            }
            Some(_) => {
                self.undoing = None;
                self.list.list.take_focus = true;
            }
            None => {}
        }
    }
}

/// Says what undoing did; it may take the stock below its threshold too.
fn undone(cx: &mut Context<'_>, undoing: &Undoing, outcome: Result<StockOutcome>) {
    let (t, input) = (cx.t, &undoing.product.input);
    match outcome {
        Ok(outcome) => {
            let title = fill(t.stock.undone, &[&input.name, &signed(outcome.after - outcome.before), &input.unit]);
            let body = fill(t.products.booked_more, &[&quantity(outcome.before), &quantity(outcome.after), &input.unit]);
            cx.toasts.push(Toast::success(title).body(body));
            if outcome.crossed_threshold {
                let (name, unit) = (input.name.clone(), input.unit.clone());
                cx.warn_of_crossings(&[Crossing { product: undoing.product.id, name, unit, stock: outcome.after, threshold: input.threshold }]);
            }
        }
        Err(error) => cx.report(&error),
    }
}

/// The key hints of the page.
pub fn hints(t: &'static Texts) -> Vec<Hint> {
    let s = &t.shell;
    vec![(&["↑", "↓"], s.key_choose), (&["Enter"], s.key_open), (&["F7"], s.key_stock_in), (&["F8"], s.key_stock_out), (&["Del"], t.stock.undo)]
}
