//! The round mark beside a name: one or two capitals, in a colour that is always the same for one name.

use dioxus::prelude::*;
use domain::name::PersonName;

/// How a claim on a record is drawn around somebody's mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Lease {
    /// None.
    #[default]
    None,
    /// A ring: the server knows of the claim.
    Acknowledged,
    /// A dashed ring: only this computer does.
    Ours,
}

/// A mark. The name stands beside it, so screen readers pass it over.
#[component]
pub(crate) fn Avatar(name: PersonName, #[props(default = 20)] size: u8, #[props(default)] lease: Lease) -> Element {
    let lease = match lease {
        Lease::None => "",
        Lease::Acknowledged => " av-lease",
        Lease::Ours => " av-lease is-ours",
    };
    rsx! {
        span { class: "av av-{size} av-{shade(name.as_str())}{lease}", "aria-hidden": "true", {name.initials()} }
    }
}

/// One of seven shades.
fn shade(name: &str) -> char {
    let sum = name.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    char::from(b"abcdefg"[usize::try_from(sum % 7).unwrap_or(0)])
}
