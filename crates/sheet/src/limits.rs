//! What is taken: fifty thousand rows of clients and orders are about ten megabytes, and everything here is several times that.

/// The most bytes of a file.
pub const BYTES: u64 = 32 << 20;
/// The most bytes that a packed file unpacks to, all its parts together.
pub const UNPACKED: u64 = 256 << 20;
/// The most parts of a packed file.
pub const PARTS: usize = 1_000;
/// The most rows below the headers.
pub const ROWS: usize = 100_000;
/// The most columns.
pub const COLUMNS: usize = 100;
/// The most bytes of one cell: a spreadsheet takes 32 767 letters.
pub const CELL: usize = 131_072;
/// The most bytes of all cells together.
pub const TEXT: usize = 96 << 20;
