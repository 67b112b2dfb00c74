//! What a list is: where its rows come from, what of it is here, where the cursor is, what is open.

use std::rc::Rc;

use bridge::{DeskError, Verdict};
use domain::record::RecordRef;

use super::window::Loaded;
use crate::{browser, components::list::Layout};

/// A row that stands for a record.
pub(crate) trait Recorded: Clone + std::fmt::Debug + PartialEq + 'static {
    /// The record.
    fn record(&self) -> RecordRef;
    /// Whether this person has not looked at it yet.
    fn is_unseen(&self) -> bool;
    /// Where it stands in its list, among those that are chosen.
    fn rank(&self) -> (i64, i64);
}

/// A kind of list: what it is asked for, what it says of itself beside its rows, and what is known of one that is open.
pub(crate) trait Listing: Copy + std::fmt::Debug + PartialEq + 'static {
    /// A row.
    type Row: Recorded;
    /// Which list.
    type Filter: Clone + PartialEq + Default + 'static;
    /// What the list says beside its rows: its groups, its counts.
    type Summary: Clone + std::fmt::Debug + PartialEq + Default + 'static;
    /// Everything about one.
    type Detail: Clone + std::fmt::Debug + PartialEq + 'static;

    /// The id of the list.
    const LIST: &'static str;
    /// The id of the detail.
    const DETAIL: &'static str;

    /// Asks the desk for a part of the list.
    ///
    /// # Errors
    /// What the desk says.
    async fn read(question: Question<Self::Filter>) -> Result<Answer<Self>, DeskError>;
    /// Asks the desk for all of one.
    ///
    /// # Errors
    /// What the desk says.
    async fn detail(record: RecordRef) -> Result<Self::Detail, DeskError>;
    /// The record that an answer is of, where another may stand in for the one that was asked for.
    fn stands_in(_detail: &Self::Detail) -> Option<RecordRef> {
        None
    }
    /// What the rulebook says of each act on one.
    fn verdicts(detail: &Self::Detail) -> &[Verdict];
    /// Where the rows of a list of so many stand.
    fn layout(summary: &Self::Summary, total: u32) -> Layout;
    /// For which text the list is searched.
    fn text(filter: &Self::Filter) -> &str;
    /// The same list, searched for another text.
    fn set_text(filter: &mut Self::Filter, text: String);
    /// Whether what is open stays open when the list no longer has it; else the row that took its place is opened.
    const STAYS_OPEN: bool = false;
    /// What was read anew, beside the rows that are here: nothing moves under the eyes that nobody asked to move.
    fn beside(_here: &[RecordRef], answer: Answer<Self>) -> Answer<Self> {
        answer
    }
    /// Whether the detail of this record is read with this list; else another screen's is shown in its place.
    fn reads(_record: RecordRef) -> bool {
        true
    }
    /// A record was opened.
    fn was_opened(self, _record: RecordRef, _row: Option<&Self::Row>) {}
    /// Whether somebody is in the detail of what is open: then it is not taken from them.
    fn is_in_detail() -> bool {
        browser::focus_is_within(Self::DETAIL)
    }
}

/// Which part of a list is wanted.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Question<F> {
    /// Which list.
    pub(crate) filter: F,
    /// The first row.
    pub(crate) offset: u32,
    /// How many.
    pub(crate) limit: u32,
    /// A row that must be among the answer.
    pub(crate) around: Option<RecordRef>,
    /// The version that the person last let in.
    pub(crate) shown: Option<u64>,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer<L: Listing> {
    /// The rows from `offset` on.
    pub(crate) rows: Vec<L::Row>,
    /// Where the first of them stands.
    pub(crate) offset: u32,
    /// Where the row that was asked for stands, if the list has it.
    pub(crate) at: Option<u32>,
    /// How many rows the list has, without those that are left out.
    pub(crate) total: u32,
    /// How many are left out because they came later.
    pub(crate) newer: u32,
    /// The newest version of the list.
    pub(crate) version: u64,
    /// What it says beside its rows.
    pub(crate) summary: L::Summary,
}

/// An answer in the order in which its rows stand already; what was not among them waits to be let in. Where not all of the list
/// is here its order is the desk's.
pub(crate) fn keep_still<L: Listing>(here: &[RecordRef], answer: Answer<L>) -> Answer<L> {
    let all = u32::try_from(answer.rows.len()) == Ok(answer.total) && answer.offset == 0;
    if !all || here.is_empty() {
        return answer;
    }
    let sought = answer.at.and_then(|at| answer.rows.get(usize::try_from(at).ok()?)).map(Recorded::record);
    let row = |record: &RecordRef| answer.rows.iter().find(|row| row.record() == *record).cloned();
    let rows: Vec<L::Row> = here.iter().filter_map(row).collect();
    let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let at = sought.and_then(|sought| rows.iter().position(|row| row.record() == sought)).and_then(|at| u32::try_from(at).ok());
    Answer { newer: answer.newer + (answer.total - total), at, total, rows, ..answer }
}

/// Whether something is here.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) enum Load {
    /// It is coming.
    #[default]
    Coming,
    /// It is here.
    Here,
    /// It could not be read.
    Failed(DeskError),
}

/// The list as it is loaded.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Listed<L: Listing> {
    /// Whether it is here.
    pub(crate) load: Load,
    /// The rows that are here.
    pub(crate) rows: Loaded<L::Row>,
    /// What the list says beside its rows.
    pub(crate) summary: L::Summary,
    /// How many are left out because they came later.
    pub(crate) newer: u32,
    pub(super) total: u32,
    /// The version that the person let in.
    pub(super) shown: Option<u64>,
    /// The newest version.
    pub(super) version: u64,
}

impl<L: Listing> Default for Listed<L> {
    fn default() -> Self {
        let (load, rows, summary) = (Load::Coming, Loaded::default(), L::Summary::default());
        Self { load, rows, summary, newer: 0, total: 0, shown: None, version: 0 }
    }
}

impl<L: Listing> Listed<L> {
    /// How many rows the list has.
    pub(crate) const fn total(&self) -> u32 {
        self.total
    }
    /// Where its rows stand.
    pub(crate) fn layout(&self) -> Layout {
        L::layout(&self.summary, self.total)
    }
}

/// Where the cursor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Cursor {
    /// The row.
    pub(crate) at: u32,
    /// The record in it.
    pub(crate) record: Option<RecordRef>,
    /// Whether the list still has it; one that is being written about stays open when it leaves.
    pub(crate) listed: bool,
}

/// The record that is open.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Opened<L: Listing> {
    /// Which.
    pub(crate) record: Option<RecordRef>,
    /// What the list knew of it: shown until all of it is here.
    pub(crate) row: Option<Rc<L::Row>>,
    /// All of it.
    pub(crate) reply: Option<Rc<L::Detail>>,
    /// Why it could not be read.
    pub(crate) error: Option<DeskError>,
}

impl<L: Listing> Default for Opened<L> {
    fn default() -> Self {
        Self { record: None, row: None, reply: None, error: None }
    }
}

/// Which pane is seen where there is room for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Pane {
    /// The list.
    #[default]
    List,
    /// The detail.
    Detail,
}
