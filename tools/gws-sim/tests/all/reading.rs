//! `GET` of `/me`, the list, one session, its messages, the version.

use crate::support::*;

#[test]
fn me_is_the_supervisor() {
    let reply = Sim::still().stranger().get("/api/v2/me");
    assert_eq!(reply.status, 200);
    let json = reply.json();
    assert_eq!(json["statusCode"], 0);
    assert_eq!(json["user"]["id"], "991a4bece8dd4184a93e98ad429694f6");
    assert_eq!(json["user"].get("smssessions"), None);
}

#[test]
fn me_brings_the_sessions_along() {
    let sim = Sim::still();
    for what in ["*", "%2A", "devices,smssessions,chats"] {
        let json = sim
            .stranger()
            .get(&format!("/api/v2/me/?subresources={what}"))
            .json();
        assert_eq!(
            json["user"]["smssessions"].as_array().unwrap().len(),
            6,
            "{what}"
        );
        assert_eq!(json["user"]["chats"].as_array().unwrap().len(), 1, "{what}");
    }
}

#[test]
fn the_list_is_uris_unless_fields_are_asked_for() {
    let sim = Sim::still();
    let json = sim.stranger().get("/api/v2/me/smssessions").json();
    let uris = json["uris"].as_array().unwrap();
    assert_eq!(
        uris[0],
        format!("http://{}/api/v2/smssessions/{MONITORED}", sim.address)
    );
    assert_eq!(json.get("smssessions"), None);

    let json = sim.stranger().get("/api/v2/me/smssessions?fields=*").json();
    let first = &json["smssessions"][0];
    assert_eq!(json["statusCode"], 0);
    assert_eq!(first["id"], MONITORED);
    assert_eq!(first["state"], "Chatting");
    assert_eq!(first["chatType"], "Inbound");
    assert_eq!(first["receivedDate"], "2014-05-05 18:08:45.000+0000");
    let names: Vec<_> = first["participants"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| &p["nickname"])
        .collect();
    assert_eq!(names, ["Tom Becker", "Dana Whitfield", "Priya Raman"]);
}

#[test]
fn participants_look_like_the_sample() {
    let json = Sim::still()
        .stranger()
        .get(&format!("/api/v2/me/smssessions/{MONITORED}"))
        .json();
    let people = &json["smssession"]["participants"];
    let own = &people[1];
    assert_eq!(
        (&own["type"], &own["visibility"]),
        (&"Agent".into(), &"Supervisors".into())
    );
    assert!(
        own["uri"]
            .as_str()
            .unwrap()
            .ends_with("/api/v2/users/991a4bece8dd4184a93e98ad429694f6")
    );
    let customer = &people[2];
    assert_eq!(customer["type"], "Customer");
    assert_eq!(customer.get("uri"), None);
}

#[test]
fn capabilities_follow_the_mode_in_either_spelling() {
    let json = Sim::still()
        .stranger()
        .get("/api/v2/me/smssessions?fields=*")
        .json();
    let of = |id: &str| -> Vec<String> {
        let list = json["smssessions"].as_array().unwrap();
        let session = list.iter().find(|s| s["id"] == id).unwrap();
        let names = session["capabilities"].as_array().unwrap().iter();
        names
            .map(|name| name.as_str().unwrap().to_owned())
            .collect()
    };
    let has = |id: &str, name: &str| of(id).iter().any(|known| known == name);
    assert!(has(MONITORED, "SwitchBargeIn") && !has(MONITORED, "SwitchToBargeIn"));
    assert!(has(MONITORED, "SwitchToCoach") && !has(MONITORED, "SwitchToMonitor"));
    assert!(!has(MONITORED, "SendToAgents") && !has(MONITORED, "SendMessage"));
    assert!(has(COACHED, "SwitchToBargeIn") && has(COACHED, "SendToAgents"));
    assert!(has(COACHED, "SwitchToMonitor") && !has(COACHED, "SendMessage"));
    assert!(has(JOINED, "SwitchToMonitor") && has(JOINED, "SwitchToCoach"));
    assert!(has(JOINED, "SendMessage") && !has(JOINED, "SwitchToBargeIn"));
    assert!(!has(DENIED, "SwitchToBargeIn") && has(DENIED, "SwitchToCoach"));
    assert!(of(UNSUPERVISED).is_empty());
}

#[test]
fn chats_have_the_same_api_and_are_not_sms_sessions() {
    let mut browser = Sim::still().stranger();
    let json = browser.get("/api/v2/me/chats?fields=*").json();
    assert_eq!(json["chats"][0]["id"], CHAT);
    let one = browser.get(&format!("/api/v2/me/chats/{CHAT}")).json();
    assert_eq!(one["chat"]["id"], CHAT);
    let wrong = browser.get(&format!("/api/v2/me/smssessions/{CHAT}"));
    assert_eq!(
        (wrong.status, &wrong.json()["statusCode"]),
        (404, &6.into())
    );
}

#[test]
fn unknown_things_are_404_with_statuscode_6() {
    let mut browser = Sim::still().stranger();
    for path in [
        "me/smssessions/nope",
        "me/smssessions/nope/messages",
        "me/pigeons",
        "pigeons",
        "me/a/b/c/d",
    ] {
        let reply = browser.get(&format!("/api/v2/{path}"));
        assert_eq!(
            (reply.status, &reply.json()["statusCode"]),
            (404, &6.into()),
            "{path}"
        );
    }
}

#[test]
fn ids_are_decoded() {
    let sim = Sim::still();
    sim.control("sessions", serde_json::json!({ "id": "a/b c?d%" }));
    let reply = sim
        .stranger()
        .get("/api/v2/me/smssessions/a%2Fb%20c%3Fd%25");
    assert_eq!(reply.json()["smssession"]["id"], "a/b c?d%");
}

#[test]
fn messages_begin_at_an_index() {
    let mut browser = Sim::still().stranger();
    let mut indices = |query: &str| -> Vec<u64> {
        let json = browser
            .get(&format!(
                "/api/v2/me/smssessions/{MONITORED}/messages{query}"
            ))
            .json();
        assert_eq!(json["statusCode"], 0);
        json["messages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|m| m["index"].as_u64().unwrap())
            .collect()
    };
    assert_eq!(indices(""), [1, 2, 3, 4, 5]);
    assert_eq!(indices("?startIndex=0"), [1, 2, 3, 4, 5]);
    assert_eq!(indices("?startIndex=4"), [4, 5]);
    assert_eq!(indices("?startIndex=2&count=2"), [2, 3]);
    assert!(indices("?startIndex=6").is_empty());
    let reply = browser.get(&format!(
        "/api/v2/me/smssessions/{MONITORED}/messages?startIndex=x"
    ));
    assert_eq!(
        (reply.status, &reply.json()["statusCode"]),
        (400, &10.into())
    );
}

#[test]
fn messages_have_types_visibility_and_milliseconds() {
    let json = Sim::still()
        .stranger()
        .get(&format!("/api/v2/me/smssessions/{MONITORED}/messages"))
        .json();
    let own = &json["messages"][2];
    assert_eq!(own["type"], "ParticipantJoined");
    assert_eq!(own["visibility"], "Supervisors");
    assert_eq!(own["from"]["nickname"], "Dana Whitfield");
    let text = &json["messages"][3];
    assert_eq!(
        (&text["type"], &text["visibility"]),
        (&"Text".into(), &"All".into())
    );
    assert_eq!(text["text"], "Hello, is anybody there?");
    assert_eq!(text["timestampSeconds"], 1_399_313_337_000_u64);
    assert_eq!(text["timestamp"], "2014-05-05 18:08:57.000+0000");
}

#[test]
fn the_version_needs_no_sign_in() {
    let sim = Sim::start(gws_sim::args::Args {
        login: true,
        ..gws_sim::args::Args::still()
    });
    let json = sim.stranger().get("/api/v2/diagnostics/version").json();
    assert_eq!(json["version"], "8.5.202.96");
}
