//! The panel's reports to the page, newest first, so that a visitor can check them.

use std::rc::Rc;

use barge_in::panel::seat::Audience;
use barge_in::panel::{PanelReport, Sending};
use barge_in::{Failure, Mode, Operation, Reason, Report, Status};

use crate::clock;

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
    pub fn report(&mut self, report: &PanelReport) {
        let operation = report.operation();
        match report {
            PanelReport::Button(report) => self.button(report),
            PanelReport::Change {
                view,
                audience,
                stale,
                ..
            } => {
                let parts = [
                    Some(view.state.as_str().to_owned()),
                    view.reason.map(Reason::as_str).map(str::to_owned),
                    view.mode.map(|mode| format!("mode {}", Mode::as_str(mode))),
                    audience.map(|one| format!("box for {}", words(one))),
                    stale.then(|| "stale".to_owned()),
                ];
                self.write("change", join(&parts));
            }
            PanelReport::Message {
                id,
                audience,
                state,
                ..
            } => self.write(
                "message",
                join(&[named(*id, *audience), Some((*state).to_owned())]),
            ),
            PanelReport::Sent {
                id,
                audience,
                receipt,
                ..
            } => {
                let answered = receipt
                    .request_ms
                    .map(|ms| format!("answered after {ms} ms"));
                let seen = format!("in the log after {} ms", receipt.confirm_ms);
                self.write("sent", join(&[named(*id, *audience), answered, Some(seen)]));
            }
            PanelReport::MessageError { failure, .. } => match failure {
                Some(failure) => self.error(operation, failure),
                None => self.write("error", "not-allowed".to_owned()),
            },
            PanelReport::LeaveError { failure, .. } => self.error(operation, failure),
            PanelReport::Unread { unread, .. } => {
                let customer = format!("{} of the customer", unread.from_customer);
                self.write(
                    "unread",
                    join(&[Some(unread.unread.to_string()), Some(customer)]),
                );
            }
            PanelReport::Left {
                ended_for_customer, ..
            } => {
                let ended = match ended_for_customer {
                    Some(true) => "ended for the customer",
                    Some(false) => "the conversation goes on",
                    None => "not known whether it goes on",
                };
                self.write("left", ended.to_owned());
            }
            PanelReport::Kept { .. } => {}
        }
    }

    fn button(&mut self, report: &Report) {
        match report {
            // The panel reports changes of its own.
            Report::Change { .. } => {}
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
                self.error(operation.map(Operation::as_str), failure);
            }
            Report::Connection(Status {
                status,
                transport,
                multiple_clients,
                trouble,
            }) => {
                let surplus = multiple_clients.then(|| "another window holds the poll".to_owned());
                let parts = [
                    Some(crate::words::status(*status).to_owned()),
                    Some((*transport).to_owned()),
                    surplus,
                    trouble.map(|one| one.cause.as_str().to_owned()),
                    trouble.and_then(|one| Some(format!("HTTP {}", one.http_status?))),
                ];
                self.write("connection", join(&parts));
            }
        }
    }

    fn error(&mut self, operation: Option<&str>, failure: &Failure) {
        let parts = [
            operation.map(str::to_owned),
            Some(failure.kind.as_str().to_owned()),
            failure.http_status.map(|status| format!("HTTP {status}")),
            failure.status_code.map(|code| format!("statusCode {code}")),
            Some(failure.message.clone()).filter(|words| !words.is_empty()),
        ];
        self.write("error", join(&parts));
    }

    /// Adds the message that is about to be sent. Its words are not for a diary.
    pub fn send(&mut self, sending: &Sending) {
        let operation = sending.audience.operation().to_owned();
        self.write(
            "send",
            join(&[named(sending.id, sending.audience), Some(operation)]),
        );
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

fn words(audience: Audience) -> &'static str {
    match audience {
        Audience::Agents => "agents",
        Audience::Everyone => "everyone",
    }
}

fn named(id: u32, audience: Audience) -> Option<String> {
    Some(format!("message {id} for {}", words(audience)))
}

fn join(parts: &[Option<String>]) -> String {
    parts
        .iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" · ")
}
