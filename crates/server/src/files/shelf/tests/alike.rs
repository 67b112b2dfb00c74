//! Whatever a shelf lies on, it behaves alike.

use super::*;
use futures_util::{StreamExt as _, future::join_all, stream};
use rstest::rstest;

const MIB: u64 = 1 << 20;

#[rstest]
#[tokio::test]
async fn a_file_is_there_when_it_was_put_there(#[values(On::Memory, On::Folder, On::Bucket)] on: On) {
    let (place, one) = (Place::new(on), Sha256::of(b"satu"));
    let shelf = &place.shelf;
    assert_eq!(shelf.size(&one).await.unwrap(), None);
    assert!(matches!(shelf.get(&one, None).await, Err(FilesError::Missing(_))));
    for _ in 0..2 {
        shelf.put(&one, Bytes::from_static(b"satu")).await.unwrap();
    }
    assert_eq!(shelf.size(&one).await.unwrap(), Some(4));
    assert_eq!(read(shelf, &one, None).await.unwrap(), (b"satu".to_vec(), 0..4, 4));
    assert_eq!(read(shelf, &one, Some(1..3)).await.unwrap(), (b"at".to_vec(), 1..3, 4));
    assert_eq!(shelf.old_files(FUTURE).await.unwrap(), [one]);
    assert!(!shelf.drop_file(&one, PAST).await.unwrap() && shelf.drop_file(&one, FUTURE).await.unwrap());
    assert!(!shelf.drop_file(&one, FUTURE).await.unwrap(), "what is gone is nobody's trouble");
    assert_eq!((shelf.size(&one).await.unwrap(), names(shelf).await), (None, Vec::new()));
}

#[rstest]
#[tokio::test]
async fn the_largest_file_is_read_whole_and_in_any_part(#[values(On::Memory, On::Folder, On::Bucket)] on: On) {
    let (place, all) = (Place::new(on), bytes(10 << 20));
    let (shelf, sha256, size) = (&place.shelf, Sha256::of(&all), 10 * MIB);
    shelf.put(&sha256, all.clone()).await.unwrap();
    let (whole, range, length) = read(shelf, &sha256, None).await.unwrap();
    assert!(whole == all && (range, length) == (0..size, size));
    for range in [0..1, MIB - 1..MIB + 1, 3..3 * MIB, 2 * MIB..3 * MIB, size - 1..size, 1..size] {
        let (some, said, length) = read(shelf, &sha256, Some(range.clone())).await.unwrap();
        let wanted = usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap();
        assert!(some == all[wanted] && (said, length) == (range.clone(), size), "{range:?}");
    }
}

#[rstest]
#[tokio::test]
async fn pieces_are_put_together_in_their_order(#[values(On::Memory, On::Folder, On::Bucket)] on: On) {
    let (place, upload, all) = (Place::new(on), Uuid::from_u128(7), bytes(50 * 777));
    let shelf = &place.shelf;
    let parts: Vec<Part> = (0..50).map(|n| part(n * 777, 777)).collect();
    for piece in parts.iter().rev() {
        let at = usize::try_from(piece.at).unwrap();
        shelf.put_part(upload, piece, all.slice(at..at + 777)).await.unwrap();
    }
    assert_eq!(shelf.whole(upload, &parts).await.unwrap(), all);
    let longer = [parts[0], Part { length: 778, ..parts[1] }];
    assert!(matches!(shelf.whole(upload, &longer).await, Err(FilesError::Unavailable(_))), "what is not as it was put there");
    shelf.drop_parts(upload, &parts[1..2]).await;
    assert!(matches!(shelf.whole(upload, &parts).await, Err(FilesError::Missing(_))));
    shelf.drop_parts(upload, &parts).await;
    assert_eq!(names(shelf).await, Vec::<String>::new(), "one that was gone is not in the way of the others");
}

#[rstest]
#[tokio::test]
async fn whoever_reads_while_others_write_reads_all_of_it_or_nothing(#[values(On::Memory, On::Folder, On::Bucket)] on: On) {
    let (place, all) = (Place::new(on), bytes(2 << 20));
    let (shelf, sha256) = (&place.shelf, Sha256::of(&all));
    let writers = join_all((0..4).map(|_| shelf.put(&sha256, all.clone())));
    let readers = join_all((0..8).map(|_| async {
        match read(shelf, &sha256, None).await {
            Ok((some, ..)) => assert!(some == all, "half a file was read"),
            Err(FilesError::Missing(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }));
    let (written, _) = tokio::join!(writers, readers);
    written.into_iter().collect::<Result<(), _>>().unwrap();
    assert!(read(shelf, &sha256, None).await.unwrap().0 == all);
    assert_eq!(names(shelf).await.len(), 1, "and nothing else is left");
}

#[rstest]
#[tokio::test]
async fn small_pictures_lie_beside_their_file(#[values(On::Memory, On::Folder, On::Bucket)] on: On) {
    let (place, one, other) = (Place::new(on), Sha256::of(b"satu"), Sha256::of(b"dua"));
    let shelf = &place.shelf;
    shelf.put(&one, Bytes::from_static(b"satu")).await.unwrap();
    assert_eq!(shelf.preview(&one, "thumb").await.unwrap(), None);
    for (of, size) in [(&one, "thumb"), (&one, "full"), (&other, "thumb")] {
        shelf.put_preview(of, size, Bytes::from_static(b"kecil")).await.unwrap();
    }
    assert_eq!(shelf.preview(&one, "thumb").await.unwrap().as_deref(), Some(&b"kecil"[..]));
    assert_eq!(shelf.old_files(FUTURE).await.unwrap(), [one], "a small picture is no file");
    assert_eq!(shelf.old_previews(FUTURE).await.unwrap(), [one, other].into(), "and is found without one");
    assert!(shelf.old_previews(PAST).await.unwrap().is_empty());
    shelf.drop_previews(&one).await.unwrap();
    assert_eq!((shelf.preview(&one, "thumb").await.unwrap(), shelf.preview(&one, "full").await.unwrap()), (None, None));
    assert!(shelf.preview(&other, "thumb").await.unwrap().is_some());
    shelf.drop_previews(&one).await.unwrap();
}

/// More than one answer of a store that speaks S3 names: a thousand.
#[rstest]
#[tokio::test]
async fn a_sweep_finds_whatever_is_old_however_much_there_is(#[values(On::Memory, On::Folder, On::Bucket)] on: On) {
    const MANY: u64 = 1_005;
    let (place, upload) = (Place::new(on), Uuid::from_u128(7));
    let shelf = &place.shelf;
    let put = |n: u64| async move {
        let (bytes, piece) = (Bytes::from(n.to_string()), part(n, 1));
        shelf.put(&Sha256::of(&bytes), bytes.clone()).await.unwrap();
        shelf.put_part(upload, &piece, bytes).await.unwrap();
    };
    stream::iter(0..MANY).map(put).buffer_unordered(16).collect::<()>().await;
    assert_eq!((shelf.sweep_parts(PAST).await.unwrap(), shelf.old_files(PAST).await.unwrap().len()), (0, 0));
    let mut files = shelf.old_files(FUTURE).await.unwrap();
    files.sort();
    files.dedup();
    assert_eq!(files.len() as u64, MANY);
    assert_eq!(shelf.sweep_parts(FUTURE).await.unwrap(), MANY);
    assert_eq!(shelf.sweep_parts(FUTURE).await.unwrap(), 0);
    assert_eq!(shelf.old_files(FUTURE).await.unwrap().len() as u64, MANY, "files are no pieces");
}

/// Every instance sweeps, and they begin at the same minute where they were started together.
#[rstest]
#[tokio::test]
async fn instances_that_sweep_at_once_are_not_in_each_others_way(#[values(On::Memory, On::Folder, On::Bucket)] on: On) {
    const MANY: u64 = 60;
    let place = Place::new(on);
    let shelf = &place.shelf;
    for n in 0..MANY {
        let bytes = Bytes::from(n.to_string());
        shelf.put_part(Uuid::from_u128(u128::from(n % 20)), &part(n, 1), bytes.clone()).await.unwrap();
        shelf.put(&Sha256::of(&bytes), bytes).await.unwrap();
    }
    let all = async || {
        let pieces = shelf.sweep_parts(FUTURE).await.unwrap();
        for sha256 in shelf.old_files(FUTURE).await.unwrap() {
            shelf.drop_file(&sha256, FUTURE).await.unwrap();
            shelf.drop_previews(&sha256).await.unwrap();
        }
        pieces
    };
    let (one, two, three) = tokio::join!(all(), all(), all());
    assert!(one + two + three >= MANY);
    assert_eq!(names(shelf).await, Vec::<String>::new());
}

#[rstest]
#[tokio::test]
async fn what_is_put_there_again_is_fresh(#[values(On::Memory, On::Folder, On::Bucket)] on: On) {
    let (place, one) = (Place::new(on), Sha256::of(b"satu"));
    let put_at = || async {
        place.shelf.put(&one, Bytes::from_static(b"satu")).await.unwrap();
        let found: Vec<_> = place.shelf.store.list(None).try_collect().await.unwrap();
        UtcMillis::from_ms(found[0].last_modified.timestamp_millis())
    };
    let first = put_at().await;
    let mut again = put_at().await;
    // Some stores count in seconds.
    while again == first {
        again = put_at().await;
    }
    assert!(again > first);
    assert!(!place.shelf.drop_file(&one, again).await.unwrap(), "it is not older than it is");
    assert_eq!(place.shelf.old_files(again).await.unwrap(), []);
    assert_eq!(place.shelf.old_files(again.plus(1_000)).await.unwrap(), [one]);
    assert!(place.shelf.drop_file(&one, again.plus(1_000)).await.unwrap());
}

#[rstest]
#[tokio::test]
async fn everything_has_its_name(#[values(On::Memory, On::Folder, On::Bucket)] on: On) {
    let (place, one) = (Place::new(on), Sha256::of(b"satu"));
    let shelf = &place.shelf;
    for _ in 0..2 {
        shelf.probe("x").await.unwrap();
    }
    assert_eq!(names(shelf).await, Vec::<String>::new(), "whoever tries leaves nothing behind");
    shelf.put(&one, Bytes::from_static(b"satu")).await.unwrap();
    shelf.put_preview(&one, "thumb", Bytes::from_static(b"kecil")).await.unwrap();
    shelf.put_part(Uuid::from_u128(7), &part(5, 1), Bytes::from_static(b"x")).await.unwrap();
    let expected = [
        format!("blobs/{}/{one}", &one.to_string()[..2]),
        format!("previews/{}/{one}/thumb", &one.to_string()[..2]),
        format!("uploads/{:032x}/5-{:032x}", 7, 6),
    ];
    assert_eq!(names(shelf).await, expected);
}

#[tokio::test]
async fn a_folder_must_be_there_and_keeps_no_empty_ones() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::folder(folder.path()).unwrap();
    shelf.put_part(Uuid::from_u128(7), &part(0, 1), Bytes::from_static(b"x")).await.unwrap();
    shelf.probe("x").await.unwrap();
    assert_eq!(shelf.sweep_parts(FUTURE).await.unwrap(), 1);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "what is empty is taken away");
    assert!(matches!(Shelf::folder(&folder.path().join("nowhere")), Err(FilesError::BadPlace(_))));
}
