//! A bucket of a store that speaks S3, as it is named, and how long it is waited for.

use axum::http::{Uri, uri::Scheme};
use object_store::{
    BackoffConfig, ClientOptions, ObjectStore, RetryConfig,
    aws::{AmazonS3Builder, AmazonS3ConfigKey as Key},
    prefix::PrefixStore,
};
use std::{sync::Arc, time::Duration};

use super::FilesError;

/// How an address is written.
const FORM: &str = "s3://BUCKET/PREFIX?endpoint=URL&region=NAME";

/// How long a bucket is waited for. Whoever is answered 503 comes again by themselves, so one call ends before a desk gives up on its
/// own (30 s): the last try begins before `within`, and takes no longer than `attempt`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// Until a connection stands.
    pub(super) connect: Duration,
    /// Until one request was answered to its last byte: 10 MiB are put away in one, which wants a line of 5 Mbit/s.
    pub(super) attempt: Duration,
    /// How often a request is made again that was not answered, or with 429 or 5xx (`SlowDown`).
    pub(super) retries: usize,
    /// The pause before the first of those; each later one is up to twice as long as the one before.
    pub(super) pause: Duration,
    /// When no more of them begins.
    pub(super) within: Duration,
}

impl Patience {
    /// As a server has it.
    pub(super) const USUAL: Self = Self {
        connect: Duration::from_secs(3),
        attempt: Duration::from_secs(20),
        retries: 4,
        pause: Duration::from_millis(100),
        within: Duration::from_secs(8),
    };

    fn retries(self) -> RetryConfig {
        let backoff = BackoffConfig { init_backoff: self.pause, max_backoff: Duration::from_secs(2), base: 2. };
        RetryConfig { backoff, max_retries: self.retries, retry_timeout: self.within }
    }
}

fn bad(why: &str) -> FilesError {
    FilesError::BadPlace(format!("the address of the files {why}: {FORM}"))
}

/// The bucket of this address. What the address does not say is taken from these variables (`AWS_…`).
pub(super) fn open(
    address: &str,
    variables: impl IntoIterator<Item = (String, String)>,
    patience: Patience,
) -> Result<Arc<dyn ObjectStore>, FilesError> {
    let rest = address.strip_prefix("s3://").ok_or_else(|| bad("does not begin with s3://"))?;
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
    if bucket.is_empty() {
        return Err(bad("names no bucket"));
    }
    if bucket.contains(['@', ':']) {
        return Err(bad("must not hold keys, which stand in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"));
    }
    let mut builder = known(variables).with_bucket_name(bucket);
    for (name, value) in query.split('&').filter(|pair| !pair.is_empty()).filter_map(|pair| pair.split_once('=')) {
        builder = match name {
            // Either variable would be taken for more than what the address says.
            "endpoint" => builder.with_config(Key::Endpoint, value).with_config(Key::S3Endpoint, value),
            "region" => builder.with_region(value),
            _ => return Err(bad(&format!("has an unknown part, {name}"))),
        };
    }
    let endpoint = builder.get_config_value(&Key::S3Endpoint).or_else(|| builder.get_config_value(&Key::Endpoint));
    if let Some(endpoint) = &endpoint {
        check(endpoint)?;
        has_keys(&builder)?;
    }
    let options = ClientOptions::new()
        .with_connect_timeout(patience.connect)
        .with_timeout(patience.attempt)
        .with_allow_http(endpoint.is_some_and(|endpoint| endpoint.starts_with("http://")));
    // Files are taken away one by one: not every store knows how to take many at once, and the rights of it differ.
    let builder = builder.with_disable_bulk_delete(true).with_retry(patience.retries()).with_client_options(options);
    // The client of the store takes whatever cryptography the process has chosen.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let store = builder.build().map_err(|error| bad(&format!("cannot be used ({error})")))?;
    Ok(Arc::new(PrefixStore::new(store, prefix)))
}

/// What the variables say.
fn known(variables: impl IntoIterator<Item = (String, String)>) -> AmazonS3Builder {
    let named = variables.into_iter().filter(|(name, _)| name.starts_with("AWS_"));
    let known = named.filter_map(|(name, value)| Some((name.to_ascii_lowercase().parse::<Key>().ok()?, value)));
    known.fold(AmazonS3Builder::new(), |builder, (key, value)| builder.with_config(key, value))
}

/// Plain HTTP is for the machine itself: whoever listens elsewhere would read every file.
fn check(endpoint: &str) -> Result<(), FilesError> {
    let uri: Uri = endpoint.parse().map_err(|_| bad("has an endpoint that is no URL"))?;
    let (Some(scheme), Some(authority), Some(host)) = (uri.scheme(), uri.authority(), uri.host()) else {
        return Err(bad("has an endpoint that is no URL"));
    };
    if authority.as_str().contains('@') {
        return Err(bad("must not hold keys, which stand in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"));
    }
    let host = host.trim_matches(['[', ']']);
    let is_loopback = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
    match scheme {
        it if *it == Scheme::HTTPS => Ok(()),
        it if *it == Scheme::HTTP && is_loopback => Ok(()),
        it if *it == Scheme::HTTP => Err(bad("leads to another machine by plain HTTP; it must be https://")),
        _ => Err(bad("has an endpoint that is neither https:// nor http://")),
    }
}

/// On Amazon's own machines keys can come from beside; anywhere else whoever has none would ask for them in vain, and for long.
fn has_keys(builder: &AmazonS3Builder) -> Result<(), FilesError> {
    let ways = [Key::AccessKeyId, Key::SecretAccessKey, Key::WebIdentityTokenFile, Key::ContainerCredentialsRelativeUri];
    if ways.iter().any(|way| builder.get_config_value(way).is_some())
        || builder.get_config_value(&Key::SkipSignature).as_deref() == Some("true")
    {
        return Ok(());
    }
    Err(bad("needs keys: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [(&str, &str); 2] = [("AWS_ACCESS_KEY_ID", "kunci-1"), ("AWS_SECRET_ACCESS_KEY", "rahasia-1")];

    fn opened(address: &str, variables: &[(&str, &str)]) -> Result<String, String> {
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let opened = open(address, variables, Patience::USUAL);
        opened.map(|store| format!("{store:?} {store}")).map_err(|error| error.to_string())
    }

    #[test]
    fn a_bucket_is_named_by_its_address() {
        let named = opened("s3://meja/berkas?endpoint=https://minio.example.id:9000&region=ap-southeast-3", &KEYS).unwrap();
        assert!(named.contains("berkas") && named.contains("https://minio.example.id:9000/meja"), "{named}");
        assert!(opened("s3://meja", &[]).is_ok(), "on Amazon's machines keys come from beside");
        for bad in ["https://meja", "s3://", "s3://meja?secret=x", "s3://meja?endpoint=minio.example.id", "s3://meja?endpoint=ftp://x.id"] {
            let why = opened(bad, &KEYS).unwrap_err();
            assert!(why.contains(FORM), "{bad}: {why}");
        }
    }

    #[test]
    fn what_the_address_says_counts_before_the_variables() {
        let more =
            [&KEYS[..], &[("AWS_ENDPOINT_URL_S3", "https://a.id"), ("AWS_ENDPOINT", "https://b.id"), ("AWS_REGION", "x-1")]].concat();
        let named = opened("s3://meja?endpoint=https://c.id&region=y-2", &more).unwrap();
        assert!(named.contains("https://c.id") && !named.contains("a.id") && !named.contains("b.id"), "{named}");
        assert!(opened("s3://meja", &more).unwrap().contains("https://a.id"));
    }

    #[test]
    fn plain_http_is_for_the_machine_itself() {
        for near in
            ["http://127.0.0.1:9000", "http://localhost", "http://[::1]:9000/x", "https://minio.example.id", "https://10.0.0.7:9000"]
        {
            assert!(opened(&format!("s3://meja?endpoint={near}"), &KEYS).is_ok(), "{near}");
        }
        for far in ["http://minio.example.id", "http://127.0.0.1.example.id", "http://10.0.0.7:9000", "HTTP://minio.example.id"] {
            assert!(opened(&format!("s3://meja?endpoint={far}"), &KEYS).is_err(), "{far}");
            let allowed = [&KEYS[..], &[("AWS_ENDPOINT_URL", far), ("AWS_ALLOW_HTTP", "true")]].concat();
            assert!(opened("s3://meja", &allowed).is_err(), "nor by variables: {far}");
        }
        for lie in ["http://127.0.0.1:9000@evil.example.id", "http://localhost@evil.example.id:80", "https://u:p@minio.example.id"] {
            let why = opened(&format!("s3://meja?endpoint={lie}"), &KEYS).unwrap_err();
            assert!(!why.contains("evil") && !why.contains("u:p"), "{why}");
        }
    }

    #[test]
    fn keys_are_wanted_and_never_shown() {
        let address = "s3://meja?endpoint=https://minio.example.id";
        for some in [&[][..], &KEYS[..1], &KEYS[1..]] {
            let why = opened(address, some).unwrap_err();
            assert!(!why.contains("kunci-1") && !why.contains("rahasia-1"), "{why}");
        }
        assert!(opened("s3://kunci-1:rahasia-1@meja/x", &[]).unwrap_err().contains("must not hold keys"));
        assert!(!opened(address, &KEYS).unwrap().contains("rahasia-1"), "not even to whoever looks at everything");
        let variables = KEYS.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let shelf = super::super::Shelf::on(open(address, variables, Patience::USUAL).unwrap());
        assert!(!format!("{shelf:?}").contains("kunci-1"), "{shelf:?}");
    }
}
