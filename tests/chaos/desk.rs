//! The process of a desk: somebody acts at it until it is told to rest; then it says where it stands, until it is told to end.

use domain::{id::CommandId, status::CommandState};
use mirror::Applied;
use std::{collections::HashSet, io::BufRead, path::Path, sync::Arc, time::Duration};
use sync::{Ended, News};
use tokio::sync::{mpsc::UnboundedReceiver, watch};

use crate::{
    Done,
    acts::{Attempt, Hand, Trouble},
    log::AtDesk,
    said,
    seat::Seat,
};

/// What a desk is told from outside, a word a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Act,
    Rest,
    End,
}

/// Runs the desk of this folder.
pub(crate) async fn run(folder: &Path, server: &str, email: &str, n: u8, seed: u64) -> Done<()> {
    let words = listen_to_words();
    let (seat, heard) = Seat::open(folder, n, server, email).await?;
    let seat = Arc::new(seat);
    let mut ear = tokio::spawn(hear(Arc::clone(&seat), heard));
    tokio::select! {
        worked = work(&seat, words, email, seed) => worked?,
        ended = &mut ear => return ended.map_err(said)?,
    }
    seat.engine.stop().await;
    ear.await.map_err(said)??;
    let seat = Arc::into_inner(seat).ok_or("somebody still holds the files")?;
    seat.cabinet.close().await.map_err(said)
}

/// Words come on standard input; when that ends whoever started us is gone, and so are we.
fn listen_to_words() -> watch::Receiver<Word> {
    let (tell, words) = watch::channel(Word::Act);
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            tell.send_replace(if line == "rest" { Word::Rest } else { Word::End });
        }
        if *tell.borrow() != Word::End {
            std::process::exit(3);
        }
    });
    words
}

async fn work(seat: &Seat, mut words: watch::Receiver<Word>, email: &str, seed: u64) -> Done<()> {
    let mut hand = Hand::new(seed, email);
    while *words.borrow() == Word::Act {
        match hand.act(seat).await {
            Ok(()) | Err(Trouble::Full) => {}
            Err(Trouble::Broken(why)) => return Err(why),
        }
        let pause = hand.dice.between(5, 120);
        let _ = tokio::time::timeout(pause, words.changed()).await;
    }
    seat.engine.release_holds().await;
    seat.engine.sync_now();
    while *words.borrow() != Word::End {
        println!("{}", stand(seat).await?);
        let _ = tokio::time::timeout(Duration::from_millis(200), words.changed()).await;
    }
    Ok(())
}

/// The number up to which the mirror is whole, if nothing waits to be sent; -1 otherwise.
async fn stand(seat: &Seat) -> Done<i64> {
    let stand = seat.cabinet.stand().await.map_err(said)?;
    let sends = seat.cabinet.next_transfer(seat.now()).await.map_err(said)?.is_some();
    let waits = sends || seat.cabinet.has_to_send(seat.now()).await.map_err(said)?;
    let held = seat.cabinet.next_hold(seat.now()).await.map_err(said)?.is_some();
    let seq = stand.live.as_deref().and_then(|cursor| cursor.split('~').nth(2)?.parse().ok());
    let rests = stand.walked && stand.whole && stand.asked && !waits && !held;
    Ok(seq.filter(|_| rests).unwrap_or(-1))
}

/// Shows what the engine tells, and writes down what was shown.
async fn hear(seat: Arc<Seat>, mut heard: UnboundedReceiver<News>) -> Done<()> {
    let mut shown = HashSet::new();
    while let Some(news) = heard.recv().await {
        let fault = match news {
            News::Applied(applied) => match show(&seat, applied, &mut shown).await {
                Ok(()) | Err(Trouble::Full) => continue,
                Err(Trouble::Broken(why)) => return Err(why),
            },
            News::Line | News::Transfer(_) | News::Kept(_) | News::Roles(_) => continue,
            News::SessionLost => "the session is lost",
            News::Ended(Ended::DeviceEnded) => "the device was ended",
            News::Ended(Ended::Damaged) => "a file is damaged",
        };
        seat.log.write(&AtDesk::Fault { why: fault.to_owned() })?;
        return Err(fault.to_owned());
    }
    Ok(())
}

async fn show(seat: &Seat, applied: Applied, shown: &mut HashSet<CommandId>) -> Attempt<()> {
    for record in &applied.fresh {
        let key = record.reference().to_string();
        // Marked before it is shown: whoever dies between the two shows nothing.
        if seat.cabinet.mark_told(&key, seat.now()).await? {
            seat.log.write(&AtDesk::Told { key })?;
        }
    }
    for id in applied.commands {
        let Some(state) = seat.cabinet.command(id, seat.now()).await?.map(|it| it.entry.state) else { continue };
        let ended = matches!(state, CommandState::Applied | CommandState::Refused | CommandState::Conflict | CommandState::Blocked);
        if ended && shown.insert(id) {
            seat.log.write(&AtDesk::Ended { id, state })?;
        }
    }
    Ok(())
}
