//! Reading pages one after another until there are no more.

use domain::wire::Page;
use mirror::Place;

use super::{
    core::Core,
    reader::{Part, Reading, Way},
    recover::Trouble,
};
use crate::{backoff::Backoff, fault::Fault, transport::Ask};

/// About how many records a page has: the fewer pages, the fewer round trips; 5,000 is the server's most.
const PAGE: u32 = 5_000;

impl Ask {
    pub(super) const fn up(after: String, wait: u32, check: bool) -> Self {
        Self::Up { after, limit: PAGE, wait, check }
    }
    pub(super) const fn down(before: String) -> Self {
        Self::Down { before, limit: PAGE }
    }
    const fn way(&self) -> Way {
        match self {
            Self::Work => Way::Work,
            Self::Head => Way::Head,
            Self::Up { .. } => Way::Up,
            Self::Down { .. } => Way::Down,
        }
    }
    /// The cursor it begins at.
    fn from(&self) -> String {
        match self {
            Self::Work | Self::Head => String::new(),
            Self::Up { after: cursor, .. } | Self::Down { before: cursor, .. } => cursor.clone(),
        }
    }
    /// What is asked behind this page.
    fn next(&self, page: &Page) -> Option<Self> {
        let cursor = page.cursor.clone();
        match self {
            _ if !page.more => None,
            Self::Work | Self::Head => None,
            Self::Up { check, .. } => Some(Self::up(cursor, 0, *check)),
            Self::Down { .. } => Some(Self::down(cursor)),
        }
    }
}

impl Core {
    /// Reads pages from this one on until there are no more, and lays them into the mirror. The next page is asked for as soon as
    /// the end of the last was read, while what it brought is still being written, so that neither side waits for the other. Gives
    /// the end of the last one. Progress resets the back-off.
    pub(super) async fn read(&self, ask: Ask, backoff: &mut Backoff) -> Result<Page, Trouble> {
        let mut reading = self.begin_page(&ask).await?;
        let mut ask = ask;
        loop {
            let end = reading.end();
            let (page, following) = tokio::join!(self.take_page(reading, backoff), self.following(&ask, end));
            let page = page?;
            match following {
                Some((next, asked)) => (ask, reading) = (next, asked?),
                None => return Ok(page),
            }
        }
    }
    async fn begin_page(&self, ask: &Ask) -> Result<Reading, Fault> {
        Ok(Reading::start(self.feed(ask).await?, ask.way(), ask.from()))
    }
    /// What is asked behind a page, once its end is known, and the answer.
    async fn following(&self, ask: &Ask, end: impl Future<Output = Option<Page>>) -> Option<(Ask, Result<Reading, Fault>)> {
        let next = ask.next(&end.await?)?;
        let asked = self.begin_page(&next).await;
        Some((next, asked))
    }
    /// Lays a page into the mirror, part by part. Whatever was still to be read is let go when one fails. What was filed anew while
    /// the walk lasted stands above it: before the walk counts as ended, the feed is read to where it ended since.
    async fn take_page(&self, mut reading: Reading, backoff: &mut Backoff) -> Result<Page, Trouble> {
        loop {
            let Part { chunk, place, page } = reading.next().await?;
            if matches!(place, Place::Down { cursor: None, .. }) && !domain::planted::planted("walk_ends_behind") {
                self.caught_up().await;
            }
            self.apply(chunk, place).await?;
            backoff.reset();
            if let Some(page) = page {
                return Ok(page);
            }
        }
    }
}
