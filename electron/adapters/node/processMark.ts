import { z } from "zod";
import { ourLife, stateOf } from "../../locks/processLife.ts";

const lifeShape = z.strictObject({
  pid: z.int().min(1),
  start: z.int(),
  machine: z.string(),
  boot: z.string(),
  space: z.string(),
});

/** This process, in a text that the ledger keeps. */
export const ourMark = JSON.stringify(ourLife);

/** Whether the process of that text still runs, as far as can be told from here; a text that is none of ours does not. */
export function isAtWork(mark: string): boolean {
  try {
    const life = lifeShape.safeParse(JSON.parse(mark)).data;
    return life !== undefined && stateOf(life) === "runs";
  } catch {
    return false; // JSON.parse has one way to fail: the text is none of ours
  }
}
