//! Embeds the migrations of both engines, so that the program carries them. (The macro of sqlx would do the same, but it
//! compiles a second SQLite for the compiler's side.)

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    for engine in ["sqlite", "postgres"] {
        let mut out = String::new();
        // What is watched is named from here, and the text itself goes along: a kept target folder knows nothing of another checkout.
        let folder = Path::new("../../migrations").join(engine);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut files: Vec<_> = fs::read_dir(&folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
        files.sort();
        out.push('[');
        for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "sql")) {
            println!("cargo::rerun-if-changed={}", file.display());
            let name = file.file_stem().ok_or("a file without a name")?;
            writeln!(out, "({:?}, {:?}),", name.to_string_lossy(), fs::read_to_string(file)?)?;
        }
        out.push(']');
        fs::write(Path::new(&env::var("OUT_DIR")?).join(engine).with_extension("rs"), out)?;
    }
    Ok(())
}
