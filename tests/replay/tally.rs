//! Verdicts by command, held against the table of expectations (`expected.txt`): one line for each command with how many of its
//! calls are equal (or corrected on purpose), equal in shape, different, missing.

use super::compare::Verdict;
use std::collections::BTreeMap;
use std::fmt::Write;

const EXPECTED: &str = include_str!("expected.txt");

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    /// Those corrected on purpose included.
    pub equal: usize,
    pub shape: usize,
    pub different: usize,
    pub missing: usize,
}

#[derive(Default)]
pub(super) struct Tally(BTreeMap<String, Counts>);

impl Tally {
    pub fn add(&mut self, command: &str, verdict: Verdict) {
        let counts = self.0.entry(command.to_owned()).or_default();
        *match verdict {
            Verdict::Equal => &mut counts.equal,
            Verdict::Shape => &mut counts.shape,
            Verdict::Different => &mut counts.different,
            Verdict::Missing => &mut counts.missing,
        } += 1;
    }

    /// The table, a line for each command and a sum.
    pub fn table(&self) -> String {
        let mut text = String::from("# command equal shape-equal different missing\n");
        let mut sum = Counts::default();
        for (command, counts) in &self.0 {
            let Counts { equal, shape, different, missing } = *counts;
            // Writing into memory does not fail.
            let _ = writeln!(text, "{command} {equal} {shape} {different} {missing}");
            sum.equal += equal;
            sum.shape += shape;
            sum.different += different;
            sum.missing += missing;
        }
        let Counts { equal, shape, different, missing } = sum;
        let _ = writeln!(text, "# all {equal} {shape} {different} {missing}");
        text
    }

    /// Commands that are worse than the table of expectations says.
    pub fn regressions(&self) -> Vec<String> {
        let expected = expected();
        let worse = self.0.iter().filter_map(|(command, found)| {
            let wanted = expected.get(command).copied().unwrap_or_default();
            let known = expected.contains_key(command);
            let lost = found.equal < wanted.equal
                || found.equal + found.shape < wanted.equal + wanted.shape
                || found.missing > wanted.missing
                || !known;
            lost.then(|| format!("{command}: {found:?}, expected {wanted:?}"))
        });
        worse.collect()
    }
}

fn expected() -> BTreeMap<String, Counts> {
    let lines = EXPECTED.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(read).collect()
}

fn read(line: &str) -> (String, Counts) {
    let mut words = line.split_whitespace();
    let command = words.next().unwrap().to_owned();
    let mut number = || words.next().unwrap().parse().unwrap();
    (command, Counts { equal: number(), shape: number(), different: number(), missing: number() })
}
