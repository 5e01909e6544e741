/** Which revokes were put away in this tab, by target: when the newest of them began (ISO). */
export type KeptPutAways = {
  readonly isPutAway: (targetId: string, startedAt: string) => boolean;
  readonly putAway: (targetId: string, startedAt: string) => void;
};

/** Put away as long as the tab lives. Where nothing can be kept, a page that is loaded again shows them once more. */
export function keptPutAways(storage: Pick<Storage, "getItem" | "setItem">): KeptPutAways {
  const keyOf = (targetId: string): string => `console.putAway.${targetId}`;
  return {
    isPutAway: (targetId, startedAt) => {
      try {
        return Date.parse(storage.getItem(keyOf(targetId)) ?? "") >= Date.parse(startedAt);
      } catch {
        return false;
      }
    },
    putAway: (targetId, startedAt) => {
      try {
        storage.setItem(keyOf(targetId), startedAt);
      } catch {
        // Full, or switched off in this browser.
      }
    },
  };
}
