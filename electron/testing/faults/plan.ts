import { actNames, type ActName, type FaultedActs } from "./faultedActs.ts";
import { directions, faultKinds, type FaultyLine, type LineFault } from "./faultyLine.ts";

export type Planned = { readonly act: ActName; readonly fault: LineFault };

/** Each act done once without a fault, with what passed. */
export type Usual = ReadonlyMap<ActName, FaultyLine>;

/** The usual course of each act; throws when even that goes wrong. */
export async function usualCourse(acts: FaultedActs): Promise<Usual> {
  const usual = new Map<ActName, FaultyLine>();
  for (const act of actNames) {
    const { line, ended, seen, wrong } = await acts.run(act, null);
    if (ended !== "done" || wrong !== null)
      throw new Error(`${act} without a fault: ${seen}, ${wrong ?? ""}`);
    usual.set(act, line);
  }
  return usual;
}

/** Every `step`-th byte of every act, in both directions. Neighbours get different kinds of fault unless `every` kind is meant. */
export function everyByte(usual: Usual, step: number, every: boolean): readonly Planned[] {
  const planned: Planned[] = [];
  for (const [act, { passed }] of usual)
    for (const direction of directions)
      for (let offset = 0; offset < passed[direction]; offset += step)
        for (const kind of every ? faultKinds : [kindAt(offset / step)])
          planned.push({ act, fault: { kind, direction, offset } });
  return planned;
}

/** Every column of an HTTP head, in both directions: one byte of each, in act after act, message after message. */
export function everyColumnOfHeads(usual: Usual): readonly Planned[] {
  return directions.flatMap((direction) => {
    const heads = [...usual].map(([act, line]) => ({ act, spans: headSpans(line, direction) }));
    const longest = Math.max(...heads.flatMap(({ spans }) => spans.map(({ length }) => length)));
    return Array.from({ length: longest }, (_, column): Planned[] => {
      const { act, spans } = heads[column % heads.length] ?? { act: "list", spans: [] };
      const long = spans.filter(({ length }) => length > column);
      const span = long[Math.floor(column / heads.length) % long.length];
      if (span === undefined) return [];
      const kind = kindAt(column + Math.floor(column / heads.length));
      return [{ act, fault: { kind, direction, offset: span.start + column } }];
    }).flat();
  });
}

const kindAt = (number: number): LineFault["kind"] => faultKinds[number % faultKinds.length] ?? "cut";

/** Where the heads stand in what passed; those with a sign-in token are ten times as long, and its bytes are no head's. */
function headSpans(line: FaultyLine, direction: LineFault["direction"]) {
  const text = Buffer.concat(line.seen[direction]).toString("latin1");
  const signsIn = /^(?:Authorization|WWW-Authenticate):/im;
  return [...text.matchAll(/(?:POST \/wsman|HTTP\/1\.1 \d{3})[^]*?\r\n\r\n/g)]
    .filter(([head]) => !signsIn.test(head))
    .map((match) => ({ start: match.index, length: match[0].length }));
}
