import "barge-in/placeholder.css";
import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { Console } from "./Console";

hydrateRoot(
  document.getElementById("root"),
  <StrictMode>
    <Console session={{ id: "prerendered" }} />
  </StrictMode>,
);
