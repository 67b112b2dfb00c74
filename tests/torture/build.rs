//! The flag by which `domain` has room for planted faults, for this crate too (docs/torture.md).

fn main() {
    println!("cargo::rustc-check-cfg=cfg(meja_fault)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=MEJA_FAULT");
    if std::env::var_os("MEJA_FAULT").is_some() {
        println!("cargo::rustc-cfg=meja_fault");
    }
}
