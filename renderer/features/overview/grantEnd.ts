import type { Act, Grant } from "#contract";
import type { History } from "./timelineItems.ts";

type Known = Pick<History, "acts" | "deviceAheadMs">;

/**
 * When a grant was over (ms, by the device's clock). One that is in force goes on. A proved revoke ends all that was
 * made before it, whatever expiry the target still prints.
 */
export function grantEnd(grant: Grant, known: Known, now: number): number {
  if (grant.active || grant.createdAt === null) return now;
  const from = Date.parse(grant.createdAt);
  const changed = Math.max(from, ...times([grant.updatedAt, ...grant.acts.map(({ at }) => at)]));
  const printed = grant.expiresAt === null ? changed : Date.parse(grant.expiresAt);
  // Over, though its expiry is still to come: it was changed last when it ended.
  const end = printed > now ? changed : printed;
  const shut = provedRevokes(known).map(({ finished }) => finished);
  return Math.max(from, Math.min(end, ...shut.filter((at) => at >= changed)));
}

/** Whether a revoke of this console ended a grant: the end lies within its time, as far as two clocks agree. */
export function isRevoked(end: number, known: Known): boolean {
  return provedRevokes(known).some(
    ({ started, finished }) => end >= started - clockTolerance && end <= finished + clockTolerance,
  );
}

/** What may be left between two clocks after the difference was measured (ms). */
export const clockTolerance = 60_000;

/** An instant of this console (ISO) by the device's clock (ms), as far as the difference is known. */
export function byDevice(at: string, { deviceAheadMs }: Pick<History, "deviceAheadMs">): number {
  return Date.parse(at) + (deviceAheadMs ?? 0);
}

function provedRevokes(known: Known): readonly { started: number; finished: number }[] {
  return known.acts
    .filter(({ act, outcome }: Act) => act === "revoke" && outcome === "closed")
    .map(({ startedAt, finishedAt }) => ({
      started: byDevice(startedAt, known),
      finished: byDevice(finishedAt, known),
    }));
}

function times(printed: readonly (string | null)[]): readonly number[] {
  return printed.flatMap((at) => (at === null ? [] : [Date.parse(at)]));
}
