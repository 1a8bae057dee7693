"use client";
/**
 * `<barge-in-button>` as a component of React 18 and 19.
 *
 * React 19 sets no properties and listens to no events of a custom element that came from a server, and React 18 never does.
 * So what HTML can say is rendered as attributes, the rest is set and heard here, and only then is the element defined: no
 * request leaves without the page's headers, and no event is missed.
 */
import { createElement, forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { BargeInButton as BargeInElement, define } from "./index.js";
import { tree } from "./server.js";

const TAG = "barge-in-button";

const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** From a property to its attribute. */
const ATTRIBUTES = Object.fromEntries(BargeInElement.observedAttributes.map((name) => [camel(name), name]));
ATTRIBUTES.className = "class"; // React 18 leaves it to the page

/** Attributes that are on wherever they are. React 18 writes `hidden="false"`. */
const FLAGS = ["modes", "hidden", "inert"];

const PROPERTIES = ["requestHeaders", "strings"];

/** From a handler to its event. */
const EVENTS = Object.fromEntries(
  ["request", "change", "joined", "error", "connection"].map((name) => [camel(`on-barge-in-${name}`), `barge-in-${name}`]),
);

/** React 18 warns of layout effects on a server, where there are none. */
const useBrowserEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;

/** Whether what a server rendered is to be matched. In the browser the plain button would only lie in the way. */
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
