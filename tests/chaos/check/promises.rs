//! What clients were promised is there, once; what they were refused is not.

use domain::{
    record::AnyRecord,
    records::{Consultation, ConsultationStatus},
};
use std::path::PathBuf;

use super::{Count, Truth};
use crate::{
    Done,
    log::{self, OfClient},
};

pub(super) fn look(truth: &Truth, logs: &[PathBuf], count: &mut Count, wrong: &mut Vec<String>) -> Done<()> {
    let all: Vec<&Consultation> =
        truth.records.values().filter_map(|held| if let AnyRecord::Consultation(it) = &*held.record { Some(it) } else { None }).collect();
    let about = |key: &str| {
        let of_key = truth.records.values().filter(|held| said_under(&held.record) == Some(key));
        of_key.map(|held| held.record.id().to_string()).collect::<Vec<_>>()
    };
    for path in logs {
        let mut open = None;
        for line in log::read::<OfClient>(path)? {
            match line {
                OfClient::Asks { key } => {
                    if let Some(before) = open.replace(key) {
                        wrong.push(format!("a client never heard what became of {before}"));
                    }
                }
                OfClient::Promised { key, id } => {
                    open = None;
                    count.promised += 1;
                    if about(&key) != [id.clone()] {
                        wrong.push(format!("under {key} a client was promised {id}, there is {:?}", about(&key)));
                    }
                }
                OfClient::Refused { key, code } => {
                    open = None;
                    count.refused += 1;
                    if !about(&key).is_empty() {
                        wrong.push(format!("{key} was refused ({code}), and made {:?}", about(&key)));
                    }
                }
                OfClient::CalledOff { id } => {
                    count.promised += 1;
                    if !all.iter().any(|it| it.id.to_string() == id && it.status == ConsultationStatus::Cancelled) {
                        wrong.push(format!("a client was told that {id} is called off, and it is not"));
                    }
                }
            }
        }
    }
    Ok(())
}

/// The key under which a client asked for a record.
fn said_under(record: &AnyRecord) -> Option<&str> {
    match record {
        AnyRecord::Consultation(it) => it.topic.as_ref().map(|topic| topic.as_str()),
        AnyRecord::Order(it) => Some(it.description.as_str()),
        AnyRecord::Message(it) => Some(it.text.as_str()),
        _ => None,
    }
}
