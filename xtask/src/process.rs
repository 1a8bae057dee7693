//! Running other programs. Long work prints a line when it begins, its progress every ten seconds,
//! and how long it took; its output is buffered and shown in full only if it fails. Several jobs
//! may run in parallel, so every line names its job.

use anyhow::{Context, Error, Result, bail};
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, mpsc};
use std::thread;
use std::time::{Duration, Instant};

const TICK: Duration = Duration::from_secs(10);

/// What is made once for a run: the path, or why there is none.
pub type Once = OnceLock<Result<PathBuf, String>>;

/// Makes it, or gives what was made. A second caller waits for the first.
pub fn once(made: &Once, make: impl FnOnce() -> Result<PathBuf>) -> Result<PathBuf> {
    let path = made.get_or_init(|| make().map_err(|error| format!("{error:#}")));
    path.clone().map_err(Error::msg)
}

/// A job that a person waits for.
pub struct Job<'a> {
    /// The start of each line about it.
    pub name: &'a str,
    /// What it does, in a few words.
    pub does: &'a str,
    /// The expected time on a small machine, in seconds.
    pub about: u64,
    /// About how many crates it compiles, if that measures its progress.
    pub crates: usize,
}

/// The result of a finished program.
pub struct Finished {
    /// How it ended.
    pub status: ExitStatus,
    /// Its standard output and error, with lines in the order of arrival.
    pub output: String,
}

impl<'a> Job<'a> {
    /// A job whose progress is measured only by time.
    pub fn new(name: &'a str, does: &'a str, about: u64) -> Self {
        Self {
            name,
            does,
            about,
            crates: 0,
        }
    }

    /// Runs the command to its end, successful or not.
    pub fn finish(&self, command: &mut Command) -> Result<Finished> {
        let name = self.name;
        let began = Instant::now();
        eprintln!("{name}: {} (about {})", self.does, seconds(self.about));
        command.stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().with_context(|| cannot_start(command))?;
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
        })?;
        let output = output.into_inner().unwrap_or_default();
        let end = if status.success() { "done" } else { "failed" };
        eprintln!("{name}: {end} after {}", seconds(began.elapsed().as_secs()));
        Ok(Finished { status, output })
    }

    /// Runs the command; an error if it fails. Its output is shown only then.
    pub fn run(&self, command: &mut Command) -> Result<String> {
        let finished = self.finish(command)?;
        succeeded(command, finished.status, &finished.output)?;
        Ok(finished.output)
    }

    /// Prints the job's progress every ten seconds, until the other end of `ended` is dropped.
    fn tick(&self, ended: mpsc::Receiver<()>, began: Instant, compiled: &AtomicUsize) {
        while let Err(mpsc::RecvTimeoutError::Timeout) = ended.recv_timeout(TICK) {
            let crates = match self.crates {
                0 => String::new(),
                all => format!(
                    ", crate {} of about {all}",
                    compiled.load(Ordering::Relaxed)
                ),
            };
            let took = seconds(began.elapsed().as_secs());
            eprintln!(
                "{}: {took} of about {}{crates}",
                self.name,
                seconds(self.about)
            );
        }
    }
}

/// Runs a short command and returns its standard output; an error if it fails.
pub fn run(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| cannot_start(command))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let error = String::from_utf8_lossy(&output.stderr);
    succeeded(command, output.status, &format!("{text}{error}"))?;
    Ok(text.into_owned())
}

/// Runs a command that prints its own progress; an error if it fails.
pub fn run_attached(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    succeeded(command, status, "")
}

/// The first line a command prints on its standard output, if it starts and succeeds.
pub fn first_line(command: &mut Command) -> Option<String> {
    run(command).ok()?.lines().next().map(str::to_owned)
}

/// A command as a person would type it.
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

/// Why a program could not be started, without the system's reason.
pub fn cannot_start(command: &Command) -> String {
    format!("`{}` cannot be started", command.get_program().display())
}

fn succeeded(command: &Command, status: ExitStatus, output: &str) -> Result<()> {
    if !status.success() {
        let output = output.trim_end();
        bail!("{output}\n`{}` failed ({status})", shown(command));
    }
    Ok(())
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
        let job = Job::new("test", "asking cargo", 1);
        let finished = job.finish(Command::new("cargo").arg("--version")).unwrap();
        assert!(finished.status.success());
        assert!(finished.output.starts_with("cargo "));
        let error = job.run(Command::new("cargo").arg("no-such-command"));
        let error = error.unwrap_err().to_string();
        assert!(error.contains("no such command"), "{error}");
        assert!(error.contains("`cargo no-such-command` failed"), "{error}");
    }

    #[test]
    fn what_is_over_at_once_returns_its_standard_output_alone() {
        let shell = |script: &str| run(Command::new("sh").args(["-c", script]));
        assert_eq!(shell("echo out; echo err >&2").unwrap(), "out\n");
        let error = shell("echo out; echo err >&2; exit 3").unwrap_err();
        assert!(error.to_string().starts_with("out\nerr\n"), "{error}");
    }

    #[test]
    fn a_missing_program_is_named() {
        let error = run(&mut Command::new("no-such-program")).unwrap_err();
        assert!(error.to_string().contains("no-such-program"));
    }

    #[test]
    fn time_is_read_at_a_glance() {
        assert_eq!(seconds(95), "95 s");
        assert_eq!(seconds(185), "3 min 05 s");
    }
}
