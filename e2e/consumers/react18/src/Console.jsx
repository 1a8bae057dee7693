import { BargeInButton } from "barge-in/react";
import { useRef, useState } from "react";

const strings = { joined: "You are in." };

export function Console({ session }) {
  const [joined, setJoined] = useState("");
  const button = useRef(null);
  return (
    <>
      <BargeInButton
        ref={button}
        sessionId={session.id}
        requestHeaders={() => ({ "X-Console": "react18" })}
        strings={strings}
        onBargeInJoined={() => setJoined(button.current.sessionId)}
      />
      <output>{joined}</output>
    </>
  );
}
