/** Data for editors and Storybook, from the manifest: the elements, their attributes, parts and custom properties. */

const markdown = (value) => ({ kind: "markdown", value });

/** The words that a type allows: those of `"a" | "b"`; none for other types. */
const choices = (type) => [...type.matchAll(/"([^"]+)"/g)].map(([, word]) => word);

const custom = (schema, data) => ({
  $schema: `https://raw.githubusercontent.com/microsoft/${schema}/main/docs/customData.schema.json`,
  version: 1.1,
  ...data,
});

/** `vscode.html-custom-data.json` */
export function htmlData(elements) {
  return custom("vscode-html-languageservice", { tags: elements.map(tag) });
}

function tag({ tagName, summary, attributes }) {
  const list = attributes.map(({ name, type, description }) => ({
    name,
    description: markdown(description),
    // `v` means that the attribute has no value.
    ...(type.text === "boolean" ? { valueSet: "v" } : { values: choices(type.text).map((name) => ({ name })) }),
  }));
  return { name: tagName, description: markdown(summary), attributes: list };
}

/** `vscode.css-custom-data.json` */
export function cssData(elements) {
  const { cssProperties, cssParts, cssStates } = styled(elements);
  const said = (list, name) => list.map((one) => ({ name: name(one.name), description: markdown(described(one)) }));
  return custom("vscode-css-languageservice", {
    properties: said(cssProperties, (name) => name),
    pseudoElements: said(cssParts, (name) => `::part(${name})`),
    pseudoClasses: said(cssStates, (name) => `:state(${name})`),
  });
}

/** `web-types.json`, for JetBrains' editors. */
export function webTypes(elements, version) {
  const { cssProperties, cssParts, cssStates } = styled(elements);
  const typed = ({ name, type, description }) => ({ name, type: type.text, description });
  const element = ({ tagName, summary, attributes, members, events, slots }) => ({
    name: tagName,
    description: summary,
    attributes: attributes.map(({ name, type, default: value, description }) => {
      return { name, description, value: { kind: type.text === "boolean" ? "no-value" : "plain", type: type.text }, default: value };
    }),
    slots: slots?.map(({ name, description }) => ({ name, description })),
    js: {
      properties: members.filter((one) => one.kind === "field" && !one.static).map(typed),
      events: events.map(typed),
    },
  });
  const said = (list, name) => list.map((one) => ({ name: name(one.name), description: described(one) }));
  return {
    $schema: "https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json",
    name: "barge-in",
    version,
    "description-markup": "markdown",
    contributions: {
      html: { elements: elements.map(element) },
      css: {
        properties: said(cssProperties, (name) => name),
        "pseudo-elements": said(cssParts, (name) => `part(${name})`),
        "pseudo-classes": said(cssStates, (name) => `state(${name})`),
      },
    },
  };
}

/** What style sheets can name of any of the elements. What two have in common is said as of the first. */
function styled(elements) {
  const all = (list) => [...new Map(elements.flatMap((one) => one[list] ?? []).reverse().map((one) => [one.name, one])).values()].reverse();
  return { cssProperties: all("cssProperties"), cssParts: all("cssParts"), cssStates: all("cssStates") };
}

/**
 * `storybook.json`: the `argTypes` of a story, by tag. Storybook keys its table only by name, so a part replaces a property of
 * the same name; the story's `argTypes` override both.
 */
export function argTypes(elements) {
  return Object.fromEntries(elements.map(({ tagName, members }) => {
    const list = members.filter((one) => one.kind === "field" && !one.static);
    return [tagName, Object.fromEntries(list.map((one) => [one.name, argType(one)]))];
  }));
}

function argType({ name, type, default: value, description, readonly }) {
  const options = choices(type.text);
  const control = options.length ? "select" : { boolean: "boolean", number: "number", string: "text" }[type.text.split(" | ")[0]];
  return {
    name,
    description,
    ...(options.length && { options }),
    control: readonly ? false : (control ?? "object"),
    table: { category: "properties", type: { summary: type.text }, defaultValue: { summary: value } },
  };
}

function described({ description, default: value }) {
  return value ? `${description} Default \`${value}\`.` : description;
}
