//! Running other programs. Work that may take long says so when it begins, how far it is every
//! ten seconds and how long it took; its output is kept back and shown in full only if it fails.
//! Several such jobs may run side by side, so every line names its job.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

const TICK: Duration = Duration::from_secs(10);

/// A piece of work that a person waits for.
pub struct Job<'a> {
    /// Begins each line said about it.
    pub name: &'a str,
    /// What it does, in a few words.
    pub does: &'a str,
    /// Seconds it may take on a small machine.
    pub about: u64,
    /// How many crates it compiles, about, where that is a measure of its progress.
    pub crates: usize,
}

/// What a finished program left.
pub struct Finished {
    /// How it ended.
    pub status: ExitStatus,
    /// Its standard output and error together, in the order of their lines' arrival.
    pub output: String,
}

impl Job<'_> {
    /// Runs the command to its end, whatever that is.
    pub fn finish(&self, command: &mut Command) -> Result<Finished, String> {
        let name = self.name;
        let began = Instant::now();
        eprintln!("{name}: {} (about {})", self.does, seconds(self.about));
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| cannot_start(command, &error))?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let output = Mutex::new(String::new());
        let compiled = AtomicUsize::new(0);
        let status = thread::scope(|scope| {
            let (done, ended) = mpsc::channel::<()>();
            scope.spawn(|| self.tick(ended, began, &compiled));
            let other = scope.spawn(|| collect(stderr, &output, &compiled));
            collect(stdout, &output, &compiled);
            let _ = other.join();
            let status = child.wait();
            drop(done);
            status
        })
        .map_err(|error| format!("{name}: {error}"))?;
        let output = output.into_inner().unwrap_or_default();
        let end = if status.success() { "done" } else { "failed" };
        eprintln!("{name}: {end} after {}", seconds(began.elapsed().as_secs()));
        Ok(Finished { status, output })
    }

    /// Runs the command and demands that it succeeds; its output is shown only if it does not.
    pub fn run(&self, command: &mut Command) -> Result<String, String> {
        let finished = self.finish(command)?;
        if finished.status.success() {
            return Ok(finished.output);
        }
        Err(format!(
            "{}\n{}",
            finished.output.trim_end(),
            failed(command, finished.status)
        ))
    }

    /// Says every ten seconds how far the job is, until the other end of `ended` is dropped.
    fn tick(&self, ended: mpsc::Receiver<()>, began: Instant, compiled: &AtomicUsize) {
        while let Err(mpsc::RecvTimeoutError::Timeout) = ended.recv_timeout(TICK) {
            let (name, took) = (self.name, seconds(began.elapsed().as_secs()));
            let about = seconds(self.about);
            let compiled = compiled.load(Ordering::Relaxed);
            match self.crates {
                0 => eprintln!("{name}: {took} of about {about}"),
                all => {
                    eprintln!("{name}: {took} of about {about}, crate {compiled} of about {all}")
                }
            }
        }
    }
}

/// Runs a command that is over at once and demands that it succeeds; returns its standard output.
pub fn run(command: &mut Command) -> Result<String, String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| cannot_start(command, &error))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if output.status.success() {
        return Ok(text.into_owned());
    }
    Err(format!(
        "{text}{}\n{}",
        String::from_utf8_lossy(&output.stderr).trim_end(),
        failed(command, output.status)
    ))
}

/// The first line a command prints on its standard output, if it starts and succeeds.
pub fn first_line(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    if !output.status.success() {
        return None;
    }
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().next().map(str::to_owned)
}

/// A command as a person would type it.
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

/// Why a program could not be started.
pub fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!(
        "`{}` cannot be started: {error}",
        command.get_program().display()
    )
}

fn failed(command: &Command, status: ExitStatus) -> String {
    format!("`{}` failed ({status})", shown(command))
}

fn collect(pipe: Option<impl Read>, output: &Mutex<String>, compiled: &AtomicUsize) {
    let Some(pipe) = pipe else { return };
    for line in BufReader::new(pipe).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        if line.trim_start().starts_with("Compiling ") {
            compiled.fetch_add(1, Ordering::Relaxed);
        }
        if let Ok(mut output) = output.lock() {
            output.push_str(&line);
            output.push('\n');
        }
    }
}

fn seconds(all: u64) -> String {
    match all {
        0..120 => format!("{all} s"),
        _ => format!("{} min {:02} s", all / 60, all % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_of_both_pipes_is_kept() {
        let job = Job {
            name: "test",
            does: "asking cargo",
            about: 1,
            crates: 0,
        };
        let finished = job.finish(Command::new("cargo").arg("--version")).unwrap();
        assert!(finished.status.success());
        assert!(finished.output.starts_with("cargo "));
        let error = job.run(Command::new("cargo").arg("no-such-command"));
        let error = error.unwrap_err();
        assert!(error.contains("no such command"), "{error}");
        assert!(error.contains("`cargo no-such-command` failed"), "{error}");
    }

    #[test]
    fn what_is_over_at_once_returns_its_standard_output_alone() {
        let mut shell = Command::new("sh");
        shell.args(["-c", "echo out; echo err >&2"]);
        assert_eq!(run(&mut shell), Ok("out\n".into()));
        let mut shell = Command::new("sh");
        shell.args(["-c", "echo out; echo err >&2; exit 3"]);
        let error = run(&mut shell).unwrap_err();
        assert!(error.starts_with("out\nerr\n"), "{error}");
    }

    #[test]
    fn a_missing_program_is_named() {
        let error = run(&mut Command::new("no-such-program")).unwrap_err();
        assert!(error.contains("no-such-program"));
    }

    #[test]
    fn time_is_read_at_a_glance() {
        assert_eq!(seconds(95), "95 s");
        assert_eq!(seconds(185), "3 min 05 s");
    }
}
