/** The frame of every page. Nothing in it is inline, so the policy of the widget is that of the pages. */
import { posix } from "node:path";
import { CONSOLE, GROUPS, address } from "./pages.mjs";

export const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** `titles` are those of all pages by file; `policy` is the Content-Security-Policy. */
export function frame({ file, title, html, outline, examples }, titles, policy) {
  const here = address(file);
  const to = (path) => posix.relative(posix.dirname(here), path) || posix.basename(path);
  const link = (path, text) => `<a href="${to(path)}"${path === here ? ' aria-current="page"' : ""}>${escape(text)}</a>`;
  const order = GROUPS.flatMap(([, files]) => files);
  const at = order.indexOf(file);
  const beside = (step, words) => {
    const other = at >= 0 && order[at + step];
    return other ? `<span>${words}: ${link(address(other), titles.get(other))}</span>` : "";
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">${head(policy, to("assets/icon.svg"))}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title === "barge-in" ? "barge-in: supervisor barge-in for Genesys Web Services" : `${title} · barge-in`)}</title>
<link rel="stylesheet" href="${to("assets/site.css")}">
${examples.styles.map((path) => `<link rel="stylesheet" href="${to(path)}">\n`).join("")}<script type="module" src="${to("assets/search.js")}"></script>
${examples.count ? `<script type="module" src="${to("assets/live.js")}"></script>\n` : ""}</head>
<body>
<header>
<a class="name" href="${to("index.html")}">barge-in</a>
<form role="search" hidden>
<input type="search" name="q" aria-label="Search the documentation" placeholder="Search" autocomplete="off">
<div class="found" role="status"></div>
</form>
<a class="to-pages" href="#pages">Pages</a>
</header>
<main>
${html}<p class="beside">${beside(-1, "Before")} ${beside(1, "Next")}</p>
</main>
<nav id="pages" aria-label="Pages">
${GROUPS.map(([name, files]) => group(name, files.map((file) => link(address(file), titles.get(file))), name === "See it" ? [link(CONSOLE, "Console demo")] : [])).join("\n")}
</nav>
${outline.length > 2 ? `<nav class="outline" aria-label="On this page">\n<ul>${outline.map(({ id, heading }) => `<li><a href="#${id}">${escape(heading)}</a></li>`).join("")}</ul>\n</nav>\n` : ""}</body>
</html>
`;
}

/** What the head of every page has, the console's too. */
export const head = (policy, icon) => `
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<link rel="icon" type="image/svg+xml" href="${icon}">`;

function group(name, links, more) {
  return `<h2>${name}</h2>\n<ul>${[...links, ...more].map((link) => `<li>${link}</li>`).join("")}</ul>`;
}
