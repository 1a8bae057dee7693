//! A console in Yew, which has no need of the custom element.

mod seat;

use barge_in::{BargeInButton, Gws, Report, Strings};
use js_sys::JSON;
use yew::prelude::*;

#[component]
fn Console() -> Html {
    let session = use_memo((), |()| session_id().unwrap_or_default());
    let headers = use_memo((), |()| {
        JSON::parse(r#"{ "X-Console": "yew" }"#).unwrap_or_default()
    });
    let strings = Strings::new(vec![("joined".into(), "You are in.".into())]);
    let joined = use_state(AttrValue::default);
    let on_report = {
        let joined = joined.clone();
        Callback::from(move |report| {
            if let Report::Joined { session_id, .. } = report {
                joined.set(session_id);
            }
        })
    };
    html! {
        <>
            <Gws request_headers={(*headers).clone()}>
                <BargeInButton session_id={(*session).clone()} {strings} {on_report} />
            </Gws>
            <output>{ (*joined).clone() }</output>
        </>
    }
}

fn session_id() -> Option<String> {
    let query = web_sys::window()?.location().search().ok()?;
    query.strip_prefix("?session=").map(str::to_owned)
}

fn main() {
    if session_id().is_some() {
        yew::Renderer::<Console>::new().render();
    } else {
        yew::Renderer::<seat::Seat>::new().render();
    }
}
