//! The page's server as a program: `e2e/sim/equal.mjs` compares what both answer.
//!
//! The first line of its input is the settings; each further one is a request, `{now, body}` and what
//! [`World::handle`] takes. It prints what comes of each request on one line, as a list.

use std::io::{self, BufRead, Write};

use serde_json::Value;
use server::World;

#[path = "../src/lib.rs"]
mod server;

fn main() -> io::Result<()> {
    let mut lines = io::stdin().lock().lines();
    let settings = lines.next().ok_or(io::ErrorKind::UnexpectedEof)??;
    let mut world = World::new(&settings).map_err(io::Error::other)?;
    let mut out = io::stdout().lock();
    for line in lines {
        let line = line?;
        let step: Value = serde_json::from_str(&line)?;
        let now = step["now"].as_f64().unwrap_or_default();
        let body = step["body"].as_str().unwrap_or_default();
        world.handle(&line, body.to_owned(), now);
        let outcomes: Vec<String> = std::iter::from_fn(|| world.outcome(now)).collect();
        writeln!(out, "[{}]", outcomes.join(","))?;
        out.flush()?;
    }
    Ok(())
}
