//! Klien: the list, one client whole, what happened with them, and the way to write to them outside of Meja.

use bridge::{
    ClientCounts, ClientDetail, ClientDetailReply, ClientErase, ClientExport, ClientList, ClientListReply, ClientRow, ClientSort,
    ClientTale, ClientTaleReply, DeskError, ErrorCode, Exported, NoteView, OpenContact, TaleLine, TalePart, Told,
};
use domain::{
    command::{Command, Given},
    commands::{
        client::{self, Channel},
        note,
    },
    decision::Code,
    id::ClientId,
    name::Email,
    phone::Phone,
    record::{AnyRecord, Kind, RecordRef},
    wire::EraseClient,
};
use mirror::queries::{ClientAsk, ClientLine, ClientOrder, Tale, TaleAsk, TaleOf};
use sync::Fault;

use super::{MOST, possible, said_of, verdict};
use crate::{
    desk::Desk,
    error::{file_error, not_there, told},
    export::export_json,
    work::Work,
};

/// The longest draft that is handed over, in bytes: what does not fit into an address is no beginning.
const DRAFT: usize = 2_000;

impl Desk {
    /// A part of the list of clients.
    ///
    /// # Errors
    /// `no_session`, or when the files cannot be read.
    pub async fn client_list(&self, query: ClientList) -> Result<ClientListReply, DeskError> {
        let work = self.inner.work().await?;
        let order = match query.filter.sort {
            ClientSort::Name => ClientOrder::Name,
            ClientSort::Last => ClientOrder::Last,
        };
        let (limit, around) = (query.limit.min(MOST), query.around);
        let ask = ClientAsk { order, text: query.filter.text, offset: query.offset, limit, around };
        let page = work.cabinet.client_list(&ask, work.now()).await.map_err(file_error)?;
        let rows = page.rows.into_iter().map(row).collect();
        Ok(ClientListReply { rows, offset: page.offset, at: page.at, total: page.total, all: page.all })
    }
    /// Everything about one client.
    ///
    /// # Errors
    /// `no_session`, `not_found`, or when the files cannot be read.
    pub async fn client_detail(&self, query: ClientDetail) -> Result<ClientDetailReply, DeskError> {
        let work = self.inner.work().await?;
        let record = staying(&work, ClientId::from(query.record.id)).await?;
        let record = RecordRef { id: record.into(), ..query.record };
        let acts = acts(&work, record, query.merge);
        let found = work.cabinet.client(record, &acts, work.now()).await.map_err(file_error)?;
        let it = found.ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        let [requests, orders, talks, files, notes] = it.counts;
        let (open_requests, open_orders) = (it.open_requests, it.open_orders);
        Ok(ClientDetailReply {
            rev: it.rev,
            ours: it.ours,
            server: it.server.filter(|said| **said != it.client),
            counts: ClientCounts { requests, open_requests, orders, open_orders, talks, files, notes },
            alike: it.alike,
            notes: it.notes.into_iter().map(|line| NoteView { note: line.note, ours: line.ours }).collect(),
            verdicts: said_of(&acts, it.verdicts.into_iter().map(verdict)),
            pending: it.pending.iter().map(|act| self.inner.pending_act(act, work.now())).collect(),
            client: it.client,
        })
    }
    /// What happened with a client, newest first. One who is not here has nothing.
    ///
    /// # Errors
    /// As [`Self::client_list`].
    pub async fn client_tale(&self, query: ClientTale) -> Result<ClientTaleReply, DeskError> {
        let work = self.inner.work().await?;
        let client = staying(&work, query.client).await?;
        let ask = TaleAsk { client, of: part(query.part), offset: query.offset, limit: query.limit.min(MOST) };
        let page = work.cabinet.tale(&ask, work.now()).await.map_err(file_error)?;
        let line = |(at, tale)| TaleLine { at, told: told_of(tale) };
        Ok(ClientTaleReply { lines: page.lines.into_iter().map(line).collect(), total: page.total })
    }
    /// Writes everything of a client that is theirs to read to a file: the server knows of more than this desk holds.
    ///
    /// # Errors
    /// `no_session`; `unreachable` without a line; `refused` for who is no admin; `not_found`; `disk`.
    pub async fn client_export(&self, query: ClientExport) -> Result<Exported, DeskError> {
        let (asking, zone, now) = {
            let work = self.inner.work().await?;
            (work.asking(), self.inner.zone(work.org_zone()), work.now())
        };
        let data = asking.client_data(query.client).await.map_err(|fault| not_there(&fault))?;
        let text = serde_json::to_string_pretty(&data).unwrap_or_default();
        export_json(&self.inner.parts.options.downloads, "klien", now, zone, &text)
    }
    /// Has the server erase everything that tells who a client is. What this desk holds of it follows by the feed.
    ///
    /// # Errors
    /// `no_session`; `unreachable` without a line; `refused` for who is no admin, and where the client is called otherwise or was erased
    /// before; `not_found`.
    pub async fn client_erase(&self, query: ClientErase) -> Result<(), DeskError> {
        let asking = self.inner.work().await?.asking();
        let asked = EraseClient { name: query.name };
        asking.erase_client(query.client, &asked).await.map_err(|fault| not_erased(&fault))
    }
    /// Opens WhatsApp, or what writes mails here, outside the window, with a text begun for this client. Nothing is sent and no state
    /// changes (C-08).
    ///
    /// # Errors
    /// `no_session`; `bad_call` for a text that is too long; `not_found` for a client that is not here, or cannot be reached so; `internal`
    /// when nothing there opens addresses.
    pub async fn open_contact(&self, query: OpenContact) -> Result<(), DeskError> {
        if query.text.len() > DRAFT {
            return Err(told(ErrorCode::BadCall, "text"));
        }
        let address = {
            let work = self.inner.work().await?;
            let name = RecordRef::new(Kind::Client, staying(&work, query.client).await?);
            let client = match work.cabinet.record(name, work.now()).await.map_err(file_error)? {
                Some((AnyRecord::Client(client), _)) => Some(client),
                _ => None,
            };
            match &query.channel {
                Channel::Whatsapp => client.and_then(|it| it.phone).and_then(|phone| whatsapp(&phone, &query.text)),
                Channel::Email => client.and_then(|it| it.email).map(|email| mail(&email, &query.text)),
                Channel::Unknown(_) => None,
            }
        };
        let address = address.ok_or_else(|| told(ErrorCode::NotFound, "not reachable so"))?;
        self.inner.parts.opener.open(&address).map_err(|e| told(ErrorCode::Internal, &e.kind().to_string()))
    }
}

/// The server erased nothing: what stands in the way is the rulebook's to say.
fn not_erased(fault: &Fault) -> DeskError {
    let code = fault.code().filter(|code| fault.status() == Some(422) && [Code::Stale.wire(), Code::Erased.wire()].contains(code));
    match code {
        Some(code) => DeskError { refusal: Some(code.to_owned()), ..told(ErrorCode::Refused, &fault.to_string()) },
        None => not_there(fault),
    }
}

fn row(line: ClientLine) -> ClientRow {
    ClientRow {
        client: line.client,
        last: line.last,
        requests: line.requests,
        orders: line.orders,
        ours: line.ours,
        mark: line.mark.map(|(state, _)| state),
        command: line.mark.map(|(_, id)| id),
    }
}

const fn part(part: TalePart) -> TaleOf {
    match part {
        TalePart::All => TaleOf::All,
        TalePart::Requests => TaleOf::Requests,
        TalePart::Orders => TaleOf::Orders,
        TalePart::Talks => TaleOf::Talks,
        TalePart::Files => TaleOf::Files,
        TalePart::Notes => TaleOf::Notes,
    }
}

fn told_of(tale: Tale) -> Told {
    match tale {
        Tale::Request(request) => Told::Request { request },
        Tale::Order(order) => Told::Order { order },
        Tale::Talk(talk) => Told::Talk { talk },
        Tale::File(design) => Told::File { design },
        Tale::Note(line) => Told::Note { note: Box::new(NoteView { note: line.note, ours: line.ours }) },
    }
}

/// Who has everything of this client.
async fn staying(work: &Work, client: ClientId) -> Result<ClientId, DeskError> {
    work.cabinet.staying(client, work.now()).await.map_err(file_error)
}

/// Every act on a client that this person's roles may ever do, with arguments that are right; and merging this other one into them.
fn acts(work: &Work, record: RecordRef, merge: Option<ClientId>) -> Vec<Given> {
    let id = ClientId::from(record.id);
    let acts: [Command; 2] = [
        client::Edit { id, name: None, phone: None, email: None, zone: None }.into(),
        note::Add { id: work.would_be.1, record, text: "Catatan".to_owned(), private: false }.into(),
    ];
    possible(work, acts.into_iter().chain(merge.map(|from| client::Merge { id, from }.into())))
}

/// The address that begins a chat: the digits of a mobile number alone (facts 4.5, C-22).
fn whatsapp(phone: &Phone, text: &str) -> Option<String> {
    phone.is_mobile().then(|| format!("https://wa.me/{}?text={}", phone.as_str().trim_start_matches('+'), encoded(text)))
}

/// The address that begins a mail (RFC 6068).
fn mail(email: &Email, text: &str) -> String {
    let (local, host) = email.as_str().rsplit_once('@').unwrap_or((email.as_str(), ""));
    format!("mailto:{}@{}?body={}", encoded(local), encoded(host), encoded(text))
}

/// A text in a query of an address: everything but what may stand there as it is (RFC 3986, unreserved).
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_leave_its_place_in_the_address() {
        assert_eq!(encoded("Halo Hj. Nur'aini & 100%?\nyā"), "Halo%20Hj.%20Nur%27aini%20%26%20100%25%3F%0Ay%C4%81");
    }

    #[test]
    fn an_address_is_a_persons_and_nothing_else() {
        let mobile = Phone::new("0812-3456-7890").unwrap();
        assert_eq!(whatsapp(&mobile, "Halo").as_deref(), Some("https://wa.me/6281234567890?text=Halo"));
        assert_eq!(whatsapp(&Phone::new("0215551234").unwrap(), "Halo"), None, "a fixed line has no WhatsApp");
        let email = Email::new("rani+kerja@x.id").unwrap();
        assert_eq!(mail(&email, "a&cc=b@x.id"), "mailto:rani%2Bkerja@x.id?body=a%26cc%3Db%40x.id");
    }
}
