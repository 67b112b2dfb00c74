//! Every file that a record holds is there, with the hash it is named by; versions stand in the order in which they were attached at their
//! desk; no act failed for want of its bytes.

use domain::{
    file::Sha256,
    record::{Kind, Record as _, RecordRef},
    records::{Design, File, Order},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::{Count, Evidence, Truth};
use crate::{
    Done,
    log::{self, AtDesk, OfCarrier},
    said,
    seat::log_of,
};

/// What no act is refused with whose file was looked at before: processes that die are no fault of a file.
const NEVER: [&str; 3] = ["file_missing", "hash_mismatch", "checksum_mismatch"];

pub(super) fn look(truth: &Truth, evidence: &Evidence, count: &mut Count, wrong: &mut Vec<String>) -> Done<()> {
    let lies = lying(&evidence.files.join("blobs"), wrong)?;
    held(truth, &lies, count, wrong);
    for (n, folder) in evidence.desks.iter().enumerate() {
        attached(truth, n, folder, wrong)?;
    }
    for line in log::read::<OfCarrier>(&evidence.carrier)? {
        match line {
            OfCarrier::Sent { sha256 } if lies.contains(&sha256) => count.sent += 1,
            OfCarrier::Sent { sha256 } => wrong.push(format!("whoever uploads was told that {sha256} is there, and it is not")),
            OfCarrier::Fault { why } => wrong.push(format!("whoever uploads: {why}")),
        }
    }
    Ok(())
}

/// The files that lie at the server. Each has the hash it is named by.
fn lying(place: &Path, wrong: &mut Vec<String>) -> Done<BTreeSet<Sha256>> {
    let mut all = BTreeSet::new();
    let Ok(folders) = std::fs::read_dir(place) else { return Ok(all) };
    for folder in folders.flatten() {
        for file in std::fs::read_dir(folder.path()).map_err(said)?.flatten() {
            // What was not yet whole when its server died has another name.
            let Ok(name) = file.file_name().to_string_lossy().parse::<Sha256>() else { continue };
            let is = Sha256::of(&std::fs::read(file.path()).map_err(said)?);
            if is != name {
                wrong.push(format!("under {name} other bytes lie, {is}"));
            }
            all.insert(name);
        }
    }
    Ok(all)
}

/// What records hold is there, and the versions of an order are counted from one on.
fn held(truth: &Truth, lies: &BTreeSet<Sha256>, count: &mut Count, wrong: &mut Vec<String>) {
    let mut versions = BTreeMap::<RecordRef, BTreeSet<i64>>::new();
    for (name, held) in &truth.records {
        let (design, file) = (Design::of(&held.record), File::of(&held.record));
        if let Some(design) = design {
            count.versions += 1;
            let order = RecordRef::new(Kind::Order, design.order_id);
            if !versions.entry(order).or_default().insert(design.version) {
                wrong.push(format!("{order} has version {} twice", design.version));
            }
        }
        count.files += usize::from(file.is_some());
        let sha256 = design.map(|it| it.sha256).or_else(|| file.map(|it| it.sha256));
        if let Some(sha256) = sha256.filter(|sha256| !lies.contains(sha256)) {
            wrong.push(format!("{name} holds the file {sha256}, and it is not there"));
        }
    }
    for (order, numbers) in versions {
        let said = truth.records.get(&order).and_then(|held| Order::of(&held.record)).map(|order| order.versions);
        if said != i64::try_from(numbers.len()).ok() || !numbers.into_iter().eq(1..=said.unwrap_or(0)) {
            wrong.push(format!("{order} says that it has {said:?} versions, and that is not so"));
        }
    }
}

/// What was attached at a desk and done is there with its file, in the order in which it was attached.
fn attached(truth: &Truth, n: usize, folder: &Path, wrong: &mut Vec<String>) -> Done<()> {
    let mut last = BTreeMap::<String, i64>::new();
    for line in log::read::<AtDesk>(&log_of(folder))? {
        let AtDesk::Attached { id, design, order, sha256 } = line else { continue };
        let Some(known) = truth.commands.get(&id) else { continue };
        let code = serde_json::from_str::<serde_json::Value>(&known.outcome).map_err(said)?["code"].as_str().unwrap_or_default().to_owned();
        if NEVER.contains(&code.as_str()) {
            wrong.push(format!("desk {n}: command {id} was refused with {code}"));
        }
        let name: RecordRef = design.parse().map_err(|_| "a record without a name")?;
        let Some(version) = truth.records.get(&name).and_then(|held| Design::of(&held.record)).filter(|_| known.applied) else { continue };
        if version.sha256 != sha256 {
            wrong.push(format!("desk {n}: {name} has the file {}, and {sha256} was attached", version.sha256));
        }
        if last.insert(order.clone(), version.version).is_some_and(|before| before > version.version) {
            wrong.push(format!("desk {n}: version {} of {order} was attached after one with a higher number", version.version));
        }
    }
    Ok(())
}
