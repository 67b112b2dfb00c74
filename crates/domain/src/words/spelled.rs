//! Amounts in words: «seratus lima puluh tujuh ribu lima ratus rupiah», as they stand below a money field (ui.md, section 5).

use super::Words;
use crate::money::Rupiah;

impl Words {
    /// An amount in words, from nothing to the largest that there is.
    #[must_use]
    pub fn spelled(&self, amount: Rupiah) -> String {
        let number = self.number_word(amount.0.unsigned_abs());
        let number = if amount.0 < 0 { self.with("number-minus", &[("n", number.into())]) } else { number };
        self.with("amount-in-words", &[("number", number.into())])
    }
    /// A number in words, thousands by thousands.
    fn number_word(&self, n: u64) -> String {
        if n == 0 {
            return self.text("number-0");
        }
        let mut rest = n;
        let mut parts = Vec::new();
        for scale in 0.. {
            if rest == 0 {
                break;
            }
            parts.extend(self.scaled(rest % 1_000, scale));
            rest /= 1_000;
        }
        parts.reverse();
        parts.join(" ")
    }
    /// So many thousands, millions and so on; nothing for none of them.
    fn scaled(&self, n: u64, scale: u32) -> Option<String> {
        match (n, scale) {
            (0, _) => None,
            (_, 0) => Some(self.hundreds(n)),
            // «seribu», and not «satu ribu».
            (1, 1) => Some(self.text("number-1000")),
            _ => Some(self.with(&format!("number-scale-{scale}"), &[("n", self.hundreds(n).into())])),
        }
    }
    /// A number below a thousand.
    fn hundreds(&self, n: u64) -> String {
        let hundreds = match n / 100 {
            0 => None,
            1 => Some(self.text("number-100")),
            many => Some(self.with("number-hundreds", &[("n", self.text(&format!("number-{many}")).into())])),
        };
        let rest = n % 100;
        let rest = (rest > 0).then(|| self.tens(rest));
        hundreds.into_iter().chain(rest).collect::<Vec<_>>().join(" ")
    }
    /// A number below a hundred.
    fn tens(&self, n: u64) -> String {
        let word = |n: u64| self.text(&format!("number-{n}"));
        match (n, n % 10) {
            (0..20, _) | (_, 0) => word(n),
            (_, ones) => self.with("number-tens", &[("tens", word(n - ones).into()), ("ones", word(ones).into())]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, "nol rupiah", "zero rupiah")]
    #[case(10, "sepuluh rupiah", "ten rupiah")]
    #[case(11, "sebelas rupiah", "eleven rupiah")]
    #[case(19, "sembilan belas rupiah", "nineteen rupiah")]
    #[case(21, "dua puluh satu rupiah", "twenty-one rupiah")]
    #[case(100, "seratus rupiah", "one hundred rupiah")]
    #[case(1_000, "seribu rupiah", "one thousand rupiah")]
    #[case(1_100, "seribu seratus rupiah", "one thousand one hundred rupiah")]
    #[case(11_000, "sebelas ribu rupiah", "eleven thousand rupiah")]
    #[case(101_000, "seratus satu ribu rupiah", "one hundred one thousand rupiah")]
    #[case(157_500, "seratus lima puluh tujuh ribu lima ratus rupiah", "one hundred fifty-seven thousand five hundred rupiah")]
    #[case(1_000_000, "satu juta rupiah", "one million rupiah")]
    #[case(1_001_001, "satu juta seribu satu rupiah", "one million one thousand one rupiah")]
    #[case(2_000_000_015, "dua miliar lima belas rupiah", "two billion fifteen rupiah")]
    #[case(3_000_000_000_000, "tiga triliun rupiah", "three trillion rupiah")]
    #[case(-31_500, "minus tiga puluh satu ribu lima ratus rupiah", "minus thirty-one thousand five hundred rupiah")]
    fn amounts_in_words(#[case] amount: i64, #[case] id: &str, #[case] en: &str) {
        assert_eq!(Words::new(Lang::Id).spelled(Rupiah(amount)), id);
        assert_eq!(Words::new(Lang::En).spelled(Rupiah(amount)), en);
    }

    /// What a single word stands for, in either language: a number, or how often it takes what stands before it.
    fn meaning(word: &str) -> Option<(u128, bool)> {
        const ONES: [[&str; 2]; 12] = [
            ["nol", "zero"],
            ["satu", "one"],
            ["dua", "two"],
            ["tiga", "three"],
            ["empat", "four"],
            ["lima", "five"],
            ["enam", "six"],
            ["tujuh", "seven"],
            ["delapan", "eight"],
            ["sembilan", "nine"],
            ["sepuluh", "ten"],
            ["sebelas", "eleven"],
        ];
        const TEENS: [&str; 8] = ["twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
        const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
        const SCALES: [[&str; 2]; 6] = [
            ["ribu", "thousand"],
            ["juta", "million"],
            ["miliar", "billion"],
            ["triliun", "trillion"],
            ["kuadriliun", "quadrillion"],
            ["kuintiliun", "quintillion"],
        ];
        let place = |n: usize| u128::try_from(n).ok();
        let ones = ONES.iter().position(|names| names.contains(&word)).and_then(place);
        let teens = TEENS.iter().position(|name| *name == word).and_then(place).map(|n| n + 12);
        let tens = TENS.iter().position(|name| *name == word).and_then(place).map(|n| (n + 2) * 10);
        let scale = SCALES.iter().position(|names| names.contains(&word)).map(|n| 1_000_u128.pow(u32::try_from(n).unwrap() + 1));
        let fixed = match word {
            "seratus" => Some((100, false)),
            "seribu" => Some((1_000, false)),
            "puluh" => Some((10, true)),
            "ratus" | "hundred" => Some((100, true)),
            _ => None,
        };
        ones.or(teens).or(tens).map(|n| (n, false)).or(scale.map(|n| (n, true))).or(fixed)
    }

    /// Reads a number in words as a listener does: adds what is said, and multiplies what has not been multiplied yet.
    fn heard(words: &str) -> u128 {
        let (mut total, mut group, mut last) = (0, 0, 0);
        for word in words.split([' ', '-']) {
            if word == "belas" {
                last += 10;
                continue;
            }
            match meaning(word).unwrap_or_else(|| panic!("«{word}» is no number")) {
                (times, true) if times >= 1_000 => {
                    total += (group + last) * times;
                    (group, last) = (0, 0);
                }
                (times, true) => {
                    group += last * times;
                    last = 0;
                }
                (n, false) => {
                    group += last;
                    last = n;
                }
            }
        }
        total + group + last
    }

    proptest! {
        #[test]
        fn whoever_hears_an_amount_knows_it(amount in prop_oneof![0_i64..=20_000, 0_i64..=10_000_000_000, 0_i64..=i64::MAX]) {
            for lang in Lang::ALL {
                let said = Words::new(lang).spelled(Rupiah(amount));
                let number = said.strip_suffix(" rupiah").unwrap_or_else(|| panic!("{said}"));
                prop_assert_eq!(heard(number), u128::from(amount.unsigned_abs()), "{}", said);
            }
        }
    }
}
