import type { EndpointReading, Failure } from "#contract";
import { countWords } from "./countWords.ts";

export type RevokeDecision =
  | { readonly kind: "closed" }
  | { readonly kind: "notConfirmed"; readonly because: Failure };

/**
 * Closed only when at least one endpoint answered and none that answered shows an active grant or a session without an
 * end. `readings` is one round, taken after the revoke was asked.
 */
export function decideRevokeOutcome(readings: readonly EndpointReading[]): RevokeDecision {
  const answered = readings.filter((reading) => reading.readAt !== null && reading.failure === null);
  const open = answered.filter((reading) => reading.activeGrants !== 0 || reading.liveSessions !== 0);
  if (answered.length > 0 && open.length === 0) return { kind: "closed" };
  const because = open.length > 0 ? stillOpen(open) : silent(readings);
  return { kind: "notConfirmed", because };
}

function stillOpen(open: readonly EndpointReading[]): Failure {
  const words = open.map(
    (reading) =>
      `${reading.endpoint} still shows ${countWords(reading.activeGrants, "active grant")} and ${countWords(reading.liveSessions, "running session")}.`,
  );
  return {
    code: "notConfirmed",
    sentence: `${words.join(" ")} Revoke again, or block the outbound addresses at the firewall.`,
    remedy: "retry",
  };
}

function silent(readings: readonly EndpointReading[]): Failure {
  const signIn = readings.find(
    (reading) => reading.failure?.code === "signInRefused" || reading.failure?.code === "signInNeeded",
  )?.failure;
  if (signIn) return { ...signIn, remedy: "signIn" };
  const words = readings.flatMap((reading) => (reading.failure === null ? [] : [reading.failure.sentence]));
  return {
    code: "notConfirmed",
    sentence: `No endpoint could be read. ${words.join(" ")} Revoke again, or block the outbound addresses at the firewall.`,
    remedy: "retry",
  };
}
