/** The types of the module, `index.d.ts`, from the manifest; the types that it refers to are in `npm/types.d.ts`. */

/** The types that are generated here. */
export const MADE = ["BargeInEventMap", "BargeInOptions", "BargeInAttributes", "TextKey", "Strings"];

/** The text of `index.d.ts`. `keys` are the keys of the texts, `named` the types of `types.d.ts`. */
export function declarations(manifest, keys, named) {
  const [button, ...functions] = manifest.modules[0].declarations;
  const fields = button.members.filter((one) => one.kind === "field");
  const settable = fields.filter((one) => !one.readonly);
  const { name, tagName } = button;
  return `/**
 * Types of \`<${tagName}>\`, a supervisor's barge-in button for Genesys Web Services (GWS).
 * Importing this module has no side effect: call \`define()\`, or import \`barge-in/define\`.
 */
import type { ${named.join(", ")} } from "./types.js";

export * from "./types.js";

/** The keys of the texts. */
export type TextKey = ${keys.map((key) => `\n  | ${JSON.stringify(key)}`).join("")};

/** Texts by key, in place of the catalogue's. */
export type Strings = { [K in TextKey]?: string | undefined };

/** The element's events. All bubble and cross shadow roots. */
export interface BargeInEventMap {${button.events.map((one) => said(one, `${JSON.stringify(one.name)}: ${one.type.text}`)).join("")}
}

/** The properties that can be set; all may be left out. */
export interface BargeInOptions {${settable.map((one) => said(one, `${one.name}?: ${or(one.type.text, "undefined")}`)).join("")}
}

/** The attributes, for markup that is typed by a framework. */
export interface BargeInAttributes {${button.attributes.map((one) => said(one, `${JSON.stringify(one.name)}?: ${or(inMarkup(one.type.text), "undefined")}`)).join("")}
}

/** ${button.summary} */
export class ${name} extends HTMLElement implements BargeInOptions {${fields.map(field).join("")}
${button.members.filter((one) => one.kind === "method").map((one) => said(one, call(one))).join("")}
}
${functions.map((one) => said(one, `export function ${call(one)}`, "")).join("\n")}

declare global {
  interface HTMLElementTagNameMap {
    "${tagName}": ${name};
  }
  interface GlobalEventHandlersEventMap extends BargeInEventMap {}
}
`;
}

/** The text of `panel.d.ts`. `keys` are the keys of the panel's own texts. */
export function panelDeclarations(manifest, keys, named) {
  const { declarations } = manifest.modules.find((one) => one.path === "panel-index.js");
  const [panel, ...functions] = declarations;
  const fields = panel.members.filter((one) => one.kind === "field");
  const settable = fields.filter((one) => !one.readonly);
  const { name, tagName } = panel;
  return `/**
 * Types of \`<${tagName}>\`, a supervisor's seat for one session. Importing this module registers nothing: call
 * \`definePanel()\`, or import \`barge-in/panel/define\`.
 */
import type { TextKey } from "./index.js";
import type { ${named.join(", ")} } from "./types.js";

export * from "./types.js";
export { BargeInButton, configure, define } from "./index.js";

/** The keys of the panel's own texts, beside those of the button. */
export type PanelTextKey = ${keys.map((key) => `\n  | ${JSON.stringify(key)}`).join("")};

/** Texts by key, in place of the catalogue's. */
export type PanelStrings = { [K in TextKey | PanelTextKey]?: string | undefined };

/** The element's events. All bubble and cross shadow roots. */
export interface BargeInPanelEventMap {${panel.events.map((one) => said(one, `${JSON.stringify(one.name)}: ${one.type.text}`)).join("")}
}

/** The properties that can be set; all may be left out. */
export interface BargeInPanelOptions {${settable.map((one) => said(one, `${one.name}?: ${or(one.type.text, "undefined")}`)).join("")}
}

/** The attributes, for markup that is typed by a framework. */
export interface BargeInPanelAttributes {${panel.attributes.map((one) => said(one, `${JSON.stringify(one.name)}?: ${or(inMarkup(one.type.text), "undefined")}`)).join("")}
}

/** ${panel.summary} */
export class ${name} extends HTMLElement implements BargeInPanelOptions {${fields.map(field).join("")}
${panel.members.filter((one) => one.kind === "method").map((one) => said(one, call(one))).join("")}
}
${functions.map((one) => said(one, `export function ${call(one)}`, "")).join("\n")}

declare global {
  interface HTMLElementTagNameMap {
    "${tagName}": ${name};
  }
  interface GlobalEventHandlersEventMap {${panel.events.filter((one) => /Panel(Send|Sent|MessageState|Unread|Left)Detail/.test(one.type.text)).map((one) => `\n    ${JSON.stringify(one.name)}: ${one.type.text};`).join("")}
  }
}
`;
}

/** A declaration with its description. */
function said({ description, default: value }, text, indent = "  ") {
  const initially = value ? ` Default \`${value}\`.` : "";
  return `\n${indent}/** ${description}${initially} */\n${indent}${text};`;
}

/** Setting a property to null or undefined removes its attribute. */
function field(one) {
  const type = one.type.text;
  if (one.static) return said(one, `static readonly ${one.name}: ${type}`);
  if (one.readonly) return said(one, `readonly ${one.name}: ${type}`);
  return `${said(one, `get ${one.name}(): ${type}`)}\n  set ${one.name}(value: ${or(or(type, "null"), "undefined")});`;
}

function call({ name, parameters = [], return: { type } }) {
  const list = parameters.map((one) => `${one.name}${one.optional ? "?" : ""}: ${one.type.text}`);
  return `${name}(${list.join(", ")}): ${type.text}`;
}

/** The type in markup: a number may be a string, a boolean attribute an empty string. */
function inMarkup(type) {
  return { number: "number | `${number}`", boolean: 'boolean | ""' }[type] ?? or(type, "null");
}

function or(type, other) {
  return type.split(" | ").includes(other) ? type : `${type} | ${other}`;
}
