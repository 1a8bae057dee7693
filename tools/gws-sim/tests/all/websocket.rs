//! Bayeux over WebSocket, where it is offered.

use gws_sim::args::Args;
use serde_json::{Value, json};
use tungstenite::client::IntoClientRequest;
use tungstenite::{Message, WebSocket};

use crate::support::*;

type Socket = WebSocket<std::net::TcpStream>;

fn open(sim: &Sim) -> Socket {
    let stream = std::net::TcpStream::connect(sim.address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let url = format!("ws://{}/api/v2/notifications", sim.address);
    let (socket, _) = tungstenite::client(url.into_client_request().unwrap(), stream).unwrap();
    socket
}

fn send(socket: &mut Socket, message: Value) {
    socket
        .send(Message::text(json!([message]).to_string()))
        .unwrap();
}

fn receive(socket: &mut Socket) -> Vec<Value> {
    loop {
        if let Message::Text(text) = socket.read().unwrap() {
            return serde_json::from_str(&text).unwrap();
        }
    }
}

fn ready(sim: &Sim, ext: Value) -> (Socket, String) {
    let mut socket = open(sim);
    send(
        &mut socket,
        json!({ "channel": "/meta/handshake", "version": "1.0", "ext": ext }),
    );
    let shaken = receive(&mut socket).remove(0);
    assert_eq!(shaken["supportedConnectionTypes"][0], "websocket");
    let id = shaken["clientId"].as_str().unwrap().to_owned();
    let more = json!({ "channel": "/meta/subscribe", "subscription": "/v2/me/*", "clientId": id });
    send(&mut socket, more);
    assert_eq!(receive(&mut socket)[0]["successful"], true);
    send(
        &mut socket,
        json!({ "channel": "/meta/connect", "clientId": id }),
    );
    assert_eq!(receive(&mut socket)[0]["channel"], "/meta/connect");
    (socket, id)
}

fn offering() -> Sim {
    Sim::start(Args {
        websocket: true,
        ..Args::still()
    })
}

#[test]
fn it_is_not_offered_by_default() {
    let sim = Sim::still();
    let stream = std::net::TcpStream::connect(sim.address).unwrap();
    let url = format!("ws://{}/api/v2/notifications", sim.address);
    assert!(tungstenite::client(url.into_client_request().unwrap(), stream).is_err());
}

#[test]
fn events_are_pushed_while_the_connect_is_held() {
    let sim = offering();
    let (mut socket, id) = ready(&sim, json!({}));
    send(
        &mut socket,
        json!({ "channel": "/meta/connect", "clientId": id, "id": "8" }),
    );
    sim.control("publish", json!({ "channel": "/v2/me/x", "data": 1 }));
    assert_eq!(
        receive(&mut socket),
        [json!({ "channel": "/v2/me/x", "data": 1 })]
    );
    assert_eq!(sim.state()["sockets"], 1);
    sim.control("forget-clients", json!({}));
    let reply = receive(&mut socket).remove(0);
    assert_eq!(
        (&reply["id"], &reply["error"]),
        (&"8".into(), &"402::Unknown client".into())
    );
}

#[test]
fn acknowledged_events_come_with_the_connect() {
    let sim = offering();
    let (mut socket, id) = ready(&sim, json!({ "ack": true }));
    sim.control("publish", json!({ "channel": "/v2/me/x", "data": 1 }));
    send(
        &mut socket,
        json!({ "channel": "/meta/connect", "clientId": id, "ext": { "ack": 1 } }),
    );
    let messages = receive(&mut socket);
    assert_eq!(events(&messages).len(), 1);
    assert_eq!(messages[1]["ext"], json!({ "ack": 2 }));
    // And they end a connect that is held.
    let connect = json!({ "channel": "/meta/connect", "clientId": id, "ext": { "ack": 2 } });
    send(&mut socket, connect);
    sim.until(|state| state["clients"][0]["queued"] == 0);
    sim.control("publish", json!({ "channel": "/v2/me/x", "data": 2 }));
    let messages = receive(&mut socket);
    assert_eq!(
        (&messages[0]["data"], &messages[1]["ext"]),
        (&2.into(), &json!({ "ack": 3 }))
    );
}

#[test]
fn a_dropped_socket_leaves_the_client_for_a_while() {
    let sim = offering();
    let (mut socket, id) = ready(&sim, json!({}));
    sim.control("drop-connections", json!({ "what": "sockets" }));
    assert!(socket.read().is_err());
    sim.until(|state| state["sockets"] == 0);
    sim.control("publish", json!({ "channel": "/v2/me/x", "data": 1 }));
    let mut again = open(&sim);
    send(
        &mut again,
        json!({ "channel": "/meta/connect", "clientId": id }),
    );
    assert_eq!(receive(&mut again)[0]["data"], 1);
}

#[test]
fn a_frame_that_is_no_json_closes_the_socket() {
    let sim = offering();
    let mut socket = open(&sim);
    socket.send(Message::text("[{")).unwrap();
    assert!(matches!(socket.read(), Err(_) | Ok(Message::Close(_))));
}
