//! A desktop of one's own, without a screen: X server, session bus, keyring, notification daemon and tray. All of them are the
//! real programs; only the tray's watcher is a small one, because panels do not run without a screen.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use crate::folder::TempFolder;

/// What the desktop has.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    /// How the keyring is found.
    pub keyring: Keyring,
    /// Whether a notification daemon runs.
    pub notifications: bool,
    /// Whether there is a tray.
    pub tray: bool,
    /// The screen, in pixels.
    pub screen: (u32, u32),
}

/// How the keyring is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyring {
    /// Open.
    Open,
    /// Running, and locked.
    Locked,
    /// Not there.
    Absent,
}

impl Default for Parts {
    fn default() -> Self {
        Self { keyring: Keyring::Open, notifications: true, tray: true, screen: (1280, 800) }
    }
}

/// A running desktop, ended when it is dropped.
#[derive(Debug)]
pub struct Desktop {
    folder: TempFolder,
    env: Vec<(String, String)>,
    children: Vec<Child>,
    toasts: Arc<Mutex<Vec<Toast>>>,
    tray: Arc<Mutex<Vec<String>>>,
}

/// A notification as it was asked for over the bus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: String,
    /// The names of its actions.
    pub actions: Vec<String>,
}

#[expect(clippy::disallowed_methods, reason = "real programs take real time to start")]
fn patiently<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "waited half a minute for {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn first_line(child: &mut Child, what: &str) -> String {
    let stdout = child.stdout.take().expect("stdout is piped");
    let mut reader = BufReader::new(stdout);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap_or_else(|e| panic!("{what}: {e}"));
    assert!(!line.trim().is_empty(), "{what} ended at once");
    std::thread::spawn(move || reader.lines().for_each(drop));
    line.trim().to_owned()
}

impl Desktop {
    /// Starts one.
    ///
    /// # Panics
    /// When one of its programs is missing or does not start; `cargo xtask setup` installs them.
    #[must_use]
    pub fn start(parts: Parts) -> Self {
        let folder = TempFolder::new("desktop");
        let mut desktop = Self { folder, env: Vec::new(), children: Vec::new(), toasts: Arc::default(), tray: Arc::default() };
        desktop.homes();
        desktop.screen(parts.screen);
        desktop.bus();
        match parts.keyring {
            Keyring::Open => desktop.keyring(true),
            Keyring::Locked => desktop.keyring(false),
            Keyring::Absent => {}
        }
        if parts.notifications {
            desktop.notifications();
        }
        if parts.tray {
            desktop.watcher();
        }
        desktop
    }
    /// The environment in which programs of this desktop run.
    #[must_use]
    pub fn env(&self) -> &[(String, String)] {
        &self.env
    }
    /// Has the programs of this desktop trust the authorities of this file (PEM), and no others.
    pub fn trust(&mut self, authorities: &Path) {
        self.env.push(("SSL_CERT_FILE".to_owned(), authorities.display().to_string()));
    }
    /// The home folder of whoever sits here.
    #[must_use]
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }
    /// A program of this desktop: with its environment and nothing of ours that could mislead it.
    #[must_use]
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        for name in ["WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "XAUTHORITY"] {
            command.env_remove(name);
        }
        command.envs(self.env.iter().cloned());
        command
    }
    /// Runs a program of this desktop to its end.
    ///
    /// # Panics
    /// When it is missing.
    pub fn run(&self, program: &str, args: &[&str]) -> Output {
        self.command(program).args(args).output().unwrap_or_else(|e| panic!("{program}: {e}"))
    }
    /// Every notification that was asked for so far.
    #[must_use]
    pub fn toasts(&self) -> Vec<Toast> {
        self.toasts.lock().map(|t| t.clone()).unwrap_or_default()
    }
    /// Waits for a notification with these words in its title or text.
    #[must_use]
    pub fn toast(&self, words: &str) -> Toast {
        patiently(&format!("a notification with «{words}»"), || {
            self.toasts().into_iter().find(|t| t.title.contains(words) || t.body.contains(words))
        })
    }
    /// Clicks on the newest notification, as a person would.
    ///
    /// # Panics
    /// When the daemon does not take the click.
    pub fn click_toast(&self) {
        let out = self.run("dunstctl", &["action", "0"]);
        assert!(out.status.success(), "dunstctl: {}", String::from_utf8_lossy(&out.stderr));
    }
    /// Items that registered with the tray, by their address on the bus.
    #[must_use]
    pub fn tray_items(&self) -> Vec<String> {
        self.tray.lock().map(|t| t.clone()).unwrap_or_default()
    }
    /// Takes a picture of the whole screen.
    pub fn picture(&self, to: &Path) {
        let _ = self.run("import", &["-window", "root", &to.display().to_string()]);
    }
    fn homes(&mut self) {
        let at = |name: &str| self.folder.path().join(name);
        for name in ["home", "run", "home/.config", "home/.local/share", "home/.cache"] {
            fs::create_dir_all(at(name)).expect("a folder");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(at("run"), fs::Permissions::from_mode(0o700)).expect("rights");
        }
        let set = [
            ("HOME", "home"),
            ("XDG_RUNTIME_DIR", "run"),
            ("XDG_CONFIG_HOME", "home/.config"),
            ("XDG_DATA_HOME", "home/.local/share"),
            ("XDG_CACHE_HOME", "home/.cache"),
        ];
        self.env = set.iter().map(|(name, path)| ((*name).to_owned(), at(path).display().to_string())).collect();
        self.env.extend(
            [("LANG", "C.UTF-8"), ("XDG_CURRENT_DESKTOP", "KDE"), ("GTK_THEME", "Adwaita"), ("NO_AT_BRIDGE", "1"), ("GDK_BACKEND", "x11")]
                .map(|(k, v)| (k.to_owned(), v.to_owned())),
        );
    }
    fn spawn(&mut self, mut command: Command, what: &str) -> usize {
        let log = fs::File::create(self.folder.path().join(format!("{what}.log"))).map_or_else(|_| Stdio::null(), Stdio::from);
        let child = command.stderr(log).spawn().unwrap_or_else(|e| panic!("{what}: {e}; `cargo xtask setup` installs it"));
        self.children.push(child);
        self.children.len() - 1
    }
    fn screen(&mut self, (width, height): (u32, u32)) {
        let mut command = self.command("Xvfb");
        command.args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &format!("{width}x{height}x24")]).stdout(Stdio::piped());
        let n = self.spawn(command, "xvfb");
        let display = first_line(&mut self.children[n], "Xvfb");
        self.env.push(("DISPLAY".into(), format!(":{display}")));
    }
    fn bus(&mut self) {
        let mut command = self.command("dbus-daemon");
        command.args(["--session", "--nofork", "--print-address=1"]).stdout(Stdio::piped());
        let n = self.spawn(command, "dbus");
        let address = first_line(&mut self.children[n], "dbus-daemon");
        self.env.push(("DBUS_SESSION_BUS_ADDRESS".into(), address));
    }
    /// Whether somebody on the bus has this name.
    #[must_use]
    pub fn has_name(&self, name: &str) -> bool {
        let method = "org.freedesktop.DBus.NameHasOwner";
        let out = self.run(
            "gdbus",
            &["call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus", "--method", method, name],
        );
        String::from_utf8_lossy(&out.stdout).contains("true")
    }
    fn keyring(&mut self, open: bool) {
        // A locked keyring must have something to lock: it is made with a password first, and then closed.
        let mut command = self.command("gnome-keyring-daemon");
        command.args(["--unlock", "--foreground", "--components=secrets"]).stdin(Stdio::piped()).stdout(Stdio::null());
        let n = self.spawn(command, "keyring");
        let mut stdin = self.children[n].stdin.take().expect("stdin is piped");
        stdin.write_all(b"kata sandi brankas").expect("the keyring reads its password");
        drop(stdin);
        patiently("the keyring", || self.has_name("org.freedesktop.secrets").then_some(()));
        if !open {
            let lock = ["call", "--session", "--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets"];
            let method = ["--method", "org.freedesktop.Secret.Service.Lock", "['/org/freedesktop/secrets/collection/login']"];
            let args: Vec<&str> = lock.iter().chain(&method).copied().collect();
            let out = self.run("gdbus", &args);
            assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        }
    }
    fn notifications(&mut self) {
        let config = self.home().join("dunstrc");
        fs::write(&config, "[global]\n    enable_posix_regex = true\n    idle_threshold = 0\n[urgency_normal]\n    timeout = 0\n")
            .expect("a file");
        let mut monitor = self.command("dbus-monitor");
        monitor.args(["--session", "type='method_call',interface='org.freedesktop.Notifications',member='Notify'"]).stdout(Stdio::piped());
        let n = self.spawn(monitor, "monitor");
        let (stdout, toasts) = (self.children[n].stdout.take().expect("stdout is piped"), Arc::clone(&self.toasts));
        std::thread::spawn(move || read_toasts(BufReader::new(stdout), &toasts));
        let mut command = self.command("dunst");
        command.args(["-config", &config.display().to_string()]).stdout(Stdio::null());
        self.spawn(command, "dunst");
        patiently("the notification daemon", || self.has_name("org.freedesktop.Notifications").then_some(()));
    }
    fn watcher(&mut self) {
        let script = self.folder.path().join("watcher.py");
        fs::write(&script, include_str!("../tray_watcher.py")).expect("a file");
        // The system's own Python has the bindings for the bus; another one on the path may lack them.
        let mut command = self.command("/usr/bin/python3");
        command.arg("-u").arg(script).stdout(Stdio::piped());
        let n = self.spawn(command, "watcher");
        let (stdout, tray) = (self.children[n].stdout.take().expect("stdout is piped"), Arc::clone(&self.tray));
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if let (Some(item), Ok(mut tray)) = (line.strip_prefix("registered "), tray.lock()) {
                    tray.push(item.to_owned());
                }
            }
        });
        patiently("the tray", || self.has_name("org.kde.StatusNotifierWatcher").then_some(()));
    }
}

/// Reads the calls of `Notify` from what dbus-monitor prints: application, id, icon, title, text, then the actions.
fn read_toasts(reader: impl BufRead, toasts: &Mutex<Vec<Toast>>) {
    let (mut strings, mut in_actions, mut actions): (Vec<String>, bool, Vec<String>) = (Vec::new(), false, Vec::new());
    for line in reader.lines().map_while(Result::ok) {
        let text = line.trim();
        if line.starts_with("method call") {
            (strings, in_actions, actions) = (Vec::new(), false, Vec::new());
        } else if text.starts_with("array [") && strings.len() == 4 && !in_actions {
            in_actions = true;
        } else if in_actions && text == "]" {
            if let (Ok(mut all), [_, _, title, body]) = (toasts.lock(), strings.as_slice()) {
                all.push(Toast { title: title.clone(), body: body.clone(), actions: std::mem::take(&mut actions) });
            }
            strings.push(String::new());
        } else if let Some(value) = text.strip_prefix("string \"").and_then(|t| t.strip_suffix('"')) {
            if in_actions { actions.push(value.to_owned()) } else { strings.push(value.to_owned()) }
        }
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        for child in self.children.iter_mut().rev() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
