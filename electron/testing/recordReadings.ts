import type { Grant, Session } from "#contract";
import { assumedShapes } from "../pep/readiedShapes.ts";
import { oneOfEach } from "../pep/records/oneOfEach.ts";
import { readGrants } from "../pep/records/readGrants.ts";
import { readSessions } from "../pep/records/readSessions.ts";
import { readyShapes } from "../pep/records/readShapes.ts";
import type { ClixmlValue } from "../protocol/clixml/value.ts";
import type { AccessReading, HistoryReading } from "../services/ports.ts";

/** How a test reads; what is left out is as usual: the device's clock is measured, and all grants are listed. */
export type Reading = {
  readonly shapes?: ReturnType<typeof readyShapes>;
  /** The device's time, null where it told none, and ours. */
  readonly measured?: string | null;
  readonly ours?: string;
  readonly includeExpired?: boolean;
  readonly said?: readonly string[];
  readonly aside?: readonly string[];
};

export const usualShapes = readyShapes(assumedShapes.shapes);
const usualTime = "2023-09-07T00:00:00Z";

function readingOf({ shapes = usualShapes, measured = usualTime, ours = usualTime }: Reading) {
  const device = { measured: measured === null ? null : Date.parse(measured), ours: Date.parse(ours) };
  return { shapes, device, shownBy: ["AZS-ERCS01"] };
}

/** What Get-RemoteSupportAccess gave, as it is read. */
export function accessOf(output: readonly ClixmlValue[], how: Reading = {}): AccessReading {
  const { includeExpired = true, said = [], aside = [] } = how;
  return readGrants({ output, said, aside }, { ...readingOf(how), includeExpired });
}

/** What Get-RemoteSupportSessionHistory gave, as it is read. */
export function historyOf(output: readonly ClixmlValue[], how: Reading = {}): HistoryReading {
  const { listed, notUnderstood } = readSessions(
    { output, said: how.said ?? [], aside: how.aside ?? [] },
    readingOf(how),
  );
  return { sessions: oneOfEach(listed.map(({ session }) => session)), notUnderstood };
}

/** The grant that the value is; null where it is none. */
export function grantIn(value: ClixmlValue, how: Reading = {}): Grant | null {
  return accessOf([value], how).grants[0] ?? null;
}

/** The session that the value is; null where it is none. */
export function sessionIn(value: ClixmlValue, how: Reading = {}): Session | null {
  return historyOf([value], how).sessions[0] ?? null;
}
