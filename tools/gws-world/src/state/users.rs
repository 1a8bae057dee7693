//! The users who can be signed in. There is one at a time: a browser has one session.

/// A user of the contact centre who supervises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct User {
    /// `id` on the wire, and the last segment of the `uri`.
    pub id: &'static str,
    /// First name.
    pub first: &'static str,
    /// Last name.
    pub last: &'static str,
}

/// Who is signed in at first.
pub const DANA: User = User {
    id: "991a4bece8dd4184a93e98ad429694f6",
    first: "Dana",
    last: "Whitfield",
};

/// Who may sign in after her, at the same desk.
pub const SAM: User = User {
    id: "4f3c1b7a90de4c6f8a25d1e07b96c3a8",
    first: "Sam",
    last: "Okafor",
};

impl User {
    /// Reads `dana` or `sam`.
    pub fn named(text: &str) -> Option<User> {
        [DANA, SAM]
            .into_iter()
            .find(|user| user.first.eq_ignore_ascii_case(text))
    }

    /// The nickname in every session.
    pub fn name(self) -> String {
        format!("{} {}", self.first, self.last)
    }
}
