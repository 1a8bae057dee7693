/**
 * One constructed style sheet per document, shared by all elements: the only kind of style without
 * a file of its own that a Content-Security-Policy of `style-src 'self'` allows.
 */
import css from "../src/components/barge-in.css";

const sheets = new WeakMap();

/** Whether the browser is too old for the style sheet. Without styles, the plain button is still readable. */
export const tooOld = () => CSS?.supports?.("color", "light-dark(red, red)") === false || !document.adoptedStyleSheets;

/** Adds the sheet of its document to a shadow root. */
export function adopt(root) {
  const home = root.ownerDocument;
  const view = home.defaultView;
  // A document without a window, such as a template's, renders nothing and accepts no sheet.
  if (!view || tooOld()) return;
  let sheet = sheets.get(home);
  if (!sheet) {
    // A sheet belongs to the document in which it was created; an element may be moved to a pop-up
    // window.
    sheet = new (home === document ? CSSStyleSheet : view.CSSStyleSheet)();
    sheet.replaceSync(css);
    sheets.set(home, sheet);
  }
  root.adoptedStyleSheets = [sheet];
}
