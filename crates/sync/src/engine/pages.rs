//! Reading pages one after another until there are no more.

use domain::wire::Page;

use super::{
    core::Core,
    reader::{Part, Reading, Way},
    recover::Trouble,
};
use crate::{
    backoff::Backoff,
    fault::Fault,
    transport::{Ask, Pages},
};

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
            Self::Head | Self::Up { .. } => Way::Up,
            Self::Down { .. } => Way::Down,
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
    /// Reads pages from this one on until there are no more, and lays them into the mirror. The next page is asked for while
    /// the end of the last is written. Gives the end of the last one. Progress resets the back-off.
    pub(super) async fn read(&self, mut ask: Ask, backoff: &mut Backoff) -> Result<Page, Trouble> {
        let mut pages = self.feed(&ask).await?;
        loop {
            let (page, next) = self.page(&ask, pages, backoff).await?;
            match next {
                Some((following, asked)) => (ask, pages) = (following, asked?),
                None => return Ok(page),
            }
        }
    }
    async fn page(&self, ask: &Ask, pages: Pages, backoff: &mut Backoff) -> Result<(Page, Option<(Ask, Result<Pages, Fault>)>), Trouble> {
        let mut reading = Reading::start(pages, ask.way());
        loop {
            let Part { chunk, place, page } = reading.next().await?;
            let Some(page) = page else {
                self.apply(chunk, place).await?;
                backoff.reset();
                continue;
            };
            let following = ask.next(&page);
            let asked = async {
                match &following {
                    Some(ask) => Some(self.feed(ask).await),
                    None => None,
                }
            };
            let (applied, asked) = tokio::join!(self.apply(chunk, place), asked);
            applied?;
            backoff.reset();
            return Ok((page, following.zip(asked)));
        }
    }
}
