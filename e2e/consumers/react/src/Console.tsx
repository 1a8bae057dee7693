import "barge-in/define";
import type {} from "barge-in/react"; // types of the tag
import { useState } from "react";

const headers = () => ({ "X-Console": "react" });
const strings = { joined: "You are in." };

export function Console({ session }: { session: { id: string } }) {
  const [joined, setJoined] = useState("");
  return (
    <>
      <barge-in-button
        sessionId={session.id}
        confirm="none"
        requestHeaders={headers}
        strings={strings}
        onbarge-in-joined={(event) => setJoined(event.detail.sessionId)}
      />
      <output>{joined}</output>
    </>
  );
}
