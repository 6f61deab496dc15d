//! What is told names no secret.

/// Variables of the environment whose values are secrets.
const SECRETS: [&str; 7] = [
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "BRIEFPRESS_KEY",
    "GITHUB_TOKEN",
    "GH_TOKEN",
    "GIT_PASSWORD",
];

/// A text as it may be shown: without the passwords in addresses and without the secrets of the environment.
pub(super) fn discreet(text: &str) -> String {
    let values = SECRETS.iter().filter_map(|name| std::env::var(name).ok());
    let values = values.map(|value| value.trim().to_owned()).filter(|value| value.len() >= 6);
    values.fold(without_passwords(text), |text, value| text.replace(&value, "***"))
}

/// `https://user:word@host/` becomes `https://***@host/`.
fn without_passwords(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        shown.push_str(before);
        shown.push_str("://");
        let end = after.find(|c: char| c == '/' || c.is_whitespace() || c == '\'' || c == '"').unwrap_or(after.len());
        let authority = &after[..end];
        if let Some((_, host)) = authority.rsplit_once('@') {
            shown.push_str("***@");
            shown.push_str(host);
        } else {
            shown.push_str(authority);
        }
        rest = &after[end..];
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_in_addresses_are_not_shown() {
        let told =
            "cannot read 'https://x-access-token:ghs_1@github.com/a/b' or ssh://git@h/c, see https://docs.org/a@b";
        let shown = "cannot read 'https://***@github.com/a/b' or ssh://***@h/c, see https://docs.org/a@b";
        assert_eq!(without_passwords(told), shown);
    }
}
