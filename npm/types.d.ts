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
