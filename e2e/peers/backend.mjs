/**
 * The backend of the servers: one supervised session, its facts, and every received operation.
 *
 * It runs in the test's process, so it outlives each server that is killed and restarted, like the interaction server
 * behind GWS.
 */
export const USER = "991a4bece8dd4184a93e98ad429694f6";
export const SESSION = "00027a8W3GM500JT";
export const CHANNEL = "/v2/me/smssessions";

const VISIBILITY = { monitor: "Supervisors", coach: "Agents", "barge-in": "All" };
const CAPABILITIES = {
  monitor: ["Leave", "SwitchToCoach", "SwitchBargeIn"],
  coach: ["Leave", "SwitchToMonitor", "SwitchBargeIn"],
  "barge-in": ["Leave", "SendMessage", "SwitchToMonitor", "SwitchToCoach"],
};

export class Backend {
  /** The channels that each notification is published to. */
  channels = [CHANNEL];
  mode = "monitor";
  state = "Chatting";
  /** Every operation that reached a server, in order. */
  operations = [];
  /** Decides the answer to an operation, `{ statusCode }`; the test may replace it. */
  decide = async () => {
    this.switch("barge-in");
    return { statusCode: 0 };
  };
  /** Publishes a notification's data; set by the running server. */
  publish = () => {};

  operation(name) {
    this.operations.push(name);
    return this.decide(name);
  }

  switch(mode) {
    this.mode = mode;
    this.notify("ParticipantsUpdated");
  }

  complete() {
    this.state = "Completed";
    this.notify("StatusChange");
  }

  notify(notificationType) {
    this.publish({ messageType: "SMSsessionStateChangeMessage", notificationType, smssession: this.session() });
  }

  /** The session in GWS's format. */
  session() {
    const person = (nickname, type, visibility, participantId, user) => {
      const uri = user && `http://localhost/api/v2/users/${user}`;
      return { nickname, type, visibility, participantId, ...(uri && { uri }) };
    };
    return {
      id: SESSION,
      state: this.state,
      capabilities: this.state === "Chatting" ? CAPABILITIES[this.mode] : [],
      participants: [
        person("Casey", "Customer", "All", "p1"),
        person("Jordan", "Agent", "All", "p2", "agent-2"),
        person("Sam", "Agent", VISIBILITY[this.mode], "p3", USER),
      ],
    };
  }
}
