//! What the desk needs of this computer: folders, a name for the device, a browser for addresses.

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
};

use crate::options::Options;

/// Where this desk keeps its files: as the command line says, else in the user's folder for application data.
pub(crate) fn data_folder(options: &Options) -> io::Result<PathBuf> {
    let folder = options.data.clone().or_else(|| default_folder(|name| std::env::var_os(name)));
    let folder = folder.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no home folder: please name one with --data"))?;
    std::path::absolute(folder)
}

/// The folder by this system's customs (XDG, `AppData`, Application Support).
fn default_folder(var: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let at = |name: &str| var(name).filter(|v| !v.is_empty()).map(PathBuf::from).filter(|p| p.is_absolute());
    let base = if cfg!(target_os = "windows") {
        at("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        at("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        at("XDG_DATA_HOME").or_else(|| at("HOME").map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join("id.meja.desk"))
}

/// What this device is called in the list of devices: the computer's own name.
pub(crate) fn device_name() -> String {
    let named = std::env::var("COMPUTERNAME").or_else(|_| std::fs::read_to_string("/etc/hostname"));
    let name = named.unwrap_or_default().trim().to_owned();
    if name.is_empty() { "Meja".to_owned() } else { name }
}

/// Opens addresses in whatever this system opens them with.
pub(crate) struct Browser;

impl desk::Opener for Browser {
    fn open(&self, address: &str) -> io::Result<()> {
        open::that_detached(address)
    }
}

/// The icon that notifications carry: a file beside the data, because daemons want a path.
pub(crate) fn icon_file(data: &Path) -> String {
    const ICON: &[u8] = include_bytes!("../../icons/128x128.png");
    let path = data.join("icon.png");
    let there = std::fs::read(&path).is_ok_and(|found| found == ICON);
    match if there { Ok(()) } else { std::fs::write(&path, ICON) } {
        Ok(()) => path.to_string_lossy().into_owned(),
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn the_folder_follows_the_customs_of_the_system() {
        let with = |pairs: &'static [(&str, &str)]| {
            default_folder(|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, value)| OsString::from(value)))
        };
        assert_eq!(with(&[("XDG_DATA_HOME", "/d"), ("HOME", "/h")]), Some("/d/id.meja.desk".into()));
        assert_eq!(with(&[("XDG_DATA_HOME", "relative"), ("HOME", "/h")]), Some("/h/.local/share/id.meja.desk".into()));
        assert_eq!(with(&[]), None, "without a home a person must name a folder");
    }
}
