//! The same figures with more and more records: what is flat costs the same however long the history is.

use serde_json::Value;

use super::{Anchor, Svg, caption, figure};

/// One small picture: its title, and up to two figures with what they are called.
type Panel = (&'static str, &'static [(&'static str, &'static str)]);

const PANELS: [Panel; 9] = [
    ("First sync, rows/s", &[("first_sync_rows_per_s", "desk"), ("engine_limit_rows_per_s", "limit")]),
    ("Login answer → first rows, ms", &[("first_page_ms", "")]),
    ("List of 50, ms", &[("list_50_ms", "")]),
    ("Own act → shown, ms", &[("local_act_p50_ms", "")]),
    ("A → B, ms", &[("push_p50_ms", "p50"), ("push_p99_ms", "p99")]),
    ("Commands/s", &[("commands_per_s", "")]),
    ("Disk, bytes a record", &[("desk_disk_bytes_per_record", "desk"), ("server_disk_bytes_per_record", "server")]),
    ("Wire, bytes a record", &[("wire_bytes_per_record", "zstd"), ("wire_plain_bytes_per_record", "plain")]),
    ("Server's processor, µs a push", &[("server_cpu_us_per_push", "")]),
];

/// The size of one small picture, and of the plot within it.
const PANEL: (f64, f64) = (270.0, 180.0);
const PLOT: (f64, f64) = (200.0, 100.0);
const AT: (f64, f64) = (34.0, 40.0);

/// The picture of a run; what was not measured is left out of it.
pub(super) fn drawn(run: &Value) -> String {
    let worlds: Vec<&Value> = run["growth"].as_array().into_iter().flatten().filter(|w| w["records"].as_f64() >= Some(1.0)).collect();
    let mut svg = Svg::new(3.0 * PANEL.0, 3.0 * PANEL.1 + 24.0);
    for (n, panel) in (0_u32..).zip(&PANELS) {
        let corner = (f64::from(n % 3) * PANEL.0, f64::from(n / 3) * PANEL.1);
        draw(&mut svg, corner, panel, &worlds);
    }
    svg.text((8.0, 3.0 * PANEL.1 + 14.0), Anchor::Start, "quiet", &caption(run));
    svg.done()
}

fn draw(svg: &mut Svg, (x, y): (f64, f64), (title, lines): &Panel, worlds: &[&Value]) {
    let (left, top) = (x + AT.0, y + AT.1);
    let bottom = top + PLOT.1;
    svg.text((x + 8.0, y + 18.0), Anchor::Start, "title", title);
    svg.line(&[(left, top), (left, bottom), (left + PLOT.0, bottom)], "axis");
    let places = places(worlds);
    for (world, place) in worlds.iter().zip(&places) {
        let records = world["records"].as_f64().unwrap_or_default();
        svg.text((left + place * PLOT.0, bottom + 15.0), Anchor::Middle, "quiet", &figure(records));
    }
    let values = lines.iter().flat_map(|(key, _)| worlds.iter().filter_map(|w| w[*key].as_f64()));
    let most = values.fold(0.0, f64::max);
    let points_of = |key: &str| -> Vec<((f64, f64), f64)> {
        let measured = worlds.iter().zip(&places).filter_map(|(w, place)| Some((place, w[key].as_f64()?)));
        measured.map(|(place, value)| ((left + place * PLOT.0, bottom - PLOT.1 * value / most.max(f64::MIN_POSITIVE)), value)).collect()
    };
    let all: Vec<_> = lines.iter().map(|(key, _)| points_of(key)).collect();
    for (((_, name), points), class) in lines.iter().zip(&all).zip(["first", "second"]) {
        svg.line(&points.iter().map(|(point, _)| *point).collect::<Vec<_>>(), class);
        for (point, value) in points {
            svg.dot(*point, class);
            svg.text((point.0, point.1 + beside(*point, &all)), Anchor::Middle, "quiet", &figure(*value));
        }
        if let Some(((px, py), _)) = points.last() {
            svg.text((px + 8.0, py + 4.0), Anchor::Start, "quiet", name);
        }
    }
}

/// Where the figure of a point stands: above it, or below where another line's point is in the way.
fn beside((x, y): (f64, f64), all: &[Vec<((f64, f64), f64)>]) -> f64 {
    let in_the_way = |(ox, oy): (f64, f64)| (ox - x).abs() < 1.0 && (0.1..22.0).contains(&(y - oy));
    if all.iter().flatten().any(|(point, _)| in_the_way(*point)) { 15.0 } else { -6.0 }
}

/// Where each world stands between left (0) and right (1): by the logarithm of its records, with room at both ends.
fn places(worlds: &[&Value]) -> Vec<f64> {
    let logs: Vec<f64> = worlds.iter().map(|w| w["records"].as_f64().unwrap_or(1.0).ln()).collect();
    let (least, most) = logs.iter().fold((f64::MAX, f64::MIN), |(least, most), log| (least.min(*log), most.max(*log)));
    logs.iter().map(|log| if most > least { 0.1 + 0.75 * (log - least) / (most - least) } else { 0.5 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_world_has_a_point_for_what_was_measured_in_it() {
        let growth = json!([{"records": 20_000, "list_50_ms": 0.2, "push_p50_ms": 3.0, "push_p99_ms": 9.0}, {"records": 200_000, "list_50_ms": 0.2}]);
        let picture = drawn(&json!({"growth": growth}));
        assert_eq!((picture.matches("first dot").count(), picture.matches("second dot").count()), (3, 1));
        assert!(!picture.contains("NaN") && !picture.contains("inf"), "{picture}");
    }

    #[test]
    fn figures_of_points_that_lie_close_do_not_lie_over_each_other() {
        let close = vec![vec![((10.0, 50.0), 1.0), ((90.0, 20.0), 1.0)], vec![((10.0, 60.0), 1.0), ((90.0, 80.0), 1.0)]];
        let at: Vec<f64> = close.iter().flatten().map(|(point, _)| beside(*point, &close)).collect();
        assert_eq!(at, [-6.0, -6.0, 15.0, -6.0]);
    }

    #[test]
    fn worlds_stand_by_their_orders_of_magnitude() {
        let worlds = [json!({"records": 10_000}), json!({"records": 100_000}), json!({"records": 1_000_000})];
        let places = places(&worlds.iter().collect::<Vec<_>>());
        assert!((places[1] - places[0] - (places[2] - places[1])).abs() < 1e-9, "{places:?}");
    }
}
