/** One command of a visit as the transcript will show it. */
export type Call = {
  readonly name: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
  /** The texts of the objects it handed to Out-Default. */
  readonly objects: readonly string[];
  /** The lines it printed. */
  readonly output: readonly string[];
  /** Why it ended in a terminating error, null when it came to its end. */
  readonly failure: string | null;
};

/** A command that came to its end. */
export function call(
  name: string,
  parameters: Readonly<Record<string, string>>,
  output: readonly string[],
  objects: readonly string[] = [],
): Call {
  return { name, parameters: Object.entries(parameters), objects, output, failure: null };
}

/** The same command, ended by a terminating error before it printed anything. */
export function failed(one: Call, because: string): Call {
  return { ...one, objects: [], output: [], failure: because };
}
