//! Thousands of clients whose server goes down and comes back: they must not all reconnect at once.

use std::{cmp::Reverse, collections::BinaryHeap};

use bayeux::{Client, ClientConfig, ClientStatus, Millis, Request, RequestFailure, Transmit};
use serde_json::{Value, json};

use crate::support::{config, decode, good_reply};

const CLIENTS: u64 = 5_000;
const BACK: Millis = 10_000;

/// The answer of a healthy server that holds connects.
fn response(request: &Request) -> Option<Vec<Value>> {
    let messages: Vec<Value> = serde_json::from_str(&request.body).unwrap();
    let held = request.path == "/connect" && messages[0]["advice"].is_null();
    (!held).then(|| {
        messages
            .iter()
            .map(|message| good_reply(message, &json!({})))
            .collect()
    })
}

fn connected(seed: u64) -> (Client, Request) {
    let mut client = Client::new(ClientConfig { seed, ..config() });
    client.start(0);
    loop {
        let Some(Transmit::Send(request)) = client.poll_transmit() else {
            panic!()
        };
        match response(&request) {
            Some(messages) => client.handle_response(request.id, &decode(messages), 0),
            None => return (client, request),
        }
    }
}

#[test]
fn clients_come_back_spread_over_time() {
    let mut due = BinaryHeap::new();
    let mut clients = Vec::new();
    for seed in 0..CLIENTS {
        let (mut client, poll) = connected(seed);
        client.handle_failure(poll.id, RequestFailure::Transport, 0, None);
        due.push(Reverse((0, clients.len())));
        clients.push(client);
    }
    let mut returns = Vec::new();
    while let Some(Reverse((now, n))) = due.pop() {
        let client = &mut clients[n];
        client.handle_timeout(now);
        let first = now >= BACK;
        if first {
            returns.push(now);
        }
        while let Some(transmit) = client.poll_transmit() {
            let Transmit::Send(request) = transmit else {
                panic!("{transmit:?}")
            };
            match response(&request) {
                _ if now < BACK => {
                    client.handle_failure(request.id, RequestFailure::Transport, now, None)
                }
                Some(messages) => client.handle_response(request.id, &decode(messages), now),
                None => {}
            }
        }
        let status = std::iter::from_fn(|| client.poll_event()).last();
        if first {
            assert_eq!(
                status,
                Some(bayeux::ClientEvent::Status(ClientStatus::Connected))
            );
        } else {
            due.push(Reverse((client.poll_timeout().unwrap(), n)));
        }
    }
    assert_eq!(returns.len() as u64, CLIENTS);
    let (last, mut busiest) = (returns[returns.len() - 1], 0);
    for window in (BACK..=last).step_by(100) {
        let in_window = returns
            .iter()
            .filter(|&&at| (window..window + 100).contains(&at))
            .count();
        busiest = busiest.max(in_window as u64);
    }
    assert!(
        busiest < CLIENTS * 4 / 100,
        "{busiest} of {CLIENTS} in a tenth of a second"
    );
    assert!(last <= BACK + 60_000, "{last}");
}

#[test]
fn a_client_is_small_enough_for_a_hundred_thousand() {
    assert!(size_of::<Client>() <= 512, "{}", size_of::<Client>());
}
