//! The list of acts keeps its word: no two acts share a key, letters stay where they belong.

use super::*;
use domain::words::{Lang, Words};
use std::collections::{HashMap, HashSet};

/// With the letters that nobody has changed.
fn act_of(press: &Press, place: Place, after_go: bool) -> Option<Act> {
    super::act_of(press, place, after_go, &Letters::default())
}

pub(super) fn press(key: &str, at: At) -> Press {
    Press { key: key.to_owned(), ctrl: false, alt: false, shift: false, repeat: false, composing: false, at }
}

#[test]
fn no_two_acts_of_one_screen_share_a_key() {
    let in_inbox = [Kind::Order, Kind::Conversation].map(|kind| Screen { place: Place::Inbox, open: Some(kind) });
    for place in Place::ALL.map(Screen::from).into_iter().chain(in_inbox) {
        for after_go in [false, true] {
            let mut taken: HashMap<String, Act> = HashMap::new();
            for spec in REGISTRY.iter().filter(|s| s.is_on(place) && (s.scope == Scope::AfterGo) == after_go) {
                for key in spec.keys {
                    if let Some(other) = taken.insert((*key).to_owned(), spec.act) {
                        panic!("{key} is both {other:?} and {:?} on {place:?}", spec.act);
                    }
                }
            }
        }
    }
}

#[test]
fn in_antrean_a_key_means_what_it_means_for_the_kind_that_is_open() {
    let act = |key: &str, open| {
        let screen = Screen { place: Place::Inbox, open };
        super::act_of(&press(key, At::List), screen, false, &Letters::default())
    };
    for (key, request, order, talk) in [
        ("a", Some(Act::Accept), Some(Act::DesignSubmit), None),
        ("b", None, Some(Act::Reply), Some(Act::Reply)),
        ("i", Some(Act::Note), Some(Act::Note), None),
        ("t", Some(Act::Assign), Some(Act::OrderAssign), None),
        ("h", Some(Act::Snooze), Some(Act::Snooze), None),
        ("c", Some(Act::Claim), Some(Act::Claim), None),
        ("s", None, Some(Act::OrderStatus), None),
        ("w", Some(Act::Whatsapp), Some(Act::Whatsapp), Some(Act::Whatsapp)),
        ("y", Some(Act::Copy), Some(Act::Copy), Some(Act::Copy)),
        ("n", Some(Act::NewRequest), Some(Act::NewRequest), Some(Act::NewRequest)),
        ("x", Some(Act::Select), Some(Act::Select), Some(Act::Select)),
    ] {
        assert_eq!(act(key, None), request, "{key}, nothing open");
        assert_eq!(act(key, Some(Kind::Consultation)), request, "{key}, a request");
        assert_eq!(act(key, Some(Kind::Order)), order, "{key}, an order");
        assert_eq!(act(key, Some(Kind::Conversation)), talk, "{key}, a conversation");
    }
}

#[test]
fn figures_with_control_lead_along_the_sidebar_from_top_to_bottom() {
    let figure = |key: &&&str| key.strip_prefix("Ctrl+").is_some_and(|key| key.len() == 1 && key.as_bytes()[0].is_ascii_digit());
    let figures: Vec<&str> = REGISTRY.iter().filter_map(|spec| spec.keys.iter().find(figure).copied()).collect();
    assert_eq!(figures, ["Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6", "Ctrl+7", "Ctrl+8", "Ctrl+9"]);
    let words: Vec<&str> = REGISTRY.iter().filter(|spec| spec.keys.iter().any(|key| figure(&key))).map(|spec| spec.word).collect();
    let sidebar = Place::ALL.iter().filter(|place| ![Place::Import, Place::Settings].contains(place));
    assert_eq!(
        words,
        sidebar.map(|place| format!("place-{}", place.wire())).collect::<Vec<_>>(),
        "Impor is reached from Klien, and settings by the comma"
    );
}

#[test]
fn letters_that_move_and_go_mean_nothing_else() {
    let own = [(Act::Next, "J"), (Act::Previous, "K"), (Act::Select, "X"), (Act::Go, "G"), (Act::Filter, "F")];
    for spec in REGISTRY.iter().filter(|s| s.scope != Scope::AfterGo) {
        for key in spec.keys.iter().filter(|k| ["J", "K", "X", "G", "F"].contains(k)) {
            assert!(own.contains(&(spec.act, key)), "{key} is kept for moving, going and choosing, not for {:?}", spec.act);
        }
    }
}

#[test]
fn every_act_stands_once_in_the_list_with_words_and_a_command_that_exists() {
    let acts: HashSet<Act> = REGISTRY.iter().map(|s| s.act).collect();
    assert_eq!(acts.len(), REGISTRY.len());
    for spec in REGISTRY {
        assert!(Lang::ALL.iter().all(|lang| Words::new(*lang).has(spec.word)), "{} has no words", spec.word);
        let exists = |name| domain::command::REGISTRY.iter().any(|c| c.name == name);
        assert!(spec.command.is_none_or(exists), "{:?} gives a command that is not in the rulebook", spec.act);
    }
}

#[test]
fn letters_belong_to_fields_and_to_nobody_beside_lists() {
    let act = |key, at| act_of(&press(key, at), Place::Inbox, false);
    assert_eq!(act("a", At::List), Some(Act::Accept));
    assert_eq!(act("A", At::List), Some(Act::Accept), "with the capitals lock on it is the same key");
    assert_eq!(act("a", At::Detail), Some(Act::Accept));
    assert_eq!(act("a", At::Field), None);
    assert_eq!(act("a", At::Control), None);
    assert_eq!(act("a", At::Dialog), None);
    assert_eq!(act("ArrowDown", At::Detail), None, "arrows scroll a detail");
    assert_eq!(act("?", At::List), Some(Act::Sheet));
}

#[test]
fn the_desk_is_locked_from_anywhere() {
    for at in [At::List, At::Detail, At::Field, At::Control, At::Dialog] {
        assert_eq!(act_of(&Press { ctrl: true, ..press("l", at) }, Place::Inbox, false), Some(Act::Lock), "{at:?}");
    }
    assert_eq!(act_of(&press("l", At::List), Place::Inbox, false), Some(Act::Cancel), "the letter alone is another act");
}

#[test]
fn the_palette_opens_from_fields_too_but_not_above_a_dialog() {
    let palette = |at| act_of(&Press { ctrl: true, ..press("k", at) }, Place::Settings, false);
    for at in [At::List, At::Detail, At::Field, At::Control] {
        assert_eq!(palette(at), Some(Act::Palette), "{at:?}");
    }
    assert_eq!(palette(At::Dialog), None);
}

#[test]
fn all_rows_are_chosen_from_the_list_alone_and_a_run_with_shift() {
    let all = |at| act_of(&Press { ctrl: true, ..press("a", at) }, Place::Inbox, false);
    assert_eq!(all(At::List), Some(Act::SelectAll));
    for at in [At::Detail, At::Field, At::Control, At::Dialog] {
        assert_eq!(all(at), None, "{at:?} has text to choose");
    }
    let run = |key| act_of(&Press { shift: true, ..press(key, At::List) }, Place::Inbox, false);
    assert_eq!((run("J"), run("K"), run("ArrowDown")), (Some(Act::ExtendDown), Some(Act::ExtendUp), Some(Act::ExtendDown)));
    assert_eq!(act_of(&press("J", At::List), Place::Inbox, false), Some(Act::Next), "the capitals lock alone draws no run");
}

#[test]
fn undo_in_a_field_is_the_fields_own() {
    let undo = |at| act_of(&Press { ctrl: true, ..press("z", at) }, Place::Inbox, false);
    assert_eq!(undo(At::List), Some(Act::Undo));
    assert_eq!(undo(At::Control), Some(Act::Undo));
    assert_eq!(undo(At::Field), None);
}

#[test]
fn a_key_that_is_held_down_decides_nothing() {
    let held = |key| act_of(&Press { repeat: true, ..press(key, At::List) }, Place::Inbox, false);
    assert_eq!(held("a"), None);
    assert_eq!(held("d"), None);
    assert_eq!(held("j"), Some(Act::Next));
}

#[test]
fn after_g_the_letters_are_places() {
    let go = |key| act_of(&press(key, At::List), Place::Inbox, true);
    assert_eq!(go("a"), Some(Act::GoInbox));
    assert_eq!(go("q"), Some(Act::GoOutbox));
    assert_eq!(go("j"), Some(Act::GoAudit), "what moves in a list is a place after G");
    assert_eq!(go("r"), Some(Act::GoReport));
    assert_eq!(go("k"), Some(Act::GoClients));
    assert_eq!(go("i"), Some(Act::GoImport));
    assert_eq!(go("e"), None);
    assert_eq!(act_of(&press("q", At::List), Place::Inbox, false), None);
    let direct = Press { ctrl: true, ..press("9", At::Field) };
    assert_eq!(act_of(&direct, Place::Inbox, false), Some(Act::GoOutbox), "chords go from anywhere");
}
