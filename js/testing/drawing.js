/** The tree of a control in a state: the parts, texts and ARIA attributes that consoles may query. */
import TEXTS from "barge-in-english";
import { placeholder } from "../placeholder.js";
import { words } from "../words.js";

export { TEXTS };

const NEEDED = { monitor: "SwitchToMonitor", coach: "SwitchToCoach", button: "SwitchToBargeIn" };

/** Redraws it into its root. */
export function draw(root, element, { state, mode, reason, capabilities }, { strings }, operation) {
  const text = { ...TEXTS, ...words, ...strings };
  const tree = placeholder(element, reason ?? "", text).firstElementChild;
  tree.setAttribute("data-state", state);
  if (!reason) tree.removeAttribute("data-reason");
  const at = (part) => tree.querySelector(`[part="${part}"]`);

  const operable = state === "ready" || state === "failed";
  for (const part in NEEDED) {
    const button = at(part);
    if (!button) continue;
    if (operable && capabilities.some((one) => one === NEEDED[part] || one === NEEDED[part].replace("To", ""))) {
      button.removeAttribute("aria-disabled");
    }
    if (part === mode || (part === "button" && element.modes && mode === "barge-in")) button.setAttribute("aria-current", "true");
    if (state === "pending" && part === "button") button.setAttribute("aria-busy", "true");
    if (!reason) button.removeAttribute("aria-describedby");
  }
  ask(tree, state === "confirming", text);

  at("reason").textContent = (["refused", "unauthenticated"].includes(reason) ? "" : text[reason]) ?? "";
  at("status").textContent = status(state, mode, operation, element.modes, text);
  at("alert").textContent = alert(state, reason, text);
  root.replaceChildren(tree);
}

/** The question replaces the button. */
function ask(tree, open, text) {
  let row = tree.querySelector('[part="ask"]');
  if (open && !row) {
    row = placeholder({ confirm: "inline" }, "", text).querySelector('[part="ask"]');
    tree.querySelector(".controls").append(row);
  }
  if (!open) return;
  row.hidden = false;
  tree.querySelector('[part="button"]').hidden = true;
}

function status(state, mode, operation, modes, text) {
  if (state === "pending") {
    if (operation === "SwitchToMonitor") return text["pending-monitor"];
    return operation === "SwitchToCoach" ? text["pending-coach"] : text.pending;
  }
  if (state === "joined" || state === "ended") return text[state];
  if (state === "left") return text["left-unknown"];
  if (modes && state === "ready") return { monitor: text.monitoring, coach: text.coaching }[mode] ?? "";
  return "";
}

function alert(state, reason, text) {
  if (reason === "unauthenticated") return text.unauthenticated;
  if (reason === "refused") return text["refused-code"].replace("{code}", "1");
  return state === "failed" ? text["failed-network"] : "";
}

/** Redraws a panel: the modes as those of a button, and below them the parts that a console's tests may look for. */
export function drawSeat(root, element, seen, config, operation) {
  const { state, audience, audiences, participants, transcript, outbox } = seen;
  const text = { ...TEXTS, ...words, ...config.strings };
  const written = root.querySelector('[part="box"]')?.value ?? "";
  draw(root, element, seen, config, operation);
  const people = participants.map((one) => node("li", { part: "participant" }, one.nickname));
  const lines = transcript.map(({ index, visibility, from, ...entry }) => {
    const line = node("li", { part: entry.text === null ? "event" : "line", "data-index": index, "data-visibility": visibility });
    line.append(node("span", { part: "author" }, from?.nickname), node("span", { part: "text" }, entry.text ?? entry.noticeText));
    return line;
  });
  const rows = outbox.filter((row) => row.state !== "sent");
  const unsent = rows.map((row) => node("li", { part: "row", "data-state": row.state, "data-audience": row.audience }));
  root.firstElementChild.append(list("participants", people), list("lines", lines), list("outbox", unsent));
  const over = state === "left" || state === "ended";
  if (audience && !over) {
    const off = audiences.includes(audience) ? {} : { "aria-disabled": "true" };
    const box = node("textarea", { part: "box", "aria-label": text[`box-${audience}`] });
    box.value = written;
    root.firstElementChild.append(box, node("button", { type: "button", part: "send", ...off }, text[`send-${audience}`]));
  }
  if (!over && config.leave !== "none") root.firstElementChild.append(node("button", { type: "button", part: "leave" }, text.leave));
}

function list(part, items) {
  const made = node("ul", { part });
  made.append(...items);
  return made;
}

function node(tag, attributes, text) {
  const made = document.createElement(tag);
  for (const name in attributes) made.setAttribute(name, attributes[name] ?? "");
  made.textContent = text ?? "";
  return made;
}
