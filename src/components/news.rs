//! From what the connection signals to what a control makes of it, in its own turn.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

use gws::{Media, State};
use yew::prelude::*;

use super::control::{Control, ControlProps, Msg};
use super::report::Report;
use crate::connection::{Connection, Signal, Subscription};

/// A control's attention to one session.
///
/// A control that turns to another session while its own request is out keeps half an ear on the former one: whoever
/// pressed is told of the outcome, wherever the control is by then.
pub(super) struct Attention {
    connection: Connection,
    media: Media,
    session_id: AttrValue,
    retired: Rc<Cell<bool>>,
    _subscription: Subscription,
}

impl Attention {
    /// Has the control told of everything that concerns its session; `presser` is its own number.
    pub fn new(ctx: &Context<Control>, presser: u32) -> Self {
        let props = ctx.props();
        let retired = Rc::new(Cell::new(false));
        let (link, session_id) = (ctx.link().clone(), props.session_id.clone());
        let half = retired.clone();
        let listen = move |signal: &Signal| {
            if let Some(report) = report_of(signal, presser, half.get(), &session_id) {
                link.send_message(Msg::News(report.map(Box::new)));
            }
        };
        let session = Some((props.media, &*props.session_id));
        Self {
            _subscription: props.connection.subscribe(session, listen),
            connection: props.connection.clone(),
            media: props.media,
            session_id: props.session_id.clone(),
            retired,
        }
    }

    /// Whether it is to the session that a control now shows.
    pub fn is_to(&self, props: &ControlProps) -> bool {
        self.connection == props.connection
            && self.media == props.media
            && self.session_id == props.session_id
    }

    /// Listens to everything again: a second one for the same session would tell of everything twice.
    pub fn resume(self) -> Self {
        self.retired.set(false);
        self
    }

    /// Listens for the outcome of a request only; nothing remains where none is out.
    pub fn retire(self) -> Option<Self> {
        self.retired.set(true);
        self.is_pending().then_some(self)
    }

    /// Whether a request for the session is out.
    pub fn is_pending(&self) -> bool {
        let view = self.connection.view(self.media, &self.session_id, false);
        view.state == State::Pending
    }
}

/// What a signal gives the page to know, or `Some(None)` where the control need only look again; `None` where it is none
/// of this control's concern.
fn report_of(
    signal: &Signal,
    own: u32,
    retired: bool,
    session_id: &AttrValue,
) -> Option<Option<Report>> {
    let session_id = session_id.clone();
    Some(Some(match signal {
        Signal::Joined {
            presser,
            request_ms,
            confirm_ms,
        } => {
            let mine = *presser == Some(own);
            if retired && !mine {
                return None;
            }
            Report::Joined {
                session_id,
                request_ms: request_ms.filter(|_| mine),
                confirm_ms: confirm_ms.filter(|_| mine),
            }
        }
        Signal::Failed {
            presser,
            operation,
            failure,
        } if *presser == own => Report::Error {
            session_id,
            operation: Some(*operation),
            failure: failure.clone(),
        },
        Signal::Changed | Signal::Failed { .. } => return Some(None),
        Signal::Messages(_) => return None,
        _ if retired => return None,
        Signal::Trouble(failure) => Report::Error {
            session_id,
            operation: None,
            failure: failure.clone(),
        },
        Signal::Status {
            status,
            transport,
            multiple_clients,
        } => Report::Connection {
            status: *status,
            transport,
            multiple_clients: *multiple_clients,
        },
    }))
}

/// A number that no other control of the page has.
pub(super) fn next_presser() -> u32 {
    static LAST: AtomicU32 = AtomicU32::new(0);
    LAST.fetch_add(1, Ordering::Relaxed).wrapping_add(1)
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
