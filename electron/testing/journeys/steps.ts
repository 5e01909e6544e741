import { ConsoleError } from "#contract";
import type { ConsoleClient, GrantProgress, GrantRequest, Question, RevokeProgress, Target } from "#contract";

/** Chooses the practice stamp and waits until its door was read. */
export async function chooseStamp(console: ConsoleClient): Promise<Target> {
  const target = await console.targets.startPractice({});
  for await (const overviews of console.targets.watch({})) {
    const own = overviews.find((overview) => overview.target.id === target.id);
    if (own?.signedIn === true && own.door.state !== "unknown") return own.target;
  }
  throw new Error("the watch ended before the door was known");
}

/** A valid wish to open the door. */
export function aGrantRequest(targetId: string): GrantRequest {
  return {
    targetId,
    level: "Diagnostics",
    minutes: 480,
    operator: "Ada B",
    reason: "storage alerts",
    caseNumber: "2611240040001234",
    agreedTermsSha256: null,
  };
}

/** Opens the door up to its end; `onQuestion` is called once, with the endpoint's question. */
export async function openDoor(
  console: ConsoleClient,
  request: GrantRequest,
  onQuestion: (question: Question) => Promise<void> | void,
): Promise<GrantProgress> {
  let asked = false;
  let last: GrantProgress | null = null;
  for await (const progress of console.grants.open(request)) {
    last = progress;
    if (asked || progress.question === null) continue;
    asked = true;
    await onQuestion(progress.question);
  }
  if (last === null) throw new Error("the opening said nothing");
  return last;
}

/** Opens the door and answers Yes, as a person who agrees. */
export function openWithYes(console: ConsoleClient, target: Target): Promise<GrantProgress> {
  return openDoor(console, aGrantRequest(target.id), async ({ questionId }) => {
    await console.consent.answer({ questionId, answer: "yes" });
  });
}

/** Shuts the door, up to its end. */
export async function shutDoor(console: ConsoleClient, target: Target): Promise<RevokeProgress> {
  let last: RevokeProgress | null = null;
  for await (const progress of console.grants.revoke({
    targetId: target.id,
    operator: "Ada B",
    reason: "case closed",
  }))
    last = progress;
  if (last === null) throw new Error("the revoke said nothing");
  return last;
}

/**
 * Opens streams of a target as an overview of many targets does, and keeps them open until the signal. Resolves when
 * each has told its first snapshot or was refused, with the code of a refusal.
 */
export async function floodWithStreams(
  console: ConsoleClient,
  { id: targetId }: Target,
  count: number,
  signal: AbortSignal,
): Promise<string | null> {
  const streams = Array.from({ length: count }, (_, at) =>
    at % 2 === 0
      ? console.grants.watch({ targetId }, { signal })
      : console.sessions.watch({ targetId, from: null }, { signal }),
  );
  const begun = await Promise.allSettled(streams.map((stream) => stream.next()));
  const refused = begun.find((one) => one.status === "rejected");
  return refused === undefined ? null : failureCode(Promise.reject(refused.reason as Error));
}

/** How many grants a fresh reading of the target shows active. */
export async function activeGrants(console: ConsoleClient, target: Target): Promise<number> {
  const { grants } = await console.grants.list({ targetId: target.id });
  return grants.filter((grant) => grant.active).length;
}

/** Waits until the ledger holds the outcome of an act, by reading it again and again. */
export async function recordedOutcome(console: ConsoleClient, act: "grant" | "revoke") {
  for (;;) {
    const { entries, chain } = await console.ledger.list({});
    const outcome = entries.find((entry) => entry.act === act && entry.phase === "outcome");
    if (outcome !== undefined) return { outcome, chain };
  }
}

/** The code that a call fails with; throws when it does not fail. */
export async function failureCode(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ConsoleError) return error.code;
    throw error;
  }
  throw new Error("it should have failed");
}
