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

/** How many buttons a page has, and the id of its n-th session. */
export const COUNTS = [1, 50];
export const sessionId = (n) => `bench-${n + 1}`;

const target = ["chrome123", "firefox128", "safari17.5"]; // as the element's own

/** Builds everything; returns the sizes of each contestant's button as `{ raw, gzip, brotli }`. */
export async function buildSite() {
  await rm(site, { recursive: true, force: true });
  await Promise.all([element(), rival("react", "react"), rival("preact", "preact")]);
  const bytes = {};
  for (const name in CONTESTANTS) {
    bytes[name] = await compress(join(site, name));
    for (const count of COUNTS) {
      await writeFile(join(site, `${name}-${count}.html`), page(name, count));
      await writeFile(join(site, `${name}-fed-${count}.html`), page(name, count, ' transport="host"'));
    }
  }
  await writeFile(join(site, "blank.html"), "<!doctype html><title>Blank</title>");
  return bytes;
}

async function element() {
  await mkdir(join(site, "element"), { recursive: true });
  // The downloads of an English page; any other language adds one small file.
  for (const file of ["define.js", "barge-in.wasm"]) await cp(join(dist, file), join(site, "element", file));
}

async function rival(name, importSource) {
  await build({
    entryPoints: [join(here, `rivals/${name}.jsx`)],
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
  // As in docs/embedding.md; the rivals load only their script.
  const preload = name === "element" ? `\n    <link rel="preload" as="fetch" crossorigin href="/element/barge-in.wasm" />` : "";
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${count} × ${CONTESTANTS[name]}</title>${preload}
    <script type="module" src="/${name}/define.js"></script>
  </head>
  <body>
${buttons.join("\n")}
  </body>
</html>
`;
}
