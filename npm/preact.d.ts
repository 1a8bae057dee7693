/** JSX typings for Preact: `import type {} from "barge-in/preact"`. */
import type { HTMLAttributes } from "preact";
import type { BargeInButton } from "./index.js";
import type { BargeInButtonProps, BargeInPanelProps } from "./jsx.js";
import type { BargeInPanel } from "./panel.js";

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "barge-in-button": HTMLAttributes<BargeInButton> & BargeInButtonProps;
      "barge-in-panel": HTMLAttributes<BargeInPanel> & BargeInPanelProps;
    }
  }
}
