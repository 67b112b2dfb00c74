//! `cargo xtask npm`: the packages of the npm registry that building and testing want, at fixed versions: `binaryen`
//! (`wasm-opt`, for releases), `axe-core` (the accessibility rules that the browser tests inject) and `tus-js-client` (a client of files
//! that nobody here wrote). They stay under the target directory and are no part of the product.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::run::{self, program, target};

/// What is fetched.
const PACKAGES: &[(&str, &str, &str)] = &[
    ("binaryen", "132.0.0", "node_modules/binaryen/bin/wasm-opt"),
    ("axe-core", "4.14.1", "node_modules/axe-core/axe.min.js"),
    ("tus-js-client", "4.3.1", "node_modules/tus-js-client/package.json"),
];

pub(crate) fn run() -> Result<()> {
    for (name, _, _) in PACKAGES {
        println!("{}", ensure(name)?.display());
    }
    Ok(())
}

/// The file of a package, fetched if it is not here yet.
///
/// # Errors
/// When npm is missing or cannot reach its registry.
pub(crate) fn ensure(name: &str) -> Result<PathBuf> {
    let Some((name, version, file)) = PACKAGES.iter().find(|(known, _, _)| *known == name) else {
        bail!("«{name}» is not among the packages of xtask/src/npm.rs");
    };
    let home = target().join("npm").join(format!("{name}-{version}"));
    let path = home.join(file);
    if !path.exists() {
        std::fs::create_dir_all(&home)?;
        let mut npm = program("npm", &["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
        npm.current_dir(&home).args(["--prefix", "."]).arg(format!("{name}@{version}"));
        run::run(npm).context("npm comes with Node.js (Debian: apt-get install npm) and fetches from its registry")?;
    }
    if !path.exists() {
        bail!("npm installed {name} {version}, but {} is not there; delete {} and try again", path.display(), home.display());
    }
    Ok(path)
}
