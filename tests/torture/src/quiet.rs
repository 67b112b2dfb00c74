//! When nothing happens any more. The world has one thread; only the connections of the desks' files have threads of their own.
//! One thing is let happen at a time, and the next one only when nobody can go on by themselves: so one seed has one history.

use std::{
    cell::RefCell,
    future::poll_fn,
    task::{Poll, Waker},
};
use tokio::runtime::{Builder, Runtime};

thread_local! {
    static WAITING: RefCell<Option<Waker>> = const { RefCell::new(None) };
}

/// A runtime for one world. Its time stands still until the world puts it forward.
pub(crate) fn runtime() -> Runtime {
    let mut builder = Builder::new_current_thread();
    // Whoever yields comes back when nobody else can go on, and not after a number of turns.
    builder.enable_time().start_paused(true).event_interval(1 << 30).on_thread_park(|| {
        if !mirror::trouble::busy()
            && let Some(waker) = WAITING.with(|it| it.borrow_mut().take())
        {
            waker.wake();
        }
    });
    builder.build().unwrap()
}

/// Waits until nobody can go on by themselves and no file is at work.
pub(crate) async fn quiet() {
    let mut asked = false;
    poll_fn(|cx| {
        let waits = WAITING.with(|it| it.borrow().is_some());
        if asked && !waits {
            return Poll::Ready(());
        }
        asked = true;
        WAITING.with(|it| *it.borrow_mut() = Some(cx.waker().clone()));
        Poll::Pending
    })
    .await;
}
