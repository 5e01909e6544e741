import { grantMinutes, type Grant } from "#contract";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { clockTolerance, type DeviceTime, mostWestern } from "../deviceTime.ts";
import { isFormatObject } from "./formatObjects.ts";
import { type DateOrder, instantIn, type Moment, settled } from "./moment.ts";
import type { Dated } from "./provenOrder.ts";
import type { ReadShapes } from "./readShapes.ts";
import { RecordFields } from "./recordFields.ts";

/** A record that is a grant, with its times as they came. */
export type GrantParts = {
  readonly fields: RecordFields;
  readonly state: string;
  readonly levelAsPrinted: string;
  readonly createdAt: Moment;
  readonly updatedAt: Moment;
  readonly expiresAt: Moment;
};

/** How the grants of one answer are read. */
export type GrantReading = {
  readonly shapes: ReadShapes;
  readonly device: DeviceTime;
  /** Whether those that are over were asked for too: what is listed without is in force. */
  readonly includeExpired: boolean;
  readonly order: DateOrder | null;
  readonly shownBy: readonly string[];
};

/**
 * The parts of a grant as `Get-RemoteSupportAccess` and `Enable-RemoteSupport` print it (domain 4), taken by name. Null
 * when the value is something else, or has too little of a grant to say whether it is in force.
 */
export function grantParts(value: ClixmlValue, shapes: ReadShapes): GrantParts | null {
  if (isFormatObject(value)) return null;
  const { grant } = shapes;
  const fields = new RecordFields(value, shapes.secretNames);
  if (!fields.has(grant.state) && !fields.has(grant.expiresAt)) return null;
  if (shapes.ofSessions.some((name) => fields.holds([name]))) return null;
  if ([grant.state, grant.level, grant.expiresAt].some((names) => isUnreadable(fields, names))) return null;
  const parts = {
    fields,
    state: fields.text(grant.state) ?? "",
    levelAsPrinted: fields.text(grant.level) ?? "",
    createdAt: fields.moment(grant.createdAt),
    updatedAt: fields.moment(grant.updatedAt),
    expiresAt: fields.moment(grant.expiresAt),
  };
  const saysItself = parts.state !== "" || parts.expiresAt.kind !== "none";
  return saysItself && saidOf(parts) >= leastSaid ? parts : null;
}

/** Anything may have a state, or an end. */
const leastSaid = 2;

const saidOf = ({ state, levelAsPrinted, createdAt, updatedAt, expiresAt }: GrantParts): number =>
  [state, levelAsPrinted].filter((text) => text !== "").length +
  [createdAt, updatedAt, expiresAt].filter(({ kind }) => kind !== "none").length;

/** An object in the place of a word. A time may be one. */
const isUnreadable = (fields: RecordFields, names: readonly string[]): boolean => fields.isWithoutText(names);

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
