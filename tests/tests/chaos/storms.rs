//! Processes are killed while people act; afterwards everything holds.

use std::process::Command;

/// Runs the program with these arguments; what it said.
fn chaos(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_meja-chaos")).args(args).output().unwrap();
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{told}");
    told
}

/// A number that stands behind these words.
fn number(told: &str, behind: &str) -> u32 {
    let rest = told.split(behind).nth(1).unwrap_or_else(|| panic!("«{behind}» was not said: {told}"));
    rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

#[test]
fn nothing_is_lost_or_doubled_where_processes_are_killed() {
    let told = chaos(&["--minutes", "0.35", "--seed", "1"]);
    assert!(told.contains("everything holds"), "{told}");
    assert!(number(&told, "servers killed ") > 0 && number(&told, "desks killed ") > 0, "nothing was broken: {told}");
    assert!(number(&told, "(applied ") > 20 && number(&told, "promised to clients ") > 0, "nobody did anything: {told}");
    assert!(number(&told, "versions ") > 0 && number(&told, "sent by hand ") > 0, "no file moved: {told}");
}

#[test]
fn several_instances_on_one_database_give_out_no_number_late() {
    let told = chaos(&["--minutes", "0.35", "--seed", "4", "--postgres"]);
    assert!(told.contains("everything holds"), "{told}");
    assert!(number(&told, "servers killed ") > 0 && number(&told, "lines heard by readers ") > 20, "{told}");
}
