//! Rows of a file, tried one by one by the real rulebook over what the server has and over what the rows before would make.

use std::sync::Arc;

use bridge::{ImportChecked, ImportDouble, ImportField, ImportPlan, ImportProblem, ImportTwin};
use domain::{
    command::{Command, Given, decide},
    commands::import::{Row, RowClient, RowOrder, Rows},
    decision::{Decision, Refusal},
    facts::{Contacts, Facts, Held, Key, Lookup},
    id::{CommandId, ImportId, ImportPartId},
    money::Rupiah,
    name::Email,
    phone::Phone,
    record::AnyRecord,
    records::DesignType,
    text::Invalid,
};

use super::{
    desk::{Desk, Layer, number},
    sample,
    sample_imports::Table,
};

/// What became of the rows.
pub(super) struct Tried {
    pub(super) said: ImportChecked,
    pub(super) good: Vec<Row>,
}

/// Something that stands in the way of a row: of which field, and what.
type Fault = (ImportField, Refusal);

/// The cells of a row, by what they hold.
struct Cells<'a> {
    plan: &'a ImportPlan,
    line: &'a [String],
}

impl Cells<'_> {
    fn get(&self, field: ImportField) -> Option<String> {
        let column = self.plan.columns.iter().position(|it| *it == Some(field))?;
        self.line.get(column).filter(|text| !text.is_empty()).cloned()
    }
    fn read<T>(&self, field: ImportField, read: impl Fn(&str) -> Result<T, Invalid>, faults: &mut Vec<Fault>) -> Option<T> {
        read(&self.get(field)?).map_err(|why| faults.push((field, Refusal::invalid(field.wire(), why)))).ok()
    }
    fn row(&self, row: u32) -> (Row, Vec<Fault>) {
        use ImportField::{Budget, Deadline, Description, DesignType as Type, Email, Name, Needs, OldNumber, Phone};
        let mut faults = Vec::new();
        let client = RowClient { name: self.get(Name).unwrap_or_default(), phone: self.get(Phone), email: self.get(Email), zone: None };
        let order = ImportField::ORDERED.iter().any(|field| self.get(*field).is_some()).then(|| RowOrder {
            design_type: self.read(Type, kind, &mut faults).unwrap_or(DesignType::Dll),
            description: self.get(Description).unwrap_or_default(),
            needs: self.get(Needs),
            deadline: self.read(Deadline, |text| text.parse().map_err(|_| Invalid::Malformed), &mut faults),
            budget: self.read(Budget, Rupiah::parse, &mut faults),
            source: None,
            old_number: self.get(OldNumber),
        });
        (Row { row, client, order, separate: self.plan.separate.contains(&row) }, faults)
    }
}

fn kind(text: &str) -> Result<DesignType, Invalid> {
    Ok(match text {
        "Logo" => DesignType::Logo,
        "Branding" => DesignType::Branding,
        "Web" => DesignType::WebDesign,
        "UI/UX" => DesignType::UiUx,
        "Cetak" => DesignType::PrintDesign,
        "Lainnya" => DesignType::Dll,
        _ => return Err(Invalid::Unknown),
    })
}

/// The clients that rows before would make, each with the row that makes them.
#[derive(Default)]
struct Before(Vec<(Held, u32)>);

impl Desk {
    /// Tries every row of a table.
    pub(super) fn try_rows(&self, table: &Table, plan: &ImportPlan) -> Tried {
        let mut tried = Tried { said: ImportChecked { rows: number(table.lines.len()), ..ImportChecked::default() }, good: Vec::new() };
        let mut before = Before::default();
        for (row, line) in (2..).zip(&table.lines) {
            let cells = Cells { plan, line };
            let (it, mut faults) = cells.row(row);
            let made = self.try_row(&it, &before);
            faults.extend(made.iter().find_map(|record| fault(record)));
            if !faults.is_empty() {
                tried.fail(table, &cells, row, &faults);
                continue;
            }
            match made.iter().find(|record| matches!(&***record, AnyRecord::Client(_))) {
                Some(client) => {
                    tried.said.clients += 1;
                    before.0.push((Held { rev: 1, record: Arc::clone(client) }, row));
                }
                None => tried.said.doubles.extend(self.double(&it, &before)),
            }
            tried.said.orders += u32::from(it.order.is_some());
            tried.good.push(it);
        }
        tried.said.doubles_total = number(tried.said.doubles.len());
        tried.said.good = number(tried.good.len());
        tried
    }
    /// What the server would write for a row; nothing where it would not take it at all.
    fn try_row(&self, row: &Row, before: &Before) -> Vec<Arc<AnyRecord>> {
        let id = sample::id(29, row.row);
        let import = ImportId::from_uuid(id.uuid());
        let rows = Rows { id: ImportPartId::from(id), import, part: 1, parts: 1, file: "-".to_owned(), rows: vec![row.clone()] };
        let given = Given { id: CommandId::from_uuid(id.uuid()), command: Command::from(rows) };
        let mut facts = Facts::default();
        loop {
            match decide(&facts, &self.actor(), self.now, &given) {
                Decision::Apply(changes) => return changes.writes.into_iter().map(|write| write.record).collect(),
                Decision::Need(keys) => keys.into_iter().for_each(|key| match key {
                    Key::Lookup(lookup @ Lookup::ClientsBy(_)) => {
                        let found = self.found(&lookup, before);
                        facts.learn_lookup(lookup, found.into_iter().map(|(held, _)| held).collect());
                    }
                    key => self.learn(&mut facts, Layer::Server, key),
                }),
                Decision::Refuse(_) | Decision::Unknown(_) => return Vec::new(),
            }
        }
    }
    /// The clients that are asked for, those of the server first; with the row that makes them, where one does.
    fn found(&self, lookup: &Lookup, before: &Before) -> Vec<(Held, Option<u32>)> {
        let known = self.server.values().filter(|held| lookup.matches(&held.record)).map(|held| (held.clone(), None));
        let made = before.0.iter().filter(|(held, _)| lookup.matches(&held.record)).map(|(held, row)| (held.clone(), Some(*row)));
        known.chain(made).collect()
    }
    /// Whom a row is about that makes nobody.
    fn double(&self, row: &Row, before: &Before) -> Option<ImportDouble> {
        let phone = Phone::optional(row.client.phone.as_deref()).ok().flatten();
        let email = row.client.email.as_deref().and_then(|text| Email::new(text).ok());
        let contacts = Contacts { phones: phone.iter().cloned().collect(), emails: email.into_iter().collect() };
        let (held, of) = self.found(&Lookup::ClientsBy(contacts), before).into_iter().next()?;
        let AnyRecord::Client(client) = &*held.record else { return None };
        let by = if phone.is_some() && client.phone == phone { ImportField::Phone } else { ImportField::Email };
        let twin = of.map_or_else(|| ImportTwin::Client { id: client.id, name: client.name.to_string() }, ImportTwin::Row);
        Some(ImportDouble { row: row.row, name: row.client.name.clone(), by, twin })
    }
}

/// What the rulebook noted of a row that it would not take.
fn fault(record: &AnyRecord) -> Option<Fault> {
    let AnyRecord::ImportPart(part) = record else { return None };
    let refused = part.refused.0.first()?;
    let named = refused.details.field.as_deref().and_then(|name| ImportField::ALL.into_iter().find(|it| it.wire() == name));
    Some((named.unwrap_or(ImportField::Name), Refusal::with(refused.code.clone(), "import", refused.details.clone())))
}

impl Tried {
    fn fail(&mut self, table: &Table, cells: &Cells<'_>, row: u32, faults: &[Fault]) {
        self.said.problems_total += number(faults.len());
        for (field, refusal) in faults {
            let column = cells.plan.columns.iter().position(|it| *it == Some(*field));
            self.said.problems.push(ImportProblem {
                row,
                field: Some(*field),
                header: column.and_then(|column| table.headers.get(column)).cloned(),
                value: cells.get(*field).unwrap_or_default(),
                code: refusal.code.wire().to_owned(),
                details: refusal.details.clone(),
            });
        }
    }
}
