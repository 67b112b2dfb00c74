//! The link in a mail, from the setting to the password that it sets: in a real browser, under the page's own policy.

use e2e::{
    browser::Chrome,
    server::{Database, Server},
};
use serde_json::json;

use crate::client::{PASSWORD, Peer, id};

const PUBLIC: &str = "https://meja.ruangkarsa.id";
const CHOSEN: &str = "empat kata yang panjang";

/// What is tried in the browser, off the threads that answer it.
async fn browse(work: impl FnOnce() -> e2e::webdriver::Answer<()> + Send + 'static) {
    tokio::task::spawn_blocking(work).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_opens_a_page_where_the_password_is_set_and_whoever_set_it_is_let_in() {
    let server = Server::start_with(Database::chosen(), &["--public-url", "https://meja.ruangkarsa.id/"]).await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let invite = json!({"id": id(), "name": "Sari Wulandari", "email": "sari@x.id", "roles": ["cs"]});
    assert_eq!(admin.give("user.invite", invite).await["status"], "applied");
    let token = server.mailed_token("sari@x.id").await;
    let mail = server.mail_to("sari@x.id").unwrap();
    assert!(mail.contains(&format!("{PUBLIC}/password#{token}")) && mail.contains(&format!("alamat server {PUBLIC},")), "{mail}");
    let page = format!("{}/password#{token}", server.base);
    browse(move || {
        let chrome = Chrome::start()?;
        chrome.resize(360, 640)?;
        chrome.go(&page)?;
        // The browser prefers English.
        chrome.wait("document.activeElement.id == 'new' && document.documentElement.lang == 'en'")?;
        assert_eq!(chrome.axe()?, Vec::<String>::new());
        assert!(chrome.wait("document.documentElement.scrollWidth <= innerWidth")?.as_bool().unwrap_or(false));
        // The other language keeps the code.
        chrome.press("link", "Bahasa Indonesia")?;
        chrome.wait("document.documentElement.lang == 'id' && document.activeElement.id == 'new'")?;
        // What the server refuses is said in that language, and the code still counts.
        chrome.type_text("x")?;
        chrome.keys(&["Enter"])?;
        chrome.wait_text("Terlalu pendek, paling sedikit 8 huruf.")?;
        chrome.wait("document.activeElement.id == 'new' && document.activeElement.getAttribute('aria-invalid') == 'true'")?;
        assert_eq!(chrome.axe()?, Vec::<String>::new());
        chrome.keys(&["Ctrl+a"])?;
        chrome.type_text(CHOSEN)?;
        chrome.keys(&["Tab", " "])?;
        chrome.wait("document.getElementById('new').type == 'text'")?;
        chrome.keys(&["Tab", "Enter"])?;
        chrome.wait("document.activeElement.id == 'done' && location.hash == '' && document.getElementById('new').value == ''")?;
        assert_eq!(chrome.axe()?, Vec::<String>::new());
        // A refused request is logged by the browser; nothing else is.
        let said = chrome.complaints()?;
        assert!(said.iter().all(|line| line.contains("422")), "{said:?}");
        // The link is no longer good, and says so.
        chrome.go("about:blank")?;
        chrome.go(&page)?;
        chrome.wait("document.activeElement.id == 'new'")?;
        chrome.type_text(CHOSEN)?;
        chrome.keys(&["Enter"])?;
        chrome.wait("!document.getElementById('said').hidden")?;
        chrome.go("about:blank")?;
        chrome.go(page.split('#').next().unwrap_or_default())?;
        chrome.wait("!document.getElementById('without').hidden && document.getElementById('form').hidden").map(drop)
    })
    .await;
    let login = json!({"email": "sari@x.id", "password": CHOSEN, "device": {"name": "Laptop", "platform": "linux"}});
    Peer::stranger(&server).post("/v1/auth/login", login).await.expect(200);
    assert!(!server.read_log().contains(&token), "no log has the code");
}

#[tokio::test]
async fn a_forgotten_password_comes_with_a_link_where_the_address_is_known_and_with_the_code_alone_where_not() {
    for (flags, linked) in [(&["--public-url", PUBLIC][..], true), (&[][..], false)] {
        let server = Server::start_with(Database::chosen(), flags).await;
        server.add_user("b@x.id", "Bu Hana", &["cs"], PASSWORD);
        Peer::stranger(&server).post("/v1/auth/forgot", json!({"email": "b@x.id"})).await.expect(202);
        let token = server.mailed_token("b@x.id").await;
        let mail = server.mail_to("b@x.id").unwrap();
        assert_eq!(mail.contains(&format!("{PUBLIC}/password#{token}")), linked, "{mail}");
        assert_eq!(mail.contains("http"), linked, "nothing that a request says of itself stands in a mail: {mail}");
        let reset = json!({"token": token, "new_password": CHOSEN});
        Peer::stranger(&server).post("/v1/auth/reset", reset).await.expect(204);
    }
}
