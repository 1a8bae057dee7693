/**
 * Writes the site, a folder of static files:
 *
 *     node site/build.mjs PACKAGE CONSOLE OUT
 *
 * `PACKAGE` is the built npm package and `CONSOLE` the built demo. The documents are the Markdown files of the repository. A
 * page has their address with `.html`, so relative links keep their form; a linked file that is no document is copied. A link
 * or an example that leads nowhere fails the build.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { renewed } from "../build/reference.mjs";
import { check } from "./links.mjs";
import { page } from "./markdown.mjs";
import { GROUPS, address, called } from "./pages.mjs";
import { index } from "./search.mjs";
import { frame, head } from "./template.mjs";

const [shipped, demo, out] = process.argv.slice(2);
if (!out) throw new Error("usage: node site/build.mjs PACKAGE CONSOLE OUT");
const root = fileURLToPath(new URL("..", import.meta.url));
const policy = `${readFileSync(join(root, "tools/gws-sim/src/csp.txt"), "utf8").trim()}; img-src 'self'`;

/** Documents whose tables come from the package's manifest. */
const TABLED = ["docs/reference.md", "docs/panel.md"];

const pages = new Map();
const files = new Set();
const listed = GROUPS.flatMap(([, files]) => files);
const documents = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
for (const name of documents) if (!listed.includes(`docs/${name}`)) throw new Error(`docs/${name} is missing in site/pages.mjs`);
for (const file of listed) await add(file);
check(pages);

rmSync(out, { recursive: true, force: true });
const titles = new Map([...pages].map(([file, { title }]) => [file, called(file, title)]));
for (const page of pages.values()) {
  write(address(page.file), frame(page, titles, policy));
  for (const [path, text] of page.examples.files) write(path, text);
}
for (const file of files) cpSync(join(root, file), join(out, file), { recursive: true });
cpSync(join(root, "site/assets"), join(out, "assets"), { recursive: true });
for (const [from, to] of [["dist/es/index.js", "minisearch.js"], ["LICENSE.txt", "minisearch.LICENSE.txt"]]) {
  cpSync(join(root, "site/node_modules/minisearch", from), join(out, "assets", to));
}
write("assets/search.json", index([...pages.values()]));
cpSync(shipped, join(out, "barge-in"), { recursive: true });
cpSync(demo, join(out, "console"), { recursive: true });
cpSync(join(root, "site/console.js"), join(out, "console/start.js"));
const start = readFileSync(join(demo, "index.html"), "utf8");
write("console/index.html", start.replace("<head>", `<head>${head(policy, "../assets/icon.svg")}`));
console.log(`${pages.size} pages`);

/** Reads a document, and those that it links to. */
async function add(file) {
  if (pages.has(file)) return;
  const text = TABLED.includes(file) ? await renewed(shipped, basename(file)) : readFileSync(join(root, file), "utf8");
  const read = page(file, text);
  pages.set(file, read);
  for (const path of [...read.links.map(({ to }) => to), ...read.images]) {
    if (!existsSync(join(root, path)) || statSync(join(root, path)).isDirectory()) throw new Error(`${file}: ${path} is no file`);
    if (path.endsWith(".md")) await add(path);
    else files.add(path);
  }
}

function write(path, text) {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), text);
}
