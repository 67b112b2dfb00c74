//! A client's consultations.

mod cancel;
mod create;
mod list;
mod lookup;

use domain::{record::AnyRecord, wire::ApiConsultation, words::Words};

use super::Endpoint;

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![create::endpoint(), list::endpoint(), lookup::endpoint(), cancel::endpoint()]
}

/// A consultation as its client reads it, as JSON.
fn shown(record: &AnyRecord, _words: &Words) -> Option<String> {
    match record {
        AnyRecord::Consultation(it) => serde_json::to_string(&ApiConsultation::from(it)).ok(),
        _ => None,
    }
}
