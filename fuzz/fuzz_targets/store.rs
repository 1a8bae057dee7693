//! Any events of a page, in any order: no panic, exactly one POST per accepted press, and never `joined` unless the
//! server has said so.
#![no_main]

use fuzz::{Choices, wire};
use gws::{
    Command, Failure, Kind, Link, Me, Media, Notification, Operation, Press, Session, SessionKey,
    State, Store, StoreConfig,
};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

const ME: &str = "me";
const IDS: [&str; 3] = ["a", "b", "../c?x#y"];

fn session(choices: &mut Choices, id: &str) -> Value {
    let visibility = choices.one_of(&["All", "Agents", "Supervisors", "", "odd"]);
    let state = choices.one_of(&[
        "Chatting",
        "Chatting",
        "Chatting",
        "Completed",
        "Revoked",
        "",
    ]);
    let capabilities: &[&str] = choices.one_of(&[
        &["SwitchBargeIn", "SwitchToCoach"],
        &["SwitchToBargeIn", "SwitchToMonitor"],
        &["SwitchToMonitor", "SwitchToCoach"],
        &[],
    ]);
    let user = choices.one_of(&[ME, ME, "other"]);
    json!({
        "id": id, "state": state, "capabilities": capabilities,
        "participants": [{"nickname": "n", "type": "Agent", "path": format!("/users/{user}"), "visibility": visibility}],
    })
}

fn failure(choices: &mut Choices) -> Failure {
    let kinds = [
        Kind::Network,
        Kind::Timeout,
        Kind::Http,
        Kind::Api,
        Kind::Malformed,
        Kind::Csrf,
        Kind::Unauthenticated,
    ];
    let mut failure = Failure::new(choices.one_of(&kinds), "words");
    failure.refused = choices.byte() & 1 == 1;
    failure.status_code = Some(choices.byte().into());
    failure
}

fuzz_target!(|bytes: &[u8]| {
    let mut choices = Choices(bytes);
    let host = choices.byte() & 3 == 0;
    let mut store = Store::new(StoreConfig {
        host,
        request_timeout: 10_000,
        seed: 7,
    });
    let mut now = 0;
    let (mut taken, mut posts) = (0_u32, Vec::new());
    let (mut reads, mut posted) = (Vec::new(), 0_u32);
    let mut said_all = [false; IDS.len()];
    store.start();
    store.watch(Media::SmsSession);
    while !choices.is_over() {
        now += choices.span();
        match choices.byte() % 12 {
            0 => store.link(choices.one_of(&[
                Link::Connecting,
                Link::Connected,
                Link::Broken,
                Link::Closed,
            ])),
            1 => store.subscribed(now),
            2 | 3 => {
                let at = usize::from(choices.byte()) % IDS.len();
                let body = session(&mut choices, IDS[at]);
                said_all[at] |= body["participants"][0]["visibility"] == "All"
                    && body["participants"][0]["path"] == "/users/me"
                    || body["capabilities"][0] == "SwitchToMonitor";
                let data =
                    json!({"messageType": "SMSsessionStateChangeMessage", "smssession": body});
                store.notification(Notification::read(&mut wire(&data)), now);
            }
            4 => {
                if let Some(mut value) = choices.json() {
                    // Free text may say anything, so `joined` may be right for any session from now on.
                    said_all = [true; IDS.len()];
                    store.notification(Notification::read(&mut value), now);
                }
            }
            5 => {
                let operation = choices.one_of(&Operation::SWITCHES);
                let id = choices.one_of(&IDS);
                let press = Press {
                    session: SessionKey::new(Media::SmsSession, id),
                    operation,
                    presser: 1,
                    request_timeout: 10_000,
                    confirm_timeout: 5_000,
                };
                taken += u32::from(store.press(press, now));
            }
            6 | 7 => match reads.pop() {
                Some(Command::ReadMe) => {
                    let me = choices.one_of(&[Some(ME), Some(ME), None]);
                    let answer = match choices.byte() % 3 {
                        0 => Err(failure(&mut choices)),
                        _ => Ok(Me {
                            user_id: me.map(str::to_owned),
                        }),
                    };
                    store.me_read(answer, now);
                }
                Some(Command::ReadSessions(media)) => {
                    let answer = match choices.byte() % 4 {
                        0 => Err(failure(&mut choices)),
                        listed => Ok((0..usize::from(listed))
                            .filter_map(|at| {
                                let body = session(&mut choices, IDS[at]);
                                said_all[at] |= body["participants"][0]["visibility"] == "All"
                                    && body["participants"][0]["path"] == "/users/me"
                                    || body["capabilities"][0] == "SwitchToMonitor";
                                Session::read(&mut wire(&body))
                            })
                            .collect()),
                    };
                    store.sessions_read(media, answer, now);
                }
                _ => {}
            },
            8 => {
                if let Some(attempt) = posts.pop() {
                    let answer = if choices.byte() & 1 == 0 {
                        Ok(())
                    } else {
                        Err(failure(&mut choices))
                    };
                    store.answered(attempt, answer, now);
                }
            }
            9 => store.refresh(),
            10 => store.wake(now),
            _ => {
                if store.poll_timeout().is_some_and(|at| at <= now) {
                    store.handle_timeout(now);
                }
            }
        }
        while let Some(command) = store.poll_command() {
            match command {
                Command::Post { attempt, .. } => {
                    posted += 1;
                    posts.push(attempt);
                }
                Command::Connect => assert!(!host, "the page feeds the notifications"),
                read => reads.push(read),
            }
        }
        while store.poll_event().is_some() {}
        assert_eq!(posted, taken, "one POST per press that was taken");
        for (id, said) in IDS.iter().zip(said_all) {
            let view = store.view(Media::SmsSession, id);
            assert!(
                said || view.state != State::Joined,
                "joined, and nobody said so"
            );
        }
    }
});
