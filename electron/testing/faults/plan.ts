import type { ActName } from "./acts.ts";
import { faultKinds, type LineFault, pauseOf } from "./faultyLine.ts";
import { type LineMessage, messagesOf } from "./messages.ts";
import { readingsOf } from "./readings.ts";
import { type Conversation, runConversation } from "./runConversation.ts";
import { signInReadingsOf } from "./signInReadings.ts";
import type { VirtualTime } from "./virtualTime.ts";

/** An act done once without a fault, message by message. */
export type Usual = { readonly act: ActName; readonly messages: readonly LineMessage[] };

/** Faults after which an act takes the same course: what is true of one is true of all. */
export type Course = { readonly act: ActName; readonly faults: readonly LineFault[] };

/** The usual course of an act; throws when even that goes wrong. */
export async function usualCourse(time: VirtualTime, act: ActName, seed: number): Promise<Usual> {
  const { line, seen, wrong } = await runConversation(time, act, null, seed);
  if (wrong !== null) throw new Error(`${act} without a fault: ${seen}, ${wrong}`);
  return { act, messages: messagesOf(line) };
}

/** Every `step`-th byte of a message from its `first` on, each with the four kinds of fault. */
export function faultsOn(message: LineMessage, step: number, first: number): readonly LineFault[] {
  const { direction, start, bytes } = message;
  const faults: LineFault[] = [];
  for (let at = first; at < bytes.length; at += step)
    for (const kind of faultKinds) faults.push({ kind, direction, offset: start + at });
  return faults;
}

/** So many faults are tried at once on an end of the wire. */
const atOnce = 400;

/** The courses that an act may take under these faults on one of its messages. */
export async function coursesOf(
  newTime: () => VirtualTime,
  { act, messages }: Usual,
  message: LineMessage,
  faults: readonly LineFault[],
): Promise<readonly Course[]> {
  const courses = new Map<string, LineFault[]>();
  for (let from = 0; from < faults.length; from += atOnce) {
    const some = faults.slice(from, from + atOnce);
    const readings = message.sealed
      ? await readingsOf(newTime(), message, some)
      : await signInReadings(newTime(), messages, message, some);
    for (const [index, fault] of some.entries()) {
      // A cut is seen by the end that sends as well.
      const key = `${fault.kind === "cut" ? "cut" : "passed"}\n${readings[index] ?? ""}`;
      courses.set(key, [...(courses.get(key) ?? []), fault]);
    }
  }
  return [...courses.values()].map((own) => ({ act, faults: own }));
}

/** Counted from the first byte of their socket; only the first socket of all has to ask for the schemes. */
function signInReadings(
  time: VirtualTime,
  messages: readonly LineMessage[],
  message: LineMessage,
  faults: readonly LineFault[],
): Promise<readonly string[]> {
  const first = messages.find(
    ({ socket, direction }) => socket === message.socket && direction === message.direction,
  );
  const begins = first?.start ?? 0;
  const schemes = message.socket === 0 ? [] : ["Negotiate"];
  return signInReadingsOf(
    time,
    schemes,
    faults.map((fault) => ({ ...fault, offset: fault.offset - begins, pause: pauseOf(fault) })),
  );
}

export type Tally = {
  faults: number;
  courses: number;
  conversations: number;
  done: number;
  refused: number;
  notKnown: number;
  wrong: number;
};

export const emptyTally = (): Tally => ({
  faults: 0,
  courses: 0,
  conversations: 0,
  done: 0,
  refused: 0,
  notKnown: 0,
  wrong: 0,
});

/** Adds a course to the tally: it ended for all its faults as it did for the one that was tried. */
export function count(tally: Tally, { faults }: Course, { ended, wrong }: Conversation): void {
  tally.faults += faults.length;
  tally.courses += 1;
  tally[ended] += faults.length;
  if (wrong !== null) tally.wrong += faults.length;
}
