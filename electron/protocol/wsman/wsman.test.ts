import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as ask from "./requests.ts";
import type { WsmanContext } from "./context.ts";
import { readDuration, writeDuration, writeLongDuration } from "./duration.ts";
import { faultOf, providerFaultOf } from "./faultTable.ts";
import { readRequest } from "./readRequest.ts";
import { readResponse } from "./readResponse.ts";
import type { RequestBody, RequestHeaders } from "./serverRequest.ts";
import { writeFault, writeResponse } from "./writeAnswer.ts";
import type { AnswerBody } from "./writeAnswer.ts";

let counter = 0;
const newId = (): string => `00000000-0000-4000-8000-${String(counter++).padStart(12, "0")}`;
const context: WsmanContext = {
  to: "http://azs-ercs01:5985/wsman",
  configuration: "PrivilegedEndpoint",
  sessionId: "5a6bd1f0-0b7e-4a39-8f1b-0d5f0f9a7a11",
  maxEnvelopeSize: 153_600,
  newId,
};

function opened(envelope: string): { headers: RequestHeaders; body: RequestBody } {
  const request = readRequest(envelope);
  if (request.type !== "request") throw new Error(`refused with ${request.fault.code}`);
  return request;
}

function answered(request: ask.WsmanRequest, body: AnswerBody) {
  const envelope = writeResponse(opened(request.envelope).headers, body, newId);
  return readResponse(envelope, request);
}

const bytes = fc.uint8Array({ maxLength: 300 });
const id = fc.uuid().map((text) => text.toUpperCase());
const timeout = fc.integer({ min: 1, max: 86_400_000 });
const shell = {
  shellId: "3C44D114-8061-412A-9519-D25BA6D8977B",
  name: null,
  resourceUri: "http://schemas.microsoft.com/powershell/PrivilegedEndpoint",
  owner: "AZS\\cloudadmin",
  clientIp: "127.0.0.1",
  processId: 4711,
  idleTimeoutMs: 7_200_000,
  state: "Connected",
  runTimeMs: 9_000,
  inactivityMs: 0,
} as const;

describe("the two roles", () => {
  test("a Create arrives with the bytes, id, time and configuration it was made of", () => {
    fc.assert(
      fc.property(bytes, id, timeout, (creationXml, shellId, timeoutMs) => {
        const { headers, body } = opened(
          ask.createShell(context, { shellId, creationXml, timeoutMs, idleTimeoutMs: timeoutMs }).envelope,
        );
        expect(headers.operationTimeoutMs).toBe(timeoutMs);
        expect(headers.resourceUri).toBe("http://schemas.microsoft.com/powershell/PrivilegedEndpoint");
        expect(headers.options.get("protocolversion")).toBe("2.3");
        expect(body).toMatchObject({ type: "create", shellId, creationXml, idleTimeoutMs: timeoutMs });
      }),
    );
  });

  test("Command, Send, Receive and Signal arrive as they were said", () => {
    fc.assert(
      fc.property(bytes, id, id, fc.constantFrom("stdin", "pr"), (data, shellId, commandId, stream) => {
        const command = opened(ask.runCommand(context, { shellId, commandId, bytes: data }).envelope);
        expect(command.headers.selectors.get("ShellId")).toBe(shellId);
        expect(command.body).toMatchObject({ type: "command", commandId, bytes: data });
        expect(
          opened(ask.sendInput(context, { shellId, commandId, stream, bytes: data }).envelope).body,
        ).toEqual({ type: "send", streams: [{ name: stream, commandId, bytes: data, end: false }] });
        expect(opened(ask.receiveOutput(context, { shellId, commandId: null }).envelope).body).toEqual({
          type: "receive",
          commandId: null,
          streamNames: "stdout",
        });
        expect(
          opened(ask.signalCommand(context, { shellId, commandId, signal: "stop" }).envelope).body,
        ).toEqual({ type: "signal", commandId, code: "powershell/signal/crtl_c" });
      }),
    );
  });

  test("output comes back in order, one fragment in each stream, with the state beside it", () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 5 }), fc.option(id), (fragments, commandId) => {
        const request = ask.receiveOutput(context, { shellId: shell.shellId, commandId });
        expect(answered(request, { type: "received", commandId, fragments, state: "done" })).toEqual({
          type: "received",
          streams: fragments.map((part) => ({ name: "stdout", commandId, bytes: part, end: false })),
          commandState: { commandId, state: "done", exitCode: 0 },
        });
      }),
    );
  });

  test("a shell is described, listed and found gone", () => {
    const inShell = { shellId: shell.shellId };
    const facts = { shellId: shell.shellId, owner: shell.owner, idleTimeoutMs: 7_200_000, runTimeMs: 9_000 };
    const created = answered(ask.createShell(context, { ...inShell, creationXml: new Uint8Array() }), {
      type: "created",
      address: context.to,
      shell,
    });
    expect(created).toMatchObject({ type: "created", shellId: shell.shellId, shell: facts });
    expect(answered(ask.getShell(context, inShell), { type: "shell", shell })).toMatchObject({
      shell: facts,
    });
    expect(answered(ask.enumerateShells(context), { type: "shells", shells: [shell, shell] })).toMatchObject({
      shells: [facts, facts],
      more: null,
    });
    expect(
      answered(ask.enumerateCommands(context, inShell), { type: "commands", commandIds: ["A", "B"] }),
    ).toMatchObject({ commands: [{ commandId: "A", state: "Running" }, { commandId: "B" }] });
    const request = ask.getShell(context, inShell);
    const provider = { name: "Shell provider", path: "%systemroot%\\system32\\WsmSvc.dll" };
    const fault = writeFault(opened(request.envelope).headers, providerFaultOf(2150858843, provider), newId);
    expect(readResponse(fault, request)).toMatchObject({
      type: "fault",
      fault: { code: 2150858843, subcode: "InvalidSelectors", provider },
    });
  });

  test("an enumeration without an end goes on by Pull", () => {
    const request = ask.enumerateShells(context);
    const begun = { type: "shells", shells: [], part: { context: "ctx-1", isPulled: false } } as const;
    expect(answered(request, begun)).toMatchObject({ type: "listed", shells: [], more: "ctx-1" });
    const pull = ask.pullMore(context, { of: "shells", enumerationContext: "ctx-1" });
    expect(opened(pull.envelope).body).toEqual({
      type: "pull",
      enumerationContext: "ctx-1",
      mostItems: 32_000,
    });
    const rest = { type: "shells", shells: [shell], part: { context: null, isPulled: true } } as const;
    expect(answered(pull, rest)).toMatchObject({
      type: "listed",
      shells: [{ shellId: shell.shellId }],
      more: null,
    });
  });

  test.each([
    ["<w:OptimizeEnumeration/><w:MaxElements>32000</w:MaxElements>", 32_000],
    ["<w:OptimizeEnumeration/><w:MaxElements>2</w:MaxElements>", 2],
    ["<w:OptimizeEnumeration/>", null],
    ["", 0],
  ])("an enumeration with %s wants that many items at once: %s", (wanted, mostItems) => {
    const { envelope } = ask.enumerateShells(context);
    const asked = envelope.replace(/<n:Enumerate>.*<\/n:Enumerate>/, `<n:Enumerate>${wanted}</n:Enumerate>`);
    expect(opened(asked).body).toEqual({ type: "enumerateShells", mostItems });
  });

  test("a Pull without a number wants one item (DSP0226 8.4)", () => {
    const { envelope } = ask.pullMore(context, { of: "commands", enumerationContext: "ctx-1" });
    const asked = envelope.replace(/<n:MaxElements>.*<\/n:MaxElements>/, "");
    expect(opened(asked).body).toMatchObject({ type: "pull", mostItems: 1 });
  });
});

describe("what is refused", () => {
  test("a configuration name outside its pattern, before an envelope exists", () => {
    for (const configuration of ["", "-x", "a b", "a<b", "../x", 'x" y="', "ä", "x".repeat(129)])
      expect(() => ask.enumerateShells({ ...context, configuration })).toThrow(
        expect.objectContaining({ code: "configurationName" }),
      );
  });

  test("no text of a caller can become markup", () => {
    fc.assert(
      fc.property(fc.constantFrom("<", "&", '"', "'", "]]>", "</w:Selector>"), fc.string(), (mark, rest) => {
        const shellId = `${mark}${rest.replaceAll(/[^ -~]/g, "")}x`;
        const { headers } = opened(ask.deleteShell(context, { shellId }).envelope);
        expect(headers.selectors.get("ShellId")).toBe(shellId.trim());
      }),
    );
  });

  test("the answer to another request, or to another kind of request", () => {
    const request = ask.deleteShell(context, { shellId: "A" });
    const other = ask.reconnectShell(context, { shellId: "A" });
    const envelope = writeResponse(opened(request.envelope).headers, { type: "empty" }, newId);
    expect(readResponse(envelope, request)).toEqual({ type: "deleted" });
    expect(() => readResponse(envelope, other)).toThrow(expect.objectContaining({ code: "foreignAnswer" }));
    expect(() => readResponse(envelope, { ...other, messageId: request.messageId })).toThrow(
      expect.objectContaining({ code: "unexpectedAction" }),
    );
    const fault = writeFault(opened(request.envelope).headers, faultOf(995), newId);
    expect(() => readResponse(fault, other)).toThrow(expect.objectContaining({ code: "foreignAnswer" }));
  });

  test.each([
    ["no XML", (text: string) => text.slice(0, -9), 2150858819],
    ["a DTD", (text: string) => `<!DOCTYPE x []>${text}`, 2150858819],
    ["two bodies", (text: string) => text.replace("</s:Envelope>", "<s:Body/></s:Envelope>"), 2150858819],
    ["no MessageID", (text: string) => text.replace(/<a:MessageID>.*<\/a:MessageID>/, ""), 2150858819],
    ["a zero timeout", (text: string) => text.replace("PT60.000S", "PT0S"), 2150858767],
    ["a negative timeout", (text: string) => text.replace("PT60.000S", "-PT5S"), 2150858767],
    ["a timeout in years", (text: string) => text.replace("PT60.000S", "P1Y"), 2150858767],
    ["an unknown action", (text: string) => text.replace("transfer/Delete", "transfer/Put"), 2150858753],
    [
      "a header nobody understands",
      (text: string) => text.replace("</s:Header>", '<w:New s:mustUnderstand="true"/></s:Header>'),
      2150858768,
    ],
    [
      "a locale that must be understood",
      (text: string) =>
        text.replace('<w:Locale s:mustUnderstand="false"', '<w:Locale s:mustUnderstand="true"'),
      2150858887,
    ],
  ])("a request with %s is answered by a fault", (_, damage, code) => {
    const { envelope } = ask.deleteShell(context, { shellId: "A" });
    const request = readRequest(damage(envelope));
    expect(request).toMatchObject({ type: "refused", fault: { code } });
  });

  test("damaged envelopes end in a fault or a named error, never in anything else", () => {
    const request = ask.createShell(context, { shellId: "A", creationXml: Uint8Array.of(1, 2, 3) });
    const answer = writeResponse(
      opened(request.envelope).headers,
      { type: "created", address: "x", shell },
      newId,
    );
    fc.assert(
      fc.property(fc.nat(), fc.nat(40), fc.string(), (at, length, put) => {
        const damaged = (text: string): string => {
          const start = at % text.length;
          return text.slice(0, start) + put + text.slice(start + length);
        };
        expect(["request", "refused"]).toContain(readRequest(damaged(request.envelope)).type);
        try {
          readResponse(damaged(answer), request);
        } catch (error) {
          expect(error).toHaveProperty("name", "WsmanError");
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("times", () => {
  test("what is written is read back exactly", () => {
    fc.assert(
      fc.property(fc.nat(2_000_000_000), (time) => {
        expect(readDuration(writeDuration(time))).toBe(time);
        expect(readDuration(writeLongDuration(time))).toBe(Math.floor(time / 1000) * 1000);
      }),
    );
  });

  test("zeros are never stripped", () => {
    expect(writeDuration(10_000)).toBe("PT10.000S");
    expect(writeDuration(7_200_000)).toBe("PT7200.000S");
  });

  test.each([
    ["PT20S", 20_000],
    ["PT0.250S", 250],
    ["P1DT2H3M4.5S", 93_784_500],
    ["-PT5S", -5_000],
    ["P", null],
    ["PT", null],
    ["P1DT", null],
    ["P1Y", null],
    ["20", null],
    ["PT1.S", null],
    ["P999999999D", null],
  ])("%s is %s", (text, expected) => {
    expect(readDuration(text)).toBe(expected);
  });
});

test("a fault without WSManFault is told by its subcode; a negative code is folded", () => {
  const request = ask.deleteShell(context, { shellId: "A" });
  const { headers } = opened(request.envelope);
  const envelope = writeFault(headers, faultOf(2150858793), newId);
  const bare = envelope.replace(/<s:Detail>.*<\/s:Detail>/, "");
  expect(readResponse(bare, request)).toMatchObject({ fault: { code: null, subcode: "TimedOut" } });
  const negative = envelope.replace('Code="2150858793"', 'Code="-2144108503"');
  expect(readResponse(negative, request)).toMatchObject({ fault: { code: 2150858793 } });
});

test("a provider's text is its own, else that of the fault inside it", () => {
  const request = ask.deleteShell(context, { shellId: "A" });
  const provider = { name: "Shell provider", path: "WsmSvc.dll" };
  const said = { ...providerFaultOf(2150858843, provider), provider: { ...provider, text: "It is gone." } };
  const envelope = writeFault(opened(request.envelope).headers, said, newId);
  expect(readResponse(envelope, request)).toMatchObject({ fault: { provider: { text: "It is gone." } } });
  const bare = envelope.replace(/(<f:ProviderFault [^>]*>).*(<\/f:ProviderFault>)/, "$1Gone.$2");
  expect(readResponse(bare, request)).toMatchObject({ fault: { provider: { text: "Gone." } } });
});
