//! Texts for answering quickly.

use serde::{Deserialize, Serialize};

use crate::{
    command::Act,
    decision::{Changes, Code, Refusal, Stop},
    id::QuickReplyId,
    record::{Kind, RecordRef},
    records::{QuickReply, ReplyText},
    role::Role,
    rule::{Cx, Read, create, field, writes},
    text::ReplyTitle,
};

/// Who keeps the texts: those who use them.
const KEEPERS: &[Role] = &[Role::Admin, Role::Cs];

fn named(id: QuickReplyId) -> RecordRef {
    RecordRef::new(Kind::QuickReply, id)
}

/// Reads one that is still offered.
fn offered(cx: &Cx<'_>, id: QuickReplyId) -> Result<Read<QuickReply>, Stop> {
    let read = cx.read::<QuickReply>(id)?;
    if read.record.removed_at.is_some() { Err(Refusal::new(Code::NotFound, "R-079").into()) } else { Ok(read) }
}

/// `quick_reply.save`: a new one, or other words for one there is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Save {
    /// Its id; a new one for a new text.
    pub id: QuickReplyId,
    /// What it is called, 1 to 60 characters.
    pub title: String,
    /// The text, 1 to 4000 characters; every gap in it is one of `{klien}`, `{pesanan}`, `{tenggat}`, `{anggaran}`, `{status}`, `{saya}`,
    /// `{hari_ini}` or their English names.
    pub text: String,
}

impl Act for Save {
    const NAME: &'static str = "quick_reply.save";
    const RULE: &'static str = "R-079";
    const ROLES: &'static [Role] = KEEPERS;

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let title = field("title", ReplyTitle::new(&self.title))?;
        let text = field("text", ReplyText::new(&self.text))?;
        let by = cx.actor.person.clone();
        if cx.any(named(self.id))?.is_none() {
            let made = QuickReply { id: self.id, title, text, by, removed_at: None, created_at: cx.now, updated_at: cx.now };
            return Ok(writes(vec![create(made)]));
        }
        let mut read = offered(cx, self.id)?;
        let it = &mut read.record;
        (it.title, it.text, it.by, it.updated_at) = (title, text, by, cx.now);
        Ok(writes(vec![read.write()]))
    }
}

/// `quick_reply.remove`: it is offered no more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Remove {
    /// Which.
    pub id: QuickReplyId,
}

impl Act for Remove {
    const NAME: &'static str = "quick_reply.remove";
    const RULE: &'static str = "R-079";
    const ROLES: &'static [Role] = KEEPERS;

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let mut read = offered(cx, self.id)?;
        (read.record.removed_at, read.record.updated_at) = (Some(cx.now), cx.now);
        read.record.by = cx.actor.person.clone();
        Ok(writes(vec![read.write()]))
    }
}
