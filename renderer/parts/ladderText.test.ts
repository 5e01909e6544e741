import type { Rung } from "#contract";
import { expect, test } from "vitest";
import { ladderText } from "./ladderText.ts";

const rung = (about: Partial<Rung>): Rung => ({
  endpoint: "ERCS01",
  step: "answers",
  state: "warned",
  milliseconds: 12.4,
  found: "Get-RemoteSupportAccess printed what is not understood.",
  fix: "Send what it printed to the vendor.",
  printed: "State : Aktiv\nLevel : Diagnose",
  ...about,
});

test("the ladder as text has what an endpoint printed, line by line, below what to do", () => {
  const text = ladderText("Contoso", { rungs: [rung({})], finished: true }, "now");
  expect(text.split("\n")).toEqual([
    "Connection check of Contoso, now",
    "ERCS01 | Answers understood | look at this in 12 ms | Get-RemoteSupportAccess printed what is not understood.",
    "    to do: Send what it printed to the vendor.",
    "    it printed:",
    "    > State : Aktiv",
    "    > Level : Diagnose",
    "",
  ]);
});

test("a rung that printed nothing has no such lines", () => {
  const text = ladderText("Contoso", { rungs: [rung({ printed: null, fix: null })], finished: true }, "now");
  expect(text).not.toContain("printed:");
});
