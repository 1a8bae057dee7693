/** The style of the plain button that `barge-in/server` and `barge-in/react` render. Nothing is exported. */
export {};
