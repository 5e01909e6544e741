import { expect, test } from "vitest";
import {
  arrayList,
  customObject,
  enumValue,
  hashtable,
  list,
  psObject,
  scalar,
} from "../../protocol/clixml/build.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { mostLines, saidMore } from "./keptLines.ts";
import { separate } from "./separate.ts";

const grant = customObject({ State: "Active" });

test("lines and objects that a wrapper mixes into one output are parted, in order (domain 4.3)", () => {
  const output = separate([
    "Microsoft.AzureStack.Deployment.RemoteSupport is loaded already ...",
    "Getting RemoteSupport Access on this node",
    "Retrieving Remote Support access. IncludeExpired is set to 'True'",
    "",
    grant,
  ]);
  expect(output.objects).toEqual([grant]);
  expect(output.lines).toHaveLength(4);
  expect(output.lines[2]).toBe("Retrieving Remote Support access. IncludeExpired is set to 'True'");
});

test("of a text without end the first lines are kept, with a word about the rest, whatever comes after", () => {
  const { lines, objects } = separate([`${"line\n".repeat(200_000)}`, grant, "later"]);
  expect([lines.length, lines.at(-2), lines.at(-1)]).toEqual([mostLines + 1, "line", saidMore]);
  expect(objects).toEqual([grant]);
  expect(separate(["line\n".repeat(mostLines - 1)]).lines).toHaveLength(mostLines);
});

test("lists give what is in them, Hashtables are objects, null is nothing", () => {
  const table = hashtable({ State: "Active" });
  expect(separate([list([grant, arrayList(["a", table])]), null])).toEqual({
    objects: [grant, table],
    lines: ["a"],
    others: [],
  });
});

test("several lines in one text are several, and what PowerShell hangs on a text changes nothing", () => {
  const noted = psObject({ base: "one\r\ntwo", extended: { PSPath: "x", PSComputerName: "azs-ercs01" } });
  expect(separate([noted])).toEqual({ objects: [], lines: ["one", "two"], others: [] });
});

test("nothing is lost: what is neither record nor text is kept as it is", () => {
  const others: readonly ClixmlValue[] = [
    5,
    true,
    scalar("DT", "2026-01-01T00:00:00Z"),
    enumValue("T", "Active", 1),
    psObject({ typeNames: ["Some.Type"], display: "beyond depth" }),
    psObject({ base: "No remote support access exists.", extended: { State: "Active" } }),
    customObject({}),
    hashtable({}),
  ];
  expect(separate(others)).toEqual({ objects: [], lines: [], others });
});

test("what hangs on a list, or lies too deep in lists, is kept", () => {
  const deep = list([list([list([list([list([grant])])])])]);
  expect(separate([deep]).others).toEqual([list([grant])]);
  const hung = { ...list(["a"]), extended: new Map([["State", "Active"]]) };
  expect(separate([hung])).toMatchObject({ lines: ["a"], others: [{ extended: hung.extended }] });
});

test("secrets in lines are hidden, and talk about a credential is not", () => {
  expect(
    separate([
      "SasCredential : sig=abc def",
      "Using provided SAS credential to make remote support connection.",
    ]).lines,
  ).toEqual(["SasCredential : [hidden]", "Using provided SAS credential to make remote support connection."]);
});

test("a list that holds itself comes to an end", () => {
  const items: ClixmlValue[] = ["a"];
  const endless = list(items);
  items.push(endless);
  expect(separate([endless]).lines.slice(0, 2)).toEqual(["a", "a"]);
});

test("a null that is wrapped is nothing either", () => {
  expect(separate([psObject({ base: null }), list([null])])).toEqual({ objects: [], lines: [], others: [] });
});
