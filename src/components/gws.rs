//! The provider: opens the connection that the components below it share.

use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::connection::{Connection, Settings, Transport};

/// The properties of [`Gws`].
#[derive(Properties, PartialEq)]
pub struct GwsProps {
    /// The root under which `/api/v2` lives; empty for the page's own origin.
    #[prop_or_default]
    pub base_url: AttrValue,
    /// How notifications arrive.
    #[prop_or_default]
    pub transport: Transport,
    /// The Bayeux channel to subscribe to.
    #[prop_or(AttrValue::Static(crate::connection::DEFAULT_CHANNEL))]
    pub channel: AttrValue,
    /// The supervisor's own user id; without it, that of `GET /api/v2/me`.
    #[prop_or_default]
    pub user_id: Option<AttrValue>,
    /// Headers of every request: a JavaScript object, or a function returning one or a promise of one.
    #[prop_or_default]
    pub request_headers: JsValue,
    /// The components that may use the connection.
    #[prop_or_default]
    pub children: Children,
}

/// Owns the page's [`Connection`] to one Genesys Web Services and gives it to the components inside.
///
/// Two providers with the same settings share one connection. It closes when the last of them is
/// unmounted.
#[component]
pub fn Gws(props: &GwsProps) -> Html {
    let settings = Settings {
        base_url: props.base_url.to_string(),
        transport: props.transport,
        channel: props.channel.to_string(),
    };
    let connection = use_memo(settings, Connection::open);
    // Set before the first request, which is sent after this render.
    use_memo(
        (connection.clone(), props.request_headers.clone()),
        |(connection, headers)| {
            if !headers.is_undefined() {
                connection.set_request_headers(headers.clone());
            }
        },
    );
    use_effect_with(
        (connection.clone(), props.user_id.clone()),
        |(connection, user_id)| {
            connection.set_user_id(user_id.as_ref().map(AttrValue::to_string));
        },
    );
    html! {
        <ContextProvider<Connection> context={(*connection).clone()}>
            { props.children.clone() }
        </ContextProvider<Connection>>
    }
}
