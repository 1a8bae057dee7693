//! How participants are named in the panel's texts.

use gws::Participant;
use gws::seat::{Person, Role};

use super::strings::PanelText;
use crate::strings::{Strings, foreign};

/// The longest name that is shown, in UTF-16 units.
pub(super) const LONGEST_NAME: usize = 40;

/// The text of a role.
pub(super) fn role(role: Role) -> PanelText {
    match role {
        Role::Agent => PanelText::Agent,
        Role::Supervisor => PanelText::Supervisor,
        Role::Customer => PanelText::Customer,
        Role::External => PanelText::External,
    }
}

/// A participant's name, isolated in direction: "You", the nickname, or the role.
pub(super) fn name(
    participant: &Participant,
    own: bool,
    fallback: Role,
    strings: &Strings,
) -> String {
    if own {
        return strings.get(PanelText::You).to_owned();
    }
    let nickname = participant.nickname.as_deref().unwrap_or_default();
    let nickname = foreign(nickname, LONGEST_NAME, false);
    nickname.unwrap_or_else(|| strings.get(role(fallback)).to_owned())
}

/// A person's name and role, or the role alone.
pub(super) fn described(person: &Person<'_>, strings: &Strings) -> String {
    let name = name_of(person, strings);
    if person.own || person.participant.nickname.is_none() {
        return name;
    }
    let role = strings.get(role(person.role));
    strings.fill(PanelText::Person, &[("name", &name), ("role", role)])
}

/// A person's name; see [`name`].
pub(super) fn name_of(person: &Person<'_>, strings: &Strings) -> String {
    name(person.participant, person.own, person.role, strings)
}
