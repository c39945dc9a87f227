//! Long jobs: two of the same are refused, a cancelled one leaves nothing, others do not see them, and the window asks before it closes.

use std::sync::Arc;

use egui::{Key, Modifiers, ViewportEvent, ViewportId};
use zhanggui::jobs::Job;
use zhanggui::jobs::list::{JobId, Jobs, Meter, Outcome, State, Task};
use zhanggui::jobs::printing::Spooler;
use zhanggui::models::error::Refusal;
use zhanggui::models::import::{ImportKind, ImportOptions};
use zhanggui::models::*;
use zhanggui::services::{Desk, imports};

use crate::fixture::Fixture;
use crate::window::Window;

fn jobs() -> Jobs {
    Jobs::new(Arc::new(|| {}), Spooler::default())
}

fn file(rows: usize) -> Vec<u8> {
    let rows: String = (0..rows).map(|n| format!("P{n},螺栓 {n},3.80,90\n")).collect();
    format!("SKU,产品名称,售价,库存\n{rows}").into_bytes()
}

fn import(rows: usize) -> impl FnOnce(&mut Desk, &Meter) -> Result<Outcome> + Send + 'static {
    let file = file(rows);
    move |desk, meter| {
        let report = imports::products(desk, &file, &ImportOptions::new("p.csv"), |done, of| meter.step(done, of))?;
        Ok(Outcome::Imported(Box::new(report)))
    }
}

fn task() -> Task {
    Task::Import { kind: ImportKind::Products, file: "p.csv".into(), dry_run: false }
}

/// Waits until the job has ended.
fn end(jobs: &mut Jobs, id: JobId) -> State {
    while !jobs.poll().contains(&id) {
        std::thread::yield_now();
    }
    jobs.get(id).unwrap().state.clone()
}

#[test]
fn a_job_that_panics_wakes_the_window_and_says_so() {
    let (woken, wakes) = std::sync::mpsc::channel();
    let job: Job<()> = Job::start("broken", Arc::new(move || woken.send(()).unwrap()), || panic!("a bug"));
    wakes.recv_timeout(std::time::Duration::from_secs(20)).expect("the window is woken");
    assert!(matches!(job.poll(), Some(Err(Error::Internal(_)))));
}

#[test]
fn two_imports_of_one_kind_do_not_run_side_by_side_and_a_cancelled_one_leaves_nothing() {
    let f = Fixture::new();
    let mut jobs = jobs();
    let first = jobs.start(&f.desk, task(), import(100_000)).unwrap();
    let again = jobs.start(&f.desk, Task::Import { kind: ImportKind::Products, file: "q.csv".into(), dry_run: true }, import(1));
    assert_eq!(again, Err(Refusal::JobRunning.into()));
    while jobs.get(first).unwrap().progress().done == 0 {
        std::thread::yield_now();
    }
    jobs.cancel(first);
    assert!(jobs.get(first).unwrap().is_stopping());
    assert_eq!(end(&mut jobs, first), State::Cancelled);
    assert_eq!(f.text("SELECT CAST(COUNT(*) AS TEXT) FROM products"), "0");
    let next = jobs.start(&f.desk, task(), import(3)).unwrap();
    assert!(matches!(end(&mut jobs, next), State::Done(Outcome::Imported(report)) if report.created == 3));
}

#[test]
fn a_job_is_for_who_started_it_and_ends_with_its_error() {
    let f = Fixture::new();
    let mut jobs = jobs();
    let user = f.desk.session().unwrap().user;
    let id = jobs.start(&f.desk, task(), |_, _| Err(Error::Internal("broken".into()))).unwrap();
    assert_eq!(end(&mut jobs, id), State::Failed(Error::Internal("broken".into())));
    assert_eq!(jobs.of(user).count(), 1);
    assert_eq!(jobs.of(UserId(user.0 + 1)).count(), 0);
}

#[test]
fn the_window_asks_before_it_closes_over_a_running_import() {
    let f = Fixture::new();
    let path = f.path().with_file_name("products.csv");
    std::fs::write(&path, file(100_000)).unwrap();
    let mut window = Window::of(&f);
    window.page("产品库存");
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    window.type_text(&path.display().to_string());
    window.key(Key::Enter);
    window.wait_for("共 100,000 行");
    window.0.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.wait_for("正在试导入");
    window.0.input_mut().viewports.entry(ViewportId::ROOT).or_default().events.push(ViewportEvent::Close);
    window.0.step();
    window.0.input_mut().viewports.entry(ViewportId::ROOT).or_default().events.clear();
    window.wait_for("还有 1 个任务正在进行");
    window.click("取消任务并关闭");
    assert_eq!(f.text("SELECT CAST(COUNT(*) AS TEXT) FROM products"), "0");
}
