//! Counting words.

use super::{Site, plain, render};

#[test]
fn words_are_what_a_reader_reads() {
    let check = |text: &str, expected| assert_eq!(render(text, &plain(), &Site).words, expected, "for {text:?}");
    check("", 0);
    check("a b  c", 3);
    check("a\nb", 2);
    check("a\n\nb", 2);
    check("foo**bar**baz (*a*)", 2);
    check("it's 4.2 per cent", 4);
    check("# a b\n\n- c\n- d\n\n| e | f |\n|---|---|\n| g |", 7);
    check("`a b` c", 3);
    check("a\\\nb", 2);
    check("```\na b\n```\n\n<p>c d</p>", 0);
    check("a <b>c</b> <!-- d e -->", 2);
    check("a ![b c](d) e", 2);
    check("{{ <a b=\"c d\" /> }} e", 1);
    check("a[^1]\n\n[^1]: b c", 3);
    check("中国经济。", 4);
    check("GDP 中国 growth", 4);
    check("Ελλάδα και Кипр", 3);
    check(&"word ".repeat(1000), 1000);
    check(&format!("{}中", "wörter und ".repeat(200)), 401);
}
