//! Everything of a client that is theirs to read: what the command line prints, and what an admin is given.

use domain::{
    facts::Lookup,
    id::ClientId,
    record::{AnyRecord, Kind, Record, RecordRef},
    records::{Client, Consultation, Design, Message, Notification, Order},
    time::UtcMillis,
    wire::{ApiConsultation, ApiDesign, ApiMessage, ApiNotification, ApiOrderDetail},
    words::Lang,
};
use serde::Serialize;
use store::{Snapshot, Store};

use crate::shell::Shell;

/// Everything of a client that is theirs to read.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct Export {
    /// When it was put together.
    pub exported_at: UtcMillis,
    /// What is known of them.
    pub client: Client,
    /// What they asked.
    pub consultations: Vec<ApiConsultation>,
    /// What they ordered. Deleted ones too: what they say is kept, and is the client's.
    pub orders: Vec<ApiOrderDetail>,
    /// What was made for them, as far as the client was shown it.
    pub designs: Vec<ApiDesign>,
    /// What was said about their orders, oldest first, with what was attached.
    pub messages: Vec<ApiMessage>,
    /// What they were told.
    pub notifications: Vec<ApiNotification>,
}

/// The client of this id; of one who was merged the one who has everything of theirs.
///
/// # Errors
/// [`store::StoreError`].
pub async fn lookup(snapshot: &mut dyn Snapshot, id: ClientId) -> store::Result<Option<Client>> {
    match client(snapshot, id).await? {
        Some(Client { merged_into: Some(into), .. }) => client(snapshot, into).await,
        found => Ok(found),
    }
}

async fn client(snapshot: &mut dyn Snapshot, id: ClientId) -> store::Result<Option<Client>> {
    let found = snapshot.records(&[RecordRef::new(Kind::Client, id)]).await?;
    Ok(found.first().and_then(|stored| Client::of(&stored.held.record).cloned()))
}

/// Puts it together.
///
/// # Errors
/// [`store::StoreError`].
pub async fn export(store: &dyn Store, shell: &Shell, client: Client) -> store::Result<Export> {
    let mut snapshot = store.read().await?;
    let consultations = of::<Consultation, _>(&mut *snapshot, Lookup::ConsultationsOf(client.id), |it| it.into()).await?;
    let orders: Vec<ApiOrderDetail> = of::<Order, _>(&mut *snapshot, Lookup::OrdersOf(client.id), |it| it.into()).await?;
    let (mut designs, mut messages) = (Vec::new(), Vec::new());
    for order in &orders {
        let mut said: Vec<ApiMessage> = of::<Message, _>(&mut *snapshot, Lookup::MessagesOf(order.order.id), |it| it.into()).await?;
        said.sort_by_key(|it| it.number);
        messages.extend(said);
        let made = of::<Design, _>(&mut *snapshot, Lookup::DesignsOf(order.order.id), Clone::clone).await?;
        designs.extend(made.iter().filter(|it| it.is_shown_to_client()).map(ApiDesign::from));
    }
    let words = shell.words(Lang::Id);
    let notifications = match client.user_id {
        Some(user) => of::<Notification, _>(&mut *snapshot, Lookup::NotificationsOf(user), |it| ApiNotification::of(it, words)).await?,
        None => Vec::new(),
    };
    Ok(Export { exported_at: shell.now(), client, consultations, orders, designs, messages, notifications })
}

async fn of<R: Record, T>(snapshot: &mut dyn Snapshot, lookup: Lookup, shown: impl Fn(&R) -> T) -> store::Result<Vec<T>> {
    let found = snapshot.lookup(&lookup).await?;
    Ok(found.iter().filter_map(|held| R::of(&held.record as &AnyRecord).map(&shown)).collect())
}
