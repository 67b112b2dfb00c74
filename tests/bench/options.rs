//! What is asked for.

use clap::Parser;
use std::path::PathBuf;

use crate::{
    desk::{Done, said},
    figures::Size,
};

/// What can be measured by itself.
const PARTS: [&str; 14] =
    ["sync", "notes", "push", "acts", "commands", "memory", "start", "postgres", "live", "crowd", "idle", "files", "import", "growth"];

/// Measures.
#[derive(Clone, Debug, Parser)]
#[command(name = "cargo xtask bench")]
pub(crate) struct Options {
    /// Only these parts. `growth`: the same figures in the small, the large and the huge world.
    #[arg(value_parser = PARTS)]
    parts: Vec<String>,
    /// Print one JSON object as the last line.
    #[arg(long)]
    pub(crate) json: bool,
    /// Where the same object is written to; `bench.json` in the target folder if nothing is said.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Keep the run in docs/bench/last.json, and draw the pictures of docs/speed.md from it.
    #[arg(long)]
    pub(crate) keep: bool,
    /// How often each is measured; the median counts.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// How many records the small server has.
    #[arg(long, default_value_t = 20_000)]
    pub(crate) small: u32,
    /// How many records the large server has.
    #[arg(long, default_value_t = 200_000)]
    pub(crate) large: u32,
    /// How many records the huge server has, which `growth` alone asks for. It is filled once and kept in the user's cache.
    #[arg(long, default_value_t = 1_000_000)]
    huge: u32,
    /// How many desks are live at once.
    #[arg(long, default_value_t = 2_000)]
    pub(crate) live: usize,
    /// How many seconds they are written to.
    #[arg(long, default_value_t = 20)]
    pub(crate) live_seconds: u32,
    /// How many desks sync for the first time at once.
    #[arg(long, default_value_t = 10)]
    pub(crate) crowd: usize,
    /// How many seconds a desk is watched that has nothing to do.
    #[arg(long, default_value_t = 120)]
    pub(crate) idle: u64,
    /// Only the first sync, of a server that runs already at this address and knows the admins of the measurements.
    #[arg(long, value_name = "URL")]
    pub(crate) against: Option<String>,
    /// The desk alone, in a process of its own: opens these files, keeps in touch with this server, and says how it is.
    #[arg(long, hide = true, num_args = 2, value_names = ["FOLDER", "SERVER"])]
    hold: Option<Vec<String>>,
    /// The same, until its input is closed.
    #[arg(long, hide = true, num_args = 2, value_names = ["FOLDER", "SERVER"])]
    idle_desk: Option<Vec<String>>,
    /// So many desks that sync for the first time.
    #[arg(long, hide = true, num_args = 2, value_names = ["DESKS", "SERVER"])]
    crowd_desks: Option<Vec<String>>,
}

/// What a process apart is for.
pub(crate) enum Role<'a> {
    Hold { folder: &'a str, server: &'a str },
    Idle { folder: &'a str, server: &'a str },
    Crowd { desks: usize, server: &'a str },
}

impl Options {
    /// What this process is for, if it is one apart.
    pub(crate) fn role(&self) -> Option<Role<'_>> {
        if let Some([folder, server]) = self.hold.as_deref() {
            return Some(Role::Hold { folder, server });
        }
        if let Some([folder, server]) = self.idle_desk.as_deref() {
            return Some(Role::Idle { folder, server });
        }
        let Some([desks, server]) = self.crowd_desks.as_deref() else { return None };
        Some(Role::Crowd { desks: desks.parse().unwrap_or(1), server })
    }
    /// How often each is measured.
    pub(crate) fn runs(&self) -> usize {
        usize::from(self.runs)
    }
    /// Whether a part was asked for, or everything.
    pub(crate) fn wants(&self, part: &str) -> bool {
        self.parts.is_empty() || self.named(part)
    }
    fn named(&self, part: &str) -> bool {
        self.parts.iter().any(|p| p == part)
    }
    /// How many records a world has.
    pub(crate) fn records(&self, size: Size) -> u32 {
        match size {
            Size::Small => self.small,
            Size::Large => self.large,
            Size::Huge => self.huge,
        }
    }
    /// Whether a part is measured in a world of this size.
    pub(crate) fn does(&self, part: &str, size: Size) -> bool {
        // The huge world takes minutes to fill and to sync: it is there for whoever asks how cost grows, by name.
        let grows = if size == Size::Huge { self.named("growth") } else { self.wants("growth") };
        let own = match part {
            "growth" => return grows,
            "sync" => size != Size::Huge,
            "push" | "acts" | "commands" | "live" | "files" | "import" => size == Size::Small,
            "memory" | "crowd" | "idle" => size == Size::Large,
            "start" => size != Size::Huge,
            _ => false,
        };
        let grown = matches!(part, "sync" | "memory" | "push" | "acts" | "commands");
        own && self.wants(part) || grown && grows
    }
    /// Whether a world of this size is needed.
    pub(crate) fn needs(&self, size: Size) -> bool {
        PARTS.iter().any(|part| self.does(part, size))
    }
    /// Where the run is written to.
    pub(crate) fn out(&self) -> Done<PathBuf> {
        if let Some(out) = &self.out {
            return Ok(out.clone());
        }
        let me = std::env::current_exe().map_err(said)?;
        Ok(me.ancestors().nth(2).ok_or("this program stands in no target folder")?.join("bench.json"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(words: &[&str]) -> Options {
        Options::try_parse_from(["bench"].iter().chain(words)).expect("an option that is known")
    }

    #[test]
    fn the_huge_world_is_for_those_who_name_growth() {
        assert!(!asked(&[]).needs(Size::Huge) && asked(&[]).does("push", Size::Large), "everything, in two sizes");
        let growth = asked(&["growth"]);
        assert!(growth.does("sync", Size::Huge) && growth.does("commands", Size::Small));
        assert!(!growth.does("start", Size::Large) && !growth.does("live", Size::Small) && !growth.wants("postgres"));
    }

    #[test]
    fn a_part_that_is_named_brings_only_the_world_it_needs() {
        let push = asked(&["push"]);
        assert!(push.needs(Size::Small) && !push.needs(Size::Large));
        let memory = asked(&["memory"]);
        assert!(memory.needs(Size::Large) && !memory.needs(Size::Small) && !memory.does("sync", Size::Large));
        assert!(Options::try_parse_from(["bench", "pusch"]).is_err(), "a part that is not there is not passed over");
    }
}
