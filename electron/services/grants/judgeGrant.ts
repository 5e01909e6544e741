import { ConsoleError, type Failure, type Grant } from "#contract";
import { readProof } from "../doors/readView.ts";
import { anotherTryMayHelp, failureOf } from "../failureOf.ts";
import type { World } from "../world.ts";
import { withDeadline } from "../withDeadline.ts";
import {
  decideGrantOutcome,
  notWaitedFor,
  type GrantDecision,
  type GrantEvidence,
} from "./decideGrantOutcome.ts";
import type { Opening } from "./opening.ts";

/** One reading after an act may take this long, over all endpoints. */
const readingMayTake = 30_000;
/** An accepted grant is looked for this long before "not known" or "not granted" is said (instances may lag; assumed). */
const grantMayLag = 10_000;
/** After a Yes a target that cannot be read is tried again this long: the first enable can restart WinRM (vendor). */
const winrmMayRestart = 6 * 60_000;
const targetMayBeSilent = 60_000;
const restBetweenReadings = 2_000;
const longestRest = 30_000;

export type Judgement = { readonly decision: GrantDecision; readonly stateAfter: string };
type After = Pick<GrantEvidence, "after" | "unread"> & { readonly aheadMs: number | null };
/** Stops the command, and ends the waiting for what became of it. */
export type OpeningEnds = { readonly stop: AbortSignal; readonly enough: AbortSignal };

/**
 * Reads back, always with a conversation of its own, and decides by that reading. A stop that comes only now, a revoke
 * and the console's end leave it at the readings there are, at least one. Never throws.
 */
export async function judgeGrant(world: World, opening: Opening, ends: OpeningEnds): Promise<Judgement> {
  const { clock } = world.ports;
  const began = clock.monotonic();
  const enough = ends.stop.aborted ? ends.enough : AbortSignal.any([ends.stop, ends.enough]);
  let known: After | null = null;
  for (let unread = 0; ; ) {
    const after: After = await readAfter(world, opening, known, enough);
    known = after;
    const readAt = clock.now().toISOString();
    const { level, minutes } = opening.request;
    const asked = { level, minutes, askedAt: opening.askedAt, readAt, aheadMs: after.aheadMs };
    const sent = opening.sent.length > 0;
    const decision = decideGrantOutcome({ ...opening, ...after, sent, asked });
    const isLongEnough = clock.monotonic() - began >= patienceFor(opening, after, decision);
    if (isLongEnough || enough.aborted)
      return judged(opening, after, isLongEnough ? decision : cutShort(decision, after));
    const rest = after.unread === null ? restBetweenReadings : Math.min(longestRest, 1_000 * 2 ** unread++);
    if (after.unread !== null) opening.facts.add("retrying", null, silentWords(after.unread, rest));
    await clock.sleep(rest, enough).catch(() => undefined);
  }
}

function judged(opening: Opening, after: After, decision: GrantDecision): Judgement {
  const stateAfter = wordsFor(opening, after, decision);
  if (after.unread !== null) opening.facts.add("failed", null, after.unread.sentence);
  if (opening.sent.length > 0 && decision.kind !== "notKnown")
    opening.facts.add("confirmed", after.after?.endpoint ?? null, stateAfter);
  return { decision, stateAfter };
}

/** No new grant, but it was not looked for as long as one may take to show: that is not known, not "not granted". */
const cutShort = (decision: GrantDecision, { after }: After): GrantDecision =>
  decision.kind === "notGranted" && after !== null
    ? { kind: "notKnown", because: notWaitedFor(after.endpoint) }
    : decision;

const silentWords = ({ sentence }: Failure, rest: number): string =>
  `${sentence} Its WinRM may be restarting; the state is read again in ${rest / 1_000} s.`;

/** The endpoint said that it will not. */
const turnedDown: ReadonlySet<string> = new Set(["refused", "invalidInput", "commandMissing", "forbidden"]);

function patienceFor(opening: Opening, { after, unread }: After, decision: GrantDecision): number {
  if (opening.sent.length === 0 || decision.kind === "granted" || decision.kind === "declined") return 0;
  // What waiting does not mend is told at once; a refused password above all is not tried again.
  if (unread !== null && !anotherTryMayHelp(unread.code)) return 0;
  const mayStillCome = opening.answer === "yes" || opening.answer === "notAsked";
  if (after === null && opening.trouble?.code === "signInRefused") return 0;
  // Waiting makes nobody understand what was printed.
  if (after !== null && after.notUnderstood.length > 0) return 0;
  if (after === null) return mayStillCome ? winrmMayRestart : targetMayBeSilent;
  return mayStillCome && !turnedDown.has(opening.trouble?.code ?? "") ? grantMayLag : 0;
}

/** Only a reading that is not the first is left for `enough`; then what was `known` before stands. */
async function readAfter(
  world: World,
  opening: Opening,
  known: After | null,
  enough: AbortSignal,
): Promise<After> {
  if (opening.sent.length === 0) return { after: null, aheadMs: null, unread: null };
  const { clock } = world.ports;
  const { facts, target } = opening;
  const late = (): ConsoleError =>
    new ConsoleError("timedOut", `${target.name} did not answer the reading in time.`, { remedy: "retry" });
  const mayEnd = known === null ? new AbortController().signal : enough;
  const watcher = world.watcher(target.id);
  const onTrouble = (failed: string, cause: unknown, next: string | null): void => {
    if (next === null) return;
    facts.add("retrying", next, `${failureOf(cause).sentence} Reading ${next} instead of ${failed}.`);
  };
  try {
    const { endpoint, value } = await withDeadline(clock, readingMayTake, late, mayEnd, (signal) =>
      world.reach.first(
        target,
        signal,
        (runspace, inner) => readProof(clock, runspace, watcher.lastAnswer(runspace.address.name), inner),
        { onTrouble, before: opening.endpoint },
      ),
    );
    watcher.takeChanged(endpoint, value);
    facts.add("readBack", endpoint, readingWords(endpoint, value.listed));
    const scope = world.registry.known(target.id)?.scope ?? null;
    const speaksForAsked = endpoint === opening.endpoint || scope?.grants === "shared";
    const { listed: grants, notUnderstood, aheadMs } = value;
    return { after: { endpoint, grants, notUnderstood, speaksForAsked }, aheadMs, unread: null };
  } catch (cause) {
    if (known !== null && enough.aborted) return known;
    return { after: null, aheadMs: null, unread: failureOf(cause) };
  }
}

function readingWords(endpoint: string, grants: readonly Grant[]): string {
  const active = grants.filter((grant) => grant.active);
  if (active.length === 0) return `${endpoint} shows no active grant.`;
  const words = active.map(
    (grant) =>
      `${grant.levelAsPrinted} until ${grant.expiresAt ?? "a time it does not say"}${grant.connectionStatus === null ? "" : ` (${grant.connectionStatus})`}`,
  );
  return `${endpoint} shows an active grant: ${words.join("; ")}.`;
}

/** For a person; a grant finds its receipt by the receipt's fields. */
function wordsFor(opening: Opening, { after }: After, decision: GrantDecision): string {
  switch (decision.kind) {
    case "granted":
      return `${after?.endpoint ?? "The endpoint"} shows an active grant until ${decision.grant.expiresAt ?? "an unknown time"}.`;
    case "declined":
      return `${after?.endpoint ?? "The endpoint"} shows no new grant.`;
    case "notGranted":
      return opening.sent.length > 0
        ? `${after?.endpoint ?? "The endpoint"} shows no new grant. ${decision.because.sentence}`
        : `Nothing was sent. ${decision.because.sentence}`;
    case "notKnown":
      return decision.because.sentence;
    default:
      return decision satisfies never;
  }
}
