//! The processes of desks, as they are started, killed and asked from outside.

use std::{path::PathBuf, process::Stdio};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::{Child, Command},
    sync::watch,
};

use crate::{Done, house::STAFF, said, volume::Volume};

/// One desk, and its process while it runs.
pub(crate) struct Station {
    pub(crate) n: usize,
    pub(crate) folder: PathBuf,
    base: String,
    seed: u64,
    lives: u64,
    running: Option<Running>,
    /// The disk with its files, where it has one of its own.
    pub(crate) volume: Option<Volume>,
}

/// The room on that disk, in MiB.
const ROOM: u32 = 256;

struct Running {
    child: Child,
    /// The last line it said.
    stand: watch::Receiver<i64>,
}

impl Station {
    pub(crate) fn new(n: usize, folder: PathBuf, base: &str, seed: u64) -> Done<Self> {
        let volume = Volume::mount(&folder.join("files"), ROOM)?;
        Ok(Self { n, folder, base: base.to_owned(), seed, lives: 0, running: None, volume })
    }
    /// Starts its process.
    pub(crate) fn start(&mut self) -> Done<()> {
        self.lives += 1;
        std::fs::create_dir_all(&self.folder).map_err(said)?;
        let errors = std::fs::OpenOptions::new().create(true).append(true).open(self.folder.join("errors")).map_err(said)?;
        // Every life acts otherwise; the same seed gives the same lives.
        let seed = (self.seed ^ self.lives.wrapping_mul(0x9e37_79b9)).to_string();
        let mut command = Command::new(std::env::current_exe().map_err(said)?);
        command.arg("--desk").arg(&self.folder).args([&self.base, STAFF[self.n].0, &self.n.to_string(), &seed]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(errors).kill_on_drop(true);
        let mut child = command.spawn().map_err(said)?;
        let (tell, stand) = watch::channel(-1);
        let mut lines = BufReader::new(child.stdout.take().ok_or("no standard output")?).lines();
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                tell.send_replace(line.parse().unwrap_or(-1));
            }
        });
        self.running = Some(Running { child, stand });
        Ok(())
    }
    /// Kills its process (SIGKILL). It must not have ended by itself.
    pub(crate) async fn kill(&mut self) -> Done<()> {
        let Some(mut running) = self.running.take() else { return Ok(()) };
        if let Some(status) = running.child.try_wait().map_err(said)? {
            return Err(self.ended(&status.to_string()));
        }
        running.child.kill().await.map_err(said)
    }
    /// Says a word to it.
    pub(crate) async fn say(&mut self, word: &str) -> Done<()> {
        let Some(stdin) = self.running.as_mut().and_then(|it| it.child.stdin.as_mut()) else { return Ok(()) };
        match stdin.write_all(format!("{word}\n").as_bytes()).await {
            Ok(()) => Ok(()),
            Err(error) => Err(self.ended(&error.to_string())),
        }
    }
    /// The number up to which it says that its mirror is whole and nothing waits; -1 while that is not so.
    pub(crate) fn stand(&mut self) -> Done<i64> {
        let Some(running) = &mut self.running else { return Ok(-1) };
        let stand = *running.stand.borrow();
        match running.child.try_wait().map_err(said)? {
            Some(status) => Err(self.ended(&status.to_string())),
            None => Ok(stand),
        }
    }
    /// Waits until it has ended in good order.
    pub(crate) async fn end(&mut self) -> Done<()> {
        self.say("end").await?;
        let Some(mut running) = self.running.take() else { return Ok(()) };
        let status = running.child.wait().await.map_err(said)?;
        if status.success() { Ok(()) } else { Err(self.ended(&status.to_string())) }
    }
    fn ended(&self, how: &str) -> String {
        let errors = std::fs::read_to_string(self.folder.join("errors")).unwrap_or_default();
        let last: Vec<&str> = errors.lines().rev().take(3).collect();
        format!("desk {} ended by itself ({how}): {}", self.n, last.join(" / "))
    }
}
