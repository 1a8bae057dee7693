//! What the tests share: the documentation's samples, bodies to vary, and a store with a clock.
#![allow(dead_code, reason = "each test binary uses its own part")]

use gws::{
    Command, Config, ConnectionStatus, Event, Failure, Kind, Link, Me, Media, Millis, Notification,
    Operation, Reason, Session, State, Store, View, strip_java_longs,
};
use serde_json::{Value, json};

/// The supervisor's user id in the samples.
pub const SUPERVISOR: &str = "991a4bece8dd4184a93e98ad429694f6";

/// The documentation's first notification, byte for byte.
pub const BARGED_IN: &str = r#"{ "smssession": { "receivedDate": "2014-05-0511:08:45.000-0700", "chatType": "Inbound", "capabilities": [ "Leave", "SetInFocus", "SetDisposition", "AttachUserData", "DeleteUserData", "UpdateUserData", "Transfer", "Invite", "Consult", "SendToAgents", "SendStartTypingToAgentsNotification", "SendStopTypingToAgentsNotification", "SendMessage", "SendStartTypingNotification", "SendStopTypingNotification", "SwitchToMonitor", "SwitchToCoach" ], "uri": "http://10.10.15.212:9090/api/v2/smssessions/0001Da9PFC93000S", "state": "Chatting", "participants": [ { "nickname": "test_agent", "type": "Agent", "uri": "http://10.10.15.212:9090/api/v2/users/90cc5439ff6848748e5e67811273f266", "visibility": "All", "participantId": "00AF5367D3D0000A" }, { "nickname": "test_supervisor", "type": "Agent", "uri": "http://10.10.15.212:9090/api/v2/users/991a4bece8dd4184a93e98ad429694f6", "visibility": "All", "participantId": "00AF5367D3D0000B" }, { "nickname": "test_clientL", "type": "Customer", "participantId": "00AF5367D3AD0008", "visibility": "All" } ], "id": "0001Da9PFC93000S" }, "notificationType": "ParticipantsUpdated", "messageType": "SMSsessionStateChangeMessage" }"#;

/// The documentation's second notification, byte for byte, with its Java long.
pub const REJOINED: &str = r#"{ "messages": [ { "index": 4, "from": { "nickname": "test_supervisor", "type": "Agent", "uri": "http://10.10.15.212:9090/api/v2/users/991a4bece8dd4184a93e98ad429694f6", "visibility": "All", "participantId": "00AF5367D3D0000B" }, "timestamp": "2014-05-0511:09:31.000-0700", "visibility": "All", "type": "ParticipantRejoined", "timestampSeconds": 1399313371000L } ], "notificationType": "NewMessages", "messageType": "MessageLogUpdated", "smssessionUri": "http://10.10.15.212:9090/api/v2/smssessions/0001Da9PFC93000S" }"#;

/// A notification from its JSON text, as a page's `notify()` takes it.
pub fn decode(text: &str) -> Notification {
    let value: Value = serde_json::from_str(&strip_java_longs(text)).expect("JSON");
    notification(value)
}

/// A notification from its parsed value.
pub fn notification(value: Value) -> Notification {
    serde_json::from_value(value).expect("decoding never fails")
}
