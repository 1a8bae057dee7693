// The simulated server in the page.
import { simulate } from "barge-in/sim";
import type { Fault, FaultDetails, FaultMatch, LoggedRequest, NewSession, SimulateOptions, Simulation } from "barge-in/sim";

const options: SimulateOptions = {
  baseUrl: "/gws",
  scenario: "still",
  seed: 7,
  speed: 2,
  latency: 120,
  login: true,
  hold: 30_000,
  maxInterval: 60_000,
  maxSessionsPerBrowser: -1,
  multiSessionInterval: 2000,
  ack: true,
  order: "reply-first",
  wasmUrl: "https://example.com/sim.wasm",
};
await simulate();
await simulate({ baseUrl: null });
const gws: Simulation = await simulate(options);

export const base: string = gws.baseUrl;
const session: NewSession = { media: "chat", mode: "coach", capabilities: ["Leave"], denied: ["SwitchToBargeIn"] };
const id: string = gws.addSession(session);
gws.addSession();
gws.say(id, "customer", "Hello");
gws.switchElsewhere(id);
gws.switchElsewhere(id, "SwitchToCoach");
gws.act(id, "transfer", { agent: "Robin Hale" });
gws.act(id, "complete");
export const seen: number = gws.view(id, "agent").length;

gws.refuseNext();
gws.refuseNext("SwitchToCoach", { statusCode: 5, statusMessage: "Not now" });
const action: Fault = "delay";
const match: FaultMatch = { method: "POST", path: "/me", operation: ["SwitchToBargeIn", "SwitchToCoach"], channel: "/meta/connect" };
const details: FaultDetails = { times: "always", ms: 500, headers: { "Retry-After": "10" } };
gws.fault(action, match, details);
gws.fault("hang", { operation: "SwitchToBargeIn" });
gws.fault("reset-before");
gws.clearFaults();

gws.cutLine();
gws.restart();
gws.restart({ downMs: 500, keepSignIn: true });
gws.signOut();
gws.signIn();
const [first]: LoggedRequest[] = gws.log();
export const status: number | null | undefined = first?.status;
gws.clearLog();
export const sessions: unknown = gws.state().sessions;
gws.control("POST", "/latency", { ms: 500 });
gws.control("GET", "/state");
gws.stop();

// @ts-expect-error: no such scenario
await simulate({ scenario: "drama" });
// @ts-expect-error: filled in by itself
await simulate({ base: "/gws" });
// @ts-expect-error: read-only
gws.baseUrl = "/other";
// @ts-expect-error: no such mode
gws.addSession({ mode: "hover" });
// @ts-expect-error: neither of the two
gws.say(id, "supervisor", "Hello");
// @ts-expect-error: no such fault
gws.fault("explode");
// @ts-expect-error: a name, or a list of them
gws.fault("hang", { operation: 7 });
// @ts-expect-error: no such thing to happen
gws.act(id, "dance");
// @ts-expect-error: no such method
gws.control("PATCH", "/state");
