/** Warns the page's developer in the console. Errors thrown by a logging tool there are ignored. */
const teller =
  (level) =>
  (...words) => {
    try {
      console[level]("barge-in:", ...words);
    } catch {
      // Nothing can be reported here.
    }
  };

export const warn = teller("warn");

/** The same, for problems that keep the widget from working. */
export const fail = teller("error");
