//! R1: processes killed at random moments. What they told is there with the figures told; of what they did not tell, at most the one command
//! that was under way, whole or not at all.

#![expect(clippy::print_stdout, reason = "the test says what it measured")]

use std::time::{Duration, Instant};

use zhanggui::services::check::{Depth, run_unattended};

use crate::fixture::open;
use crate::hands::{Running, Said, shop};
use crate::scale::scaled;
use crate::told::{Facts, facts};

/// Takes up so many of what it says, waits a moment, kills it, and reads out what was still in the pipe.
fn killed(mut process: Running, says: usize, moment: Duration, told: &mut Facts) -> usize {
    let mut take = |said| match said {
        Said::Told(fact) => assert!(told.insert(fact.clone()), "told twice: {fact}"),
        Said::Refused { code, text } => assert!((4000..5000).contains(&code), "{text}"),
    };
    process.by_ref().take(says).for_each(&mut take);
    let until = Instant::now() + moment;
    while Instant::now() < until {
        std::hint::spin_loop();
    }
    // SIGKILL: nothing is flushed, nothing is closed.
    process.child.kill().unwrap();
    process.by_ref().for_each(take);
    assert!(!process.child.wait().unwrap().success(), "it ended by itself");
    1
}

#[test]
fn what_was_told_survives_a_kill_at_any_moment() {
    let folder = shop().close();
    let path = folder.path().join("crm_erp.db");
    let mut known = facts(&path);
    let mut random = fastrand::Rng::with_seed(20_260_130);
    let (rounds, mut kills, mut deeds, mut untold) = (scaled(14, 220), 0, 0, 0);
    for round in 0..rounds {
        // Alone, its log is recovered by who comes next; of two, the other one goes on with it.
        let workers: Vec<_> = (0..=round % 2).map(|at| Running::start(&path, round * 10 + at, None)).collect();
        let (mut told, under_way) = (Facts::new(), workers.len());
        for worker in workers {
            kills += killed(worker, random.usize(1..=16), Duration::from_micros(random.u64(0..15_000)), &mut told);
        }
        let now = facts(&path);
        let missing: Vec<_> = told.union(&known).filter(|fact| !now.contains(*fact)).collect();
        assert!(missing.is_empty(), "round {round}: lost {missing:?}");
        let further: Vec<_> = now.iter().filter(|fact| !told.contains(*fact) && !known.contains(*fact)).collect();
        assert!(further.len() <= under_way, "round {round}: nobody told of {further:?}");
        let findings = run_unattended(&open(&path), Depth::Full, |_, _| true).unwrap();
        assert!(findings.is_good(), "round {round}: {findings:?}");
        deeds += told.len();
        untold += further.len();
        known = now;
    }
    println!("{kills} kills, {deeds} deeds told and found, {untold} done and not told");
    assert!(deeds > rounds as usize);
}
