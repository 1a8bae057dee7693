/**
 * For the tests of consoles: puts `<barge-in-button>` or `<barge-in-panel>` into any state, with the events that belong to it. No
 * WebAssembly, no server. Importing this module registers both; do it before the first one is in the page.
 */
import type {
  Audience,
  BargeInButton,
  BargeInErrorDetail,
  BargeInJoinedDetail,
  Mode,
  OutboxRow,
  Reason,
  State,
} from "./index.js";
import type {
  BargeInPanel,
  PanelErrorDetail,
  PanelLeftDetail,
  PanelParticipant,
  PanelSentDetail,
  TranscriptEntry,
} from "./panel.js";

export * from "./index.js";
export * from "./panel.js";

type InState = { state: "unavailable"; reason: Reason } | { state: Exclude<State, "unavailable">; reason?: null | undefined };

/** What an element is to be in. */
export type Situation = InState & {
  /** Default: `"barge-in"` where the state is `joined`, else `null`. */
  mode?: Mode | null | undefined;
  /** Default: `["SwitchToBargeIn"]` where the state needs it, else none; with a panel, also what sends to `audiences`. */
  capabilities?: string[] | undefined;
  /** What the state's own event, `barge-in-joined` or `barge-in-error`, is to say. */
  detail?: Partial<BargeInJoinedDetail & BargeInErrorDetail> | undefined;
};

/** What a panel is to be in. Where nothing else is said, what is left out stays as it was. */
export type PanelSituation = InState & Pick<Situation, "mode" | "capabilities"> & {
  /** To whom may be sent. Default: where the mode changes, agents while coaching, and everyone, too, while barged in. */
  audiences?: Audience[] | undefined;
  /** For whom the box is. Default: as it was where that is allowed, else the first of `audiences`; without one there is no box. */
  audience?: Audience | null | undefined;
  participants?: PanelParticipant[] | undefined;
  transcript?: TranscriptEntry[] | undefined;
  /** What is not in the log yet. A row in state `sent` has `barge-in-sent` told, and is gone. */
  outbox?: OutboxRow[] | undefined;
  unread?: number | undefined;
  fromCustomer?: number | undefined;
  /** Default: whether something is in the box or in the outbox. */
  dirty?: boolean | undefined;
  /** What the events that follow beside `barge-in-change` are to say. */
  detail?: Partial<BargeInJoinedDetail & PanelErrorDetail & PanelSentDetail & PanelLeftDetail> | undefined;
};

/**
 * Puts an element of the page into a state. Resolves once `barge-in-change` is told, and after it what belongs to the state:
 * `barge-in-joined`, `barge-in-error` or `barge-in-connection`; with a panel also `barge-in-message-state`, `barge-in-sent`,
 * `barge-in-unread` or `barge-in-left`.
 */
export function setState(element: BargeInButton, situation: Situation): Promise<void>;
export function setState(element: BargeInPanel, situation: PanelSituation): Promise<void>;

type Part = "button" | "monitor" | "coach" | "cancel" | "confirm";

/**
 * Presses a button of the element as a person does: tells `barge-in-request` and goes to `pending`, or asks first where
 * `confirm` says so. Nothing comes of it where the button is off. Leave does not ask here.
 */
export function press(panel: BargeInPanel, part?: Part | "send" | "leave"): Promise<void>;
export function press(element: BargeInButton, part?: Part): Promise<void>;

/**
 * Writes into a panel's message box and presses Send, as a person does: tells `barge-in-send`, and unless that is cancelled the
 * message is then `sending`. What becomes of it is for `setState`.
 */
export function send(panel: BargeInPanel, text: string): Promise<void>;
