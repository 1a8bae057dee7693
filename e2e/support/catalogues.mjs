/** The catalogues that a page has asked for, by their paths in the package. */
export const catalogues = (page) => page.evaluate(() => performance.getEntriesByType("resource").map((one) => one.name).filter((name) => name.includes("/locales")).map((name) => name.split("/npm/")[1]));
