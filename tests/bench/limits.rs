//! What the machine itself takes for what everything else is made of: a durable write, and there and back over loopback.

use std::{
    fs::File,
    io::{Read, Seek, Write},
    net::{TcpListener, TcpStream},
};

use crate::{
    desk::{Done, now, said},
    figures::{Sheet, percentile},
};

/// How often.
const TIMES: usize = 500;
/// How much is written at once, in bytes.
const PAGE: usize = 4_096;

pub(crate) fn measure(sheet: &mut Sheet) -> Done<()> {
    let folder = e2e::folder::TempFolder::new("bench-limits");
    let mut file = File::create(folder.path().join("file")).map_err(said)?;
    // The file keeps its size, as a log that is written over does: growing costs the file system a commit of its own.
    file.write_all(&vec![0; PAGE * TIMES]).and_then(|()| file.sync_all()).and_then(|()| file.rewind()).map_err(said)?;
    let mut spans = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let start = now();
        file.write_all(&[7; PAGE]).and_then(|()| file.sync_data()).map_err(said)?;
        spans.push(now() - start);
    }
    sheet.note("fsync_p50_ms", percentile(&mut spans, 0.50));

    let listener = TcpListener::bind("127.0.0.1:0").map_err(said)?;
    let mut here = TcpStream::connect(listener.local_addr().map_err(said)?).map_err(said)?;
    let (mut there, _) = listener.accept().map_err(said)?;
    here.set_nodelay(true).and_then(|()| there.set_nodelay(true)).map_err(said)?;
    let echo = std::thread::spawn(move || {
        let mut letter = [0; 512];
        while there.read_exact(&mut letter).and_then(|()| there.write_all(&letter)).is_ok() {}
    });
    let (mut spans, mut letter) = (Vec::with_capacity(TIMES), [7; 512]);
    for _ in 0..TIMES {
        let start = now();
        here.write_all(&letter).and_then(|()| here.read_exact(&mut letter)).map_err(said)?;
        spans.push(now() - start);
    }
    drop(here);
    echo.join().map_err(|_| "the echo stopped".to_owned())?;
    sheet.note("loopback_p50_ms", percentile(&mut spans, 0.50));
    Ok(())
}
