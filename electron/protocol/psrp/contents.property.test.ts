import fc from "fast-check";
import { expect, test } from "vitest";
import { aClixmlValue, anyText } from "../../testing/clixmlValues.ts";
import { readClixml } from "../clixml/read.ts";
import type { ClixmlValue } from "../clixml/value.ts";
import { writeClixml } from "../clixml/write.ts";
import { readCapability, writeCapability } from "./capability.ts";
import { readMetadataQuestion, writeMetadataQuestion } from "./commandMetadata.ts";
import { readPipeline, writePipeline } from "./createPipeline.ts";
import { readErrorRecord, writeErrorRecord } from "./errorRecord.ts";
import {
  noAnswerWanted,
  readHostCall,
  readHostResponse,
  writeHostCall,
  writeHostResponse,
} from "./hostCalls.ts";
import { readHostInfo, writeHostInfo } from "./hostInfo.ts";
import { readPoolDescription, writePoolDescription } from "./initRunspacePool.ts";
import {
  readInformation,
  readPlainRecord,
  readProgress,
  writeHostLine,
  writePlainRecord,
  writeProgress,
} from "./records.ts";

/* What a message holds, written by one end and read by the other. */

const value = aClixmlValue();
const int32 = fc.integer();
const flag = fc.boolean();
const texts = fc.array(anyText, { maxLength: 4 });
const versionText = fc.array(fc.nat(), { minLength: 2, maxLength: 4 }).map((parts) => parts.join("."));
const host = fc.record({
  isHostNull: flag,
  isUserInterfaceNull: flag,
  isRawInterfaceNull: flag,
  useRunspaceHost: flag,
});
const merges = fc.record({
  myResult: int32,
  toResult: int32,
  previousResults: int32,
  error: int32,
  warning: int32,
  verbose: int32,
  debug: int32,
  information: int32,
});
const command = fc.record({
  text: anyText,
  isScript: flag,
  useLocalScope: fc.option(flag),
  arguments: fc.array(fc.record({ name: fc.option(anyText), value }), { maxLength: 3 }),
  merges,
});
const statement = fc.array(command, { minLength: 1, maxLength: 3 });
const pipeline = fc.record({
  statements: fc.array(statement, { minLength: 1, maxLength: 3 }),
  noInput: flag,
  addToHistory: flag,
  history: fc.option(anyText),
  isNested: flag,
  redirectErrors: flag,
  remoteStreamOptions: fc.oneof(fc.nat(15), int32),
  host,
});
const record = fc.record({
  message: anyText,
  errorId: anyText,
  category: int32,
  activity: anyText,
  reason: anyText,
  targetName: anyText,
  targetType: anyText,
  exceptionType: anyText,
  target: value,
});
const call = {
  callId: fc.oneof(fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }), fc.constant(noAnswerWanted)),
  method: fc.oneof(fc.nat(60), int32),
};
/** A result or an error, never both. */
const outcome = fc.oneof(
  fc.record({ result: value, error: fc.constant(null) }),
  fc.record({ result: fc.constant(null), error: record }),
);
const pool = fc
  .record({
    sizes: fc.tuple(fc.integer({ min: 1 }), fc.integer({ min: 1 })),
    host,
    applicationArguments: value,
  })
  .map(({ sizes, ...more }) => ({
    minRunspaces: Math.min(...sizes),
    maxRunspaces: Math.max(...sizes),
    ...more,
  }));
const progress = fc.record({
  activity: anyText,
  activityId: int32,
  status: anyText,
  currentOperation: fc.option(anyText),
  parentActivityId: int32,
  percent: int32,
  secondsRemaining: int32,
  completed: flag,
});

const sent = (content: ClixmlValue): ClixmlValue => readClixml(writeClixml(content));

/** Any such thing, and what is read of it at the other end. */
const codec = <Thing>(
  name: string,
  things: fc.Arbitrary<Thing>,
  write: (thing: Thing) => ClixmlValue,
  read: (content: ClixmlValue) => Thing,
): { readonly name: string; readonly pairs: fc.Arbitrary<Pair> } => ({
  name,
  pairs: things.map((thing) => ({ thing, back: () => read(sent(write(thing))) })),
});
type Pair = { readonly thing: unknown; readonly back: () => unknown };

const capability = fc.record({
  protocolVersion: versionText,
  psVersion: versionText,
  serializationVersion: versionText,
});
const question = fc.record({ names: texts, commandType: int32, namespaces: texts });
const hostCall = fc
  .record({ ...call, parameters: fc.array(value, { maxLength: 3 }) })
  .map((parts) => ({ ...parts, wantsAnswer: parts.callId !== noAnswerWanted }));
const hostResponse = fc.tuple(fc.record(call), outcome).map(([head, said]) => ({ ...head, ...said }));
const hostLine = anyText.map((text) => ({
  text,
  fromHost: true,
  source: "Write-Host",
  tags: ["PSHOST"],
  data: expect.anything() as ClixmlValue,
}));
const now = "2026-01-02T03:04:05.0000000Z";

test.each([
  codec("a pipeline", pipeline, writePipeline, readPipeline),
  codec("a pool", pool, writePoolDescription, readPoolDescription),
  codec("a host", host, writeHostInfo, readHostInfo),
  codec("a capability", capability, writeCapability, readCapability),
  codec("a question for commands", question, writeMetadataQuestion, readMetadataQuestion),
  codec("a call on the host", hostCall, writeHostCall, readHostCall),
  codec("what the host said to a call", hostResponse, writeHostResponse, readHostResponse),
  codec("an error that is shown", record, (error) => writeErrorRecord(error, true), readErrorRecord),
  codec("an error that is a reason", record, (error) => writeErrorRecord(error, false), readErrorRecord),
  codec("progress", progress, writeProgress, readProgress),
  codec("a debug record", anyText, (text) => writePlainRecord("debug", text), readPlainRecord),
  codec("a verbose record", anyText, (text) => writePlainRecord("verbose", text), readPlainRecord),
  codec("a warning", anyText, (text) => writePlainRecord("warning", text), readPlainRecord),
  codec("a line for the host", hostLine, ({ text }) => writeHostLine(text, now), readInformation),
])("$name is read as it was written", ({ pairs }) => {
  fc.assert(
    fc.property(pairs, ({ thing, back }) => {
      expect(back()).toEqual(thing);
    }),
  );
});
