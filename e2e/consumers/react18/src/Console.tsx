import { BargeInButton } from "barge-in/react";
import type { BargeInButton as BargeInElement } from "barge-in";
import { useRef, useState } from "react";

const strings = { joined: "You are in." };

export function Console({ session }: { session: { id: string } }) {
  const [joined, setJoined] = useState("");
  const button = useRef<BargeInElement>(null);
  return (
    <>
      <BargeInButton
        ref={button}
        sessionId={session.id}
        modes={false}
        hidden={false}
        requestHeaders={() => ({ "X-Console": "react18" })}
        strings={strings}
        onBargeInJoined={() => setJoined(button.current!.sessionId!)}
      />
      <output>{joined}</output>
    </>
  );
}
