/** A browser with a back/forward cache, which Playwright's browser usually lacks. */
import { launch } from "../support/browser.mjs";

export function launchPutAway() {
  return launch({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });
}
