//! Small pictures of files that were put there.

use axum::{body::Body, http::Method};
use domain::role::Role;
use inspect::testing::{chunk, deflated, pixels, png_of};
use rstest::rstest;
use std::{sync::Arc, time::Duration};

use super::{File, put};
use crate::{
    files::{On, Place},
    jobs::{Swept, sweep},
    shell::Shell,
    testing::{TestApp, TestClock},
};

/// A picture of so many pixels.
fn png(width: u32, height: u32) -> File {
    let rows = pixels(usize::try_from(width).unwrap(), usize::try_from(height).unwrap(), 3);
    File::new("logo.png", png_of(width, height, [8, 2, 0, 0, 0], &[chunk(b"IDAT", &deflated(&rows, 6))]))
}

#[tokio::test]
async fn a_small_picture_is_made_once_and_for_whoever_may_see_the_file() {
    let app = TestApp::new().await;
    let (cs, other, file) = (app.staff(Role::Cs, "b@x.id").await, app.staff(Role::Admin, "c@x.id").await, png(400, 200));
    let _ = put(&cs, &file).await.expect(204);
    let path = format!("{}/preview/thumb", file.path());
    assert_eq!(app.app.shelf.preview(&file.sha256(), "thumb").await.unwrap(), None, "it is made when somebody asks");
    for _ in 0..2 {
        let answer = cs.get(&path).await.expect(200);
        assert_eq!(answer.headers["content-type"], "image/jpeg");
        assert_eq!(answer.headers["etag"], format!("\"{}-thumb\"", file.sha256()));
        assert!(answer.headers["content-disposition"].starts_with("attachment"));
    }
    let kept = app.app.shelf.preview(&file.sha256(), "thumb").await.unwrap().unwrap();
    assert_eq!(kept[..3], [0xff, 0xd8, 0xff]);
    assert!(kept.len() < file.bytes.len());
    let known = cs.request(Method::GET, &path).header("if-none-match", format!("\"{}-thumb\"", file.sha256()));
    assert_eq!(cs.send(known.body(Body::empty()).unwrap()).await.status, 304);
    let _ = cs.get(&format!("{}/preview/full", file.path())).await.expect(200);
    assert_eq!(other.get(&path).await.expect(404).code(), "not_found", "whoever may not see the file sees no picture of it");
    for nowhere in
        [format!("{}/preview/huge", file.path()), format!("/v1/files/{}/preview/thumb", "0".repeat(64)), "/v1/files/x/preview/thumb".into()]
    {
        assert_eq!(cs.get(&nowhere).await.expect(404).code(), "not_found", "{nowhere}");
    }
}

#[tokio::test]
async fn what_is_no_image_says_so() {
    let app = TestApp::new().await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(50_000));
    let _ = put(&cs, &file).await.expect(204);
    assert_eq!(cs.get(&format!("{}/preview/thumb", file.path())).await.expect(422).code(), "no_preview");
}

/// A small picture that was put away when its file was gone already, or that a sweep was cut off before, is found and goes, too.
#[rstest]
#[tokio::test]
async fn small_pictures_go_with_their_file_or_later(#[values(On::Memory, On::Bucket)] on: On) {
    let place = Place::new(on);
    let shelf = place.shelf.clone();
    let clock = Arc::new(TestClock::at(Shell::system().now()));
    let app = TestApp::builder().at(clock).with(|options| options.files = place.shelf.clone()).start().await;
    let (cs, swept, again, gone) = (app.staff(Role::Cs, "b@x.id").await, png(400, 200), png(300, 200), png(200, 200));
    for file in [&swept, &again] {
        let _ = put(&cs, file).await.expect(204);
        let _ = cs.get(&format!("{}/preview/thumb", file.path())).await.expect(200);
    }
    shelf.put_preview(&gone.sha256(), "thumb", gone.bytes.clone()).await.unwrap();
    let left = async || {
        let mut left = Vec::new();
        for file in [&swept, &again, &gone] {
            left.push(shelf.preview(&file.sha256(), "thumb").await.unwrap().is_some());
        }
        left
    };
    app.clock.advance(Duration::from_secs(29 * 86_400));
    assert_eq!(sweep(&app.app).await.unwrap(), Swept { uploads: 2, ..Swept::default() });
    assert_eq!(left().await, [true, true, true], "none is old yet");
    app.clock.advance(Duration::from_secs(86_400));
    let cs = app.login("b@x.id").await;
    let _ = put(&cs, &again).await.expect(204);
    app.clock.advance(Duration::from_secs(86_400));
    assert_eq!(sweep(&app.app).await.unwrap(), Swept { files: 1, ..Swept::default() });
    assert_eq!(left().await, [false, true, false], "one that can be asked for stays");
}
