//! R5: random sequences of commands, clock jumps and restarts included, against a model in memory. After each one the answer is the model's, refusal
//! and figures included, and so is every figure in the file; after each sequence `check` holds.

#![expect(clippy::print_stdout, reason = "the test says what it did")]

mod counts;
mod figures;
mod files;
mod next;
mod next_papers;
mod next_records;
mod offers;
mod picks;
mod plans;
mod program;
mod records;
mod sales;
mod shop;
mod steps;

use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{TestRng, TestRunner};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};
use zhanggui::models::choice::CreditCheck;
use zhanggui::models::*;

use self::next::Focus;
use self::program::Program;
use self::shop::{Shop, Told};
use self::steps::Step;
use crate::scale::{is_long, scaled};

/// Pieces on the shelves of the prepared file.
const STOCK: [i64; 4] = [60, 25, 8, 0];
/// Owner and credit limit in fen of its customers.
const CUSTOMERS: [(Option<usize>, Option<i64>); 4] = [(None, None), (Some(2), Some(3000)), (Some(3), Some(500)), (Some(2), None)];

#[test]
fn any_sequence_of_commands_does_what_the_model_says() {
    let (cases, length) = scaled((192, 40), (2000, 50));
    let settings =
        ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 2000, max_local_rejects: 1_000_000, ..ProptestConfig::default() };
    // The plain run is the same each time; the long one looks further.
    let same = || TestRunner::new_with_rng(settings.clone(), TestRng::deterministic_rng(settings.rng_algorithm));
    let mut runner = if is_long() { TestRunner::new(settings.clone()) } else { same() };
    let outcome = runner.run(&Shop::sequential_strategy(length), |(shop, steps, seen)| {
        Program::test_sequential(settings.clone(), shop, steps, seen);
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    SAID.with_borrow(|said| {
        for ((step, answer), count) in said {
            println!("{step} {answer} {count}");
        }
        let seen = |kind: &str, is_done: bool| -> usize {
            said.iter().filter(|((step, answer), _)| step == kind && (answer == "done") == is_done).map(|(_, count)| count).sum()
        };
        for kind in KINDS {
            let (done, refused) = (seen(kind, true), seen(kind, false));
            assert!(done >= 10 && refused >= 5, "{kind} done {done} times, refused {refused}: the test would say little of it");
        }
        for (note, is_done) in NOTES {
            assert!(seen(note, is_done) >= 3, "{note}: seen {} times", seen(note, is_done));
        }
        for refusal in [
            "Shortage",
            "Overpaid",
            "RefundTooLarge",
            "OverCreditLimit",
            "UnpaidShipment",
            "LinesFixed",
            "Denied",
            "NotFound",
            "Conflict",
            "StockMoved",
            "CountedMeanwhile",
            "QuoteFixed",
            "QuoteStatusChange",
            "QuoteTurned",
            "NotInOrder",
            "PickedEnough",
            "NotShipped",
            "ReturnTooLarge",
            "NothingPlanned",
            "Rows",
        ] {
            assert!(said.keys().any(|(_, answer)| answer == refusal), "nothing was refused as {refusal}");
        }
    });
}

/// Steps that are to be done and to be refused a few times at least.
const KINDS: [&str; 30] = [
    "Order",
    "OrderOfQuote",
    "Change",
    "Pay",
    "Refund",
    "Cancel",
    "Ship",
    "Complete",
    "Return",
    "ReturnOfSeveral",
    "Stock",
    "Reverse",
    "Count",
    "Post",
    "Pick",
    "PutBack",
    "Quote",
    "ChangeQuote",
    "DecideQuote",
    "CopyQuote",
    "RemoveProduct",
    "ChangeProduct",
    "HandOver",
    "ChangeCustomer",
    "FollowUp",
    "CorrectFollowup",
    "MarkFollowup",
    "ImportProducts",
    "ImportCustomers",
    "ImportOrders",
];
/// What is to be seen a few times, as something done or refused.
const NOTES: [(&str, bool); 9] = [
    ("ordered again after its order was cancelled", true),
    ("an expired quote ordered", true),
    ("a draft whose last day is past is not sent", false),
    ("what was picked is forgotten", true),
    ("a plan ended by a newer follow-up", true),
    ("a cost that one does not see is not overwritten", true),
    ("active again", true),
    ("history came back without a movement", true),
    ("nothing kept of a dry run", true),
];

thread_local! {
    /// How often which kind of step, or what was special about one, was answered how.
    static SAID: RefCell<BTreeMap<(String, String), usize>> = const { RefCell::new(BTreeMap::new()) };
}

fn count(step: &Step, said: &Result<Told>, notes: &[&str]) {
    let word = |text: String| text.split([' ', '(', '{']).next().unwrap_or_default().to_owned();
    let answer = match said {
        Ok(_) => "done".to_owned(),
        Err(Error::Refused(refusal)) => word(format!("{refusal:?}")),
        Err(error) => word(format!("{error:?}")),
    };
    let kind = match step {
        Step::Order { quote: Some(_), .. } => "OrderOfQuote".to_owned(),
        Step::Change { lines: None, .. } => "Annotate".to_owned(),
        Step::Return { lines, .. } if lines.len() > 1 => "ReturnOfSeveral".to_owned(),
        step => word(format!("{step:?}")),
    };
    let dry = (step.is_dry() && said.is_ok()).then_some("nothing kept of a dry run");
    SAID.with_borrow_mut(|said| {
        for of in std::iter::once(kind).chain(notes.iter().copied().chain(dry).map(str::to_owned)) {
            *said.entry((of, answer.clone())).or_default() += 1;
        }
    });
}

impl ReferenceStateMachine for Shop {
    type State = Shop;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Shop> {
        let focus = select(vec![Focus::Orders, Focus::Orders, Focus::Quotes, Focus::Shelves, Focus::Records]);
        let settings = (any::<bool>(), any::<bool>(), select(CreditCheck::ALL));
        (focus, settings).prop_map(|(focus, settings)| Shop::prepared(focus, &STOCK, &CUSTOMERS, settings)).boxed()
    }

    fn transitions(shop: &Shop) -> BoxedStrategy<Step> {
        next::next(shop)
    }

    fn preconditions(shop: &Shop, step: &Step) -> bool {
        step.is_possible(shop)
    }

    fn apply(shop: Shop, step: &Step) -> Shop {
        shop.after(step)
    }
}
