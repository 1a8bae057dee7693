/** @jsxImportSource preact */
import { createRef } from "preact";
import type { BargeInButton } from "barge-in";
import type {} from "barge-in/preact"; // types of the tag

export const tag = (
  <barge-in-button
    ref={createRef<BargeInButton>()}
    key="one"
    class="a"
    role="group"
    onClick={(event) => event.clientX}
    onFocus={(event) => event.relatedTarget}
    sessionId="s"
    base-url="https://gws.example.com"
    modes
    requestHeaders={{ Authorization: "Bearer x" }}
    onbarge-in-error={(event) => event.detail.kind}
  />
);

export const mistakes = [
  // @ts-expect-error: none of the three
  <barge-in-button confirm="yes" />,
  // @ts-expect-error: its detail has no `id`
  <barge-in-button onbarge-in-error={(event) => event.detail.id} />,
  // @ts-expect-error: ms
  <barge-in-button request-timeout={{}} />,
];
