//! Laporan: what became of requests, counted from the copy on this computer.

use domain::{report::Period, time::UtcMillis};
use serde::{Deserialize, Serialize};

/// What became of the requests of a period, those that this person may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The period.
    pub period: Period,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportReply {
    /// The figures.
    pub report: domain::report::Report,
    /// As of when they are true: the last acknowledged sync.
    pub as_of: Option<UtcMillis>,
    /// Whether the copy here is whole. If not, history is still coming, and older days may have more than is counted.
    pub complete: bool,
    /// Where the copy is not whole: when the oldest answer in it was given. Before that nothing is here.
    pub oldest: Option<UtcMillis>,
}

/// Writes the same to a file for spreadsheets, in the folder for downloads; the answer is [`crate::Exported`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportExport {
    /// The period.
    pub period: Period,
}
