//! Sending the bytes of files that commands wait for: one file at a time, the oldest first, a part at a time.
//!
//! Invariant: the server says how far a file is. “After every doubt the server is asked, and what has arrived is never sent again.”
//! Between two parts a file can be paused, and whatever ends the line or the program ends it where it is.

use bytes::Bytes;
use domain::{
    decision::Code,
    wire::{Outcome, OutcomeStatus},
};
use mirror::Staged;

use super::{
    News,
    core::Core,
    recover::{Break, Trouble},
    transfer::{Moving, Run},
};
use crate::{backoff::Backoff, fault::Fault, transport::Announce};

/// What an answer means for an upload.
enum Meaning {
    /// The server has no such upload any more: it is begun anew.
    Anew,
    /// It stands elsewhere: the server is asked.
    Elsewhere,
    /// The file is not taken: a person decides.
    Refused(String),
    /// It is tried again.
    Later,
}

fn meaning(fault: &Fault) -> Meaning {
    match (fault.status(), fault.code().unwrap_or_default()) {
        (_, "") => Meaning::Later,
        (Some(404 | 410), _) | (Some(422), "too_many_parts") => Meaning::Anew,
        (Some(409), _) => Meaning::Elsewhere,
        (Some(400 | 413 | 422), code) => Meaning::Refused(code.to_owned()),
        _ => Meaning::Later,
    }
}

/// Whoever stops sending says so, also where its work is dropped.
struct Still<'a>(&'a Core);

impl Drop for Still<'_> {
    fn drop(&mut self) {
        self.0.stand_still();
    }
}

impl Core {
    /// Sends the bytes of whatever waits for them, whenever something does.
    pub(super) async fn uploads(&self) -> Break {
        let _still = Still(self);
        let (mut backoff, mut run) = (Backoff::default(), Run::default());
        loop {
            let seen = self.wanted();
            let carried = self.carry(&mut run, &mut backoff).await;
            self.stand_still();
            match carried {
                Ok(()) => self.until(|w| w.given != seen.given).await,
                Err(trouble) => {
                    run.failed();
                    if let Err(end) = self.recover(trouble, seen, &mut backoff).await {
                        return end;
                    }
                }
            }
        }
    }
    async fn carry(&self, run: &mut Run, backoff: &mut Backoff) -> Result<(), Trouble> {
        // Which one is asked before each part: it may have been paused, taken back, or let another one go first.
        while let Some(it) = self.files.next_transfer(self.now()).await? {
            let step = match it.upload.clone() {
                None => self.begin_one(&it, run).await,
                Some(upload) if !run.is_sure_of(&it.sha256) => self.look_at(&it, &upload, run).await,
                Some(upload) => self.send_part(&it, &upload, run).await,
            };
            match step {
                // Only bytes that arrived are a success: whoever answers questions and takes nothing is not asked without end.
                Ok(offset) if offset > it.sent => backoff.reset(),
                Ok(_) => {}
                Err(Trouble::Fault(fault)) => self.turn_out(&it, run, fault).await?,
                Err(trouble) => return Err(trouble),
            }
        }
        Ok(())
    }
    async fn begin_one(&self, it: &Staged, run: &mut Run) -> Result<u64, Trouble> {
        let Staged { sha256, policy, name, media_type, size, .. } = it.clone();
        let begun = self.begin_upload(&Announce { sha256, policy, name, media_type, size }).await?;
        self.stands(it, &begun.upload, begun.offset, run).await
    }
    async fn look_at(&self, it: &Staged, upload: &str, run: &mut Run) -> Result<u64, Trouble> {
        let offset = self.upload_offset(upload).await?;
        self.stands(it, upload, offset, run).await
    }
    /// The server has said how far the file is; so far.
    async fn stands(&self, it: &Staged, upload: &str, offset: u64, run: &mut Run) -> Result<u64, Trouble> {
        self.arrived(it, upload, offset).await?;
        let mono = self.clock.mono();
        run.sure(it.sha256, offset, mono);
        if offset < it.size {
            self.tell_moving(it, offset, run);
        }
        Ok(offset)
    }
    async fn send_part(&self, it: &Staged, upload: &str, run: &mut Run) -> Result<u64, Trouble> {
        let bytes = Bytes::from(self.files.staged_bytes(&it.sha256, it.sent, run.most(), self.now()).await?);
        if bytes.is_empty() {
            tracing::error!(sha256 = %it.sha256, at = it.sent, "bytes of a file are missing here");
            return self.refuse(it, Code::FileMissing.wire(), "").await.map(|()| 0);
        }
        let (wanted, began) = (it.sent + bytes.len() as u64, self.clock.mono());
        let offset = self.send_bytes(upload, it.sent, &bytes).await?;
        if offset != wanted {
            return Err(Fault::NotMeja.into());
        }
        run.arrived(self.clock.mono() - began);
        self.arrived(it, upload, offset).await?;
        if offset < it.size {
            self.tell_moving(it, offset, run);
        }
        Ok(offset)
    }
    /// Notes how many bytes the server has for certain. With the last of them what waited can go.
    async fn arrived(&self, it: &Staged, upload: &str, offset: u64) -> Result<(), Trouble> {
        self.met();
        if offset > it.size {
            return Err(Fault::NotMeja.into());
        }
        let done = offset == it.size;
        self.files.note_transfer(&it.sha256, Some(upload), offset, done, self.now()).await?;
        if done {
            self.told_last(it);
            self.link.wish.send_modify(|wish| wish.given += 1);
        }
        Ok(())
    }
    /// What a fault means for the file at hand. One that says the same again and again is waited for.
    async fn turn_out(&self, it: &Staged, run: &mut Run, fault: Fault) -> Result<(), Trouble> {
        match meaning(&fault) {
            Meaning::Later => {
                if domain::planted::planted("upload_from_start") {
                    self.files.note_transfer(&it.sha256, None, 0, false, self.now()).await?;
                }
                return Err(fault.into());
            }
            Meaning::Refused(code) => {
                let detail = if let Fault::Problem { detail, .. } = &fault { detail.as_str() } else { "" };
                return self.refuse(it, &code, detail).await;
            }
            Meaning::Anew => self.files.note_transfer(&it.sha256, None, 0, false, self.now()).await?,
            Meaning::Elsewhere => {}
        }
        run.doubt();
        run.doubts += 1;
        if run.doubts > 1 { Err(Trouble::Fault(fault)) } else { Ok(()) }
    }
    /// The file is not taken: what waits for it waits for a person now, as if the server had refused the act itself.
    async fn refuse(&self, it: &Staged, code: &str, detail: &str) -> Result<(), Trouble> {
        tracing::warn!(sha256 = %it.sha256, code, "a file is not taken; a person decides");
        self.files.note_transfer(&it.sha256, None, 0, false, self.now()).await?;
        let ids = self.files.waiting_for(&it.sha256, self.now()).await?;
        let message = Some(detail.to_owned()).filter(|text| !text.is_empty());
        let refused = |id| Outcome {
            status: OutcomeStatus::Refused,
            code: Some(Code::of_wire(code)),
            message: message.clone(),
            ..Outcome::blocked(id)
        };
        let outcomes: Vec<Outcome> = ids.into_iter().map(refused).collect();
        self.take_in(&outcomes).await?;
        self.told_last(it);
        Ok(())
    }
    /// Nothing more is sent of this one.
    fn told_last(&self, it: &Staged) {
        self.link.moving.send_replace(None);
        self.watcher.told(News::Transfer(it.sha256));
    }
    fn tell_moving(&self, it: &Staged, sent: u64, run: &mut Run) {
        let mono = self.clock.mono();
        let left = run.left(sent, it.size, mono);
        self.link.moving.send_replace(Some(Moving { sha256: it.sha256, sent, size: it.size, left }));
        if run.is_to_tell(mono) {
            self.watcher.told(News::Transfer(it.sha256));
        }
    }
    /// Nothing is being sent.
    fn stand_still(&self) {
        if let Some(moving) = self.link.moving.send_replace(None) {
            self.watcher.told(News::Transfer(moving.sha256));
        }
    }
}
