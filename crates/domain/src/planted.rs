//! Faults that are planted to prove that the simulated world finds them (docs/torture.md). They exist only in programs that
//! `cargo xtask torture` builds (`cfg(meja_fault)`); everywhere else the question is answered «no» while compiling.

/// Whether this fault is planted in this process.
#[cfg(not(meja_fault))]
#[inline(always)]
#[must_use]
pub const fn planted(_fault: &str) -> bool {
    false
}

/// Whether there is room for faults in this program: no.
#[cfg(not(meja_fault))]
#[must_use]
pub const fn plant(_fault: Option<&str>) -> bool {
    false
}

#[cfg(meja_fault)]
mod planting {
    use std::sync::RwLock;

    static PLANTED: RwLock<Option<String>> = RwLock::new(None);

    /// Whether this fault is planted in this process.
    #[must_use]
    pub fn planted(fault: &str) -> bool {
        PLANTED.read().is_ok_and(|planted| planted.as_deref() == Some(fault))
    }

    /// Plants a fault in this process, or takes it out again; whether there is room for one.
    #[must_use]
    pub fn plant(fault: Option<&str>) -> bool {
        PLANTED.write().map(|mut planted| *planted = fault.map(str::to_owned)).is_ok()
    }
}
#[cfg(meja_fault)]
pub use planting::{plant, planted};
