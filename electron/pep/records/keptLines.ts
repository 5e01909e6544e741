/** The most lines of one command that are kept: words for a person, beside its objects. */
export const mostLines = 10_000;

/** Stands in the place of the lines that came after them. */
export const saidMore = "(the endpoint said more; it is not kept)";
