/** The token of a served console, as this tab holds it. */
export type HeldToken = {
  readonly current: () => string | null;
  readonly keep: (token: string) => void;
  /**
   * Takes it from the fragment when one stands there: it is gone from the address bar at once, where `goOnAt` (a
   * fragment) stands then. Tells whether there was one.
   */
  readonly take: (goOnAt: string) => boolean;
};

type Surroundings = Pick<Window, "location" | "history" | "sessionStorage">;

const storageKey = "console.token";

/** Kept for this tab only, and nowhere that outlives it. */
export function heldToken({ location, history, sessionStorage }: Surroundings): HeldToken {
  const keep = (token: string): void => sessionStorage.setItem(storageKey, token);
  return {
    current: () => sessionStorage.getItem(storageKey),
    keep,
    take: (goOnAt) => {
      const given = new URLSearchParams(location.hash.slice(1)).get("token");
      if (given === null) return false;
      keep(given);
      history.replaceState(null, "", `${location.pathname}${location.search}${goOnAt}`);
      return true;
    },
  };
}
