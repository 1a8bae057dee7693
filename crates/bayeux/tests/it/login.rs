//! A server that wants a login is not asked again and again.

use bayeux::{ClientEvent, ClientStatus, RequestFailure};
use serde_json::json;

use crate::support::{World, status};

#[test]
fn a_missing_login_is_told_once_and_stops_the_retries() {
    let mut w = World::connected();
    w.fail(RequestFailure::Unauthenticated);
    assert_eq!(
        w.events(),
        [ClientEvent::Unauthenticated, status(ClientStatus::Broken)]
    );
    assert_eq!(w.client.poll_timeout(), None);
    w.pass(300_000);
    assert_eq!(w.wire(), [""; 0]);
}

#[test]
fn it_also_stops_a_handshake() {
    let mut w = World::started();
    w.fail(RequestFailure::Unauthenticated);
    assert_eq!(w.client.poll_timeout(), None);
    assert_eq!(w.wire(), ["handshake"]);
}

#[test]
fn a_server_error_is_no_missing_login() {
    let mut w = World::connected();
    w.fail(RequestFailure::Transport);
    assert_eq!(w.wire(), ["connect now"]);
    assert_eq!(w.events(), []);
}

#[test]
fn wake_tries_once_more_with_the_same_session() {
    let mut w = World::connected();
    w.fail(RequestFailure::Unauthenticated);
    w.events();
    w.wake();
    assert_eq!(w.wire(), ["connect now"]);
    w.fail(RequestFailure::Unauthenticated);
    assert_eq!(w.events(), [ClientEvent::Unauthenticated]);
    w.wake();
    w.accept();
    assert_eq!(
        w.events(),
        [
            ClientEvent::Subscribed { gap: true },
            status(ClientStatus::Connected)
        ]
    );
}

#[test]
fn start_begins_anew() {
    let mut w = World::connected();
    w.fail(RequestFailure::Unauthenticated);
    w.events();
    w.start();
    assert_eq!(w.wire(), ["handshake"]);
    assert_eq!(w.events(), [status(ClientStatus::Connecting)]);
    w.reach_connected(json!({}));
}

#[test]
fn disconnect_ends_it() {
    let mut w = World::connected();
    w.fail(RequestFailure::Unauthenticated);
    w.disconnect();
    assert_eq!(w.wire(), ["disconnect"]);
    assert_eq!(w.status, ClientStatus::Closed);
}
