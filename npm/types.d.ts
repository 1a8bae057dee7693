/** The types of the package. What is documented at the class (`js/element.js`) names them. */

/** What the button can be in; also a custom state, `:state(ready)`. */
export type State = "unavailable" | "ready" | "confirming" | "pending" | "joined" | "failed" | "left" | "ended";

/** The supervisor's mode in the session, as last confirmed by the server. */
export type Mode = "monitor" | "coach" | "barge-in";

/** Why the button is `unavailable`. */
export type Reason =
  | "no-session"
  | "connecting"
  | "disconnected"
  | "not-found"
  | "not-supervising"
  | "not-permitted"
  | "refused"
  | "unauthenticated"
  | "unsupported";

/** What the server is asked for. */
export type Operation = "SwitchToBargeIn" | "SwitchToMonitor" | "SwitchToCoach" | "Leave";

/** What kind of failure a `barge-in-error` tells of. */
export type ErrorKind =
  | "network"
  | "timeout"
  | "http"
  | "api"
  | "malformed"
  | "unconfirmed"
  | "csrf"
  | "unauthenticated"
  | "unsupported"
  | "headers"
  | "internal";

/** Why WebAssembly could not start. */
export type Cause = "missing" | "hash" | "policy" | "type" | "network" | "engine";

/**
 * What keeps notifications from coming: no answer, an answer that is an error or cannot be read, a login, a server that gives
 * this page none, or `requestHeaders` that failed.
 */
export type ConnectionCause = "network" | "http" | "login" | "refused" | "headers";

/** Headers of every request: an object, or a function that gives one, asked before each request. */
export type RequestHeaders =
  | Record<string, string>
  | (() => Record<string, string> | Promise<Record<string, string>>);

/** `detail` of `barge-in-request`. */
export interface BargeInRequestDetail {
  sessionId: string;
  operation: Operation;
}

/** `detail` of `barge-in-change`. */
export interface BargeInChangeDetail {
  sessionId: string | null;
  state: State;
  mode: Mode | null;
  reason: Reason | null;
  capabilities: string[];
}

/** `detail` of `barge-in-joined`. */
export interface BargeInJoinedDetail {
  sessionId: string;
  /** Ms from the sending of the request to its response; `null` where the confirmation came first or the join from elsewhere. */
  requestMs: number | null;
  /** Ms from the sending of the request to the confirmation; `null` where the join came from elsewhere. */
  confirmMs: number | null;
}

/** `detail` of `barge-in-error`. */
export interface BargeInErrorDetail {
  sessionId: string | null;
  operation: Operation | null;
  kind: ErrorKind;
  httpStatus: number | null;
  statusCode: number | null;
  /** For logs: the server's words, else English ones; at most 300 characters. */
  message: string;
  /** With kind `unsupported` only. */
  cause?: Cause;
}

/** `detail` of `barge-in-connection`. */
export interface BargeInConnectionDetail {
  status: "connecting" | "connected" | "broken" | "closed";
  transport: "long-polling" | "websocket" | "host";
  /** Another session of this browser holds the long poll, so notifications come late. */
  multipleClients: boolean;
  /** What broke or closed the connection; `null` while it is neither. */
  cause: ConnectionCause | null;
  /** The HTTP status of the answer that broke it, if there was one. */
  httpStatus: number | null;
}

/** One participant of a session; what the server did not say is `null` or empty. */
export interface Participant {
  nickname: string | null;
  /** `Agent` (a supervisor is one, too), `Customer` or `External`. */
  type: string;
  uri: string | null;
  visibility: "Supervisors" | "Agents" | "All" | null;
  participantId: string | null;
}

/** What is known of a session; what the server did not say is `null` or empty. */
export interface Session {
  id: string;
  /** `Chatting`, `Invited`, `Completed`, `Revoked` and others. */
  state: string;
  /** In the server's own form. */
  receivedDate: string | null;
  capabilities: string[];
  participants: Participant[];
}

/** For whom a message is: agents and supervisors, or the customer, too. */
export type Audience = "agents" | "everyone";

/** How a message stands. `sent` means that the log has it. */
export type MessageState = "waiting" | "sending" | "accepted" | "sent" | "refused" | "failed" | "unconfirmed" | "not-allowed";

/** What a message or a panel asks the server for. */
export type PanelOperation = Operation | "SendToAgents" | "SendMessage";

/** A participant as a panel shows it. */
export interface PanelParticipant extends Participant {
  role: "agent" | "supervisor" | "customer" | "external";
  /** It is the supervisor who looks at the panel. */
  own: boolean;
  /** Whether this one sees oneself; `null` for oneself, and where it is not known. */
  seesYou: boolean | null;
}

/** An entry of a session's log. What the server did not say is `null`. */
export interface TranscriptEntry {
  index: number | null;
  /** `Text`, `ParticipantJoined`, `ParticipantLeft`, `ParticipantRejoined`, `PushUrl`, `Notice` and others. */
  type: string;
  from: Participant | null;
  own: boolean;
  text: string | null;
  url: string | null;
  noticeText: string | null;
  visibility: "All" | "Agents" | "Supervisors" | null;
  /** In ms since 1970. */
  time: number | null;
}

/** A message that is not in the log yet. */
export interface OutboxRow {
  id: number;
  audience: Audience;
  state: MessageState;
}

/** A reply that can be put into the message box. */
export interface CannedReply {
  title: string;
  text: string;
  /** The only audience that it is for; without it both. */
  audience?: Audience | undefined;
}

/** Detail of `barge-in-change` of a panel. */
export interface PanelChangeDetail extends BargeInChangeDetail {
  /** For whom the draft in the message box is; `null` without a box. */
  audience: Audience | null;
}

/** Detail of `barge-in-error` of a panel. */
export interface PanelErrorDetail extends Omit<BargeInErrorDetail, "operation" | "kind"> {
  operation: PanelOperation | null;
  /** `not-allowed`: the audience was lost before the message left, and nothing was sent. */
  kind: ErrorKind | "not-allowed";
  /** The message; absent or `null` where it is about none. */
  id?: number | null;
}

/** Detail of `barge-in-send`, the only event that carries words. */
export interface PanelSendDetail {
  sessionId: string;
  id: number;
  operation: "SendToAgents" | "SendMessage";
  audience: Audience;
  text: string;
}

/** Detail of `barge-in-sent`. */
export interface PanelSentDetail {
  sessionId: string;
  id: number;
  audience: Audience;
  /** Who saw it, by the log. */
  visibility: "All" | "Agents" | "Supervisors" | null;
  index: number | null;
  /** Ms from the POST to its answer; `null` where the log had it first. */
  requestMs: number | null;
  /** Ms from the POST until the log had it. */
  confirmMs: number;
}

/** Detail of `barge-in-message-state`. */
export interface PanelMessageStateDetail {
  sessionId: string;
  id: number;
  audience: Audience;
  state: MessageState;
}

/** Detail of `barge-in-unread`. */
export interface PanelUnreadDetail {
  sessionId: string;
  unread: number;
  fromCustomer: number;
}

/** Detail of `barge-in-left`. */
export interface PanelLeftDetail {
  sessionId: string;
  /** The conversation has ended for the customer, too; `null` where that is not known. */
  endedForCustomer: boolean | null;
}
