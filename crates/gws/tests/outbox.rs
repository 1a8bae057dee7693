//! Messages from the press until the log has them: one POST at a time, one for each press.

mod support;

use Audience::{Agents, Everyone};
use gws::seat::{
    Audience, Hindrance, Message, Outbox, Place, Receipt, Rights, RowState, Situation, Timeouts,
    Transcript,
};
use gws::{Failure, Kind, LogEntry, Millis, Visibility};
use serde_json::json;
use support::{answer, network, wire};

const TIMEOUTS: Timeouts = Timeouts {
    request: 10_000,
    confirm: 5_000,
};

fn joined() -> Situation {
    Situation {
        rights: Rights {
            visibility: Some(Visibility::All),
            agents: true,
            everyone: true,
        },
        connected: true,
        ..Situation::default()
    }
}

fn coaching() -> Situation {
    let mut situation = joined();
    situation.rights.everyone = false;
    situation
}

/// An outbox, a clock and the log.
#[derive(Default)]
struct Desk {
    outbox: Outbox,
    log: Transcript,
    now: Millis,
    /// The POSTs: attempt, operation and text.
    posts: Vec<(u32, &'static str, String)>,
}

impl Desk {
    fn press(&mut self, audience: Audience, text: &str) -> u32 {
        let text = text.to_owned();
        let id = self.outbox.press(Message { audience, text }, TIMEOUTS);
        self.pump(joined());
        id
    }

    /// A desk whose log has been read, with one message under way.
    fn sending(audience: Audience, text: &str) -> (Self, u32) {
        let mut desk = Self::default();
        desk.read_nothing();
        let id = desk.press(audience, text);
        assert_eq!(desk.posts.len(), 1);
        (desk, id)
    }

    fn pump(&mut self, situation: Situation) {
        while let Some(post) = self
            .outbox
            .poll_post(&situation, self.log.newest(), self.now)
        {
            let operation = post.message.audience.operation();
            self.posts
                .push((post.attempt, operation, post.message.text));
        }
        self.outbox.look(&mut self.log);
    }

    fn answered(&mut self, answer: Result<(), Failure>) {
        let (attempt, ..) = *self.posts.last().expect("a POST");
        self.outbox.answered(attempt, answer, self.now);
        self.pump(joined());
    }

    fn resend(&mut self, id: u32) {
        self.outbox
            .resend(id, &joined(), TIMEOUTS)
            .expect("nothing hinders");
        self.pump(joined());
    }

    fn pass(&mut self, ms: Millis) {
        self.now += ms;
        self.outbox.handle_timeout(self.now);
        self.pump(joined());
    }

    /// An own entry arrives.
    fn log(&mut self, index: i64, text: &str, visibility: &str) {
        let entry = said(index, text, visibility);
        let changes = self.log.told(vec![entry]);
        for change in changes {
            let place = change.place();
            let entry = self.log.get(place).expect("an entry").clone();
            self.outbox.told(place, &entry);
        }
        self.outbox.settle(self.log.known_to(), self.now);
        self.pump(joined());
    }

    /// The log is read and brings nothing.
    fn read_nothing(&mut self) -> Option<i64> {
        let start = self.log.poll_read();
        if start.is_some() {
            self.log.read_answered(Vec::new());
        }
        self.outbox.settle(self.log.known_to(), self.now);
        self.outbox.looked(self.log.concluded());
        self.pump(joined());
        start
    }

    fn states(&mut self) -> Vec<&'static str> {
        let mut states = Vec::new();
        while let Some(change) = self.outbox.poll_change() {
            states.push(change.state.as_str());
        }
        states
    }

    fn receipt(&mut self) -> Option<Receipt> {
        let mut receipt = None;
        while let Some(change) = self.outbox.poll_change() {
            if let RowState::Sent(sent) = change.state {
                assert_eq!(receipt.replace(sent), None, "sent once");
            }
        }
        receipt
    }

    fn rows(&self) -> Vec<(&str, &'static str)> {
        let rows = self.outbox.rows().iter();
        rows.map(|row| (row.message.text.as_str(), row.state.as_str()))
            .collect()
    }
}

fn said(index: i64, text: &str, visibility: &str) -> LogEntry {
    LogEntry::read(&mut wire(&json!({
        "index": index, "type": "Text", "text": text, "visibility": visibility,
    })))
}

#[test]
fn a_message_is_sent_once_the_log_has_it() {
    let (mut desk, _) = Desk::sending(Everyone, "hello");
    assert_eq!(desk.posts, [(1, "SendMessage", "hello".to_owned())]);
    desk.now = 30;
    desk.answered(Ok(()));
    desk.now = 50;
    assert_eq!(desk.rows(), [("hello", "accepted")]);
    assert_eq!(desk.states(), ["waiting", "sending", "accepted"]);
    desk.log(1, "hello", "All");
    assert_eq!(desk.rows(), []);
    let expected = Receipt {
        index: Some(1),
        visibility: Some(Visibility::All),
        request_ms: Some(30),
        confirm_ms: 50,
    };
    assert_eq!(desk.receipt(), Some(expected));
}

#[test]
fn what_the_log_has_before_the_answer_is_sent_whatever_the_answer_says() {
    let (mut desk, _) = Desk::sending(Agents, "a");
    desk.log(1, "a", "Agents");
    assert_eq!(desk.receipt().map(|receipt| receipt.request_ms), Some(None));
    desk.answered(Err(answer(500, 4)));
    assert_eq!(desk.states(), Vec::<&str>::new());
    assert_eq!(desk.rows(), []);
}

#[test]
fn one_post_is_out_at_a_time_and_in_the_order_of_the_presses() {
    let (mut desk, _) = Desk::sending(Agents, "a");
    desk.press(Everyone, "b");
    desk.press(Agents, "c");
    // The log has the first message, but its POST is not answered.
    desk.log(1, "a", "Agents");
    assert_eq!(desk.posts.len(), 1);
    desk.answered(Ok(()));
    assert_eq!(desk.posts.len(), 2);
    desk.answered(Ok(()));
    let sent = |at: usize| (desk.posts[at].1, desk.posts[at].2.as_str());
    assert_eq!(sent(1), ("SendMessage", "b"));
    assert_eq!(sent(2), ("SendToAgents", "c"));
}

#[test]
fn a_post_that_is_answered_twice_is_answered_once() {
    let (mut desk, _) = Desk::sending(Agents, "a");
    desk.answered(Ok(()));
    desk.answered(Err(answer(409, 2)));
    assert_eq!(desk.rows(), [("a", "accepted")]);
}

#[test]
fn the_audience_is_asked_about_again_when_the_post_would_leave() {
    let mut desk = Desk::default();
    let text = "hello".to_owned();
    let audience = Everyone;
    let id = desk.outbox.press(Message { audience, text }, TIMEOUTS);
    desk.outbox.press(
        Message {
            audience: Agents,
            text: "b".to_owned(),
        },
        TIMEOUTS,
    );
    desk.pump(coaching());
    assert_eq!(desk.rows(), [("hello", "not-allowed"), ("b", "waiting")]);
    // Nothing is sent automatically later.
    desk.pump(joined());
    assert_eq!(desk.posts, []);
    desk.resend(id);
    assert_eq!(desk.posts, [(3, "SendMessage", "hello".to_owned())]);
}

#[test]
fn queued_messages_wait_for_a_press_after_a_lost_connection() {
    for cut in [
        Situation {
            connected: false,
            ..joined()
        },
        Situation {
            over: true,
            ..joined()
        },
    ] {
        let (mut desk, _) = Desk::sending(Agents, "a");
        let id = desk.press(Agents, "b");
        desk.pump(cut);
        desk.answered(Ok(()));
        assert_eq!(desk.rows(), [("a", "accepted"), ("b", "waiting")]);
        assert_eq!(desk.posts.len(), 1);
        desk.resend(id);
        assert_eq!(desk.posts.len(), 2);
    }
}

#[test]
fn what_is_for_everyone_does_not_leave_while_a_switch_is_pending() {
    let (mut desk, _) = Desk::sending(Agents, "a");
    desk.press(Everyone, "b");
    desk.outbox.answered(1, Ok(()), 0);
    desk.pump(Situation {
        switching: true,
        ..joined()
    });
    desk.pump(joined());
    assert_eq!(desk.posts.len(), 1);
    assert_eq!(desk.rows(), [("a", "accepted"), ("b", "waiting")]);
}

#[test]
fn messages_behind_a_refused_one_wait_for_a_press() {
    let (mut desk, _) = Desk::sending(Agents, "a");
    let second = desk.press(Agents, "b");
    desk.press(Agents, "c");
    desk.answered(Err(answer(409, 2)));
    assert_eq!(
        desk.rows(),
        [("a", "refused"), ("b", "waiting"), ("c", "waiting")]
    );
    assert_eq!(desk.posts.len(), 1);
    desk.resend(second);
    desk.answered(Ok(()));
    assert_eq!(desk.posts.len(), 2);
    assert_eq!(
        desk.rows(),
        [("a", "refused"), ("b", "accepted"), ("c", "waiting")]
    );
}

#[test]
fn a_lost_answer_has_the_log_read_once_and_then_the_message_has_failed() {
    let (mut desk, _) = Desk::sending(Agents, "a");
    desk.press(Agents, "b");
    desk.answered(Err(network()));
    assert_eq!(desk.rows(), [("a", "sending"), ("b", "waiting")]);
    assert_eq!(desk.read_nothing(), Some(1));
    assert_eq!(desk.rows(), [("a", "failed"), ("b", "waiting")]);
    assert_eq!(desk.read_nothing(), None);
    desk.pass(60_000);
    assert_eq!(desk.posts.len(), 1);
}

#[test]
fn a_read_that_began_before_the_doubt_does_not_settle_it() {
    let (mut desk, _) = Desk::sending(Agents, "a");
    desk.log.missed();
    assert_eq!(desk.log.poll_read(), Some(1));
    desk.answered(Err(network()));
    desk.log.read_answered(Vec::new());
    desk.outbox.looked(desk.log.concluded());
    assert_eq!(desk.rows(), [("a", "sending")]);
}

#[test]
fn a_lost_answer_whose_message_is_in_the_log_is_sent() {
    let (mut desk, _) = Desk::sending(Agents, "a");
    desk.answered(Err(network()));
    desk.log(1, "a", "Agents");
    desk.read_nothing();
    assert_eq!(desk.rows(), []);
    assert!(desk.receipt().is_some());
}

#[test]
fn a_read_that_takes_too_long_settles_it_too() {
    let (mut desk, _) = Desk::sending(Agents, "a");
    desk.answered(Err(network()));
    assert_eq!(desk.outbox.poll_timeout(), Some(10_000));
    desk.pass(10_000);
    assert_eq!(desk.rows(), [("a", "failed")]);
    assert_eq!(desk.outbox.poll_timeout(), None);
}

#[test]
fn a_request_that_was_certainly_not_acted_on_fails_without_a_read() {
    for kind in [Kind::Unauthenticated, Kind::Csrf, Kind::Headers] {
        let (mut desk, _) = Desk::sending(Agents, "a");
        desk.answered(Err(Failure::new(kind, "")));
        assert_eq!(desk.rows(), [("a", "failed")]);
    }
}

#[test]
fn what_is_accepted_and_not_in_the_log_is_unconfirmed_after_a_read() {
    let (mut desk, _) = Desk::sending(Agents, "a");
    desk.answered(Ok(()));
    desk.pass(4_999);
    assert_eq!(desk.read_nothing(), None);
    desk.pass(1);
    assert_eq!(desk.rows(), [("a", "accepted")]);
    assert_eq!(desk.read_nothing(), Some(1));
    assert_eq!(desk.rows(), [("a", "unconfirmed")]);
}

#[test]
fn the_log_is_read_from_where_it_ended_when_the_message_left() {
    let mut desk = Desk::default();
    desk.read_nothing();
    for index in 1..=7 {
        desk.log(index, "x", "Agents");
    }
    desk.press(Agents, "a");
    desk.answered(Err(network()));
    assert_eq!(desk.read_nothing(), Some(8));
}

#[test]
fn a_late_echo_makes_any_row_sent_that_has_left() {
    let ends: [fn(&mut Desk); 3] = [
        |desk| desk.answered(Err(answer(409, 2))),
        |desk| {
            desk.answered(Err(network()));
            desk.pass(10_000);
        },
        |desk| {
            desk.answered(Ok(()));
            desk.pass(5_000);
            desk.pass(10_000);
        },
    ];
    for end in ends {
        let (mut desk, _) = Desk::sending(Agents, "a");
        end(&mut desk);
        assert!(!desk.outbox.rows()[0].state.goes_on());
        desk.log(9, "a", "Agents");
        assert_eq!(desk.rows(), []);
        assert!(desk.receipt().is_some());
    }
}

#[test]
fn a_late_echo_before_a_resend_has_left_keeps_it_from_leaving() {
    let (mut desk, first) = Desk::sending(Agents, "a");
    desk.answered(Err(answer(409, 2)));
    desk.press(Agents, "b");
    desk.resend(first);
    desk.log(1, "a", "Agents");
    desk.answered(Ok(()));
    assert_eq!(desk.posts.len(), 2);
    assert_eq!(desk.rows(), [("b", "accepted")]);
}

#[test]
fn older_words_others_words_and_what_never_left_are_no_echo() {
    let mut desk = Desk::default();
    desk.log(5, "a", "Agents");
    desk.press(Agents, "a");
    desk.press(Agents, "b");
    desk.log(4, "a", "Agents");
    desk.log(6, "b", "Agents");
    assert_eq!(desk.rows(), [("a", "sending"), ("b", "waiting")]);
}

#[test]
fn a_history_that_comes_after_the_post_has_no_echo_in_it() {
    let (mut desk, _) = Desk::sending(Agents, "a");
    desk.outbox.history(Place::at(5));
    desk.log(5, "a", "Agents");
    assert_eq!(desk.rows(), [("a", "sending")]);
    desk.log(6, "a", "Agents");
    assert_eq!(desk.rows(), []);
}

#[test]
fn the_same_words_twice_take_two_entries() {
    let (mut desk, _) = Desk::sending(Agents, "ok");
    desk.press(Agents, "ok");
    desk.answered(Ok(()));
    desk.answered(Ok(()));
    desk.log(1, "ok", "Agents");
    desk.log(1, "ok", "Agents");
    assert_eq!(desk.rows(), [("ok", "accepted")]);
    desk.log(2, "ok", "Agents");
    assert_eq!(desk.rows(), []);
}

#[test]
fn an_entry_that_is_told_again_is_nobodys_echo_any_more() {
    let (mut desk, _) = Desk::sending(Agents, "ok");
    desk.press(Agents, "ok");
    desk.answered(Ok(()));
    desk.log(1, "ok", "Agents");
    let entry = said(1, "ok", "Agents");
    let place = desk.log.newest();
    desk.outbox.told(place, &entry);
    desk.outbox.settle(1, 0);
    assert_eq!(desk.rows(), [("ok", "sending")]);
}

#[test]
fn of_two_rows_with_the_same_words_the_one_whose_audience_saw_it_is_sent() {
    let (mut desk, _) = Desk::sending(Agents, "ok");
    desk.answered(Err(answer(409, 2)));
    desk.press(Everyone, "ok");
    desk.log(1, "ok", "All");
    assert_eq!(desk.rows(), [("ok", "refused")]);
}

#[test]
fn of_two_under_way_with_the_same_words_the_one_whose_audience_saw_it_is_sent() {
    let (mut desk, _) = Desk::sending(Agents, "ok");
    desk.answered(Ok(()));
    desk.press(Everyone, "ok");
    desk.log(1, "ok", "All");
    let row = &desk.outbox.rows()[0];
    assert_eq!(row.message.audience, Agents);
}

#[test]
fn of_two_rows_with_the_same_words_the_one_under_way_is_sent() {
    let (mut desk, first) = Desk::sending(Agents, "ok");
    desk.answered(Err(answer(409, 2)));
    desk.press(Agents, "ok");
    desk.log(1, "ok", "Agents");
    assert_eq!(desk.outbox.rows()[0].id, first);
    assert_eq!(desk.rows(), [("ok", "refused")]);
}

#[test]
fn the_receipt_tells_who_really_saw_it() {
    let (mut desk, _) = Desk::sending(Everyone, "hello");
    desk.log(1, "hello", "Agents");
    let receipt = desk.receipt().expect("it is sent");
    assert_eq!(receipt.visibility, Some(Visibility::Agents));
    assert!(receipt.differs(Everyone) && !receipt.differs(Agents));
}

#[test]
fn white_space_may_come_back_otherwise() {
    let (mut desk, _) = Desk::sending(Agents, " a  b\r\nc ");
    desk.log(1, "a b\nc", "Agents");
    assert_eq!(desk.rows(), []);
}

#[test]
fn a_message_may_come_back_in_parts_in_any_order_of_arrival() {
    let (mut desk, _) = Desk::sending(Everyone, "one two three");
    desk.log(3, "three", "All");
    desk.log(1, "one", "All");
    assert_eq!(desk.rows(), [("one two three", "sending")]);
    desk.log(2, "two", "All");
    assert_eq!(desk.rows(), []);
    assert_eq!(desk.receipt().and_then(|receipt| receipt.index), Some(1));
}

#[test]
fn parts_are_put_together_once_nothing_between_them_is_missing() {
    let (mut desk, _) = Desk::sending(Everyone, "one two");
    desk.log(1, "one", "All");
    desk.log(3, "two", "All");
    assert_eq!(desk.rows(), [("one two", "sending")]);
    assert_eq!(desk.read_nothing(), Some(2));
    assert_eq!(desk.rows(), []);
}

#[test]
fn other_own_words_may_stand_between_the_parts() {
    let (mut desk, _) = Desk::sending(Everyone, "one two");
    desk.log(1, "one", "All");
    desk.log(2, "x", "All");
    desk.log(3, "two", "All");
    assert_eq!(desk.rows(), []);
}

#[test]
fn a_resend_is_one_more_post_and_its_row_takes_the_first_echo() {
    let (mut desk, id) = Desk::sending(Agents, "a");
    desk.answered(Err(network()));
    desk.pass(10_000);
    desk.resend(id);
    desk.resend(id);
    assert_eq!(desk.posts.len(), 2);
    desk.log(1, "a", "Agents");
    assert_eq!(desk.rows(), []);
    desk.log(2, "a", "Agents");
    assert!(desk.receipt().is_some());
}

#[test]
fn a_late_echo_of_the_first_post_counts_after_a_resend() {
    let (mut desk, id) = Desk::sending(Agents, "a");
    desk.answered(Err(answer(409, 2)));
    desk.log(5, "x", "Agents");
    desk.resend(id);
    desk.log(1, "a", "Agents");
    assert_eq!(desk.rows(), []);
}

#[test]
fn a_resend_that_is_hindered_leaves_the_row_as_it_is() {
    let (mut desk, id) = Desk::sending(Everyone, "a");
    desk.answered(Err(answer(409, 2)));
    let hindered = desk.outbox.resend(id, &coaching(), TIMEOUTS);
    assert_eq!(hindered, Err(Hindrance::NotAllowed));
    desk.pump(joined());
    assert_eq!(desk.rows(), [("a", "refused")]);
}

#[test]
fn a_row_can_be_taken_out_unless_it_may_be_on_its_way() {
    let (mut desk, first) = Desk::sending(Agents, "a");
    let second = desk.press(Agents, "b");
    assert_eq!(desk.outbox.take(first), None);
    let taken = desk.outbox.take(second).map(|message| message.text);
    assert_eq!(taken.as_deref(), Some("b"));
    desk.answered(Ok(()));
    assert_eq!(desk.posts.len(), 1);
}

#[test]
fn after_a_restart_what_had_left_is_unconfirmed_and_nothing_leaves() {
    let (mut desk, _) = Desk::sending(Agents, "a");
    desk.press(Agents, "b");
    let mut after = Desk::default();
    for row in desk.outbox.rows() {
        let message = row.message.clone();
        after
            .outbox
            .restore(row.id, message, row.before(), TIMEOUTS);
    }
    after.pump(joined());
    assert_eq!(after.rows(), [("a", "unconfirmed"), ("b", "waiting")]);
    assert_eq!(after.posts, []);
    assert_eq!(after.press(Agents, "c"), 3);
    after.log(1, "a", "Agents");
    assert_eq!(after.rows(), [("b", "waiting"), ("c", "sending")]);
}

#[test]
fn without_a_row_that_waits_no_entry_is_kept() {
    let mut outbox = Outbox::default();
    outbox.told(Place::at(1), &said(1, "a", "Agents"));
    assert_eq!(outbox.watches(), None);
}
