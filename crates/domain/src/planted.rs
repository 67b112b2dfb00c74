//! Faults that are planted to prove that the simulated world finds them (docs/torture.md). They exist only in programs that
//! `cargo xtask torture` builds (`cfg(meja_fault)`); everywhere else the question is answered «no» while compiling.

/// Whether this fault is planted in this process.
#[cfg(not(meja_fault))]
#[inline(always)]
#[must_use]
pub const fn planted(_fault: &str) -> bool {
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

    /// Plants a fault in this process, or takes it out again.
    pub fn plant(fault: Option<&str>) {
        if let Ok(mut planted) = PLANTED.write() {
            *planted = fault.map(str::to_owned);
        }
    }
}
#[cfg(meja_fault)]
pub use planting::{plant, planted};
