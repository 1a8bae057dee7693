//! A control's subscription to one session: turns the connection's signals into reports.

use std::cell::Cell;
use std::rc::Rc;

use gws::{Event, Failure, SessionKey, State};
use yew::prelude::*;

use super::report::Report;
use crate::connection::{Connection, Signal, Subscription};

/// What a signal means for a control.
pub enum News {
    /// Update the view.
    Look,
    /// Update the view and send this report.
    Report(Box<Report>),
}

/// A control's subscription to one session.
///
/// A control that switches to another session while its own request is outstanding keeps listening to the former
/// session for the outcome, so that each press gets its report.
pub(super) struct Attention {
    connection: Connection,
    session: SessionKey,
    retired: Rc<Cell<bool>>,
    _subscription: Subscription,
}

impl Attention {
    /// Calls `hear` with all news of the session; `presser` is the control's number.
    pub fn new(
        connection: &Connection,
        session: SessionKey,
        presser: u32,
        hear: Callback<News>,
    ) -> Self {
        let retired = Rc::new(Cell::new(false));
        let (half, status, id) = (retired.clone(), connection.clone(), session.id.clone());
        let listen = move |signal: &Signal| {
            let news = news_of(signal, &status, presser, half.get(), &id);
            news.into_iter().for_each(|news| hear.emit(news));
        };
        Self {
            _subscription: connection.subscribe(Some(session.clone()), listen),
            connection: connection.clone(),
            session,
            retired,
        }
    }

    /// Whether it is for this session.
    pub fn is_to(&self, connection: &Connection, session: &SessionKey) -> bool {
        self.connection == *connection && self.session == *session
    }

    /// Listens to all news again, as a second subscription for the same session would report everything twice.
    pub fn resume(self) -> Self {
        self.retired.set(false);
        self
    }

    /// Listens only for the outcome of a request; `None` if no request is outstanding.
    pub fn retire(self) -> Option<Self> {
        self.retired.set(true);
        self.is_pending().then_some(self)
    }

    /// Whether a request for the session is outstanding.
    pub fn is_pending(&self) -> bool {
        let SessionKey { media, id } = &self.session;
        self.connection.view(*media, id, false).state == State::Pending
    }
}

/// What a signal means for the control of this number; `None` if nothing. `retired`: it listens only for its own
/// outcome.
fn news_of(
    signal: &Signal,
    connection: &Connection,
    own: u32,
    retired: bool,
    id: &Rc<str>,
) -> Option<News> {
    let session_id = AttrValue::from(id.clone());
    let error = |operation, failure: &Rc<Failure>| Report::Error {
        session_id: session_id.clone(),
        operation,
        failure: failure.clone(),
    };
    let report = match signal {
        Signal::Event(Event::Joined {
            presser,
            request_ms,
            confirm_ms,
            ..
        }) => {
            let mine = *presser == Some(own);
            if retired && !mine {
                return None;
            }
            Report::Joined {
                session_id: session_id.clone(),
                request_ms: request_ms.filter(|_| mine),
                confirm_ms: confirm_ms.filter(|_| mine),
            }
        }
        Signal::Event(Event::Failed {
            presser,
            operation,
            failure,
            ..
        }) if *presser == own => error(Some(*operation), failure),
        Signal::Event(Event::Changed(_) | Event::Failed { .. }) => return Some(News::Look),
        #[cfg(feature = "panel")]
        Signal::Seat(_) => return None,
        _ if retired => return None,
        Signal::Event(Event::Unauthenticated { failure }) | Signal::HeadersFailed(failure) => {
            error(None, failure)
        }
        Signal::Event(Event::Status(_)) => Report::Connection(connection.status()),
    };
    Some(News::Report(Box::new(report)))
}
