//! Rows of a file, tried one by one by the real rulebook over what the server has and over what the rows before would make.

use std::collections::HashMap;

use bridge::{ImportChecked, ImportDouble, ImportField, ImportPlan, ImportProblem, ImportTwin};
use domain::{
    command::{Command, Given},
    commands::import::{Row, RowClient, RowOrder, Rows},
    decision::{Code, Decision, Refusal},
    id::{ClientId, CommandId, ImportId, ImportPartId},
    money::Rupiah,
    phone::Phone,
    record::AnyRecord,
    records::{Client, DesignType, ImportPart},
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

impl Desk {
    /// Tries every row of a table.
    pub(super) fn try_rows(&self, table: &Table, plan: &ImportPlan) -> Tried {
        let mut tried = Tried { said: ImportChecked { rows: number(table.lines.len()), ..ImportChecked::default() }, good: Vec::new() };
        let mut first: HashMap<String, u32> = HashMap::new();
        for (row, line) in (2..).zip(&table.lines) {
            let cells = Cells { plan, line };
            let (it, mut faults) = cells.row(row);
            let made = self.try_row(&it);
            if let Ok(part) = &made
                && let Some(refused) = part.refused.0.first()
            {
                let named = refused.details.field.as_deref().and_then(|name| ImportField::ALL.into_iter().find(|it| it.wire() == name));
                let refusal = Refusal::with(refused.code.clone(), "import", refused.details.clone());
                faults.push((named.unwrap_or(ImportField::Name), refusal));
            }
            faults.extend(made.as_ref().err().map(|refusal| (ImportField::Name, refusal.clone())));
            if !faults.is_empty() {
                tried.fail(table, &cells, row, &faults);
                continue;
            }
            let phone = Phone::optional(it.client.phone.as_deref()).ok().flatten();
            let contacts: Vec<(ImportField, String)> = [
                phone.as_ref().map(|phone| (ImportField::Phone, phone.as_str().to_owned())),
                it.client.email.clone().map(|email| (ImportField::Email, email)),
            ]
            .into_iter()
            .flatten()
            .collect();
            let known = made.is_ok_and(|part| part.matched > 0).then(|| self.known(&contacts)).flatten();
            let before = contacts.iter().find_map(|(by, text)| first.get(text).map(|row| (*by, ImportTwin::Row(*row))));
            match known.or(before).filter(|_| !it.separate) {
                Some((by, twin)) => tried.double(ImportDouble { row, name: it.client.name.clone(), by, twin }),
                None => {
                    tried.said.clients += 1;
                    contacts.into_iter().for_each(|(_, text)| _ = first.entry(text).or_insert(row));
                }
            }
            tried.said.orders += u32::from(it.order.is_some());
            tried.good.push(it);
        }
        tried.said.good = number(tried.good.len());
        tried
    }
    /// What the server would make of a row.
    fn try_row(&self, row: &Row) -> Result<ImportPart, Refusal> {
        let id = sample::id(29, row.row);
        let rows = Rows {
            id: ImportPartId::from(id),
            import: ImportId::from_uuid(id.uuid()),
            part: 1,
            parts: 1,
            file: "-".to_owned(),
            rows: vec![row.clone()],
        };
        let given = Given { id: CommandId::from_uuid(id.uuid()), command: Command::from(rows) };
        let unknown = || Refusal::new(Code::Internal, "import");
        match self.decide(Layer::Server, &self.actor(), self.now, &given) {
            Decision::Apply(changes) => {
                let part = changes
                    .writes
                    .iter()
                    .find_map(|write| if let AnyRecord::ImportPart(part) = &*write.record { Some(part) } else { None });
                part.cloned().ok_or_else(unknown)
            }
            Decision::Refuse(refusal) => Err(refusal),
            Decision::Need(_) | Decision::Unknown(_) => Err(unknown()),
        }
    }
    /// The client who has one of these.
    fn known(&self, contacts: &[(ImportField, String)]) -> Option<(ImportField, ImportTwin)> {
        contacts.iter().find_map(|(by, text)| {
            let has = |it: &&Client| {
                let phone = it.phone.as_ref().is_some_and(|phone| phone.as_str() == text);
                it.removed_at.is_none() && (phone || it.email.as_ref().is_some_and(|email| email.as_str() == text))
            };
            let found: (ClientId, String) = self.all::<Client>(Layer::Server).find(has).map(|it| (it.id, it.name.to_string()))?;
            Some((*by, ImportTwin::Client { id: found.0, name: found.1 }))
        })
    }
}

impl Tried {
    fn double(&mut self, double: ImportDouble) {
        self.said.doubles_total += 1;
        if self.said.doubles.len() < ImportChecked::LISTED {
            self.said.doubles.push(double);
        }
    }
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
