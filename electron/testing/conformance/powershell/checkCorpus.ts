import { readClixml, readClixmlFile } from "../../../protocol/clixml/read.ts";
import { writeClixml } from "../../../protocol/clixml/write.ts";
import { at, demandEqual } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { canonical } from "../plain/graph.ts";
import { graphOf } from "../plain/graphOf.ts";
import { plainClixml, plainClixmlFile } from "../plain/plainClixml.ts";
import { isRecord } from "./conversation.ts";

export type Corpus = readonly { readonly expression: string; readonly clixml: string | null }[];

/** Null when the data is no corpus of expressions. */
export function asCorpus(data: unknown): Corpus | null {
  const items: unknown = isRecord(data) ? data["items"] : null;
  if (!Array.isArray(items) || !items.every((item) => isRecord(item) && "expression" in item)) return null;
  return items.map((item: Readonly<Record<string, unknown>>) => ({
    expression: String(item["expression"]),
    clixml: typeof item["clixml"] === "string" ? item["clixml"] : null,
  }));
}

/** Every value reads as the plain reading has it, and is written to a text that both read as the same tree. */
export function checkCorpus(corpus: Corpus): Outcome {
  const withText = corpus.flatMap(({ clixml, expression }) =>
    clixml === null ? [] : [{ clixml, expression }],
  );
  withText.forEach(({ clixml, expression }, index) =>
    at(`item ${index + 1} (${expression.slice(0, 60)})`, () => checkItem(clixml)),
  );
  const errors = corpus.length - withText.length;
  const remarks = errors === 0 ? [] : [`${errors} expressions that PowerShell itself refused have no text`];
  return { type: "passes", reach: "whole", counts: `${withText.length} values`, remarks };
}

function checkItem(clixml: string): void {
  const values = readClixmlFile(clixml);
  const expected = plainClixmlFile(clixml).map((graph) => canonical(graph));
  demandEqual(
    "read",
    values.map((value) => canonical(graphOf(value))),
    expected,
  );
  const written = values.map(writeClixml);
  demandEqual(
    "written and read by us",
    written.map((text) => canonical(graphOf(readClixml(text)))),
    expected,
  );
  demandEqual(
    "written and read by another",
    written.map((text) => canonical(plainClixml(text))),
    expected,
  );
}
