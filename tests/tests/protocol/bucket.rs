//! Servers whose files lie in a bucket: what they say when it is away, when it knows them not, and over TLS.

use e2e::{
    binary, bucket,
    folder::TempFolder,
    proxy::{Proxy, Weather},
    server::{Database, Server},
};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use reqwest::Method;
use rustls::{
    ServerConfig,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};
use std::{process::Stdio, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    process::Command,
};
use tokio_rustls::TlsAcceptor;

use crate::{
    client::{Answer, Peer, send},
    uploads::{asks, begin, document, hash, patch, put},
};

async fn on(address: &str, flags: &[&str], env: &[(&str, &str)]) -> Server {
    Server::start_where(Database::chosen(), &[&["--files", address], flags].concat(), env).await
}

/// What is said while the files cannot be reached: that it is our trouble, and when to come again.
fn away(answer: Answer) {
    assert_eq!(answer.code(), "files_unavailable");
    let wait: u64 = answer.headers["retry-after"].parse().unwrap();
    assert!((1..=60).contains(&wait) && answer.status == 503);
}

#[tokio::test]
async fn while_the_bucket_is_away_nothing_is_lost_and_everything_goes_on_afterwards() {
    let store = bucket::endpoint();
    let proxy = Proxy::start(std::slice::from_ref(&store), Weather::FINE).await;
    let mut server = on(&bucket::place_by(&proxy.base), &["--log", "trace"], &[]).await;
    let (cs, old, new) = (Peer::staff(&server, "cs", "b@x.id").await, document(2_500_000), document(3_000_000));
    let old_file = format!("/v1/files/{}", put(&cs, "lama.pdf", &old).await);
    let at = begin(&cs, "baru.pdf", &new, "design").await.expect(201).headers["location"].clone();
    let _ = patch(&cs, &at, 0, &new[..1_700_000]).await.expect(204);
    let _ = cs.get("/readyz").await.expect(200);

    proxy.lead(&[]);
    proxy.cut();
    assert_eq!(cs.get("/readyz").await.expect(503).code(), "unavailable");
    let _ = cs.get("/healthz").await.expect(200);
    away(patch(&cs, &at, 1_700_000, &new[1_700_000..]).await);
    away(cs.get(&old_file).await);
    let stands = send(asks(&cs, Method::HEAD, &at)).await.expect(200);
    assert_eq!(stands.headers["upload-offset"], "1700000", "what had arrived is not lost, and nothing of the rest counts");
    assert_eq!(begin(&cs, "lain.pdf", &document(9_000), "design").await.status, 201, "what wants no files goes on");
    let refused = asks(&cs, Method::GET, &old_file).header("If-None-Match", format!("\"{}\"", hash(&old)));
    assert_eq!(send(refused).await.status, 304, "whoever has it hears that it is the same");

    proxy.lead(std::slice::from_ref(&store));
    let _ = cs.get("/readyz").await.expect(200);
    assert_eq!(patch(&cs, &at, 1_700_000, &new[1_700_000..]).await.expect(204).headers["upload-offset"], "3000000");
    for (file, bytes) in [(old_file, &old), (format!("/v1/files/{}", hash(&new)), &new)] {
        assert!(cs.get(&file).await.expect(200).text.as_bytes() == bytes);
    }
    server.terminate();
    assert_eq!(server.exit_code().await, 0);
    let log = server.read_log();
    assert!(log.contains("the files are in trouble") && log.contains("not ready"), "whoever runs it reads why");
    for (name, key) in bucket::keys() {
        assert!(!log.contains(&key), "{name} stands in the log");
    }
}

/// The last piece lies there, and what is made of all of them does not: whoever asks again has the file.
#[tokio::test]
async fn a_file_that_could_not_be_put_away_is_made_by_whoever_asks_again() {
    let store = bucket::endpoint();
    // So slow that what is under way still is when it is cut.
    let weather = Weather { bytes_per_s: Some(4_000_000), ..Weather::FINE };
    let proxy = Proxy::start(std::slice::from_ref(&store), weather).await;
    let server = on(&bucket::place_by(&proxy.base), &[], &[]).await;
    let (cs, bytes) = (Peer::staff(&server, "cs", "b@x.id").await, document(1_000_000));
    let at = begin(&cs, "a.pdf", &bytes, "design").await.expect(201).headers["location"].clone();
    let (before, _) = proxy.bytes();
    let sending = patch(&cs, &at, 0, &bytes);
    let cutting = async {
        // The piece has come through, and the file itself is under way.
        proxy.carried(before + 1_300_000).await;
        proxy.lead(&[]);
        proxy.cut();
    };
    let (sent, ()) = tokio::join!(sending, cutting);
    away(sent);
    let _ = cs.get(&format!("/v1/files/{}", hash(&bytes))).await.expect(404);
    proxy.lead(std::slice::from_ref(&store));
    let stands = send(asks(&cs, Method::HEAD, &at)).await.expect(200);
    assert_eq!(stands.headers["upload-offset"], "1000000");
    assert!(cs.get(&format!("/v1/files/{}", hash(&bytes))).await.expect(200).text.as_bytes() == bytes);
}

#[tokio::test]
async fn wrong_keys_are_told_to_whoever_runs_it_and_to_nobody_else() {
    let wrong = [("AWS_ACCESS_KEY_ID", "AKIASALAHSALAHSALAHX"), ("AWS_SECRET_ACCESS_KEY", "kunci-yang-salah")];
    let server = on(&bucket::place_by(&bucket::endpoint()), &[], &wrong).await;
    let cs = Peer::staff(&server, "cs", "b@x.id").await;
    let told = cs.get("/readyz").await.expect(503);
    assert_eq!(told.code(), "unavailable");
    let bytes = document(9_000);
    let at = begin(&cs, "a.pdf", &bytes, "design").await.expect(201).headers["location"].clone();
    let refused = patch(&cs, &at, 0, &bytes).await;
    assert!(!refused.text.contains("InvalidAccessKeyId"), "{}", refused.text);
    away(refused);
    let log = server.read_log();
    assert!(log.contains("InvalidAccessKeyId"), "{log}");
    for (_, key) in wrong {
        assert!(!log.contains(key), "a key stands in the log");
    }
}

#[tokio::test]
async fn what_can_be_no_place_for_files_is_refused_at_the_start() {
    let folder = TempFolder::new("refused");
    for (address, says) in [
        ("s3://meja?endpoint=http://minio.example.id", "https://"),
        ("s3://kunci:rahasia@meja", "must not hold keys"),
        ("s3://meja?secret=rahasia", "unknown part"),
        ("s3://", "names no bucket"),
    ] {
        let mut server = Command::new(binary("meja-server"));
        server.args(["serve", "--listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0", "--files", address, "--data"]).arg(folder.path());
        server.envs(bucket::keys()).stdin(Stdio::null()).kill_on_drop(true);
        let ended = tokio::time::timeout(Duration::from_secs(30), server.output()).await.expect("it must not start").unwrap();
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(!ended.status.success() && said.contains(says) && !said.contains("rahasia"), "{address}: {said}");
    }
}

/// A line of TLS before the store, with a certificate of this authority; where it listens.
async fn sealed(store: &str, authority: &CertifiedIssuer<'static, KeyPair>) -> String {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(["localhost".to_owned()]).unwrap().signed_by(&key, authority).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let acceptor = TlsAcceptor::from(Arc::new(config.with_single_cert(vec![certificate.der().clone()], key).unwrap()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, store) = (listener.local_addr().unwrap().port(), store.trim_start_matches("http://").to_owned());
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            let (acceptor, store) = (acceptor.clone(), store.clone());
            tokio::spawn(async move {
                let (mut near, mut far) = (acceptor.accept(near).await?, TcpStream::connect(store).await?);
                tokio::io::copy_bidirectional(&mut near, &mut far).await
            });
        }
    });
    format!("https://localhost:{port}")
}

#[tokio::test]
async fn over_tls_only_a_store_that_this_computer_trusts_is_given_anything() {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let (folder, store) = (TempFolder::new("tls"), sealed(&bucket::endpoint(), &authority).await);
    let trusted = folder.path().join("trusted.pem");
    std::fs::write(&trusted, authority.pem()).unwrap();
    let address = bucket::place_by(&store);
    let server = on(&address, &[], &[("SSL_CERT_FILE", trusted.to_str().unwrap())]).await;
    let (cs, bytes) = (Peer::staff(&server, "cs", "b@x.id").await, document(1_200_000));
    let _ = cs.get("/readyz").await.expect(200);
    let file = format!("/v1/files/{}", put(&cs, "a.pdf", &bytes).await);
    assert!(cs.get(&file).await.expect(200).text.as_bytes() == bytes);

    let doubtful = on(&address, &[], &[]).await;
    let cs = Peer::staff(&doubtful, "cs", "b@x.id").await;
    let _ = cs.get("/readyz").await.expect(503);
    assert!(doubtful.read_log().contains("certificate"), "{}", doubtful.read_log());
}
