/** The contents of the package, without a browser: manifest, types, class, texts and docs agree. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { renewed } from "../../build/reference.mjs";
import { dist, root } from "../support/paths.mjs";

const read = (...path) => readFileSync(join(root, ...path), "utf8");
const shipped = (file) => readFileSync(join(dist, file), "utf8");
const json = (file) => JSON.parse(shipped(file));
const load = (file) => import(pathToFileURL(join(dist, file)));
const all = (text, pattern) => [...new Set([...text.matchAll(pattern)].map((found) => found[1]))].sort();
const names = (list) => list.map((one) => one.name).sort();

const element = json("custom-elements.json").modules[0].declarations[0];

/** The words of a union type of string literals. */
const words = (type) => all(shipped("types.d.ts").split(`export type ${type} =`)[1].split(";")[0], /"([^"]+)"/g);

test("the attributes of the manifest are those that the class observes, each with its property", async () => {
  const { BargeInButton } = await load("index.js");
  // Lower-case names also count, as frameworks write them; and the language is inherited.
  const attributes = names(element.attributes);
  const small = attributes.map((name) => name.replaceAll("-", ""));
  assert.deepEqual([...new Set(BargeInButton.observedAttributes)].sort(), [...new Set([...attributes, ...small, "lang"])].sort());
  for (const { name, fieldName } of element.attributes) {
    assert.equal(element.members.find((one) => one.attribute === name)?.name, fieldName, name);
  }
});

test("the members of the manifest are those of the class, and all are described", async () => {
  const { BargeInButton } = await load("index.js");
  const small = element.attributes.map(({ name }) => name.replaceAll("-", "")).concat("requestheaders");
  const spelt = (name) => names(element.members).includes(name) || !small.includes(name);
  const own = Object.getOwnPropertyNames(BargeInButton.prototype).filter((name) => !/Callback$|^constructor$/.test(name) && spelt(name));
  assert.deepEqual(names(element.members.filter((one) => !one.static)), own.sort());
  assert.deepEqual(names(element.members.filter((one) => one.static)), ["version"]);
  for (const kind of ["attributes", "members", "events", "cssParts", "cssStates", "cssProperties"]) {
    for (const { name, description } of element[kind]) assert.ok(description, `${kind}: ${name} is not described`);
  }
  for (const { name, kind, type } of element.members) assert.ok(kind === "method" || type, `${name} has no type`);
});

test("the states of the manifest are those of the types", () => {
  assert.deepEqual(names(element.cssStates), words("State"));
});

test("the class has a name that the browser's tools can show", async () => {
  for (const file of ["index.js", "define.js"]) assert.equal((await load(file)).BargeInButton.name, "BargeInButton", file);
});

const elements = json("custom-elements.json").modules.flatMap(({ declarations = [] }) => declarations.filter((one) => one.tagName));

const properties = ({ members }) => names(members.filter((one) => one.kind === "field" && !one.static));

test("Storybook's tables have every property of each element, also one with the name of a part", () => {
  const types = json("storybook.json");
  assert.deepEqual(Object.keys(types), ["barge-in-button", "barge-in-panel"]);
  for (const one of elements) {
    const table = types[one.tagName];
    assert.deepEqual(Object.keys(table).sort(), properties(one), one.tagName);
    assert.deepEqual(table.confirm.options, ["none", "inline", "dialog"]);
    assert.equal(table.reason.table.category, "properties");
  }
  const { outbox, enter } = types["barge-in-panel"];
  assert.equal(outbox.control, false);
  assert.deepEqual(enter.options, ["send", "newline"]);
});

test("editors know attributes, properties, events, slots and parts of each element", () => {
  const { tags } = json("vscode.html-custom-data.json");
  const { html, css } = json("web-types.json").contributions;
  const { pseudoElements } = json("vscode.css-custom-data.json");
  assert.ok(tags.length === elements.length && html.elements.length === elements.length);
  elements.forEach((one, at) => {
    const { name, attributes, slots, js } = html.elements[at];
    assert.deepEqual([tags[at].name, name], [one.tagName, one.tagName]);
    for (const list of [tags[at].attributes, attributes]) assert.deepEqual(names(list), names(one.attributes), name);
    assert.deepEqual(names(js.properties), properties(one));
    assert.deepEqual(names(js.events), names(one.events));
    assert.deepEqual(names(slots ?? []), names(one.slots ?? []));
    for (const { name } of one.cssParts) {
      assert.ok(pseudoElements.some((part) => part.name === `::part(${name})`) && css["pseudo-elements"].some((part) => part.name === `part(${name})`), name);
    }
  });
  assert.deepEqual(names(html.elements[1].slots), ["composer-end", "empty", "header-end"]);
});

for (const folder of ["locales", "locales-panel"]) {
  test(`every language has every text, with the same placeholders: ${folder}`, async () => {
    const { default: english } = await load(`${folder}/en.js`);
    assert.ok(Object.keys(english).length > 40);
    const holders = (text) => all(text, /\{(\w+)\}/g);
    const files = readdirSync(join(dist, folder));
    assert.deepEqual(files.sort(), ["ar", "de", "en", "es", "fr", "he", "it", "ja", "pt-BR", "zh-Hans"].map((name) => `${name}.js`));
    for (const file of files) {
      const { default: texts } = await load(`${folder}/${file}`);
      assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort(), file);
      for (const key in texts) {
        assert.deepEqual(holders(texts[key]), holders(english[key]), `${file} ${key}`);
        assert.ok(texts[key].trim(), `${file} ${key} is empty`);
      }
      // No two reasons or failures have the same text.
      const said = Object.keys(texts).filter((key) => /^(failed|unsupported|not|no|refused|un)-|ed$/.test(key)).map((key) => texts[key]);
      assert.equal(new Set(said).size, said.length, file);
    }
  });
}

test("the style sheet uses no physical sides", () => {
  const plain = read("src/components/barge-in.css").replace(/\/\*[\s\S]*?\*\//g, "");
  const sides = /(?:^|[\s;{-])(?:left|right|top|bottom)\b|\b(?:margin|padding|border)-(?:left|right|top|bottom)|(?:^|\s)(?:min-|max-)?(?:width|height)\s*:|text-align:\s*(?:left|right)|\bfloat\b/gm;
  assert.deepEqual(plain.match(sides), null);
  // Two or more values in a shorthand would name sides by their order.
  for (const [declaration] of plain.matchAll(/(?:^|\s)(?:margin|padding|inset|border-radius|border-width)\s*:[^;]+/g)) {
    let value = declaration.slice(declaration.indexOf(":") + 1).trim();
    while (/\([^()]*\)/.test(value)) value = value.replace(/\([^()]*\)/g, "");
    assert.doesNotMatch(value, /\s/, declaration);
  }
});

test("nothing that is shipped evaluates text or writes markup", () => {
  const scripts = readdirSync(dist, { recursive: true }).filter((file) => file.endsWith(".js"));
  assert.ok(scripts.includes("define.js"));
  for (const file of scripts) {
    const text = shipped(file);
    for (const word of [/\beval\s*\(/, /new Function\b/, /[^"'`\w]Function\(/, /\.(inner|outer)HTML\b/, /insertAdjacentHTML/, /document\.write/, /createElement\("style"\)/, /\.cssText/]) {
      assert.ok(!word.test(text), `${file} holds ${word}`);
    }
  }
});

test("the glue marks its nodes with names of its own", () => {
  for (const file of ["define.js", "index.js"]) {
    assert.ok(shipped(file).includes("__bargein_yew_"), file);
    assert.ok(!/\b__yew_/.test(shipped(file)), file);
  }
});

test("what passes between WebAssembly and its glue has short names", () => {
  const module = new WebAssembly.Module(readFileSync(join(dist, "barge-in.wasm")));
  const imports = WebAssembly.Module.imports(module);
  const exports = WebAssembly.Module.exports(module);
  assert.ok(imports.length > 40);
  assert.ok(exports.length > 10);
  for (const { module = "", name } of [...imports, ...exports]) assert.ok(module.length <= 3 && name.length <= 3, `${module} ${name}`);
});

test("the hashes are those of the files, and the wasm's is built in", () => {
  const hashes = json("sri.json");
  for (const file in hashes) {
    const bytes = readFileSync(join(dist, file));
    assert.equal(hashes[file], `sha384-${createHash("sha384").update(bytes).digest("base64")}`, file);
  }
  for (const file of ["define.js", "index.js"]) assert.ok(shipped(file).includes(hashes["barge-in.wasm"]), file);
  assert.ok(shipped("README.md").includes(hashes["define.js"]));
});

test("what a page with a panel loads of a language has the texts of both elements", async () => {
  for (const file of readdirSync(join(dist, "locales"))) {
    const [{ default: button }, { default: both }] = [await load(`locales/${file}`), await load(`locales-panel/${file}`)];
    assert.deepEqual({ ...both, ...button }, both, file);
    assert.ok(both["send-everyone"], file);
    assert.ok(!("send-everyone" in button), file);
  }
});

for (const [folder, script] of [["locales", "define.js"], ["locales-panel", "panel.js"]]) {
  test(`the script-tag file has the hashes of ${folder} built in, and each catalogue is a module as well as JSON`, async () => {
    const hashes = json("sri.json");
    for (const file of readdirSync(join(dist, folder))) {
      if (file === "en.js") continue; // English is built in
      const text = shipped(`${folder}/${file}`);
      assert.ok(`${folder}/${file}` in hashes, file);
      assert.ok(shipped(script).includes(createHash("sha256").update(text).digest("base64")), file);
      const { default: texts } = await import(pathToFileURL(join(dist, folder, file)));
      assert.deepEqual(JSON.parse(text.replace("export default ", "")), texts, file);
    }
  });
}

test("what a page with buttons imports loads nothing of the panel", () => {
  const loaded = (file) => [file, ...all(shipped(file), /\bfrom\s*"\.\/([\w-]+\.js)"|\bimport\s*"\.\/[\w-]+\.js"/g).flatMap(loaded)];
  assert.ok(loaded("react.js").includes("index.js"));
  for (const file of ["index.js", "define.js", "register.js", "inline.js", "react.js"]) {
    for (const one of loaded(file)) assert.doesNotMatch(one + shipped(one), /panel-index|barge-in-panel/, `${file} loads ${one}`);
  }
  assert.ok(loaded("react-panel.js").includes("panel-index.js"));
});

test("the files named in package.json exist", () => {
  const pack = json("package.json");
  assert.match(pack.version, /^\d+\.\d+\.\d+/);
  const paths = [pack.main, pack.types, pack.unpkg, pack.jsdelivr, pack.customElements, pack["web-types"], ...pack.sideEffects];
  paths.push("CHANGELOG.md", "llms.txt");
  for (const target of Object.values(pack.exports)) paths.push(...(typeof target === "string" ? [target] : Object.values(target)));
  for (const path of paths.filter((path) => !path.includes("*"))) assert.ok(existsSync(join(dist, path)), path);
  assert.equal(pack.dependencies, undefined);
});

test("the cheat sheet lists every import of the package", () => {
  const sheet = read("docs/cheat-sheet.md");
  for (const name of Object.keys(json("package.json").exports)) assert.ok(sheet.includes(`\`barge-in${name.slice(1)}\``), name);
});

test("every import path of the elements has its copy for Jest, which gives the same", async () => {
  for (const path of ["", "/define", "/inline", "/panel", "/panel/define", "/panel/inline"]) {
    const module = await load(json("package.json").exports[`.${path}`].default);
    const copy = createRequire(import.meta.url)(join(dist, `cjs/barge-in${path}.cjs`));
    assert.deepEqual(Object.keys(copy).sort(), Object.keys(module).sort(), path);
  }
});

test("the tables of the reference are up to date", async () => {
  for (const file of ["reference.md", "panel.md"]) {
    const now = read(`docs/${file}`) === (await renewed(dist, file));
    assert.ok(now, `docs/${file} is stale: cargo xtask dist && node build/reference.mjs`);
  }
});

test("the docs explain every reason and every kind of error", () => {
  const reasons = read("docs/reasons.md");
  for (const word of [...words("Reason"), ...words("ErrorKind")]) assert.match(reasons, new RegExp(`^### \`${word}\``, "m"), word);
});
