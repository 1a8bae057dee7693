/** Faults of the server: error answers, forgotten clients, duplicates. */

const OPERATION = "SwitchToBargeIn";
const API = { path: "/api" };

/** Matches an answered operation in the log. */
const accepted = ({ operation, outcome }) => operation === OPERATION && outcome === "answered";

/** From a press on, every request gets this answer, until the connection is shown as broken and the session has changed. */
const answering = (what, action, details, more = {}) => ({
  name: `${what} for everything from a press on; barred meanwhile`,
  begin: ({ sim }) => sim.fault(action, API, { times: "always", ...details }),
  press: true,
  async meanwhile(scene) {
    await scene.untilBroken();
    await scene.sim.act(scene.id, "capabilities", { list: ["Leave"] });
  },
  heal: ({ sim }) => sim.clearFaults(),
  ...more,
});

export const ANSWERS = [
  answering("500", "refuse", { httpStatus: 500, body: "Internal Server Error" }),
  answering("500 with statusCode 4", "refuse", { httpStatus: 500, statusCode: 4, statusMessage: "Interaction server is down" }),
  answering("an HTML page with 502", "html", {}),
  answering("503", "refuse", { httpStatus: 503, body: "" }),
  // A refusal by the server, even if only for now.
  answering("429", "refuse", { httpStatus: 429, body: "" }, { may: ["refused"] }),
  answering("an HTML page with 200", "html", { httpStatus: 200 }),
  answering("an empty body", "empty", {}),
  {
    name: "402: client forgotten, told at once",
    begin: ({ sim }) => sim.post("/forget-clients", { polls: "answer" }),
    notices: false,
    meanwhile: ({ sim, id }) => sim.act(id, "capabilities", { list: ["Leave"] }),
  },
  {
    name: "402: client forgotten, told when the hold ends; joined from elsewhere meanwhile",
    begin: ({ sim }) => sim.post("/forget-clients", { polls: "hold" }),
    notices: false,
    meanwhile: ({ sim, id }) => sim.act(id, "switch", { operation: OPERATION }),
  },
  {
    name: "restart while a barge-in is pending, which is done meanwhile",
    async begin({ sim }) {
      await sim.fault("act-late", { operation: OPERATION }, { ms: 1_000 });
    },
    press: true,
    notices: false,
    element: { confirmTimeout: 60_000 },
    async meanwhile({ sim, untilLogged, truth }) {
      await untilLogged(accepted);
      await sim.post("/restart", { downMs: 3_000 });
      await truth.renewed();
    },
  },
  {
    name: "restart, 5 s; the session ends meanwhile",
    begin: ({ sim, real }) => sim.post("/restart", { downMs: real ? 5_000 : 1_500 }),
    async meanwhile({ sim, id, truth }) {
      await truth.renewed();
      await sim.act(id, "complete");
    },
  },
  {
    name: "accepted and never done",
    begin: ({ sim }) => sim.fault("accept-silently", { operation: OPERATION }),
    press: true,
  },
  {
    name: "notified before it is answered",
    begin: ({ sim }) => sim.fault("notify-first", { operation: OPERATION }, { ms: 500 }),
    press: true,
    notices: false,
  },
  {
    name: "every notification three times",
    async begin({ sim, id, truth }) {
      await sim.act(id, "switch", { operation: "SwitchToCoach" });
      await truth.renewed();
      await sim.act(id, "switch", { operation: OPERATION });
      const { sessions } = await sim.get("/state");
      const session = sessions.find((session) => session.id === id);
      const data = { messageType: "SMSsessionStateChangeMessage", notificationType: "ParticipantsUpdated", smssession: session };
      await sim.post("/publish", { channel: "/v2/me/smssessions", data, duplicate: 3 });
    },
    notices: false,
  },
  {
    // As from a server that sends a copy for each overlapping subscription.
    name: "every notification under two more channels, and again with the next response",
    begin: ({ sim }) => sim.post("/overlap", { channels: ["/v2/me/sms", "/v2/**"] }),
    press: true,
    notices: false,
    shows: ["pending", "joined"],
  },
  {
    name: "sign-in expired; the session ends meanwhile",
    begin: ({ sim }) => sim.post("/sign-out"),
    may: ["unauthenticated"],
    meanwhile: ({ sim, id }) => sim.act(id, "complete"),
    async heal({ sim, refresh }) {
      await sim.post("/sign-in");
      await refresh();
    },
  },
  {
    name: "sign-in expired while a barge-in is pending, which is done all the same",
    begin: ({ sim }) => sim.fault("act-late", { operation: OPERATION }, { ms: 500 }),
    press: true,
    notices: false,
    may: ["unauthenticated"],
    async meanwhile({ sim, untilLogged, until, truth }) {
      await untilLogged(accepted);
      await sim.post("/sign-out");
      await until(() => truth.fact.mode === "barge-in");
    },
    async heal({ sim, refresh }) {
      await sim.post("/sign-in");
      await refresh();
    },
  },
  {
    name: "CSRF token rotated before a press",
    begin: ({ sim }) => sim.post("/csrf", { rotate: true }),
    press: true,
    notices: false,
    // The first was rejected before it was acted on, so it is sent once more with the new token.
    posts: 2,
  },
];
