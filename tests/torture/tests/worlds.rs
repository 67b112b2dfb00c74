//! Some hundreds of worlds in every run of the tests; `cargo xtask torture` goes on from there.

#![expect(clippy::panic, reason = "a helper of tests")]

use torture::{Ground, Plan, shrink};

/// How many worlds each of the tests below runs.
const EACH: u64 = 15;

/// Runs worlds, and says of the first that fails how to see it again.
fn worlds(seeds: impl IntoIterator<Item = u64>) {
    let ground = Ground::new();
    for seed in seeds {
        holds(&ground, seed, &Plan::of(seed));
    }
}

fn holds(ground: &Ground, seed: u64, plan: &Plan) {
    let Some(why) = ground.run(plan, false).wrong else { return };
    let short = shrink(ground, plan);
    let keep: Vec<String> = short.places().iter().map(ToString::to_string).collect();
    panic!("seed {seed}: {why}\n\n{short}\n    cargo xtask torture --seed {seed} --keep {}\n", keep.join(","));
}

/// A history in which something was found, whole and as short as it became. It names that history only as long as the generator
/// stays as it is; what was wrong has a test of its own beside it.
fn held_since(seed: u64, keep: &[usize]) {
    let (ground, whole) = (Ground::new(), Plan::of(seed));
    holds(&ground, seed, &whole);
    holds(&ground, seed, &whole.keeping(keep));
}

#[test]
fn every_command_of_the_registry_can_be_given() {
    assert_eq!(torture::unknown(), Vec::<String>::new(), "arguments of which `args.rs` knows no way to make one");
}

#[test]
fn one_seed_has_one_history() {
    let (ground, mut pieces) = (Ground::new(), 0);
    // In the last four files are on their way.
    for seed in (1..=8).chain([17, 21, 22, 23]) {
        let (once, again) = (ground.run(&Plan::of(seed), false), ground.run(&Plan::of(seed), false));
        assert_eq!((once.hash, once.events), (again.hash, again.events), "seed {seed}");
        assert!(once.events > 50 && once.commands > 0, "seed {seed} is a history: {once:?}");
        pieces += once.pieces;
    }
    assert!(pieces > 0, "files move in some of them");
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

#[test]
fn a_mirror_that_lost_its_beginning_with_the_power_begins_another_history() {
    held_since(1282, &[4, 5, 8, 9, 11]);
}

#[test]
fn a_refresh_token_that_comes_twice_is_a_theft_and_no_fault() {
    held_since(237, &[0, 1, 2, 3, 6, 11, 12, 13, 14, 15, 16, 17]);
}

#[test]
fn what_a_walk_went_past_comes_with_the_feed() {
    held_since(31, &[28, 30, 31]);
}

#[test]
fn a_second_copy_of_a_request_does_not_outlive_the_database() {
    held_since(30376, &[0, 1, 2, 10, 13, 15, 16, 17, 21, 22, 23, 27]);
}

#[test]
fn what_the_feed_has_said_of_a_command_outlives_its_request() {
    held_since(401_811, &[1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 15, 16, 22, 27, 28, 31, 32, 33, 57, 59, 60, 61, 63, 64]);
}

#[test]
fn what_waited_for_an_act_is_given_again_with_it() {
    held_since(400_258, &[1, 2, 18, 25, 46, 51, 57, 58]);
}

#[test]
fn what_a_server_said_before_it_was_restored_is_no_word_of_the_restored_one() {
    held_since(75, &[3, 40, 52, 53, 60, 61, 62, 63, 64, 66, 71, 72]);
}

#[test]
fn a_request_for_tokens_that_comes_late_ends_nothing() {
    held_since(3_103_229, &[1, 5, 37, 38, 39, 40, 46, 47, 49, 53]);
    worlds([411_110]);
}

#[test]
fn what_only_the_server_can_judge_is_done_in_the_order_it_was_given() {
    worlds([410_536]);
}

#[test]
fn a_file_that_was_sent_whole_is_asked_for_and_not_sent_again() {
    worlds([410_657]);
}

#[test]
fn a_request_that_is_under_way_outlives_the_database() {
    worlds([5_000_415]);
}
