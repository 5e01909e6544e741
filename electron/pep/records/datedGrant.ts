import { grantMinutes } from "#contract";
import { clockTolerance } from "../deviceTime.ts";
import type { GrantParts } from "./grantParts.ts";
import type { Dated } from "./provenOrder.ts";
import type { GrantReading } from "./readGrant.ts";

const mostMinutes = grantMinutes.most * 60_000;
/** An expiry is reckoned from the update, to the second or two. */
const reckoned = 3_600_000;
/** A grant that is called active is not that long over (milliseconds). */
const longOver = 86_400_000;

/** What cannot be in one grant: it shows in which order its days and months stand. */
export function datedGrant(parts: GrantParts, reading: Omit<GrantReading, "order">): Dated {
  const { createdAt, updatedAt, expiresAt } = parts;
  const says = reading.shapes.saysActive(parts.state);
  const isActive = says ?? !reading.includeExpired;
  const { measured } = reading.device;
  return {
    moments: [createdAt, updatedAt, expiresAt],
    contradicts: (at) => {
      const [created, updated, expires] = [at(createdAt), at(updatedAt), at(expiresAt)];
      if (isAfter(created, updated) || isAfter(created, expires)) return true;
      // What is over may have been noted as over later than it was.
      if (says !== false && isAfter(updated, expires)) return true;
      if (updated !== null && isAfter(expires, updated + mostMinutes + reckoned)) return true;
      if (measured === null) return false;
      if (isAfter(created, measured) || isAfter(updated, measured)) return true;
      return isActive && expires !== null && expires < measured - longOver;
    },
  };
}

const isAfter = (one: number | null, other: number | null): boolean =>
  one !== null && other !== null && one > other + clockTolerance;
