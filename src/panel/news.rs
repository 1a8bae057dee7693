//! What the connection tells a panel, and what the panel then reports.

use std::rc::Rc;

use gws::seat::{RowChange, RowState};
use gws::{Event, SeatEvent};
use yew::prelude::*;

use super::kept;
use super::panel::{Msg, Panel, PanelProps};
use super::phrases;
use super::report::PanelReport;
use super::strings::PanelText;
use crate::components::failure_words;
use crate::connection::{Signal, Subscription};

pub(super) fn subscribe(ctx: &Context<Panel>, presser: u32) -> Subscription {
    let props = ctx.props();
    let link = ctx.link().clone();
    let hear = move |signal: &Signal| {
        let msg = match signal {
            Signal::Seat(event) => Msg::Seat(event.clone()),
            Signal::Event(Event::Failed {
                presser: by,
                failure,
                ..
            }) if *by == presser => Msg::LeaveFailed(failure.clone()),
            Signal::Event(Event::Changed(_) | Event::Failed { .. } | Event::Status(_)) => Msg::Look,
            _ => return,
        };
        link.send_message(msg);
    };
    props.connection.subscribe(Some(props.session()), hear)
}

impl Panel {
    /// Reports what has changed at the seat.
    pub(super) fn look(&mut self, props: &PanelProps) {
        let key = props.session();
        let seen = props.seat(|seat| {
            let audience = seat.drafts().audience(seat.rights());
            (audience, !seat.situation().connected)
        });
        let told = seen.unwrap_or((None, true));
        // While the control's report of a newer view is still to come, both are reported together.
        let waits = self.told.is_some() && {
            let confirming = self.view.state == gws::State::Confirming;
            props.connection.view(key.media, &key.id, confirming) != *self.view
        };
        if self.told != Some(told) && !waits {
            self.told = Some(told);
            self.reports.push(PanelReport::Change {
                session_id: props.button.session_id.clone(),
                view: self.view.clone(),
                audience: told.0,
                stale: told.1,
            });
        }
        if let Some(kept) = kept::keep(&props.connection, &key) {
            self.reports.push(PanelReport::Kept {
                session_id: props.button.session_id.clone(),
                kept,
            });
        }
    }

    pub(super) fn seat_event(&mut self, props: &PanelProps, event: SeatEvent) {
        let session_id = props.button.session_id.clone();
        match event {
            SeatEvent::Changed | SeatEvent::Logged(..) => {}
            SeatEvent::Left(left) => {
                self.question = None;
                self.reports.push(PanelReport::Left {
                    session_id,
                    ended_for_customer: left.ended_for_customer,
                });
            }
            SeatEvent::Row(change) => {
                let mine = (props.session(), change.id);
                if self.mine.contains(&mine) {
                    self.row_changed(props, change, session_id);
                }
            }
        }
    }

    pub(super) fn row_changed(
        &mut self,
        props: &PanelProps,
        change: RowChange,
        session_id: AttrValue,
    ) {
        let (id, audience) = (change.id, change.audience);
        self.reports.push(PanelReport::Message {
            session_id: session_id.clone(),
            id,
            audience,
            state: change.state.as_str(),
        });
        let strings = props.strings();
        let failure = match change.state {
            RowState::Sent(receipt) => {
                self.mine.retain(|(_, other)| *other != id);
                strings
                    .get(phrases::sent(audience))
                    .clone_into(&mut self.status);
                self.alert.clear();
                if receipt.differs(audience) {
                    let seen = strings.get(phrases::visibility(receipt.visibility));
                    let meant = strings.get(phrases::badge(audience));
                    let values = [("audience", seen), ("meant", meant)];
                    self.alert = strings.fill(PanelText::SeenBy, &values);
                    self.status.clear();
                }
                self.reports.push(PanelReport::Sent {
                    session_id,
                    id,
                    audience,
                    receipt,
                });
                return;
            }
            RowState::Refused(failure) | RowState::Failed(failure) => Some(failure),
            RowState::Unconfirmed => Some(Rc::new(gws::Failure::new(gws::Kind::Unconfirmed, ""))),
            RowState::NotAllowed => None,
            RowState::Waiting { .. } | RowState::Sending | RowState::Accepted => return,
        };
        self.status.clear();
        self.alert = match &failure {
            Some(failure) => failure_words(failure, strings),
            None => strings.get(PanelText::RowNotAllowed).to_owned(),
        };
        self.reports.push(PanelReport::MessageError {
            session_id,
            id,
            audience,
            failure,
        });
    }
}
