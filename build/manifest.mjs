/**
 * Generates the custom elements manifest, `custom-elements.json`, from the JSDoc of the class in `js/element.js` and of
 * `define` and `preload`. The types and the editors' data are generated from the manifest.
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
  const sources = await Promise.all(["js/element.js", "js/define.js", "js/loader.js"].map(parse));
  const declared = create({ modules: sources }).modules.flatMap((module) => module.declarations);
  const button = element(byName(declared, "BargeInButton"), reflected(sources[0]));
  const declarations = [button, ...["define", "configure"].map((name) => method(byName(declared, name)))];
  const names = [...declarations.map((one) => one.name), ...types];
  const path = "index.js";
  const exports = names.map((name) => ({ kind: "js", name, declaration: { name, module: path } }));
  const definition = { kind: "custom-element-definition", name: button.tagName, declaration: { name: button.name, module: path } };
  const module = (path, description, parts) => ({ kind: "javascript-module", path, description, ...parts });
  const modules = [
    module(path, "The class, with no side effect.", { declarations, exports }),
    module("define.js", `Registers \`<${button.tagName}>\`; everything in one file, for script tags.`, { exports: [definition] }),
    module("register.js", `Registers \`<${button.tagName}>\`, for bundlers.`, { exports: [definition] }),
  ];
  return JSON.parse(JSON.stringify({ schemaVersion: "2.1.0", readme: "README.md", modules }), oneLine);
}

async function parse(path) {
  const text = await readFile(new URL(`../${path}`, import.meta.url), "utf8");
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

/** The properties in the tables of attributes in `element.js`. The value of an entry is the default. */
function reflected(source) {
  const variables = source.statements.filter(ts.isVariableStatement).flatMap((one) => one.declarationList.declarations);
  const tables = variables.filter(({ name }) => ["TEXTS", "TIMES"].includes(name.text));
  return tables.flatMap((table) => table.initializer.properties).map((entry) => {
    const value = entry.initializer.getText();
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
  const members = found.members.filter((one) => one.privacy !== "private" && !byName(reflected, one.name));
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
