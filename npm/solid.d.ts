/**
 * JSX typings for Solid: `import type {} from "barge-in/solid"`. Solid sets an attribute unless `prop:` stands before the name,
 * and listens to an event with `on:` before its name.
 */
import type { JSX } from "solid-js";
import type { BargeInAttributes, BargeInButton, BargeInEventMap, BargeInOptions } from "./index.js";
import type { BargeInPanel, BargeInPanelAttributes, BargeInPanelEventMap, BargeInPanelOptions } from "./panel.js";

type Properties = { [K in keyof BargeInOptions as `prop:${K}`]?: BargeInOptions[K] };
type Listeners = { [K in keyof BargeInEventMap as `on:${K}`]?: ((event: BargeInEventMap[K]) => void) | undefined };
type PanelProperties = { [K in keyof BargeInPanelOptions as `prop:${K}`]?: BargeInPanelOptions[K] };
type PanelListeners = { [K in keyof BargeInPanelEventMap as `on:${K}`]?: ((event: BargeInPanelEventMap[K]) => void) | undefined };

declare module "solid-js" {
  namespace JSX {
    interface IntrinsicElements {
      "barge-in-button": JSX.HTMLAttributes<BargeInButton> & BargeInAttributes & Properties & Listeners;
      "barge-in-panel": JSX.HTMLAttributes<BargeInPanel> & BargeInPanelAttributes & PanelProperties & PanelListeners;
    }
  }
}
