//! What a page has read: when it is read again, and when not.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use zhanggui::i18n::Lang;
use zhanggui::jobs::Wake;
use zhanggui::jobs::list::Jobs;
use zhanggui::jobs::printing::Spooler;
use zhanggui::models::choice::Module;
use zhanggui::models::rights::{ModuleRights, Rights, Verb};
use zhanggui::models::{Error, Result};
use zhanggui::ui::context::{Cached, Context, Data, Plans};
use zhanggui::ui::pictures::Pictures;
use zhanggui::ui::theme::Look;
use zhanggui::ui::widgets::toast::Toasts;

use crate::fixture::Fixture;

/// Calls `body` with what a page is given, as often as it likes; how often the window was woken.
fn with_context(f: &mut Fixture, rights: &Rights, body: impl FnOnce(&mut Context<'_>)) -> usize {
    let woken = Arc::new(AtomicUsize::new(0));
    let counter = woken.clone();
    let wake: Wake = Arc::new(move || _ = counter.fetch_add(1, Ordering::Relaxed));
    let session = f.desk.session().cloned().unwrap();
    let config = f.desk.config().unwrap();
    let (revision, now) = (f.desk.revision(), f.desk.clock().now());
    let (mut look, mut toasts, mut notices, pictures) = (Look::default(), Toasts::default(), Vec::new(), Pictures::default());
    let mut jobs = Jobs::new(wake.clone(), Spooler::default());
    body(&mut Context {
        desk: &mut f.desk,
        t: Lang::ZhCn.texts(),
        lang: Lang::ZhCn,
        look: &mut look,
        session: &session,
        config: &config,
        rights,
        toasts: &mut toasts,
        jobs: &mut jobs,
        notices: &mut notices,
        revision,
        now,
        today: now.day(config.zone),
        wake: &wake,
        pictures: &pictures,
        plans: &mut Plans::default(),
        data: Data::Own,
        avatar: None,
        go: None,
        asked: None,
        wish: None,
    });
    woken.load(Ordering::Relaxed)
}

#[test]
fn a_busy_file_is_read_again_on_the_next_frame() {
    let mut f = Fixture::new();
    let woken = with_context(&mut f, &Rights::NONE, |cx| {
        let mut cached: Cached<(), i64> = Cached::default();
        assert_eq!(cached.get(cx, &(), |_, ()| Err(Error::Busy)), &Err(Error::Busy));
        assert_eq!(cached.get(cx, &(), |_, ()| Ok(7)), &Ok(7));
        cached.forget();
        assert_eq!(cached.get(cx, &(), |_, ()| Err(Error::Busy)), &Ok(7), "what was known stays");
        assert_eq!(cached.get(cx, &(), |_, ()| Ok(8)), &Ok(8));
    });
    assert_eq!(woken, 2);
}

#[test]
fn a_refusal_stands_until_query_or_rights_change() {
    let mut f = Fixture::new();
    let refusal: Result<i64> = Err(Error::Denied { module: Module::Sales, verb: Verb::View });
    let mut cached: Cached<u8, i64> = Cached::default();
    with_context(&mut f, &Rights::NONE, |cx| _ = cached.get(cx, &1, |_, _| refusal.clone()));
    f.customer("甲");
    with_context(&mut f, &Rights::NONE, |cx| {
        assert_eq!(cached.get(cx, &1, |_, _| panic!("asked again")), &refusal);
        assert_eq!(cached.get(cx, &2, |_, _| Ok(2)), &Ok(2));
        _ = cached.get(cx, &1, |_, _| refusal.clone());
    });
    let mut more = Rights::NONE;
    more.set(Module::Sales, ModuleRights { view: true, ..ModuleRights::NONE });
    f.customer("乙");
    with_context(&mut f, &more, |cx| assert_eq!(cached.get(cx, &1, |_, _| Ok(3)), &Ok(3)));
}
