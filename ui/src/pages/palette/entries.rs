//! What the palette can find: the acts of the list as the open screen offers them, the settings, and records.

use bridge::{ClientHit, NoteHit, OrderRow, SavedView};
use domain::{
    record::{Kind, RecordRef},
    records::Consultation,
    views::WITH_KEY,
    words::{Words, isolate},
};

use super::ranking::Typed;
use crate::{
    acting::Acting,
    actions::{Act, REGISTRY, Scope},
    pages::{rows::Recorded as _, settings::places, views::summary},
    shell::Place,
};

/// What choosing an entry leads to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Goal {
    /// Does an act.
    Act(Act),
    /// Goes to one of the settings, or to a section of them, by the id of its control or heading.
    Setting(&'static str),
    /// Opens a saved view, counted from 1.
    View(u8),
    /// Opens a record on its screen.
    Record(RecordRef),
}

/// The parts of the list, in the order in which they stand when nothing decides otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Section {
    /// Acts that were chosen before.
    Recent,
    /// Acts on the open record.
    Record,
    /// Acts of the open screen.
    Screen,
    /// Other screens.
    Go,
    /// Requests, orders and clients.
    Records,
    /// Acts of every screen.
    Everywhere,
    /// Settings.
    Settings,
}

impl Section {
    /// The key of its name where this screen's detail is seen; whether something is chosen in the list.
    pub(crate) const fn word(self, place: Place, chosen: bool) -> &'static str {
        match (self, place) {
            (Self::Record, _) if chosen => "chosen-acts",
            (Self::Recent, _) => "palette-recent",
            (Self::Record, Place::Outbox) => "palette-command",
            (Self::Record, Place::Orders) => "palette-order",
            (Self::Record, Place::Conversations) => "palette-conversation",
            (Self::Record, Place::Clients) => "palette-client",
            (Self::Record, _) => "palette-request",
            (Self::Screen, _) => "sheet-here",
            (Self::Go, _) => "sheet-go",
            (Self::Records, _) => "palette-records",
            (Self::Everywhere, _) => "sheet-everywhere",
            (Self::Settings, _) => "place-settings",
        }
    }
}

/// Something that can be found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    /// Its name among the entries.
    pub(crate) id: String,
    /// What choosing it leads to.
    pub(crate) goal: Goal,
    /// Where it stands.
    pub(crate) section: Section,
    /// Its glyph.
    pub(crate) glyph: &'static str,
    /// What it is called.
    pub(crate) label: String,
    /// What stands beside it in grey.
    pub(crate) aside: String,
    /// What it is called elsewhere: in the other language, on the wire. Shown where it was found by that.
    pub(crate) also: Vec<String>,
    /// The keys that lead there, one after another.
    pub(crate) keys: Vec<&'static str>,
    /// Why it cannot be done now.
    pub(crate) why_not: Option<String>,
}

/// The acts and settings, called in the person's language and findable in the other one too.
pub(crate) fn acts(acting: Acting, words: &Words, other: &Words) -> Vec<Entry> {
    let offered = REGISTRY.iter().filter_map(|spec| Some((spec, acting.offer(spec.act)?)));
    let acts = offered.map(|(spec, offer)| {
        let mut also = vec![other.text(&offer.word)];
        // The button's own word, where this is a longer one.
        also.extend([words, other].map(|w| w.text(spec.word)).into_iter().filter(|_| offer.word != spec.word));
        also.extend(spec.command.map(str::to_owned));
        Entry {
            id: format!("palette-{}", spec.word),
            goal: Goal::Act(spec.act),
            section: match spec.scope {
                Scope::AfterGo => Section::Go,
                Scope::Everywhere => Section::Everywhere,
                Scope::On(_) if offer.about_record => Section::Record,
                Scope::On(_) => Section::Screen,
            },
            glyph: if spec.glyph.is_empty() { "right" } else { spec.glyph },
            label: words.text(&offer.word),
            aside: String::new(),
            also,
            keys: spec.way(&acting.shell.letters()),
            why_not: offer.why_not,
        }
    });
    let settings = places(acting.shell).into_iter().map(|word| Entry {
        id: format!("palette-{word}"),
        goal: Goal::Setting(word),
        section: Section::Settings,
        glyph: "gear",
        label: words.text(word),
        aside: String::new(),
        also: vec![other.text(word)],
        keys: Vec::new(),
        why_not: None,
    });
    acts.chain(views(acting, words)).chain(settings).collect()
}

/// The views this person saved, under the names they gave them; found by what they look for too.
fn views(acting: Acting, words: &Words) -> impl Iterator<Item = Entry> {
    let letters = acting.shell.letters();
    let entry = move |(n, view): (u8, SavedView)| {
        let keys = if usize::from(n) <= WITH_KEY { Act::View(n).spec().way(&letters) } else { Vec::new() };
        Entry {
            id: format!("palette-view-{n}"),
            goal: Goal::View(n),
            section: Section::Go,
            glyph: "bookmark",
            label: view.name,
            aside: summary(words, &view.filter),
            also: Some(view.filter.text().to_owned()).into_iter().filter(|text| !text.is_empty()).collect(),
            keys,
            why_not: None,
        }
    };
    (1..=u8::MAX).zip((acting.shell.views)()).map(entry)
}

/// A request, called by its client; by its number where that was asked for.
pub(crate) fn request(it: &Consultation, by_number: bool, words: &Words) -> Entry {
    let status = words.text(&format!("status-consultation-{}", it.status.wire().replace('_', "-")));
    let (name, topic) = (it.client_name.to_string(), it.topic.as_ref().map(ToString::to_string));
    let (label, other) = if by_number { (it.number.clone(), name) } else { (name, it.number.clone()) };
    Entry {
        id: format!("palette-{}", it.id),
        goal: Goal::Record(RecordRef::new(Kind::Consultation, it.id)),
        section: Section::Records,
        glyph: "consult",
        label,
        aside: format!("{} · {status}", isolate(&other)),
        also: [Some(other), topic].into_iter().flatten().collect(),
        keys: Vec::new(),
        why_not: None,
    }
}

/// An order, called by its client; by its number where that was asked for.
pub(crate) fn order(row: &OrderRow, by_number: bool, words: &Words) -> Entry {
    let it = &row.order;
    let about = [words.text(it.design_type.word()), words.text(it.status.face().word)].join(" · ");
    let name = it.client_name.to_string();
    let (label, other) = if by_number { (it.number.clone(), name) } else { (name, it.number.clone()) };
    Entry {
        id: format!("palette-{}", it.id),
        goal: Goal::Record(row.record()),
        section: Section::Records,
        glyph: it.design_type.glyph(),
        label,
        aside: format!("{} · {about}", isolate(&other)),
        also: [other, it.description.to_string()].into(),
        keys: Vec::new(),
        why_not: None,
    }
}

/// A client.
pub(crate) fn client(hit: &ClientHit, words: &Words) -> Entry {
    let phone = hit.client.phone.as_ref().map(domain::phone::Phone::spoken);
    let waits = hit.waiting.as_ref().map(|_| words.text("client-waits"));
    let aside: Vec<String> = [Some(words.text("client")), phone.as_deref().map(isolate), waits].into_iter().flatten().collect();
    Entry {
        id: format!("palette-{}", hit.client.id),
        goal: Goal::Record(RecordRef::new(Kind::Client, hit.client.id)),
        section: Section::Records,
        glyph: "person",
        label: hit.client.name.to_string(),
        aside: aside.join(" · "),
        also: Vec::new(),
        keys: Vec::new(),
        why_not: None,
    }
}

/// How much of a note is shown, in characters, and how much of that stands before what was found.
const EXCERPT: usize = 72;
const BEFORE: usize = 16;

/// A note: the request it is about, found by the part of the note that says what was looked for.
pub(crate) fn note(hit: &NoteHit, typed: &Typed, words: &Words) -> Entry {
    let it = &hit.consultation;
    let aside = [words.text("palette-note"), isolate(&it.number)];
    Entry {
        id: format!("palette-{}", hit.note.id),
        goal: Goal::Record(RecordRef::new(Kind::Consultation, it.id)),
        section: Section::Records,
        glyph: "chat",
        label: it.client_name.to_string(),
        aside: aside.join(" · "),
        also: vec![excerpt(hit.note.text.as_str(), typed)],
        keys: Vec::new(),
        why_not: None,
    }
}

/// The part of a long text in which what is looked for stands.
fn excerpt(text: &str, typed: &Typed) -> String {
    let start = typed.first_in(text).unwrap_or(0).saturating_sub(BEFORE);
    let mut part: String = text.chars().skip(start).take(EXCERPT).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if start > 0 {
        part.insert(0, '…');
    }
    if text.chars().count() > start + EXCERPT {
        part.push('…');
    }
    part
}
