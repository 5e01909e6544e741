import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deviceOffsetMinutes } from "./deviceOffset.ts";
import { findLines } from "./findLines.ts";
import { lineIndex } from "./lineIndex.ts";
import { takeApart } from "./takeApart.ts";

const stars = "**********************";
const start = [
  stars,
  "Windows PowerShell transcript start",
  "Start time: 20210826073536",
  "Username: WORKGROUP\\HW4J1T2$",
  "Host Application: C:\\Windows\\system32\\wsmprovhost.exe -Embedding",
  stars,
];
const end = [stars, "Windows PowerShell transcript end", "End time: 20210826074650", stars];
const called = (name: string, prompt = "PS>"): string => `${prompt}CommandInvocation(${name}): "${name}"`;
const bound = (command: string, name: string, value: string): string =>
  `>> ParameterBinding(${command}): name="${name}"; value="${value}"`;
const text = (...lines: readonly string[]): string => lines.join("\r\n");
const outlineOf = (...lines: readonly string[]) => takeApart(text(...start, ...lines, ...end), "Diagnostics");

/** Text that often looks like a transcript. */
const transcriptLike = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...start,
        ...end,
        "",
        'value="x"',
        "PS>CommandInvocation(",
        'PS>TerminatingError(): "x"',
      ),
      fc.string(),
      fc.string().map((name) => called(name)),
      fc.tuple(fc.string(), fc.string()).map(([name, value]) => bound("Get-Command", name, value)),
    ),
  )
  .chain((lines) => fc.constantFrom("\n", "\r\n").map((lineEnd) => lines.join(lineEnd)));

describe("lines", () => {
  test("joined as they are, they are the text", () => {
    fc.assert(
      fc.property(
        fc.oneof(transcriptLike, fc.string({ unit: fc.constantFrom("\n", "\r", "a", "é") })),
        (any) => {
          const lines = lineIndex(any);
          const raws = Array.from({ length: lines.count }, (_, index) => lines.raw(index + 1));
          expect(raws.join("")).toBe(any);
          for (const [index, raw] of raws.entries())
            expect(lines.line(index + 1)).toBe(raw.replace(/\r?\n$/, ""));
        },
      ),
    );
  });

  test("beyond the last there is nothing", () => {
    expect(lineIndex("").count).toBe(0);
    expect(lineIndex("a\n").line(2)).toBe("");
    expect(lineIndex("a\nb").line(2)).toBe("b");
  });

  test("finding gives each line once and counts all", () => {
    const lines = lineIndex("Alpha alpha\nbeta\nALPHA");
    expect(findLines(lines, "alpha", false)).toEqual({ lines: [1, 3], total: 2 });
    expect(findLines(lines, "alpha", true)).toEqual({ lines: [1], total: 1 });
  });
});

describe("taking a transcript apart", () => {
  test("gives header, operations with their arguments, and the end", () => {
    const parts = outlineOf(
      called("Get-AzsSupportService"),
      bound("Get-AzsSupportService", "Name", 'a "quoted", b; c'),
      "",
      "Running Dns",
      called("Invoke-AzsSupportProcDump"),
    );
    expect(parts.header[0]).toEqual({ key: "Start time", value: "20210826073536" });
    expect(parts.header).toHaveLength(3);
    expect(parts.outline).toMatchObject([
      {
        line: 7,
        lastLine: 10,
        name: "Get-AzsSupportService",
        class: "diagnostics",
        arguments: [{ name: "Name", value: 'a "quoted", b; c' }],
      },
      { line: 11, lastLine: 11, class: "diagnostics", exports: true },
    ]);
    expect(parts).toMatchObject({ operations: 2, live: false, doubtful: 0, trailing: 0, transcripts: 1 });
  });

  test.each([
    ["Get-AzsSupportService", "Diagnostics", "diagnostics", false],
    ["clear-azssupportdiskspace", "DiagnosticsRepair", "repair", true],
    ["Clear-AzSSupportDiskSpace", "Diagnostics", "aboveLevel", true],
    ["Stop-AzsSupportService", null, "repair", true],
    ["get-command", "Diagnostics", "plumbing", false],
    ["Get-HcsApplianceInfo", "Diagnostics", "notListed", false],
  ] as const)("%s under %s is %s", (name, level, expected, destructive) => {
    const [operation] = takeApart(called(name), level).outline;
    expect(operation).toMatchObject({ class: expected, destructive });
  });

  test("a text without an end block is live", () => {
    expect(takeApart(text(...start, called("Get-Command")), "Diagnostics").live).toBe(true);
  });

  test("a wrapped value is joined, also one that begins on the next line", () => {
    const parts = outlineOf(
      called("Get-Command"),
      '>> ParameterBinding(Get-Command): name="CommandType"; value="Alias, Cmdlet,',
      '    Configuration"',
      'PS>ParameterBinding(Get-Command): name="InputObject";',
      'value="Microsoft.PowerShell.Commands.GenericMeasureInfo"',
      "Count",
    );
    expect(parts.outline[0]?.arguments).toEqual([
      { name: "CommandType", value: "Alias, Cmdlet, Configuration" },
      { name: "InputObject", value: "Microsoft.PowerShell.Commands.GenericMeasureInfo" },
    ]);
    expect(parts.outline[0]?.lastLine).toBe(12);
  });

  test("a value without an end swallows nothing", () => {
    const parts = outlineOf(
      called("Get-Command"),
      '>> ParameterBinding(Get-Command): name="Name"; value="never closed',
      called("Stop-AzsSupportService"),
    );
    expect(parts.outline.map((operation) => operation.name)).toEqual([
      "Get-Command",
      "Stop-AzsSupportService",
    ]);
    expect(parts.doubtful).toBe(1);
  });

  test("a binding under a late prompt belongs to the command it names", () => {
    const parts = outlineOf(
      called("Measure-Object"),
      called("Select-Object", ">> "),
      'PS>ParameterBinding(Measure-Object): name="InputObject"; value="x"',
    );
    expect(parts.outline.map((operation) => operation.arguments.length)).toEqual([1, 0]);
  });

  test("a TerminatingError marks its operation, by name or as the last one that is no plumbing", () => {
    const parts = outlineOf(
      called("Get-AzsSupportService"),
      'PS>TerminatingError(Get-AzsSupportService): "not found"',
      called("Get-AzsSupportProcess"),
      called("Out-Default", ">> "),
      'PS>TerminatingError(): "The running command stopped"',
    );
    expect(parts.outline.map((operation) => operation.failed)).toEqual([true, true, false]);
  });

  test("what imitates an operation inside output is counted as doubtful", () => {
    const parts = outlineOf(
      called("Get-AzsSupportTraceEvent"),
      `  PS>CommandInvocation(Remove-AzsSupportItem): "Remove-AzsSupportItem"`,
      called("Stop-AzsSupportService", ">> "),
      'PS>CommandInvocation(Get-Help): "Remove-AzsSupportItem"',
      "PS>CommandInvocation(",
    );
    expect(parts.outline.map((operation) => operation.name)).toEqual([
      "Get-AzsSupportTraceEvent",
      "Stop-AzsSupportService",
      "Get-Help",
    ]);
    expect(parts.doubtful).toBe(4);
  });

  test("joined transcripts are all in the outline, and text after the end is counted", () => {
    const once = [...start, called("Get-Command"), ...end];
    expect(takeApart(text(...once, ...once, "PS> trailing"), null)).toMatchObject({
      transcripts: 2,
      operations: 2,
      trailing: 1,
      live: false,
    });
  });

  test("any text gives an outline whose lines lie in the text", () => {
    fc.assert(
      fc.property(transcriptLike, (any) => {
        const parts = takeApart(any, "Diagnostics");
        for (const { line, lastLine } of parts.outline) {
          expect(lastLine).toBeGreaterThanOrEqual(line);
          expect(lastLine).toBeLessThanOrEqual(parts.lines.count);
        }
      }),
    );
  });

  test("the work grows with the lines, whatever they hold: each is looked at a few times", () => {
    fc.assert(
      fc.property(transcriptLike, (any) => {
        const lines = lineIndex(any);
        let looks = 0;
        const line = (number: number): string => {
          looks += 1;
          return lines.line(number);
        };
        takeApart(any, null, { ...lines, line });
        expect(looks).toBeLessThanOrEqual(5 * lines.count + 5);
      }),
    );
  });

  test("every operation of a 100 000-line text is counted, and the outline is bounded", () => {
    const lines = Array.from(
      { length: 50_000 },
      () => `${called("Get-Command")}\n>> ParameterBinding(Get-Command): name="A"; value="open`,
    );
    const parts = takeApart(lines.join("\n"), null);
    expect(parts.lines.count).toBe(100_000);
    expect(parts.operations).toBe(50_000);
    expect(parts.outline).toHaveLength(20_000);
  });
});

test.each([
  ["20210826073536", "2021-08-26T14:35:37.000Z", -420],
  ["20210826200536", "2021-08-26T14:35:37.000Z", 330],
  ["20210826143536", "2021-08-26T14:35:37.000Z", 0],
  ["20210820143536", "2021-08-26T14:35:37.000Z", null],
  ["20210826144300", "2021-08-26T14:35:37.000Z", null],
  ["nonsense", "2021-08-26T14:35:37.000Z", null],
  ["20210826073536", null, null],
])("the device that writes %s for %s is %s minutes ahead of UTC", (header, started, offset) => {
  expect(deviceOffsetMinutes(header, started)).toBe(offset);
});
