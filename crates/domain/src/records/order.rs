//! Design orders (R-070…R-076, M-06).

use serde::{Deserialize, Serialize};

use super::{Claim, History, Snooze, Source};
use crate::{
    id::{ClientId, OrderId, UserId},
    money::Rupiah,
    name::PersonName,
    record::{column_types, record},
    role::Person,
    text::{Brief, NoteText, Reason},
    time::{Day, UtcMillis, Zone},
    wire_enum::wire_enum,
};

wire_enum! {
    /// Where an order stands (M-06).
    pub enum OrderStatus {
        /// Nobody has taken it up yet.
        Pending = "pending",
        /// It will be made.
        Approved = "approved",
        /// Somebody works on it.
        InProgress = "in_progress",
        /// The client looks at what was made.
        Review = "review",
        /// It is done.
        Completed = "completed",
        /// It was called off.
        Cancelled = "cancelled" | "canceled",
    }
}

impl OrderStatus {
    /// Whether nothing more is to be done: neither done nor called off.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Pending | Self::Approved | Self::InProgress | Self::Review)
    }
}

wire_enum! {
    /// Where the making of the product stands (`produk_status`, R-075, R-076); the sources' own words are its wire names.
    pub enum ProductStatus {
        /// Not begun.
        Pending = "pending",
        /// Being made.
        Proses = "proses",
        /// Made; there is a design to show for it.
        Selesai = "selesai",
    }
}

wire_enum! {
    /// What is to be designed (`jenis_desain`, R-070); the sources' own words are its wire names.
    pub enum DesignType {
        /// A logo.
        Logo = "logo",
        /// A brand: name, colours, letters, rules.
        Branding = "branding",
        /// A web site.
        WebDesign = "web_design",
        /// Screens of a program.
        UiUx = "ui_ux",
        /// Something to be printed.
        PrintDesign = "print_design",
        /// Something else.
        Dll = "dll",
    }
}

/// That an order was deleted: softly, so that an admin can bring it back (C-37).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Deletion {
    /// Who did it.
    pub by: Person,
    /// When.
    pub at: UtcMillis,
    /// Why.
    pub reason: String,
}

column_types! {
    Text: OrderStatus, ProductStatus, DesignType;
    Json: Deletion;
}

record! {
    /// An order for a design. It carries what everybody who may see it needs to know of the client (architecture.md: «What
    /// somebody may know of another record is carried by their own»).
    pub struct Order(Order) {
        /// Its id.
        pub id: OrderId,
        /// What people call it: `ORD-YYYYMM-XXXX`, the month in WIB, counted (R-071, C-12). On the desk that made it, until the
        /// server has counted, a provisional one ([`Order::has_real_number`]).
        pub number: String,
        /// Whose order it is.
        pub client_id: ClientId,
        /// The client's account, if they have one: it hears of every change.
        pub client_user: Option<UserId>,
        /// What the client is called.
        pub client_name: PersonName,
        /// The zone the client lives in.
        pub client_zone: Zone,
        /// How it reached us.
        pub source: Source,
        /// What is to be designed.
        pub design_type: DesignType,
        /// What it shall be.
        pub description: Brief,
        /// What else the client needs.
        pub needs: Option<Brief>,
        /// By which day the client wants it.
        pub deadline: Option<Day>,
        /// What the client means to spend, in whole rupiah.
        pub budget: Option<Rupiah>,
        /// Where it stands.
        pub status: OrderStatus,
        /// Where the making of the product stands.
        pub product_status: ProductStatus,
        /// What the staff keeps in mind with it (`catatan_admin`); the client does not read it.
        pub staff_note: Option<NoteText>,
        /// Why it was called off, or moved against the usual way; the client reads it.
        pub reason: Option<Reason>,
        /// How many design versions it has had; the last one's number.
        pub versions: i64,
        /// The version that counts; nothing where there is none.
        pub current_version: Option<i64>,
        /// The newest version that its client was shown: «Hasil Desain Tersedia»; nothing where there is none.
        pub shown_version: Option<i64>,
        /// Until when it is promised that somebody takes it up, in working time.
        pub due_at: UtcMillis,
        /// Since when it stands where it stands.
        pub status_at: UtcMillis,
        /// Who moved it there.
        pub status_by: Person,
        /// Who works on it at this moment; whose it is says `assignee`.
        pub claim: Option<Claim>,
        /// Until when nobody wants to see it.
        pub snooze: Option<Snooze>,
        /// To whom it was given.
        pub assignee: Option<Person>,
        /// That it was deleted.
        pub deleted: Option<Deletion>,
        /// When it was made.
        pub created_at: UtcMillis,
        /// When it last changed.
        pub updated_at: UtcMillis,
        /// What happened to it.
        pub history: History,
    }
}

impl Order {
    /// What stands in front of the letters of a provisional number; no counted number has it.
    pub const PROVISIONAL: char = '~';

    /// Whether the server has given it its number.
    #[must_use]
    pub fn has_real_number(&self) -> bool {
        !self.number.contains(Self::PROVISIONAL)
    }
    /// The claim that counts at `now`: one that has run out does not.
    #[must_use]
    pub fn claimed_at(&self, now: UtcMillis) -> Option<&Claim> {
        self.claim.as_ref().filter(|it| it.counts_at(now))
    }
    /// The snooze that counts at `now`.
    #[must_use]
    pub fn snoozed_at(&self, now: UtcMillis) -> Option<&Snooze> {
        self.snooze.as_ref().filter(|it| it.counts_at(now))
    }
    /// Whether something is still to be done about it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.deleted.is_none() && self.status.is_open()
    }
}
