//! Ending devices and sessions, and writing down that a device was heard of.

use async_trait::async_trait;
use domain::id::{DeviceId, UserId};
use store::AccountWrite;

use crate::{
    accounts::Session,
    writer::{AccountNews, Operation, Work},
};

/// Logs out: ends the device of the session, or voids the token of a client.
#[derive(Debug)]
pub struct EndSession {
    user: UserId,
    device: Option<DeviceId>,
    pair: uuid::Uuid,
}

impl EndSession {
    /// Ends this one.
    #[must_use]
    pub const fn new(session: &Session) -> Self {
        Self { user: session.user.id, device: session.device, pair: session.pair }
    }
}

#[async_trait]
impl Operation for EndSession {
    type Answer = ();

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        let at = work.now();
        let (write, news) = match self.device {
            Some(device) => (AccountWrite::EndDevice { device, at }, AccountNews::Device(device)),
            None => (AccountWrite::Void(vec![self.pair]), AccountNews::User(self.user)),
        };
        work.write_accounts(vec![write]).await?;
        work.tell(news);
        Ok(())
    }
    fn answer(self) -> Option<()> {
        Some(())
    }
}

/// Ends one of a person's own devices; the answer says whether there was one.
#[derive(Debug)]
pub struct EndDevice {
    user: UserId,
    device: DeviceId,
    found: bool,
}

impl EndDevice {
    /// Ends this device of this person.
    #[must_use]
    pub const fn new(user: UserId, device: DeviceId) -> Self {
        Self { user, device, found: false }
    }
}

#[async_trait]
impl Operation for EndDevice {
    type Answer = bool;

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        let (id, at) = (self.device, work.now());
        let device = work.stored().device(id).await?;
        self.found = device.is_some_and(|device| device.user == self.user && device.ended_at.is_none());
        if self.found {
            work.write_accounts(vec![AccountWrite::EndDevice { device: id, at }]).await?;
            work.tell(AccountNews::Device(id));
        }
        Ok(())
    }
    fn answer(self) -> Option<bool> {
        Some(self.found)
    }
}

/// Writes down that a device was heard of.
#[derive(Debug)]
pub struct Heard(pub DeviceId);

#[async_trait]
impl Operation for Heard {
    type Answer = ();

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        let (device, at) = (self.0, work.now());
        work.write_accounts(vec![AccountWrite::Seen { device, at }]).await
    }
    fn answer(self) -> Option<()> {
        Some(())
    }
}
