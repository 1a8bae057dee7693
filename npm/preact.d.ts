/** JSX typings for Preact: `import type {} from "barge-in/preact"`. */
import type { HTMLAttributes } from "preact";
import type { BargeInButton } from "./index.js";
import type { BargeInButtonProps } from "./jsx.js";

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "barge-in-button": HTMLAttributes<BargeInButton> & BargeInButtonProps;
    }
  }
}
