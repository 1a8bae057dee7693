import { BargeInPanel } from "barge-in/panel/react";
import { useState } from "react";

const headers = () => ({ "X-Console": "react" });
const strings = { "send-agents": "Whisper" };

export function Seat({ session }: { session: { id: string } }) {
  const [sent, setSent] = useState("");
  return (
    <>
      <BargeInPanel
        sessionId={session.id}
        links="none"
        requestHeaders={headers}
        strings={strings}
        onBargeInSent={({ detail }) => setSent(`${detail.visibility}: ${detail.sessionId}`)}
      />
      <output>{sent}</output>
    </>
  );
}
