/** What `<barge-in-button>` takes in JSX; shared by the typings for React and Preact. */
import type { BargeInButton, BargeInEventMap, BargeInOptions } from "./index.js";

type Handlers = { [K in keyof BargeInEventMap as `on${K}`]?: (event: BargeInEventMap[K]) => void };

/** What `<barge-in-button>` takes in JSX. */
export type BargeInButtonProps = BargeInOptions &
  Handlers & {
    ref?: unknown;
    key?: string | number | null;
    id?: string;
    class?: string;
    className?: string;
    slot?: string;
    part?: string;
    lang?: string;
    dir?: string;
    hidden?: boolean;
    style?: unknown;
    title?: string;
    tabIndex?: number;
    children?: unknown;
    // Each framework has an event type of its own.
    onClick?: (event: any) => void;
  };
