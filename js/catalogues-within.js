/** The languages' texts for a self-contained file: all of them are built in. */
import CATALOGUES from "barge-in-texts";

export { CATALOGUES };

/** Returns the texts of a language. */
export const texts = async (name) => CATALOGUES[name];
