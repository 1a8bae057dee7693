/** @jsxImportSource react */
import { useRef } from "react";
import type { BargeInButton as Element } from "barge-in";
import { BargeInButton } from "barge-in/react";

export function Tag() {
  const ref = useRef<Element>(null);
  return (
    <barge-in-button
      ref={ref}
      key="one"
      id="one"
      className="a"
      role="group"
      inert
      suppressHydrationWarning
      style={{ color: "red" }}
      aria-label="Barge in"
      data-testid="one"
      onClick={(event) => event.clientX}
      onFocus={(event) => event.relatedTarget}
      onKeyDown={(event) => event.key}
      session-id="s"
      request-timeout="5000"
      confirm="inline"
      modes
      requestHeaders={() => ({ Authorization: "Bearer x" })}
      strings={{ joined: "In" }}
      onbarge-in-joined={(event) => event.detail.confirmMs}
    />
  );
}

export function Component(props: { sessionId?: string }) {
  return <BargeInButton {...props} role="group" onBargeInJoined={(event) => event.detail.confirmMs} onClick={(event) => event.clientX} />;
}

export const mistakes = [
  // @ts-expect-error: none of the three
  <barge-in-button confirm="yes" />,
  // @ts-expect-error: ms
  <barge-in-button request-timeout={{}} />,
  // @ts-expect-error: ms
  <barge-in-button request-timeout="soon" />,
  // @ts-expect-error: its detail has no `id`
  <barge-in-button onbarge-in-joined={(event) => event.detail.id} />,
  // @ts-expect-error: no such text
  <barge-in-button strings={{ joinned: "In" }} />,
  // @ts-expect-error: none of the three
  <BargeInButton confirm="yes" />,
  // @ts-expect-error: its detail has no `id`
  <BargeInButton onBargeInError={(event) => event.detail.id} />,
];
