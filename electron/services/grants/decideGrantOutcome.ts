import type { Failure, Grant } from "#contract";
import { fitsRequest, newGrants, type GrantAsked } from "./fitsRequest.ts";

/** A fresh reading of one endpoint after an act. */
export type FreshReading = {
  readonly endpoint: string;
  readonly grants: readonly Grant[];
  /** Anything here, and the reading proves nothing. */
  readonly notUnderstood: readonly string[];
  /** Whether it speaks for the endpoint that was asked: it is that one, or they are known to share their grants. */
  readonly speaksForAsked: boolean;
};

export type GrantEvidence = {
  readonly asked: GrantAsked;
  /** False when the command never left us. */
  readonly sent: boolean;
  /** `stopped`: the command was stopped before anybody answered. */
  readonly answer: "yes" | "no" | "stopped" | "notAsked";
  /** What went wrong between asking and the end of the command; null: it came to its end. */
  readonly trouble: Failure | null;
  /** The reading taken before asking. */
  readonly before: readonly Grant[];
  /** The fresh reading after it; null when none could be had. */
  readonly after: FreshReading | null;
  /** Why there is no fresh reading. */
  readonly unread: Failure | null;
};

export type GrantDecision =
  | { readonly kind: "granted"; readonly grant: Grant }
  | { readonly kind: "declined" }
  | { readonly kind: "notGranted"; readonly because: Failure }
  | { readonly kind: "notKnown"; readonly because: Failure };

/**
 * What became of a request, by what a fresh reading shows and by nothing else. Where the reading contradicts what was
 * done, the answer is notKnown: the door is treated as possibly open.
 */
export function decideGrantOutcome(evidence: GrantEvidence): GrantDecision {
  const { after, trouble, answer } = evidence;
  if (!evidence.sent) return { kind: "notGranted", because: trouble ?? nothingSent };
  if (after === null) return { kind: "notKnown", because: evidence.unread ?? trouble ?? noReading };
  if (after.notUnderstood.length > 0) return { kind: "notKnown", because: unclear(after) };
  const fresh = newGrants(evidence.before, after.grants);
  const ours = fresh.find((grant) => fitsRequest(grant, evidence.asked));
  if (ours !== undefined && (answer === "yes" || answer === "notAsked"))
    return { kind: "granted", grant: ours };
  if (fresh.length > 0) return { kind: "notKnown", because: contradiction(after.endpoint, answer) };
  if (!after.speaksForAsked) return { kind: "notKnown", because: anotherWasRead(after.endpoint) };
  if (answer === "no") return { kind: "declined" };
  if (trouble?.code === "notConfirmed" && answer !== "stopped")
    return { kind: "notKnown", because: brokenOff(after.endpoint) };
  if (trouble !== null) return { kind: "notGranted", because: trouble };
  return { kind: "notKnown", because: acceptedUnseen(after.endpoint) };
}

const nothingSent: Failure = { code: "cancelled", sentence: "Nothing was sent.", remedy: "none" };

const noReading: Failure = {
  code: "notConfirmed",
  sentence: "No endpoint could be read afterwards. Treat the door as open; read again or revoke.",
  remedy: "retry",
};

const unclear = ({ endpoint, notUnderstood }: FreshReading): Failure => ({
  code: "badAnswer",
  sentence: `${endpoint} printed what is not understood: “${notUnderstood.join(" | ").slice(0, 400)}”. So its reading proves nothing: treat the door as open. The connection check shows all of it.`,
  remedy: "none",
});

const anotherWasRead = (endpoint: string): Failure => ({
  code: "notConfirmed",
  sentence: `${endpoint} shows no new grant, but another endpoint was asked for it, and whether they keep their grants together is not known: treat the door as possibly open; read again or revoke.`,
  remedy: "retry",
});

/**
 * The command may still run, and another endpoint may have been read than runs it. The first enabling of a node restarts
 * its WinRM twice, under the command (vendor's article for Azure Local).
 */
const brokenOff = (endpoint: string): Failure => ({
  code: "notConfirmed",
  sentence: `The conversation broke off before the command came to its end. ${endpoint} shows no new grant so far, but the command may still run: treat the door as possibly open; read again or revoke. Where remote support is enabled for the first time this restarts WinRM, twice at most: ask again once it is read as shut, the third time goes through.`,
  remedy: "retry",
});

function contradiction(endpoint: string, answer: GrantEvidence["answer"]): Failure {
  const because =
    answer === "no" || answer === "stopped"
      ? `${endpoint} shows a new grant although the question was ${answer === "no" ? "answered No" : "not answered"}.`
      : `${endpoint} shows a new grant, but not of the level and time that were asked for.`;
  return {
    code: "notConfirmed",
    sentence: `${because} Look at the grants of this target, and revoke if in doubt.`,
    remedy: "none",
  };
}

const acceptedUnseen = (endpoint: string): Failure => ({
  code: "notConfirmed",
  sentence: `The command ended without an error, but ${endpoint} shows no new grant. Read again, or revoke if in doubt.`,
  remedy: "retry",
});

/** A grant may show a while after its command (assumed), and a person did not want to wait that long. */
export const notWaitedFor = (endpoint: string): Failure => ({
  code: "notConfirmed",
  sentence: `${endpoint} shows no new grant so far, but the waiting for one was ended early: treat the door as possibly open; read again or revoke.`,
  remedy: "retry",
});
