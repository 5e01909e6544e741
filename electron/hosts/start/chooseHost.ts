export type Choice =
  | { readonly host: "desktop"; readonly program: string }
  /** The person asked for a browser, or there is a reason why it is one: a line to print. */
  | { readonly host: "serve"; readonly because: string | null };

export type Facts = {
  readonly asked: "serve" | "desktop" | null;
  readonly display: boolean;
  readonly runsAsRoot: boolean;
  /** Looks for the runtime, and fetches it where that can be done. */
  readonly runtime: () => Promise<string | null>;
};

/**
 * The Electron window where there can be one; else the same console in a browser, with the reason in one line. Asking
 * for the desktop where it cannot be is an error in the same words.
 */
export async function chooseHost(facts: Facts): Promise<Choice> {
  if (facts.asked === "serve") return { host: "serve", because: null };
  const obstacle = obstacleOf(facts);
  const program = obstacle === null ? await facts.runtime() : null;
  if (program !== null) return { host: "desktop", program };
  const reason = obstacle ?? "the Electron runtime is not installed and could not be fetched";
  if (facts.asked === "desktop") throw new Error(`The desktop window cannot be opened: ${reason}.`);
  return { host: "serve", because: `No desktop window: ${reason}. The same console runs in a browser.` };
}

function obstacleOf({ display, runsAsRoot }: Facts): string | null {
  if (!display) return "there is no display here";
  // Chromium refuses its sandbox to root, and the console does not run without one.
  return runsAsRoot ? "its sandbox cannot be used by root" : null;
}
