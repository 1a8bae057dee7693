/** The button in Preact: the store's changes bump a counter, the view is read while rendering. */
import { render } from "preact";
import { useEffect, useId, useLayoutEffect, useReducer } from "preact/hooks";
import { define } from "./core/element.js";
import css from "./core/style.css";
import { words } from "./core/words.js";

function useView({ store }, media, sessionId) {
  const [, update] = useReducer((count) => count + 1, 0);
  useLayoutEffect(() => store.subscribe(media, sessionId, update), [store, media, sessionId]);
  return store.view(media, sessionId);
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
    <div class="barge-in" part="base" data-state={state} data-reason={reason} data-mode={mode}>
      <div class="controls">
        <button
          type="button"
          part="button"
          class="main"
          aria-disabled={operable ? undefined : "true"}
          aria-busy={state === "pending" ? "true" : undefined}
          aria-describedby={place ? `${id}-${place}` : undefined}
          onClick={press}
        >
          Barge in
        </button>
      </div>
      <span class="reason" part="reason" id={`${id}-reason`}>
        {place === "reason" && text}
      </span>
      <span class="status" part="status" role="status" id={`${id}-status`}>
        {place === "status" && text}
      </span>
      <span class="alert" part="alert" role="alert" id={`${id}-alert`}>
        {place === "alert" && text}
      </span>
    </div>
  );
}

define("barge-in-button", css, (root) => ({
  render: (props) => render(<BargeInButton {...props} />, root),
  unmount: () => render(null, root),
}));
