/**
 * The plain button shown while WebAssembly is loading, and if it cannot start.
 *
 * It has the same tree and parts as the component, so that the same style sheet gives it the same size and the layout
 * does not shift when the component replaces it.
 */

/** Builds the tree for an element. `text` is the merged catalogue; `problem` says why WebAssembly cannot start. */
export function placeholder(element, reason, text, problem) {
  const id = "barge-in-reason"; // ids are the shadow root's own
  const why = node("span", { part: "reason", id }, text[problem?.key ?? reason]);
  const off = { type: "button", "aria-disabled": "true", "aria-describedby": id };
  const controls = node("div", { class: "controls" });
  if (element.modes) {
    controls.setAttribute("role", "group");
    controls.setAttribute("aria-label", text["supervisor-mode"] ?? "");
    controls.append(
      node("button", { ...off, part: "monitor" }, text["monitor"]),
      node("button", { ...off, part: "coach" }, text["coach"]),
    );
  }
  controls.append(node("button", { ...off, part: "button" }, text["barge-in"]));
  if (element.confirm === "inline") {
    const ask = node("span", { part: "ask", hidden: "" });
    ask.append(
      node("button", { type: "button", part: "cancel" }, text["cancel"]),
      node("button", { type: "button", part: "confirm" }, text["barge-in"]),
    );
    controls.append(ask);
  }
  const base = node("div", { class: "barge-in", part: "base", "data-state": "unavailable", "data-reason": reason });
  base.append(
    controls,
    why,
    node("span", { part: "status", role: "status" }),
    node("span", { part: "alert", role: "alert" }),
  );
  const root = document.createElement("div");
  root.append(base);
  return root;
}

function node(tag, attributes, text) {
  const made = document.createElement(tag);
  for (const name of Object.keys(attributes)) made.setAttribute(name, attributes[name]);
  if (text) made.textContent = text;
  return made;
}
