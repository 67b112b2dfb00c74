//! Links from outside: `meja://record/<kind>/<id>`, from a mail, a chat or another program. A link can open, never act (ui.md,
//! section 11): it names a record and nothing else, and whoever made it is unknown.

use bridge::LinkProblem;
use domain::record::{Kind, RecordRef};

/// What every link of ours begins with.
const BEGIN: &str = "meja://record/";
/// No link of ours is longer, in bytes.
const LONGEST: usize = 200;

/// The record that a link names.
///
/// # Errors
/// [`LinkProblem::Unreadable`] for what is no link of ours, and a kind that this program does not know;
/// [`LinkProblem::NoScreen`] for a record that no screen shows by itself.
pub(crate) fn read(link: &str) -> Result<RecordRef, LinkProblem> {
    let begin = link.get(..BEGIN.len()).filter(|begin| link.len() <= LONGEST && begin.eq_ignore_ascii_case(BEGIN));
    let rest = begin.map(|begin| &link[begin.len()..]).ok_or(LinkProblem::Unreadable)?;
    // Some programs end an address with a slash.
    let record: RecordRef = rest.strip_suffix('/').unwrap_or(rest).parse().map_err(|_| LinkProblem::Unreadable)?;
    // A note is read where it was written, a message in its conversation.
    if has_screen(record.kind) || matches!(record.kind, Kind::Note | Kind::Message) { Ok(record) } else { Err(LinkProblem::NoScreen) }
}

/// Whether a screen shows a record of this kind by itself.
pub(crate) const fn has_screen(kind: Kind) -> bool {
    matches!(kind, Kind::Consultation | Kind::Order | Kind::Conversation | Kind::Client)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hostile::{TEXTS, text_near};
    use proptest::prelude::*;
    use rstest::rstest;

    const ID: &str = "019ad0f2-7c1b-7a32-8f4e-5d2b1c0a9e88";

    #[rstest]
    #[case::a_request("meja://record/consultation/", "", Kind::Consultation)]
    #[case::a_note("meja://record/note/", "", Kind::Note)]
    #[case::an_order("meja://record/order/", "", Kind::Order)]
    #[case::a_conversation("meja://record/conversation/", "", Kind::Conversation)]
    #[case::a_client("meja://record/client/", "", Kind::Client)]
    #[case::a_message("meja://record/message/", "", Kind::Message)]
    #[case::with_a_slash("meja://record/consultation/", "/", Kind::Consultation)]
    #[case::in_capitals("MEJA://Record/consultation/", "", Kind::Consultation)]
    fn a_link_names_a_record(#[case] begin: &str, #[case] end: &str, #[case] kind: Kind) {
        assert_eq!(read(&format!("{begin}{ID}{end}")), Ok(RecordRef { kind, id: ID.parse().unwrap() }));
    }

    #[rstest]
    #[case::another_scheme("https://record/consultation/")]
    #[case::another_place("meja://act/consultation/")]
    #[case::an_unknown_kind("meja://record/invoice/")]
    #[case::no_kind("meja://record/")]
    #[case::two_kinds("meja://record/consultation/consultation/")]
    #[case::a_way_up("meja://record/../consultation/")]
    fn what_is_no_link_of_ours_opens_nothing(#[case] begin: &str) {
        assert_eq!(read(&format!("{begin}{ID}")), Err(LinkProblem::Unreadable));
    }

    #[test]
    fn nothing_beside_the_record_is_taken() {
        for end in ["?act=accept", "#accept", "/accept", "//", " ", "\0", "%20"] {
            assert_eq!(read(&format!("meja://record/consultation/{ID}{end}")), Err(LinkProblem::Unreadable), "{end:?}");
        }
        assert_eq!(read(&format!("meja://record/user/{ID}")), Err(LinkProblem::NoScreen));
        assert_eq!(read(&format!("meja://record/consultation/{}", "a".repeat(100_000))), Err(LinkProblem::Unreadable));
    }

    #[test]
    fn no_known_trick_is_a_link() {
        // An id among them is one, behind the name of a kind.
        for text in TEXTS.iter().filter(|text| text.parse::<domain::id::RecordId>().is_err()) {
            for link in [(*text).to_owned(), format!("meja://record/{text}"), format!("meja://record/consultation/{text}")] {
                assert_eq!(read(&link), Err(LinkProblem::Unreadable), "{link:?}");
            }
        }
    }

    proptest! {
        /// Whatever comes, it is a record that has a screen, and then it was written so; or it is refused.
        #[test]
        fn whatever_comes_is_borne(text in text_near(&["meja://record/consultation/019ad0f2-7c1b-7a32-8f4e-5d2b1c0a9e88"])) {
            if let Ok(record) = read(&text) {
                prop_assert!(text.to_ascii_lowercase().contains(&record.to_string()));
            }
        }
    }
}
