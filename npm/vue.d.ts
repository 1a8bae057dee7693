/** Vue 3 template typings: `import type {} from "barge-in/vue"`. */
import type { DefineComponent } from "vue";
import type { BargeInEventMap, BargeInOptions } from "./index.js";

type Emits = { [K in keyof BargeInEventMap]: (event: BargeInEventMap[K]) => void };

declare module "vue" {
  interface GlobalComponents {
    "barge-in-button": DefineComponent<BargeInOptions, {}, {}, {}, {}, {}, {}, Emits>;
  }
}
