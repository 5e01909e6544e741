import type { TargetOverview } from "#contract";
import { useFrom } from "../stores/storesContext.ts";

/** One target with its door; null while it is not known. */
export function useTarget(targetId: string | null): TargetOverview | null {
  return useFrom(
    "targets",
    (state) => state.overviews?.find((overview) => overview.target.id === targetId) ?? null,
  );
}

/** The target a screen is about: the one in its address, else the last chosen, else the first. */
export function useCurrentTargetId(fromAddress: string | null): string | null {
  const chosen = useFrom("route", (state) => state.chosenTargetId);
  return useFrom("targets", (state) => {
    const known = (id: string | null) => state.overviews?.some(({ target }) => target.id === id) === true;
    if (fromAddress !== null) return fromAddress;
    return known(chosen) ? chosen : (state.overviews?.[0]?.target.id ?? null);
  });
}
