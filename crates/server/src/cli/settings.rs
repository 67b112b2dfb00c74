//! What can be set: by flag, by environment (`MEJA_…`), by file; in this order of precedence. Nothing has to be.

use anyhow::{Context, Result, bail};
use clap::Args;
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use ipnet::IpNet;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use server::{accounts::KeyFile, files::Shelf, public_url::PublicUrl};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// What was given on the command line.
#[derive(Clone, Debug, Default, Args, Serialize)]
pub(crate) struct Flags {
    /// The folder of the server's own files: database, uploads, mails.
    #[arg(long, global = true, value_name = "DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<PathBuf>,
    /// Another database than the one in the folder: `postgres://…`, `sqlite:FILE`, or `memory:` (gone when the server ends).
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    database_url: Option<String>,
    /// What is logged, as for `RUST_LOG`; `info` if nothing is said.
    #[arg(long, global = true, value_name = "FILTER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    log: Option<String>,
    /// How it is logged: `text` or `json`.
    #[arg(long, global = true, value_name = "FORMAT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    log_format: Option<LogFormat>,
    /// A file of settings (TOML), with the names of the flags.
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip)]
    config: Option<PathBuf>,
    /// Prints what holds, secrets hidden, and does nothing else.
    #[arg(long, global = true)]
    #[serde(skip)]
    pub(crate) print_config: bool,
    /// What only `serve` takes.
    #[arg(skip)]
    #[serde(flatten)]
    pub(crate) serve: ServeFlags,
}

/// What was given to `serve`.
#[derive(Clone, Debug, Default, Args, Serialize)]
pub(crate) struct ServeFlags {
    /// Where desks and clients are answered.
    #[arg(long, value_name = "ADDRESS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    listen: Option<SocketAddr>,
    /// Where `/metrics` is answered.
    #[arg(long, value_name = "ADDRESS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    ops_listen: Option<SocketAddr>,
    /// The certificate chain (PEM): the server speaks TLS itself.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    #[serde(skip_serializing_if = "Option::is_none")]
    tls_cert: Option<PathBuf>,
    /// Its key (PEM).
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    #[serde(skip_serializing_if = "Option::is_none")]
    tls_key: Option<PathBuf>,
    /// A proxy that speaks TLS before the server, and whose forwarded headers count; may be given more than once.
    #[arg(long, value_name = "NET", value_parser = net)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    trusted_proxy: Vec<IpNet>,
    /// How mail is sent: an SMTP URL, or a folder; `DATA/mail` if nothing is said.
    #[arg(long, value_name = "SMTP-URL|DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    mail: Option<String>,
    /// Where people reach the server (`https://meja.example.id`): mails carry links to it then, and codes alone without it.
    #[arg(long, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    public_url: Option<PublicUrl>,
    /// The key that seals second factors: a file of 32 random bytes, the same for all servers on one database;
    /// `DATA/second-factor.key`, made on first use, if nothing is said.
    #[arg(long, value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    seal_key: Option<PathBuf>,
    /// Where the bytes of files lie: a folder, or a bucket that speaks S3 (`s3://BUCKET/PREFIX?endpoint=URL&region=NAME`, keys from
    /// `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`); `DATA/files` if nothing is said.
    #[arg(long, value_name = "DIR|URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<String>,
    /// From whom mail comes.
    #[arg(long, value_name = "ADDRESS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    mail_from: Option<String>,
}

/// How it is logged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// What holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) data: PathBuf,
    #[serde(default)]
    pub(crate) database_url: Option<String>,
    pub(crate) log: String,
    pub(crate) log_format: LogFormat,
    pub(crate) listen: SocketAddr,
    pub(crate) ops_listen: SocketAddr,
    #[serde(default)]
    pub(crate) tls_cert: Option<PathBuf>,
    #[serde(default)]
    pub(crate) tls_key: Option<PathBuf>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(crate) trusted_proxy: Vec<IpNet>,
    #[serde(default)]
    pub(crate) mail: Option<String>,
    pub(crate) mail_from: String,
    #[serde(default)]
    pub(crate) public_url: Option<PublicUrl>,
    #[serde(default)]
    pub(crate) seal_key: Option<PathBuf>,
    #[serde(default)]
    pub(crate) files: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            data: "meja-data".into(),
            database_url: None,
            log: "info".into(),
            log_format: LogFormat::Text,
            listen: SocketAddr::from(([127, 0, 0, 1], 8787)),
            ops_listen: SocketAddr::from(([127, 0, 0, 1], 8788)),
            tls_cert: None,
            tls_key: None,
            trusted_proxy: Vec::new(),
            mail: None,
            mail_from: "Meja <noreply@localhost>".into(),
            public_url: None,
            seal_key: None,
            files: None,
        }
    }
}

/// The settings that may be named in the environment.
const NAMES: &[&str] = &[
    "data",
    "database_url",
    "log",
    "log_format",
    "listen",
    "ops_listen",
    "tls_cert",
    "tls_key",
    "trusted_proxy",
    "mail",
    "mail_from",
    "public_url",
    "seal_key",
    "files",
];

impl Flags {
    /// Puts flags, environment and file together.
    pub(crate) fn read(&self) -> Result<Settings> {
        let file = self.config.clone().or_else(|| std::env::var_os("MEJA_CONFIG").map(PathBuf::from));
        let mut all = Figment::from(Serialized::defaults(Settings::default()));
        if let Some(file) = file {
            if !file.exists() {
                bail!("{}: there is no such file of settings", file.display());
            }
            all = all.merge(Toml::file_exact(file));
        }
        let environment = all.merge(Env::raw().only(&["DATABASE_URL"])).merge(Env::prefixed("MEJA_").only(NAMES));
        environment.merge(Serialized::defaults(self)).extract().context("the settings cannot be read")
    }
}

impl Settings {
    /// The folder of files; nothing where they lie in a bucket.
    pub(crate) fn files_folder(&self) -> Option<PathBuf> {
        match &self.files {
            Some(named) if named.contains("://") => None,
            Some(named) => Some(named.into()),
            None => Some(self.data.join("files")),
        }
    }
    /// Where files lie. A folder is made.
    pub(crate) fn shelf(&self) -> Result<Shelf> {
        let shelf = match self.files_folder() {
            Some(folder) => {
                make_private(&folder)?;
                Shelf::folder(&folder)
            }
            None => Shelf::bucket(self.files.as_deref().unwrap_or_default()),
        };
        shelf.context("files cannot be kept")
    }
    /// The key that seals second factors: beside the database and the files, and in no backup.
    pub(crate) fn seal_key(&self) -> KeyFile {
        match &self.seal_key {
            Some(named) => KeyFile::named(named.clone()),
            None => KeyFile::own(self.data.join("second-factor.key")),
        }
    }
    /// The settings as lines of a settings file, with what is secret hidden.
    pub(crate) fn printed(&self) -> String {
        let hide = |given: &Option<String>| given.as_deref().map(hide);
        let hidden = Self { database_url: hide(&self.database_url), mail: hide(&self.mail), files: hide(&self.files), ..self.clone() };
        let fields = serde_json::to_value(&hidden).unwrap_or_default();
        let lines = fields.as_object().into_iter().flatten().filter(|(_, value)| !matches!(value, Value::Null));
        lines.map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join("\n")
    }
    /// The URL of the database.
    pub(crate) fn database(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| format!("sqlite:{}", self.database_file().display()))
    }
    /// The database in the folder.
    pub(crate) fn database_file(&self) -> PathBuf {
        self.data.join("meja.db")
    }
    /// Plain HTTP is for loopback only: elsewhere the server speaks TLS, or stands behind a named proxy.
    pub(crate) fn check_listeners(&self) -> Result<()> {
        let safe = self.tls_cert.is_some() || !self.trusted_proxy.is_empty();
        for address in [self.listen, self.ops_listen] {
            if !address.ip().is_loopback() && !safe {
                bail!(
                    "{address} can be reached from other machines, and plain HTTP is for this machine alone. \
                     Give --tls-cert and --tls-key, or name the proxy that speaks TLS with --trusted-proxy, \
                     or listen on 127.0.0.1."
                );
            }
        }
        Ok(())
    }
    /// Makes the folder, for its owner alone.
    pub(crate) fn make_folder(&self) -> Result<()> {
        make_private(&self.data)
    }
}

/// Makes a folder that nobody else may read.
pub(crate) fn make_private(folder: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).with_context(|| format!("{}: the folder cannot be made", folder.display()))
}

/// Hides what is secret in a URL: the password before its host, with whatever signs somebody left in it, and those of its query.
fn hide(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let named = rest.rsplit_once('@').and_then(|(user, host)| user.split_once(':').map(|(name, _)| format!("{name}:***@{host}")));
    format!("{scheme}://{}", hide_query(&named.unwrap_or_else(|| rest.to_owned())))
}

/// `?password=…` opens a database as well.
fn hide_query(address: &str) -> String {
    let Some((address, query)) = address.split_once('?') else { return address.to_owned() };
    let shown = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if name.to_ascii_lowercase().contains("pass") => format!("{name}=***"),
        _ => pair.to_owned(),
    });
    format!("{address}?{}", shown.collect::<Vec<_>>().join("&"))
}

/// A list, or one text with commas.
fn one_or_many<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<IpNet>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given {
        One(String),
        Many(Vec<String>),
    }
    let texts = match Given::deserialize(d)? {
        Given::One(text) => text.split(',').map(str::to_owned).collect(),
        Given::Many(texts) => texts,
    };
    let given = texts.iter().filter(|text| !text.trim().is_empty());
    given.map(|text| net(text).map_err(serde::de::Error::custom)).collect()
}

/// A network, or a single address.
fn net(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    let alone = || text.parse::<std::net::IpAddr>().map(IpNet::from);
    text.parse().or_else(|_| alone()).map_err(|_| format!("{text} is no network"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use hostile::{bytes_near, text_near};
    use proptest::prelude::*;

    const FILE: &str = "listen = \"127.0.0.1:8787\"\nlog_format = \"json\"\ntrusted_proxy = [\"10.0.0.0/8\", \"::1\"]\ndatabase_url = \"postgres://db/meja\"\n";

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        /// However a password is written into a URL, it is not printed.
        #[test]
        fn no_password_is_printed(secret in text_near(&["geheim-geheim", "geh:eim/geh?e&im#@geheim"])) {
            for url in [format!("postgres://meja:{secret}@db:5432/meja"), format!("postgres://db/meja?user=meja&password={}", secret.replace('&', ""))] {
                let hidden = hide(&url);
                let first: String = secret.chars().take(4).collect();
                prop_assert!(first.chars().count() < 4 || !hidden.contains(&first), "{hidden}");
            }
        }
        /// A file of settings of any bytes is read or refused, and what is read keeps to its rules.
        #[test]
        fn no_file_of_settings_is_too_strange(bytes in bytes_near(vec![FILE.as_bytes().to_vec()])) {
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), &bytes).unwrap();
            let flags = Flags { config: Some(file.path().to_owned()), ..Flags::default() };
            if let Ok(settings) = flags.read() {
                prop_assert!(settings.printed().contains("log = "));
            }
        }
    }

    #[test]
    fn passwords_are_hidden() {
        assert_eq!(hide("postgres://meja:geheim@db/meja?x=1"), "postgres://meja:***@db/meja?x=1");
        assert_eq!(hide("smtps://u@x.id:p@ss@mail.x.id:465"), "smtps://u@x.id:***@mail.x.id:465");
        assert_eq!(hide("postgres://db/meja"), "postgres://db/meja");
        assert_eq!(hide("postgres://db/meja?user=m&password=geheim"), "postgres://db/meja?user=m&password=***");
        assert_eq!(hide("postgres://m:ge/he?im@db/meja"), "postgres://m:***@db/meja");
        assert_eq!(hide("/var/mail"), "/var/mail");
        let settings = Settings { database_url: Some("postgres://meja:geheim@db/meja".into()), ..Settings::default() };
        assert!(!settings.printed().contains("geheim") && settings.printed().contains("listen = \"127.0.0.1:8787\""));
        let bucket = "s3://meja/berkas?endpoint=https://minio.example.id:9000&region=x-1";
        assert_eq!(hide(bucket), bucket);
        let settings = Settings { files: Some("s3://kunci:geheim@meja/berkas".into()), ..Settings::default() };
        assert!(!settings.printed().contains("geheim"), "{}", settings.printed());
    }

    #[test]
    fn plain_http_is_for_loopback_only() {
        let open = Settings { listen: "0.0.0.0:80".parse().unwrap(), ..Settings::default() };
        let why = open.check_listeners().unwrap_err().to_string();
        assert!(why.contains("--tls-cert") && why.contains("--trusted-proxy"), "{why}");
        assert!(Settings { tls_cert: Some("x".into()), ..open.clone() }.check_listeners().is_ok());
        assert!(Settings { trusted_proxy: vec!["10.0.0.0/8".parse().unwrap()], ..open }.check_listeners().is_ok());
        assert!(Settings::default().check_listeners().is_ok());
        assert!(Settings { ops_listen: "0.0.0.0:81".parse().unwrap(), ..Settings::default() }.check_listeners().is_err());
    }

    #[test]
    fn flags_come_before_everything() {
        let flags = Flags {
            data: Some("/tmp/x".into()),
            serve: ServeFlags { trusted_proxy: vec!["10.0.0.0/8".parse().unwrap()], ..ServeFlags::default() },
            ..Flags::default()
        };
        let settings = flags.read().unwrap();
        assert_eq!((settings.data, settings.trusted_proxy.len()), (PathBuf::from("/tmp/x"), 1));
    }
}
