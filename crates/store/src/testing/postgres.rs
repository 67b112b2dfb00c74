//! A PostgreSQL for tests that is thrown away: a cluster of its own on a socket in a temporary folder, or databases in the one
//! that `MEJA_TEST_POSTGRES` names. It ends with the process, however that ends.

use sqlx::{Connection as _, Executor as _, PgConnection};
use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::{
    Store as _,
    postgres::{Options, Postgres},
};

/// Names a cluster in which databases may be made, by a URL with a role that may make them.
pub const VARIABLE: &str = "MEJA_TEST_POSTGRES";

/// What to do where there is no PostgreSQL.
const MISSING: &str = "the tests need PostgreSQL's server programs (initdb, pg_ctl): install them (Debian: apt-get install postgresql), \
     or name a cluster by MEJA_TEST_POSTGRES, such as postgres://meja@localhost/postgres";

struct Cluster {
    /// Where databases are made.
    admin: String,
    /// The same with another database: what stands before and behind its name.
    parts: (String, String),
    /// A migrated database that others are copied from.
    template: String,
    /// Ends the cluster when this process is gone: its standard input closes then.
    _warden: Option<Child>,
}

static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
static NEXT: AtomicU32 = AtomicU32::new(0);

/// A database of its own for one test, migrated and empty. In a cluster of somebody else it is dropped at the end.
#[derive(Debug)]
pub struct Database {
    /// Where it is.
    pub url: String,
    foreign: Option<(String, String)>,
}

/// Makes a database.
///
/// # Panics
/// When there is no PostgreSQL, with a sentence that says what to install.
pub async fn database() -> Database {
    let cluster = CLUSTER.get_or_init(start).await;
    let name = format!("meja_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    execute(&cluster.admin, format!("CREATE DATABASE {name} TEMPLATE {}", cluster.template)).await;
    let foreign = cluster._warden.is_none().then(|| (cluster.admin.clone(), name.clone()));
    Database { url: cluster.url(&name), foreign }
}

/// Makes an empty database, in which nothing was migrated.
///
/// # Panics
/// As [`database`].
pub async fn empty_database() -> Database {
    let cluster = CLUSTER.get_or_init(start).await;
    let name = format!("meja_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    execute(&cluster.admin, format!("CREATE DATABASE {name}")).await;
    let foreign = cluster._warden.is_none().then(|| (cluster.admin.clone(), name.clone()));
    Database { url: cluster.url(&name), foreign }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Some((admin, name)) = self.foreign.take() else { return };
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(execute(&admin, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
        });
        // A database that is left behind in a cluster for tests is no reason to fail.
        let _ = dropping.join();
    }
}

impl Cluster {
    fn url(&self, database: &str) -> String {
        format!("{}{database}{}", self.parts.0, self.parts.1)
    }
}

async fn execute(url: &str, sql: String) {
    let mut connection = PgConnection::connect(url).await.expect("PostgreSQL answers");
    connection.execute(sqlx::AssertSqlSafe(sql)).await.expect("a statement of the tests");
    connection.close().await.expect("the connection closes");
}

async fn start() -> Cluster {
    let (admin, parts, warden) = match std::env::var(VARIABLE) {
        Ok(url) => {
            let parts = split(&url);
            (url, parts, None)
        }
        Err(_) => {
            let (socket, warden) = own_cluster();
            let behind = format!("?host={}&user=meja", socket.display());
            (format!("postgres:///postgres{behind}"), ("postgres:///".to_owned(), behind), Some(warden))
        }
    };
    let template = format!("meja_template_{}", std::process::id());
    let cluster = Cluster { admin, parts, template, _warden: warden };
    execute(&cluster.admin, format!("DROP DATABASE IF EXISTS {}", cluster.template)).await;
    execute(&cluster.admin, format!("CREATE DATABASE {}", cluster.template)).await;
    let store = Postgres::open(Options::new(cluster.url(&cluster.template), Uuid::from_u128(0x7000_8000_0000_0000_0001)));
    store.await.expect("the migrations run").close().await;
    cluster
}

/// What stands before and behind the name of the database in a URL.
fn split(url: &str) -> (String, String) {
    let (head, query) = url.split_once('?').map_or((url, String::new()), |(head, query)| (head, format!("?{query}")));
    let (authority, _) = head.rsplit_once('/').expect("a URL with a database");
    (format!("{authority}/"), query)
}

/// Makes and starts a cluster, and says where its socket is.
fn own_cluster() -> (PathBuf, Child) {
    let programs = programs().expect(MISSING);
    let folder = output(as_owner("mktemp").args(["-d", "/tmp/meja-postgres-XXXXXX"]));
    let folder = PathBuf::from(folder.trim());
    let data = folder.join("data");
    let mut init = as_owner(programs.join("initdb"));
    output(init.arg("-D").arg(&data).args(["-N", "-A", "trust", "-U", "meja", "-E", "UTF8", "--locale=C", "--no-instructions"]));
    let settings = format!("-k {} -c listen_addresses= -c fsync=off -c max_connections=300", folder.display());
    let mut run = as_owner(programs.join("pg_ctl"));
    output(run.arg("-D").arg(&data).arg("-w").arg("-l").arg(folder.join("log")).arg("-o").arg(settings).arg("start"));
    let script = "cat >/dev/null; \"$1/pg_ctl\" -D \"$2/data\" -m immediate stop >/dev/null 2>&1; rm -rf \"$2\"";
    let mut warden = as_owner("sh");
    warden.args(["-c", script, "sh"]).arg(&programs).arg(&folder).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    std::os::unix::process::CommandExt::process_group(&mut warden, 0);
    (folder, warden.spawn().expect("a shell"))
}

/// PostgreSQL refuses to run as root, so root runs it as the user that its package makes.
fn as_owner(program: impl AsRef<Path>) -> Command {
    let root = output(Command::new("id").arg("-u")).trim() == "0";
    if !root {
        return Command::new(program.as_ref());
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program.as_ref()).current_dir("/");
    command
}

fn output(command: &mut Command) -> String {
    let done = command.stdin(Stdio::null()).output().expect("the program starts");
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// The folder of the newest server programs.
fn programs() -> Option<PathBuf> {
    let packaged = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|version| version.path());
    let mut packaged: Vec<(u32, PathBuf)> =
        packaged.filter_map(|path| Some((path.file_name()?.to_str()?.parse().ok()?, path.join("bin")))).collect();
    packaged.sort_unstable();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = packaged.into_iter().rev().map(|(_, path)| path).chain(std::env::split_paths(&path));
    all.into_iter().find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
}
