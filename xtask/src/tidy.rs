//! `cargo xtask tidy`: the arrows between crates, the sizes of files and functions, and texts that nobody shows (ARCHITECTURE.md,
//! house rules).

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use syn::{
    ImplItemFn, ItemFn, TraitItemFn,
    spanned::Spanned,
    visit::{self, Visit},
};

use crate::{
    catalogue,
    run::{cargo, output, program, root},
};

/// The hard limits.
const FILE: usize = 600;
const FUNCTION: usize = 80;

/// What each crate may use of the others; nothing else.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("bridge", &["domain"]),
    ("store", &["domain"]),
    ("mirror", &["domain"]),
    ("sync", &["domain", "mirror"]),
    ("desk", &["bridge", "domain", "inspect", "mirror", "picture", "sheet", "sync"]),
    ("testkit", &["domain", "sync"]),
    ("hostile", &[]),
    ("inspect", &["domain"]),
    ("picture", &["domain"]),
    ("sheet", &[]),
    ("server", &["domain", "inspect", "picture", "store"]),
    ("meja", &["bridge", "desk", "domain"]),
    ("ui", &["bridge", "domain"]),
];

/// What is no part of the product, and may use all of it.
const TOOLS: &[&str] = &["e2e", "torture", "xtask"];

/// What each crate must never contain, directly.
const BANNED: &[(&str, &[&str])] = &[
    ("domain", &["tokio", "sqlx", "axum", "tauri", "dioxus", "reqwest", "rand", "getrandom", "async-trait"]),
    ("bridge", &["tokio", "sqlx", "axum", "tauri", "dioxus", "reqwest"]),
    ("store", &["axum", "hyper", "reqwest", "tower-http"]),
    ("mirror", &["reqwest", "hyper", "axum", "tauri"]),
    ("sync", &["sqlx", "libsqlite3-sys", "tauri"]),
    ("desk", &["tauri", "sqlx"]),
    ("server", &["sqlx", "tauri"]),
    ("ui", &["sqlx", "reqwest", "tokio"]),
];

pub(crate) fn run() -> Result<()> {
    let mut faults = arrows()?;
    faults.extend(sizes()?);
    faults.extend(catalogue::unused()?);
    if faults.is_empty() {
        println!("tidy: the arrows hold, the sizes are right, every text is shown");
        return Ok(());
    }
    bail!("tidy:\n  {}", faults.join("\n  "))
}

fn arrows() -> Result<Vec<String>> {
    let mut command = cargo();
    command.args(["metadata", "--format-version=1", "--no-deps", "--offline"]);
    let text = output(command).context("cargo metadata failed")?;
    let metadata: serde_json::Value = serde_json::from_str(&text)?;
    let mut faults = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        // A test may use what the crate itself may not: only what is built into it counts.
        let used = package["dependencies"].as_array().into_iter().flatten().filter(|d| d["kind"].is_null());
        let used: Vec<&str> = used.filter_map(|d| d["name"].as_str()).collect();
        let ours = |n: &str| ARROWS.iter().any(|(crate_name, _)| *crate_name == n) || TOOLS.contains(&n);
        if let Some((_, allowed)) = ARROWS.iter().find(|(n, _)| *n == name) {
            faults.extend(used.iter().filter(|u| ours(u) && !allowed.contains(u)).map(|u| format!("{name} may not use {u}")));
        } else if !TOOLS.contains(&name) {
            faults.push(format!("{name} has no place in the list of arrows (xtask/src/tidy.rs)"));
        }
        if let Some((_, banned)) = BANNED.iter().find(|(n, _)| *n == name) {
            faults.extend(used.iter().filter(|u| banned.contains(u)).map(|u| format!("{name} must never contain {u}")));
        }
    }
    Ok(faults)
}

fn sizes() -> Result<Vec<String>> {
    let list =
        output(program("git", &["ls-files", "--cached", "--others", "--exclude-standard", "*.rs"])).context("git ls-files failed")?;
    let mut faults = Vec::new();
    for path in list.lines().map(PathBuf::from).filter(|p| root().join(p).exists()) {
        let text = std::fs::read_to_string(root().join(&path)).with_context(|| path.display().to_string())?;
        let lines = text.lines().count();
        if text.starts_with("// @generated") {
            continue;
        }
        if lines > FILE {
            faults.push(format!("{} has {lines} lines, more than {FILE}: split it by meaning", path.display()));
        }
        faults.extend(functions(&path, &text)?);
    }
    Ok(faults)
}

struct Functions<'a> {
    path: &'a Path,
    faults: Vec<String>,
}

impl Functions<'_> {
    fn measure(&mut self, name: &syn::Ident, span: proc_macro2::Span) {
        let lines = span.end().line + 1 - span.start().line;
        if lines > FUNCTION {
            let at = span.start().line;
            self.faults.push(format!("{}:{at}: fn {name} has {lines} lines, more than {FUNCTION}", self.path.display()));
        }
    }
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_fn(&mut self, it: &'ast ItemFn) {
        self.measure(&it.sig.ident, it.sig.span().join(it.block.span()).unwrap_or_else(|| it.block.span()));
        visit::visit_item_fn(self, it);
    }
    fn visit_impl_item_fn(&mut self, it: &'ast ImplItemFn) {
        self.measure(&it.sig.ident, it.block.span());
        visit::visit_impl_item_fn(self, it);
    }
    fn visit_trait_item_fn(&mut self, it: &'ast TraitItemFn) {
        if let Some(block) = &it.default {
            self.measure(&it.sig.ident, block.span());
        }
        visit::visit_trait_item_fn(self, it);
    }
}

fn functions(path: &Path, text: &str) -> Result<Vec<String>> {
    let file = syn::parse_file(text).with_context(|| format!("{} does not parse", path.display()))?;
    let mut functions = Functions { path, faults: Vec::new() };
    functions.visit_file(&file);
    Ok(functions.faults)
}
