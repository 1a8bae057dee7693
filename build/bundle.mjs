/**
 * Writes the npm package from the output of wasm-bindgen and the files in `js/` and `npm/`:
 *
 *     node build/bundle.mjs WASM_DIR PANEL_DIR OUT_DIR VERSION [--no-terser]
 *
 * `WASM_DIR` holds `barge_in.js`, the optimised `barge_in_bg.wasm`, `texts.json` with the English texts of the
 * component, and, if `wasm-opt` shortened the names of imports and exports, `names.json` with them. `PANEL_DIR` holds
 * the same of the file with both elements. `OUT_DIR` is emptied first.
 */
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { minify } from "terser";
import { GLOBALS, capture, captured, left } from "./capture.mjs";
import { catalogues, panelCatalogues } from "./catalogues.mjs";
import { argTypes, cssData, htmlData, webTypes } from "./editors.mjs";
import { adapt } from "./glue.mjs";
import { manifest, typeNames } from "./manifest.mjs";
import { tables } from "./tables.mjs";
import { MADE, declarations, panelDeclarations } from "./types.mjs";

const [wasmDir, panelDir, out, version, option] = process.argv.slice(2);
if (!version) throw new Error("usage: node build/bundle.mjs WASM_DIR PANEL_DIR OUT_DIR VERSION [--no-terser]");
const root = fileURLToPath(new URL("..", import.meta.url));
const js = join(root, "js");
const npm = join(root, "npm");
const target = ["chrome123", "firefox128", "safari17.5"];
const preamble = `/*! barge-in ${version} | MIT OR Apache-2.0 */`;
const TYPES = [
  "types", "define", "panel-define", "panel-inline", "panel-react", "cometd", "inline", "server", "placeholder", "testing", "jsx", "react-element", "react",
  "preact", "vue", "svelte", "solid",
].map((name) => `${name}.d.ts`);

/** For self-contained files, which load no other file. */
const NOWHERE = { "import.meta.url": "undefined" };

const json = JSON.stringify;
const sri = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;

const text = (file, folder = wasmDir) => readFile(join(folder, file), "utf8");
const wasm = await readFile(join(wasmDir, "barge_in_bg.wasm"));
const panelWasm = await readFile(join(panelDir, "barge_in_bg.wasm"));
const texts = await catalogues(Object.fromEntries(JSON.parse(await text("texts.json"))));
const { en, ...translations } = texts;
const panelTexts = Object.fromEntries(JSON.parse(await text("texts.json", panelDir)));
const panelOnly = await panelCatalogues(panelTexts);
/** What a page with a panel loads of a language: the texts of both elements. */
const bothTexts = Object.fromEntries(Object.keys(texts).map((name) => [name, { ...texts[name], ...panelOnly[name] }]));
const { en: _, ...bothTranslations } = bothTexts;
const glueOf = async (folder) => adapt(await text("barge_in.js", folder), JSON.parse((await text("names.json", folder)) || "null"));

await rm(out, { recursive: true, force: true });
await mkdir(join(out, "locales"), { recursive: true });
await writeFile(join(out, "barge-in.wasm"), wasm);
await writeFile(join(out, "barge-in-panel.wasm"), panelWasm);
await mkdir(join(out, "locales-panel"));
const digests = await locales("locales", texts);
const panelDigests = await locales("locales-panel", bothTexts);

/** For the files with a panel. */
const PANEL = { WASM_INTEGRITY: json(sri(panelWasm)), LOCALES: json("locales-panel") };

/** In the files that hold both elements, the WebAssembly with both takes the place of the button's. */
const BOTH = join(js, "panel/exports.js");

/** Generated modules that such a file has of both elements. */
const OF_BOTH = new Set(["barge-in-base64", "barge-in-digests", "barge-in-texts"]);

/** Generated modules that the sources import. */
const VIRTUAL = {
  "barge-in-wasm": await glueOf(wasmDir),
  "barge-in-panel-wasm": await glueOf(panelDir),
  "barge-in-base64": json(wasm.toString("base64")),
  "barge-in-panel-base64": json(panelWasm.toString("base64")),
  "barge-in-digests": json(digests),
  "barge-in-panel-digests": json(panelDigests),
  "barge-in-english": json(bothTexts.en),
  "barge-in-labels": json(labels()),
  "barge-in-texts": json(translations),
  "barge-in-panel-texts": json(bothTranslations),
};

await Promise.all([
  bundle("index.js", "index.js", "catalogues.js"),
  bundle("server.js", "server.js", "catalogues.js"),
  bundle("standalone.js", "define.js", "catalogues-checked.js", { REPLACEABLE: "false" }),
  bundle("inline.js", "inline.js", "catalogues-within.js", { ...NOWHERE, REPLACEABLE: "false" }),
  bundle("panel/index.js", "panel-index.js", "catalogues.js", PANEL),
  bundle("panel/standalone.js", "panel.js", "catalogues-checked.js", { ...PANEL, REPLACEABLE: "false" }, BOTH),
  bundle("panel/inline.js", "panel-inline.js", "catalogues-within.js", { ...PANEL, ...NOWHERE, REPLACEABLE: "false" }, BOTH),
  testing(),
  statics(),
  described(),
]);
await commonjs();
await documents(await hashes());

/** Terser runs after esbuild, because it inlines functions that are called once. The class keeps its name for the browser's developer tools. */
async function bundle(entry, file, catalogues, define = {}, wasmModule = undefined) {
  const { outputFiles } = await build({
    entryPoints: [join(js, entry)],
    write: false,
    bundle: true,
    format: "esm",
    minifySyntax: true,
    charset: "utf8",
    legalComments: "none",
    target,
    define: { VERSION: json(version), WASM_INTEGRITY: json(sri(wasm)), REPLACEABLE: "true", LOCALES: json("locales"), ...captured, ...define },
    external: ["./locales/*", "./locales-panel/*"],
    alias: { "barge-in-catalogues": join(js, catalogues), "barge-in-place": join(js, wasmModule ? "panel/place.js" : "place.js") },
    plugins: [
      ...(entry === "panel/index.js" ? [{ name: "shared", setup: sharing }] : []),
      { name: "barge-in", setup: (esbuild) => sources(esbuild, wasmModule) },
    ],
    logLevel: "warning",
  });
  const whole = await capture(outputFiles[0].text);
  const { code } = await (option === "--no-terser"
    ? transform(whole, { minify: true, format: "esm", target, charset: "utf8", banner: preamble })
    : minify(whole, { module: true, ecma: 2022, compress: { passes: 3 }, mangle: { reserved: [...GLOBALS, "BargeInButton"] }, format: { preamble } }));
  const names = await left(code);
  if (names.length) throw new Error(`${file} still reads ${names} from the page`);
  await writeFile(join(out, file), code);
}

/** What the panel shares with the button comes from `index.js`, so that a page with both has it once. */
function sharing(esbuild) {
  esbuild.onResolve({ filter: /^\.\.\/index\.js$/ }, () => ({ path: "./index.js", external: true }));
}

/** `testing.js`, around the elements of `panel-index.js`. Not minified, as it never runs in a user's page. */
async function testing() {
  await build({
    entryPoints: [join(js, "testing.js")],
    outfile: join(out, "testing.js"),
    bundle: true,
    format: "esm",
    charset: "utf8",
    plugins: [{ name: "shared", setup: around }, { name: "barge-in", setup: sources }],
    logLevel: "warning",
  });
  function around(esbuild) {
    esbuild.onResolve({ filter: /^\.\/panel\/index\.js$/ }, () => ({ path: "./panel-index.js", external: true }));
  }
}

/**
 * The package as CommonJS, in which Jest runs tests. These files load no other file. Each is named after its import
 * path, so that one rule maps one to the other.
 */
async function commonjs() {
  const entries = {
    "barge-in": "index",
    "barge-in/define": "register",
    "barge-in/inline": "register",
    "barge-in/panel": "panel-index",
    "barge-in/panel/define": "register-panel",
    "barge-in/panel/react": "react-panel",
    "barge-in/cometd": "cometd",
    "barge-in/react": "react",
    "barge-in/server": "server",
    "barge-in/testing": "testing",
  };
  await build({
    entryPoints: Object.entries(entries).map(([name, file]) => ({ in: join(out, `${file}.js`), out: name })),
    outdir: join(out, "cjs"),
    outExtension: { ".js": ".cjs" },
    bundle: true,
    format: "cjs",
    charset: "utf8",
    define: NOWHERE,
    external: ["react"],
    plugins: [{ name: "shared", setup: shared }],
    logLevel: "warning",
  });
  // Two elements, as the module that it stands for.
  const both = 'require("../define.cjs");\nmodule.exports = require("./define.cjs");\n';
  await writeFile(join(out, "cjs/barge-in/panel/inline.cjs"), both);
  function shared(esbuild) {
    const placeOf = (path) => Object.keys(entries).find((name) => entries[name] === basename(path, ".js"));
    esbuild.onResolve({ filter: /^\.\/(index|panel-index|server)\.js$/ }, ({ path, importer }) => {
      return { path: `./${relative(dirname(placeOf(importer)), `${placeOf(path)}.cjs`)}`, external: true };
    });
  }
}

function sources(esbuild, wasmModule) {
  const filter = new RegExp(`^(${Object.keys(VIRTUAL).join("|")})$`);
  esbuild.onResolve({ filter }, ({ path }) => {
    if (path === "barge-in-wasm" && wasmModule) return { path: wasmModule };
    if (wasmModule && OF_BOTH.has(path)) return { path: path.replace("barge-in", "barge-in-panel"), namespace: "virtual" };
    return { path, namespace: "virtual" };
  });
  esbuild.onLoad({ filter: /.*/, namespace: "virtual" }, ({ path }) => ({
    contents: VIRTUAL[path],
    loader: path.endsWith("-wasm") ? "js" : "json",
  }));
  esbuild.onLoad({ filter: /\.css$/ }, async ({ path }) => ({ contents: await css(path), loader: "text" }));
}

async function css(path) {
  const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true, target });
  return code;
}

/**
 * The style of the server-rendered button, which is `disabled`: that of the component, until the element is defined. Of a panel
 * there is only its room, which what the page writes between its tags does not enlarge.
 */
async function placeholderCss() {
  const inside = await css(join(root, "src/components/barge-in.css"));
  const button = inside.replace(/:host(?:\((.*?)\))?/g, "barge-in-button:not(:defined)$1").replaceAll("[aria-disabled=true]", ":disabled");
  const [, room] = /:host:before\{(.*?)\}/.exec(await css(join(root, "src/panel/panel.css")));
  const panel = "barge-in-panel:not(:defined):not([hidden])";
  return `${button}${panel}{display:flow-root}${panel}:before{float:left;${room}}\n`;
}

/** The visible labels of each language, so that the buttons have their final size before the catalogue is loaded. */
function labels() {
  const visible = (all) => ["barge-in", "monitor", "coach"].map((key) => all[key]);
  return Object.fromEntries(Object.entries(translations).map(([name, all]) => [name, visible(all)]));
}

/**
 * The catalogues, each a module with its texts as JSON, so that it can be imported or read as data. Returns their
 * digests by name. English is built in; its file is for people who write another language.
 */
async function locales(folder, texts) {
  const digests = {};
  for (const [name, keyed] of Object.entries(texts)) {
    const code = `export default ${json(keyed)}`;
    await writeFile(join(out, folder, `${name}.js`), code);
    // English is compiled in.
    if (name !== "en") digests[name] = createHash("sha256").update(code).digest("base64");
  }
  return digests;
}

/** The descriptions of the element: the manifest, and the types and editors' data generated from it. */
async function described() {
  const named = await typeNames();
  const whole = await manifest([...named, ...MADE]);
  const elements = whole.modules.flatMap(({ declarations = [] }) => declarations).filter(({ tagName }) => tagName);
  const [button] = elements;
  const files = {
    "custom-elements.json": whole,
    "vscode.html-custom-data.json": htmlData(elements),
    "vscode.css-custom-data.json": cssData(elements),
    "web-types.json": webTypes(elements, version),
    "storybook.json": argTypes(elements),
  };
  for (const file in files) await writeFile(join(out, file), `${JSON.stringify(files[file], null, 2)}\n`);
  await writeFile(join(out, "index.d.ts"), declarations(whole, Object.keys(en), named));
  await writeFile(join(out, "panel.d.ts"), panelDeclarations(whole, Object.keys(panelTexts), named));
  const about = tables(button, en, await readFile(join(npm, "types.d.ts"), "utf8"));
  const llms = await readFile(join(npm, "llms.txt"), "utf8");
  await writeFile(join(out, "llms.txt"), filled(llms, (name) => (name === "version" ? version : about[name])));
}

/** A text with each `{{name}}` replaced by its value. */
function filled(text, value) {
  return text.replace(/\{\{(.+?)\}\}/g, (_, name) => {
    const given = value(name);
    if (!given) throw new Error(`nothing is known to fill in for ${name}`);
    return given;
  });
}

async function statics() {
  for (const file of ["register", "cometd", "react", "react-element"]) await cp(join(js, `${file}.js`), join(out, `${file}.js`));
  for (const file of ["register", "react"]) await cp(join(js, `panel/${file}.js`), join(out, `${file}-panel.js`));
  await writeFile(join(out, "placeholder.css"), await placeholderCss());
  for (const file of TYPES) await cp(join(npm, file), join(out, file));
  for (const file of await readdir(root)) {
    if (/^(LICENSE|CHANGELOG)/.test(file)) await cp(join(root, file), join(out, file));
  }
}

async function hashes() {
  const list = {};
  const within = async (folder) => (await readdir(join(out, folder))).map((file) => `${folder}/${file}`);
  const scripts = ["define.js", "index.js", "inline.js", "panel.js", "panel-inline.js"];
  const files = [...scripts, "barge-in.wasm", "barge-in-panel.wasm", ...(await within("locales")), ...(await within("locales-panel"))];
  for (const file of files) list[file] = sri(await readFile(join(out, file)));
  await writeFile(join(out, "sri.json"), `${JSON.stringify(list, null, 2)}\n`);
  return list;
}

/** `package.json` and the documents, with version and hashes inserted. */
async function documents(list) {
  for (const file of ["package.json", "README.md"]) {
    const text = await readFile(join(npm, file), "utf8");
    await writeFile(join(out, file), filled(text, (name) => (name === "version" ? version : list[name.replace("integrity:", "")])));
  }
}
