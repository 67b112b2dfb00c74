//! Around every request: its id, its log line, its figures; problems get their words, answers their headers.

use axum::{
    Router,
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn_with_state, map_request},
    response::{IntoResponse, Response},
};
use domain::words::Lang;
use std::time::Duration;
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate as _},
    },
};

use super::{Fault, Peer, RequestId, client_address, request_id, unread::Unread};
use crate::{app::App, origin::Origin};

/// Puts the frame around routes.
pub fn framed(routes: Router<App>, app: &App) -> Router {
    // Files are packed already, and their parts are counted in bytes as they lie there.
    let packed = ["application/pdf", "application/zip", "application/vnd.rar"].map(NotForContentType::const_new);
    let [pdf, zip, rar] = packed;
    let compressed = DefaultPredicate::new().and(pdf).and(zip).and(rar);
    routes
        .fallback(|| async { Fault::not_found() })
        .method_not_allowed_fallback(|| async { Fault::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed") })
        .layer(CatchPanicLayer::custom(|_| Fault::from(super::Internal("a panic in a handler")).into_response()))
        .layer(from_fn_with_state(app.clone(), frame))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(compressed))
        .layer(map_request(unpacked_too))
        .with_state(app.clone())
}

/// An answer may always come as it is, also to whoever says they would rather not have it so: a 406 would be said of what has been done
/// by then (RFC 9110, 12.5.3 allows both).
async fn unpacked_too(mut request: Request) -> Request {
    let refused = |one: &&str| one.split_once(";").is_some_and(|(_, q)| q.trim().trim_end_matches(['0', '.']) == "q=");
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let as_it_is = |one: &&str| matches!(one.split(';').next().unwrap_or_default().trim(), "identity" | "*");
    if accepted.split(',').filter(refused).any(|one| as_it_is(&one)) {
        let left: Vec<&str> = accepted.split(',').filter(|one| !refused(one)).collect();
        let left = if left.is_empty() { Ok(HeaderValue::from_static("identity")) } else { HeaderValue::from_str(&left.join(",")) };
        if let Ok(left) = left {
            request.headers_mut().insert(header::ACCEPT_ENCODING, left);
        }
    }
    request
}

async fn frame(State(app): State<App>, request: Request, next: Next) -> Response {
    let started = app.shell.monotonic();
    let id = RequestId::of(request.headers(), &app.shell);
    let lang = language(request.headers());
    let peer = request.extensions().get::<Peer>().copied().unwrap_or_default();
    let origin = app.origins.of(client_address(peer.address, request.headers(), &app.options.trusted_proxies), app.shell.now());
    let method = request.method().clone();
    // The route and not the path: addresses carry ids, queries carry more.
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned());

    let (request, unread) = Unread::watch(request);
    let mut response = origin.scope(next.run(request)).await;
    if let Some(fault) = fault_of(&response) {
        let problem = fault.problem(app.shell.words(lang), id.as_str());
        *response.body_mut() = Body::from(serde_json::to_vec(&problem).unwrap_or_default());
        let headers = response.headers_mut();
        headers.remove(header::CONTENT_LENGTH);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
    }
    response.headers_mut().insert(request_id::HEADER, id.header());
    unread.tell(response.headers_mut());
    protect(response.headers_mut(), peer.tls || app.options.behind_proxy());
    let took = app.shell.monotonic().saturating_sub(started);
    report(&id, origin, &method, &route, response.status(), took);
    response
}

/// The fault an answer carries; what the framework itself refuses becomes one by its status.
fn fault_of(response: &Response) -> Option<Fault> {
    if let Some(fault) = response.extensions().get::<Fault>() {
        return Some(fault.clone());
    }
    let status = response.status();
    let ours = response.headers().contains_key(header::CONTENT_TYPE);
    let code = match status.as_u16() {
        404 => "not_found",
        405 => "method_not_allowed",
        408 => "request_timeout",
        413 => "too_large",
        415 => "unsupported_media_type",
        500..=599 => "internal",
        _ => "malformed",
    };
    ((status.is_client_error() || status.is_server_error()) && (!ours || is_text(response.headers()))).then(|| Fault::new(status, code))
}

fn is_text(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/plain"))
}

/// Bahasa Indonesia, unless English is preferred.
pub(crate) fn language(headers: &HeaderMap) -> Lang {
    let preferred = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = preferred.split(',').next().unwrap_or_default().trim();
    if first.get(..2).is_some_and(|tag| tag.eq_ignore_ascii_case("en")) { Lang::En } else { Lang::Id }
}

/// The headers that keep browsers safe; a handler's own stand.
fn protect(headers: &mut HeaderMap, tls: bool) {
    const ALWAYS: [(HeaderName, &str); 6] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if tls {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(year);
    }
}

fn report(id: &RequestId, origin: Origin, method: &Method, route: &str, status: StatusCode, took: Duration) {
    let known_method = matches!(*method, Method::GET | Method::POST | Method::DELETE | Method::PUT | Method::PATCH | Method::HEAD);
    let label = if known_method { method.as_str().to_owned() } else { "other".to_owned() };
    metrics::counter!("meja_http_requests_total", "method" => label.clone(), "route" => route.to_owned(), "status" => status.as_u16().to_string())
        .increment(1);
    metrics::histogram!("meja_http_request_seconds", "route" => route.to_owned()).record(took.as_secs_f64());
    let (request_id, status, ms) = (id.as_str(), status.as_u16(), took.as_millis());
    tracing::info!(target: "meja::http", request_id, method = label, route, status, ms, ip_hash = %origin, "request");
}
