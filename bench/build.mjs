/**
 * Builds the site of the benchmark in `target/bench/site`: a folder per contestant with all its downloads,
 * precompressed, and the same pages for each.
 */
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { dist, root } from "../e2e/support/paths.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
export const site = join(root, "target/bench/site");
export const CONTESTANTS = { element: "barge-in", react: "React 19 + cometd", preact: "Preact + cometd" };
export const PANELS = { panel: "barge-in", "react-panel": "React 19 + cometd" };

/** How many buttons a page has, and the id of its n-th session. */
export const COUNTS = [1, 50];
export const sessionId = (n) => `bench-${n + 1}`;

const target = ["chrome123", "firefox128", "safari17.5"]; // as the element's own

/** Builds everything; returns the sizes of each contestant's button or panel as `{ raw, gzip, brotli }`. */
export async function buildSite() {
  await rm(site, { recursive: true, force: true });
  await Promise.all([
    copied("element", ["define.js", "barge-in.wasm"]),
    copied("panel", ["panel.js", "barge-in-panel.wasm"]),
    rival("react", "react.jsx", "react"),
    rival("preact", "preact.jsx", "preact"),
    rival("react-panel", "panel/panel.jsx", "react"),
  ]);
  const bytes = {};
  for (const name in CONTESTANTS) {
    for (const count of COUNTS) {
      await writeFile(join(site, `${name}-${count}.html`), page(name, count));
      await writeFile(join(site, `${name}-fed-${count}.html`), page(name, count, ' transport="host"'));
    }
  }
  await writeFile(join(site, "panel.css"), "barge-in-panel { height: 660px }");
  for (const name in PANELS) await writeFile(join(site, `${name}.html`), panelPage(name));
  for (const name in { ...CONTESTANTS, ...PANELS }) bytes[name] = await compress(join(site, name));
  await writeFile(join(site, "blank.html"), "<!doctype html><title>Blank</title>");
  return bytes;
}

/** The downloads of an English page; any other language adds one small file. */
async function copied(name, files) {
  await mkdir(join(site, name), { recursive: true });
  for (const file of files) await cp(join(dist, file), join(site, name, file));
}

async function rival(name, entry, importSource) {
  await build({
    entryPoints: [join(here, "rivals", entry)],
    outfile: join(site, name, "define.js"),
    bundle: true,
    format: "esm",
    minify: true,
    legalComments: "none",
    target,
    define: { "process.env.NODE_ENV": '"production"' },
    jsx: "automatic",
    jsxImportSource: importSource,
    plugins: [{ name: "css", setup: minifiedCss }],
    logLevel: "warning",
  });
}

function minifiedCss(esbuild) {
  esbuild.onLoad({ filter: /\.css$/ }, async ({ path }) => {
    const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true, target });
    return { contents: code, loader: "text" };
  });
}

async function compress(folder) {
  const sum = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of await readdir(folder)) {
    const bytes = await readFile(join(folder, file));
    const mode = extname(file) === ".wasm" ? constants.BROTLI_MODE_GENERIC : constants.BROTLI_MODE_TEXT;
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_MODE]: mode,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    const brotli = brotliCompressSync(bytes, { params });
    await writeFile(join(folder, `${file}.br`), brotli);
    sum.raw += bytes.length;
    sum.gzip += gzipSync(bytes, { level: 9 }).length;
    sum.brotli += brotli.length;
  }
  return sum;
}

function page(name, count, attributes = "") {
  const buttons = Array.from({ length: count }, (_, n) => {
    const id = sessionId(n);
    return `    <p>${id} <barge-in-button id="${id}" session-id="${id}"${attributes}></barge-in-button></p>`;
  });
  return html(name, "barge-in.wasm", `${count} × ${CONTESTANTS[name]}`, buttons.join("\n"));
}

/** A panel that fills the window. The rival does not limit a message, so barge-in's may be long. */
function panelPage(name) {
  const panel = `    <barge-in-panel id="panel" session-id="${sessionId(0)}" max-length="100000"></barge-in-panel>`;
  const style = `\n    <link rel="stylesheet" href="/panel.css" />`;
  return html(name, "barge-in-panel.wasm", `The panel of ${PANELS[name]}`, panel, style);
}

function html(name, wasm, title, body, style = "") {
  // As in docs/embedding.md; the rivals load only their script.
  const isOwn = name === "element" || name === "panel";
  const preload = isOwn ? `\n    <link rel="preload" as="fetch" crossorigin href="/${name}/${wasm}" />` : "";
  const script = name === "panel" ? "panel.js" : "define.js";
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${title}</title>${style}${preload}
    <script type="module" src="/${name}/${script}"></script>
  </head>
  <body>
${body}
  </body>
</html>
`;
}
