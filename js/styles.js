/**
 * One constructed style sheet per document, shared by all elements: the only kind of style that a
 * Content-Security-Policy of `style-src 'self'` lets into a shadow root.
 */
import css from "./barge-in.css";

const sheets = new WeakMap();

/** Gives a shadow root the sheet of the document it is in. */
export function adopt(root) {
  const home = root.ownerDocument;
  let sheet = sheets.get(home);
  if (!sheet) {
    // A sheet belongs to the document it was made in; an element may be moved to a pop-up window.
    sheet = new (home.defaultView ?? window).CSSStyleSheet();
    sheet.replaceSync(css);
    sheets.set(home, sheet);
  }
  root.adoptedStyleSheets = [sheet];
}
