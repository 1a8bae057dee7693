/** Tells the page's developer something, in the console. What a logging tool throws there is its own affair. */
const teller =
  (level) =>
  (...words) => {
    try {
      console[level]("barge-in:", ...words);
    } catch {
      // Nobody is left to be told.
    }
  };

export const warn = teller("warn");

/** The same, of what keeps the widget from working. */
export const fail = teller("error");
