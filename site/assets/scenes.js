/**
 * What the server of an example is like, by name, and the state in which the element is then, or after a press (`press`).
 *
 * `options` are those of `simulate()`, `session` those of the session that the markup names (`null`: there is none),
 * `before(gws, id)` acts before the element connects, and `after(gws, id)` once it is `ready`.
 */
const unavailable = (reason) => ({ state: "unavailable", reason });

export const SCENES = {
  ready: { state: "ready" },
  coaching: { state: "ready", session: { mode: "coach" } },
  chat: { state: "ready", session: { media: "chat" } },
  asking: { state: "confirming", press: true },
  pending: { state: "pending", press: true, before: (gws, id) => gws.fault("hang", press(id)) },
  joined: { state: "joined", session: { mode: "barge-in" } },
  joining: { state: "joined", press: true },
  failed: { state: "failed", press: true, before: (gws, id) => gws.fault("html", press(id), { httpStatus: 502 }) },
  ended: { state: "ended", after: (gws, id) => gws.act(id, "complete") },
  conversation: { state: "ready", before: talk },
  whisper: { state: "ready", session: { mode: "coach", customer: "Ines Duarte" }, before: talk },
  among: { state: "joined", session: { mode: "barge-in", customer: "Owen Park" }, before: talk },
  "no-session": unavailable("no-session"),
  connecting: { ...unavailable("connecting"), before: (gws) => gws.fault("hang", { path: "/api/v2/me" }) },
  disconnected: {
    ...unavailable("disconnected"),
    before: (gws) => gws.fault("refuse", { path: "/notifications" }, { httpStatus: 503, times: "always" }),
  },
  "not-found": { ...unavailable("not-found"), session: null },
  "not-supervising": { ...unavailable("not-supervising"), session: { mode: "none" } },
  "not-permitted": { ...unavailable("not-permitted"), session: { denied: ["SwitchToBargeIn"] } },
  refused: {
    ...unavailable("refused"),
    press: true,
    before: (gws) => gws.refuseNext("SwitchToBargeIn", { statusCode: 5, statusMessage: "Another supervisor looks after this team" }),
  },
  unauthenticated: { ...unavailable("unauthenticated"), options: { login: true } },
};

/** What has been said before the panel is there. */
function talk(gws, id) {
  gws.say(id, "customer", "My parcel was to be here on Monday.");
  gws.say(id, "agent", "I am sorry. May I have the number of your order?");
  gws.say(id, "customer", "I have given it twice now.");
}

/** The requests of a press. */
export const press = (id) => ({ method: "POST", path: `/${id}` });

/** A state in a word: its reason if it has one. */
export const words = ({ state, reason }) => reason ?? state;
