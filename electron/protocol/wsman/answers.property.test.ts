import fc from "fast-check";
import { expect, test } from "vitest";
import { bytes, duration, newId, optional, word } from "../../testing/wsmanParts.ts";
import { actions } from "./names.ts";
import { readResponse } from "./readResponse.ts";
import type { WsmanResponse } from "./responses.ts";
import type { ShellFacts } from "./shellFacts.ts";
import { writeFault, writeResponse } from "./writeAnswer.ts";
import type { AnswerBody, ListedPart, ServedShell } from "./writeAnswer.ts";

const shell: fc.Arbitrary<ServedShell> = fc.record({
  shellId: word,
  name: optional(word),
  resourceUri: word,
  owner: word,
  clientIp: word,
  processId: fc.nat(),
  idleTimeoutMs: duration,
  state: fc.constantFrom("Connected" as const, "Disconnected" as const),
  runTimeMs: fc.nat(),
  inactivityMs: fc.nat(),
});

/** Run times are told in whole seconds. */
const factsOf = ({ name, processId, runTimeMs, inactivityMs, ...same }: ServedShell): ShellFacts => ({
  ...same,
  name: name ?? "",
  processId: String(processId),
  maxIdleTimeoutMs: 2_147_483_647,
  runTimeMs: runTimeMs - (runTimeMs % 1000),
  inactivityMs: inactivityMs - (inactivityMs % 1000),
  compression: "NoCompression",
  locale: "en-US",
  dataLocale: "en-US",
});

/** The action that is answered, the answer, and what the client is to read. */
type Answered = {
  readonly action: string;
  readonly answer: AnswerBody;
  readonly read: WsmanResponse;
};

const listing: fc.Arbitrary<ListedPart> = fc.record({ context: optional(word), isPulled: fc.boolean() });
const listingAction = (part: ListedPart): string => (part.isPulled ? actions.pull : actions.enumerate);
const commandState = fc.constantFrom("done" as const, "pending" as const, null);

const answers: fc.Arbitrary<Answered> = fc.oneof(
  fc.tuple(word, shell).map(([address, served]) => ({
    action: actions.create,
    answer: { type: "created" as const, address, shell: served },
    read: { type: "created" as const, shellId: served.shellId, shell: factsOf(served) },
  })),
  word.map((commandId) => {
    const started = { type: "commandStarted" as const, commandId };
    return { action: actions.command, answer: started, read: started };
  }),
  fc
    .tuple(optional(word), fc.array(bytes, { maxLength: 4 }), commandState)
    .map(([commandId, fragments, state]) => ({
      action: actions.receive,
      answer: { type: "received" as const, commandId, fragments, state },
      read: {
        type: "received" as const,
        streams: fragments.map((part) => ({ name: "stdout", commandId, bytes: part, end: false })),
        commandState: state === null ? null : { commandId, state, exitCode: state === "done" ? 0 : null },
      },
    })),
  fc.constantFrom<Answered>(
    { action: actions.send, answer: { type: "sent" }, read: { type: "sent" } },
    { action: actions.signal, answer: { type: "signalled" }, read: { type: "signalled" } },
    { action: actions.disconnect, answer: { type: "empty" }, read: { type: "disconnected" } },
    { action: actions.reconnect, answer: { type: "empty" }, read: { type: "reconnected" } },
    { action: actions.delete, answer: { type: "empty" }, read: { type: "deleted" } },
    {
      action: actions.connect,
      answer: { type: "commandConnected" },
      read: { type: "connected", connectResponseXml: null },
    },
  ),
  bytes.map((connectResponseXml) => {
    const connected = { type: "connected" as const, connectResponseXml };
    return { action: actions.connect, answer: connected, read: connected };
  }),
  shell.map((served) => ({
    action: actions.get,
    answer: { type: "shell" as const, shell: served },
    read: { type: "shell" as const, shell: factsOf(served) },
  })),
  fc.integer({ min: 1 }).map((maxEnvelopeSizeKb) => ({
    action: actions.get,
    answer: { type: "configuration" as const, maxEnvelopeSizeKb },
    read: { type: "configuration" as const, maxEnvelopeSize: maxEnvelopeSizeKb * 1024 },
  })),
  fc.tuple(fc.array(shell, { maxLength: 3 }), listing).map(([shells, part]) => ({
    action: listingAction(part),
    answer: { type: "shells" as const, shells, part },
    read: { type: "listed" as const, shells: shells.map(factsOf), commands: [], more: part.context },
  })),
  fc.tuple(fc.array(word, { maxLength: 3 }), listing).map(([commandIds, part]) => ({
    action: listingAction(part),
    answer: { type: "commands" as const, commandIds, part },
    read: {
      type: "listed" as const,
      shells: [],
      commands: commandIds.map((commandId) => ({ commandId, state: "Running" })),
      more: part.context,
    },
  })),
);

const related = fc.record({ messageId: word, operationId: optional(word) });

test("the client reads what the server answered, whatever it was", () => {
  fc.assert(
    fc.property(answers, related, ({ action, answer, read }, request) => {
      const envelope = writeResponse({ ...request, action }, answer, newId);
      expect(readResponse(envelope, { ...request, action })).toEqual(read);
    }),
    { numRuns: 500 },
  );
});

/** A provider repeats the fault's own text, as it always does; without a code there is nobody to repeat it. */
const fault = fc
  .record({
    code: optional(fc.integer({ min: 0, max: 0xffff_ffff })),
    role: fc.constantFrom("Sender", "Receiver"),
    prefix: fc.constantFrom("", "w:", "a:", "s:"),
    subcode: fc.constantFrom("", "TimedOut", "InvalidSelectors", "DestinationUnreachable"),
    text: word,
    provider: optional(fc.record({ name: word, path: word })),
    faultDetail: fc.oneof(fc.constant(""), word),
  })
  .map(({ prefix, ...made }) => ({
    written: prefix !== "" && made.subcode !== "" ? `${prefix}${made.subcode}` : made.subcode,
    fault: {
      ...made,
      provider: made.code === null || made.provider === null ? null : { ...made.provider, text: made.text },
    },
  }));

test("the client reads the fault that the server named, the prefix of its subcode apart", () => {
  fc.assert(
    fc.property(fault, optional(word), ({ fault: named, written }, messageId) => {
      const envelope = writeFault({ messageId }, { ...named, subcode: written }, newId);
      const expected = { messageId: messageId ?? "uuid:any", action: actions.receive };
      expect(readResponse(envelope, expected)).toEqual({ type: "fault", fault: named });
    }),
    { numRuns: 300 },
  );
});
