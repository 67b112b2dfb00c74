//! From the start of the program's process to rows on the screen, in a real window with a real keyring. How long the driver of the tests takes
//! to come is nobody's morning, and is not counted.

use e2e::{
    desktop::{Desktop, Parts},
    folder::TempFolder,
    window::Window,
};

use crate::{
    desk::{Done, said},
    figures::{Sheet, ms},
    outside::Process,
    world::{PASSWORD, SARI, World},
};

/// What the window shows when it has rows.
const ROWS: &str = "document.querySelectorAll('[role=option]').length > 0";
/// Asks the desk, until it has everything that this person may see.
const WHOLE: &str = "const done = arguments[arguments.length - 1];
    const ask = () => window.__TAURI_INTERNALS__.invoke('status', { query: {} }).then(it => it.complete ? done(true) : setTimeout(ask, 100));
    ask();";

pub(crate) fn measure(world: &World, sheet: &mut Sheet) -> Done<()> {
    tokio::task::block_in_place(|| {
        let (desktop, folder) = (Desktop::start(Parts::default()), TempFolder::new("bench-window"));
        let data = folder.path().join("data");
        let window = Window::open(&desktop, &data).map_err(said)?;
        window.log_in(&world.server.base, SARI, PASSWORD).map_err(said)?;
        window.wait(ROWS).map_err(said)?;
        // What is measured is an ordinary morning, and not the first one.
        window.script_async(WHOLE, &[]).map_err(said)?;
        window.quit();
        drop(window);
        for _ in 0..5 {
            let window = Window::open_logging(&desktop, &data, "info").map_err(said)?;
            window.wait(ROWS).map_err(said)?;
            let age = window.pid().and_then(|pid| Process(pid).age()).ok_or("the program has ended")?;
            sheet.note("start_to_rows_ms", ms(age));
            window.quit();
        }
        Ok(())
    })
}
