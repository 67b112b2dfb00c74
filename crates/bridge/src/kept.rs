//! Orders whose files a person keeps on this computer: beyond the cache, and fetched by themselves.

use domain::id::OrderId;
use serde::{Deserialize, Serialize};

/// Keeps the files of an order on this computer, or lets go of them. It is this person's own choice for this computer, and no command:
/// nobody else hears of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepOrder {
    /// Which.
    pub order: OrderId,
    /// Whether they are kept from now on.
    pub keep: bool,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeepOrderReply {
    /// So it is now.
    Done {
        /// How far its files are, where they are kept.
        kept: Option<KeptFiles>,
    },
    /// Its files have no room beside what is kept already, in bytes.
    NoRoom {
        /// How many they have.
        needs: u64,
        /// How many there is room for.
        left: u64,
    },
    /// So many orders are kept already, and no more can be.
    TooMany {
        /// How many.
        most: u32,
    },
}

/// How far the files of a kept order are here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFiles {
    /// How many versions have a file.
    pub files: u32,
    /// Of how many it is here.
    pub here: u32,
    /// How many bytes they have.
    pub bytes: u64,
    /// How many of these are here.
    pub bytes_here: u64,
    /// Whether one of them is being fetched.
    pub fetching: bool,
    /// How many the server does not give.
    pub refused: u32,
    /// Whether one that is not here has no room.
    pub full: bool,
}

impl KeptFiles {
    /// Whether all of them are here.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.here >= self.files
    }
}

/// Which orders are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptOrders {}

/// An order that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptOrder {
    /// Which.
    pub order: OrderId,
    /// What people call it.
    pub number: String,
    /// Whether the server has counted it.
    pub has_real_number: bool,
    /// Whose it is.
    pub client_name: String,
    /// How far its files are.
    pub files: KeptFiles,
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptOrdersReply {
    /// The oldest choice first.
    pub orders: Vec<KeptOrder>,
    /// How many are not here yet, because the first copy is still being read.
    pub unknown: u32,
    /// How many bytes of their files are here.
    pub bytes: u64,
    /// How many there can be.
    pub most: u64,
    /// How many bytes the cache has beside them.
    pub cached: u64,
}
