//! The versions of an order, and the files that become some.

use bridge::{
    Attached, CancelTransfer, DesignView, Designs, DesignsReply, DeskError, DropDesigns, ErrorCode, Event, PasteDesign, PauseTransfer,
    PickDesigns, Submit,
};
use domain::{
    command::{Act as _, Command, Given},
    commands::design,
    file::{FilePolicy, MediaType, Sha256},
    id::{DesignId, OrderId, RecordId},
    record::{Kind, RecordRef},
};
use mirror::{Attachment, Kept, Owner, TakenBack, queries::DesignLine};
use std::path::PathBuf;

use super::{possible, said_of, verdict};
use crate::{
    desk::Desk,
    error::{file_error, told},
    files::{Looked, Source, design_media},
    work::Work,
};

impl Desk {
    /// The versions of an order, and whether one can be added.
    ///
    /// # Errors
    /// `no_session`, or when the files cannot be read.
    pub async fn designs(&self, query: Designs) -> Result<DesignsReply, DeskError> {
        let work = self.inner.work().await?;
        let page = work.cabinet.designs(query.order, work.now()).await.map_err(file_error)?;
        let acts: Vec<Vec<Given>> = page.versions.iter().map(|line| possible(&work, acts_on(line))).collect();
        let upload = possible(&work, [any_upload(&work, query.order)]);
        let asked: Vec<Given> = acts.iter().flatten().chain(&upload).cloned().collect();
        // All at once: what several of them need is read once.
        let mut said = work.cabinet.probe(&asked, work.now()).await.map_err(file_error)?.into_iter().map(verdict);
        let views = page.versions.into_iter().zip(acts);
        let versions = views.map(|(line, acts)| work.view(line, page.current, said_of(&acts, said.by_ref()))).collect();
        let upload = said_of(&upload, said).pop();
        Ok(DesignsReply { versions, upload })
    }
    /// Asks for files, and makes each the next version of an order.
    ///
    /// # Errors
    /// `no_session`; `disk` when the outbox cannot be written, or there is no dialog. A file that is not taken is an answer.
    pub async fn pick_designs(&self, query: PickDesigns) -> Result<Vec<Attached>, DeskError> {
        let paths = self.inner.choose_designs("act-design-upload").await?;
        self.take_files(query.order, paths).await
    }
    /// Makes the files that were let fall on the window the next versions of an order.
    ///
    /// # Errors
    /// `not_found` for a handle that is good no more; as [`Self::pick_designs`].
    pub async fn drop_designs(&self, query: DropDesigns) -> Result<Vec<Attached>, DeskError> {
        let paths = self.inner.dropped(query.handle).await?;
        self.take_files(query.order, paths).await
    }
    /// Makes a pasted picture the next version of an order.
    ///
    /// # Errors
    /// `bad_call` for what is no Base64; as [`Self::pick_designs`].
    pub async fn paste_design(&self, query: PasteDesign) -> Result<Attached, DeskError> {
        self.take_file(query.order, Source::pasted(query.name, &query.data)?).await
    }
    /// Pauses the sending of a version's bytes, or lets it go on.
    ///
    /// # Errors
    /// `not_found` when this desk sends none; `no_session`; `disk`.
    pub async fn pause_transfer(&self, query: PauseTransfer) -> Result<(), DeskError> {
        let work = self.inner.work().await?;
        let found = work.cabinet.staged_for(version(query.design), work.now()).await.map_err(file_error)?;
        let (it, _) = found.ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        work.cabinet.pause_transfer(&it.sha256, query.paused, work.now()).await.map_err(file_error)?;
        work.engine.given();
        drop(work);
        self.inner.tell_transfers(Some(&[it.sha256])).await;
        Ok(())
    }
    /// Takes an upload back that the server has not answered, with its bytes.
    ///
    /// # Errors
    /// `not_found`; `too_late` when the act has left; `no_session`; `disk`.
    pub async fn cancel_transfer(&self, query: CancelTransfer) -> Result<(), DeskError> {
        let work = self.inner.work().await?;
        let found = work.cabinet.staged_for(version(query.design), work.now()).await.map_err(file_error)?;
        let (it, entry) = found.ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        let applied = match work.cabinet.call_off(entry.id, work.now()).await.map_err(file_error)? {
            TakenBack::Done(_, applied) => applied,
            TakenBack::TooLate => return Err(DeskError::new(ErrorCode::TooLate)),
            TakenBack::NotFound => return Err(DeskError::new(ErrorCode::NotFound)),
        };
        // Another act may wait for the same file, and its bytes go on.
        let staged = work.cabinet.staged(work.now()).await.map_err(file_error)?;
        let is_wanted = staged.iter().any(|(other, _)| other.sha256 == it.sha256);
        if let Some(upload) = it.upload.filter(|_| !it.done && !is_wanted) {
            // Where the server does not hear of it, it forgets the upload after a week.
            let asking = work.asking();
            tokio::spawn(async move { drop(asking.end_upload(&upload).await) });
        }
        work.engine.given();
        drop(work);
        self.inner.withdraw_decision(entry.id);
        self.inner.tell(Event::Transfer { design: query.design, transfer: None });
        self.tell_applied(applied);
        Ok(())
    }
    async fn take_files(&self, order: OrderId, paths: Vec<PathBuf>) -> Result<Vec<Attached>, DeskError> {
        let mut all = Vec::with_capacity(paths.len());
        // One after another: only one of them is in memory.
        for path in paths {
            all.push(self.take_file(order, Source::Path(path)).await?);
        }
        Ok(all)
    }
    async fn take_file(&self, order: OrderId, source: Source) -> Result<Attached, DeskError> {
        let name = source.name();
        let Looked { facts, bytes } = match source.look(FilePolicy::Design).await {
            Ok(looked) => looked,
            Err(why) => return Ok(refused(name, why)),
        };
        let id = DesignId::from(self.new_id().await?);
        let (sha256, size) = (facts.sha256, facts.size);
        let upload =
            design::Upload { id, order_id: order, sha256, size, media_type: facts.media_type.clone(), name: facts.name.to_string() };
        let args = serde_json::to_value(&upload).map_err(|_| told(ErrorCode::Internal, "args"))?;
        let act = Submit { act: design::Upload::NAME.to_owned(), args, seen: vec![RecordRef::new(Kind::Order, order)] };
        let copy = bytes.clone();
        let file = Attachment { sha256, policy: FilePolicy::Design, name: facts.name, media_type: facts.media_type, bytes };
        match self.give(act, vec![file]).await {
            Ok(_) => {
                self.keep_copy(id.into(), &copy).await;
                Ok(Attached { name, design: Some(id), refused: None, details: None })
            }
            Err(DeskError { code: ErrorCode::Refused, refusal: Some(why), details, .. }) => Ok(Attached { details, ..refused(name, &why) }),
            Err(error) => Err(error),
        }
    }
    /// Keeps a file beside what is kept of the server's, so that whoever sent it does not fetch it again to look at it: the bytes in the
    /// outbox go when the server has them. The act is taken, whatever becomes of this.
    pub(super) async fn keep_copy(&self, of: Owner, bytes: &[u8]) {
        let Ok(work) = self.inner.work().await else { return };
        let most = self.inner.preferences().kept_bytes();
        if let Err(error) = work.cabinet.keep(of, Kept::File, bytes, most, work.now()).await {
            tracing::warn!(%error, "a file that was added is not kept here");
        }
    }
}

/// A reason that is one, for asking whether an act may be given that wants one.
const REASON: &str = "Masa simpan";

fn version(id: DesignId) -> RecordRef {
    RecordRef::new(Kind::Design, id)
}

fn refused(name: String, why: &str) -> Attached {
    Attached { name, design: None, refused: Some(why.to_owned()), details: None }
}

/// The upload of a file that nobody has: with it the rulebook is asked what it would say.
fn any_upload(work: &Work, order_id: OrderId) -> Command {
    let id = DesignId::from(RecordId::from(work.would_be.1));
    let media_type = design_media().first().cloned().unwrap_or(MediaType::Png);
    let name = format!("desain.{}", media_type.endings().first().copied().unwrap_or_default());
    design::Upload { id, order_id, sha256: Sha256::of(id.uuid().as_bytes()), size: 1, media_type, name }.into()
}

/// What can be done with a version. What stands in no record is nothing to act on.
fn acts_on(line: &DesignLine) -> Vec<Command> {
    let id = line.design.id;
    if line.undone {
        return Vec::new();
    }
    vec![design::Submit { id }.into(), design::SetCurrent { id }.into(), design::Purge { id, reason: REASON.to_owned() }.into()]
}

impl Work {
    fn view(&self, line: DesignLine, current: Option<i64>, verdicts: Vec<bridge::Verdict>) -> DesignView {
        DesignView {
            ours: line.ours,
            mark: line.mark.map(|(state, _)| state),
            command: line.mark.map(|(_, id)| id),
            current: !line.undone && current == Some(line.design.version),
            superseded: !line.undone && line.design.is_superseded(current),
            verdicts,
            transfer: line.bytes.map(|bytes| self.transfer(&bytes)),
            here: line.here,
            kept: line.kept,
            design: line.design,
        }
    }
}
