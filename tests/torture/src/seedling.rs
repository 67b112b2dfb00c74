//! How every world begins: a house with some staff, clients, and a short history, made once for all worlds through the real
//! writer; and the empty files of a desk that was never used.

use domain::{
    command::Command,
    commands::{account, client, consultation, design, file, item, note, order},
    file::{FilePolicy, MediaType, Sha256},
    id::{ClientId, CommandId, ConsultationId, DesignId, FileId, NoteId, OrderId, UserId},
    record::{Kind, RecordRef},
    records::DesignType,
    role::{Actor, Person, Role},
    time::{DAY, UtcMillis, Zone},
    wire::OutcomeStatus,
};
use server::{
    accounts::{AccountChange, ChangeAccount},
    shell::{Seeded, Shell},
    writer::{Bells, GiveCommands, Item, Writer},
};
use std::sync::{Arc, OnceLock};
use store::{
    Store,
    memory::{Memory, Saved},
};

use crate::{
    args::FILES,
    dice::Dice,
    time::{BEGIN, HouseClock, Time},
};

/// What every world begins with.
pub(crate) struct Seedling {
    pub(crate) saved: Saved,
    pub(crate) staff: Vec<Person>,
    /// The accounts of clients, each with an order of theirs.
    pub(crate) clients: Vec<(UserId, OrderId)>,
}

/// The one seedling.
pub(crate) fn seedling() -> &'static Seedling {
    static ONE: OnceLock<Seedling> = OnceLock::new();
    ONE.get_or_init(|| {
        // In a thread of its own: whoever asks may already be in a runtime.
        let made = std::thread::spawn(|| tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(grow()));
        made.join().unwrap()
    })
}

struct Gardener {
    writer: Writer,
    dice: Dice,
    at: i64,
}

impl Gardener {
    fn id(&mut self) -> uuid::Uuid {
        self.dice.uuid(self.at)
    }
    async fn give(&mut self, actor: &Actor, command: impl Into<Command>) {
        self.at += 60_000;
        let item = Item::of(CommandId::from_uuid(self.id()), command);
        let give = GiveCommands::new(actor.clone(), vec![item]).at(UtcMillis::from_ms(self.at));
        let judged = self.writer.write(give).await.unwrap();
        assert_eq!(judged[0].outcome.status, OutcomeStatus::Applied, "{:?}", judged[0].outcome);
    }
    async fn account(&mut self, command: impl Into<Command>, user: UserId) {
        let change = ChangeAccount::new(CommandId::from_uuid(self.id()), command, user, AccountChange::Record);
        let judged = self.writer.write(change).await.unwrap();
        assert_eq!(judged.outcome.status, OutcomeStatus::Applied, "{:?}", judged.outcome);
    }
}

const STAFF: &[(&str, &[Role])] = &[
    ("Dewi Lestari", &[Role::Admin]),
    ("Bagus Prakoso", &[Role::Admin]),
    ("Citra Anjani", &[Role::Cs]),
    ("Eka Pratama", &[Role::Expert]),
    ("Farah Hanum", &[Role::Cs, Role::Expert]),
];

async fn grow() -> Seedling {
    let clock = Arc::new(HouseClock::new(Arc::<Time>::default()));
    clock.set_by(-10 * DAY);
    let shell = Shell::new(clock, Arc::new(Seeded::new(1)));
    let memory = Arc::new(Memory::new(shell.uuid()));
    let (writer, task) = Writer::new(Arc::clone(&memory) as Arc<dyn Store>, shell, Arc::new(Bells::default()));
    let task = tokio::spawn(task.run());
    let mut gardener = Gardener { writer, dice: Dice::new(2), at: BEGIN - 9 * DAY };
    let mut staff = Vec::new();
    for (n, (name, roles)) in STAFF.iter().enumerate() {
        let id = UserId::from_uuid(gardener.id());
        let add = account::AddUser { id, name: (*name).to_owned(), email: format!("s{n}@meja.test"), roles: roles.to_vec() };
        gardener.account(add, id).await;
        staff.push(Person { id, name: domain::name::PersonName::new(name).unwrap() });
    }
    files(&mut gardener, &staff).await;
    let admin = Actor::person(staff[0].clone(), vec![Role::Admin], None, None);
    let (accounts, clients) = people(&mut gardener, &admin).await;
    history(&mut gardener, &admin, &clients, &staff).await;
    let orders = orders(&mut gardener, &admin, &clients[..accounts.len()]).await;
    drop(gardener);
    let _ = task.await;
    Seedling { saved: memory.save(), staff, clients: accounts.into_iter().zip(orders).collect() }
}

/// Everybody has put the same files on the server. Their bytes are nobody's concern here: a record says that they are there.
async fn files(gardener: &mut Gardener, staff: &[Person]) {
    for (person, bytes) in staff.iter().flat_map(|person| FILES.map(|bytes| (person, bytes))) {
        let (sha256, name) = (Sha256::of(bytes), "berkas.png".to_owned());
        let id = FileId::named(person.id, &sha256);
        let put = file::Put { id, sha256, size: 4_096, media_type: MediaType::Png, name, policy: FilePolicy::Design };
        gardener.give(&Actor::system_for(person.clone(), None), put).await;
    }
}

/// Some clients with an account, and some without.
async fn people(gardener: &mut Gardener, admin: &Actor) -> (Vec<UserId>, Vec<ClientId>) {
    let (mut accounts, mut clients) = (Vec::new(), Vec::new());
    for (n, name) in ["Rani Kusuma", "Yusuf Hakim", "Ayu Wulandari"].iter().enumerate() {
        let (id, client_id) = (UserId::from_uuid(gardener.id()), ClientId::from_uuid(gardener.id()));
        let (name, email) = ((*name).to_owned(), format!("k{n}@meja.test"));
        let phone = "081234567890".to_owned();
        gardener.account(account::Register { id, client_id, name, email, phone, zone: None, consent: None }, id).await;
        accounts.push(id);
        clients.push(client_id);
    }
    for name in ["Budi Santoso", "Siti Aminah", "Tono Wijaya", "Umi Kalsum"] {
        let id = ClientId::from_uuid(gardener.id());
        let create = client::Create { id, name: name.to_owned(), phone: None, email: None, zone: Some(Zone::Wita) };
        gardener.give(admin, create).await;
        clients.push(id);
    }
    (accounts, clients)
}

/// Requests that were answered, and one of each client that waits; some given to experts, some with notes.
async fn history(gardener: &mut Gardener, admin: &Actor, clients: &[ClientId], staff: &[Person]) {
    for round in 0..2 {
        for (n, client_id) in clients.iter().enumerate() {
            let id = ConsultationId::from_uuid(gardener.id());
            let requested_date = UtcMillis::from_ms(BEGIN + 2 * DAY).day(Zone::Wib);
            let ask = consultation::Request { id, client_id: *client_id, requested_date, topic: None, note: None, source: None };
            gardener.give(admin, ask).await;
            let record = RecordRef::new(Kind::Consultation, id);
            if n % 2 == round {
                let expert = staff[3 + n % 2].id;
                gardener.give(admin, item::Assign { record, to: Some(expert) }).await;
                let text = "Klien meminta pagi hari".to_owned();
                let note = NoteId::from_uuid(gardener.id());
                gardener.give(admin, note::Add { id: note, record, text, private: n % 3 == 0 }).await;
            }
            match (round, n % 3) {
                (0, 0) => gardener.give(admin, consultation::Reject { id, reason: "Jadwal penuh".to_owned() }).await,
                (0, _) => gardener.give(admin, consultation::Accept { id, message: None }).await,
                _ => {}
            }
        }
    }
}

/// An order of each of these, each with a version; the first one's client was shown it.
async fn orders(gardener: &mut Gardener, admin: &Actor, clients: &[ClientId]) -> Vec<OrderId> {
    let mut orders = Vec::new();
    for client_id in clients {
        let (id, version) = (OrderId::from_uuid(gardener.id()), DesignId::from_uuid(gardener.id()));
        let (description, sha256) = ("Logo".to_owned(), Sha256::of(FILES[0]));
        let order = order::Create {
            id,
            client_id: *client_id,
            design_type: DesignType::Logo,
            description,
            needs: None,
            deadline: None,
            budget: None,
            source: None,
        };
        gardener.give(admin, order).await;
        let name = "logo.png".to_owned();
        gardener.give(admin, design::Upload { id: version, order_id: id, sha256, size: 4_096, media_type: MediaType::Png, name }).await;
        if orders.is_empty() {
            gardener.give(admin, design::Submit { id: version }).await;
        }
        orders.push(id);
    }
    orders
}
