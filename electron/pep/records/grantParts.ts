import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { isFormatObject } from "./formatObjects.ts";
import type { Moment } from "./moment.ts";
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
