//! Asking for a mail with a token for a new password.

use async_trait::async_trait;
use domain::{
    name::Email,
    time::{MINUTE, UtcMillis},
};
use sha2::{Digest, Sha256};
use store::{Job, JobWrite};
use uuid::Uuid;

use crate::writer::{Operation, Work};

/// However often somebody asks, one mail goes to an address in this time, in milliseconds.
const ONCE_IN: i64 = 5 * MINUTE;

/// Enqueues the mail. Whether there is such an account is only asked by the job, so that the answer tells nobody, not even by
/// the time it takes.
#[derive(Debug)]
pub struct AskForMail(pub Email);

/// The job that sends the mail. Its id is derived from the address and the time, so that asking again soon is asking once.
#[must_use]
pub fn mail_job(email: &Email, at: UtcMillis) -> Job {
    let window = at.ms().div_euclid(ONCE_IN);
    let hash = Sha256::new().chain_update(b"meja mail 1").chain_update(window.to_be_bytes()).chain_update(email.as_str()).finalize();
    let mut random = [0; 10];
    random.copy_from_slice(&hash[..10]);
    let ms = u64::try_from(window.saturating_mul(ONCE_IN)).unwrap_or(0);
    let id: Uuid = uuid::Builder::from_unix_timestamp_millis(ms, &random).into_uuid();
    let payload = serde_json::json!({ "email": email });
    Job { id, kind: crate::jobs::PASSWORD_RESET.to_owned(), payload, run_at: at, tries: 0, last_error: None }
}

#[async_trait]
impl Operation for AskForMail {
    type Answer = ();

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        let job = mail_job(&self.0, work.now());
        work.write_job(JobWrite::Add(job));
        Ok(())
    }
    fn answer(self) -> Option<()> {
        Some(())
    }
}
