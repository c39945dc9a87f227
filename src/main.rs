//! 掌柜: reads the command line, then opens the window or runs one headless command.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use zhanggui::app::{self, Opening, Start};
use zhanggui::cli::{self, Request};
use zhanggui::i18n::Lang;
use zhanggui::jobs::printing::Spooler;
use zhanggui::models::Result;
use zhanggui::services::demo::{self, DemoSize};
use zhanggui::services::{Desk, Setup, Wait, auth, operators};
use zhanggui::ui::theme::ThemeChoice;

fn main() -> ExitCode {
    let (lang, request) = cli::parse(std::env::args_os().skip(1));
    let code = match request {
        Ok(Request::Window { db, lang: chosen, demo, terminal }) => window(db, lang, chosen, demo, terminal),
        Ok(request) => cli::run(lang, request),
        Err(usage) => cli::refuse(lang, &usage),
    };
    ExitCode::from(code)
}

/// Opens the window; the exit code.
fn window(db: Option<std::path::PathBuf>, lang: Lang, chosen: Option<Lang>, demo: bool, terminal: bool) -> u8 {
    let path = match db.map_or_else(|| cli::default_db(lang), Ok) {
        Ok(path) => path,
        Err(usage) => return cli::refuse(lang, &usage),
    };
    let opening = if demo {
        demo_start(chosen, terminal).map(|start| Opening::Desk(Box::new(start)))
    } else {
        Ok(app::open(path, Setup::program(), chosen, terminal))
    };
    match opening.and_then(app::run) {
        Ok(()) => 0,
        Err(error) => {
            cli::complain(&lang.sentence(&error));
            1
        }
    }
}

/// A throw-away file with demo data, signed in as its administrator; as a terminal, its warehouse keeper is at it.
fn demo_start(lang: Option<Lang>, terminal: bool) -> Result<Start> {
    let folder = tempfile::tempdir().map_err(|error| zhanggui::models::Error::file(&std::env::temp_dir(), &error))?;
    let mut desk = Desk::create(&folder.path().join("demo.db"), Wait::Window, Setup::program())?;
    demo::create(&mut desk, DemoSize::WINDOW, 1, |_, _| true)?;
    if terminal {
        auth::act_as(&mut desk, "warehouse")?;
        operators::enter_terminal(&mut desk)?;
    } else {
        auth::act_as(&mut desk, "admin")?;
    }
    Ok(Start { desk, lang, theme: ThemeChoice::System, terminal, spooler: Spooler::default(), demo: Some(folder) })
}
