//! Where one person is logged in, and ending one of their devices.

use std::rc::Rc;

use bridge::PersonRow;
use dioxus::prelude::*;
use domain::wire::DeviceInfo;

use super::state::StaffState;
use crate::{
    components::button::Button,
    giving::Giving,
    pages::settings::{DeviceList, EndDialog},
    words::use_words,
};

/// The part of the detail.
#[component]
pub(super) fn DevicesOf(person: Rc<PersonRow>) -> Element {
    let staff = use_context::<StaffState>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let mut ending = use_signal(|| None::<DeviceInfo>);
    rsx! {
        section { class: "sec", "aria-labelledby": "staff-devices",
            div { class: "sec-top",
                h2 { class: "sec-h grow", id: "staff-devices", {t.text("set-devices")} }
                Button { text: t.text("devices-again"), icon: "refresh", class: "btn-sm", onpress: move |()| staff.read_devices(true) }
            }
            DeviceList {
                told: (staff.devices)(),
                leaving: (staff.leaving)(),
                onend: move |device| ending.set(Some(device)),
                onretry: move |()| staff.read_devices(true),
            }
            if let Some(device) = ending() {
                EndDialog {
                    device,
                    onanswer: move |end: Option<DeviceInfo>| {
                        ending.set(None);
                        if let Some(device) = end {
                            staff.revoke(&person, &device, giving);
                        }
                    },
                }
            }
        }
    }
}
