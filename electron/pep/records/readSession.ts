import { grantMinutes, type Session } from "#contract";
import { transcriptKeptDays } from "../../products/azureStackHub/numbers.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { clockTolerance, type DeviceTime, mostWestern } from "../deviceTime.ts";
import { canonicalId, emptyGuid } from "./canonicalId.ts";
import { isFormatObject } from "./formatObjects.ts";
import { candidatesOf, type DateOrder, instantIn, type Moment, settled } from "./moment.ts";
import type { Dated } from "./provenOrder.ts";
import type { ReadShapes } from "./readShapes.ts";
import { contentOf } from "./readTranscriptContent.ts";
import { RecordFields } from "./recordFields.ts";

/** A record that is a session, with its times as they came. */
export type SessionParts = {
  readonly fields: RecordFields;
  readonly id: string;
  /** The id to the letter. */
  readonly printedId: string;
  readonly transcript: string;
  readonly startedAt: Moment;
  readonly endedAt: Moment;
};

/** How the sessions of one answer are read. */
export type SessionReading = {
  readonly shapes: ReadShapes;
  readonly device: DeviceTime;
  readonly order: DateOrder | null;
  readonly shownBy: readonly string[];
};

/**
 * The parts of a session as `Get-RemoteSupportSessionHistory` prints it (domain 4.6), taken by name. Null when the value
 * is something else, names no session, or is a grant too.
 */
export function sessionParts(value: ClixmlValue, shapes: ReadShapes): SessionParts | null {
  if (isFormatObject(value)) return null;
  const { session } = shapes;
  const fields = new RecordFields(value, shapes.secretNames);
  const printedId = fields.text(session.id);
  if (printedId === null) return null;
  if (shapes.ofGrants.some((name) => fields.holds([name]))) return null;
  const id = canonicalId(printedId);
  if (id === emptyGuid) return null;
  return {
    fields,
    id,
    printedId,
    transcript: contentOf(fields, session.transcript),
    startedAt: fields.moment(session.startedAt),
    endedAt: fields.moment(session.endedAt),
  };
}

/** No grant lasts longer, and no session outlives its grant (milliseconds). */
const longest = (grantMinutes.most + 60) * 60_000;

/** What cannot be in one session: it shows in which order its days and months stand. */
export function datedSession({ startedAt, endedAt }: SessionParts, { measured }: DeviceTime): Dated {
  return {
    moments: [startedAt, endedAt],
    contradicts: (at) => {
      const [start, end] = [at(startedAt), at(endedAt)];
      if (start !== null && end !== null && (end < start - clockTolerance || end > start + longest))
        return true;
      return start !== null && measured !== null && start > measured + clockTolerance;
    },
  };
}

export function sessionOf(parts: SessionParts, reading: SessionReading): Session {
  const { fields } = parts;
  const { shapes, order } = reading;
  const { session } = shapes;
  const levelAsPrinted = fields.text(session.level) ?? "";
  const start = settled(parts.startedAt, order);
  if (start.kind === "unread") fields.giveBack(session.startedAt);
  const { running, endedAt, isShown } = endOf(parts, reading);
  if (isShown) fields.giveBack(session.endedAt);
  return {
    id: parts.id,
    level: shapes.levelOf(levelAsPrinted),
    levelAsPrinted,
    startedAt: start.at?.iso ?? null,
    running,
    endedAt,
    remoteApplication: fields.text(session.remoteApplication),
    transcriptPath: fields.text(session.transcriptPath),
    transcriptForgottenAt: endedAt === null ? null : later(endedAt, transcriptKeptDays * 86_400_000),
    other: fields.others(),
    shownBy: reading.shownBy,
    under: null,
  };
}

/** `isShown`: what stands in the record is not told by the rest. */
type End = { readonly running: boolean; readonly endedAt: string | null; readonly isShown: boolean };

/**
 * An end that is to come is none. One that cannot be read has been where it lies in the past in whatever order. Our own
 * clock stands in for the device's where that told none: it has no grant to call over here.
 */
function endOf({ startedAt, endedAt }: SessionParts, { device, order }: SessionReading): End {
  const now = device.measured ?? device.ours;
  const end = settled(endedAt, order);
  if (end.kind === "none")
    return { running: !hasLostItsEnd(startedAt, device, order), endedAt: null, isShown: false };
  if (end.kind === "at")
    return end.at.ms > now + clockTolerance
      ? { running: true, endedAt: null, isShown: true }
      : { running: false, endedAt: end.at.iso, isShown: false };
  const mayBe = candidatesOf(endedAt);
  const isPast = mayBe.length > 0 && mayBe.every((ms) => ms <= now);
  return { running: !isPast, endedAt: null, isShown: true };
}

/** One that began longer ago than any grant lasts has lost its end time, not its end; only the device's clock says so. */
function hasLostItsEnd(startedAt: Moment, { measured }: DeviceTime, order: DateOrder | null): boolean {
  const start = instantIn(startedAt, order);
  if (start === null || measured === null) return false;
  return start.ms + (start.zoned ? 0 : mostWestern) < measured - longest;
}

function later(time: string, milliseconds: number): string | null {
  const date = new Date(Date.parse(time) + milliseconds);
  return date.getUTCFullYear() > 9999 ? null : date.toISOString();
}
