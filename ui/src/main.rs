//! The window's entry.

fn main() {
    ui::launch();
}
