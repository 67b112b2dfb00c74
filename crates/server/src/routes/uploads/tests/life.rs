//! From the first byte to the file, and on to whoever reads it.

use axum::{body::Body, http::Method};
use domain::{file::FilePolicy, id::FileId, record::Record as _, record::RecordRef, role::Role};
use inspect::testing::png;
use serde_json::json;

use super::{File, PATH, asks, begin, begun, chunk, look, offset, pieces, put, send};
use crate::testing::TestApp;

#[tokio::test]
async fn a_file_arrives_in_pieces_and_is_read_again() {
    let app = TestApp::new().await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(3_000_000));
    let offered = cs.send(app.stranger().request(Method::OPTIONS, PATH).body(Body::empty()).unwrap()).await.expect(204);
    assert_eq!(offered.headers["tus-version"], "1.0.0");
    assert_eq!(
        (&offered.headers["tus-extension"][..], &offered.headers["tus-max-size"][..]),
        ("creation,checksum,expiration,termination", "10485760")
    );
    let answer = begin(&cs, &file).await.expect(201);
    let at = answer.headers["location"].clone();
    assert!(at.starts_with("/v1/uploads/") && answer.headers["upload-expires"] == "Wed, 02 Dec 2026 01:00:00 GMT", "{answer:?}");
    for (from, to) in [(0, 1_500_000), (1_500_000, 1_500_001), (1_500_001, 3_000_000)] {
        let stands = look(&cs, &at).await.expect(200);
        assert_eq!((offset(&stands), &stands.headers["upload-length"][..]), (from, "3000000"));
        assert_eq!((stands.headers["cache-control"].as_str(), &stands.headers["tus-resumable"][..]), ("no-store", "1.0.0"));
        assert_eq!(stands.headers["upload-metadata"], file.metadata(&file.sha256().to_string()));
        assert_eq!(cs.get(&file.path()).await.expect(404).code(), "not_found", "it is no file before all of it is there");
        assert_eq!(offset(&send(&cs, &at, from, &file.bytes[from..to]).await.expect(204)), to);
    }
    assert_eq!(offset(&look(&cs, &at).await.expect(200)), 3_000_000);
    assert_eq!(pieces(&app).await, 0, "the pieces have become a file");

    let read = cs.get(&file.path()).await.expect(200);
    assert_eq!(read.text, String::from_utf8_lossy(&file.bytes));
    let told = |name: &str| read.headers[name].as_str();
    assert_eq!((told("content-type"), told("content-length"), told("x-content-type-options")), ("application/pdf", "3000000", "nosniff"));
    assert_eq!(
        told("content-disposition"),
        "attachment; filename=\"Brief _ caf_.pdf\"; filename*=UTF-8''Brief%20%E2%80%93%20caf%C3%A9.pdf"
    );
    assert_eq!((told("etag"), told("accept-ranges")), (format!("\"{}\"", file.sha256()).as_str(), "bytes"));
    assert!(told("content-security-policy").contains("sandbox") && told("cache-control") == "private, no-cache");
}

#[tokio::test]
async fn a_file_is_a_record_and_stands_in_the_audit() {
    let app = TestApp::new().await;
    let (admin, cs, file) = (app.staff(Role::Admin, "a@x.id").await, app.staff(Role::Cs, "b@x.id").await, File::new("logo.png", png(900)));
    let head = cs.head().await;
    let _ = put(&cs, &file).await.expect(204);
    let id = FileId::named(cs.user["id"].as_str().unwrap().parse().unwrap(), &file.sha256());
    let stored = app.store.read().await.unwrap().records(&[RecordRef::new(domain::record::Kind::File, id)]).await.unwrap();
    let record = domain::records::File::of(&stored[0].held.record).unwrap();
    assert_eq!((record.size, record.name.as_str(), &record.policy), (900, "logo.png", &FilePolicy::Design));
    let audit = admin.get(&format!("/v1/audit?act=file.put&actor={}", cs.user["id"].as_str().unwrap())).await.expect(200).json();
    assert_eq!(audit["items"].as_array().unwrap().len(), 1, "{audit}");
    let (lines, _) = cs.follow(&head).await;
    assert!(lines.iter().all(|line| line.get("put").is_none()), "nobody's feed holds it: {lines:?}");
    assert_eq!(
        cs.give(
            "file.put",
            json!({"id": id, "sha256": file.sha256(), "size": 1, "media_type": "image/png", "name": "x.png", "policy": "design"})
        )
        .await["code"],
        "not_allowed"
    );
}

#[tokio::test]
async fn parts_of_a_file_are_read_and_what_is_there_is_not_sent_again() {
    let app = TestApp::new().await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(1_000));
    let _ = put(&cs, &file).await.expect(204);
    let tag = format!("\"{}\"", file.sha256());
    let asked = async |headers: &[(&'static str, &str)]| {
        let request = headers.iter().fold(cs.request(Method::GET, &file.path()), |request, (name, value)| request.header(*name, *value));
        cs.send(request.body(Body::empty()).unwrap()).await
    };
    for (range, of, part) in [
        ("bytes=0-7", "bytes 0-7/1000", 0..8),
        ("bytes=995-", "bytes 995-999/1000", 995..1_000),
        ("bytes=-5", "bytes 995-999/1000", 995..1_000),
    ] {
        let answer = asked(&[("range", range), ("accept-encoding", "gzip")]).await.expect(206);
        assert_eq!((answer.headers["content-range"].as_str(), answer.text.as_bytes()), (of, &file.bytes[part]));
    }
    assert_eq!(asked(&[("range", "bytes=0-7"), ("if-range", &tag)]).await.status, 206);
    assert_eq!(asked(&[("range", "bytes=0-7"), ("if-range", "\"x\"")]).await.expect(200).headers["content-length"], "1000");
    let beyond = asked(&[("range", "bytes=1000-")]).await.expect(416);
    assert_eq!((beyond.code().as_str(), beyond.headers["content-range"].as_str()), ("range_not_satisfiable", "bytes */1000"));
    for known in [tag.as_str(), "\"x\", W/\"y\"", "*"] {
        let answer = asked(&[("if-none-match", known)]).await;
        assert_eq!(answer.status, if known.contains('x') { 200 } else { 304 }, "{known}");
    }
    let whole = asked(&[("accept-encoding", "gzip, zstd")]).await.expect(200);
    assert!(!whole.headers.contains_key("content-encoding") && whole.headers["content-length"] == "1000", "{whole:?}");
    let head = cs.send(cs.request(Method::HEAD, &file.path()).body(Body::empty()).unwrap()).await.expect(200);
    assert_eq!((head.headers["etag"].as_str(), head.text.as_str()), (tag.as_str(), ""));
}

#[tokio::test]
async fn two_people_have_the_same_bytes_and_neither_knows_of_the_other() {
    let app = TestApp::new().await;
    let (one, two) = (app.staff(Role::Admin, "a@x.id").await, app.staff(Role::Cs, "b@x.id").await);
    let (file, other) = (File::pdf(20_000), File { name: "sama.pdf", ..File::pdf(20_000) });
    let _ = put(&one, &file).await.expect(204);
    assert_eq!(two.get(&file.path()).await.expect(404).code(), "not_found");
    let at = begun(&two, &other).await;
    assert_eq!(offset(&look(&two, &at).await), 0, "the bytes are taken although the server has them");
    let _ = send(&two, &at, 0, &other.bytes).await.expect(204);
    assert!(one.get(&file.path()).await.expect(200).headers["content-disposition"].contains("Brief"));
    assert!(two.get(&file.path()).await.expect(200).headers["content-disposition"].contains("sama.pdf"));
}

#[tokio::test]
async fn what_a_person_has_put_there_need_not_come_again() {
    let app = TestApp::new().await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(20_000));
    let _ = put(&cs, &file).await.expect(204);
    let again = begin(&cs, &File { name: "nama baru.pdf", ..file.clone() }).await.expect(201);
    assert_eq!(offset(&again), 20_000);
    let at = &again.headers["location"];
    assert_eq!(offset(&look(&cs, at).await.expect(200)), 20_000);
    assert_eq!(offset(&send(&cs, at, 20_000, b"").await.expect(204)), 20_000, "a client that sends nothing more is content");
    assert_eq!(send(&cs, at, 0, &file.bytes).await.expect(409).code(), "upload_offset");
    assert!(cs.get(&file.path()).await.expect(200).headers["content-disposition"].contains("nama baru.pdf"));
    // As another kind it is no more taken than the first time.
    let lie = begin(&cs, &File { name: "nama.png", ..file.clone() }).await.expect(201);
    assert_eq!(offset(&lie), 0);
    assert_eq!(send(&cs, &lie.headers["location"], 0, &file.bytes).await.expect(422).code(), "magic_mismatch");
}

#[tokio::test]
async fn whoever_cannot_say_patch_says_post() {
    let app = TestApp::new().await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(2_000));
    let (at, other) = (begun(&cs, &file).await, begun(&cs, &file).await);
    let said = |at: &str, method: &str| {
        let request = asks(&cs, Method::POST, at).header("content-type", super::tus::CHUNK).header(super::tus::OFFSET, 0);
        request.header("x-http-method-override", method).body(Body::from(file.bytes.clone())).unwrap()
    };
    assert_eq!(cs.send(said(&at, "PUT")).await.expect(405).code(), "method_not_allowed");
    assert_eq!(offset(&cs.send(said(&at, "PATCH")).await.expect(204)), 2_000);
    assert_eq!(cs.send(said(&other, "DELETE")).await.status, 204);
    assert_eq!(look(&cs, &other).await.status, 404);
    let _ = cs.get(&file.path()).await.expect(200);
    let wrong = chunk(&cs, &at, 0).header("x-http-method-override", "DELETE").body(Body::empty()).unwrap();
    assert_eq!(cs.send(wrong).await.expect(409).code(), "upload_offset", "only POST stands for others");
}
