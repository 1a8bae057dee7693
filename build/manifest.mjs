/**
 * Generates the custom elements manifest, `custom-elements.json`, from the JSDoc of the classes in `js/element.js` and
 * `js/panel/element.js`, of `define` and of `configure`. The types and the editors' data are generated from the manifest.
 */
import { readFile } from "node:fs/promises";
import { create, ts } from "@custom-elements-manifest/analyzer";

const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
const byName = (list, name) => list.find((one) => one.name === name);

/** The names that `npm/types.d.ts` exports. */
export async function typeNames() {
  const { statements } = await parse("npm/types.d.ts");
  return statements.map((statement) => statement.name.text);
}

/** The manifest; `types` are the names of all types that the package exports. */
export async function manifest(types) {
  const files = ["js/element.js", "js/define.js", "js/loader.js", "js/panel/element.js", "js/panel/define.js"];
  const sources = await Promise.all(files.map(parse));
  const declared = create({ modules: sources }).modules.flatMap((module) => module.declarations);
  const button = element(byName(declared, "BargeInButton"), reflected(sources[0], ["TEXTS", "TIMES"]));
  const seat = panel(element(byName(declared, "BargeInPanel"), reflected(sources[3], ["WORDS", "NUMBERS"])), button);
  const declarations = [button, ...["define", "configure"].map((name) => method(byName(declared, name)))];
  const names = [...declarations.map((one) => one.name), ...types];
  const path = "index.js";
  const exports = names.map((name) => ({ kind: "js", name, declaration: { name, module: path } }));
  const registers = ({ tagName, name }, module) => ({ kind: "custom-element-definition", name: tagName, declaration: { name, module } });
  const definition = registers(button, path);
  const seats = "panel-index.js";
  const seated = [seat, method(byName(declared, "definePanel"))];
  const seatNames = [...seated.map(({ name }) => name), "PanelStrings", ...types];
  const seatExports = seatNames.map((name) => ({ kind: "js", name, declaration: { name, module: seats } }));
  const module = (path, description, parts) => ({ kind: "javascript-module", path, description, ...parts });
  const modules = [
    module(path, "The class, with no side effect.", { declarations, exports }),
    module("define.js", `Registers \`<${button.tagName}>\`; everything in one file, for script tags.`, { exports: [definition] }),
    module("register.js", `Registers \`<${button.tagName}>\`, for bundlers.`, { exports: [definition] }),
    module(seats, "The panel's class.", { declarations: seated, exports: seatExports }),
    module("panel.js", "Registers both elements; everything in one file, for script tags.", { exports: [definition, registers(seat, seats)] }),
    module("register-panel.js", `Registers \`<${seat.tagName}>\`, for bundlers.`, { exports: [registers(seat, seats)] }),
  ];
  return JSON.parse(JSON.stringify({ schemaVersion: "2.1.0", readme: "README.md", modules }), oneLine);
}

async function parse(path) {
  const text = await readFile(new URL(`../${path}`, import.meta.url), "utf8");
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

/** Events of which a panel tells more than a button. The analyzer gives an inherited event the type of the superclass. */
const RICHER = {
  "barge-in-change": "CustomEvent<PanelChangeDetail>",
  "barge-in-error": "CustomEvent<PanelErrorDetail>",
};

/** The panel's declaration: what the button has, but for the attribute of what is always on, and what is the panel's own. */
function panel(own, button) {
  const added = (name, key = "name") => {
    // What is described anew counts; the rest is the button's, as it stands there.
    const isOwn = (one) => !one.inheritedFrom || (one.description && one.description !== byName(button[name], one.name)?.description);
    const mine = (own[name] ?? []).filter(isOwn).map(({ inheritedFrom, ...rest }) => rest);
    const names = mine.map((one) => one[key]);
    return [...button[name].filter((one) => !names.includes(one[key])), ...mine];
  };
  const members = added("members").filter((one) => one.name !== "modes");
  return {
    ...own,
    attributes: added("attributes").filter((one) => one.name !== "modes"),
    members: members.map((one) => (one.name === "strings" ? { ...one, type: { text: "PanelStrings | undefined" } } : one)),
    events: added("events").map((one) => (RICHER[one.name] ? { ...one, type: { text: RICHER[one.name] } } : one)),
    cssParts: added("cssParts"),
    cssStates: added("cssStates"),
    cssProperties: button.cssProperties,
  };
}

/** The properties in the tables of attributes of a class. The value of an entry, or its first word, is the default. */
function reflected(source, names) {
  const variables = source.statements.filter(ts.isVariableStatement).flatMap((one) => one.declarationList.declarations);
  const tables = variables.filter(({ name }) => names.includes(name.text));
  return tables.flatMap((table) => table.initializer.properties).map((entry) => {
    const [first] = entry.initializer.elements ?? [entry.initializer];
    const value = first.getText();
    return {
      kind: "field",
      name: camel(entry.name.text),
      type: { text: ts.getJSDocType(entry)?.getText() ?? (ts.isNumericLiteral(entry.initializer) ? "number" : "string") },
      default: value === "null" ? undefined : value,
      description: ts.getTextOfJSDocComment(entry.jsDoc?.at(-1)?.comment),
      attribute: entry.name.text,
      reflects: true,
    };
  });
}

/** The class's declaration, without private members, and with the properties that it defines in a loop. */
function element(found, reflected) {
  const hidden = ["configured", "mounted", "told", "attachInternals"];
  const members = found.members.filter((one) => one.privacy !== "private" && !byName(reflected, one.name) && !hidden.includes(one.name));
  for (const one of members) {
    if (one.attribute) one.reflects = true;
    if (one.name === "version") delete one.default;
    if (one.kind === "method") method(one);
  }
  const fields = [...reflected, ...members.filter((one) => one.attribute)];
  return {
    ...found,
    superclass: { name: "HTMLElement", package: "global:" },
    attributes: fields.map(({ name, type, attribute, reflects, kind, ...rest }) => {
      return { name: attribute, fieldName: name, type: { text: type.text.replace(/ \| null$/, "") }, ...rest };
    }),
    members: [...fields, ...members.filter((one) => !one.attribute)],
    // The analyzer also finds the one place that dispatches all events, which has no event name.
    events: found.events.filter((one) => one.description),
  };
}

/** Adds parameters and return types that the analyzer misses. A destructured parameter also appears by its name. */
function method(one) {
  one.parameters = one.parameters?.filter(({ name }) => /^\w+$/.test(name));
  one.return ??= { type: { text: "void" } };
  return one;
}

/** Descriptions are one line. */
function oneLine(key, value) {
  return key === "description" ? value.replace(/\s+/g, " ") : value;
}
