/**
 * JSX typings for Solid: `import type {} from "barge-in/solid"`. Solid sets an attribute unless `prop:` stands before the name,
 * and listens to an event with `on:` before its name.
 */
import type { JSX } from "solid-js";
import type { BargeInAttributes, BargeInButton, BargeInEventMap, BargeInOptions } from "./index.js";

type Properties = { [K in keyof BargeInOptions as `prop:${K}`]?: BargeInOptions[K] };
type Listeners = { [K in keyof BargeInEventMap as `on:${K}`]?: ((event: BargeInEventMap[K]) => void) | undefined };

declare module "solid-js" {
  namespace JSX {
    interface IntrinsicElements {
      "barge-in-button": JSX.HTMLAttributes<BargeInButton> & BargeInAttributes & Properties & Listeners;
    }
  }
}
