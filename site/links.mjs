/** Throws an Error for the first link between these pages (by file) whose heading does not exist. */
export function check(pages) {
  for (const { file, links } of pages.values()) {
    for (const { to, id } of links) {
      if (id && pages.has(to) && !pages.get(to).anchors.has(id)) throw new Error(`${file}: ${to} has no heading #${id}`);
    }
  }
}
