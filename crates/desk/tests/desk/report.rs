//! Laporan, counted from the mirror.

use bridge::{ErrorCode, Report, ReportExport};
use domain::{records::ConsultationStatus, report::Period};
use std::fs;
use testkit::records::request;

use crate::world::World;

#[tokio::test]
async fn every_request_of_the_period_is_counted_once() {
    let world = World::new(3, 0);
    // More than one part is read at once.
    world.net.serve(|model| model.commit((100..1_300).map(|n| request(n, ConsultationStatus::Accepted))));
    let seat = world.whole().await;
    let reply = seat.desk.report(Report { period: Period::Year }).await.unwrap();
    let it = &reply.report;
    assert_eq!((it.whole.accepted, it.whole.waiting, it.steps.len()), (1_200, 3, 52));
    assert_eq!(it.steps.iter().map(|step| step.figures.wanted()).sum::<u32>(), 1_203, "every one of them on its day");
    assert!(reply.complete && reply.oldest.is_none() && reply.as_of.is_some(), "{reply:?}");
}

#[tokio::test]
async fn it_is_written_out_and_counts_nothing_behind_a_lock() {
    let world = World::new(2, 2);
    let seat = world.whole().await;
    let written = seat.desk.report_export(ReportExport { period: Period::TenWeeks }).await.unwrap();
    let text = fs::read_to_string(&written.path).unwrap();
    assert!(text.starts_with("\u{feff}\"Bagian\"") && written.rows >= 11, "{text}");
    seat.desk.lock_now(bridge::Lock {}).await.unwrap();
    assert_eq!(seat.desk.report(Report { period: Period::Year }).await.unwrap_err().code, ErrorCode::NoSession);
}
