//! The wire model reads the documentation's own samples, byte for byte, and their quirks.

mod support;

use gws::wire::{last_segment, parse_date};
use gws::{LogEntry, LogNews, Media, Notification, Participant, Reply, Visibility, path_segment};
use serde_json::{Value, json};
use support::{BARGED_IN, REJOINED, SUPERVISOR, decode, notification, read, wire};

/// The id in both samples.
const SAMPLE_SESSION: &str = "0001Da9PFC93000S";

#[test]
fn the_documented_participants_update_is_read() {
    let Notification::Session(media, session) = decode(BARGED_IN) else {
        panic!("no session");
    };
    assert_eq!(media, Media::SmsSession);
    assert_eq!(session.id, SAMPLE_SESSION);
    assert_eq!(session.state, "Chatting");
    assert_eq!(session.capabilities().len(), 17);
    let people = session.participants();
    assert_eq!(people.len(), 3);
    let own: Vec<_> = people
        .iter()
        .filter(|one| one.is_user(SUPERVISOR))
        .collect();
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].nickname.as_deref(), Some("test_supervisor"));
    assert_eq!(own[0].visibility, Some(Visibility::All));
    assert_eq!(own[0].participant_id.as_deref(), Some("00AF5367D3D0000B"));
    assert_eq!(people[2].kind, "Customer");
    assert_eq!(people[2].user_id, None);
}

#[test]
fn the_documented_log_update_with_its_java_long_is_read() {
    let Notification::Log(media, id, entries) = decode(REJOINED) else {
        panic!("no log");
    };
    assert_eq!((media, id.as_str()), (Media::SmsSession, SAMPLE_SESSION));
    assert_eq!(entries.presence.len(), 1);
    assert_eq!(entries.presence[0].index, Some(4));
    assert!(entries.presence[0].here);
    assert_eq!(entries.presence[0].person.visibility, Some(Visibility::All));
    assert!(entries.presence[0].person.is_user(SUPERVISOR));
}

#[test]
fn whoever_follows_a_log_reads_its_entries_in_full() {
    let mut log = read(REJOINED).expect("JSON");
    let entries = LogEntry::read_all(&mut log).expect("entries");
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].index, Some(4));
    assert_eq!(entries[0].kind, "ParticipantRejoined");
    assert_eq!(entries[0].visibility, Some(Visibility::All));
    assert_eq!(entries[0].timestamp_seconds, Some(1_399_313_371_000.0));
    let from = entries[0].from.as_ref().expect("from");
    assert!(from.is_user(SUPERVISOR));
    assert_eq!(LogEntry::read_all(&mut wire(&json!({}))), None);
}

#[test]
fn an_entry_about_a_participant_tells_of_presence_and_the_others_do_not() {
    let tells = |kind: &str, visibility: Value| {
        let from = json!({"participantId": "P1", "visibility": "Agents"});
        let entry = json!({"type": kind, "from": from, "visibility": visibility});
        let body = json!({"messages": [entry]});
        let read = LogNews::read(&mut wire(&body)).expect("entries");
        let whole = LogEntry::read_all(&mut wire(&body)).expect("entries");
        assert_eq!(LogNews::of(&whole), read);
        let read = read.presence;
        let told = |one: gws::Presence| (one.here, one.person.visibility);
        read.into_iter().next().map(told)
    };
    let agents = Some(Visibility::Agents);
    assert_eq!(
        tells("ParticipantJoined", json!("All")),
        Some((true, agents))
    );
    assert_eq!(tells("ParticipantRejoined", json!(7)), Some((true, agents)));
    assert_eq!(
        tells("ParticipantLeft", json!("All")),
        Some((false, agents))
    );
    for other in ["Text", "TypingStarted", "ParticipantRenamed", ""] {
        assert_eq!(tells(other, json!("All")), None, "{other}");
    }
    assert_eq!(LogNews::read(&mut wire(&json!({"messages": 7}))), None);
}

#[test]
fn a_java_long_in_a_string_is_a_number_as_well() {
    let entry = json!({"timestampSeconds": "1399313371000L", "index": "7"});
    let entry = LogEntry::read(&mut wire(&entry));
    assert_eq!(entry.timestamp_seconds, Some(1_399_313_371_000.0));
    assert_eq!(entry.index, Some(7));
}

#[test]
fn both_forms_of_date_are_read_and_the_number_is_preferred() {
    // 11:08:45 -0700 is 18:08:45 UTC; the sample's own number agrees with its date.
    assert_eq!(
        parse_date("2014-05-0511:08:45.000-0700"),
        Some(1_399_313_325_000.0)
    );
    assert_eq!(
        parse_date("2016-01-20 14:24:10.000+0200"),
        Some(1_453_292_650_000.0)
    );
    assert_eq!(
        parse_date("2016-02-29T00:00:00Z"),
        Some(1_456_704_000_000.0)
    );
    assert_eq!(parse_date("1969-12-31 23:59:59.999+00:00"), Some(-1.0));
    for wrong in [
        "",
        "yesterday",
        "2016-13-01 00:00:00Z",
        "2016-01-01",
        "2016-01-01 00:00:00",
        "2016-01-01 25:00:00Z",
        "2016-01-01 00:00:00.000+9900",
        "2016-01-01 00:00:00Zx",
        "２０１６",
    ] {
        assert_eq!(parse_date(wrong), None, "{wrong}");
    }
    let mut entry = LogEntry {
        timestamp: Some("2014-05-0511:09:31.000-0700".to_owned()),
        ..LogEntry::default()
    };
    assert_eq!(entry.time(), Some(1_399_313_371_000.0));
    entry.timestamp_seconds = Some(5.0);
    assert_eq!(entry.time(), Some(5.0));
}

#[test]
fn the_message_type_is_trimmed_and_its_case_does_not_matter() {
    let body = json!({"messageType": " smssessionstatechangemessage ", "smssession": {"id": "a"}});
    let read = notification(body);
    assert!(matches!(read, Notification::Session(Media::SmsSession, session) if session.id == "a"));
}

#[test]
fn chat_has_the_same_notifications_under_its_own_keys() {
    let body =
        json!({"messageType": "ChatStateChangeMessage", "chat": {"uri": "/api/v2/chats/c%201"}});
    let read = notification(body);
    assert!(matches!(read, Notification::Session(Media::Chat, session) if session.id == "c 1"));
    let body = json!({"messageType": "MessageLogUpdated", "chatPath": "/chats/c1", "messages": []});
    let read = notification(body);
    assert_eq!(
        read,
        Notification::Log(Media::Chat, "c1".to_owned(), LogNews::default())
    );
}

#[test]
fn where_the_address_has_no_id_the_path_has_it() {
    let body = json!({"uri": "/?x", "path": "/smssessions/b"});
    let body = json!({"messageType": "SMSsessionStateChangeMessage", "smssession": body});
    let read = notification(body);
    assert!(matches!(read, Notification::Session(_, session) if session.id == "b"));
    let person = Participant::read(&mut wire(&json!({"uri": "/", "path": "/users/u1"})));
    assert_eq!(person.user_id.as_deref(), Some("u1"));
}

#[test]
fn a_newer_participant_names_itself_by_id_and_path() {
    let body = json!({"id": "P1", "path": "/users/u1", "visibility": "Supervisor"});
    let read = Participant::read(&mut wire(&body));
    assert_eq!(read.participant_id.as_deref(), Some("P1"));
    assert_eq!(read.user_id.as_deref(), Some("u1"));
    assert_eq!(read.visibility, Some(Visibility::Supervisors));
}

#[test]
fn a_body_without_its_list_is_not_an_empty_list() {
    let sessions = |body| {
        let sessions = support::sessions(&mut wire(&body), Media::SmsSession);
        sessions.map(|sessions| sessions.len())
    };
    assert_eq!(sessions(json!({"smssessions": []})), Some(0));
    assert_eq!(
        sessions(json!({"smssessions": [{"id": "a"}, {}, 7, {"path": "/x/b"}]})),
        Some(2)
    );
    assert_eq!(sessions(json!({"statusCode": 0})), None);
    assert_eq!(sessions(json!({"smssessions": null})), None);
    assert_eq!(sessions(json!({"chats": []})), None);
}

#[test]
fn a_status_code_may_be_written_as_text() {
    let reply = Reply::read(&mut wire(&json!({"statusCode": "0"}))).expect("a reply");
    assert_eq!(reply.status_code, Some(0));
    let reply = Reply::read(&mut wire(&json!({"statusCode": 0.5}))).expect("a reply");
    assert_eq!(reply.status_code, None);
}

#[test]
fn ids_become_one_path_segment() {
    assert_eq!(
        path_segment("007102385535e00e").as_deref(),
        Some("007102385535e00e")
    );
    assert_eq!(
        path_segment("../calls/1?x#y").as_deref(),
        Some("..%2Fcalls%2F1%3Fx%23y")
    );
    assert_eq!(path_segment("a b%ü").as_deref(), Some("a%20b%25%C3%BC"));
    assert_eq!(path_segment("-_.!~*'()").as_deref(), Some("-_.!~*'()"));
    assert_eq!(path_segment("...").as_deref(), Some("..."));
    for impossible in ["", ".", ".."] {
        assert_eq!(path_segment(impossible), None);
    }
}

#[test]
fn the_last_segment_of_an_address_is_decoded() {
    assert_eq!(
        last_segment("http://h:1/api/v2/users/u1").as_deref(),
        Some("u1")
    );
    assert_eq!(
        last_segment("/users/u%201/?x=/y#/z").as_deref(),
        Some("u 1")
    );
    assert_eq!(last_segment("/users/u1#/z?y").as_deref(), Some("u1"));
    assert_eq!(last_segment("u1").as_deref(), Some("u1"));
    assert_eq!(last_segment("/a/%zz").as_deref(), Some("%zz"));
    assert_eq!(last_segment("/a/%").as_deref(), Some("%"));
    assert_eq!(last_segment("/a/%ff").as_deref(), Some("%ff"));
    assert_eq!(last_segment(""), None);
    assert_eq!(last_segment("///"), None);
}
