//! Long work on a named thread with its own connection, the system's dialogs and openers beside the window, and the watcher for other
//! processes' commits. The only place that makes threads. The jobs that people see, with progress and cancel, stand in `list`; the system's printers in `printing`.

pub mod list;
pub mod printing;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crate::database::{Database, Wait};
use crate::models::error::FileReason;
use crate::models::{Error, Result};
use crate::services::DeskKey;

/// Wakes the window; called from other threads.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Work under way on its own thread; its result is taken once.
pub struct Job<T> {
    result: Receiver<Result<T>>,
}

/// Wakes the window when it goes.
struct Waking(Wake);

impl Drop for Waking {
    fn drop(&mut self) {
        (self.0)();
    }
}

impl<T: Send + 'static> Job<T> {
    /// Starts the work; the window is woken when it is done.
    pub fn start(name: &'static str, wake: Wake, work: impl FnOnce() -> Result<T> + Send + 'static) -> Job<T> {
        let (sender, result) = channel();
        let failed = sender.clone();
        let spawned = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            // However the work ends, panicking too: first the sender goes, then the window looks.
            let _waking = Waking(wake);
            let sender = sender;
            // The receiver is gone where nobody waits any more.
            let _ = sender.send(work());
        });
        if let Err(error) = spawned {
            let _ = failed.send(Err(Error::Internal(error.to_string())));
        }
        Job { result }
    }

    /// The result, once it is there.
    pub fn poll(&self) -> Option<Result<T>> {
        self.wait(Duration::ZERO)
    }

    /// The result, where it is there by then.
    pub fn wait(&self, most: Duration) -> Option<Result<T>> {
        match self.result.recv_timeout(most) {
            Ok(result) => Some(result),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Err(Error::Internal("job ended without a result".into()))),
        }
    }
}

/// The system's dialog for a file, beside the window; `None` where it was cancelled or the system has no such dialog.
pub fn choose_file(wake: Wake, title: &'static str, kinds: &'static str, endings: &'static [&'static str]) -> Job<Option<PathBuf>> {
    Job::start("file dialog", wake, move || Ok(rfd::FileDialog::new().set_title(title).add_filter(kinds, endings).pick_file()))
}

/// The system's dialog for a file to be written, beside the window, with a proposal; `None` where it was cancelled or there is no such dialog.
pub fn choose_target(
    wake: Wake,
    title: &'static str,
    proposal: PathBuf,
    kinds: &'static str,
    endings: &'static [&'static str],
) -> Job<Option<PathBuf>> {
    Job::start("file dialog", wake, move || {
        let mut dialog = rfd::FileDialog::new().set_title(title).add_filter(kinds, endings);
        if let Some(folder) = proposal.parent() {
            dialog = dialog.set_directory(folder);
        }
        if let Some(name) = proposal.file_name() {
            dialog = dialog.set_file_name(name.to_string_lossy());
        }
        Ok(dialog.save_file())
    })
}

/// Where a person's documents lie; the current folder where the system names none.
pub fn document_folder() -> PathBuf {
    let folders = directories::UserDirs::new();
    let folder = folders.and_then(|folders| folders.document_dir().map(std::path::Path::to_owned)).filter(|folder| folder.is_dir());
    folder.or_else(|| std::env::current_dir().ok()).unwrap_or_default()
}

/// `name.ending` in this folder, or `name_2.ending` … where it is taken.
pub fn free_name(folder: &Path, name: &str, ending: &str) -> PathBuf {
    let first = folder.join(format!("{name}.{ending}"));
    let further = (2..1000).map(|n| folder.join(format!("{name}_{n}.{ending}")));
    std::iter::once(first.clone()).chain(further).find(|path| !path.exists()).unwrap_or(first)
}

/// Opens a file or a folder with the system's program for it. 5002 where there is no such program.
pub fn open_with_system(wake: Wake, path: &Path) -> Job<()> {
    let path = path.to_owned();
    Job::start("opener", wake, move || {
        opener::open(&path).map_err(|error| match error {
            opener::OpenError::Io(error) => Error::file(&path, &error),
            _ => Error::file(&path, FileReason::NoProgram),
        })
    })
}

/// Wakes the window within a second of another process's commit (rulings §16); ends when dropped.
pub struct Watcher {
    _alive: Sender<()>,
}

impl Watcher {
    /// Watches the file of this desk on a connection of its own.
    pub fn start(desk: &DeskKey, wake: Wake) -> Watcher {
        let (alive, gone) = channel();
        let path = desk.path().to_owned();
        let watch = move || {
            let Ok(database) = Database::open(&path, Wait::Job) else { return };
            let mut seen = database.revision();
            while gone.recv_timeout(Duration::from_millis(500)) == Err(RecvTimeoutError::Timeout) {
                let now = database.revision();
                if now != seen {
                    seen = now;
                    wake();
                }
            }
        };
        // Without a watcher the window still sees others' commits whenever it is used.
        let _ = std::thread::Builder::new().name("watcher".into()).spawn(watch);
        Watcher { _alive: alive }
    }
}
