//! `cargo xtask ui [--release] [--without-mock]`: the window, compiled, bound and laid out in `ui/dist`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    npm,
    run::{self, program, root},
    wasm,
};

/// The file that says from what `ui/dist` was made.
const STAMP: &str = ".made-from";

/// How the window is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// Small and slow to build, for people; else quick to build, for development and tests.
    pub(crate) release: bool,
    /// With the desk that runs in the window itself when there is no shell around it: for browsers and tests.
    pub(crate) mock: bool,
}

pub(crate) fn run(args: &[String]) -> Result<()> {
    let mut options = Options { release: false, mock: true };
    for arg in args {
        match arg.as_str() {
            "--release" => options.release = true,
            "--without-mock" => options.mock = false,
            other => bail!("`{other}` is no option of `cargo xtask ui`; there are --release and --without-mock"),
        }
    }
    build(options)
}

/// Builds the window, unless it is already built from the same parts.
///
/// # Errors
/// When compiling, binding, optimising or copying fails; the message says which and what to do.
pub(crate) fn build(options: Options) -> Result<()> {
    let (profile, dist) = (if options.release { "wasm" } else { "wasm-dev" }, root().join("ui/dist"));
    let compiled = wasm::build("ui", profile, if options.mock { &["mock"] } else { &[] })?;
    let public = root().join("ui/public");
    let stamp = fingerprint(&compiled, &public, options)?;
    if fs::read_to_string(dist.join(STAMP)).is_ok_and(|made| made == stamp) {
        println!("ui/dist is up to date");
        return Ok(());
    }
    // The new window is made beside the old one and takes its place whole, so that nobody ever serves a half of each.
    let making = dist.with_extension("making");
    remove(&making)?;
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&compiled).typescript(false).remove_name_section(options.release).remove_producers_section(options.release);
    bindgen.web(true)?.omit_default_module_path(true).generate(&making).context("wasm-bindgen could not bind the window")?;
    if options.release {
        optimise(&making.join("ui_bg.wasm"))?;
    }
    copy(&public, &making)?;
    fs::write(making.join(STAMP), stamp)?;
    remove(&dist)?;
    fs::rename(&making, &dist)?;
    println!("ui/dist is made ({profile}, WebAssembly {})", size(&dist.join("ui_bg.wasm")));
    Ok(())
}

/// What the compiler itself uses of WebAssembly, and every webview knows. `--all-features` would let the optimiser write in
/// encodings that no webview reads yet.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];
/// Fails where the module is not one that an engine takes.
const COMPILES: &str = "WebAssembly.compile(require('fs').readFileSync(process.argv[1])).catch(e => { console.error(e); process.exit(1) })";

fn optimise(module: &Path) -> Result<()> {
    let before = size(module);
    let mut wasm_opt = program("node", &[]);
    wasm_opt.arg(npm::ensure("binaryen")?).arg(module).arg("-o").arg(module).args(["-Oz", "--strip-debug"]).args(FEATURES);
    run::run(wasm_opt).context("wasm-opt wants Node.js (Debian: apt-get install nodejs)")?;
    let mut compile = program("node", &["-e", COMPILES]);
    compile.arg(module);
    run::run(compile).context("what wasm-opt wrote is no module that an engine takes")?;
    println!("wasm-opt: {before} to {}", size(module));
    Ok(())
}

/// A size people can read.
fn size(path: &Path) -> String {
    let bytes = path.metadata().map(|m| m.len()).unwrap_or_default();
    format!("{} kB", bytes.div_ceil(1_000))
}

/// A hash over everything that `ui/dist` is made of.
fn fingerprint(compiled: &Path, public: &Path, options: Options) -> Result<String> {
    let mut hash = Sha256::new();
    hash.update(format!("{options:?}"));
    hash.update(fs::read(compiled).with_context(|| format!("{} is missing", compiled.display()))?);
    for file in files(public)? {
        hash.update(file.strip_prefix(public).unwrap_or(&file).to_string_lossy().as_bytes());
        hash.update(fs::read(&file)?);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Every file below a folder, in one order.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    found.sort();
    Ok(found)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in files(from)? {
        let target = to.join(file.strip_prefix(from).unwrap_or(&file));
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&file, target)?;
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{} cannot be replaced", folder.display()))?;
    }
    Ok(())
}
