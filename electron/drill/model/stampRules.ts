import type { StampSwitches } from "../stampSwitches.ts";

/** What decides how the acts turn out, beside the state. */
export type StampRules = {
  readonly speed: number;
  readonly switches: Pick<StampSwitches, "enableOverGrant" | "scope" | "revokeEndsSessions" | "engineer">;
};
