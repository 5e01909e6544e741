import type { EngineerPlan, Instance, StampGrant, StampSession, StampState } from "./stampState.ts";

/** The text is no state of a practice stamp; the message names the place. */
export class StampStateError extends Error {
  override readonly name = "StampStateError";
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads a kept state strictly: unknown, missing or wrong fields are errors, never guesses. */
export function parseStampState(text: string): StampState {
  const fields = fieldsOf(parsedJson(text), "state", [
    "format",
    "seed",
    "drawn",
    "asOf",
    "grants",
    "sessions",
    "engineer",
  ]);
  if (fields["format"] !== 1) throw new StampStateError("state.format is not 1");
  return {
    format: 1,
    seed: whole(fields["seed"], "state.seed"),
    drawn: whole(fields["drawn"], "state.drawn"),
    asOf: whole(fields["asOf"], "state.asOf"),
    grants: items(fields["grants"], "state.grants").map((item, index) =>
      grant(item, `state.grants[${index}]`),
    ),
    sessions: items(fields["sessions"], "state.sessions").map((item, index) =>
      session(item, `state.sessions[${index}]`),
    ),
    engineer: engineer(fields["engineer"]),
  };
}

/** The text that `parseStampState` reads back equal. */
export function writeStampState(state: StampState): string {
  return `${JSON.stringify(state, null, 1)}\n`;
}

function grant(value: unknown, place: string): StampGrant {
  const fields = fieldsOf(value, place, [
    "id",
    "level",
    "account",
    "instance",
    "createdAt",
    "updatedAt",
    "expiresAt",
    "ended",
    "sessionsEndBy",
  ]);
  return {
    id: words(fields["id"], `${place}.id`),
    level: oneOf(fields["level"], ["Diagnostics", "DiagnosticsRepair"], `${place}.level`),
    account: words(fields["account"], `${place}.account`),
    instance: instance(fields["instance"], `${place}.instance`),
    createdAt: whole(fields["createdAt"], `${place}.createdAt`),
    updatedAt: whole(fields["updatedAt"], `${place}.updatedAt`),
    expiresAt: whole(fields["expiresAt"], `${place}.expiresAt`),
    ended: end(fields["ended"], ["revoked", "expired"], `${place}.ended`),
    sessionsEndBy: whole(fields["sessionsEndBy"], `${place}.sessionsEndBy`),
  };
}

function session(value: unknown, place: string): StampSession {
  const fields = fieldsOf(value, place, [
    "id",
    "grantId",
    "instance",
    "level",
    "manner",
    "seed",
    "pace",
    "startedAt",
    "leavesAt",
    "ended",
  ]);
  const pace = fields["pace"];
  if (typeof pace !== "number" || !(pace > 0))
    throw new StampStateError(`${place}.pace is no positive number`);
  return {
    id: words(fields["id"], `${place}.id`),
    grantId: words(fields["grantId"], `${place}.grantId`),
    instance: instance(fields["instance"], `${place}.instance`),
    level: oneOf(fields["level"], ["Diagnostics", "DiagnosticsRepair"], `${place}.level`),
    manner: oneOf(fields["manner"], ["careful", "careless"], `${place}.manner`),
    seed: whole(fields["seed"], `${place}.seed`),
    pace,
    startedAt: whole(fields["startedAt"], `${place}.startedAt`),
    leavesAt: whole(fields["leavesAt"], `${place}.leavesAt`),
    ended: end(fields["ended"], ["left", "revoked", "expired"], `${place}.ended`),
  };
}

function engineer(value: unknown): EngineerPlan {
  const fields = fieldsOf(value, "state.engineer", ["nextVisitAt", "visitsLeft"]);
  const next = fields["nextVisitAt"];
  return {
    nextVisitAt: next === null ? null : whole(next, "state.engineer.nextVisitAt"),
    visitsLeft: whole(fields["visitsLeft"], "state.engineer.visitsLeft"),
  };
}

function end<Because extends string>(
  value: unknown,
  reasons: readonly Because[],
  place: string,
): { readonly at: number; readonly because: Because } | null {
  if (value === null) return null;
  const fields = fieldsOf(value, place, ["at", "because"]);
  return {
    at: whole(fields["at"], `${place}.at`),
    because: oneOf(fields["because"], reasons, `${place}.because`),
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StampStateError("the file is no JSON", { cause });
  }
}

function fieldsOf(value: unknown, place: string, names: readonly string[]): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new StampStateError(`${place} is no object`);
  }
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new StampStateError(`${place} has an unknown field ${JSON.stringify(unknown)}`);
  const missing = names.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) throw new StampStateError(`${place}.${missing} is missing`);
  return value as Fields;
}

function items(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new StampStateError(`${place} is no list`);
  return value;
}

function whole(value: unknown, place: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value))
    throw new StampStateError(`${place} is no whole number`);
  return value;
}

function words(value: unknown, place: string): string {
  if (typeof value !== "string" || value === "") throw new StampStateError(`${place} is no text`);
  return value;
}

function instance(value: unknown, place: string): Instance {
  if (value !== 0 && value !== 1 && value !== 2) throw new StampStateError(`${place} is none of 0, 1, 2`);
  return value;
}

function oneOf<Word extends string>(value: unknown, allowed: readonly Word[], place: string): Word {
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw new StampStateError(`${place} is none of ${allowed.join(", ")}`);
  return found;
}
