//! What records are about, in words.

use domain::{record::RecordRef, time::UtcMillis};

use crate::{
    cabinet::{Cabinet, title},
    error::Result,
};

impl Cabinet {
    /// Whom these records are about, in words: those that are here and are about somebody.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn titles(&self, names: &[RecordRef], now: UtcMillis) -> Result<Vec<(RecordRef, String)>> {
        let mut inner = self.lock(now).await?;
        let mut found = Vec::new();
        for stored in inner.mirror.records(names).await? {
            let record = stored.record()?;
            found.extend(title(&record).map(|text| (record.reference(), text)));
        }
        Ok(found)
    }
}
