//! What the connection tells a panel, and what the panel then reports.

use std::rc::Rc;

use gws::seat::{Audience, Hindrance, Left, RowChange, RowState, Situation};
use gws::{Event, SeatEvent};
use yew::prelude::*;

use super::composer;
use super::counter::{Count, count};
use super::kept;
use super::panel::{Msg, Panel, PanelProps};
use super::phrases;
use super::report::PanelReport;
use super::strings::PanelText;
use super::transcript;
use crate::connection::{Signal, Subscription};

pub(super) fn subscribe(ctx: &Context<Panel>, presser: u32) -> Subscription {
    let props = ctx.props();
    let link = ctx.link().clone();
    let hear = move |signal: &Signal| {
        let msg = match signal {
            Signal::Seat(SeatEvent::Logged(changes, read)) => {
                Msg::Transcript(transcript::Msg::Logged(changes.clone(), *read))
            }
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

/// What a panel renders of a seat, beside the session. The log is the transcript's and the words are the box's, so most
/// of what a seat tells, and most keys, change nothing here.
#[derive(PartialEq)]
pub struct Seen {
    situation: Situation,
    left: Option<Left>,
    /// How many of the user's own ids are known: they tell which participant is the user.
    own: usize,
    /// The states of messages are told one by one.
    rows: usize,
    shown: Audience,
    is_empty: bool,
    is_other_empty: bool,
    hindrance: Option<Hindrance>,
    count: Option<Count>,
}

impl Panel {
    /// Looks at the seat, and reports; true if anything is to be rendered, `renders` or not. Then the reports wait for that.
    pub(super) fn settle(&mut self, props: &PanelProps, renders: bool) -> bool {
        self.look(props);
        let renders = self.see(props) || renders;
        self.settle_transcript(props, renders)
    }

    /// As [`Self::settle`], where nothing but the transcript can have changed.
    pub(super) fn settle_transcript(&mut self, props: &PanelProps, renders: bool) -> bool {
        let renders = self.transcript.settle(props) || renders;
        if let Some(unread) = self.transcript.unread() {
            self.reports.push(PanelReport::Unread {
                session_id: props.button.session_id.clone(),
                unread,
            });
        }
        if !renders {
            self.tell(props);
        }
        renders
    }

    /// Something has happened in the transcript.
    pub(super) fn in_transcript(&mut self, props: &PanelProps, msg: transcript::Msg) -> bool {
        self.transcript.update(props, msg);
        self.settle_transcript(props, false)
    }

    /// Passes on what is to be reported.
    pub(super) fn tell(&mut self, props: &PanelProps) {
        for report in std::mem::take(&mut self.reports) {
            props.on_report.emit(report);
        }
    }

    /// Looks at the seat; true if anything is to be rendered.
    fn see(&mut self, props: &PanelProps) -> bool {
        let shown = self.shown.borrow();
        let seen = props.seat(|seat| {
            let drafts = seat.drafts();
            let audience = drafts.shown();
            let text = drafts.text(audience);
            let longest = props.options.max_length as usize;
            let seen = Seen {
                situation: seat.situation(),
                left: seat.left(),
                own: seat.oneself().known(),
                rows: seat.outbox().rows().len(),
                shown: audience,
                is_empty: text.is_empty(),
                hindrance: seat.press(audience, longest).err(),
                count: composer::counts(audience, props.button.media).then(|| count(text)),
                is_other_empty: drafts.text(audience.other()).is_empty(),
            };
            let is_same_session =
                seat.facts().map(Rc::as_ptr) == self.session.as_ref().map(Rc::as_ptr);
            let is_same = is_same_session && text == shown.text;
            (seen, seat.facts().cloned(), is_same)
        });
        drop(shown);
        let Some((seen, session, is_same)) = seen else {
            return true;
        };
        let seen = Some(seen);
        let is_same = is_same && self.seen == seen;
        (self.session, self.seen) = (session, seen);
        !is_same
    }

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
            let shown = self.shown.borrow();
            let draft = match kept.shows_everyone {
                true => &kept.everyone,
                false => &kept.agents,
            };
            let words = (*draft == shown.text).then(|| shown.value.clone());
            self.reports.push(PanelReport::Kept {
                session_id: props.button.session_id.clone(),
                kept,
                words,
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
        let words = phrases::row(&change.state, audience, strings);
        let failure = match change.state {
            RowState::Sent(receipt) => {
                self.mine.retain(|(_, other)| *other != id);
                self.status = words;
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
        self.alert = words;
        self.reports.push(PanelReport::MessageError {
            session_id,
            id,
            audience,
            failure,
        });
    }
}
