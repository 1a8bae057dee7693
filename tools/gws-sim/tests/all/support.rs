//! A simulator in a thread, and a minimal browser: cookies, CSRF token, raw sockets.
//!
//! The HTTP client is written by hand because the tests must see what a library would hide: a
//! reset, a body that stops half-way, a request that is never answered.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use gws_sim::args::Args;
use gws_sim::server::Server;
use serde_json::Value;

pub use crate::bayeux_client::*;
pub use gws_sim::scenario::still::*;

/// A wait that takes this long has failed.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A running simulator.
pub struct Sim {
    pub address: SocketAddr,
}

/// A browser with cookies; signed in by its first `GET`.
pub struct Browser {
    pub address: SocketAddr,
    pub cookies: Vec<(String, String)>,
    pub token: Option<String>,
}

/// A request that is sent and may not be answered yet.
pub struct Pending(TcpStream);

/// The answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
    /// Whether the body has the announced length.
    pub whole: bool,
}

impl Sim {
    /// The still scenario with any port.
    pub fn still() -> Sim {
        Sim::start(Args::still())
    }

    /// Starts a simulator; it lives until the test program ends.
    pub fn start(args: Args) -> Sim {
        let (tell, told) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.unwrap().block_on(async {
                let server = Server::bind(args).await.unwrap();
                tell.send(server.address()).unwrap();
                server.run().await.unwrap();
            });
        });
        Sim {
            address: told.recv().unwrap(),
        }
    }

    /// A browser that has read `/me`, so that it has its cookie and its token.
    pub fn browser(&self) -> Browser {
        let mut browser = self.stranger();
        browser.get("/api/v2/me");
        browser
    }

    /// A browser that has not sent a request yet.
    pub fn stranger(&self) -> Browser {
        Browser {
            address: self.address,
            cookies: Vec::new(),
            token: None,
        }
    }

    /// A control call that must succeed.
    pub fn control(&self, path: &str, body: Value) -> Value {
        let reply = self
            .stranger()
            .post(&format!("/control/{path}"), &body.to_string());
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        reply.json()
    }

    pub fn fault(&self, body: Value) {
        self.control("fault", body);
    }

    pub fn clear_faults(&self) {
        self.stranger()
            .send("DELETE", "/control/fault", &[], "")
            .unwrap();
    }

    pub fn state(&self) -> Value {
        self.stranger().get("/control/state").json()
    }

    pub fn log(&self) -> Vec<Value> {
        let log = self.stranger().get("/control/log").json();
        log["requests"].as_array().unwrap().clone()
    }

    /// Polls the state until `wanted` is true for it.
    pub fn until(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        loop {
            let state = self.state();
            if wanted(&state) {
                return state;
            }
            assert!(begun.elapsed() < PATIENCE, "the state never came: {state}");
        }
    }

    pub fn mode(&self, id: &str) -> Value {
        let state = self.state();
        let sessions = state["sessions"].as_array().unwrap();
        sessions
            .iter()
            .find(|s| s["id"] == id)
            .map_or(Value::Null, |s| s["mode"].clone())
    }
}

impl Browser {
    pub fn get(&mut self, path: &str) -> Reply {
        self.keep(self.send("GET", path, &[], "").unwrap())
    }

    pub fn post(&mut self, path: &str, body: &str) -> Reply {
        self.keep(self.begin_post(path, body).finish().unwrap())
    }

    /// An operation on an SMS session of the still scenario.
    pub fn operate(&mut self, id: &str, body: Value) -> Reply {
        self.post(&format!("/api/v2/me/smssessions/{id}"), &body.to_string())
    }

    pub fn begin_post(&self, path: &str, body: &str) -> Pending {
        let mut headers = vec![("Content-Type", "application/json")];
        if let Some(token) = &self.token {
            headers.push(("X-CSRF-TOKEN", token));
        }
        self.begin("POST", path, &headers, body)
    }

    pub fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> io::Result<Reply> {
        self.begin(method, path, headers, body).finish()
    }

    /// Sends a request and does not wait.
    pub fn begin(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Pending {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(n, v)| format!("{n}={v}"))
            .collect();
        let mut text = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n",
            self.address
        );
        for (name, value) in headers {
            text += &format!("{name}: {value}\r\n");
        }
        if !cookies.is_empty() {
            text += &format!("Cookie: {}\r\n", cookies.join("; "));
        }
        text += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
        stream.write_all(text.as_bytes()).unwrap();
        Pending(stream)
    }

    fn keep(&mut self, reply: Reply) -> Reply {
        for (name, value) in &reply.headers {
            if name == "set-cookie" {
                let pair = value.split(';').next().unwrap();
                let (name, value) = pair.split_once('=').unwrap();
                self.cookies.retain(|(known, _)| known != name);
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        if let Some(token) = reply.header("x-csrf-token") {
            self.token = Some(token.to_owned());
        }
        reply
    }
}

impl Pending {
    /// Waits for the answer; an error where the connection was reset.
    pub fn finish(mut self) -> io::Result<Reply> {
        let mut bytes = Vec::new();
        self.0.read_to_end(&mut bytes)?;
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text
            .split_once("\r\n\r\n")
            .ok_or(io::ErrorKind::UnexpectedEof)?;
        let mut lines = head.lines();
        let status = lines
            .next()
            .unwrap()
            .split(' ')
            .nth(1)
            .unwrap()
            .parse()
            .unwrap();
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let length = headers.iter().find(|(name, _)| name == "content-length");
        let whole = length.is_none_or(|(_, length)| length.parse() == Ok(body.len()));
        Ok(Reply {
            status,
            headers,
            body: body.to_owned(),
            whole,
        })
    }
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    pub fn messages(&self) -> Vec<Value> {
        assert_eq!(self.status, 200, "{}", self.body);
        self.json().as_array().unwrap().clone()
    }
}
