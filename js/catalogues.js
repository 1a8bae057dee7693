/** The languages' texts for bundlers: separate modules, which they find and include. */
export const CATALOGUES = {
  ar: () => import("./locales/ar.js"),
  de: () => import("./locales/de.js"),
  es: () => import("./locales/es.js"),
  fr: () => import("./locales/fr.js"),
  he: () => import("./locales/he.js"),
  it: () => import("./locales/it.js"),
  ja: () => import("./locales/ja.js"),
  "pt-BR": () => import("./locales/pt-BR.js"),
  "zh-Hans": () => import("./locales/zh-Hans.js"),
};

/** Loads the texts of a language. */
export const texts = async (name) => (await CATALOGUES[name]()).default;
