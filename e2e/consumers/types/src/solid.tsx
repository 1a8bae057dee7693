/** @jsxImportSource solid-js */
import type { BargeInButton } from "barge-in";
import type {} from "barge-in/solid"; // types of the tag

let element: BargeInButton | undefined;

export const tag = () => (
  <barge-in-button
    ref={(one: BargeInButton) => (element = one)}
    class="a"
    role="group"
    onClick={(event) => event.clientX}
    session-id="s"
    request-timeout="5000"
    modes
    prop:requestHeaders={() => ({ Authorization: "Bearer x" })}
    prop:strings={{ joined: "In" }}
    on:barge-in-joined={(event) => event.detail.requestMs}
  />
);

export const mistakes = () => [
  // @ts-expect-error: Solid would make an attribute `sessionid` of it
  <barge-in-button sessionId="s" />,
  // @ts-expect-error: none of the three
  <barge-in-button confirm="yes" />,
  // @ts-expect-error: its detail has no `id`
  <barge-in-button on:barge-in-joined={(event) => event.detail.id} />,
  // @ts-expect-error: no such text
  <barge-in-button prop:strings={{ joinned: "In" }} />,
  element,
];
