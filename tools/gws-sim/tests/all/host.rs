//! The host names that the server accepts: a website whose name resolves to this machine (DNS
//! rebinding) gets no access.

use std::io::{Read, Write};
use std::net::{IpAddr, TcpStream};

use gws_sim::args::Args;

use crate::support::*;

/// Sends a request with only these header lines; returns its status and text.
fn ask(sim: &Sim, target: &str, lines: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(sim.address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let text = format!("GET {target} HTTP/1.1\r\n{lines}Connection: close\r\n\r\n");
    stream.write_all(text.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer)
}

fn serving(args: Args) -> Sim {
    Sim::start(Args {
        static_dir: Some(env!("CARGO_MANIFEST_DIR").into()),
        ..args
    })
}

const TARGETS: [&str; 5] = [
    "/api/v2/me",
    "/api/v2/nothing",
    "/control/state",
    "/control/log",
    "/Cargo.toml",
];

#[test]
fn other_names_get_nothing_anywhere() {
    let sim = serving(Args::still());
    for target in TARGETS {
        for lines in [
            "Host: evil.example\r\n",
            "Host: localhost.evil.example:80\r\n",
            "Host: 192.0.2.1\r\n",
            "Host:\r\n",
            "",
            "Host: localhost\r\nHost: evil.example\r\n",
        ] {
            let (status, answer) = ask(&sim, target, lines);
            // The HTTP parser may reject a request without exactly one host.
            assert!([400, 403].contains(&status), "{target} {lines}: {answer}");
            assert!(!answer.to_lowercase().contains("set-cookie"), "{answer}");
        }
    }
    let (status, answer) = ask(&sim, "/api/v2/me", "Host: evil.example\r\n");
    assert_eq!(status, 403);
    assert!(answer.contains("--allow-host NAME"), "{answer}");
    assert!(sim.log().is_empty());
}

#[test]
fn an_absolute_target_counts_too() {
    let sim = serving(Args::still());
    let (status, _) = ask(&sim, "http://evil.example/api/v2/me", "Host: localhost\r\n");
    assert_eq!(status, 403);
}

#[test]
fn this_machine_is_answered() {
    let sim = serving(Args::still());
    for target in TARGETS {
        for host in ["localhost", "LOCALHOST:1", "127.0.0.1:80", "[::1]"] {
            let (status, answer) = ask(&sim, target, &format!("Host: {host}\r\n"));
            assert!([200, 404].contains(&status), "{target} {host}: {answer}");
        }
    }
}

#[test]
fn allowed_names_are_answered() {
    let sim = serving(Args {
        allow_hosts: vec!["sim.test".to_owned()],
        ..Args::still()
    });
    assert_eq!(ask(&sim, "/api/v2/me", "Host: sim.test:8080\r\n").0, 200);
    assert_eq!(ask(&sim, "/api/v2/me", "Host: sim.test.evil\r\n").0, 403);
}

#[test]
fn the_address_that_was_called_is_answered() {
    // All of 127.0.0.0/8 is this machine, also addresses that are not in the list of names.
    let sim = serving(Args {
        host: IpAddr::from([127, 0, 0, 2]),
        ..Args::still()
    });
    assert_eq!(ask(&sim, "/api/v2/me", "Host: 127.0.0.2\r\n").0, 200);
    assert_eq!(ask(&sim, "/api/v2/me", "Host: 127.0.0.3\r\n").0, 403);
}
