//! Files: how fast they come, how fast small pictures are drawn, and what looking at hostile ones takes.

use bytes::Bytes;
use domain::file::{FileName, FilePolicy, MediaType, Sha256};
use std::{
    fs::File,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
};
use sync::{Announce, Transport as _};

use crate::{
    desk::{Done, now, said, session},
    figures::{Sheet, each, ms, rate},
    world::{SARI, World},
};

/// How many files are sent, each as large as one may be.
const FILES: u64 = 8;
/// How large that is, in bytes.
const MOST: usize = 10_485_760;
/// How much a desk sends at once over a line that bears it, in bytes.
const PART: usize = 1 << 20;
/// How often pictures are drawn.
const PICTURES: u64 = 20;

pub(crate) async fn measure(world: &World, sheet: &mut Sheet) -> Done<()> {
    looks(sheet)?;
    pictures(sheet)?;
    let copied = raw_copy()?;
    sheet.note("raw_copy_mb_per_s", megabytes(FILES * MOST as u64) / copied);
    let sent = upload(world).await?;
    sheet.note("upload_mb_per_s", megabytes(FILES * MOST as u64) / sent);
    sheet.note("upload_share_percent", 100.0 * copied / sent);
    Ok(())
}

fn megabytes(bytes: u64) -> f64 {
    each(bytes, 1_000_000)
}

/// One of several documents, each of its own.
fn document(n: u64) -> Vec<u8> {
    let mut bytes = inspect::testing::pdf(MOST);
    let at = bytes.len() / 2;
    bytes[at..at + 8].copy_from_slice(&n.to_be_bytes().map(|byte| b'a' + byte % 23));
    bytes
}

/// Sends files as a desk does, one after another; how many seconds that took.
async fn upload(world: &World) -> Done<f64> {
    let (transport, session) = session(&world.server.base, SARI).await?;
    let files: Vec<Bytes> = (0..FILES).map(|n| document(n).into()).collect();
    let start = now();
    for bytes in &files {
        let file = Announce {
            sha256: Sha256::of(bytes),
            policy: FilePolicy::Design,
            name: FileName::new("desain.pdf").map_err(said)?,
            media_type: MediaType::Pdf,
            size: bytes.len() as u64,
        };
        let begun = transport.begin_upload(&session.access_token, &file).await.map_err(said)?;
        let mut at = begun.offset;
        while at < file.size {
            let from = usize::try_from(at).map_err(said)?;
            let part = bytes.slice(from..bytes.len().min(from + PART));
            at = transport.send_bytes(&session.access_token, &begun.upload, at, part).await.map_err(said)?;
        }
    }
    Ok((now() - start).as_secs_f64())
}

/// The same bytes over loopback into files, each written to the disk at its end; how many seconds that took.
fn raw_copy() -> Done<f64> {
    let folder = e2e::folder::TempFolder::new("bench-copy");
    let (listener, bytes) = (TcpListener::bind("127.0.0.1:0").map_err(said)?, document(0));
    let mut here = TcpStream::connect(listener.local_addr().map_err(said)?).map_err(said)?;
    let (mut there, _) = listener.accept().map_err(said)?;
    let start = now();
    let writes = std::thread::spawn(move || -> std::io::Result<()> {
        let mut buffer = vec![0; PART];
        for n in 0..FILES {
            let (mut file, mut left) = (File::create(folder.path().join(n.to_string()))?, MOST);
            while left > 0 {
                let most = left.min(PART);
                let read = there.read(&mut buffer[..most])?;
                file.write_all(&buffer[..read])?;
                left -= read;
            }
            file.sync_all()?;
            there.write_all(&[1])?;
        }
        Ok(())
    });
    for _ in 0..FILES {
        here.write_all(&bytes).and_then(|()| here.read_exact(&mut [0])).map_err(said)?;
    }
    writes.join().map_err(|_| "the copy stopped".to_owned())?.map_err(said)?;
    Ok((now() - start).as_secs_f64())
}

/// Draws small pictures of a picture of three megapixels.
fn pictures(sheet: &mut Sheet) -> Done<()> {
    let picture = picture();
    let start = now();
    for _ in 0..PICTURES {
        picture::draw(&picture, &MediaType::Png, picture::Size::Thumb).map_err(said)?;
    }
    sheet.note("thumbnails_per_s", rate(PICTURES, now() - start));
    Ok(())
}

/// Two thousand by fifteen hundred pixels that are not all the same.
fn picture() -> Vec<u8> {
    use inspect::testing::{chunk, deflated, pixels, png_of};
    png_of(2_000, 1_500, [8, 6, 0, 0, 0], &[chunk(b"IDAT", &deflated(&pixels(2_000, 1_500, 4), 6))])
}

/// Looks at every hostile file, and at those that take the most work.
fn looks(sheet: &mut Sheet) -> Done<()> {
    let hostile = inspect::testing::hostile().into_iter().map(|(name, declared, bytes, _)| (name, declared, bytes, false));
    let largest = inspect::testing::largest().into_iter().map(|(name, bytes, is_design)| (name, None, bytes, is_design));
    let (mut longest, mut most) = (0.0_f64, 0.0_f64);
    for (name, declared, bytes, is_design) in hostile.chain(largest) {
        let start = now();
        let (memory, looked) = ::hostile::most_allocated(|| inspect::inspect(&FilePolicy::Design, name, declared, &bytes));
        longest = longest.max(ms(now() - start));
        most = most.max(each(memory, 1 << 20));
        if looked.is_ok() != is_design {
            return Err(format!("{name} of {} bytes was taken for what it is not", bytes.len()));
        }
    }
    sheet.note("inspection_longest_ms", longest);
    sheet.note("inspection_most_mb", most);
    Ok(())
}
