import { describe, expect, test } from "vitest";
import { ConsoleError } from "#contract";
import { arrayList, psObject } from "../../protocol/clixml/build.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { TransportError } from "../../transport/winrmConnection.ts";
import { faultError } from "./faultErrors.ts";
import { readDemand, readYesNo } from "./hostAnswers.ts";
import { PoolLost, PoolSilent } from "./poolLost.ts";
import { Said } from "./saidLines.ts";
import { wireError } from "./transportErrors.ts";

const place = "AZS-ERCS01 (10.0.0.4:5985)";
const fault = (code: number | null, subcode = "", text = "words") => ({
  code,
  role: "Receiver",
  subcode,
  text,
  provider: null,
  faultDetail: "",
});

describe("faults in words", () => {
  test.each([
    [fault(5), "forbidden"],
    [fault(null, "AccessDenied"), "forbidden"],
    [fault(2_150_858_811), "noConfiguration"],
    [fault(2_150_859_236), "quota"],
    [fault(2_150_858_843), "conversationLost"],
    [fault(77), "badAnswer"],
    [fault(null), "badAnswer"],
  ])("%o is %s and names the endpoint", (given, code) => {
    const error = faultError(given, place);
    expect(error.code).toBe(code);
    expect(error.message).toContain("AZS-ERCS01");
  });

  test("an unknown fault is told in the endpoint's own words, without what looks like a secret", () => {
    const error = faultError(fault(77, "", "failed, Password=hunter2"), place);
    expect(error.message).toMatch(/Its own words: “failed/);
    expect(error.message).not.toContain("hunter2");
  });

  test("a refused sign-in offers to sign in again", () => {
    const refused = new TransportError("signInRefused", "no", { acted: "no" });
    expect(wireError(refused, place)).toMatchObject({ code: "signInRefused", remedy: "signIn" });
  });

  test.each([
    ["an endpoint that answered", new PoolLost("The runspace ended meanwhile.", "maybe"), "conversationLost"],
    ["one that said nothing in time", new PoolSilent("No runspace was opened in time.", "maybe"), "timedOut"],
    [
      "one that is not there",
      new PoolLost("Broke off.", "no", new TransportError("connectionRefused", "refused", { acted: "no" })),
      "unreachable",
    ],
    [
      "one that forgot the connection",
      new PoolLost("Broke off.", "no", new TransportError("staleContext", "stale", { acted: "no" })),
      "conversationLost",
    ],
  ])("a runspace lost at %s is told so", (_, lost, code) => {
    expect(wireError(lost, place)).toMatchObject({ code, remedy: "retry" });
  });

  test("what is no failure of the wire passes as it is", () => {
    const error = new ConsoleError("refused", "no");
    expect(wireError(error, place)).toBe(error);
  });
});

describe("lines that come twice", () => {
  const linesOf = (act: (said: Said) => void): readonly string[] => {
    const said = new Said(() => undefined);
    act(said);
    return said.lines;
  };

  test("a record and its host call are one line, in either order", () => {
    const record = (said: Said): void => said.record("a");
    const call = (said: Said): void => said.hostCall("a");
    expect(linesOf((said) => [record, call].forEach((one) => one(said)))).toEqual(["a"]);
    expect(linesOf((said) => [call, record].forEach((one) => one(said)))).toEqual(["a"]);
    expect(linesOf((said) => [record, call, record, call].forEach((one) => one(said)))).toEqual(["a", "a"]);
    expect(linesOf((said) => [call, call].forEach((one) => one(said)))).toEqual(["a", "a"]);
  });

  test("a command that never stops talking is cut, and it shows", () => {
    const lines = linesOf((said) => said.record("line\n".repeat(20_000)));
    expect(lines).toHaveLength(10_001);
    expect(lines.at(-1)).toContain("said more");
  });
});

test.each([
  ["AZS-ERCS01 (10.0.0.4:5986)", "AZS-ERCS01 (10.0.0.4:5986) is not there."],
  ["10.0.0.4:5986", "10.0.0.4:5986 is not there."],
  ["AZS-ERCS02 (10.0.0.5:5986)", "AZS-ERCS02 (10.0.0.5:5986): 10.0.0.4:5986 is not there."],
])("an endpoint called %s is named once, by all its names", (place, words) => {
  const error = new TransportError("connectionRefused", "10.0.0.4:5986 is not there.", { acted: "no" });
  expect(wireError(error, place)).toMatchObject({ message: words });
});

describe("questions", () => {
  const choice = (label: string): ClixmlValue => psObject({ extended: { label, helpMessage: "" } });
  const ask = (...labels: readonly string[]) =>
    readYesNo(["terms", "go on?", arrayList(labels.map(choice)), 0]);

  test("Yes and No are found wherever they stand and however they are marked", () => {
    expect(ask("&Yes", "&No")).toMatchObject({ yes: 0, no: 1, question: { choices: ["Yes", "No"] } });
    expect(ask("N&o", "YES")).toMatchObject({ yes: 1, no: 0 });
  });

  test.each([[["&Yes"]], [["&Yes", "&No", "&All"]], [["&Yes", "&Yes"]], [["&Ja", "&Nein"]], [[]]])(
    "%o is not understood",
    (labels) => {
      expect(ask(...labels)).toBeNull();
    },
  );

  test("a prompt for anything else is foreign", () => {
    for (const method of [11, 12, 23, 24, 25, 46, 56])
      expect(readDemand({ callId: 1n, method, parameters: [], wantsAnswer: true }).kind).toBe("foreign");
  });
});
