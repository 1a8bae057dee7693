import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

const query = new URLSearchParams(location.search);
const session = { id: query.get("session")! };
// Only who opens a seat downloads the panel.
const View = query.has("seat") ? (await import("./Seat")).Seat : (await import("./Console")).Console;
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <View session={session} />
  </StrictMode>,
);
