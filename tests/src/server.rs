//! A server process of one's own, with a folder of its own, and the command line beside it.

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use crate::{binary, bucket, folder::TempFolder, postgres};

/// Where the records are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// In the server's own folder.
    Sqlite,
    /// In a PostgreSQL database of this URL.
    Postgres(String),
}

impl Database {
    /// A new, empty one: SQLite, or PostgreSQL if `MEJA_TEST_DATABASE` says `postgres`.
    #[must_use]
    pub fn chosen() -> Self {
        match std::env::var("MEJA_TEST_DATABASE").as_deref() {
            Ok("postgres") => Self::Postgres(postgres::new_database()),
            _ => Self::Sqlite,
        }
    }
}

/// A running server, stopped when it is dropped.
#[derive(Debug)]
pub struct Server {
    /// Where it listens: `http://127.0.0.1:PORT`.
    pub base: String,
    /// Where it answers operations.
    pub ops: String,
    folder: TempFolder,
    database: Database,
    child: Option<Child>,
    extra: Vec<String>,
    env: Vec<(String, String)>,
}

impl Server {
    /// Starts a server on an empty database ([`Database::chosen`]).
    ///
    /// # Panics
    /// When the program cannot be started or does not become ready.
    pub async fn start() -> Self {
        Self::start_with(Database::chosen(), &[]).await
    }
    /// Starts a server on this database, with more flags.
    ///
    /// # Panics
    /// As [`Self::start`].
    pub async fn start_with(database: Database, flags: &[&str]) -> Self {
        Self::start_where(database, flags, &[]).await
    }
    /// The same where more variables are set.
    ///
    /// # Panics
    /// As [`Self::start`].
    pub async fn start_where(database: Database, flags: &[&str], env: &[(&str, &str)]) -> Self {
        Self::begin(TempFolder::new("server"), database, flags, env).await
    }
    /// The same in a folder that may have records already.
    ///
    /// # Panics
    /// As [`Self::start`].
    pub async fn start_in(folder: TempFolder, database: Database, flags: &[&str]) -> Self {
        Self::begin(folder, database, flags, &[]).await
    }
    async fn begin(folder: TempFolder, database: Database, flags: &[&str], env: &[(&str, &str)]) -> Self {
        // Beside the server's own client in one build, that of the tests asks for cryptography too. Whoever came first has said which.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut extra: Vec<String> = flags.iter().map(|f| (*f).to_owned()).collect();
        if !flags.contains(&"--files") {
            extra.extend(bucket::chosen().into_iter().flat_map(|address| ["--files".to_owned(), address]));
        }
        let keys = extra.iter().any(|flag| flag.starts_with("s3://")).then(bucket::keys).into_iter().flatten();
        let env = keys.chain(env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))).collect();
        let mut server = Self { base: String::new(), ops: String::new(), folder, database, child: None, extra, env };
        server.restart().await;
        server
    }
    /// Starts it again on what is there; on the port it had, so that desks find it.
    ///
    /// # Panics
    /// As [`Self::start`].
    pub async fn restart(&mut self) {
        let port = |address: &str| address.rsplit(':').next().filter(|p| !p.is_empty()).unwrap_or("0").to_owned();
        let (listen, ops) = (format!("127.0.0.1:{}", port(&self.base)), format!("127.0.0.1:{}", port(&self.ops)));
        let mut command = Command::new(binary("meja-server"));
        command.arg("serve").args(["--listen", &listen, "--ops-listen", &ops]).args(self.place()).args(&self.extra);
        command.envs(self.env.iter().cloned());
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(self.log()).spawn().expect("meja-server cannot be started");
        let stdout = child.stdout.take().expect("stdout is piped");
        let ready = tokio::task::spawn_blocking(move || {
            let mut lines = BufReader::new(stdout).lines();
            let found = lines.by_ref().map_while(Result::ok).find(|line| line.contains("http"));
            // The rest is read away, so that the server never waits for us.
            std::thread::spawn(move || lines.for_each(drop));
            found
        });
        let line = tokio::time::timeout(Duration::from_secs(60), ready).await.expect("not ready within a minute").ok().flatten();
        let line = line.unwrap_or_else(|| panic!("meja-server ended at once: {}", self.read_log()));
        let mut addresses = line.split(|c: char| c.is_whitespace() || c == ',').filter(|w| w.starts_with("http"));
        self.base = addresses.next().expect("the address").trim_end_matches('/').to_owned();
        self.ops = addresses.next().expect("the operations' address").trim_end_matches('/').to_owned();
        self.child = Some(child);
    }
    fn place(&self) -> Vec<String> {
        let mut place = vec!["--data".to_owned(), self.folder().display().to_string()];
        if let Database::Postgres(url) = &self.database {
            place.extend(["--database-url".to_owned(), url.clone()]);
        }
        place
    }
    fn log(&self) -> Stdio {
        let path = self.folder().join("server.log");
        std::fs::OpenOptions::new().create(true).append(true).open(path).map_or_else(|_| Stdio::null(), Stdio::from)
    }
    /// Everything it has logged.
    #[must_use]
    pub fn read_log(&self) -> String {
        std::fs::read_to_string(self.folder().join("server.log")).unwrap_or_default()
    }
    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
    /// Its process.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }
    /// Whether its records are in PostgreSQL.
    #[must_use]
    pub const fn is_postgres(&self) -> bool {
        matches!(self.database, Database::Postgres(_))
    }
    /// Changes what was written, behind the server's back: wherever the one text stands the other will stand, which must be as
    /// long. The server must not run.
    ///
    /// # Panics
    /// When the text stands nowhere.
    pub fn forge(&self, what: &str, into: &str) {
        assert_eq!(what.len(), into.len(), "the file's form must stay");
        if let Database::Postgres(url) = &self.database {
            return postgres::forge(url, what, into);
        }
        let path = self.folder().join("meja.db");
        let mut bytes = std::fs::read(&path).expect("the database");
        let places: Vec<usize> = bytes.windows(what.len()).enumerate().filter(|(_, w)| *w == what.as_bytes()).map(|(at, _)| at).collect();
        assert!(!places.is_empty(), "{what} stands nowhere");
        places.into_iter().for_each(|at| bytes[at..at + into.len()].copy_from_slice(into.as_bytes()));
        std::fs::write(&path, bytes).expect("the database");
    }
    /// A copy of its PostgreSQL database as it is now; the server may go on.
    ///
    /// # Panics
    /// When the server is not on PostgreSQL.
    #[must_use]
    pub fn copy_database(&self) -> String {
        let Database::Postgres(url) = &self.database else { panic!("only a PostgreSQL database can be copied so") };
        postgres::copy(url)
    }
    /// Uses another database from the next start on.
    pub fn use_database(&mut self, url: &str) {
        self.database = Database::Postgres(url.to_owned());
    }
    /// Runs another command of the server's program on the same data, and gives back what it printed.
    ///
    /// # Panics
    /// When it fails.
    pub fn run(&self, args: &[&str], stdin: &str) -> String {
        self.try_run(args, stdin).unwrap_or_else(|said| panic!("meja-server {args:?}: {said}"))
    }
    /// The same where it may fail.
    ///
    /// # Errors
    /// Everything it printed, when it ends with another code than 0.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn try_run(&self, args: &[&str], stdin: &str) -> Result<String, String> {
        let mut command = Command::new(binary("meja-server"));
        command.args(args).args(self.place()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("meja-server cannot be started");
        // A program that fails at once does not read.
        let _ = child.stdin.take().expect("stdin is piped").write_all(stdin.as_bytes());
        let output = child.wait_with_output().expect("meja-server");
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        if output.status.success() { Ok(out.into_owned()) } else { Err(format!("{out}{err}")) }
    }
    /// An account for somebody of the staff.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn add_user(&self, email: &str, name: &str, roles: &[&str], password: &str) {
        let mut args = vec!["user", "add", "--email", email, "--name", name];
        for role in roles {
            args.extend(["--role", role]);
        }
        self.run(&args, password);
    }
    /// The code in the newest mail to somebody: the mails lie in a folder.
    ///
    /// # Panics
    /// When none comes within ten seconds.
    pub async fn mailed_token(&self, to: &str) -> String {
        let find = || -> Option<String> {
            let plain = self.mail_to(to)?;
            plain.lines().find_map(|l| l.trim().strip_prefix("Kode: ")).map(|t| t.trim().to_owned())
        };
        for _ in 0..200 {
            if let Some(token) = find() {
                return token;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no mail to {to} in {}", self.folder().join("mail").display());
    }
    /// The newest mail to this address, as a mail program shows it; nothing if there is none.
    #[must_use]
    pub fn mail_to(&self, to: &str) -> Option<String> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(self.folder().join("mail")).ok()?.filter_map(|f| Some(f.ok()?.path())).collect();
        files.sort_by_key(|f| std::fs::metadata(f).and_then(|m| m.modified()).ok());
        let mail = files.iter().rev().filter_map(|f| std::fs::read_to_string(f).ok()).find(|m| m.contains(to))?;
        Some(mail.replace("=\r\n", "").replace("=\n", "").replace("=3D", "="))
    }
    /// Asks it to end (SIGTERM).
    pub fn terminate(&self) {
        self.signal("TERM");
    }
    /// Ends it at once (SIGKILL).
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        if let Some(pid) = self.pid() {
            let _ = Command::new("kill").args([format!("-{name}"), pid.to_string()]).status();
        }
    }
    /// Waits until it has ended, and gives back its exit code.
    ///
    /// # Panics
    /// When it does not end within a minute.
    pub async fn exit_code(&mut self) -> i32 {
        let mut child = self.child.take().expect("a running server");
        let wait = tokio::task::spawn_blocking(move || child.wait());
        let status = tokio::time::timeout(Duration::from_secs(60), wait).await.expect("does not end");
        status.expect("waiting").expect("waiting").code().unwrap_or(-1)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
