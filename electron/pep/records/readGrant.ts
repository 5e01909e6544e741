import type { Grant } from "#contract";
import { type DeviceTime, mostWestern } from "../deviceTime.ts";
import type { GrantParts } from "./grantParts.ts";
import { type DateOrder, instantIn, type Moment, settled } from "./moment.ts";
import type { ReadShapes } from "./readShapes.ts";

/** How the grants of one answer are read. */
export type GrantReading = {
  readonly shapes: ReadShapes;
  readonly device: DeviceTime;
  /** Whether those that are over were asked for too: what is listed without is in force. */
  readonly includeExpired: boolean;
  readonly order: DateOrder | null;
  readonly shownBy: readonly string[];
};

/** The grant; `record` and `acts` are the console's own: who asked, and why, is not known to the endpoint. */
export function grantOf(parts: GrantParts, reading: GrantReading): Grant {
  const { fields, state, levelAsPrinted } = parts;
  const { shapes, order } = reading;
  const { grant } = shapes;
  const time = (moment: Moment, names: readonly string[]): string | null => {
    const { kind, at } = settled(moment, order);
    if (kind === "unread") fields.giveBack(names);
    return at?.iso ?? null;
  };
  const createdAt = time(parts.createdAt, grant.createdAt);
  const updatedAt = time(parts.updatedAt, grant.updatedAt);
  const expiresAt = time(parts.expiresAt, grant.expiresAt);
  const known = {
    connectionStatus: fields.text(grant.connectionStatus),
    connectionError: fields.text(grant.connectionError),
    targetService: fields.text(grant.targetService),
  };
  const other = fields.others();
  const printed = (names: readonly string[]): string | null => printedAs(other, names);
  return {
    key: grantKey({
      created: createdAt ?? printed(grant.createdAt),
      expires: expiresAt ?? printed(grant.expiresAt),
      state,
      level: levelAsPrinted,
    }),
    state,
    active: isActive(parts, reading),
    level: shapes.levelOf(levelAsPrinted),
    levelAsPrinted,
    createdAt,
    updatedAt,
    expiresAt,
    ...known,
    other: other.filter(({ name, text }) => text !== "" || !shapes.secretNames.has(name.toLowerCase())),
    record: null,
    acts: [],
    shownBy: reading.shownBy,
  };
}

/**
 * The endpoint's own word goes before every clock. What it lists as not over is in force unless that word says
 * otherwise; where all is listed, a grant without such a word is in force until its time is over by the device's clock.
 */
function isActive(
  { state, expiresAt }: GrantParts,
  { shapes, device, includeExpired, order }: GrantReading,
): boolean {
  const says = shapes.saysActive(state);
  if (says !== null) return says;
  const end = instantIn(expiresAt, order);
  if (!includeExpired || end === null || device.measured === null) return true;
  return end.ms + (end.zoned ? 0 : mostWestern) > device.measured;
}

const printedAs = (
  other: readonly { readonly name: string; readonly text: string }[],
  names: readonly string[],
): string | null =>
  other.find(({ name }) => names.some((known) => known.toLowerCase() === name.toLowerCase()))?.text ?? null;

/**
 * Enabling again changes level, update and expiry of the same grant; only the time of its making stays (domain 4.3).
 * Where that is missing, the best that is there.
 */
function grantKey(by: {
  readonly created: string | null;
  readonly expires: string | null;
  readonly state: string;
  readonly level: string;
}): string {
  if (by.created !== null) return `created ${by.created}`;
  return by.expires === null
    ? `state ${by.state}, level ${by.level}`
    : `expires ${by.expires}, level ${by.level}`;
}
