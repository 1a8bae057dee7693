/** `<barge-in-button>` as a component of React 18 and 19, and the typings of the tag itself for React 19. */
import type { DetailedHTMLProps, ForwardRefExoticComponent, HTMLAttributes, ReactNode, RefAttributes } from "react";
import type { BargeInButton as BargeInElement, BargeInEventMap, BargeInOptions } from "./index.js";
import type { BargeInButtonProps as TagProps, BargeInPanelProps as PanelTagProps } from "./jsx.js";
import type { BargeInPanel as PanelElement } from "./panel.js";
import type { Handlers } from "./react-element.js";

/** What `BargeInButton` takes: the element's properties, HTML's own attributes, and a handler for each event. */
export interface BargeInButtonProps
  extends BargeInOptions, Handlers<BargeInEventMap>, Omit<HTMLAttributes<BargeInElement>, keyof BargeInOptions> {
  /** Shown until the element runs, in place of a plain button. */
  children?: ReactNode;
}

/**
 * The button. On a server it renders a plain one of the final size, which `barge-in/placeholder.css` styles. In the browser it
 * registers `<barge-in-button>`. Its `ref` is the element.
 */
export const BargeInButton: ForwardRefExoticComponent<BargeInButtonProps & RefAttributes<BargeInElement>>;

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      // React itself sets `class` on a tag with a hyphen, and takes `className` too.
      "barge-in-button": DetailedHTMLProps<HTMLAttributes<BargeInElement>, BargeInElement> & TagProps & { class?: string | undefined };
      "barge-in-panel": DetailedHTMLProps<HTMLAttributes<PanelElement>, PanelElement> & PanelTagProps & { class?: string | undefined };
    }
  }
}
