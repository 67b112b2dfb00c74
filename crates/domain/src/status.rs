//! The state machines, one table each, and beside them how each state looks and is called (ui.md, glossary). A rule moves a
//! record only along its table.

use crate::{
    records::{ConsultationStatus, DesignStatus, DesignType, OrderStatus, ProductStatus, UserStatus},
    role::Role,
};

/// One move that a state machine allows.
#[derive(Clone, Debug)]
pub struct Transition<S> {
    /// Where the record stands.
    pub from: S,
    /// The command that moves it.
    pub act: &'static str,
    /// Who may; the system alone where this is empty.
    pub by: &'static [Role],
    /// Where it stands then.
    pub to: S,
}

/// M-01, its first part.
pub const CONSULTATION: &[Transition<ConsultationStatus>] = {
    use ConsultationStatus::{Accepted, Cancelled, Rejected, Waiting};
    &[
        Transition { from: Waiting, act: "consultation.accept", by: &[Role::Admin], to: Accepted },
        Transition { from: Waiting, act: "consultation.reject", by: &[Role::Admin], to: Rejected },
        Transition { from: Waiting, act: "consultation.cancel", by: &[Role::Client, Role::Admin], to: Cancelled },
        Transition { from: Accepted, act: "consultation.cancel", by: &[Role::Client, Role::Admin], to: Cancelled },
    ]
};

/// M-06, an order: forward by one, back for a revision, called off from wherever it is open (C-16). An admin moves it anywhere
/// else, with a reason; that is a rule of the act, not a line here.
pub const ORDER: &[Transition<OrderStatus>] = {
    use OrderStatus::{Approved, Cancelled, Completed, InProgress, Pending, Review};
    const ACT: &str = "order.set_status";
    const BY: &[Role] = &[Role::Admin, Role::Cs];
    &[
        Transition { from: Pending, act: ACT, by: BY, to: Approved },
        Transition { from: Approved, act: ACT, by: BY, to: InProgress },
        Transition { from: InProgress, act: ACT, by: BY, to: Review },
        Transition { from: Review, act: ACT, by: BY, to: Completed },
        Transition { from: Review, act: ACT, by: BY, to: InProgress },
        Transition { from: Pending, act: ACT, by: BY, to: Cancelled },
        Transition { from: Approved, act: ACT, by: BY, to: Cancelled },
        Transition { from: InProgress, act: ACT, by: BY, to: Cancelled },
        Transition { from: Review, act: ACT, by: BY, to: Cancelled },
    ]
};

/// M-06, the product: forward by one. `selesai` wants a design, which is a rule of the act.
pub const PRODUCT: &[Transition<ProductStatus>] = {
    use ProductStatus::{Pending, Proses, Selesai};
    const ACT: &str = "order.set_product_status";
    const BY: &[Role] = &[Role::Admin, Role::Cs];
    &[Transition { from: Pending, act: ACT, by: BY, to: Proses }, Transition { from: Proses, act: ACT, by: BY, to: Selesai }]
};

/// M-07, a design version: shown to its client, who decides. Which one is current stands in the order.
pub const DESIGN: &[Transition<DesignStatus>] = {
    use DesignStatus::{Approved, RevisionRequested, Submitted, Uploaded};
    &[
        Transition { from: Uploaded, act: "design.submit", by: &[Role::Admin, Role::Cs], to: Submitted },
        Transition { from: Submitted, act: "design.approve", by: &[Role::Client], to: Approved },
        Transition { from: Submitted, act: "design.request_revision", by: &[Role::Client], to: RevisionRequested },
    ]
};

/// Accounts of the staff: invited, at work, closed. An invitation is taken by setting a password, which only the system notes.
pub const USER: &[Transition<UserStatus>] = {
    use UserStatus::{Active, Disabled, Invited};
    &[
        Transition { from: Invited, act: "user.set_password", by: &[], to: Active },
        Transition { from: Invited, act: "user.set_status", by: &[Role::Admin], to: Disabled },
        Transition { from: Active, act: "user.set_status", by: &[Role::Admin], to: Disabled },
        Transition { from: Disabled, act: "user.set_status", by: &[Role::Admin], to: Active },
    ]
};

/// The colours of states; never alone, always with a glyph and a word (ui.md, principle 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Grey.
    Netral,
    /// Blue: scheduled, running.
    Langit,
    /// Green: accepted, done, paid.
    Daun,
    /// Amber: waiting, near its deadline.
    Kunyit,
    /// Red: rejected, failed, late.
    Cabai,
    /// Purple: under review, conflict.
    Manggis,
}

impl Tone {
    /// The name in the design tokens: `tone-daun`.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Netral => "netral",
            Self::Langit => "langit",
            Self::Daun => "daun",
            Self::Kunyit => "kunyit",
            Self::Cabai => "cabai",
            Self::Manggis => "manggis",
        }
    }
}

/// How a state looks and is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Face {
    /// Its colour.
    pub tone: Tone,
    /// Its glyph, by the name of the icon set.
    pub glyph: &'static str,
    /// The key of its word in the catalogue.
    pub word: &'static str,
}

impl ConsultationStatus {
    /// How it looks and is called. A state of a newer program looks neutral.
    #[must_use]
    pub const fn face(&self) -> Face {
        match self {
            Self::Waiting => Face { tone: Tone::Kunyit, glyph: "st-wait", word: "status-consultation-waiting" },
            Self::Accepted => Face { tone: Tone::Daun, glyph: "st-ok", word: "status-consultation-accepted" },
            Self::Rejected => Face { tone: Tone::Cabai, glyph: "st-no", word: "status-consultation-rejected" },
            Self::Cancelled => Face { tone: Tone::Netral, glyph: "st-cancel", word: "status-consultation-cancelled" },
            Self::Unknown(_) => Face { tone: Tone::Netral, glyph: "st-draft", word: "status-unknown" },
        }
    }
}

impl OrderStatus {
    /// How it looks and is called. A state of a newer program looks neutral.
    #[must_use]
    pub const fn face(&self) -> Face {
        match self {
            Self::Pending => Face { tone: Tone::Kunyit, glyph: "st-wait", word: "status-order-pending" },
            Self::Approved => Face { tone: Tone::Daun, glyph: "st-ok", word: "status-order-approved" },
            Self::InProgress => Face { tone: Tone::Langit, glyph: "st-run", word: "status-order-in-progress" },
            Self::Review => Face { tone: Tone::Manggis, glyph: "st-review", word: "status-order-review" },
            Self::Completed => Face { tone: Tone::Daun, glyph: "st-done", word: "status-order-completed" },
            Self::Cancelled => Face { tone: Tone::Netral, glyph: "st-cancel", word: "status-order-cancelled" },
            Self::Unknown(_) => Face { tone: Tone::Netral, glyph: "st-draft", word: "status-unknown" },
        }
    }
}

impl ProductStatus {
    /// How it looks and is called. A state of a newer program looks neutral.
    #[must_use]
    pub const fn face(&self) -> Face {
        match self {
            Self::Pending => Face { tone: Tone::Kunyit, glyph: "st-wait", word: "status-product-pending" },
            Self::Proses => Face { tone: Tone::Langit, glyph: "st-run", word: "status-product-proses" },
            Self::Selesai => Face { tone: Tone::Daun, glyph: "st-done", word: "status-product-selesai" },
            Self::Unknown(_) => Face { tone: Tone::Netral, glyph: "st-draft", word: "status-unknown" },
        }
    }
}

impl DesignStatus {
    /// How a version looks that another one took the place of ([`crate::records::Design::is_superseded`]).
    pub const SUPERSEDED: Face = Face { tone: Tone::Netral, glyph: "file", word: "status-design-superseded" };

    /// How it looks and is called. A state of a newer program looks neutral.
    #[must_use]
    pub const fn face(&self) -> Face {
        match self {
            Self::Uploaded => Face { tone: Tone::Langit, glyph: "sy-send", word: "status-design-uploaded" },
            Self::Submitted => Face { tone: Tone::Manggis, glyph: "st-review", word: "status-design-submitted" },
            Self::Approved => Face { tone: Tone::Daun, glyph: "st-done", word: "status-design-approved" },
            Self::RevisionRequested => Face { tone: Tone::Kunyit, glyph: "undo", word: "status-design-revision-requested" },
            Self::Unknown(_) => Face { tone: Tone::Netral, glyph: "st-draft", word: "status-unknown" },
        }
    }
}

impl DesignType {
    /// The key of its word in the catalogue.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Logo => "design-logo",
            Self::Branding => "design-branding",
            Self::WebDesign => "design-web-design",
            Self::UiUx => "design-ui-ux",
            Self::PrintDesign => "design-print-design",
            Self::Dll => "design-dll",
            Self::Unknown(_) => "design-unknown",
        }
    }
    /// Its glyph, by the name of the icon set.
    #[must_use]
    pub const fn glyph(&self) -> &'static str {
        match self {
            Self::Logo => "spark",
            Self::Branding => "flag",
            Self::WebDesign => "globe",
            Self::UiUx => "monitor",
            Self::PrintDesign => "file",
            Self::Dll | Self::Unknown(_) => "more",
        }
    }
}

impl UserStatus {
    /// How it looks and is called. A state of a newer program looks neutral.
    #[must_use]
    pub const fn face(&self) -> Face {
        match self {
            Self::Active => Face { tone: Tone::Daun, glyph: "st-ok", word: "status-user-active" },
            Self::Disabled => Face { tone: Tone::Netral, glyph: "st-cancel", word: "status-user-disabled" },
            Self::Invited => Face { tone: Tone::Kunyit, glyph: "st-wait", word: "status-user-invited" },
            Self::Unknown(_) => Face { tone: Tone::Netral, glyph: "st-draft", word: "status-unknown" },
        }
    }
}

/// Where a command stands on the desk that gave it (M-12), for the list «Antrean kirim».
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommandState {
    /// Kept back for a few seconds, to be undone.
    Held,
    /// Waiting to be sent.
    Queued,
    /// Sent; the answer is not here yet.
    Sent,
    /// The server did it.
    Applied,
    /// The server refused it.
    Refused,
    /// The server refused it because somebody else acted first.
    Conflict,
    /// Waiting for a command that was refused («Tertahan»).
    Blocked,
    /// The server does not know of it any more (restored backup); a person decides.
    Unknown,
    /// A person has settled it.
    Settled,
}

impl CommandState {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::Held, Self::Queued, Self::Sent, Self::Applied, Self::Refused, Self::Conflict, Self::Blocked, Self::Unknown, Self::Settled];
    /// How it looks and is called.
    #[must_use]
    pub const fn face(self) -> Face {
        match self {
            Self::Held => Face { tone: Tone::Netral, glyph: "clock", word: "command-held" },
            Self::Queued => Face { tone: Tone::Netral, glyph: "sy-queue", word: "command-queued" },
            Self::Sent => Face { tone: Tone::Langit, glyph: "sy-send", word: "command-sent" },
            Self::Applied => Face { tone: Tone::Daun, glyph: "sy-ok", word: "command-applied" },
            Self::Refused => Face { tone: Tone::Cabai, glyph: "sy-refuse", word: "command-refused" },
            Self::Conflict => Face { tone: Tone::Manggis, glyph: "sy-conflict", word: "command-conflict" },
            Self::Blocked => Face { tone: Tone::Cabai, glyph: "sy-refuse", word: "command-blocked" },
            Self::Unknown => Face { tone: Tone::Manggis, glyph: "sy-stale", word: "command-unknown" },
            Self::Settled => Face { tone: Tone::Netral, glyph: "check", word: "command-settled" },
        }
    }
    /// Whether a person must decide what becomes of it.
    #[must_use]
    pub const fn needs_decision(self) -> bool {
        matches!(self, Self::Refused | Self::Conflict | Self::Blocked | Self::Unknown)
    }
    /// Whether its effect is laid over what the server said.
    #[must_use]
    pub const fn is_waiting(self) -> bool {
        matches!(self, Self::Held | Self::Queued | Self::Sent)
    }
}

/// What a desk knows of its line to the server (ui.md, glossary «Connection»).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// What is shown was acknowledged within the last minute.
    Online,
    /// Connected, and behind.
    CatchingUp,
    /// The line broke; it is being tried.
    Reconnecting,
    /// No acknowledgement for half a minute, with failed tries.
    Offline,
    /// A person paused it.
    Paused,
    /// The desk is locked.
    Locked,
    /// The device was ended by somebody.
    Revoked,
}

impl Connection {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::Online, Self::CatchingUp, Self::Reconnecting, Self::Offline, Self::Paused, Self::Locked, Self::Revoked];
    /// How it looks and is called.
    #[must_use]
    pub const fn face(self) -> Face {
        match self {
            Self::Online => Face { tone: Tone::Daun, glyph: "sy-ok", word: "connection-online" },
            Self::CatchingUp => Face { tone: Tone::Kunyit, glyph: "sy-stale", word: "connection-catching-up" },
            Self::Reconnecting => Face { tone: Tone::Kunyit, glyph: "refresh", word: "connection-reconnecting" },
            Self::Offline => Face { tone: Tone::Kunyit, glyph: "sy-off", word: "connection-offline" },
            Self::Paused => Face { tone: Tone::Netral, glyph: "pause", word: "connection-paused" },
            Self::Locked => Face { tone: Tone::Netral, glyph: "lock", word: "connection-locked" },
            Self::Revoked => Face { tone: Tone::Cabai, glyph: "sy-refuse", word: "connection-revoked" },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        command::REGISTRY,
        words::{Lang, Words},
    };

    #[test]
    fn every_state_has_a_word_in_both_languages_and_a_glyph_of_its_own() {
        let consultation: Vec<Face> = ConsultationStatus::KNOWN.iter().map(ConsultationStatus::face).collect();
        let commands: Vec<Face> = CommandState::ALL.iter().map(|s| s.face()).collect();
        let connections: Vec<Face> = Connection::ALL.iter().map(|s| s.face()).collect();
        let users: Vec<Face> = UserStatus::KNOWN.iter().map(UserStatus::face).collect();
        let orders: Vec<Face> = OrderStatus::KNOWN.iter().map(OrderStatus::face).collect();
        let designs: Vec<Face> = DesignStatus::KNOWN.iter().map(DesignStatus::face).chain([DesignStatus::SUPERSEDED]).collect();
        let products: Vec<Face> = ProductStatus::KNOWN.iter().map(ProductStatus::face).collect();
        for faces in [consultation, orders, designs, products, users, commands, connections] {
            for lang in Lang::ALL {
                let words = Words::new(lang);
                let mut shown: Vec<(String, &str)> = faces.iter().map(|f| (words.text(f.word), f.glyph)).collect();
                assert!(
                    shown.iter().all(|(word, _)| !word.is_empty() && !word.contains("status-") && !word.contains("command-")),
                    "{shown:?}"
                );
                let all = shown.len();
                shown.sort();
                shown.dedup();
                assert_eq!(shown.len(), all, "two states share glyph and word in {lang:?}");
            }
        }
    }

    #[test]
    fn the_table_names_commands_that_exist_and_people_who_may_give_them() {
        fn check<S: PartialEq + std::fmt::Debug>(table: &[Transition<S>]) {
            for t in table {
                let spec = REGISTRY.iter().find(|s| s.name == t.act).expect(t.act);
                assert!(t.by.iter().all(|role| spec.roles.contains(role)), "{}: {:?}", t.act, t.by);
                assert_ne!(t.from, t.to);
            }
        }
        check(CONSULTATION);
        check(ORDER);
        check(PRODUCT);
        check(USER);
    }
}
