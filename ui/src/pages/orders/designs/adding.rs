//! Files become versions: chosen, let fall on the window, or pasted. What does not become one is shown with its reason.

use bridge::{Attached, DeskError, DropDesigns, PasteDesign, PickDesigns};
use dioxus::prelude::*;
use domain::{
    file::{FilePolicy, MediaType},
    id::OrderId,
    time::{UtcMillis, Zone},
    words::isolate,
};

use super::{DesignsState, refusal::not_taken};
use crate::{
    browser::Pasted,
    gateway::ask,
    pages::rows::why_refused,
    shell::{focus_drawn, task},
};

/// The id of the place where files are let fall.
pub(super) const ZONE: &str = "design-drop";

impl DesignsState {
    /// Why nothing can be added to an order now, in words; nothing while that is not known, for the desk judges too.
    pub(super) fn why_not_added(self, order: OrderId) -> Option<String> {
        let reply = self.of(order)?;
        reply.upload.as_ref().and_then(|verdict| why_refused(self.shell, &verdict.verdict))
    }
    /// Asks for files.
    pub(crate) fn pick(self, order: OrderId) {
        self.add(order, async move { ask(PickDesigns { order }).await });
    }
    /// Takes the files that were let fall.
    pub(crate) fn take_dropped(self, order: OrderId, handle: u64) {
        self.add(order, async move { ask(DropDesigns { order, handle }).await });
    }
    /// Takes a pasted file.
    pub(crate) fn take_pasted(self, order: OrderId, file: Pasted) {
        let name = pasted_name(&file.name, &file.media_type, self.shell.clock.now(), self.shell.zone());
        self.add(order, async move {
            match pasted_data(&file).await {
                Ok(data) => ask(PasteDesign { order, name, data }).await.map(|attached| vec![attached]),
                Err(why) => Ok(vec![Attached { name, design: None, refused: Some(why.to_owned()), details: None }]),
            }
        });
    }
    fn add(mut self, order: OrderId, work: impl Future<Output = Result<Vec<Attached>, DeskError>> + 'static) {
        if *self.order.peek() != Some(order) {
            self.open(order);
        }
        if let Some(why) = self.why_not_added(order) {
            return self.shell.say(&why);
        }
        if *self.checking.peek() {
            return;
        }
        self.checking.set(true);
        task(async move {
            let outcome = work.await;
            let mut shell = self.shell;
            let is_open = *self.order.peek() == Some(order);
            if is_open {
                self.checking.set(false);
            }
            match outcome {
                Ok(all) => self.take_attached(all, is_open),
                Err(error) => {
                    shell.say(&shell.trouble(&error));
                    shell.refused.set(Some(error));
                }
            }
            self.read();
        });
    }
    /// What became of them. Whoever went on to another order is only told.
    fn take_attached(mut self, all: Vec<Attached>, is_open: bool) {
        let words = self.shell.words();
        let (now, zone) = (self.shell.clock.now(), self.shell.zone());
        let mut said: Vec<String> = Vec::new();
        for it in all {
            if let Some(design) = it.design {
                if is_open {
                    self.added.set(Some(design));
                }
                said.push(words.with("designs-added", &[("name", isolate(&it.name).into())]));
                continue;
            }
            said.push(words.with("upload-not-taken", &[("name", isolate(&it.name).into())]));
            said.push(not_taken(&words, &it, now, zone));
            if is_open {
                let number = *self.numbered.peek();
                self.numbered.set(number.wrapping_add(1));
                self.not_taken.write().push((number, it));
            }
        }
        if !said.is_empty() {
            self.shell.say(&said.join(" "));
        }
    }
    /// Takes away what is said of a file that became no version.
    pub(super) fn dismiss(mut self, number: u32) {
        self.not_taken.write().retain(|(other, _)| *other != number);
        focus_drawn(ZONE);
    }
}

/// What a pasted file is called: as the clipboard says, else by the moment. Browsers call a picture without a name `image.png`.
pub(crate) fn pasted_name(name: &str, media_type: &str, now: UtcMillis, zone: Zone) -> String {
    if !name.is_empty() && name != "image.png" {
        return name.to_owned();
    }
    let ending = MediaType::of_declared(media_type).endings().first().copied().unwrap_or("png");
    format!("tempel-{}.{ending}", now.local(zone).strftime("%Y%m%d-%H%M%S"))
}

/// The bytes of a pasted file, in Base64, or the code of why there are none. One that is too large is not even read.
pub(crate) async fn pasted_data(file: &Pasted) -> Result<String, &'static str> {
    if FilePolicy::Design.limits().is_none_or(|limits| file.size > limits.bytes) {
        return Err("too_large");
    }
    file.base64().await.ok_or("unreadable")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_name_is_called_by_its_moment() {
        let now = UtcMillis::from_ms(1_795_405_327_000);
        let name = |name, media| pasted_name(name, media, now, Zone::Wib);
        assert_eq!(name("logo.pdf", "application/pdf"), "logo.pdf");
        assert_eq!(name("image.png", "image/png"), name("", ""));
        assert!(name("", "image/jpeg").ends_with(".jpg") && name("", "").starts_with("tempel-2026"));
        assert_eq!(name("", "").len(), "tempel-YYYYMMDD-HHMMSS.png".len());
    }
}
