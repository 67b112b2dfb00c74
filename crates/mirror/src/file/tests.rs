//! A file from outside: what is refused, what can be read of it, and what a transaction leaves.

use super::*;

const FORM: Form = Form { application_id: 7, version: 2, durable: true, cache_kib: 512, seal: Seal::Sha512 };

async fn made(path: &Path, key: &Key) -> File {
    let mut file = File::open(path, key, FORM).await.unwrap();
    file.execute(
        "CREATE TABLE t (x TEXT); INSERT INTO t VALUES ('Rani Kusumawardani'); PRAGMA application_id = 7; PRAGMA user_version = 2",
    )
    .await
    .unwrap();
    file
}

#[test]
fn a_library_without_a_cipher_is_refused() {
    assert!(matches!(cipher_of(None), Err(Error::NoCipher)));
    assert!(matches!(cipher_of(Some("")), Err(Error::NoCipher)));
    assert_eq!(cipher_of(Some("4.10.0 community")).unwrap(), "4.10.0 community");
}

#[tokio::test]
async fn each_refusal_is_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let (path, key) = (dir.path().join("t.db"), Key::new([1; 32]));
    let file = made(&path, &key).await;
    assert!(matches!(File::open(&path, &key, FORM).await, Err(Error::InUse { .. })), "a second owner");
    file.close().await.unwrap();
    assert!(matches!(File::open(&path, &Key::new([2; 32]), FORM).await, Err(Error::WrongKey { .. })), "another key");
    let older = Form { version: 1, ..FORM };
    assert!(matches!(File::open(&path, &key, older).await, Err(Error::TooNew { found: 2, known: 1, .. })), "a newer program's file");
    let other = Form { application_id: 8, ..FORM };
    assert!(matches!(File::open(&path, &key, other).await, Err(Error::Damaged { .. })), "the other file of the two");
    let plain = dir.path().join("plain.db");
    std::fs::write(&plain, [b"SQLite format 3\0".as_slice(), &[0; 8176]].concat()).unwrap();
    assert!(matches!(File::open(&plain, &key, FORM).await, Err(Error::WrongKey { .. })), "a file in plain text");
}

async fn texts(file: &mut File) -> Vec<String> {
    let rows = file.all(sqlx::query("SELECT x FROM t ORDER BY rowid")).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn a_transaction_begins_with_its_first_statement_however_that_is_run() {
    let dir = tempfile::tempdir().unwrap();
    let mut file = made(&dir.path().join("t.db"), &Key::new([1; 32])).await;
    let put = |text: &'static str| sqlx::query("INSERT INTO t VALUES (?)").bind(text);
    assert_eq!(file.write(put("one")).await.unwrap(), 2, "the number of its row");
    for counts in [true, false] {
        file.begin().await.unwrap();
        if counts {
            assert_eq!(file.run(put("two")).await.unwrap().rows_affected(), 1);
        } else {
            file.run_uncounted(put("two")).await.unwrap();
        }
        assert_eq!(texts(&mut file).await, ["Rani Kusumawardani", "one", "two"], "whoever writes sees it");
        // As whoever is let go half-way: the next one takes it back.
        file.begin().await.unwrap();
        assert_eq!(texts(&mut file).await, ["Rani Kusumawardani", "one"]);
        file.commit().await.unwrap();
    }
    let bad = || sqlx::query("INSERT INTO nowhere VALUES (?)").bind(1);
    for _ in 0..2 {
        assert!(file.write(bad()).await.is_err(), "what fails leaves nothing open");
    }
    file.write(put("three")).await.unwrap();
    assert_eq!(texts(&mut file).await, ["Rani Kusumawardani", "one", "three"]);
}

#[tokio::test]
async fn statements_that_go_together_are_there_together_or_not_at_all() {
    let together = |texts: &[&str], last: &str| {
        let mut all = Together::default();
        for text in texts {
            all.push("INSERT INTO t VALUES (?)");
            all.bind((*text).to_owned()).unwrap();
        }
        all.push(last);
        all
    };
    let dir = tempfile::tempdir().unwrap();
    let (path, key) = (dir.path().join("t.db"), Key::new([1; 32]));
    let mut file = made(&path, &key).await;
    file.begin().await.unwrap();
    assert!(file.commit_with(together(&["one"], "INSERT INTO nowhere VALUES (1)")).await.is_err());
    assert!(file.is_unfinished(), "whoever comes next takes it back");
    file.begin().await.unwrap();
    file.commit_with(together(&["two", "three"], "UPDATE t SET x = x || '!' WHERE x = 'two'")).await.unwrap();
    assert!(!file.is_unfinished());
    // What was put off is written with them.
    file.begin().await.unwrap();
    file.run(sqlx::query("INSERT INTO t VALUES ('late')")).await.unwrap();
    file.commit_later(1).await.unwrap();
    file.begin().await.unwrap();
    file.commit_with(together(&["soon"], "SELECT 1")).await.unwrap();
    file.close().await.unwrap();
    let mut again = File::open(&path, &key, FORM).await.unwrap();
    assert_eq!(texts(&mut again).await, ["Rani Kusumawardani", "two!", "three", "late", "soon"]);
}

#[tokio::test]
async fn what_is_put_off_is_written_with_the_next() {
    let dir = tempfile::tempdir().unwrap();
    let (path, key) = (dir.path().join("t.db"), Key::new([1; 32]));
    let mut file = made(&path, &key).await;
    file.begin().await.unwrap();
    file.commit_later(0).await.unwrap();
    file.begin().await.unwrap();
    file.run(sqlx::query("INSERT INTO t VALUES ('late')")).await.unwrap();
    file.commit_later(1).await.unwrap();
    assert_eq!(file.write(sqlx::query("INSERT INTO t VALUES ('soon')")).await.unwrap(), 3, "in the same transaction");
    file.close().await.unwrap();
    let mut again = File::open(&path, &key, FORM).await.unwrap();
    assert_eq!(texts(&mut again).await, ["Rani Kusumawardani", "late", "soon"]);
}

#[tokio::test]
async fn nothing_on_disk_can_be_read() {
    let dir = tempfile::tempdir().unwrap();
    let (path, key) = (dir.path().join("t.db"), Key::new([1; 32]));
    let mut file = made(&path, &key).await;
    file.copy_to(&dir.path().join("copy.db"), &key).await.unwrap();
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let entry = entry.unwrap();
        let bytes = std::fs::read(entry.path()).unwrap();
        let holds = |text: &[u8]| bytes.windows(text.len()).any(|w| w == text);
        assert!(!holds(b"SQLite format 3") && !holds(b"Rani") && !holds(b"CREATE TABLE"), "{:?}", entry.path());
    }
}

#[tokio::test]
async fn a_copy_is_whole_and_opens_with_the_same_key() {
    let dir = tempfile::tempdir().unwrap();
    let key = Key::new([1; 32]);
    let mut file = made(&dir.path().join("t.db"), &key).await;
    let to = dir.path().join("copy.db");
    file.copy_to(&to, &key).await.unwrap();
    let mut copy = File::open(&to, &key, FORM).await.unwrap();
    assert_eq!(copy.version, 2);
    copy.check().await.unwrap();
    let name: String = copy.one(sqlx::query("SELECT x FROM t")).await.unwrap().get(0);
    assert_eq!(name, "Rani Kusumawardani");
}

#[tokio::test]
async fn damage_in_the_middle_is_found_by_the_check() {
    let dir = tempfile::tempdir().unwrap();
    let (path, key) = (dir.path().join("t.db"), Key::new([1; 32]));
    made(&path, &key).await.close().await.unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() - 4_000;
    bytes[middle..middle + 64].fill(0);
    std::fs::write(&path, bytes).unwrap();
    let mut file = File::open(&path, &key, FORM).await.unwrap();
    assert!(matches!(file.check().await, Err(Error::Damaged { .. })));
}
