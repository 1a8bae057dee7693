import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Console } from "./Console";

const id = new URLSearchParams(location.search).get("session")!;
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <Console session={{ id }} />
  </StrictMode>,
);
