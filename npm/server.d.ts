/** For servers that render pages: what stands between the tags of `<barge-in-button>` until a script runs. */

/** The attributes that the plain button's look depends on. */
export interface PlaceholderOptions {
  /** Language tag of the place where the element stands. Default `"en"`. */
  lang?: string | undefined;
  /** As the element's. */
  modes?: boolean | undefined;
  /** As the element's. */
  confirm?: "none" | "inline" | "dialog" | undefined;
}

/** The plain button as HTML. With `barge-in/placeholder.css` it has the final size. */
export function placeholder(options?: PlaceholderOptions): string;
