/**
 * `<barge-in-panel>`: the supervisor's seat for one session. What it shares with the button is the button's class;
 * `exports.js` mounts another component for it.
 */
import { BargeInButton } from "../index.js";
import { advise } from "../advice.js";
import panelCss from "../../src/panel/panel.css";
import transcriptCss from "../../src/panel/transcript/transcript.css";
import { keep } from "./seats.js";

/** Attributes with a few allowed words, the default first. */
const WORDS = {
  /**
   * What Enter does in the message box: sends, with Shift+Enter for a new line, or the other way round. Ctrl+Enter and Cmd+Enter
   * always send.
   * @type {"send" | "newline"}
   */
  enter: ["send", "newline"],
  /**
   * What is announced of others' new messages: author and words, how many there are, or nothing.
   * @type {"messages" | "count" | "none"}
   */
  announce: ["messages", "count", "none"],
  /**
   * Whether the others are told that the supervisor is writing: in a chat but not by SMS, always, or never.
   * @type {"auto" | "on" | "off"}
   */
  typing: ["auto", "on", "off"],
  /**
   * Whose http(s) links can be followed: of anybody but the customer, of all, or of nobody.
   * @type {"staff" | "all" | "none"}
   */
  links: ["staff", "all", "none"],
  /**
   * Whether there is a Leave control.
   * @type {"ask" | "none"}
   */
  leave: ["ask", "none"],
};

/** Attributes that hold a number above 0. */
const NUMBERS = {
  /** The most UTF-16 units of one message. */
  "max-length": 4000,
  /** Lines drawn at first, and by each "Show earlier messages". */
  history: 200,
};

const internals = new WeakMap();

const OWN = [...Object.keys(WORDS), ...Object.keys(NUMBERS)];
const small = (name) => name.replaceAll("-", "");
const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/**
 * Who is here, what is said, in which mode one is, and a message box whose readers are unmistakable.
 *
 * @summary A supervisor's seat for one SMS or chat session of Genesys Web Services.
 * @tagname barge-in-panel
 *
 * @fires {CustomEvent<PanelChangeDetail>} barge-in-change - `state`, `mode`, `reason`, `capabilities` or `audience` changed.
 * @fires {CustomEvent<PanelErrorDetail>} barge-in-error - As the button's; also once per message or Leave that ended badly.
 * @fires {CustomEvent<PanelSendDetail>} barge-in-send - A person sends a message. Cancelable: `preventDefault()` stops it, and the
 *   words stay in the box. The only event with words.
 * @fires {CustomEvent<PanelSentDetail>} barge-in-sent - Once per message, when the log has it. To the pressed panel only.
 * @fires {CustomEvent<PanelMessageStateDetail>} barge-in-message-state - A message has another state. To the pressed panel only.
 * @fires {CustomEvent<PanelUnreadDetail>} barge-in-unread - The number of unseen messages of others has changed.
 * @fires {CustomEvent<PanelLeftDetail>} barge-in-left - Once, when the supervisor's own Leave is confirmed.
 *
 * @cssstate coach - The mode is coach.
 * @cssstate agents-only - The message box is for agents.
 * @cssstate everyone - The message box is for everyone.
 * @cssstate stale - What is shown may be out of date.
 *
 * @csspart header - Who the conversation is with, and who is here.
 * @csspart title - The heading.
 * @csspart participants - The list of who is here.
 * @csspart participant - One of them.
 * @csspart modes - The mode control, with the parts of the button.
 * @csspart transcript - Around the log.
 * @csspart lines - The list of lines.
 * @csspart line - A line that was said.
 * @csspart event - A line of joining, leaving or a notice.
 * @csspart author - Who said it.
 * @csspart time - When.
 * @csspart audience - Who could see it, by the log.
 * @csspart text - The words.
 * @csspart link - An address that can be followed.
 * @csspart day - The name of a day, before its first line.
 * @csspart divider - Before the first unseen message.
 * @csspart earlier - Shows earlier messages.
 * @csspart newest - Goes to the unseen messages, and tells their number.
 * @csspart typing - Who is typing.
 * @csspart outbox - The messages that are not in the log yet.
 * @csspart row - One of them.
 * @csspart row-state - How it stands.
 * @csspart resend - Sends it, or sends it again.
 * @csspart edit - Puts its words back into the message box.
 * @csspart discard - Drops it.
 * @csspart composer - Around the message box.
 * @csspart to - The choice of the audience.
 * @csspart to-agents - Agents only.
 * @csspart to-everyone - Everyone.
 * @csspart box - The message box.
 * @csspart readers - Who will read the message, by name.
 * @csspart counter - How many text messages it takes.
 * @csspart canned - The choice of a reply.
 * @csspart move - Moves the words to the other audience.
 * @csspart send - Sends.
 * @csspart leave - Leaves, or ends the conversation.
 *
 * @slot header-end - After the title.
 * @slot composer-end - After the message box.
 * @slot empty - In place of an empty transcript.
 */
export class BargeInPanel extends BargeInButton {
  static observedAttributes = [...(BargeInButton.observedAttributes ?? []), ...OWN, ...OWN.map(small)];

  #component; // calls an export for its component, while it is mounted
  #audience = null;
  #unread = 0;
  #stale = true;
  #replies = [];

  constructor() {
    super();
    this.#adopt();
  }

  /** The class asks for them while it is constructed, and only once; custom states of the panel's own need them, too. */
  attachInternals() {
    const own = super.attachInternals?.();
    internals.set(this, own);
    return own;
  }

  connectedCallback() {
    for (const name of [...OWN, ...OWN.map(small)].map(camel).concat("cannedReplies", "cannedreplies")) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    super.connectedCallback();
  }

  adoptedCallback() {
    super.adoptedCallback();
    this.#adopt();
  }

  /** The modes are always on. */
  get modes() {
    return true;
  }
  set modes(value) {}

  /**
   * Who is in the session, each with a role, whether it is oneself, and whether they see oneself.
   * @type {PanelParticipant[]}
   * @readonly
   */
  get participants() {
    return this.#look("participants", []);
  }
  /**
   * For whom the draft in the message box is; `null` without a message box.
   * @type {Audience | null}
   * @readonly
   */
  get audience() {
    return this.#look("audience", null);
  }
  /**
   * To whom the supervisor may send now.
   * @type {Audience[]}
   * @readonly
   */
  get audiences() {
    return this.#look("audiences", []);
  }
  /**
   * How many messages of others have not been seen.
   * @type {number}
   * @readonly
   */
  get unread() {
    return this.#unread;
  }
  /**
   * Whether something is unsent: a draft, or a message that is not in the log yet.
   * @type {boolean}
   * @readonly
   */
  get dirty() {
    return this.#look("dirty", false);
  }
  /**
   * The messages that are not in the log yet.
   * @type {OutboxRow[]}
   * @readonly
   */
  get outbox() {
    return this.#look("outbox", []);
  }
  /**
   * The known entries of the log, in order.
   * @type {TranscriptEntry[]}
   * @readonly
   */
  get transcript() {
    return this.#ask("transcript") ?? [];
  }
  /**
   * Replies that can be put into the message box.
   * @type {CannedReply[]}
   */
  get cannedReplies() {
    return this.#replies;
  }
  set cannedReplies(value) {
    this.#replies = Array.isArray(value) ? value : [];
    this.#renew();
  }

  /**
   * Inserts text at the caret of the message box; `false`, and nothing happens, unless the box has that audience.
   * @param {string} text
   * @param {Audience} audience
   * @returns {boolean}
   */
  insertText(text, audience) {
    return this.#ask("insert_text", String(text), String(audience)) ?? false;
  }
  /**
   * The known transcript as text.
   * @returns {string}
   */
  copyTranscript() {
    return this.#ask("copy_transcript") ?? "";
  }
  /** Scrolls to the newest message. */
  scrollToNewest() {
    this.#ask("scroll_to_newest");
  }
  /**
   * Focuses the message box, or the first control where there is no box.
   * @param {FocusOptions} [options]
   */
  focus(options) {
    const box = this.shadowRoot.querySelector("[part=box]");
    if (box?.checkVisibility?.() ?? box) box.focus(options);
    else super.focus(options);
  }

  /** The configuration of the component, from that of a button. For `exports.js`. */
  configured(config) {
    const whole = { ...config, cannedReplies: this.#replies, language: languageOf(this) };
    for (const name of OWN) whole[camel(name)] = this[camel(name)];
    return whole;
  }

  /** `call(name, …)` calls an export for the component; none: it is gone. For `exports.js`. */
  mounted(call) {
    this.#component = call;
  }

  /** The component tells something: `emit` is what a button's component would call. For `exports.js`. */
  told(config, emit, name, detail) {
    if (name === "kept") return keep(config, detail);
    if (name === "barge-in-send") return this.#dispatch(name, detail, true);
    if (name !== "barge-in-change") {
      if (name === "barge-in-unread") this.#unread = detail.unread;
      return emit(name, detail);
    }
    const { stale, ...rest } = detail;
    const before = this.#audience;
    this.#audience = rest.audience;
    this.#stale = stale;
    let told = false;
    const listen = () => (told = true);
    // Outside of the class only the event says whether it told the change.
    this.addEventListener(name, listen, { capture: true, once: true });
    emit(name, rest);
    this.removeEventListener(name, listen, { capture: true });
    this.#mirror(rest);
    if (!told && before !== rest.audience) this.#dispatch(name, rest);
  }

  #dispatch(name, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
  }

  #mirror({ mode, audience }) {
    const is = { coach: mode === "coach", "agents-only": audience === "agents", everyone: audience === "everyone", stale: this.#stale };
    try {
      for (const name in is) internals.get(this).states[is[name] ? "add" : "delete"](name);
    } catch {
      // A browser without custom states.
    }
  }

  #adopt() {
    const root = this.shadowRoot;
    const [shared] = root.adoptedStyleSheets ?? [];
    // As of the button: a document without a window accepts no sheet.
    if (!shared || !root.ownerDocument.defaultView) return;
    const sheet = new shared.constructor();
    sheet.replaceSync(panelCss + transcriptCss);
    root.adoptedStyleSheets = [shared, sheet];
  }

  #ask(name, ...args) {
    return this.#component?.(name, ...args);
  }

  #look(name, without) {
    return this.#ask("panel")?.[name] ?? without;
  }

  /** Has the component be given its configuration anew. */
  #renew() {
    this.attributeChangedCallback("enter", null, "");
  }
}

/** The closest language tag, across shadow roots; empty if there is none. */
function languageOf(element) {
  for (let node = element; node; node = node.parentNode ?? node.host) {
    const tag = node.getAttribute?.("lang");
    if (tag !== null && tag !== undefined) return tag;
  }
  return "";
}

/** An attribute, also by its name in small letters. */
function read(element, name) {
  return element.getAttribute(name) ?? element.getAttribute(small(name));
}

function word(element, name) {
  const given = read(element, name);
  const [first] = WORDS[name];
  if (given === null || WORDS[name].includes(given)) return given ?? first;
  // What is not known never does more: no link is live, no typing told, and Leave and its question stay.
  const safe = { links: "none", typing: "off" }[name] ?? first;
  advise(`${name}="${given}" is none of ${WORDS[name].join(", ")}: it counts as ${safe}.`);
  return safe;
}

function number(element, name) {
  const given = read(element, name);
  const value = Number(given ?? NaN);
  if (Number.isInteger(value) && value > 0 && value < 2 ** 31) return value;
  if (given !== null) advise(`${name}="${given}" is no whole number above 0: it counts as ${NUMBERS[name]}.`);
  return NUMBERS[name];
}

for (const name of OWN) {
  const property = {
    get() {
      return name in WORDS ? word(this, name) : number(this, name);
    },
    set(value) {
      if (small(name) !== name) this.removeAttribute(small(name));
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
    configurable: true,
  };
  Object.defineProperty(BargeInPanel.prototype, camel(name), { ...property, enumerable: true });
  if (small(name) !== name) Object.defineProperty(BargeInPanel.prototype, small(name), property);
}
