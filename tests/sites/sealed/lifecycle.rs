//! From joining to leaving: which reports open on which day, and which do not.

use super::*;

/// Builds on a day and tells what the code of a reader opens.
fn on(subscribers: &str, day: &str, name: &str) -> String {
    opens(&site(subscribers, day).build(), &code(name, 1))
}

const ALL: &str = "MX-1 opens; MX-2 opens; CL-1 opens; ";
const MEXICO: &str = "MX-1 opens; MX-2 opens; CL-1 shut; ";

#[test]
fn a_subscriber_reads_from_the_first_day_to_the_last() {
    let entry = "- {id: one, plans: [all], from: 2025-01-01, until: 2025-08-31}\n";
    for (day, expect) in [
        ("2024-12-31", "MX-1 shut; "),
        ("2025-01-01", "MX-1 opens; "),
        ("2025-02-09", "MX-1 opens; "),
        ("2025-02-10", "MX-1 opens; MX-2 opens; "),
        ("2025-08-31", ALL),
    ] {
        assert_eq!(on(entry, day, "one"), expect, "{day}");
    }
    let ended = "the access of this code ended on 2025-08-31";
    assert_eq!(on(entry, "2025-09-01", "one"), format!("MX-1 {ended}; MX-2 {ended}; CL-1 {ended}; "));
}

#[test]
fn a_plan_opens_what_it_covers() {
    assert_eq!(on("- {id: one, plans: [mexico]}\n", "2025-09-01", "one"), MEXICO);
    assert_eq!(on("- {id: one, plans: [chile]}\n", "2025-09-01", "one"), "MX-1 shut; MX-2 shut; CL-1 opens; ");
    assert_eq!(on("- {id: one, plans: [mexico, chile]}\n", "2025-09-01", "one"), ALL);
}

#[test]
fn the_back_catalogue_is_what_was_bought() {
    for (rule, expect) in [
        ("all", ALL),
        ("since-join", "MX-1 shut; MX-2 shut; CL-1 opens; "),
        ("1 month", "MX-1 shut; MX-2 shut; CL-1 opens; "),
        ("4 months", "MX-1 shut; MX-2 opens; CL-1 opens; "),
        ("36 months", ALL),
    ] {
        let entry = format!("- {{id: one, plans: [all], from: 2025-05-15, back_catalogue: {rule}}}\n");
        assert_eq!(on(&entry, "2025-09-01", "one"), expect, "{rule}");
    }
}

#[test]
fn an_access_that_is_taken_away_ends_on_that_day_whatever_was_paid() {
    let entry = "- {id: one, plans: [all], from: 2025-01-01, until: 2026-12-31, revoked: 2025-09-15}\n";
    assert_eq!(on(entry, "2025-09-14", "one"), ALL);
    assert!(on(entry, "2025-09-15", "one").contains("ended on 2025-09-14"));
}

#[test]
fn an_access_that_is_renewed_goes_on_with_the_same_code() {
    let mut site = site("- {id: one, plans: [all], until: 2025-08-31}\n", "2025-09-10");
    assert!(opens(&site.build(), &code("one", 1)).contains("ended"));
    site.write("subscribers.yaml", "- {id: one, plans: [all], until: 2026-08-31}\n");
    assert_eq!(opens(&site.build(), &code("one", 1)), ALL);
    site.set_clock("2026-09-01T12:00:00Z");
    assert!(opens(&site.build(), &code("one", 1)).contains("ended on 2026-08-31"));
}

#[test]
fn a_code_that_leaked_is_replaced_and_opens_nothing_more() {
    let site = site("- {id: one, plans: [all], generation: 2}\n- {id: two, plans: [mexico]}\n", "2025-09-01");
    let built = site.build();
    assert!(matches!(reader(&built, &code("one", 1)), Err(Shut::Unknown)));
    assert_eq!(opens(&built, &code("one", 2)), ALL);
    assert_eq!(opens(&built, &code("two", 1)), MEXICO);
}

#[test]
fn a_plan_that_is_changed_opens_what_it_covers_now() {
    assert_eq!(on("- {id: one, plans: [chile]}\n", "2025-09-01", "one"), "MX-1 shut; MX-2 shut; CL-1 opens; ");
    let site = site("- {id: one, plans: [chile]}\n", "2025-09-01");
    let terms = ARCHIVE.split("-- content").next().expect("terms").replace("[CL]", "[CL, MX]");
    site.write("briefpress.yaml", terms.trim_start_matches("-- briefpress.yaml --\n"));
    assert_eq!(opens(&site.build(), &code("one", 1)), ALL);
}

#[test]
fn a_report_that_moves_to_another_country_moves_between_plans() {
    let site = site("- {id: m, plans: [mexico]}\n- {id: c, plans: [chile]}\n", "2025-09-01");
    site.write(
        "content/reports/b.md",
        "---\n{id: MX-2, title: T, date: 2025-02-10, countries: [CL], summary: S}\n---\nTeaser.\n\n<!-- more -->\n\nThe canary of the second.\n",
    );
    let built = site.build();
    assert_eq!(opens(&built, &code("m", 1)), "MX-1 opens; MX-2 shut; CL-1 shut; ");
    assert_eq!(opens(&built, &code("c", 1)), "MX-1 shut; MX-2 opens; CL-1 opens; ");
}

#[test]
fn a_seal_that_is_raised_gives_the_report_another_key() {
    let site = site("- {id: one, plans: [all]}\n", "2025-09-01");
    let before = site.build();
    let old = reader(&before, &code("one", 1)).expect("a reader");
    let report = "---\n{id: MX-2, title: T, date: 2025-02-10, countries: [MX], summary: S, seal: 2}\n---\nTeaser.\n\n<!-- more -->\n\nThe canary of the second.\n";
    site.write("content/reports/b.md", report);
    let after = site.build();
    assert_eq!(opens(&after, &code("one", 1)), ALL);
    // The day key stays, and with it the way to the new content key: what changes is the key that somebody may have kept.
    assert!(old.open(after.page("/reports/2025/b/")).is_ok());
    assert_eq!(before.page("/reports/2025/c/"), after.page("/reports/2025/c/"));
}

#[test]
fn keys_that_are_rotated_shut_out_what_was_kept_and_leave_codes_as_they_are() {
    let site = site("- {id: one, plans: [all]}\n", "2025-09-01");
    let before = site.build();
    let old = reader(&before, &code("one", 1)).expect("a reader");
    let terms = ARCHIVE.split("-- content").next().expect("terms").replace("horizon: 14", "horizon: 14, keys: 2");
    site.write("briefpress.yaml", terms.trim_start_matches("-- briefpress.yaml --\n"));
    let after = site.build();
    assert_eq!(opens(&after, &code("one", 1)), ALL);
    assert!(old.open(after.page("/reports/2025/b/")).is_err());
}

#[test]
fn a_report_that_becomes_free_is_sealed_no_more() {
    let site = site("- {id: one, plans: [all]}\n", "2025-09-01");
    let report = |extra: &str| {
        format!(
            "---\n{{id: MX-2, title: T, date: 2025-02-10, countries: [MX], summary: S{extra}}}\n---\nTeaser.\n\n<!-- more -->\n\nThe canary of the second.\n"
        )
    };
    site.write("content/reports/b.md", report(", free_after: 2025-09-02"));
    assert_eq!(opens(&site.build(), &code("one", 1)), ALL);
    site.write("content/reports/b.md", report(", free_after: 2025-09-01"));
    let built = site.build();
    assert!(matches!(opened(&built, &code("one", 1), "/reports/2025/b/"), Err(Shut::Open)));
    assert!(built.page("/reports/2025/b/").contains("The canary of the second."));
}

#[test]
fn keyrings_reach_as_far_as_the_horizon_and_no_further() {
    // What a subscriber fetched on the day before the access was taken away opens reports of the next two weeks and no later ones.
    let mut site = site("- {id: one, plans: [all]}\n", "2025-09-01");
    let old = reader(&site.build(), &code("one", 1)).expect("a reader");
    for (day, opens) in [("2025-09-08", true), ("2025-10-01", false)] {
        site.set_clock(&format!("{day}T12:00:00Z"));
        site.write(
            "content/reports/late.md",
            format!("---\n{{id: MX-3, title: T, date: {day}, countries: [MX], summary: S}}\n---\nTeaser.\n\n<!-- more -->\n\nThe canary of the latest.\n"),
        );
        let built = site.build();
        assert_eq!(old.open(built.page("/reports/2025/late/")).is_ok(), opens, "{day}");
    }
}

#[test]
fn every_seat_of_an_institution_has_a_code_and_one_of_them_can_be_replaced() {
    let entry = "- {id: bank, plans: [mexico], seats: 3, seat_generations: {2: 5}}\n";
    let built = site(entry, "2025-09-01").build();
    assert_eq!(opens(&built, &code("bank", 1)), MEXICO);
    assert!(matches!(reader(&built, &code("bank/2", 1)), Err(Shut::Unknown)));
    assert_eq!(opens(&built, &code("bank/2", 5)), MEXICO);
    assert_eq!(opens(&built, &code("bank/3", 1)), MEXICO);
    assert!(matches!(reader(&built, &code("bank/4", 1)), Err(Shut::Unknown)));
}

#[test]
fn a_gift_opens_one_report_until_its_day() {
    let mut site = site("", "2025-09-01");
    site.write("gifts.yaml", "- {report: MX-2, until: 2025-09-10, note: to the desk}\n");
    let day = (jiff::civil::date(2025, 9, 10) - jiff::civil::date(1970, 1, 1)).get_days() as u16;
    let gift = codes().gift("MX-2", 1, day, "to the desk").text().to_string();
    let built = site.build();
    assert!(opened(&built, &gift, "/reports/2025/b/").expect("opened").html.contains("eight blue rivers"));
    assert!(matches!(opened(&built, &gift, "/reports/2023/a/"), Err(Shut::OtherGift)));
    site.set_clock("2025-09-11T12:00:00Z");
    assert!(matches!(opened(&site.build(), &gift, "/reports/2025/b/"), Err(Shut::OtherGift)));
}
