/** `<barge-in-button>` as a component of React 18 and 19, and the typings of the tag itself for React 19. */
import type { DetailedHTMLProps, ForwardRefExoticComponent, HTMLAttributes, ReactNode, RefAttributes } from "react";
import type { BargeInButton as BargeInElement, BargeInEventMap, BargeInOptions } from "./index.js";
import type { BargeInButtonProps as TagProps } from "./jsx.js";

/** What `BargeInButton` takes: the element's properties, HTML's own attributes, and a handler for each event. */
export interface BargeInButtonProps extends BargeInOptions, Omit<HTMLAttributes<BargeInElement>, keyof BargeInOptions> {
  /** Before the request is sent; `preventDefault()` stops it. */
  onBargeInRequest?: ((event: BargeInEventMap["barge-in-request"]) => void) | undefined;
  /** `state`, `mode`, `reason` or `capabilities` changed. */
  onBargeInChange?: ((event: BargeInEventMap["barge-in-change"]) => void) | undefined;
  /** The supervisor has joined, confirmed by the server; once per join. */
  onBargeInJoined?: ((event: BargeInEventMap["barge-in-joined"]) => void) | undefined;
  /** An attempt failed or was refused, or the button itself did. */
  onBargeInError?: ((event: BargeInEventMap["barge-in-error"]) => void) | undefined;
  /** The notification connection changed. */
  onBargeInConnection?: ((event: BargeInEventMap["barge-in-connection"]) => void) | undefined;
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
    }
  }
}
