//! The list of stocktakes: state tabs with counts, search, and the way to a count sheet and to a new one.

mod begin;

use egui::{Align, Ui};
use serde_json::{Value, json};

use super::Hint;
use crate::i18n::{Texts, fill};
use crate::models::StocktakeId;
use crate::models::choice::Module;
use crate::models::export::{Export, ExportKind};
use crate::models::money::quantity;
use crate::models::rights::Verb;
use crate::models::stocktake::{Stocktake, StocktakeCounts, StocktakeFilter, StocktakeSort, StocktakeStatus};
use crate::services::stocktakes;
use crate::ui::chips::stocktake_chip;
use crate::ui::context::Context;
use crate::ui::dense::Dense;
use crate::ui::export_dialog::{ExportDialog, export_button};
use crate::ui::icons;
use crate::ui::list_page::{self, Kind, ListPage, NoRows};
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::chip::plain_chip;
use crate::ui::widgets::table::{Column, ListOptions, Width};
use begin::{BeginDialog, Outcome};

/// Filters that are kept: the state.
fn keep(filter: &StocktakeFilter) -> Value {
    json!({ "status": filter.status.map(StocktakeStatus::as_str) })
}

fn restore(filter: &mut StocktakeFilter, kept: &Value) {
    filter.status = kept["status"].as_str().and_then(StocktakeStatus::parse);
}

static KIND: Kind<StocktakeFilter, StocktakeSort, Stocktake> = Kind {
    name: "stocktakes",
    start: StocktakeFilter::default,
    words: |filter| &mut filter.search,
    sort: (StocktakeSort::Begun, true),
    sorts: &[(StocktakeSort::Begun, "begun")],
    keep,
    restore,
    key: |row| row.id.0,
    label: |row| row.stocktake_no.clone(),
};

/// The list's state.
pub struct Stocktakes {
    list: ListPage<StocktakeFilter, StocktakeSort, Stocktake, StocktakeCounts>,
    begin: Option<BeginDialog>,
    export: ExportDialog,
}

impl Default for Stocktakes {
    fn default() -> Self {
        Stocktakes { list: ListPage::new(&KIND), begin: None, export: ExportDialog::default() }
    }
}

impl Stocktakes {
    /// Back on the list: the keyboard is on it again.
    pub fn enter(&mut self) {
        self.begin = None;
        self.list.list.take_focus = true;
    }

    /// The stocktakes before and after one in the list as last shown.
    pub fn neighbours(&self, id: StocktakeId) -> (Option<StocktakeId>, Option<StocktakeId>) {
        let (before, after) = self.list.neighbours(id.0);
        (before.map(|row| row.id), after.map(|row| row.id))
    }

    /// What is typed and not saved, in words.
    pub fn unsaved(&self, t: &'static Texts) -> Option<&'static str> {
        self.begin.as_ref().filter(|begin| begin.is_dirty()).map(|_| t.stocktakes.unsaved_new)
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        self.begin.as_ref().is_some_and(BeginDialog::is_saving)
    }

    /// Begins to save what is typed.
    pub fn save(&mut self, ctx: &egui::Context) {
        if let Some(begin) = &mut self.begin {
            begin.save(ctx);
        }
    }

    /// Throws away what is typed.
    pub fn discard(&mut self) {
        self.begin = None;
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.stocktakes;
        self.list.begin(ui, cx);
        let why = cx.why_not(Module::Inventory, Verb::Update);
        let mut create = Shortcut::New.pressed(ui) && why.is_none();
        let mut export = false;
        list_page::head_ui(ui, t.title, |ui| {
            let new = Button::primary(t.new).icon(icons::PLUS).keys(Shortcut::New.keys()).reason(why.as_deref());
            create |= new.show(ui).clicked() && why.is_none();
            export = export_button(ui, cx, ExportKind::Stocktakes);
        });
        self.list.filters_ui(ui, cx, t.search, |_, _, _, _| {});
        self.list.read(ui, cx, stocktakes::list);
        let counts = self.list.beside().copied().unwrap_or_default();
        let tabs = [
            (Some(StocktakeStatus::Open), t.open, Some(counts.open)),
            (Some(StocktakeStatus::Posted), t.posted, Some(counts.posted)),
            (Some(StocktakeStatus::Discarded), t.discarded, Some(counts.discarded)),
            (None, t.all, Some(counts.all())),
        ];
        list_page::tabs_ui(ui, "stocktake states", &mut self.list.filter.status, &tabs);
        let no_rows = NoRows {
            icon: icons::CLIPBOARD_TEXT,
            none_yet: (t.none_yet, t.none_yet_more),
            create: list_page::create_button(t.new, why.is_none()),
            no_match: (t.no_match, t.no_match_more),
            failed: t.list_failed,
            ..Default::default()
        };
        let data = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
        let happened = self.list.rows_ui(ui, cx, COLUMNS, &data, ListOptions::default(), &no_rows);
        self.list.pager_ui(ui, cx, t.shown, "");
        if let Some(row) = self.list.row(happened.opened.or(happened.clicked)) {
            cx.go = Some(Route::Stocktake(row.id));
        }
        if create || happened.create {
            self.begin = Some(BeginDialog::default());
        }
        if Shortcut::Refresh.pressed(ui) {
            self.list.forget();
        }
        if export {
            self.export.open(cx, Export::Stocktakes(self.list.filter.clone(), self.list.sorted()));
        }
        self.list.list.take_focus |= self.export.ui(ui, cx);
        match self.begin.as_mut().and_then(|begin| begin.ui(ui, cx)) {
            Some(Outcome::Begun(id)) => {
                self.begin = None;
                cx.done(t.begun_toast, None);
                cx.go = Some(Route::Stocktake(id));
            }
            Some(Outcome::Closed) => {
                self.begin = None;
                self.list.list.take_focus = true;
                ui.request_repaint();
            }
            None => {}
        }
    }
}

/// The key hints of the page.
pub fn hints(t: &'static Texts) -> Vec<Hint> {
    let s = &t.shell;
    vec![(&["↑", "↓"], s.key_choose), (&["Enter"], s.key_open), (&["Ctrl N"], s.key_new), (&["Ctrl F"], s.key_find)]
}

type StocktakeColumn = Column<Stocktake, StocktakeSort, Dense>;

const NUMBER: StocktakeColumn = Column {
    title: |t| t.stocktakes.number,
    width: Width::Fixed(128.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cell| {
        cell.styled(ui, &row.stocktake_no, theme::font(size::TEXT_BODY), cell.p.accent_text);
    },
};
const SCOPE: StocktakeColumn = Column {
    title: |t| t.stocktakes.scope,
    width: Width::Fill(1.0, 160.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cell| {
        let t = &cell.texts.stocktakes;
        let scope = row.category.as_deref().unwrap_or(if row.is_list { t.scope_list } else { t.scope_all });
        cell.text(ui, scope);
        if row.blind {
            plain_chip(ui, t.blind, Tone::Violet);
        }
        cell.muted(ui, row.notes.as_deref().unwrap_or_default());
    },
};
const PROGRESS: StocktakeColumn = Column {
    title: |t| t.stocktakes.progress,
    width: Width::Fixed(104.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |row, ui, cell| {
        cell.text(ui, &format!("{} / {}", quantity(row.counted), quantity(row.lines)));
    },
};
const DIFFERING: StocktakeColumn = Column {
    title: |t| t.stocktakes.differing,
    width: Width::Fixed(72.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |row, ui, cell| {
        if row.hides_figures() || row.differing == 0 {
            cell.muted(ui, "—");
        } else {
            cell.strong(ui, &fill(cell.texts.stocktakes.lines_differ, &[&quantity(row.differing)]), cell.p.tone(Tone::Orange).fg);
        }
    },
};
const PERSON: StocktakeColumn = Column {
    title: |t| t.stocktakes.person,
    width: Width::Fixed(80.0),
    align: Align::Min,
    sort: None,
    narrow: true,
    cell: |row, ui, cell| {
        cell.muted(ui, &row.created_by_name);
    },
};
const TIME: StocktakeColumn = Column {
    title: |t| t.stocktakes.time,
    width: Width::Fixed(104.0),
    align: Align::Min,
    sort: Some(StocktakeSort::Begun),
    narrow: false,
    cell: |row, ui, cell| {
        cell.muted(ui, &cell.data.moment(row.created_at));
    },
};
const STATUS: StocktakeColumn = Column {
    title: |t| t.stocktakes.status,
    width: Width::Fixed(88.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cell| {
        stocktake_chip(ui, cell.texts.lang, row.status);
    },
};

const COLUMNS: &[StocktakeColumn] = &[NUMBER, SCOPE, PROGRESS, DIFFERING, PERSON, TIME, STATUS];
