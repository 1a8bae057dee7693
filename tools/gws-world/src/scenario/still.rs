//! The scenario for tests: fixed sessions with fixed ids and dates, one per case that matters.

use serde_json::{Map, json};

use crate::state::capabilities::BARGE_IN_SPELLINGS;
use crate::state::new_session::{NewSession, other_supervisor};
use crate::state::session::Session;
use crate::state::words::{Kind, Media, Mode, Visibility};
use crate::state::world::World;

/// Monitored; the id of the documentation's sample, and its spelling `SwitchBargeIn`.
pub const MONITORED: &str = "0001Da9PFC93000S";
/// Coached; spelling `SwitchToBargeIn`.
pub const COACHED: &str = "0001Da9PFC93000T";
/// Monitored without the right to barge in.
pub const DENIED: &str = "0001Da9PFC93000U";
/// Monitored, with a second supervisor who has barged in.
pub const SHARED: &str = "0001Da9PFC93000V";
/// A monitored chat.
pub const CHAT: &str = "0001Da9PFC93000W";
/// Not supervised: the supervisor does not take part in it.
pub const UNSUPERVISED: &str = "0001Da9PFC93000X";
/// Barged in already.
pub const JOINED: &str = "0001Da9PFC93000Y";

/// 2014-05-05 18:08:45 UTC, the sample's `receivedDate`.
const BEGIN_MS: u64 = 1_399_313_325_000;

/// Fills the world.
pub fn fill(world: &mut World) {
    let [to, without_to] = BARGE_IN_SPELLINGS;
    let monitor = Some(Mode::Monitor);
    let people = [
        (
            MONITORED,
            Media::Sms,
            monitor,
            without_to,
            "Priya Raman",
            "Tom Becker",
        ),
        (
            COACHED,
            Media::Sms,
            Some(Mode::Coach),
            to,
            "Luis Ortega",
            "Amelia Stone",
        ),
        (
            DENIED,
            Media::Sms,
            monitor,
            to,
            "Hanna Kowalski",
            "Tom Becker",
        ),
        (SHARED, Media::Sms, monitor, to, "Grace Mbeki", "Nils Aas"),
        (
            CHAT,
            Media::Chat,
            monitor,
            without_to,
            "Owen Park",
            "Amelia Stone",
        ),
        (UNSUPERVISED, Media::Sms, None, to, "Ida Rossi", "Nils Aas"),
        (
            JOINED,
            Media::Sms,
            Some(Mode::BargeIn),
            to,
            "Femi Adeyemi",
            "Nils Aas",
        ),
    ];
    for (id, media, mode, spelling, customer, agent) in people {
        let mut session = NewSession {
            id: id.to_owned(),
            media,
            own: mode.map(|mode| (world.me, mode)),
            customer: customer.to_owned(),
            agent: agent.to_owned(),
            spelling,
            denied: Vec::new(),
            user_data: Map::from_iter([("Business".to_owned(), json!("Northgate Bank"))]),
            at_ms: BEGIN_MS,
        }
        .build();
        if id == DENIED {
            session.denied.push("SwitchToBargeIn".to_owned());
        }
        if id == SHARED {
            let second = other_supervisor(id, "Marcus Lindqvist", Mode::BargeIn);
            session.participants.push(second.clone());
            session.append(
                second,
                "ParticipantJoined",
                None,
                Visibility::All,
                BEGIN_MS + 2_000,
            );
        }
        line(&mut session, Kind::Customer, "Hello, is anybody there?");
        line(
            &mut session,
            Kind::Agent,
            "Hello, I am here. How can I help?",
        );
        world.sessions.push(session);
    }
}

fn line(session: &mut Session, kind: Kind, text: &str) {
    let at_ms = BEGIN_MS + 3_000 * session.next_index;
    if let Some(speaker) = session.first(kind).cloned() {
        session.append(
            speaker,
            "Text",
            Some(text.to_owned()),
            Visibility::All,
            at_ms,
        );
    }
}
