import { useFrom } from "../stores/storesContext.ts";

/** Shuts a target's door. It works whatever else is broken: nobody has to be named for it. */
export function useRevoke(): (targetId: string) => void {
  const revoke = useFrom("revoke", (state) => state.revoke);
  const preferred = useFrom("settings", (state) => state.preferences.operator);
  const suggested = useFrom("link", (state) => state.host?.suggestedOperator ?? "");
  const operator = [preferred, suggested].find((name) => name.trim() !== "") ?? "not named";
  return (targetId) => void revoke(targetId, operator);
}
