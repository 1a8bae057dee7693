//! The seats of a page beside its store: what is read, what is sent, and how a Leave ends.

mod support;

use gws::seat::{Audience, Left, RowState, Timeouts};
use gws::{
    Command, Event, Failure, Kind, Link, LogEntry, Operation, SeatCommand, SeatEvent, Seats,
};
use serde_json::{Value, json};
use support::*;

const TIMES: Timeouts = Timeouts {
    request: 10_000,
    confirm: 5_000,
};

/// The supervisor coaches beside an agent, and may write to agents.
fn whispering() -> Value {
    let capabilities = [
        "Leave",
        "SendToAgents",
        "SwitchToMonitor",
        "SwitchToBargeIn",
    ];
    body("s", &[own("Agents")], &capabilities)
}

/// The supervisor has barged in, and may write to everyone.
fn joined_in() -> Value {
    let capabilities = [
        "Leave",
        "SendToAgents",
        "SendMessage",
        "SwitchToMonitor",
        "SwitchToCoach",
    ];
    body("s", &[own("All")], &capabilities)
}

/// A page with one panel, for the session `s`.
struct Desk {
    page: Page,
    seats: Seats,
}

impl Desk {
    fn new(mut page: Page, heard: bool) -> Self {
        page.store.show(SMS, "s");
        let mut desk = Self {
            page,
            seats: Seats::new(heard, 1),
        };
        desk.seats.open(&key("s"), false);
        desk.follow();
        desk
    }

    /// A coached session, whose log has been read.
    fn coached() -> Self {
        let mut desk = Self::new(Page::ready(&[whispering()]), true);
        assert_eq!(desk.commands(), [read_from(1)]);
        desk.log_is(&[text(1, "agent", "All", "Hello")]);
        desk
    }

    fn follow(&mut self) {
        self.seats.follow(&mut self.page.store, self.page.now);
    }

    fn commands(&mut self) -> Vec<SeatCommand> {
        self.follow();
        std::iter::from_fn(|| self.seats.poll_command(self.page.now)).collect()
    }

    fn events(&mut self) -> Vec<SeatEvent> {
        self.follow();
        std::iter::from_fn(|| self.seats.poll_event())
            .map(|(_, event)| event)
            .collect()
    }

    fn log_is(&mut self, entries: &[Value]) {
        let entries = entries.iter().map(logged).collect();
        self.seats
            .log_read(&key("s"), 0, Ok(entries), self.page.now);
    }

    fn log_tells(&mut self, entries: &[Value]) {
        self.page.log("s", entries);
        let entries = entries.iter().map(logged).collect();
        self.seats.logged(&key("s"), entries, self.page.now);
    }

    fn notify(&mut self, body: Value) {
        self.page.notify(body);
        self.follow();
    }

    fn write_and_send(&mut self, audience: Audience, words: &str) {
        let now = self.page.now;
        let sent = self.seats.act(&key("s"), |seat| {
            seat.write(audience, words, now);
            let message = seat.press(audience, 4_000).ok()?;
            Some(seat.send(message, TIMES))
        });
        sent.flatten().expect("it may be sent");
    }

    fn leave(&mut self) -> u32 {
        let press = press("s", Operation::Leave, PRESSER);
        assert!(self.seats.leave(&mut self.page.store, press, self.page.now));
        match self.page.commands().as_slice() {
            [
                Command::Post {
                    attempt,
                    operation: Operation::Leave,
                    ..
                },
            ] => *attempt,
            other => panic!("one Leave, not {other:?}"),
        }
    }

    fn states(&mut self) -> Vec<&'static str> {
        let events = self.events();
        let state = |event: &SeatEvent| match event {
            SeatEvent::Row(change) => Some(change.state.as_str()),
            _ => None,
        };
        events.iter().filter_map(state).collect()
    }
}

fn logged(entry: &Value) -> LogEntry {
    LogEntry::read(&mut wire(entry))
}

fn text(index: i64, user: &str, visibility: &str, words: &str) -> Value {
    json!({"index": index, "type": "Text", "text": words, "visibility": visibility,
        "from": person(user, &format!("P-{user}"), visibility)})
}

fn read_from(start: i64) -> SeatCommand {
    SeatCommand::ReadLog {
        session: key("s"),
        sitting: 0,
        start,
    }
}

/// The audience and words of the only POST of a message.
fn sent(commands: &[SeatCommand]) -> (u32, Audience, &str) {
    match commands {
        [
            SeatCommand::Send {
                attempt,
                audience,
                text,
                ..
            },
        ] => (*attempt, *audience, text),
        other => panic!("one message, not {other:?}"),
    }
}

#[test]
fn the_log_is_read_once_and_again_after_notifications_may_have_been_missed() {
    let mut desk = Desk::coached();
    assert_eq!(desk.commands(), []);
    desk.seats.open(&key("s"), false);
    assert_eq!(desk.commands(), [], "a second panel reads nothing");
    desk.page.store.link(Link::Broken);
    assert_eq!(desk.commands(), []);
    desk.page.connect_again();
    assert_eq!(desk.commands(), [read_from(1)]);
}

/// A page that has subscribed and reads the list, and the log beside it.
fn reading_both() -> Desk {
    let mut desk = Desk::new(Page::new(), true);
    assert_eq!(desk.commands(), []);
    desk.page.sign_in();
    desk.page.connect();
    assert_eq!(desk.commands(), [], "the list is not asked for yet");
    assert_eq!(desk.page.commands(), [READ]);
    assert_eq!(desk.commands(), [read_from(1)]);
    desk
}

#[test]
fn the_log_is_read_beside_the_list_and_told_once_the_session_is_known() {
    for log_comes_first in [true, false] {
        let mut desk = reading_both();
        let log = [text(1, "agent", "All", "Hello")];
        if log_comes_first {
            desk.log_is(&log);
            assert!(desk.events().is_empty(), "nobody knows who is who");
            assert_eq!(desk.commands(), []);
        }
        desk.page.read(&[whispering()]);
        if !log_comes_first {
            assert_eq!(desk.commands(), []);
            desk.log_is(&log);
        }
        let told = desk.events();
        let is_log = |one: &&SeatEvent| matches!(one, SeatEvent::Logged(_, true));
        assert_eq!(told.iter().filter(is_log).count(), 1);
        assert_eq!(desk.commands(), [], "it is read once");
        assert_eq!(desk.seats.poll_timeout(), None);
    }
}

#[test]
fn a_session_that_is_not_there_has_no_trouble_with_its_log() {
    let mut desk = reading_both();
    desk.seats
        .log_read(&key("s"), 0, Err(answer(404, 0)), desk.page.now);
    assert_eq!(desk.commands(), [], "the list will tell");
    desk.page.read(&[]);
    assert!(desk.events().is_empty());
    assert!(!desk.seats.is_log_failing(&key("s")));
    assert_eq!(desk.commands(), []);
    desk.page.store.refresh();
    desk.page.commands();
    assert_eq!(desk.commands(), [], "the list tells that it is there");
    desk.notify(whispering());
    assert_eq!(desk.commands(), [read_from(1)]);
}

#[test]
fn what_the_log_said_before_a_gap_is_read_again() {
    let mut desk = reading_both();
    desk.log_is(&[text(1, "agent", "All", "Hello")]);
    desk.page.store.link(Link::Broken);
    assert_eq!(desk.commands(), []);
    desk.page.store.link(Link::Connected);
    desk.page.same_user();
    assert_eq!(desk.page.commands(), [READ]);
    assert_eq!(desk.commands(), [read_from(1)]);
    desk.log_is(&[text(2, "agent", "All", "Anybody?")]);
    desk.page.read(&[whispering()]);
    assert_eq!(desk.commands(), []);
    let seat = desk.seats.get(&key("s")).expect("a seat");
    assert_eq!(seat.transcript().entries().count(), 1);
}

#[test]
fn a_read_that_fails_is_made_again_with_longer_and_longer_waits() {
    let mut desk = Desk::new(Page::ready(&[whispering()]), true);
    let mut waits = 0;
    for _ in 0..6 {
        assert_eq!(desk.commands(), [read_from(1)]);
        desk.seats
            .log_read(&key("s"), 0, Err(network()), desk.page.now);
        assert!(desk.seats.is_log_failing(&key("s")));
        assert_eq!(desk.commands(), []);
        let due = desk.seats.poll_timeout().expect("a retry");
        waits += due - desk.page.now;
        desk.page.now = due;
        desk.seats.handle_timeout(due);
    }
    assert!((1_000..64_000).contains(&waits), "{waits}");
    assert_eq!(desk.commands(), [read_from(1)]);
    desk.log_is(&[]);
    assert!(!desk.seats.is_log_failing(&key("s")));

    // The server's own rest counts, but a page that is shown again asks at once.
    let mut busy = answer(503, 4);
    busy.retry_after = Some(600_000);
    desk.seats.missed();
    desk.commands();
    desk.seats.log_read(&key("s"), 0, Err(busy), desk.page.now);
    assert!(desk.seats.poll_timeout() >= Some(desk.page.now + 600_000));
}

#[test]
fn a_whisper_stays_one_whatever_the_mode_becomes() {
    let mut desk = Desk::coached();
    desk.write_and_send(Audience::Agents, "see me");
    desk.notify(joined_in());
    let commands = desk.commands();
    let (attempt, audience, words) = sent(&commands);
    assert_eq!((audience, words), (Audience::Agents, "see me"));
    assert_eq!(desk.states(), ["waiting", "sending"]);
    desk.seats
        .answered(&key("s"), 0, attempt, Ok(()), desk.page.now);
    assert_eq!(desk.states(), ["accepted"]);
    desk.log_tells(&[text(2, SUPERVISOR, "Agents", "see me")]);
    let told = desk.events();
    let SeatEvent::Row(change) = told
        .iter()
        .find(|one| matches!(one, SeatEvent::Row(_)))
        .expect("a row")
    else {
        unreachable!()
    };
    assert!(matches!(change.state, RowState::Sent(_)));
}

#[test]
fn what_may_no_longer_leave_when_its_headers_are_there_is_not_sent() {
    let mut desk = Desk::new(Page::ready(&[joined_in()]), true);
    desk.commands();
    desk.log_is(&[]);
    desk.write_and_send(Audience::Everyone, "hello");
    let commands = desk.commands();
    let (attempt, ..) = sent(&commands);
    assert!(desk.seats.may_send(&key("s"), 0, attempt));
    desk.notify(whispering());
    assert!(!desk.seats.may_send(&key("s"), 0, attempt));
    // What is said of it now counts for nothing.
    desk.seats
        .answered(&key("s"), 0, attempt, Err(network()), desk.page.now);
    assert_eq!(desk.states(), ["waiting", "sending", "not-allowed"]);
    assert_eq!(desk.commands(), []);
}

#[test]
fn nothing_is_sent_without_a_connection_nor_by_itself_later() {
    let mut desk = Desk::coached();
    desk.write_and_send(Audience::Agents, "see me");
    desk.page.store.link(Link::Broken);
    assert_eq!(desk.commands(), []);
    desk.page.connect_again();
    assert_eq!(desk.commands(), [read_from(1)]);
    desk.log_is(&[]);
    assert_eq!(desk.commands(), []);
    assert_eq!(desk.states(), ["waiting", "waiting"]);
}

#[test]
fn a_page_that_feeds_the_notifications_must_have_been_heard_first() {
    let mut desk = Desk::new(Page::fed(&[whispering()]), false);
    desk.commands();
    desk.log_is(&[]);
    let may = |desk: &mut Desk| {
        desk.follow();
        desk.seats
            .get(&key("s"))
            .is_some_and(|seat| seat.situation().connected)
    };
    assert!(!may(&mut desk));
    desk.seats.heard();
    assert!(may(&mut desk));
}

#[test]
fn one_who_leaves_beside_an_agent_has_left_and_the_session_has_not_ended() {
    let mut desk = Desk::coached();
    let attempt = desk.leave();
    assert_eq!(desk.page.state("s"), "pending");
    assert!(
        !desk.page.try_press("s", Operation::SwitchToBargeIn),
        "one intent at a time"
    );
    desk.page.accept(attempt);
    desk.follow();
    assert_eq!(desk.page.state("s"), "pending");
    desk.events();
    desk.notify(in_state(whispering(), "Completed"));
    assert_eq!(desk.page.state("s"), "left");
    let is_left = |one: &&SeatEvent| {
        matches!(
            one,
            SeatEvent::Left(Left {
                ended_for_customer: Some(false)
            })
        )
    };
    assert_eq!(desk.events().iter().filter(is_left).count(), 1);
    // Back in the session, one has not left.
    desk.notify(whispering());
    assert_eq!(desk.page.state("s"), "ready");
    assert!(
        !desk
            .events()
            .iter()
            .any(|one| matches!(one, SeatEvent::Left(_)))
    );
}

#[test]
fn a_session_that_ends_without_a_leave_of_ones_own_has_ended() {
    for state in ["Completed", "LeftChat", "Revoked"] {
        let mut desk = Desk::coached();
        desk.notify(in_state(whispering(), state));
        assert_eq!(desk.page.state("s"), "ended", "{state}");
    }
}

#[test]
fn one_who_is_gone_from_the_list_after_a_leave_has_left() {
    let mut desk = Desk::coached();
    let attempt = desk.leave();
    desk.page.accept(attempt);
    desk.page.pass(5_000);
    assert_eq!(desk.page.commands(), [READ]);
    desk.page.read(&[]);
    desk.follow();
    assert_eq!(desk.page.state("s"), "left");
}

#[test]
fn a_leave_that_is_refused_or_fails_leaves_the_state_as_the_mode_says() {
    let refused = answer(403, 3);
    for failure in [refused, network(), Failure::new(Kind::Timeout, "")] {
        let mut desk = Desk::coached();
        let attempt = desk.leave();
        desk.page.forget();
        desk.page.fail(attempt, failure.clone());
        desk.follow();
        let view = desk.page.view("s");
        assert_eq!(
            (desk.page.state("s"), view.operations.leave),
            ("ready", true),
            "{failure:?}"
        );
        assert_eq!(view.failure.as_deref(), Some(&failure));
        let events = desk.page.events();
        let is_told = |one: &Event| {
            matches!(
                one,
                Event::Failed {
                    operation: Operation::Leave,
                    ..
                }
            )
        };
        assert!(events.iter().any(is_told));
        // A later end is not its effect, once it is known that it had none.
        if failure.refused {
            desk.notify(in_state(whispering(), "Completed"));
            assert_eq!(desk.page.state("s"), "ended");
        }
    }
}

#[test]
fn what_belongs_to_the_former_user_is_gone_when_another_signs_in() {
    let mut desk = Desk::coached();
    let now = desk.page.now;
    desk.seats.act(&key("s"), |seat| {
        seat.write(Audience::Agents, "see me", now)
    });
    desk.page.store.me_seen(me("second"), now);
    desk.follow();
    let seat = desk.seats.get(&key("s")).expect("a seat");
    assert!(seat.drafts().is_empty());
    assert_eq!(seat.transcript().entries().count(), 0);
}

#[test]
fn a_draft_that_is_brought_back_goes_if_another_user_is_signed_in() {
    for (user, is_kept) in [(SUPERVISOR, true), ("second", false)] {
        let mut page = Page::ready(&[whispering()]);
        page.store.show(SMS, "s");
        let mut seats = Seats::new(true, 1);
        seats.open(&key("s"), false);
        // It may be known already who is signed in.
        seats.follow(&mut page.store, page.now);
        seats.belongs_to(&key("s"), Some(user.to_owned()));
        let now = page.now;
        seats.act(&key("s"), |seat| {
            seat.write(Audience::Agents, "see me", now)
        });
        seats.follow(&mut page.store, now);
        let seat = seats.get(&key("s")).expect("a seat");
        assert_eq!(!seat.drafts().is_empty(), is_kept, "{user}");
        assert!(seat.rights().agents, "it knows who is signed in");
    }
}

#[test]
fn an_answer_to_the_former_user_is_not_for_the_next() {
    let mut desk = Desk::coached();
    desk.write_and_send(Audience::Agents, "see me");
    let (attempt, ..) = sent(&desk.commands());
    desk.seats.missed();
    desk.commands();
    desk.page.store.me_seen(me("second"), desk.page.now);
    desk.follow();
    // What was under way for the former user is answered now.
    desk.log_is(&[text(2, "agent", "Agents", "for the former user")]);
    assert!(!desk.seats.may_send(&key("s"), 0, attempt));
    let seat = desk.seats.get(&key("s")).expect("a seat");
    assert_eq!(seat.transcript().entries().count(), 0);
    assert!(!seat.was_read());
}

/// A server with one session, and a page with a panel for it; each request is answered when the game says so.
struct Game {
    desk: Desk,
    log: Vec<Value>,
    is_there: bool,
    is_up: bool,
    list_asked: bool,
    log_asked: Option<i64>,
}

impl Game {
    fn step(&mut self, step: u8) {
        let now = self.desk.page.now;
        match step {
            0 => self.subscribe(),
            1 => {
                self.is_up = false;
                self.desk.page.store.link(Link::Broken);
            }
            // Without a new subscription.
            2 if !self.is_up => {
                self.is_up = true;
                self.desk.page.store.link(Link::Connected);
            }
            3 | 4 if std::mem::take(&mut self.list_asked) => match (step, self.is_there) {
                (3, true) => self.desk.page.read(&[whispering()]),
                (3, false) => self.desk.page.read(&[]),
                _ => self.desk.page.read_fails(network()),
            },
            5 | 6 => match self.log_asked.take() {
                Some(start) if step == 5 && self.is_there => {
                    let entries = self.log.iter().map(logged);
                    let asked = entries.filter(|entry| entry.index >= Some(start));
                    let answer = Ok(asked.collect());
                    self.desk.seats.log_read(&key("s"), 0, answer, now);
                }
                Some(_) => {
                    let failure = answer(if self.is_there { 500 } else { 404 }, 0);
                    self.desk.seats.log_read(&key("s"), 0, Err(failure), now);
                }
                None => {}
            },
            7 if self.is_there => {
                let index = self.log.len() as i64 + 1;
                self.log.push(text(index, "agent", "All", "Hello"));
                if self.is_up {
                    let news = self.log.last().cloned();
                    self.desk.log_tells(&Vec::from_iter(news));
                }
            }
            8 if !std::mem::replace(&mut self.is_there, true) && self.is_up => {
                self.desk.notify(whispering());
            }
            9 => {
                self.desk.page.pass(5_000);
                self.desk.seats.handle_timeout(self.desk.page.now);
            }
            _ => {}
        }
        self.pump();
    }

    fn subscribe(&mut self) {
        self.is_up = true;
        self.desk.page.store.subscribed(self.desk.page.now);
        self.desk.seats.missed();
        self.desk.page.store.link(Link::Connected);
    }

    fn pump(&mut self) {
        self.desk.follow();
        loop {
            let commands = self.desk.page.commands();
            for command in &commands {
                match command {
                    Command::ReadMe => {
                        let me = Ok(me(SUPERVISOR));
                        self.desk.page.store.me_read(me, self.desk.page.now);
                    }
                    Command::ReadSessions(_) => self.list_asked = true,
                    _ => {}
                }
            }
            if commands.is_empty() {
                break;
            }
        }
        for command in self.desk.commands() {
            let SeatCommand::ReadLog { start, .. } = command else {
                panic!("nothing was pressed: {command:?}");
            };
            assert_eq!(self.log_asked.replace(start), None, "one read at a time");
        }
        let is_read = |one: &SeatEvent| matches!(one, SeatEvent::Logged(_, true));
        if self.desk.events().iter().any(is_read) {
            let seat = self.desk.seats.get(&key("s"));
            assert!(seat.is_some_and(|seat| seat.facts().is_some()));
        }
    }
}

proptest::proptest! {
    #[test]
    fn whatever_comes_first_the_panel_has_the_whole_log_in_the_end(steps in proptest::collection::vec(0_u8..10, 0..60)) {
        let mut page = Page::new();
        page.sign_in();
        let mut game = Game {
            desk: Desk::new(page, true),
            log: vec![text(1, "agent", "All", "Hello")],
            is_there: false,
            is_up: false,
            list_asked: false,
            log_asked: None,
        };
        game.pump();
        for step in steps {
            game.step(step);
        }
        for step in [8, 1, 0].into_iter().chain([3, 5, 9].repeat(40)) {
            game.step(step);
        }
        let seat = game.desk.seats.get(&key("s")).expect("a seat");
        proptest::prop_assert_eq!(seat.transcript().entries().count(), game.log.len());
        proptest::prop_assert!(seat.situation().connected);
        proptest::prop_assert!(!game.desk.seats.is_log_failing(&key("s")));
        proptest::prop_assert_eq!(game.log_asked, None);
    }
}
