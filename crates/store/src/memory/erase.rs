//! Erasing what a person was.

use domain::{decision::Erasure, id::UserId, record::Kind};

use super::{
    flush::drop_where,
    state::{Audited, State},
};
use crate::{
    KnownCommand, Result,
    erased::{forgotten, spoken},
};

impl State {
    pub(super) fn erase(&mut self, it: &Erasure) -> Result<()> {
        self.erase_values(it);
        if let Some(user) = it.user {
            self.erase_account(user);
            self.erase_refusals(user)?;
        }
        let texts = spoken(it.user, &it.addresses)?;
        drop_where(&mut self.jobs, |row| texts.iter().any(|text| row.job.payload.to_string().contains(text)));
        drop_where(&mut self.uploads, |upload| it.files.contains(&upload.sha256));
        Ok(())
    }
    /// The values go, their hashes stay, and the chain still holds. What only counts is nobody's.
    fn erase_values(&mut self, gone: &Erasure) {
        let concerned: Vec<(i64, Audited)> = self.audit.iter().map(|(n, it)| (*n, it.clone())).collect();
        for (n, mut it) in concerned {
            let theirs = Some(it.entry.actor) == gone.user;
            let mut erased = false;
            for ((record, _, _), value) in it.entry.values.iter().zip(&mut it.values) {
                if gone.records.contains(record) || (theirs && record.kind != Kind::Counter) {
                    *value = None;
                    erased = true;
                }
            }
            if erased {
                self.audit.insert_mut(n, it);
            }
        }
    }
    fn erase_account(&mut self, user: UserId) {
        self.passwords.remove_mut(&user);
        self.drop_factor(user);
        drop_where(&mut self.pairs, |it| it.user == user);
        drop_where(&mut self.devices, |it| it.user == user);
        drop_where(&mut self.resets, |it| it.user == user);
        drop_where(&mut self.uploads, |it| it.user == user);
        self.remembered = self.remembered.iter().filter(|(key, _)| key.0 != user).map(|(k, v)| (k.clone(), v.clone())).collect();
    }
    fn erase_refusals(&mut self, user: UserId) -> Result<()> {
        let refused: Vec<KnownCommand> = self.outcomes.values().filter(|it| !it.applied).cloned().collect();
        for known in refused.into_iter().filter(|it| it.outcome.contains(&user.to_string())) {
            if let Some(outcome) = forgotten(&known.outcome, user)? {
                self.outcomes.insert_mut(known.id, KnownCommand { outcome, ..known });
            }
        }
        Ok(())
    }
}
