//! Texts for answering quickly, with gaps that the desk fills in by itself, also without a line.

use crate::{
    id::QuickReplyId,
    money::Rupiah,
    record::{column_types, record},
    role::Person,
    status::Face,
    text::{ChatText, Invalid, ReplyTitle},
    time::{Day, UtcMillis},
    wire_enum::wire_enum,
    words::Words,
};
use std::fmt;

record! {
    /// A text for answering quickly. The whole staff has the same ones.
    pub struct QuickReply(QuickReply) {
        /// Its id.
        pub id: QuickReplyId,
        /// What it is called in the list to choose from.
        pub title: ReplyTitle,
        /// The text, with its gaps as they were typed: `Halo {klien}`.
        pub text: ReplyText,
        /// Who saved it last.
        pub by: Person,
        /// Since when it is offered no more.
        pub removed_at: Option<UtcMillis>,
        /// When it was first saved.
        pub created_at: UtcMillis,
        /// When it last changed.
        pub updated_at: UtcMillis,
    }
}

wire_enum! {
    /// What a gap in a quick reply stands for; the name is what people type between braces, in either language.
    pub enum Placeholder {
        /// The client's name.
        Client = "klien" | "client",
        /// The order's number.
        Order = "pesanan" | "order",
        /// The day by which the client wants it.
        Deadline = "tenggat" | "deadline",
        /// What the client means to spend.
        Budget = "anggaran" | "budget",
        /// Where the order stands.
        Status = "status",
        /// Who answers.
        Me = "saya" | "me",
        /// Today's day, where the client lives.
        Today = "hari_ini" | "today",
    }
}

/// The text of a quick reply: that of a message, every gap in it one that can be filled in. Braces around anything but small
/// letters and `_` are braces.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ReplyText(String);
column_types! { Text: ReplyText; }

impl fmt::Debug for ReplyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

/// A part of a text: as it stands, or a gap.
enum Part<'a> {
    Plain(&'a str),
    Gap(&'a str),
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let (mut all, mut plain, mut from) = (Vec::new(), 0, 0);
    while let Some(open) = text[from..].find('{').map(|at| from + at) {
        let name = &text[open + 1..];
        let end = name.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(name.len());
        from = open + 1;
        if end > 0 && name[end..].starts_with('}') {
            all.extend([Part::Plain(&text[plain..open]), Part::Gap(&name[..end])]);
            from = open + 1 + end + 1;
            plain = from;
        }
    }
    all.push(Part::Plain(&text[plain..]));
    all
}

/// What the gaps are filled with; a gap whose value is not known stays open.
#[derive(Clone, Debug, Default)]
pub struct Filling {
    /// The client's name.
    pub client: Option<String>,
    /// The order's number.
    pub order: Option<String>,
    /// The order's deadline.
    pub deadline: Option<Day>,
    /// The client's budget, in whole rupiah.
    pub budget: Option<Rupiah>,
    /// Where the order stands.
    pub status: Option<Face>,
    /// The name of who answers.
    pub me: Option<String>,
    /// Today, in the zone where the client lives.
    pub today: Option<Day>,
}

/// A quick reply with its gaps filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The text; what could not be filled in is `…`.
    pub text: String,
    /// What could not be filled in, in the order of the text.
    pub open: Vec<Placeholder>,
}

impl ReplyText {
    /// Checks a typed text.
    ///
    /// # Errors
    /// Those of a message's text; [`Invalid::Unknown`] where a gap has a name that nobody knows.
    pub fn new(text: &str) -> Result<Self, Invalid> {
        let text = ChatText::new(text)?.as_str().to_owned();
        let unknown = |part: &Part<'_>| matches!(part, Part::Gap(name) if matches!(Placeholder::of_wire(name), Placeholder::Unknown(_)));
        if parts(&text).iter().any(unknown) { Err(Invalid::Unknown) } else { Ok(Self(text)) }
    }
    /// The text as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The text with its gaps filled in, in the words of a language: dates and amounts as they are written everywhere.
    #[must_use]
    pub fn fill(&self, with: &Filling, words: &Words) -> Filled {
        let (mut text, mut open) = (String::new(), Vec::new());
        for part in parts(&self.0) {
            match part {
                Part::Plain(plain) => text.push_str(plain),
                Part::Gap(name) => {
                    let gap = Placeholder::of_wire(name);
                    match with.value(&gap, words) {
                        Some(value) => text.push_str(&value),
                        None => {
                            text.push('…');
                            open.push(gap);
                        }
                    }
                }
            }
        }
        Filled { text, open }
    }
}

impl Filling {
    fn value(&self, gap: &Placeholder, words: &Words) -> Option<String> {
        match gap {
            Placeholder::Client => self.client.clone(),
            Placeholder::Order => self.order.clone(),
            Placeholder::Deadline => self.deadline.map(|day| words.date_long(day)),
            Placeholder::Budget => self.budget.map(|amount| amount.to_string()),
            Placeholder::Status => self.status.map(|face| words.text(face.word)),
            Placeholder::Me => self.me.clone(),
            Placeholder::Today => self.today.map(|day| words.date_long(day)),
            Placeholder::Unknown(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{records::OrderStatus, words::Lang};
    use proptest::prelude::*;

    fn filling() -> Filling {
        Filling {
            client: Some("Rani Kusuma".into()),
            order: Some("ORD-202611-0042".into()),
            deadline: Some("2026-12-01".parse().unwrap()),
            budget: Some(Rupiah(1_500_000)),
            status: Some(OrderStatus::Review.face()),
            me: Some("Bima".into()),
            today: None,
        }
    }

    #[test]
    fn gaps_are_filled_in_the_words_of_the_house() {
        let text = ReplyText::new("Halo {klien}, {order} {status}: {anggaran}, {tenggat}. {saya}").unwrap();
        let filled = text.fill(&filling(), &Words::new(Lang::Id));
        assert_eq!(filled.text, "Halo Rani Kusuma, ORD-202611-0042 Ditinjau: Rp\u{a0}1.500.000, Selasa, 1 Des 2026. Bima");
        assert_eq!(filled.open, Vec::new());
        let english = text.fill(&filling(), &Words::new(Lang::En)).text;
        assert!(english.contains("Tuesday, 1 Dec 2026"), "dates are of the language: {english}");
    }

    #[test]
    fn what_is_not_known_stays_open_and_is_named() {
        let filled = ReplyText::new("Per {hari_ini}: {budget}").unwrap().fill(&Filling::default(), &Words::new(Lang::Id));
        assert_eq!(filled, Filled { text: "Per …: …".into(), open: vec![Placeholder::Today, Placeholder::Budget] });
    }

    #[test]
    fn a_gap_that_nobody_can_fill_is_refused_and_a_brace_is_a_brace() {
        assert_eq!(ReplyText::new("Halo {kliem}"), Err(Invalid::Unknown));
        assert_eq!(ReplyText::new("Halo {"), Ok(ReplyText("Halo {".into())));
        for plain in ["{}", "{Klien}", "{ klien }", "{{", "a } b {", "{klien"] {
            let text = ReplyText::new(plain).unwrap();
            assert_eq!(text.fill(&filling(), &Words::new(Lang::Id)).text, plain, "nothing of it is a gap");
        }
        assert_eq!(ReplyText::new("{{klien}}").unwrap().fill(&filling(), &Words::new(Lang::Id)).text, "{Rani Kusuma}");
        assert_eq!(ReplyText::new("  "), Err(Invalid::Required));
    }

    proptest! {
        /// Whatever is typed is taken whole or refused, and what is no gap comes out as it went in.
        #[test]
        fn nothing_but_gaps_is_touched(text in "[a-z{}_ é…]{0,30}") {
            if let Ok(reply) = ReplyText::new(&text) {
                let rebuilt: String = parts(reply.as_str()).iter().map(|part| match part {
                    Part::Plain(plain) => (*plain).to_owned(),
                    Part::Gap(name) => format!("{{{name}}}"),
                }).collect();
                prop_assert_eq!(rebuilt, reply.as_str());
            }
        }
    }
}
