//! What stands in the palette, and in which order: a plain function of what is typed, what there is, and what was chosen
//! before.

use super::entries::{Entry, Goal, Section};
use crate::{
    actions::Act,
    fuzzy::{Found, Wanted},
};

/// How many acts that were chosen before are offered first.
const RECENT: usize = 4;

/// What is looked among.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Scope {
    /// Everything.
    #[default]
    All,
    /// `>`: acts alone.
    Acts,
    /// `#`: requests by their number.
    Numbers,
    /// `@`: clients.
    Clients,
}

/// What is typed: a sign that says among what is looked, and the rest.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Typed {
    /// Among what.
    pub(crate) scope: Scope,
    /// For what, as it is typed.
    pub(crate) text: String,
    wanted: Wanted,
}

impl Typed {
    /// Reads what is typed.
    pub(crate) fn new(typed: &str) -> Self {
        let typed = typed.trim_start();
        let scopes = [('>', Scope::Acts), ('#', Scope::Numbers), ('@', Scope::Clients)];
        let found = scopes.into_iter().find_map(|(sign, scope)| Some((scope, typed.strip_prefix(sign)?)));
        let (scope, rest) = found.unwrap_or((Scope::All, typed));
        Self { scope, text: rest.trim().to_owned(), wanted: Wanted::new(rest) }
    }
    /// Whether records are asked for. A `#` alone is answered too, by what waits.
    pub(crate) fn asks_records(&self) -> bool {
        match self.scope {
            Scope::Acts => false,
            Scope::Numbers => true,
            Scope::All | Scope::Clients => !self.wanted.is_empty(),
        }
    }
    /// Whether this goes on from what was typed before, so that what was found for that may still be right.
    pub(crate) fn narrows(&self, before: &Self) -> bool {
        self.scope == before.scope && !before.text.is_empty() && self.text.starts_with(&before.text)
    }
    /// Whether a text has what is looked for.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.wanted.find(text).is_some_and(|found| found.strong)
    }
    /// Where in a text what is looked for begins, in characters.
    pub(crate) fn first_in(&self, text: &str) -> Option<usize> {
        self.wanted.find(text).and_then(|found| found.at.first().copied())
    }
    /// Whether acts are looked through.
    pub(crate) fn asks_acts(&self) -> bool {
        matches!(self.scope, Scope::All | Scope::Acts)
    }
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hit {
    /// What.
    pub(crate) entry: Entry,
    /// The characters of its name that were found.
    pub(crate) at: Vec<usize>,
    /// What it was found by, where that is not its name.
    pub(crate) by: Option<(String, Vec<usize>)>,
    /// Whether it is meant, or may be found by chance.
    pub(crate) strong: bool,
    score: i32,
}

impl Hit {
    /// Whether all of its name was typed: then nothing else is meant. Records come later, and push nothing aside.
    fn is_whole(&self) -> bool {
        self.entry.section != Section::Records
            && self.by.is_none()
            && !self.at.is_empty()
            && self.at.len() == self.entry.label.chars().filter(|c| c.is_alphanumeric()).count()
    }
}

/// A part of the list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    /// Which.
    pub(crate) section: Section,
    /// What is in it, best first.
    pub(crate) hits: Vec<Hit>,
}

/// Finds an entry by its name, else by what else it is called: the name wins when both are as good.
fn find(entry: Entry, wanted: &Wanted) -> Option<Hit> {
    let own = wanted.find(&entry.label);
    let others = entry.also.iter().filter_map(|also| Some((wanted.find(also)?, also)));
    let other = others.max_by_key(|(found, _)| (found.strong, found.score));
    let rank = |found: &Found| (found.strong, found.score);
    match (own, other) {
        (Some(own), other) if other.as_ref().is_none_or(|(found, _)| rank(found) <= rank(&own)) => {
            Some(Hit { at: own.at, by: None, strong: own.strong, score: own.score, entry })
        }
        (_, Some((found, also))) => {
            let by = Some((also.clone(), found.at));
            Some(Hit { at: Vec::new(), by, strong: found.strong, score: found.score, entry })
        }
        (_, None) => None,
    }
}

/// What stands in the palette. Where nothing is typed the acts stand in the order of the list, those that were chosen before
/// first of all. Parts with something that is meant come before parts that were found by chance, and what has exactly the name that was
/// typed before all: records that arrive later than the acts never push aside an act that is meant.
pub(crate) fn rank(acts: &[Entry], records: &[Entry], typed: &Typed, recent: &[Act]) -> Vec<Group> {
    let acts = acts.iter().filter(|_| typed.asks_acts()).cloned();
    let plain = |entry: Entry| Hit { entry, at: Vec::new(), by: None, strong: true, score: 0 };
    let mut hits: Vec<Hit> = if typed.wanted.is_empty() {
        acts.map(|entry| plain(remembered(entry, recent))).collect()
    } else {
        acts.filter_map(|entry| find(entry, &typed.wanted)).collect()
    };
    // The desk found the records, also by what is not shown of them; what was found here is only set apart.
    hits.extend(records.iter().cloned().map(|entry| find(entry.clone(), &typed.wanted).filter(|hit| hit.strong).unwrap_or(plain(entry))));
    let recency = |hit: &Hit| match (&hit.entry.goal, hit.entry.section) {
        (Goal::Act(act), Section::Recent) => recent.iter().position(|a| a == act),
        _ => None,
    };
    hits.sort_by_key(|hit| (hit.entry.section, recency(hit), !hit.is_whole(), !hit.strong, std::cmp::Reverse(hit.score)));
    let mut groups: Vec<Group> = Vec::new();
    for hit in hits {
        match groups.last_mut().filter(|group| group.section == hit.entry.section) {
            Some(group) => group.hits.push(hit),
            None => groups.push(Group { section: hit.entry.section, hits: vec![hit] }),
        }
    }
    groups.sort_by_key(|group| (!group.hits.iter().any(Hit::is_whole), group.hits.iter().all(|hit| !hit.strong), group.section));
    groups
}

/// An act that was chosen before stands in the part for those.
fn remembered(entry: Entry, recent: &[Act]) -> Entry {
    let was_chosen = |act| recent.iter().take(RECENT).any(|a| a == act);
    match &entry.goal {
        Goal::Act(act) if was_chosen(act) => Entry { section: Section::Recent, ..entry },
        _ => entry,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::REGISTRY;
    use domain::words::{Lang, Words};

    fn entry(act: Act, section: Section, words: &Words, other: &Words) -> Entry {
        let spec = act.spec();
        Entry {
            id: spec.word.to_owned(),
            goal: Goal::Act(act),
            section,
            glyph: spec.glyph,
            label: words.text(spec.word),
            aside: String::new(),
            also: vec![other.text(spec.word)],
            keys: Vec::new(),
            why_not: None,
        }
    }
    /// Every act there is, as if one screen had them all.
    fn all() -> Vec<Entry> {
        let (words, other) = (Words::new(Lang::Id), Words::new(Lang::En));
        let section = |scope| match scope {
            crate::actions::Scope::On(_) => Section::Record,
            crate::actions::Scope::AfterGo => Section::Go,
            crate::actions::Scope::Everywhere => Section::Everywhere,
        };
        REGISTRY.iter().map(|spec| entry(spec.act, section(spec.scope), &words, &other)).collect()
    }
    fn record(label: &str) -> Entry {
        let (words, other) = (Words::new(Lang::Id), Words::new(Lang::En));
        let goal = Goal::View(1);
        let entry = entry(Act::Accept, Section::Records, &words, &other);
        Entry { id: label.to_owned(), goal, label: label.to_owned(), also: Vec::new(), ..entry }
    }
    fn labels(groups: &[Group]) -> Vec<&str> {
        groups.iter().flat_map(|group| &group.hits).map(|hit| hit.entry.label.as_str()).collect()
    }

    #[test]
    fn the_first_letters_of_an_act_find_it_first_in_both_languages() {
        for (typed, first) in
            [("ter", "Terima"), ("tol", "Tolak…"), ("snoo", "Tunda"), ("lock", "Kunci sekarang"), ("antrean k", "Antrean kirim")]
        {
            let groups = rank(&all(), &[], &Typed::new(typed), &[]);
            assert_eq!(labels(&groups).first(), Some(&first), "{typed}");
        }
        let groups = rank(&all(), &[], &Typed::new("snooze"), &[]);
        assert_eq!(groups[0].hits[0].by.as_ref().map(|(by, _)| by.as_str()), Some("Snooze"), "it says by what it was found");
    }

    #[test]
    fn a_sign_says_among_what_is_looked() {
        let scope = |typed: &str| Typed::new(typed).scope;
        assert_eq!(
            [scope("> ter"), scope("#K7"), scope(" @rani"), scope("ter")],
            [Scope::Acts, Scope::Numbers, Scope::Clients, Scope::All]
        );
        assert_eq!(Typed::new("# k7 ").text, "k7");
        assert!(rank(&all(), &[], &Typed::new("@ter"), &[]).is_empty(), "no act stands among clients");
        assert!(!Typed::new(">rani").asks_records() && Typed::new("#").asks_records() && !Typed::new("@").asks_records());
    }

    #[test]
    fn what_was_chosen_before_stands_first_while_nothing_is_typed() {
        let recent = [Act::Lock, Act::Accept];
        let groups = rank(&all(), &[], &Typed::new(""), &recent);
        assert_eq!(groups[0].section, Section::Recent);
        assert_eq!(labels(&groups[..1]), ["Kunci sekarang", "Terima"], "the newest first");
        assert_eq!(labels(&groups).iter().filter(|label| **label == "Terima").count(), 1, "and nothing stands twice");
        assert_ne!(rank(&all(), &[], &Typed::new("ter"), &recent)[0].section, Section::Recent);
    }

    #[test]
    fn records_stand_above_what_may_be_chance_and_below_what_is_meant() {
        let rani = [record("Rani Kusumawardani")];
        let groups = rank(&all(), &rani, &Typed::new("rani"), &[]);
        assert_eq!(groups[0].section, Section::Records, "no act is meant by a name: {:?}", labels(&groups));
        let groups = rank(&all(), &[record("Teresia")], &Typed::new("ter"), &[]);
        assert_eq!(groups[0].section, Section::Record);
        assert!(groups.iter().any(|group| group.section == Section::Records));
    }

    #[test]
    fn what_has_exactly_the_name_that_was_typed_stands_first() {
        let (words, other) = (Words::new(Lang::Id), Words::new(Lang::En));
        let mut all = all();
        let look = Entry {
            id: "settings-look".into(),
            goal: Goal::Setting("settings-look"),
            label: words.text("settings-look"),
            ..entry(Act::Lock, Section::Settings, &words, &other)
        };
        all.push(look);
        assert_eq!(labels(&rank(&all, &[], &Typed::new("tampilan"), &[])).first(), Some(&"Tampilan"));
        assert_ne!(labels(&rank(&all, &[], &Typed::new("tampil"), &[])).first(), Some(&"Tampilan"), "an act is meant as well");
        let groups = rank(&all, &[record("Terima")], &Typed::new("terima"), &[]);
        assert_eq!(groups[0].section, Section::Record, "a client of that name comes later");
    }

    #[test]
    fn a_record_that_the_desk_found_by_what_is_not_shown_stays() {
        let groups = rank(&[], &[record("Rani")], &Typed::new("0812"), &[]);
        assert_eq!(labels(&groups), ["Rani"]);
    }
}
