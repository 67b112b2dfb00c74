//! Numbers at a place. Nothing here can leave the bytes: what is not there is nothing.

/// Numbers of a slice, by place.
pub(crate) trait Numbers {
    /// `N` bytes.
    fn array<const N: usize>(&self, at: usize) -> Option<[u8; N]>;
    /// A number of two bytes, the highest first.
    fn be16(&self, at: usize) -> Option<u16> {
        self.array(at).map(u16::from_be_bytes)
    }
    /// A number of four bytes, the highest first.
    fn be32(&self, at: usize) -> Option<u32> {
        self.array(at).map(u32::from_be_bytes)
    }
    /// A number of two bytes, the lowest first.
    fn le16(&self, at: usize) -> Option<u16> {
        self.array(at).map(u16::from_le_bytes)
    }
    /// A number of four bytes, the lowest first.
    fn le32(&self, at: usize) -> Option<u32> {
        self.array(at).map(u32::from_le_bytes)
    }
    /// The same as a place or a length.
    fn place(&self, at: usize) -> Option<usize> {
        self.le32(at).and_then(|n| usize::try_from(n).ok())
    }
}

impl Numbers for [u8] {
    fn array<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.get(at..)?.first_chunk().copied()
    }
}
