/**
 * Markdown as HTML. Headings get the anchors that code hosts give them, links between documents become links between pages,
 * and a fence whose language is followed by `live` becomes an example (`live.mjs`).
 */
import { posix } from "node:path";
import markdownIt from "markdown-it";
import { Examples } from "./live.mjs";
import { address } from "./pages.mjs";
import { escape } from "./template.mjs";

/**
 * A document as a page: `title`, `html`, `outline` (headings of the second level), `anchors`, `sections` (for the search),
 * `links` and `images` (paths from the root), and its `examples`. Throws an Error for what a page cannot have.
 */
export function page(file, text) {
  const found = { file, title: "", outline: [], anchors: new Set(["top"]), sections: [], links: [], images: [], examples: new Examples(file) };
  const markdown = markdownIt({ html: true, typographer: false });
  const tokens = markdown.parse(text, {});
  headings(tokens, found);
  rows(tokens, found);
  cells(tokens);
  for (const token of tokens.flatMap((token) => [token, ...(token.children ?? [])])) reference(token, found);
  Object.assign(markdown.renderer.rules, rules(found));
  found.html = markdown.renderer.render(tokens, markdown.options, {});
  if (!found.title) throw new Error(`${file} has no title`);
  return found;
}

function headings(tokens, found) {
  let section;
  tokens.forEach((token, at) => {
    if (token.type === "heading_open") {
      const inline = tokens[at + 1];
      const heading = plain(inline);
      const level = Number(token.tag[1]);
      const id = level === 1 ? "top" : anchor(slug(heading), found);
      token.attrSet("id", id);
      if (level === 1) {
        found.anchors.add(slug(heading));
        found.title = heading;
      } else {
        linked(inline, id);
      }
      if (level === 2) found.outline.push({ id, heading });
      section = { id, heading, text: "" };
      found.sections.push(section);
    } else if (token.type === "inline" && tokens[at - 1].type !== "heading_open" && section) {
      section.text += `${plain(token)} `;
    }
  });
}

/** Rows that begin with a name have an anchor of their own, below their section's: `attributes.session-id`. */
function rows(tokens, found) {
  let above = "";
  tokens.forEach((token, at) => {
    if (token.type === "heading_open") above = token.attrGet("id");
    if (token.type !== "tr_open" || tokens[at + 1].type !== "td_open") return;
    const [first, ...more] = tokens[at + 2].children;
    if (more.length || first?.type !== "code_inline") return;
    const name = first.content;
    const id = anchor(`${above}.${name.replace(/[^\w-]+/g, "-").replace(/-$/, "")}`, found);
    token.attrSet("id", id);
    const end = tokens.findIndex((one, index) => index > at && one.type === "tr_close");
    const cells = tokens.slice(at + 3, end).filter(({ type }) => type === "inline");
    found.sections.push({ id, heading: name, text: cells.map(plain).join(" ") });
  });
}

/** Columns are aligned by a class, since the policy allows no inline style; a cell without text heads no column. */
function cells(tokens) {
  tokens.forEach((token, at) => {
    const align = /^text-align:(\w+)$/.exec(token.attrGet("style") ?? "")?.[1];
    if (align) token.attrs = [["class", align]];
    if (token.type === "th_open" && !tokens[at + 1].content) token.tag = tokens[at + 2].tag = "td";
  });
}

/** Notes what a link or picture leads to, and has links lead to pages. */
function reference(token, { file, links, images }) {
  const is = token.type === "link_open" ? "href" : token.type === "image" ? "src" : undefined;
  const target = is && token.attrGet(is);
  if (!target || /^\w+:/.test(target)) return;
  const [path, id] = decodeURI(target).split("#");
  const to = path ? posix.join(posix.dirname(file), path) : file;
  if (is === "src") return void images.push(to);
  if (!token.meta?.own) links.push({ to, id });
  token.attrSet("href", (path.endsWith(".md") ? address(path) : path) + (id ? `#${id}` : ""));
}

function rules({ file, examples }) {
  const comment = (tokens, at) => {
    const { content } = tokens[at];
    if (!/^\s*(<!--[^]*?-->\s*)+$/.test(content)) throw new Error(`${file}: HTML within Markdown: ${content.trim()}`);
    return "";
  };
  return {
    html_block: comment,
    html_inline: comment,
    table_open: () => '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>',
    table_close: () => "</table></div>",
    fence: (tokens, at) => {
      const { info, content } = tokens[at];
      const [language, live, ...words] = info.trim().split(/\s+/);
      const source = `<pre><code>${escape(content)}</code></pre>`;
      return live === "live" ? examples.add(language, words, content, source) : source;
    },
  };
}

/** Wraps a heading in a link to itself. */
function linked(inline, id) {
  if (inline.children.some(({ type }) => type === "link_open")) return;
  const Token = inline.constructor;
  const open = new Token("link_open", "a", 1);
  open.attrSet("href", `#${id}`);
  open.meta = { own: true };
  inline.children = [open, ...inline.children, new Token("link_close", "a", -1)];
}

function anchor(wanted, { anchors }) {
  let id = wanted;
  for (let count = 1; anchors.has(id); count++) id = `${wanted}-${count}`;
  anchors.add(id);
  return id;
}

const slug = (heading) => heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(" ", "-");

const plain = ({ children }) => children.map(({ type, content }) => (type === "softbreak" ? " " : content)).join("");
