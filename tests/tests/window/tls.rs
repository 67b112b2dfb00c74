//! The whole of it over TLS, as the server itself speaks it: the main job, and a certificate that nobody trusts.

use e2e::{desktop::Parts, folder::TempFolder};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::{ClientConfig, RootCertStore, pki_types::ServerName};
use std::{fs, path::PathBuf, sync::Arc};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;

use crate::world::{World, open};

/// Who signs certificates.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("an authority"))
    }
    /// What those who trust it have, as PEM.
    fn pem(&self) -> String {
        self.0.pem()
    }
    /// Writes a certificate for this machine, and its key, where a server looks for them.
    fn certify(&self, files: &Files) {
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new(["127.0.0.1".to_owned()]).expect("a name");
        fs::write(&files.certificate, params.signed_by(&key, &self.0).expect("a certificate").pem()).expect("written");
        fs::write(&files.key, key.serialize_pem()).expect("written");
    }
}

/// The files of a server's certificate and of those whom a desk trusts.
struct Files {
    certificate: PathBuf,
    key: PathBuf,
    trusted: PathBuf,
    _folder: TempFolder,
}

impl Files {
    fn new() -> Self {
        let folder = TempFolder::new("tls");
        let at = |name: &str| folder.path().join(name);
        Self { certificate: at("server.pem"), key: at("server.key"), trusted: at("trusted.pem"), _folder: folder }
    }
    /// A server with this certificate, and a desktop that trusts who signed it.
    fn world(&self, signed_by: &Authority, trusted: &Authority) -> World {
        signed_by.certify(self);
        fs::write(&self.trusted, trusted.pem()).expect("written");
        let (certificate, key) = (self.certificate.display().to_string(), self.key.display().to_string());
        let mut world = World::of(Parts::default(), &["--tls-cert", &certificate, "--tls-key", &key]);
        assert!(world.server.base.starts_with("https://"), "{}", world.server.base);
        world.desktop.trust(&self.trusted);
        world
    }
}

/// Lets clients who know nothing of TLS reach the server: each connection here becomes one to it that trusts this authority. Where it
/// listens.
async fn unwrapped(base: &str, trusted: &Authority) -> String {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.0.der().clone()).expect("an authority");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().expect("versions");
    let connector = TlsConnector::from(Arc::new(config.with_root_certificates(roots).with_no_client_auth()));
    let server = base.trim_start_matches("https://").to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let here = format!("http://{}", listener.local_addr().expect("a port"));
    tokio::spawn(async move {
        while let Ok((mut plain, _)) = listener.accept().await {
            let (connector, server) = (connector.clone(), server.clone());
            tokio::spawn(async move {
                let name = ServerName::try_from("127.0.0.1").expect("a name");
                let mut sealed = connector.connect(name, TcpStream::connect(server).await?).await?;
                tokio::io::copy_bidirectional(&mut plain, &mut sealed).await
            });
        }
    });
    here
}

#[test]
fn over_tls_the_main_job_is_the_same_and_a_server_that_is_another_is_not_obeyed() {
    let (files, ours, theirs) = (Files::new(), Authority::new(), Authority::new());
    let mut world = files.world(&ours, &ours);
    let window = world.desk();
    // Clients reach the server by way of somebody who speaks TLS for them.
    let plain = world.run(unwrapped(&world.server.base, &ours));
    let sealed = std::mem::replace(&mut world.server.base, plain);
    let client = world.client("Made Ayu Lestari");
    let request = world.ask(&client, "Lewat jalur tersandi");
    world.server.base = sealed;
    let _ = world.desktop.toast("Made Ayu Lestari");

    // Somebody stands between, with a certificate that nobody here trusts.
    world.server.kill();
    theirs.certify(&files);
    world.server_back();
    open(&window, "Lewat jalur tersandi");
    window.keys(&["a", "Ctrl+r", "g", "q"]).expect("accepted, sent at once, and Antrean kirim");
    window.wait_text("Sertifikat server tidak dipercaya komputer ini.").expect("the desk says why nothing moves");
    window.until("document.querySelectorAll('[role=option]').length === 1").expect("the command waits");

    world.server.kill();
    ours.certify(&files);
    world.server_back();
    window.keys(&["Ctrl+r"]).expect("once more");
    world.until_seen(&client, &request, "accepted");
    world.server.run(&["audit", "verify"], "");
}

#[test]
fn a_server_that_nobody_vouches_for_gets_no_password() {
    let (files, ours, theirs) = (Files::new(), Authority::new(), Authority::new());
    let world = files.world(&theirs, &ours);
    let window = world.window();
    window.fill("server", &world.server.base).expect("the server");
    window.keys(&["Enter"]).expect("checked");
    window.wait_text("tidak dipercaya komputer ini. Tanyakan kepada admin").expect("a clear diagnosis");
    let field = window.script("return document.getElementById('password')", &[]).expect("an answer");
    assert!(field.is_null(), "nobody is asked for a password: {field}");
}
