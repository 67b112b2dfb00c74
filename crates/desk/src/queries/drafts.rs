//! Texts that were begun and not sent: nobody types them twice, whatever happens to the program.

use bridge::{DeskError, Drafts, ErrorCode, KeepDraft};

use crate::{
    desk::Desk,
    error::{file_error, told},
};

/// The most bytes of what a text is for, and of the text.
const KEY: usize = 100;
const TEXT: usize = 20_000;

impl Desk {
    /// The texts this person began, the newest first.
    ///
    /// # Errors
    /// `no_session`; `disk`.
    pub async fn drafts(&self, _: Drafts) -> Result<Vec<KeepDraft>, DeskError> {
        let work = self.inner.work().await?;
        let drafts = work.cabinet.drafts(work.now()).await.map_err(file_error)?;
        Ok(drafts.into_iter().map(|(key, text)| KeepDraft { key, text }).collect())
    }
    /// Keeps a text as it is now; an empty one is forgotten.
    ///
    /// # Errors
    /// As [`Self::drafts`]; `bad_call` when it is too long.
    pub async fn keep_draft(&self, query: KeepDraft) -> Result<(), DeskError> {
        if query.key.is_empty() || query.key.len() > KEY {
            return Err(told(ErrorCode::BadCall, "key"));
        }
        if query.text.len() > TEXT {
            return Err(told(ErrorCode::BadCall, "text"));
        }
        let work = self.inner.work().await?;
        work.cabinet.set_draft(&query.key, &query.text, work.now()).await.map_err(file_error)
    }
}
