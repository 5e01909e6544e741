import fc from "fast-check";
import { expect, test } from "vitest";
import { bytes, duration, optional, word, wsmanContext } from "../../testing/wsmanParts.ts";
import { toBase64 } from "../clixml/base64.ts";
import { usualTimeout } from "./context.ts";
import { commandResource, configNamespace, namespaces, signalCodes } from "./names.ts";
import { readRequest } from "./readRequest.ts";
import * as ask from "./requests.ts";
import type { WsmanRequest } from "./requests.ts";
import type { RequestBody, RequestHeaders } from "./serverRequest.ts";

const configuration = "http://schemas.microsoft.com/powershell/PrivilegedEndpoint";

/** What all requests in a shell are made of, used or not. */
const parts = fc
  .record({
    shellId: word,
    commandId: word,
    perhapsCommand: optional(word),
    bytes,
    timeoutMs: duration,
    idle: optional(duration),
    stream: fc.constantFrom("stdin" as const, "pr" as const),
    signal: fc.constantFrom("stop" as const, "terminate" as const),
    of: fc.constantFrom("shells" as const, "commands" as const),
    enumerationContext: word,
  })
  .map((made) => ({ ...made, ...(made.idle === null ? {} : { idleTimeoutMs: made.idle }) }));
type Parts = typeof parts extends fc.Arbitrary<infer Made> ? Made : never;

/** A request, what is to be read of its body, and what its headers name beside the shell's own configuration. */
type Asked = {
  readonly request: WsmanRequest;
  readonly body: RequestBody;
  readonly resourceUri?: string;
  readonly outsideShell?: true;
};

const kinds: Readonly<Record<string, (made: Parts) => Asked>> = {
  create: (made) => ({
    request: ask.createShell(wsmanContext, { ...made, creationXml: made.bytes }),
    body: {
      type: "create",
      shellId: made.shellId,
      name: null,
      idleTimeoutMs: made.idle,
      inputStreams: "stdin pr",
      outputStreams: "stdout",
      creationXml: made.bytes,
    },
    outsideShell: true,
  }),
  command: (made) => ({
    request: ask.runCommand(wsmanContext, made),
    body: {
      type: "command",
      commandId: made.commandId,
      commandLine: "",
      argumentTexts: [toBase64(made.bytes)],
      bytes: made.bytes,
    },
  }),
  send: (made) => ({
    request: ask.sendInput(wsmanContext, { ...made, commandId: made.perhapsCommand }),
    body: {
      type: "send",
      streams: [{ name: made.stream, commandId: made.perhapsCommand, bytes: made.bytes, end: false }],
    },
  }),
  receive: (made) => ({
    request: ask.receiveOutput(wsmanContext, { ...made, commandId: made.perhapsCommand }),
    body: { type: "receive", commandId: made.perhapsCommand, streamNames: "stdout" },
  }),
  signal: (made) => ({
    request: ask.signalCommand(wsmanContext, made),
    body: { type: "signal", commandId: made.commandId, code: signalCodes[made.signal] },
  }),
  disconnect: (made) => ({
    request: ask.disconnectShell(wsmanContext, made),
    body: { type: "disconnect", idleTimeoutMs: made.idle },
  }),
  reconnect: (made) => ({
    request: ask.reconnectShell(wsmanContext, made),
    body: { type: "reconnect", commandId: null },
  }),
  connectShell: (made) => ({
    request: ask.connectShell(wsmanContext, { ...made, connectXml: made.bytes }),
    body: { type: "connect", commandId: null, connectXml: made.bytes },
  }),
  connectCommand: (made) => ({
    request: ask.connectCommand(wsmanContext, made),
    body: { type: "connect", commandId: made.commandId, connectXml: null },
  }),
  delete: (made) => ({ request: ask.deleteShell(wsmanContext, made), body: { type: "delete" } }),
  getShell: (made) => ({
    request: ask.getShell(wsmanContext, made),
    body: { type: "getShell" },
    resourceUri: namespaces.rsp,
  }),
  getConfiguration: (made) => ({
    request: ask.getConfiguration(wsmanContext, made),
    body: { type: "getConfiguration" },
    resourceUri: configNamespace,
    outsideShell: true,
  }),
  enumerateShells: (made) => ({
    request: ask.enumerateShells(wsmanContext, made),
    body: { type: "enumerateShells", mostItems: 32_000 },
    resourceUri: namespaces.rsp,
    outsideShell: true,
  }),
  enumerateCommands: (made) => ({
    request: ask.enumerateCommands(wsmanContext, made),
    body: { type: "enumerateCommands", shellId: made.shellId, mostItems: 32_000 },
    resourceUri: commandResource,
    outsideShell: true,
  }),
  pull: (made) => ({
    request: ask.pullMore(wsmanContext, made),
    body: { type: "pull", enumerationContext: made.enumerationContext, mostItems: 32_000 },
    resourceUri: made.of === "shells" ? namespaces.rsp : commandResource,
    outsideShell: true,
  }),
};

function opened(envelope: string): { readonly headers: RequestHeaders; readonly body: RequestBody } {
  const request = readRequest(envelope);
  if (request.type !== "request") throw new Error(`refused with ${request.fault.code}`);
  return request;
}

test.each(Object.entries(kinds))("%s: the server reads what the client asked", (_, kind) => {
  fc.assert(
    fc.property(parts, (made) => {
      const { request, body, resourceUri, outsideShell } = kind(made);
      const read = opened(request.envelope);
      expect(read.body).toEqual(body);
      expect(read.headers).toMatchObject({
        action: request.action,
        messageId: request.messageId,
        to: wsmanContext.to,
        resourceUri: resourceUri ?? configuration,
        operationTimeoutMs: made.timeoutMs,
        maxEnvelopeSize: wsmanContext.maxEnvelopeSize,
        sessionId: `uuid:${wsmanContext.sessionId}`,
      });
      expect([...read.headers.selectors]).toEqual(outsideShell ? [] : [["ShellId", made.shellId]]);
    }),
    { numRuns: 50 },
  );
});

test("a request that names no time gets the usual one", () => {
  expect(opened(ask.enumerateShells(wsmanContext).envelope).headers.operationTimeoutMs).toBe(usualTimeout);
});
