//! Several processes on one file, and processes that are killed: this program of tests starts itself again as a terminal that moves stock.

#![expect(clippy::print_stdout, reason = "the worker speaks over its standard output, and the test says what it measured")]

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use zhanggui::database::Wait;
use zhanggui::models::choice::MovementType;
use zhanggui::models::stock::StockChange;
use zhanggui::models::{Error, ProductId};
use zhanggui::services::check::{Depth, run_unattended};
use zhanggui::services::{Desk, Setup, auth, products, stock};

use crate::fixture::Fixture;
use crate::scale::scaled;

/// Tells a process which file it works on; without it the worker does nothing.
const FILE: &str = "ZHANGGUI_TEST_FILE";
/// How long a mover moves, in seconds; for ever where it is not given.
const SECONDS: &str = "ZHANGGUI_TEST_SECONDS";

/// Runs in a process of its own: pieces in, one by one, each told on the standard output once it is confirmed.
#[test]
#[ignore = "a worker: started by the tests of this file"]
fn worker() {
    let Ok(path) = std::env::var(FILE) else { return };
    let seconds = std::env::var(SECONDS).ok().and_then(|seconds| seconds.parse().ok());
    let end = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let mut desk = Desk::open(path.as_ref(), Wait::Window, Setup::program()).unwrap();
    auth::act_as(&mut desk, "admin").unwrap();
    let change = StockChange { product: ProductId(1), kind: MovementType::In, quantity: 1, notes: None };
    while end.is_none_or(|end| Instant::now() < end) {
        let began = Instant::now();
        let outcome = loop {
            match stock::update(&mut desk, &change) {
                // As the window does: tried again, up to 30 s, before anybody hears of it.
                Err(Error::Busy) if began.elapsed() < Duration::from_secs(30) => {}
                outcome => break outcome.unwrap(),
            }
        };
        println!("confirmed {} {}", outcome.after, began.elapsed().as_millis());
    }
}

pub fn start(f: &Fixture, seconds: Option<u64>) -> (Child, BufReader<ChildStdout>) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "processes::worker", "--ignored", "--nocapture"]).env(FILE, f.path()).stdout(Stdio::piped()).stderr(Stdio::null());
    match seconds {
        Some(seconds) => command.env(SECONDS, seconds.to_string()),
        None => command.env_remove(SECONDS),
    };
    let mut child = command.spawn().unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    (child, out)
}

/// Stock and waiting time of a line the worker wrote.
pub fn confirmed(line: &str) -> Option<(i64, u64)> {
    let mut words = line.split_once("confirmed ")?.1.split(' ');
    Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?))
}

#[test]
fn four_processes_move_one_product_and_nothing_is_lost() {
    let mut f = Fixture::new();
    let product = f.product("A", 100, 0);
    let seconds = scaled(2, 60);
    let workers: Vec<_> = (0..4).map(|_| start(&f, Some(seconds))).collect();
    let (mut moved, mut longest) = (0, 0);
    for (mut child, out) in workers {
        for (_, waited) in out.lines().map_while(Result::ok).filter_map(|line| confirmed(&line)) {
            moved += 1;
            longest = longest.max(waited);
        }
        assert!(child.wait().unwrap().success(), "a worker saw an error");
    }
    println!("{moved} movements in {seconds} s by 4 processes, the longest wait {longest} ms");
    assert!(moved > 100, "{moved}");
    assert_eq!(products::get(&f.desk, product).unwrap().stock, moved);
    assert_eq!(f.figure("SELECT COUNT(*) FROM stock_movements"), moved);
}

#[test]
fn what_was_confirmed_survives_a_kill_at_any_moment() {
    let mut f = Fixture::new();
    let product = f.product("A", 100, 0);
    let mut told = 0;
    for round in 0..scaled(6, 40) {
        let (mut child, out) = start(&f, None);
        let mut lines = out.lines();
        let mut left = 3 + round % 12 * 7;
        while let Some(Ok(line)) = lines.next() {
            if let Some((after, _)) = confirmed(&line) {
                told = after;
                left -= 1;
            }
            if left == 0 {
                // SIGKILL: nothing is flushed, nothing is closed.
                child.kill().unwrap();
                child.wait().unwrap();
            }
        }
        // What was still in the pipe was confirmed too.
        let stands = products::get(&f.desk, product).unwrap().stock;
        assert!(stands >= told, "round {round}: {told} was confirmed, {stands} stands");
        assert_eq!(f.figure("SELECT COALESCE(SUM(quantity), 0) FROM stock_movements"), stands);
        assert!(run_unattended(&f.another_desk(), Depth::Full, |_, _| true).unwrap().is_good(), "round {round}");
    }
    assert!(told >= 6);
}
