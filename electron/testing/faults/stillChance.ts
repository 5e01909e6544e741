import { fileTimeOf, type SignInChance } from "../../transport/nodeDigests.ts";
import { Seeded } from "../seeded.ts";

const time = fileTimeOf(Date.parse("2026-11-21T03:10:00.000Z"));

/** Every sign-in draws the same: the bytes at a place of a conversation are then the same each time. */
export const stillChance: SignInChance = {
  random: (count) => new Seeded(count).bytes(count),
  now: () => time,
};
