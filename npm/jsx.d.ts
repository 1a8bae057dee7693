/** What `<barge-in-button>` takes in markup, beside what each framework lets any element take. */
import type { BargeInAttributes, BargeInEventMap, BargeInOptions } from "./index.js";

/** Listeners, as JSX and Svelte name them. */
export type BargeInListeners = { [K in keyof BargeInEventMap as `on${K}`]?: ((event: BargeInEventMap[K]) => void) | undefined };

/** Properties, attributes and listeners. Where an attribute is called as its property is, the property's type counts. */
export interface BargeInButtonProps extends BargeInOptions, Omit<BargeInAttributes, keyof BargeInOptions>, BargeInListeners {}
