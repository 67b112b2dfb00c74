//! Money: whole rupiah, fees in basis points, and the house format (R-042…R-047, C-01, C-02, facts 4.6).

use serde::{Deserialize, Serialize};
use std::fmt;

use crate::text::Invalid;

/// An amount in whole rupiah. Never a fraction, never a float.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Rupiah(pub i64);

/// A rate in basis points: 500 is 5 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Bps(pub u32);

/// The part that parts take from each other: what the client pays and what the expert earns (C-01, C-02).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeeSplit {
    /// The admin fee on top of the price.
    pub admin_fee: Rupiah,
    /// Price and admin fee: what the client pays.
    pub total: Rupiah,
    /// The platform's share of the total.
    pub platform_fee: Rupiah,
    /// What is left for the expert.
    pub income: Rupiah,
}

impl Rupiah {
    /// `(amount × bps + 5000) / 10000`, half up (facts 4.6). Amounts are never negative where fees are taken.
    #[must_use]
    pub fn fee(self, rate: Bps) -> Self {
        let exact = i128::from(self.0) * i128::from(rate.0) + 5_000;
        Self(i64::try_from(exact.div_euclid(10_000)).unwrap_or(i64::MAX))
    }
    /// The sum; `None` when it cannot be held.
    #[must_use]
    pub const fn plus(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(sum) => Some(Self(sum)),
            None => None,
        }
    }
    /// The fees of a price: the admin fee is added, the platform's share is taken of what was paid, the rest is income.
    #[must_use]
    pub fn split(self, admin: Bps, platform: Bps) -> FeeSplit {
        let admin_fee = self.fee(admin);
        let total = Self(self.0.saturating_add(admin_fee.0));
        let platform_fee = total.fee(platform);
        FeeSplit { admin_fee, total, platform_fee, income: Self(total.0 - platform_fee.0) }
    }
    /// The house format with plain spaces, for files: `Rp 157.500`, `- Rp 31.500`.
    #[must_use]
    pub fn plain(self) -> String {
        self.grouped(' ')
    }
    fn grouped(self, space: char) -> String {
        let digits = self.0.unsigned_abs().to_string();
        let mut text = String::with_capacity(digits.len() * 4 / 3 + 6);
        if self.0 < 0 {
            text.push('-');
            text.push(space);
        }
        text.push_str("Rp");
        text.push(space);
        for (place, digit) in digits.char_indices() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push('.');
            }
            text.push(digit);
        }
        text
    }
    /// Reads an amount that a person typed or pasted: `157.500`, `157500`, `Rp 157.500,00`.
    ///
    /// # Errors
    /// [`Invalid::Required`] for nothing, [`Invalid::Malformed`] for anything that is not whole rupiah.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let bare = text.trim().trim_start_matches("Rp").trim_start_matches("rp").trim_matches([' ', '\u{a0}']);
        if bare.is_empty() {
            return Err(Invalid::Required);
        }
        let whole = bare.strip_suffix(",00").or_else(|| bare.strip_suffix(",0")).unwrap_or(bare);
        let groups: Vec<&str> = whole.split('.').collect();
        let digits_only = groups.iter().all(|g| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit()));
        let grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|g| g.len() == 3));
        if !digits_only || !grouped {
            return Err(Invalid::Malformed);
        }
        groups.concat().parse().map(Self).map_err(|_| Invalid::Malformed)
    }
}

impl fmt::Display for Rupiah {
    /// The house format with no-break spaces.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.grouped('\u{a0}'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case(100_000, 5_000, 105_000, 21_000, 84_000)]
    #[case(150_000, 7_500, 157_500, 31_500, 126_000)]
    #[case(300_000, 15_000, 315_000, 63_000, 252_000)]
    #[case(12_345, 617, 12_962, 2_592, 10_370)]
    fn fee_vectors(#[case] price: i64, #[case] admin: i64, #[case] total: i64, #[case] platform: i64, #[case] income: i64) {
        let split = Rupiah(price).split(Bps(500), Bps(2_000));
        let expected = FeeSplit { admin_fee: Rupiah(admin), total: Rupiah(total), platform_fee: Rupiah(platform), income: Rupiah(income) };
        assert_eq!(split, expected, "facts 4.6");
    }

    #[test]
    fn a_sum_that_cannot_be_held_is_none() {
        assert_eq!(Rupiah(157_500).plus(Rupiah(-31_500)), Some(Rupiah(126_000)));
        assert_eq!((Rupiah(i64::MAX).plus(Rupiah(1)), Rupiah(i64::MIN).plus(Rupiah(-1))), (None, None));
    }

    #[test]
    fn house_format() {
        assert_eq!(Rupiah(157_500).to_string(), "Rp\u{a0}157.500");
        assert_eq!(Rupiah(-31_500).plain(), "- Rp 31.500");
        assert_eq!(Rupiah(0).plain(), "Rp 0");
        assert_eq!(Rupiah(999).plain(), "Rp 999");
        assert_eq!(Rupiah(i64::MIN).plain(), "- Rp 9.223.372.036.854.775.808");
    }

    #[rstest]
    #[case("157.500", Ok(157_500))]
    #[case("157500", Ok(157_500))]
    #[case("Rp 157.500,00", Ok(157_500))]
    #[case("Rp\u{a0}1.575.000", Ok(1_575_000))]
    #[case("157,500", Err(Invalid::Malformed))]
    #[case("157.50", Err(Invalid::Malformed))]
    #[case("1575.000", Err(Invalid::Malformed))]
    #[case("-5", Err(Invalid::Malformed))]
    #[case("Rp", Err(Invalid::Required))]
    fn typed_amounts(#[case] text: &str, #[case] expected: Result<i64, Invalid>) {
        assert_eq!(Rupiah::parse(text).map(|r| r.0), expected);
    }

    proptest! {
        #[test]
        fn parts_always_sum(price in 0_i64..=1_000_000_000_000, admin in 0_u32..=10_000, platform in 0_u32..=10_000) {
            let s = Rupiah(price).split(Bps(admin), Bps(platform));
            prop_assert_eq!(price + s.admin_fee.0, s.total.0);
            prop_assert_eq!(s.platform_fee.0 + s.income.0, s.total.0);
            prop_assert!(s.income.0 >= 0);
        }
        #[test]
        fn what_is_shown_can_be_typed(amount in 0_i64..=i64::MAX) {
            prop_assert_eq!(Rupiah::parse(&Rupiah(amount).to_string()), Ok(Rupiah(amount)));
        }
    }
}
