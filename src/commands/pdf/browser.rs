//! The browser of this machine, without a window and without the network.

use std::{
    env, fmt, fs,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

/// The variable that names the browser.
const VARIABLE: &str = "DATELINE_BROWSER";
/// Names under which it is installed, the most usual first.
const NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "chrome.exe",
    "microsoft-edge",
    "msedge.exe",
];
/// Where it is on systems that have no path for it.
const PLACES: &[&str] = &[
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];
/// How often it is asked whether it is done.
const PAUSE: Duration = Duration::from_millis(20);
/// Lines of what it says that are told on.
const TOLD: usize = 5;

/// No window, no profile, no extensions; no address is ever resolved.
const ARGUMENTS: &[&str] = &[
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-breakpad",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    "--export-tagged-pdf",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
];

/// A browser that prints.
pub(super) struct Browser(Utf8PathBuf);

impl fmt::Display for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Browser {
    /// The browser that is named, else the one of the environment, else the first that is installed.
    pub(super) fn find(named: Option<&Utf8Path>) -> Result<Self> {
        let wished = env::var(VARIABLE).ok().filter(|name| !name.is_empty());
        let wished = named.map(Utf8Path::to_owned).or(wished.map(Into::into));
        if let Some(wished) = wished {
            let found = on_path(&wished);
            return found.map(Self).with_context(|| {
                format!("there is no browser {wished}\nname another with --browser or {VARIABLE}")
            });
        }
        let names = NAMES.iter().chain(PLACES).map(Utf8Path::new);
        let mut found = names.filter_map(on_path);
        found.next().map(Self).with_context(|| {
            format!(
                "no Chromium, Chrome or Edge is installed, which prints the PDF\ninstall one (on Debian: apt install chromium), or name it with --browser or {VARIABLE}"
            )
        })
    }

    /// Prints the file `page` to `printed`; what the browser keeps goes into `scratch`.
    pub(super) fn print(
        &self,
        page: &Utf8Path,
        printed: &Utf8Path,
        scratch: &Utf8Path,
        timeout: Duration,
    ) -> Result<()> {
        let said = scratch.join("said");
        let file = fs::File::create(&said).with_context(|| format!("cannot write {said}"))?;
        let mut command = Command::new(&self.0);
        command
            .args(ARGUMENTS)
            .args(without_sandbox())
            .arg(format!("--user-data-dir={scratch}/profile"))
            .arg(format!("--print-to-pdf={printed}"))
            .arg(file_url(page))
            // Nothing is left in the home of whoever prints.
            .envs(["XDG_CONFIG_HOME", "XDG_CACHE_HOME"].map(|key| (key, scratch.as_str())))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(file);
        of_its_own(&mut command);
        let mut child = command
            .spawn()
            .with_context(|| format!("cannot run {self}"))?;
        let started = Instant::now();
        let status = loop {
            if let Some(status) = child
                .try_wait()
                .with_context(|| format!("cannot wait for {self}"))?
            {
                break status;
            }
            if started.elapsed() > timeout {
                end(&mut child);
                bail!(
                    "{self} did not print within {} seconds\ngive it longer with --timeout",
                    timeout.as_secs()
                );
            }
            thread::sleep(PAUSE);
        };
        if !status.success() {
            let said = fs::read(&said).unwrap_or_default();
            let said = String::from_utf8_lossy(&said);
            let lines: Vec<&str> = said.lines().collect();
            let last = lines[lines.len().saturating_sub(TOLD)..].join("\n");
            bail!("{self} failed ({status}):\n{last}");
        }
        Ok(())
    }
}

/// A program by its path, or by its name in one of the folders for programs.
fn on_path(name: &Utf8Path) -> Option<Utf8PathBuf> {
    if name.components().count() > 1 {
        return name.is_file().then(|| name.to_owned());
    }
    let folders = env::var_os("PATH")?;
    let mut folders = env::split_paths(&folders);
    folders.find_map(|folder| {
        let path = Utf8PathBuf::from_path_buf(folder.join(name)).ok()?;
        path.is_file().then_some(path)
    })
}

/// The address of a file: signs that mean something in addresses are encoded.
fn file_url(path: &Utf8Path) -> String {
    let mut url = String::from("file://");
    for byte in path.as_str().replace('\\', "/").bytes() {
        match byte {
            b'%' | b'#' | b'?' | b' ' => url.push_str(&format!("%{byte:02X}")),
            byte if byte.is_ascii() => url.push(char::from(byte)),
            byte => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}

/// Chromium refuses its sandbox to root. What it prints has no scripts.
#[cfg(unix)]
fn without_sandbox() -> Option<&'static str> {
    rustix::process::geteuid()
        .is_root()
        .then_some("--no-sandbox")
}

#[cfg(not(unix))]
fn without_sandbox() -> Option<&'static str> {
    None
}

/// Its helpers can be ended with it.
#[cfg(unix)]
fn of_its_own(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn of_its_own(_: &mut Command) {}

fn end(child: &mut Child) {
    #[cfg(unix)]
    {
        use rustix::process::{Pid, Signal, kill_process_group};
        // It may have ended in this moment.
        let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}
