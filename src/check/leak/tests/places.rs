//! The canary in every place of a page, a feed, a script, and in every spelling.

use super::*;

#[track_caller]
fn check(output: &str, expected: &[Form]) {
    assert_eq!(forms(output), expected, "{output}");
}

fn spaced(between: &str) -> String {
    CANARY.split(' ').collect::<Vec<_>>().join(between)
}

#[test]
fn visible_text_goes_on_across_tags() {
    let text = [Form::Text];
    check(&format!("<p>{CANARY}</p>"), &text);
    check(&format!("<p>{}</p>", spaced(" <em>")), &text);
    check(&format!("<p>{}</p>", spaced("</em> <a href=\"/x/\" title=\"a > b\">")), &text);
    check(&format!("<p>{}</p>", spaced("</p>\n\n<p class='a b c'>")), &text);
    check(&format!("<p>{}</p>", spaced(" <!-- note --> ")), &text);
    check(&format!("<svg><text>{}</text></svg>", spaced("</tspan><tspan x=1>")), &text);
    check(&format!("<?xml version=\"1.0\"?><a><![CDATA[<p>{}]]></a>", spaced(" <b>")), &text);
    check(&format!("<p>1 < 2 and {CANARY}"), &text);
    check(&format!("<p title=\"never closed>{}</p>", spaced(" ")), &[Form::Text, Form::Attribute]);
}

#[test]
fn words_go_on_across_inline_tags() {
    check(&format!("<p><span class=\"cap\">T</span>{}</p>", &CANARY[1..]), &[Form::Text]);
    let broken =
        CANARY.replace("expects", "ex<em>pect</em>s").replace("resign", "re<wbr>sign").replace("Marlen", "Mar&shy;len");
    check(&format!("<p>{broken}</p>"), &[Form::Text]);
    let field = with(SecretKind::Field, "Marlen expects to resign");
    assert!(is_found(&field, "<b>x</b><p>Mar<b>len</b> expects to re<wbr>sign</p>"));
    assert!(is_found(&field, "<p>Likely<b>Marlen expects to resign</b>soon</p>"));
}

#[test]
fn a_short_field_stands_in_one_piece() {
    let field = with(SecretKind::Field, "Marlen expects to resign");
    assert!(is_found(&field, "<td>Marlen <i>expects</i> to resign</td>"));
    assert!(!is_found(&field, "<h3>Why nobody asked Marlen</h3>\n<p>Expects to resign</p>"));
    assert!(!is_found(&field, "<td>Marlen expects</td><td>to resign</td>"));
    assert!(is_found(&field, "<p><time>Marlen expects</time> to resign</p>"));
    assert!(is_found(&field, "<p><x-fade>Marlen</x-fade> expects to <kbd>resign</kbd></p>"), "an element not known");
    assert!(is_found(&field, "<td>Marlen expects</td><td>to resign</td><td>Marlen expects to resign</td>"));
    assert!(is_found(&field, "Marlen\nexpects to resign"), "a text without markup");
}

#[test]
fn attributes_comments_scripts() {
    check(&format!("<img alt=\"{CANARY}\">"), &[Form::Attribute]);
    check(&format!("<meta content='{CANARY}'>"), &[Form::Attribute]);
    check(&format!("<p data-x=\"<p>{}</p>\">", spaced("<em> ")), &[Form::Text]);
    check(&format!("<p data-x=\"&lt;p&gt;{}\">", spaced(" &lt;em class=&quot;a&quot;&gt;")), &[Form::Escaped]);
    check(&format!("<!-- <p>{}</p> --><p>Text", spaced(" <em>")), &[Form::Hidden]);
    check(&format!("<script>let a = \"{CANARY}\"</script><p>Text"), &[Form::Hidden]);
    check(&format!("<style>a::after {{ content: \"{CANARY}\" }}</style>"), &[Form::Hidden]);
    check(&format!("<!-- a --><script src=x></script><p>{CANARY}"), &[Form::Text]);
}

#[test]
fn json_and_scripts() {
    check(&format!("{{\"text\":\"{CANARY}\"}}"), &[Form::Text]);
    check(&format!("{{\"html\":\"<p>{}\"}}", spaced(" <em class=\\\"a\\\">")), &[Form::Text]);
    check(&format!("{{\"html\":\"{}\"}}", spaced("\\n")), &[Form::Escaped]);
    check(&format!("{{\"html\":\"{}\"}}", spaced("\\u003cem\\u003e ")), &[Form::Escaped]);
    check(&format!("{{\"html\":\"{}\"}}", spaced(" <em>x<\\/em> ").replace(">x<", "><")), &[Form::Escaped]);
    let escaped = CANARY.replace('Ü', "\\u00dc").replace('ü', "\\u{fc}").replace('é', "\\xe9");
    check(&format!("a = '{escaped}';"), &[Form::Escaped]);
    check(&format!("<script type=\"application/ld+json\">{{\"a\":\"{escaped}\"}}</script>"), &[Form::Escaped]);
    check(&format!("[\"if a < b then {CANARY}, or c > d\"]"), &[Form::Text]);
}

#[test]
fn feeds_hold_escaped_markup() {
    check(
        &format!("<feed><content type=\"html\">&lt;p&gt;{}&lt;/p&gt;</content></feed>", spaced(" &lt;em&gt;")),
        &[Form::Escaped],
    );
    check(&format!("<feed><content>&#60;p&#x3E;{}</content></feed>", spaced(" &#60;b&#62;")), &[Form::Escaped]);
    check(&format!("<a><b>&amp;lt;p&amp;gt;{}</b></a>", spaced(" &amp;lt;em&amp;gt;")), &[Form::Escaped]);
    check(&format!("<a><b>{}</b></a>", spaced("&amp;nbsp;")), &[Form::Escaped]);
}

#[test]
fn calendars_fold_lines() {
    let folded =
        CANARY.replace("cabinet", "cab\r\n inet").replace("expects", "exp\r\n ects").replace("before", "bef\r\n ore");
    check(&format!("BEGIN:VCALENDAR\r\nSUMMARY:{folded}\r\n"), &[Form::Text]);
}

#[test]
fn spelling_does_not_matter() {
    let text = [Form::Text];
    check(&CANARY.to_uppercase(), &text);
    check(&CANARY.replace('’', "'"), &text);
    for apostrophe in ["&#39;", "&rsquo;", "&#8217;", "&#x2019;", "&apos;", "\u{2bc}"] {
        check(&format!("<p>{}", CANARY.replace('’', apostrophe)), &text);
    }
    check(&CANARY.replace('Ü', "U\u{308}").replace('é', "e\u{301}"), &text);
    check(&CANARY.replace('Ü', "U").replace('ü', "u").replace('é', "e"), &text);
    check(&format!("<p>{}", CANARY.replace('Ü', "&Uuml;").replace('ü', "&#252;").replace('é', "&eacute;")), &text);
    check(&CANARY.replace("cabinet", "cab\u{ad}i\u{200b}net").replace("resign", "re\u{2060}sign"), &text);
    check(&spaced(" — "), &text);
    check(&spaced("_"), &text);
    check(&format!("<p>{}", spaced("&nbsp;&mdash; &hellip; ")), &text);
    check(&CANARY.replace("resign", "ｒｅｓｉｇｎ"), &text);
}

#[test]
fn text_in_another_encoding_is_found_between_the_accents() {
    let latin1: Vec<u8> =
        format!("<p>{CANARY} and then call for early elections").chars().map(|letter| letter as u8).collect();
    let secrets = with(SecretKind::Body, &format!("{CANARY} and then call for early elections"));
    assert!(is_found(&secrets, latin1));
}

#[test]
fn texts_without_spaces() {
    for (text, least) in [
        ("内閣は来月の予算採決の前に辞任する見通しだ", 8),
        ("内阁预计将在预算表决之前辞职并提前举行选举", 8),
        ("คณะรัฐมนตรีคาดว่าจะลาออกก่อนการลงมติงบประมาณ", 12),
        ("ຄະນະລັດຖະບານຄາດວ່າຈະລາອອກກ່ອນການລົງມະຕິ", 12),
    ] {
        let secrets = with(SecretKind::Body, text);
        let letters: Vec<char> = text.chars().collect();
        for part in letters.windows(least) {
            let part: String = part.iter().collect();
            assert!(is_found(&secrets, format!("<p>ก่อน前<b>{part}</b>的ก่อน")), "{part}");
        }
        let short: String = letters[..least - 1].iter().collect();
        assert!(!is_found(&secrets, format!("<p>{short}")), "{short}");
        assert!(is_found(
            &secrets,
            format!("<p>{}", text.replace(letters[9], &format!("{}<wbr>\u{200b}", letters[9])))
        ));
    }
}

#[test]
fn other_scripts() {
    for text in [
        "Кабинет министров ожидает отставки премьера ещё до голосования по бюджету",
        "내각은 예산안 표결 전에 총리가 사임할 것으로 보고 있다",
        "Η κυβέρνηση αναμένει την παραίτηση του υπουργού πριν από την ψηφοφορία",
    ] {
        let secrets = with(SecretKind::Body, text);
        assert!(is_found(&secrets, format!("<p>{}</p>", text.to_uppercase())), "{text}");
        assert!(is_found(&secrets, text.replace(' ', " <b>")), "{text}");
    }
    let secrets = with(SecretKind::Field, "Премьер ещё й країна");
    assert!(is_found(&secrets, "Премьер еще\u{308} и\u{306} краі\u{308}на"));
    let secrets = with(SecretKind::Field, "한국 정부 전망");
    assert!(is_found(&secrets, "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8} 정부 전망"));
}

#[test]
fn short_fields_are_found_whole() {
    let secrets = Secrets::with_capacity(100);
    for field in [
        "Outlook for Freedonia",
        "Constitutional reform",
        "Institutionalisierung",
        "One two three four five six seven",
        "欧州の政治情勢",
    ] {
        secrets.add(1, SecretKind::Field, field);
        let found = hits(&secrets, "a", format!("<h2 id=x>A {field}</h2><p>b").as_bytes());
        assert_eq!(found.len(), 1, "{field}");
        assert!(is_found(&secrets, format!("<h2>{}</h2>", field.to_uppercase())), "{field}");
    }
    assert!(is_found(&secrets, "files/outlook-for-freedonia.csv"));
    assert!(!is_found(
        &secrets,
        "<p>Outlook for all of Freedonia: a reform, institutional, one two three four five six"
    ));
    assert!(!is_found(&with(SecretKind::Field, "Two words"), "Two words"));
    assert!(!is_found(&with(SecretKind::Field, "欧州政治"), "欧州政治"));
}

#[test]
fn exact_secrets_are_found_wherever_they_begin() {
    let secrets = Secrets::with_capacity(10);
    for secret in ["AB-12!", "bpk1_Zm9vYmFy0123456789", "gruppe-ä-07"] {
        secrets.add(9, SecretKind::Exact, secret);
        for before in ["", "x", "xy", "xyz", "\u{e9}", "<!-- AB-12 "] {
            let found = hits(&secrets, "a", format!("{before}{secret}x").as_bytes());
            assert_eq!(
                found.iter().map(|hit| (hit.words, hit.owner, hit.at)).collect::<Vec<_>>(),
                [(0, Some(9), before.len())]
            );
        }
        assert!(!is_found(&secrets, &secret[..secret.len() - 1]));
        assert!(!is_found(
            &secrets,
            secret.to_lowercase().replace("ab", "aB").replace("ä", "a").replace("bpk1_z", "bpk1_y")
        ));
        assert!(is_found(&secrets, [&[0xff, 0xfe, 0][..], secret.as_bytes()].concat()));
    }
    assert!(!hits(&secrets, "codes/AB-12!/x", b"").is_empty());
}
