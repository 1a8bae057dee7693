/** `<barge-in-panel>` as a component of React 18 and 19, and with it the typings of both tags for React 19. */
import type { ForwardRefExoticComponent, HTMLAttributes, ReactNode, RefAttributes } from "react";
import type { BargeInPanel as BargeInElement, BargeInPanelEventMap, BargeInPanelOptions } from "./panel.js";
import type {} from "./react.js";
import type { Handlers } from "./react-element.js";

/** What `BargeInPanel` takes: the element's properties, HTML's own attributes, and a handler for each event. */
export interface BargeInPanelProps
  extends BargeInPanelOptions, Handlers<BargeInPanelEventMap>, Omit<HTMLAttributes<BargeInElement>, keyof BargeInPanelOptions> {
  /** What stands in the element's slots. */
  children?: ReactNode;
}

/**
 * The panel. On a server it renders the tag with its attributes and children. In the browser it registers `<barge-in-panel>`. Its
 * `ref` is the element.
 */
export const BargeInPanel: ForwardRefExoticComponent<BargeInPanelProps & RefAttributes<BargeInElement>>;
