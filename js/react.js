"use client";
/**
 * `<barge-in-button>` as a component of React 18 and 19.
 *
 * React 19 does not set properties or add listeners on a server-rendered custom element, and React 18 never does. So
 * values that HTML can express are rendered as attributes. The properties are set and the listeners added here, and the
 * element is defined after that: no request is sent without the page's headers, and no event is missed.
 */
import { createElement, forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { BargeInButton as BargeInElement, define } from "./index.js";
import { tree } from "./server.js";

const TAG = "barge-in-button";

const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** Maps a property to its attribute. */
const ATTRIBUTES = Object.fromEntries(BargeInElement.observedAttributes.map((name) => [camel(name), name]));
ATTRIBUTES.className = "class"; // React 18 does not translate it

/** Attributes that are on whenever they are present. React 18 writes `hidden="false"`. */
const FLAGS = ["modes", "hidden", "inert"];

const PROPERTIES = ["requestHeaders", "strings"];

/** Maps a handler to its event. */
const EVENTS = Object.fromEntries(
  ["request", "change", "joined", "error", "connection"].map((name) => [camel(`on-barge-in-${name}`), `barge-in-${name}`]),
);

/** React 18 warns about layout effects on a server. */
const useBrowserEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;

/** Whether to render the server's markup (on the server and for hydration). In the browser the plain button is not needed. */
const useServed = () => useSyncExternalStore(never, () => false, () => true);
const never = () => () => {};

export const BargeInButton = forwardRef(function BargeInButton({ children, ...props }, ref) {
  const element = useRef(null);
  const newest = useRef(props);
  const served = useServed();
  useImperativeHandle(ref, () => element.current, []);

  useBrowserEffect(() => {
    newest.current = props;
    for (const name of PROPERTIES) {
      if (element.current[name] !== props[name]) element.current[name] = props[name];
    }
  });

  useBrowserEffect(() => {
    const target = element.current;
    const removals = Object.entries(EVENTS).map(([handler, type]) => {
      const listener = (event) => newest.current[handler]?.(event);
      target.addEventListener(type, listener);
      return () => target.removeEventListener(type, listener);
    });
    define(TAG);
    return () => removals.forEach((remove) => remove());
  }, []);

  return createElement(TAG, { ...attributes(props), ref: element }, children ?? (served ? nodes(tree(props)) : null));
});

function attributes(props) {
  const given = {};
  for (const [name, value] of Object.entries(props)) {
    if (FLAGS.includes(name)) given[name] = value ? true : undefined;
    else if (!(name in EVENTS) && !PROPERTIES.includes(name)) given[ATTRIBUTES[name] ?? name] = value ?? undefined;
  }
  return given;
}

function nodes(node) {
  if (typeof node === "string") return node;
  const [tag, { class: className, ...props }, ...children] = node;
  return createElement(tag, { className, ...props }, ...children.map(nodes));
}
