/** Vue 3 template typings: `import type {} from "barge-in/vue"`. */
import type { DefineComponent, HTMLAttributes } from "vue";
import type { BargeInAttributes, BargeInEventMap, BargeInOptions } from "./index.js";
import type { BargeInPanelAttributes, BargeInPanelEventMap, BargeInPanelOptions } from "./panel.js";

type Emits = { [K in keyof BargeInEventMap]: (event: BargeInEventMap[K]) => void };
type Props = BargeInOptions & Omit<BargeInAttributes, keyof BargeInOptions> & HTMLAttributes;
type PanelEmits = { [K in keyof BargeInPanelEventMap]: (event: BargeInPanelEventMap[K]) => void };
type PanelProps = BargeInPanelOptions & Omit<BargeInPanelAttributes, keyof BargeInPanelOptions> & HTMLAttributes;

declare module "vue" {
  interface GlobalComponents {
    "barge-in-button": DefineComponent<Props, {}, {}, {}, {}, {}, {}, Emits>;
    "barge-in-panel": DefineComponent<PanelProps, {}, {}, {}, {}, {}, {}, PanelEmits>;
  }
}
