//! Figures beside their goals.

use serde_json::{Value, json};
use std::fs;

/// One figure, and the goal it has, if it has one.
pub(crate) struct Figure {
    name: String,
    value: f64,
    unit: &'static str,
    at_most: Option<f64>,
}

impl Figure {
    pub(crate) fn new(name: &str, value: f64, unit: &'static str) -> Self {
        Self { name: name.to_owned(), value, unit, at_most: None }
    }
    pub(crate) fn at_most(self, goal: f64) -> Self {
        Self { at_most: Some(goal), ..self }
    }
    /// `  12.40 ms   goal 16 ms: met`
    fn line(&self) -> String {
        let Self { name, value, unit, at_most } = self;
        let goal = at_most.map(|goal| format!("   goal {goal} {unit}: {}", if *value <= goal { "met" } else { "MISSED" }));
        format!("{name:<46} {value:>9.2} {unit}{}", goal.unwrap_or_default())
    }
}

/// A run's figures, and on what machine they were taken.
pub(crate) struct Figures {
    rows: u32,
    cores: usize,
    /// The load average of the last minute when the run began.
    load: f64,
    all: Vec<Figure>,
}

impl Figures {
    pub(crate) fn begin(rows: u32) -> Self {
        let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let load = load.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0.0);
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        println!("{rows} rows, {cores} cores, load {load}{}", if load > 1.5 { ": BUSY MACHINE" } else { "" });
        Self { rows, cores, load, all: Vec::new() }
    }
    /// Takes a figure in, and prints it.
    pub(crate) fn add(&mut self, figure: Figure) {
        println!("{}", figure.line());
        self.all.push(figure);
    }
    /// Three figures of one thing that was done many times, in milliseconds; the goal is for nineteen in twenty.
    pub(crate) fn add_times(&mut self, name: &str, mut times: Vec<f64>, goal: f64) {
        times.sort_by(f64::total_cmp);
        let at = |part: usize| times.get((times.len() * part / 100).min(times.len().saturating_sub(1))).copied().unwrap_or(f64::NAN);
        self.add(Figure::new(&format!("{name}, median of {}", times.len()), at(50), "ms"));
        self.add(Figure::new(&format!("{name}, 95 %"), at(95), "ms").at_most(goal));
        self.add(Figure::new(&format!("{name}, slowest"), at(100), "ms"));
    }
    pub(crate) fn json(&self) -> String {
        let figure = |f: &Figure| json!({ "name": f.name, "value": f.value, "unit": f.unit, "at_most": f.at_most });
        let all: Vec<Value> = self.all.iter().map(figure).collect();
        json!({ "rows": self.rows, "cores": self.cores, "load": self.load, "figures": all }).to_string()
    }
}
