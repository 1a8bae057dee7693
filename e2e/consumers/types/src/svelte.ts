// Svelte checks a tag's attributes against this type.
import type { SvelteHTMLElements } from "svelte/elements";
import type {} from "barge-in/svelte";

type Attributes = SvelteHTMLElements["barge-in-button"];

export const tag: Attributes = {
  id: "one",
  class: "a",
  role: "group",
  onclick: (event) => event.clientX,
  "session-id": "s",
  sessionId: "s",
  modes: true,
  requestHeaders: async () => ({ Authorization: "Bearer x" }),
  "onbarge-in-joined": (event) => event.detail.requestMs,
};

export const mistakes: Attributes[] = [
  // @ts-expect-error: none of the three
  { confirm: "yes" },
  // @ts-expect-error: its detail has no `id`
  { "onbarge-in-joined": (event) => event.detail.id },
  // @ts-expect-error: ms
  { "request-timeout": "soon" },
];
