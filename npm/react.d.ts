/** JSX typings for React 19: `import type {} from "barge-in/react"`. */
import type { Ref } from "react";
import type { BargeInButton } from "./index.js";
import type { BargeInButtonProps } from "./jsx.js";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "barge-in-button": BargeInButtonProps & { ref?: Ref<BargeInButton> };
    }
  }
}
