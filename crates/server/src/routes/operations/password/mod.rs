//! `GET /password`: the page behind the links in mails, where somebody sets a password with the token that stands behind `#`. It is
//! made on the server, in one piece, and asks nobody but this server.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{
    password::Password,
    words::{Lang, Words},
};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

use crate::{
    app::App,
    http::{Query, language},
    openapi::escape,
    routes::Endpoint,
};

const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("page.css");

/// In which language.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    lang: Option<Lang>,
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/password", page)
        .says("operations", "The page of the links in mails: sets a password with the token behind `#`. It needs no other host.")
        .query("lang", "`id` or `en`; without it as `Accept-Language` prefers.", json!({ "type": "string", "enum": ["id", "en"] }))
        .answers_as::<String>(200, "HTML.", "text/html")
        .fault(400, "`malformed`: no such language.")
}

async fn page(axum::extract::State(app): axum::extract::State<App>, Query(Asked { lang }): Query<Asked>, headers: HeaderMap) -> Response {
    let lang = lang.unwrap_or_else(|| language(&headers));
    let mut response = (StatusCode::OK, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html(app.shell.words(lang))).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy());
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Language"));
    response
}

/// The script and the style of the page, each by what it is, and this server as the only one that is asked.
fn policy() -> HeaderValue {
    static POLICY: OnceLock<HeaderValue> = OnceLock::new();
    let made = || {
        let hash = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text.as_bytes()));
        let text = format!(
            "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; connect-src 'self'; frame-ancestors 'none'; \
             base-uri 'none'; form-action 'none'",
            hash(SCRIPT),
            hash(STYLE)
        );
        // Base64 and words are what a header holds; were they not, nothing would be allowed at all.
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("default-src 'none'"))
    };
    POLICY.get_or_init(made).clone()
}

fn html(words: &Words) -> String {
    let t = |key: &str| escape(&words.text(key));
    let lang = words.lang();
    let other = if lang == Lang::Id { Lang::En } else { Lang::Id };
    let head = format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, \
         initial-scale=1\"><title>{}</title><style>{STYLE}</style></head>",
        lang.tag(),
        t("password-page-title")
    );
    let form = format!(
        "<form id=\"form\" hidden novalidate data-failed=\"{}\"><p class=\"soft\" id=\"hint\">{}</p><p><label for=\"new\">{}</label>\
         <input class=\"text\" id=\"new\" type=\"password\" autocomplete=\"new-password\" required aria-describedby=\"hint said\"></p>\
         <p class=\"bad\" id=\"said\" role=\"alert\" hidden></p>\
         <label class=\"check\"><input id=\"show\" type=\"checkbox\"> {}</label><button id=\"set\">{}</button></form>",
        t("password-page-failed"),
        escape(&words.with("password-page-hint", &[("least", Password::LEAST.to_string().into())])),
        t("password-page-new"),
        t("password-page-show"),
        t("password-page-set"),
    );
    let rest = format!(
        "<p id=\"done\" role=\"status\" tabindex=\"-1\" hidden>{}</p><p id=\"without\" hidden>{}</p><noscript><p>{}</p></noscript>\
         <footer><a id=\"other\" lang=\"{tag}\" hreflang=\"{tag}\" href=\"?lang={tag}\">{}</a></footer>",
        t("password-page-done"),
        t("password-page-without"),
        t("password-page-no-script"),
        t("password-page-other"),
        tag = other.tag(),
    );
    format!("{head}<body><main><h1>{}</h1>{form}{rest}</main><script>{SCRIPT}</script></body></html>", t("password-page-title"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestApp;

    #[tokio::test]
    async fn the_page_is_one_piece_that_asks_nobody_else() {
        let app = TestApp::new().await;
        for (path, lang, says) in [("/password", "id", "Kata sandi baru"), ("/password?lang=en", "en", "New password")] {
            let answer = app.stranger().get(path).await.expect(200);
            assert!(answer.text.contains(&format!("<html lang=\"{lang}\">")) && answer.text.contains(says), "{path}");
            assert!(!answer.text.contains("http://") && !answer.text.contains("https://") && !answer.text.contains(" src="), "{path}");
            assert!(!answer.text.contains(" style=") && !answer.text.contains(" onclick"), "the policy would stop it");
            let policy = &answer.headers["content-security-policy"];
            assert!(policy.starts_with("default-src 'none'; script-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
            assert_eq!((answer.headers["cache-control"].as_str(), answer.headers["referrer-policy"].as_str()), ("no-store", "no-referrer"));
        }
        let _ = app.stranger().get("/password?lang=xx").await.expect(400);
    }

    #[test]
    fn what_the_policy_names_is_what_the_page_holds() {
        let page = html(&Words::new(Lang::Id));
        let between = |open: &str, close: &str| page.split_once(open).and_then(|(_, rest)| rest.split_once(close)).unwrap().0.to_owned();
        let policy = policy();
        for (open, close) in [("<script>", "</script>"), ("<style>", "</style>")] {
            let hash = BASE64_STANDARD.encode(Sha256::digest(between(open, close).as_bytes()));
            assert!(policy.to_str().unwrap().contains(&hash), "{open}");
        }
        let ids = ["form", "new", "said", "show", "set", "done", "without", "other"];
        assert!(ids.iter().all(|id| page.matches(&format!("id=\"{id}\"")).count() == 1 && SCRIPT.contains(&format!("\"{id}\""))));
    }
}
