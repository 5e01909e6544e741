import type { Grant } from "#contract";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { levelOf } from "./levels.ts";
import { RecordFields } from "./recordFields.ts";

/** Words for a grant that is over; only the first is published, the others are guesses (domain 8). */
const overWords: ReadonlySet<string> = new Set([
  "expired",
  "revoked",
  "disabled",
  "inactive",
  "terminated",
  "closed",
  "ended",
  "cancelled",
  "canceled",
  "denied",
  "none",
]);

/**
 * A grant as `Get-RemoteSupportAccess` and `Enable-RemoteSupport` print it (domain 4), read by name. Null when the value
 * is something else, or an empty grant. `record` is null: who asked, and why, is not known to the endpoint.
 */
export function readGrant(value: ClixmlValue, now: Date): Grant | null {
  const fields = new RecordFields(value);
  if (!isGrantLike(fields)) return null;
  const state = fields.text("State") ?? "";
  const levelAsPrinted = fields.text("AccessLevel") ?? "";
  const createdAt = fields.time("CreatedAt");
  const expiresAt = fields.time("ExpiresAt", "ExpirationTimeStamp");
  const targetService = fields.text("TargetService");
  if (state === "" && levelAsPrinted === "" && createdAt === null && expiresAt === null) return null;
  return {
    key: grantKey(createdAt, expiresAt, state, levelAsPrinted),
    state,
    active: isActive(state, expiresAt, now),
    level: levelOf(levelAsPrinted),
    levelAsPrinted,
    createdAt,
    updatedAt: fields.time("UpdatedAt"),
    expiresAt,
    connectionStatus: fields.text("ConnectionStatus"),
    connectionError: fields.text("ConnectionErrorMessage"),
    targetService,
    other: fields
      .others()
      .filter((field) => field.text !== "" || field.name.toLowerCase() !== "sascredential"),
    record: null,
    acts: [],
    shownBy: [],
  };
}

const isGrantLike = (fields: RecordFields): boolean =>
  !fields.has("SessionId") &&
  (fields.has("AccessLevel", "ExpiresAt") || (fields.has("State") && fields.has("CreatedAt")));

/**
 * `Active` is what is printed for a grant in force. A word or a number that we do not know may mean the same, so such a
 * grant counts as in force until its time is over: a door is never called shut on a guess.
 */
function isActive(state: string, expiresAt: string | null, now: Date): boolean {
  const word = state.toLowerCase();
  if (word === "active") return true;
  if (overWords.has(word)) return false;
  return expiresAt === null || Date.parse(expiresAt) > now.getTime();
}

/**
 * Enabling again changes level, update and expiry of the same grant; only the time of its making stays (domain 4.3).
 * Where that is missing, the best that is there.
 */
function grantKey(createdAt: string | null, expiresAt: string | null, state: string, level: string): string {
  if (createdAt !== null) return `created ${createdAt}`;
  return expiresAt === null ? `state ${state}, level ${level}` : `expires ${expiresAt}, level ${level}`;
}
