/** The tables of `docs/reference.md` and of `llms.txt`, by name, from the manifest, the English texts and `npm/types.d.ts`. */

export function tables({ attributes, members, events, cssStates, cssParts, cssProperties }, texts, types) {
  const fields = members.filter((one) => one.kind === "field" && !one.attribute);
  const methods = members.filter((one) => one.kind === "method");
  const width = Math.max(...Object.keys(texts).map((key) => key.length)) + 1;
  return {
    attributes: table("attribute, property, type, default, meaning", attributes, (one) => [
      code(one.name), code(one.fieldName), code(one.type.text), one.default ? code(one.default) : "none", one.description,
    ]),
    properties: table("property, type, meaning", fields, (one) => [code(one.name), code(one.type.text), one.description + limits(one)]),
    methods: table("method, meaning", methods, (one) => [code(`${one.name}(${parameters(one)})`), one.description]),
    events: table("event, `detail`, when", events, (one) => [code(one.name), code(/<(\w+)>/.exec(one.type.text)[1]), one.description]),
    states: table("state, meaning", cssStates, (one) => [code(one.name), one.description]),
    parts: table("part, what it is", cssParts, (one) => [code(one.name), one.description]),
    "custom properties": table("property, default, what it sets", cssProperties, (one) => [
      code(one.name), one.default ? code(one.default) : "none", one.description,
    ]),
    types: fence("ts", types.slice(types.indexOf("\n\n")).trim()),
    texts: fence("text", Object.entries(texts).map(([key, text]) => key.padEnd(width) + text).join("\n")),
  };
}

function table(head, list, cells) {
  const row = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const names = head.split(", ");
  return [row(names), `|${"---|".repeat(names.length)}`, ...list.map((one) => row(cells(one)))].join("\n");
}

const code = (text) => `\`${text}\``;

const fence = (language, text) => `\`\`\`${language}\n${text}\n\`\`\``;

const limits = (one) => (one.readonly ? " Read-only." : "") + (one.static ? " Static." : "");

/** `data: object`; an optional parameter has a question mark. */
function parameters({ parameters = [] }) {
  return parameters.map((one) => `${one.name}${one.optional ? "?" : ""}: ${one.type.text}`).join(", ");
}
