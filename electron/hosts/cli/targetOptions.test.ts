import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import type { Target } from "#contract";
import { targetOptions } from "../../services/grants/targetOptions.ts";
import { aTarget } from "../../testing/builders.ts";
import { type Options, readOptions } from "./options.ts";
import { adHocTarget } from "./target.ts";

/* What a shown line names is what the command line finds. */

/** The options of a target as bash gives them to the command line. */
function readBack(target: Target, all: readonly Target[] = [target]): Options {
  const script = `printf '%s\\0' ${targetOptions(target, all).join(" ")}`;
  return readOptions(execFileSync("bash", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1), []);
}

const oslo = aTarget({ id: "1", name: "Oslo" });

test.each([
  ["its name", oslo, [], "Oslo"],
  ["its id where another has the name too", oslo, [aTarget({ id: "2", name: "OSLO" })], "1"],
  ["its id where another's is its name", oslo, [aTarget({ id: "Oslo", name: "Bergen" })], "1"],
  [
    "its id where it is called what the practice stamp answers to",
    aTarget({ id: "3", name: "Practice" }),
    [],
    "3",
  ],
  ["practice", aTarget({ id: "4", name: "Practice stamp", practice: true }), [oslo], "practice"],
])("a target is found again by %s", (_, target, others, found) => {
  expect(readBack(target, [target, ...others])).toEqual({ target: found });
});

const pin = "ab".repeat(32);
const pins = ["--certificate-sha256", pin, "--certificate-sha256", "cd".repeat(32)];
const two = ["--endpoint", "https://10.0.0.21:5986", "--endpoint", "https://[fe80::21]:443"];
test.each([
  [["--endpoint", "http://10.0.0.21:5985"]],
  [["--endpoint", "http://azs-ercs01:80", "--configuration", "Other.Name"]],
  [[...two, ...pins]],
  [[...two, "--certificate-sha256", pin, "--sign-in", "basic"]],
  [[...two, "--sign-in", "certificate", "--client-certificate", "/etc/it's me.pem", "--client-key", "k.pem"]],
])("a target that lives on the line alone is told whole: %j", (line) => {
  const target = adHocTarget(readOptions([...line, "--account", "AZS\\o'neill"], []), true);
  if (target === null) throw new Error("no target");
  const again = adHocTarget(readBack(target), true);
  const trustedAt = expect.any(String) as string;
  const certificates = target.certificates.map((trusted) => ({ ...trusted, trustedAt }));
  expect(again).toEqual({ ...target, certificates });
});
