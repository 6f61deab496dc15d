//! A build that dies or fails at any step leaves the old site or the new one, or what it takes to get there.

#![allow(clippy::ref_option, reason = "an option is what is varied")]

use super::gate::Faults;
use super::site::{Dice, Project, Site};
use crate::write::{Error, outputs_intact};

/// Pairs of sites to go from and to; the first starts from nothing.
fn pairs() -> Vec<(Option<Site>, Site)> {
    let mut dice = Dice(7);
    let mut pairs = vec![(None, dice.site(8)), (Some(Site::new()), dice.site(5)), (Some(dice.site(5)), Site::new())];
    pairs.extend((0..3).map(|_| (Some(dice.site(9)), dice.site(9))));
    pairs
}

/// A project whose output folder holds a site; an empty site is an empty folder.
fn built(old: &Option<Site>) -> Project {
    let project = Project::new();
    if let Some(old) = old {
        project.build(old).unwrap();
        std::fs::create_dir_all(project.output()).unwrap();
    }
    project
}

/// Checks that the next builds mend the output folder and work from there.
fn check_mended(project: &Project, old: &Option<Site>, new: &Site, at: &str) {
    let stopped = project.staging().join("journal").exists() || project.staging().join("undo").exists();
    let whole = |site: &Site| site == new || site == old.as_ref().unwrap_or(&Site::new());
    assert!(stopped || whole(&project.site()), "no journal {at}");
    assert!(!stopped || !outputs_intact(&project.output(), &project.cache()));
    let repaired = project.open().unwrap().repaired.take();
    assert_eq!(repaired.is_some(), stopped, "{at}");
    assert!(whole(&project.site()), "half a site {at}: {:?}", project.site());
    assert!(!project.staging().exists());
    project.build(new).unwrap();
    assert_eq!(&project.site(), new, "{at}");
    assert!(new.is_empty() || outputs_intact(&project.output(), &project.cache()), "{at}");
    let third = Dice(at.len() as u64).site(6);
    project.build(&third).unwrap();
    assert_eq!(project.site(), third, "{at}");
}

/// Calls `run` with 0, 1, 2, ... until it says that the build did not come so far; the number of calls.
fn at_every_step(mut run: impl FnMut(usize) -> bool) -> usize {
    (0..).find(|&step| !run(step)).unwrap()
}

#[test]
fn killed_at_every_step() {
    for (number, (old, new)) in pairs().into_iter().enumerate() {
        let steps = at_every_step(|step| {
            let (project, faults) = (built(&old), Faults::die_at(step));
            let _ = project.build_with(&new, faults.steps());
            check_mended(&project, &old, &new, &format!("pair {number}, step {step}"));
            faults.struck()
        });
        assert!(steps > 10, "pair {number} took {steps} steps");
    }
}

#[test]
fn killed_again_while_mending() {
    let mut dice = Dice(1);
    let mut struck = 0;
    for (number, (old, new)) in pairs().into_iter().enumerate() {
        for _ in 0..12 {
            let (step, second) = (8 + dice.below(40), dice.below(20));
            let (project, faults, again) = (built(&old), Faults::die_at(step), Faults::die_at(second));
            let _ = project.build_with(&new, faults.steps());
            let _ = project.build_with(&new, again.steps());
            check_mended(&project, &old, &new, &format!("pair {number}, step {step}, then {second}"));
            struck += usize::from(faults.struck() && again.struck());
        }
    }
    assert!(struck > 15, "{struck}");
}

#[test]
fn failing_at_every_step() {
    for (number, (old, new)) in pairs().into_iter().enumerate() {
        let mut failures = 0;
        at_every_step(|step| {
            let (project, faults) = (built(&old), Faults::fail_at(step));
            let failed = project.build_with(&new, faults.steps());
            let expected = if failed.is_err() { old.clone().unwrap_or_default() } else { new.clone() };
            assert_eq!(project.site(), expected, "pair {number}, step {step}");
            failures += usize::from(failed.is_err());
            let left = project.staging().exists();
            assert!(!left || failed.is_ok(), "pair {number}, step {step} left its staging folder");
            check_mended(&project, &old, &new, &format!("pair {number}, failure {step}"));
            faults.struck()
        });
        assert!(failures > 8, "pair {number} failed {failures} times");
    }
}

#[test]
fn killed_while_turning_back() {
    let mut dice = Dice(2);
    let mut half_done = 0;
    for (number, (old, new)) in pairs().into_iter().enumerate() {
        for _ in 0..16 {
            let step = 8 + dice.below(30);
            let later = step + 1 + dice.below(20);
            let (project, faults) = (built(&old), Faults::fail_and_die_at(step, later));
            let failed = project.build_with(&new, faults.steps());
            half_done += usize::from(matches!(failed, Err(Error::HalfDone { .. })));
            check_mended(&project, &old, &new, &format!("pair {number}, step {step}, then {later}"));
        }
    }
    assert!(half_done > 10, "{half_done}");
}
