//! What goes wrong, one thing after another: processes are killed and started again, instances freeze, connections and the database
//! break.

use std::time::Duration;
use tokio::time::Instant;

use crate::{Done, dice::Dice, house::House, station::Station};

/// How often each thing happened.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) servers_killed: u32,
    pub(crate) desks_killed: u32,
    pub(crate) frozen: u32,
    pub(crate) cut: u32,
    pub(crate) database_restarts: u32,
    pub(crate) disks_full: u32,
    /// Of these, the server's or its database's.
    pub(crate) house_disk_full: u32,
}

/// Everything that can break.
pub(crate) struct Storm<'a> {
    pub(crate) house: &'a mut House,
    pub(crate) desks: &'a mut [Station],
    pub(crate) dice: Dice,
    pub(crate) tally: Tally,
}

impl Storm<'_> {
    /// Lets things go wrong until this moment. In the end everything runs.
    pub(crate) async fn blow(&mut self, until: Instant) -> Done<()> {
        while Instant::now() < until {
            tokio::time::sleep(self.dice.between(200, 1_800)).await;
            match (self.dice.below(14), self.house.servers.len()) {
                (0..=2, _) => self.kill_server().await,
                (3..=6, _) => self.kill_desk(false).await?,
                (7, _) => self.kill_both().await?,
                (8, _) => self.kill_desk(true).await?,
                (9, 2..) => self.freeze().await,
                (10, 2..) => self.tally.cut += u32::from(self.house.cut()),
                (11, 2..) => self.tally.database_restarts += u32::from(House::restart_database().await?),
                (12 | 13, _) => self.fill_disk().await?,
                _ => {}
            }
        }
        Ok(())
    }
    /// A disk is full for a while: a desk's, or the server's, or that of its database.
    async fn fill_disk(&mut self) -> Done<()> {
        // The house's disk as often as all desks' together: everybody hangs on it.
        let n = usize::try_from(self.dice.below(2 * u64::try_from(self.desks.len()).unwrap_or(1))).unwrap_or(0);
        let still = self.dice.between(200, 4_000);
        let desk = self.desks.get(n);
        let Some(volume) = desk.map_or(self.house.volume.as_ref(), |desk| desk.volume.as_ref()) else { return Ok(()) };
        volume.fill()?;
        self.tally.disks_full += 1;
        self.tally.house_disk_full += u32::from(desk.is_none());
        tokio::time::sleep(still).await;
        volume.free()?;
        if desk.is_none() {
            self.tally.database_restarts += u32::from(self.house.recover_database().await?);
        }
        Ok(())
    }
    fn server(&mut self) -> usize {
        usize::try_from(self.dice.below(u64::try_from(self.house.servers.len()).unwrap_or(1))).unwrap_or(0)
    }
    async fn kill_server(&mut self) {
        let (n, down) = (self.server(), self.dice.between(0, 1_500));
        self.house.servers[n].kill();
        self.tally.servers_killed += 1;
        tokio::time::sleep(down).await;
        self.house.servers[n].restart().await;
    }
    /// Kills a desk; `soon` once more, while it is still opening its files.
    async fn kill_desk(&mut self, soon: bool) -> Done<()> {
        let n = usize::try_from(self.dice.below(u64::try_from(self.desks.len()).unwrap_or(1))).unwrap_or(0);
        let (down, again) = (self.dice.between(0, 800), self.dice.between(1, 250));
        self.desks[n].kill().await?;
        self.tally.desks_killed += 1;
        tokio::time::sleep(down).await;
        self.desks[n].start()?;
        if soon {
            tokio::time::sleep(again).await;
            self.desks[n].kill().await?;
            self.tally.desks_killed += 1;
            self.desks[n].start()?;
        }
        Ok(())
    }
    /// Server and desks at once, as when the power fails; the desks are back before it.
    async fn kill_both(&mut self) -> Done<()> {
        let n = self.server();
        self.house.servers[n].kill();
        self.tally.servers_killed += 1;
        for desk in self.desks.iter_mut() {
            desk.kill().await?;
            self.tally.desks_killed += 1;
            desk.start()?;
        }
        tokio::time::sleep(self.dice.between(0, 1_000)).await;
        self.house.servers[n].restart().await;
        Ok(())
    }
    /// An instance stands still, with everything it holds, and goes on later as if nothing had been.
    async fn freeze(&mut self) {
        let (n, still) = (self.server(), self.dice.between(500, 9_000));
        self.house.servers[n].signal("STOP");
        self.tally.frozen += 1;
        tokio::time::sleep(still).await;
        self.house.servers[n].signal("CONT");
    }
}

/// Until when something lasts that begins now.
pub(crate) fn lasting(span: Duration) -> Instant {
    Instant::now() + span
}
