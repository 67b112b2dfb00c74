//! Where the parts of a chart stand. Plain numbers, so that it can be tested without a window; axes begin at 0.

/// Where the plot begins, from the left.
pub(super) const LEFT: f64 = 52.0;
/// What is left beside it, on the right.
pub(super) const RIGHT: f64 = 12.0;
/// How wide it is at least and at most: beyond that what belongs together stands too far apart.
pub(super) const LEAST: f64 = 200.0;
pub(super) const MOST: f64 = 1_200.0;
/// Its upper and its lower edge.
pub(super) const TOP: f64 = 24.0;
pub(super) const BASE: f64 = 186.0;
/// The most lines of an axis above its base.
const LINES: i64 = 4;

/// The values at which an axis has lines, from 0 to at least `most`, in even steps of one of these.
fn ticks(most: i64, steps: impl Iterator<Item = i64>) -> Vec<i64> {
    let most = most.max(1);
    let mut steps = steps.filter(|step| *step > 0);
    let step = steps.find(|step| step.saturating_mul(LINES) >= most).unwrap_or(most);
    (0..=(most + step - 1) / step).map(|n| n * step).collect()
}

/// The lines of an axis of counts.
pub(super) fn count_ticks(most: u32) -> Vec<i64> {
    let steps = (0..10).flat_map(|power| [1, 2, 5].map(|n| n * 10_i64.pow(power)));
    ticks(i64::from(most), steps)
}

/// The lines of an axis of working time, in minutes.
pub(super) fn minute_ticks(most: i64) -> Vec<i64> {
    let hours = (0..20).map(|power| 60 << power);
    ticks(most, [5, 10, 15, 30].into_iter().chain(hours))
}

/// Where a value stands on an axis that ends at `most`.
#[expect(clippy::cast_precision_loss, reason = "pixels")]
pub(super) fn height(value: i64, most: i64) -> f64 {
    BASE - (BASE - TOP) * value as f64 / most.max(1) as f64
}

/// The place of one of so many steps: its left edge, its middle and its width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Slot {
    pub(super) left: f64,
    pub(super) middle: f64,
    pub(super) width: f64,
}

/// The place of the n-th of so many steps in a plot of this width.
#[expect(clippy::cast_precision_loss, reason = "pixels")]
pub(super) fn slot(n: usize, of: usize, wide: f64) -> Slot {
    let each = wide / of.max(1) as f64;
    let (left, width) = (LEFT + n as f64 * each, each * 0.6);
    Slot { left: left + (each - width) / 2.0, middle: left + each / 2.0, width }
}

/// Whether a step has its name below it: there is room for so many of them, and the newest has one.
pub(super) const fn is_named(n: usize, of: usize, room: usize) -> bool {
    let every = of.div_ceil(room);
    let every = if every == 0 { 1 } else { every };
    (of - 1 - n).is_multiple_of(every)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, &[0, 1])]
    #[case(3, &[0, 1, 2, 3])]
    #[case(7, &[0, 2, 4, 6, 8])]
    #[case(62, &[0, 20, 40, 60, 80])]
    #[case(1_204, &[0, 500, 1_000, 1_500])]
    fn an_axis_of_counts_begins_at_0_and_holds_the_most(#[case] most: u32, #[case] expected: &[i64]) {
        assert_eq!(count_ticks(most), expected);
    }

    #[rstest]
    #[case(0, &[0, 5])]
    #[case(52, &[0, 15, 30, 45, 60])]
    #[case(200, &[0, 60, 120, 180, 240])]
    #[case(2_000, &[0, 960, 1_920, 2_880])]
    fn an_axis_of_time_has_hours(#[case] most: i64, #[case] expected: &[i64]) {
        assert_eq!(minute_ticks(most), expected);
    }

    #[test]
    fn nothing_stands_outside_the_plot() {
        assert_eq!((height(0, 60), height(60, 60), height(30, 60)), (BASE, TOP, (BASE + TOP) / 2.0));
        for of in [1, 10, 23, 52] {
            let (first, last) = (slot(0, of, 480.0), slot(of - 1, of, 480.0));
            assert!(first.left >= LEFT && last.left + last.width <= LEFT + 480.0, "{of}");
            let named = (0..of).filter(|n| is_named(*n, of, 6)).count();
            assert!(named <= 6 && is_named(of - 1, of, 6), "{of}: {named}");
        }
    }
}
