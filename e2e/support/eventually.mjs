/** Polls for a condition. */
import { setTimeout as pause } from "node:timers/promises";

/** The longest wait, in ms; far more than any wait should take. */
const PATIENCE = 90_000;

/** Calls `test` until its result is true, and returns it; fails with the message `what` after `PATIENCE`. */
export async function eventually(test, what) {
  const begun = Date.now();
  for (;;) {
    const answer = await test();
    if (answer) return answer;
    if (Date.now() - begun > PATIENCE) throw new Error(`timed out: ${typeof what === "function" ? await what() : what}`);
    await pause(10);
  }
}
