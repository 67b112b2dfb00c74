//! Desain: the versions of the open order as they were uploaded, one of them seen or two compared, and files on their way
//! (R-077, R-078, M-07, C-15; picture 06; ui.md, «Upload tile», «Preview / compare»).

mod acts;
mod adding;
mod card;
mod compare;
mod contents;
mod foot;
mod offers;
mod pane;
mod pins;
mod preview;
mod purge;
mod refusal;
mod state;
mod versions;
mod zoom;

pub(crate) use adding::{pasted_data, pasted_name};
pub(crate) use foot::DesignFoot;
pub(crate) use pane::DesignsPane;
pub(crate) use purge::PurgeDialog;
pub(crate) use refusal::not_taken;
pub(crate) use state::DesignsState;
pub(crate) use versions::DropOver;

use bridge::DesignView;
use domain::{records::DesignStatus, status::Face, words::Words};

/// The id of the preview that keys zoom and arrows pan.
const VIEW: &str = "design-view";
/// The id of the slider of two pictures.
const SLIDER: &str = "design-slider";
/// The id of the place in which it moves.
const STAGE: &str = "design-stage";

/// What people call a version: `V2`.
fn spoken(words: &Words, view: &DesignView) -> String {
    words.with("upload-version", &[("n", words.whole(view.design.version).into())])
}

/// How a version that the server has looks.
fn face(view: &DesignView) -> Face {
    if view.superseded { DesignStatus::SUPERSEDED } else { view.design.status.face() }
}

/// The id of the button that opens a version.
fn tile_id(view: &DesignView) -> String {
    format!("version-{}", view.design.version)
}
