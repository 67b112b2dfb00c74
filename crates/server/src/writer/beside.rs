//! What a command does beside the records (`domain::decision::Beside`), in the same transaction.

use domain::{decision::Beside, id::UserId};
use store::{AccountWrite, Job, JobWrite};

use super::{AccountNews, work::Work};

impl Work {
    /// Does it. What concerns an account is written with the records, one of which may be that account.
    pub(super) async fn do_beside(&mut self, all: &[Beside]) -> store::Result<()> {
        let at = self.now();
        for beside in all {
            match *beside {
                Beside::EndSessions(user) => {
                    self.write_with_records(AccountWrite::EndAll { user, except: None, except_pair: None, at });
                    self.tell(AccountNews::User(user));
                }
                Beside::EndDevice(user, device) => {
                    let known = self.stored().device(device).await?;
                    if known.is_some_and(|known| known.user == user && known.ended_at.is_none()) {
                        self.write_with_records(AccountWrite::EndDevice { device, at });
                        self.tell(AccountNews::Device(device));
                    }
                }
                Beside::DropFactor(user) => self.write_with_records(AccountWrite::DropFactor { user }),
                Beside::MailToken(user) => self.write_job(JobWrite::Add(self.token_job(user))),
            }
        }
        Ok(())
    }
    fn token_job(&self, user: UserId) -> Job {
        let (id, payload) = (self.shell().uuid_at(self.now()), serde_json::json!({ "user": user }));
        Job { id, kind: crate::jobs::TOKEN.to_owned(), payload, run_at: self.now(), tries: 0, last_error: None }
    }
}
