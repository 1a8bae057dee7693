//! Who is in the session, and who sees the supervisor; derived from the visibilities, never from the mode.

use barge_in::{Participant, Visibility};
use yew::prelude::*;

use crate::icons::Icon;
use crate::roster::Row;
use crate::transcript::name_of;
use crate::words;

/// The card with a session's participants.
pub fn participants(row: Option<&Row>, me: Option<&str>) -> Html {
    let all = row
        .map(|row| row.session.participants())
        .unwrap_or_default();
    let own = all
        .iter()
        .filter(|one| me.is_some_and(|me| one.is_user(me)));
    // In an ended session nobody sees anybody.
    let live = row.is_some_and(|row| !row.ended);
    let mine = own.filter_map(|one| one.visibility).max().filter(|_| live);
    html! {
        <section class="card people" aria-labelledby="people-title">
            <h2 id="people-title">{ "Who sees whom" }</h2>
            if all.is_empty() {
                <p class="empty">{ "No participants are known." }</p>
            }
            <ul>
                { for all.iter().enumerate().map(|(place, one)| person(place, one, me, mine)) }
            </ul>
        </section>
    }
}

fn person(place: usize, one: &Participant, me: Option<&str>, mine: Option<Visibility>) -> Html {
    let own = me.is_some_and(|me| one.is_user(me));
    let name = name_of(one);
    let role = words::role(one, own);
    let sees = if own { None } else { words::sees(one, mine) };
    let key = one
        .participant_id
        .clone()
        .unwrap_or_else(|| place.to_string());
    html! {
        <li {key} class="person">
            <span class={classes!("avatar", if own { "me" } else { avatar(role) })} aria-hidden="true">
                { words::initials(&name) }
            </span>
            <span class="person-name">
                <span dir="auto">{ name }</span>
                if own {
                    <span class="badge own">{ "You" }</span>
                }
            </span>
            <span class="person-facts">{ role }{ " · " }{ words::seen_by(one.visibility) }</span>
            if let Some(sees) = sees {
                <span class="sees" data-sees={if sees { "yes" } else { "no" }}>
                    { if sees { Icon::Eye.html() } else { Icon::EyeOff.html() } }
                    { if sees { "Sees you" } else { "Does not see you" } }
                </span>
            }
        </li>
    }
}

fn avatar(role: &str) -> &'static str {
    match role {
        "Customer" => "customer",
        "Agent" => "agent",
        "Supervisor" => "supervisor",
        _ => "other",
    }
}
