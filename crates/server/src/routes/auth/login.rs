//! `POST /v1/auth/login`

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    records::UserStatus,
    role::Role,
    text::{Invalid, Label},
    wire::{Login, Session as Answer},
};

use super::{From, NotLetIn, check_password};
use crate::{
    accounts::{ACCESS, Counted, FactorError, Open, Opened, session_user},
    app::App,
    http::{Fault, FieldFault, Json, json},
    routes::Endpoint,
    writer::WriteError,
};

/// Why nobody is logged in.
#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error(transparent)]
    NotLetIn(#[from] NotLetIn),
    #[error("a client's account")]
    NotStaff,
    #[error("a disabled account")]
    Disabled,
    #[error("the device is not described")]
    NoDevice,
    #[error("the device is not well described")]
    Device(Vec<FieldFault>),
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::NotLetIn(error) => error.into(),
            Self::NotStaff => Fault::new(StatusCode::FORBIDDEN, "not_staff"),
            Self::Disabled => Fault::new(StatusCode::FORBIDDEN, "account_disabled"),
            Self::NoDevice => Fault::malformed().with(vec![FieldFault::new("device", Invalid::Required)]),
            Self::Device(errors) => Fault::invalid(errors),
            Self::Write(error) => error.into(),
        };
        fault.into_response()
    }
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/v1/auth/login", handler)
        .says("auth", "Logs somebody of the staff in on a device.")
        .takes::<Login>()
        .answers::<Answer>(200, "A session.")
        .fault(401, "`invalid_credentials`: the address or the password is wrong.")
        .fault(
            403,
            "After the right password: `not_staff` or `account_disabled`; `code_required` where there is a second factor, `code_wrong`.",
        )
        .fault(422, "`invalid_args`: the device's name or platform.")
        .fault(429, "`too_many_requests`: too many failures.")
        .fault(503, "`second_factor_unavailable`: the server has not the key that codes are checked with.")
}

async fn handler(State(app): State<App>, From(from): From, Json(login): Json<Login>) -> Result<Response, RouteError> {
    let device = login.device.as_ref().ok_or(RouteError::NoDevice)?;
    let (name, platform) = (Label::new(&device.name), Label::new(&device.platform));
    let account = check_password(&app, &login.email, &login.password, from).await?;
    if !account.user.roles.iter().any(Role::is_staff) {
        return Err(RouteError::NotStaff);
    }
    if account.user.status != UserStatus::Active {
        return Err(RouteError::Disabled);
    }
    let (name, platform) = match (name, platform) {
        (Ok(name), Ok(platform)) => (name, platform),
        (name, platform) => {
            let faults = [("device.name", name.err()), ("device.platform", platform.err())];
            return Err(RouteError::Device(faults.into_iter().filter_map(|(f, why)| Some(FieldFault::new(f, why?))).collect()));
        }
    };
    // Only whoever has the password hears that codes were tried too often.
    let tried = Counted::code(&login.email, from);
    if login.code.is_some() {
        app.failures.check(&tried).map_err(NotLetIn::TooMany)?;
    }
    let open = Open::on_device(account.user.id, account.password_hash, (name, platform), &app.seal).with_code(login.code);
    match app.writer.write(open).await? {
        Ok(opened) => Ok(session(&app, opened)),
        Err(error) => {
            if error == FactorError::CodeWrong {
                app.failures.count(&tried);
            }
            Err(NotLetIn::from(error).into())
        }
    }
}

/// A session as a desk gets it.
pub(super) fn session(app: &App, opened: Opened) -> Response {
    let Opened { session, access, refresh } = opened;
    let (Some(device_id), Some(refresh)) = (session.device, refresh) else {
        return Fault::from(crate::http::Internal("a desk's session without a device")).into_response();
    };
    let answer = Answer {
        access_token: access.expose(),
        expires_in: ACCESS / 1_000,
        refresh_token: refresh.expose(),
        device_id,
        user: session_user(&session.user),
        server_time: app.shell.now(),
    };
    json(StatusCode::OK, &answer)
}
