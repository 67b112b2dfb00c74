//! `/v1/auth/second-factor`: whether it is on, turning it on and off, recovery codes.

use axum::{extract::State, http::StatusCode, response::Response};
use domain::{
    id::CommandId,
    text::Invalid,
    wire::{RecoveryCodes, SecondFactor, SecondFactorBegin, SecondFactorCode, SecondFactorOff, SecondFactorSecret},
};
use std::net::IpAddr;

use super::From;
use crate::{
    accounts::{BeginFactor, ChangeFactor, Counted, FactorChange, FactorError, Session},
    app::App,
    http::{Fault, FieldFault, Json, Staff, json, no_content},
    routes::{Endpoint, Who},
};

const PATH: &str = "/v1/auth/second-factor";

/// What an error of a second factor is where somebody logs in.
pub(super) fn fault(error: FactorError) -> Fault {
    match error {
        FactorError::CodeRequired => Fault::new(StatusCode::FORBIDDEN, "code_required"),
        FactorError::CodeWrong => Fault::new(StatusCode::FORBIDDEN, "code_wrong"),
        FactorError::On => Fault::new(StatusCode::CONFLICT, "second_factor_on"),
        FactorError::Off => Fault::new(StatusCode::CONFLICT, "second_factor_off"),
        FactorError::NoKey => Fault::new(StatusCode::SERVICE_UNAVAILABLE, "second_factor_unavailable"),
        FactorError::Stale => Fault::new(StatusCode::UNAUTHORIZED, "invalid_credentials"),
    }
}

/// The same for somebody who is logged in: their token is good, so what is wrong is a field (as for a password).
fn field_fault(error: FactorError) -> Fault {
    let wrong = |code, field| Fault::new(StatusCode::UNPROCESSABLE_ENTITY, code).with(vec![FieldFault::new(field, Invalid::Wrong)]);
    match error {
        FactorError::CodeWrong => wrong("code_wrong", "code"),
        FactorError::Stale => wrong("invalid_credentials", "password"),
        other => fault(other),
    }
}

pub(super) fn endpoints() -> Vec<Endpoint> {
    let staff = |endpoint: Endpoint, says| endpoint.says("auth", says).by(Who::Staff);
    let guarded = |endpoint: Endpoint, wrong| {
        let endpoint = endpoint.fault(422, wrong).fault(429, "`too_many_requests`: too many failures.");
        endpoint.fault(503, "`second_factor_unavailable`: the server has not the key that codes are checked with.")
    };
    const PASSWORD: &str = "`invalid_credentials`: the password is another one.";
    const CODE: &str = "`code_wrong`: the code is wrong, was used, or has lapsed.";
    let status = staff(Endpoint::get(PATH, status), "Whether a code is asked for when one logs in.");
    let begin = staff(Endpoint::post(PATH, begin), "Makes a secret for an authenticator; it counts once a code confirms it.");
    let begin = begin.takes::<SecondFactorBegin>().answers::<SecondFactorSecret>(200, "The secret, told once.");
    let confirm = staff(Endpoint::post("/v1/auth/second-factor/confirm", confirm), "Turns the second factor on.");
    let confirm = confirm.takes::<SecondFactorCode>().answers::<RecoveryCodes>(200, "Recovery codes, told once.");
    let off = staff(Endpoint::post("/v1/auth/second-factor/off", off), "Turns the second factor off.");
    let off = off.takes::<SecondFactorOff>().answers_nothing(204, "No code is asked for from now on.");
    let renew = staff(Endpoint::post("/v1/auth/second-factor/recovery", renew), "Makes new recovery codes; the old ones are void.");
    let renew = renew.takes::<SecondFactorCode>().answers::<RecoveryCodes>(200, "Recovery codes, told once.");
    vec![
        status.answers::<SecondFactor>(200, "How it stands."),
        guarded(begin.fault(409, "`second_factor_on`."), PASSWORD),
        guarded(confirm.fault(409, "`second_factor_on`, or `second_factor_off`: none was begun."), CODE),
        guarded(off.fault(409, "`second_factor_off`."), "`invalid_credentials`: the password is another one; or `code_wrong`."),
        guarded(renew.fault(409, "`second_factor_off`."), CODE),
    ]
}

async fn status(State(app): State<App>, Staff(who): Staff) -> Result<Response, Fault> {
    let mut now = app.store.read().await?;
    let since = now.second_factor(who.id()).await?.and_then(|factor| factor.confirmed_at);
    let left = now.recovery_codes(who.id()).await?.len();
    let recovery_left = u32::try_from(left).unwrap_or(u32::MAX);
    Ok(json(StatusCode::OK, &SecondFactor { on: since.is_some(), since, recovery_left }))
}

async fn begin(
    State(app): State<App>,
    Staff(who): Staff,
    From(from): From,
    Json(asked): Json<SecondFactorBegin>,
) -> Result<Response, Fault> {
    let checked = check(&app, &who, from, &asked.password).await?;
    let (operation, secret) = BeginFactor::new(who.id(), checked, &app.seal, &app.shell).map_err(field_fault)?;
    app.writer.write(operation).await?.map_err(field_fault)?;
    let uri = uri(who.user.email.as_str(), &secret);
    Ok(json(StatusCode::OK, &SecondFactorSecret { secret, uri }))
}

async fn confirm(
    State(app): State<App>,
    Staff(who): Staff,
    From(from): From,
    Json(asked): Json<SecondFactorCode>,
) -> Result<Response, Fault> {
    let recovery_codes = change(&app, &who, from, FactorChange::Confirm, asked.code).await?;
    Ok(json(StatusCode::OK, &RecoveryCodes { recovery_codes }))
}

async fn renew(
    State(app): State<App>,
    Staff(who): Staff,
    From(from): From,
    Json(asked): Json<SecondFactorCode>,
) -> Result<Response, Fault> {
    let recovery_codes = change(&app, &who, from, FactorChange::Renew, asked.code).await?;
    Ok(json(StatusCode::OK, &RecoveryCodes { recovery_codes }))
}

async fn off(State(app): State<App>, Staff(who): Staff, From(from): From, Json(asked): Json<SecondFactorOff>) -> Result<Response, Fault> {
    let checked = check(&app, &who, from, &asked.password).await?;
    change(&app, &who, from, FactorChange::Off(checked), asked.code).await?;
    Ok(no_content())
}

/// The hash that the password was checked against.
async fn check(app: &App, who: &Session, from: IpAddr, password: &str) -> Result<Option<String>, Fault> {
    let counted = Counted::login(who.user.email.as_str(), from);
    app.failures.check(&counted).map_err(Fault::too_many)?;
    let held = app.store.read().await?.account(who.id()).await?.and_then(|account| account.password_hash);
    if app.passwords.matches(held.as_deref(), password).await? {
        return Ok(held);
    }
    app.failures.count(&counted);
    Err(field_fault(FactorError::Stale))
}

/// Changes the factor with a code; the recovery codes that hold from then on.
async fn change(app: &App, who: &Session, from: IpAddr, change: FactorChange, code: String) -> Result<Vec<String>, Fault> {
    let counted = Counted::code(who.user.email.as_str(), from);
    app.failures.check(&counted).map_err(Fault::too_many)?;
    let id = CommandId::from_uuid(app.shell.uuid());
    let (operation, codes) = ChangeFactor::new(id, who.clone(), change, code, (&app.seal, &app.shell));
    let done = app.writer.write(operation).await?;
    if done == Err(FactorError::CodeWrong) {
        app.failures.count(&counted);
    }
    done.map_err(field_fault)?;
    Ok(codes)
}

/// What an authenticator reads from a QR code. Whatever an address may hold is escaped.
fn uri(email: &str, secret: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let escaped: String =
        email.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect();
    format!("otpauth://totp/Meja:{escaped}?secret={secret}&issuer=Meja&algorithm=SHA1&digits=6&period=30")
}
