/** The index of the search: an entry for each section, and for each row of a table that begins with a name. */
import MiniSearch from "minisearch";
import { OPTIONS } from "./assets/search-options.js";
import { address } from "./pages.mjs";

/** The index as JSON text. */
export function index(pages) {
  const search = new MiniSearch(OPTIONS);
  for (const { file, title, sections } of pages) {
    sections.forEach(({ id, heading, text }) => search.add({ id: `${address(file)}#${id}`, title, heading, text }));
  }
  return JSON.stringify(search);
}
