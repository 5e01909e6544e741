import { readFileSync, statSync, type Stats } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { azureStackHubShapes } from "../../products/azureStackHub/shapes.ts";
import { corrected, type ShapeCorrections } from "../../products/corrections.ts";
import { grantFields, readingCommands, sessionFields, type ShapesInForce } from "../../products/shapes.ts";
import type { Log } from "../../services/ports.ts";

export const shapesFileName = "shapes.json";

/** Bytes of a file that may be a list of names. */
const largest = 1_000_000;

const text = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, "one line without control characters");
const texts = z.array(text).max(200);
const correction = z.union([z.strictObject({ add: texts }), z.strictObject({ replace: texts })]).optional();
const each = <Name extends string>(names: readonly Name[]) =>
  z
    .strictObject(
      Object.fromEntries(names.map((name) => [name, correction])) as Record<Name, typeof correction>,
    )
    .optional();

/** What an operator may correct (docs/shapes.md); a part by any other name is a mistake, and is told as one. */
const correctionsShape = z.strictObject({
  grant: each(grantFields),
  session: each(sessionFields),
  mayCarry: each(["grant", "session"]),
  wrappers: correction,
  state: each(["active", "over"]),
  level: each(["Diagnostics", "DiagnosticsRepair"]),
  harmlessLines: each(readingCommands),
});

const assumed: ShapesInForce = { shapes: azureStackHubShapes, trouble: null };

/**
 * The shapes in force: those that are assumed, with an operator's corrections from `shapes.json` in the data folder. The
 * file is looked at every time and read when it has changed. One that cannot be read prevents nothing: what is assumed
 * stays in force, and its trouble is told and logged once.
 */
export function openShapes(folder: string, log: Log): () => ShapesInForce {
  const path = join(folder, shapesFileName);
  let last: { readonly mark: string; readonly shapes: ShapesInForce } | null = null;
  return () => {
    const file = lookedAt(path);
    const mark = file.mark;
    if (last?.mark !== mark) {
      const shapes = file.stats === null ? file.shapes : read(path, file.stats);
      if (shapes.trouble !== null) log.write("warn", "shapes.notRead", { because: shapes.trouble });
      last = { mark, shapes };
    }
    return last.shapes;
  };
}

type Looked =
  | { readonly mark: string; readonly stats: Stats }
  | { readonly mark: string; readonly stats: null; readonly shapes: ShapesInForce };

/** The mark differs whenever the file may have changed. */
function lookedAt(path: string): Looked {
  try {
    const stats = statSync(path);
    return { mark: `${stats.ino} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`, stats };
  } catch (cause) {
    const code = codeOf(cause);
    // No file, no corrections.
    if (code === "ENOENT" || code === "ENOTDIR") return { mark: "none", stats: null, shapes: assumed };
    return { mark: `unseen ${code}`, stats: null, shapes: inTrouble(`it cannot be looked at (${code})`) };
  }
}

function read(path: string, stats: Stats): ShapesInForce {
  // Anything else might be waited for for ever.
  if (!stats.isFile()) return inTrouble("it is no file");
  if (stats.size > largest) return inTrouble(`it is larger than ${largest} bytes`);
  try {
    // Notepad puts a mark before the text.
    const document: unknown = JSON.parse(readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
    const parsed = correctionsShape.safeParse(document);
    if (!parsed.success) return inTrouble(z.prettifyError(parsed.error).replace(/\s+/g, " "));
    const corrections: ShapeCorrections = parsed.data;
    return { shapes: corrected(azureStackHubShapes, corrections), trouble: null };
  } catch (cause) {
    return inTrouble(
      cause instanceof SyntaxError
        ? `it is no JSON: ${cause.message}`
        : `it cannot be read (${codeOf(cause)})`,
    );
  }
}

function inTrouble(because: string): ShapesInForce {
  const sentence = `The corrections in ${shapesFileName} are not in force, since ${because.slice(0, 500)}.`;
  return { shapes: azureStackHubShapes, trouble: sentence };
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && "code" in cause ? String(cause.code) : "no reason given";
