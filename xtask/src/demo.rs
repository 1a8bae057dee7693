//! `cargo xtask demo`: a supervisor's console against a simulated server, one command from a fresh
//! clone. The parts are prepared in parallel, since each keeps one core busy.

use crate::page;
use crate::process;
use crate::project::Project;
use crate::tools::{cargo, found::on_path, rust, wasm_bindgen};
use crate::wasm::{self, DEMO, Profile};
use anyhow::{Context, Result, bail};
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

/// Run the supervisor's console against a simulated server
///
/// Builds a supervisor's console and a simulated server, prints the console's address and opens
/// it in a browser. The first run installs what is missing into .tools and takes some minutes;
/// later ones take seconds.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Options {
    /// Listen on this port; 0 takes any free one
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,
    /// Open no browser
    #[arg(long)]
    no_open: bool,
    /// Compile as for production: slower to build, smaller
    #[arg(long)]
    release: bool,
    /// Serve under the Content-Security-Policy that the widget promises to run under
    #[arg(long)]
    csp: bool,
}

/// Runs the command until it is interrupted.
pub fn run(options: &Options) -> Result<()> {
    let profile = match options.release {
        true => Profile::Release,
        false => Profile::Dev,
    };
    // Fail now and not after minutes of compiling.
    check_port(options.port)?;
    let project = Project::find();
    let (simulator, pages) = prepare(&project, profile)?;
    let mut command = Command::new(simulator);
    command
        .args(["--scenario", "demo", "--port", &options.port.to_string()])
        .arg("--static")
        .arg(pages)
        .args(options.csp.then_some("--csp"));
    serve(&mut command, "The supervisor's console", !options.no_open)
}

/// Builds both halves of the demo; returns the simulator and the folder of pages.
fn prepare(project: &Project, profile: Profile) -> Result<(PathBuf, PathBuf)> {
    thread::scope(|scope| {
        let bindgen = scope.spawn(|| at_once(wasm_bindgen::ensure(project)));
        let simulator = scope.spawn(|| at_once(cargo::program(project, "gws-sim", "dev")));
        let rust = at_once(rust::ensure(project));
        let compiled = at_once(wasm::compile(project, &rust, &DEMO, profile));
        bindgen.join().expect("no panic");
        let pages = assemble(project, &compiled, profile)?;
        Ok((simulator.join().expect("no panic"), pages))
    })
}

/// The result of a part of the preparation. If one part fails, the command exits at once instead of
/// waiting minutes for the others; they continue where they stopped at the next start.
fn at_once<T>(result: Result<T>) -> T {
    result.unwrap_or_else(|error| {
        eprintln!("{error:#}");
        std::process::exit(1)
    })
}

/// Assembles the folder of pages from the compiled demo and `index.html`.
fn assemble(project: &Project, compiled: &Path, profile: Profile) -> Result<PathBuf> {
    let folder = project.root.join("target/demo");
    let wasm = page::assemble(project, compiled, &project.root, &folder)?;
    if profile == Profile::Release {
        wasm::optimise(project, &wasm, &wasm::OPTIMISE)?;
    }
    Ok(folder)
}

/// Runs the simulator, prints the address of what it serves and waits for its end.
pub fn serve(command: &mut Command, what: &str, open: bool) -> Result<()> {
    let mut child = tied(command)
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| process::cannot_start(command))?;
    let lines = child.stdout.take().map(BufReader::new);
    for line in lines
        .into_iter()
        .flat_map(BufRead::lines)
        .map_while(Result::ok)
    {
        let Some(address) = line.strip_prefix("listening on ") else {
            println!("{line}");
            continue;
        };
        eprintln!("{what} is at this address; Ctrl-C ends it.");
        println!("{}/", address.trim_end_matches('/'));
        // A reader of a pipe needs the line now.
        let _ = std::io::stdout().flush();
        if open {
            open_browser(address);
        }
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("`{}` ended with {status}", process::shown(command));
    }
    Ok(())
}

/// A command whose process ends when this process ends for any reason: a shell between the two
/// reads from our pipe until it closes, and then stops the command.
fn tied(command: &Command) -> Command {
    if cfg!(not(unix)) {
        let mut plain = Command::new(command.get_program());
        plain.args(command.get_args());
        return plain;
    }
    let mut shell = Command::new("sh");
    let script = r#"exec 3<&0
"$@" </dev/null 3<&- & child=$!
{ cat <&3 >/dev/null; kill $child 2>/dev/null; } >/dev/null 2>&1 &
exec 3<&-
wait $child 2>/dev/null"#;
    shell
        .args(["-c", script, "sh"])
        .arg(command.get_program())
        .args(command.get_args())
        .stdin(Stdio::piped());
    shell
}

/// An error if the port is taken.
pub fn check_port(port: u16) -> Result<()> {
    let other = port.checked_add(1).unwrap_or(8081);
    TcpListener::bind(("127.0.0.1", port))
        .with_context(|| format!("port {port} cannot be used; choose another: --port {other}"))
        .map(drop)
}

fn open_browser(address: &str) {
    let display = ["DISPLAY", "WAYLAND_DISPLAY"];
    let program = match env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ if display.iter().any(|name| env::var_os(name).is_some()) => "xdg-open",
        _ => return,
    };
    if on_path(program).is_none() {
        return;
    }
    let quiet = || Stdio::null();
    // The address is printed, so a browser that does not open is not an error.
    let started = Command::new(program)
        .arg(address)
        .stdin(quiet())
        .stdout(quiet())
        .stderr(quiet())
        .spawn();
    if let Ok(mut child) = started {
        thread::spawn(move || child.wait());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named_with_another() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = check_port(port).unwrap_err().to_string();
        assert!(error.contains("--port"), "{error}");
        // Any free port: the port just released may be in use again.
        assert!(check_port(0).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_tied_process_ends_with_its_parent() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo ready; exec sleep 30"]);
        let mut child = tied(&command).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert_eq!(lines.next().unwrap().unwrap(), "ready");
        // Our end of the pipe closes when we exit; here it is closed explicitly.
        drop(child.stdin.take());
        assert!(!child.wait().unwrap().success());
        assert!(
            lines.next().is_none(),
            "the pipe closes with its last writer"
        );
    }
}
