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
    /// A link that is to be opened, such as `meja://record/consultation/…`; a running desk takes it over.
    #[arg(value_name = "LINK")]
    pub(crate) link: Option<String>,
    /// Draw without the graphics card, for drivers that show an empty window.
    #[arg(long)]
    pub(crate) safe_graphics: bool,
}

/// The link on the command line of a second start. One that cannot be read hands over nothing: its window is shown all the same.
pub(crate) fn link_of(args: impl IntoIterator<Item = String>) -> Option<String> {
    Options::try_parse_from(args).ok().and_then(|options| options.link)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn a_second_start_hands_over_its_link_and_nothing_else() {
        let link = |args: &[&str]| link_of(args.iter().map(|arg| (*arg).to_owned()));
        let it = "meja://record/consultation/019ad0f2-7c1b-7a32-8f4e-5d2b1c0a9e88";
        assert_eq!(link(&["meja", "--data", "x", it]).as_deref(), Some(it));
        assert_eq!(link(&["meja", "--", it]).as_deref(), Some(it));
        for none in [&["meja"][..], &["meja", "--minimized"], &["meja", "--unknown", it], &[]] {
            assert_eq!(link(none), None, "{none:?}");
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        Options::command().debug_assert();
        let given = Options::parse_from(["meja", "--data", "x", "--minimized"]);
        assert_eq!((given.data, given.minimized, given.safe_graphics), (Some("x".into()), true, false));
    }
}
