//! What an attacker would send, each with the one check it must not pass.

use domain::file::FilePolicy;
use std::collections::BTreeSet;

use super::looked_at;
use crate::{
    Check, announced,
    testing::{hostile, largest},
};

#[test]
fn each_hostile_file_is_refused_with_the_check_it_does_not_pass() {
    let all = hostile();
    assert!(all.len() >= 100, "{} hostile files", all.len());
    let mut wrong = Vec::new();
    for (n, (name, declared, bytes, check)) in all.iter().enumerate() {
        let answer = looked_at(name, *declared, bytes).map(|facts| facts.media_type);
        if answer != Err(*check) {
            wrong.push(format!("{n}: {name:?} of {} bytes: {answer:?}, not {check:?}", bytes.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_check_is_met_by_some_file() {
    let mut met: BTreeSet<Check> = hostile().into_iter().map(|(.., check)| check).collect();
    met.extend([Check::TooLarge, Check::PolicyUnknown]);
    let missing: Vec<&Check> = Check::ALL.iter().filter(|check| !met.contains(check)).collect();
    assert!(missing.is_empty(), "no file shows what {missing:?} are for");
}

#[test]
fn the_largest_files_need_little_memory_too() {
    for (name, bytes, is_design) in largest() {
        assert_eq!(looked_at(name, None, &bytes).is_ok(), is_design, "{name} of {} bytes", bytes.len());
    }
}

#[test]
fn what_is_known_before_the_bytes_is_looked_at_before_them() {
    let asked = |name, declared, size| announced(&FilePolicy::Design, name, declared, size).map_err(|refused| refused.check);
    assert_eq!(asked("C:\\Desain\\logo.PNG", Some("image/png"), 10_485_760).unwrap().name.as_str(), "logo.PNG");
    assert_eq!(asked("logo.png", None, 10_485_761), Err(Check::TooLarge));
    assert_eq!(asked("logo.png", None, 0), Err(Check::Empty));
    assert_eq!(asked("logo.png", Some("image/jpeg"), 1), Err(Check::TypeMismatch));
    assert_eq!(asked("logo", None, 1), Err(Check::ExtensionUnknown));
}
