//! Views that somebody saved.

use bridge::{DeskError, InboxFilter, InboxView, KeepViews, SavedView, SavedViews, ViewFilter};

use super::desk::Desk;

/// So many views; the first one has the longest name and the longest search.
pub(super) fn saved(count: u32) -> Vec<SavedView> {
    let view = |n: u32| {
        let list = InboxView::ALL[usize::try_from(n).unwrap_or(0) % InboxView::ALL.len()];
        match n {
            0 => ("Hj. Nur'aini Al-Farizi Kusumaningrum, S.".to_owned(), InboxView::Waiting, "Nur'aini Al-Farizi ".repeat(10)),
            1 => ("Rani".to_owned(), InboxView::Waiting, "rani".to_owned()),
            _ => (format!("Tampilan {}", n + 1), list, String::new()),
        }
    };
    let made = |(name, view, text): (String, InboxView, String)| SavedView { name, filter: ViewFilter::Inbox(InboxFilter { view, text }) };
    (0..count).map(view).map(made).collect()
}

impl Desk {
    /// The views that were saved.
    pub(super) fn saved_views(&mut self, _: &SavedViews) -> Result<Vec<SavedView>, DeskError> {
        Ok(self.views.clone())
    }
    /// Keeps views.
    pub(super) fn keep_views(&mut self, query: &KeepViews) -> Result<Vec<SavedView>, DeskError> {
        self.trouble()?;
        self.views.clone_from(&query.views);
        Ok(self.views.clone())
    }
}
