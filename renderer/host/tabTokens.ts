/** The tokens a tab has for the served console. They are kept for this tab alone, and never leave it by the network. */
export type TabTokens = {
  /** In the order in which they are tried: the one given last first. */
  readonly candidates: () => readonly string[];
  /** The console took this one: it alone is kept. */
  readonly proved: (token: string) => void;
  /** Takes a token that stands in the fragment of the address, and clears it away from there; false where none stands. */
  readonly takeFromAddress: () => boolean;
};

type Surroundings = Pick<Window, "location" | "history" | "sessionStorage">;

const storageKey = "console.token";

export function createTabTokens({ location, history, sessionStorage }: Surroundings): TabTokens {
  const kept = sessionStorage.getItem(storageKey);
  let tokens: readonly string[] = kept === null ? [] : [kept];
  return {
    candidates: () => tokens,
    proved: (token) => {
      tokens = [token];
      sessionStorage.setItem(storageKey, token);
    },
    takeFromAddress: () => {
      const given = new URLSearchParams(location.hash.slice(1)).get("token");
      if (given === null) return false;
      history.replaceState(null, "", `${location.pathname}${location.search}#/overview`);
      // Kept before it is proved: a page that is loaded again in between still has it.
      sessionStorage.setItem(storageKey, given);
      tokens = [given, ...tokens.filter((token) => token !== given)];
      return true;
    },
  };
}
