//! An import: a file of 50,000 rows, from choosing it at a desk to the last part's answer in its mirror.

use bridge::{ImportBegin, ImportCheck, ImportFile, ImportPlan, ImportTaken, ImportView, Imports, Login, PickImport, SessionState};
use desk::{
    Desk,
    vault::{MemoryKeyring, Vault},
};
use e2e::{
    folder::TempFolder,
    seat::{Chooses, parts},
};
use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::{
    desk::{Done, now, said},
    figures::Sheet,
    world::{PASSWORD, SARI, World},
};

/// How many rows the file has: each another client, every second one with an order.
const ROWS: u32 = 50_000;

pub(crate) async fn measure(world: &World, sheet: &mut Sheet) -> Done<()> {
    let folder = TempFolder::new("bench-import");
    let file = folder.path().join("klien.csv");
    fs::write(&file, rows()?).map_err(said)?;
    let desk = at_work(folder.path(), file, &world.server.base).await?;
    let done = bring_in(&desk, sheet).await;
    desk.quit().await;
    done
}

async fn bring_in(desk: &Desk, sheet: &mut Sheet) -> Done<()> {
    let mut events = desk.events();
    let chosen = now();
    let ImportTaken::Read(file) = desk.pick_import(PickImport {}).await.map_err(said)?.ok_or("no file was chosen")? else {
        return Err("the file was refused".to_owned());
    };
    let plan = plan(&file);
    sheet.note("import_read_s", (now() - chosen).as_secs_f64());
    let start = now();
    let tried = desk.import_check(ImportCheck { plan: plan.clone() }).await.map_err(said)?;
    if (tried.good, tried.problems_total) != (ROWS, 0) {
        return Err(format!("of the rows {} are good, {} have problems", tried.good, tried.problems_total));
    }
    sheet.note("import_tried_s", (now() - start).as_secs_f64());
    let start = now();
    desk.import_begin(ImportBegin { plan }).await.map_err(said)?;
    sheet.note("import_begun_s", (now() - start).as_secs_f64());
    let it = until_answered(desk, &mut events).await?;
    if (it.rows, it.clients, it.refused_rows, it.refused_parts) != (ROWS, ROWS, 0, 0) {
        return Err(format!("not all came: {it:?}"));
    }
    sheet.note("import_50k_s", (now() - chosen).as_secs_f64());
    Ok(())
}

/// Waits until every part is answered and in the mirror: the answers are in the outbox first.
async fn until_answered(desk: &Desk, events: &mut Receiver<bridge::Event>) -> Done<ImportView> {
    loop {
        let all = desk.imports(Imports {}).await.map_err(said)?;
        let it = all.into_iter().next().ok_or("the import is not there")?;
        if it.answered == it.parts && (it.rows == ROWS || it.refused_parts > 0) {
            return Ok(it);
        }
        let heard = tokio::time::timeout(Duration::from_secs(60), events.recv()).await.map_err(|_| "a minute of silence")?;
        // What was missed is asked for in the next round.
        if matches!(heard, Err(RecvError::Closed)) {
            return Err("the desk has ended".to_owned());
        }
    }
}

fn plan(file: &ImportFile) -> ImportPlan {
    ImportPlan { columns: file.columns.iter().map(|column| column.field).collect(), separate: Vec::new() }
}

/// The file.
fn rows() -> Done<String> {
    let mut file = "Nama Klien;No. HP;Email;Jenis Desain;Deskripsi;No Invoice\n".to_owned();
    for n in 0..ROWS {
        let order = if n % 2 == 0 { format!("Logo;Logo toko roti, hangat dan sederhana;INV-{n}") } else { ";;".to_owned() };
        writeln!(file, "Klien Impor;0819{n:08};klien{n}@contoh.id;{order}").map_err(said)?;
    }
    Ok(file)
}

/// A desk as it stands on a computer, but for its window, its keyring and its notifications.
async fn at_work(folder: &Path, file: PathBuf, server: &str) -> Done<Desk> {
    let parts = parts(&folder.join("desk"), "Ukur", Vault::new(MemoryKeyring::default()), Chooses(vec![file]));
    let desk = Desk::open(parts).await.map_err(said)?;
    let mut events = desk.events();
    let login = Login { address: server.to_owned(), email: SARI.to_owned(), password: PASSWORD.to_owned(), code: None, remember: true };
    match desk.login(login).await.map_err(said)? {
        SessionState::Open { .. } => {}
        _ => return Err("the desk asks for more than a password".to_owned()),
    }
    while !desk.status(bridge::Status {}).await.map_err(said)?.complete {
        drop(events.recv().await);
    }
    Ok(desk)
}
