import { expect, test } from "vitest";
import { ConsoleError } from "#contract";
import { TransportError } from "../../transport/winrmConnection.ts";
import { faultError } from "../wire/faultErrors.ts";
import { failedBy } from "./rungTest.ts";

const place = "AZS-ERCS01 (10.0.0.4:5985)";
const fault = (code: number) =>
  faultError({ code, role: "", subcode: "", text: "odd. Very odd.", provider: null, faultDetail: "" }, place);
const support = "Try again; keep this check for a support case if it stays.";

test.each<[string, unknown, string, string]>([
  [
    "a failure of the wire",
    new TransportError("connectionRefused", "10.0.0.4:5985 refused it. Check that WinRM is running.", {
      acted: "no",
    }),
    "10.0.0.4:5985 refused it.",
    "Check that WinRM is running.",
  ],
  [
    "a fault that we know",
    fault(2_150_858_811),
    `${place} has no session configuration of that name.`,
    "Check its spelling; on a stamp it is PrivilegedEndpoint. (code 2150858811)",
  ],
  [
    "a fault in the endpoint's own words",
    fault(77),
    `${place} answered with a fault (code 77). Its own words: “odd. Very odd.”`,
    support,
  ],
  ["an error without advice", new ConsoleError("refused", "No."), "No.", support],
  ["a bug", new Error("x. y"), "x. y", support],
  ["nothing at all", undefined, "The step failed without a reason.", support],
])("%s is what was found, and what to do about it", (_, error, found, fix) => {
  expect(failedBy(error)).toEqual({ state: "failed", found, fix });
});
