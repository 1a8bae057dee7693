/** The languages' texts of both elements, as `../catalogues.js` those of the button: one file a language. */
export const CATALOGUES = {
  ar: () => import("./locales-panel/ar.js"),
  de: () => import("./locales-panel/de.js"),
  es: () => import("./locales-panel/es.js"),
  fr: () => import("./locales-panel/fr.js"),
  he: () => import("./locales-panel/he.js"),
  it: () => import("./locales-panel/it.js"),
  ja: () => import("./locales-panel/ja.js"),
  "pt-BR": () => import("./locales-panel/pt-BR.js"),
  "zh-Hans": () => import("./locales-panel/zh-Hans.js"),
};
