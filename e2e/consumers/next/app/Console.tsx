"use client";
import { BargeInButton } from "barge-in/react";
import { useState } from "react";

const headers = () => ({ "X-Console": "next" });
const strings = { joined: "You are in." };

export function Console({ session }: { session: { id: string } }) {
  const [joined, setJoined] = useState("");
  return (
    <>
      <BargeInButton
        sessionId={session.id}
        confirm="none"
        requestHeaders={headers}
        strings={strings}
        onBargeInJoined={(event) => setJoined(event.detail.sessionId)}
      />
      <output>{joined}</output>
    </>
  );
}
