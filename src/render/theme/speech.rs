//! What templates can ask of a language: the function `t`, and the filters `number`, `digits` and `listed`.

use std::sync::Arc;

use tera::{Kwargs, Map, State, Tera, TeraResult, Value};

use crate::locale::{Argument, Locale, direction};
use crate::text::escape_html;

/// Teaches an engine to speak a language.
pub fn teach(tera: &mut Tera, locale: &Arc<Locale>) {
    let of = Arc::clone(locale);
    tera.register_function("t", move |kwargs: Kwargs, _: &State<'_>| t(&of, &kwargs));
    let of = Arc::clone(locale);
    tera.register_filter("number", move |n: u64, _: Kwargs, _: &State<'_>| of.number(n));
    let of = Arc::clone(locale);
    tera.register_filter("digits", move |n: i64, _: Kwargs, _: &State<'_>| of.digits(n.unsigned_abs()));
    let of = Arc::clone(locale);
    tera.register_filter("listed", move |list: &[Value], kwargs: Kwargs, _: &State<'_>| listed(&of, list, &kwargs));
    tera.global_context().insert("words", &words(locale));
}

/// `words`: every message that is told nothing, with the language and its direction.
fn words(locale: &Locale) -> Value {
    let mut words = locale.words.clone();
    words.insert("lang".to_owned(), locale.tag.clone());
    words.insert("dir".to_owned(), direction(&locale.tag).to_owned());
    Value::from_serializable(&words)
}

/// The function `t`: a message with what it is told, `t(key="reports", n=3)`. What is told as HTML makes the message HTML;
/// all else in it is escaped then.
fn t(locale: &Locale, kwargs: &Kwargs) -> TeraResult<Value> {
    let key: &str = kwargs.must_get("key")?;
    if !locale.has(key) {
        return Err(tera::Error::message(format!("there is no message `{key}`")));
    }
    let mut html: Vec<&str> = Vec::new();
    let mut arguments: Vec<(&str, Argument)> = Vec::new();
    for (name, value) in kwargs.iter().filter_map(|(name, value)| Some((name.as_str()?, value))) {
        let argument = match (value.as_str(), value.as_number()) {
            (Some(_), _) if name == "key" => continue,
            (Some(text), _) if value.is_safe() => {
                html.push(text);
                Argument::Text(format!("\u{1}{}\u{2}", html.len() - 1))
            }
            (Some(text), _) => Argument::Text(text.to_owned()),
            (None, Some(number)) => Argument::Number(whole(number)),
            _ => return Err(tera::Error::message(format!("`{name}` is neither a text nor a number"))),
        };
        arguments.push((name, argument));
    }
    let said = locale.say(key, &arguments);
    if html.is_empty() {
        return Ok(Value::from(said));
    }
    let mut escaped = String::with_capacity(said.len() * 2);
    escape_html(&said, &mut escaped);
    for (index, piece) in html.iter().enumerate() {
        escaped = escaped.replace(&format!("\u{1}{index}\u{2}"), piece);
    }
    Ok(Value::safe_string(&escaped))
}

/// The filter `listed`: each entry of a list as `item`, with what stands `before` it in the language: `, ` or ` and `.
/// With `most`, so many entries and how many more there are: an entry without `item` that says `more`.
fn listed(locale: &Locale, list: &[Value], kwargs: &Kwargs) -> TeraResult<Vec<Value>> {
    let most = kwargs.get::<usize>("most")?.filter(|most| *most < list.len()).unwrap_or(list.len());
    let name = |value: &Value| {
        let own = value.as_map().and_then(|map| map.get(&"name".into())).unwrap_or(value);
        own.as_str().unwrap_or_default().to_owned()
    };
    let mut names: Vec<String> = list[..most].iter().map(name).collect();
    let more = list.len() - most;
    names.extend((more > 0).then(|| locale.count("more", more)));
    let between = locale.between(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let entries = between.into_iter().enumerate().map(|(index, before)| {
        let (key, value) = match list[..most].get(index) {
            Some(item) => ("item", item.clone()),
            None => ("more", Value::from(names[index].as_str())),
        };
        Value::from(Map::from_iter([("before".into(), Value::from(before)), (key.into(), value)]))
    });
    Ok(entries.collect())
}

fn whole(number: tera::Number) -> u64 {
    match number {
        tera::Number::Integer(n) => u64::try_from(n).unwrap_or_default(),
        tera::Number::Float(n) => n as u64,
        _ => 0,
    }
}
