//! The button's reports to the page, newest first, so that a visitor can check them.

use std::rc::Rc;

use barge_in::{Mode, Operation, Reason, Report, Status};

use crate::{clock, words};

/// The most reports that are kept.
const KEPT: usize = 60;

/// The newest reports.
#[derive(Clone, Default, PartialEq)]
pub struct Diary {
    entries: Vec<Rc<Entry>>,
    written: u32,
}

/// One report as text.
#[derive(PartialEq)]
pub struct Entry {
    /// Its number in the diary.
    pub number: u32,
    /// When it arrived, in ms since 1970.
    pub time: f64,
    /// The event's name, without its prefix.
    pub kind: &'static str,
    /// The details as text.
    pub text: String,
}

impl Diary {
    /// Adds a report.
    pub fn report(&mut self, report: &Report) {
        match report {
            Report::Change { view, .. } => {
                let parts = [
                    Some(view.state.as_str().to_owned()),
                    view.reason.map(Reason::as_str).map(str::to_owned),
                    view.mode.map(|mode| format!("mode {}", Mode::as_str(mode))),
                ];
                self.write("change", join(&parts));
            }
            Report::Joined {
                request_ms: None,
                confirm_ms: None,
                ..
            } => {
                self.write("joined", "by another window or device".to_owned());
            }
            Report::Joined {
                request_ms,
                confirm_ms,
                ..
            } => {
                let answered = request_ms.map(|ms| format!("answered after {ms} ms"));
                let confirmed = confirm_ms.map(|ms| format!("confirmed after {ms} ms"));
                self.write("joined", join(&[answered, confirmed]));
            }
            Report::Error {
                operation, failure, ..
            } => {
                let parts = [
                    operation.map(Operation::as_str).map(str::to_owned),
                    Some(failure.kind.as_str().to_owned()),
                    failure.http_status.map(|status| format!("HTTP {status}")),
                    failure.status_code.map(|code| format!("statusCode {code}")),
                    Some(failure.message.clone()).filter(|words| !words.is_empty()),
                ];
                self.write("error", join(&parts));
            }
            Report::Connection(Status {
                status,
                transport,
                multiple_clients,
                trouble,
            }) => {
                let surplus = multiple_clients.then(|| "another window holds the poll".to_owned());
                let parts = [
                    Some(words::status(*status).to_owned()),
                    Some((*transport).to_owned()),
                    surplus,
                    trouble.map(|one| one.cause.as_str().to_owned()),
                    trouble.and_then(|one| Some(format!("HTTP {}", one.http_status?))),
                ];
                self.write("connection", join(&parts));
            }
        }
    }

    /// Adds the request that is about to be sent.
    pub fn request(&mut self, operation: Operation) {
        self.write("request", operation.as_str().to_owned());
    }

    fn write(&mut self, kind: &'static str, text: String) {
        self.written += 1;
        self.entries.insert(
            0,
            Rc::new(Entry {
                number: self.written,
                time: clock::now(),
                kind,
                text,
            }),
        );
        self.entries.truncate(KEPT);
    }

    /// The reports, newest first.
    pub fn entries(&self) -> &[Rc<Entry>] {
        &self.entries
    }
}

fn join(parts: &[Option<String>]) -> String {
    parts
        .iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" · ")
}
