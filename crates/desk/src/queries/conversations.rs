//! Obrolan: the list of conversations, what is said in one, and the texts for answering quickly.

use bridge::{
    ConversationPart as Part, ConversationRow, Conversations, ConversationsReply, DeskError, FileView, MessageView, QuickReplies,
    QuickReplyView, Stranded, Talk, TalkReply,
};
use domain::{
    command::Given,
    commands::message,
    id::{MessageId, OrderId, RecordId},
    record::{AnyRecord, Kind, RecordRef},
    records::Filling,
};
use mirror::{
    Verdict,
    queries::{AttachedLine, ConversationAsk, ConversationLine, ConversationPart, MessageLine, ReplyLine, StrandedMessage, TalkAsk},
};

use super::{MOST, verdict};
use crate::{desk::Desk, error::file_error, work::Work};

/// A text that every rule takes: with it the rulebook is asked what it would say.
const TEXT: &str = "Halo";

impl Desk {
    /// A part of the list of conversations.
    ///
    /// # Errors
    /// `no_session`, or when the files cannot be read.
    pub async fn conversations(&self, query: Conversations) -> Result<ConversationsReply, DeskError> {
        let work = self.inner.work().await?;
        let ask = ConversationAsk {
            part: part(query.filter.part),
            text: query.filter.text,
            offset: query.offset,
            limit: query.limit.min(MOST),
            around: query.around,
        };
        let page = work.cabinet.conversations(&ask, work.now()).await.map_err(file_error)?;
        Ok(ConversationsReply {
            rows: page.rows.into_iter().map(row).collect(),
            offset: page.offset,
            at: page.at,
            total: page.total,
            all: page.counts.all,
            unread: page.counts.unread,
            waiting: page.counts.waiting,
        })
    }
    /// What is said about one order: the newest messages, or those before one. An order that is not here has none.
    ///
    /// # Errors
    /// As [`Self::conversations`].
    pub async fn talk(&self, query: Talk) -> Result<TalkReply, DeskError> {
        let work = self.inner.work().await?;
        let ask = TalkAsk { order_id: query.order_id, before: query.before, limit: query.limit.min(MOST) };
        let id = MessageId::from(RecordId::from(work.would_be.1));
        let send = message::Send { id, order_id: query.order_id, text: TEXT.to_owned(), attachments: Vec::new(), read: None };
        let act = Given { id: work.would_be.0, command: send.into() };
        let page = work.cabinet.talk(&ask, &[act], work.now()).await.map_err(file_error)?;
        let said = page.verdicts.into_iter().next().unwrap_or(Verdict::ServerDecides);
        Ok(TalkReply {
            conversation: page.conversation,
            messages: page.messages.into_iter().map(|line| view(&work, line)).collect(),
            stranded: page.stranded.into_iter().map(stranded).collect(),
            more: page.more,
            read: page.read,
            unread: count(page.unread),
            verdict: verdict(said),
        })
    }
    /// The quick replies by their titles, filled in for an order where one is named; what is not known of it stays open.
    ///
    /// # Errors
    /// As [`Self::conversations`].
    pub async fn quick_replies(&self, query: QuickReplies) -> Result<Vec<QuickReplyView>, DeskError> {
        let work = self.inner.work().await?;
        let lines = work.cabinet.quick_replies(work.now()).await.map_err(file_error)?;
        let filling = match query.order_id {
            Some(order) => Some(filling(&work, order).await?),
            None => None,
        };
        let words = self.inner.words();
        let view = |ReplyLine { reply, ours }: ReplyLine| {
            let filled = filling.as_ref().map(|with| reply.text.fill(with, words));
            let (filled, open) = filled.map_or((None, Vec::new()), |it| (Some(it.text), it.open));
            QuickReplyView { id: reply.id, title: reply.title.to_string(), text: reply.text.as_str().to_owned(), filled, open, ours }
        };
        Ok(lines.into_iter().map(view).collect())
    }
}

/// What is known here of an order, and of whoever answers. A number that only this desk gave is none to tell anybody.
async fn filling(work: &Work, order: OrderId) -> Result<Filling, DeskError> {
    let me = Some(work.actor().person.name.to_string());
    let found = work.cabinet.record(RecordRef::new(Kind::Order, order), work.now()).await.map_err(file_error)?;
    let Some((AnyRecord::Order(it), _)) = found else { return Ok(Filling { me, ..Filling::default() }) };
    Ok(Filling {
        client: Some(it.client_name.to_string()),
        order: it.has_real_number().then(|| it.number.clone()),
        deadline: it.deadline,
        budget: it.budget,
        status: Some(it.status.face()),
        me,
        today: Some(work.now().day(it.client_zone)),
    })
}

const fn part(part: Part) -> ConversationPart {
    match part {
        Part::All => ConversationPart::All,
        Part::Unread => ConversationPart::Unread,
        Part::Waiting => ConversationPart::Waiting,
    }
}

fn count(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(if n < 0 { 0 } else { u32::MAX })
}

fn row(line: ConversationLine) -> ConversationRow {
    ConversationRow { conversation: line.conversation, unread: count(line.unread), status: line.status, ours: line.ours, mark: line.mark }
}

fn view(work: &Work, line: MessageLine) -> MessageView {
    let file = |it: AttachedLine| FileView { transfer: it.bytes.map(|bytes| work.transfer(&bytes)), here: it.here };
    MessageView {
        message: line.message,
        files: line.files.into_iter().map(file).collect(),
        mine: line.mine,
        state: line.command.map(|(_, state)| state),
        command: line.command.map(|(id, _)| id),
    }
}

fn stranded(it: StrandedMessage) -> Stranded {
    Stranded { id: it.id, text: it.text, files: it.files, state: it.state, command: it.command, code: it.code }
}
