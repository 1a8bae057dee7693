//! Requests to the simulator's control interface. A real Genesys Web Services has none.

use gloo_net::http::{Method, RequestBuilder};

/// Sends a request to `/control`; an error is a text for the visitor.
pub async fn send(method: Method, path: &str, body: Option<String>) -> Result<(), String> {
    let builder = RequestBuilder::new(&["/control", path].concat()).method(method);
    let request = match body {
        Some(body) => builder
            .header("Content-Type", "application/json")
            .body(body),
        None => builder.build(),
    };
    let answer = request.map_err(|error| error.to_string())?.send().await;
    let answer = answer.map_err(|_| "The simulator could not be reached.".to_owned())?;
    match answer.status() {
        200..=299 => Ok(()),
        404 => Err("The simulator says that there is no such session (any more).".to_owned()),
        status => Err(format!(
            "The simulator's control interface answered {status}."
        )),
    }
}
