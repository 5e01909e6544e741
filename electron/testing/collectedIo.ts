import { Readable } from "node:stream";
import type { CliIo } from "../hosts/cli/io.ts";

export type CollectedIo = { readonly io: CliIo; readonly out: string[]; readonly said: string[] };

/** A terminal of a command line in tests: nobody sits at it, and what is printed is kept. `onSaid` sees each line at once. */
export function collectedIo(
  about: Partial<Omit<CliIo, "out" | "say">> = {},
  onSaid: (line: string) => void = () => undefined,
): CollectedIo {
  const [out, said]: [string[], string[]] = [[], []];
  const io: CliIo = {
    stdin: Readable.from([]),
    interactive: false,
    signal: new AbortController().signal,
    ...about,
    out: (line) => void out.push(line),
    say: (line) => {
      said.push(line);
      onSaid(line);
    },
  };
  return { io, out, said };
}
