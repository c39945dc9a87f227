//! S1: every command of every module, given by every kind of caller; every cell of the rights, flipped both ways.

use zhanggui::models::choice::{Module, Role};
use zhanggui::models::error::Code;
use zhanggui::models::matrix::{Cell, Matrix, Value};
use zhanggui::models::rights::{Command, Need, Verb};
use zhanggui::models::session::{Mode, Session};
use zhanggui::services::{Desk, permissions};

use crate::commands::{ANYONE, Company, MATRIX, OWN, company};

/// Who gives a command.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Caller {
    Nobody,
    Locked(Role),
    Disabled(Role),
    /// Signed in before a restore.
    OfAnotherEpoch,
    MustChangePassword(Role),
    /// Did not give his password again for what asks for it.
    Unconfirmed(Role),
    Full(Role),
    Terminal(Role),
}

fn callers() -> Vec<Caller> {
    let mut callers = vec![Caller::Nobody, Caller::Locked(Role::Admin), Caller::Locked(Role::Employee), Caller::OfAnotherEpoch];
    callers.extend([Caller::Disabled(Role::Admin), Caller::Disabled(Role::Sales)]);
    callers.extend([Caller::MustChangePassword(Role::Admin), Caller::MustChangePassword(Role::Manager)]);
    callers.extend(Role::ALL.iter().map(|role| Caller::Unconfirmed(*role)));
    callers.extend(Role::ALL.iter().map(|role| Caller::Full(*role)));
    callers.extend(Role::ALL.iter().map(|role| Caller::Terminal(*role)));
    callers
}

/// The caller's desk. Each one's account is his own, so that the administrator's stays as it is.
fn desk_of(company: &Company, caller: Caller) -> Desk {
    let f = &company.f;
    let (role, name) = match caller {
        Caller::Nobody => return f.another_desk(),
        Caller::OfAnotherEpoch => (Role::Admin, "epoch"),
        Caller::Locked(role) => (role, "locked"),
        Caller::Disabled(role) => (role, "disabled"),
        Caller::MustChangePassword(role) => (role, "once"),
        Caller::Unconfirmed(role) => (role, "again"),
        Caller::Full(role) => (role, "full"),
        Caller::Terminal(role) => (role, "terminal"),
    };
    let id = f.user(name, role);
    let mut desk = f.signed_in(name);
    let session = desk.session().unwrap().clone();
    match caller {
        Caller::Locked(_) => desk.resume(Some(Session { locked: true, ..session })),
        Caller::OfAnotherEpoch => desk.resume(Some(Session { epoch: session.epoch - 1, ..session })),
        Caller::Unconfirmed(_) => desk.resume(Some(Session { confirmed_at: None, ..session })),
        Caller::Terminal(_) => desk.resume(Some(Session { mode: Mode::Terminal, ..session })),
        Caller::Disabled(_) => _ = f.sql(&format!("UPDATE users SET status = 'inactive' WHERE id = {id}")).unwrap(),
        Caller::MustChangePassword(_) => _ = f.sql(&format!("UPDATE users SET must_change_password = 1 WHERE id = {id}")).unwrap(),
        Caller::Nobody | Caller::Full(_) => {}
    }
    desk
}

/// What remains at the terminal: stock, and orders to look at (rulings §15).
fn at_terminal(name: &str) -> bool {
    // A file is looked into by who may import it, which takes rights on its module.
    if ["preview_import", "get_import_errors"].contains(&name) {
        return false;
    }
    let Need::Rights(needed) = command(name).info().need else { return true };
    needed.iter().all(|(module, verb)| *module == Module::Inventory || (*module, *verb) == (Module::Sales, Verb::View))
}

fn command(name: &str) -> Command {
    *Command::ALL.iter().find(|command| command.info().name == name).unwrap_or_else(|| panic!("{name} is no command"))
}

/// The refusal a caller meets, if any.
fn expected(caller: Caller, name: &str, roles: &[Role]) -> Option<Code> {
    let by_role = |role: Role| (!roles.contains(&role)).then_some(Code::Denied);
    match caller {
        Caller::Nobody | Caller::Locked(_) | Caller::Disabled(_) | Caller::OfAnotherEpoch => Some(Code::NotSignedIn),
        Caller::MustChangePassword(_) if ["change_password", "get_current_user", "logout"].contains(&name) => None,
        Caller::MustChangePassword(_) => Some(Code::NotSignedIn),
        Caller::Unconfirmed(role) => by_role(role).or(command(name).asks_password().then_some(Code::BadCredentials)),
        Caller::Full(role) => by_role(role),
        Caller::Terminal(_) if !at_terminal(name) => Some(Code::Denied),
        Caller::Terminal(role) => by_role(role),
    }
}

#[test]
fn every_command_answers_every_caller_as_the_rulings_say() {
    for caller in callers() {
        let company = company();
        let mut desk = desk_of(&company, caller);
        for (name, roles, deed) in MATRIX.iter().copied().chain(OWN.iter().map(|(name, deed)| (*name, Role::ALL, *deed))) {
            let before = company.f.state();
            let logged = company.f.logged();
            let outcome = deed(&company, &mut desk).map_err(|error| error.code());
            match expected(caller, name, roles) {
                Some(code) => {
                    assert_eq!(outcome, Err(code), "{caller:?} {name}");
                    assert_eq!(company.f.state(), before, "{caller:?} {name} changed something");
                    let denied = i64::from(code == Code::Denied);
                    assert_eq!(company.f.logged() - logged, denied, "{caller:?} {name}: only a denial is logged");
                }
                None => assert!(!matches!(outcome, Err(Code::Denied | Code::NotSignedIn)), "{caller:?} {name}: {outcome:?}"),
            }
        }
        for (name, deed) in ANYONE {
            let outcome = deed(&company, &mut desk).map_err(|error| error.code());
            assert!(!matches!(outcome, Err(Code::Denied | Code::NotSignedIn)), "{caller:?} {name}: {outcome:?}");
        }
    }
}

#[test]
fn no_command_is_left_out() {
    let named: Vec<&str> = MATRIX.iter().map(|(name, ..)| *name).chain(OWN.iter().chain(ANYONE).map(|(name, _)| *name)).collect();
    let missing: Vec<&str> = Command::ALL.iter().map(|command| command.info().name).filter(|name| !named.contains(name)).collect();
    assert!(missing.is_empty(), "in no table: {missing:?}");
    for name in &named {
        command(name);
        assert_eq!(named.iter().filter(|other| other == &name).count(), 1, "{name} stands twice");
    }
    let needs = |name: &str| command(name).info().need;
    for (name, _) in OWN {
        assert_eq!(needs(name), Need::SignedIn, "{name}");
    }
    for (name, _) in ANYONE {
        assert_eq!(needs(name), Need::Anyone, "{name}");
    }
}

/// Public functions on a desk that are no commands: what the entrance needs before anyone is signed in, what headless commands and the
/// demo do for who is at the file anyway, and parts of a command that check its right themselves.
const NO_COMMANDS: &[&str] = &[
    "auth::is_first_run",
    "auth::act_as",
    "auth::remembered_username",
    "auth::remember_username",
    "backup::automatic",
    "backup::create_unattended",
    "backup::folder",
    "backup::is_due",
    "check::run_unattended",
    "demo::create",
    "imports::import",
    "products::last_price",
    "stocktakes::place",
];

#[test]
fn every_public_function_on_a_desk_is_a_command() {
    let commands: Vec<&str> = Command::ALL.iter().map(|command| command.info().function).collect();
    let mut strangers = Vec::new();
    for entry in std::fs::read_dir("src/services").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "rs") || path.file_stem().is_some_and(|stem| stem == "desk") {
            continue;
        }
        let area = path.file_stem().unwrap().to_string_lossy().into_owned();
        let source = std::fs::read_to_string(&path).unwrap();
        for part in source.split("\npub fn ").skip(1) {
            let name = part.split(['(', '<']).next().unwrap();
            let signature = part.split(" {\n").next().unwrap();
            let full = format!("{area}::{name}");
            if signature.contains("Desk")
                && !signature.contains("DeskKey")
                && !commands.contains(&full.as_str())
                && !NO_COMMANDS.contains(&full.as_str())
            {
                strangers.push(full);
            }
        }
    }
    assert!(strangers.is_empty(), "no commands, and not known as such: {strangers:?}");
}

/// Gives the command and says whether it was denied.
fn is_denied(company: &Company, desk: &mut Desk, deed: crate::commands::Deed) -> bool {
    deed(company, desk).is_err_and(|error| error.code() == Code::Denied)
}

#[test]
fn every_cell_flipped_both_ways_counts_from_the_next_command() {
    // Scopes, and what deletes the records the others need, have tests of their own.
    let rows: Vec<_> =
        MATRIX.iter().filter(|(name, ..)| !["update_permissions", "reset_permissions", "reset_password", "delete_user"].contains(name)).collect();
    for role in [Role::Manager, Role::Employee] {
        let mut company = company();
        let mut desk = company.f.as_role(role);
        for cell in Cell::ALL {
            let Cell::May(module, verb) = cell else { continue };
            let mut matrix = Matrix::DEFAULT;
            matrix.toggle(role, cell);
            for now in [matrix, Matrix::DEFAULT] {
                let version = permissions::get(&company.f.desk).unwrap().version;
                permissions::update(&mut company.f.desk, version, &now).unwrap();
                assert_eq!(desk.rights().unwrap(), *now.of(role), "{role:?} {cell:?}");
                for (name, _, deed) in &rows {
                    let Need::Rights(needed) = command(name).info().need else { continue };
                    if !needed.contains(&(module, verb)) {
                        continue;
                    }
                    let may = needed.iter().all(|(module, verb)| now.value(role, Cell::May(*module, *verb)) == Value::Yes);
                    assert_eq!(is_denied(&company, &mut desk, *deed), !may, "{role:?} {cell:?} {name}");
                }
            }
        }
    }
}
