//! The message log as shown: any order, gaps, duplicates, late entries, invalid indexes and dates.

mod support;

use gws::seat::transcript::{MOST_BYTES, MOST_ENTRIES};
use gws::seat::{Change, Oneself, Transcript};
use gws::{LogEntry, Participant};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{SUPERVISOR, own, person, wire};

fn entry(value: Value) -> LogEntry {
    LogEntry::read(&mut wire(&value))
}

fn said(index: i64, words: &str) -> LogEntry {
    entry(json!({"index": index, "type": "Text", "text": words}))
}

fn participant(value: Value) -> Participant {
    Participant::read(&mut wire(&value))
}

fn words(transcript: &Transcript) -> Vec<String> {
    let entries = transcript.entries();
    entries.filter_map(|(_, one)| one.text.clone()).collect()
}

/// A transcript whose first read returned these entries.
fn read(entries: Vec<LogEntry>) -> Transcript {
    let mut transcript = Transcript::default();
    assert_eq!(transcript.poll_read(), Some(1));
    transcript.read_answered(entries);
    transcript
}

#[test]
fn what_comes_late_stands_at_its_place() {
    let mut transcript = Transcript::default();
    transcript.told(vec![said(1, "a"), said(3, "c")]);
    let changes = transcript.told(vec![said(2, "b")]);
    assert!(matches!(changes[..], [Change::Inserted(place)] if place.index() == 2));
    assert_eq!(words(&transcript), ["a", "b", "c"]);
}

#[test]
fn the_entries_of_one_telling_are_told_in_order() {
    let mut transcript = Transcript::default();
    let changes = transcript.told(vec![said(2, "b"), said(1, "a")]);
    assert!(matches!(
        changes[..],
        [Change::Appended(_), Change::Appended(_)]
    ));
}

#[test]
fn an_entry_that_comes_twice_changes_nothing() {
    let mut transcript = read(vec![said(1, "a")]);
    assert_eq!(transcript.told(vec![said(1, "a")]), []);
    assert_eq!(words(&transcript), ["a"]);
}

#[test]
fn another_entry_of_the_same_index_replaces_the_first() {
    let mut transcript = read(vec![said(1, "a")]);
    let changes = transcript.told(vec![said(1, "b")]);
    assert!(matches!(changes[..], [Change::Replaced(_)]));
    assert_eq!(words(&transcript), ["b"]);
}

#[test]
fn an_entry_without_an_index_goes_to_the_end() {
    let mut transcript = read(vec![said(1, "a")]);
    transcript.told(vec![entry(json!({"type": "Text", "text": "b"}))]);
    transcript.told(vec![said(2, "c")]);
    assert_eq!(words(&transcript), ["a", "b", "c"]);
}

#[test]
fn an_entry_without_an_index_is_a_double_if_it_says_all_the_same_at_the_same_time() {
    let timed = || entry(json!({"type": "Text", "text": "b", "timestampSeconds": 5}));
    let untimed = || entry(json!({"type": "Text", "text": "c"}));
    let mut transcript = read(vec![timed(), untimed()]);
    transcript.told(vec![timed(), untimed()]);
    assert_eq!(words(&transcript), ["b", "c", "c"]);
}

#[test]
fn an_index_that_cannot_be_one_counts_as_none() {
    let mut transcript = read(vec![said(1, "a")]);
    for (index, words) in [(0, "b"), (-4, "c"), (9_007_199_254_740_991, "d")] {
        transcript.told(vec![said(index, words)]);
    }
    transcript.told(vec![said(2, "e")]);
    assert_eq!(words(&transcript), ["a", "b", "c", "d", "e"]);
    assert_eq!(transcript.poll_read(), None);
}

#[test]
fn typing_has_an_index_but_is_not_kept() {
    let mut transcript = read(vec![said(1, "a")]);
    let typing = entry(json!({"index": 2, "type": "TypingStarted", "text": "unsent words"}));
    assert_eq!(transcript.told(vec![typing]), []);
    transcript.told(vec![said(3, "b")]);
    assert_eq!(words(&transcript), ["a", "b"]);
    assert_eq!(transcript.poll_read(), None);
}

#[test]
fn the_log_is_read_once_and_while_it_is_nothing_else_is() {
    let mut transcript = Transcript::default();
    assert_eq!(transcript.poll_read(), Some(1));
    transcript.told(vec![said(7, "new")]);
    assert_eq!(transcript.poll_read(), None);
    transcript.read_answered(vec![said(2, "a"), said(7, "new")]);
    assert_eq!(transcript.poll_read(), None);
    assert_eq!(words(&transcript), ["a", "new"]);
}

#[test]
fn a_gap_is_asked_for_once() {
    let mut transcript = read(vec![said(1, "a")]);
    transcript.told(vec![said(4, "d")]);
    assert_eq!(transcript.poll_read(), Some(2));
    transcript.read_answered(vec![said(4, "d")]);
    assert_eq!(transcript.poll_read(), None);
    transcript.told(vec![said(5, "e")]);
    assert_eq!(transcript.poll_read(), None);
}

#[test]
fn the_gaps_of_a_burst_are_asked_for_together() {
    let mut transcript = read(vec![said(1, "a")]);
    transcript.told(vec![said(4, "d")]);
    transcript.told(vec![said(9, "i")]);
    assert_eq!(transcript.poll_read(), Some(2));
    transcript.read_answered(vec![]);
    assert_eq!(transcript.poll_read(), None);
}

#[test]
fn a_gap_that_fills_by_itself_is_not_asked_for() {
    let mut transcript = read(vec![said(1, "a")]);
    transcript.told(vec![said(3, "c")]);
    transcript.told(vec![said(2, "b")]);
    assert_eq!(transcript.poll_read(), None);
}

#[test]
fn a_read_that_failed_is_wanted_still() {
    let mut transcript = Transcript::default();
    assert_eq!(transcript.poll_read(), Some(1));
    transcript.read_failed();
    assert_eq!(transcript.poll_read(), Some(1));
}

#[test]
fn after_a_loss_the_log_is_read_from_the_newest() {
    let mut transcript = read(vec![said(1, "a"), said(2, "b")]);
    transcript.missed();
    assert_eq!(transcript.poll_read(), Some(2));
}

#[test]
fn a_read_that_is_asked_for_begins_after_the_one_that_is_out() {
    let mut transcript = Transcript::default();
    transcript.poll_read();
    let number = transcript.read_from(5);
    assert!(transcript.concluded() < number);
    transcript.read_answered(vec![]);
    assert!(transcript.concluded() < number);
    assert_eq!(transcript.poll_read(), Some(5));
    transcript.read_failed();
    assert_eq!(transcript.concluded(), number);
}

#[test]
fn of_too_many_entries_the_first_go_and_it_can_be_said() {
    let count = MOST_ENTRIES as i64 + 3;
    let mut transcript = read((1..=count).map(|index| said(index, "a")).collect());
    assert_eq!(transcript.entries().count(), MOST_ENTRIES);
    assert_eq!(transcript.dropped(), 3);
    assert_eq!(transcript.told(vec![said(1, "a")]), []);
    assert_eq!(transcript.dropped(), 3);
}

#[test]
fn of_too_many_words_the_first_go() {
    let long = "a".repeat(60_000);
    let count = (MOST_BYTES / long.len()) as i64 + 2;
    let transcript = read((1..=count).map(|index| said(index, &long)).collect());
    assert_eq!(transcript.dropped(), 2);
}

#[test]
fn the_time_is_the_number_else_the_date_else_none() {
    let time = |value| entry(value).time();
    let date = "2014-05-0511:09:31.000-0700";
    let number = 1_399_313_371_000.0;
    let cases = [
        (
            json!({"timestampSeconds": number, "timestamp": "?"}),
            Some(number),
        ),
        (
            json!({"timestampSeconds": 1e300, "timestamp": date}),
            Some(number),
        ),
        (json!({"timestamp": date}), Some(number)),
        (json!({"timestamp": "2015-08-12 18:02:44 UTC"}), None),
        (json!({}), None),
    ];
    for (value, expected) in cases {
        assert_eq!(time(value.clone()), expected, "{value}");
    }
}

#[test]
fn one_is_known_by_the_uri_or_by_an_id_that_came_with_it() {
    let mut oneself = Oneself::default();
    oneself.signed_in(Some(SUPERVISOR));
    let nameless = |id: &str| participant(json!({"nickname": "a", "participantId": id}));
    assert!(!oneself.is(&nameless("P-own")));
    assert!(oneself.learn(&participant(own("All"))));
    assert!(!oneself.learn(&participant(own("All"))));
    assert!(!oneself.learn(&participant(person("other", "P-other", "All"))));
    assert!(oneself.is(&nameless("P-own")));
    assert!(!oneself.is(&nameless("P-other")));
    assert!(!oneself.is(&participant(person("other", "P-own", "All"))));
}

#[test]
fn an_id_of_the_user_before_is_not_ones_own() {
    let mut oneself = Oneself::default();
    oneself.signed_in(Some(SUPERVISOR));
    oneself.learn(&participant(own("All")));
    oneself.signed_in(Some("other"));
    assert!(!oneself.is(&participant(json!({"participantId": "P-own"}))));
}

proptest! {
    /// Entries in any order, with duplicates and gaps, by notifications and reads, end up in order
    /// and once.
    #[test]
    fn any_order_gives_the_same_list(
        tellings in prop::collection::vec((1_i64..40, 1_usize..4, any::<bool>()), 1..60),
    ) {
        let mut transcript = Transcript::default();
        let mut known = std::collections::BTreeSet::new();
        let mut asked = Vec::new();
        for (first, count, polls) in tellings {
            let told: Vec<i64> = (first..first + count as i64).rev().collect();
            known.extend(&told);
            transcript.told(told.iter().map(|index| said(*index, &index.to_string())).collect());
            if polls && let Some(start) = transcript.poll_read() {
                asked.push(start);
                transcript.read_answered(Vec::new());
            }
        }
        let expected: Vec<String> = known.iter().map(i64::to_string).collect();
        prop_assert_eq!(words(&transcript), expected);
        prop_assert!(asked.is_sorted_by(|one, next| one < next), "a gap was asked for twice: {:?}", asked);
    }
}
