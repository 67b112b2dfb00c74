//! Logging in, coming back, the server's address, a forgotten password.

use bridge::{ErrorCode, Forgot, NewPassword, ServerCheck, ServerProblem, SessionState};
use desk::OpenError;
use domain::{role::Role, status::Connection};
use sync::{Distrust, Fault, Found};
use testkit::problem;

use crate::world::{ADDRESS, EMAIL, Seat, World};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_login_leads_to_the_list() {
    let world = World::new(3, 2);
    let seat = world.open().await;
    let boot = seat.start().await;
    assert_eq!(boot.session, SessionState::LoggedOut { server: None, email: None, unsent: 0 });
    assert_eq!(boot.version, "0.1.0");
    seat.log_in(true).await;
    let SessionState::Open { session } = seat.session().await else { panic!("somebody is at work") };
    assert_eq!((session.name.as_str(), session.email.as_str(), session.server.as_str()), ("Dewi Lestari", EMAIL, "meja.ruangkarsa.id"));
    assert_eq!(
        (session.roles.as_slice(), session.device.map(|d| d.as_str().to_owned())),
        ([Role::Admin].as_slice(), Some("Laptop kantor".into()))
    );
    seat.until("the waiting ones are listed", async |s| s.waiting().await.total == 3).await;
    seat.settled().await;
    let status = seat.status().await;
    assert_eq!((status.connection, status.waiting, status.queued), (Connection::Online, 3, 0));
    seat.until("the line is acknowledged", async |s| s.status().await.as_of.is_some()).await;
}

#[tokio::test]
async fn a_remembered_session_opens_by_itself_also_without_a_network() {
    let world = World::new(3, 0);
    world.whole().await.quit().await;
    world.offline(true);
    let seat = world.open().await;
    assert!(matches!(seat.session().await, SessionState::Open { .. }));
    assert_eq!(seat.waiting().await.total, 3);
    assert!(seat.status().await.as_of.is_some(), "the age of what is shown is known without a network");
    seat.accept(1).await;
    assert_eq!(seat.shown(1).await, domain::records::ConsultationStatus::Accepted);
}

#[tokio::test]
async fn a_session_that_is_not_remembered_ends_with_the_program() {
    let world = World::new(1, 0);
    let seat = world.open().await;
    seat.log_in(false).await;
    seat.settled().await;
    seat.quit().await;
    let seat = world.open().await;
    let SessionState::LoggedOut { server, email, unsent } = seat.session().await else { panic!("nobody is logged in") };
    assert_eq!((server.unwrap().address.as_str(), email.as_deref(), unsent), (ADDRESS, Some(EMAIL), 0));
    seat.log_in(false).await;
    assert_eq!(seat.waiting().await.total, 1, "the copy here is opened again by the password");
}

#[tokio::test]
async fn another_password_makes_a_new_copy_and_loses_no_command() {
    let world = World::new(2, 0);
    let seat = world.open().await;
    seat.log_in(false).await;
    seat.settled().await;
    world.offline(true);
    seat.hold(0).await;
    let id = seat.accept(1).await;
    seat.quit().await;
    world.offline(false);
    *world.door.password.lock().unwrap() = "sandi-yang-baru".to_owned();
    let seat = world.open().await;
    assert!(matches!(seat.session().await, SessionState::LoggedOut { unsent: 1, .. }));
    let login = bridge::Login { password: "sandi-yang-baru".into(), ..Seat::login(true) };
    seat.desk.login(login).await.unwrap();
    seat.settled().await;
    seat.becomes(id, domain::status::CommandState::Applied).await;
}

#[tokio::test]
async fn what_is_wrong_with_a_login_is_told() {
    let world = World::new(1, 0);
    let seat = world.open().await;
    let wrong = bridge::Login { password: "salah".into(), ..Seat::login(true) };
    assert_eq!(seat.desk.login(wrong).await.unwrap_err().code, ErrorCode::InvalidCredentials);
    let nowhere = bridge::Login { address: "bukan alamat".into(), ..Seat::login(true) };
    assert_eq!(seat.desk.login(nowhere).await.unwrap_err().code, ErrorCode::BadCall);
    world.offline(true);
    assert_eq!(seat.desk.login(Seat::login(true)).await.unwrap_err().code, ErrorCode::Unreachable);
    world.offline(false);
    assert!(!world.has_file("keys.json"), "nothing was made for somebody who was not let in");
    seat.log_in(true).await;
    assert_eq!(seat.desk.login(Seat::login(true)).await.unwrap_err().code, ErrorCode::BadCall, "somebody is at work");
}

#[tokio::test]
async fn an_address_is_checked_with_a_diagnosis() {
    let world = World::new(1, 0);
    let seat = world.open().await;
    let check = async |address: &str| seat.desk.server_check(ServerCheck { address: address.to_owned() }).await.unwrap();
    let info = check("meja.ruangkarsa.id").await;
    assert_eq!((info.address.as_str(), info.shown.as_str(), info.problem), (ADDRESS, "meja.ruangkarsa.id", None));
    assert_eq!(check("dua kata").await.problem, Some(ServerProblem::BadAddress));
    assert_eq!(check("http://meja.ruangkarsa.id").await.problem, Some(ServerProblem::PlainHttp));
    let cases = [
        (Ok(Found { ready: false }), ServerProblem::NotReady),
        (Err(Fault::Unreachable), ServerProblem::Unreachable),
        (Err(Fault::Tls(Distrust::Issuer)), ServerProblem::Tls),
        (Err(Fault::Tls(Distrust::Date)), ServerProblem::TlsDate),
        (Err(Fault::Tls(Distrust::Name)), ServerProblem::TlsName),
        (Err(Fault::Captive), ServerProblem::CaptivePortal),
        (Err(Fault::NotMeja), ServerProblem::NotMeja),
        (Err(problem(503, "unavailable", None)), ServerProblem::NotReady),
    ];
    for (found, problem) in cases {
        *world.door.found.lock().unwrap() = found;
        assert_eq!(check(ADDRESS).await.problem, Some(problem));
    }
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_with_the_code() {
    let world = World::new(1, 0);
    let desk = world.open().await.desk;
    desk.forgot(Forgot { address: ADDRESS.into(), email: format!(" {EMAIL} ") }).await.unwrap();
    assert_eq!(world.door.asked(), [format!("forgot {EMAIL}")]);
    let set = async |token: &str, password: &str| {
        desk.new_password(NewPassword { address: ADDRESS.into(), token: token.into(), password: password.into() }).await
    };
    let weak = set("482913", "pendek").await.unwrap_err();
    assert_eq!((weak.code, weak.details.unwrap().field.as_deref()), (ErrorCode::Refused, Some("new_password")));
    assert_eq!(set("000000", "kata sandi yang baik").await.unwrap_err().code, ErrorCode::BadToken);
    set(" 482913 ", "kata sandi yang baik").await.unwrap();
}

#[tokio::test]
async fn a_folder_has_one_program() {
    let world = World::new(1, 0);
    let seat = world.open().await;
    assert!(matches!(world.try_open().await, Err(OpenError::InUse)));
    seat.quit().await;
    world.try_open().await.unwrap();
}

#[tokio::test]
async fn whoever_is_not_logged_in_is_told_so_and_nothing_else() {
    let world = World::new(1, 0);
    let seat = world.open().await;
    assert_eq!(seat.desk.outbox_list(bridge::OutboxList { finished: 1 }).await.unwrap_err().code, ErrorCode::NoSession);
    assert_eq!(seat.desk.logout(bridge::Logout { anyway: true }).await.unwrap_err().code, ErrorCode::NoSession);
    assert_eq!(seat.desk.unlock(bridge::Unlock { secret: "x".into() }).await.unwrap_err().code, ErrorCode::BadCall);
    assert!(matches!(seat.session().await, SessionState::LoggedOut { .. }), "a wrong call changes nothing");
    assert_eq!(seat.status().await.connection, Connection::Offline);
}
