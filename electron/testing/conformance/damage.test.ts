import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { messageTypes } from "../../protocol/psrp/messageTypes.ts";
import { conformanceText } from "../conformance.ts";
import { checkText } from "./checkFile.ts";
import { checkFolder } from "./checkFolder.ts";
import type { Outcome } from "./outcome.ts";

const golden = join(import.meta.dirname, "..", "golden");

type Pair = { request: string; response: string };
const recorded = (parse(conformanceText(join(golden, "consent-refused.yml"))) as { messages: Pair[] })
  .messages;

/** The recording after a change to its pairs. */
function recordingAfter(change: (pairs: Pair[]) => void): Outcome {
  const messages = structuredClone(recorded);
  change(messages);
  return checkText(stringify({ messages }, { lineWidth: 0 })).outcome;
}

const indexOf = (action: string, from = 0): number =>
  recorded.findIndex(({ request }, index) => index >= from && request.includes(`/${action}</`));

const streams = /<rsp:Stream [^>]*>[^<]+<\/rsp:Stream>/g;

/** Turns one bit of a byte in the base64 of the first Stream. */
const withBit = (text: string, at: number): string =>
  text.replace(/(<rsp:Stream [^>]*>)([^<]+)/, (_, tag: string, base64: string) => {
    const bytes = Buffer.from(base64, "base64");
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return tag + bytes.toString("base64");
  });

const change = (pair: Pair | undefined, side: keyof Pair, to: (text: string) => string): void => {
  if (pair !== undefined) pair[side] = to(pair[side]);
};

describe("damage to a recording of a Windows server is found, with its place", () => {
  const [firstReceive, command] = [indexOf("Receive"), indexOf("Command")];

  test.each<readonly [string, (pairs: Pair[]) => void, RegExp]>([
    [
      "an exchange that carried messages is missing",
      (pairs) => pairs.splice(firstReceive, 1),
      /object 1 is missing/,
    ],
    ["the Create is missing", (pairs) => pairs.splice(0, 1), /request 1 \(Receive\).*does not begin/],
    [
      "the Command is missing",
      (pairs) => pairs.splice(command, 1),
      /request \d+ \(Receive\).*does not begin/,
    ],
    [
      "two answers changed places",
      (pairs) => {
        const [one, other] = [pairs[firstReceive], pairs[command]];
        if (one && other) [one.response, other.response] = [other.response, one.response];
      },
      /response 2: it answers request \d/,
    ],
    [
      "an answer relates to nothing",
      (pairs) => change(pairs[firstReceive], "response", (text) => text.replace(/(RelatesTo>uuid:)./, "$1!")),
      /response 2: it answers no request/,
    ],
    [
      "a Stream is missing",
      (pairs) => change(pairs[firstReceive], "response", (text) => text.replace(streams, "")),
      /object \d is missing/,
    ],
    [
      "an object id was changed",
      (pairs) => change(pairs[firstReceive], "response", (text) => withBit(text, 5)),
      /object \d+/,
    ],
    [
      "a pool id was changed",
      (pairs) => change(pairs[firstReceive + 1], "response", (text) => withBit(text, 21 + 12)),
      /response 3.*is not of this Stream/,
    ],
    [
      "a request speaks in another session",
      (pairs) => change(pairs[command], "request", (text) => text.replace(/(SessionId[^>]*>uuid:)./, "$10")),
      /another SessionId/,
    ],
    ["all messages are gone", (pairs) => pairs.splice(0), /messages: there are none/],
  ])("%s", (_, damage, place) => {
    const outcome = recordingAfter(damage);
    expect(outcome.type).toBe("fails");
    if (outcome.type === "fails") expect(`${outcome.where}: ${outcome.why}`).toMatch(place);
  });

  test("a request that got nothing, or a text that is no envelope, is no damage", () => {
    for (const nothing of ["", "Unauthorized"])
      expect(recordingAfter((pairs) => change(pairs.at(-1), "response", () => nothing)).type).toBe("passes");
  });

  const inLocales = (language: string) => (pairs: Pair[]) => {
    for (const pair of pairs)
      pair.request = pair.request.replaceAll(/(:(?:Data)?Locale [^>]*)xml:lang="en-US"/g, `$1${language}`);
  };

  test("a client of another culture is no damage, though ours is always en-US; one that names none is", () => {
    expect(recordingAfter(inLocales('xml:lang="de-DE"'))).toMatchObject({ type: "passes" });
    expect(recordingAfter(inLocales(""))).toMatchObject({ type: "fails" });
  });

  test("a request that the recorded server refused is refused by our role with the same fault, and no other", () => {
    const fault = (code: number): Outcome =>
      recordingAfter((pairs) => {
        const asked = structuredClone(pairs[firstReceive]);
        if (asked === undefined) return;
        const id = "11111111-2222-4333-8444-555555555555";
        pairs.splice(firstReceive, 0, {
          request: asked.request
            .replace(/(MessageID>uuid:)[^<]*/, `$1${id}`)
            .replace(/(OperationTimeout>)[^<]*/, "$1PT-1S"),
          response: faultEnvelope(id, code),
        });
      });
    expect(fault(2150858767).type).toBe("passes");
    expect(fault(2150858793)).toMatchObject({
      type: "fails",
      where: expect.stringContaining("fault") as string,
    });
  });
});

const faultEnvelope = (relatesTo: string, code: number): string =>
  `<s:Envelope xml:lang="en-US" xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><s:Header><a:Action>http://schemas.xmlsoap.org/ws/2004/08/addressing/fault</a:Action><a:MessageID>uuid:21111111-2222-4333-8444-555555555555</a:MessageID><a:RelatesTo>uuid:${relatesTo}</a:RelatesTo></s:Header><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>a:InvalidMessageInformationHeader</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en-US">No.</s:Text></s:Reason><s:Detail><f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="${code}" Machine="127.0.0.1"><f:Message>No.</f:Message></f:WSManFault></s:Detail></s:Fault></s:Body></s:Envelope>`;

type Listed = {
  line: number;
  objectId: number;
  runspacePoolId: string;
  typeId: string | number;
  clixml: string;
  pipelineId: string;
};
type Talk = { lines: { from: string; line: string }[]; decoded?: Listed[] };
const conversation = JSON.parse(conformanceText(join(golden, "out-of-process.json"))) as Required<Talk>;

function conversationAfter(edit: (talk: Required<Talk>) => Talk): Outcome {
  return checkText(JSON.stringify(edit(structuredClone(conversation)))).outcome;
}

describe("damage to a conversation with PowerShell is found", () => {
  test.each<readonly [string, (talk: Required<Talk>) => Talk]>([
    ["a message that is read and not listed", (talk) => ({ ...talk, decoded: talk.decoded.toSpliced(2, 1) })],
    [
      "an object id that is listed otherwise",
      (talk) => ({
        ...talk,
        decoded: talk.decoded.map((one, index) => (index === 4 ? { ...one, objectId: 99 } : one)),
      }),
    ],
    ["the last ack is missing", (talk) => ({ ...talk, lines: talk.lines.slice(0, -1) })],
    [
      "a message that comes behind the end of its pipeline",
      (talk) => {
        const output = talk.decoded.findIndex(({ typeId }) => Number(typeId) === messageTypes.pipelineOutput);
        const again = talk.decoded[output];
        const end = talk.decoded.find(
          ({ typeId, pipelineId }) =>
            Number(typeId) === messageTypes.pipelineState && pipelineId === again?.pipelineId,
        );
        const line = talk.lines[again?.line ?? 0];
        if (again === undefined || end === undefined || line === undefined)
          throw new Error("no such message");
        const later = (one: Listed): Listed => (one.line > end.line ? { ...one, line: one.line + 1 } : one);
        const listed = talk.decoded.map(later);
        return {
          lines: talk.lines.toSpliced(end.line + 1, 0, line),
          decoded: listed.toSpliced(listed.indexOf(end) + 1, 0, { ...again, line: end.line + 1 }),
        };
      },
    ],
    ["a line without a side", (talk) => ({ ...talk, lines: [{ from: "nobody", line: "" }, ...talk.lines] })],
    ["no lines", (talk) => ({ ...talk, lines: [] })],
  ])("%s", (_, damage) => {
    expect(conversationAfter(damage).type).toBe("fails");
  });

  test("what is optional may be missing or written otherwise", () => {
    const bare = conversationAfter(({ lines }) => ({ lines }));
    expect(bare).toMatchObject({ type: "passes" });
    expect(bare.type === "passes" && bare.remarks.join()).toContain("no list of its messages");
    const other = conversationAfter((talk) => ({
      ...talk,
      more: { of: "the same" },
      decoded: talk.decoded.map((one) => ({
        ...one,
        typeId: Number(one.typeId),
        runspacePoolId: one.runspacePoolId.toUpperCase(),
      })),
    }));
    expect(other).toMatchObject({ type: "passes" });
  });

  test("a conversation that ends before its session is closed is compared as far as it goes", () => {
    const closed = conversation.lines.findLastIndex(({ from }) => from === "client");
    const early = conversationAfter(({ lines, decoded }) => ({
      lines: lines.slice(0, closed),
      decoded: decoded.filter(({ line }) => line < closed),
    }));
    expect(early.type === "passes" && early.remarks).toContain(
      "the recording ends before its session is closed",
    );
  });
});

describe("files that are no recordings", () => {
  const whyOf = (text: string): readonly [string, string] => {
    const { outcome } = checkText(text);
    return [outcome.type, outcome.type === "passes" ? "" : outcome.why];
  };

  test("damaged files fail, and pages about recordings and templates of them are passed over with a reason", () => {
    expect(whyOf('{"lines":[{"from":"client","line":"<Da')).toEqual(["fails", "not readable as JSON"]);
    expect(whyOf('{"lines":[{}],"decoded":5}')[0]).toBe("fails");
    expect(whyOf("# Notes\n\nSome prose.\n\n```yaml\nmessages:\n- request: <a/>\n```\n")[0]).toBe(
      "notApplicable",
    );
    expect(whyOf("messages:\n- request: The message\n  response: Its answer\n")).toEqual([
      "notApplicable",
      "a list of messages without an envelope in it",
    ]);
  });

  test("a byte order mark, Windows line ends, other keys and JSON in the place of YAML change nothing", () => {
    const text = stringify({ name: "x", messages: recorded }).replaceAll("\n", "\r\n");
    expect(checkText(`\uFEFF# made\r\n---\r\n${text}`).outcome.type).toBe("passes");
    expect(checkText(JSON.stringify({ messages: recorded })).outcome.type).toBe("passes");
  });

  test("links to files and folders are followed, and a link to nothing fails", () => {
    const folder = mkdtempSync(join(tmpdir(), "rsc-recordings-"));
    symlinkSync(join(golden, "out-of-process.json"), join(folder, "linked.json"));
    symlinkSync(join(folder, "nothing"), join(folder, "broken.yml"));
    mkdirSync(join(folder, "inner"));
    symlinkSync(folder, join(folder, "inner", "back"));
    symlinkSync(golden, join(folder, "inner", "golden"));
    writeFileSync(join(folder, "notes.txt"), "notes");
    const found = [...checkFolder(folder)].map(({ file, outcome }) => [file, outcome.type]);
    expect(found).toContainEqual(["linked.json", "passes"]);
    expect(found).toContainEqual(["broken.yml", "fails"]);
    expect(found).toContainEqual(["notes.txt", "notApplicable"]);
    expect(found).toContainEqual([join("inner", "golden", "out-of-process.json"), "passes"]);
    expect(found).toHaveLength(7);
  });
});
