//! `cargo xtask icons [--check]`: every icon file, made from the drawings in `icons/source`. The results are committed, because
//! building the shell wants them; `--check` makes them again in memory and fails if one differs from what is committed.

use std::{
    fs,
    io::Cursor,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use resvg::{tiny_skia, usvg};

use crate::run::root;

/// The tray's states, each with its drawing `tray-….svg`.
const TRAY: [&str; 6] = ["plain", "dot", "alert", "offline", "moon", "lock"];
/// A tray icon is drawn at twice the size of the largest common panel.
const TRAY_SIZE: u32 = 64;
/// The pictures of the program itself.
const PNG: [(&str, u32); 5] = [
    ("icons/32x32.png", 32),
    ("icons/128x128.png", 128),
    ("icons/128x128@2x.png", 256),
    ("icons/icon.png", 512),
    ("ui/public/favicon.png", 32),
];
/// The sizes in the Windows file, smallest first.
const ICO: [u32; 6] = [16, 24, 32, 48, 64, 256];
/// The sizes in the macOS file.
const ICNS: [u32; 6] = [16, 32, 64, 128, 256, 512];
/// macOS draws an icon on a plate with air around it: the drawing takes this share of the square.
const ICNS_SHARE: f32 = 0.82;

pub(crate) fn run(args: &[String]) -> Result<()> {
    let check = match args {
        [] => false,
        [only] if only == "--check" => true,
        _ => bail!("`cargo xtask icons` has one option, --check"),
    };
    let root = root();
    let made = make(&root.join("icons/source"))?;
    if check {
        let differ: Vec<String> =
            made.iter().filter(|(n, b)| fs::read(root.join(n)).ok().as_ref() != Some(b)).map(|(n, _)| n.clone()).collect();
        if !differ.is_empty() {
            bail!("{} would come out otherwise: run cargo xtask icons and commit the result", differ.join(", "));
        }
        println!("the icons are what their drawings make");
        return Ok(());
    }
    for (name, bytes) in &made {
        let path = root.join(name);
        // Unchanged files keep their time, so that nothing that embeds them is built again.
        if fs::read(&path).ok().as_ref() != Some(bytes) {
            fs::write(&path, bytes)?;
        }
    }
    println!("{} icon files", made.len());
    Ok(())
}

/// Every file, by its path in the project, and its bytes.
fn make(source: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let app = drawing(&source.join("app.svg"))?;
    let mut files = Vec::new();
    for (name, size) in PNG {
        files.push((name.to_owned(), render(&app, size, 1.0)?.encode_png()?));
    }
    files.push(("icons/icon.ico".to_owned(), ico_file(&app)?));
    files.push(("icons/icon.icns".to_owned(), icns_file(&app)?));
    for state in TRAY {
        let tray = drawing(&source.join(format!("tray-{state}.svg")))?;
        files.push((format!("icons/tray-{state}.png"), render(&tray, TRAY_SIZE, 1.0)?.encode_png()?));
    }
    Ok(files)
}

fn drawing(path: &PathBuf) -> Result<usvg::Tree> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    usvg::Tree::from_str(&text, &usvg::Options::default()).with_context(|| format!("{} is not a drawing", path.display()))
}

/// Draws into a square of `size` pixels, filling this share of it.
fn render(tree: &usvg::Tree, size: u32, share: f32) -> Result<tiny_skia::Pixmap> {
    let mut pixels = tiny_skia::Pixmap::new(size, size).context("an icon has no size")?;
    #[expect(clippy::cast_precision_loss, reason = "icon sizes are small whole numbers")]
    let side = size as f32;
    let scale = side * share / tree.size().width();
    let margin = side * (1.0 - share) / 2.0;
    resvg::render(tree, tiny_skia::Transform::from_translate(margin, margin).pre_scale(scale, scale), &mut pixels.as_mut());
    Ok(pixels)
}

/// Pixels with the colours not yet multiplied by how opaque they are, as icon files want them.
fn straight(pixels: &tiny_skia::Pixmap) -> Vec<u8> {
    pixels.pixels().iter().map(|p| p.demultiply()).flat_map(|c| [c.red(), c.green(), c.blue(), c.alpha()]).collect()
}

fn ico_file(tree: &usvg::Tree) -> Result<Vec<u8>> {
    let mut folder = ico::IconDir::new(ico::ResourceType::Icon);
    for size in ICO {
        let image = ico::IconImage::from_rgba_data(size, size, straight(&render(tree, size, 1.0)?));
        folder.add_entry(ico::IconDirEntry::encode(&image)?);
    }
    let mut bytes = Vec::new();
    folder.write(&mut bytes)?;
    Ok(bytes)
}

fn icns_file(tree: &usvg::Tree) -> Result<Vec<u8>> {
    let mut family = icns::IconFamily::new();
    for size in ICNS {
        let image = icns::Image::from_data(icns::PixelFormat::RGBA, size, size, straight(&render(tree, size, ICNS_SHARE)?))?;
        family.add_icon(&image)?;
    }
    let mut bytes = Cursor::new(Vec::new());
    family.write(&mut bytes)?;
    Ok(bytes.into_inner())
}
