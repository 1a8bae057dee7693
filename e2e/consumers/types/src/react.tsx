/** @jsxImportSource react */
import { useRef } from "react";
import type { BargeInButton as Element } from "barge-in";
import type { BargeInPanel as PanelElement } from "barge-in/panel";
import { BargeInPanel } from "barge-in/panel/react";
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

export function Panel(props: { sessionId?: string }) {
  const ref = useRef<PanelElement>(null);
  return (
    <BargeInPanel
      {...props}
      ref={ref}
      className="seat"
      links="none"
      maxLength={160}
      strings={{ joined: "In", "send-agents": "Whisper" }}
      cannedReplies={[{ title: "Greeting", text: "Hello", audience: "everyone" }]}
      onBargeInSend={(event) => event.detail.text.trim() || event.preventDefault()}
      onBargeInSent={(event) => event.detail.visibility}
      onBargeInMessageState={({ detail }) => detail.state === "not-allowed" && ref.current?.dirty}
      onBargeInChange={(event) => event.detail.audience}
      onBargeInError={(event) => event.detail.id}
    >
      <span slot="header-end">Case</span>
    </BargeInPanel>
  );
}

export const panelTag = (
  <barge-in-panel
    ref={(element) => void element?.insertText("Hello", "agents")}
    sessionId="s"
    max-length="160"
    cannedReplies={[]}
    onbarge-in-left={(event) => event.detail.endedForCustomer}
  />
);

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
  // @ts-expect-error: always on
  <BargeInPanel modes />,
  // @ts-expect-error: none of the three
  <BargeInPanel links="some" />,
  // @ts-expect-error: its detail has no `words`
  <BargeInPanel onBargeInSend={(event) => event.detail.words} />,
  // @ts-expect-error: a reply has a title
  <BargeInPanel cannedReplies={[{ text: "Hello" }]} />,
  // @ts-expect-error: a button has none
  <BargeInButton onBargeInSent={() => {}} />,
  // @ts-expect-error: its detail has no `text`
  <barge-in-panel onbarge-in-sent={(event) => event.detail.text} />,
];
