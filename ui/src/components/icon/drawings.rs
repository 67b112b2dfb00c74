//! The drawings, on a grid of 16 by 16: strokes of 1.5, round caps. One glyph always means the same kind of thing; the word
//! beside it says which (ui.md, section 3).

/// A drawing: what is stroked, what is stroked in dashes, what is filled, what is cut out of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Drawing {
    pub(crate) strokes: &'static str,
    pub(crate) dashes: &'static str,
    pub(crate) fills: &'static str,
    pub(crate) cuts: &'static str,
}

const NOTHING: Drawing = Drawing { strokes: "", dashes: "", fills: "", cuts: "" };

const fn stroke(strokes: &'static str) -> Drawing {
    Drawing { strokes, ..NOTHING }
}

/// The drawing of this name. A name that a newer rulebook may bring is an empty circle in dashes.
pub(crate) fn drawing(name: &str) -> Drawing {
    lookup(name).unwrap_or(Drawing { dashes: RING, ..NOTHING })
}

const RING: &str = "M8 2.25a5.75 5.75 0 1 1 0 11.5a5.75 5.75 0 0 1 0-11.5z";

/// The drawing of this name, if there is one.
pub(crate) fn lookup(name: &str) -> Option<Drawing> {
    DRAWINGS.binary_search_by_key(&name, |(known, _)| known).ok().map(|n| DRAWINGS[n].1)
}
const REVIEW: &str =
    "M8 2.25a5.75 5.75 0 1 1 0 11.5a5.75 5.75 0 0 1 0-11.5zM4.6 8s1.2-1.9 3.4-1.9S11.4 8 11.4 8s-1.2 1.9-3.4 1.9S4.6 8 4.6 8z";

/// Every drawing, by name.
pub(crate) const DRAWINGS: &[(&str, Drawing)] = &[
    ("audit", stroke("M8 2l5 1.75v4.1c0 3-2 5.1-5 6.15c-3-1.05-5-3.15-5-6.15v-4.1zM5.75 8l1.6 1.6L10.5 6.4")),
    ("bell", stroke("M3.75 11.25c.7-.7 1-1.7 1-3.4a3.25 3.25 0 0 1 6.5 0c0 1.7.3 2.7 1 3.4zM6.75 13.4c.7.6 1.8.6 2.5 0")),
    ("bolt", stroke("M9 1.75L3.5 9H8l-1 5.25L12.5 7H8z")),
    ("bookmark", stroke("M4.25 2.75h7.5v10.5L8 10.5l-3.75 2.75z")),
    (
        "calendar",
        stroke(
            "M3.25 3.75h9.5a1 1 0 0 1 1 1v7.5a1 1 0 0 1-1 1h-9.5a1 1 0 0 1-1-1v-7.5a1 1 0 0 1 1-1zM2.25 6.75h11.5M5.25 2.25v3M10.75 2.25v3",
        ),
    ),
    ("chart", stroke("M2.5 13.25h11M4.25 13V8.75M8 13V3.25M11.75 13V6.5")),
    (
        "chat",
        stroke(
            "M8 2.75c3.2 0 5.75 2.2 5.75 5s-2.55 5-5.75 5c-.75 0-1.5-.12-2.15-.35L2.75 13.5l.85-2.6A4.6 4.6 0 0 1 2.25 7.75c0-2.8 2.55-5 5.75-5z",
        ),
    ),
    ("check", stroke("M3 8.5l3.25 3.25L13 4.75")),
    ("clip", stroke("M12.6 7.6l-4.9 4.9a2.9 2.9 0 0 1-4.1-4.1l5.3-5.3a1.95 1.95 0 0 1 2.75 2.75l-5.2 5.2a.95.95 0 0 1-1.35-1.35l4.6-4.6")),
    ("clock", stroke("M8 2.25a5.75 5.75 0 1 1 0 11.5a5.75 5.75 0 0 1 0-11.5zM8 5v3.1l2 1.4")),
    (
        "consult",
        stroke("M3 3.25h10a1 1 0 0 1 1 1v6.25a1 1 0 0 1-1 1H7.5L4.5 13.75V11.5H3a1 1 0 0 1-1-1V4.25a1 1 0 0 1 1-1zM5 6h6M5 8.5h3.5"),
    ),
    (
        "copy",
        stroke(
            "M6 5.75h6.25a.75.75 0 0 1 .75.75v6.25a.75.75 0 0 1-.75.75H6a.75.75 0 0 1-.75-.75V6.5A.75.75 0 0 1 6 5.75zM3 10.25V3.5a.75.75 0 0 1 .75-.75h6.5",
        ),
    ),
    ("design", stroke("M3 13l.75-3.25L10.5 3a1.4 1.4 0 0 1 2 0l.5.5a1.4 1.4 0 0 1 0 2L6.25 12.25zM9.25 4.25l2.5 2.5")),
    ("down", stroke("M4.25 6.25L8 10l3.75-3.75")),
    ("download", stroke("M8 3v7.25M5 7.5l3 2.9l3-2.9M2.75 10.5v2.25h10.5V10.5")),
    (
        "expert",
        stroke(
            "M6.5 8a2.5 2.5 0 1 0 0-5a2.5 2.5 0 0 0 0 5zM2 13.25c.3-2.3 2.1-3.5 4.5-3.5c1.1 0 2.1.25 2.85.75M12 8.25l.75 1.6l1.75.25l-1.25 1.2l.3 1.7l-1.55-.8l-1.55.8l.3-1.7l-1.25-1.2l1.75-.25z",
        ),
    ),
    ("eye", stroke("M1.9 8S4 3.9 8 3.9S14.1 8 14.1 8S12 12.1 8 12.1S1.9 8 1.9 8zM8 9.85a1.85 1.85 0 1 0 0-3.7a1.85 1.85 0 0 0 0 3.7z")),
    ("file", stroke("M4.25 2.25h5L12.25 5.25v8.5h-8zM9 2.5v3h3")),
    ("filter", stroke("M2.5 4.25h11M4.5 8h7M6.5 11.75h3")),
    ("flag", stroke("M4 13.75V2.75h7.5l-1.5 2.75l1.5 2.75H4")),
    (
        "gear",
        stroke(
            "M8 10.15a2.15 2.15 0 1 0 0-4.3a2.15 2.15 0 0 0 0 4.3zM8 1.9v1.6M8 12.5v1.6M3.7 3.7l1.1 1.1M11.2 11.2l1.1 1.1M1.9 8h1.6M12.5 8h1.6M3.7 12.3l1.1-1.1M11.2 4.8l1.1-1.1",
        ),
    ),
    (
        "globe",
        stroke(
            "M8 2.25a5.75 5.75 0 1 1 0 11.5a5.75 5.75 0 0 1 0-11.5zM2.5 8h11M8 2.25c2 2 2.4 3.7 2.4 5.75S10 11.75 8 13.75C6 11.75 5.6 10.05 5.6 8S6 4.25 8 2.25z",
        ),
    ),
    (
        "hand",
        stroke(
            "M4.5 8.5V4.75a.9.9 0 0 1 1.8 0V7.5M6.3 7.25V3.6a.9.9 0 0 1 1.8 0v3.65M8.1 7.25V4.1a.9.9 0 0 1 1.8 0v3.4M9.9 7.5V5.5a.9.9 0 0 1 1.8 0v4.25c0 2.4-1.5 4-3.7 4c-1.8 0-2.7-.8-3.6-2.2L2.7 8.9a.95.95 0 0 1 1.5-1.15l.9 1",
        ),
    ),
    (
        "id",
        stroke(
            "M2.75 3.75h10.5a.75.75 0 0 1 .75.75v7a.75.75 0 0 1-.75.75H2.75a.75.75 0 0 1-.75-.75v-7a.75.75 0 0 1 .75-.75zM4.5 10.5c.2-1 .9-1.5 1.75-1.5S7.8 9.5 8 10.5M6.25 7.75a1 1 0 1 0 0-2a1 1 0 0 0 0 2zM10 6.75h2M10 9.25h2",
        ),
    ),
    ("import", stroke("M6.5 2.75h6.75v10.5H6.5M2.25 8h7M6.75 5.25L9.5 8l-2.75 2.75")),
    (
        "inbox",
        stroke(
            "M2.5 9.25v2.5a1.5 1.5 0 0 0 1.5 1.5h8a1.5 1.5 0 0 0 1.5-1.5v-2.5M2.5 9.25h3l1 1.75h3l1-1.75h3M2.5 9.25l1.7-5.4a1.5 1.5 0 0 1 1.43-1.1h4.74a1.5 1.5 0 0 1 1.43 1.1l1.7 5.4",
        ),
    ),
    (
        "info",
        Drawing {
            strokes: "M8 2.25a5.75 5.75 0 1 1 0 11.5a5.75 5.75 0 0 1 0-11.5zM8 7.5v3.25",
            dashes: "",
            fills: "M8 4.6a.85.85 0 1 1 0 1.7a.85.85 0 0 1 0-1.7z",
            cuts: "",
        },
    ),
    (
        "keyboard",
        stroke(
            "M2.75 4.25h10.5a1 1 0 0 1 1 1v5.5a1 1 0 0 1-1 1H2.75a1 1 0 0 1-1-1v-5.5a1 1 0 0 1 1-1zM4.25 6.75h.01M6.75 6.75h.01M9.25 6.75h.01M11.75 6.75h.01M5 9.5h6",
        ),
    ),
    ("left", stroke("M9.75 4.25L6 8l3.75 3.75")),
    (
        "lock",
        stroke(
            "M4 7.25h8a.75.75 0 0 1 .75.75v4.75a.75.75 0 0 1-.75.75H4a.75.75 0 0 1-.75-.75V8A.75.75 0 0 1 4 7.25zM5.25 7V5.25a2.75 2.75 0 0 1 5.5 0V7",
        ),
    ),
    (
        "mail",
        stroke(
            "M2.75 3.75h10.5a.75.75 0 0 1 .75.75v7a.75.75 0 0 1-.75.75H2.75a.75.75 0 0 1-.75-.75v-7a.75.75 0 0 1 .75-.75zM2.25 4.5L8 8.75l5.75-4.25",
        ),
    ),
    ("menu", stroke("M2.5 4.25h11M2.5 8h11M2.5 11.75h11")),
    ("minus", stroke("M3 8h10")),
    (
        "monitor",
        stroke("M3 3h10a.75.75 0 0 1 .75.75v6.5A.75.75 0 0 1 13 11H3a.75.75 0 0 1-.75-.75v-6.5A.75.75 0 0 1 3 3zM8 11v2.25M5.5 13.5h5"),
    ),
    ("moon", stroke("M13 9.6A5.5 5.5 0 0 1 6.4 3a5.4 5.4 0 1 0 6.6 6.6z")),
    (
        "more",
        Drawing {
            strokes: "",
            dashes: "",
            fills: "M3.5 7a1 1 0 1 1 0 2a1 1 0 0 1 0-2zM8 7a1 1 0 1 1 0 2a1 1 0 0 1 0-2zM12.5 7a1 1 0 1 1 0 2a1 1 0 0 1 0-2z",
            cuts: "",
        },
    ),
    ("outbox", stroke("M13.75 2.25L2.25 6.5l4.5 2.25L9 13.5zM13.75 2.25l-7 6.5")),
    ("pause", stroke("M5.5 3.5v9M10.5 3.5v9")),
    ("person", stroke("M8 8.25a2.75 2.75 0 1 0 0-5.5a2.75 2.75 0 0 0 0 5.5zM2.75 13.75c.4-2.5 2.5-3.75 5.25-3.75s4.85 1.25 5.25 3.75")),
    ("pin", stroke("M5.5 2.25h5M6.5 2.25v4L4.25 8.75h7.5L9.5 6.25v-4M8 8.75v5")),
    ("play", stroke("M5 3.25l7.5 4.75L5 12.75z")),
    ("plus", stroke("M8 3v10M3 8h10")),
    ("print", stroke("M4.5 6V2.75h7V6M4.5 11.25H2.75V6h10.5v5.25H11.5M4.5 9.25h7v4h-7z")),
    ("redo", stroke("M13 6.25H6.75a3.5 3.5 0 0 0 0 7H10M10.5 3.5l2.75 2.75L10.5 9")),
    ("refresh", stroke("M13.25 8a5.25 5.25 0 1 1-1.6-3.8M13.5 2.75v2.5H11")),
    ("right", stroke("M6.25 4.25L10 8l-3.75 3.75")),
    ("search", stroke("M7 11.5a4.5 4.5 0 1 0 0-9a4.5 4.5 0 0 0 0 9zM10.25 10.25l3.25 3.25")),
    ("spark", stroke("M8 2.25v3M8 10.75v3M2.25 8h3M10.75 8h3M4.2 4.2l1.8 1.8M10 10l1.8 1.8M4.2 11.8L6 10M10 6l1.8-1.8")),
    ("speaker", stroke("M2.75 6.25h2.5L8.5 3.5v9L5.25 9.75h-2.5zM10.75 6a2.8 2.8 0 0 1 0 4M12.5 4.25a5.3 5.3 0 0 1 0 7.5")),
    ("st-cancel", stroke("M8 2.25a5.75 5.75 0 1 1 0 11.5a5.75 5.75 0 0 1 0-11.5zM4.1 11.9l7.8-7.8")),
    ("st-done", Drawing { strokes: RING, fills: RING, cuts: "M5.4 8.1l1.8 1.8L10.7 6.2", ..NOTHING }),
    ("st-draft", stroke("M4.25 2.5h5L12 5.25v8.25H4.25zM9 2.75V5.5h2.75")),
    (
        "st-fail",
        Drawing { strokes: "M8 2.5l6 10.75H2zM8 6.5v3", dashes: "", fills: "M8 10.6a.85.85 0 1 1 0 1.7a.85.85 0 0 1 0-1.7z", cuts: "" },
    ),
    ("st-no", stroke("M8 2.25a5.75 5.75 0 1 1 0 11.5a5.75 5.75 0 0 1 0-11.5zM6 6l4 4M10 6l-4 4")),
    ("st-ok", stroke("M8 2.25a5.75 5.75 0 1 1 0 11.5a5.75 5.75 0 0 1 0-11.5zM5.5 8.1l1.75 1.75L10.6 6.3")),
    ("st-review", Drawing { strokes: REVIEW, fills: "M8 7.2a.8.8 0 1 1 0 1.6a.8.8 0 0 1 0-1.6z", ..NOTHING }),
    ("st-run", Drawing { strokes: RING, fills: "M8 4.25a3.75 3.75 0 0 1 0 7.5z", ..NOTHING }),
    ("st-wait", Drawing { strokes: "", dashes: "M8 2.25a5.75 5.75 0 1 1 0 11.5a5.75 5.75 0 0 1 0-11.5z", fills: "", cuts: "" }),
    (
        "sun",
        stroke(
            "M8 10.6a2.6 2.6 0 1 0 0-5.2a2.6 2.6 0 0 0 0 5.2zM8 1.9v1.4M8 12.7v1.4M1.9 8h1.4M12.7 8h1.4M3.7 3.7l1 1M11.3 11.3l1 1M3.7 12.3l1-1M11.3 4.7l1-1",
        ),
    ),
    ("sy-conflict", stroke("M8 13.75V9.5M8 9.5L4 5.75V2.75M8 9.5l4-3.75V2.75M2.25 4.25L4 2.5l1.75 1.75M10.25 4.25L12 2.5l1.75 1.75")),
    (
        "sy-off",
        stroke(
            "M3.1 3.1l9.8 9.8M5.4 5.1a3.9 3.9 0 0 0-1.1 1.25A3.1 3.1 0 0 0 4.6 12.5h6.2M7.3 4.35A4 4 0 0 1 12 7.1a2.7 2.7 0 0 1 1.7 3.75",
        ),
    ),
    ("sy-ok", stroke("M4.6 12.5a3.1 3.1 0 0 1-.35-6.2A4 4 0 0 1 12 7.1a2.7 2.7 0 0 1-.4 5.4zM5.9 9.4l1.5 1.5l2.8-2.9")),
    ("sy-queue", Drawing { strokes: "M8 10V3.5M5.25 6L8 3.25L10.75 6", dashes: "M3 13h10", fills: "", cuts: "" }),
    (
        "sy-refuse",
        Drawing {
            strokes: "M5.6 2.25h4.8l3.35 3.35v4.8l-3.35 3.35H5.6L2.25 10.4V5.6zM8 5v3.6",
            dashes: "",
            fills: "M8 9.9a.85.85 0 1 1 0 1.7a.85.85 0 0 1 0-1.7z",
            cuts: "",
        },
    ),
    ("sy-send", stroke("M8 11.75V3.5M4.75 6.5L8 3.25l3.25 3.25M3 13.5h10")),
    ("sy-stale", stroke("M2.75 8a5.25 5.25 0 1 0 1.6-3.8M2.5 2.75v2.5H5M8 5.25V8.2l2 1.2")),
    ("trash", stroke("M3 4.5h10M6 4.25V2.75h4v1.5M4.25 4.75l.6 8.5h6.3l.6-8.5M6.75 7v4M9.25 7v4")),
    ("undo", stroke("M3 6.25h6.25a3.5 3.5 0 0 1 0 7H6M5.5 3.5L2.75 6.25L5.5 9")),
    ("up", stroke("M4.25 9.75L8 6l3.75 3.75")),
    ("updown", stroke("M5 6.25L8 3.25l3 3M5 9.75l3 3l3-3")),
    (
        "wa",
        stroke(
            "M8 2.5a5.4 5.4 0 0 1 0 10.8c-.9 0-1.8-.25-2.6-.65l-2.9.85l.85-2.8A5.4 5.4 0 0 1 8 2.5zM6.1 5.75c-.3 1.9 2 4.25 4 4.1l.5-1.1l-1.35-.85l-.7.6c-.6-.25-1.1-.8-1.35-1.35l.6-.7l-.7-1.2z",
        ),
    ),
    ("x", stroke("M4 4l8 8M12 4l-8 8")),
];
