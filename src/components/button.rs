//! The button for Yew pages: a [`Control`] on the connection of the enclosing [`Gws`](super::Gws).

use gws::{Media, Operation};
use yew::prelude::*;

use super::{Confirm, Control, Report};
use crate::connection::Connection;
use crate::strings::Strings;

/// The properties of [`BargeInButton`].
#[derive(Clone, Properties, PartialEq)]
pub struct BargeInButtonProps {
    /// The session's id.
    #[prop_or_default]
    pub session_id: AttrValue,
    /// The kind of session.
    #[prop_or(Media::SmsSession)]
    pub media: Media,
    /// Whether a barge-in is confirmed first.
    #[prop_or_default]
    pub confirm: Confirm,
    /// Also offer Monitor and Coach.
    #[prop_or_default]
    pub modes: bool,
    /// Ms until an unanswered request counts as failed.
    #[prop_or(10_000)]
    pub request_timeout: u32,
    /// Ms from the server's acceptance until the session is read again.
    #[prop_or(5_000)]
    pub confirm_timeout: u32,
    /// Texts that override the English ones.
    #[prop_or_default]
    pub strings: Strings,
    /// Called before a request is sent; false stops it.
    #[prop_or_else(|| Callback::from(|_| true))]
    pub on_request: Callback<Operation, bool>,
    /// Called with each event.
    #[prop_or_default]
    pub on_report: Callback<Report>,
}

/// The barge-in button of one session. Place it inside a [`Gws`](super::Gws).
///
/// Outside of one it renders nothing, as it has no connection.
#[component]
pub fn BargeInButton(props: &BargeInButtonProps) -> Html {
    let Some(connection) = use_context::<Connection>() else {
        return Html::default();
    };
    html! { <Control {connection} button={props.clone()} /> }
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use wasm_bindgen_test::*;
    use yew::props;

    use super::*;
    use crate::connection::Settings;

    /// The default of the custom element's attribute, from docs/reference.md.
    fn documented(attribute: &str) -> &'static str {
        let reference = include_str!("../../docs/reference.md");
        let start = format!("| `{attribute}` | `");
        let mut rows = reference.lines().filter(|line| line.starts_with(&start));
        let cells: Vec<_> = rows.next().expect("a row").split(" | ").collect();
        // The cells are: attribute, property, type, default, meaning.
        cells[cells.len() - 2].trim_matches(['`', '"'])
    }

    #[wasm_bindgen_test]
    fn the_defaults_are_those_of_the_custom_element() {
        let button = props!(BargeInButtonProps {});
        assert_eq!(button.media.as_str(), documented("media"));
        assert_eq!(button.confirm, Confirm::from_name(documented("confirm")));
        assert_eq!(button.modes.to_string(), documented("modes"));
        assert_eq!(
            button.request_timeout.to_string(),
            documented("request-timeout")
        );
        assert_eq!(
            button.confirm_timeout.to_string(),
            documented("confirm-timeout")
        );
        let settings = Settings::default();
        assert_eq!(settings.base_url, documented("base-url"));
        assert_eq!(settings.channel, documented("channel"));
        assert_eq!(settings.transport.as_str(), documented("transport"));
    }
}
