/** The types of the other entries, checked with the console's own. */
import type { BargeInButton } from "barge-in";
import { placeholder } from "barge-in/server";
import { press, setState } from "barge-in/testing";

export async function used(button: BargeInButton): Promise<string> {
  await setState(button, { state: "unavailable", reason: "refused", capabilities: [] });
  await setState(button, { state: "failed", detail: { kind: "timeout" } });
  // @ts-expect-error a reason goes with `unavailable` only
  await setState(button, { state: "ready", reason: "refused" });
  // @ts-expect-error there is no such part
  await press(button, "leave");
  return placeholder({ modes: true, lang: "de" });
}
