import { createHash, randomUUID } from "node:crypto";
import type { Chance } from "../../services/ports.ts";

/** Ids and digests from node:crypto. */
export const nodeChance: Chance = {
  uuid: () => randomUUID(),
  sha256: (text) => createHash("sha256").update(text, "utf8").digest("hex"),
};
