/** Typings of Svelte 5's markup: `import type {} from "barge-in/svelte"`. */
import type { HTMLAttributes } from "svelte/elements";
import type { BargeInButton } from "./index.js";
import type { BargeInButtonProps } from "./jsx.js";

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "barge-in-button": HTMLAttributes<BargeInButton> & BargeInButtonProps;
  }
}
