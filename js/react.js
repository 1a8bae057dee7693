"use client";
/** `<barge-in-button>` as a component of React. */
import { BargeInButton as BargeInElement, define } from "./index.js";
import { component } from "./react-element.js";
import { tree } from "./server.js";

export const BargeInButton = component("BargeInButton", {
  tag: "barge-in-button",
  attributes: BargeInElement.observedAttributes,
  properties: ["requestHeaders", "strings"],
  events: ["request", "change", "joined", "error", "connection"],
  define,
  plain: tree,
});
