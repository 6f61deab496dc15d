//! What `init` asks on a terminal: four questions, each with an answer that Enter takes.

use std::io::{BufRead, Write};

/// Puts questions and reads answers. Where nothing more is answered, all the rest is as proposed.
pub struct Asker<R, W> {
    answers: R,
    questions: W,
}

impl<R: BufRead, W: Write> Asker<R, W> {
    /// One that reads and writes there.
    pub fn new(answers: R, questions: W) -> Asker<R, W> {
        Asker { answers, questions }
    }

    /// A text. `fault` says what is wrong with an answer; the question is put again until nothing is.
    pub fn text(&mut self, question: &str, proposal: &str, fault: impl Fn(&str) -> Option<String>) -> String {
        loop {
            match self.line(&format!("{question} [{proposal}]: ")).as_deref() {
                None | Some("") => return proposal.to_owned(),
                Some(answer) => match fault(answer) {
                    None => return answer.to_owned(),
                    Some(fault) => self.say(&format!("  {fault}\n")),
                },
            }
        }
    }

    /// Yes or no; no, unless yes is answered.
    pub fn yes(&mut self, question: &str) -> bool {
        let answer = self.line(&format!("{question} [y/N]: ")).unwrap_or_default();
        matches!(answer.to_lowercase().as_str(), "y" | "yes")
    }

    fn line(&mut self, question: &str) -> Option<String> {
        self.say(question);
        let mut line = String::new();
        let read = self.answers.read_line(&mut line).unwrap_or(0);
        (read > 0).then(|| line.trim().to_owned())
    }

    fn say(&mut self, text: &str) {
        let _ = self.questions.write_all(text.as_bytes()).and_then(|()| self.questions.flush());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_taken_and_faults_are_told() {
        let mut told = Vec::new();
        let mut asker = Asker::new(&b"\nfoo\nhttps://a.example/\nYes\n"[..], &mut told);
        let fault = |text: &str| (!text.starts_with("https://")).then(|| "it is no address".to_owned());
        assert_eq!(asker.text("Title", "My Briefings", |_| None), "My Briefings");
        assert_eq!(asker.text("Address", "https://example.org/", fault), "https://a.example/");
        assert!(asker.yes("Sample?"));
        assert!(!asker.yes("Sealed?"), "nothing more is answered");
        assert_eq!(asker.text("Title", "My Briefings", |_| Some("never".to_owned())), "My Briefings");
        let told = String::from_utf8(told).expect("text");
        assert!(
            told.starts_with("Title [My Briefings]: Address [https://example.org/]:   it is no address\n"),
            "{told}"
        );
    }
}
