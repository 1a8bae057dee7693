/**
 * For the tests of consoles: puts `<barge-in-button>` into any state, with the events that belong to it. No WebAssembly, no
 * server. Importing this module registers the element; do it before the first one is in the page.
 */
import type {
  BargeInButton,
  BargeInErrorDetail,
  BargeInJoinedDetail,
  Mode,
  Reason,
  State,
} from "./index.js";

export * from "./index.js";

/** What an element is to be in. */
export type Situation = {
  /** Default: `"barge-in"` where the state is `joined`, else `null`. */
  mode?: Mode | null | undefined;
  /** Default: `["SwitchToBargeIn"]` where the state needs it, else none. */
  capabilities?: string[] | undefined;
  /** What the state's own event, `barge-in-joined` or `barge-in-error`, is to say. */
  detail?: Partial<BargeInJoinedDetail & BargeInErrorDetail> | undefined;
} & ({ state: "unavailable"; reason: Reason } | { state: Exclude<State, "unavailable">; reason?: null | undefined });

/**
 * Puts an element of the page into a state. Resolves once `barge-in-change` is told, and after it what belongs to the state:
 * `barge-in-joined`, `barge-in-error` or `barge-in-connection`.
 */
export function setState(element: BargeInButton, situation: Situation): Promise<void>;

/**
 * Presses a button of the element as a person does: tells `barge-in-request` and goes to `pending`, or asks first where
 * `confirm` says so. Nothing comes of it where the button is off.
 */
export function press(element: BargeInButton, part?: "button" | "monitor" | "coach" | "cancel" | "confirm"): Promise<void>;
