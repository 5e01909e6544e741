import { createReadStream } from "node:fs";
import { isWhole, lineEnd, textOf } from "./ledgerEnd.ts";

/**
 * The lines of the file from its first. Only the byte 10 ends a line: what else Unicode calls a line end may stand in an
 * entry. An end that was cut short is no line; `onTorn` hears of it.
 */
export async function* readLines(path: string, onTorn: () => void): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let to = chunk.indexOf(lineEnd); to >= 0; to = chunk.indexOf(lineEnd, from)) {
      yield textOf(Buffer.concat([...rest, chunk.subarray(from, to)]));
      rest = [];
      from = to + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  const last = Buffer.concat(rest);
  if (isWhole(last)) yield textOf(last);
  else if (last.length > 0) onTorn();
}
