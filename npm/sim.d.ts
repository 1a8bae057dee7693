/** How the simulated server is set up; what is not given is as `gws-sim --help` tells. Times are milliseconds. */
export interface SimulateOptions {
  /** The `base-url` of the elements that it is for; `""` is the page's own origin. */
  baseUrl?: string | null;
  /** Conversations that play for ever (the default), fixed sessions in which nothing moves by itself, or no session. */
  scenario?: "demo" | "still" | "none";
  /** The same seed plays the same conversations. */
  seed?: number;
  /** Pace of the conversations; 1 is real time. */
  speed?: number;
  /** From an accepted operation to its effect; 120, in `still` 0. */
  latency?: number;
  /** Ask for a sign-in: 403 until HTTP Basic credentials or `signIn()`. */
  login?: boolean;
  /** How long a long poll is held. */
  hold?: number;
  /** A client silent for longer is forgotten. */
  maxInterval?: number;
  /** Held long polls per browser, -1 for any number. */
  maxSessionsPerBrowser?: number;
  /** `advice.interval` of surplus sessions. */
  multiSessionInterval?: number;
  /** Offer the acknowledgement extension. */
  ack?: boolean;
  /** Whether the events come before the connect reply or after it. */
  order?: "events-first" | "reply-first";
  /** Where `sim.wasm` is, if it does not lie beside `sim.js`. */
  wasmUrl?: string;
}

export interface NewSession {
  id?: string;
  media?: "smssession" | "chat";
  /** The supervisor's mode; `none` is not supervising. */
  mode?: "monitor" | "coach" | "barge-in" | "none";
  customer?: string;
  agent?: string;
  /** Replaces the capabilities that follow from the mode. */
  capabilities?: string[];
  /** Operations that the supervisor has no right to. */
  denied?: string[];
  spelling?: "SwitchToBargeIn" | "SwitchBargeIn";
}

export type Fault =
  | "refuse" | "delay" | "hang" | "reset-before" | "reset-after" | "accept-silently" | "act-late" | "notify-first" | "truncate"
  | "html" | "empty" | "redirect" | "headers";

/** Which requests a fault strikes; what is not given fits every one. */
export interface FaultMatch {
  method?: string;
  /** A part of path and query. */
  path?: string;
  /** `operationName`, such as `SwitchToBargeIn`; of a list, any of them. */
  operation?: string | string[];
  /** A channel of a Bayeux message, such as `/meta/connect`. */
  channel?: string;
}

export interface FaultDetails {
  /** How many requests it strikes; 1. */
  times?: number | "always";
  /** For `delay`, `act-late` and `notify-first`. */
  ms?: number;
  /** For `refuse`, `html`, `empty` and `redirect`. */
  httpStatus?: number;
  statusCode?: number;
  statusMessage?: string;
  body?: string;
  contentType?: string;
  location?: string;
  /** For these and for `headers`. */
  headers?: Record<string, string>;
}

/** A request that the server saw. */
export interface LoggedRequest {
  seq: number;
  /** Milliseconds since the beginning. */
  atMs: number;
  method: string;
  path: string;
  operation: string | null;
  body: string | null;
  channels: string[];
  fault: string | null;
  outcome: "open" | "answered" | "reset" | "aborted";
  status: number | null;
  tookMs: number | null;
}

/** A running simulation. Its methods act at once, and throw an `Error` with what the server says against it. */
export interface Simulation {
  /** Where it answers, in full. */
  readonly baseUrl: string;
  /** Begins a session and gives its id. */
  addSession(options?: NewSession): string;
  /** The customer or the agent says something. */
  say(id: string, from: "customer" | "agent", text: string): void;
  /** The supervisor's mode is changed, as from another desk; to barge-in if no operation is given. */
  switchElsewhere(id: string, operation?: "SwitchToMonitor" | "SwitchToCoach" | "SwitchToBargeIn"): void;
  /** Anything else that may happen to a session. */
  act(
    id: string,
    action: "revoke" | "complete" | "remove" | "agent-leaves" | "transfer" | "second-supervisor" | "switch" | "capabilities" | "say" | "rename",
    details?: object,
  ): void;
  /** The messages as the customer or the agent sees them. */
  view(id: string, as: "customer" | "agent"): object[];
  /** The next press is refused. */
  refuseNext(operation?: string, details?: FaultDetails): void;
  /** Lets the next matching request go wrong. */
  fault(action: Fault, match?: FaultMatch, details?: FaultDetails): void;
  clearFaults(): void;
  /** Resets whatever is under way. */
  cutLine(): void;
  /** Goes down for a time, and forgets its clients and who was signed in. */
  restart(options?: { downMs?: number; keepSignIn?: boolean }): void;
  signOut(): void;
  signIn(): void;
  /** The requests seen, oldest first. */
  log(): LoggedRequest[];
  clearLog(): void;
  /** What the server knows. */
  state(): any;
  /** Any call of the control interface, as `gws-sim --help` lists them: `control("POST", "/latency", { ms: 500 })`. */
  control(method: "GET" | "POST" | "DELETE", path: string, body?: object): any;
  /** Ends it: what waits is cut, and requests to its address go to the network again. */
  stop(): void;
}

/**
 * Starts the simulated server in the page: requests of the page's `fetch` and `XMLHttpRequest` to `{baseUrl}/api/` and
 * `{baseUrl}/control/` are answered by it, all others pass. The module must be imported before the element's, which takes
 * `fetch` when it first runs.
 */
export function simulate(options?: SimulateOptions): Promise<Simulation>;
