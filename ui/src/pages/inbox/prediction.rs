//! What the action bar says above its buttons: what will happen, or why it cannot (ui.md, principles 7 and 8).

use bridge::VerdictState;
use domain::{
    command::Act as _,
    commands::consultation,
    records::{Consultation, ConsultationStatus, NotificationKind},
    status::CommandState,
    time::{UtcMillis, Zone},
    words::{Words, isolate},
};

use crate::{pages::rows::refusals, words::client_reads};

/// The situation that the sentence is about.
pub(super) struct About<'a> {
    pub(super) words: &'a Words,
    pub(super) it: &'a Consultation,
    /// Each act that this role may ever do, with what the rulebook says of it.
    pub(super) verdicts: &'a [(&'static str, VerdictState)],
    /// The most urgent state of a command about it.
    pub(super) pending: Option<CommandState>,
    pub(super) now: UtcMillis,
    pub(super) zone: Zone,
}

/// The sentences, `**strong**` parts included.
pub(super) fn sentences(about: &About<'_>) -> Vec<String> {
    let (words, it) = (about.words, about.it);
    if it.status != ConsultationStatus::Waiting {
        return vec![decided(about)];
    }
    let accept = about.verdicts.iter().find(|(act, _)| *act == consultation::Accept::NAME).map(|(_, verdict)| verdict);
    let mut all = refusals(words, about.verdicts, about.now, about.zone);
    match accept {
        Some(VerdictState::Allowed) => {
            let (status, read) = (words.text("status-consultation-accepted"), client_reads(&NotificationKind::ConsultationAccepted));
            let key = if it.client_user.is_some() { "predict-accept" } else { "predict-accept-unregistered" };
            all.insert(0, words.with(key, &[("status", status.into()), ("text", read.into())]));
        }
        Some(VerdictState::ServerDecides) => all.insert(0, words.text("predict-server")),
        Some(VerdictState::Refused { .. }) => {}
        None => all.insert(0, words.text("predict-not-yours")),
    }
    all
}

/// Where a request that was answered stands.
fn decided(about: &About<'_>) -> String {
    let (words, it) = (about.words, about.it);
    let status = words.text(it.status.face().word);
    match about.pending {
        Some(CommandState::Held | CommandState::Queued | CommandState::Sent) => words.with("predict-ours", &[("status", status.into())]),
        _ => {
            let by = it.decided_by.as_ref().map(|p| isolate(p.name.as_str())).unwrap_or_default();
            let at = words.near_within(it.decided_at.unwrap_or(it.updated_at), about.now, about.zone);
            words.with("predict-decided", &[("status", status.into()), ("by", by.into()), ("at", at.into())])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{decision::Details, name::PersonName, role::Person, words::Lang};

    fn request() -> Consultation {
        serde_json::from_value(serde_json::json!({
            "id": "019abf6b-9d3c-7c11-8a52-0123456789ab", "number": "KG-20261124-K7Q2MA",
            "client_id": "019abf6b-9d3c-7c11-8a52-0123456789ab", "client_user": "019abf6b-9d3c-7c11-8a52-0123456789ab",
            "client_name": "Rani", "client_zone": "Asia/Jakarta", "source": "app", "requested_date": "2026-11-26", "status": "waiting",
            "due_at": "2026-11-24T04:54:00.000Z", "created_at": "2026-11-24T01:54:00.000Z", "updated_at": "2026-11-24T01:54:00.000Z",
            "history": []
        }))
        .unwrap()
    }
    fn say(it: &Consultation, verdicts: &[(&'static str, VerdictState)]) -> Vec<String> {
        let words = Words::new(Lang::Id);
        let now = "2026-11-24T03:42:00Z".parse().unwrap();
        sentences(&About { words: &words, it, verdicts, pending: None, now, zone: Zone::Wib })
    }

    #[test]
    fn what_will_happen_is_said_before_it_is_done() {
        let said = say(&request(), &[("consultation.accept", VerdictState::Allowed)]);
        assert_eq!(said, ["Bila diterima: status menjadi **Diterima** dan klien membaca «Konsultasi Diterima»."]);
        let unregistered = Consultation { client_user: None, ..request() };
        let said = say(&unregistered, &[("consultation.accept", VerdictState::Allowed)]);
        assert!(said[0].contains("kabari"), "a client without an account reads nothing: {said:?}");
    }

    #[test]
    fn acts_that_one_rule_stops_are_named_together() {
        let by = Some(Person { id: domain::role::Actor::system().id(), name: PersonName::of_program("Hendra Wijaya") });
        let details = Details { by, until: Some("2026-11-24T03:54:00Z".parse().unwrap()), ..Details::default() };
        let held = VerdictState::Refused { code: "claimed_by_other".into(), rule: "lessons-4".into(), details: Box::new(details) };
        let said = say(&request(), &[("consultation.accept", held.clone()), ("consultation.reject", held)]);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].starts_with("**Terima, Tolak**: Sedang dipegang orang lain.") && said[0].contains("10:54 WIB"), "{said:?}");
    }

    #[test]
    fn who_may_never_decide_is_told_so() {
        assert_eq!(say(&request(), &[]).len(), 1);
    }
}
