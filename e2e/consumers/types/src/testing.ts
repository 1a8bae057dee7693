// The entries beside the element.
import { attach } from "barge-in/cometd";
import { BargeInButton } from "barge-in/define";
import { placeholder } from "barge-in/server";
import { press, setState } from "barge-in/testing";
import "barge-in/inline";

const button = new BargeInButton();
export const html: string = placeholder({ lang: "de", confirm: undefined });
await setState(button, { state: "unavailable", reason: "refused" });
await press(button);
// @ts-expect-error: a reason goes with it
await setState(button, { state: "unavailable" });
// @ts-expect-error: no CometD client
attach({}, button);
