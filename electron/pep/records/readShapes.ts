import type { Level } from "#contract";
import type { ReadingCommand, Shapes } from "../../products/shapes.ts";

/** The shapes of a product as records are read by them. */
export type ReadShapes = Pick<Shapes, "grant" | "session"> & {
  /** Names by which an object shows that it is a session, and no grant; and the other way round. */
  readonly ofSessions: readonly string[];
  readonly ofGrants: readonly string[];
  readonly wrappers: ReadonlySet<string>;
  /** Names of secrets, in lower case. */
  readonly secretNames: ReadonlySet<string>;
  /** What a grant's own state says; null for a word that decides nothing. */
  readonly saysActive: (state: string) => boolean | null;
  /** The level that a printed name means, or null for a name that we do not know. */
  readonly levelOf: (printed: string) => Level | null;
  /** Whether the whole line is one that says nothing about any record. */
  readonly isHarmless: (command: ReadingCommand, line: string) => boolean;
};

/** Readies shapes for reading. */
export function readyShapes(shapes: Shapes): ReadShapes {
  const { grant, session, mayCarry } = shapes;
  const active = folded(shapes.state.active);
  const over = folded(shapes.state.over);
  const levels = (["Diagnostics", "DiagnosticsRepair"] as const).map(
    (level) => [level, folded(shapes.level[level].map(withoutBlanks))] as const,
  );
  const lines = new Map(
    Object.entries(shapes.harmlessLines).map(([command, texts]) => [command, texts.map(linePattern)]),
  );
  return {
    grant,
    session,
    ofSessions: without(mayCarry.grant, [...session.id, ...session.startedAt, ...session.endedAt]),
    ofGrants: without(mayCarry.session, [
      ...grant.state,
      ...grant.createdAt,
      ...grant.updatedAt,
      ...grant.expiresAt,
    ]),
    wrappers: folded(shapes.wrappers),
    secretNames: folded(grant.credential),
    saysActive: (state) => {
      const word = state.trim().toLowerCase();
      return active.has(word) ? true : over.has(word) ? false : null;
    },
    levelOf: (printed) => {
      const word = withoutBlanks(printed).toLowerCase();
      return levels.find(([, words]) => words.has(word))?.[0] ?? null;
    },
    isHarmless: (command, line) => {
      const text = line.trim();
      return text === "" || (lines.get(command) ?? []).some((pattern) => pattern.test(text));
    },
  };
}

const folded = (texts: readonly string[]): ReadonlySet<string> =>
  new Set(texts.map((text) => text.trim().toLowerCase()));

const without = (taken: readonly string[], names: readonly string[]): readonly string[] => {
  const left = folded(taken);
  return names.filter((name) => !left.has(name.toLowerCase()));
};

const withoutBlanks = (text: string): string => text.replace(/\s/g, "");

const places: Readonly<Record<string, string>> = {
  "{number}": String.raw`\d{1,7}`,
  "{boolean}": "(?:True|False)",
  "{module}": String.raw`[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)+`,
};

/** Matches the line as a whole, never a part of it. */
function linePattern(text: string): RegExp {
  const parts = text.trim().split(/(\{(?:number|boolean|module)\})/);
  const pattern = parts.map((part) => places[part] ?? part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${pattern.join("")}$`);
}
