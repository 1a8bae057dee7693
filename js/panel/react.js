"use client";
/** `<barge-in-panel>` as a component of React. A server renders the tag and its children. */
import { BargeInPanel as BargeInElement, definePanel } from "./panel-index.js";
import { component } from "./react-element.js";

export const BargeInPanel = component("BargeInPanel", {
  tag: "barge-in-panel",
  attributes: BargeInElement.observedAttributes,
  properties: ["requestHeaders", "strings", "cannedReplies"],
  events: ["request", "change", "joined", "error", "connection", "send", "sent", "message-state", "unread", "left"],
  define: definePanel,
});
