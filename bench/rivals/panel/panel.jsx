/** The panel in React 19: the seat is an external store, lines are memoised, drafts are state of the composer. */
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { define } from "../core/element.js";
import { words } from "../core/words.js";
import css from "./panel.css";
import { Seat } from "./seat.js";
import { MODES, STATES, VISIBLE, event, role } from "./words.js";

/** So near to the end, in px, counts as at the end. */
const NEAR = 20;
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

function Panel({ connection, media, sessionId, requestTimeout, confirmTimeout, tell }) {
  const { store } = connection;
  const subscribe = useMemo(() => (listener) => store.subscribe(media, sessionId, listener), [store, media, sessionId]);
  const view = useSyncExternalStore(subscribe, () => store.view(media, sessionId));
  const seat = useMemo(() => new Seat(connection, media, sessionId), [connection, media, sessionId]);
  const { entries, rows } = useSyncExternalStore(seat.subscribe, seat.snapshot);
  const { participants } = seat;
  useEffect(() => (sessionId ? seat.open() : undefined), [seat, sessionId]);
  useEffect(() => tell.view(view), [tell, view]);

  function choose(operation) {
    if (operation !== "SwitchToBargeIn") seat.operate(operation, requestTimeout).catch(tell.failed);
    else if (tell.request()) connection.press(media, sessionId, { requestTimeout, confirmTimeout }, tell);
  }

  const { text } = words(view);
  const customer = participants.find(({ type }) => type === "Customer");
  return (
    <div className="panel" part="base" role="group" data-state={view.state} data-mode={view.mode}>
      <header part="header">
        <h2 part="title">{customer ? `Conversation with ${customer.nickname}` : "Conversation"}</h2>
        <ul part="participants" aria-label="Participants">
          {participants.map((person) => (
            <li key={person.participantId} part="participant">
              <bdi>{seat.isOwn(person) ? "You" : `${person.nickname} (${role(person)})`}</bdi>
            </li>
          ))}
        </ul>
      </header>
      <Modes view={view} choose={choose} />
      <p part="status" role="status">
        {text}
      </p>
      <Transcript entries={entries} isOwn={seat.isOwn} />
      <Outbox rows={rows} seat={seat} timeout={requestTimeout} />
      <Composer
        key={sessionId}
        connected={store.link === "up"}
        capabilities={view.capabilities}
        mode={view.mode}
        send={(audience, text) => seat.send(audience, text, requestTimeout)}
      />
      <footer>
        <button type="button" part="leave" onClick={() => seat.operate("Leave", requestTimeout).catch(tell.failed)}>
          Leave
        </button>
      </footer>
    </div>
  );
}

function Modes({ view, choose }) {
  const allows = (operation) =>
    view.capabilities.includes(operation) ||
    (operation === "SwitchToBargeIn" && view.capabilities.includes("SwitchBargeIn"));
  return (
    <div part="modes" role="group" aria-label="Supervisor mode">
      {MODES.map(([operation, mode, label]) => {
        const off = view.state === "pending" || !allows(operation);
        return (
          <button
            key={mode}
            type="button"
            part={mode}
            aria-current={view.mode === mode ? "true" : undefined}
            aria-disabled={off ? "true" : undefined}
            onClick={() => off || choose(operation)}
          >
            {label}
          </button>
        );
      })}
    </div>
  );
}

const Transcript = memo(function Transcript({ entries, isOwn }) {
  const scroller = useRef(null);
  const pinned = useRef(true);

  useLayoutEffect(() => {
    if (pinned.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [entries]);

  function scrolled() {
    const { scrollTop, clientHeight, scrollHeight } = scroller.current;
    pinned.current = scrollTop + clientHeight + NEAR >= scrollHeight;
  }

  return (
    <section part="transcript" ref={scroller} onScroll={scrolled} tabIndex={0} aria-label="Messages">
      <ol part="lines">
        {entries.map((entry) => (
          <Line key={entry.index} entry={entry} own={isOwn(entry.from)} />
        ))}
      </ol>
    </section>
  );
});

const Line = memo(function Line({ entry, own }) {
  const { index, type, from, text, visibility, timestampSeconds } = entry;
  const time = Number.isFinite(timestampSeconds) && (
    <time part="time" dateTime={new Date(timestampSeconds).toISOString()}>
      {CLOCK.format(timestampSeconds)}
    </time>
  );
  if (type !== "Text") {
    return (
      <li part="event" data-index={index}>
        <span dir="auto">{event(entry, own)}</span> {time}
      </li>
    );
  }
  return (
    <li part="line" data-index={index} data-visibility={visibility} data-own={own ? "" : undefined}>
      <bdi part="author">{own ? "You" : from?.nickname}</bdi>{" "}
      <span part="text" dir="auto">
        {text}
      </span>{" "}
      {visibility !== "All" && <span part="audience">{VISIBLE[visibility]}</span>} {time}
    </li>
  );
});

const Outbox = memo(function Outbox({ rows, seat, timeout }) {
  if (!rows.length) return null;
  return (
    <ul part="outbox" aria-label="Not sent yet">
      {rows.map(({ id, audience, text, state }) => (
        <li key={id} part="row" data-state={state} data-audience={audience}>
          <span part="text" dir="auto">
            {text}
          </span>{" "}
          <span part="audience">{audience === "agents" ? VISIBLE.Agents : VISIBLE.All}</span>{" "}
          <span part="row-state">{STATES[state]}</span>
          {state === "failed" && (
            <>
              <button type="button" part="resend" onClick={() => seat.resend(id, timeout)}>
                Send again
              </button>
              <button type="button" part="discard" onClick={() => seat.discard(id)}>
                Discard
              </button>
            </>
          )}
        </li>
      ))}
    </ul>
  );
});

function Composer({ connected, capabilities, mode, send }) {
  const [audience, setAudience] = useState("agents");
  const [drafts, setDrafts] = useState({ agents: "", everyone: "" });
  const allowed = {
    agents: (mode === "coach" || mode === "barge-in") && capabilities.includes("SendToAgents"),
    everyone: mode === "barge-in" && capabilities.includes("SendMessage"),
  };
  const text = drafts[audience];
  const off = !connected || !allowed[audience] || !text.trim();

  function submit() {
    if (off) return;
    send(audience, text);
    setDrafts({ ...drafts, [audience]: "" });
  }

  function pressed(event) {
    if (event.key !== "Enter" || event.shiftKey || event.repeat || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  }

  if (!allowed.agents && !allowed.everyone && !text) {
    return <p part="reason">{mode === "monitor" && "You are monitoring. Coach or barge in to write."}</p>;
  }
  return (
    <form
      part="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <fieldset part="to">
        <legend>To</legend>
        {Object.entries({ agents: "Agents only", everyone: "Everyone" }).map(([value, label]) => (
          <label key={value} part={`to-${value}`}>
            <input
              type="radio"
              name="audience"
              value={value}
              checked={audience === value}
              disabled={!allowed[value] && !drafts[value]}
              onChange={() => setAudience(value)}
            />
            {label}
          </label>
        ))}
      </fieldset>
      <textarea
        part="box"
        rows={3}
        dir="auto"
        data-audience={audience}
        aria-label={audience === "agents" ? "Message to agents only" : "Message to everyone"}
        value={text}
        onChange={(event) => setDrafts({ ...drafts, [audience]: event.target.value })}
        onKeyDown={pressed}
      />
      <button type="submit" part="send" aria-disabled={off ? "true" : undefined}>
        {audience === "agents" ? "Send to agents" : "Send to everyone"}
      </button>
    </form>
  );
}

define("barge-in-panel", css, (node) => {
  const root = createRoot(node);
  return { render: (props) => root.render(<Panel {...props} />), unmount: () => root.unmount() };
});
