//! What a report reads: by moments, in parts, each request once.

use domain::{
    record::AnyRecord,
    records::ConsultationStatus,
    time::{HOUR, UtcMillis},
};
use mirror::queries::CountedFrom;
use testkit::{
    Model,
    records::{NOW, client, consultation, request},
};

use crate::world::Desk;

/// A request that was answered then.
fn answered(n: u64, at: UtcMillis) -> AnyRecord {
    let AnyRecord::Consultation(mut it) = request(n, ConsultationStatus::Accepted) else { unreachable!("a request") };
    (it.created_at, it.decided_at) = (at.plus(-HOUR), Some(at));
    AnyRecord::Consultation(it)
}

/// The numbers of the requests that are read from there on, and how many parts that took.
async fn read(desk: &Desk, from: CountedFrom) -> (Vec<String>, usize) {
    let (mut numbers, mut parts, mut next) = (Vec::new(), 0, Some(from));
    while let Some(from) = next {
        let page = desk.cabinet.counted(&from, NOW).await.unwrap();
        numbers.extend(page.requests.into_iter().map(|it| it.number));
        (next, parts) = (page.next, parts + 1);
    }
    (numbers, parts)
}

#[tokio::test]
async fn everything_from_a_moment_on_is_read_once_and_in_parts() {
    let mut server = Model::with(2, 0);
    // Many at one moment: a part ends between them.
    server.commit((100..900).map(|n| answered(n, NOW.plus(-HOUR))));
    server.commit([answered(900, NOW.plus(-2 * HOUR)), answered(901, NOW.plus(-2 * HOUR - 1))]);
    let desk = Desk::whole(&server).await;
    let (mut numbers, parts) = read(&desk, CountedFrom::settled(NOW.plus(-2 * HOUR))).await;
    let count = numbers.len();
    numbers.sort();
    numbers.dedup();
    assert_eq!((count, numbers.len(), parts), (801, 801, 2), "the moment itself is in it, what came before it is not");
    assert!(numbers.contains(&"KG-20261125-000900".to_owned()) && !numbers.contains(&"KG-20261125-000901".to_owned()));
    let (waiting, parts) = read(&desk, CountedFrom::waiting(UtcMillis::from_ms(0))).await;
    assert_eq!((waiting.len(), parts), (2, 1));
    assert_eq!(desk.cabinet.oldest_answer(NOW).await.unwrap(), Some(NOW.plus(-2 * HOUR - 1)));
}

#[tokio::test]
async fn records_that_are_about_somebody_have_a_title() {
    let server = Model::with(1, 0);
    let desk = Desk::whole(&server).await;
    let titles = desk.cabinet.titles(&[consultation(0), client(77)], NOW).await.unwrap();
    assert_eq!(titles, [(consultation(0), server.consultation(0).client_name.to_string())], "what is not here has none");
    assert_eq!(desk.cabinet.oldest_answer(NOW).await.unwrap(), None);
}
