import { readFileSync } from "node:fs";
import { join } from "node:path";

const doc = readFileSync(join(import.meta.dirname, "../../docs/command-line.md"), "utf8");
const rows = new Map(
  [...doc.matchAll(/^\| (\w+) \| (`.*`.*) \|$/gm)].map(([, name = "", fields = ""]) => [name, fields]),
);

/**
 * What a verb's JSON values have and docs/command-line.md does not name, and what it names and none of them has. What is
 * null or empty in all of them has no fields of its own to show.
 */
export function strayFields(verb: string, values: readonly unknown[]): readonly string[] {
  const known = new Set(documented(verb));
  const found = new Set(values.flatMap((value) => pathsOf(value)));
  const hasFields = (path: string): boolean => [...found].some((other) => other.startsWith(`${path}.`));
  const isBelowNothing = (path: string): boolean =>
    [...found].some((shown) => path.startsWith(`${shown}.`) && !hasFields(shown));
  return [
    ...[...found].filter((path) => !known.has(path)),
    ...[...known].filter((path) => !found.has(path) && !isBelowNothing(path)),
  ];
}

/** Every path in a value, list items as `[]`. */
function pathsOf(found: unknown, at = ""): readonly string[] {
  if (Array.isArray(found)) return [`${at}[]`, ...found.flatMap((item) => pathsOf(item, `${at}[]`))];
  if (typeof found !== "object" || found === null) return [at];
  const fields = Object.entries(found).flatMap(([name, inner]) =>
    pathsOf(inner, at === "" ? name : `${at}.${name}`),
  );
  return at === "" ? fields : [at, ...fields];
}

/** The paths that a row of the documentation stands for, its objects spelt out. */
function documented(name: string, at = ""): readonly string[] {
  const fields = rows.get(name);
  if (fields === undefined) throw new Error(`docs/command-line.md has no row ${name}`);
  return fields.split(", ").flatMap((field) => {
    const [, path = "", object] = /^`([\w[\]]+)`(?: = (\w+))?$/.exec(field) ?? [];
    const here = `${at}${path}`;
    return object === undefined ? [here] : [here, ...documented(object, `${here}.`)];
  });
}
