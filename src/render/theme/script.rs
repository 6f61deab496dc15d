//! Scripts and style sheets as they are published: without indentation and lines that are comments, which are a tenth of what
//! is sent.

/// A script or style sheet without what readers do not need. One with a text over several lines, where white space counts,
/// stays as it is: some line of it has an odd number of backticks, or ends with a backslash.
pub fn published(script: &[u8]) -> Vec<u8> {
    let lines = || script.split(|byte| *byte == b'\n');
    let odd = |line: &[u8]| memchr::memchr_iter(b'`', line).count() % 2 == 1 || line.ends_with(b"\x5c");
    if lines().any(odd) {
        return script.to_vec();
    }
    let is_one_comment = |line: &[u8]| memchr::memmem::find(line, b"*/").is_some_and(|end| end + 2 == line.len());
    let is_comment = |line: &&[u8]| line.starts_with(b"//") || (line.starts_with(b"/*") && is_one_comment(line));
    let kept = lines().map(<[u8]>::trim_ascii_start).filter(|line| !line.is_empty() && !is_comment(line));
    kept.flat_map(|line| line.iter().copied().chain([b'\n'])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(script: &str, expect: &str) {
        assert_eq!(String::from_utf8(published(script.as_bytes())).expect("text"), expect);
    }

    #[test]
    fn comments_and_indentation_go() {
        check("// A.\n(() => {\n  /** B. */\n  a(`x`); // C.\n\n})();\n", "(() => {\na(`x`); // C.\n})();\n");
    }

    #[test]
    fn what_stands_beside_a_comment_stays() {
        check(
            "/* A. */\n.a {\n  b: c; /* D. */\n}\n/* E. */ .f { } /* G. */\n",
            ".a {\nb: c; /* D. */\n}\n/* E. */ .f { } /* G. */\n",
        );
    }

    #[test]
    fn a_text_over_several_lines_stays() {
        for script in ["a(`x\n  y`);\n", "a('x\\\n  y');\n"] {
            check(script, script);
        }
    }
}
