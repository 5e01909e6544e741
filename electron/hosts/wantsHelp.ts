/** True when a line asks what it may say, whatever else it says. */
export const wantsHelp = (words: readonly string[]): boolean =>
  words.includes("--help") || words.includes("-h");
