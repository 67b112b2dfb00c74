//! The files of a message: what its sender has put on the server for it, and versions of the same order (R-079, facts 4.9).

use serde::{Deserialize, Serialize};

use crate::{
    commands::file::{Known, put_there},
    decision::{Code, Refusal, Stop},
    facts::Lookup,
    file::{FileName, FilePolicy, MediaType, Sha256},
    id::FileId,
    record::{Kind, RecordRef},
    records::{Attachment, Attachments, Design, Order},
    rule::{Cx, at_hand, field, key},
    text::Invalid,
};

/// A file that a message shall carry: one that its sender has put on the server, or the file of a version of the same order that they
/// see. `size` and `media_type` are what a desk shows until the server has said it; without them the server alone decides. The server
/// goes by the file itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attach {
    /// What its bytes are known by.
    pub sha256: Sha256,
    /// What it is called.
    pub name: String,
    /// How many bytes it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<MediaType>,
}

/// The files of a message about this order, as the message keeps them.
///
/// # Errors
/// `invalid_args` for too many, for one that is there twice, and for a name that none can have; `file_missing`; [`Stop`] where something
/// must be loaded first.
pub(super) fn attached(cx: &Cx<'_>, order: &Order, all: &[Attach]) -> Result<Attachments, Stop> {
    let mut taken = Attachments::default();
    if all.len() > Attachments::MOST {
        return field("attachments", Err(Invalid::OutOfRange));
    }
    for it in all {
        let name = field("attachments", FileName::new(&it.name))?;
        if taken.with(&it.sha256).is_some() {
            return field("attachments", Err(Invalid::Malformed));
        }
        let (size, media_type) = it.file(cx, order)?;
        taken.0.push(Attachment { sha256: it.sha256, size, media_type, name });
    }
    Ok(taken)
}

impl Attach {
    /// How long the file is, and what.
    fn file(&self, cx: &Cx<'_>, order: &Order) -> Result<(i64, MediaType), Stop> {
        let known = put_there(cx, &self.sha256)?;
        if let Known::Is(size, media_type) = known {
            // It may have been put there for something else, whose policy takes other files.
            field("attachments", FilePolicy::Design.takes(size, &media_type))?;
            return Ok((size, media_type));
        }
        match (self.of_version(cx, order)?, known) {
            (Some(version), _) => Ok((version.size, version.media_type)),
            (None, Known::NotHere) => self.said(cx),
            (None, _) => Err(Refusal::new(Code::FileMissing, "R-079").into()),
        }
    }
    /// The version of this order with these bytes, if the sender sees one: whoever may read its file need not bring it again.
    fn of_version(&self, cx: &Cx<'_>, order: &Order) -> Result<Option<Design>, Stop> {
        let all = at_hand(cx.find::<Design>(Lookup::DesignsOf(order.id)))?.unwrap_or_default();
        let Some(same) = all.into_iter().map(|read| read.record).find(|it| it.holds(&self.sha256)) else { return Ok(None) };
        match cx.visible(RecordRef::new(Kind::Design, same.id)) {
            Ok(_) => Ok(Some(same)),
            Err(Stop::Refused(_)) => Ok(None),
            Err(stop) => Err(stop),
        }
    }
    /// As the desk says, which has looked at the file.
    fn said(&self, cx: &Cx<'_>) -> Result<(i64, MediaType), Stop> {
        let (Some(size), Some(media_type)) = (self.size, self.media_type.clone()) else {
            return Err(Stop::Unknown(vec![key(Kind::File, FileId::named(cx.actor.id(), &self.sha256))]));
        };
        let size = field("attachments", FilePolicy::Design.size(size))?;
        field("attachments", FilePolicy::Design.takes(size, &media_type))?;
        Ok((size, media_type))
    }
}
