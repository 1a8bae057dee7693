//! Whether `trunk serve` serves the demo: started on a free port and asked for the page and for
//! the WebAssembly that the page names.

use crate::demo;
use crate::process;
use crate::summary::Count;
use anyhow::{Context, Result, bail};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Trunk listens once it has built.
const PATIENCE: Duration = Duration::from_secs(180);

/// Runs `trunk serve` until it has answered.
pub fn serves(command: &mut Command) -> Result<Count> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    command.args(["--no-autoreload", "true", "--address", "127.0.0.1"]);
    command.args(["--port", &port.to_string()]);
    let mut trunk = demo::tied(command)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| process::cannot_start(command))?;
    let outcome = look(&mut trunk, port);
    // Closing its input ends the process; see `tied`.
    drop(trunk.stdin.take());
    let _ = trunk.wait();
    outcome.with_context(|| process::shown(command))?;
    Ok(Count::PASSED)
}

fn look(trunk: &mut Child, port: u16) -> Result<()> {
    let began = Instant::now();
    let page = loop {
        match get(port, "/") {
            Ok(page) => break page,
            Err(error) if began.elapsed() > PATIENCE => {
                bail!("no answer: {error}");
            }
            Err(_) => thread::sleep(Duration::from_millis(100)),
        }
        if let Ok(Some(status)) = trunk.try_wait() {
            bail!("it ended with {status}");
        }
    };
    let path = wasm_path(&page).with_context(|| format!("no WebAssembly in the page:\n{page}"))?;
    let answer = get(port, path).context(path.to_owned())?;
    let head = answer.split("\r\n\r\n").next().unwrap_or_default();
    match head
        .to_lowercase()
        .contains("content-type: application/wasm")
    {
        true => Ok(()),
        false => bail!("{path} is not served as WebAssembly:\n{head}"),
    }
}

/// The first path in the page that ends in `.wasm`.
fn wasm_path(page: &str) -> Option<&str> {
    let end = page.find(".wasm")? + ".wasm".len();
    let start = page[..end].rfind(['"', '\'', '(', '='])? + 1;
    Some(&page[start..end])
}

fn get(port: u16, path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html, */*\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    match answer.split(' ').nth(1) {
        Some("200") => Ok(answer),
        _ => Err(std::io::Error::other(
            answer.lines().next().unwrap_or("nothing").to_owned(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_wasm_is_found() {
        let page = "<script>init({ module_or_path: '/demo-1f_bg.wasm' })</script>";
        assert_eq!(wasm_path(page), Some("/demo-1f_bg.wasm"));
        assert_eq!(wasm_path("<link href=\"/a_bg.wasm\">"), Some("/a_bg.wasm"));
        assert_eq!(wasm_path("<p>"), None);
    }
}
