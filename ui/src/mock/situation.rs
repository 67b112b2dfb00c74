//! In which situation the desk inside the window finds itself: parameters of the address, one for each thing that can differ.
//! `?line=offline&lang=en` opens the English window without a network.

use bridge::{Contrast, Density, LinkProblem, Motion, Notify, Preferences, Theme, TransferState};
use domain::{letters::Letters, quiet::QuietHours, role::Role, time::Zone, words::Lang};

/// Who sits here, or why nobody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Who {
    /// Somebody is at work.
    #[default]
    Open,
    /// Nobody is logged in; the server is known.
    Login,
    /// The first start: no server is known.
    Fresh,
    /// Nobody is logged in, and commands wait to be sent.
    Unsent,
    /// The files are closed.
    Locked,
    /// The device was ended.
    Revoked,
    /// No keyring: a passphrase is chosen.
    Choose,
    /// A locked keyring: the passphrase is asked for.
    Passphrase,
}

/// What the line to the server does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Line {
    /// It stands.
    #[default]
    Online,
    /// It has been down for half an hour.
    Offline,
    /// It is being tried again.
    Reconnecting,
    /// It stands, and much is still to come.
    Behind,
    /// A person paused it.
    Paused,
}

/// What is in the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Data {
    /// A working morning.
    #[default]
    Sample,
    /// Nothing waits.
    Empty,
    /// Texts that try to break out of the page.
    Hostile,
}

/// What was found when the files were opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Found {
    /// Everything as it was left.
    #[default]
    Nothing,
    /// Two commands that were held when the program ended.
    Held,
    /// A damaged outbox that could be read to its end.
    Whole,
    /// A damaged outbox of which a part was lost.
    Part,
}

/// What the desk cannot do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Trouble {
    /// Nothing.
    #[default]
    None,
    /// Lists never come.
    Loading,
    /// The file cannot be read.
    Error,
}

/// Files that come to the window from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Drops {
    /// None do.
    #[default]
    None,
    /// They are held above it after so many milliseconds, and let fall a moment later.
    After(i64),
    /// They are held above it once versions, or Impor, are seen, and let fall a moment later.
    OnOrder,
    /// They are held above it once versions, or Impor, are seen, for good.
    Held,
}

/// What the server says of the audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Trail {
    /// Its chain holds.
    #[default]
    Whole,
    /// A value was changed.
    Broken,
    /// It refuses to show it.
    Refused,
    /// It answers once, and then no more.
    Stuck,
}

/// The situation.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Situation {
    /// `session=`
    pub(crate) who: Who,
    /// `role=`
    pub(crate) roles: Vec<Role>,
    /// `line=`
    pub(crate) line: Line,
    /// `factor=on`: a login asks for a code.
    pub(crate) factor: bool,
    /// `data=`
    pub(crate) data: Data,
    /// `rows=`: so many more waiting requests.
    pub(crate) rows: u32,
    /// `work=all`: orders and conversations wait in Antrean beside the requests, as they do at a desk; else it has the morning's requests
    /// alone, which is what most tests are about.
    pub(crate) all_work: bool,
    /// `trouble=`
    pub(crate) trouble: Trouble,
    /// `found=`
    pub(crate) found: Found,
    /// `stuck=`: why nothing moves.
    pub(crate) stuck: Option<String>,
    /// `outbox=mixed`: commands in every state.
    pub(crate) mixed: bool,
    /// `race=1`: a colleague answers each request just before this desk's answer arrives.
    pub(crate) race: bool,
    /// `arrivals=`: three new requests come after so many milliseconds.
    pub(crate) arrivals: Option<i64>,
    /// `says=`: a client writes once more after so many milliseconds.
    pub(crate) says: Option<i64>,
    /// `message=stranded`: the server did not take a message.
    pub(crate) stranded: bool,
    /// `order=entered`: an order was entered a moment ago
    pub(crate) ordered: bool,
    /// `versions=`: what the desk cannot do with the versions of an order
    pub(crate) versions: Trouble,
    /// `uploaders=`: what a colleague has set of who uploads designs
    pub(crate) uploaders: Option<String>,
    /// `retention=`: for how many days a colleague has set that files are kept
    pub(crate) retention: Option<u32>,
    /// `ended=old`: what was done or called off was so half a year ago
    pub(crate) long_ended: bool,
    /// `upload=sending`, `paused`, `refused`: a file is on its way to PT Kopi Senja Nusantara
    pub(crate) upload: Option<TransferState>,
    /// `imports=past`: some were made on the days before
    pub(crate) imported: bool,
    /// `pick=`: the names of the files that are chosen or let fall, with commas between
    pub(crate) pick: String,
    /// `speed=`: so many milliseconds a file is on its way; a part of an import takes a quarter of them
    pub(crate) upload_ms: u64,
    /// `drops=`: files are held above the window
    pub(crate) drops: Drops,
    /// `draft=`: the reason somebody had begun to type, for each request, when the program ended
    pub(crate) draft: Option<String>,
    /// `views=`: how many views were saved; the first one has the longest name
    pub(crate) views: u32,
    /// `audit=`: what the server says of the audit.
    pub(crate) audit: Trail,
    /// `complete=0`: the copy here is not whole, so the server decides what the desk cannot know.
    pub(crate) incomplete: bool,
    /// `files=damaged`: not everything can be read.
    pub(crate) damaged: bool,
    /// `kept=some`: two orders were kept on the days before, the files of one are all here; `kept=full`: no more have room
    pub(crate) kept: bool,
    pub(crate) kept_full: bool,
    /// `crash=1`: the last program broke off.
    pub(crate) crashed: bool,
    /// `link=unreadable`, `link=no-screen`, `link=not-here`: a link was opened that leads nowhere.
    pub(crate) bad_link: Option<LinkProblem>,
    /// `page=gallery`: every component in every state, in place of the desk.
    pub(crate) gallery: bool,
    /// `toast=refused`: the system shows no notifications.
    pub(crate) toasts_refused: bool,
    /// `lang=`, `theme=`, `contrast=`, `motion=`, `text=`, `density=`, `zone=`, `hold=`, `letters=off`,
    /// `quiet=now`: quiet hours from nine until noon, in the middle of this morning
    pub(crate) preferences: Preferences,
}

impl Situation {
    /// Reads the parameters; what is not given, or not known, is as on an ordinary day.
    pub(crate) fn read(parameter: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| parameter(name).unwrap_or_default();
        let number = |name: &str| parameter(name).and_then(|n| n.parse::<i64>().ok());
        Self {
            who: match text("session").as_str() {
                "login" => Who::Login,
                "fresh" => Who::Fresh,
                "unsent" => Who::Unsent,
                "locked" => Who::Locked,
                "revoked" => Who::Revoked,
                "choose" => Who::Choose,
                "passphrase" => Who::Passphrase,
                _ => Who::Open,
            },
            roles: match text("role").as_str() {
                "" => vec![Role::Admin],
                roles => roles.split(',').map(Role::of_wire).collect(),
            },
            line: match text("line").as_str() {
                "offline" => Line::Offline,
                "reconnecting" => Line::Reconnecting,
                "behind" => Line::Behind,
                "paused" => Line::Paused,
                _ => Line::Online,
            },
            data: match text("data").as_str() {
                "empty" => Data::Empty,
                "hostile" => Data::Hostile,
                _ => Data::Sample,
            },
            rows: number("rows").and_then(|n| u32::try_from(n).ok()).unwrap_or_default(),
            all_work: text("work") == "all",
            trouble: trouble(&text("trouble")),
            found: match text("found").as_str() {
                "held" => Found::Held,
                "whole" => Found::Whole,
                "part" => Found::Part,
                _ => Found::Nothing,
            },
            stuck: parameter("stuck"),
            mixed: text("outbox") == "mixed",
            race: text("race") == "1",
            arrivals: number("arrivals"),
            says: number("says"),
            stranded: text("message") == "stranded",
            ordered: text("order") == "entered",
            versions: trouble(&text("versions")),
            uploaders: parameter("uploaders"),
            retention: number("retention").and_then(|n| u32::try_from(n).ok()),
            long_ended: text("ended") == "old",
            upload: match text("upload").as_str() {
                "sending" => Some(TransferState::Sending),
                "paused" => Some(TransferState::Paused),
                "refused" => Some(TransferState::Refused),
                _ => None,
            },
            imported: text("imports") == "past",
            pick: parameter("pick").unwrap_or_else(|| "kopi-senja-v3.png".to_owned()),
            upload_ms: number("speed").and_then(|n| u64::try_from(n).ok()).unwrap_or(1_500),
            drops: match (text("drops").as_str(), number("drops")) {
                ("held", _) => Drops::Held,
                ("order", _) => Drops::OnOrder,
                (_, Some(after)) => Drops::After(after),
                _ => Drops::None,
            },
            draft: parameter("draft"),
            views: number("views").and_then(|n| u32::try_from(n).ok()).unwrap_or_default(),
            audit: trail(&text("audit")),
            incomplete: text("complete") == "0",
            factor: text("factor") == "on",
            damaged: text("files") == "damaged",
            kept: text("kept") == "some",
            kept_full: text("kept") == "full",
            crashed: text("crash") == "1",
            bad_link: link_problem(&text("link")),
            gallery: text("page") == "gallery",
            toasts_refused: text("toast") == "refused",
            preferences: preferences(&parameter),
        }
    }
}

/// The person's settings, as an address has them.
pub(super) fn preferences(parameter: &impl Fn(&str) -> Option<String>) -> Preferences {
    let text = |name: &str| parameter(name).unwrap_or_default();
    let number = |name: &str| parameter(name).and_then(|n| n.parse::<i64>().ok());
    Preferences {
        widths: std::collections::BTreeMap::new(),
        lang: if text("lang") == "en" { Lang::En } else { Lang::Id },
        theme: theme(&text("theme")),
        contrast: if text("contrast") == "high" { Contrast::High } else { Contrast::System },
        motion: if text("motion") == "reduced" { Motion::Reduced } else { Motion::System },
        density: if text("density") == "compact" { Density::Compact } else { Density::Roomy },
        zone: Zone::ALL.into_iter().find(|zone| zone.label().eq_ignore_ascii_case(&text("zone"))),
        text_percent: number("text").and_then(|n| u8::try_from(n).ok()).unwrap_or(100),
        hold_seconds: number("hold").and_then(|n| u8::try_from(n).ok()).unwrap_or(8),
        notify: Notify::default(),
        lock_after: 0,
        kept_mb: 300,
        welcomed: text("first") != "1",
        quiet: QuietHours { on: text("quiet") == "now", from: 9 * 60, to: 12 * 60, ..QuietHours::default() },
        letters: Letters { on: text("letters") != "off", ..Letters::default() },
    }
}

fn trouble(name: &str) -> Trouble {
    match name {
        "loading" => Trouble::Loading,
        "error" => Trouble::Error,
        _ => Trouble::None,
    }
}

fn trail(name: &str) -> Trail {
    match name {
        "broken" => Trail::Broken,
        "refused" => Trail::Refused,
        "stuck" => Trail::Stuck,
        _ => Trail::Whole,
    }
}

fn link_problem(text: &str) -> Option<LinkProblem> {
    match text {
        "unreadable" => Some(LinkProblem::Unreadable),
        "no-screen" => Some(LinkProblem::NoScreen),
        "not-here" => Some(LinkProblem::NotHere),
        _ => None,
    }
}

/// Light, where nothing else is asked for: pictures do not hang on the machine they are made on.
fn theme(name: &str) -> Theme {
    match name {
        "dark" => Theme::Dark,
        "system" => Theme::System,
        _ => Theme::Light,
    }
}
