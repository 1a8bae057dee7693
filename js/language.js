/**
 * The language of an element: the closest `lang`, across shadow roots, as CSS and screen readers see it.
 *
 * English and all languages' button labels are built in. Every other catalogue is a file of its own, fetched when an
 * element first needs it, so that a page downloads one language.
 */
import { CATALOGUES, texts } from "barge-in-catalogues";
import all from "barge-in-labels";
import { warn } from "./warn.js";

/** Catalogues whose name is not the tag's first subtag. `iw` is the old code of Hebrew, still used by Java. */
const ALIASES = { iw: "he", pt: "pt-BR", zh: "zh-Hans" };

let loaded = { en: {} };
let loading = {};

/** Where there is a panel, catalogues with its texts, too, take the place of the button's. */
export function replaceCatalogues(catalogues) {
  Object.assign(CATALOGUES, catalogues);
  loaded = { en: {} };
  loading = {};
}

/** The catalogue's name for a language tag; `en` if there is none. */
export function match(tag) {
  const key = tag.toLowerCase().replaceAll("_", "-");
  // Traditional Chinese does not fall back to Simplified: in CLDR, too, it falls back to the root, not to `zh`.
  if (/^zh-(hant|tw|hk|mo)\b/.test(key)) return "en";
  const [first] = key.split("-");
  const name = ALIASES[first] ?? first;
  return Object.hasOwn(CATALOGUES, name) ? name : "en";
}

/** The catalogue's name for the closest `lang` of an element. */
export function resolve(element) {
  for (let node = element; node; node = parent(node)) {
    const tag = node.getAttribute?.("lang");
    if (tag !== null && tag !== undefined) return match(tag);
  }
  return "en";
}

/** The labels of a language's buttons, which are available at once. */
export function labels(name) {
  const [bargeIn, monitor, coach] = all[name] ?? [];
  return bargeIn ? { "barge-in": bargeIn, monitor, coach } : {};
}

/** How long the button waits for its texts before it shows English, in ms. */
const PATIENCE = 3000;

/** A promise's value; rejects if it takes too long. */
function inTime(promise) {
  let timer;
  const settled = new Promise((resolve, reject) => {
    timer = setTimeout(reject, PATIENCE);
    promise.then(resolve, reject);
  });
  return settled.finally(() => clearTimeout(timer));
}

/** The texts of a catalogue, or `undefined` while they are loading; `ready` is called when they are loaded. */
export function catalogue(name, ready) {
  if (!Object.hasOwn(loaded, name)) {
    const into = loaded;
    loading[name] ??= inTime(texts(name)).then(
      (found) => {
        into[name] = found;
      },
      () => {
        // English is better than no button. The next page load tries again.
        warn(`the texts for "${name}" could not be loaded.`);
        delete CATALOGUES[name];
      },
    );
    loading[name].then(ready);
  }
  return loaded[name];
}

const watchers = new Set();
let observer;

/** Calls `changed` when any `lang` changes in the element's document or in a shadow root around it; returns a function that stops it. */
export function watch(element, changed) {
  observer ??= new MutationObserver(() => watchers.forEach((watcher) => watcher()));
  for (let root = element.getRootNode(); root; root = root.host?.getRootNode()) {
    observer.observe(root, { subtree: true, attributes: true, attributeFilter: ["lang"] });
  }
  watchers.add(changed);
  return () => {
    watchers.delete(changed);
    if (watchers.size > 0) return;
    observer.disconnect();
    observer = undefined;
  };
}

// As HTML defines it: slots do not count.
const parent = (node) => node.parentNode ?? node.host;
