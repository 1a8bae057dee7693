/** The button in React 19: an external store read with `useSyncExternalStore`, one root per element. */
import { useCallback, useEffect, useId, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { define } from "./core/element.js";
import css from "./core/style.css";
import { words } from "./core/words.js";

function useView({ store }, media, sessionId) {
  const subscribe = useCallback((listener) => store.subscribe(media, sessionId, listener), [store, media, sessionId]);
  return useSyncExternalStore(subscribe, () => store.view(media, sessionId));
}

function BargeInButton({ connection, media, sessionId, requestTimeout, confirmTimeout, tell }) {
  const view = useView(connection, media, sessionId);
  const id = useId();
  const { state, reason, mode } = view;
  const { place, text } = words(view);
  const operable = state === "ready" || state === "failed";
  useEffect(() => tell.view(view), [tell, view]);

  function press() {
    if (operable && tell.request()) connection.press(media, sessionId, { requestTimeout, confirmTimeout }, tell);
  }

  return (
    <div className="barge-in" part="base" data-state={state} data-reason={reason} data-mode={mode}>
      <div className="controls">
        <button
          type="button"
          part="button"
          className="main"
          aria-disabled={operable ? undefined : "true"}
          aria-busy={state === "pending" ? "true" : undefined}
          aria-describedby={place ? `${id}-${place}` : undefined}
          onClick={press}
        >
          Barge in
        </button>
      </div>
      <span className="reason" part="reason" id={`${id}-reason`}>
        {place === "reason" && text}
      </span>
      <span className="status" part="status" role="status" id={`${id}-status`}>
        {place === "status" && text}
      </span>
      <span className="alert" part="alert" role="alert" id={`${id}-alert`}>
        {place === "alert" && text}
      </span>
    </div>
  );
}

define("barge-in-button", css, (node) => {
  const root = createRoot(node);
  return { render: (props) => root.render(<BargeInButton {...props} />), unmount: () => root.unmount() };
});
