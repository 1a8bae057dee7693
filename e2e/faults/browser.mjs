/** A browser that keeps the pages it leaves, as a person's does and a tester's usually does not. */
import { launch } from "../support/browser.mjs";

export function launchPutAway() {
  return launch({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });
}
