//! Clients, notes and colleagues: what is found by a text.

use bridge::{ClientHit, Clients, DeskError, NoteHit, Notes, People, PeopleReply, PersonRow, Staff, StaffReply, WaitingRequest};

use crate::{desk::Desk, error::file_error};

/// The most clients, or notes, of one answer.
const MOST: usize = 20;

impl Desk {
    /// Clients by a part of their name, telephone number or address.
    ///
    /// # Errors
    /// `no_session`, or when the files cannot be read.
    pub async fn clients(&self, query: Clients) -> Result<Vec<ClientHit>, DeskError> {
        let work = self.inner.work().await?;
        let hits = work.cabinet.clients(&query.text, MOST, work.now()).await.map_err(file_error)?;
        let waiting = |(id, number)| WaitingRequest { id, number };
        Ok(hits.into_iter().map(|hit| ClientHit { client: hit.client, waiting: hit.waiting.map(waiting) }).collect())
    }
    /// Notes about requests by what they say, newest first.
    ///
    /// # Errors
    /// As [`Self::clients`].
    pub async fn notes(&self, query: Notes) -> Result<Vec<NoteHit>, DeskError> {
        let work = self.inner.work().await?;
        let hits = work.cabinet.notes(&query.text, MOST, work.now()).await.map_err(file_error)?;
        Ok(hits.into_iter().map(|hit| NoteHit { note: hit.note, consultation: hit.consultation }).collect())
    }
    /// Colleagues to whom work can be given, by name.
    ///
    /// # Errors
    /// As [`Self::clients`].
    pub async fn staff(&self, _: Staff) -> Result<StaffReply, DeskError> {
        let work = self.inner.work().await?;
        let staff = work.cabinet.staff(work.now()).await.map_err(file_error)?;
        Ok(StaffReply { people: staff.into_iter().map(|user| (user.id, user.name.to_string(), user.roles)).collect() })
    }
    /// Everybody of the staff, for whoever looks after their accounts. What this desk holds, its person may know.
    ///
    /// # Errors
    /// As [`Self::clients`].
    pub async fn people(&self, _: People) -> Result<PeopleReply, DeskError> {
        let work = self.inner.work().await?;
        let people = work.cabinet.people(work.now()).await.map_err(file_error)?;
        Ok(PeopleReply { people: people.into_iter().map(|it| PersonRow { user: it.user, ours: it.ours, mark: it.mark }).collect() })
    }
}
