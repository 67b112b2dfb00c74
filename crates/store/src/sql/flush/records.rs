//! Records: changed ones under the guard of the revision they were decided on, new ones plainly.

use domain::{
    record::{AnyRecord, Kind, RecordRef},
    records::ConsultationStatus,
};
use std::collections::HashSet;

use crate::{
    RecordWrite, Result, StoreError,
    sql::{
        codec,
        engine::{Arg, Engine},
        view::{View, Writing},
    },
};

impl<E: Engine> View<E, Writing> {
    /// Kind by kind, so that what a record names is there before it; changed ones first, so that what they give up (an
    /// address, the place of the one waiting request) is free for new ones.
    pub(super) async fn write_records(&mut self, writes: &[RecordWrite]) -> Result<()> {
        for kind in Kind::ALL {
            let of_kind = || writes.iter().filter(|write| write.record.kind() == *kind);
            let (mut given_up, mut changed, mut new, mut rows): (Vec<Arg>, Vec<Arg>, Vec<Arg>, u64) = Default::default();
            for write in of_kind() {
                match write.base {
                    Some(base) => {
                        let changed = if takes_a_place(&write.record) { &mut changed } else { &mut given_up };
                        changed.extend([Arg::from(write.record.id()), base.into(), write.rev.into(), write.seq.into()]);
                        codec::encode(&write.record, false, changed)?;
                        rows += 1;
                    }
                    None => {
                        new.extend([Arg::from(write.rev), write.seq.into()]);
                        codec::encode(&write.record, true, &mut new)?;
                    }
                }
            }
            let (Some(update), Some(insert)) = (codec::update(*kind), codec::insert(*kind)) else { continue };
            if self.bulk(update, given_up).await? + self.bulk(update, changed).await? != rows {
                return Err(self.overtaken(of_kind().filter(|write| write.base.is_some())).await?);
            }
            self.bulk(insert, new).await?;
        }
        Ok(())
    }

    /// Names the first record that did not stand at the revision it was decided on: the update has not reached it.
    async fn overtaken<'a>(&mut self, writes: impl Iterator<Item = &'a RecordWrite> + Send) -> Result<StoreError> {
        let writes: Vec<&RecordWrite> = writes.collect();
        let refs: Vec<RecordRef> = writes.iter().map(|write| write.record.reference()).collect();
        let stand: HashSet<(RecordRef, i64, i64)> =
            self.records(&refs).await?.iter().map(|it| (it.held.record.reference(), it.held.rev, it.seq)).collect();
        let missed = writes.into_iter().find(|write| !stand.contains(&(write.record.reference(), write.rev, write.seq)));
        Ok(missed.map_or(StoreError::Driver("more rows changed than were meant".into()), |write| StoreError::Overtaken {
            record: write.record.reference().to_string(),
            rev: write.base.unwrap_or(0),
        }))
    }
}

/// Whether it takes what only one of its kind can have, and another may have had until this batch: an account, or its client's one
/// waiting request. The engines look at each row by itself, so whoever gives such a thing up is written first.
const fn takes_a_place(record: &AnyRecord) -> bool {
    match record {
        AnyRecord::Client(it) => it.user_id.is_some(),
        AnyRecord::Consultation(it) => matches!(it.status, ConsultationStatus::Waiting),
        _ => false,
    }
}
