//! Some hundreds of worlds in every run of the tests; `cargo xtask torture` goes on from there.

#![expect(clippy::panic, reason = "a helper of tests")]

use torture::{Ground, Plan, shrink};

/// How many worlds each of the tests below runs.
const EACH: u64 = 15;

/// Runs worlds, and says of the first that fails how to see it again.
fn worlds(seeds: impl IntoIterator<Item = u64>) {
    let ground = Ground::new();
    for seed in seeds {
        let plan = Plan::of(seed);
        let Some(why) = ground.run(&plan, false).wrong else { continue };
        let short = shrink(&ground, &plan);
        let keep: Vec<String> = short.places().iter().map(ToString::to_string).collect();
        panic!("seed {seed}: {why}\n\n{short}\n    cargo xtask torture --seed {seed} --keep {}\n", keep.join(","));
    }
}

#[test]
fn every_command_of_the_registry_can_be_given() {
    assert_eq!(torture::unknown(), Vec::<String>::new(), "arguments of which `args.rs` knows no way to make one");
}

#[test]
fn one_seed_has_one_history() {
    let ground = Ground::new();
    for seed in 1..=12 {
        let (once, again) = (ground.run(&Plan::of(seed), false), ground.run(&Plan::of(seed), false));
        assert_eq!((once.hash, once.events), (again.hash, again.events), "seed {seed}");
        assert!(once.events > 50 && once.commands > 0, "seed {seed} is a history: {once:?}");
    }
}

#[test]
fn a_first_part_of_the_worlds_holds() {
    worlds(1..=EACH);
}

#[test]
fn a_second_part_of_the_worlds_holds() {
    worlds(EACH + 1..=2 * EACH);
}

#[test]
fn a_third_part_of_the_worlds_holds() {
    worlds(2 * EACH + 1..=3 * EACH);
}

#[test]
fn a_fourth_part_of_the_worlds_holds() {
    worlds(3 * EACH + 1..=4 * EACH);
}
