/**
 * The examples of a page, each from one fence, so that what is shown is what runs:
 *
 * - `html live SCENE [try NAME…]`: the markup itself, before a server in the page that is in this scene (`assets/scenes.js`),
 *   with a button for each thing to try (`assets/tries.js`);
 * - `js live`: a script of its own, run once the examples are there;
 * - `css live`: a style sheet for the example before it.
 */
import { SCENES, words as shown } from "./assets/scenes.js";
import { TRIES } from "./assets/tries.js";
import { address } from "./pages.mjs";

export class Examples {
  count = 0;
  styles = [];
  files = new Map();
  #file;
  #stem;

  constructor(file) {
    this.#file = file;
    this.#stem = `assets/examples/${address(file).replace(/\.html$/, "").replaceAll("/", "-")}`;
  }

  /** The HTML of a live fence; `source` shows its text. */
  add(language, words, text, source) {
    if (language === "html") return this.#example(words, text, source);
    if (!this.count) throw new Error(`${this.#file}: no example stands before a live fence of ${language}`);
    const path = `${this.#stem}-${this.files.size + 1}.${language}`;
    if (language === "js") {
      this.files.set(path, text);
      return `<div class="script" data-src="${path}">${source}</div>`;
    }
    if (language !== "css") throw new Error(`${this.#file}: ${language} cannot be live`);
    this.files.set(path, `#example-${this.count} {\n${text}}\n`);
    this.styles.push(path);
    return source;
  }

  #example([scene, word, ...names], text, source) {
    if (!SCENES[scene]) throw new Error(`${this.#file}: there is no scene ${scene}`);
    const unknown = names.find((name) => !TRIES[name]);
    if (unknown || (word && word !== "try")) throw new Error(`${this.#file}: there is nothing to try by the name ${unknown ?? word}`);
    const number = ++this.count;
    const { press } = SCENES[scene];
    const buttons = names.map((name) => `<button type="button" data-try="${name}">${TRIES[name].label}</button>`);
    return `<div class="example" id="example-${number}" data-scene="${scene}" role="group" aria-label="Example ${number}">
<div class="view">
${text}</div>
<noscript><p>The example runs with JavaScript only.</p></noscript>
<div class="desk" hidden>
<p>Promised${press ? " after a press" : ""}: <code class="promised"${press ? ' data-after="press"' : ""}>${shown(SCENES[scene])}</code>. Seen: <code class="seen"></code></p>
<p class="buttons">${buttons.join("\n")}
<button type="button" class="again">Begin anew</button></p>
<details class="wire"><summary>On the wire</summary><div></div></details>
</div>
${source}</div>
`;
  }
}
