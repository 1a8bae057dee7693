//! A server that wants a login is not asked over and over.

use bayeux::{Event, Failure, Status};
use serde_json::json;

use crate::support::{World, status};

#[test]
fn a_missing_login_is_told_once_and_stops_the_retries() {
    let mut w = World::connected();
    w.fail(Failure::Unauthenticated);
    assert_eq!(w.events(), [Event::Unauthenticated, status(Status::Broken)]);
    assert_eq!(w.client.poll_timeout(), None);
    w.pass(300_000);
    assert_eq!(w.wire(), [""; 0]);
}

#[test]
fn it_stops_a_handshake_just_as_well() {
    let mut w = World::started();
    w.fail(Failure::Unauthenticated);
    assert_eq!(w.client.poll_timeout(), None);
    assert_eq!(w.wire(), ["handshake"]);
}

#[test]
fn a_server_error_is_no_missing_login() {
    let mut w = World::connected();
    w.fail(Failure::Transport);
    assert_eq!(w.wire(), ["connect now"]);
    assert_eq!(w.events(), []);
}

#[test]
fn wake_tries_once_more_with_the_same_session() {
    let mut w = World::connected();
    w.fail(Failure::Unauthenticated);
    w.events();
    w.wake();
    assert_eq!(w.wire(), ["connect now"]);
    w.fail(Failure::Unauthenticated);
    assert_eq!(w.events(), [Event::Unauthenticated]);
    w.wake();
    w.accept();
    assert_eq!(
        w.events(),
        [Event::Subscribed { gap: true }, status(Status::Connected)]
    );
}

#[test]
fn start_begins_anew() {
    let mut w = World::connected();
    w.fail(Failure::Unauthenticated);
    w.events();
    w.start();
    assert_eq!(w.wire(), ["handshake"]);
    assert_eq!(w.events(), [status(Status::Connecting)]);
    w.reach_connected(json!({}));
}

#[test]
fn disconnect_ends_it() {
    let mut w = World::connected();
    w.fail(Failure::Unauthenticated);
    w.disconnect();
    assert_eq!(w.wire(), ["disconnect"]);
    assert_eq!(w.status, Status::Closed);
}
