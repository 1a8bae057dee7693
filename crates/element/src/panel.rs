//! The panel's exports, its configuration, and what the page gets of it.

use std::rc::Rc;

use barge_in::panel::seat::Audience;
use barge_in::panel::{
    Announce, Canned, Kept, KeptRow, Links, Panel, PanelHandle, PanelOptions, PanelProps,
    PanelReport, PanelText, Sending,
};
use barge_in::strings::Phrase;
use barge_in::{Connection, LogEntry, Media, SessionKey, Visibility};
use js_sys::{Array, Function, JsString, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::{AppHandle, Callback, Renderer};

use crate::config::{self, get, number, text};
use crate::detail::{self, Fields, Value, failure_fields, message_of, send};
use crate::{App, Shown, mounted, with};

/// A mounted panel.
pub(crate) struct Mount {
    pub app: AppHandle<Panel>,
    handle: PanelHandle,
}

/// Renders a panel into `root` and returns its handle; see [`crate::mount`].
#[wasm_bindgen]
pub fn mount_panel(root: Element, config: &JsValue, emit: Function) -> u32 {
    let handle = PanelHandle::default();
    let props = props(config, &emit, &handle);
    let shown = Shown::new(&props.connection, &props.button);
    mounted(shown, config, emit, || {
        let app = Renderer::<Panel>::with_root_and_props(root, props).render();
        App::Panel(Mount { app, handle })
    })
}

/// Replaces a panel's whole configuration.
#[wasm_bindgen]
pub fn update_panel(id: u32, config: &JsValue) {
    let known = with(id, |one| match &one.app {
        App::Panel(panel) => Some((one.emit.clone(), panel.handle.clone())),
        App::Button(_) => None,
    });
    let Some(Some((emit, handle))) = known else {
        return;
    };
    let props = props(config, &emit, &handle);
    crate::renew(id, Shown::new(&props.connection, &props.button), config);
    with(id, |one| {
        if let App::Panel(panel) = &mut one.app {
            panel.app.update(props);
        }
    });
}

/// What a panel shows, as a plain object: `participants`, `audience`, `audiences`, `dirty` and `outbox`.
#[wasm_bindgen]
pub fn panel(id: u32) -> JsValue {
    let (connection, key) = match place(id) {
        Some(place) => place,
        None => return JsValue::UNDEFINED,
    };
    let shown = connection.seat(&key, |seat| {
        let people = seat.people();
        let participants = people.iter().map(|person| {
            let mut fields = detail::participant_fields(person.participant);
            fields.word("role", person.role.as_str());
            fields.flag("own", Some(person.own));
            fields.flag("seesYou", person.sees_you);
            Value::Object(fields)
        });
        let rights = seat.rights();
        let allowed = Audience::ALL.into_iter().filter(|one| rights.allows(*one));
        let allowed = allowed.map(|one| Value::Text(one.as_str()));
        let rows = seat.outbox().rows().iter().map(|row| {
            let mut fields = Fields::default();
            fields.number("id", Some(row.id.into()));
            fields.word("audience", row.message.audience.as_str());
            fields.word("state", row.state.as_str());
            Value::Object(fields)
        });
        let mut shown = Fields::default();
        shown.add("participants", Value::List(participants.collect()));
        shown.text(
            "audience",
            seat.drafts().audience(rights).map(Audience::as_str),
        );
        shown.add("audiences", Value::List(allowed.collect()));
        shown.flag("dirty", Some(seat.is_dirty()));
        shown.add("outbox", Value::List(rows.collect()));
        Value::Object(shown).into_js()
    });
    shown.unwrap_or(JsValue::UNDEFINED)
}

/// The known entries of a panel's session, as an array of plain objects.
#[wasm_bindgen]
pub fn transcript(id: u32) -> JsValue {
    let Some((connection, key)) = place(id) else {
        return JsValue::UNDEFINED;
    };
    let entries = connection.seat(&key, |seat| {
        let all = seat.transcript().entries();
        let all = all.map(|(_, entry)| entry_of(entry, seat.is_own(entry)));
        Value::List(all.collect()).into_js()
    });
    entries.unwrap_or(JsValue::UNDEFINED)
}

/// Inserts text into the message box; `false` unless the box has this audience.
#[wasm_bindgen]
pub fn insert_text(id: u32, text: String, audience: &str) -> bool {
    match (handle(id), audience_of(audience)) {
        (Some(handle), Some(audience)) => handle.insert(text.into(), audience),
        _ => false,
    }
}

/// The known transcript as text.
#[wasm_bindgen]
pub fn copy_transcript(id: u32) -> String {
    handle(id).map(|handle| handle.copy()).unwrap_or_default()
}

/// Scrolls to the newest message.
#[wasm_bindgen]
pub fn scroll_to_newest(id: u32) {
    if let Some(handle) = handle(id) {
        handle.scroll_to_newest();
    }
}

fn handle(id: u32) -> Option<PanelHandle> {
    with(id, |one| match &one.app {
        App::Panel(panel) => Some(panel.handle.clone()),
        App::Button(_) => None,
    })?
}

fn place(id: u32) -> Option<(Connection, SessionKey)> {
    with(id, |one| {
        let key = SessionKey::new(one.shown.media, &*one.shown.session_id);
        (one.shown.connection.clone(), key)
    })
}

fn props(config: &JsValue, emit: &Function, handle: &PanelHandle) -> PanelProps {
    let shared = config::props(config, emit);
    let (asker, teller) = (emit.clone(), emit.clone());
    let media = shared.button.media;
    PanelProps {
        connection: shared.connection,
        button: shared.button,
        options: options(config),
        canned: Rc::new(canned(&get(config, "cannedReplies"))),
        on_send: Callback::from(move |sending| ask(&asker, &sending)),
        on_report: Callback::from(move |report| tell(&teller, report, media)),
        handle: handle.clone(),
        kept: kept(&get(config, "kept")).map(Rc::new),
    }
}

/// Reads the options; the class gives only known words and its defaults.
fn options(config: &JsValue) -> PanelOptions {
    let is = |name: &str, word: &str| text(config, name) == word;
    PanelOptions {
        enter_sends: !is("enter", "newline"),
        announce: match &*text(config, "announce") {
            "count" => Announce::Count,
            "none" => Announce::None,
            _ => Announce::Messages,
        },
        typing: match &*text(config, "typing") {
            "on" => Some(true),
            "off" => Some(false),
            _ => None,
        },
        links: match &*text(config, "links") {
            "all" => Links::All,
            "none" => Links::None,
            _ => Links::Staff,
        },
        max_length: number(config, "maxLength"),
        history: number(config, "history"),
        leave: !is("leave", "none"),
        language: text(config, "language").into(),
        slots: true,
    }
}

fn canned(replies: &JsValue) -> Vec<Canned> {
    let read = |reply: &JsValue| Canned {
        title: text(reply, "title").into(),
        text: text(reply, "text").into(),
        audience: audience_of(&text(reply, "audience")),
    };
    items(replies).iter().map(read).collect()
}

/// The items of an array; none of anything else.
fn items(value: &JsValue) -> Vec<JsValue> {
    match Array::is_array(value) {
        true => Array::from(value).to_vec(),
        false => Vec::new(),
    }
}

fn audience_of(word: &str) -> Option<Audience> {
    Audience::ALL.into_iter().find(|one| one.as_str() == word)
}

/// Reads what [`keep`] wrote.
fn kept(value: &JsValue) -> Option<Kept> {
    if !value.is_object() {
        return None;
    }
    let row = |row: &JsValue| {
        Some(KeptRow {
            id: number(row, "id"),
            audience: audience_of(&text(row, "audience"))?,
            text: text(row, "text"),
            before: get(row, "before").as_f64().map(|index| index as i64),
        })
    };
    Some(Kept {
        user: get(value, "user").as_string(),
        agents: text(value, "agents"),
        everyone: text(value, "everyone"),
        shows_everyone: get(value, "showsEveryone").is_truthy(),
        rows: items(&get(value, "rows")).iter().filter_map(row).collect(),
    })
}

/// What is unsent, for the page; without the words of the shown draft if they come from the box.
fn keep<'a>(kept: &'a Kept, in_box: bool, media: Media, session_id: &'a str) -> Fields<'a> {
    let text = |text: &'a str, everyone: bool| match in_box && everyone == kept.shows_everyone {
        true => None,
        false => Some(text),
    };
    let rows = kept.rows.iter().map(|row| {
        let mut fields = Fields::default();
        fields.number("id", Some(row.id.into()));
        fields.word("audience", row.audience.as_str());
        fields.word("text", &row.text);
        fields.number("before", row.before.map(|index| index as f64));
        Value::Object(fields)
    });
    let mut fields = Fields::of(session_id);
    fields.word("media", media.as_str());
    fields.text("user", kept.user.as_deref());
    fields.text("agents", text(&kept.agents, false));
    fields.text("everyone", text(&kept.everyone, true));
    fields.flag("showsEveryone", Some(kept.shows_everyone));
    fields.add("rows", Value::List(rows.collect()));
    fields
}

/// Tells the page what is unsent. The words of the box are the browser's own string.
fn tell_kept(emit: &Function, kept: &Kept, words: &Option<JsString>, detail: Value<'_>) {
    let detail = detail.into_js();
    if let Some(words) = words {
        let draft = match kept.shows_everyone {
            true => "everyone",
            false => "agents",
        };
        let _ = Reflect::set(&detail, &draft.into(), words);
    }
    let _ = emit.call2(&JsValue::UNDEFINED, &"kept".into(), &detail);
}

/// Asks the page whether a message may be sent; only `false` stops it.
fn ask(emit: &Function, sending: &Sending) -> bool {
    let mut fields = message_fields(&sending.session_id, sending.id, sending.audience);
    fields.word("operation", sending.audience.operation());
    fields.word("text", &sending.text);
    send(emit, "barge-in-send", fields).is_none_or(|answer| !answer.is_falsy())
}

/// Tells the page what happened.
fn tell(emit: &Function, report: PanelReport, media: Media) {
    let words;
    let operation = report.operation();
    let (name, fields) = match &report {
        PanelReport::Button(report) => return detail::tell(emit, report.clone()),
        PanelReport::Change {
            session_id,
            view,
            audience,
            stale,
        } => {
            let mut fields = detail::change_fields(session_id, view);
            fields.text("audience", audience.map(Audience::as_str));
            // The class turns it into a custom state.
            fields.flag("stale", Some(*stale));
            ("barge-in-change", fields)
        }
        PanelReport::Message {
            session_id,
            id,
            audience,
            state,
        } => {
            let mut fields = message_fields(session_id, *id, *audience);
            fields.word("state", state);
            ("barge-in-message-state", fields)
        }
        PanelReport::Sent {
            session_id,
            id,
            audience,
            receipt,
        } => {
            let seen = receipt.visibility.and_then(Visibility::as_str);
            let mut fields = message_fields(session_id, *id, *audience);
            fields.text("visibility", seen);
            fields.number("index", receipt.index.map(|index| index as f64));
            fields.number("requestMs", receipt.request_ms.map(|ms| ms as f64));
            fields.number("confirmMs", Some(receipt.confirm_ms as f64));
            ("barge-in-sent", fields)
        }
        PanelReport::MessageError { session_id, .. }
        | PanelReport::LeaveError { session_id, .. } => {
            let (id, failure) = match &report {
                PanelReport::MessageError { id, failure, .. } => (Some(*id), failure.as_deref()),
                PanelReport::LeaveError { failure, .. } => (None, Some(&**failure)),
                _ => (None, None),
            };
            words = failure.map_or(PanelText::RowNotAllowed.english().into(), message_of);
            let mut fields = failure_fields(session_id, operation, failure, &words);
            fields.number("id", id.map(f64::from));
            ("barge-in-error", fields)
        }
        PanelReport::Unread { session_id, unread } => {
            let mut fields = Fields::of(session_id);
            fields.number("unread", Some(unread.unread.into()));
            fields.number("fromCustomer", Some(unread.from_customer.into()));
            ("barge-in-unread", fields)
        }
        PanelReport::Left {
            session_id,
            ended_for_customer,
        } => {
            let mut fields = Fields::of(session_id);
            fields.flag("endedForCustomer", *ended_for_customer);
            ("barge-in-left", fields)
        }
        PanelReport::Kept {
            session_id,
            kept,
            words,
        } => {
            let detail = keep(kept, words.is_some(), media, session_id);
            return tell_kept(emit, kept, words, Value::Object(detail));
        }
    };
    send(emit, name, fields);
}

/// What is told of each message.
fn message_fields(session_id: &str, id: u32, audience: Audience) -> Fields<'_> {
    let mut fields = Fields::of(session_id);
    fields.number("id", Some(id.into()));
    fields.word("audience", audience.as_str());
    fields
}

/// An entry with the server's own field names, `own`, and its time in ms since 1970 or `null`.
fn entry_of(entry: &LogEntry, own: bool) -> Value<'_> {
    let from = entry.from.as_ref();
    let from = from.map(|one| Value::Object(detail::participant_fields(one)));
    let mut fields = Fields::default();
    fields.number("index", entry.index.map(|index| index as f64));
    fields.word("type", &entry.kind);
    fields.add("from", from.unwrap_or(Value::Null));
    fields.flag("own", Some(own));
    fields.text("text", entry.text.as_deref());
    fields.text("url", entry.url.as_deref());
    fields.text("noticeText", entry.notice_text.as_deref());
    fields.text("visibility", entry.visibility.and_then(Visibility::as_str));
    fields.number("time", entry.time());
    Value::Object(fields)
}
