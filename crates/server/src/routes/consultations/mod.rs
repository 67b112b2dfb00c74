//! A client's consultations.

mod cancel;
mod create;

use domain::wire::ApiConsultation;

use super::{Endpoint, own};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        create::endpoint(),
        own::list::endpoint::<ApiConsultation>("/api/consultations", "One's consultations, newest first."),
        own::lookup::endpoint::<ApiConsultation>("/api/consultations/{id}", "One of one's consultations.", "The consultation."),
        cancel::endpoint(),
    ]
}
