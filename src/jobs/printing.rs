//! The system's printers: which there are, and a file sent to one of them. CUPS through its own programs; elsewhere there are none and the
//! PDF is opened in the system's viewer.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use super::{Job, Wake};
use crate::models::{Error, Result};

/// Handing a file over takes longer than asking: a large one goes over the network.
const SENDING: u32 = 20;
/// How often it is looked whether a program has ended.
const STEP: Duration = Duration::from_millis(20);
/// At most so much of what a program says is read, in bytes.
const MOST_SAID: u64 = 64 * 1024;

/// The most copies at once.
pub const MOST_COPIES: u32 = 99;

/// The programs that print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spooler {
    /// Takes a file for a printer.
    pub lp: PathBuf,
    /// Names the printers.
    pub lpstat: PathBuf,
    /// Asking for the printers may take so long: a print server that does not answer counts as none.
    pub patience: Duration,
}

impl Default for Spooler {
    fn default() -> Self {
        Spooler { lp: "lp".into(), lpstat: "lpstat".into(), patience: Duration::from_secs(3) }
    }
}

/// The printers there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printers {
    pub names: Vec<String>,
    /// The system's default, where it is one of them.
    pub default: Option<String>,
}

/// Asks for the printers, beside the window. None where the system has no such programs or they do not answer in time.
pub fn printers(wake: Wake, spooler: &Spooler) -> Job<Printers> {
    let (lpstat, patience) = (spooler.lpstat.clone(), spooler.patience);
    Job::start("printers", wake, move || {
        let ask = |option: &str| run(&lpstat, &[option.as_ref()], patience).ok().filter(|(status, _)| status.success()).map(|(_, said)| said);
        let Some(listed) = ask("-e").filter(|_| cfg!(unix)) else { return Ok(Printers::default()) };
        let names: Vec<String> = listed.lines().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
        // `system default destination: NAME`, in the words of the system's language.
        let default = ask("-d").and_then(|said| said.trim().rsplit([':', '：']).next().map(|name| name.trim().to_owned()));
        let default = default.filter(|name| names.contains(name));
        Ok(Printers { names, default })
    })
}

/// Sends a PDF to a printer, on the thread that calls it; `name` is what the printer's queue calls it.
/// 5002 with what the system said where it was not taken.
pub fn send(spooler: &Spooler, printer: &str, copies: u32, name: &str, pdf: &[u8]) -> Result<()> {
    let failed = |reason: String| Error::Printer { printer: printer.to_owned(), reason };
    // The program has read the file whole when it ends.
    let folder = tempfile::tempdir().map_err(|error| failed(error.to_string()))?;
    let file = folder.path().join(name);
    std::fs::write(&file, pdf).map_err(|error| failed(error.to_string()))?;
    let copies = copies.clamp(1, MOST_COPIES).to_string();
    let words: [&OsStr; 5] = ["-d".as_ref(), printer.as_ref(), "-n".as_ref(), copies.as_ref(), file.as_os_str()];
    match run(&spooler.lp, &words, spooler.patience * SENDING) {
        Ok((status, _)) if status.success() => Ok(()),
        Ok((status, said)) => Err(failed(said.lines().map(str::trim).find(|line| !line.is_empty()).map_or(status.to_string(), str::to_owned))),
        Err(reason) => Err(failed(reason)),
    }
}

/// Runs a program to its end and takes what it said; one that takes longer is ended. Its words go to files: a child of its own that outlives it
/// cannot keep a pipe open.
fn run(program: &Path, words: &[&OsStr], most: Duration) -> std::result::Result<(ExitStatus, String), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", program.display());
    let (said, complained) = (tempfile::tempfile().map_err(failed)?, tempfile::tempfile().map_err(failed)?);
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::null()).stdout(said.try_clone().map_err(failed)?).stderr(complained.try_clone().map_err(failed)?);
    let mut child = command.spawn().map_err(failed)?;
    let begun = Instant::now();
    // A channel that nobody writes to: waiting, and no more.
    let (_keep, wait) = channel::<()>();
    let status = loop {
        match child.try_wait().map_err(failed)? {
            Some(status) => break status,
            None if begun.elapsed() < most => _ = wait.recv_timeout(STEP),
            None => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(failed(std::io::ErrorKind::TimedOut.into()));
            }
        }
    };
    let said = if status.success() { said } else { complained };
    Ok((status, text_of(said).map_err(failed)?))
}

fn text_of(mut file: File) -> std::io::Result<String> {
    file.seek(SeekFrom::Start(0))?;
    let mut bytes = Vec::new();
    file.take(MOST_SAID).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
