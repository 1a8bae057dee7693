//! The message line of the supervisor: to the agent while coaching, to everybody once barged in.
//!
//! A message appears in the transcript only when the session's log has it. The console sends the request itself, since
//! the library sends no messages.

use barge_in::{Media, Mode, SessionKey};
use gloo_net::http::{Request, RequestBuilder, Response};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::roster::Row;

/// The properties of [`Composer`].
#[derive(Properties, PartialEq)]
pub struct ComposerProps {
    /// The session to write into.
    pub session: SessionKey,
    /// Who would read it; `None` if writing is not allowed.
    pub audience: Option<Audience>,
    /// Why writing is not allowed, if so.
    pub note: AttrValue,
}

/// Who reads the message.
#[derive(Clone, Copy, PartialEq)]
pub enum Audience {
    /// The agent only.
    Agent,
    /// Agent and customer.
    Everyone,
}

impl Audience {
    /// Who would read a message now, by the confirmed mode and the capabilities.
    pub fn of(row: &Row) -> Option<Self> {
        let may = |operation: &str| {
            row.session
                .capabilities()
                .iter()
                .any(|one| one == operation)
        };
        match row.mode? {
            Mode::BargeIn if may(Self::Everyone.operation()) => Some(Self::Everyone),
            Mode::Coach if may(Self::Agent.operation()) => Some(Self::Agent),
            _ => None,
        }
    }

    fn operation(self) -> &'static str {
        match self {
            Self::Agent => "SendToAgents",
            Self::Everyone => "SendMessage",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Agent => "Only the agent reads this",
            Self::Everyone => "Agent and customer read this",
        }
    }
}

/// The line at the transcript's foot.
#[component]
pub fn Composer(props: &ComposerProps) -> Html {
    let field = use_node_ref();
    let trouble = use_state(AttrValue::default);
    let submit = {
        let (field, trouble) = (field.clone(), trouble.clone());
        let (session, audience) = (props.session.clone(), props.audience);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (Some(field), Some(audience)) = (field.cast::<HtmlInputElement>(), audience) else {
                return;
            };
            let text = field.value();
            if text.trim().is_empty() {
                return;
            }
            field.set_value("");
            let (session, trouble) = (session.clone(), trouble.clone());
            spawn_local(async move {
                match send(&session, audience.operation(), &text).await {
                    Ok(()) => trouble.set(AttrValue::default()),
                    Err(words) => {
                        if field.value().is_empty() {
                            field.set_value(&text);
                        }
                        trouble.set(format!("Not sent: {words}").into());
                    }
                }
            });
        })
    };
    html! {
        <div class="composer" data-audience={props.audience.map(Audience::operation)}>
            <form hidden={props.audience.is_none()} onsubmit={submit}>
                <label for="message">{ props.audience.map(Audience::words) }</label>
                <input id="message" type="text" autocomplete="off" maxlength="1000" ref={field} />
                <button type="submit" class="plain">{ "Send" }</button>
            </form>
            <p class="composer-note" hidden={props.audience.is_some()}>
                { &props.note }
            </p>
            <p class="composer-trouble" role="alert">{ &*trouble }</p>
        </div>
    }
}

async fn send(session: &SessionKey, operation: &str, text: &str) -> Result<(), String> {
    let SessionKey { media, id } = session;
    let collection = match media {
        Media::SmsSession => "smssessions",
        Media::Chat => "chats",
    };
    let id = String::from(js_sys::encode_uri_component(id));
    let text = js_sys::JSON::stringify(&text.into())
        .map(String::from)
        .unwrap_or_default();
    let body = format!(r#"{{"operationName":"{operation}","text":{text}}}"#);
    let post = Request::post(&format!("/api/v2/me/{collection}/{id}"))
        .header("Content-Type", "application/json");
    let request = with_token(post)
        .await?
        .body(body)
        .map_err(|error| error.to_string())?;
    let answer = request
        .send()
        .await
        .map_err(|_| "the server could not be reached".to_owned())?;
    let status = answer.status();
    match reply(answer).await {
        Some((0.0, _)) => Ok(()),
        Some((_, Some(words))) => Err(words),
        _ => Err(format!("the server answered {status}")),
    }
}

/// Any GET answer has the token's name and value; it is read each time and not stored.
async fn with_token(post: RequestBuilder) -> Result<RequestBuilder, String> {
    let answer = Request::get("/api/v2/me").send().await;
    let headers = answer
        .map_err(|_| "the server could not be reached".to_owned())?
        .headers();
    let token = headers
        .get("X-CSRF-HEADER")
        .and_then(|name| Some((headers.get(&name)?, name)));
    Ok(match token {
        Some((value, name)) => post.header(&name, &value),
        None => post,
    })
}

/// The `statusCode` and message of an answer; `None` without a code.
async fn reply(answer: Response) -> Option<(f64, Option<String>)> {
    let body = js_sys::JSON::parse(&answer.text().await.ok()?).ok()?;
    let field = |name: &str| js_sys::Reflect::get(&body, &name.into()).ok();
    Some((
        field("statusCode")?.as_f64()?,
        field("statusMessage")?.as_string(),
    ))
}
