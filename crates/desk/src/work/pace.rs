//! At most one notification in twenty seconds; what comes meanwhile is told of together when they are over (ui.md, section 8). What
//! waits is in memory alone: a program that ends loses the haste, never the list in the window.

use domain::{
    time::{SECOND, UtcMillis},
    words::Words,
};
use std::sync::{MutexGuard, PoisonError};

use super::{
    held::{hold_back, seat},
    tidings::{Said, What},
    toasts::{CONVERSATIONS, INBOX, ORDERS},
};
use crate::{account::Held, desk::Inner, notify::Toast};

/// So far apart are two notifications, in milliseconds.
const APART: i64 = 20 * SECOND;
/// So many are named when several are told of together.
const NAMED: usize = 3;

/// What waits for its turn.
pub(super) struct Waiting {
    pub(super) what: What,
    /// What a click shows.
    pub(super) key: String,
    /// The deadline of a request.
    pub(super) due: Option<UtcMillis>,
    /// Nothing where no names may be said.
    pub(super) said: Option<Said>,
}

/// What waits, and when something was last told of.
#[derive(Default)]
pub(crate) struct Pace {
    last: Option<i64>,
    waiting: Vec<Waiting>,
}

impl Pace {
    /// Adds one. What is told anew takes the place of what was to be told of the same.
    pub(super) fn add(&mut self, it: Waiting) {
        self.waiting.retain(|before| (before.what, &before.key) != (it.what, &it.key));
        self.waiting.push(it);
    }
    /// Takes out what is held back in quiet hours.
    fn take_quiet(&mut self, now: UtcMillis) -> Vec<Waiting> {
        self.waiting.extract_if(.., |it| it.what.can_wait(it.due, now)).collect()
    }
    /// Takes out everything, once it is time.
    fn take(&mut self, mono: i64) -> Vec<Waiting> {
        if self.waiting.is_empty() || self.last.is_some_and(|last| mono - last < APART) {
            return Vec::new();
        }
        self.last = Some(mono);
        std::mem::take(&mut self.waiting)
    }
    /// Somebody has settled it meanwhile, or looked at it.
    pub(super) fn forget(&mut self, key: &str) {
        self.waiting.retain(|it| it.key != key);
    }
    /// The desk is locked: only how many there are may be said.
    pub(crate) fn forget_names(&mut self) {
        self.waiting.iter_mut().for_each(|it| it.said = None);
    }
    /// Somebody else will sit here.
    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
    }
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
    /// Whether something of this key waits.
    pub(super) fn has(&self, key: &str) -> bool {
        self.waiting.iter().any(|it| it.key == key)
    }
}

impl Inner {
    pub(crate) fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// Tells of what waits, once it is its turn.
    pub(super) async fn tell_waiting(&self) {
        let phase = self.phase.read().await;
        let Some((_, now, zone)) = seat(&phase) else { return };
        let (zone, preferences) = (self.zone(zone), self.preferences());
        if preferences.quiet.is_quiet(now, zone) {
            let quiet = self.pace().take_quiet(now);
            let wanted = quiet.into_iter().filter(|it| it.what.ways(preferences.notify).summary);
            hold_back(&phase, wanted.map(|it| Held { key: it.key, due: it.due }).collect());
        }
        let due = self.pace().take(self.parts.clock.mono());
        if let Some(toast) = together(self.words(), due, |it| {
            let sound = it.iter().any(|it| it.what.ways(preferences.notify).sound);
            let nearest = it.iter().filter_map(|it| it.due).min();
            (sound, nearest.map(|due| self.words().time(due, zone)))
        }) {
            drop(self.show(toast));
        }
    }
}

/// One notification for all of these: with its own words where it is alone, else by numbers and the names that are nearest to harm.
fn together(words: &Words, mut all: Vec<Waiting>, more: impl Fn(&[Waiting]) -> (bool, Option<String>)) -> Option<Toast> {
    let (sound, nearest) = more(&all);
    all.sort_by_key(|it| (it.due.is_none(), it.due));
    let open = all.iter().all(|it| it.said.is_some());
    if all.len() == 1 {
        let it = all.pop()?;
        let (title, body) = it.said.map_or_else(|| (words.text(it.what.locked()), String::new()), |said| (said.title, said.body));
        return Some(Toast { key: it.key, title, body, sound });
    }
    let of = |what: What| all.iter().all(|it| it.what == what);
    let key = if of(What::Order) {
        ORDERS
    } else if of(What::Message) {
        CONVERSATIONS
    } else {
        INBOX
    };
    let title = title(words, &all, open)?;
    let body = if open { body(words, &all, nearest) } else { String::new() };
    Some(Toast { key: key.to_owned(), title, body, sound })
}

/// «3 permintaan baru, 1 pekerjaan diteruskan kepada Anda»; nothing when there are none.
fn title(words: &Words, all: &[Waiting], open: bool) -> Option<String> {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let mut kinds: Vec<What> = all.iter().map(|it| it.what).collect();
    kinds.sort_unstable();
    kinds.dedup();
    match *kinds {
        [] => None,
        [what] => Some(words.count(if open { what.several() } else { what.locked_several() }, count(all.len()))),
        _ if open => {
            let of = |what: &What| words.count(what.several(), count(all.iter().filter(|it| it.what == *what).count()));
            Some(kinds.iter().map(of).collect::<Vec<_>>().join(", "))
        }
        _ => Some(words.count("toast-locked-mixed", count(all.len()))),
    }
}

/// «Rani Kusumawardani, Made Ayu Lestari, dan 10 lainnya. Tenggat terdekat 11:54 WIB.»
fn body(words: &Words, all: &[Waiting], nearest: Option<String>) -> String {
    let mut names: Vec<String> = Vec::new();
    for said in all.iter().filter_map(|it| it.said.as_ref()) {
        if !names.contains(&said.name) {
            names.push(said.name.clone());
        }
    }
    let rest = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    if rest > 0 {
        names.push(words.count("toast-others", i64::try_from(rest).unwrap_or(i64::MAX)));
    }
    let list = words.listed(&names);
    match nearest {
        Some(due) => words.with("toast-several-body", &[("names", list.into()), ("due", due.into())]),
        None => words.with("toast-several-body-no-due", &[("names", list.into())]),
    }
}
