import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { conformance, conformanceText } from "../conformance.ts";
import { checkFile, checkText } from "./checkFile.ts";
import { checkFolder, lineOf, summaryLine, summaryOf, tableOf } from "./checkFolder.ts";

const golden = join(import.meta.dirname, "..", "golden");

describe("our own recordings", () => {
  const files = [...checkFolder(golden)];

  test.each(files.map((checked) => [checked.file, checked] as const))("%s passes", (_, checked) => {
    expect(checked.outcome).toMatchObject({ type: "passes" });
  });

  test("there are conversations over WinRM and over the out-of-process framing", () => {
    const kinds = files.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "Windows recording").length).toBeGreaterThan(2);
    expect(kinds).toContain("PowerShell conversation");
  });
});

describe.each(["windows-recordings", "powershell", ""])("recorded conversations, folder %j", (subfolder) => {
  const set = conformance(subfolder);

  test.for(set.missing ? ["none"] : set.files.map((path) => basename(path)))("%s", (name, context) => {
    context.skip(set.missing, set.reason);
    const { kind, outcome } = checkFile(set.files.find((path) => basename(path) === name) ?? "");
    context.skip(kind === "unknown", "no recording");
    expect(outcome).toMatchObject({ type: "passes" });
  });
});

/** The commands of a line as program text, at the same length. */
const asScript = (line: string): string =>
  line.replace(/(?<=>)[^<]+/, (base64) =>
    Buffer.from(
      Buffer.from(base64, "base64")
        .toString("latin1")
        .replaceAll('<B N="IsScript">false</B>', '<B N="IsScript">true</B> '),
      "latin1",
    ).toString("base64"),
  );

describe("what does not hold is found", () => {
  const recorded = conformanceText(join(golden, "consent-refused.yml"));
  const conversation = conformanceText(join(golden, "out-of-process.json"));
  const outcomeOf = (text: string): string => checkText(text).outcome.type;

  test("a call that our client does not make is counted at the message layer, not as whole", () => {
    const data = JSON.parse(conversation) as { lines: { line: string }[]; decoded: object[] };
    const script = data.lines.map(({ line, ...from }) => ({ ...from, line: asScript(line) }));
    const reached = (lines: readonly object[]) =>
      summaryOf([{ file: "", ...checkText(JSON.stringify({ lines })) }]).reached;
    expect(reached(data.lines)).toEqual({ whole: 1, messages: 0, envelopes: 0 });
    expect(reached(script)).toEqual({ whole: 0, messages: 1, envelopes: 0 });
  });

  test("a changed command, a lost message, another selector and another answer fail", () => {
    expect(outcomeOf(recorded)).toBe("passes");
    expect(outcomeOf(recorded.replace("WINRS_SKIP_CMD_SHELL", "WSMAN_CMDSHELL_OPTION_KEEPALIVE"))).toBe(
      "fails",
    );
    expect(outcomeOf(recorded.replace("ReceiveResponse</a:Action>", "SendResponse</a:Action>"))).toBe(
      "fails",
    );
    expect(outcomeOf(recorded.replace(/(<rsp:Stream Name="stdout"[^>]*>)[^<]{24}/, "$1"))).toBe("fails");
  });

  test("an ack that is missing, in another place, or a message that was changed fails", () => {
    const data = JSON.parse(conversation) as { lines: { line: string }[]; decoded: { clixml: string }[] };
    const changed = (change: (copy: typeof data) => void): string => {
      const copy = structuredClone(data);
      change(copy);
      return outcomeOf(JSON.stringify(copy));
    };
    const acks = data.lines.findIndex(({ line }) => line.includes("SignalAck"));
    expect(changed(() => undefined)).toBe("passes");
    expect(changed(({ lines }) => void lines.splice(acks, 1))).toBe("fails");
    expect(changed(({ lines }) => void lines.splice(acks - 1, 0, ...lines.splice(acks, 1)))).toBe("fails");
    expect(
      changed(({ decoded }) => void decoded.splice(3, 1, { ...data.decoded[4], clixml: "<Nil />" })),
    ).toBe("fails");
  });

  test("what is none of the kinds is passed over, and a cut recording fails", () => {
    expect(outcomeOf("# Notes\nmessages of all kinds\n")).toBe("notApplicable");
    expect(outcomeOf("{}")).toBe("notApplicable");
    expect(outcomeOf("messages:\n- request: [\n")).toBe("fails");
    const checked = { file: "a|b", ...checkText("{}") };
    expect(lineOf(checked)).toBe("a|b: not applicable: JSON of no kind that is known here");
    expect(summaryLine(summaryOf([checked]))).toMatch(/^0 passed .* 0 failed, 1 skipped$/);
    expect(tableOf([checked]).split("\n")).toHaveLength(3);
  });
});
