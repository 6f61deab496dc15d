//! A made-up archive for measurements: the same bytes for the same number of reports, on any machine.
//!
//! Reports have bodies of about 4.6 KB with headings, a table, a footnote and links to other reports; 60 countries,
//! 40 authors and 25 topics in a tree. Three reports in ten are gated.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

const COUNTRIES: &str = "AR AU AT BD BE BO BR BG CA CL CN CO CR HR CU CZ DK DO EC EG ET FI FR DE GH GR GT HU IN ID IR IQ IE IL IT JP JO KE MY MX \
                         MA NL NZ NG NO PK PE PH PL PT RO RU SA ZA KR ES SE TH TR UA";
const SYLLABLES: [&str; 40] = [
    "ba", "con", "der", "el", "for", "gan", "hin", "is", "jo", "kel", "lor", "men", "nar", "ol", "per", "quin", "ras",
    "sten", "tor", "ul", "ver", "wen", "xi", "yar", "zo", "bri", "cla", "dro", "fle", "gri", "hea", "lan", "mor",
    "nex", "pra", "sho", "tri", "vul", "win", "ash",
];

/// A small generator of numbers (`SplitMix64`), so that nothing depends on a library's version.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    fn word(&mut self) -> String {
        // Low numbers come more often, as in real text.
        let rank = self.roll(60) * self.roll(60);
        let mut word = SYLLABLES[rank % 40].to_owned();
        word += SYLLABLES[(rank / 40 + 7) % 40];
        if rank.is_multiple_of(3) {
            word += SYLLABLES[(rank / 7) % 40];
        }
        word
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|_| self.word()).collect();
        let text = words.join(" ");
        text[..1].to_uppercase() + &text[1..]
    }

    fn paragraph(&mut self, sentences: usize) -> String {
        (0..sentences)
            .map(|_| {
                let count = 12 + self.roll(9);
                self.words(count) + "."
            })
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Writes the archive of so many reports to a folder.
pub fn generate(root: &Path, reports: usize) -> io::Result<()> {
    let countries: Vec<&str> = COUNTRIES.split_whitespace().collect();
    let mut dice = Dice(reports as u64);
    write(root, "briefpress.yaml", CONFIGURATION)?;
    for number in 0..40 {
        let text = format!(
            "---\nname: {}\nrole: Analyst\nexpertise: [{}]\n---\n{}\n",
            author(number),
            dice.word(),
            dice.paragraph(2)
        );
        write(root, &format!("content/authors/author-{number:02}.md"), &text)?;
    }
    for number in 0..25 {
        let parent = if number < 5 { String::new() } else { format!("parent: Topic {}\n", number % 5) };
        write(
            root,
            &format!("content/topics/topic-{number}.md"),
            &format!("---\nname: Topic {number}\n{parent}---\n{}\n", dice.paragraph(1)),
        )?;
    }
    for number in 0..reports {
        let (year, text) = report(&mut dice, number, reports, &countries);
        write(root, &format!("content/reports/{year}/report-{number:06}.md"), &text)?;
    }
    Ok(())
}

#[allow(dead_code, reason = "tests generate archives without them")]
/// Adds plans and subscribers who joined in the course of five years, for the sealed edition.
pub fn add_subscribers(root: &Path, count: usize) -> std::io::Result<()> {
    let countries: Vec<&str> = COUNTRIES.split_whitespace().collect();
    let plans = "plans:\n  all: {name: Everything, covers: all}\n";
    let lists = countries.chunks(20).enumerate().map(|(number, list)| {
        format!("  third-{number}: {{name: A third, covers: {{countries: [\"{}\"]}}}}\n", list.join("\", \""))
    });
    write(root, "briefpress.yaml", &format!("{CONFIGURATION}{plans}{}", lists.collect::<String>()))?;
    let entries = (0..count).map(|number| {
        let plan = ["all", "third-0", "third-1", "third-2", "third-0, third-1"][number % 5];
        let (year, month, day) = (2021 + number % 5, number % 12 + 1, number % 28 + 1);
        let rule = ["all", "since-join", "12 months"][number % 3];
        format!("- {{id: S-{number:05}, plans: [{plan}], from: {year}-{month:02}-{day:02}, back_catalogue: {rule}}}\n")
    });
    write(root, "subscribers.yaml", &entries.collect::<String>())
}

const CONFIGURATION: &str = "title: The Generated Briefing\nurl: https://bench.example/briefings/\ntime_zone: Europe/London\nregister: {email: desk@bench.example}\n\
    default_access: public\ndefault_kind: note\nkinds:\n  note: {name: Note}\n  report: {name: Report, show_headings: true}\npagination: 20\n";

fn author(number: usize) -> String {
    let name = |index: usize| {
        let word = format!("{}{}", SYLLABLES[index % 40], SYLLABLES[(index * 7 + 3) % 40]);
        word[..1].to_uppercase() + &word[1..]
    };
    format!("{} {}", name(number), name(number + 13))
}

fn report(dice: &mut Dice, number: usize, of: usize, countries: &[&str]) -> (usize, String) {
    // Twenty years, evenly filled whatever the number of reports.
    let day = number * 20 * 360 / of.max(1);
    let (year, month, day) = (2004 + day / 360, day % 360 / 30 + 1, (day % 30 + 1).min(28));
    let gated = number % 10 < 3;
    let mut text = String::with_capacity(6000);
    let (title, summary) = (dice.words(7), dice.paragraph(1));
    let _ = write!(text, "---\nid: X-{number:06}\ntitle: \"Topic {}: {title}\"\nsummary: {summary}\n", number % 25);
    let _ = writeln!(text, "date: {year}-{month:02}-{day:02}\nkind: {}", ["note", "report"][number % 2]);
    let first = dice.roll(40);
    let _ = writeln!(text, "authors: [{}, {}]", author(first), author((first + 1 + dice.roll(38)) % 40));
    let primary = dice.roll(60);
    let _ = writeln!(
        text,
        "countries: [\"{}\", \"{}\"]",
        countries[primary],
        countries[(primary + 1 + dice.roll(58)) % 60]
    );
    let topic = dice.roll(25);
    let _ = writeln!(text, "topics: [Topic {topic}, Topic {}]", (topic + 1 + dice.roll(23)) % 25);
    let judgment = dice.words(14);
    let _ = writeln!(
        text,
        "judgments:\n- {{text: {judgment}, likelihood: likely, confidence: moderate, horizon: one year}}"
    );
    let _ = writeln!(text, "sources:\n- {}\n- {}", dice.words(6), dice.words(5));
    if gated {
        text += "access: subscribers\n";
    }
    text += "---\n\n";
    body(dice, &mut text, number, gated);
    (year, text)
}

fn body(dice: &mut Dice, text: &mut String, number: usize, gated: bool) {
    let _ = write!(text, "{}\n\n{}\n\n", dice.paragraph(3), dice.paragraph(3));
    if gated {
        text.push_str("<!-- more -->\n\n");
    }
    for part in 0..3 {
        let _ = write!(text, "## {}\n\n", dice.words(8));
        for _ in 0..3 {
            let (before, after) = (dice.paragraph(2), dice.paragraph(1));
            let _ = write!(text, "{before} *{}* and **{}**. {after}\n\n", dice.words(3), dice.words(2));
        }
        if part == 0 && number > 0 {
            let _ = write!(
                text,
                "It follows [an earlier report](@X-{:06}).[^1]\n\n[^1]: {}\n\n",
                dice.roll(number),
                dice.words(12)
            );
        }
        if part == 1 {
            let (a, b) = (dice.word(), dice.word());
            let _ = write!(
                text,
                "| {a} | {b} |\n|---|---:|\n| {} | {} |\n| {} | {} |\n\n",
                dice.word(),
                dice.roll(999),
                dice.word(),
                dice.roll(999)
            );
        }
    }
}

fn write(root: &Path, path: &str, text: &str) -> io::Result<()> {
    let path = root.join(path);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}
