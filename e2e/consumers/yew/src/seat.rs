//! The supervisor's seat of the console.

use barge_in::panel::PanelReport;
use barge_in::{Gws, SessionPanel, Strings};
use js_sys::JSON;
use yew::prelude::*;

#[component]
pub fn Seat() -> Html {
    let session = use_memo((), |()| session_id().unwrap_or_default());
    let headers = use_memo((), |()| {
        JSON::parse(r#"{ "X-Console": "yew" }"#).unwrap_or_default()
    });
    let strings = Strings::new(vec![("send-agents".into(), "Whisper".into())]);
    let sent = use_state(String::new);
    let on_report = {
        let sent = sent.clone();
        Callback::from(move |report| {
            if let PanelReport::Sent {
                session_id,
                receipt,
                ..
            } = report
                && let Some(visibility) = receipt.visibility
            {
                sent.set(format!("{visibility:?}: {session_id}"));
            }
        })
    };
    html! {
        <>
            <Gws request_headers={(*headers).clone()}>
                <SessionPanel session_id={(*session).clone()} {strings} {on_report} />
            </Gws>
            <output>{ (*sent).clone() }</output>
        </>
    }
}

fn session_id() -> Option<String> {
    let query = web_sys::window()?.location().search().ok()?;
    query.strip_prefix("?seat&session=").map(str::to_owned)
}
