//! From what the connection signals to what a control makes of it, in its own turn.

use std::cell::Cell;
use std::rc::Rc;

use yew::prelude::*;

use super::control::{Control, Msg};
use super::report::Report;
use crate::connection::{Connection, Signal, Subscription};

/// A signal, in a form that can wait for its turn.
pub enum News {
    /// Look again.
    Changed,
    /// Tell the page, after looking again.
    Report(Report),
}

/// Has the control told of everything that concerns its session.
pub(super) fn subscribe(ctx: &Context<Control>) -> Subscription {
    let props = ctx.props();
    let link = ctx.link().clone();
    let session_id = props.session_id.clone();
    let id = Rc::new(Cell::new(0));
    let own = id.clone();
    let subscription =
        props
            .connection
            .subscribe(Some((props.media, &props.session_id)), move |signal| {
                let news = match signal {
                    Signal::Messages(_) => return,
                    Signal::Changed => News::Changed,
                    Signal::Joined {
                        presser,
                        request_ms,
                        confirm_ms,
                    } => {
                        let mine = *presser == Some(own.get());
                        News::Report(Report::Joined {
                            session_id: session_id.clone(),
                            request_ms: request_ms.filter(|_| mine),
                            confirm_ms: confirm_ms.filter(|_| mine),
                        })
                    }
                    Signal::Failed { presser, .. } if *presser != own.get() => News::Changed,
                    Signal::Failed {
                        operation, failure, ..
                    } => News::Report(Report::Error {
                        session_id: session_id.clone(),
                        operation: Some(*operation),
                        failure: failure.clone(),
                    }),
                    Signal::Unauthenticated(failure) => News::Report(Report::Error {
                        session_id: session_id.clone(),
                        operation: None,
                        failure: failure.clone(),
                    }),
                    Signal::Status {
                        status,
                        transport,
                        multiple_clients,
                    } => News::Report(Report::Connection {
                        status: *status,
                        transport,
                        multiple_clients: *multiple_clients,
                    }),
                };
                link.send_message(Msg::News(news));
            });
    id.set(subscription.id());
    subscription
}

/// How the connection is, as a report.
pub(super) fn connection_report(connection: &Connection) -> Report {
    match connection.status() {
        Signal::Status {
            status,
            transport,
            multiple_clients,
        } => Report::Connection {
            status,
            transport,
            multiple_clients,
        },
        _ => unreachable!("status is a status"),
    }
}
