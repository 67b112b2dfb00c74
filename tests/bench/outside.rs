//! What the system says of a process from outside: memory and processor time, whatever the process says of itself.

use std::time::Duration;

/// Ticks of processor time in a second: what Linux tells every program, whatever the kernel counts in.
const TICKS: u64 = 100;

/// A process.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Process(pub(crate) u32);

impl Process {
    /// The one that asks.
    pub(crate) fn own() -> Self {
        Self(std::process::id())
    }
    /// What it holds in memory now, in MB; not a number when it is gone.
    pub(crate) fn memory(self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0)).unwrap_or_default();
        let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).unwrap_or_default();
        line.split_whitespace().next().and_then(|kb| kb.parse::<f64>().ok()).map_or(f64::NAN, |kb| kb / 1_024.0)
    }
    /// The processor time that it has taken so far, to a hundredth of a second.
    pub(crate) fn cpu(self) -> Duration {
        Duration::from_millis(ticks(&self.stat()).unwrap_or(0) * 1_000 / TICKS)
    }
    /// How long ago it was started, to a hundredth of a second; nothing when it is gone.
    pub(crate) fn age(self) -> Option<Duration> {
        let started = started(&self.stat())?;
        let up = std::fs::read_to_string("/proc/uptime").ok()?;
        let up = Duration::try_from_secs_f64(up.split_whitespace().next()?.parse().ok()?).ok()?;
        up.checked_sub(Duration::from_millis(started * 1_000 / TICKS))
    }
    /// Its line of `/proc/PID/stat`; nothing when it is gone.
    fn stat(self) -> String {
        std::fs::read_to_string(format!("/proc/{}/stat", self.0)).unwrap_or_default()
    }
}

/// The fields of such a line from this one on, counted from 1. The second is the program's name and may have spaces and brackets in it, so
/// counting begins behind the last bracket.
fn fields(stat: &str, from: usize) -> Option<impl Iterator<Item = &str>> {
    Some(stat.rsplit_once(')')?.1.split_whitespace().skip(from.checked_sub(3)?))
}

/// User and system time.
fn ticks(stat: &str) -> Option<u64> {
    let mut fields = fields(stat, 14)?;
    Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
}

/// When it was started, in ticks since the system was.
fn started(stat: &str) -> Option<u64> {
    fields(stat, 22)?.next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_does_not_shift_the_fields() {
        let line = "42 (a ) b) S 1 42 42 0 -1 4194560 100 0 0 0 7 5 0 0 20 0 3 0 100 0 0";
        assert_eq!((ticks(line), started(line)), (Some(12), Some(100)));
        assert_eq!((ticks("42"), started("42")), (None, None));
    }

    #[test]
    fn whoever_asks_was_started_before() {
        let age = Process::own().age().unwrap();
        assert!(Process(1).age().unwrap() >= age, "{age:?}");
    }
}
