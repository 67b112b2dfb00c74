//! Bytes near what is right: whatever they are, looking at them ends in an answer.

use ::hostile::bytes_near;
use proptest::prelude::*;

use super::looked_at;
use crate::testing::{JPEG, Member, chunk, deflated, pdf, pixels, png_of, rar4, rar5, zip};

fn right() -> Vec<Vec<u8>> {
    let text = b"<svg xmlns='http://www.w3.org/2000/svg'/>".repeat(9);
    let members = [Member::packed("a/b.svg", &text), Member::packed("c.svg", &text).streamed(), Member::kept("d.txt", b"halo")];
    vec![
        JPEG.to_vec(),
        png_of(20, 10, [8, 6, 0, 0, 0], &[chunk(b"IDAT", &deflated(&pixels(20, 10, 4), 6))]),
        pdf(200),
        zip(&members),
        rar4(b"rest"),
        rar5(b"rest"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_bytes_are_too_strange(bytes in bytes_near(right()), other in proptest::sample::select(vec!["a.jpg", "a.png", "a.pdf", "a.zip", "a.rar"])) {
        let own = match bytes.first() {
            Some(0xff) => "a.jpg",
            Some(0x89) => "a.png",
            Some(b'%') => "a.pdf",
            Some(b'R') => "a.rar",
            _ => "a.zip",
        };
        for name in [own, other] {
            if let Ok(facts) = looked_at(name, None, &bytes) {
                prop_assert_eq!(facts.size, bytes.len() as u64);
            }
        }
    }
}
