//! A dry run: every row is judged by the rulebook itself, over the clients and settings that are here, and over what the rows before it
//! would make. Nothing is written, and what the server will say is said here first.

use bridge::{ImportChecked, ImportDouble, ImportField, ImportProblem, ImportTwin};
use domain::{
    command::{Given, decide},
    commands::import::{Row, Rows},
    decision::{Changes, Code, Decision, Refusal},
    facts::{Contacts, Facts, Held, Key, Lookup},
    id::{CommandId, ImportId, ImportPartId},
    name::Email,
    phone::Phone,
    record::{AnyRecord, Kind, RecordRef},
    records::{Client, DesignType, ImportPart, Order},
    role::Actor,
    time::UtcMillis,
};
use sheet::{Line, Table};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use super::{
    fault_of,
    rows::{Fault, Reading},
};

/// What rows are judged by.
pub(super) struct Judged<'a> {
    pub(super) actor: &'a Actor,
    pub(super) now: UtcMillis,
    /// An id that is never given to anything.
    pub(super) would_be: CommandId,
    pub(super) settings: Vec<Held>,
}

/// What became of the rows.
#[derive(Debug, Default)]
pub(super) struct Tried {
    /// What a person is told.
    pub(super) checked: ImportChecked,
    /// The rows that pass.
    pub(super) good: Vec<Row>,
    /// The lines that do not, by their place in the table, each with what is wrong with it.
    pub(super) bad: Vec<(usize, Vec<Fault>)>,
}

/// The clients whom rows can be about.
#[derive(Default)]
struct Directory {
    all: Vec<Held>,
    by_id: HashMap<RecordRef, usize>,
    /// In which row a client stands that the file makes.
    rows: HashMap<RecordRef, u32>,
    by_phone: HashMap<Phone, Vec<usize>>,
    by_email: HashMap<Email, Vec<usize>>,
}

impl Directory {
    fn add(&mut self, held: Held) {
        let Some(client) = client(&held.record) else { return };
        let place = self.all.len();
        client.phone.iter().for_each(|phone| self.by_phone.entry(phone.clone()).or_default().push(place));
        client.email.iter().for_each(|email| self.by_email.entry(email.clone()).or_default().push(place));
        self.by_id.insert(held.record.reference(), place);
        self.all.push(held);
    }
    fn found(&self, contacts: &Contacts) -> Vec<Held> {
        let phones = contacts.phones.iter().filter_map(|phone| self.by_phone.get(phone));
        let emails = contacts.emails.iter().filter_map(|email| self.by_email.get(email));
        let places: BTreeSet<usize> = phones.chain(emails).flatten().copied().collect();
        places.into_iter().filter_map(|place| self.all.get(place).cloned()).collect()
    }
    fn held(&self, name: RecordRef) -> Option<&Held> {
        self.by_id.get(&name).and_then(|place| self.all.get(*place))
    }
    /// The one who has everything of a client who was merged.
    fn staying<'a>(&'a self, it: &'a Client) -> &'a Client {
        let into = it.merged_into.and_then(|id| self.held(RecordRef::new(Kind::Client, id)));
        into.and_then(|held| client(&held.record)).unwrap_or(it)
    }
}

fn client(record: &AnyRecord) -> Option<&Client> {
    if let AnyRecord::Client(client) = record { Some(client) } else { None }
}

/// Tries every line of a table.
///
/// # Errors
/// Why nothing of it could be imported by this person.
pub(super) fn tried(table: &Table, reading: &Reading<'_>, judged: &Judged<'_>, clients: Vec<Held>) -> Result<Tried, Refusal> {
    let (mut directory, mut all) = (Directory::default(), Tried::default());
    clients.into_iter().for_each(|held| directory.add(held));
    for (place, line) in table.lines.iter().enumerate() {
        let (row, mut faults) = reading.row(line);
        let changes = judged.judge(&row, &directory)?;
        let refused = part(&changes).is_some_and(|part| !part.refused.0.is_empty());
        if faults.is_empty() && !refused {
            all.pass(&row, &changes, &mut directory);
            all.good.push(row);
            continue;
        }
        faults.extend(judged.all_faults(row, &directory)?);
        faults.sort_by_key(|(field, _)| *field);
        all.fail(table, reading, line, &faults);
        all.bad.push((place, faults));
    }
    all.checked.rows = count(table.lines.len());
    all.checked.good = count(all.good.len());
    Ok(all)
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn part(changes: &Changes) -> Option<&ImportPart> {
    changes.writes.iter().find_map(|write| if let AnyRecord::ImportPart(part) = &*write.record { Some(part) } else { None })
}

impl Judged<'_> {
    /// What the rulebook makes of a row.
    fn judge(&self, row: &Row, directory: &Directory) -> Result<Changes, Refusal> {
        let id = ImportPartId::from(self.would_be.derived(row.row));
        let import = ImportId::from_uuid(self.would_be.uuid());
        let rows = Rows { id, import, part: 1, parts: 1, file: "-".to_owned(), rows: vec![row.clone()] };
        let given = Given { id: self.would_be, command: rows.into() };
        let mut facts = Facts::default();
        loop {
            match decide(&facts, self.actor, self.now, &given) {
                Decision::Apply(changes) => return Ok(changes),
                Decision::Refuse(refusal) => return Err(refusal),
                Decision::Need(keys) if keys.iter().any(|key| !facts.has(key)) => {
                    keys.into_iter().for_each(|key| self.learn(&mut facts, key, directory))
                }
                Decision::Need(_) | Decision::Unknown(_) => return Err(Refusal::new(Code::Internal, "import")),
            }
        }
    }
    fn learn(&self, facts: &mut Facts, key: Key, directory: &Directory) {
        match key {
            Key::Record(name) => facts.learn(name, directory.held(name).cloned()),
            Key::Lookup(lookup) => {
                let found = match &lookup {
                    Lookup::ClientsBy(contacts) => directory.found(contacts),
                    Lookup::Settings => self.settings.clone(),
                    _ => Vec::new(),
                };
                facts.learn_lookup(lookup, found);
            }
        }
    }
    /// Everything that stands in the way of a row: after each thing that is refused, what would be if that were right.
    fn all_faults(&self, mut row: Row, directory: &Directory) -> Result<Vec<Fault>, Refusal> {
        let mut faults: Vec<Fault> = Vec::new();
        loop {
            let changes = self.judge(&row, directory)?;
            let Some(refused) = part(&changes).and_then(|part| part.refused.0.first()) else { return Ok(faults) };
            let (field, refusal) = fault_of(refused);
            let again = faults.iter().any(|(known, _)| *known == field);
            faults.push((field, refusal));
            if again {
                return Ok(faults);
            }
            mend(&mut row, field, &refused.code);
        }
    }
}

/// The row as it would be without this fault.
fn mend(row: &mut Row, field: ImportField, code: &Code) {
    if *code == Code::TwoClients {
        row.separate = true;
        return;
    }
    match field {
        ImportField::Name => "Nama Contoh".clone_into(&mut row.client.name),
        ImportField::Phone => row.client.phone = None,
        ImportField::Email => row.client.email = None,
        ImportField::Zone => row.client.zone = None,
        of_order => {
            let Some(order) = &mut row.order else { return };
            match of_order {
                ImportField::DesignType => order.design_type = DesignType::Dll,
                ImportField::Description => "-".clone_into(&mut order.description),
                ImportField::Needs => order.needs = None,
                ImportField::Deadline => order.deadline = None,
                ImportField::Budget => order.budget = None,
                ImportField::Source => order.source = None,
                _ => order.old_number = None,
            }
        }
    }
}

impl Tried {
    /// Counts a row that passes, and says whom it is about.
    fn pass(&mut self, row: &Row, changes: &Changes, directory: &mut Directory) {
        let order = changes.writes.iter().find_map(|write| if let AnyRecord::Order(order) = &*write.record { Some(order) } else { None });
        self.checked.orders += count(usize::from(order.is_some()));
        let made = changes.writes.iter().find(|write| client(&write.record).is_some());
        match made {
            Some(write) => {
                self.checked.clients += 1;
                directory.rows.insert(write.record.reference(), row.row);
                directory.add(Held { rev: 1, record: Arc::clone(&write.record) });
            }
            None => self.double(row, order, directory),
        }
    }
    fn double(&mut self, row: &Row, order: Option<&Order>, directory: &Directory) {
        self.checked.doubles_total += 1;
        let phone = Phone::optional(row.client.phone.as_deref()).ok().flatten();
        let email = row.client.email.as_deref().and_then(|text| Email::new(text).ok());
        let found = directory.found(&Contacts { phones: phone.iter().cloned().collect(), emails: email.into_iter().collect() });
        // Who was merged is met by what was known of them, and the one who stays is who is meant.
        let mut met = found.iter().filter_map(|held| client(&held.record)).map(|it| (it, directory.staying(it)));
        let twin = match order {
            Some(order) => met.find(|(_, staying)| staying.id == order.client_id),
            None => met.min_by_key(|(it, _)| (it.phone != phone, it.created_at, it.id)),
        };
        let Some((it, twin)) = twin.filter(|_| self.checked.doubles.len() < ImportChecked::LISTED) else { return };
        let by = if phone.is_some() && it.phone == phone { ImportField::Phone } else { ImportField::Email };
        let name = RecordRef::new(Kind::Client, twin.id);
        let twin = match directory.rows.get(&name) {
            Some(row) => ImportTwin::Row(*row),
            None => ImportTwin::Client { id: twin.id, name: twin.name.to_string() },
        };
        self.checked.doubles.push(ImportDouble { row: row.row, name: row.client.name.clone(), by, twin });
    }
    fn fail(&mut self, table: &Table, reading: &Reading<'_>, line: &Line, faults: &[Fault]) {
        self.checked.problems_total += count(faults.len());
        for (field, refusal) in faults {
            if self.checked.problems.len() >= ImportChecked::LISTED {
                return;
            }
            let column = reading.columns.iter().position(|it| it.as_ref() == Some(field));
            self.checked.problems.push(ImportProblem {
                row: line.row,
                field: Some(*field),
                header: column.and_then(|column| table.headers.get(column)).cloned(),
                value: reading.cell(line, *field).unwrap_or_default().chars().take(200).collect(),
                code: refusal.code.wire().to_owned(),
                details: refusal.details.clone(),
            });
        }
    }
}
