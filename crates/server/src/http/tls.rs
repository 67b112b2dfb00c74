//! TLS of our own.

use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// Why TLS cannot be spoken.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read, or holds something else.
    #[error("{path} cannot be read as PEM: {why}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// Key and certificate do not go together.
    #[error("the certificate cannot be used: {0}")]
    Rustls(#[from] rustls::Error),
}

/// Reads a certificate chain and its key.
///
/// # Errors
/// [`TlsError`].
pub fn tls_config(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, TlsError> {
    let bad = |path: &Path| {
        let path = path.to_owned();
        move |error: rustls::pki_types::pem::Error| TlsError::File { path: path.clone(), why: error.to_string() }
    };
    let chain =
        CertificateDer::pem_file_iter(certificate).map_err(bad(certificate))?.collect::<Result<Vec<_>, _>>().map_err(bad(certificate))?;
    let key = PrivateKeyDer::from_pem_file(key).map_err(bad(key))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{http::Listening, routes, testing::TestApp};
    use rustls::{ClientConfig, RootCertStore};
    use std::{net::SocketAddr, process::Command};
    use tokio::{
        io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
        net::TcpStream,
    };
    use tokio_rustls::TlsConnector;

    /// A certificate for this machine, and its key, of the moment.
    fn made(folder: &Path) -> (PathBuf, PathBuf) {
        let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
        let mut openssl = Command::new("openssl");
        openssl.args(["req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "2", "-subj", "/CN=localhost"]);
        openssl.args(["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE", "-keyout"]);
        let made = openssl.arg(&key).arg("-out").arg(&certificate).output().expect("openssl");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        (certificate, key)
    }

    async fn asked(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> String {
        let mut answer = Vec::new();
        stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await.unwrap();
        // Whoever speaks no TLS may be cut off in the middle.
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    async fn over_tls(address: SocketAddr, certificate: &Path) -> String {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(certificate).unwrap()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let trusting = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let client = trusting.with_root_certificates(roots).with_no_client_auth();
        let stream = TcpStream::connect(address).await.unwrap();
        let stream = TlsConnector::from(Arc::new(client)).connect("localhost".try_into().unwrap(), stream).await.unwrap();
        asked(stream).await
    }

    #[tokio::test]
    async fn a_server_with_a_certificate_speaks_tls_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let (certificate, key) = made(folder.path());
        let app = TestApp::new().await;
        let listening = Listening::on(([127, 0, 0, 1], 0).into(), Some(tls_config(&certificate, &key).unwrap())).await.unwrap();
        let running = listening.serve(routes::public(&app.app)).unwrap();
        let answer = over_tls(running.address, &certificate).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("strict-transport-security: max-age="), "{answer}");
        let plain = asked(TcpStream::connect(running.address).await.unwrap()).await;
        assert!(!plain.contains("HTTP/1.1 200"), "{plain}");
        running.stop().await;
    }

    #[test]
    fn what_is_no_certificate_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let (certificate, key) = made(folder.path());
        let (_, other) = made(&{
            let second = folder.path().join("second");
            std::fs::create_dir(&second).unwrap();
            second
        });
        assert!(matches!(tls_config(&certificate, &other), Err(TlsError::Rustls(_))), "another's key");
        for (chain, key) in [(&certificate, &certificate), (&folder.path().join("missing"), &key)] {
            let why = tls_config(chain, key).unwrap_err().to_string();
            assert!(why.contains("cannot be read as PEM"), "{why}");
        }
    }
}
