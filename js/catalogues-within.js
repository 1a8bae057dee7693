/** The languages' texts for a file that stands alone: all of them, within it. */
import CATALOGUES from "barge-in-texts";

export { CATALOGUES };

/** Gives the texts of a language. */
export const texts = async (name) => CATALOGUES[name];
