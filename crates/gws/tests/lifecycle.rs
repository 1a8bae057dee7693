//! Start-up, loss and recovery of the connection, sign-out and sign-in, and sessions that end.

mod support;

use gws::{Command, ConnectionStatus, Event, Failure, Kind, Link, Media};
use serde_json::json;
use support::*;

fn unauthenticated() -> Event {
    Event::Unauthenticated {
        failure: signed_out().into(),
    }
}

#[test]
fn the_order_of_starting_up() {
    let mut page = Page::new();
    assert_eq!(page.commands(), []);
    page.store.start();
    assert_eq!(page.commands(), [Command::ReadMe]);
    page.store.me_read(Ok(me(SUPERVISOR)), page.now);
    assert_eq!(page.commands(), [Command::Connect]);
    page.store.link(Link::Connecting);
    assert_eq!(page.commands(), []);
    page.store.subscribed(page.now);
    page.store.link(Link::Connected);
    assert_eq!(page.commands(), [READ]);
    assert_eq!(page.events(), [status(ConnectionStatus::Connected)]);
    page.read(&[monitored("s")]);
    assert_eq!(page.commands(), []);
    assert_eq!(page.store.poll_timeout(), None);
}

#[test]
fn a_media_is_read_once_it_is_watched() {
    let mut page = Page::ready(&[]);
    page.store.watch(SMS);
    assert_eq!(page.commands(), []);
    page.store.watch(Media::Chat);
    page.store.watch(Media::Chat);
    assert_eq!(page.commands(), [Command::ReadSessions(Media::Chat)]);
    assert_eq!(
        page.store
            .view(Media::Chat, "c")
            .reason
            .map(|reason| reason.as_str()),
        Some("connecting")
    );
}

#[test]
fn a_media_watched_after_an_outage_is_connecting_not_disconnected() {
    let mut page = Page::ready(&[]);
    page.store.link(Link::Broken);
    page.store.link(Link::Connected);
    page.commands();
    page.store.watch(Media::Chat);
    assert_eq!(
        page.store
            .view(Media::Chat, "c")
            .reason
            .map(|reason| reason.as_str()),
        Some("connecting")
    );
}

#[test]
fn me_is_retried_at_once_and_then_with_back_off() {
    let mut page = Page::new();
    page.store.start();
    page.commands();
    page.store.me_read(Err(network()), page.now);
    assert_eq!(page.commands(), [Command::ReadMe]);
    assert_eq!((page.state("s"), page.events().len()), ("connecting", 0));
    page.store.me_read(Err(network()), page.now);
    assert_eq!(page.commands(), []);
    assert_eq!(page.events(), [status(ConnectionStatus::Broken)]);
    assert_eq!(page.state("s"), "disconnected");
    let due = page.store.poll_timeout().expect("a retry");
    assert!((1..=1_000).contains(&(due - page.now)));
    page.pass(due - page.now);
    assert_eq!(page.commands(), [Command::ReadMe]);
    page.store.me_read(Ok(me(SUPERVISOR)), page.now);
    assert_eq!(page.events(), [status(ConnectionStatus::Connecting)]);
    page.connect();
    page.commands();
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "ready");
}

#[test]
fn a_server_that_answers_me_with_nonsense_is_reachable() {
    for failure in [answer(500, 4), answer(404, 6), answer(403, 5)] {
        let mut page = Page::new();
        page.store.start();
        page.commands();
        page.store.me_read(Err(failure.clone()), page.now);
        assert_eq!(page.commands(), [Command::ReadMe]);
        page.store.me_read(Err(failure), page.now);
        page.connect();
        page.commands();
        page.read(&[barged("s")]);
        // The own id is not available, so the capabilities confirm.
        assert_eq!((page.store.user_id(), page.state("s")), (None, "joined"));
        // It may become available later.
        let due = page.store.poll_timeout().expect("a retry");
        page.pass(due - page.now);
        assert_eq!(page.commands(), [Command::ReadMe]);
        page.store.me_read(Ok(me(SUPERVISOR)), page.now);
        assert_eq!((page.commands(), page.store.poll_timeout()), (vec![], None));
    }
}

#[test]
fn a_down_server_is_asked_ever_more_rarely() {
    let mut page = Page::new();
    page.store.start();
    let mut asked = 0;
    let end = page.now + 600_000;
    while page.now < end {
        asked += page.commands().len();
        page.store.me_read(Err(network()), page.now);
        let due = page.store.poll_timeout().unwrap_or(page.now);
        assert!(due <= page.now + 60_000);
        page.pass(due - page.now);
    }
    assert!((10..60).contains(&asked), "{asked} requests in ten minutes");
}

#[test]
fn failing_reads_disconnect_after_the_retry_and_heal() {
    let mut page = Page::new();
    page.sign_in();
    page.connect();
    assert_eq!(page.commands(), [READ]);
    page.read_fails(network());
    assert_eq!(
        (page.commands(), page.state("s")),
        (vec![READ], "connecting")
    );
    page.read_fails(answer(500, 4));
    assert_eq!((page.commands(), page.state("s")), (vec![], "disconnected"));
    let due = page.store.poll_timeout().expect("a retry");
    page.pass(due - page.now);
    assert_eq!(page.commands(), [READ]);
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "ready");
    assert_eq!(page.store.poll_timeout(), None);
}

#[test]
fn a_link_broken_from_the_start_is_disconnected() {
    let mut page = Page::new();
    page.sign_in();
    page.commands();
    page.store.link(Link::Broken);
    assert_eq!(page.state("s"), "disconnected");
    page.store.link(Link::Connecting);
    assert_eq!(page.state("s"), "disconnected");
    page.store.subscribed(page.now);
    page.store.link(Link::Connected);
    assert_eq!(
        (page.commands(), page.state("s")),
        (vec![READ], "disconnected")
    );
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "ready");
}

#[test]
fn after_an_outage_only_a_read_makes_ready_again() {
    let mut page = Page::ready(&[
        monitored("s"),
        barged("j"),
        in_state(monitored("e"), "Revoked"),
    ]);
    page.store.link(Link::Broken);
    assert_eq!(page.state("s"), "disconnected");
    // The last confirmed facts outlast the connection.
    assert_eq!((page.state("j"), page.state("e")), ("joined", "ended"));
    assert!(!page.try_press("s", BARGE));
    assert!(!page.try_press("j", COACH));
    page.store.link(Link::Connecting);
    page.store.subscribed(page.now);
    page.store.link(Link::Connected);
    page.same_user();
    assert_eq!(page.commands(), [READ]);
    assert_eq!(page.state("s"), "disconnected");
    page.notify(coached("s"));
    assert_eq!(page.state("s"), "disconnected");
    page.read(&[]);
    // This one was notified during the read, so it is kept; the other one has ended.
    assert_eq!((page.state("s"), page.state("j")), ("ready", "ended"));
}

#[test]
fn a_link_that_heals_without_a_new_subscription_is_followed_by_a_read_as_well() {
    let mut page = Page::ready(&[monitored("s")]);
    page.store.link(Link::Broken);
    page.store.link(Link::Connected);
    page.same_user();
    assert_eq!(
        (page.commands(), page.state("s")),
        (vec![READ], "disconnected")
    );
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "ready");
}

#[test]
fn a_read_begun_before_the_link_healed_does_not_end_the_outage() {
    let mut page = Page::ready(&[monitored("s")]);
    page.refresh();
    page.store.link(Link::Broken);
    page.read(&[monitored("s")]);
    page.store.link(Link::Connecting);
    page.store.subscribed(page.now);
    page.store.link(Link::Connected);
    page.same_user();
    assert_eq!(
        (page.commands(), page.state("s")),
        (vec![READ], "disconnected")
    );
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "ready");
}

#[test]
fn a_read_that_hangs_since_before_a_new_subscription_is_not_waited_for() {
    let mut page = Page::ready(&[monitored("s")]);
    page.refresh();
    page.store.link(Link::Broken);
    page.store.link(Link::Connecting);
    page.store.subscribed(page.now);
    page.store.link(Link::Connected);
    page.same_user();
    assert_eq!(page.commands(), [READ], "in place of the one that hangs");
    page.read(&[monitored("s")]);
    assert_eq!((page.state("s"), page.commands()), ("ready", vec![]));
}

#[test]
fn a_read_that_hangs_since_before_the_link_healed_is_not_waited_for() {
    let mut page = Page::ready(&[monitored("s")]);
    page.refresh();
    page.store.link(Link::Broken);
    page.store.link(Link::Connected);
    page.same_user();
    assert_eq!(page.commands(), [READ], "in place of the one that hangs");
    page.read(&[monitored("s")]);
    assert_eq!((page.state("s"), page.commands()), ("ready", vec![]));
}

#[test]
fn a_read_begun_before_a_gap_does_not_end_the_outage() {
    let mut page = Page::ready(&[monitored("s")]);
    page.store.link(Link::Broken);
    page.store.link(Link::Connected);
    page.same_user();
    assert_eq!(page.commands(), [READ]);
    page.store.subscribed(page.now);
    page.same_user();
    assert_eq!(
        (page.commands(), page.state("s")),
        (vec![READ], "disconnected")
    );
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "ready");
}

#[test]
fn a_read_while_the_link_is_broken_does_not_end_the_outage() {
    let mut page = Page::ready(&[monitored("s")]);
    page.store.link(Link::Broken);
    page.refresh();
    page.store.link(Link::Connecting);
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "disconnected");
}

#[test]
fn a_quick_new_handshake_does_not_flicker() {
    let mut page = Page::ready(&[monitored("s")]);
    page.store.link(Link::Connecting);
    assert_eq!(page.state("s"), "ready");
    page.store.subscribed(page.now);
    page.store.link(Link::Connected);
    page.same_user();
    assert_eq!((page.commands(), page.state("s")), (vec![READ], "ready"));
    page.read(&[]);
    assert_eq!(page.state("s"), "ended");
}

#[test]
fn a_closed_link_stays_closed_until_asked() {
    let mut page = Page::ready(&[monitored("s")]);
    page.store.link(Link::Closed);
    assert_eq!(page.events(), [status(ConnectionStatus::Closed)]);
    assert_eq!((page.state("s"), page.commands()), ("disconnected", vec![]));
    assert_eq!(page.store.poll_timeout(), None);
    page.store.refresh();
    page.same_user();
    assert_eq!(page.commands(), [Command::Connect, READ]);
    page.store.subscribed(page.now);
    page.store.link(Link::Connected);
    page.same_user();
    assert_eq!(
        (page.commands(), page.state("s")),
        (vec![READ], "disconnected")
    );
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "ready");
    page.store.link(Link::Closed);
    page.store.wake(page.now);
    assert_eq!(page.commands(), [Command::ReadMe, Command::Connect]);
}

#[test]
fn signed_out_at_the_start_is_told_once_and_not_retried() {
    let mut page = Page::new();
    page.store.start();
    page.commands();
    page.store.me_read(Err(signed_out()), page.now);
    assert_eq!(page.state("s"), "unauthenticated");
    assert_eq!(page.view("s").failure.as_deref(), Some(&signed_out()));
    assert_eq!(
        page.events(),
        [unauthenticated(), status(ConnectionStatus::Broken)]
    );
    assert_eq!((page.commands(), page.store.poll_timeout()), (vec![], None));

    page.store.wake(page.now);
    assert_eq!(page.commands(), [Command::ReadMe]);
    page.store.me_read(Err(signed_out()), page.now);
    assert_eq!((page.commands(), page.store.poll_timeout()), (vec![], None));
    assert_eq!(page.events(), []);

    page.store.refresh();
    assert_eq!(page.commands(), [Command::ReadMe]);
    assert_eq!(page.state("s"), "unauthenticated");
    page.store.me_read(Ok(me(SUPERVISOR)), page.now);
    assert_eq!(page.state("s"), "connecting");
    page.connect();
    assert_eq!(page.commands(), [READ]);
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "ready");
}

#[test]
fn signed_out_later_is_found_by_a_read_or_the_link() {
    let found: [fn(&mut Page); 2] = [
        |page| {
            page.store.subscribed(page.now);
            page.same_user();
            assert_eq!(page.commands(), [READ]);
            page.read_fails(signed_out());
        },
        |page| page.store.link_unauthenticated(signed_out()),
    ];
    for find in found {
        let mut page = Page::ready(&[monitored("s"), barged("j")]);
        find(&mut page);
        assert_eq!(
            (page.state("s"), page.state("j")),
            ("unauthenticated", "joined")
        );
        assert!(!page.try_press("s", BARGE) && !page.try_press("j", COACH));
        assert_eq!(
            page.events(),
            [unauthenticated(), status(ConnectionStatus::Broken)]
        );
        page.store.link_unauthenticated(signed_out());
        page.store.subscribed(page.now);
        assert_eq!((page.events(), page.commands()), (vec![], vec![]));
        // Signed in again: the link of the old login is reopened, and the lists are read, as
        // notifications may have been missed.
        page.store.refresh();
        assert_eq!(page.commands(), [Command::ReadMe]);
        page.store.me_read(Ok(me(SUPERVISOR)), page.now);
        assert_eq!(page.state("s"), "disconnected");
        page.connect();
        assert_eq!(page.commands(), [READ]);
        page.read(&[monitored("s")]);
        assert_eq!((page.state("s"), page.state("j")), ("ready", "ended"));
    }
}

#[test]
fn a_refresh_while_a_read_is_out_is_not_lost_when_that_tells_of_the_sign_out() {
    let mut page = Page::ready(&[monitored("s")]);
    page.store.wake(page.now);
    assert_eq!(page.commands(), [Command::ReadMe]);
    page.store.link_unauthenticated(signed_out());
    // The user has signed in again; the answer is from before.
    page.store.refresh();
    page.store.me_read(Err(signed_out()), page.now);
    assert_eq!(page.commands(), [Command::ReadMe]);
    page.store.me_read(Ok(me(SUPERVISOR)), page.now);
    page.connect();
    assert_eq!(page.commands(), [READ]);
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "ready");
}

#[test]
fn signed_out_stops_every_retry_that_waits() {
    let mut page = Page::new();
    page.store.start();
    for _ in 0..2 {
        page.commands();
        page.store.me_read(Err(answer(500, 4)), page.now);
    }
    page.connect();
    page.commands();
    assert!(page.store.poll_timeout().is_some());
    page.read_fails(signed_out());
    assert_eq!((page.commands(), page.store.poll_timeout()), (vec![], None));
}

#[test]
fn a_network_failure_on_the_way_out_of_signed_out_is_retried() {
    let mut page = Page::new();
    page.store.start();
    page.commands();
    page.store.me_read(Err(signed_out()), page.now);
    page.store.wake(page.now);
    page.commands();
    page.store.me_read(Err(network()), page.now);
    assert_eq!(page.commands(), [Command::ReadMe]);
    assert_eq!(page.state("s"), "unauthenticated");
}

#[test]
fn waking_makes_waiting_retries_at_once() {
    let mut page = Page::new();
    page.store.start();
    for _ in 0..4 {
        page.commands();
        page.store.me_read(Err(network()), page.now);
        page.pass(60_000);
    }
    page.commands();
    page.store.me_read(Err(network()), page.now);
    assert_eq!(page.commands(), []);
    page.store.wake(page.now);
    assert_eq!(
        (page.commands(), page.store.poll_timeout()),
        (vec![Command::ReadMe], None)
    );
    // No retry is waiting any more.
    page.store.wake(page.now);
    assert_eq!(page.commands(), []);
}

#[test]
fn refreshing_many_times_reads_once_at_a_time() {
    let mut page = Page::ready(&[]);
    for _ in 0..5 {
        page.store.refresh();
    }
    page.same_user();
    assert_eq!(page.commands(), [READ]);
    page.store.refresh();
    page.same_user();
    assert_eq!(page.commands(), []);
    page.read(&[]);
    assert_eq!(page.commands(), [READ]);
}

#[test]
fn completed_revoked_and_gone_are_ended_and_may_come_back() {
    let mut page = Page::ready(&[
        monitored("c"),
        monitored("r"),
        monitored("g"),
        monitored("l"),
    ]);
    page.notify(in_state(monitored("c"), "Completed"));
    page.notify(json!({"id": "r", "state": "Revoked", "capabilities": []}));
    page.notify(in_state(monitored("l"), "LeftChat"));
    page.refresh();
    page.read(&[in_state(monitored("c"), "Completed"), monitored("l")]);
    for id in ["c", "r", "g"] {
        assert_eq!(page.state(id), "ended", "{id}");
    }
    assert_eq!(page.state("l"), "ready");
    page.notify(monitored("g"));
    assert_eq!(page.state("g"), "ready");
    page.refresh();
    page.read(&[monitored("c"), monitored("g")]);
    assert_eq!(
        (page.state("c"), page.state("g"), page.state("l")),
        ("ready", "ready", "ended")
    );
}

#[test]
fn ended_sessions_do_not_pile_up() {
    let mut page = Page::ready(&[monitored("first")]);
    for number in 0..1_000 {
        page.notify(in_state(monitored(&number.to_string()), "Completed"));
    }
    assert_eq!(page.state("0"), "not-found");
    assert_eq!(page.state("799"), "not-found");
    assert_eq!(page.state("800"), "ended");
    assert_eq!(page.state("999"), "ended");
    assert_eq!(page.state("first"), "ready");
}

#[test]
fn a_host_feeds_notifications_and_no_link_is_opened() {
    let mut page = Page::host();
    page.store.start();
    page.notify(monitored("s"));
    // The first notification of a session counts as its read.
    assert_eq!((page.state("s"), page.state("t")), ("ready", "connecting"));
    assert_eq!(page.commands(), [Command::ReadMe]);
    page.store.me_read(Ok(me(SUPERVISOR)), page.now);
    assert_eq!(page.commands(), [READ]);
    page.read(&[monitored("s"), monitored("t")]);
    assert_eq!((page.state("s"), page.state("t")), ("ready", "ready"));
    assert_eq!(page.events(), [status(ConnectionStatus::Connected)]);
    assert_eq!(page.commands(), []);
}

#[test]
fn a_host_without_rest_still_knows_what_it_was_told() {
    let mut page = Page::host();
    page.store.start();
    page.commands();
    page.store.me_read(Err(network()), page.now);
    page.commands();
    page.store.me_read(Err(network()), page.now);
    page.notify(monitored("s"));
    assert_eq!(
        (page.state("s"), page.state("t")),
        ("ready", "disconnected")
    );
    let attempt = page.press("s", BARGE);
    page.accept(attempt);
    page.notify(barged("s"));
    assert_eq!(
        page.state("s"),
        "pending",
        "the own id is still being asked for"
    );
    page.store
        .set_user_id(Some(SUPERVISOR.to_owned()), page.now);
    assert_eq!(page.state("s"), "joined");
}

#[test]
fn a_host_that_signs_in_later_has_its_lists_read() {
    let mut page = Page::host();
    page.store.start();
    page.commands();
    page.store.me_read(Err(signed_out()), page.now);
    page.notify(monitored("s"));
    assert_eq!(page.state("s"), "unauthenticated");
    page.store.refresh();
    page.same_user();
    assert_eq!((page.commands(), page.state("s")), (vec![READ], "ready"));
}

#[test]
fn what_the_page_says_of_its_own_connection_counts() {
    for link in [Link::Broken, Link::Closed] {
        let mut page = Page::fed(&[monitored("s"), barged("j")]);
        page.store.link(link);
        assert_eq!(page.events(), [status(link)]);
        assert_eq!(
            (page.state("s"), page.state("j")),
            ("disconnected", "joined")
        );
        page.notify(monitored("s"));
        assert_eq!(page.state("s"), "disconnected", "however much is fed");
        assert_eq!(page.commands(), []);
        page.store.link(Link::Connected);
        page.same_user();
        assert_eq!(page.commands(), [READ], "what was missed is not known");
        assert_eq!(page.state("s"), "disconnected");
        page.read(&[monitored("s"), monitored("j")]);
        assert_eq!((page.state("s"), page.state("j")), ("ready", "ready"));
        assert_eq!(page.events(), [status(ConnectionStatus::Connected)]);
        page.store.link(Link::Connected);
        assert_eq!(page.commands(), [], "nothing was missed");
    }
}

#[test]
fn a_notification_counts_as_a_read_again_once_the_pages_connection_is_back() {
    let mut page = Page::fed(&[monitored("s")]);
    page.notify(monitored("s"));
    page.store.link(Link::Broken);
    page.store.link(Link::Connected);
    page.same_user();
    assert_eq!(page.commands(), [READ]);
    assert_eq!(
        page.state("s"),
        "disconnected",
        "what was told before is old"
    );
    page.notify(coached("s"));
    assert_eq!(page.state("s"), "ready");
}

#[test]
fn what_is_fed_while_signed_out_and_cut_off_is_no_read_afterwards() {
    let mut page = Page::fed(&[barged("s")]);
    page.store.refresh();
    assert_eq!(page.commands(), [Command::ReadMe]);
    page.store.me_read(Err(signed_out()), page.now);
    page.store.link(Link::Broken);
    page.log("s", &[entry(1, "ParticipantLeft", "All")]);
    page.notify(monitored("s"));
    page.store.link(Link::Connected);
    page.store.refresh();
    page.same_user();
    assert_eq!(
        (page.commands(), page.state("s")),
        (vec![READ], "disconnected")
    );
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "ready");
}

#[test]
fn until_the_pages_connection_stands_nothing_is_read() {
    for (link, state) in [
        (Link::Connecting, "connecting"),
        (Link::Broken, "disconnected"),
    ] {
        let mut page = Page::host();
        page.store.start();
        page.store.link(link);
        page.same_user();
        assert_eq!((page.commands(), page.state("s")), (vec![], state));
        page.notify(monitored("s"));
        assert_eq!(page.state("s"), state);
        page.store.link(Link::Connected);
        page.same_user();
        assert_eq!(page.commands(), [READ]);
        page.read(&[monitored("s")]);
        assert_eq!(page.state("s"), "ready");
        page.store.link(Link::Connecting);
        assert_eq!(page.state("s"), "connecting");
        page.store.link(Link::Connected);
        page.same_user();
        assert_eq!(page.commands(), [READ]);
    }
}

#[test]
fn a_read_under_way_when_the_pages_connection_broke_makes_nothing_ready() {
    let mut page = Page::fed(&[monitored("s")]);
    page.refresh();
    page.store.link(Link::Broken);
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "disconnected");
}

#[test]
fn the_look_after_a_failed_press_waits_as_the_server_wants() {
    let mut page = Page::ready(&[monitored("s")]);
    let busy = Failure {
        retry_after: Some(10_000),
        ..answer(503, 4)
    };
    page.refresh();
    let attempt = page.press("s", BARGE);
    page.read_fails(busy);
    page.fail(attempt, network());
    assert_eq!(page.commands(), []);
    page.pass(10_000);
    assert_eq!(page.commands(), [READ]);
}

#[test]
fn the_deadline_of_reads_is_the_callers_to_keep() {
    let mut page = Page::new();
    assert_eq!(page.store.request_timeout(), REQUEST_TIMEOUT);
    page.store.set_request_timeout(3_000);
    assert_eq!(page.store.request_timeout(), 3_000);
    page.sign_in();
    page.connect();
    page.commands();
    page.read_fails(Failure::new(Kind::Timeout, ""));
    assert_eq!(page.commands(), [READ]);
}

#[test]
fn changes_are_told_once_and_before_what_they_explain() {
    let mut page = Page::ready(&[monitored("s")]);
    page.notify(barged("s"));
    page.notify(barged("s"));
    let all: Vec<_> = std::iter::from_fn(|| page.store.poll_event()).collect();
    assert_eq!(all, [Event::Changed(Some(key("s"))), joined("s", None)]);
    for number in 0..100 {
        page.notify(monitored(&number.to_string()));
    }
    let all: Vec<_> = std::iter::from_fn(|| page.store.poll_event()).collect();
    assert_eq!(all, [Event::Changed(None)]);
}

#[test]
fn a_first_read_that_a_new_subscription_overtakes_makes_nothing_ready() {
    // The server forgot the client during the read of the list: notifications sent meanwhile are
    // lost.
    let mut page = Page::new();
    page.sign_in();
    page.connect();
    assert_eq!(page.commands(), [Command::ReadSessions(SMS)]);
    page.store.link(Link::Connecting);
    page.store.subscribed(page.now);
    page.store.link(Link::Connected);
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "connecting");
    page.pass(10);
    page.same_user();
    assert_eq!(page.commands(), [Command::ReadSessions(SMS)]);
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "ready");
}
