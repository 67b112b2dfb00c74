//! Where an import stands, and why it cannot be taken back. Plain functions, so that they can be tested without a window.

use bridge::ImportView;
use domain::{
    id::UserId,
    records::ImportPart,
    status::{Face, Tone},
    time::UtcMillis,
    words::{Ago, Words, isolate},
};

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Parts of it wait on this desk or are on their way.
    Going,
    /// Every part was answered.
    Done,
    /// Some parts came, and nothing more is on its way from here.
    Cut,
    /// It is being taken back.
    Undoing,
    /// It was taken back.
    Undone,
    /// Some of its parts were.
    PartUndone,
}

impl Stage {
    /// That of an import.
    pub(super) const fn of(view: &ImportView) -> Self {
        if view.undoing > 0 {
            Self::Undoing
        } else if view.waiting > 0 {
            Self::Going
        } else if view.undone > 0 && view.undone >= view.answered {
            Self::Undone
        } else if view.undone > 0 {
            Self::PartUndone
        } else if view.answered < view.parts {
            Self::Cut
        } else {
            Self::Done
        }
    }
    /// How it looks; without a line what is on its way waits.
    pub(super) const fn face(self, offline: bool) -> Face {
        const fn face(tone: Tone, glyph: &'static str, word: &'static str) -> Face {
            Face { tone, glyph, word }
        }
        match self {
            Self::Going if offline => face(Tone::Kunyit, "sy-off", "import-waits"),
            Self::Going => face(Tone::Langit, "sy-send", "import-going"),
            Self::Done => face(Tone::Daun, "sy-ok", "import-done"),
            Self::Cut => face(Tone::Kunyit, "st-cancel", "import-cut"),
            Self::Undoing => face(Tone::Langit, "undo", "import-undoing"),
            Self::Undone => face(Tone::Netral, "undo", "import-undone"),
            Self::PartUndone => face(Tone::Kunyit, "undo", "import-part-undone"),
        }
    }
    /// Whether something of it is still to come.
    pub(super) const fn moves(self) -> bool {
        matches!(self, Self::Going | Self::Undoing)
    }
}

/// What is said of an import that has just ended, for whoever does not see it.
pub(super) fn ended(words: &Words, was: Stage, view: &ImportView) -> Option<String> {
    let now = Stage::of(view);
    if !was.moves() || now.moves() {
        return None;
    }
    let said = format!(
        "{}. {}",
        words.with("import-ended", &[("file", isolate(&view.file).into()), ("how", words.text(now.face(false).word).into())]),
        made(words, view)
    );
    Some(said)
}

/// What came of an import: «120 klien baru · 88 pesanan · 30 baris milik klien yang sudah ada · 2 ditolak».
pub(super) fn made(words: &Words, view: &ImportView) -> String {
    let parts = [
        ("import-made-clients", view.clients, true),
        ("import-made-orders", view.orders, true),
        ("import-made-known", view.matched, view.matched > 0),
        ("import-made-refused", view.refused_rows, view.refused_rows > 0),
    ];
    let said: Vec<String> = parts.iter().filter(|(.., seen)| *seen).map(|(key, n, _)| words.count(key, i64::from(*n))).collect();
    said.join(" · ")
}

/// Whether an import made anything that could be taken back.
const fn made_anything(view: &ImportView) -> bool {
    view.clients + view.orders > 0
}

/// Whether taking it back is offered at all, and why it cannot be done now.
pub(super) fn undoing(words: &Words, view: &ImportView, me: Option<UserId>, now: UtcMillis) -> Option<Result<String, String>> {
    if !made_anything(view) || matches!(Stage::of(view), Stage::Undone | Stage::Undoing) {
        return None;
    }
    if view.waiting > 0 {
        return Some(Err(words.text("import-undo-going")));
    }
    if let Some(until) = view.undo_until.filter(|until| *until > now) {
        return Some(Ok(words.with("import-undo-left", &[("left", words.span(Ago(until.since(now))).into())])));
    }
    let over = now > view.at.plus(ImportPart::UNDO_FOR);
    Some(Err(match &view.by {
        Some(by) if !over && Some(by.id) != me => words.with("import-undo-theirs", &[("name", isolate(by.name.as_str()).into())]),
        _ => words.text("import-undo-over"),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        id::{ImportId, RecordId},
        name::PersonName,
        role::Person,
        time::HOUR,
        words::Lang,
    };
    use rstest::rstest;

    fn user(n: u128) -> UserId {
        UserId::from(RecordId::from_uuid(uuid::Uuid::from_u128(n)))
    }

    fn view(parts: u32, answered: u32, waiting: u32) -> ImportView {
        ImportView {
            import: ImportId::from_uuid(uuid::Uuid::from_u128(1)),
            file: "klien.csv".into(),
            by: Some(Person { id: user(7), name: PersonName::of_program("Sari Puspita") }),
            at: UtcMillis::from_ms(0),
            parts,
            answered,
            waiting,
            waiting_rows: waiting * 100,
            refused_parts: 0,
            rows: answered * 100,
            clients: answered * 90,
            orders: answered * 40,
            matched: answered * 10,
            refused_rows: 0,
            undo_until: Some(UtcMillis::from_ms(24 * HOUR)),
            undone: 0,
            undoing: 0,
            left: Vec::new(),
            left_total: 0,
        }
    }

    #[rstest]
    #[case(view(3, 0, 3), Stage::Going)]
    #[case(view(3, 3, 0), Stage::Done)]
    #[case(view(3, 1, 0), Stage::Cut)]
    #[case(ImportView { undoing: 1, undone: 2, ..view(3, 3, 0) }, Stage::Undoing)]
    #[case(ImportView { undone: 3, ..view(3, 3, 0) }, Stage::Undone)]
    #[case(ImportView { undone: 1, ..view(3, 1, 0) }, Stage::Undone)]
    #[case(ImportView { undone: 1, ..view(3, 3, 0) }, Stage::PartUndone)]
    fn where_an_import_stands(#[case] view: ImportView, #[case] stage: Stage) {
        assert_eq!(Stage::of(&view), stage);
    }

    #[test]
    fn what_ends_while_somebody_looks_is_said_once() {
        let words = Words::new(Lang::Id);
        let said = ended(&words, Stage::Going, &view(1, 1, 0)).unwrap().replace(['\u{2068}', '\u{2069}'], "");
        assert!(said.starts_with("Impor klien.csv: Selesai. 90 klien baru · 40 pesanan"), "{said}");
        assert_eq!(ended(&words, Stage::Done, &view(1, 1, 0)), None, "it was done before");
        assert_eq!(ended(&words, Stage::Going, &view(2, 1, 1)), None, "it goes on");
    }

    #[test]
    fn taking_back_is_offered_with_the_time_that_is_left_or_says_why_not() {
        let words = Words::new(Lang::Id);
        let at = |hours: i64| UtcMillis::from_ms(hours * HOUR);
        let plain = |said: Option<Result<String, String>>| said.map(|it| it.map_err(|why| why.replace(['\u{2068}', '\u{2069}'], "")));
        let done = view(1, 1, 0);
        assert!(undoing(&words, &done, None, at(1)).unwrap().unwrap().contains("23 j"));
        assert!(plain(undoing(&words, &done, None, at(25))).unwrap().unwrap_err().contains("24 jam"));
        let theirs = ImportView { undo_until: None, ..view(1, 1, 0) };
        assert!(plain(undoing(&words, &theirs, Some(user(8)), at(1))).unwrap().unwrap_err().contains("Sari Puspita"));
        assert!(undoing(&words, &view(2, 1, 1), None, at(1)).unwrap().is_err(), "what is still coming has to be called off first");
        assert_eq!(undoing(&words, &ImportView { clients: 0, orders: 0, ..view(1, 1, 0) }, None, at(1)), None);
        assert_eq!(undoing(&words, &ImportView { undone: 1, ..view(1, 1, 0) }, None, at(1)), None);
    }
}
