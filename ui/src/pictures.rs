//! Pictures of versions and of files of messages, asked for when one is to be seen and kept for a while: many small ones, few large ones.

use std::{collections::VecDeque, rc::Rc};

use bridge::{DesignImage, DesignImageReply, DeskError, FileImage, ImageSize, NoImage};
use dioxus::prelude::*;
use domain::id::{DesignId, MessageId};

use crate::{gateway::ask, shell::task};

/// How many small pictures are kept.
const SMALL: usize = 64;
/// How many large ones.
const LARGE: usize = 4;

/// A picture as the window draws it.
#[derive(Debug, PartialEq)]
pub(crate) struct Picture {
    /// Its bytes as an address.
    pub(crate) url: String,
    /// In pixels.
    pub(crate) width: u32,
    /// In pixels.
    pub(crate) height: u32,
}

/// What is known of a picture.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Seen {
    /// It was asked for.
    Coming,
    /// It is here.
    Here(Rc<Picture>),
    /// There is none.
    None(NoImage),
    /// The desk could not do it.
    Failed(DeskError),
}

/// Asks for a picture that is to be seen, and again when it may have come within reach: its bytes are `here`, or the line is back.
pub(crate) fn use_picture(of: impl Into<Of>, size: ImageSize, here: bool) -> Option<Seen> {
    let pictures = use_context::<Pictures>();
    let (of, round) = (of.into(), (pictures.round)());
    use_effect(use_reactive((&of, &here, &round), move |(of, _, _)| pictures.want(of, size)));
    pictures.shelf.read().get((of, size)).cloned()
}

/// Whose picture it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// A version's.
    Version(DesignId),
    /// That of a file of a message, by its place there.
    File(MessageId, u32),
}

impl From<DesignId> for Of {
    fn from(id: DesignId) -> Self {
        Self::Version(id)
    }
}

type Key = (Of, ImageSize);

/// What is kept, oldest first, and what waits for its turn.
#[derive(Debug, Default)]
struct Shelf {
    kept: Vec<(Key, Seen)>,
    waiting: VecDeque<Key>,
    busy: bool,
}

impl Shelf {
    fn put(&mut self, key: Key, seen: Seen) {
        self.kept.retain(|(other, _)| *other != key);
        self.kept.push((key, seen));
        let most = if key.1 == ImageSize::Thumb { SMALL } else { LARGE };
        let same = |(other, _): &(Key, Seen)| other.1 == key.1;
        if self.kept.iter().filter(|entry| same(entry)).count() > most
            && let Some(oldest) = self.kept.iter().position(same)
        {
            self.kept.remove(oldest);
        }
    }
    fn get(&self, key: Key) -> Option<&Seen> {
        self.kept.iter().find(|(other, _)| *other == key).map(|(_, seen)| seen)
    }
    /// Whether it is worth asking: what came, comes, or never will is not asked for again.
    fn lacks(&self, key: Key) -> bool {
        matches!(self.get(key), None | Some(Seen::Failed(_) | Seen::None(NoImage::Offline))) && !self.waiting.contains(&key)
    }
}

/// The pictures that are here.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Pictures {
    shelf: Signal<Shelf>,
    /// Counts on when what was missing may be there now.
    round: Signal<u32>,
    /// Counts on when somebody else sits here.
    turn: Signal<u32>,
}

impl Pictures {
    pub(crate) fn new() -> Self {
        Self { shelf: Signal::default(), round: Signal::new(0), turn: Signal::new(0) }
    }
    pub(crate) fn forget(mut self) {
        self.shelf.set(Shelf::default());
        self.turn.with_mut(|turn| *turn += 1);
    }
    /// A line that is back may bring what was missing: whoever lacks a picture asks again.
    pub(crate) fn ask_again(mut self) {
        self.round.with_mut(|round| *round += 1);
    }
    /// Asks for one that is to be seen. Small ones come one after another, so that a large one never waits for many.
    fn want(mut self, of: Of, size: ImageSize) {
        let key = (of, size);
        if !self.shelf.peek().lacks(key) {
            return;
        }
        if size == ImageSize::Full {
            self.shelf.write().put(key, Seen::Coming);
            return task(self.fetch(key));
        }
        let mut shelf = self.shelf.write();
        shelf.waiting.push_back(key);
        if std::mem::replace(&mut shelf.busy, true) {
            return;
        }
        drop(shelf);
        task(async move {
            loop {
                let next = self.shelf.write().waiting.pop_front();
                let Some(key) = next else { break };
                self.fetch(key).await;
            }
            self.shelf.write().busy = false;
        });
    }
    async fn fetch(mut self, key: Key) {
        let turn = *self.turn.peek();
        let answer = match key.0 {
            Of::Version(design) => ask(DesignImage { design, size: key.1 }).await,
            Of::File(message, place) => ask(FileImage { message, place, size: key.1 }).await,
        };
        if turn == *self.turn.peek() {
            self.shelf.write().put(key, seen_of(answer));
        }
    }
}

fn seen_of(answer: Result<DesignImageReply, DeskError>) -> Seen {
    match answer {
        Ok(DesignImageReply::Image { media_type, width, height, data }) if is_picture(&media_type, &data) => {
            Seen::Here(Rc::new(Picture { url: format!("data:{media_type};base64,{data}"), width, height }))
        }
        // What is neither of the two has no place in an address of the window.
        Ok(DesignImageReply::Image { .. }) => Seen::None(NoImage::Damaged),
        Ok(DesignImageReply::None { why }) => Seen::None(why),
        Err(error) => Seen::Failed(error),
    }
}

fn is_picture(media_type: &str, data: &str) -> bool {
    matches!(media_type, "image/png" | "image/jpeg") && data.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u32) -> Of {
        Of::Version(format!("019abf6b-9d3c-7000-8000-{n:012}").parse().unwrap())
    }

    #[test]
    fn the_oldest_of_its_size_makes_room() {
        let mut shelf = Shelf::default();
        shelf.put((id(0), ImageSize::Thumb), Seen::Coming);
        for n in 0..6 {
            shelf.put((id(n), ImageSize::Full), Seen::Coming);
        }
        assert_eq!(shelf.kept.len(), 1 + LARGE);
        assert!(shelf.get((id(1), ImageSize::Full)).is_none() && shelf.get((id(2), ImageSize::Full)).is_some());
        assert!(shelf.get((id(0), ImageSize::Thumb)).is_some());
    }

    #[test]
    fn only_what_may_be_there_now_is_asked_for_again() {
        let mut shelf = Shelf::default();
        let key = (id(1), ImageSize::Full);
        for (seen, lacks) in [(Seen::Coming, false), (Seen::None(NoImage::Offline), true), (Seen::None(NoImage::NotAPicture), false)] {
            shelf.put(key, seen);
            assert_eq!(shelf.lacks(key), lacks);
        }
    }

    #[test]
    fn an_address_is_made_of_a_picture_alone() {
        let image = |media_type: &str, data: &str| {
            let (media_type, data) = (media_type.to_owned(), data.to_owned());
            seen_of(Ok(DesignImageReply::Image { media_type, width: 1, height: 1, data }))
        };
        assert!(matches!(image("image/png", "aGFsbw=="), Seen::Here(picture) if picture.url == "data:image/png;base64,aGFsbw=="));
        for (media_type, data) in [("text/html", "aGFsbw=="), ("image/svg+xml", "aGFsbw=="), ("image/png", "\"><script>")] {
            assert_eq!(image(media_type, data), Seen::None(NoImage::Damaged), "{media_type} {data}");
        }
    }
}
