//! The commands of a publisher, from the first key to the last subscriber.

use std::process::{Command, Output};

use super::*;

/// Runs the program on a site, with its key in the environment.
fn run(site: &Site, arguments: &[&str]) -> Output {
    let key = MasterKey::from_bytes([KEY; 32]).to_text();
    let output = Command::new(env!("CARGO_BIN_EXE_briefpress"))
        .args(arguments)
        .current_dir(site.root())
        .env("BRIEFPRESS_KEY", key.as_str())
        .env_remove("BRIEFPRESS_KEY_FILE")
        .env_remove("GITHUB_ACTIONS")
        .output()
        .expect("run");
    let all = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(!all.contains(key.as_str()), "`{}` tells the key", arguments.join(" "));
    output
}

fn out(site: &Site, arguments: &[&str]) -> String {
    let output = run(site, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn err(site: &Site, arguments: &[&str]) -> String {
    let output = run(site, arguments);
    assert!(!output.status.success(), "`{}` was expected to fail", arguments.join(" "));
    String::from_utf8(output.stderr).expect("text")
}

fn subscribers(site: &Site) -> String {
    std::fs::read_to_string(site.root().join("subscribers.yaml")).expect("the file")
}

const ENTRY: &str = "# who pays\n- {id: one, plans: [all], until: 2027-01-31} # by invoice\n";

#[test]
fn a_new_key_stands_alone_on_standard_output_and_is_a_key() {
    let output = Command::new(env!("CARGO_BIN_EXE_briefpress")).args(["keys", "new"]).output().expect("run");
    let text = String::from_utf8(output.stdout).expect("text");
    assert_eq!(text.lines().count(), 1);
    assert!(MasterKey::parse(&text).is_ok());
    assert!(!String::from_utf8_lossy(&output.stderr).contains(text.trim()));
}

#[test]
fn a_key_is_looked_at_and_what_is_wrong_with_one_is_told_without_it() {
    let site = site("", "2026-01-01");
    assert!(
        out(&site, &["keys", "check"])
            .contains("is whole. It seals test (keys of generation 1, codes of generation 1)")
    );
    let wrong = |key: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_briefpress"));
        command
            .args(["keys", "check"])
            .current_dir(site.root())
            .env("BRIEFPRESS_KEY", key)
            .env_remove("BRIEFPRESS_KEY_FILE");
        String::from_utf8(command.output().expect("run").stderr).expect("text")
    };
    assert!(wrong("").contains("there is no master key"));
    assert!(wrong("secret-words").contains("begins with bpk1_") && !wrong("secret-words").contains("secret-words"));
}

#[test]
fn a_subscriber_is_added_and_the_mail_has_the_code() {
    let site = site(ENTRY, "2026-01-01");
    let mail = out(
        &site,
        &["subscriber", "add", "two", "--plan", "mexico", "--until", "2099-12-31", "--note", "to: the desk"],
    );
    assert!(
        mail.starts_with("Subject: Your access to The Briefing\n")
            && mail.contains("You can read: Mexico, until 2099-12-31.")
    );
    assert!(mail.contains(&format!("https://example.org/briefings/#code={}", code("two", 1))), "{mail}");
    assert_eq!(
        subscribers(&site),
        format!("{ENTRY}- id: two\n  plans: [mexico]\n  until: 2099-12-31\n  note: \"to: the desk\"\n")
    );
    assert!(err(&site, &["subscriber", "add", "two", "--plan", "all"]).contains("two subscribers have the id `two`"));
    assert!(err(&site, &["subscriber", "add", "six", "--plan", "al"]).contains("did you mean `all`?"));
    assert_eq!(subscribers(&site).matches("id: ").count(), 2, "what is refused leaves the file as it was");
}

#[test]
fn a_site_has_mails_of_its_own() {
    let site = site("", "2026-01-01");
    site.write("mail/welcome.txt", "Dear reader of {{ plans }}: {{ codes[0] }}");
    assert_eq!(
        out(&site, &["subscriber", "add", "two", "--plan", "all"]),
        format!("Dear reader of Everything: {}", code("two", 1))
    );
    site.write("mail/welcome.txt", "Dear {{ reader");
    assert!(err(&site, &["subscriber", "add", "three", "--plan", "all"]).contains("mail/welcome.txt"));
}

#[test]
fn an_access_is_renewed_taken_away_and_its_code_replaced_without_a_comment_lost() {
    let site = site(ENTRY, "2026-01-01");
    assert!(out(&site, &["subscriber", "renew", "one", "--until", "2098-01-31"]).contains(&code("one", 1)));
    assert_eq!(subscribers(&site), ENTRY.replace("2027-01-31", "2098-01-31"));
    assert!(out(&site, &["subscriber", "reissue", "one"]).contains(&code("one", 2)));
    assert!(
        out(&site, &["subscriber", "revoke", "one", "--from", "2026-02-01"])
            .contains("ends with the build of 2026-02-01")
    );
    assert_eq!(
        subscribers(&site),
        "# who pays\n- {id: one, revoked: 2026-02-01, generation: 2, plans: [all], until: 2098-01-31} # by invoice\n"
    );
    assert!(out(&site, &["subscriber", "show", "one", "--code"]).contains("ended on 2026-01-31"));
    assert!(err(&site, &["subscriber", "renew", "on", "--until", "2027-01-01"]).contains("did you mean `one`?"));
    assert!(err(&site, &["subscriber", "renew", "one", "--until", "later"]).contains("`later` is not a date"));
}

#[test]
fn one_seat_of_many_gets_another_code() {
    let site = site("- {id: bank, plans: [all], seats: 3}\n", "2026-01-01");
    let mail = out(&site, &["subscriber", "reissue", "bank", "--seat", "2"]);
    assert!(mail.contains(&code("bank/2", 2)) && !mail.contains(&code("bank", 1)));
    let codes = out(&site, &["subscriber", "show", "bank", "--code"]);
    assert!([code("bank", 1), code("bank/2", 2), code("bank/3", 1)].iter().all(|code| codes.contains(code)), "{codes}");
    assert!(err(&site, &["subscriber", "reissue", "bank", "--seat", "4"]).contains("has no seat 4"));
    assert!(out(&site, &["subscriber", "reissue", "bank", "--seat", "3"]).contains(&code("bank/3", 3)));
    let mail = out(&site, &["subscriber", "reissue", "bank"]);
    let all = [code("bank", 4), code("bank/2", 4), code("bank/3", 4)];
    assert!(all.iter().all(|code| mail.contains(code)), "all seats, that which was replaced by itself too: {mail}");
}

#[test]
fn a_table_is_imported_whole_or_not_at_all() {
    let site = site(ENTRY, "2026-01-01");
    site.write("new.csv", "id,plans,until,seats\nA-1,all mexico,2099-12-31,\nA-2,chile,,2\n");
    assert!(out(&site, &["subscriber", "import", "new.csv"]).contains("2 subscribers added"));
    assert!(
        subscribers(&site).starts_with(ENTRY)
            && subscribers(&site).contains("- id: A-2\n  plans: [chile]\n  seats: 2\n")
    );
    let before = subscribers(&site);
    site.write("new.csv", "id,plans\nA-3,all\nA-4,none\n");
    assert!(err(&site, &["subscriber", "import", "new.csv"]).contains("unknown plan `none`"));
    assert_eq!(subscribers(&site), before);
}

#[test]
fn lists_and_plans_are_told_in_figures() {
    let site = site(
        "- {id: one, plans: [all], until: 2099-12-31}\n- {id: two, plans: [mexico], seats: 4}\n- {id: old, plans: [all], until: 2020-01-01}\n",
        "2026-01-01",
    );
    let list = out(&site, &["subscriber", "list"]);
    assert!(
        list.contains("one  open until 2099-12-31  all")
            && list.contains("old  ended on 2020-01-01  all")
            && list.contains("3 of 3 subscribers.")
    );
    assert!(out(&site, &["subscriber", "list", "--ending", "99999"]).contains("1 of 3 subscribers."));
    let plans = out(&site, &["plans"]);
    assert!(plans.contains("Mexico (mexico): 2 gated reports, 0 of them in the last 30 days; 1 subscriber with 4 readers, 0 ending within 30 days."), "{plans}");
    assert!(plans.contains("Everything (all): 3 gated reports"));
    let json: serde_json::Value = serde_json::from_str(&out(&site, &["plans", "--format", "json"])).expect("JSON");
    assert_eq!(json[0]["readers"], 1);
}

#[test]
fn a_sealed_page_is_read_on_the_command_line() {
    let site = site("- {id: S-0001, plans: [mexico]}\n", "2026-01-01");
    let told = out(&site, &["build", "--edition", "sealed"]);
    assert!(told.contains("4 reports"), "{told}");
    let page = "public/reports/2025/b";
    let own = code("S-0001", 1);
    assert!(out(&site, &["open", page, "--code", &own.to_lowercase().replace('-', " ")]).contains("eight blue rivers"));
    assert!(out(&site, &["open", page, "--code", &own, "--html"]).starts_with("<article"));
    assert!(err(&site, &["open", "public/reports/2025/c", "--code", &own]).contains("does not cover this page"));
    assert!(err(&site, &["open", page, "--code", &code("other", 1)]).contains("opens nothing here"));
    assert!(err(&site, &["open", page, "--code", "12"]).contains("28 characters"));
    assert!(err(&site, &["open", "public/reports/2025/d", "--code", &own]).contains("everybody may read all of it"));
    assert!(err(&site, &["open", "content/reports/a.md", "--code", &own]).contains("keys/index.json"));
}

#[test]
fn a_gift_is_written_down_and_its_link_opens_the_report() {
    let site = site("", "2026-01-01");
    let mail = out(&site, &["gift", "MX-2", "--until", "2099-12-31", "--note", "to the embassy"]);
    let (_, rest) = mail.split_once("https://example.org/briefings/reports/2025/b/#code=").expect("a link");
    let gift = rest.split_whitespace().next().expect("a code");
    assert!(gift.starts_with("GIFT-"));
    out(&site, &["build", "--edition", "sealed"]);
    assert!(out(&site, &["open", "public/reports/2025/b", "--code", gift]).contains("eight blue rivers"));
    let gifts = std::fs::read_to_string(site.root().join("gifts.yaml")).expect("written");
    assert_eq!(gifts, "- report: MX-2\n  until: 2099-12-31\n  note: to the embassy\n");
    for (report, until, fact) in [
        ("MX-7", "2099-12-31", "no released report"),
        ("OPEN", "2099-12-31", "cannot be given"),
        ("MX-1", "2001-01-01", "cannot be given"),
        ("MX-2", "2001-01-01", "cannot be given"),
        ("MX-1", "soon", "is not a date"),
    ] {
        assert!(err(&site, &["gift", report, "--until", until]).contains(fact), "{report} {until}");
        assert_eq!(std::fs::read_to_string(site.root().join("gifts.yaml")).expect("there"), gifts);
    }
}

#[test]
fn rotation_is_a_number_in_the_configuration() {
    let site = site(ENTRY, "2026-01-01");
    let before = std::fs::read_to_string(site.root().join("briefpress.yaml")).expect("there");
    assert!(out(&site, &["keys", "rotate"]).contains("generation 2"));
    assert!(out(&site, &["keys", "rotate", "--codes"]).contains("generation 2"));
    let after = std::fs::read_to_string(site.root().join("briefpress.yaml")).expect("there");
    assert_eq!(after, before.replace("{site: test,", "{site: test, codes: 2, keys: 2,"));
    let two = MasterKey::from_bytes([KEY; 32]).codes_root("test", 2).code("one", 1).text().to_string();
    assert!(out(&site, &["subscriber", "show", "one", "--code"]).contains(&two));
}

#[test]
fn a_public_repository_gets_no_sealed_edition() {
    let site = site(ENTRY, "2026-01-01");
    for (private, builds) in [(false, false), (true, true)] {
        site.write("event.json", format!("{{\"repository\": {{\"private\": {private}}}}}"));
        let output = Command::new(env!("CARGO_BIN_EXE_briefpress"))
            .args(["build", "--edition", "sealed"])
            .current_dir(site.root())
            .env("BRIEFPRESS_KEY", MasterKey::from_bytes([KEY; 32]).to_text().as_str())
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_EVENT_PATH", site.root().join("event.json"))
            .output()
            .expect("run");
        assert_eq!(output.status.success(), builds);
        assert_eq!(String::from_utf8_lossy(&output.stderr).contains("this repository is public"), !builds);
    }
}
