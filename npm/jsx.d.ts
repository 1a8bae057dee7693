/** What `<barge-in-button>` and `<barge-in-panel>` take in markup, beside what each framework lets any element take. */
import type { BargeInAttributes, BargeInEventMap, BargeInOptions } from "./index.js";
import type { BargeInPanelAttributes, BargeInPanelEventMap, BargeInPanelOptions } from "./panel.js";

/** Listeners, as JSX and Svelte name them. */
export type BargeInListeners = { [K in keyof BargeInEventMap as `on${K}`]?: ((event: BargeInEventMap[K]) => void) | undefined };

/** Properties, attributes and listeners. Where an attribute is called as its property is, the property's type counts. */
export interface BargeInButtonProps extends BargeInOptions, Omit<BargeInAttributes, keyof BargeInOptions>, BargeInListeners {}

/** Listeners of the panel. */
export type BargeInPanelListeners = {
  [K in keyof BargeInPanelEventMap as `on${K}`]?: ((event: BargeInPanelEventMap[K]) => void) | undefined;
};

/** The same of the panel. */
export interface BargeInPanelProps
  extends BargeInPanelOptions, Omit<BargeInPanelAttributes, keyof BargeInPanelOptions>, BargeInPanelListeners {}
