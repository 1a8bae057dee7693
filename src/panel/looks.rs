//! What a panel renders of its seat, and what it asks.

use gws::seat::{Audience, Person, Seat, leaving};
use gws::{Operation, State};
use yew::prelude::*;

use super::panel::{Panel, PanelProps, Question};
use super::strings::PanelText;
use super::{composer, header, leave, outbox, phrases};
use crate::net::clock::ticks;
use crate::strings::{LONGEST_MESSAGE, foreign};

/// What is rendered of a seat.
pub(super) struct Looked {
    pub title: String,
    pub header: Html,
    pub outbox: Html,
    pub composer: Html,
    pub leave: Html,
    pub status: String,
}

impl Panel {
    pub(super) fn look_at(&self, props: &PanelProps, seat: &Seat) -> Looked {
        let strings = props.strings();
        let people = seat.people();
        let customer = phrases::customer(&people, strings);
        let title = match people.is_empty() {
            true => strings.get(PanelText::Panel).to_owned(),
            false => strings.fill(PanelText::PanelWith, &[("customer", &customer)]),
        };
        let is_leaving = self.view.pending == Some(Operation::Leave);
        let status = match (seat.left(), self.view.state) {
            _ if is_leaving => strings.get(PanelText::Leaving).to_owned(),
            (Some(left), State::Left) => match left.ended_for_customer {
                Some(true) => strings.fill(PanelText::LeftEnded, &[("customer", &customer)]),
                Some(false) => strings.get(PanelText::Left).to_owned(),
                None => strings.get(PanelText::LeftUnknown).to_owned(),
            },
            _ => self.status.clone(),
        };
        let asked = self.question.as_ref().map(|question| {
            let words = self.ask_words(props, seat, question, &people, &customer);
            self.note_question(&words);
            words
        });
        let ask = |question: bool| {
            leave::question(
                asked.as_deref().filter(|_| question),
                self.confirm_text(seat),
                strings,
            )
        };
        let is_leave = self.question == Some(Question::Leave);
        Looked {
            header: header::header(&title, &people, props.options.slots, strings),
            outbox: outbox::outbox(seat, strings),
            composer: composer::composer(
                &composer::Composer {
                    seat,
                    people: &people,
                    id: self.presser,
                    media: props.button.media,
                    longest: props.options.max_length as usize,
                    slots: props.options.slots,
                    canned: &props.canned,
                    area: &self.area,
                },
                ask(!is_leave && asked.is_some()),
                strings,
            ),
            leave: leave::leave(
                &leave::Leave {
                    shown: props.options.leave,
                    ends: ends(seat),
                    can: self.view.operations.leave,
                    busy: is_leaving,
                },
                ask(is_leave),
                strings,
            ),
            title,
            status,
        }
    }

    pub(super) fn ask_words(
        &self,
        props: &PanelProps,
        seat: &Seat,
        question: &Question,
        people: &[Person<'_>],
        customer: &str,
    ) -> String {
        let strings = props.strings();
        match question {
            Question::Leave => {
                let mut words = match ends(seat) {
                    true => strings.fill(PanelText::EndAsk, &[("customer", customer)]),
                    false => {
                        let people = phrases::named(people, Audience::Everyone, true, strings);
                        strings.fill(PanelText::LeaveAsk, &[("people", &people)])
                    }
                };
                if seat.is_dirty() {
                    words.push(' ');
                    words.push_str(strings.get(PanelText::UnsentAsk));
                }
                words
            }
            Question::Move(text) => {
                let readers = phrases::readers(people, Audience::Everyone, strings);
                let text = foreign(text, LONGEST_MESSAGE, false).unwrap_or_default();
                strings.fill(
                    PanelText::MoveAsk,
                    &[("text", &text), ("readers", &readers)],
                )
            }
            Question::Edit(_) => strings.get(PanelText::EditAsk).to_owned(),
        }
    }

    pub(super) fn confirm_text(&self, seat: &Seat) -> PanelText {
        match &self.question {
            Some(Question::Move(_)) => PanelText::MoveConfirm,
            Some(Question::Edit(_)) => PanelText::EditConfirm,
            _ if ends(seat) => PanelText::EndConversation,
            _ => PanelText::Leave,
        }
    }

    /// Notes when the question's words change.
    pub(super) fn note_question(&self, words: &str) {
        let mut asked = self.asked.borrow_mut();
        if asked.0 != words {
            // The first words of a question are not disarmed.
            let is_first = asked.0.is_empty();
            let since = if is_first { f64::NEG_INFINITY } else { ticks() };
            *asked = (words.to_owned(), since);
            self.is_disarmed.set(!is_first);
        }
    }
}

/// Whether the conversation would end for the customer, or may: that is asked in the same way.
pub(super) fn ends(seat: &Seat) -> bool {
    let session = seat.facts();
    let alone = session.and_then(|session| leaving::leaves_alone(session, seat.oneself()));
    alone != Some(false)
}
