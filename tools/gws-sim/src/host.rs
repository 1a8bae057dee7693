//! Whom the server answers: those who call it by a name of its own.
//!
//! A website may have its own name resolve to this machine (DNS rebinding). Its pages then are of
//! the same origin as the simulator, and no rule about origins keeps them out. Only the name that
//! they call it by gives them away.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::net::Caller;
use crate::sim::Sim;

const REFUSAL: &str = "This server does not answer under the name it was called by. \
If the name is its own, start it with --allow-host NAME.\n";

/// What the server may be called by, beside the usual names of every machine.
struct Own<'a> {
    /// What it listens on, and where the connection came in.
    addresses: [Option<IpAddr>; 2],
    names: &'a [String],
}

/// The outermost middleware: everything is asked by a right name, or refused.
pub async fn guard(
    State(sim): State<Arc<Sim>>,
    ConnectInfo(Caller(line)): ConnectInfo<Caller>,
    request: Request,
    next: Next,
) -> Response {
    let own = Own {
        addresses: [Some(sim.args.host), line.local()],
        names: &sim.args.allow_hosts,
    };
    let names = called(request.uri(), request.headers());
    if names.is_some_and(|names| names.iter().all(|name| own.has(name))) {
        return next.run(request).await;
    }
    let text = HeaderValue::from_static("text/plain; charset=utf-8");
    (
        StatusCode::FORBIDDEN,
        [(header::CONTENT_TYPE, text)],
        REFUSAL,
    )
        .into_response()
}

/// The names that a request calls the server by: its one `Host`, and what a target with a host
/// says. `None` if there is no single readable `Host`.
fn called<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> Option<Vec<&'a str>> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next()?.to_str().ok()?;
    if hosts.next().is_some() {
        return None;
    }
    let mut names = vec![without_port(host)];
    names.extend(uri.host());
    Some(names)
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

impl Own<'_> {
    /// Whether it is a name of this machine, one of these addresses, or allowed.
    fn has(&self, name: &str) -> bool {
        let same = |own: &str| name.eq_ignore_ascii_case(own);
        if ["localhost", "127.0.0.1", "[::1]"].into_iter().any(same) {
            return true;
        }
        let bare = name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'));
        let address = bare.unwrap_or(name).parse::<IpAddr>().ok();
        let is_own = address.is_some() && self.addresses.contains(&address);
        is_own || self.names.iter().any(|own| same(own))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(host: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.append(header::HOST, host.parse().unwrap());
        let own = Own {
            addresses: [
                Some(IpAddr::from([0, 0, 0, 0])),
                Some(IpAddr::from([192, 0, 2, 7])),
            ],
            names: &["sim.test".to_owned()],
        };
        let uri = Uri::from_static("/");
        let names = called(&uri, &headers).unwrap();
        names.iter().all(|name| own.has(name))
    }

    #[test]
    fn own_names() {
        for host in [
            "localhost",
            "LocalHost:8080",
            "127.0.0.1:1",
            "[::1]",
            "[::1]:8080",
            "192.0.2.7:80",
            "0.0.0.0:8080",
            "sim.test",
            "SIM.test:8080",
        ] {
            assert!(answers(host), "{host}");
        }
    }

    #[test]
    fn foreign_names() {
        for host in [
            "",
            ":8080",
            "evil.example",
            "evil.example:8080",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "evil.localhost",
            "localhost:8080:8080x",
            "127.0.0.1:x",
            "192.0.2.8",
            "[::2]",
            "::1",
            "user@localhost",
            "sim.test.evil.example",
        ] {
            assert!(!answers(host), "{host}");
        }
    }

    #[test]
    fn one_host_and_no_other_in_the_target() {
        let own = Own {
            addresses: [None, None],
            names: &[],
        };
        let mut headers = HeaderMap::new();
        assert!(called(&Uri::from_static("/"), &headers).is_none());
        headers.append(header::HOST, "localhost".parse().unwrap());
        let target = Uri::from_static("http://evil.example/");
        let names = called(&target, &headers).unwrap();
        assert!(!names.iter().all(|name| own.has(name)));
        headers.append(header::HOST, "localhost".parse().unwrap());
        assert!(called(&Uri::from_static("/"), &headers).is_none());
    }
}
