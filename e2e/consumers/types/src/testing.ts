// The entries beside the element.
import { attach } from "barge-in/cometd";
import { BargeInButton } from "barge-in/define";
import { BargeInPanel } from "barge-in/panel/define";
import { placeholder } from "barge-in/server";
import { press, send, setState } from "barge-in/testing";
import "barge-in/inline";
import { BargeInButton as ButtonInline, BargeInPanel as PanelInline } from "barge-in/panel/inline";

const button = new BargeInButton();
export const inline: [BargeInButton, BargeInPanel] = [new ButtonInline(), new PanelInline()];
export const html: string = placeholder({ lang: "de", confirm: undefined });
await setState(button, { state: "unavailable", reason: "refused" });
await press(button);
const panel = new BargeInPanel();
await setState(panel, { state: "ready", mode: "coach", unread: 2, outbox: [{ id: 1, audience: "agents", state: "sent" }] });
await setState(panel, { state: "left", detail: { endedForCustomer: true } });
await send(panel, "Hello");
await press(panel, "leave");
// @ts-expect-error: a button has no message box
await setState(button, { state: "ready", audience: "agents" });
// @ts-expect-error: a button has none either
await send(button, "Hello");
// @ts-expect-error: no such state of a message
await setState(panel, { state: "ready", outbox: [{ id: 1, audience: "agents", state: "done" }] });
// @ts-expect-error: a reason goes with it
await setState(button, { state: "unavailable" });
// @ts-expect-error: no CometD client
attach({}, button);
