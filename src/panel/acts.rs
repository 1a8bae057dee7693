//! What a person does, as inputs of the seat.

use std::cell::RefCell;
use std::rc::Rc;

use gws::seat::{Audience, Hindrance};
use gws::{Operation, Press, SessionKey, Visibility};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTextAreaElement};
use yew::prelude::*;

use super::gestures::{Act, Gesture, Shown};
use super::looks::ends;
use super::panel::{Panel, PanelProps, Question};
use super::phrases;
use super::report::Sending;
use crate::connection::Connection;
use crate::net::clock::ticks;

/// A question whose words have changed cannot be answered with yes for this time, in ms: the press may have been meant
/// for the former words.
const DISARMED: f64 = 1_000.0;

impl Panel {
    /// Handles a gesture; true if anything is to be rendered or reported.
    pub(super) fn gesture(&mut self, props: &PanelProps, gesture: Gesture) -> bool {
        match gesture {
            Gesture::Held(hold) => {
                self.presses.note(&hold, props.place());
                return false;
            }
            Gesture::Clicked(_, clicks)
                if !self.presses.is_meant(clicks, &props.place()) || clicks > 1 =>
            {
                return false;
            }
            Gesture::Clicked(act, _) => self.act(props, act),
            Gesture::Written(session, audience, value) => {
                self.heard(props, (session, audience), value);
                if self.status.is_empty() {
                    return self.settle(props, false);
                }
                self.status.clear();
            }
            Gesture::Entered(session, audience) => {
                if session == props.session() {
                    self.send(props, audience);
                }
            }
            Gesture::Turned => self.turn(props),
            Gesture::Chosen(at) => {
                if let Some(canned) = props.canned.get(at) {
                    let audience = self.shown.borrow().audience;
                    let key = props.session();
                    let text = &canned.text;
                    insert(
                        &props.connection,
                        &key,
                        &self.base,
                        &self.shown,
                        text,
                        audience,
                    );
                }
                self.focus = Some("box");
            }
            Gesture::Escaped => self.ask(None),
            Gesture::Quit => self.focus = Some("box"),
            Gesture::Transcript(msg) => return self.in_transcript(props, msg),
        }
        true
    }

    pub(super) fn act(&mut self, props: &PanelProps, act: Act) {
        match act {
            Act::To(audience) => self.choose(props, audience),
            Act::Send => {
                let audience = self.shown.borrow().audience;
                self.send(props, audience);
            }
            Act::Move => self.start_move(props),
            Act::Resend(id) => self.resend(props, id),
            Act::Edit(id) => {
                if props.act(|seat, _| seat.edit(id)) == Some(false) {
                    self.ask(Some(Question::Edit(id)));
                } else {
                    self.focus = Some("box");
                }
            }
            Act::Discard(id) => {
                props.act(|seat, _| seat.discard(id));
                self.focus = Some("box");
            }
            Act::Leave => self.start_leave(props),
            Act::Cancel => self.ask(None),
            Act::Confirm => self.confirm(props),
        }
    }

    pub(super) fn ask(&mut self, question: Option<Question>) {
        self.asked.take();
        self.focus = Some(match (&self.question, &question) {
            (_, Some(_)) => "cancel",
            (Some(Question::Leave), None) => "leave",
            _ => "box",
        });
        self.question = question;
    }

    pub(super) fn send(&mut self, props: &PanelProps, audience: Audience) {
        let longest = props.options.max_length as usize;
        let pressed = props.seat(|seat| {
            let id = seat.outbox().next_id();
            seat.press(audience, longest).map(|message| (id, message))
        });
        match pressed {
            Some(Ok((id, message))) => {
                let sending = Sending {
                    session_id: props.button.session_id.clone(),
                    id,
                    audience,
                    text: message.text.clone(),
                };
                if !props.on_send.emit(sending) {
                    return;
                }
                self.alert.clear();
                self.status.clear();
                self.mine.push((props.session(), id));
                self.transcript.scroll_to_newest(props);
                self.focus = Some("box");
                let timeouts = props.timeouts();
                props.act(|seat, _| seat.send(message, timeouts));
            }
            Some(Err(hindrance)) => self.say_hindrance(props, hindrance, audience),
            None => {}
        }
    }

    pub(super) fn resend(&mut self, props: &PanelProps, id: u32) {
        let message = props.seat(|seat| {
            let row = seat.outbox().rows().iter().find(|row| row.id == id)?;
            Some(row.message.clone())
        });
        let Some(Some(message)) = message else { return };
        let sending = Sending {
            session_id: props.button.session_id.clone(),
            id,
            audience: message.audience,
            text: message.text,
        };
        if !props.on_send.emit(sending) {
            return;
        }
        let mine = (props.session(), id);
        if !self.mine.contains(&mine) {
            self.mine.push(mine);
        }
        self.alert.clear();
        let timeouts = props.timeouts();
        let sent = props.act(|seat, _| seat.resend(id, timeouts));
        if let Some(Err(hindrance)) = sent {
            self.say_hindrance(props, hindrance, message.audience);
        }
    }

    pub(super) fn say_hindrance(
        &mut self,
        props: &PanelProps,
        hindrance: Hindrance,
        audience: Audience,
    ) {
        self.alert = phrases::hindrance(hindrance, audience, props.strings());
    }

    pub(super) fn start_move(&mut self, props: &PanelProps) {
        let shown = props.seat(|seat| {
            let audience = seat.drafts().shown();
            (audience, seat.drafts().text(audience).to_owned())
        });
        match shown {
            Some((Audience::Agents, text)) => self.ask(Some(Question::Move(text))),
            Some((Audience::Everyone, text)) => {
                props.act(|seat, _| seat.move_to(Audience::Agents, &text));
                self.focus = Some("box");
            }
            None => {}
        }
    }

    pub(super) fn start_leave(&mut self, props: &PanelProps) {
        let asks = props.seat(|seat| {
            let joined = seat.rights().visibility == Some(Visibility::All);
            ends(seat) || joined || seat.is_dirty()
        });
        if !self.can_leave(props) {
            return;
        }
        match asks {
            Some(false) => self.leave(props),
            _ => self.ask(Some(Question::Leave)),
        }
    }

    pub(super) fn confirm(&mut self, props: &PanelProps) {
        let is_armed = ticks() - self.asked.borrow().1 >= DISARMED;
        if !is_armed {
            return;
        }
        let question = self.question.clone();
        self.ask(None);
        match question {
            Some(Question::Leave) => self.leave(props),
            Some(Question::Move(text)) => {
                props.act(|seat, _| seat.move_to(Audience::Everyone, &text));
            }
            Some(Question::Edit(id)) => {
                props.act(|seat, now| {
                    let row = seat.outbox().rows().iter().find(|row| row.id == id);
                    if let Some(audience) = row.map(|row| row.message.audience) {
                        seat.write(audience, "", now);
                        seat.edit(id);
                    }
                });
            }
            None => {}
        }
    }

    pub(super) fn leave(&mut self, props: &PanelProps) {
        if !self.can_leave(props) || !props.button.on_request.emit(Operation::Leave) {
            return;
        }
        self.alert.clear();
        props.connection.leave(Press {
            session: props.session(),
            operation: Operation::Leave,
            presser: self.presser,
            request_timeout: props.button.request_timeout.into(),
            confirm_timeout: props.button.confirm_timeout.into(),
        });
    }

    pub(super) fn can_leave(&self, props: &PanelProps) -> bool {
        let SessionKey { media, id } = props.session();
        props.connection.view(media, &id, false).operations.leave
    }

    /// The box turns to this audience, or it is said why not.
    fn choose(&mut self, props: &PanelProps, audience: Audience) {
        match props.act(|seat, _| seat.choose(audience)) {
            Some(false) => self.say_hindrance(props, Hindrance::NotAllowed, audience),
            _ => self.alert.clear(),
        }
    }

    /// A key moves to the other audience.
    pub(super) fn turn(&mut self, props: &PanelProps) {
        let other = self.shown.borrow().audience.other();
        self.choose(props, other);
        self.focus = Some(match self.shown_audience(props) {
            Audience::Agents => "to-agents",
            Audience::Everyone => "to-everyone",
        });
    }

    pub(super) fn shown_audience(&self, props: &PanelProps) -> Audience {
        let shown = props.seat(|seat| seat.drafts().shown());
        shown.unwrap_or(Audience::Agents)
    }
}

/// Inserts text at the caret of the box, if it shows this audience.
pub(super) fn insert(
    connection: &Connection,
    key: &SessionKey,
    base: &NodeRef,
    shown: &Rc<RefCell<Shown>>,
    text: &str,
    audience: Audience,
) -> bool {
    let seen = connection.seat(key, |seat| {
        let audience = seat.drafts().audience(seat.rights());
        (audience, seat.drafts().shown())
    });
    let fits = seen == Some((Some(audience), audience)) && shown.borrow().audience == audience;
    let base = base.cast::<Element>().filter(|_| fits);
    let area = base.and_then(|base| base.query_selector("[part=box]").ok()?);
    let Some(area) = area.map(|area| area.unchecked_into::<HtmlTextAreaElement>()) else {
        return false;
    };
    let start = area.selection_start().ok().flatten().unwrap_or_default();
    let end = area.selection_end().ok().flatten().unwrap_or_default();
    let _ = area.set_range_text_with_start_and_end_and_mode(text, start, end, "end");
    let value = area.value();
    connection.act(key, |seat, now| seat.write(audience, &value, now));
    true
}
