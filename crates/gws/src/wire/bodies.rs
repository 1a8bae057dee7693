//! The bodies of HTTP answers: the status that all have, `/me`, and a list of sessions.

use serde::Deserialize;

use super::lenient;
use super::path::last_segment;
use super::session::Session;
use crate::Media;

/// What every answer's body has, whatever the HTTP status.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reply {
    /// 0 is success; the other codes are in the documentation's table of return values.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub status_code: Option<i64>,
    /// The server's own words; absent on success.
    #[serde(default, deserialize_with = "lenient::text")]
    pub status_message: Option<String>,
}

/// Who one is, from `GET /api/v2/me`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(from = "MeBody")]
pub struct Me {
    /// The own user id; `None` if the answer does not say it.
    pub user_id: Option<String>,
}

/// The body of `GET /api/v2/me/smssessions?fields=*` or its chat twin.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct SessionsBody {
    #[serde(default, deserialize_with = "lenient::list")]
    smssessions: Option<Vec<Session>>,
    #[serde(default, deserialize_with = "lenient::list")]
    chats: Option<Vec<Session>>,
}

impl SessionsBody {
    /// The sessions that have an id, in the server's order. `None` if the body has no such list:
    /// that is not "no sessions", which would end every session that was seen before.
    pub fn sessions(self, media: Media) -> Option<Vec<Session>> {
        let sessions = match media {
            Media::SmsSession => self.smssessions,
            Media::Chat => self.chats,
        };
        let identified = |sessions: Vec<Session>| {
            let sessions = sessions.into_iter();
            sessions.filter_map(Session::identified).collect()
        };
        sessions.map(identified)
    }
}

#[derive(Deserialize)]
struct MeBody {
    #[serde(default, deserialize_with = "lenient::object")]
    user: Option<User>,
}

#[derive(Deserialize)]
struct User {
    #[serde(default, deserialize_with = "lenient::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    uri: Option<String>,
}

impl From<MeBody> for Me {
    fn from(body: MeBody) -> Self {
        let id = |user: User| {
            let id = user.id.filter(|id| !id.is_empty());
            let from_uri = || Some(last_segment(&user.uri?)?.into_owned());
            id.or_else(from_uri)
        };
        Self {
            user_id: body.user.and_then(id),
        }
    }
}
