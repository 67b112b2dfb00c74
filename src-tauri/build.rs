//! Makes the permissions of the window from the one list of commands, and embeds the built window.

fn main() {
    // Tauri embeds the window when it compiles; a newer window must compile the shell again.
    println!("cargo::rerun-if-changed=../ui/dist");
    let commands = tauri_build::AppManifest::new().commands(bridge::COMMANDS);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands)) {
        println!("cargo::error={error:#}");
    }
}
