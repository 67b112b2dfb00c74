//! Counters: what is counted without gap and without repeat (R-071, C-12).

use crate::{id::CounterId, record::record};

record! {
    /// A row that counts. It is read and written in the transaction of what it numbers, so that a refused act takes no number.
    /// Nobody's feed holds it: a desk cannot count, and shows a provisional number until the server has.
    pub struct Counter(Counter) {
        /// Its id, made from its name.
        pub id: CounterId,
        /// What it counts: `order/202611`.
        pub name: String,
        /// The last number that was given.
        pub last: i64,
    }
}
