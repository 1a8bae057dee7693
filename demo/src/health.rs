//! The connection's health in the page's header: status, transport, and time since the last notification.

use barge_in::{ConnectionStatus, Status};
use yew::prelude::*;

use crate::clock;

/// What is known about the connection.
#[derive(Clone, Copy, PartialEq)]
pub struct Known {
    /// Its status.
    pub connection: Status,
    /// Nobody is signed in.
    pub signed_out: bool,
    /// When the last signal of the server arrived, in ms since 1970.
    pub heard: Option<f64>,
}

impl Known {
    /// The initial state; no signal of the server has arrived.
    pub fn of(connection: Status) -> Self {
        Self {
            connection,
            signed_out: false,
            heard: None,
        }
    }

    /// Whether the shown facts may be out of date.
    pub fn is_stale(&self) -> bool {
        let lost = matches!(
            self.connection.status,
            ConnectionStatus::Broken | ConnectionStatus::Closed
        );
        self.signed_out || lost
    }
}

/// The properties of [`Health`].
#[derive(Properties, PartialEq)]
pub struct HealthProps {
    /// What is known.
    pub known: Known,
}

/// The status lamp in the page's header.
#[component]
pub fn Health(props: &HealthProps) -> Html {
    let known = &props.known;
    let (name, words) = match known.connection.status {
        _ if known.signed_out => ("signed-out", "Signed out"),
        ConnectionStatus::Connecting => ("connecting", "Connecting"),
        ConnectionStatus::Connected if known.connection.multiple_clients => {
            ("slow", "Connected, slowly")
        }
        ConnectionStatus::Connected => ("connected", "Connected"),
        ConnectionStatus::Broken => ("broken", "No connection"),
        ConnectionStatus::Closed => ("broken", "Closed"),
    };
    let more = if known.connection.multiple_clients {
        "another window holds the line".to_owned()
    } else {
        match known.heard {
            Some(heard) if name == "connected" => {
                format!("last news {}", clock::hours_minutes_seconds(heard))
            }
            Some(heard) => format!("last heard {}", clock::hours_minutes_seconds(heard)),
            None => String::new(),
        }
    };
    html! {
        <div class="health" data-status={name}>
            <span class="lamp" aria-hidden="true"></span>
            <span class="health-words" role="status">{ words }</span>
            <span class="health-more">
                <span class="transport">{ known.connection.transport }</span>
                if !more.is_empty() {
                    <span class="heard">{ more }</span>
                }
            </span>
        </div>
    }
}
