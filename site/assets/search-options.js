/** How the index is made and read; one place for both, since they must agree. The id of an entry is its address. */
export const OPTIONS = {
  fields: ["heading", "title", "text"],
  storeFields: ["heading", "title"],
  searchOptions: { boost: { heading: 4, title: 2 }, prefix: true, combineWith: "AND" },
};
