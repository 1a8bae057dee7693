/** Waiting for a condition that nobody announces. */
import { setTimeout as pause } from "node:timers/promises";

/** Ms that a wait may take; far more than anything should. */
const PATIENCE = 90_000;

/** Asks until the answer is true, and gives it; fails with what `what` says if it never is. */
export async function eventually(test, what) {
  const begun = Date.now();
  for (;;) {
    const answer = await test();
    if (answer) return answer;
    if (Date.now() - begun > PATIENCE) throw new Error(`waited in vain: ${typeof what === "function" ? await what() : what}`);
    await pause(10);
  }
}
