//! Who asks: the session of the bearer token, and whether they may be here at all.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use std::sync::Arc;

use super::Fault;
use crate::{
    accounts::{Heard, NoSession, Session},
    app::App,
};

/// The token of `Authorization: Bearer …`.
#[must_use]
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn session(parts: &Parts, app: &App) -> Result<Arc<Session>, Fault> {
    let token = bearer(&parts.headers).ok_or(NoSession::Unknown)?;
    Ok(heard(app.sessions.of(token).await?, app))
}

/// Notes that their device was heard of.
fn heard(session: Arc<Session>, app: &App) -> Arc<Session> {
    if let Some(device) = session.device.filter(|device| app.sessions.is_news_of(*device)) {
        let writer = app.writer.clone();
        tokio::spawn(async move {
            // Haste: if it cannot be written now, the next request says it again.
            let _ = writer.write(Heard(device)).await;
        });
    }
    session
}

fn staff(session: Arc<Session>) -> Result<Arc<Session>, Fault> {
    if session.is_staff() { Ok(session) } else { Err(Fault::new(StatusCode::FORBIDDEN, "not_staff")) }
}

/// Somebody of the staff.
#[derive(Clone, Debug)]
pub struct Staff(pub Arc<Session>);

impl FromRequestParts<App> for Staff {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        Ok(Self(staff(session(parts, app).await?)?))
    }
}

/// Somebody of the staff, as the database knows them at this moment.
#[derive(Clone, Debug)]
pub struct StaffNow(pub Arc<Session>);

impl FromRequestParts<App> for StaffNow {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let token = bearer(&parts.headers).ok_or(NoSession::Unknown)?;
        Ok(Self(staff(heard(app.sessions.again(token).await?, app))?))
    }
}

/// Somebody of the staff, or a client.
#[derive(Clone, Debug)]
pub struct Anyone(pub Arc<Session>);

impl FromRequestParts<App> for Anyone {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        session(parts, app).await.map(Self)
    }
}

/// A client.
#[derive(Clone, Debug)]
pub struct Client(pub Arc<Session>);

impl FromRequestParts<App> for Client {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let session = session(parts, app).await?;
        if session.client.is_some() { Ok(Self(session)) } else { Err(Fault::new(StatusCode::FORBIDDEN, "not_client")) }
    }
}
