//! Plants may be made in programs of tests only: `cargo xtask torture` asks for them by `MEJA_FAULT=1` (docs/torture.md).

fn main() {
    println!("cargo::rustc-check-cfg=cfg(meja_fault)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=MEJA_FAULT");
    if std::env::var_os("MEJA_FAULT").is_some() {
        println!("cargo::rustc-cfg=meja_fault");
    }
}
