//! One's own second factor, from the desk: it stands on the server.

use bridge::{DeskError, ErrorCode, Login, Logout, SecondFactor, SecondFactorReply, SessionState};
use domain::wire;
use sync::Fault;
use testkit::{CODE, Op, SECRET, problem};

use crate::world::{PASSWORD, Seat, World};

fn begin(password: &str) -> SecondFactor {
    SecondFactor::Begin { password: password.into() }
}
fn confirm(code: &str) -> SecondFactor {
    SecondFactor::Confirm { code: code.into() }
}
async fn state(seat: &Seat) -> wire::SecondFactor {
    match seat.desk.second_factor(SecondFactor::State).await.unwrap() {
        SecondFactorReply::State { state } => state,
        _ => unreachable!("it was asked how it stands"),
    }
}
fn codes(reply: Result<SecondFactorReply, DeskError>) -> Vec<String> {
    match reply.unwrap() {
        SecondFactorReply::Codes { codes } => codes,
        _ => unreachable!("codes are told"),
    }
}
async fn why(seat: &Seat, query: SecondFactor) -> ErrorCode {
    seat.desk.second_factor(query).await.map(drop).unwrap_err().code
}
async fn turned_on(seat: &Seat) -> Vec<String> {
    seat.desk.second_factor(begin(PASSWORD)).await.unwrap();
    codes(seat.desk.second_factor(confirm(CODE)).await)
}

#[tokio::test]
async fn it_is_begun_with_the_password_and_on_once_a_code_confirms_it() {
    let world = World::new(0, 0);
    let seat = world.whole().await;
    assert!(!state(&seat).await.on);
    assert_eq!(why(&seat, begin("salah")).await, ErrorCode::InvalidCredentials);
    assert_eq!(why(&seat, confirm(CODE)).await, ErrorCode::CodeWrong, "none was begun");
    let SecondFactorReply::Secret { secret } = seat.desk.second_factor(begin(PASSWORD)).await.unwrap() else { panic!("a secret") };
    assert_eq!(secret.secret, SECRET);
    let qr = secret.qr.clone().expect("a code to point a camera at");
    assert!(qr.side >= 29 && qr.path.starts_with("M4 4h7v1h-7z"), "the first module stands behind the quiet zone");
    assert!(!format!("{secret:?}").contains(SECRET), "no log shows it");
    assert_eq!(why(&seat, confirm("000000")).await, ErrorCode::CodeWrong);
    assert!(!state(&seat).await.on);
    assert_eq!(codes(seat.desk.second_factor(confirm(CODE)).await).len(), 10);
    assert!(state(&seat).await.on);
    assert_eq!(why(&seat, begin(PASSWORD)).await, ErrorCode::FactorChanged, "it is on already");
}

#[tokio::test]
async fn codes_are_renewed_and_it_is_turned_off_with_password_and_code() {
    let world = World::new(0, 0);
    let seat = world.whole().await;
    let renew = |code: &str| SecondFactor::Renew { code: code.into() };
    let off = |password: &str, code: &str| SecondFactor::Off { password: password.into(), code: code.into() };
    assert_eq!(why(&seat, renew(CODE)).await, ErrorCode::FactorChanged, "there is none");
    let first = turned_on(&seat).await;
    assert_eq!(why(&seat, renew("000000")).await, ErrorCode::CodeWrong);
    assert_ne!(codes(seat.desk.second_factor(renew(CODE)).await), first);
    assert_eq!(why(&seat, off("salah", CODE)).await, ErrorCode::InvalidCredentials);
    assert_eq!(why(&seat, off(PASSWORD, "000000")).await, ErrorCode::CodeWrong);
    assert!(state(&seat).await.on);
    let SecondFactorReply::State { state: now } = seat.desk.second_factor(off(PASSWORD, CODE)).await.unwrap() else { panic!("off") };
    assert!(!now.on && !state(&seat).await.on);
}

#[tokio::test]
async fn without_a_line_or_without_its_key_nothing_is_said_of_it() {
    let world = World::new(0, 0);
    let seat = world.whole().await;
    world.net.fails(Op::Factor, Fault::Unreachable);
    assert_eq!(why(&seat, SecondFactor::State).await, ErrorCode::Unreachable);
    world.net.fails(Op::Factor, problem(503, "second_factor_unavailable", None));
    assert_eq!(why(&seat, begin(PASSWORD)).await, ErrorCode::FactorUnavailable);
    world.net.fails(Op::Factor, problem(429, "too_many_requests", Some(30)));
    let often = seat.desk.second_factor(confirm(CODE)).await.map(drop).unwrap_err();
    assert_eq!((often.code, often.retry_after), (ErrorCode::TooManyTries, Some(30)));
}

#[tokio::test]
async fn a_login_asks_for_the_code_and_lets_nobody_in_without() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    turned_on(&seat).await;
    seat.desk.logout(Logout { anyway: true }).await.unwrap();
    let with = |code: Option<&str>| Login { code: code.map(str::to_owned), ..Seat::login(true) };
    assert_eq!(seat.desk.login(with(None)).await.unwrap_err().code, ErrorCode::CodeRequired);
    assert_eq!(seat.desk.login(with(Some("000000"))).await.unwrap_err().code, ErrorCode::CodeWrong);
    assert!(matches!(seat.session().await, SessionState::LoggedOut { .. }));
    let wrong = Login { password: "salah".into(), ..with(Some(CODE)) };
    assert_eq!(seat.desk.login(wrong).await.unwrap_err().code, ErrorCode::InvalidCredentials);
    assert!(matches!(seat.desk.login(with(Some(CODE))).await.unwrap(), SessionState::Open { .. }));
}
