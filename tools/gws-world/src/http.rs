//! Requests and answers, as plain data, and small readers of them.

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// Cookie of the HTTP session.
pub const SESSION_COOKIE: &str = "JSESSIONID";
/// Header that brings the CSRF token, both ways.
pub const TOKEN_HEADER: &str = "X-CSRF-TOKEN";

/// A connection, by a number that its shell gives it and does not give again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Line(pub u64);

/// A request.
#[derive(Debug, Clone)]
pub struct Request {
    /// The connection that it came over.
    pub line: Line,
    /// `GET`, `POST`, …
    pub method: String,
    /// Path and query, as they stand in the request.
    pub target: String,
    /// Header lines, in any case.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Vec<u8>,
    /// Whether the connection can become a WebSocket.
    pub upgrade: bool,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status; 101 makes the connection a WebSocket.
    pub status: u16,
    /// Header lines, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: String,
    /// Whether the connection breaks after half of the body, of which all was promised.
    pub half: bool,
}

impl Request {
    /// The path, as it stands in the request.
    pub fn path(&self) -> &str {
        self.target
            .split_once('?')
            .map_or(&self.target, |(path, _)| path)
    }

    /// The parts of the path, decoded; `None` for what is no UTF-8.
    pub fn segments(&self) -> Option<Vec<String>> {
        let path = self.path();
        let parts = path.strip_prefix('/').unwrap_or(path).split('/');
        let decoded = parts.map(|part| {
            let part = percent_decode_str(part).decode_utf8().ok()?;
            Some(part.into_owned())
        });
        decoded.collect()
    }

    /// A query parameter's value as it stands; those this server reads need no decoding but `%2A`.
    pub fn query(&self, name: &str) -> Option<&str> {
        let (_, query) = self.target.split_once('?')?;
        let mut pairs = query.split('&');
        pairs.find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.lines(name).next()
    }

    /// A cookie's value.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let mut pairs = self.lines("cookie").flat_map(|line| line.split(';'));
        pairs.find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
    }

    /// Whether it only asks.
    pub fn is_reading(&self) -> bool {
        matches!(self.method.as_str(), "GET" | "HEAD")
    }

    fn lines(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self
            .headers
            .iter()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }
}

impl Answer {
    /// An answer without a body.
    pub fn empty(status: u16) -> Answer {
        Answer {
            status,
            headers: Vec::new(),
            body: String::new(),
            half: false,
        }
    }

    /// An answer with a body of this type.
    pub fn new(status: u16, content_type: &str, body: impl Into<String>) -> Answer {
        let mut answer = Answer::empty(status);
        answer.set("content-type", content_type);
        answer.body = body.into();
        answer
    }

    /// Any JSON body with any status.
    pub fn json(status: u16, body: &Value) -> Answer {
        Answer::new(status, "application/json;charset=UTF-8", body.to_string())
    }

    /// `{"statusCode":0}` with further members.
    pub fn ok(mut body: Value) -> Answer {
        body["statusCode"] = 0.into();
        Answer::json(200, &body)
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.headers.iter();
        lines.find_map(|(known, value)| (known == name).then_some(value.as_str()))
    }

    /// Sets a header, instead of any of that name.
    pub fn set(&mut self, name: &str, value: &str) {
        self.headers.retain(|(known, _)| known != name);
        self.add(name, value);
    }

    /// Adds a header line.
    pub fn add(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), value.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(target: &str, cookies: &[&str]) -> Request {
        let cookies = cookies.iter().map(|line| ("Cookie", line));
        Request {
            line: Line(1),
            method: "GET".to_owned(),
            target: target.to_owned(),
            headers: cookies
                .map(|(name, value)| (name.to_owned(), (*value).to_owned()))
                .collect(),
            body: Vec::new(),
            upgrade: false,
        }
    }

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        let request = request("/", &["XJSESSIONID=1; JSESSIONID=2", "BAYEUX_BROWSER=3"]);
        assert_eq!(request.cookie("JSESSIONID"), Some("2"));
        assert_eq!(request.cookie("BAYEUX_BROWSER"), Some("3"));
        assert_eq!(request.cookie("JSESSION"), None);
    }

    #[test]
    fn queries() {
        let request = request("/x?startIndex=3&fields=*", &[]);
        assert_eq!(request.path(), "/x");
        assert_eq!(request.query("startIndex"), Some("3"));
        assert_eq!(request.query("fields"), Some("*"));
        assert_eq!(request.query("field"), None);
    }
}
