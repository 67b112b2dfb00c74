//! `cargo xtask setup`: installs what is missing. On Debian and its kin by apt, as root or with sudo; elsewhere it says what is
//! missing. The way to compile WASM is made by the step that needs it (`ui`).

use anyhow::{Result, bail};
use std::collections::BTreeSet;

use crate::run::{output, program, run};

/// What the desk is built with.
const BUILD: &[&str] = &[
    "build-essential",
    "libayatana-appindicator3-dev",
    "libdbus-1-dev",
    "librsvg2-dev",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "pkg-config",
];

/// What tests and a run without a screen need.
const TEST: &[&str] = &[
    "at-spi2-core",
    "chromium",
    "chromium-driver",
    "chromium-headless-shell",
    "dbus",
    "dbus-x11",
    "dunst",
    "fonts-noto-core",
    "gnome-keyring",
    "imagemagick",
    "libglib2.0-bin",
    "postgresql",
    "procps",
    "python3-dbus",
    "python3-gi",
    "python3-venv",
    "webkit2gtk-driver",
    "xauth",
    "xdotool",
    "xvfb",
];

/// Programs that people have from elsewhere as often as from their system: wanted only where there are none.
const PROGRAMS: &[(&str, &str)] = &[("npm", "npm")];

pub(crate) fn run_quietly() -> Result<()> {
    let missing = missing();
    if missing.is_empty() { Ok(()) } else { install(&missing) }
}

pub(crate) fn run_setup() -> Result<()> {
    run_quietly()?;
    println!("setup: everything is there");
    Ok(())
}

/// Packages that are not installed; all of them where there is no dpkg to ask.
fn missing() -> Vec<&'static str> {
    let wanted = BUILD.iter().chain(TEST).copied();
    let Some(list) = output(program("dpkg-query", &["-W", "-f", "${Package} ${Status}\\n"])) else { return elsewhere() };
    let installed: BTreeSet<&str> =
        list.lines().filter(|l| l.ends_with("install ok installed")).filter_map(|l| l.split(' ').next()).collect();
    let programs = PROGRAMS.iter().filter(|(name, _)| output(program(name, &["--version"])).is_none()).map(|(_, package)| *package);
    wanted.filter(|p| !installed.contains(p)).chain(programs).collect()
}

/// On other systems only what can be seen to be missing is named, in Debian's words.
fn elsewhere() -> Vec<&'static str> {
    let library = |name: &str| output(program("pkg-config", &["--exists", name])).is_some();
    let mut missing = Vec::new();
    for (name, package) in [
        ("webkit2gtk-4.1", "libwebkit2gtk-4.1-dev"),
        ("openssl", "libssl-dev"),
        ("dbus-1", "libdbus-1-dev"),
        ("librsvg-2.0", "librsvg2-dev"),
    ] {
        if cfg!(target_os = "linux") && !library(name) {
            missing.push(package);
        }
    }
    missing
}

/// Installs packages by apt, and says which.
///
/// # Errors
/// When there is no apt, no right to use it, or it fails.
pub(crate) fn install(missing: &[&str]) -> Result<()> {
    println!("setup: missing {}", missing.join(" "));
    if output(program("apt-get", &["--version"])).is_none() {
        bail!("this system has no apt: install what answers to these packages of Debian, and try again: {}", missing.join(" "));
    }
    let root = output(program("id", &["-u"])).is_some_and(|id| id.trim() == "0");
    let sudo = output(program("sudo", &["-n", "true"])).is_some();
    if !root && !sudo {
        bail!("neither root nor sudo: please run `apt-get install -y --no-install-recommends {}`", missing.join(" "));
    }
    let apt = |args: &[&str]| {
        let mut all = if root { vec!["env"] } else { vec!["sudo", "-n", "env"] };
        all.extend(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]);
        all.extend(args);
        run(program(all[0], &all[1..]))
    };
    apt(&["update"])?;
    let mut args = vec!["install", "-y", "--no-install-recommends"];
    args.extend(missing);
    apt(&args)
}
