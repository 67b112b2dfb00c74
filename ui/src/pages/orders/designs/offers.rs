//! Which acts on versions are offered at this moment, for the palette.

use domain::{command::Act as _, commands::design, id::OrderId};

use super::{
    DesignsState,
    acts::{PURGE, SET_CURRENT, SUBMIT},
};
use crate::{acting::Offer, actions::Act};

impl DesignsState {
    /// Whether an act is about the versions of an order.
    pub(crate) const fn knows(act: Act) -> bool {
        matches!(
            act,
            Act::DesignUpload
                | Act::DesignSubmit
                | Act::DesignCurrent
                | Act::DesignSave
                | Act::DesignPurge
                | Act::DesignPause
                | Act::DesignCancel
                | Act::Versions
        )
    }
    /// How an act on the versions of an order stands; nothing where there is nothing to do it to.
    pub(crate) fn offer(self, act: Act, order: OrderId) -> Option<Offer> {
        let about = |why_not| Offer { about_record: true, why_not, ..Offer::plain(act) };
        let given = |name: &str, why_not| Offer { word: format!("give-{}", name.replace(['.', '_'], "-")), ..about(why_not) };
        if act == Act::DesignUpload {
            return self.shell.may(design::Upload::NAME).then(|| given(design::Upload::NAME, self.why_not_added(order)));
        }
        let reply = self.of(order)?;
        match act {
            Act::Versions => (!reply.versions.is_empty()).then(|| about(None)),
            Act::DesignSubmit => self.to_submit().map(|view| given(SUBMIT, self.why_not(&view, SUBMIT))),
            Act::DesignCurrent => self.open_one().map(|view| given(SET_CURRENT, self.why_not(&view, SET_CURRENT))),
            Act::DesignSave => self.open_one().map(|view| about(self.why_not_saved(&view))),
            Act::DesignPurge => {
                let view = self.open_one().filter(|view| self.shell.may(PURGE) && view.design.purged.is_none())?;
                Some(given(PURGE, self.why_not(&view, PURGE)))
            }
            Act::DesignPause => self.on_its_way().map(|view| {
                let paused = view.transfer.is_some_and(|transfer| transfer.state == bridge::TransferState::Paused);
                Offer { word: if paused { "do-design-resume" } else { "do-design-pause" }.to_owned(), ..about(None) }
            }),
            Act::DesignCancel => self.on_its_way().map(|_| about(None)),
            _ => None,
        }
    }
    /// Does an act on the versions of an order.
    pub(crate) fn run(self, act: Act, order: OrderId) {
        match act {
            Act::DesignUpload => self.pick(order),
            Act::DesignSubmit => self.submit(),
            Act::Versions => self.next(),
            Act::DesignCurrent => self.set_current(),
            Act::DesignSave => self.save(),
            Act::DesignPurge => self.purge(),
            Act::DesignPause => self.pause_meant(),
            Act::DesignCancel => self.cancel_meant(),
            _ => {}
        }
    }
}
