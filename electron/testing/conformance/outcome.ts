/**
 * How far our client went with what the recorded one did, by the part of the file with which it went least far: it made
 * every call; or calls that it does not offer were made of its messages; or only envelopes were read, of text shells.
 */
export type Reach = "whole" | "messages" | "envelopes";

/** What one file showed. `remarks` are things a reader of the table should know, failures apart. */
export type Outcome =
  | {
      readonly type: "passes";
      readonly reach: Reach;
      readonly counts: string;
      readonly remarks: readonly string[];
    }
  | { readonly type: "fails"; readonly where: string; readonly why: string }
  | { readonly type: "notApplicable"; readonly why: string };

/** A check did not hold. `where` names a place in the file, such as `response 5`. */
export class ConformanceFailure extends Error {
  override readonly name = "ConformanceFailure";
  readonly where: string;

  constructor(where: string, why: string) {
    super(why);
    this.where = where;
  }
}

/** Runs the checks of one file. Any error is a failure of that file, and the others go on. */
export function outcomeOf(check: () => Outcome): Outcome {
  try {
    return check();
  } catch (error) {
    if (error instanceof ConformanceFailure)
      return { type: "fails", where: error.where, why: oneLine(error.message) };
    return { type: "fails", where: "the file", why: oneLine(String(error)) };
  }
}

/** Runs a part of a check; an error in it is told with its place. */
export function at<Result>(where: string, part: () => Result): Result {
  try {
    return part();
  } catch (error) {
    if (error instanceof ConformanceFailure)
      throw new ConformanceFailure(`${where}, ${error.where}`, error.message);
    throw new ConformanceFailure(where, String(error));
  }
}

/** Fails at that place, with the first difference, unless both are the same plain data. */
export function demandEqual(where: string, ours: unknown, expected: unknown): void {
  const difference = firstDifference(ours, expected);
  if (difference !== null) throw new ConformanceFailure(where, difference);
}

/** Where two plain values differ first, as `path: ours / expected`; null when they do not. */
export function firstDifference(ours: unknown, expected: unknown, path = ""): string | null {
  if (Object.is(ours, expected)) return null;
  if (!isHolder(ours) || !isHolder(expected))
    return `${path || "value"}: ours ${shown(ours)}, recorded ${shown(expected)}`;
  const [mine, theirs] = [Object.entries(ours), Object.entries(expected)];
  const names = new Set([...mine, ...theirs].map(([name]) => name));
  for (const name of names) {
    const difference = firstDifference(
      Reflect.get(ours, name),
      Reflect.get(expected, name),
      `${path}/${name}`,
    );
    if (difference !== null) return difference;
  }
  return null;
}

const isHolder = (value: unknown): value is object => typeof value === "object" && value !== null;

const shown = (value: unknown): string => {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
};

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ");

/** `1 event`, `2 events`: what follows the word behind its first blank stays as it is. */
export function counted(count: number, words: string): string {
  const [one = "", ...rest] = words.split(" ");
  return [count, count === 1 ? one.replace(/s$/, "") : one, ...rest].join(" ");
}
