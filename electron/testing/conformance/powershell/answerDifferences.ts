import { isDeepStrictEqual } from "node:util";
import type { PsrpErrorCode } from "../../../protocol/psrp/psrpError.ts";

/** What a conversation was, as far as a difference in its answers may come from it. */
export type Facts = {
  /** The input ended with a line that is no packet. */
  readonly ended: boolean;
  /** Why our pool broke; null while it did not. */
  readonly broken: PsrpErrorCode | null;
  /** The recorded pool was opened. */
  readonly opened: boolean;
  /** The client closed its session. */
  readonly closed: boolean;
  /** Some pipeline that the client began was never closed, which PowerShell then waits for. */
  readonly leavesOpen: boolean;
};

/** The words of one target. */
export type Answers = {
  /** The last line of the recording is the client's, to this target. */
  readonly unanswered: boolean;
  readonly isSession: boolean;
  readonly ours: readonly string[];
  /** Ours before the end of the input, which the recording may not have. */
  readonly oursBeforeEnd: readonly string[];
  readonly recorded: readonly string[];
};

/** Why this difference is allowed; null where it is not. */
export function reasonFor(facts: Facts, answers: Answers): string | null {
  const early = facts.closed ? null : withoutEnd(answers);
  const cut = answers.unanswered && isStartOf(answers.recorded, answers.ours);
  return (
    (cut ? "the recording ends before the answer to its last line" : early) ??
    difference(facts, answers) ??
    difference(facts, { ...answers, ours: answers.oursBeforeEnd })
  );
}

const withoutEnd = ({ oursBeforeEnd, recorded }: Answers): string | null =>
  isDeepStrictEqual(oursBeforeEnd, recorded) ? "the recording ends before its session is closed" : null;

function difference(facts: Facts, { isSession, unanswered, ours, recorded }: Answers): string | null {
  if (facts.ended && isStartOf(ours, recorded))
    return "after a line that is no packet our server says nothing more";
  const isRefused = facts.broken !== null && (!facts.opened || safer.has(facts.broken));
  const [acks, recordedAcks] = [ours.filter(isAck), recorded.filter(isAck)];
  const sameAcks = isDeepStrictEqual(acks, recordedAcks) || (unanswered && isStartOf(recordedAcks, acks));
  if (isRefused && sameAcks)
    return "what is not accepted breaks our pool, which says so (state 5); PowerShell is silent";
  const said = recorded.includes("POOL 3") ? ours : ours.filter((word) => word !== "POOL 3");
  if (isSession && said.length < ours.length && sameAside(said, recorded, ["DataAck"]))
    return "our pool says Closed behind Closing, which this recording lacks";
  if (recorded.includes("POOL 5") && sameAside(ours, recorded.filter(notClosing), ["DataAck"]))
    return "a pool that said Broken says no state after it";
  if (sameAside(ours, recorded, ["DataAck"]))
    return "a DataAck stands on the other side of the state that its data brings about";
  const hurried = recorded.includes("SignalAck", recorded.indexOf("CloseAck"));
  if (hurried && sameAside(ours, recorded, ["DataAck", "SignalAck", "CloseAck"]))
    return "a Close that did not wait for its SignalAck is answered in the order of the lines";
  const onlyCloseAck = isStartOf(recorded, ours) && ours.slice(recorded.length).join() === "CloseAck";
  return isSession && onlyCloseAck && facts.leavesOpen
    ? "a session closed before its pipelines is acknowledged at the end of the input"
    : null;
}

/** Acks; the other words are states. */
const isAck = (word: string): boolean => word.endsWith("Ack");

/** PowerShell goes on where a fragment is out of its order, or the serialisation is a newer one; we end what we cannot trust. */
const safer: ReadonlySet<PsrpErrorCode> = new Set(["badFragment", "versionNotSupported"]);

const notClosing = (word: string): boolean => word !== "POOL 3" && word !== "POOL 4";

/** Equal but for the place of those words. */
const sameAside = (
  ours: readonly string[],
  recorded: readonly string[],
  words: readonly string[],
): boolean => {
  const rest = (list: readonly string[]): string => list.filter((word) => !words.includes(word)).join();
  return rest(ours) === rest(recorded) && ours.toSorted().join() === recorded.toSorted().join();
};

const isStartOf = (start: readonly string[], all: readonly string[]): boolean =>
  start.every((word, index) => all[index] === word);
