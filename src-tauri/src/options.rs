//! What the program takes on its command line.

use clap::Parser;
use std::path::PathBuf;

/// The desk of a consultation and design-service business.
#[derive(Clone, Debug, Parser)]
#[command(name = "meja", version, about)]
pub(crate) struct Options {
    /// Where this desk keeps its files. By default the user's folder for application data.
    #[arg(long, env = "MEJA_DATA", value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Start in the tray, without showing the window; if there is no tray, the window is shown.
    #[arg(long)]
    pub(crate) minimized: bool,
    /// Draw without the graphics card, for drivers that show an empty window.
    #[arg(long)]
    pub(crate) safe_graphics: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Options::command().debug_assert();
        let given = Options::parse_from(["meja", "--data", "x", "--minimized"]);
        assert_eq!((given.data, given.minimized, given.safe_graphics), (Some("x".into()), true, false));
    }
}
