"use client";
/**
 * A custom element of this package as a component of React 18 and 19; `react.js` and `panel/react.js` are the two.
 *
 * React 19 does not set properties or add listeners on a server-rendered custom element, and React 18 never does. So
 * values that HTML can express are rendered as attributes. The properties are set and the listeners added here, and the
 * element is defined after that: no request is sent without the page's headers, and no event is missed.
 */
import { createElement, forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef, useSyncExternalStore } from "react";

const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** Attributes that are on whenever they are present. React 18 writes `hidden="false"`. */
const FLAGS = ["modes", "hidden", "inert"];

/** React 18 warns about layout effects on a server. */
const useBrowserEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;

/** Whether to render the server's markup (on the server and for hydration). In the browser it is not needed. */
const useServed = () => useSyncExternalStore(never, () => false, () => true);
const never = () => () => {};

/**
 * The component called `name` for `tag`. `attributes` are those that the class observes; `properties` have no attribute;
 * `events` are the names after `barge-in-`; `plain` gives, from the props, the tree that a server renders as content.
 */
export function component(name, { tag, attributes, properties, events, define, plain }) {
  /** Maps a property to its attribute. */
  const names = Object.fromEntries(attributes.map((name) => [camel(name), name]));
  names.className = "class"; // React 18 does not translate it

  /** Maps a handler to its event. */
  const handlers = Object.fromEntries(events.map((name) => [camel(`on-barge-in-${name}`), `barge-in-${name}`]));

  function attributesOf(props) {
    const given = {};
    for (const [name, value] of Object.entries(props)) {
      if (FLAGS.includes(name)) given[name] = value ? true : undefined;
      else if (!(name in handlers) && !properties.includes(name)) given[names[name] ?? name] = value ?? undefined;
    }
    return given;
  }

  function Component({ children, ...props }, ref) {
    const element = useRef(null);
    const newest = useRef(props);
    const served = useServed();
    useImperativeHandle(ref, () => element.current, []);

    useBrowserEffect(() => {
      newest.current = props;
      for (const name of properties) {
        if (element.current[name] !== props[name]) element.current[name] = props[name];
      }
    });

    useBrowserEffect(() => {
      const target = element.current;
      const removals = Object.entries(handlers).map(([handler, type]) => {
        const listener = (event) => newest.current[handler]?.(event);
        target.addEventListener(type, listener);
        return () => target.removeEventListener(type, listener);
      });
      define(tag);
      return () => removals.forEach((remove) => remove());
    }, []);

    const content = children ?? (served && plain ? nodes(plain(props)) : null);
    return createElement(tag, { ...attributesOf(props), ref: element }, content);
  }
  Component.displayName = name;
  return forwardRef(Component);
}

function nodes(node) {
  if (typeof node === "string") return node;
  const [tag, { class: className, ...props }, ...children] = node;
  return createElement(tag, { className, ...props }, ...children.map(nodes));
}
