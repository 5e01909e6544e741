import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type ConsoleHandlers, ConsoleError, consoleContract, type Operation } from "#contract";
import { connect, memoryPair, serve } from "#rpc";
import { collectedIo } from "../../testing/collectedIo.ts";
import { inputsOf } from "../../testing/shapedValues.ts";
import type { CliHost } from "./cliHost.ts";
import { runCli } from "./runCli.ts";

/* Every operation there is can be called from a command line: what is made from its own shape arrives as it was meant. */

const everyOperation = Object.entries(consoleContract).flatMap(([area, verbs]) =>
  Object.entries(verbs).map(([verb, operation]): [string, Operation] => [`${area}.${verb}`, operation]),
);

type Input = Readonly<Record<string, unknown>>;

/** A console at which every operation keeps what arrived and goes no further. */
function listeningHost(arrived: Map<string, unknown>): CliHost {
  const hear =
    (name: string) =>
    (input: unknown): never => {
      arrived.set(name, input);
      throw new ConsoleError("cancelled", "It arrived.");
    };
  const handlerOf = (name: string, { kind }: Operation) =>
    kind === "request"
      ? async (input: unknown) => hear(name)(input)
      : async function* (input: unknown): AsyncGenerator<never> {
          yield hear(name)(input);
        };
  const handlers = Object.fromEntries(
    Object.entries(consoleContract).map(([area, verbs]) => [
      area,
      Object.fromEntries(
        Object.entries(verbs).map(([verb, operation]) => [verb, handlerOf(`${area}.${verb}`, operation)]),
      ),
    ]),
  ) as unknown as ConsoleHandlers;
  const openConsole: CliHost["openConsole"] = async () => {
    const [near, far] = memoryPair();
    serve(consoleContract, handlers, far, { log: { write: () => undefined } });
    return { client: connect(consoleContract, near), close: async () => near.close() };
  };
  return { openConsole, programs: new Map() };
}

/** A text as it is, everything else as JSON, null by being left out; a word that looks like an option needs the `=`. */
function optionOf([name, value]: readonly [string, unknown], joined: boolean): readonly string[] {
  if (value === null) return [];
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return joined || text.startsWith("-") ? [`--${name}=${text}`] : [`--${name}`, text];
}

/** The line for an input, and what comes on standard input: the one thing that never stands on a line. */
function lineOf(
  name: string,
  input: Input,
  joined: boolean,
): { readonly line: string[]; readonly typed: string } {
  const { password, ...others } = input;
  const line = [name, ...Object.entries(others).flatMap((field) => optionOf(field, joined))];
  if (typeof password !== "string") return { line, typed: "" };
  return { line: [...line, "--password-file", "-"], typed: `${password}\n` };
}

/** A password is one line. */
const canBeTyped = ({ password }: Input): boolean =>
  typeof password !== "string" || !/[\r\n]|^\ufeff/.test(password);

describe.each(everyOperation)("%s", (name, { input }) => {
  test("takes every field of its shape from the line", async () => {
    const inputs = (inputsOf(input) as fc.Arbitrary<Input>).filter(canBeTyped);
    await fc.assert(
      fc.asyncProperty(inputs, fc.boolean(), async (meant, joined) => {
        const arrived = new Map<string, unknown>();
        const { line, typed } = lineOf(name, meant, joined);
        const { io, said } = collectedIo({ stdin: Readable.from([Buffer.from(typed)]) });
        await runCli(line, io, listeningHost(arrived));
        expect(said).toEqual(["It arrived."]);
        expect([...arrived]).toEqual([[name, input.parse(meant)]]);
      }),
      { numRuns: 50 },
    );
  });

  test.each(["--help", "-h"])("%s prints its shape", async (word) => {
    const { io, out } = collectedIo();
    expect(await runCli([name, word], io, listeningHost(new Map()))).toBe(0);
    const [, told, shape = ""] = /^(\S+) takes (.*)$/.exec(out.join("\n")) ?? [];
    expect([told, JSON.parse(shape)]).toEqual([name, z.toJSONSchema(input, { io: "input" })]);
  });
});
