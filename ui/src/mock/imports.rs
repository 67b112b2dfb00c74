//! Imports of the desk inside the window: a file by its name, tried by the real rulebook, brought in part by part and taken back.

use std::collections::BTreeMap;

use bridge::{
    CancelImport, DeskError, DropImport, ErrorCode, Event, Exported, ImportBegin, ImportBegun, ImportCheck, ImportChecked, ImportColumn,
    ImportField, ImportFile, ImportLeft, ImportPlan, ImportProblems, ImportRefused, ImportSheet, ImportTaken, ImportTemplate, ImportView,
    Imports, PickImport, Saved, Submit, UndoImport,
};
use domain::{
    command::{Act, Command},
    commands::import::{Row, Rows, Undo},
    id::{ImportId, ImportPartId},
    record::RecordRef,
    records::{Client, ImportPart},
    role::{Actor, Role},
    status::CommandState,
};

use super::{
    commands::Entry,
    desk::{Desk, Layer, number},
    import_rows::Tried,
    sample_imports::{SHEETS, Table, file, sheet},
    situation::Drops,
};

/// How many rows go in a part: few, so that its way can be watched.
const PART: usize = 40;

/// The file that was taken last, and what was said of files like it.
#[derive(Clone, Debug, Default)]
pub(super) struct AtHand {
    name: String,
    sheet: Option<String>,
    pub(super) table: Option<Table>,
    said: BTreeMap<Vec<String>, Vec<Option<ImportField>>>,
}

/// What a header says its column holds.
fn guessed(header: &str) -> Option<ImportField> {
    Some(match header {
        "Nama Klien" | "Nama" => ImportField::Name,
        "No. HP" | "Telepon" => ImportField::Phone,
        "Email" => ImportField::Email,
        "Jenis Desain" => ImportField::DesignType,
        "Deskripsi" => ImportField::Description,
        "Tenggat" => ImportField::Deadline,
        "Anggaran" => ImportField::Budget,
        "No Invoice" => ImportField::OldNumber,
        _ => return None,
    })
}

impl Desk {
    /// There is no dialog here: the situation says what is chosen; nothing where it says «batal».
    pub(super) fn pick_import(&mut self, _: &PickImport) -> Result<Option<ImportTaken>, DeskError> {
        self.trouble()?;
        let name = self.situation.pick.split(',').next().unwrap_or_default().to_owned();
        let is_table = [".csv", ".xlsx"].iter().any(|ending| name.ends_with(ending));
        match name.as_str() {
            "batal" => Ok(None),
            _ if is_table => Ok(Some(self.take_table(name, None))),
            _ => Ok(Some(self.take_table("klien-lama.xlsx".to_owned(), None))),
        }
    }
    /// The same file is let fall.
    pub(super) fn drop_import(&mut self, _: &DropImport) -> Result<ImportTaken, DeskError> {
        self.pick_import(&PickImport {})?.ok_or_else(|| DeskError::new(ErrorCode::NotFound))
    }
    /// Another sheet of the file at hand.
    pub(super) fn import_sheet(&mut self, query: &ImportSheet) -> Result<ImportTaken, DeskError> {
        self.trouble()?;
        let name = self.import.table.as_ref().map(|_| self.import.name.clone()).ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        Ok(self.take_table(name, Some(query.sheet.clone())))
    }
    fn take_table(&mut self, name: String, of: Option<String>) -> ImportTaken {
        let table = match of.as_deref().map_or_else(|| file(&name), sheet) {
            Ok(table) => table,
            Err(why) => return ImportTaken::Refused { name, why: why.to_owned() },
        };
        let is_workbook = name.ends_with(".xlsx");
        let said = self.import.said.get(&table.headers).cloned();
        let fields = said.clone().unwrap_or_else(|| table.headers.iter().map(|header| guessed(header)).collect());
        let examples =
            |n: usize| table.lines.iter().filter_map(|line| line.get(n)).filter(|cell| !cell.is_empty()).take(3).cloned().collect();
        let column = |(n, (header, field)): (usize, (&String, Option<ImportField>))| ImportColumn {
            header: header.clone(),
            examples: examples(n),
            field,
        };
        let sheet = of.or_else(|| is_workbook.then(|| SHEETS[0].to_owned()));
        let read = ImportFile {
            name: name.clone(),
            sheets: if is_workbook { SHEETS.iter().map(|sheet| (*sheet).to_owned()).collect() } else { Vec::new() },
            sheet: sheet.clone(),
            columns: table.headers.iter().zip(fields).enumerate().map(column).collect(),
            rows: number(table.lines.len()),
            remembered: said.is_some(),
        };
        (self.import.name, self.import.sheet, self.import.table) = (name, sheet, Some(table));
        ImportTaken::Read(read)
    }
    fn try_file(&self, plan: &ImportPlan) -> Result<Tried, DeskError> {
        self.trouble()?;
        let table = self.import.table.as_ref().ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        Ok(self.try_rows(table, plan))
    }
    /// Every row is tried.
    pub(super) fn import_check(&mut self, query: &ImportCheck) -> Result<ImportChecked, DeskError> {
        Ok(ImportChecked { complete: !self.situation.incomplete, ..self.try_file(&query.plan)?.said })
    }
    /// There is no folder here: only how it would end is played.
    pub(super) fn import_problems(&mut self, query: &ImportProblems) -> Result<Exported, DeskError> {
        let said = self.try_file(&query.plan)?.said;
        Ok(Exported { path: "/home/dewi/Unduhan/meja-impor-masalah-2026-11-24-1042.csv".into(), rows: said.rows - said.good, more: false })
    }
    /// The rows that pass go into the outbox, some in each part.
    pub(super) fn import_begin(&mut self, query: &ImportBegin) -> Result<ImportBegun, DeskError> {
        let good = self.try_file(&query.plan)?.good;
        if good.is_empty() {
            return Err(DeskError::new(ErrorCode::NotFound));
        }
        if let Some(table) = &self.import.table {
            self.import.said.insert(table.headers.clone(), query.plan.columns.clone());
        }
        if self.situation.race {
            self.meet(&good);
        }
        let import = ImportId::from_uuid(self.next_id().uuid());
        let parts: Vec<Vec<Row>> = good.chunks(PART).map(<[Row]>::to_vec).collect();
        let many = number(parts.len());
        let file: String = self.import.name.chars().take(80).collect();
        for (part, rows) in (1..).zip(parts) {
            let id = ImportPartId::from(self.next_id());
            self.give_import(Rows { id, import, part, parts: many, file: file.clone(), rows }.into())?;
        }
        Ok(ImportBegun { import, parts: many })
    }
    /// A colleague has entered two clients meanwhile: one with the number of a row, the other with its address.
    fn meet(&mut self, rows: &[Row]) {
        let Some(row) = rows.iter().find(|row| row.client.phone.is_some() && row.client.email.is_some()) else { return };
        let (phone, email) = (row.client.phone.clone(), row.client.email.clone());
        for (name, phone, email) in [("Sri Hartati", phone, None), ("Tono Sudirjo", None, email)] {
            let id = self.next_id().into();
            self.elsewhere(1, domain::commands::client::Create { id, name: name.to_owned(), phone, email, zone: None }.into());
        }
    }
    fn give_import(&mut self, command: Command) -> Result<(), DeskError> {
        let (act, args) = (command.spec().name.to_owned(), command.args());
        self.submit(&Submit { act, args, seen: Vec::new() }).map(|_| ())
    }

    /// The imports that are here, newest first.
    pub(super) fn imports(&mut self, _: &Imports) -> Result<Vec<ImportView>, DeskError> {
        self.trouble()?;
        if matches!(self.situation.drops, Drops::OnOrder | Drops::Held) {
            self.hold_files();
        }
        let mut all: BTreeMap<ImportId, ImportView> = BTreeMap::new();
        let parts: Vec<ImportPart> = self.all::<ImportPart>(Layer::Server).cloned().collect();
        for part in &parts {
            let view =
                all.entry(part.import_id).or_insert_with(|| ImportView::begun(part.import_id, part.file.to_string(), part.created_at));
            self.add(view, part);
        }
        for entry in &self.commands {
            match &entry.given.command {
                Command::ImportRows(rows) if entry.state != CommandState::Applied => {
                    let view = all.entry(rows.import).or_insert_with(|| ImportView::begun(rows.import, rows.file.clone(), entry.made_at));
                    view.parts = rows.parts;
                    view.at = view.at.min(entry.made_at);
                    if entry.state.is_waiting() {
                        view.waiting += 1;
                        view.waiting_rows += number(rows.rows.len());
                    } else if entry.state.needs_decision() {
                        view.refused_parts += 1;
                    }
                }
                Command::ImportUndo(undo) if entry.state.is_waiting() => {
                    let import = parts.iter().find(|part| part.id == undo.id).map(|part| part.import_id);
                    if let Some(view) = import.and_then(|import| all.get_mut(&import)) {
                        view.undoing += 1;
                    }
                }
                _ => {}
            }
        }
        let mut all: Vec<ImportView> = all.into_values().collect();
        all.sort_by_key(|view| std::cmp::Reverse((view.at, view.import)));
        Ok(all)
    }
    fn add(&self, view: &mut ImportView, part: &ImportPart) {
        let n = |n: i64| u32::try_from(n).unwrap_or(0);
        let me = self.actor();
        view.parts = view.parts.max(n(part.parts));
        view.at = view.at.min(part.created_at);
        view.by = Some(part.by.clone());
        view.answered += 1;
        view.rows += n(part.rows);
        view.clients += number(part.made.clients.len());
        view.orders += number(part.made.orders.len());
        view.matched += n(part.matched);
        view.refused_rows += number(part.refused.0.len());
        if let Some(undone) = &part.undone {
            view.undone += 1;
            view.left_total += number(undone.left.len());
            view.left.extend(undone.left.iter().map(|record| ImportLeft { record: *record, name: self.left_name(*record) }));
        } else if may_undo(&me, part) && self.now <= part.undo_until() {
            view.undo_until = Some(view.undo_until.map_or(part.undo_until(), |until| until.min(part.undo_until())));
        }
    }
    /// What a client who stayed is called.
    fn left_name(&self, record: RecordRef) -> String {
        self.record::<Client>(Layer::Shown, record.id).map(|it| it.name.to_string()).unwrap_or_default()
    }
    /// What has not been sent goes.
    pub(super) fn cancel_import(&mut self, query: &CancelImport) -> Result<(), DeskError> {
        let is_of = |entry: &Entry| matches!(&entry.given.command, Command::ImportRows(rows) if rows.import == query.import);
        self.commands.retain(|entry| !(entry.state == CommandState::Queued && is_of(entry)));
        self.lay();
        self.changed(Vec::new());
        self.tell(Event::Outbox { commands: Vec::new() });
        Ok(())
    }
    /// What an import made is taken back, part by part.
    pub(super) fn undo_import(&mut self, query: &UndoImport) -> Result<(), DeskError> {
        let mut open: Vec<ImportPart> =
            self.all::<ImportPart>(Layer::Server).filter(|part| part.import_id == query.import && part.undone.is_none()).cloned().collect();
        open.sort_by_key(|part| std::cmp::Reverse(part.part));
        if open.is_empty() {
            return Err(DeskError::new(ErrorCode::NotFound));
        }
        open.into_iter().try_for_each(|part| self.give_import(Undo { id: part.id }.into()))
    }
    /// Only how it would end is played.
    pub(super) fn import_refused(&mut self, query: &ImportRefused) -> Result<Exported, DeskError> {
        self.trouble()?;
        let ours = |part: &ImportPart| self.commands.iter().any(|entry| entry.given.command.subject() == Some(reference(part)));
        let of = self.all::<ImportPart>(Layer::Server).filter(|part| part.import_id == query.import && ours(part));
        let rows: u32 = of.map(|part| number(part.refused.0.len())).sum();
        if rows == 0 {
            return Err(DeskError::new(ErrorCode::NotFound));
        }
        Ok(Exported { path: "/home/dewi/Unduhan/meja-impor-ditolak-2026-11-24-1042.csv".into(), rows, more: false })
    }
    /// Only how it would end is played.
    pub(super) fn import_template(&mut self, query: &ImportTemplate) -> Result<Saved, DeskError> {
        self.trouble()?;
        Ok(Saved { path: format!("/home/dewi/Unduhan/meja-impor.{}", query.form.ending()) })
    }
}

fn reference(part: &ImportPart) -> RecordRef {
    RecordRef::new(domain::record::Kind::ImportPart, part.id)
}

fn may_undo(me: &Actor, part: &ImportPart) -> bool {
    me.is(&Role::Admin) || part.by.id == me.id()
}

/// Whether a command has to wait for its turn: parts go one after another, so that their way can be watched.
pub(super) fn in_turn(command: &Command) -> bool {
    [Rows::NAME, Undo::NAME].contains(&command.spec().name)
}
