/** Notifications as the server sends them, made from the simulator's sessions. */

const CHANNEL = "/v2/me/smssessions";
const BARGE_IN = /^Switch(To)?BargeIn$/;

/** A session as in a notification. */
export async function wire(sim, id) {
  const { sessions } = await sim.get("/state");
  const { media: _media, mode: _mode, lastIndex: _lastIndex, ...session } = sessions.find((one) => one.id === id);
  return session;
}

/** `ParticipantsUpdated` with or without the right to barge in. */
export function update(session, allowed) {
  const capabilities = session.capabilities.filter((name) => allowed || !BARGE_IN.test(name));
  return {
    smssession: { ...session, capabilities },
    notificationType: "ParticipantsUpdated",
    messageType: "SMSsessionStateChangeMessage",
  };
}

/** A message of the customer in the log. */
export function message(session, index) {
  const from = session.participants.find(({ type }) => type === "Customer");
  const text = `Line ${index}: could somebody please look at my order?`;
  const entry = { index, from, timestamp: "2014-05-05 11:08:45.000-0700", timestampSeconds: 1399313325000 };
  return {
    messages: [{ ...entry, visibility: "All", type: "Text", text }],
    notificationType: "NewMessages",
    messageType: "MessageLogUpdated",
    smssessionUri: session.uri,
  };
}

export const publish = (sim, data) => sim.post("/publish", { channel: CHANNEL, data });

/**
 * Publishes `count` messages of the customer, with the indexes from `first` on. They arrive in one response, each in a
 * notification of its own.
 */
export async function messages(sim, session, first, count) {
  await together(sim, Array.from({ length: count }, (_, n) => message(session, first + n)));
}

/** Publishes notifications that arrive in one response, the whole of them `times` times. */
async function together(sim, notifications, times = 1) {
  // The simulator inserts `raw` unchanged into {"data":…,"channel":"…"}, so one publication can be several
  // notifications.
  const raw = notifications.map((data) => JSON.stringify(data)).join(`,"channel":"${CHANNEL}"},{"data":`);
  await sim.post("/publish", { channel: CHANNEL, raw, duplicate: times });
}

const PATTERN = 250;

/**
 * Publishes `count` notifications that arrive in one response: updates that grant and remove the right to barge in, and
 * log entries, in turn for all sessions; the last update of each session sets `allowed`.
 */
export async function burst(sim, sessions, allowed, count) {
  const rounds = PATTERN / sessions.length;
  const pattern = Array.from({ length: PATTERN }, (_, n) => {
    const session = sessions[n % sessions.length];
    const left = rounds - 1 - Math.floor(n / sessions.length); // how many more follow for this session
    return left % 5 === 3 || left % 5 === 1 ? message(session, n) : update(session, (left % 5 === 0) === allowed);
  });
  await together(sim, pattern, count / PATTERN);
}
