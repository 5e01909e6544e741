import { describe, expect, test } from "vitest";
import { hashtable } from "../../protocol/clixml/build.ts";
import { textOf } from "../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { describeCommands } from "../../protocol/psrp/clientCommand.ts";
import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import { errorRecord } from "../../protocol/psrp/errorRecord.ts";
import { noMerges } from "../../protocol/psrp/pipelineDescription.ts";
import type { PipelineCommand, PipelineDescription } from "../../protocol/psrp/pipelineDescription.ts";
import { readInformation } from "../../protocol/psrp/records.ts";
import { CommandError } from "../stampCommand.ts";
import type { StampCommand } from "../stampCommand.ts";
import type { HostAnswer, PipelineOutlet } from "./commandVoice.ts";
import { withDefaultCommands } from "./defaultCommands/withDefaultCommands.ts";
import { runPipeline } from "./runPipeline.ts";
import type { PipelineSurroundings } from "./runPipeline.ts";

const { signal } = new AbortController();

const asked: StampCommand = {
  name: "Ask-Operator",
  kind: "Function",
  module: "Practice",
  parameters: [{ name: "AccessLevel", type: "String", position: 0 }],
  async *run({ voice }) {
    yield await voice.choose("terms", "Proceed?", [{ label: "&Yes", help: "" }], 0);
  },
};

const counting: StampCommand = {
  name: "Get-Number",
  kind: "Function",
  module: "Practice",
  parameters: [],
  async *run() {
    yield* [1, 2, 3];
  },
};

const command = (name: string, ...given: readonly [string, ClixmlValue][]): ClientCommand => ({
  name,
  parameters: given.map(([parameter, value]) => ({ name: parameter, value })),
});

const complaining: StampCommand = {
  name: "Say-Error",
  kind: "Function",
  module: "Practice",
  parameters: [],
  async *run({ voice }) {
    voice.error(new CommandError("careful", { errorId: "Careful", category: 0 }));
    yield voice.errorsAreRedirected;
  },
};

const demanding: StampCommand = {
  name: "Set-Level",
  kind: "Function",
  module: "Practice",
  parameters: [
    { name: "Level", type: "String", mandatory: true, position: 0, oneOf: ["One", "Two"] },
    { name: "Minutes", type: "Int32", mandatory: true },
  ],
  async *run({ parameters }) {
    yield JSON.stringify([...parameters.values()]);
  },
};

/** Notes what a pipeline says; `answer` is what its host says to a question. */
function silentOutlet(
  hasInterface: boolean,
  answer?: HostAnswer,
): PipelineOutlet & { readonly said: readonly string[] } {
  const said: string[] = [];
  return {
    said,
    hasInterface,
    hasScreen: false,
    width: null,
    output: (value) => said.push(`output ${textOf(value)?.toLowerCase()}`),
    error: (record) => said.push(`error ${record.errorId}`),
    say: (kind, text) => said.push(`${kind} ${text}`),
    information: (record) => said.push(`information ${readInformation(record).text}`),
    progress: (record) => said.push(`progress ${record.activity}`),
    tellHost: (method, [text]) => said.push(`host ${method} ${textOf(text)}`),
    askHost: (method, parameters) => {
      said.push(`asked ${method} ${parameters.slice(0, 2).map(textOf).join(" | ")}`);
      return answer === undefined ? Promise.reject(new Error("nobody to ask")) : Promise.resolve(answer);
    },
  };
}

function around(outlet: PipelineOutlet): PipelineSurroundings {
  const tellHost = (method: number, parameters: readonly ClixmlValue[]): void =>
    outlet.tellHost(method, parameters);
  const { hasInterface } = outlet;
  return {
    commands: withDefaultCommands([asked, counting, complaining, demanding], {
      hasInterface,
      hasScreen: false,
      width: null,
      tellHost,
    }),
    outlet,
    input: Promise.resolve([]),
    cipher: null,
    account: "AZS\\cloudadmin",
    endpoint: "AZS-ERCS01",
    culture: "en-US",
    lines: "both",
    today: () => new Date(0),
    onRun: () => undefined,
    signal,
  };
}

describe("a client without a user interface", () => {
  const described = (text: string, value: ClixmlValue): PipelineDescription => ({
    ...describeCommands([command(text, ["AccessLevel", value])], false),
    host: { isHostNull: true, isUserInterfaceNull: true, isRawInterfaceNull: true, useRunspaceHost: false },
  });

  test("cannot be asked, and its pipeline fails", async () => {
    const outlet = silentOutlet(false);
    const failure = await runPipeline(described("Ask-Operator", "Diagnostics"), around(outlet));
    expect(failure).toMatchObject({ errorId: "HostException,Ask-Operator", category: 0 });
    expect(outlet.said).toEqual([]);
  });

  test("draws nothing by Out-Default, where one with a host gets lines", async () => {
    const draw = describeCommands([command("Get-Number"), command("Out-Default")], false);
    const without = silentOutlet(false);
    expect(await runPipeline(draw, around(without))).toBeNull();
    expect(without.said).toEqual([]);
    const outlet = silentOutlet(true);
    expect(await runPipeline(draw, around(outlet))).toBeNull();
    expect(outlet.said).toEqual(["host 16 1", "host 16 2", "host 16 3"]);
  });
});

describe("statements", () => {
  const statement = (text: string, isScript = false): PipelineCommand => ({
    text,
    isScript,
    useLocalScope: null,
    arguments: [],
    merges: noMerges,
  });
  const several = (...statements: readonly (readonly PipelineCommand[])[]): PipelineDescription => ({
    ...describeCommands([], false),
    statements,
  });

  test("before a refused script have run; the script is refused before names are looked up", async () => {
    const outlet = silentOutlet(false);
    const failure = await runPipeline(
      several([statement("Get-Number")], [statement("1+1", true), statement("Nope")]),
      around(outlet),
    );
    expect(outlet.said).toEqual(["output 1", "output 2", "output 3"]);
    expect(failure).toMatchObject({ errorId: "ScriptsNotAllowed", category: 17, target: "1+1" });
  });

  test("fail each for itself", async () => {
    const outlet = silentOutlet(false);
    const failure = await runPipeline(
      several([statement("Nope")], [statement("Get-Number")]),
      around(outlet),
    );
    expect(failure).toBeNull();
    expect(outlet.said[0]).toBe("error CommandNotFoundException");
    expect(outlet.said).toHaveLength(4);
  });

  test("merge errors into their output, and let a question's error be seen as redirected", async () => {
    const outlet = silentOutlet(false);
    const merged = { ...statement("Say-Error"), merges: { ...noMerges, error: 1 } };
    expect(await runPipeline(several([merged]), around(outlet))).toBeNull();
    expect(outlet.said).toEqual(["output careful", "output true"]);
    const plain = silentOutlet(false);
    expect(await runPipeline(several([statement("Say-Error")]), around(plain))).toBeNull();
    expect(plain.said).toEqual(["error Careful,Say-Error", "output false"]);
  });
});

describe("mandatory parameters that were not given", () => {
  const ask = async (answer: HostAnswer | undefined, ...given: readonly [string, ClixmlValue][]) => {
    const outlet = silentOutlet(answer !== undefined, answer);
    const description = describeCommands([command("Set-Level", ...given)], false);
    const failure = await runPipeline(description, around(outlet));
    return { said: outlet.said, failed: failure?.errorId ?? null };
  };
  const answered = (values: Readonly<Record<string, ClixmlValue>>): HostAnswer => ({
    result: hashtable(values),
    error: null,
  });
  const question =
    "asked 23 cmdlet Set-Level at command pipeline position 1 | Supply values for the following parameters:";

  test("are asked for in one question, and texts are converted as any value is", async () => {
    expect(await ask(answered({ Level: "two", Minutes: "7" }))).toEqual({
      said: [question, 'output ["two",7]'],
      failed: null,
    });
    expect(await ask(answered({ Minutes: 8 }), ["Level", "One"])).toMatchObject({
      said: [question, 'output ["one",8]'],
    });
  });

  test("are not asked for where input was announced that may bring them, though none came", async () => {
    const measure = async (announced: boolean) => {
      const outlet = silentOutlet(false, undefined);
      const description = describeCommands([command("Measure-Object")], announced);
      return (await runPipeline(description, around(outlet)))?.errorId ?? outlet.said;
    };
    expect(await measure(true)).toHaveLength(1);
    expect(await measure(false)).toBe("MissingMandatoryParameter,Measure-Object");
  });

  test.each<[string, HostAnswer | undefined, string]>([
    ["nobody can be asked", undefined, "MissingMandatoryParameter,Set-Level"],
    ["nothing is answered", { result: null, error: null }, "MissingMandatoryParameter,Set-Level"],
    ["a part is answered", answered({ Level: "One" }), "MissingMandatoryParameter,Set-Level"],
    ["something else is answered", answered({ Nope: 1 }), "NamedParameterNotFound,Set-Level"],
    [
      "a wrong word is answered",
      answered({ Level: "Three", Minutes: 1 }),
      "ParameterArgumentValidationError,Set-Level",
    ],
    [
      "the host answers with an error",
      { result: null, error: errorRecord({ message: "no", errorId: "InvalidOperation" }) },
      "InvalidOperation",
    ],
  ])("fail the pipeline where %s", async (_, answer, errorId) => {
    expect((await ask(answer)).failed).toBe(errorId);
  });
});

describe("Out-Default", () => {
  const drawn = (...commands: readonly PipelineCommand[]): PipelineDescription => ({
    ...describeCommands([], false),
    statements: [commands],
  });
  const step = (text: string, ...given: PipelineCommand["arguments"]): PipelineCommand => ({
    text,
    isScript: false,
    useLocalScope: true,
    arguments: given,
    // As a Windows client merges the errors of a typed line (protocol 12).
    merges: text === "Out-Default" ? noMerges : { ...noMerges, myResult: 2, toResult: 1, error: 1 },
  });

  test("draws merged errors as error lines, in their place among the rest, and no record comes then", async () => {
    const outlet = silentOutlet(true);
    expect(await runPipeline(drawn(step("Say-Error"), step("Out-Default")), around(outlet))).toBeNull();
    expect(outlet.said).toEqual([
      "host 18 Say-Error : careful",
      "host 18     + CategoryInfo          : NotSpecified: (:) [Say-Error], RuntimeException",
      "host 18     + FullyQualifiedErrorId : Careful,Say-Error",
      "host 18  ",
      "host 16 True",
    ]);
  });

  test("says what was typed: -ErrorAction Stop ends, SilentlyContinue is silent", async () => {
    const action = (word: string) => [
      { name: "-ErrorAction", value: null },
      { name: null, value: word },
    ];
    const stopped = silentOutlet(true);
    const failure = await runPipeline(drawn(step("Say-Error", ...action("Stop"))), around(stopped));
    expect([failure?.errorId, stopped.said]).toEqual(["Careful,Say-Error", []]);
    const silent = silentOutlet(true);
    await runPipeline(drawn(step("Say-Error", ...action("SilentlyContinue"))), around(silent));
    expect(silent.said).toEqual(["output true"]);
  });
});
