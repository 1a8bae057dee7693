/** Vue 3 template typings: `import type {} from "barge-in/vue"`. */
import type { DefineComponent, HTMLAttributes } from "vue";
import type { BargeInAttributes, BargeInEventMap, BargeInOptions } from "./index.js";

type Emits = { [K in keyof BargeInEventMap]: (event: BargeInEventMap[K]) => void };
type Props = BargeInOptions & Omit<BargeInAttributes, keyof BargeInOptions> & HTMLAttributes;

declare module "vue" {
  interface GlobalComponents {
    "barge-in-button": DefineComponent<Props, {}, {}, {}, {}, {}, {}, Emits>;
  }
}
