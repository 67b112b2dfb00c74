//! Perangkat: where the person is logged in, and ending one of them. It stands on the server; without a line nothing is shown as
//! if it were so.

use bridge::{DeskError, Devices, DevicesReply, EndDevice, ErrorCode};
use dioxus::prelude::*;
use domain::{id::DeviceId, wire::DeviceInfo, words::isolate};

use super::{factor::FactorPart, password::PasswordForm};
use crate::{
    browser,
    components::{button::Button, confirm::Confirm, empty::Skeleton, icon::Icon},
    gateway::ask,
    shell::{Shell, put, task},
    words::{use_words, when},
};

/// The devices as they were last told; nothing while they are coming.
pub(crate) type Told = Option<Result<DevicesReply, DeskError>>;

/// The part of the screen, with the password below it: a new one ends the other devices.
#[component]
pub(super) fn DeviceRows() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let told = use_signal(|| None);
    let mut ending = use_signal(|| None::<DeviceInfo>);
    use_hook(move || read(told));
    rsx! {
        section { class: "set-devices", "aria-labelledby": "set-devices",
            div { class: "set-row",
                div {
                    h3 { class: "semi", id: "set-devices", tabindex: "-1", {t.text("set-devices")} }
                    p { class: "t2 s12", {t.text("set-devices-more")} }
                }
                Button { text: t.text("devices-again"), icon: "refresh", class: "btn-sm", onpress: move |()| read(told) }
            }
            DeviceList { told: told(), onend: move |device| ending.set(Some(device)), onretry: move |()| read(told) }
            if let Some(device) = ending() {
                EndDialog { device, onanswer: move |end: Option<DeviceInfo>| {
                    ending.set(None);
                    if let Some(device) = end {
                        end_device(shell, told, device);
                    }
                } }
            }
        }
        PasswordForm { onchanged: move |()| read(told) }
        FactorPart {}
    }
}

fn read(mut told: Signal<Told>) {
    told.set(None);
    task(async move { put(told, Some(ask(Devices { of: None }).await)) });
}

fn end_device(shell: Shell, told: Signal<Told>, device: DeviceInfo) {
    // Its button goes with it.
    browser::focus("set-devices");
    task(async move {
        let words = shell.words();
        let name = isolate(&device.name);
        match ask(EndDevice { id: device.id }).await {
            Ok(()) => shell.say(&words.with("device-ended", &[("name", name.into())])),
            // Somebody else was quicker, or it logged out: it is what was wanted.
            Err(error) if error.code == ErrorCode::NotFound => shell.say(&words.with("device-ended-before", &[("name", name.into())])),
            Err(error) => {
                shell.say(&shell.trouble(&error));
                return put(told, Some(Err(error)));
            }
        }
        read(told);
    });
}

/// What is known of somebody's devices, in every state it can be in.
#[component]
pub(crate) fn DeviceList(
    told: Told,
    /// Those whose end is on its way.
    #[props(default)]
    leaving: Vec<DeviceId>,
    onend: EventHandler<DeviceInfo>,
    onretry: EventHandler<()>,
) -> Element {
    let t = use_words();
    match told {
        None => rsx! {
            Skeleton { rows: 2, label: t.text("loading") }
        },
        Some(Err(error)) => rsx! {
            NotTold { title: t.text("devices-failed"), error, onretry }
        },
        Some(Ok(reply)) if reply.devices.is_empty() => rsx! {
            p { class: "t3", {t.text("devices-none")} }
        },
        Some(Ok(reply)) => rsx! {
            ul { class: "devices",
                for device in reply.devices {
                    li { key: "{device.id}",
                        Device { leaves: leaving.contains(&device.id), device, onend }
                    }
                }
            }
        },
    }
}

/// What stands on the server alone, and was not told.
#[component]
pub(super) fn NotTold(title: String, error: DeskError, onretry: EventHandler<()>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    rsx! {
        div { class: "note tone-kunyit", role: "alert",
            Icon { name: "sy-off" }
            span { class: "grow",
                b { {title} }
                " "
                {shell.trouble(&error)}
            }
            Button { text: t.text("retry"), class: "btn-sm", onpress: onretry }
        }
    }
}

#[component]
fn Device(device: DeviceInfo, leaves: bool, onend: EventHandler<DeviceInfo>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (now, zone) = (shell.clock.minute(), shell.zone());
    let seen = t.with("device-seen", &[("at", when(&t, device.last_seen_at, now, zone).into())]);
    let system = crate::words::wire_word(&t, "platform", &device.platform);
    let name = isolate(&device.name);
    rsx! {
        div { class: "set-row",
            div { class: "hstack hstack-3",
                Icon { name: "monitor" }
                div {
                    p { class: "semi",
                        bdi { "{device.name}" }
                    }
                    p { class: "t2 s12", "{system} · {seen}" }
                }
            }
            if device.current {
                span { class: "badge tone-daun",
                    Icon { name: "check", size: 14 }
                    {t.text("device-this")}
                }
            } else if leaves {
                span { class: "badge tone-kunyit is-ours",
                    Icon { name: "sy-queue", size: 14 }
                    {t.text("device-leaves")}
                }
            } else {
                Button {
                    text: t.with("device-end", &[("name", name.into())]),
                    class: "btn-sm",
                    onpress: move |()| onend.call(device.clone()),
                }
            }
        }
    }
}

/// «Cabut Laptop lama?»; the answer is the device, or nothing.
#[component]
pub(crate) fn EndDialog(device: DeviceInfo, onanswer: EventHandler<Option<DeviceInfo>>) -> Element {
    let t = use_words();
    let name = isolate(&device.name);
    rsx! {
        Confirm {
            id: "end-device",
            title: t.with("device-end-title", &[("name", name.into())]),
            text: t.text("device-end-text"),
            act: t.text("device-end-submit"),
            onconfirm: move |()| onanswer.call(Some(device.clone())),
            oncancel: move |()| onanswer.call(None),
        }
    }
}
