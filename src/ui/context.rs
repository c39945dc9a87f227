//! What every page is given: the desk, texts, rights, notices and the way to other pages; and `Cached`, which asks only when something moved.

use std::path::PathBuf;

use crate::i18n::{Lang, Texts, fill};
use crate::jobs::Wake;
use crate::jobs::list::{JobId, Jobs};
use crate::models::choice::Module;
use crate::models::config::Config;
use crate::models::followup::Reminders;
use crate::models::order::Crossing;
use crate::models::picture::PictureName;
use crate::models::rights::{Rights, Verb};
use crate::models::session::Session;
use crate::models::{Day, Error, Result, Timestamp, UserId, Zone};
use crate::services::{Desk, Revision};
use crate::ui::fetched::Fetched;
use crate::ui::icons;
use crate::ui::pictures::{Album, Pictures};
use crate::ui::route::Route;
use crate::ui::theme::{Look, Tone};
use crate::ui::widgets::toast::{Toast, Toasts};

/// A line behind the bell.
#[derive(Clone, Debug)]
pub struct Notice {
    pub text: String,
    pub at: Timestamp,
    pub route: Route,
}

/// What the link of a notice asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Follow {
    Go(Route),
    OpenFile(PathBuf),
    OpenFolder(PathBuf),
    Cancel(JobId),
}

impl From<Route> for Follow {
    fn from(route: Route) -> Follow {
        Follow::Go(route)
    }
}

/// What a page asks the frame around it for, beside another page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    ChangePassword,
    ChangeAvatar,
    SetPin,
    Lock,
}

/// Whose data the window shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Data {
    /// The person's own file.
    Own,
    /// A throw-away demo, whose password is no secret.
    Demo,
    /// A throw-away demo over the own file's window, which waits behind it.
    Visit,
}

impl Data {
    pub fn is_demo(self) -> bool {
        self != Data::Own
    }
}

/// A person's plans up to the end of a day.
pub type Plans = Fetched<(UserId, Day), Reminders>;

/// Given to a page for one frame.
pub struct Context<'a> {
    pub desk: &'a mut Desk,
    pub t: &'static Texts,
    pub lang: Lang,
    /// Theme, language and the like; what a page writes here counts from the next frame.
    pub look: &'a mut Look,
    pub session: &'a Session,
    pub config: &'a Config,
    pub rights: &'a Rights,
    pub toasts: &'a mut Toasts<Follow>,
    /// Long work beside the window.
    pub jobs: &'a mut Jobs,
    pub notices: &'a mut Vec<Notice>,
    pub revision: Revision,
    pub now: Timestamp,
    pub today: Day,
    pub wake: &'a Wake,
    pub pictures: &'a Pictures,
    /// One's own plans, read by the window for everyone who shows them.
    pub plans: &'a mut Plans,
    pub data: Data,
    /// The picture of the signed-in person.
    pub avatar: Option<&'a PictureName>,
    /// Where a page asked to go; the shell goes there after the frame, or asks first where a draft is open.
    pub go: Option<Route>,
    /// What else a page asked the shell for: a file to be opened.
    pub asked: Option<Follow>,
    /// A dialog of the frame that a page asked for.
    pub wish: Option<Wish>,
}

impl Context<'_> {
    pub fn zone(&self) -> Zone {
        self.config.zone
    }

    /// Asks the shell to do this after the frame.
    pub fn follow(&mut self, follow: Follow) {
        self.asked = Some(follow);
    }

    /// What pictures are drawn from.
    pub fn album(&self) -> Album {
        self.pictures.album(self.desk.key(), self.wake)
    }

    /// Whether the person may do this; services check again.
    pub fn may(&self, module: Module, verb: Verb) -> bool {
        self.rights.allows(module, verb)
    }

    /// Why a button is disabled, or nothing where the person may.
    pub fn why_not(&self, module: Module, verb: Verb) -> Option<String> {
        let t = &self.t.shell;
        (!self.may(module, verb)).then(|| fill(t.no_right, &[&self.lang.module(module), &self.lang.verb(verb)]))
    }

    /// An error that belongs to no field and no page: a notice that stays until it is closed.
    pub fn report(&mut self, error: &Error) {
        self.toasts.push(Toast::error(self.lang.sentence(error), ""));
    }

    /// A success, with a link to the record where there is one.
    pub fn done(&mut self, text: impl Into<String>, record: Option<Route>) {
        let toast = Toast::success(text);
        self.toasts.push(match record {
            Some(route) => toast.action(self.t.shell.open, route),
            None => toast,
        });
    }

    /// Products that fell to their threshold: a toast and a line behind the bell each (rulings §5).
    pub fn warn_of_crossings(&mut self, crossings: &[Crossing]) {
        for crossing in crossings {
            let title = fill(self.t.shell.stock_low, &[&crossing.name]);
            let body = fill(self.t.shell.stock_low_figures, &[&crossing.stock, &crossing.unit, &crossing.threshold]);
            let route = Route::Product(crossing.product);
            self.notices.insert(0, Notice { text: format!("{title} · {body}"), at: self.now, route });
            let mut toast = Toast::new(Tone::Orange, title).body(body).action(self.t.shell.open, route);
            toast.icon = Some(icons::PACKAGE);
            self.toasts.push(toast);
        }
        self.notices.truncate(50);
    }
}

/// What a result was read for.
pub(super) struct Asked<Q> {
    pub(super) query: Q,
    revision: Revision,
    rights: Rights,
}

impl<Q: Clone + PartialEq> Asked<Q> {
    /// This query as things are now.
    pub(super) fn now(cx: &Context<'_>, query: &Q) -> Asked<Q> {
        Asked { query: query.clone(), revision: cx.revision, rights: *cx.rights }
    }

    /// Whether what came of it need not be read again. A refusal stands until the rights change: its own log row moves the revision.
    pub(super) fn stands<T>(&self, cx: &Context<'_>, query: &Q, result: &Result<T>) -> bool {
        let refused = matches!(result, Err(Error::Denied { .. })) && self.rights == *cx.rights;
        self.query == *query && (self.revision == cx.revision || refused)
    }
}

/// A result kept until its query or the file changes. While the file is locked the old result stays.
pub struct Cached<Q, T> {
    asked: Option<Asked<Q>>,
    result: Option<Result<T>>,
}

impl<Q, T> Default for Cached<Q, T> {
    fn default() -> Self {
        Cached { asked: None, result: None }
    }
}

impl<Q: Clone + PartialEq, T> Cached<Q, T> {
    /// The result of this query, read again only where the query or the revision moved.
    pub fn get(&mut self, cx: &Context<'_>, query: &Q, load: impl FnOnce(&Desk, &Q) -> Result<T>) -> &Result<T> {
        if !self.is_current(cx, query) {
            let loaded = load(cx.desk, query);
            if loaded.as_ref().is_err_and(|error| *error == Error::Busy) {
                // Asked again on the next frame.
                (cx.wake)();
            } else {
                self.result = Some(loaded);
                self.asked = Some(Asked::now(cx, query));
            }
        }
        self.result.get_or_insert(Err(Error::Busy))
    }

    /// Whether this query need not be read again.
    pub fn is_current(&self, cx: &Context<'_>, query: &Q) -> bool {
        self.asked.as_ref().zip(self.result.as_ref()).is_some_and(|(asked, result)| asked.stands(cx, query, result))
    }

    /// The outcome of what was read last.
    pub fn result(&self) -> Option<&Result<T>> {
        self.result.as_ref()
    }

    /// What was read last.
    pub fn last(&self) -> Option<&T> {
        self.result.as_ref().and_then(|result| result.as_ref().ok())
    }

    /// Forgets the result: F5.
    pub fn forget(&mut self) {
        self.asked = None;
    }
}
