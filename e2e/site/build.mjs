/** How the site is built: the same from run to run, and what it refuses. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { check } from "../../site/links.mjs";
import { page } from "../../site/markdown.mjs";
import { dist, root } from "../support/paths.mjs";
import { site } from "./site.mjs";

test("it is the same from run to run", () => {
  const again = join(root, "target/e2e", `site-again-${process.pid}`);
  const files = (folder) => readdirSync(folder, { recursive: true }).filter((file) => statSync(join(folder, file)).isFile()).sort();
  try {
    execFileSync("node", ["site/build.mjs", dist, process.env.CONSOLE ?? "target/console", again], { cwd: root });
    assert.deepEqual(files(again), files(site));
    for (const file of files(site)) assert.ok(readFileSync(join(again, file)).equals(readFileSync(join(site, file))), file);
  } finally {
    rmSync(again, { recursive: true, force: true });
  }
});

test("what an example shows is what it runs", () => {
  const markup = '<barge-in-button session-id="1" confirm="dialog"></barge-in-button>\n';
  const script = "console.log(1 < 2);\n";
  const { html, examples } = page("docs/a.md", `# A\n\n\`\`\`html live ready\n${markup}\`\`\`\n\n\`\`\`js live\n${script}\`\`\`\n`);
  assert.ok(html.includes(`<div class="view">\n${markup}</div>`));
  assert.ok(html.includes(`<pre><code>${markup.replaceAll("<", "&lt;").replaceAll('"', "&quot;")}</code></pre>`));
  assert.deepEqual([...examples.files], [["assets/examples/docs-a-1.js", script]]);
});

test("anchors are as on code hosts, and links between documents lead to pages", () => {
  const { html, anchors } = page("docs/a.md", "# A\n\n## `el.state`, and so on\n\n## Twice\n\n## Twice\n\n[b](b.md#c) [root](../README.md) [code](../deny.toml) [out](https://example.com/a.md)\n");
  assert.deepEqual([...anchors], ["top", "a", "elstate-and-so-on", "twice", "twice-1"]);
  for (const href of ["b.html#c", "../index.html", "../deny.toml", "https://example.com/a.md"]) assert.ok(html.includes(`href="${href}"`), href);
});

const fence = (info) => `# A\n\n\`\`\`${info}\n<p></p>\n\`\`\`\n`;
for (const [text, words] of [
  ["no title\n", /docs\/a\.md has no title/],
  ["# A\n\n<b>bold</b>\n", /docs\/a\.md: HTML within Markdown: <b>/],
  [fence("html live sleeping"), /there is no scene sleeping/],
  [fence("html live ready try tickle"), /there is nothing to try by the name tickle/],
  [fence("html live ready hang"), /there is nothing to try by the name hang/],
  [fence("js live"), /no example stands before a live fence of js/],
  [`${fence("html live ready")}${fence("sh live").slice(4)}`, /sh cannot be live/],
]) {
  test(`refused: ${words.source}`, () => assert.throws(() => page("docs/a.md", text), words));
}

test("a link to a heading that does not exist is refused", () => {
  const pages = new Map(["docs/a.md", "docs/b.md"].map((file) => [file, page(file, "# A\n\n## Here\n\n[b](b.md#here)\n")]));
  check(pages);
  pages.set("docs/c.md", page("docs/c.md", "# C\n\n[b](b.md#there)\n"));
  assert.throws(() => check(pages), /docs\/c\.md: docs\/b\.md has no heading #there/);
});
