//! How the system's allocator is used: glibc's, which is told twice what it does not do by itself. Others are left as they are.
//!
//! glibc raises the size from which a freed block goes back to the system whenever such a block is freed, up to 32 MiB, and then
//! keeps the 19 MiB of a password, or a page of the feed, in the heap of whichever thread took it: 20 MB more after every other
//! login. And what a busy minute took stays in the middle of its heaps.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "mallopt and malloc_trim have no safe form; they take constants")]
mod glibc {
    /// Large blocks go back to the system when they are freed, and threads share few heaps. Called before there is a second
    /// thread.
    pub(crate) fn settle() {
        const LARGE: libc::c_int = 256 << 10;
        const HEAPS: libc::c_int = 2;
        // SAFETY: mallopt only writes settings of the allocator, and no other thread runs yet.
        unsafe {
            libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
            libc::mallopt(libc::M_ARENA_MAX, HEAPS);
        }
    }
    /// Gives back what is free, but for one MiB.
    pub(crate) fn trim() {
        // SAFETY: malloc_trim takes the allocator's own locks and touches nothing that is in use.
        unsafe {
            libc::malloc_trim(1 << 20);
        }
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
mod other {
    pub(crate) fn settle() {}
    pub(crate) fn trim() {}
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) use glibc::{settle, trim};
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) use other::{settle, trim};
