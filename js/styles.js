/**
 * One constructed style sheet per document, shared by all elements: the only kind of style that a
 * Content-Security-Policy of `style-src 'self'` lets into a shadow root.
 */
import css from "../src/components/barge-in.css";

const sheets = new WeakMap();

/** Whether the browser is older than what the style sheet needs. Unstyled, the plain button is still to be read. */
export const tooOld = () => CSS?.supports?.("color", "light-dark(red, red)") === false || !document.adoptedStyleSheets;

/** Gives a shadow root the sheet of the document it is in. */
export function adopt(root) {
  const home = root.ownerDocument;
  const view = home.defaultView;
  // A document without a window, a template's say, shows nothing and takes no sheet.
  if (!view || tooOld()) return;
  let sheet = sheets.get(home);
  if (!sheet) {
    // A sheet belongs to the document it was made in; an element may be moved to a pop-up window.
    sheet = new (home === document ? CSSStyleSheet : view.CSSStyleSheet)();
    sheet.replaceSync(css);
    sheets.set(home, sheet);
  }
  root.adoptedStyleSheets = [sheet];
}
