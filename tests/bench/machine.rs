//! On what it was measured: a figure without its machine says nothing.

use serde::{Deserialize, Serialize};
use std::{fs, os::unix::fs::MetadataExt, path::Path};

/// From this load on, something else works on the machine: two measurements of the same program then differ by more than what
/// is looked for.
const BUSY: f64 = 1.5;

/// A machine, as Linux describes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Machine {
    pub(crate) cores: usize,
    pub(crate) model: String,
    pub(crate) memory_gb: f64,
    pub(crate) kernel: String,
    /// Of the temporary folder, where the measured files are: device, file system, and whether it turns.
    pub(crate) disk: String,
    /// The load average of the last minute when the measurements began.
    pub(crate) load: f64,
    /// Whether the load says that figures of time are not to be believed by themselves.
    pub(crate) busy: bool,
}

impl Machine {
    /// This one, now.
    pub(crate) fn look() -> Self {
        let text = |path: &str| fs::read_to_string(path).unwrap_or_default();
        let field = |path: &str, key: &str| {
            let found =
                text(path).lines().find_map(|l| l.strip_prefix(key).map(|v| v.trim_start_matches([' ', '\t', ':']).trim().to_owned()));
            found.unwrap_or_else(|| "unknown".to_owned())
        };
        let memory = field("/proc/meminfo", "MemTotal:").split_whitespace().next().and_then(|kb| kb.parse::<f64>().ok());
        let load = text("/proc/loadavg").split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0.0);
        Self {
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            model: field("/proc/cpuinfo", "model name"),
            memory_gb: memory.map_or(0.0, |kb| (kb / 1_048_576.0 * 10.0).round() / 10.0),
            kernel: text("/proc/sys/kernel/osrelease").trim().to_owned(),
            disk: disk(&std::env::temp_dir()),
            load,
            busy: load > BUSY,
        }
    }
    /// Whether figures of the two may be compared by the clock.
    pub(crate) fn like(&self, other: &Self) -> bool {
        (self.cores, &self.model) == (other.cores, &other.model) && !self.busy && !other.busy
    }
}

impl std::fmt::Display for Machine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { cores, model, memory_gb, kernel, disk, load, busy } = self;
        write!(f, "{cores} cores of {model}, {memory_gb} GB, Linux {kernel}, {disk}, load {load}")?;
        if *busy {
            f.write_str(": BUSY MACHINE, figures of time are marked ~ and only their ratios within the run say something")?;
        }
        Ok(())
    }
}

/// Device, file system and kind of the disk that a folder is on.
fn disk(folder: &Path) -> String {
    let Ok(device) = fs::metadata(folder).map(|m| m.dev()) else { return "unknown disk".to_owned() };
    let number = format!("{}:{}", (device >> 8) & 0xfff, (device & 0xff) | ((device >> 12) & 0xff_ff00));
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let system = file_system(&mounts, &number).unwrap_or("unknown file system");
    let Ok(block) = fs::canonicalize(format!("/sys/dev/block/{number}")) else { return system.to_owned() };
    let name = block.file_name().unwrap_or_default().to_string_lossy().into_owned();
    // A partition has no queue of its own: its disk has. What a virtual one says of turning means nothing.
    let turns = block.ancestors().find_map(|p| fs::read_to_string(p.join("queue/rotational")).ok());
    let kind = match turns.as_deref().map(str::trim) {
        _ if name.starts_with("vd") || name.starts_with("xvd") => "virtual disk",
        Some("0") => "solid disk",
        Some(_) => "turning disk",
        None => "disk of unknown kind",
    };
    format!("{system} on {name} ({kind})")
}

/// The file system of the device of this number: in a line of mountinfo, the word behind the dash.
fn file_system<'a>(mounts: &'a str, device: &str) -> Option<&'a str> {
    let line = mounts.lines().find(|line| line.split_whitespace().nth(2) == Some(device))?;
    line.split_once(" - ")?.1.split_whitespace().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_system_stands_behind_the_dash() {
        let mounts = "22 1 0:21 / /proc rw shared:1 - proc proc rw\n25 1 254:0 / / rw,relatime shared:3 master:1 - ext4 /dev/vda rw";
        assert_eq!(file_system(mounts, "254:0"), Some("ext4"));
        assert_eq!(file_system(mounts, "8:1"), None);
    }

    #[test]
    fn a_busy_machine_is_like_no_other() {
        let quiet = Machine { load: 0.2, busy: false, ..Machine::look() };
        let busy = Machine { load: 9.0, busy: true, ..quiet.clone() };
        assert!(quiet.like(&quiet) && !quiet.like(&busy) && !busy.like(&busy), "by the clock a busy machine says nothing");
        assert!(busy.to_string().contains("BUSY"), "{busy}");
    }
}
