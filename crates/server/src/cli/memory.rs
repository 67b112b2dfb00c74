//! How the system's allocator is used.

/// Large blocks go back to the system when they are freed, and threads share few heaps.
///
/// glibc raises the size from which it does so whenever such a block is freed, up to 32 MiB, and then keeps the 19 MiB of a
/// password, or a page of the feed, in the heap of whichever thread took it: 20 MB more after every other login. Measured with
/// 200,000 records, five walks and a minute of load: 190 MB without this, under 70 MB with it.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "mallopt has no safe form; it is called once, with constants, before there is a second thread")]
pub(crate) fn settle() {
    const LARGE: libc::c_int = 256 << 10;
    const HEAPS: libc::c_int = 2;
    // SAFETY: mallopt only writes settings of the allocator, and no other thread runs yet.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
        libc::mallopt(libc::M_ARENA_MAX, HEAPS);
    }
}

/// Other allocators are left as they are.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn settle() {}
