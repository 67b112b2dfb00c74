//! Bytes of the files that became others, anywhere: nothing wrong is ever shown, no command is lost in silence, and what is told to
//! be saved is there.

use domain::{id::CommandId, time::Zone};
use mirror::{Cabinet, Error, queries::InboxAsk, queries::View};
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path};
use testkit::{
    Model,
    records::{NOW, consultation},
};

use crate::world::{Desk, admin, copy, keys};

/// How many places are tried of the mirror.
const OF_MIRROR: u64 = 24;
/// How many of the outbox: reading a damaged one as far as it can be read takes long.
const OF_OUTBOX: u64 = 10;

/// Chance that is always the same (SplitMix64).
fn chance(n: u64) -> u64 {
    let z = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Makes other bytes of up to 300 at some place of a file.
fn spoil(path: &Path, n: u64) {
    let mut bytes = std::fs::read(path).unwrap();
    let length = u64::try_from(bytes.len()).unwrap();
    let from = usize::try_from(chance(n) % length).unwrap();
    let to = bytes.len().min(from + 1 + usize::try_from(chance(n + 7_919) % 300).unwrap());
    bytes[from..to].iter_mut().for_each(|byte| *byte = byte.wrapping_add(91));
    std::fs::write(path, bytes).unwrap();
}

/// Every waiting and every answered request as it is shown, or what stands in the way.
async fn shown(cabinet: &Cabinet) -> Result<Vec<String>, Error> {
    let mut all = Vec::new();
    for view in [View::Waiting, View::Answered] {
        let page = cabinet.inbox(&InboxAsk { view, limit: 1_000, ..InboxAsk::default() }, NOW).await?;
        all.extend(page.rows.iter().map(|row| format!("{:?}", row.item)));
    }
    Ok(all)
}

/// The commands of an outbox, with their arguments.
async fn kept(cabinet: &Cabinet) -> BTreeMap<CommandId, Value> {
    let lists = cabinet.outbox(0, Zone::Wib, NOW).await.unwrap();
    lists.running.into_iter().chain(lists.decide).map(|pending| (pending.entry.id, pending.entry.args)).collect()
}

/// A desk with a copy of the server's records and commands that never left it; its files are closed.
async fn closed(commands: u64) -> (tempfile::TempDir, Vec<String>, BTreeMap<CommandId, Value>) {
    let server = Model::with(60, 60);
    let mut desk = Desk::whole(&server).await;
    let rows = shown(&desk.cabinet).await.unwrap();
    for n in 0..commands {
        let args = json!({ "id": consultation(n).id, "reason": "Jadwal penuh sampai Desember depan ".repeat(9) });
        desk.act("consultation.reject", args, &[consultation(n)]).await;
        if n == commands / 2 {
            desk.cabinet.keep_copy(NOW).await.unwrap();
        }
    }
    let given = kept(&desk.cabinet).await;
    let Desk { dir, cabinet, .. } = desk;
    cabinet.close().await.unwrap();
    (dir, rows, given)
}

#[tokio::test]
async fn a_mirror_with_other_bytes_shows_nothing_wrong_and_costs_no_command() {
    let (dir, rows, given) = closed(0).await;
    assert!(given.is_empty());
    let mut found = 0;
    for n in 0..OF_MIRROR {
        let folder = tempfile::tempdir().unwrap();
        copy(dir.path(), folder.path());
        spoil(&folder.path().join("mirror.db"), n);
        let (cabinet, opened) = Cabinet::open(folder.path(), keys(), admin(), NOW, None).await.unwrap();
        found += u32::from(opened.mirror_damaged);
        match shown(&cabinet).await {
            // A new mirror is empty, and asks for everything.
            Ok(all) if opened.mirror_damaged => assert!(all.is_empty() && cabinet.stand().await.unwrap().live.is_none(), "place {n}"),
            Ok(all) => assert_eq!(all, rows, "place {n}: what is shown is what the server said"),
            Err(error) => {
                assert!(error.is_damage(), "place {n}: the engine learns that it must begin anew: {error}");
                found += 1;
                drop(cabinet);
            }
        }
    }
    assert!(found > 0, "no damage was ever noticed");
}

#[tokio::test]
async fn an_outbox_with_other_bytes_says_what_it_could_save() {
    let (dir, _, given) = closed(40).await;
    assert_eq!(given.len(), 40);
    let mut told = 0;
    for n in 0..OF_OUTBOX {
        let folder = tempfile::tempdir().unwrap();
        copy(dir.path(), folder.path());
        spoil(&folder.path().join("outbox.db"), n);
        let (cabinet, opened) = Cabinet::open(folder.path(), keys(), admin(), NOW, None).await.unwrap();
        let after = kept(&cabinet).await;
        assert!(after.iter().all(|(id, args)| given.get(id) == Some(args)), "place {n}: a command says what its person said");
        match opened.salvage {
            None => assert_eq!(after, given, "place {n}: nothing is lost in silence"),
            Some(salvage) => {
                told += 1;
                assert_eq!(
                    salvage.commands,
                    u64::try_from(after.len()).unwrap(),
                    "place {n}: what is told to be saved is there: {salvage:?}"
                );
                assert!(after.len() == given.len() || !salvage.whole, "place {n}: a loss is told: {salvage:?}");
                assert!(after.len() > 20, "place {n}: at least what the copy knew is there: {salvage:?}");
                assert!(salvage.aside.exists(), "place {n}: the damaged file is kept");
            }
        }
    }
    assert!(told > 0, "no damage was ever noticed");
}
