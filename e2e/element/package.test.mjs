/** What is in the package, without a browser: the manifest, the texts, the style sheet and the docs tell the same. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { dist, root } from "../support/paths.mjs";

const read = (...path) => readFileSync(join(root, ...path), "utf8");
const shipped = (file) => readFileSync(join(dist, file), "utf8");
const all = (text, pattern) => [...new Set([...text.matchAll(pattern)].map((found) => found[1]))].sort();
const names = (list) => list.map((one) => one.name).sort();

const manifest = JSON.parse(shipped("custom-elements.json"));
const element = manifest.modules[0].declarations.find((one) => one.customElement);
const css = read("src/components/barge-in.css");
const rust = ["control.rs", "confirm.rs", "parts.rs"].map((file) => read("src/components", file)).join("\n");

test("the manifest names every custom property of the style sheet", () => {
  assert.deepEqual(names(element.cssProperties), all(css, /var\((--barge-in-[a-z-]+)/g));
});

test("the manifest names every part that the component draws", () => {
  // `{part}` is filled by `Button::look` or by `Line::as_str`.
  const filled = [...all(rust, /=> \("([a-z]+)", Text::/g), ...all(read("src/components/words.rs"), /Self::\w+ => "([a-z]+)"/g)];
  const drawn = all(rust, /\bpart="([a-z-]+)"/g).concat(filled);
  assert.deepEqual(names(element.cssParts), [...new Set(drawn)].sort());
});

test("the standing-in button draws parts of the component only", () => {
  const parts = all(read("js/placeholder.js"), /\bpart: "([a-z-]+)"/g);
  assert.ok(parts.includes("button"));
  for (const part of parts) assert.ok(names(element.cssParts).includes(part), part);
});

test("the manifest names every attribute that the class observes, and its property", () => {
  const source = read("js/element.js");
  const observed = all(source, /^  "?([a-z]+(?:-[a-z]+)*)"?: (?:"|null|\d)/gm).concat(all(source, /^const TIMES = \{ "([a-z-]+)"/gm), all(source, /, "([a-z-]+)": \d+ \};/g), "modes");
  assert.deepEqual(names(element.attributes), [...new Set(observed)].sort());
  for (const attribute of element.attributes) {
    const member = element.members.find((one) => one.attribute === attribute.name);
    assert.equal(member?.name, attribute.fieldName, attribute.name);
  }
});

test("the manifest names the states and the events of the types", () => {
  const types = shipped("index.d.ts");
  const states = /export type State = ([^;]+);/.exec(types)[1];
  assert.deepEqual(names(element.cssStates), all(states, /"([a-z]+)"/g));
  assert.deepEqual(names(element.events), all(types, /^  "(barge-in-[a-z]+)": CustomEvent/gm));
  for (const member of element.members) assert.match(types, new RegExp(`\\b${member.name}\\b`), member.name);
});

test("states, reasons and kinds of the types are the Rust ones", () => {
  const types = shipped("index.d.ts");
  const gws = readdirSync(join(root, "crates/gws/src"), { recursive: true })
    .filter((file) => file.endsWith(".rs"))
    .map((file) => read("crates/gws/src", file))
    .join("\n");
  for (const name of ["State", "Reason", "Kind"]) {
    const typed = name === "Kind" ? "ErrorKind" : name;
    const union = new RegExp(`export type ${typed} =([^;]+);`).exec(types)[1];
    const [, words] = new RegExp(`impl ${name} \\{\\n    /// The public word[^]*?match self \\{([^]*?)\\n        \\}`).exec(gws);
    // What only the element's class can say, as nothing of Rust runs then.
    const own = { State: [], Reason: ["unsupported"], Kind: ["internal", "unsupported"] }[name];
    const element = read("js/element.js");
    for (const word of own) assert.ok(element.includes(`"${word}"`), `${name} ${word}`);
    assert.deepEqual(all(union, /"([a-z-]+)"/g), [...all(words, /"([a-z-]+)"/g), ...own].sort(), name);
  }
});

test("every language has every text, with the same placeholders", async () => {
  const english = Object.fromEntries([...read("src/strings.rs").matchAll(/^    \w+ "([a-z-]+)" "(.*)",$/gm)].map((m) => [m[1], m[2]]));
  assert.ok(Object.keys(english).length > 30);
  const { words } = await import(pathToFileURL(join(root, "js/words.js")));
  for (const key in words) if (key in english) assert.equal(words[key], english[key], key);
  const expected = { ...english, ...words };
  const holders = (text) => all(text, /\{(\w+)\}/g);
  const files = readdirSync(join(dist, "locales"));
  assert.deepEqual(files.sort(), ["ar", "de", "es", "fr", "he", "it", "ja", "pt-BR", "zh-Hans"].map((name) => `${name}.js`));
  for (const file of files) {
    const { default: texts } = await import(pathToFileURL(join(dist, "locales", file)));
    assert.deepEqual(Object.keys(texts).sort(), Object.keys(expected).sort(), file);
    for (const key in texts) {
      assert.deepEqual(holders(texts[key]), holders(expected[key]), `${file} ${key}`);
      assert.ok(texts[key].trim(), `${file} ${key} is empty`);
    }
    // No two reasons or failures share their words.
    const said = Object.keys(texts).filter((key) => /^(failed|unsupported|not|no|refused|un)-|ed$/.test(key)).map((key) => texts[key]);
    assert.equal(new Set(said).size, said.length, file);
  }
});

test("the style sheet names no physical side", () => {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, "");
  const sides = /(?:^|[\s;{-])(?:left|right|top|bottom)\b|\b(?:margin|padding|border)-(?:left|right|top|bottom)|(?:^|\s)(?:min-|max-)?(?:width|height)\s*:|text-align:\s*(?:left|right)|\bfloat\b/gm;
  assert.deepEqual(plain.match(sides), null);
  // Two or more values after a shorthand would name sides by their order.
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
  assert.ok(imports.length > 50);
  assert.ok(exports.length > 10);
  for (const { module = "", name } of [...imports, ...exports]) assert.ok(module.length <= 3 && name.length <= 3, `${module} ${name}`);
});

test("the hashes are those of the files, and the wasm's is built in", () => {
  const hashes = JSON.parse(shipped("sri.json"));
  for (const file in hashes) {
    const bytes = readFileSync(join(dist, file));
    assert.equal(hashes[file], `sha384-${createHash("sha384").update(bytes).digest("base64")}`, file);
  }
  for (const file of ["define.js", "index.js"]) assert.ok(shipped(file).includes(hashes["barge-in.wasm"]), file);
  assert.ok(shipped("README.md").includes(hashes["define.js"]));
});

test("the script-tag file has the catalogues' hashes built in, and each catalogue is a module as well as JSON", async () => {
  const hashes = JSON.parse(shipped("sri.json"));
  for (const file of readdirSync(join(dist, "locales"))) {
    const text = shipped(`locales/${file}`);
    assert.ok(`locales/${file}` in hashes, file);
    assert.ok(shipped("define.js").includes(createHash("sha256").update(text).digest("base64")), file);
    const { default: texts } = await import(pathToFileURL(join(dist, "locales", file)));
    assert.deepEqual(JSON.parse(text.replace("export default ", "")), texts, file);
  }
});

test("package.json leads to files that are there", () => {
  const pack = JSON.parse(shipped("package.json"));
  assert.match(pack.version, /^\d+\.\d+\.\d+/);
  const paths = [pack.main, pack.types, pack.customElements, ...pack.sideEffects];
  for (const target of Object.values(pack.exports)) paths.push(...(typeof target === "string" ? [target] : Object.values(target)));
  for (const path of paths.filter((path) => !path.includes("*"))) assert.ok(existsSync(join(dist, path)), path);
  assert.equal(pack.dependencies, undefined);
});

test("the docs name all there is, and nothing else", () => {
  const reference = read("docs/reference.md");
  const listed = [
    ...element.attributes.map((one) => one.name),
    ...element.members.map((one) => one.name),
    ...["events", "cssParts", "cssStates", "cssProperties"].flatMap((kind) => names(element[kind])),
  ];
  for (const name of listed) assert.ok(reference.includes(`\`${name}`), `docs/reference.md lacks ${name}`);
  const rows = all(reference, /^\| `([^`(]+)/gm);
  for (const row of rows) assert.ok(listed.includes(row), `docs/reference.md names ${row}, which is not in the manifest`);
});

test("the docs explain every reason and every kind of error", () => {
  const types = shipped("index.d.ts");
  const reasons = read("docs/reasons.md");
  for (const name of ["Reason", "ErrorKind"]) {
    const union = new RegExp(`export type ${name} =([^;]+);`).exec(types)[1];
    for (const word of all(union, /"([a-z-]+)"/g)) assert.match(reasons, new RegExp(`^### \`${word}\``, "m"), word);
  }
});
