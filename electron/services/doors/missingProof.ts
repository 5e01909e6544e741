import type { EndpointReading, Failure, Scope } from "#contract";
import { countWords } from "../grants/countWords.ts";

/** What a statement about a whole target rests on. */
export type Evidence = {
  /** One of each endpoint, from one round. */
  readonly readings: readonly EndpointReading[];
  readonly scope: Scope;
  /** Endpoints at which, by the ledger, a grant was opened that was not read as closed since. */
  readonly holders: readonly string[];
};

/**
 * What is missing to call a target closed; null: nothing, it is closed. Every endpoint that may hold a grant has to be
 * read, understood whole, and show neither an active grant nor a running session. Whether endpoints keep their grants
 * together is published nowhere: only where that was observed, or where the operator said so, one speaks for the others.
 */
export function missingProof({ readings, scope, holders }: Evidence): Failure | null {
  const read = readings.filter(wasRead);
  const open = read.filter((reading) => reading.activeGrants !== 0 || reading.liveSessions !== 0);
  if (open.length > 0) return stillOpen(open);
  const unclear = read.filter((reading) => reading.notUnderstood.length > 0);
  if (unclear.length > 0) return notUnderstood(unclear);
  const silent = readings.filter((reading) => !wasRead(reading));
  const isEnough = scope?.grants === "shared" && read.length > 0;
  if (silent.length > 0 && !isEnough) return notRead(silent, read, holders);
  const elsewhere = holders.filter((name) => !readings.some(({ endpoint }) => endpoint === name));
  if (elsewhere.length > 0 && !isEnough) return noLongerListed(elsewhere);
  return read.length > 0 ? null : notRead(silent, read, holders);
}

/** Whether an endpoint gave an answer that may still be told. */
export const wasRead = (reading: EndpointReading): boolean =>
  reading.failure === null && reading.activeGrants !== null && reading.liveSessions !== null;

function stillOpen(open: readonly EndpointReading[]): Failure {
  const words = open.map(
    (reading) =>
      `${reading.endpoint} still shows ${countWords(reading.activeGrants, "active grant")} and ${countWords(reading.liveSessions, "running session")}.`,
  );
  return {
    code: "notConfirmed",
    sentence: words.join(" "),
    remedy: "retry",
  };
}

/** In the words that came: an operator may know what they mean. */
export function notUnderstood(unclear: readonly EndpointReading[]): Failure {
  const words = unclear.map(
    ({ endpoint, notUnderstood: texts }) =>
      `${endpoint} printed what is not understood: “${shortened(texts)}”.`,
  );
  return {
    code: "badAnswer",
    sentence: `${words.join(" ")} So its reading proves nothing: treat the door as open. The connection check shows all of it.`,
    remedy: "none",
  };
}

const mostShown = 400;

function shortened(texts: readonly string[]): string {
  const all = texts.join(" | ");
  return all.length <= mostShown ? all : `${all.slice(0, mostShown)}…`;
}

function notRead(
  silent: readonly EndpointReading[],
  read: readonly EndpointReading[],
  holders: readonly string[],
): Failure {
  const signIn = silent.find(({ failure }) => failure?.remedy === "signIn")?.failure;
  if (signIn !== undefined && signIn !== null && read.length === 0) return signIn;
  const words = silent.map(({ endpoint, failure }) => {
    const known = holders.includes(endpoint) ? ` By the ledger a grant was opened at ${endpoint}.` : "";
    return `${endpoint} was not read: ${failure?.sentence ?? "it gave no answer."}${known}`;
  });
  const isSome = read.length > 0;
  const because = isSome
    ? "Whether the endpoints of this target keep their grants together is not known, so each has to be read."
    : "No endpoint could be read.";
  return {
    code: "notConfirmed",
    sentence: `${words.join(" ")} ${because}`,
    remedy: silent.some(({ failure }) => failure?.remedy === "signIn") ? "signIn" : "retry",
  };
}

const noLongerListed = (names: readonly string[]): Failure => ({
  code: "notConfirmed",
  sentence: `By the ledger a grant was opened at ${names.join(", ")}, which this target does not list any more. Add it again, and read it.`,
  remedy: "none",
});
