//! Design versions (R-077, R-078, M-07, C-15).

use serde::{Deserialize, Serialize};

use crate::{
    file::{FileName, MediaType, Sha256},
    id::{DesignId, OrderId},
    record::{ColumnType, ColumnValue, column_types, record},
    role::Person,
    text::Reason,
    time::UtcMillis,
    wire_enum::wire_enum,
};

wire_enum! {
    /// Where a design version stands (M-07).
    pub enum DesignStatus {
        /// It is here; its client does not see it yet.
        Uploaded = "uploaded",
        /// Its client looks at it.
        Submitted = "submitted",
        /// Its client wants exactly this.
        Approved = "approved",
        /// Its client wants something changed.
        RevisionRequested = "revision_requested",
    }
}

/// That the file of a version was taken away for good (C-15): the version stays, with all that it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Purge {
    /// Who did it.
    pub by: Person,
    /// When.
    pub at: UtcMillis,
    /// Why.
    pub reason: String,
}

/// A place in a picture, and what its client says of it (ui.md, «Preview / compare»).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pin {
    /// How far it is from the left, in thousandths of the picture's width.
    pub x: u16,
    /// How far it is from the top, in thousandths of the picture's height.
    pub y: u16,
    /// What is said of it.
    pub text: Reason,
}

/// The places in a version's picture, in the order in which its client named them: they are numbered from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Pins(pub Vec<Pin>);

impl Pins {
    /// The most that one version has.
    pub const MOST: usize = 20;
    /// The right and the lower edge of the picture, in thousandths.
    pub const EDGE: u16 = 1_000;
}

impl ColumnValue for Pins {
    const TYPE: ColumnType = ColumnType::Json;
    const NULL: bool = true;
    fn is_null(&self) -> bool {
        self.0.is_empty()
    }
}

column_types! {
    Text: DesignStatus;
    Json: Purge;
}

record! {
    /// A version of what was made for an order. Its bytes never change, and none is ever overwritten (C-15); which one is current says
    /// the order ([`super::Order::current_version`]). Long after the order an admin may take the bytes away.
    pub struct Design(Design) {
        /// Its id.
        pub id: DesignId,
        /// The order it was made for; also its scope.
        pub order_id: OrderId,
        /// What people call that order.
        pub order_number: String,
        /// Its number within the order: from 1, without gap.
        pub version: i64,
        /// What its bytes are known by; an approval is bound to it.
        pub sha256: Sha256,
        /// How many bytes it has.
        pub size: i64,
        /// What the bytes are.
        pub media_type: MediaType,
        /// What the file was called where it came from.
        pub name: FileName,
        /// Who uploaded it; a client is not told.
        pub by: Person,
        /// Where it stands.
        pub status: DesignStatus,
        /// What its client wants changed.
        pub comment: Option<Reason>,
        /// Where in its picture.
        #[serde(default)]
        pub pins: Pins,
        /// When its client was shown it.
        pub submitted_at: Option<UtcMillis>,
        /// When its client approved it or asked for a revision.
        pub reviewed_at: Option<UtcMillis>,
        /// That its file was taken away.
        pub purged: Option<Purge>,
        /// When the server took it.
        pub created_at: UtcMillis,
        /// When it last changed.
        pub updated_at: UtcMillis,
    }
}

impl Design {
    /// Whether its client sees it: from the moment it was submitted on.
    #[must_use]
    pub const fn is_shown_to_client(&self) -> bool {
        !matches!(self.status, DesignStatus::Uploaded | DesignStatus::Unknown(_))
    }
    /// Whether these bytes are its file, and are there: one whose file was taken away holds none.
    #[must_use]
    pub fn holds(&self, sha256: &Sha256) -> bool {
        self.sha256 == *sha256 && self.purged.is_none()
    }
    /// Whether another version took its place before anybody decided on it for good: «Digantikan».
    #[must_use]
    pub fn is_superseded(&self, current: Option<i64>) -> bool {
        self.status != DesignStatus::Approved && current.is_some_and(|current| current > self.version)
    }
    /// What it is called when it is downloaded: `{timestamp}_{nomor_order}_{original_filename}` (R-077, C-35). The timestamp is in
    /// seconds since 1970, UTC.
    #[must_use]
    pub fn download_name(&self) -> FileName {
        let said = format!("{}_{}_{}", self.created_at.ms().div_euclid(1_000), self.order_number, self.name);
        FileName::new(&said).unwrap_or_else(|_| self.name.clone())
    }
}
