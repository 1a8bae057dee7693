// The element as a script uses it.
import { BargeInButton, configure, define } from "barge-in";
import type { BargeInOptions, Cause, ConnectionCause, ErrorKind, Mode, Reason, State, Strings, TextKey } from "barge-in";

const button = document.querySelector("barge-in-button")!;
const own: BargeInButton = button;
const klass: typeof BargeInButton = define("my-button");
configure({ wasmUrl: new URL("https://example.com/barge-in.wasm"), integrity: "" });
configure({ wasmUrl: undefined });
export const version: string = klass.version;

button.sessionId = "0001Da9PFC93000S";
button.sessionId = null;
button.confirm = "inline";
button.confirm = undefined;
button.requestTimeout = 5000;
button.requestHeaders = { Authorization: "Bearer x" };
button.requestHeaders = () => ({ Authorization: "Bearer x" });
button.requestHeaders = async () => ({ Authorization: "Bearer x" });
button.strings = { "barge-in": "Join", joined: undefined };
button.notify("{}");
button.link("broken");
button.refresh();
button.focus({ preventScroll: true });

// @ts-expect-error: none of the three
button.confirm = "yes";
// @ts-expect-error: ms
button.requestTimeout = "5000";
// @ts-expect-error: no such text
button.strings = { joinned: "…" };
// @ts-expect-error: read-only
button.state = "joined";
// @ts-expect-error: what its own connection is called
button.link("lost");
// @ts-expect-error: headers are texts
button.requestHeaders = { "X-Number": 1 };

// What is passed on may be undefined.
const settings = (media?: "smssession" | "chat", modes?: boolean): BargeInOptions => ({ media, modes, strings: undefined });
Object.assign(own, settings());

export const state: State = own.state;
export const mode: Mode | null = own.mode;
export const reason: Reason | null = own.reason;
export const nickname: string | null | undefined = own.session?.participants[0]?.nickname;
export const key: TextKey = "failed-network";
export const strings: Strings = { [key]: "No line" };

button.addEventListener("barge-in-joined", ({ detail }) => detail.requestMs?.toFixed());
// @ts-expect-error: its detail has no `id`
button.addEventListener("barge-in-joined", ({ detail }) => detail.id);
document.addEventListener("barge-in-error", ({ detail }) => {
  const kind: ErrorKind = detail.kind;
  const cause: Cause | undefined = detail.cause;
  return [kind, cause];
});
document.addEventListener("barge-in-connection", ({ detail }) => detail.cause satisfies ConnectionCause | null);
const clicked = (event: MouseEvent) => event.clientX;
button.addEventListener("click", clicked);
button.removeEventListener("click", clicked);
button.removeEventListener("click", (event) => event.clientX);
