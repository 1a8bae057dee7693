//! Texts of all kinds: known fields are parsed as any parser would, and nothing else is kept.

use json::{Fields, Json};
use proptest::prelude::*;
use serde_json::{Value, json};

fn names() -> Fields {
    Fields::new(&[&["a", "b"], &["known", "a"]])
}

fn read(text: &str) -> Option<Json> {
    names().read_text(text.as_bytes())
}

/// Parses a text as the value of a field.
fn read_field(text: &str) -> Option<Json> {
    let mut object = read(&format!(r#"{{"a":{text}}}"#))?;
    Some(std::mem::take(object.field("a")?))
}

/// Read through a window of `size` bytes.
fn read_by(text: &[u8], window: usize) -> Option<Json> {
    names().read(pieces(text, window))
}

fn pieces(text: &[u8], window: usize) -> impl FnMut(&mut Vec<u8>) + '_ {
    let mut pieces = text.chunks(window);
    move |window| window.extend_from_slice(pieces.next().unwrap_or_default())
}

fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}

/// What is kept of a text that another parser reads as `value`.
fn kept(value: &Value) -> Json {
    match value {
        Value::Object(_) => kept_field(value),
        _ => Json::Null,
    }
}

/// What is kept of a known field: everything but unknown fields.
fn kept_field(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(number) => Json::Number(number.as_f64().expect("a number")),
        Value::String(words) => text(words),
        Value::Array(elements) => Json::List(elements.iter().map(kept_field).collect()),
        Value::Object(fields) => {
            let field = |name| Some((name, kept_field(fields.get(name)?)));
            Json::Object(["a", "b", "known"].into_iter().filter_map(field).collect())
        }
    }
}

/// Sorts the fields, as their order does not matter.
fn sorted(value: Json) -> Json {
    match value {
        Json::List(elements) => Json::List(elements.into_iter().map(sorted).collect()),
        Json::Object(fields) => {
            let sort = |(name, value)| (name, sorted(value));
            let mut fields: Vec<_> = fields.into_iter().map(sort).collect();
            fields.sort_by_key(|(name, _)| *name);
            Json::Object(fields)
        }
        other => other,
    }
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\"\\\\/\u{8}\u{c}\n\r\t\u{0}{}\\[\\],:é💬]{0,8}".prop_map(Value::from),
    ];
    let name = prop_oneof![
        Just("a".to_owned()),
        Just("known".to_owned()),
        "[ab\"\\\\é]{0,3}"
    ];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(name.clone(), inner, 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Reads a text: passes the elements of its list `known` to `take` and returns the rest.
fn listing(mut source: impl FnMut(&mut Vec<u8>), mut take: impl FnMut(Json)) -> Option<Json> {
    let names = names();
    let mut listing = names.listing(&mut source, "known");
    loop {
        match listing.element() {
            Ok(element) => take(element),
            Err(rest) => return rest,
        }
    }
}

proptest! {
    #[test]
    fn what_is_known_is_read_as_another_parser_reads_it(value in value(), window in 1_usize..40) {
        let value = json!({"a": value, "é": value});
        for text in [value.to_string(), format!(" {value:#}\n")] {
            let read = read_by(text.as_bytes(), window);
            prop_assert_eq!(read.map(sorted), Some(sorted(kept(&value))), "{}", text);
        }
    }

    #[test]
    fn a_list_is_read_element_by_element(
        values in prop::collection::vec(value(), 0..8), window in 1_usize..40,
    ) {
        let text = Value::from(values.clone()).to_string();
        let expected: Vec<_> = values.iter().map(kept).map(sorted).collect();
        let mut read = Vec::new();
        let source = pieces(text.as_bytes(), window);
        prop_assert!(names().each(source, &mut |one| read.push(sorted(one))));
        prop_assert_eq!(&read, &expected);

        let body = json!({"x": 1, "known": values, "a": true}).to_string();
        let mut given = Vec::new();
        let source = pieces(body.as_bytes(), window);
        let rest = listing(source, |one| given.push(sorted(one)));
        let fields = vec![("a", Json::Bool(true)), ("known", Json::List(Vec::new()))];
        prop_assert_eq!(rest.map(sorted), Some(Json::Object(fields)));
        prop_assert_eq!(&given, &expected);
    }

    #[test]
    fn truncated_json_is_rejected(
        value in value(), cut in any::<prop::sample::Index>(), window in 1_usize..40,
    ) {
        let text = json!([{"a": value}]).to_string();
        let short = &text.as_bytes()[..cut.index(text.len())];
        prop_assert_eq!(read_by(short, window), None);
        prop_assert!(!names().each(pieces(short, window), &mut drop));
    }

    #[test]
    fn any_bytes_are_read_or_rejected_for_any_window(
        bytes in prop::collection::vec(any::<u8>(), 0..64), window in 1_usize..9,
    ) {
        prop_assert_eq!(read_by(&bytes, window), read_by(&bytes, 64));
    }

    #[test]
    fn near_json_is_read_or_rejected_for_any_window(
        text in "[\\[\\]{}:,\"\\\\ua1eL.+\\- é\u{feff}]{0,24}", window in 1_usize..9,
    ) {
        let text = format!(r#"{{"a":{text}}}"#);
        let read = read_by(text.as_bytes(), window);
        prop_assert_eq!(&read, &read_by(text.as_bytes(), 200));
        if let Ok(value) = serde_json::from_str::<Value>(&text) {
            prop_assert_eq!(read.map(sorted), Some(sorted(kept(&value))));
        }
    }
}

#[test]
fn unknown_fields_are_skipped() {
    let fields = r#"{"x": {"a": [1, "]}"]}, "a": 1, "y": "\"}", "z": -1.5e-3, "b": {"y": [[]], "known": null}, "w": tru }"#;
    let inner = Json::Object(vec![("known", Json::Null)]);
    let outer = vec![("a", Json::Number(1.0)), ("b", inner)];
    assert_eq!(read(fields), Some(Json::Object(outer)));
}

#[test]
fn of_fields_with_the_same_name_the_last_one_counts() {
    let fields = vec![("a", text("2"))];
    assert_eq!(read(r#"{"a": 1, "a": "2"}"#), Some(Json::Object(fields)));
}

#[test]
fn a_name_may_be_written_with_escapes() {
    let fields = vec![("a", Json::Number(1.0))];
    assert_eq!(read(r#"{"\u0061": 1}"#), Some(Json::Object(fields)));
}

#[test]
fn numbers_are_read_with_and_without_the_l_of_a_java_long() {
    for (text, number) in [
        ("0", 0.0),
        ("-0", 0.0),
        ("1399313371000", 1_399_313_371_000.0),
        ("1399313371000L", 1_399_313_371_000.0),
        ("-7L", -7.0),
        ("9007199254740991", 9_007_199_254_740_991.0),
        ("0.5", 0.5),
        ("100e-2", 1.0),
        ("1.5E+3", 1_500.0),
        ("1e999", f64::INFINITY),
        ("1e-999", 0.0),
        ("1e99999999999", f64::INFINITY),
    ] {
        assert_eq!(read_field(text), Some(Json::Number(number)), "{text}");
    }
    let long = "9".repeat(1_000);
    assert_eq!(read_field(&long), Some(Json::Number(f64::INFINITY)));
    let nested = r#"{"a": [5L, "5L"], "x": 5L}"#;
    let list = Json::List(vec![Json::Number(5.0), text("5L")]);
    assert_eq!(read(nested), Some(Json::Object(vec![("a", list)])));
}

#[test]
fn surrogate_pairs_are_decoded() {
    assert_eq!(read_field(r#""\ud83d\udcac""#), Some(text("💬")));
    let others = text("é\0\u{2028}");
    assert_eq!(read_field(r#""\u00e9\u0000\u2028""#), Some(others));
}

#[test]
fn invalid_unicode_is_replaced() {
    for (written, words) in [
        (r#""a\ud83d""#, "a\u{fffd}"),
        (r#""\ud83db\udcac""#, "\u{fffd}b\u{fffd}"),
        (r#""\udcac\ud83d""#, "\u{fffd}\u{fffd}"),
        (r#""\ud83d\ud83d\udcac""#, "\u{fffd}💬"),
        (r#""\ud83d\n\udcac""#, "\u{fffd}\n\u{fffd}"),
    ] {
        assert_eq!(read_field(written), Some(text(words)), "{written}");
    }
    let bytes = names().read_text(b"{\"a\":\"b\xff\"}").expect("JSON");
    assert_eq!(bytes.get("a"), Some(&text("b\u{fffd}")));
}

#[test]
fn a_text_that_is_too_long_is_not_kept() {
    let first = |length: usize| {
        let list = read_field(&format!(r#"["{}",1]"#, "é".repeat(length / 2)));
        list.expect("JSON").elements().expect("a list")[0].clone()
    };
    assert!(first(65_536).text().is_some());
    assert_eq!(first(65_538), Json::Null);
}

#[test]
fn a_field_that_must_be_an_object_is_kept_only_if_it_is_one() {
    let names = names().with_objects(&["a"]);
    let read = names.read_text(br#"{"a": [{"b": 1}], "known": [1], "b": {"a": {"b": 1}}}"#);
    let inner = Json::Object(vec![("b", Json::Number(1.0))]);
    let outer = Json::Object(vec![("a", inner)]);
    let list = Json::List(vec![Json::Number(1.0)]);
    assert_eq!(
        read,
        Some(Json::Object(vec![("known", list), ("b", outer)]))
    );
}

#[test]
fn only_a_list_at_the_top_is_given_away() {
    for text in [
        r#"{"a": 1, "known": {"a": [2]}}"#,
        r#"{"b": {"known": [1]}}"#,
        r#"[{"known": [1]}]"#,
        "7",
    ] {
        let mut given = Vec::new();
        let source = pieces(text.as_bytes(), 5);
        let read = listing(source, |one| given.push(one));
        assert_eq!(read, names().read_text(text.as_bytes()), "{text}");
        assert_eq!(given, [], "{text}");
    }
}

#[test]
fn a_field_that_comes_twice_is_given_away_where_it_is_a_list() {
    let text = br#"{"known": null, "known": [{"a": 1}]}"#;
    let mut given = Vec::new();
    let read = listing(pieces(text, 5), |one| given.push(one));
    let list = vec![("known", Json::List(Vec::new()))];
    assert_eq!(read, Some(Json::Object(list)));
    assert_eq!(given, [Json::Object(vec![("a", Json::Number(1.0))])]);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    for window in [1, 2, 64] {
        let read = read_by("\u{feff}{}".as_bytes(), window);
        assert_eq!(read, Some(Json::Object(Vec::new())));
    }
}

#[test]
fn invalid_json_is_rejected() {
    for text in [
        "",
        " ",
        "Unavailable",
        "[",
        "]",
        "[1",
        "[1,",
        "{",
        "{1:2}",
        "{\"a\"}",
        "{\"a\":1,}",
        "{\"x\":}",
        "{\"x\":,\"a\":1}",
        "\"",
        "\"\\",
        "1 2",
        "[] []",
        "<!doctype html>",
        "{\"a\":1}}",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
    for text in [
        "",
        "x",
        "nul",
        "nulls",
        "[1,]",
        "[,]",
        "[1 2]",
        "\"\\x\"",
        "\"\\u12g4\"",
        "-",
        "--1",
        "+1",
        ".5",
        "1e",
        "1 2",
    ] {
        assert_eq!(read_field(text), None, "{text}");
    }
}

#[test]
fn no_nesting_is_too_deep() {
    let deep = "[".repeat(1_000_000) + &"]".repeat(1_000_000);
    for name in ["a", "x"] {
        let read = read(&format!(r#"{{"{name}": {deep}, "b": 1}}"#)).expect("JSON");
        assert_eq!(read.get("b"), Some(&Json::Number(1.0)), "{name}");
    }
    assert!(read(&deep).is_some());
    assert_eq!(read(&deep[1..]), None);
}

#[test]
fn accessors_never_fail() {
    let mut value = read(r#"{"a": ["x", "", 7, 1.5, null, {}], "b": true}"#).expect("JSON");
    assert_eq!(value.get("b").and_then(Json::bool), Some(true));
    assert_eq!(value.get("b").and_then(Json::number), None);
    assert_eq!(value.get("known"), None);
    assert_eq!(value.get("a").and_then(|list| list.get("a")), None);
    let words = value.field("a").and_then(Json::take_words);
    assert_eq!(words, Some(vec!["x".to_owned(), "7".to_owned()]));
    assert_eq!(value.field("b").and_then(Json::elements), None);
    assert_eq!(value.field("b").and_then(Json::take_words), None);
}

#[test]
fn a_list_of_words_without_end_is_cut_and_one_of_objects_is_not() {
    let words = json!({"known": vec!["Leave"; 5_000], "b": true}).to_string();
    let read = names().read_text(words.as_bytes()).expect("JSON");
    let Some(Json::List(kept)) = read.get("known") else {
        panic!("a list");
    };
    assert_eq!(kept.len(), 1_000);
    assert_eq!(
        read.get("b"),
        Some(&Json::Bool(true)),
        "it goes on after the list"
    );
    let objects = json!({"known": vec![json!({"a": 1}); 5_000]}).to_string();
    let read = names().read_text(objects.as_bytes()).expect("JSON");
    let Some(Json::List(kept)) = read.get("known") else {
        panic!("a list");
    };
    assert_eq!(kept.len(), 5_000);
}
