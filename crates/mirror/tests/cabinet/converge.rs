//! Three mirrors and random acts: whoever did what, in whatever order it was sent and heard, after two rounds of exchange all three
//! show the same, and that is what the server has (house rules, 21; issue 3).

use domain::record::AnyRecord;
use mirror::TakenBack;
use proptest::prelude::*;
use testkit::{
    Model,
    records::{NOW, consultation},
};

use crate::{
    oracle::{act, names},
    world::{Desk, admin},
};

const REQUESTS: u64 = 5;

/// What one of the three does.
#[derive(Clone, Debug)]
enum Step {
    /// An act of this kind on this request, sent later.
    Act(u8, u64),
    /// What waits is sent; the answer arrives or is lost.
    Send(bool),
    /// So many lines are heard.
    Read(usize),
    /// The newest act is taken back.
    TakeBack,
    /// The program ends without warning and starts again.
    Restart,
}

fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let step = prop_oneof![
        6 => (0..6_u8, 0..REQUESTS).prop_map(|(kind, n)| Step::Act(kind, n)),
        3 => any::<bool>().prop_map(Step::Send),
        3 => (0..8_usize).prop_map(Step::Read),
        1 => Just(Step::TakeBack),
        1 => Just(Step::Restart),
    ];
    proptest::collection::vec((0..3_usize, step), 5..40)
}

async fn take(desk: &mut Desk, server: &mut Model, nonce: u64, step: Step) {
    match step {
        Step::Act(kind, n) => {
            let (name, args) = act(kind, n, nonce);
            drop(desk.try_act(name, args, &[consultation(n)], None).await);
        }
        Step::Send(arrives) => drop(desk.send(server, arrives).await),
        Step::Read(lines) => drop(desk.read(server, lines).await),
        Step::TakeBack => drop(desk.cabinet.take_back(None, NOW).await.unwrap()),
        Step::Restart => drop(desk.restart().await),
    }
}

async fn shown(desk: &Desk) -> Vec<Option<AnyRecord>> {
    let mut all = Vec::new();
    for name in names() {
        all.push(desk.shown(name).await);
    }
    all
}

async fn run(steps: Vec<(usize, Step)>) {
    let mut server = Model::with(REQUESTS, 0);
    let mut desks = Vec::new();
    for n in 0..3 {
        let mut desk = Desk::whole(&server).await;
        // Each makes ids of its own.
        desk.next = n * 1_000;
        desks.push(desk);
    }
    for (nonce, (at, step)) in (0..).zip(steps) {
        take(&mut desks[at], &mut server, nonce, step).await;
    }
    for _ in 0..2 {
        for desk in &mut desks {
            desk.read(&server, usize::MAX).await;
            desk.send(&mut server, true).await;
            desk.read(&server, usize::MAX).await;
        }
    }
    let visible = server.visible(&admin());
    let there: Vec<Option<AnyRecord>> = names().iter().map(|name| visible.get(name).map(|held| (*held.record).clone())).collect();
    for (n, desk) in desks.iter().enumerate() {
        assert_eq!(shown(desk).await, there, "desk {n} shows what the server has");
        assert!(!desk.cabinet.has_to_send(NOW).await.unwrap(), "and has nothing left to send");
        assert!(matches!(desk.cabinet.take_back(None, NOW).await.unwrap(), TakenBack::NotFound));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn three_mirrors_come_to_show_the_same(steps in steps()) {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(run(steps));
    }
}
