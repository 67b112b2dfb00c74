//! What is not taken, and who is not let in.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use domain::role::Role;
use futures_util::stream;
use inspect::testing::{JPEG, Member, zip};
use std::{sync::Arc, time::Duration};

use super::{File, PATH, asks, begin, begin_as, begun, chunk, look, offset, pieces, put, send, tus};
use crate::{
    shell::Shell,
    testing::{Answer, Peer, TestApp, TestClock},
};

#[tokio::test]
async fn a_file_that_is_not_what_it_says_is_refused_with_the_check_and_gone() {
    let app = TestApp::new().await;
    let cs = app.staff(Role::Cs, "b@x.id").await;
    let archive = zip(&[Member::packed("index.html", b"<script>")]);
    let hostile = [
        (File::new("foto.jpg", [JPEG, &archive].concat()), "trailing_data"),
        (File::new("foto.png", JPEG), "magic_mismatch"),
        (File::new("desain.zip", zip(&[Member::kept("../x", b"x")])), "zip_path"),
    ];
    for (file, code) in hostile {
        let at = begun(&cs, &file).await;
        let refused = send(&cs, &at, 0, &file.bytes).await.expect(422);
        assert_eq!(refused.code(), code);
        let detail = refused.json()["detail"].as_str().unwrap().to_owned();
        assert!(["Arsip", "berkas"].iter().any(|word| detail.contains(word)), "it is told in words: {detail}");
        assert_eq!((look(&cs, &at).await.status, cs.get(&file.path()).await.status, pieces(&app).await), (404, 404, 0));
    }
}

#[tokio::test]
async fn bytes_that_are_not_the_announced_ones_are_refused() {
    let app = TestApp::new().await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(2_000));
    let other = File::pdf(2_001).sha256().to_string();
    let at = begin_as(&cs, &file, &other).await.expect(201).headers["location"].clone();
    assert_eq!(send(&cs, &at, 0, &file.bytes).await.expect(422).code(), "hash_mismatch");
    assert_eq!(look(&cs, &at).await.status, 404);
    for path in [file.path(), format!("/v1/files/{other}")] {
        assert_eq!(cs.get(&path).await.expect(404).code(), "not_found");
    }
}

#[tokio::test]
async fn what_can_be_known_before_is_refused_before() {
    let app = TestApp::new().await;
    let cs = app.staff(Role::Cs, "b@x.id").await;
    let asked = async |length: &str, metadata: &str| {
        let request = asks(&cs, Method::POST, PATH).header(tus::LENGTH, length).header(tus::METADATA, metadata);
        cs.send(request.body(Body::empty()).unwrap()).await
    };
    let (file, hash) = (File::pdf(2_000), File::pdf(2_000).sha256().to_string());
    let metadata = file.metadata(&hash);
    assert_eq!(asked("10485760", &metadata).await.status, 201);
    for (length, status, code) in [
        ("10485761", 413, "too_large"),
        ("99999999999999999999", 413, "too_large"),
        ("0", 422, "empty"),
        ("-1", 400, "malformed"),
        ("x", 400, "malformed"),
    ] {
        assert_eq!(asked(length, &metadata).await.expect(status).code(), code, "{length}");
    }
    let named = |name: &'static str, policy: &'static str| File { name, policy, ..file.clone() }.metadata(&hash);
    for (metadata, status, code) in [
        (named("a.exe", "design"), 422, "extension_unknown"),
        (named("a.zip", "proof"), 422, "extension_unknown"),
        (named("a.jpg", "avatar"), 422, "policy_unknown"),
        (named("..", "design"), 422, "name_unusable"),
        (format!("{metadata},filetype dGV4dC9odG1s"), 422, "type_mismatch"),
        (file.metadata("abc"), 400, "malformed"),
        (metadata.replace("policy", "police"), 400, "malformed"),
        ("filename ***".into(), 400, "malformed"),
        ("x".repeat(5_000), 400, "malformed"),
    ] {
        assert_eq!(asked("2000", &metadata).await.expect(status).code(), code, "{metadata}");
    }
    let without = asks(&cs, Method::POST, PATH).header(tus::METADATA, &metadata).body(Body::empty()).unwrap();
    assert_eq!(cs.send(without).await.expect(400).json()["errors"][0]["field"], "upload-length");
}

#[tokio::test]
async fn more_than_was_announced_is_refused_however_it_is_sent() {
    let app = TestApp::new().await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(20_000));
    let at = begun(&cs, &file).await;
    let more = [&file.bytes[..], &[0]].concat();
    let said = chunk(&cs, &at, 0).header("content-length", more.len()).body(Body::from(more.clone())).unwrap();
    assert_eq!(cs.send(said).await.expect(413).code(), "too_large");
    let endless = stream::iter((0..4_000_000).map(|_| Ok::<_, std::io::Error>(bytes::Bytes::from_static(&[7; 10_000]))));
    let unsaid = chunk(&cs, &at, 0).body(Body::from_stream(endless)).unwrap();
    assert_eq!(cs.send(unsaid).await.expect(413).code(), "too_large");
    assert_eq!((offset(&look(&cs, &at).await), pieces(&app).await), (0, 0), "nothing of it was kept");
    let _ = send(&cs, &at, 0, &file.bytes).await.expect(204);
    assert_eq!(send(&cs, &at, 20_000, b"x").await.expect(413).code(), "too_large", "nor afterwards");
}

/// Everything that can be asked of an upload and of a file.
async fn everything(peer: &Peer, at: &str, file: &File) -> Vec<Answer> {
    let end = asks(peer, Method::DELETE, at).body(Body::empty()).unwrap();
    vec![look(peer, at).await, send(peer, at, 0, &file.bytes).await, peer.send(end).await, peer.get(&file.path()).await]
}

#[tokio::test]
async fn an_upload_is_its_makers_alone_and_a_file_is_for_whoever_may_see_what_holds_it() {
    let app = TestApp::new().await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(20_000));
    let other = File::pdf(30_000);
    let _ = put(&cs, &file).await.expect(204);
    let at = begun(&cs, &other).await;
    let nowhere = format!("{PATH}/{}", cs.id());
    let rani = app.client("rani@x.id", "Rani Kusuma").await;
    for stranger in [app.staff(Role::Admin, "a@x.id").await, app.staff(Role::Expert, "c@x.id").await, rani] {
        for at in [&at, &nowhere, &format!("{PATH}/x")] {
            let codes = everything(&stranger, at, &file).await.iter().map(|answer| answer.status).collect::<Vec<_>>();
            assert_eq!(codes, [404; 4]);
        }
    }
    let stranger = app.stranger();
    let codes = everything(&stranger, &at, &file).await.iter().map(|answer| answer.status).collect::<Vec<_>>();
    assert_eq!((codes, begin(&stranger, &file).await.status), (vec![401; 4], 401));
    for wild in ["x", "%2e%2e%2f", &"0".repeat(64), &file.sha256().to_string().to_uppercase()] {
        assert_eq!(cs.get(&format!("/v1/files/{wild}")).await.expect(404).code(), "not_found");
    }
    assert_eq!(offset(&look(&cs, &at).await.expect(200)), 0, "nobody has touched it");
}

#[tokio::test]
async fn an_upload_can_be_given_up() {
    let app = TestApp::new().await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(50_000));
    let at = begun(&cs, &file).await;
    let _ = send(&cs, &at, 0, &file.bytes[..40_000]).await.expect(204);
    let end = || asks(&cs, Method::DELETE, &at).body(Body::empty()).unwrap();
    assert_eq!(cs.send(end()).await.status, 204);
    assert_eq!((cs.send(end()).await.status, look(&cs, &at).await.status, pieces(&app).await), (404, 404, 0));
}

#[tokio::test]
async fn a_person_has_so_many_under_way() {
    let app = TestApp::new().await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(2_000));
    let mut first = None;
    for _ in 0..20 {
        first.get_or_insert(begun(&cs, &file).await);
    }
    let too_many = begin(&cs, &file).await.expect(429);
    assert_eq!((too_many.code().as_str(), too_many.headers["retry-after"].as_str()), ("too_many_uploads", "60"));
    assert_eq!(begin(&app.staff(Role::Admin, "a@x.id").await, &file).await.status, 201, "each has their own");
    let _ = send(&cs, &first.unwrap(), 0, &file.bytes).await.expect(204);
    assert_eq!(begin(&cs, &file).await.status, 201, "what is finished is not under way");
}

#[tokio::test]
async fn what_nothing_came_for_gives_way() {
    let app = TestApp::new().await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(2_000));
    let (gone_on_with, lost) = (begun(&cs, &file).await, begun(&cs, &file).await);
    let _ = send(&cs, &gone_on_with, 0, &file.bytes[..1_000]).await.expect(204);
    app.clock.advance(Duration::from_secs(600));
    for _ in 2..20 {
        begun(&cs, &file).await;
    }
    assert_eq!(begin(&cs, &file).await.status, 201, "the answer to one was lost ten minutes ago");
    assert_eq!((look(&cs, &lost).await.status, offset(&look(&cs, &gone_on_with).await.expect(200))), (404, 1_000));
    assert_eq!(begin(&cs, &file).await.status, 429, "the others were begun just now");
}

#[tokio::test]
async fn a_file_comes_in_a_thousand_pieces_at_most() {
    let app = TestApp::new().await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(2_000));
    let at = begun(&cs, &file).await;
    for n in 0..1_000 {
        assert_eq!(send(&cs, &at, n, &file.bytes[n..=n]).await.status, 204);
    }
    assert_eq!(send(&cs, &at, 1_000, &file.bytes[1_000..]).await.expect(422).code(), "too_many_parts");
    assert_eq!(offset(&look(&cs, &at).await), 1_000);
}

#[tokio::test]
async fn only_tus_1_0_0_is_spoken() {
    let app = TestApp::new().await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(2_000));
    let at = begun(&cs, &file).await;
    for method in [Method::POST, Method::HEAD, Method::PATCH, Method::DELETE] {
        let path = if method == Method::POST { PATH } else { &at };
        for version in ["", "0.2.2", "2.0.0"] {
            let request = cs.request(method.clone(), path).header(tus::RESUMABLE, version).body(Body::empty()).unwrap();
            let answer = cs.send(request).await;
            assert_eq!(answer.status, StatusCode::PRECONDITION_FAILED, "{method} with {version:?}");
            assert_eq!((answer.headers["tus-version"].as_str(), answer.headers["tus-resumable"].as_str()), ("1.0.0", "1.0.0"));
        }
    }
    let wrong = asks(&cs, Method::PATCH, &at).header("content-type", "application/json").header(tus::OFFSET, 0);
    assert_eq!(cs.send(wrong.body(Body::from("{}")).unwrap()).await.expect(415).code(), "unsupported_media_type");
    let without = asks(&cs, Method::PATCH, &at).header("content-type", tus::CHUNK).body(Body::empty()).unwrap();
    assert_eq!(cs.send(without).await.expect(400).json()["errors"][0]["field"], "upload-offset");
    assert_eq!(send(&cs, &at, 7, b"x").await.expect(409).headers["upload-offset"], "0");
}

#[tokio::test]
async fn a_client_puts_there_what_clients_send_and_not_without_end() {
    let app = TestApp::builder().at(Arc::new(TestClock::at(Shell::system().now()))).start().await;
    let (client, file) = (app.client("rani@x.id", "Rani Kusuma").await, File::pdf(2_000));
    assert_eq!(begin(&client, &File { policy: "proof", ..file.clone() }).await.expect(422).code(), "policy_unknown");
    for n in 0..60 {
        let at = begun(&client, &file).await;
        assert_eq!(client.send(asks(&client, Method::DELETE, &at).body(Body::empty()).unwrap()).await.status, 204, "{n}");
    }
    let refused = begin(&client, &file).await.expect(429);
    assert_eq!((refused.code().as_str(), refused.headers.contains_key("retry-after")), ("too_many_requests", true));
    let staff = app.staff(Role::Cs, "b@x.id").await;
    let _ = begin(&staff, &file).await.expect(201);
    app.clock.advance(Duration::from_mins(5));
    let _ = put(&client, &file).await.expect(204);
    assert_eq!(client.get(&file.path()).await.expect(200).text, String::from_utf8_lossy(&file.bytes));
    assert_eq!(staff.get(&file.path()).await.status, 404, "it is theirs until they send it");
}
