//! Clients and orders from a file.

use bridge::{
    CancelImport, DeskError, DropImport, ErrorCode, Event, Exported, ImportBegin, ImportBegun, ImportCheck, ImportChecked, ImportLeft,
    ImportPlan, ImportProblems, ImportRefused, ImportSheet, ImportTaken, ImportTemplate, ImportView, Imports, PickImport, Saved,
    UndoImport,
};
use domain::{
    command::{Command, Given},
    commands::import::{Row, Rows, Undo},
    file::FileName,
    id::{CommandId, ImportId, ImportPartId},
    record::RecordRef,
    role::{Actor, Role},
    status::CommandState,
    time::{DAY, UtcMillis},
};
use mirror::{
    Submission,
    queries::{ImportCommand, ImportPage},
};
use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    sync::PoisonError,
};

use crate::{
    desk::{Desk, Inner},
    error::{file_error, refused, told},
    export::{self, export, save},
    files,
    import::{Chosen, Outcome, Trial, fault_of, field_word, reason, template},
    work::Work,
};

/// Under what the outbox keeps what columns hold.
const COLUMNS: &str = "import_columns";
/// How far back imports are listed: longer than they can be taken back, so that what stayed can still be looked up.
const LISTED: i64 = 7 * DAY;
/// The endings of files that can be read.
const ENDINGS: &[&str] = &["csv", "xlsx", "txt", "tsv"];

// What the window says of the limits is what holds.
const _: () = assert!(
    ImportTaken::BYTES == sheet::limits::BYTES
        && ImportTaken::ROWS as usize == sheet::limits::ROWS
        && ImportTaken::COLUMNS as usize == sheet::limits::COLUMNS
);

impl Desk {
    /// Asks for a file, and reads it. Nothing where none was chosen.
    ///
    /// # Errors
    /// `no_session`; `disk` when there is no dialog. A file that is not read is an answer.
    pub async fn pick_import(&self, _: PickImport) -> Result<Option<ImportTaken>, DeskError> {
        let paths = self.inner.choose("act-import-rows", ENDINGS).await?;
        match paths.into_iter().next() {
            Some(path) => self.take_import(path).await.map(Some),
            None => Ok(None),
        }
    }
    /// Reads the file that was let fall on the window; of several the first.
    ///
    /// # Errors
    /// `not_found` for a handle that is good no more; as [`Self::pick_import`].
    pub async fn drop_import(&self, query: DropImport) -> Result<ImportTaken, DeskError> {
        let paths = self.inner.dropped(query.handle).await?;
        let path = paths.into_iter().next().ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        self.take_import(path).await
    }
    /// Reads another sheet of the file that was taken last.
    ///
    /// # Errors
    /// `not_found` where none was; as [`Self::pick_import`].
    pub async fn import_sheet(&self, query: ImportSheet) -> Result<ImportTaken, DeskError> {
        let file = self.inner.with_import(|chosen| chosen.as_ref().map(Chosen::file));
        let (name, bytes) = file.ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        self.read_import(name, Some(query.sheet), || Ok(bytes)).await
    }
    /// Tries every row by the rules, without doing anything.
    ///
    /// # Errors
    /// `not_found` where no file was taken; `bad_call` for more columns than it has; `refused` for whom no role may import;
    /// `no_session`, or when the files cannot be read.
    pub async fn import_check(&self, query: ImportCheck) -> Result<ImportChecked, DeskError> {
        let complete = self.inner.work().await?.engine.line().borrow().complete;
        Ok(ImportChecked { complete, ..self.try_import(query.plan).await?.checked() })
    }
    /// Writes the rows that would not be taken to a file.
    ///
    /// # Errors
    /// As [`Self::import_check`]; `disk`.
    pub async fn import_problems(&self, query: ImportProblems) -> Result<Exported, DeskError> {
        let tried = self.try_import(query.plan).await?;
        self.export_rows("impor-masalah", &tried.problems(self.inner.words())).await
    }
    /// Brings the rows in that pass: all parts are in the outbox, or none is.
    ///
    /// # Errors
    /// As [`Self::import_check`]; `not_found` where no row passes.
    pub async fn import_begin(&self, query: ImportBegin) -> Result<ImportBegun, DeskError> {
        let parts = self.try_import(query.plan.clone()).await?.parts();
        if parts.is_empty() {
            return Err(told(ErrorCode::NotFound, "rows"));
        }
        self.remember_columns(&query.plan).await?;
        let file = self.inner.chosen_name();
        let now = self.inner.now().await;
        let import = ImportId::from_uuid(self.inner.parts.ids.uuid(now));
        let many = u32::try_from(parts.len()).unwrap_or(u32::MAX);
        let orders = (1..).zip(parts).map(|(part, rows)| self.part_of(import, (part, many), &file, rows, now)).collect();
        self.give_all(orders).await?;
        Ok(ImportBegun { import, parts: many })
    }
    /// The imports of the last days.
    ///
    /// # Errors
    /// `no_session`, or when the files cannot be read.
    pub async fn imports(&self, _: Imports) -> Result<Vec<ImportView>, DeskError> {
        let work = self.inner.work().await?;
        let now = work.now();
        let page = work.cabinet.imports(now.plus(-LISTED), now).await.map_err(file_error)?;
        let mut all = views(page, &work.actor(), now);
        let left: Vec<RecordRef> = all.iter().flat_map(|view| &view.left).map(|left| left.record).collect();
        let names: HashMap<RecordRef, String> = work.cabinet.titles(&left, now).await.map_err(file_error)?.into_iter().collect();
        for left in all.iter_mut().flat_map(|view| &mut view.left) {
            left.name = names.get(&left.record).cloned().unwrap_or_default();
        }
        Ok(all)
    }
    /// Calls off what has not been sent of an import. Parts that are on their way at this moment stay: where they come back, they wait,
    /// are counted as waiting, and can be called off again.
    ///
    /// # Errors
    /// As [`Self::imports`].
    pub async fn cancel_import(&self, query: CancelImport) -> Result<(), DeskError> {
        let work = self.inner.work().await?;
        let now = work.now();
        let page = work.cabinet.imports(now, now).await.map_err(file_error)?;
        let mine = page.commands.iter().filter(|it| it.import == Some(query.import) && it.state == CommandState::Queued);
        let ids: Vec<CommandId> = mine.map(|it| it.id).collect();
        let applied = work.cabinet.call_off_all(&ids, now).await.map_err(file_error)?;
        work.engine.given();
        drop(work);
        self.tell_applied(applied);
        Ok(())
    }
    /// Takes back what an import made, the last part first: a client of an early one may have orders from later ones.
    ///
    /// # Errors
    /// `not_found` where nothing of it can be taken back; `refused` with the rulebook's reason; as [`Self::imports`].
    pub async fn undo_import(&self, query: UndoImport) -> Result<(), DeskError> {
        let orders = {
            let work = self.inner.work().await?;
            let now = work.now();
            let parts = work.cabinet.import_parts(query.import, now).await.map_err(file_error)?;
            let open = parts.iter().rev().filter(|part| part.undone.is_none());
            let undo = |id| Given { id: CommandId::from_uuid(self.inner.parts.ids.uuid(now)), command: Undo { id }.into() };
            open.map(|part| undo(part.id)).collect::<Vec<_>>()
        };
        if orders.is_empty() {
            return Err(DeskError::new(ErrorCode::NotFound));
        }
        self.give_all(orders).await
    }
    /// Writes the rows that the server did not take to a file, as far as this desk brought them in.
    ///
    /// # Errors
    /// `not_found` where there are none; as [`Self::imports`]; `disk`.
    pub async fn import_refused(&self, query: ImportRefused) -> Result<Exported, DeskError> {
        let out = {
            let work = self.inner.work().await?;
            let words = self.inner.words();
            let mut out = export::Table::new(&refused_headers(words));
            for part in work.cabinet.import_parts(query.import, work.now()).await.map_err(file_error)? {
                for (row, line) in work.refused_rows(&part).await? {
                    let (field, refusal) = fault_of(&line);
                    out.push(&refused_cells(&row, reason(words, field, &refusal)));
                }
            }
            out
        };
        if out.rows() == 0 {
            return Err(DeskError::new(ErrorCode::NotFound));
        }
        self.export_rows("impor-ditolak", &out).await
    }
    /// Writes a table with the headers, an example and notes.
    ///
    /// # Errors
    /// `disk`; `internal` when it cannot be made.
    pub async fn import_template(&self, query: ImportTemplate) -> Result<Saved, DeskError> {
        let now = self.inner.now().await;
        let bytes = template(self.inner.words(), query.form, now).map_err(|error| told(ErrorCode::Internal, &error.to_string()))?;
        let name =
            FileName::new(&format!("meja-impor.{}", query.form.ending())).map_err(|error| told(ErrorCode::Internal, error.code()))?;
        let path = save(&self.inner.parts.options.downloads, &name, &bytes)?;
        Ok(Saved { path: path.to_string_lossy().into_owned() })
    }
}

impl Desk {
    async fn take_import(&self, path: PathBuf) -> Result<ImportTaken, DeskError> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = move || {
            files::read(&path, sheet::limits::BYTES).map_err(|error| {
                tracing::info!(kind = %error.kind(), "a table cannot be read");
                files::UNREADABLE
            })
        };
        self.read_import(name, None, bytes).await
    }
    /// Reads a file of this name, on a thread where it keeps nobody waiting, and keeps it as the one that was chosen.
    async fn read_import(
        &self,
        name: String,
        sheet: Option<String>,
        bytes: impl FnOnce() -> Result<Vec<u8>, &'static str> + Send + 'static,
    ) -> Result<ImportTaken, DeskError> {
        let called = name.clone();
        let read = move || Chosen::read(&called, bytes()?, sheet.as_deref()).map_err(sheet::Refused::wire);
        let read = tokio::task::spawn_blocking(read).await.unwrap_or(Err(files::UNREADABLE));
        let work = self.inner.work().await?;
        let chosen = match read {
            Ok(chosen) => chosen,
            Err(why) => {
                let name = FileName::new(&name).map(|name| name.to_string()).unwrap_or_default();
                return Ok(ImportTaken::Refused { name, why: why.to_owned() });
            }
        };
        let kept = work.cabinet.value(COLUMNS).await.map_err(file_error)?;
        let shown = chosen.shown(kept.as_deref());
        self.inner.with_import(|it| *it = Some(chosen));
        Ok(shown)
    }
    async fn remember_columns(&self, plan: &ImportPlan) -> Result<(), DeskError> {
        let work = self.inner.work().await?;
        let kept = work.cabinet.value(COLUMNS).await.map_err(file_error)?;
        let text = self.inner.with_import(|chosen| chosen.as_ref().map(|chosen| chosen.remember(kept.as_deref(), plan)));
        work.cabinet.set_value(COLUMNS, text.as_deref().or(kept.as_deref())).await.map_err(file_error)
    }
    async fn try_import(&self, plan: ImportPlan) -> Result<Outcome, DeskError> {
        let table = self.inner.with_import(|chosen| chosen.as_ref().map(Chosen::table));
        let table = table.ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        if plan.columns.len() > table.headers.len() || plan.separate.len() > table.lines.len() {
            return Err(told(ErrorCode::BadCall, "plan"));
        }
        let trial = {
            let work = self.inner.work().await?;
            let now = work.now();
            let facts = work.cabinet.import_facts(now).await.map_err(file_error)?;
            Trial { table, plan, facts, actor: work.actor(), now, today: now.day(work.org_zone()), would_be: work.would_be.0 }
        };
        let tried = tokio::task::spawn_blocking(move || trial.run()).await;
        tried.map_err(|_| told(ErrorCode::Internal, "import"))?.map_err(|refusal| refused(&refusal))
    }
    fn part_of(&self, import: ImportId, (part, parts): (u32, u32), file: &str, rows: Vec<Row>, now: UtcMillis) -> Given {
        // Part and command have one id, so that what a command brought is found by the part.
        let id = self.inner.parts.ids.uuid(now);
        let rows = Rows { id: ImportPartId::from_uuid(id), import, part, parts, file: file.to_owned(), rows };
        Given { id: CommandId::from_uuid(id), command: rows.into() }
    }
    async fn give_all(&self, orders: Vec<Given>) -> Result<(), DeskError> {
        let work = self.inner.work().await?;
        let taken = match work.cabinet.submit_all(&orders, work.now()).await.map_err(file_error)? {
            Submission::Taken(taken) => taken,
            Submission::Refused(refusal) => return Err(refused(&refusal)),
        };
        work.engine.given();
        drop(work);
        self.inner.tell(Event::Changed { records: Vec::new(), version: taken.version });
        self.inner.tell(Event::Outbox { commands: Vec::new() });
        self.tell_status_soon();
        Ok(())
    }
    async fn export_rows(&self, what: &str, table: &export::Table) -> Result<Exported, DeskError> {
        let (zone, now) = {
            let work = self.inner.work().await?;
            (work.org_zone(), work.now())
        };
        export(&self.inner.parts.options.downloads, what, now, zone, table, false)
    }
}

impl Inner {
    fn with_import<T>(&self, work: impl FnOnce(&mut Option<Chosen>) -> T) -> T {
        work(&mut self.import.lock().unwrap_or_else(PoisonError::into_inner))
    }
    /// What the parts say the file is called: their name for it is shorter than a file's may be.
    fn chosen_name(&self) -> String {
        let name =
            self.with_import(|chosen| chosen.as_ref().map(|it| it.name().chars().take(domain::text::Label::MOST).collect::<String>()));
        name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).unwrap_or_else(|| "-".to_owned())
    }
    /// What was read of a file leaves memory when nobody is at work.
    pub(crate) fn forget_import(&self) {
        self.with_import(Option::take);
    }
}

impl Work {
    /// The rows of a part that were not taken, with the reason, where this desk brought them in and still knows.
    async fn refused_rows(&self, part: &domain::records::ImportPart) -> Result<Vec<(Row, domain::records::RefusedRow)>, DeskError> {
        if part.refused.0.is_empty() {
            return Ok(Vec::new());
        }
        let found = self.cabinet.command(CommandId::from_uuid(part.id.uuid()), self.now()).await.map_err(file_error)?;
        let Some(Ok(Given { command: Command::ImportRows(rows), .. })) = found.map(|it| it.entry.given()) else { return Ok(Vec::new()) };
        let line = |refused: &domain::records::RefusedRow| {
            let row = rows.rows.iter().find(|row| row.row == refused.row).cloned();
            row.map(|row| (row, refused.clone()))
        };
        Ok(part.refused.0.iter().filter_map(line).collect())
    }
}

fn refused_headers(words: &domain::words::Words) -> Vec<String> {
    let fields = bridge::ImportField::ALL.iter().map(|field| words.text(&field_word(*field)));
    [words.text("import-row"), words.text("import-reason")].into_iter().chain(fields).collect()
}

/// A row as it was sent, in the order of the template: it can be mended and imported again.
fn refused_cells(row: &Row, reason: String) -> Vec<String> {
    let (client, order) = (&row.client, row.order.as_ref());
    let text = |value: Option<&String>| value.cloned().unwrap_or_default();
    vec![
        row.row.to_string(),
        reason,
        client.name.clone(),
        text(client.phone.as_ref()),
        text(client.email.as_ref()),
        client.zone.map(|zone| zone.iana().to_owned()).unwrap_or_default(),
        order.map(|it| it.design_type.wire().to_owned()).unwrap_or_default(),
        order.map(|it| it.description.clone()).unwrap_or_default(),
        text(order.and_then(|it| it.needs.as_ref())),
        order.and_then(|it| it.deadline).map(|day| day.to_string()).unwrap_or_default(),
        order.and_then(|it| it.budget).map(|amount| amount.0.to_string()).unwrap_or_default(),
        order.and_then(|it| it.source.as_ref()).map(|source| source.wire().to_owned()).unwrap_or_default(),
        text(order.and_then(|it| it.old_number.as_ref())),
    ]
}

/// Parts and commands, added up by import, newest first.
fn views(page: ImportPage, me: &Actor, now: UtcMillis) -> Vec<ImportView> {
    let mut all: BTreeMap<ImportId, ImportView> = BTreeMap::new();
    let mut of_part: BTreeMap<ImportPartId, ImportId> = BTreeMap::new();
    for part in &page.parts {
        of_part.insert(part.id, part.import_id);
        let view = all.entry(part.import_id).or_insert_with(|| ImportView::begun(part.import_id, part.file.to_string(), part.created_at));
        add(view, part, me, now);
    }
    for command in &page.commands {
        let import = command.import.or_else(|| of_part.get(&ImportPartId::from(command.part)).copied());
        let Some(import) = import else { continue };
        let view = all.entry(import).or_insert_with(|| ImportView::begun(import, command.file.clone(), command.made_at));
        wait(view, command, of_part.contains_key(&ImportPartId::from(command.part)));
    }
    let mut all: Vec<ImportView> = all.into_values().collect();
    all.sort_by_key(|view| std::cmp::Reverse((view.at, view.import)));
    all
}

fn number(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

fn add(view: &mut ImportView, part: &domain::records::ImportPart, me: &Actor, now: UtcMillis) {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    view.parts = view.parts.max(number(part.parts));
    view.at = view.at.min(part.created_at);
    view.answered += 1;
    view.rows += number(part.rows);
    view.clients += count(part.made.clients.len());
    view.orders += count(part.made.orders.len());
    view.matched += number(part.matched);
    view.refused_rows += count(part.refused.0.len());
    if let Some(undone) = &part.undone {
        view.undone += 1;
        view.left_total += count(undone.left.len());
        let room = ImportView::LEFT.saturating_sub(view.left.len());
        view.left.extend(undone.left.iter().take(room).map(|record| ImportLeft { record: *record, name: String::new() }));
    } else if (me.is(&Role::Admin) || part.by.id == me.id()) && now <= part.undo_until() {
        // All of it: as long as the part can be taken back that came first.
        view.undo_until = Some(view.undo_until.map_or(part.undo_until(), |until| until.min(part.undo_until())));
    }
    view.by = Some(part.by.clone());
}

/// Counts a command that is not answered, or whose part has not come yet.
fn wait(view: &mut ImportView, command: &ImportCommand, has_come: bool) {
    view.parts = view.parts.max(command.parts);
    match (command.undo, command.state) {
        (true, state) if state.is_waiting() => view.undoing += 1,
        (true, _) => {}
        (false, state) if state.is_waiting() => {
            view.waiting += 1;
            view.waiting_rows += command.rows;
        }
        (false, state) if state.needs_decision() => view.refused_parts += 1,
        (false, CommandState::Applied) if !has_come => view.answered += 1,
        (false, _) => {}
    }
}
