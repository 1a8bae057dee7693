//! The bodies of HTTP answers: the common status, `/me`, and a list of sessions.

use json::Json;

use super::lenient;
use super::path::last_segment;
use super::session::{Capabilities, Session};
use crate::Media;

/// The fields of every answer's body, for any HTTP status.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reply {
    /// 0 is success; the other codes are in the documentation's table of return values.
    pub status_code: Option<i64>,
    /// The server's message; absent on success.
    pub status_message: Option<String>,
}

/// The signed-in user, from `GET /api/v2/me`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Me {
    /// The own user id; `None` if the answer lacks it.
    pub user_id: Option<String>,
}

impl Reply {
    /// Reads a body; `None` if it is no object.
    pub fn read(body: &mut Json) -> Option<Self> {
        body.is_object().then(|| Self {
            status_code: lenient::integer(body, "statusCode"),
            status_message: lenient::text(body, "statusMessage"),
        })
    }
}

impl Me {
    /// Reads the body of `GET /api/v2/me`.
    pub fn read(body: &mut Json) -> Self {
        let user_id = lenient::object(body, "user").and_then(|user| {
            let id = lenient::text(user, "id");
            id.or_else(|| last_segment(&lenient::text(user, "uri")?))
        });
        Self { user_id }
    }
}

/// The sessions of `GET /api/v2/me/smssessions?fields=*` or its chat equivalent, as they arrive: those that have an id,
/// in the server's order.
#[derive(Debug, Default)]
pub struct Sessions {
    read: Vec<Session>,
    capabilities: Option<Capabilities>,
}

impl Sessions {
    /// Takes one element of the body's list.
    pub fn push(&mut self, element: &mut Json) {
        if let Some(mut session) = Session::read(element) {
            session.share_capabilities(&mut self.capabilities);
            self.read.push(session);
        }
    }

    /// The sessions, if the body has a list, even an empty one. A body without a list does not mean "no sessions",
    /// which would end every known session.
    pub fn listed_by(self, body: &Json, media: Media) -> Option<Vec<Session>> {
        matches!(body.get(media.segment()), Some(Json::List(_))).then_some(self.read)
    }
}
