/**
 * Types of `<barge-in-button>`, a supervisor's barge-in button for Genesys Web Services (GWS).
 * Importing this module has no side effect: call `define()`, or import `barge-in/define`.
 */

/** What the button can be in; also a custom state, `:state(ready)`. */
export type State = "unavailable" | "ready" | "confirming" | "pending" | "joined" | "failed" | "ended";

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
export type Operation = "SwitchToBargeIn" | "SwitchToMonitor" | "SwitchToCoach";

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

/** What keeps notifications from coming. */
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

/** `detail` of `barge-in-joined`. Durations are ms from the sending of the request, `null` where there is none. */
export interface BargeInJoinedDetail {
  sessionId: string;
  requestMs: number | null;
  confirmMs: number | null;
}

/** `detail` of `barge-in-error`. */
export interface BargeInErrorDetail {
  sessionId: string | null;
  operation: Operation | null;
  kind: ErrorKind;
  httpStatus: number | null;
  statusCode: number | null;
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

/** The element's events. All bubble and cross shadow roots. */
export interface BargeInEventMap {
  /** Before the request is sent; `preventDefault()` stops it. */
  "barge-in-request": CustomEvent<BargeInRequestDetail>;
  /** `state`, `mode`, `reason` or `capabilities` changed. */
  "barge-in-change": CustomEvent<BargeInChangeDetail>;
  /** The supervisor has joined, confirmed by the server; once per join. */
  "barge-in-joined": CustomEvent<BargeInJoinedDetail>;
  /** An attempt failed or was refused, or the button itself did. */
  "barge-in-error": CustomEvent<BargeInErrorDetail>;
  /** The notification connection changed. */
  "barge-in-connection": CustomEvent<BargeInConnectionDetail>;
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

/** The attributes, as properties; all may be left out. */
export interface BargeInOptions {
  /** Root under which `/api/v2` lives. Default `""`: the page's own origin. */
  baseUrl?: string;
  /** The session's id. */
  sessionId?: string | null;
  /** Kind of session. Default `"smssession"`. */
  media?: "smssession" | "chat";
  /** The supervisor's own user id. Default: asked of `GET /api/v2/me`; then the property gives it. */
  userId?: string | null;
  /** Bayeux channel to subscribe to. Default: `/v2/me/` and an asterisk. */
  channel?: string;
  /** How notifications come. Default `"long-polling"`. */
  transport?: "long-polling" | "websocket" | "host";
  /** Whether a barge-in is asked about first. Default `"none"`; what is none of the three asks as `"inline"` does. */
  confirm?: "none" | "inline" | "dialog";
  /** Also offer Monitor and Coach. */
  modes?: boolean;
  /** Ms until an unanswered request counts as failed. Default 10000. */
  requestTimeout?: number;
  /** Ms from the server's acceptance until the session is read again. Default 5000. */
  confirmTimeout?: number;
  /** Where the WebAssembly file is, if it does not lie beside the module; read before WebAssembly is loaded. */
  wasmUrl?: string | null;
  /** Headers of every request, for `Authorization` and the like; never stored, logged or reflected. */
  requestHeaders?: RequestHeaders;
  /** Texts in place of the catalogue's, by key; read when it is set. */
  strings?: Record<string, string>;
}

/** The element. */
export class BargeInButton extends HTMLElement implements BargeInOptions {
  /** The package's version. */
  static readonly version: string;

  get baseUrl(): string;
  set baseUrl(value: string | null | undefined);
  get sessionId(): string | null;
  set sessionId(value: string | null | undefined);
  get media(): "smssession" | "chat";
  set media(value: "smssession" | "chat" | null | undefined);
  get userId(): string | null;
  set userId(value: string | null | undefined);
  get channel(): string;
  set channel(value: string | null | undefined);
  get transport(): "long-polling" | "websocket" | "host";
  set transport(value: "long-polling" | "websocket" | "host" | null | undefined);
  get confirm(): "none" | "inline" | "dialog";
  set confirm(value: "none" | "inline" | "dialog" | null | undefined);
  get modes(): boolean;
  set modes(value: boolean);
  get requestTimeout(): number;
  set requestTimeout(value: number | null | undefined);
  get confirmTimeout(): number;
  set confirmTimeout(value: number | null | undefined);
  get wasmUrl(): string | null;
  set wasmUrl(value: string | null | undefined);
  get requestHeaders(): RequestHeaders | undefined;
  set requestHeaders(value: RequestHeaders | null | undefined);
  get strings(): Record<string, string> | undefined;
  set strings(value: Record<string, string> | null | undefined);

  /** What the button is in. */
  readonly state: State;
  /** The supervisor's mode, as last confirmed; `null` where it cannot be told. */
  readonly mode: Mode | null;
  /** Why the button is `unavailable`; `null` in every other state. */
  readonly reason: Reason | null;
  /** The newest capabilities list of the session. */
  readonly capabilities: string[];
  /** What is known of the session. */
  readonly session: Session | undefined;

  /** Focuses the barge-in button, or the safe choice while the question is being asked. */
  focus(options?: FocusOptions): void;
  /** Takes one notification's `data`, as an object or as its JSON text. Waits for WebAssembly if need be. */
  notify(data: object | string): void;
  /**
   * With `transport="host"`: how the page's own connection is. While it is broken or closed the button is `disconnected`;
   * once it is connected again, the sessions are read.
   */
  link(status: "connecting" | "connected" | "broken" | "closed"): void;
  /** Reads the user and the sessions again; also the way out of `unauthenticated` and of `unsupported`. */
  refresh(): void;

  addEventListener<K extends keyof BargeInEventMap>(
    type: K,
    listener: (this: BargeInButton, event: BargeInEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: BargeInButton, event: HTMLElementEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof BargeInEventMap>(
    type: K,
    listener: (this: BargeInButton, event: BargeInEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

/**
 * Registers the element under a tag name, `barge-in-button` unless told. Registered already by the same version:
 * nothing happens; by another version: one warning, and the first stays. Gives the class that is registered. Where there are
 * no elements, in Node, Deno or a worker, nothing is registered.
 */
export function define(tag?: string): typeof BargeInButton;

/**
 * Says where the WebAssembly file is, where it does not lie beside this module, and its integrity hash
 * (`""` checks none). To be called before the first element is connected, or right after the imports.
 */
export function configure(options: { wasmUrl?: string | URL; integrity?: string }): void;

declare global {
  interface HTMLElementTagNameMap {
    "barge-in-button": BargeInButton;
  }
  interface GlobalEventHandlersEventMap extends BargeInEventMap {}
}
