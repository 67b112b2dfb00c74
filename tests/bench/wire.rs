//! How many bytes of a first sync go over the wire, as a desk on another machine asks for them: compressed with zstd.

use reqwest::{Client, header};

use crate::{
    desk::{Done, said, session},
    figures::{Sheet, each},
    world::{SARI, World},
};

/// As many records as a desk asks for at once.
const LIMIT: u32 = 5_000;

#[derive(Default)]
struct Sum {
    records: u64,
    plain: u64,
    packed: u64,
}

pub(crate) async fn measure(world: &World, sheet: &mut Sheet) -> Done<()> {
    let (_, session) = session(&world.server.base, SARI).await?;
    // What comes is counted before it is unpacked, so the client must not unpack it by itself.
    let client = Client::builder().no_zstd().no_gzip().no_proxy().build().map_err(said)?;
    let mut sum = Sum::default();
    let mut path = "/v1/feed/work".to_owned();
    loop {
        let request = client.get(format!("{}{path}", world.server.base)).bearer_auth(&session.access_token);
        let answer = request.header(header::ACCEPT_ENCODING, "zstd").send().await.map_err(said)?;
        let answer = answer.error_for_status().map_err(said)?;
        if answer.headers().get(header::CONTENT_ENCODING).is_none_or(|e| e != "zstd") {
            return Err("a page came unpacked".to_owned());
        }
        let packed = answer.bytes().await.map_err(said)?;
        let (cursor, more) = sum.add(&packed)?;
        // The walk goes down from the head at which the open records were read.
        if !more && path != "/v1/feed/work" {
            break;
        }
        path = format!("/v1/feed?before={cursor}&limit={LIMIT}");
    }
    sheet.note("wire_bytes_per_record", each(sum.packed, sum.records));
    sheet.note("wire_plain_bytes_per_record", each(sum.plain, sum.records));
    sheet.note("server_disk_bytes_per_record", each(world.disk()?, sum.records));
    Ok(())
}

impl Sum {
    /// Counts one page; where to go on, and whether there is more.
    fn add(&mut self, packed: &[u8]) -> Done<(String, bool)> {
        let plain = zstd::decode_all(packed).map_err(said)?;
        self.packed += u64::try_from(packed.len()).unwrap_or(0);
        self.plain += u64::try_from(plain.len()).unwrap_or(0);
        let lines = || plain.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        self.records += u64::try_from(lines().filter(|line| line.starts_with(br#"{"put""#)).count()).unwrap_or(0);
        let last: serde_json::Value = serde_json::from_slice(lines().next_back().ok_or("an empty page")?).map_err(said)?;
        let cursor = last["page"]["cursor"].as_str().ok_or("a page without its last line")?;
        Ok((cursor.to_owned(), last["page"]["more"] == true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_counted_packed_and_unpacked() {
        let page = "{\"put\":{\"seq\":1}}\n{\"mark\":{}}\n{\"put\":{\"seq\":2}}\n{\"page\":{\"cursor\":\"c.2\",\"more\":true}}\n";
        let packed = zstd::encode_all(page.as_bytes(), 1).unwrap();
        let mut sum = Sum::default();
        assert_eq!(sum.add(&packed), Ok(("c.2".to_owned(), true)));
        assert_eq!((sum.records, sum.plain, sum.packed), (2, page.len() as u64, packed.len() as u64));
        let cut = zstd::encode_all("{\"put\":{}}\n".as_bytes(), 1).unwrap();
        assert!(sum.add(&cut).is_err(), "a page that was cut off is no page");
    }
}
