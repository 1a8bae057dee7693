/** The search: the index is fetched when the field first has focus, and asked without any server. */
import MiniSearch from "./minisearch.js";
import { OPTIONS } from "./search-options.js";

const MOST = 12;
const form = document.querySelector("[role=search]");
const field = form.querySelector("input");
const found = form.querySelector(".found");
let index;

form.hidden = false;
field.addEventListener("focus", load);
field.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  field.value = "";
  show();
  field.focus();
});

function load() {
  index ??= fetch(new URL("search.json", import.meta.url)).then(async (answer) => MiniSearch.loadJSON(await answer.text(), OPTIONS));
  return index;
}

/** What a heading is about: of a method its name, without its parameters. */
const named = (heading) => heading.toLowerCase().replace(/\(.*$/, "");

async function show() {
  const asked = field.value.trim();
  if (!asked) return found.replaceChildren();
  const hits = (await load()).search(asked, { boostDocument: (_id, _term, { heading }) => (named(heading) === named(asked) ? 20 : 1) });
  if (asked !== field.value.trim()) return;
  const list = document.createElement("ul");
  list.append(...hits.slice(0, MOST).map(entry));
  found.replaceChildren(hits.length ? list : `Nothing is found for “${asked}”.`);
  found.dataset.asked = asked;
}

function entry({ id, heading, title }) {
  const link = document.createElement("a");
  link.href = new URL(`../${id}`, import.meta.url);
  const name = document.createElement("b");
  name.textContent = heading;
  link.append(name, heading === title ? "" : ` ${title}`);
  const item = document.createElement("li");
  item.append(link);
  return item;
}
