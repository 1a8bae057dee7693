/** Typings of Svelte 5's markup: `import type {} from "barge-in/svelte"`. */
import type { HTMLAttributes } from "svelte/elements";
import type { BargeInButton } from "./index.js";
import type { BargeInButtonProps, BargeInPanelProps } from "./jsx.js";
import type { BargeInPanel } from "./panel.js";

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "barge-in-button": HTMLAttributes<BargeInButton> & BargeInButtonProps;
    "barge-in-panel": HTMLAttributes<BargeInPanel> & BargeInPanelProps;
  }
}
