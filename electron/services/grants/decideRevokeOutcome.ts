import type { Failure } from "#contract";
import { missingProof, type Evidence } from "../doors/missingProof.ts";

export type RevokeDecision =
  | { readonly kind: "closed" }
  | { readonly kind: "notConfirmed"; readonly because: Failure };

export type RevokeEvidence = Evidence & {
  /** Endpoints that have no command to revoke with. */
  readonly unable: ReadonlySet<string>;
  /** A grant was being opened when the revoke began, and its command has not come to its end: it may land yet. */
  readonly isOpening: boolean;
};

/**
 * Closed only when nothing of the proof is missing (`missingProof`) and nothing that was asked before can land any more.
 * The readings are one round, taken after the revoke was asked.
 */
export function decideRevokeOutcome(evidence: RevokeEvidence): RevokeDecision {
  if (evidence.isOpening) return { kind: "notConfirmed", because: mayLandYet };
  const missing = missingProof(evidence);
  if (missing === null) return { kind: "closed" };
  const { unable } = evidence;
  const because = unable.size === 0 ? advised(missing) : withoutCommand(missing, [...unable]);
  return { kind: "notConfirmed", because };
}

/** Where signing in is not what helps, the operator is told what does. */
const advised = (missing: Failure): Failure =>
  missing.remedy === "signIn"
    ? missing
    : {
        ...missing,
        sentence: `${missing.sentence} Revoke again, or block the outbound addresses at the firewall.`,
      };

const mayLandYet: Failure = {
  code: "notConfirmed",
  sentence:
    "A grant was being opened when the revoke began, and its command has not come to its end: it may land yet. Revoke again.",
  remedy: "retry",
};

/** What does not heal by waiting is said as such, with what else shuts the door. */
const withoutCommand = (missing: Failure, unable: readonly string[]): Failure => ({
  code: "commandMissing",
  sentence: `${unable.join(", ")} ${unable.length === 1 ? "has" : "have"} no Disable-RemoteSupport for this account, and asking again does not change that: the grant lasts until it expires, or until somebody whose session configuration has the command runs it there. Until then block the outbound addresses at the firewall. ${missing.sentence}`,
  remedy: "none",
});
