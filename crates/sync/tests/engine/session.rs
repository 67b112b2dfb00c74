//! The session: renewed by one at a time, lost, or ended by somebody.

use domain::{
    role::Role,
    status::{CommandState, Connection},
};
use std::{sync::Arc, time::Duration};
use sync::{AuditAsk, Ended, Fault, News, Pair, TokenKeeper, Tokens};
use testkit::{Mishap, Model, Net, Op, Way, records::admin};

use crate::desk::{Desk, other_accepts};

#[tokio::test]
async fn an_expired_token_is_renewed_by_one_request_for_all() {
    let net = Net::new(Model::with(3, 3));
    let mut desk = Desk::whole(&net).await;
    net.expire(desk.who);
    net.kill_streams();
    let id = desk.accept(0).await;
    net.clock.pass(5_250..=5_250).await;
    desk.becomes(id, CommandState::Applied).await;
    desk.settled().await;
    assert_eq!(net.count(Op::Refresh), 1);
    assert_eq!(*desk.keeper.0.lock().unwrap(), ["r0.1"], "and the new one is kept");
    assert_eq!(desk.tries(id).await, 1, "an expired token is no failed try");
}

#[tokio::test]
async fn a_question_beside_the_engine_renews_for_both() {
    let net = Net::new(Model::with(3, 0));
    let mut desk = Desk::whole(&net).await;
    let asking = desk.handle.asking(Arc::new(Way { net: Arc::clone(&net), who: desk.who }));
    net.expire(desk.who);
    let ask = AuditAsk { limit: 3, ..AuditAsk::default() };
    assert!(asking.audit(&ask).await.unwrap().items.is_empty());
    assert_eq!((net.count(Op::Audit), net.count(Op::Refresh)), (2, 1), "turned away once, and asked again");
    let id = desk.accept(0).await;
    desk.becomes(id, CommandState::Applied).await;
    assert_eq!(net.count(Op::Refresh), 1, "the engine goes on with the token that the question brought");
    net.fails(Op::Audit, Fault::Unreachable);
    assert_eq!(asking.audit(&ask).await.unwrap_err(), Fault::Unreachable, "a question is not asked again by itself");
}

#[tokio::test]
async fn a_token_is_renewed_before_it_expires() {
    let net = Net::new(Model::with(3, 0));
    let desk = Desk::whole(&net).await;
    net.clock.advance(860_000);
    desk.handle.sync_now();
    desk.until("it is renewed", async |d| d.net.count(Op::Refresh) == 1).await;
}

/// What was presented may still be on its way; what follows from that stands at `Pair`.
#[tokio::test]
async fn a_new_start_presents_a_refresh_token_only_where_the_access_token_holds_no_more() {
    let net = Net::new(Model::with(3, 0));
    let desk = Desk::whole(&net).await.restart().await;
    desk.settled().await;
    assert_eq!(net.count(Op::Refresh), 0, "what was kept still holds");
    let mut desk = desk.lock().await.unlock().await;
    let id = desk.accept(0).await;
    desk.becomes(id, CommandState::Applied).await;
    assert_eq!(net.count(Op::Refresh), 0, "nor does the lock ask for another");
    net.expire(desk.who);
    let desk = desk.restart().await;
    desk.settled().await;
    assert_eq!(net.count(Op::Refresh), 1);
    assert_eq!(*desk.keeper.0.lock().unwrap(), ["r0.1"]);
    net.clock.advance(860_000);
    let pair = Pair::of(&net.session(desk.who));
    let tokens = Tokens::resumed(pair, net.server_now().plus(900_000), Arc::clone(&desk.keeper) as Arc<dyn TokenKeeper>);
    desk.handle.replace_tokens(tokens).await;
    desk.handle.sync_now();
    desk.until("one whose time is over is not even tried", async |d| d.net.count(Op::Refresh) == 2).await;
}

#[tokio::test]
async fn a_renewal_whose_answer_was_lost_logs_nobody_out() {
    let net = Net::new(Model::with(3, 0));
    let mut desk = Desk::whole(&net).await;
    net.mishap(Op::Refresh, Mishap::AnswerLost(Fault::Cut));
    net.expire(desk.who);
    let id = desk.accept(0).await;
    net.clock.pass(250..=375).await;
    desk.becomes(id, CommandState::Applied).await;
    assert_eq!(desk.heard(|n| matches!(n, News::SessionLost | News::Ended(_))), 0);
}

#[tokio::test]
async fn an_unknown_token_asks_for_a_login_and_destroys_nothing() {
    let net = Net::new(Model::with(3, 3));
    let mut desk = Desk::whole(&net).await;
    net.end_session(desk.who, 401, "token_unknown");
    let id = desk.accept(0).await;
    desk.until("a login is asked for", async |d| d.heard(|n| matches!(n, News::SessionLost)) == 1).await;
    assert_eq!(desk.state(id).await, CommandState::Queued, "it was turned away at the door");
    assert!(desk.status(1).await.is_some(), "what is here stays here");
    let who = net.add(admin(1));
    // The person logs in again: the old way carries the new session.
    net.adopt(desk.who, who);
    let tokens = Tokens::logged_in(&net.session(desk.who), Arc::clone(&desk.keeper) as Arc<dyn TokenKeeper>);
    desk.handle.replace_tokens(tokens).await;
    desk.becomes(id, CommandState::Applied).await;
    other_accepts(&net, 1);
    desk.settled().await;
    assert_eq!(desk.heard(|n| matches!(n, News::SessionLost)), 1);
}

#[tokio::test]
async fn a_closed_account_is_a_lost_session() {
    let net = Net::new(Model::with(3, 0));
    let desk = Desk::whole(&net).await;
    net.end_session(desk.who, 403, "account_disabled");
    net.clock.pass(5_250..=5_250).await;
    desk.until("a login is asked for", async |d| d.heard(|n| matches!(n, News::SessionLost)) == 1).await;
}

#[tokio::test]
async fn a_device_that_was_ended_sends_nothing_any_more() {
    for code in ["device_ended", "token_reused"] {
        let net = Net::new(Model::with(3, 0));
        let mut desk = Desk::whole(&net).await;
        net.end_session(desk.who, 401, code);
        let id = desk.accept(0).await;
        let told = |n: &News| matches!(n, News::Ended(Ended::DeviceEnded));
        desk.until("it is told", async |d| d.heard(told) == 1).await;
        assert_eq!(desk.line().connection, Connection::Revoked);
        let calls = net.calls().len();
        desk.handle.given();
        assert!(!desk.handle.flush(Duration::from_secs(1)).await);
        assert_eq!(net.calls().len(), calls);
        assert_eq!(desk.state(id).await, CommandState::Queued, "the outbox stays");
        desk.handle.stop().await;
        desk.cabinet.close().await.unwrap();
    }
}

#[tokio::test]
async fn other_roles_drop_the_old_mirror_at_once() {
    let net = Net::new(Model::with(3, 3));
    let desk = Desk::whole(&net).await;
    net.mishap(Op::Work, Mishap::Stuck);
    let mut lesser = admin(1);
    lesser.roles = vec![Role::Cs];
    net.set_actor(desk.who, lesser);
    desk.until("the desk is told", async |d| d.heard(|n| matches!(n, News::Roles(roles) if *roles == [Role::Cs])) == 1).await;
    desk.until("a new mirror begins", async |d| d.net.count(Op::Work) == 2).await;
    assert_eq!((net.count(Op::Me), net.count(Op::Refresh)), (1, 0), "who asks for their rights presents nothing");
    assert_eq!(desk.status(0).await, None, "before anything else has come");
    desk.handle.pause(true);
    desk.until("paused", async |d| d.line().connection == Connection::Paused).await;
    desk.handle.pause(false);
    desk.settled().await;
    desk.is_the_server().await;
}
