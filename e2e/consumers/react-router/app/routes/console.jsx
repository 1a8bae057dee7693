import { BargeInButton } from "barge-in/react";
import { useState } from "react";

const headers = () => ({ "X-Console": "react-router" });
const strings = { joined: "You are in." };

export function loader({ request }) {
  return { id: new URL(request.url).searchParams.get("session") };
}

export default function Console({ loaderData: session }) {
  const [joined, setJoined] = useState("");
  return (
    <>
      <BargeInButton
        sessionId={session.id}
        requestHeaders={headers}
        strings={strings}
        onBargeInJoined={(event) => setJoined(event.detail.sessionId)}
      />
      <output>{joined}</output>
    </>
  );
}
