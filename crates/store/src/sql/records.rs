//! Records by name and by lookup.

use domain::{
    facts::{Held, Lookup},
    id::{ClientId, RecordId},
    record::{Kind, RecordRef},
    records::ConsultationStatus,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

use super::{
    codec,
    engine::{Arg, Engine, Sql},
    view::View,
};
use crate::{Body, Result, StoreError, Stored};

impl<E: Engine, W: Send> View<E, W> {
    pub(super) async fn records(&mut self, refs: &[RecordRef]) -> Result<Vec<Stored>> {
        self.in_order(refs, codec::stored, |stored: &Stored| stored.held.record.reference()).await
    }

    pub(super) async fn bodies(&mut self, refs: &[RecordRef]) -> Result<Vec<Body>> {
        self.in_order(refs, codec::body, |body: &Body| body.record).await
    }

    /// One statement for each kind that is asked for, and then the order of the question.
    async fn in_order<T: Send>(
        &mut self,
        refs: &[RecordRef],
        read: fn(&E::Row, Kind) -> Result<T>,
        name: fn(&T) -> RecordRef,
    ) -> Result<Vec<T>> {
        let mut places: HashMap<RecordRef, usize> = HashMap::with_capacity(refs.len());
        let mut kinds: BTreeMap<Kind, Vec<Uuid>> = BTreeMap::new();
        for r in refs {
            let place = places.len();
            places.entry(*r).or_insert_with(|| {
                kinds.entry(r.kind).or_default().push(r.id.uuid());
                place
            });
        }
        let mut found: Vec<Option<T>> = std::iter::repeat_with(|| None).take(places.len()).collect();
        for (kind, ids) in kinds {
            E::each(&mut self.tx, codec::by_ids(kind, E::DIALECT), vec![Arg::Ids(ids)], |row| {
                let value = read(row, kind)?;
                if let Some(place) = places.get(&name(&value)).and_then(|place| found.get_mut(*place)) {
                    *place = Some(value);
                }
                Ok(())
            })
            .await?;
        }
        Ok(found.into_iter().flatten().collect())
    }

    pub(super) async fn records_of(&mut self, kind: Kind, after: Option<RecordId>, limit: u32) -> Result<Vec<Stored>> {
        let mut all = Vec::new();
        let after = after.map_or(Uuid::nil(), RecordId::uuid);
        E::each(&mut self.tx, codec::walk(kind), vec![after.into(), i64::from(limit).into()], |row| {
            all.push(codec::stored(row, kind)?);
            Ok(())
        })
        .await?;
        Ok(all)
    }

    /// SQL narrows; what the lookup finds is said by the domain alone.
    pub(super) async fn lookup(&mut self, lookup: &Lookup) -> Result<Vec<Held>> {
        let (sql, args) = narrowed(lookup)?;
        let mut found = Vec::new();
        E::each(&mut self.tx, sql.of(E::DIALECT), args, |row| {
            let held = codec::stored(row, lookup.kind())?.held;
            if lookup.matches(&held.record) {
                found.push(held);
            }
            Ok(())
        })
        .await?;
        Ok(found)
    }
}

codec::selects! {
    WAITING_OF: Consultation where "t.client_id = $1 AND t.status = $2 ORDER BY t.id";
    CONSULTATIONS_OF: Consultation where "t.client_id = $1 ORDER BY t.id";
    CONSULTATION_NUMBER: Consultation where "t.number = $1";
    ORDERS_OF: Order where "t.client_id = $1 ORDER BY t.id";
    MESSAGES_OF: Message where "t.order_id = $1 ORDER BY t.id";
    MESSAGES_WITH: Message where "t.id IN (SELECT f.message_id FROM message_file f WHERE f.sha256 = $1) ORDER BY t.id";
    DESIGNS_OF: Design where "t.order_id = $1 ORDER BY t.id";
    DESIGNS_WITH: Design where "t.sha256 = $1 ORDER BY t.id";
    NOTES_OF: Note where "t.record = $1 ORDER BY t.id";
    NOTIFICATIONS_OF: Notification where "t.user_id = $1 ORDER BY t.id";
    NOTIFICATIONS_ABOUT_SQLITE: Notification where "t.record IN (SELECT value FROM json_each($1)) ORDER BY t.id";
    NOTIFICATIONS_ABOUT_POSTGRES: Notification where "t.record = ANY($1) ORDER BY t.id";
    SETTINGS: Setting where "TRUE ORDER BY t.id";
    USER_BY_EMAIL: User where "t.email = $1";
    CLIENT_OF_USER: Client where "t.user_id = $1";
    FILES_WITH: File where "t.sha256 = $1 ORDER BY t.id";
    FILES_BY: File where "t.\"by\" LIKE $1 ORDER BY t.id";
    IMPORTS_OF: ImportPart where "t.made LIKE $1 OR t.refused LIKE '%two_clients%' ORDER BY t.id";
    CLIENTS_BY_SQLITE: Client where
        "t.phone IN (SELECT value FROM json_each($1)) OR t.email IN (SELECT value FROM json_each($2)) ORDER BY t.id";
    CLIENTS_BY_POSTGRES: Client where "t.phone = ANY($1) OR t.email = ANY($2) ORDER BY t.id";
    ORDERS_OF_ANY_SQLITE: Order where "t.client_id IN (SELECT unhex(value) FROM json_each($1)) ORDER BY t.id";
    ORDERS_OF_ANY_POSTGRES: Order where "t.client_id = ANY($1) ORDER BY t.id";
    CONSULTATIONS_OF_ANY_SQLITE: Consultation where "t.client_id IN (SELECT unhex(value) FROM json_each($1)) ORDER BY t.id";
    CONSULTATIONS_OF_ANY_POSTGRES: Consultation where "t.client_id = ANY($1) ORDER BY t.id";
    NOTES_OF_ANY_SQLITE: Note where "t.record IN (SELECT value FROM json_each($1)) ORDER BY t.id";
    NOTES_OF_ANY_POSTGRES: Note where "t.record = ANY($1) ORDER BY t.id";
}

/// The statement of a lookup, and its arguments.
fn narrowed(lookup: &Lookup) -> Result<(Sql, Vec<Arg>)> {
    let ids = |clients: &BTreeSet<ClientId>| vec![Arg::Ids(clients.iter().map(|id| id.uuid()).collect())];
    Ok(match lookup {
        Lookup::WaitingOf(client) => (Sql::same(&WAITING_OF), vec![client.uuid().into(), ConsultationStatus::Waiting.wire().into()]),
        Lookup::ConsultationsOf(client) => (Sql::same(&CONSULTATIONS_OF), vec![client.uuid().into()]),
        Lookup::ConsultationNumber(number) => (Sql::same(&CONSULTATION_NUMBER), vec![number.as_str().into()]),
        Lookup::OrdersOf(client) => (Sql::same(&ORDERS_OF), vec![client.uuid().into()]),
        Lookup::MessagesOf(order) => (Sql::same(&MESSAGES_OF), vec![order.uuid().into()]),
        Lookup::MessagesWith(sha256) => (Sql::same(&MESSAGES_WITH), vec![sha256.to_string().into()]),
        Lookup::DesignsOf(order) => (Sql::same(&DESIGNS_OF), vec![order.uuid().into()]),
        Lookup::DesignsWith(sha256) | Lookup::DesignsPurged(sha256) => (Sql::same(&DESIGNS_WITH), vec![sha256.to_string().into()]),
        Lookup::NotesOf(record) => (Sql::same(&NOTES_OF), vec![json_of(record)?.into()]),
        Lookup::NotificationsAbout(about) => {
            let about = about.iter().map(json_of).collect::<Result<_>>()?;
            (Sql::each(&NOTIFICATIONS_ABOUT_SQLITE, &NOTIFICATIONS_ABOUT_POSTGRES), vec![Arg::Texts(about)])
        }
        // Both are asked when somebody is erased, which is seldom enough for going through all of them.
        Lookup::FilesBy(user) => (Sql::same(&FILES_BY), vec![format!("%{user}%").into()]),
        Lookup::ImportsOf(client) => (Sql::same(&IMPORTS_OF), vec![format!("%{client}%").into()]),
        Lookup::NotificationsOf(user) => (Sql::same(&NOTIFICATIONS_OF), vec![(*user).into()]),
        Lookup::Settings => (Sql::same(&SETTINGS), Vec::new()),
        Lookup::UserByEmail(email) => (Sql::same(&USER_BY_EMAIL), vec![email.as_str().into()]),
        Lookup::ClientOfUser(user) => (Sql::same(&CLIENT_OF_USER), vec![(*user).into()]),
        Lookup::FilesWith(sha256) => (Sql::same(&FILES_WITH), vec![sha256.to_string().into()]),
        // The engines read lists differently.
        Lookup::ClientsBy(contacts) => {
            let phones = contacts.phones.iter().map(|phone| phone.as_str().to_owned()).collect();
            let emails = contacts.emails.iter().map(|email| email.as_str().to_owned()).collect();
            (Sql::each(&CLIENTS_BY_SQLITE, &CLIENTS_BY_POSTGRES), vec![Arg::Texts(phones), Arg::Texts(emails)])
        }
        Lookup::OrdersOfAny(clients) => (Sql::each(&ORDERS_OF_ANY_SQLITE, &ORDERS_OF_ANY_POSTGRES), ids(clients)),
        Lookup::ConsultationsOfAny(clients) => (Sql::each(&CONSULTATIONS_OF_ANY_SQLITE, &CONSULTATIONS_OF_ANY_POSTGRES), ids(clients)),
        Lookup::NotesOfAny(about) => {
            let about = about.iter().map(json_of).collect::<Result<_>>()?;
            (Sql::each(&NOTES_OF_ANY_SQLITE, &NOTES_OF_ANY_POSTGRES), vec![Arg::Texts(about)])
        }
    })
}

/// A record's name as it stands in a column: the codec writes it so, byte for byte.
pub(super) fn json_of(record: &RecordRef) -> Result<String> {
    serde_json::to_string(record).map_err(|e| StoreError::Driver(e.to_string()))
}
