import type { Shapes } from "./shapes.ts";

/** What one list of the shapes becomes: itself with more at its end, or another one. */
export type Correction = { readonly add: readonly string[] } | { readonly replace: readonly string[] };

/** What an operator with a real stamp knows better: any of the lists, and nothing else. */
export type ShapeCorrections = {
  readonly [Part in keyof Shapes]?: Shapes[Part] extends readonly string[]
    ? Correction | undefined
    : { readonly [Name in keyof Shapes[Part]]?: Correction | undefined } | undefined;
};

/** The shapes with the corrections in them. */
export function corrected(shapes: Shapes, corrections: ShapeCorrections): Shapes {
  return {
    grant: lists(shapes.grant, corrections.grant),
    session: lists(shapes.session, corrections.session),
    mayCarry: lists(shapes.mayCarry, corrections.mayCarry),
    wrappers: list(shapes.wrappers, corrections.wrappers),
    state: lists(shapes.state, corrections.state),
    level: lists(shapes.level, corrections.level),
    harmlessLines: lists(shapes.harmlessLines, corrections.harmlessLines),
  };
}

function lists<Name extends string>(
  known: Readonly<Record<Name, readonly string[]>>,
  corrections: { readonly [Known in Name]?: Correction | undefined } = {},
): Readonly<Record<Name, readonly string[]>> {
  const entries = Object.entries<readonly string[]>(known) as [Name, readonly string[]][];
  return Object.fromEntries(entries.map(([name, texts]) => [name, list(texts, corrections[name])])) as Record<
    Name,
    readonly string[]
  >;
}

function list(known: readonly string[], correction: Correction | undefined): readonly string[] {
  if (correction === undefined) return known;
  return "replace" in correction ? correction.replace : [...known, ...correction.add];
}
