import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { conformance, conformanceText } from "../../testing/conformance.ts";
import { readRequest } from "./readRequest.ts";
import { readResponse } from "./readResponse.ts";

type Exchange = { readonly request: string; readonly response: string | null };

const set = conformance("windows-recordings");
/** One recording was put together by hand: its answers relate to other messages. */
const editedByHand = "test_client_copy_file_warning.yml";

const exchangesOf = (path: string): readonly Exchange[] =>
  (parse(conformanceText(path)) as { readonly messages: readonly Exchange[] }).messages;

/** What a request must be read as, and what its answer may be, by the last word of the Action. */
const kinds: Readonly<Record<string, readonly [string, string]>> = {
  Create: ["create", "created"],
  Command: ["command", "commandStarted"],
  Receive: ["receive", "received"],
  Send: ["send", "sent"],
  Signal: ["signal", "signalled"],
  Delete: ["delete", "deleted"],
  Get: ["get", "shell configuration"],
  Enumerate: ["enumerate", "listed"],
  Connect: ["connect", "connected"],
  Disconnect: ["disconnect", "disconnected"],
  Reconnect: ["reconnect", "reconnected"],
};

describe("recorded conversations with Windows", () => {
  test.for(set.missing ? ["none"] : set.files)("%s", (path, context) => {
    context.skip(set.missing, set.reason);
    for (const { request, response } of exchangesOf(path)) {
      const asked = readRequest(request);
      if (asked.type !== "request") throw new Error(`refused with ${asked.fault.code}`);
      const { action, messageId } = asked.headers;
      const [question = "", answer = ""] = kinds[action.slice(action.lastIndexOf("/") + 1)] ?? [];
      expect(asked.body.type.startsWith(question)).toBe(true);
      expect(asked.headers.operationTimeoutMs).toBeGreaterThan(0);
      if (response === null) continue;
      const expected = basename(path) === editedByHand ? relatesTo(response) : messageId;
      const read = readResponse(response, { action, messageId: expected });
      if (read.type === "fault") expect(read.fault.code).toBeGreaterThan(0);
      else expect(answer.split(" ")).toContain(read.type);
    }
  });

  test("the recorded faults are told apart", (context) => {
    context.skip(set.missing, set.reason);
    const codes = new Map<number, number>();
    for (const path of set.files)
      for (const { request, response } of exchangesOf(path)) {
        const asked = readRequest(request);
        if (asked.type !== "request" || response === null || !response.includes("<s:Fault")) continue;
        const read = readResponse(response, asked.headers);
        if (read.type === "fault" && read.fault.code !== null) {
          codes.set(read.fault.code, (codes.get(read.fault.code) ?? 0) + 1);
          expect(read.fault.text).not.toBe("");
        }
      }
    expect(Object.fromEntries(codes)).toEqual({ 2150858843: 3, 2150858793: 2, 87: 1, 2147942402: 1 });
  });
});

const relatesTo = (response: string): string => /<a:RelatesTo>([^<]*)</.exec(response)?.[1] ?? "";
