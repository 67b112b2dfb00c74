//! Where people are logged in: asked of the server, for it alone knows.

use bridge::{DeskError, Devices, DevicesReply, EndDevice};

use crate::{desk::Desk, error::not_there};

impl Desk {
    /// One's own devices; for an admin those of anybody of the staff.
    ///
    /// # Errors
    /// `no_session`; `unreachable` without a line; `refused` where the server says no; `not_found`.
    pub async fn devices(&self, query: Devices) -> Result<DevicesReply, DeskError> {
        let (asking, at) = {
            let work = self.inner.work().await?;
            (work.asking(), work.now())
        };
        let list = asking.devices(query.of).await.map_err(|fault| not_there(&fault))?;
        Ok(DevicesReply { devices: list.items, at })
    }
    /// Ends one of one's own devices.
    ///
    /// # Errors
    /// `not_found` where it is none, or has ended; as [`Self::devices`].
    pub async fn end_device(&self, query: EndDevice) -> Result<(), DeskError> {
        let asking = self.inner.work().await?.asking();
        asking.end_device(query.id).await.map_err(|fault| not_there(&fault))
    }
}
